"""An archive folder into an Archive and every problem of its files."""

from __future__ import annotations

import errno
import gc
import marshal
import os
import re
import stat
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from msgspec import ValidationError, convert
from msgspec.structs import asdict, replace

from factbook import parallel, records, yamldoc
from factbook.archive import Archive
from factbook.model import Vocabulary, Word
from factbook.problem import Pointer, Problem, listed, show
from factbook.rules_evidence import EVIDENCE
from factbook.rules_file import (
    id_not_file_name,
    id_used_twice,
    name_not_kebab_case,
    schema_unusable,
    stray_file,
    symbolic_link,
    unreadable,
    usable_name,
    vocabulary_incomplete,
)
from factbook.schema import Schemas
from factbook.staleness import is_period
from factbook.yamldoc import Key, Refused

FOLDERS = {"records": "fact", "organizations": "organization", "sources": "source", "searches": "search"}
"""Folder under ``facts/``: the kind of record it holds."""
BESIDE = {"languages", "schema", "vocabulary.yaml", "waivers.yaml", "README.md"}
"""What else lies in ``facts/``."""
LISTS = (
    *("statuses", "fact_kinds", "source_kinds", "stances", "relations", "organization_kinds"),
    *("topics", "people", "countries", "origins", "languages"),
)
"""The lists of a vocabulary."""
MAY_LACK = ("people", "countries", "origins")
"""Those that may be empty or left out."""


class Unusable(Exception):
    """The folder is not an archive: no ``facts/``, or no vocabulary or schema to read; ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(p.message for p in problems))
        self.problems = problems


def read_archive(root: Path, today: str = "") -> tuple[Archive, list[Problem]]:
    """The archive at ``root`` and the problems of its files one by one.

    A record with a problem is left out of the archive, but its id is in ``Archive.known``, so that what refers to it is
    not blamed too, and its other fields are in ``Archive.faulty``, so that they are checked in the same run. Raises
    Unusable when there is nothing to check.
    """
    facts = root / "facts"
    refuse_links(facts)
    vocabulary = read_vocabulary(facts)
    schemas = read_schemas(facts, vocabulary)
    problems: list[Problem] = []
    files = list(_files(facts, problems))

    def work(chunk: Sequence[tuple[str, str]]) -> bytes:
        batch = {"sound": records.none(), "faulty": records.none(), "lacks": {}, "problems": []}
        for kind, path in chunk:
            _read_into(batch, facts, kind, path, schemas)
        return marshal.dumps(batch)

    every = {"vocabulary": vocabulary, "schemas": schemas.documents, "today": today}
    incomplete = Archive(**every)
    archive = Archive(**every, known=incomplete.known, incomplete=incomplete)
    again = cache(lambda: _again(archive, files, problems))  # asked for once the others are at work
    try:
        with parallel.uncollected():
            for result in parallel.spread(work, files):
                batch = convert(marshal.loads(result), records.Batch)
                problems += batch.problems
                archive.faulty.update(batch.lacks)
                records.put(archive, batch.sound, again())
                records.put(incomplete, batch.faulty, again())
    except ValidationError as error:
        raise Unusable([schema_unusable(f"it lets pass what is no record: {error}")]) from None
    gc.freeze()
    return archive, problems


def _again(archive: Archive, files: Sequence[tuple[str, str]], problems: list[Problem]) -> set[str]:
    """The files whose id another has before them, each of them a problem. ``archive.known`` has every id then."""
    first: dict[tuple[str, str], str] = {}
    again = set()
    for kind, path in files:
        name = path.rpartition("/")[2].removesuffix(".yaml")
        if first.setdefault((kind, name), path) != path:
            problems += id_used_twice(path, name, first[kind, name])
            again.add(path)
        archive.known[kind].add(name)
    return again


def refuse_links(facts: Path) -> None:
    """Raises Unusable where a part that every record depends on is a link: nothing is read, or written, through it."""
    parts = ["vocabulary.yaml", *FOLDERS, "schema"]
    if (facts / "schema").is_dir() and not (facts / "schema").is_symlink():
        parts += [f"schema/{name}" for name in sorted(os.listdir(facts / "schema"))]
    if links := [part for part in parts if (facts / part).is_symlink()]:
        raise Unusable([problem for part in links for problem in symbolic_link(part)])


def data_of(facts: Path, path: str) -> bytes:
    """The bytes of a file under ``facts/``. Raises Refused where it is too large, and OSError where it cannot be read
    or is no plain file: a pipe or a device would never end."""
    name = f"{facts}/{path}"  # joining Path objects would take longer than reading the file
    found = os.lstat(name)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(
            errno.EINVAL, os.strerror(errno.EISDIR) if stat.S_ISDIR(found.st_mode) else "It is not a plain file"
        )
    for problem in yamldoc.too_large(path, found.st_size):
        raise Refused(problem)
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, yamldoc.MOST_BYTES + 1)
    finally:
        os.close(handle)


def _inside(facts: Path, below: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What lies in a folder, sorted; a folder that cannot be read becomes a problem."""
    try:
        with os.scandir(facts / below) as entries:
            return sorted(entries, key=lambda e: e.name)
    except OSError as error:
        said = f"the folder cannot be read: {error.strerror}"
        problems.append(replace(unreadable(f"facts/{below}".rstrip("/"), error), message=said))
        return []


def read_schemas(facts: Path, vocabulary: Vocabulary) -> Schemas:
    """The schemas in ``facts/schema/``. Raises Unusable."""
    try:
        schemas = Schemas(facts / "schema", vocabulary)
    except (OSError, ValueError) as error:
        said = f"{Path(error.filename).name}: {error.strerror}" if isinstance(error, OSError) else f"{error}"
        raise Unusable([schema_unusable(said.partition("\n")[0])]) from None
    if (facts / "searches").is_dir() and "search" not in schemas.documents:
        raise Unusable([schema_unusable("search.schema.json: No such file or directory")])
    return schemas


def _files(facts: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """(kind, path under ``facts/``) of every record, sorted; what does not belong there becomes a problem."""
    for entry in _inside(facts, "", problems):
        if entry.is_symlink():
            problems += symbolic_link(entry.name)
        elif entry.name in FOLDERS and not entry.is_dir():
            problems += stray_file(entry.name)
        elif entry.name not in (*FOLDERS, *BESIDE) and not entry.name.startswith("."):
            problems += stray_file(entry.name)
    for folder, kind in FOLDERS.items():
        stack = [folder] if (facts / folder).is_dir() else []
        while stack:
            below = stack.pop()
            folders = []
            for entry in _inside(facts, below, problems):
                path = f"{below}/{entry.name}"
                if entry.is_symlink():
                    problems += symbolic_link(path)
                elif entry.is_dir() and not entry.name.endswith((".yaml", ".yml")):
                    folders.append(path)
                elif entry.is_file() and entry.name.endswith(".yaml"):
                    yield kind, path
                elif entry.name not in (".gitkeep", "README.md"):
                    problems += stray_file(path)
            stack += reversed(folders)


def _read_into(batch: dict, facts: Path, kind: str, path: str, schemas: Schemas) -> None:
    """One file: its record, unless it cannot be read, and its problems."""
    data = b""
    try:
        data = data_of(facts, path)
        value = yamldoc.read(path, data)
        found = [
            *name_not_kebab_case(path),
            *id_not_file_name(path, value),
            *yamldoc.unsafe_character(path, data, value),
        ]
        schema = records.schema_of(kind, value)
        found += schemas.check(schema, path, value)
        if found:
            wrong = {str(problem.pointer[0]) for problem in found if problem.pointer}
            value, batch["lacks"][path] = records.lacking(schema, path, value, wrong, schemas.documents)
        else:
            value = records.given(schema, path, value)
        batch["faulty" if found else "sound"][records.HELD[schema]].append(value)
    except Refused as refused:
        found = [refused.problem]
    except OSError as error:
        found = [unreadable(path, error)]
    batch["problems"].extend(asdict(_located(problem, data)) for problem in found)


def _located(problem: Problem, data: bytes) -> Problem:
    line, column = (problem.line, problem.column) if problem.line else yamldoc.locate(data, problem.pointer)
    return replace(problem, path=f"facts/{problem.path}", line=line, column=column, pointer=())


def locate(root: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems with line, column and a path relative to the archive, file by file, each read again once."""
    of_file = attrgetter("path")
    for path, found in groupby(sorted(problems, key=of_file), of_file):
        try:
            data = data_of(root / "facts", path)
        except (OSError, Refused):
            data = b""
        for problem in found:
            yield _located(problem, data)


def read_vocabulary(facts: Path) -> Vocabulary:
    """The words of ``facts/vocabulary.yaml``. Raises Unusable."""
    path = "vocabulary.yaml"
    try:
        data = data_of(facts, path)
        raw = yamldoc.read(path, data)
    except OSError as error:
        problem = replace(
            unreadable(path, error), path=f"facts/{path}", hint="Run this in the folder that holds mkdocs.yml."
        )
        raise Unusable([problem]) from None
    except Refused as refused:
        raise Unusable([replace(refused.problem, path=f"facts/{path}")]) from None
    vocabulary: Vocabulary = {}
    problems = list(yamldoc.unsafe_character(path, data, raw))
    for name in LISTS:
        words = raw.get(name) or ({} if name in MAY_LACK else None)
        if not isinstance(words, dict):
            problems += vocabulary_incomplete(path, (), f"the list {name} must be given")
            continue
        vocabulary[name] = {}
        for word, about in words.items():
            if (
                not isinstance(about, dict)
                or not all(isinstance(v, str) for v in about.values())
                or "label" not in about
            ):
                said = f"{name} {show(word)} must have a label, and plain texts"
                problems += vocabulary_incomplete(path, (name, word), said)
                continue
            extra = {k: v for k, v in about.items() if k not in ("label", "meaning")}
            vocabulary[name][word] = Word(id=word, label=about["label"], meaning=about.get("meaning", ""), extra=extra)
    for pointer, said in _unusable_words(vocabulary):
        problems += vocabulary_incomplete(path, pointer, said)
    if not problems and sum(w.has("default") for w in vocabulary["statuses"].values()) != 1:
        problems += vocabulary_incomplete(path, ("statuses",), "exactly one status must be the default")
    if problems:
        raise Unusable([_located(p, data) for p in problems])
    return vocabulary


def _unusable_words(vocabulary: Vocabulary) -> Iterator[tuple[Pointer, str]]:
    """Words that lack what the check or the site reads from them: where, and what is wrong."""
    for name, words in vocabulary.items():
        for word in words.values():
            if not usable_name(word.id):
                yield (
                    (name, Key(word.id)),
                    f"{name} {show(word.id)}: a word must be kebab-case, and no name that is taken",
                )
            if "rank" in word.extra and not re.fullmatch("[0-9]{1,3}", word.extra["rank"]):
                yield (name, word.id, "rank"), f"{name} {show(word.id)}: rank must be a number"
            if name == "statuses" and word.evidence not in EVIDENCE:
                yield (name, word.id, "evidence"), f"statuses {show(word.id)}: evidence must be {listed(EVIDENCE)}"
            if not is_period(word.extra.get("recheck", "P1D")):
                yield (name, word.id, "recheck"), f"{name} {show(word.id)}: recheck must be a period, as P1Y or P6M"
            if name == "relations" and "inverse" not in word.extra:
                yield (name, word.id), f"relations {show(word.id)}: inverse must be given"


def newest_commit_date(root: Path) -> str:
    """The day of the newest commit at ``root``, or an empty string outside a repository."""
    command = ["git", "-C", str(root), "log", "-1", "--format=%cs"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""

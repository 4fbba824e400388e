"""An archive folder into an Archive and every problem of its files."""

from __future__ import annotations

import marshal
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from sys import intern

from factbook import model, parallel, yamldoc
from factbook.model import Archive, Name, Organization, Redirect, Reference, Relation, Revision, Source, Statement, Succession, Word
from factbook.problem import Problem, rule, show
from factbook.schema import Schemas
from factbook.yamldoc import Plain, Refused

FOLDERS = {"records": "fact", "organizations": "organization", "sources": "source"}
"""Folder under ``facts/``: the kind of record it holds."""
BESIDE = {"schema", "vocabulary.yaml", "README.md"}
"""What else lies in ``facts/``."""
LISTS = ("statuses", "fact_kinds", "source_kinds", "stances", "relations", "organization_kinds", "topics", "languages")
"""The lists every vocabulary has."""


class Unusable(Exception):
    """The folder is not an archive: no ``facts/``, or a vocabulary or schema that cannot be read. ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(p.message for p in problems))
        self.problems = problems


def read_archive(root: Path, today: str = "") -> tuple[Archive, list[Problem], dict[str, str]]:
    """The archive at ``root``, the problems of its files one by one, and the path of every id that has a file.

    A record with a problem is left out of the archive, but its id counts as known, so that what refers to it is not
    blamed too. Raises Unusable when there is nothing to check.
    """
    facts = root / "facts"
    vocabulary = read_vocabulary(facts)
    try:
        schemas = Schemas(facts / "schema", vocabulary)
    except (OSError, ValueError) as error:
        problem = Problem(path="facts/schema", rule="schema-unreadable", message=f"a schema cannot be read: {error}")
        raise Unusable([problem]) from None
    problems: list[Problem] = []
    files = list(_files(facts, problems))

    def work(chunk: Sequence[tuple[str, str]]) -> bytes:
        return marshal.dumps([_read_one(facts, kind, path, schemas) for kind, path in chunk])

    archive = Archive(
        vocabulary=vocabulary, statements={}, redirects={}, sources={}, organizations={}, schemas=schemas.documents, today=today
    )
    seen: dict[tuple[str, str], str] = {}
    for result in parallel.spread(work, files):
        for kind, path, value, found in marshal.loads(result):
            problems += (Problem(**p) for p in found)
            name = path.rpartition("/")[2].removesuffix(".yaml")
            if (kind, name) in seen:
                problems += id_used_twice(path, name, seen[kind, name])
                continue
            seen[kind, name] = path
            if value is not None:
                _add(archive, kind, name, path, value)
    return archive, problems, {f"{kind} {name}": path for (kind, name), path in seen.items()}


def _files(facts: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """(kind, path under ``facts/``) of every record, sorted; what does not belong there becomes a problem."""
    for entry in sorted(os.scandir(facts), key=lambda e: e.name):
        if entry.name not in FOLDERS and entry.name not in BESIDE and not entry.name.startswith("."):
            problems += stray_file(entry.name)
    for folder, kind in FOLDERS.items():
        stack = [folder] if (facts / folder).is_dir() else []
        while stack:
            below = stack.pop()
            with os.scandir(facts / below) as entries:
                inside = sorted(entries, key=lambda e: e.name, reverse=True)
            for entry in reversed(inside):
                path = f"{below}/{entry.name}"
                if entry.is_symlink():
                    problems += symbolic_link(path)
                elif entry.is_dir() and not entry.name.endswith((".yaml", ".yml")):
                    stack.append(path)
                elif entry.is_file() and entry.name.endswith(".yaml"):
                    yield kind, path
                elif entry.name not in (".gitkeep", "README.md"):
                    problems += stray_file(path)


def _read_one(facts: Path, kind: str, path: str, schemas: Schemas) -> tuple[str, str, Plain | None, list[dict]]:
    """One file: (kind, path, value, problems), where a value with a problem is None. Plain values only: it travels
    between processes."""
    data = b""
    try:
        data = (facts / path).read_bytes()
        value = yamldoc.read(path, data)
        found = [*name_not_kebab_case(path), *id_not_file_name(path, value), *yamldoc.unsafe_character(path, data, value)]
        if kind == "fact" and "moved_to" in value:
            kind = "redirect"
        found += schemas.check(kind, path, value)
    except Refused as refused:
        value, found = None, [refused.problem]
    except OSError as error:
        value, found = None, [unreadable(path, error)]
    located = [_located(problem, data) for problem in found]
    return kind.replace("redirect", "fact"), path, None if found else value, located


def _located(problem: Problem, data: bytes) -> dict:
    line, column = (problem.line, problem.column) if problem.line else yamldoc.locate(data, problem.pointer)
    return {
        "path": f"facts/{problem.path}", "line": line, "column": column, "rule": problem.rule, "message": problem.message,
        "value": problem.value, "allowed": problem.allowed, "hint": problem.hint, "severity": problem.severity,
    }  # fmt: skip


def locate(root: Path, problem: Problem) -> Problem:
    """The problem with line, column and a path relative to the archive, found by reading its file again."""
    try:
        data = (root / "facts" / problem.path).read_bytes()
    except OSError:
        data = b""
    return Problem(**_located(problem, data))


def _add(archive: Archive, kind: str, name: str, path: str, value: dict) -> None:
    if kind == "organization":
        archive.organizations[name] = _organization(name, path, value)
    elif kind == "source":
        archive.sources[name] = _source(name, path, value)
    elif "moved_to" in value:
        moved = Redirect(id=name, path=path, moved_to=value["moved_to"], history=_history(value))
        archive.redirects[name] = moved
    else:
        archive.statements[name] = _statement(name, path, value)


def _statement(name: str, path: str, value: dict) -> Statement:
    return Statement(
        id=name,
        path=path,
        claim=value["claim"],
        kind=intern(value["kind"]),
        organizations=tuple(map(intern, value["organizations"])),
        topics=tuple(map(intern, value["topics"])),
        status=intern(value["status"]),
        references=_references(value),
        history=_history(value),
        date=value.get("date"),
        speaker=value.get("speaker", ""),
        relations=tuple(
            Relation(kind=intern(k), target=intern(v)) for pair in value.get("relations", ()) for k, v in pair.items()
        ),
        note=value.get("note", ""),
    )


def _references(value: dict) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            source=intern(r["source"]),
            locator=r["locator"],
            stance=intern(r.get("stance", "supports")),
            note=r.get("note", ""),
        )
        for r in value.get("sources", ())
    )


def _history(value: dict) -> tuple[Revision, ...]:
    return tuple(
        Revision(
            date=intern(r["date"]),
            status=intern(r["status"]),
            reason=r["reason"],
            sources=tuple(map(intern, r.get("sources", ()))),
        )
        for r in value["history"]
    )


def _source(name: str, path: str, value: dict) -> Source:
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items() if k != "id"}
    fields.setdefault("origin", name)
    return Source(id=name, path=path, **fields)


def _organization(name: str, path: str, value: dict) -> Organization:
    fields = {k: v for k, v in value.items() if k not in ("id", "sources")}
    for key in ("names", "acronyms"):
        fields[key] = tuple(Name(**n) for n in fields.get(key, ()))
    fields["predecessors"] = tuple(Succession(**p) for p in fields.get("predecessors", ()))
    fields["part_of"] = tuple(fields.get("part_of", ()))
    return Organization(id=name, path=path, references=_references(value), **fields)


def read_vocabulary(facts: Path) -> model.Vocabulary:
    """The words of ``facts/vocabulary.yaml``. Raises Unusable."""
    path = "vocabulary.yaml"
    try:
        data = (facts / path).read_bytes()
        raw = yamldoc.read(path, data)
    except OSError as error:
        problem = replace(unreadable(path, error), path=f"facts/{path}", hint="Run this in the folder that holds mkdocs.yml.")
        raise Unusable([problem]) from None
    except Refused as refused:
        raise Unusable([replace(refused.problem, path=f"facts/{path}")]) from None
    vocabulary: model.Vocabulary = {}
    problems = []
    for name in LISTS:
        words = raw.get(name)
        if not isinstance(words, dict) or not words:
            problems += vocabulary_incomplete(path, (), f"the list {name} must be given")
            continue
        vocabulary[name] = {}
        for word, about in words.items():
            if not isinstance(about, dict) or not all(isinstance(v, str) for v in about.values()) or "label" not in about:
                problems += vocabulary_incomplete(path, (name, word), f"{name} {word} must have a label, and plain texts")
                continue
            extra = {k: v for k, v in about.items() if k not in ("label", "meaning")}
            vocabulary[name][word] = Word(id=word, label=about["label"], meaning=about.get("meaning", ""), extra=extra)
    if not problems and sum(w.has("default") for w in vocabulary["statuses"].values()) != 1:
        problems += vocabulary_incomplete(path, ("statuses",), "exactly one status must be the default")
    if problems:
        raise Unusable([Problem(**_located(p, data)) for p in problems])
    return vocabulary


def newest_commit_date(root: Path) -> str:
    """The day of the newest commit at ``root``, or an empty string outside a repository."""
    command = ["git", "-C", str(root), "log", "-1", "--format=%cs"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


@rule()
def vocabulary_incomplete(path: str, pointer: tuple, message: str) -> list[Problem]:
    """The vocabulary must have all its lists, a label for every word, and one default status."""
    return [Problem(path=path, pointer=pointer, rule="vocabulary-incomplete", message=message)]


@rule()
def unreadable(path: str, error: OSError) -> Problem:
    """A file in facts/ must be readable."""
    return Problem(path=path, line=1, column=1, rule="unreadable", message=f"the file cannot be read: {error.strerror}")


@rule()
def symbolic_link(path: str) -> list[Problem]:
    """Nothing in facts/ may be a symbolic link.

    A link can lead out of facts/, and what it leads to is not reviewed with it.
    """
    hint = "Put a copy of the file here, or remove the link."
    return [Problem(path=f"facts/{path}", line=1, column=1, rule="symbolic-link", message="this is a link", hint=hint)]


@rule()
def stray_file(path: str) -> list[Problem]:
    """facts/ must hold nothing but records, each a file that ends in .yaml."""
    name = path.rpartition("/")[2]
    hint = f"Rename it to {show(name[:-4])}.yaml." if name.endswith(".yml") else "Move it out of facts/."
    return [
        Problem(
            path=f"facts/{show(path)}", line=1, column=1, rule="stray-file", message="this is not a record",
            allowed="files named <id>.yaml in records/, organizations/ and sources/", hint=hint,
        )
    ]  # fmt: skip


@rule()
def name_not_kebab_case(path: str) -> list[Problem]:
    """A file name must be kebab-case ASCII followed by .yaml: it is the id of the record."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    parts = name.split("-")
    if len(name) <= 100 and all(p.isascii() and p.isalnum() and p == p.lower() for p in parts):
        return []
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()
    hint = f"Rename the file to {'-'.join(words)[:100]}.yaml." if words else "Give it a name of a few plain words."
    return [
        Problem(
            path=path, line=1, column=1, rule="name-not-kebab-case", message="the file name cannot be an id",
            value=show(name), allowed="lower-case a-z and 0-9 in words joined by single hyphens, at most 100", hint=hint,
        )
    ]  # fmt: skip


@rule()
def id_not_file_name(path: str, value: dict) -> list[Problem]:
    """An id that is written in a record must equal its file name without .yaml."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if "id" not in value or value["id"] == name:
        return []
    return [
        Problem(
            path=path, pointer=("id",), rule="id-not-file-name", message="the id differs from the file name",
            value=show(value["id"]), allowed=name, hint="Remove the line: the file name is the id.",
        )
    ]  # fmt: skip


@rule()
def id_used_twice(path: str, name: str, first: str) -> list[Problem]:
    """An id must be used by one record of its kind, whatever folder it lies in."""
    return [
        Problem(
            path=f"facts/{path}", line=1, column=1, rule="id-used-twice", message="another record has this id",
            value=name, hint=f"See facts/{first}; rename one of the two.",
        )
    ]  # fmt: skip

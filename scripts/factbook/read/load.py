"""Reads an archive folder into an ``Archive``, with every problem of its files."""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, convert, field
from msgspec.structs import asdict

from factbook import parallel
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS, schema_of
from factbook.read import convert as records
from factbook.read import yamldoc
from factbook.read.files import data_of, located, record_files, refuse_links
from factbook.read.moved import read_moved
from factbook.read.schema import Schemas
from factbook.read.synonyms import read_synonyms
from factbook.read.vocabulary import read_ledger, read_vocabulary
from factbook.read.yamldoc import Refused
from factbook.rules.files import (
    home,
    id_not_file_name,
    id_used_twice,
    name_not_kebab_case,
    record_of_another_kind,
    unreadable,
)
from factbook.rules.problem import Finding, Problem

Stamp = tuple[int, int, int]
"""By which a file is known again that has not changed: its number on the disk, its size, and when it was written."""


class Known(Struct):
    """What was read before, for whoever reads one archive again and again: the stamp and the result of each file, by
    its path under ``facts/``, and the ``schemas`` that it was held to."""

    schemas: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, tuple[Stamp, records.Batch]] = field(default_factory=dict)

    def unread(self, files: Sequence[tuple[str, str]], stamps: dict[str, Stamp]) -> list[tuple[str, str]]:
        """Return those of ``files`` that have changed or are new, and forget those that are gone."""
        self.files = {path: self.files[path] for _, path in files if path in self.files}
        return [one for one in files if one[1] not in self.files or self.files[one[1]][0] != stamps[one[1]]]


def read_archive(
    root: Path, today: str = "", last_day: str = "", known: Known | None = None
) -> tuple[Archive, list[Problem]]:
    """Return the archive at ``root``, and the problems of its files one by one. Of what is ``known``, only files that
    have changed are read.

    A record with a problem, or in the folder of another kind, is left out of the archive. Its id is in
    ``Archive.known``, so that references to it are no problems too; its other fields are in ``Archive.incomplete``, and
    the names of the wrong ones in ``Archive.faulty``, so that the rest is checked in the same run.

    Raises Unusable when there is nothing to check.
    """
    facts = root / "facts"
    refuse_links(facts)
    vocabulary = read_vocabulary(facts)
    schemas = Schemas(vocabulary)
    findings: list[Finding] = []
    files = list(record_files(facts, findings))
    problems = [located(finding, b"") for finding in findings]

    def work(chunk: Sequence[tuple[str, str]]) -> bytes:
        batch = {"sound": records.none(), "faulty": records.none(), "lacks": {}, "misplaced": [], "problems": []}
        for kind, path in chunk:
            _read_into(batch, facts, kind, path, schemas)
        return marshal.dumps(batch)

    alike, wrong = read_synonyms(facts, schemas)
    moved, also_wrong = read_moved(facts, schemas)
    ledger, wrong_too = read_ledger(facts, schemas)
    problems += [*wrong, *also_wrong, *wrong_too]
    words = {"vocabulary": vocabulary, "words": ledger, "schemas": schemas.documents, "synonyms": alike, "moved": moved}
    every: dict[str, Any] = {**words, "today": today, "last_day": last_day}
    incomplete = Archive(**every)
    archive = Archive(**every, known=incomplete.known, faulty=incomplete.faulty, incomplete=incomplete)
    again = cache(lambda: _again(archive, files, problems))  # asked for once the others are at work
    with parallel.uncollected():
        for batch in _batches(work, facts, files, schemas, known):
            problems += batch.problems
            archive.faulty.update(batch.lacks)
            for kind, name in batch.misplaced:
                archive.known[kind].add(name)
            records.put(archive, batch.sound, again())
            records.put(incomplete, batch.faulty, again())
    gc.freeze()
    return archive, problems


def _batches(
    work: Callable[[Sequence[tuple[str, str]]], bytes],
    facts: Path,
    files: Sequence[tuple[str, str]],
    schemas: Schemas,
    known: Known | None,
) -> Iterator[records.Batch]:
    """Yield what ``work`` reads, in the order of ``files``: of many files together, or one by one where each is to be
    ``known`` again."""
    if known is None:
        for result in parallel.spread(work, files):
            yield convert(marshal.loads(result), records.Batch)
        return
    if known.schemas != schemas.documents:
        known.schemas, known.files = schemas.documents, {}
    stamps = {path: _stamp(f"{facts}/{path}") for _, path in files}
    unread = known.unread(files, stamps)
    one_by_one = parallel.spread(lambda chunk: [work([file]) for file in chunk], unread)
    results = (result for chunk in one_by_one for result in chunk)
    for (_, path), result in zip(unread, results, strict=True):
        known.files[path] = stamps[path], convert(marshal.loads(result), records.Batch)
    yield from (known.files[path][1] for _, path in files)


def _stamp(path: str) -> Stamp:
    """Return the stamp of a file; of one that is gone by now, one that no file has."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        return (0, -1, 0)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _again(archive: Archive, files: Sequence[tuple[str, str]], problems: list[Problem]) -> set[str]:
    """Report each file that reuses an id; return their paths. ``archive.known`` has every id afterwards."""
    first: dict[tuple[str, str], str] = {}
    again = set()
    for kind, path in files:
        name = path.rpartition("/")[2].removesuffix(".yaml")
        if first.setdefault((kind, name), path) != path:
            problems += [located(found, b"") for found in id_used_twice(path, name, first[kind, name])]
            again.add(path)
        archive.known[kind].add(name)
    return again


def _read_into(batch: dict[str, Any], facts: Path, kind: str, path: str, schemas: Schemas) -> None:
    """Read one file into ``batch``: its record, unless it cannot be read, and its problems."""
    data = b""
    try:
        data = data_of(facts, path)
        value = yamldoc.read(path, data)
        found = [
            *name_not_kebab_case(path),
            *id_not_file_name(path, value),
            *yamldoc.faults(path, data, value),
        ]
        schema = schema_of(kind, value)
        broken = schemas.check(schema, path, value)
        if broken and schema == kind and (meant := schemas.meant(kind, value)):
            found += record_of_another_kind(path, kind, meant, home(meant, path, value.get("date")))
            batch["misplaced"].append((meant, path.rpartition("/")[2].removesuffix(".yaml")))
            batch["problems"].extend(asdict(located(finding, data)) for finding in found)
            return
        found += broken
        if found:
            wrong = {str(finding.pointer[0]) for finding in found if finding.pointer}
            value, batch["lacks"][path] = records.lacking(schema, path, value, wrong, schemas.documents)
        else:
            value = records.to_model(schema, path, value)
        batch["faulty" if found else "sound"][KINDS[schema].collection].append(value)
    except Refused as refused:
        found = [refused.finding]
    except OSError as error:
        found = unreadable(path, error.strerror or "")
    batch["problems"].extend(asdict(located(finding, data)) for finding in found)

"""Reads an archive folder into an ``Archive``, with every problem of its files."""

from __future__ import annotations

import gc
import marshal
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import convert
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


def read_archive(root: Path, today: str = "", last_day: str = "") -> tuple[Archive, list[Problem]]:
    """Return the archive at ``root``, and the problems of its files one by one.

    A record with a problem is left out of the archive. Its id is in ``Archive.known``, so that references to it are no
    problems too; its other fields are in ``Archive.incomplete``, and the names of the wrong ones in ``Archive.faulty``,
    so that the rest is checked in the same run.

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
        batch = {"sound": records.none(), "faulty": records.none(), "lacks": {}, "problems": []}
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
        for result in parallel.spread(work, files):
            batch = convert(marshal.loads(result), records.Batch)
            problems += batch.problems
            archive.faulty.update(batch.lacks)
            records.put(archive, batch.sound, again())
            records.put(incomplete, batch.faulty, again())
    gc.freeze()
    return archive, problems


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

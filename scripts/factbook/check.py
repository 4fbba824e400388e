"""An archive folder in, the sound archive and every problem out."""

from __future__ import annotations

import json
from pathlib import Path

from factbook import load, rules_evidence, rules_record, rules_reference, rules_upkeep, schema
from factbook.model import Archive
from factbook.problem import RULES, Problem, rule

ALONE = [r for r in RULES.values() if r.check.__module__ == rules_record.__name__]
"""Rules of single records. A record whose dates cannot be read is not asked about anything else."""
ACROSS = [
    r
    for m in (rules_reference, rules_evidence, rules_upkeep)
    for r in RULES.values()
    if r.check.__module__ == m.__name__
]
"""Rules across records."""


def check(root: Path, today: str = "") -> tuple[Archive | None, list[Problem]]:
    """The archive at ``root`` and all its problems, sorted by file and position; the archive is None where it cannot be
    read at all. ``today`` (ISO) bounds the ledgers; empty: the day of the newest commit.
    """
    try:
        archive, problems = load.read_archive(root, today or load.newest_commit_date(root))
    except load.Unusable as unusable:
        return None, unusable.problems
    found = [p for r in ALONE for p in r.check(archive)]
    broken = {p.path for p in found if p.rule.startswith("date-")}
    for records in (archive.statements, archive.sources, archive.organizations):
        for name in [k for k, record in records.items() if record.path in broken]:
            del records[name]
    found += [p for r in ACROSS for p in r.check(archive)]
    problems += (load.locate(root, p) for p in found)
    problems += schema_out_of_date(root, archive)
    return archive, sorted(problems)


@rule()
def schema_out_of_date(root: Path, archive: Archive) -> list[Problem]:
    """The words that editors offer must be those of the vocabulary."""
    name = "facts/schema/vocabulary.schema.json"
    path = root / name
    wanted = vocabulary_schema_text(archive)
    if path.is_file() and path.read_bytes() == wanted.encode():
        return []
    return [
        Problem(
            path=name,
            line=1,
            column=1,
            rule="schema-out-of-date",
            message="it differs from vocabulary.yaml",
            hint="Run: factbook schema",
        )
    ]


def vocabulary_schema_text(archive: Archive) -> str:
    """What ``facts/schema/vocabulary.schema.json`` must hold."""
    return json.dumps(schema.vocabulary_schema(archive.vocabulary), ensure_ascii=False, indent=2) + "\n"


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [p for p in problems if p.severity == "error"]

"""An archive folder in, the sound archive and every problem out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct

from factbook import parallel
from factbook.check import waivers
from factbook.model.archive import Archive
from factbook.read import load
from factbook.read.files import Unusable, locate
from factbook.read.git import newest_commit_date
from factbook.rules import claims, duplicates, evidence, history, references, searches, translations
from factbook.rules.problem import RULES, Problem, Rule

ALONE = [r for r in RULES.values() if r.check.__module__ == claims.__name__]
"""Rules of single records. Of one whose dates cannot be read, only its names are asked about besides."""
ACROSS = [
    r
    for m in (references, evidence, searches, duplicates, translations)
    for r in RULES.values()
    if r.check.__module__ == m.__name__
]
"""Rules across records."""
ASIDE = [RULES["near-duplicate"]]
"""Those of them that take as long as all others together."""
NAMING = [r for r in ACROSS if r.id.startswith("unknown-")]
"""Those of them that only ask whether what a record names is there."""
HISTORY = {r.id: r for r in RULES.values() if r.check.__module__ == history.__name__}
"""Rules that hold the archive against an older state of it."""


class Base(Struct, frozen=True, kw_only=True):
    """The archive as a revision has it: what is sound there, and the problems of all that is not."""

    name: str
    archive: Archive
    problems: list[Problem]
    waivers: tuple[waivers.Waiver, ...]


def read(root: Path, today: str = "") -> tuple[Archive, list[Problem]]:
    """The sound records of the archive at ``root``, and every problem that a record has by itself.

    Raises Unusable.
    """
    archive, problems = load.read_archive(root, today)
    found, _ = _alone(archive)
    return archive, [*problems, *locate(root, found)]


def _alone(archive: Archive) -> tuple[list[Problem], set[str]]:
    """The problems that a record has by itself, and the files of the records that are left out because of them."""
    rest = _run([*ALONE, *NAMING], archive.incomplete)
    problems = [p for p in rest if p.pointer[0] not in archive.faulty[p.path]]
    found = _run(ALONE, archive)
    broken = {p.path for p in found if p.rule.startswith("date-")}
    found += [p for p in _run(NAMING if broken else [], archive) if p.path in broken]
    for records in (archive.statements, archive.sources, archive.organizations, archive.searches):
        for name in [k for k, record in records.items() if record.path in broken]:
            del records[name]
    return [*problems, *found], broken


def _run(rules: list[Rule], archive: Archive) -> list[Problem]:
    return [p for r in rules for p in r.check(archive)]


def check(
    root: Path, today: str = "", base: Base | None = None, ahead: Callable[[Archive], object] | None = None
) -> tuple[Archive | None, list[Problem]]:
    """The archive at ``root`` and all its problems, sorted by file and position; the archive is None where it cannot be
    read at all. ``today`` (ISO) bounds the ledgers; empty: the day of the newest commit. With ``base``, the rules of
    the history hold as well. ``ahead`` is what the caller would do next with an archive that has no errors: it is done
    while the last rule is at work.
    """
    try:
        archive, problems = load.read_archive(root, today or newest_commit_date(root))
    except Unusable as unusable:
        return None, unusable.problems
    with parallel.aside(partial(_run, ASIDE, archive), len(archive.statements)) as meanwhile:
        alone, broken = _alone(archive)
        found = _run([r for r in ACROSS if r not in ASIDE], archive)
        if ahead is not None and not errors([*problems, *alone, *found]):
            ahead(archive)
        found += _run(ASIDE, archive) if broken else meanwhile()
    if base is not None:
        compare = [r for name, r in HISTORY.items() if name != history.history_not_compared.rule_id]
        found += [p for r in compare for p in r.check(archive, base.archive)]
        problems += history.history_not_compared(base.problems)
    problems += locate(root, [*alone, *found])
    held, of_their_file = waivers.read(root, archive.vocabulary)
    problems, of_waivers = waivers.apply(problems, held, archive.today, () if base else HISTORY)
    problems += [*of_their_file, *locate(root, of_waivers)]
    return archive, sorted(problems)


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [p for p in problems if p.severity == "error"]

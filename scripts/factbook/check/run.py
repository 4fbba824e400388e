"""Checks an archive folder: returns the sound archive and every problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from factbook import parallel
from factbook.check import pins, settings, waivers, written_pages
from factbook.model.archive import Archive
from factbook.model.current_ids import told_today
from factbook.model.kinds import FILED
from factbook.read import load
from factbook.read.files import Unusable, locate
from factbook.rules import lookup
from factbook.rules.history import Base
from factbook.rules.problem import Finding, Problem
from factbook.rules.register import RULES, findings, rules_for

Wrong = TypeVar("Wrong", Finding, Problem)
RECORD_RULES = rules_for("record")
"""Rules that look at one record at a time."""
ARCHIVE_RULES = [rule for rule in rules_for("archive") if not rule.slow]
"""Rules across records, except the slow ones."""
SLOW_ARCHIVE_RULES = [rule for rule in rules_for("archive") if rule.slow]
"""The slow ones: each takes as long as all others together."""
HISTORY_RULES = rules_for("history")
"""Rules that compare the archive with an older state of it."""


def read(root: Path, today: str = "") -> tuple[Archive, list[Problem]]:
    """Return the sound records of the archive at ``root``, and every problem that a record has on its own.

    Raises Unusable.
    """
    archive, problems = load.read_archive(root, today)
    found, _ = _alone(archive)
    return archive, [*problems, *locate(root, found)]


def _alone(archive: Archive) -> tuple[list[Finding], set[str]]:
    """Return what is wrong with single records, and the files of those that are left out of the archive because the
    rules across records could not read them."""
    found = findings(RECORD_RULES, archive)
    broken = {f.path for f in found if RULES[f.rule].unreadable}
    if archive.incomplete is not None:
        rest = findings(RECORD_RULES, archive.incomplete)
        found += [f for f in rest if f.pointer[0] not in archive.faulty[f.path]]
    for kind in FILED.values():
        records = archive.of(kind)
        for name in [name for name, record in records.items() if record.path in broken]:
            del records[name]
    return found, broken


def day_anywhere() -> str:
    """Return the day (ISO) in the first time zone, UTC+14: no later day has begun anywhere on earth.

    A contributor may be half a day ahead of the machine that checks his record: what somebody wrote down today is never
    in the future, in whichever zone it was written and is checked.
    """
    return datetime.now(timezone(timedelta(hours=14))).date().isoformat()


def last_day(today: str) -> str:
    """Return the last day (ISO) that can have begun anywhere on earth while it is ``today`` somewhere; where that is
    empty, the last that has begun by now. So ``day_anywhere`` is never a ``today``: nobody's day is later than that."""
    if not today or today == date.max.isoformat():
        return today or day_anywhere()
    return (date.fromisoformat(today) + timedelta(days=1)).isoformat()


def check(
    root: Path,
    today: str = "",
    base: Base | None = None,
    ahead: Callable[[Archive], object] | None = None,
    known: load.Known | None = None,
) -> tuple[Archive | None, list[Problem]]:
    """Return the archive at ``root`` and all its problems, sorted by file and position; the archive is None where it
    cannot be read at all.

    ``today`` (ISO) is the build date; where it is empty, it is the latest day that has begun on earth. With ``base``,
    the rules of the history are applied as well. ``ahead`` is what the caller would do next with an archive without
    errors: it runs while the slow rule is at work. ``known`` is what was read of it before.
    """
    try:
        archive, problems = load.read_archive(root, today or day_anywhere(), last_day(today), known)
    except Unusable as unusable:
        return None, unusable.problems
    problems = [lookup.with_hint(archive, problem) for problem in problems]
    with parallel.aside(partial(findings, SLOW_ARCHIVE_RULES, archive), len(archive.statements)) as meanwhile:
        found, broken = _alone(archive)
        found += findings(ARCHIVE_RULES, archive)
        if ahead is not None and not errors(problems) and not errors(found):
            ahead(archive)
        found += findings(SLOW_ARCHIVE_RULES, archive) if broken else meanwhile()
    if base is not None:
        then = replace(base, archive=told_today(base.archive, archive))
        found += findings(HISTORY_RULES, told_today(archive, archive), then)
    problems += written_pages.problems(root)
    for_pins, of_settings = pins.findings(root, archive)
    found += for_pins
    of_settings = [*of_settings, *settings.with_records(root, archive)]
    problems += [written_pages.located(root, one) for one in of_settings]
    of_waivers, of_their_file = waivers.read(root, archive.vocabulary)
    problems += locate(root, found)
    unasked = () if base is not None else {rule.id for rule in HISTORY_RULES}
    problems, wrong = waivers.apply(problems, of_waivers, archive.today, unasked)
    return archive, sorted([*problems, *locate(root, [*of_their_file, *wrong])])


def errors(problems: Iterable[Wrong]) -> list[Wrong]:
    """Return the problems or findings that stop a build."""
    return [p for p in problems if p.severity == "error"]

"""The day by which a fact is due for review: its last ledger entry, plus the period that its kind or a topic sets, or
the day on which a source that it cites was retracted.

Only a ledger entry says that the archive weighed a fact. That somebody opened one of its sources again (``accessed``)
does not count: a link can be tested without a thought for the fact.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from factbook.model import retraction
from factbook.model.answers import Question
from factbook.model.archive import Archive
from factbook.model.records import Statement

PERIOD = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?", re.ASCII)
"""A duration of ISO 8601 without times: years, months, weeks and days."""


def is_period(text: str) -> bool:
    """Return whether ``text`` is a duration longer than nothing, such as ``P1Y`` or ``P6M``."""
    return bool(PERIOD.fullmatch(text)) and any(parts(text))


def parts(period: str) -> tuple[int, ...]:
    """Return the years, months, weeks and days of a duration."""
    match = PERIOD.fullmatch(period)
    return tuple(int(part) for part in match.groups("0")) if match else ()


@lru_cache(maxsize=65536)
def after(day: str, period: str) -> str:
    """Return the day (ISO) that lies ``period`` after ``day``. Where its month is too short, it is the last day of that
    month."""
    years, months, weeks, days = parts(period)
    start = date.fromisoformat(day)
    month = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = divmod(month, 12)
    try:
        moved = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        return (moved + timedelta(weeks=weeks, days=days)).isoformat()
    except (ValueError, OverflowError):
        return date.max.isoformat()


def changed_since(archive: Archive, question: Question) -> list[Statement]:
    """Return the facts that an answer names that have changed since the answer was weighed.

    A ledger only grows, and nothing that counts changes without an entry in it, so the number of its entries is the
    state of a fact. It needs no clock and no git, and tells two changes of one day apart, which a day cannot. Where the
    record gives no numbers, the days are compared, and an entry of the day itself counts as a change: nobody can tell
    which came first. Numbers for other facts than the answer names now were given for another answer: all are due.
    """
    if not question.entries:
        named = (archive.statements[fact] for fact in question.facts if fact in archive.statements)
        return [s for s in named if looked_at(s) >= question.weighed]
    seen = question.entries if len(question.entries) == len(question.facts) else ("",) * len(question.facts)
    found = ((archive.statements.get(fact), n) for fact, n in zip(question.facts, seen, strict=True))
    return [s for s, n in found if s and n != str(len(s.history))]


def entries(archive: Archive, question: Question) -> list[str]:
    """Return how many ledger entries each fact of an answer has: what ``entries`` says once it is weighed."""
    return [str(len(archive.statements[fact].history)) for fact in question.facts if fact in archive.statements]


def looked_at(statement: Statement) -> str:
    """Return the day (ISO) on which the archive last weighed a statement: that of its last ledger entry."""
    return statement.history[-1].date


def recheck_by(archive: Archive, statement: Statement) -> str:
    """Return the day (ISO) by which a statement is due for review; empty where nothing sets one.

    The vocabulary gives a kind of fact or a topic its period as ``recheck``; of several, the one that ends first
    counts. A source whose page has changed since makes it due on the day on which that was found, and one that was
    retracted on that day, until the fact is weighed again. A withdrawn fact is never due.
    """
    if archive.status(statement).has("withdraws"):
        return ""
    looked = looked_at(statement)
    days = [after(looked, period) for period in _periods(archive, statement.kind, statement.topics)]
    days += [source.retracted.date for source in retraction.awaiting(archive, statement) if source.retracted]
    return min([*days, *drifted(archive, statement)], default="")


def drifted(archive: Archive, statement: Statement) -> list[str]:
    """The days (ISO) on which a source that a statement cites was found to say something else than what was weighed."""
    cited = (archive.sources.get(reference.source) for reference in statement.references)
    looked = looked_at(statement)
    return [source.changed for source in cited if source and source.changed and source.changed > looked]


@lru_cache(maxsize=4096)
def _periods(archive: Archive, kind: str, topics: tuple[str, ...]) -> list[str]:
    """Return the periods that a kind of fact and the topics set."""
    words = [archive.vocabulary["fact_kinds"][kind], *(archive.vocabulary["topics"][topic] for topic in topics)]
    return [w.extra["recheck"] for w in words if "recheck" in w.extra]


def due(archive: Archive) -> list[tuple[str, Statement]]:
    """Return every statement that has a day by which it is due, as (day, statement), the earliest day first."""
    found = ((recheck_by(archive, s), s) for s in archive.statements.values())
    return sorted(((day, s) for day, s in found if day), key=lambda pair: (pair[0], pair[1].id))

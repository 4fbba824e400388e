"""The archive as it stood on a day, and what held on a day, computed from the records alone.

There are two clocks: a ledger says when the archive gave a fact which status; the date of a fact says when it holds in
the world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.edtf import FIRST, LAST, Edtf, Span
from factbook.model.records import Revision, Statement, Word

Holding = Literal["certainly", "possibly", "no", "unknown"]
"""Whether something holds on a day; ``unknown`` where it bears no date."""


class Standing(Struct, frozen=True, kw_only=True):
    """A fact as the archive had it on a day: the last ledger entry up to that day, and whether the fact held on the day
    ``held``.

    ``entry`` is None where the archive did not have the fact yet.
    """

    statement: Statement
    entry: Revision | None
    holds: Holding | Literal[""] = ""


def entry_on(statement: Statement, day: str) -> Revision | None:
    """Return the last ledger entry of ``statement`` up to and including ``day`` (ISO); None where there is none yet."""
    found = None
    for entry in statement.history:
        if entry.date <= day:
            found = entry
    return found


def possible(date: Edtf) -> Span:
    """Return the first and the last day on which something with this date may hold.

    A side that is open or unknown reaches to FIRST or LAST.
    """
    return date.earliest or FIRST, date.latest or LAST


@lru_cache(maxsize=65536)
def certain(date: Edtf) -> Span | None:
    """Return the first and the last day on which something with this date holds for certain; None where there is no
    such day.

    An uncertain or approximate date makes no day certain, and a month, season, year, decade or century does not say
    which of its days is meant. An interval holds for certain between the last day that its beginning can mean and the
    first day that its end can mean. An open side has no bound; an unknown one makes nothing certain but the known day.
    """
    if date.fuzzy:
        return None
    if date.precision != "interval":
        return possible(date) if date.precision == "day" else None
    begins, ends = edtf.sides(date)
    first = ends[1] if date.start == "unknown" else begins[1]
    last = begins[0] if date.end == "unknown" else ends[0]
    return (first, last) if first <= last else None


def holds(date: Edtf | None, day: str) -> Holding:
    """Return whether something with this date holds on ``day`` (ISO)."""
    if date is None:
        return "unknown"
    first, last = possible(date)
    if not first <= day <= last:
        return "no"
    sure = certain(date)
    return "certainly" if sure and sure[0] <= day <= sure[1] else "possibly"


def asof(archive: Archive, day: str, held: str = "", statements: Iterable[Statement] | None = None) -> list[Standing]:
    """Return every statement (or those given) as the archive had it on ``day``, in the order newest first.

    With a second day, ``held``, each says whether it held then. Left out are those that did not, and those whose status
    then denied them, because what is refuted has held on no day.
    """
    found = []
    for statement in archive.newest_first if statements is None else statements:
        entry = entry_on(statement, day)
        if held and entry and archive.vocabulary["statuses"][entry.status].denies:
            continue
        holding = holds(statement.when, held) if held else ""
        if holding != "no":
            found.append(Standing(statement=statement, entry=entry, holds=holding))
    return found


def counts(archive: Archive, standings: Iterable[Standing]) -> list[tuple[Word, int]]:
    """Return how many facts had which status, in the order of the vocabulary, without statuses that none had."""
    found = Counter(archive.shown_status(s.statement, s.entry.status).id for s in standings if s.entry)
    return [(w, found[w.id]) for w in archive.vocabulary["statuses"].values() if found[w.id]]

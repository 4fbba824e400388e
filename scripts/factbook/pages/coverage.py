"""The map of what has been looked for: facts and searches by organization and decade. It keeps an empty place from
being read as "nothing happened". ``templates/pictures.html`` draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.edtf import Edtf
from factbook.model.records import Organization, Statement, when
from factbook.model.searches import Search

DECADES = 9
"""Decades with a column of their own; earlier and later ones share a column each. More would not fit on a phone."""
ROWS = 24
"""Organizations in the picture."""
LISTED = 100
"""Organizations in the table, and searches in the list."""
FIRST, LAST = "0000", "9999"


class Column(Struct, frozen=True, kw_only=True):
    """A decade, or all decades ``before`` or ``after`` those with a column. ``first`` and ``last`` are years of four
    digits."""

    kind: str
    first: str
    last: str

    def spans(self, first: str, last: str) -> bool:
        """Return whether the column and the time between two days or years have a year in common."""
        return first[:4] <= self.last and self.first <= last[:4]


class Cell(Struct, frozen=True, kw_only=True):
    """What is known of an organization in a column: the number of facts that begin in it, and the searches that cover a
    part of it.

    ``state`` is recorded, found, nothing, apart (the organization did not exist then) or blank. ``place`` is the id on
    the organization's page where that stands: a year, the facts of low weight, or what was searched.
    """

    column: Column
    facts: int
    place: str
    searches: tuple[Search, ...]
    state: str


class Row(Struct, frozen=True, kw_only=True):
    """An organization with a cell for each column, and how many facts about it have no date."""

    organization: Organization
    cells: tuple[Cell, ...]
    undated: int


class Coverage(Struct, frozen=True, kw_only=True):
    """The whole map. ``folded`` is the number of organizations left out: those with the fewest facts and searches."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    folded: int


def coverage(archive: Archive) -> Coverage:
    """Return the map of an archive, the organizations with most facts and searches first."""
    columns = _columns(archive)
    facts = archive.by_organization
    looked = archive.searches_of
    order = sorted(archive.organizations, key=lambda o: (-len(facts.get(o, ())) - len(looked.get(o, ())), o))
    rows = tuple(_row(archive.organizations[o], facts.get(o, ()), looked.get(o, ()), columns) for o in order[:LISTED])
    return Coverage(columns=columns, rows=rows, folded=len(order) - len(rows))


def reach(search: Search) -> tuple[str, str] | None:
    """Return the first and last day that a search covers; None where its period is unknown.

    A search cannot look beyond its own day. A period without a beginning goes back to the first day there is.
    """
    period = when(search.period)
    if period is None:
        return None
    return period.earliest or FIRST, min(period.latest or search.searched, search.searched)


def _columns(archive: Archive) -> tuple[Column, ...]:
    """Return the columns from the first to the last decade of the facts, the searches and the archive itself.

    Of more than DECADES, it is the run of decades with most facts and searches; of equal runs, the latest.
    """
    counts: Counter[int] = Counter()
    for text, n in Counter(s.date for s in archive.statements.values()).items():
        if date := when(text):
            counts[int(date.year) // 10] += n
    for search in archive.searches.values():
        period = when(search.period)
        counts.update(int(day[:4]) // 10 for day in (period.earliest, period.latest) if day) if period else None
    if not counts:
        return ()
    ledger = max((h.date for s in archive.statements.values() for h in s.history), default="0000")
    first, last = min(counts), max(*counts, int(ledger[:4]) // 10)
    if last - first >= DECADES:
        held = {at: sum(counts[at + i] for i in range(DECADES)) for at in range(first, last - DECADES + 2)}
        begin = max(held, key=lambda at: (held[at], at))
    else:
        begin = first
    end = min(last, begin + DECADES - 1)
    found = [Column(kind="decade", first=f"{n}0".zfill(4), last=f"{n}9".zfill(4)) for n in range(begin, end + 1)]
    if begin > first:
        found.insert(0, Column(kind="before", first=FIRST, last=f"{begin * 10 - 1:04d}"))
    if end < last:
        found.append(Column(kind="after", first=f"{end + 1}0".zfill(4), last=LAST))
    return tuple(found)


def _row(o: Organization, facts: Iterable[Statement], searches: Iterable[Search], columns: tuple[Column, ...]) -> Row:
    years: Counter[str] = Counter()
    listed: set[str] = set()
    for (text, low), n in Counter((f.date, f.low) for f in facts).items():
        date = when(text)
        year = date.year if date else ""
        years[year] += n
        if not low:
            listed.add(year)
    reaches = [(s, reach(s)) for s in searches]
    cells = []
    for column in columns:
        held = {year: n for year, n in years.items() if year and column.first <= year <= column.last}
        looked = tuple(s for s, r in reaches if r and r[0] <= r[1] and column.spans(*r))
        cells.append(
            Cell(
                column=column,
                facts=sum(held.values()),
                place=_place(held, listed),
                searches=looked,
                state=_state(o, column, bool(held), looked),
            )
        )
    return Row(organization=o, cells=tuple(cells), undated=years[""])


def _place(held: Iterable[str], listed: set[str]) -> str:
    """Return the id of the newest year of a cell under which the organization's page lists facts; else another id."""
    if not held:
        return "searched"
    newest = max(listed.intersection(held), default="")
    return f"y{newest}" if newest else "low"


def _state(o: Organization, column: Column, recorded: bool, searches: tuple[Search, ...]) -> str:
    if recorded:
        return "recorded"
    if searches:
        return "found" if any(s.found for s in searches) else "nothing"
    began, ended = when(o.founded), when(o.dissolved)
    before = began is not None and _known(began) and (began.earliest or "") > f"{column.last}-12-31"
    after = ended is not None and _known(ended) and (ended.latest or LAST) < f"{column.first}-01-01"
    return "apart" if before or after else "blank"


def _known(date: Edtf) -> bool:
    """Return whether nothing about a date is in doubt: only such a date shows that there was nothing to look for."""
    return not date.fuzzy and date.start == "known"

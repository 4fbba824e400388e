"""Rules for facts that give a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

from msgspec import Struct

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.asof import certain, possible
from factbook.model.edtf import Span
from factbook.model.records import Figure, Statement
from factbook.model.same_document import plain
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule

_HINT = "Relate the two (narrows, contradicts, supersedes), or say in counts how they differ."


class _Counted(Struct, frozen=True, kw_only=True):
    """A statement with the number it gives, the days on which that holds for certain (None where there are none), and
    those on which it may hold."""

    statement: Statement
    figure: Figure
    days: Span | None
    perhaps: Span

    @property
    def unit(self) -> str:
        """Its unit, whatever its case and its punctuation."""
        return plain(self.figure.unit)

    def meets(self, other: _Counted) -> bool:
        """Return whether both numbers hold on one day for certain."""
        if self.days is None or other.days is None:
            return False
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]

    def may_meet(self, other: _Counted) -> bool:
        """Return whether the time of one lies within that of the other, such as some days of a month and that month.

        Two times that only touch are as a rule one after the other: a term that ends in the month when the next begins.
        """
        (first, last), (begin, end) = self.perhaps, other.perhaps
        return (first <= begin and end <= last) or (begin <= first and last <= end)

    def agrees(self, other: _Counted) -> bool:
        """Return whether the two numbers, or ranges, have a number in common."""
        (least, most), (lower, upper) = self.figure.span, other.figure.span
        return least <= upper and lower <= most

    def against(self, other: _Counted, message: str, *, unit: bool = False) -> Finding:
        """Return the finding that this and another figure of one thing do not go together; with ``unit`` it is about
        their units."""
        show = (lambda c: c.figure.unit) if unit else str
        return finding(
            other.statement,
            ("figure", "unit" if unit else "number"),
            message,
            value=show(other),
            allowed=f"{show(self)} ({self.statement.id})",
            hint="Use one unit for both, or relate the two facts." if unit else _HINT,
        )

    def __str__(self) -> str:
        return f"{self.figure.number}–{self.figure.most}" if self.figure.most else self.figure.number


@rule(scope="archive", waivable=True)
def figures_at_odds(archive: Archive) -> Iterator[Finding]:
    """Two figures of one thing that hold on one day for certain must agree, or the two facts must be related.

    Two facts that stand side by side and cannot both be true are a contradiction that nobody has weighed. Where one is
    more exact, it narrows the other; where sources contradict each other, the facts say so. Commas and capitals in the
    words for what is counted make no difference.
    """
    for one, other in _unrelated(archive, lambda a, b: a.unit == b.unit and a.meets(b) and not a.agrees(b)):
        yield one.against(other, "another fact gives another number for the same thing and day")


@rule(scope="archive", severity="warning", waivable=True)
def figures_perhaps_at_odds(archive: Archive) -> Iterator[Finding]:
    """Two figures of one thing that may hold on one day should agree, or the two facts should be related.

    A figure of a month and one of some days of that month need not be of one day, and a reader who sees both cannot
    tell.
    """
    for one, other in _unrelated(
        archive, lambda a, b: a.unit == b.unit and not a.meets(b) and a.may_meet(b) and not a.agrees(b)
    ):
        yield one.against(other, "another fact gives another number for the same thing, perhaps for the same day")


@rule(scope="archive", severity="warning", waivable=True)
def figures_in_two_units(archive: Archive) -> Iterator[Finding]:
    """Figures of one thing that hold, or may hold, on one day should be in one unit, or the facts should be related.

    Numbers in two units, or in one that is spelt in two ways, are neither sorted nor compared with each other.
    """
    for one, other in _unrelated(archive, lambda a, b: a.unit != b.unit and (a.meets(b) or a.may_meet(b))):
        yield one.against(other, "another fact counts the same thing in another unit", unit=True)


def _unrelated(archive: Archive, clash: Callable[[_Counted, _Counted], bool]) -> Iterator[tuple[_Counted, _Counted]]:
    """Yield each two figures of one thing that clash and whose facts stand and have no relation to each other, in the
    order of ids."""
    of: dict[str, list[_Counted]] = defaultdict(list)
    for _, statement in sorted(archive.statements.items()):
        figure = statement.figure
        if figure and archive.status(statement).rank >= 0 and (times := _times(statement)):
            days, perhaps = times
            counted = _Counted(statement=statement, figure=figure, days=days, perhaps=perhaps)
            of[plain(figure.counts)].append(counted)
    for found in of.values():
        for one, other in combinations(found, 2):
            if clash(one, other) and not _related(archive, one.statement, other.statement):
                yield one, other


def _related(archive: Archive, one: Statement, other: Statement) -> bool:
    """Return whether one of the two facts has a relation to the other."""
    return any(target == other.id for _, _, target in archive.related.get(one.id, ()))


def _times(statement: Statement) -> tuple[Span | None, Span] | None:
    """Return the first and last day on which the figure holds for certain, and those on which it may hold; None where
    it bears no date, or one that cannot be parsed."""
    try:
        date = statement.when
    except edtf.EdtfError:
        return None
    return (certain(date), possible(date)) if date else None

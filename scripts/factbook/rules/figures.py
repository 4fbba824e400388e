"""Rules for facts that give a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.asof import certain
from factbook.model.edtf import Span
from factbook.model.records import Figure, Statement
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule


class _Counted(Struct, frozen=True, kw_only=True):
    """A statement with the number it gives and the days on which that holds for certain."""

    statement: Statement
    figure: Figure
    days: Span

    def meets(self, other: _Counted) -> bool:
        """Return whether both numbers hold on one day."""
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]

    def agrees(self, other: _Counted) -> bool:
        """Return whether the two numbers, or ranges, have a number in common."""
        (least, most), (lower, upper) = self.figure.span, other.figure.span
        return least <= upper and lower <= most

    def __str__(self) -> str:
        return f"{self.figure.number}–{self.figure.most}" if self.figure.most else self.figure.number


@rule(scope="archive", waivable=True)
def figures_at_odds(archive: Archive) -> Iterator[Finding]:
    """Two figures of one thing that hold on one day for certain must agree, or the two facts must be related.

    Two facts that stand side by side and cannot both be true are a contradiction that nobody has weighed. Where one is
    more exact, it narrows the other; where sources contradict each other, the facts say so.
    """
    of: dict[tuple[str, str], list[_Counted]] = defaultdict(list)
    for statement in archive.statements.values():
        figure = statement.figure
        if figure and archive.status(statement).rank >= 0 and (days := _certain(statement)):
            counted = _Counted(statement=statement, figure=figure, days=days)
            of[figure.counts.casefold(), figure.unit.casefold()].append(counted)
    for found in of.values():
        for one, other in combinations(sorted(found, key=lambda counted: counted.statement.id), 2):
            if one.meets(other) and not one.agrees(other) and not _related(archive, one.statement, other.statement):
                yield finding(
                    other.statement,
                    ("figure", "number"),
                    "another fact gives another number for the same thing and day",
                    value=str(other),
                    allowed=f"{one} ({one.statement.id})",
                    hint="Relate the two (narrows, contradicts, supersedes), or say in counts how they differ.",
                )


def _certain(statement: Statement) -> Span | None:
    """Return the first and last day on which the figure holds for certain; None where there are none, or the date
    cannot be parsed."""
    try:
        date = statement.when
    except edtf.EdtfError:
        return None
    return certain(date) if date else None


def _related(archive: Archive, one: Statement, other: Statement) -> bool:
    """Return whether one of the two facts has a relation to the other."""
    return any(target == other.id for _, _, target in archive.related.get(one.id, ()))

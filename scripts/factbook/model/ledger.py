"""The ledgers of all facts as one list of changes, newest first."""

from __future__ import annotations

from heapq import nlargest

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.fingerprint import identifier
from factbook.model.records import Revision, Statement


class Change(Struct, frozen=True, kw_only=True):
    """One entry of a statement's ledger: the ``number``-th, from 1. ``before`` is the status until then, or empty."""

    statement: Statement
    revision: Revision
    before: str
    number: int

    @property
    def id(self) -> str:
        """A name for it that never changes, for feeds."""
        return identifier(f"change {self.statement.id} {self.number}")

    @property
    def address(self) -> str:
        """Where it stands, relative to the site."""
        return f"facts/{self.statement.id}.html#ledger-{self.number}"


def since(statement: Statement) -> str:
    """The day (ISO) from which a statement has had its status without a break."""
    first = statement.history[-1].date
    for entry in reversed(statement.history):
        if entry.status != statement.status:
            break
        first = entry.date
    return first


def changes(archive: Archive, most: int | None = None) -> list[Change]:
    """Every ledger entry, newest first; or so many of them.

    Of one day, changed statements come before new ones, and of these the contested ones first.
    """
    marked = {w.id for w in archive.recordable.values() if w.has("contested")}
    entries = (
        (h.date, n > 0, h.status in marked, s.id, n)
        for s in archive.statements.values()
        for n, h in enumerate(s.history)
    )
    first = sorted(entries, reverse=True) if most is None else nlargest(most, entries)
    return [_change(archive.statements[name], n) for *_, name, n in first]


def _change(statement: Statement, n: int) -> Change:
    before = statement.history[n - 1].status if n else ""
    return Change(statement=statement, revision=statement.history[n], before=before, number=n + 1)

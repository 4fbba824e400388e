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

    Of one day, statements with another status come first, then new ones, then those that were checked again and kept
    their status; of each the contested ones first.
    """
    marked = {w.id for w in archive.recordable.values() if w.has("contested")}
    entries = (
        (h.date, _weight(s, n), h.status in marked, s.id, n)
        for s in archive.statements.values()
        for n, h in enumerate(s.history)
    )
    first = sorted(entries, reverse=True) if most is None else nlargest(most, entries)
    return [_change(archive.statements[name], n) for *_, name, n in first]


def leading(archive: Archive, most: int) -> list[Change]:
    """The newest changes that are news: statuses that changed, and after them new statements; nothing that was checked
    again and stayed as it was."""
    every = changes(archive)
    changed = [change for change in every if change.before and change.before != change.revision.status]
    new = [change for change in every if not change.before]
    return [*changed[:most], *new[: max(0, most - len(changed))]]


def corrections(archive: Archive) -> list[Change]:
    """The ledger entries in which the archive mended a mistake of its own, or took a statement back, newest first."""
    withdrawn = {w.id for w in archive.recordable.values() if w.has("withdraws")}
    return [
        change
        for change in changes(archive)
        if change.revision.corrected or (change.before not in ("", *withdrawn) and change.revision.status in withdrawn)
    ]


def _weight(statement: Statement, n: int) -> int:
    """How much the ``n``-th entry of a ledger, from 0, tells: 2 another status, 1 a new statement, 0 the same again."""
    if n == 0:
        return 1
    return 2 if statement.history[n].status != statement.history[n - 1].status else 0


def _change(statement: Statement, n: int) -> Change:
    before = statement.history[n - 1].status if n else ""
    return Change(statement=statement, revision=statement.history[n], before=before, number=n + 1)

"""The ledgers of all facts as one list of changes, newest first, and what was mended in any record."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.entries import Amendment
from factbook.model.fingerprint import identifier
from factbook.model.judgements import Reply, Review
from factbook.model.kinds import KINDS, Kind
from factbook.model.records import Record, Redirect, Revision, Statement
from factbook.model.searches import Search


class Change(Struct, frozen=True, kw_only=True):
    """The entry ``number``, from 1, of a statement's ledger. ``before`` is the status until then, empty for the first
    entry."""

    statement: Statement
    revision: Revision
    before: str
    number: int

    @property
    def kind(self) -> str:
        """The name of the kind of its record."""
        return "fact"

    @property
    def id(self) -> str:
        """An identifier that never changes, for feeds."""
        return identifier(f"change {self.statement.id} {self.number}")

    @property
    def address(self) -> str:
        """Where the page shows the entry, relative to the site."""
        return f"facts/{self.statement.id}.html#ledger-{self.number}"


class Mended(Struct, frozen=True, kw_only=True):
    """The entry ``number``, from 1, of the ledger of a ``record`` that is no fact, in which a mistake of the archive's
    own was mended. An id that moved has one too, for what was mended before it did."""

    of: Kind
    record: Record
    revision: Revision | Amendment
    number: int

    @property
    def kind(self) -> str:
        """The name of the kind of its record."""
        return self.of.name

    @property
    def id(self) -> str:
        """An identifier that never changes, for feeds."""
        return identifier(f"correction {self.of.ids} {self.record.id} {self.number}")

    @property
    def address(self) -> str:
        """Where a page shows the entry, relative to the site."""
        return place(self.of, self.record, self.number)


def place(kind: Kind, record: Record, number: int) -> str:
    """Return where a page shows the entry ``number`` of a record's ledger, relative to the site."""
    if isinstance(record, Search):
        return f"organizations/{record.organizations[0]}.html#s-{record.id}"
    if isinstance(record, Reply | Review):
        return f"judgements.html#{kind.name}-{record.id}"
    return f"{kind.page_folder}/{record.id}.html#ledger-{number}"


def since(statement: Statement) -> str:
    """Return the day (ISO) from which a statement has had its present status without a break."""
    first = statement.history[-1].date
    for entry in reversed(statement.history):
        if entry.status != statement.status:
            break
        first = entry.date
    return first


def changes(archive: Archive, most: int | None = None) -> list[Change]:
    """Return every ledger entry, newest first, or at most ``most`` of them.

    Within a day, changed statuses come first, then new statements, then statements that were checked again and kept
    their status; within each of these the contested ones come first.
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
    """Return the newest changes that are news, at most ``most``: changed statuses first, then new statements. Entries
    that confirm a status are left out, and statements of low weight.

    Where there are enough of both, half are of each: statuses that were weighed anew do not crowd out what is new. Of
    the new statements of one day those come first that begin last in the world.
    """
    every = [change for change in changes(archive) if not change.statement.low]
    changed = [change for change in every if change.before and change.before != change.revision.status]
    new = [change for change in every if not change.before]
    new.sort(key=lambda change: (change.revision.date, change.statement.key), reverse=True)
    kept = max(most - most // 2, most - len(new))
    return [*changed[:kept], *new[: max(0, most - min(kept, len(changed)))]]


def corrections(archive: Archive) -> list[Change | Mended]:
    """Return the ledger entries that correct a mistake of the archive's own or withdraw a statement, newest first;
    within a day those of facts come first, then those of other records, kind by kind."""
    of_facts = [change for change in changes(archive) if _own_mistake(archive, change)]
    return sorted([*of_facts, *mended(archive)], key=lambda change: change.revision.date, reverse=True)


def _own_mistake(archive: Archive, change: Change) -> bool:
    """Return whether an entry tells of a mistake of the archive's own: what the record said was mended, or withdrawn.

    Another status alone is news of the claim, not a mistake: a disputed claim turned out false, or a second voice was
    found. It is one only where the entry says so (``corrected``) and a settled status ranks lower since: then the
    archive had vouched for more than it could.
    """
    words, now = archive.recordable, archive.recordable[change.revision.status]
    if change.before and now.has("withdraws") and not words[change.before].has("withdraws"):
        return True
    fields = {correction.field for correction in change.revision.corrected}
    if fields != {"status"}:
        return bool(fields)
    return words[change.before].has("settled") and now.rank < words[change.before].rank


def mended(archive: Archive) -> Iterator[Mended]:
    """Yield the ledger entries of records other than facts that correct a mistake, kind by kind.

    A fact that moved with its ledger has its entries there as well: they are told once, of the fact.
    """
    for kind in KINDS.values():
        for record in archive.of(kind).values() if kind.type is not Statement else ():
            target = archive.statements.get(record.moved_to) if isinstance(record, Redirect) else None
            for number, entry in enumerate(record.history, 1):
                if entry.corrected and (target is None or entry not in target.history):
                    yield Mended(of=kind, record=record, revision=entry, number=number)


def _weight(statement: Statement, n: int) -> int:
    """Return how much the entry ``n`` of a ledger, from 0, tells: 2 another status, 1 a new statement, 0 the same
    status again."""
    if n == 0:
        return 1
    return 2 if statement.history[n].status != statement.history[n - 1].status else 0


def _change(statement: Statement, n: int) -> Change:
    before = statement.history[n - 1].status if n else ""
    return Change(statement=statement, revision=statement.history[n], before=before, number=n + 1)

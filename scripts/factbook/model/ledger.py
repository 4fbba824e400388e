"""The ledgers of all records as lists of changes, newest first: of facts, of other records, and what was mended."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.entries import Amendment
from factbook.model.fingerprint import identifier
from factbook.model.judgements import Reply, Review
from factbook.model.kinds import KINDS, Kind
from factbook.model.records import Record, Redirect, Revision, Source, Statement
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


class Amended(Struct, frozen=True, kw_only=True):
    """The entry ``number``, from 1, of the ledger of a ``record`` that is no fact. An id that moved has them too, for
    what was entered before it did, and for its moving."""

    of: Kind
    record: Record
    revision: Revision | Amendment
    number: int

    @property
    def kind(self) -> str:
        """The name of the kind of its record."""
        return self.of.name

    @property
    def what(self) -> str:
        """What the entry tells: the record was corrected, changed in another way, retracted, or moved."""
        if isinstance(self.record, Redirect):
            return "moved" if self.number == len(self.record.history) else "changed"
        retracted = self.record.retracted if isinstance(self.record, Source) else None
        if retracted and retracted.date == self.revision.date:
            return "retracted"
        return "corrected" if self.revision.corrected else "changed"

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


def every_change(archive: Archive) -> list[Change | Amended]:
    """Return every entry of every ledger, newest first; within a day those of facts come first, in the order of
    ``changes``, then those of other records, kind by kind."""
    return sorted([*changes(archive), *amended(archive)], key=lambda change: change.revision.date, reverse=True)


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


def corrections(archive: Archive) -> list[Change | Amended]:
    """Return the ledger entries that correct a mistake of the archive's own or withdraw a statement, newest first;
    within a day those of facts come first, then those of other records, kind by kind."""
    every = every_change(archive)
    return [c for c in every if (c.revision.corrected if isinstance(c, Amended) else _own_mistake(archive, c))]


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


def amended(archive: Archive) -> Iterator[Amended]:
    """Yield the ledger entries of records other than facts, kind by kind.

    A fact that moved with its ledger has its entries there as well: they are told once, of the fact.
    """
    for kind in KINDS.values():
        for record in archive.of(kind).values() if kind.type is not Statement else ():
            target = archive.statements.get(record.moved_to) if isinstance(record, Redirect) else None
            for number, entry in enumerate(record.history, 1):
                if target is None or entry not in target.history:
                    yield Amended(of=kind, record=record, revision=entry, number=number)


def _weight(statement: Statement, n: int) -> int:
    """Return how much the entry ``n`` of a ledger, from 0, tells: 2 another status, 1 a new statement, 0 the same
    status again."""
    if n == 0:
        return 1
    return 2 if statement.history[n].status != statement.history[n - 1].status else 0


def _change(statement: Statement, n: int) -> Change:
    before = statement.history[n - 1].status if n else ""
    return Change(statement=statement, revision=statement.history[n], before=before, number=n + 1)

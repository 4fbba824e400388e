"""Rules for ledgers: their order, their days, and the status that the ledger of a fact ends with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.entries import Amendment, WordLedger
from factbook.model.kinds import KINDS
from factbook.model.records import Record, Revision
from factbook.rules.dates import in_the_future
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule


@rule(scope="record")
def ledger_disagrees(archive: Archive) -> Iterator[Finding]:
    """The last entry of the ledger must bear the status of the fact.

    The ledger is the reason for the status; a status without its entry has none.
    """
    for statement in archive.statements.values():
        last = statement.history[-1]
        if last.status != statement.status:
            yield finding(
                statement,
                ("status",),
                "the status differs from the last entry of the ledger",
                value=statement.status,
                allowed=last.status,
                hint=f"Add an entry to history that says why it is now {statement.status}.",
            )


@rule(scope="record", waivable=True)
def ledger_not_in_order(archive: Archive) -> Iterator[Finding]:
    """The entries of a ledger must stand in the order of their dates, oldest first, each a day that exists."""
    for record, history in _ledgers(archive):
        before = ""
        for i, revision in enumerate(history):
            pointer = ("history", i, "date")
            try:
                edtf.parse(revision.date)
            except edtf.EdtfError as error:
                yield finding(record, pointer, f"date: {error}", value=revision.date)
                continue
            if revision.date < before:
                yield finding(
                    record,
                    pointer,
                    "the entry is older than the one before it",
                    value=revision.date,
                    allowed=f"{before} or later",
                    hint="New entries go to the end.",
                )
            before = max(before, revision.date)


@rule(scope="record")
def ledger_in_the_future(archive: Archive) -> Iterator[Finding]:
    """An entry of a ledger must not be dated after the build date, or after today where no date is given.

    The ledger says what the archive has done, not what it will do. A day counts from where it begins first on earth.
    """
    if not archive.last_day:
        return
    for record, history in _ledgers(archive):
        for i, revision in enumerate(history):
            if revision.date > archive.last_day:
                message = "the entry is dated in the future"
                yield finding(record, ("history", i, "date"), message, **in_the_future(archive, revision.date))


def _ledgers(archive: Archive) -> Iterator[tuple[Record | WordLedger, Sequence[Revision | Amendment]]]:
    """Yield every record and the vocabulary, each with its ledger."""
    yield archive.words, archive.words.history
    for kind in KINDS.values():
        for record in archive.of(kind).values():
            yield record, record.history

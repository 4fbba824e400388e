"""What a retracted source does to the facts that cite it: which of them rest on it alone, and which nobody has weighed
again since."""

from __future__ import annotations

from factbook.model import same_document
from factbook.model.archive import Archive
from factbook.model.records import Source, Statement

ANSWERED = ("conflict", "better-contradiction")
"""The tests of evidence for which a status rests on what contradicts the claim as well."""


def weighed(statement: Statement, source: Source) -> bool:
    """Return whether a fact was weighed again after the retraction of a source.

    That is so where an entry of its ledger, of that day or later, names the source among those that decided it.
    """
    since = source.retracted.date if source.retracted else ""
    return any(entry.date >= since and source.id in entry.sources for entry in statement.history)


def awaiting(archive: Archive, statement: Statement) -> list[Source]:
    """Return the retracted sources that a fact cites and has not been weighed for again; none of a withdrawn fact."""
    if not archive.retracted or archive.vocabulary["statuses"][statement.status].has("withdraws"):
        return []
    cited = dict.fromkeys(r.source for r in statement.references if r.source in archive.retracted)
    return [source for name in cited if not weighed(statement, source := archive.retracted[name])]


def alone(archive: Archive, statement: Statement) -> bool:
    """Return whether a fact rests on retracted sources alone: on one of its sides no source of another origin stands.

    A side is what supports it, and, for a status that says that it is contested or false, what contradicts it.
    """
    evidence = archive.vocabulary["statuses"][statement.status].evidence
    sides = ("supports", "contradicts") if evidence in ANSWERED else ("supports",)
    return any(_all_retracted(archive, statement, side) for side in sides)


def _all_retracted(archive: Archive, statement: Statement, stance: str) -> bool:
    """Return whether every source of that stance, and there is one, is retracted or one voice with such a one."""
    cited = [archive.sources[r.source] for r in statement.cited(stance) if r.source in archive.sources]
    counts_as = same_document.merged_origins(archive, cited)
    gone = {counts_as[source.origin] for source in cited if source.retracted}
    return bool(gone) and all(counts_as[source.origin] in gone for source in cited)

"""Which sources are pinned, so that what was weighed can be told from what a page says later."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.copies import is_copy
from factbook.model.records import Source, Statement


def is_pinned(source: Source) -> bool:
    """Return whether a hash of the text that was read is recorded, or the address of a copy in a web archive that shows
    by itself that it is one of this source. A short address shows nothing, and a copy anywhere else can change."""
    return bool(source.sha256) or is_copy(source.archive_url, source.url)


def pinned_support(archive: Archive, statement: Statement) -> list[Source]:
    """Return the pinned ones of the sources that support a statement, each once."""
    names = dict.fromkeys(reference.source for reference in statement.cited("supports"))
    return [source for name in names if (source := archive.sources.get(name)) and is_pinned(source)]


def wants_pin(archive: Archive, statement: Statement) -> bool:
    """Return whether the status of a statement says more than that one source makes the claim: it ranks above the
    lowest status for which any support is enough."""
    enough = [word.rank for word in archive.recordable.values() if word.evidence == "support" and word.rank >= 0]
    rank = archive.vocabulary["statuses"][statement.status].rank
    return rank > min(enough, default=rank)


def unpinned(archive: Archive) -> list[Statement]:
    """Return the statements that want a pinned source and rest on none, in the order of their ids."""
    wanting = (s for _, s in sorted(archive.statements.items()) if wants_pin(archive, s))
    return [s for s in wanting if not pinned_support(archive, s)]


class Share(Struct, frozen=True, kw_only=True):
    """How much is pinned: ``pinned`` of ``sources``, and ``resting`` of the ``wanting`` facts on one that is."""

    sources: int
    pinned: int
    wanting: int
    resting: int


@lru_cache(maxsize=4)
def share(archive: Archive) -> Share:
    """Return how many sources are pinned, and how many of the facts that want it rest on one."""
    wanting = [s for s in archive.statements.values() if wants_pin(archive, s)]
    return Share(
        sources=len(archive.sources),
        pinned=sum(map(is_pinned, archive.sources.values())),
        wanting=len(wanting),
        resting=sum(bool(pinned_support(archive, s)) for s in wanting),
    )

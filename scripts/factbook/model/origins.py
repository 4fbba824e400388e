"""How many of a statement's sources are independent: sources of one origin, or records of one document, count once."""

from __future__ import annotations

from msgspec import Struct

from factbook.model import same_document
from factbook.model.archive import Archive
from factbook.model.records import Source, Statement


class Voice(Struct, frozen=True, kw_only=True):
    """The sources of one origin, or of one document, that support a statement.

    ``counts`` says whether it is one of the independent origins; sources that only retell are not.
    """

    origin: str
    sources: tuple[Source, ...]
    counts: bool


def voices(archive: Archive, statement: Statement) -> list[Voice]:
    """Return the origins behind a statement, those that count first, otherwise in the order of its references."""
    supporting = _supporting(archive, statement)
    counting = _independent(archive, supporting)
    counts_as = same_document.merged_origins(archive, supporting)
    of: dict[str, dict[str, Source]] = {}
    for source in supporting:
        of.setdefault(counts_as[source.origin], {})[source.id] = source
    found = [Voice(origin=o, sources=tuple(sources.values()), counts=o in counting) for o, sources in of.items()]
    return sorted(found, key=lambda v: not v.counts)


def independent(archive: Archive, statement: Statement) -> set[str]:
    """Return the independent origins that support a statement."""
    return _independent(archive, _supporting(archive, statement))


def _independent(archive: Archive, sources: list[Source]) -> set[str]:
    counts_as = same_document.merged_origins(archive, sources)
    return {counts_as[s.origin] for s in sources if archive.worth(s).has("independent")}


def _supporting(archive: Archive, statement: Statement) -> list[Source]:
    sources = archive.sources
    return [sources[r.source] for r in statement.references if r.stance == "supports" and r.source in sources]


def named(archive: Archive, origin: str) -> str:
    """Return the name of an origin for readers: that of the organization, the publisher of the source, or the label of
    the word.

    An older state of an archive may have no list of origins; there it is the words of the id.
    """
    if origin in archive.organizations:
        return archive.organizations[origin].label
    if origin in archive.sources:
        return archive.sources[origin].publisher
    word = archive.vocabulary["origins"].get(origin)
    return word.label if word else origin.replace("-", " ")

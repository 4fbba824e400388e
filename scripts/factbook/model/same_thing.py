"""Whether two records of one kind, or two words, are of one thing, by what both of them say it is."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from factbook.model.addresses import canonical
from factbook.model.answers import Question
from factbook.model.archive import Archive
from factbook.model.judgements import Reply, Review
from factbook.model.kinds import KINDS
from factbook.model.moved import WORDS
from factbook.model.records import Organization, Source, Word, spellings
from factbook.model.same_document import holds, marks, plain


def found(archive: Archive, kind: str, name: str) -> Any:
    """Return the record or the word of a kind that has the id ``name``; None where there is no sound one."""
    return archive.vocabulary[WORDS[kind]].get(name) if kind in WORDS else archive.of(KINDS[kind]).get(name)


def same_thing(archive: Archive, one: Struct, other: Struct) -> bool:
    """Return whether two records are of one document or one body, or two words name the same.

    Two sources have an address in common, or title, publisher and day; two organizations a name or an acronym; two
    words a name in any language. Of any other kind, both must ask, show or answer the same.
    """
    if isinstance(one, Source) and isinstance(other, Source):
        shared = [mark for mark in marks(one) if mark in marks(other)]
        return any(holds(mark, one, other) for mark in shared)
    return not _names(archive, one).isdisjoint(_names(archive, other))


def _names(archive: Archive, thing: Struct) -> set[tuple[str, ...]]:
    """Return what the thing is known by."""
    if isinstance(thing, Organization):
        return {(plain(name.text),) for name in (*thing.names, *thing.acronyms)}
    if isinstance(thing, Word):
        return {(plain(text),) for text in (thing.label, *(name for _, name in spellings(archive.vocabulary, thing)))}
    if isinstance(thing, Question):
        return {(plain(text),) for text in (thing.question, *(other.text for other in thing.phrasings))}
    if isinstance(thing, Reply | Review):
        return {(plain(thing.by), thing.source or canonical(thing.url))}
    return {tuple(str(getattr(thing, f.name)) for f in fields(thing) if f.name not in _ASIDE)}


_ASIDE = ("id", "path", "history", "note")
"""Fields that do not say what a search or a series is."""

"""Whether two records of one kind, or two words, are of one thing, by what both of them say it is."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from factbook.model.addresses import canonical
from factbook.model.answers import Question, Series
from factbook.model.archive import Archive
from factbook.model.judgements import Reply, Review
from factbook.model.kinds import KINDS
from factbook.model.moved import WORDS
from factbook.model.records import Organization, Source, Statement, Word, spellings
from factbook.model.same_document import holds, marks, plain
from factbook.model.searches import Search


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


IDENTITY: dict[type[Struct], tuple[str, ...]] = {
    Statement: ("claim",),
    Source: ("title", "publisher", "url", "published"),
    Organization: ("names", "acronyms"),
    Search: ("question",),
    Question: ("question",),
    Series: ("title",),
    Reply: ("by", "source", "url"),
    Review: ("by", "source", "url"),
}
"""The fields of each kind of record that say which thing it is of."""
_LIKE = 2 / 3
"""The share of their words that two texts have in common if the one is the other with a word put right."""


def became_another(archive: Archive, before: Struct, after: Struct) -> list[str]:
    """Return the fields by which a record is of another thing than it was before; none where it is of the same.

    A source whose page has the same address as before, or the same title, publisher and day, is the same; so is an
    organization that keeps a name. A claim, a question or a title is the same while most of its words, and all its
    numbers, stay. A copy in a web archive shows nothing here: it may be one of the page that was there before.
    """
    if isinstance(before, Source) and isinstance(after, Source):
        one, other = (replace(s, archive_url="") if s.url else s for s in (before, after))
        same = same_thing(archive, one, other)
    elif isinstance(before, Organization | Reply | Review):
        same = same_thing(archive, before, after)
    else:
        (field,) = IDENTITY[type(before)]
        same = _alike(getattr(before, field), getattr(after, field))
        same = same or (isinstance(before, Question) and same_thing(archive, before, after))
    names = () if same else IDENTITY[type(before)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _alike(one: str, other: str) -> bool:
    """Return whether two texts have most of their words in common, and all their numbers."""
    first, second = set(plain(one).split()), set(plain(other).split())
    numbers = any(word[0].isdigit() for word in first ^ second)
    return first == second or (not numbers and len(first & second) >= _LIKE * len(first | second))


_ASIDE = ("id", "path", "history", "note")
"""Fields that do not say what a search or a series is."""

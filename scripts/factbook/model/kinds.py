"""The kinds of record: one ``Kind`` for each, from which every other table of kinds is derived.

To add a kind of record: its class in ``records`` (and in the union ``Record``), a field of ``Archive`` to hold it, its
entry here, its JSON Schema in ``schemas/``, and its pages.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from factbook.model.answers import Question, Series
from factbook.model.judgements import Reply, Review
from factbook.model.records import Organization, Redirect, Source, Statement
from factbook.model.searches import Search

Way = tuple[str | int, ...]
"""A path to a value inside a record, by the names in its file: field names, and 0 for each item of a list."""
FirstWords = Mapping[str, str]
"""The first word of each list of a vocabulary, by the name of the list."""


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of record.

    ``name`` is also the name of its JSON Schema (``schemas/<name>.schema.json``). The files lie in ``folder``
    below ``facts/``; a kind without one stands in the place of records of the kind ``instead_of``, sharing their ids.
    """

    name: str
    plural: str
    """Its name in the data: the table and the folder of documents."""
    type: builtins.type[Any]
    collection: str
    """The field of ``Archive`` that holds its records by id."""
    folder: str = ""
    instead_of: str = ""
    page_folder: str = ""
    """The folder of its pages in the site; empty where it has none of its own."""
    title: str = ""
    """The attribute that people know a record by, such as its claim."""
    dated: str = ""
    """The field whose year becomes part of a proposed id."""
    blank: Mapping[str, object]
    """The value that stands in for a required field that is wrong or missing, so that the rest of the record can be
    checked."""
    asked: tuple[str, ...] = ()
    """The fields that an author is asked for, in this order."""
    sample: Callable[[FirstWords], dict[str, object]] = lambda _: {}
    """Returns every required field with a value that breaks no rule, so that an unfinished draft can be checked."""
    dates: tuple[Way, ...] = ()
    """The fields that hold an EDTF date."""
    names: Mapping[Way, str] = {}
    """The fields that hold ids of other records, each with the kind of those records."""

    @property
    def ids(self) -> str:
        """The name of the kind that ids of these records belong to: a redirect has the id of a fact."""
        return self.instead_of or self.name

    @property
    def article(self) -> str:
        """The name with its article: ``a fact``, ``an organization``."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"


_FACT = Kind(
    name="fact",
    plural="facts",
    type=Statement,
    collection="statements",
    folder="records",
    page_folder="facts",
    title="claim",
    dated="date",
    blank={"claim": "", "kind": "", "organizations": [], "topics": [], "sources": [], "status": "", "history": []},
    asked=(
        *("claim", "date", "kind", "organizations", "speaker", "topics", "people", "countries"),
        *("sources", "relations", "note", "weight", "figure", "translations", "status"),
    ),
    sample=lambda words: {
        "claim": "Nothing is claimed yet.",
        "kind": words["fact_kinds"],
        "organizations": [],
        "speaker": "Nobody",
        "topics": [],
        "sources": [],
    },
    dates=(("date",),),
    names={
        ("organizations", 0): "organization",
        ("sources", 0, "source"): "source",
        ("history", 0, "sources", 0): "source",
        ("relations", 0): "fact",
    },
)
_REDIRECT = Kind(
    name="redirect",
    plural="redirects",
    type=Redirect,
    collection="redirects",
    instead_of="fact",
    page_folder="facts",
    blank={"moved_to": "", "history": []},
    names={("moved_to",): "fact", ("history", 0, "sources", 0): "source"},
)
_SOURCE = Kind(
    name="source",
    plural="sources",
    type=Source,
    collection="sources",
    folder="sources",
    page_folder="sources",
    title="title",
    dated="published",
    blank={"title": "", "publisher": "", "kind": "", "language": ""},
    asked=(
        *("title", "publisher", "ownership", "authors", "url", "archive_url", "published", "language", "kind"),
        *("organization", "origin", "accessed", "sha256", "note"),
    ),
    sample=lambda words: {
        "title": "None",
        "publisher": "None",
        "language": words["languages"],
        "kind": words["source_kinds"],
    },
    dates=(("published",), ("accessed",), ("captured",), ("changed",), ("retracted", "date")),
    names={("organization",): "organization", ("retracted", "evidence", 0): "source"},
)
_ORGANIZATION = Kind(
    name="organization",
    plural="organizations",
    type=Organization,
    collection="organizations",
    folder="organizations",
    page_folder="organizations",
    title="label",
    blank={"names": [], "kind": "", "description": ""},
    asked=(
        *("names", "acronyms", "kind", "founded", "dissolved", "part_of", "predecessors", "website", "description"),
        *("sources", "note"),
    ),
    sample=lambda words: {
        "names": [{"text": "None", "language": words["languages"]}],
        "kind": words["organization_kinds"],
        "description": "None",
    },
    dates=(
        *(("founded",), ("dissolved",)),
        *(("names", 0, "period"), ("acronyms", 0, "period"), ("predecessors", 0, "date")),
    ),
    names={
        ("part_of", 0): "organization",
        ("predecessors", 0, "organization"): "organization",
        ("sources", 0, "source"): "source",
    },
)
_SOUGHT = {"organizations": [], "period": "unknown", "places": [], "searched": "0001-01-01"}
_SEARCH = Kind(
    name="search",
    plural="searches",
    type=Search,
    collection="searches",
    folder="searches",
    title="question",
    dated="period",
    blank={**_SOUGHT, "question": "", "outcome": ""},
    asked=("question", "organizations", "period", "places", "searched", "outcome", "note"),
    sample=lambda _: {**_SOUGHT, "question": "None", "outcome": "found"},
    dates=(("period",), ("searched",)),
    names={("organizations", 0): "organization"},
)

_QUESTION = Kind(
    name="question",
    plural="questions",
    type=Question,
    collection="questions",
    folder="questions",
    page_folder="questions",
    title="question",
    blank={"question": "", "organizations": [], "weighed": "0001-01-01"},
    asked=(
        *("question", "answer", "unknown", "phrasings", "organizations", "topics"),
        *("home", "weighed", "entries", "translations"),
    ),
    sample=lambda _: {"question": "None?", "organizations": [], "unknown": "Nothing.", "weighed": "0001-01-01"},
    names={("organizations", 0): "organization", ("answer", 0, "facts", 0): "fact"},
    dates=(("weighed",),),
)
_SERIES = Kind(
    name="series",
    plural="tables",
    type=Series,
    collection="series",
    folder="series",
    page_folder="tables",
    title="title",
    blank={"title": "", "description": "", "organizations": [], "columns": [], "cells": []},
    asked=("title", "description", "organizations", "columns", "cells", "note"),
    sample=lambda _: {"title": "None", "description": "None.", "organizations": [], "columns": ["None"], "cells": []},
    names={
        ("organizations", 0): "organization",
        ("cells", 0, "fact"): "fact",
        ("cells", 0, "search"): "search",
    },
    dates=(("cells", 0, "when"),),
)

_SAID = {"by": "Nobody", "date": "unknown", "url": "https://a.example/"}
_REPLY = Kind(
    name="reply",
    plural="replies",
    type=Reply,
    collection="replies",
    folder="replies",
    title="by",
    dated="date",
    blank={"by": "", "date": "unknown", "says": "", "facts": []},
    asked=("by", "organization", "date", "says", "facts", "source", "url", "archive_url", "note"),
    sample=lambda _: {**_SAID, "says": "Nothing.", "facts": []},
    names={("organization",): "organization", ("source",): "source", ("facts", 0): "fact"},
    dates=(("date",),),
)
_REVIEW = Kind(
    name="review",
    plural="reviews",
    type=Review,
    collection="reviews",
    folder="reviews",
    title="by",
    dated="date",
    blank={"by": "", "date": "unknown", "verdict": "", "compared": "partly", "fact": ""},
    asked=("by", "organization", "date", "verdict", "compared", "fact", "source", "url", "archive_url", "note"),
    sample=lambda _: {**_SAID, "verdict": "Nothing.", "compared": "partly", "fact": ""},
    names={("organization",): "organization", ("source",): "source", ("fact",): "fact"},
    dates=(("date",),),
)

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (_FACT, _REDIRECT, _SOURCE, _ORGANIZATION, _SEARCH, _QUESTION, _SERIES, _REPLY, _REVIEW)
}
"""Every kind of record by its name."""
FILED: dict[str, Kind] = {kind.name: kind for kind in KINDS.values() if kind.folder}
"""Those with a folder, and so with ids, of their own."""


DATED = frozenset(str(way[0]) for kind in KINDS.values() for way in kind.dates if len(way) == 1)
"""The names of the fields of records that hold one EDTF date."""


def schema_of(kind: str, value: Mapping[str, object]) -> str:
    """Return the name of the schema for ``value``, a record in the folder of ``kind``: that of a redirect where a fact
    has moved, because its redirect stands in the same file."""
    return _REDIRECT.name if kind == _REDIRECT.instead_of and "moved_to" in value else kind


def sharing(ids: str) -> list[Kind]:
    """Return the kinds whose records share the ids of the kind ``ids``."""
    return [kind for kind in KINDS.values() if kind.ids == ids]


def values_at(records: Iterable[Any], way: Way) -> Iterator[tuple[Any, Way, str]]:
    """Yield every text at ``way`` in ``records`` as (record, the path to this very text, the text); empty ones are left
    out.

    For a relation, the text is the fact that it names, and the last step of the path is the relation's kind.
    """
    field, part = str(way[0]), str(way[2]) if len(way) > 2 else ""
    held = "references" if way[:2] == ("sources", 0) else field  # as the model calls it
    for record in records:
        found = getattr(record, held)
        if not found:
            continue
        if field == "relations":
            for i, relation in enumerate(found):
                yield record, (field, i, relation.kind), relation.target
        elif len(way) == 1:
            yield record, (field,), found
        elif isinstance(way[1], str):
            inner = getattr(found, way[1])
            texts = [((), inner)] if len(way) == 2 else [((i,), text) for i, text in enumerate(inner)]
            yield from ((record, (field, way[1], *at), text) for at, text in texts if text)
        elif len(way) == 2:
            for i, text in enumerate(found):
                yield record, (field, i), text
        elif len(way) == 3:
            for i, item in enumerate(found):
                if text := getattr(item, part):
                    yield record, (field, i, part), text
        else:
            for i, item in enumerate(found):
                for j, text in enumerate(getattr(item, part)):
                    yield record, (field, i, part, j), text

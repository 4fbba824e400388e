"""What of a record may change without a new entry in its ledger. Every field that is not named here may not."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from factbook.model.addresses import canonical, original
from factbook.model.answers import Question, Series
from factbook.model.judgements import Reply, Review
from factbook.model.records import ORDERLESS, Name, Organization, Redirect, Source, Statement
from factbook.model.searches import Search

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EVERYWHERE = {
    "id": "The name of the file; a record that is gone has a rule of its own.",
    "path": "Where the file lies. The folder of a year may change with a date.",
    "history": "The ledger itself; a rewritten one has a rule of its own.",
}
FREE: dict[type[Struct], dict[str, str]] = {
    Statement: {
        "weight": "It says nothing about how the claim stands.",
        **_EVERYWHERE,
        "topics": "Sorting says nothing new.",
    },
    Redirect: {**_EVERYWHERE, "moved_to": "Where it leads has a rule of its own."},
    Source: {
        **_EVERYWHERE,
        "captured": "That a program opened the page again says nothing about it.",
        "text_by": "It names that program.",
        "changed": "It is found by a program, and makes facts due.",
    },
    Organization: dict(_EVERYWHERE),
    Search: dict(_EVERYWHERE),
    Question: {
        **_EVERYWHERE,
        "weighed": "That an answer was held against its facts again says nothing new; what it says has to stand.",
        "entries": "The same: it says which changes of the facts were seen.",
        "home": "Where it stands among the others says nothing about it.",
        "topics": "Sorting says nothing new.",
    },
    Series: dict(_EVERYWHERE),
    Reply: dict(_EVERYWHERE),
    Review: dict(_EVERYWHERE),
}
"""The fields of each kind of record whose change needs no entry, and why."""
GIVEN: dict[type[Struct], dict[str, str]] = {
    Statement: {
        "people": "One more of those whom the claim concerns leaves the others as they were.",
        "countries": "The same.",
        "translations": "A translation where there was none leaves the claim as it was.",
    },
    Redirect: {},
    Source: {
        "archive_url": "A copy kept of the same document pins it.",
        "sha256": "The hash of the text that was read pins it.",
        "accessed": "That the page was opened again, on a later day, says nothing about it.",
    },
    Organization: {
        "names": "One more name, which is shown in the place of no other, leaves the others as they were.",
        "acronyms": "The same.",
    },
    Search: {},
    Question: {
        "phrasings": "Other words for the same question leave it as it was.",
        "translations": "A translation where there was none leaves the question as it was.",
    },
    Series: {
        "cells": "One more cell, where nothing stood, leaves the others as they were.",
        "columns": "The same.",
    },
    Reply: {"archive_url": "A copy kept of the same page pins it."},
    Review: {"archive_url": "The same."},
}
"""The fields that may be given, or get more items, without an entry, and why; what stood there may not change."""
CARRIED: dict[str, str] = {
    "status": "How well it stands is weighed anew where facts are joined.",
    "references": "What it rests on is joined with what the other rests on.",
    "relations": "How it bears on others goes with that.",
    "note": "What a reader needs besides goes with that.",
    "people": "Whom the claim concerns is joined; the claim itself names them.",
    "countries": "The same.",
    "translations": "Those of both are translations of one claim.",
}
"""The fields of a fact that another may have otherwise and still say the same, and why. Of all others, no two records
of one fact differ."""


def fields_in_ledger(kind: type[Struct]) -> tuple[str, ...]:
    """Return the fields of that class that are held to the ledger, in the order of the class."""
    return tuple(f.name for f in fields(kind) if f.name not in FREE[kind])


def says() -> tuple[str, ...]:
    """Return the fields that make a fact this one and no other: what a redirect must lead to."""
    return tuple(name for name in fields_in_ledger(Statement) if name not in CARRIED)


def only_given(kind: type[Struct], field: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Return whether the change of a field, given as its items, only adds to it what may be added without an entry."""
    first = field in ORDERLESS or before[:1] == after[:1]
    added = not before or (first and all(item in after for item in before))
    return field in GIVEN[kind] and (_later(before, after) or (added and not _displaced(before, after)))


def _later(before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Return whether both are one day, the second after the first."""
    days = [*before, *after]
    return len(before) == 1 and all(isinstance(day, str) and _DAY.fullmatch(day) for day in days) and before < after


def _displaced(before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Return whether a name was added that is shown where another was: in a language that had one already, it stands
    before that, or has a period, so that facts of that time bear it."""
    for language in {name.language for name in before if isinstance(name, Name)}:
        then, now = ([name for name in names if name.language == language] for names in (before, after))
        if now[: len(then)] != then or any(name.period for name in now[len(then) :]):
            return True
    return False


def another_copy(record: Struct, field: str) -> bool:
    """Return whether that field of a record is a copy in a web archive of another address than the record's own."""
    copied = original(getattr(record, "archive_url", "")) if field == "archive_url" else ""
    url = getattr(record, "url", "")
    return bool(copied and url) and canonical(copied) != canonical(url)

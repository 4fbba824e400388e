"""What of a record may change without a new entry in its ledger. Every field that is not named here may not."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from factbook.model.answers import Question, Series
from factbook.model.copies import is_copy
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
    Statement: dict(_EVERYWHERE),
    Redirect: {**_EVERYWHERE, "moved_to": "Where it leads has a rule of its own."},
    Source: {
        **_EVERYWHERE,
        "text_by": "It names the program that opened the page.",
    },
    Organization: dict(_EVERYWHERE),
    Search: dict(_EVERYWHERE),
    Question: {
        **_EVERYWHERE,
        "entries": "It says which changes of the facts were seen when the answer was weighed.",
        "home": "Where it stands among the others says nothing about it.",
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
        "topics": "One more topic lets more readers find it.",
        "translations": "A translation where there was none leaves the claim as it was.",
    },
    Redirect: {},
    Source: {
        "archive_url": "A copy kept of the same document pins it.",
        "sha256": "The hash of the text that was read pins it.",
        "accessed": "That the page was opened again, on a later day, says nothing about it.",
        "captured": "The same, by a program.",
        "changed": "It is found by a program on a later day, and makes facts due.",
    },
    Organization: {
        "names": "One more name, which is shown in the place of no other, leaves the others as they were.",
        "acronyms": "The same.",
    },
    Search: {},
    Question: {
        "weighed": "That an answer was held against its facts again, on a later day, says nothing new.",
        "topics": "One more topic lets more readers find it.",
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
    "topics": "What it is sorted by is joined.",
    "weight": "It says nothing about how the claim stands.",
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


def proves_nothing(record: Struct, field: str) -> bool:
    """Return whether that field of a record is a stored copy of which nothing shows that it is of the same page: its
    address does not say so, and there is no hash of the text."""
    copied = getattr(record, "archive_url", "") if field == "archive_url" else ""
    return bool(copied) and not getattr(record, "sha256", "") and not is_copy(copied, getattr(record, "url", ""))

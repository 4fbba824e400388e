"""Compares two states of a record, and names what differs in the words of records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from factbook.model.entries import Amendment
from factbook.model.records import ORDERLESS, Record, Revision
from factbook.text import show


def named(field: str) -> str:
    """Return the name that a field has in the file of a record."""
    return {"references": "sources", "path": "file"}.get(field, field)


def as_text(item: str | Struct) -> str:
    """Return an item of a record as one text: a text as it is, the fields of anything else joined."""
    if isinstance(item, str):
        return item
    parts = (getattr(item, field.name) for field in fields(item))
    return ", ".join(
        " and ".join(map(as_text, part)) if isinstance(part, tuple) else as_text(part) for part in parts if part
    )


def items(record: Record, field: str) -> tuple[Any, ...]:
    """Return a field of a record as its items, none where it is not given; sorted where their order says nothing."""
    value = getattr(record, field)
    found = value if isinstance(value, tuple) else (value,) if value else ()
    return tuple(sorted(found, key=lambda item: (as_text(item), repr(item)))) if field in ORDERLESS else found


def values(record: Record, field: str) -> tuple[str, ...]:
    """Return a field of a record as texts: one for each item of a list, none where it is not given."""
    return tuple(map(as_text, items(record, field)))


class Rewriting(Struct, frozen=True, kw_only=True):
    """The first entry of a ledger that is not as it was: its position, both states, and what was done to it."""

    before: int
    after: int
    what: str


Entries = Sequence[Revision] | Sequence[Amendment]
"""A ledger."""


def rewriting(before: Entries, after: Entries) -> Rewriting | None:
    """Return how a ledger was rewritten; None where all its older entries stand unchanged at its beginning."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after))
    if at >= len(before):
        return None
    if at == len(after) or after[at] in before[at + 1 :]:
        return Rewriting(before=at, after=at, what="removed")
    return Rewriting(before=at, after=at, what="preceded" if before[at] in after[at + 1 :] else "changed")


def apart(before: str, after: str, most: int = 80) -> tuple[str, str]:
    """Return two texts, each cut to ``most`` characters around the position where they first differ."""
    same = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    if max(len(before), len(after)) <= most or same < most // 2:
        return show(before, most), show(after, most)
    return show(f"…{before[same - 20 :]}", most), show(f"…{after[same - 20 :]}", most)

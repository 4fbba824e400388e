"""The tables of what others say of facts: replies, and the judgements of other fact-checkers."""

from __future__ import annotations

from functools import partial

from factbook.data.columns import NOTE, VERSION, Column, Table, by_id, days, recorded, worked
from factbook.model.replies_and_reviews import address_of

_BY = (
    recorded("organization", "The id of the organization that says it, where it has a record."),
    recorded("date", "When they said it (EDTF). unknown: their page bears no date."),
    *days("date", "the date"),
)
_PLACE: tuple[Column, ...] = (
    recorded("source", "The source in which it can be read."),
    recorded("url", "Where it can be read, where that is no source of the archive."),
    recorded("archive_url", "A stored copy."),
    worked(
        "address", "text", "Where it can be read, its own or that of its source.", lambda a, r: address_of(a, r) or None
    ),
    NOTE,
    VERSION,
)

REPLIES = Table(
    name="replies",
    meaning="One row for each reply of somebody whom facts concern. It changes no status by itself.",
    items=partial(by_id, "replies"),
    key=("id",),
    refers=(("organization", "organizations"), ("source", "sources")),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("by", "Who replies."),
        *_BY,
        recorded("says", "What they say, in the archive's words and the sense of theirs."),
        recorded("facts", "Ids of the facts that it answers.", "list"),
        *_PLACE,
    ),
)

REVIEWS = Table(
    name="reviews",
    meaning="One row for each judgement of another fact-checker on the claim of a fact; it changes no status.",
    items=partial(by_id, "reviews"),
    key=("id",),
    refers=(("organization", "organizations"), ("source", "sources"), ("fact", "facts")),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("by", "Who judged."),
        *_BY,
        recorded("verdict", "What they found, in the archive's words and the sense of theirs."),
        recorded("compared", "agrees, partly or differs: how it stands to the status of the fact here."),
        recorded("fact", "The fact whose claim they judged."),
        worked(
            "standing", "text", "How that fact stands here; see words.", lambda a, r: a.status(a.statements[r.fact]).id
        ),
        *_PLACE,
    ),
)

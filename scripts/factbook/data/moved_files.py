"""Ids of other records than facts, and of words, that have moved: one list, and a document under each old id."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import json, to_builtins

from factbook.data.published import Entry, Publication, head
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER
from factbook.model.kinds import KINDS

ENTRIES = (
    Entry(
        "data/v1/moved.json",
        "application/json",
        "Ids of organizations, sources, topics and others that moved, and where to; an old document leads on as well.",
    ),
)
"""The files of this part, in the order in which they are documented."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield the list, and what stays of a document whose record has another id."""
    moved = sorted(archive.moved, key=lambda one: (one.kind, one.id))
    value = {**head(archive, publication), "count": len(moved), "moved": [to_builtins(one) for one in moved]}
    yield f"{FOLDER}/moved.json", json.format(json.encode(value), indent=1) + b"\n"
    for one in moved:
        if one.kind in KINDS:
            yield f"{FOLDER}/{KINDS[one.kind].plural}/{one.id}.json", json.encode(to_builtins(one)) + b"\n"

"""An older state of an archive as its records would be written today, where ids have moved since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import convert, json
from msgspec.structs import replace

from factbook.model.archive import Archive
from factbook.model.kinds import KINDS, Kind
from factbook.model.moved import WORDS, places, ways
from factbook.model.records import Vocabulary

Names = Mapping[str, Mapping[str, str]]
"""For each kind the id that is meant now by the one that is written."""


def ids_of(archive: Archive, kind: str) -> Collection[str]:
    """Return the ids in use of a kind: of its records, sound or not, or of its words."""
    return archive.vocabulary[WORDS[kind]] if kind in WORDS else archive.known[kind]


def told_today(archive: Archive, now: Archive) -> Archive:
    """Return the older state ``archive`` with the ids that its records would name ``now``.

    An organization that got another id changes no fact that is about it, and a fact that got another no answer that
    names it: who compares two states compares this one. The records keep their own ids and ledgers, and the vocabulary
    is not touched.
    """
    moved = {**now.moved_ids, "fact": {r.id: r.moved_to for r in now.redirects.values()}}
    if not any(moved.values()):
        return archive
    records: dict[str, dict[str, Any]] = {}
    for kind in KINDS.values():
        if kind.name != "redirect":
            records[kind.collection] = {n: with_current_ids(r, kind, moved) for n, r in archive.of(kind).items()}
    return replace(archive, **records)


def with_current_ids(record: Any, kind: Kind, names: Names) -> Any:
    """Return a record with the ids that are meant now; the same one where it names none that has moved."""
    value = None
    for way, named in ways(kind):
        if way[0] == "relations" or not any(names.get(one) for one in named):
            continue
        value = value or _plain(record)
        for at, text in list(places(value, way)):
            new = next((names[one][text] for one in named if text in names.get(one, {})), text)
            if new != text:
                _holder(value, at)[at[-1]] = new
    if value is None or value == _plain(record):
        return record
    return convert({f: held if f == "history" else _once(held) for f, held in value.items()}, kind.type)


def _once(held: Any) -> Any:
    """Return a plain value with each item of its lists once: two that were named may be one by now."""
    if isinstance(held, dict):
        return {field: _once(inner) for field, inner in held.items()}
    if isinstance(held, list):
        items = [_once(item) for item in held]
        return [item for i, item in enumerate(items) if item not in items[:i]]
    return held


def _plain(record: Any) -> Any:
    """Return a record as dicts and lists, which can be changed."""
    return json.decode(json.encode(record))


def _holder(value: Any, at: tuple[str | int, ...]) -> Any:
    for step in at[:-1]:
        value = value[step]
    return value


def vocabulary_then(archive: Archive) -> Vocabulary:
    """Return the vocabulary with the words under the ids they had before, by which older records name them."""
    found = {name: dict(words) for name, words in archive.vocabulary.items()}
    for one in archive.moved:
        if one.kind in WORDS and one.moved_to in found[WORDS[one.kind]]:
            words = found[WORDS[one.kind]]
            words.setdefault(one.id, replace(words[one.moved_to], id=one.id))
    return found

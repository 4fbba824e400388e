"""Converts plain values that passed their schema into the values of the model."""

from __future__ import annotations

from collections.abc import Collection
from sys import intern
from types import GenericAlias
from typing import Any

from msgspec import Struct, convert, defstruct

from factbook.model.archive import Archive
from factbook.model.kinds import KINDS, schema_of
from factbook.model.records import Record
from factbook.rules.problem import Problem

_WORDS, _LISTS = ("kind", "status", "date"), ("organizations", "topics")
_ROWS = {"sources": ("source", "stance"), "history": ("date", "status")}
"""Fields with texts that many records share: single texts, lists of them, and lists of rows with such fields. Each of
these texts is kept in memory once (``sys.intern``): of 100,000 facts that saves a seventh of the memory."""


def to_model(schema: str, path: str, value: dict[str, Any]) -> dict[str, Any]:
    """Return ``value``, which passed the schema named ``schema``, with the names and shapes that the model has.

    ``path`` is its file under ``facts/``, whose name is the id.
    """
    name = path.rpartition("/")[2].removesuffix(".yaml")
    found = {**value, "id": name, "path": path}
    if schema == "source":
        found.setdefault("origin", value.get("organization", name))
    if "relations" in value:
        found["relations"] = [{"kind": k, "target": to} for pair in value["relations"] for k, to in pair.items()]
    for field in _LISTS:
        if field in value:
            found[field] = [*map(intern, value[field])]
    for field in _WORDS:
        if field in value:
            found[field] = intern(value[field])
    for name, fields in _ROWS.items():
        for row in value.get(name, ()):
            for field in fields:
                if field in row:
                    row[field] = intern(row[field])
    return found


def lacking(
    schema: str, path: str, value: dict[str, Any], wrong: set[str], schemas: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the same for a value that did not pass, with blanks for its ``wrong`` fields, so that the rest of the
    record can be checked; and the names of the fields that it lacks."""
    blank = dict(KINDS[schema].blank)
    sound = {field: v for field, v in value.items() if field in schemas[schema]["properties"] and field not in wrong}
    if "history" in blank:
        blank["history"] = [{"date": "0001-01-01", "status": sound.get("status", ""), "reason": ""}]
    return to_model(schema, path, {**blank, **sound}), frozenset((wrong | blank.keys()) - sound.keys())


def record(kind: str, path: str, value: dict[str, Any]) -> Record:
    """Return the record of a plain value that passed its schema. ``kind`` is the name of one of kinds.FILED."""
    schema = schema_of(kind, value)
    record: Record = convert(to_model(schema, path, value), KINDS[schema].type)
    return record


HELD = tuple(kind.collection for kind in KINDS.values())
"""The fields of an archive that hold records."""
Kept: Any = defstruct("Kept", [(k.collection, GenericAlias(list, (k.type,)), []) for k in KINDS.values()], frozen=True)
"""Records by kind: one list for each field in HELD, under the same name."""


class Batch(Struct, frozen=True):
    """The result of reading some files: the sound records, those that did not pass their schema, the fields that each
    of these lacks, by its path, the kind and the id of those that lie in the folder of another kind, and all problems.

    It travels between processes as the plain values it is made of.
    """

    sound: Kept
    faulty: Kept
    lacks: dict[str, frozenset[str]]
    misplaced: list[tuple[str, str]]
    problems: list[Problem]


def none() -> dict[str, list[Any]]:
    """Return the plain values of no records, to be added to."""
    return {held: [] for held in HELD}


def put(archive: Archive, kept: Kept, apart: Collection[str] = ()) -> None:
    """Put records into the archive, except those from the files ``apart``."""
    for held in HELD:
        place = getattr(archive, held)
        for one in getattr(kept, held):
            if one.path not in apart:
                place[one.id] = one

"""What the schemas themselves are held to before a record is: JSON Schema, as much of it as the engine understands.

Every rule that words a breach reads the part of the schema that was broken. A keyword that no rule knows, or a part
that is not what it must be, would end there in a traceback, so it is refused here, once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import jsonschema_rs
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from factbook.model.entries import Amendment
from factbook.model.kinds import KINDS
from factbook.model.moved import Moved
from factbook.rules.schema import BY_PATTERN
from factbook.rules.schema_files import Misread
from factbook.rules.waivers import Waiver
from factbook.text import listed, show

Place = tuple[str, str]
"""A part of a schema: the name of its document, and the JSON pointer to it there."""


_fields: Callable[[type[Struct]], tuple[FieldInfo, ...]] = cache(fields)
"""The fields of a class. Working them out anew took two fifths of the time in which a small archive is checked."""


class _Synonyms(Struct):
    synonyms: tuple[tuple[str, ...], ...]


class _Waivers(Struct):
    waivers: tuple[Waiver, ...]


class _Moved(Struct):
    moved: tuple[Moved, ...]


class _Words(Struct):
    history: tuple[Amendment, ...] = ()


HELD: dict[str, type[Struct]] = {
    **{kind.name: kind.type for kind in KINDS.values()},
    "synonyms": _Synonyms,
    "waivers": _Waivers,
    "moved": _Moved,
    "words": _Words,
}
"""What becomes of a value of each schema."""
FILLED = ("id", "path", "origin")
"""Fields that a record need not give, because the engine fills them in."""
_TEXT, _COUNT = {"type": "string"}, {"type": "integer", "minimum": 0, "maximum": 1_000_000}
_TEXTS = {"type": "array", "items": _TEXT, "uniqueItems": True}
_TYPES, _PART = ("string", "array", "object"), {"$ref": "#/$defs/part"}
_KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("title", "description", "$comment", "patternErrorMessage"), _TEXT),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties"), _COUNT),
    **dict.fromkeys(("required", "examples"), _TEXTS),
    "enum": {**_TEXTS, "minItems": 1},
    "type": {"anyOf": [
        {"enum": _TYPES},
        {"type": "array", "items": {"enum": [*_TYPES, "integer"]}, "contains": {"enum": _TYPES}, "uniqueItems": True},
    ]},
    "uniqueItems": {"type": "boolean"},
    "additionalProperties": {"type": "boolean"},
    "properties": {"type": "object", "additionalProperties": _PART},
    "patternProperties": {
        "type": "object", "propertyNames": {"format": "regex"}, "additionalProperties": _PART | {"type": "object"},
    },
    "items": _PART,
    "pattern": {"type": "string", "format": "regex"},
    "x-rule": {"enum": sorted(BY_PATTERN)},
    "x-layout": {"enum": ["line"]},
    "$ref": _TEXT,
}  # fmt: skip
_NEEDED = {
    "additionalProperties": ["properties"],
    "required": ["properties"],
    "pattern": ["x-rule", "patternErrorMessage"],
}
"""The keywords that a rule cannot word a breach of without another one."""
_OF_PART = {"type": "object", "properties": _KEYWORDS, "additionalProperties": False, "dependentRequired": _NEEDED}
_OF_DOCUMENT = {
    **_OF_PART,
    "properties": {
        **_KEYWORDS,
        "$schema": {"const": "https://json-schema.org/draft/2020-12/schema"},
        "$id": _TEXT,
        "$defs": {"type": "object", "additionalProperties": _PART},
    },
    "$defs": {"part": _OF_PART},
}
_VALIDATOR = jsonschema_rs.Draft202012Validator(_OF_DOCUMENT, validate_formats=True)


def misread(documents: Mapping[str, Any]) -> Iterator[Misread]:
    """Yield every place of the schemas ``documents``, by name, that the engine does not understand.

    The schema of the vocabulary is the engine's own, and only referred to.
    """
    broken = [*_broken(documents)]
    yield from broken
    if not broken:  # a part can be followed only where each is one
        yield from _references(documents)


def _broken(documents: Mapping[str, Any]) -> Iterator[Misread]:
    """Yield what is no part of a schema, or a keyword that is unknown or not what it must be."""
    for name, document in documents.items():
        if name == "vocabulary":
            continue
        for place, said in dict.fromkeys(map(_worded, _VALIDATOR.iter_errors(document))):
            yield Misread(name, place, said)


def _worded(error: jsonschema_rs.ValidationError) -> tuple[str, str]:
    """Return the place of an error in a schema, and what is wrong there."""
    place = "".join(f"/{step}" for step in error.instance_path)
    kind: Any = error.kind
    if kind.name == "additionalProperties":
        return place, f"the engine knows no keyword {listed(map(show, kind.unexpected), 20)}"
    given: Any = error.instance
    if isinstance(given, dict):
        for keyword, needed in _NEEDED.items():
            if keyword in given and set(needed) - given.keys():
                return place, f"{keyword} needs {' and '.join(needed)} beside it"
    return place, f"{show(json.dumps(given, ensure_ascii=False), 100)} cannot stand here"


def _references(documents: Mapping[str, Any]) -> Iterator[Misread]:
    """Yield every reference that leads to no part of a schema, or back to where it stands."""
    parts = {(name, pointer): part for name, top in documents.items() for pointer, part in _parts(top)}
    targets: dict[Place, Place] = {}
    for (name, pointer), part in parts.items():
        if "$ref" in part:
            document, _, fragment = part["$ref"].partition("#")
            target = (document.removesuffix(".schema.json") if document else name, fragment)
            if not fragment or target not in parts or document not in ("", f"{target[0]}.schema.json"):
                yield Misread(name, f"{pointer}/$ref", f"{show(part['$ref'], 100)} leads to no part of a schema")
            else:
                targets[name, pointer] = target
    inside: dict[Place, list[Place]] = {}
    for name, pointer in targets:
        steps = pointer.split("/")
        for end in range(1, len(steps) + 1):
            inside.setdefault((name, "/".join(steps[:end])), []).append((name, pointer))
    sound: set[Place] = set()
    for start in targets:
        if _returns(start, targets, inside, sound, frozenset()):
            yield Misread(start[0], f"{start[1]}/$ref", "the reference leads back to itself")


def _returns(
    at: Place,
    targets: Mapping[Place, Place],
    inside: Mapping[Place, list[Place]],
    sound: set[Place],
    seen: frozenset[Place],
) -> bool:
    """Return whether following the reference at a place, and those inside what it leads to, comes to one ``seen``."""
    if at in sound:
        return False
    if at in seen:
        return True
    found = any(_returns(one, targets, inside, sound, seen | {at}) for one in inside.get(targets[at], ()))
    if not found:
        sound.add(at)
    return found


def _parts(part: Mapping[str, Any], pointer: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a part of a schema, and each one inside it, by its pointer."""
    yield pointer, part
    for name in ("properties", "patternProperties", "$defs"):
        for key, inner in part.get(name, {}).items():
            yield from _parts(inner, f"{pointer}/{name}/{key}")
    if "items" in part:
        yield from _parts(part["items"], f"{pointer}/items")


def resolve(
    part: dict[str, Any], document: dict[str, Any], schemas: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the part of a schema that ``part`` leads to, through any number of ``$ref``, and the document that holds
    it."""
    while "$ref" in part:
        target, _, fragment = part["$ref"].partition("#")
        if target:
            document = schemas[target.removesuffix(".schema.json")]
        part = document
        for step in fragment.strip("/").split("/"):
            part = part[step]
    return part, document


def unheld(
    record: type[Struct], part: dict[str, Any], document: dict[str, Any], schemas: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """Yield every field that a part of a schema allows and the class ``record`` does not hold, with those around it.

    A value of such a field would pass the check and then be dropped: shown nowhere, compared with nothing.
    """
    if part.get("additionalProperties") is not False or "patternProperties" in part:
        yield "any other field"
    held = {f.encode_name: f.type for f in _fields(record)}
    for name, raw in part.get("properties", {}).items():
        if name not in held:
            yield name
            continue
        value, home = resolve(raw, document, schemas)
        if "items" in value:
            value, home = resolve(value["items"], home, schemas)
        if "properties" in value and home is not schemas["vocabulary"]:  # a relation's fields are its words
            for inner in _records(held[name]):
                yield from (f"{name} {lost}" for lost in unheld(inner, value, home, schemas))


def _records(held: Any) -> Iterator[type[Struct]]:
    """Yield the classes of records inside the type of a field."""
    if isinstance(held, type) and issubclass(held, Struct):
        yield held
    for inner in get_args(held):
        yield from _records(inner)


def misfits(documents: dict[str, dict[str, Any]]) -> Iterator[Misread]:
    """Yield where a schema lets through what its class cannot hold: another type, or a field that is left out."""
    for name, record in HELD.items():
        top = documents[name]
        yield from (Misread(name, at, said) for at, said in _misfits(record, top, top, documents, "", FILLED))


def _misfits(
    held: Any, raw: dict[str, Any], document: dict[str, Any], schemas: dict[str, dict[str, Any]], at: str,
    filled: tuple[str, ...] = (),
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield the same of one part, as a pointer through its references, and what must be there."""
    part, home = resolve(raw, document, schemas)
    if home is schemas["vocabulary"]:
        return
    held = next(t for t in (*get_args(held), held) if t is not NoneType) if NoneType in get_args(held) else held
    wanted = "string" if held is str or get_origin(held) is Literal else "array" if get_origin(held) else "object"
    given = part.get("type", "string" if "enum" in part else ())
    if {given} != {wanted} if isinstance(given, str) else {*given} - {"integer"} != {wanted}:
        yield at, f"type must be {wanted}"
    elif get_origin(held) is Literal:
        if not {*part.get("enum", [""])} <= {*get_args(held)}:
            yield at, f"enum must hold nothing but {listed(get_args(held))}"
    elif wanted == "array":
        yield from _misfits(get_args(held)[0], part.get("items", {}), home, schemas, f"{at}/items")
    elif wanted == "object":
        needed = {f.encode_name for f in _fields(held) if f.required} - {*filled}
        if lacks := sorted(needed - {*part.get("required", ())}):
            yield at, f"required must name {listed(lacks)}"
        types = {f.encode_name: f.type for f in _fields(held)}
        for name, inner in part.get("properties", {}).items():
            if name in types:
                yield from _misfits(types[name], inner, home, schemas, f"{at}/properties/{name}")

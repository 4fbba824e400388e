"""The contract of the JSON documents: their JSON Schemas, made from those of the records, and an OpenAPI description.

Both follow JSON Schema 2020-12, which OpenAPI 3.1 uses as it is (https://spec.openapis.org/oas/v3.1.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from factbook.data import change_files
from factbook.data.columns import Column
from factbook.data.json_files import KINDS
from factbook.data.published import Entry, File, Publication, licence, text
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, release
from factbook.model.kinds import KINDS as RECORD_KINDS
from factbook.read.dialect import resolve

ENTRIES = (
    Entry("data/v1/schema/{kind}.schema.json", "application/schema+json", "The JSON Schema of each JSON document."),
    Entry("data/v1/openapi.json", "application/vnd.oai.openapi+json", "The JSON documents as an API (OpenAPI 3.1)."),
)
"""The files of this part, in the order in which they are documented."""
_SINGULAR = {kind.plural: kind.name for kind in RECORD_KINDS.values()}
_OURS = ("patternErrorMessage", "x-")
"""Keywords of the records' schemas that only the check and editors read."""
_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
}
_ID = {"$ref": "common.schema.json#/$defs/id"}
_OTHERWISE = {
    "facts": {"relations": {"type": "array", "items": {
        "type": "object", "additionalProperties": False, "required": ["kind", "target"],
        "properties": {"kind": {"type": "string"}, "target": _ID}}}},
    "sources": {"facts": {"type": "array", "items": _ID, "description": "The facts that cite it, newest first."}},
    "organizations": {"facts": {
        "type": "array", "items": {"$ref": "#facts"}, "description": "The facts about it, newest first."}},
}  # fmt: skip
"""Fields that have another form in a document than in a record, or exist only there."""


class _Bundle:
    """Schemas of records in one document: those that are referred to go under ``$defs`` of the place ``at``."""

    def __init__(self, schemas: dict[str, dict[str, Any]], at: str) -> None:
        self.schemas, self.at = schemas, at
        self.defs: dict[str, Any] = {}

    def whole(self, kind: str) -> dict[str, Any]:
        """Return the schema of a document of one record."""
        name = _SINGULAR[kind]
        schema = self.schemas[name]
        properties = {**schema["properties"], **_OTHERWISE.get(kind, {})}
        required = ["id", *(n for n in schema["required"] if n != "id")]
        if kind == "organizations":
            stance = {"stance": {"$ref": "vocabulary.schema.json#/$defs/stances"}}
            items = properties["sources"]["items"]
            items = {**items, "properties": {**items["properties"], **stance}}
            properties["sources"] = {**properties["sources"], "items": items}
        if kind in KINDS:
            properties["derived"] = _derived(KINDS[kind].columns)
            required.append("derived")
        brought: dict[str, Any] = self._brought({**schema, "properties": properties, "required": required}, name)
        return brought

    def _brought(self, part: Any, home: str) -> Any:
        if isinstance(part, list):
            return [self._brought(one, home) for one in part]
        if not isinstance(part, dict):
            return part
        if part.get("$ref") == "#facts":
            return self._definition("fact", lambda: self.whole("facts"))
        if "$ref" in part:
            document, _, pointer = part["$ref"].partition("#")
            document = document.removesuffix(".schema.json") or home
            target, _ = resolve({"$ref": f"{document}.schema.json#{pointer}"}, {}, self.schemas)
            held = self._definition(f"{document}.{pointer.rpartition('/')[2]}", lambda: self._brought(target, document))
            return {**held, **{k: v for k, v in part.items() if k == "description"}}
        if "properties" not in part and part.get("type") == ["string", "integer"]:
            part = {**part, "type": "string"}  # a year that YAML would read as a number is text here
        return {
            key: self._brought(held, home)
            for key, held in part.items()
            if key not in ("$defs", "$id", "$schema") and not key.startswith(_OURS)
        }

    def _definition(self, name: str, make: Callable[[], object]) -> dict[str, Any]:
        if name not in self.defs:
            self.defs[name] = {}  # one that refers to itself finds it begun
            self.defs[name] = make()
        return {"$ref": f"{self.at}/$defs/{name}"}


def _derived(columns: tuple[Column, ...]) -> dict[str, Any]:
    made = {c.name: {**_TYPES[c.type], "description": c.meaning} for c in columns if c.derived}
    return {"type": "object", "additionalProperties": False, "properties": made, "description": "What is worked out."}


def _one(archive: Archive, kind: str, at: str) -> dict[str, Any]:
    bundle = _Bundle(archive.schemas, at)
    schema = bundle.whole(kind)
    return {**schema, "$defs": dict(sorted(bundle.defs.items()))}


def _many(kind: str, one: str) -> dict[str, Any]:
    """Return the schema of a document of every record of a kind."""
    return {
        "title": kind.capitalize(),
        "type": "object",
        "additionalProperties": False,
        "required": ["release", "schema", "count", kind],
        "properties": {
            "title": {"type": "string", "description": "What the archive is called."},
            "release": {"type": "string", "description": "The name of this state of the archive."},
            "licence": {
                "type": "object", "additionalProperties": False, "required": ["name"],
                "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
            },
            "schema": {"type": "string", "description": "Where this schema is, from data/v1/."},
            "count": {"type": "integer", "minimum": 0},
            kind: {"type": "array", "items": {"$ref": one}},
        },
    }  # fmt: skip


def _kinds(archive: Archive) -> list[tuple[str, str]]:
    """Return the kinds of record that the archive has a schema for, as (folder, name)."""
    return [(kind, name) for kind, name in _SINGULAR.items() if name in archive.schemas]


def schemas(archive: Archive) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every JSON Schema by its file name: of one record, and of all records of a kind. They refer to each other
    by file name."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    for kind, name in _kinds(archive):
        yield f"{name}.schema.json", {**head, "$id": f"{name}.schema.json", **_one(archive, kind, "#")}
        whole = _many(kind, f"{name}.schema.json")
        yield f"{kind}.schema.json", {**head, "$id": f"{kind}.schema.json", **whole}
    for name, schema in change_files.SCHEMAS.items():
        yield f"{name}.schema.json", {**head, "$id": f"{name}.schema.json", **schema}


def openapi(archive: Archive, title: str, licence: dict[str, Any], base: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of the JSON documents: static files, so GET is the only method."""
    paths: dict[str, Any] = {}
    components: dict[str, Any] = {}
    for kind, name in _kinds(archive):
        one, every = name.capitalize(), kind.capitalize()
        components[one] = _one(archive, kind, f"#/components/schemas/{one}")
        components[every] = _many(kind, f"#/components/schemas/{one}")
        paths[f"/{FOLDER}/{kind}.json"] = _get(f"list{every}", f"All {kind}.", every)
        if kind in KINDS:
            what = f"One {name}." if kind != "facts" else "One fact, or where it has moved."
            paths[f"/{FOLDER}/{kind}/{{id}}.json"] = _get(f"get{one}", what, one, "id")
    paths[f"/{FOLDER}/facts/{{id}}.json"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {
        "anyOf": [{"$ref": "#/components/schemas/Fact"}, {"$ref": "#/components/schemas/Redirect"}]
    }
    components |= {name.capitalize(): schema for name, schema in change_files.SCHEMAS.items()}
    paths[f"/{FOLDER}/changes/index.json"] = _get("listDays", "The days on which something changed.", "Days")
    paths[f"/{FOLDER}/changes/{{day}}.json"] = _get("getChanges", "Every change of one day.", "Changes", "day")
    info: dict[str, Any] = {"title": title, "version": release(archive)}
    if licence:
        info["license"] = licence
    return {
        "openapi": "3.1.1",
        "info": info,
        "servers": [{"url": base.rstrip("/") or "../.."}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _get(operation: str, summary: str, schema: str, named: str = "") -> dict[str, Any]:
    """Return the description of a document; ``named`` is the part of its path that says which one."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    get: dict[str, Any] = {
        "operationId": operation,
        "summary": summary,
        "responses": {"200": {"description": summary, "content": content}},
    }
    if named:
        where = {"name": named, "in": "path", "required": True, "schema": {"type": "string"}}
        get["parameters"] = [where]
        get["responses"]["404"] = {"description": f"There is none of that {named}."}
    return {"get": get}


def files(archive: Archive, publication: Publication) -> Iterator[File]:
    """Yield the JSON Schema of every document, and their description as an API."""
    for name, schema in schemas(archive):
        yield f"{FOLDER}/schema/{name}", text(schema)
    yield f"{FOLDER}/openapi.json", text(openapi(archive, publication.name, licence(publication), publication.base))

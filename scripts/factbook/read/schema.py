"""Applies the published JSON Schemas: one contract for editors, for the check and for the field reference."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
from msgspec.structs import replace

from factbook.model.kinds import FILED, KINDS
from factbook.model.records import Vocabulary
from factbook.read import dialect
from factbook.read.files import Unusable
from factbook.rules import schema as rules
from factbook.rules.problem import Finding, Plain, Problem
from factbook.rules.schema_files import Misread, field_not_held, schema_misread
from factbook.text import show

FOLDER = Path(__file__).parents[1] / "schemas"
"""The schemas of the engine: an archive has none of its own, so that an upgrade brings new fields without merging."""
NAMES = (*KINDS, "synonyms", "waivers", "moved", "words")
"""What there is a schema for: each kind of record, the files of synonyms, waivers and moved ids, and the ledger of the
vocabulary."""
COMMON = ("common",)
MOST_PROBLEMS = 100
"""Problems of one record that are listed at most: a hostile record can have ten thousand."""
BASE = "factbook:///"
"""The base address of the schemas, for their references to each other. Nothing is ever fetched."""


def vocabulary_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the words of the vocabulary as a JSON Schema: the other schemas refer to it."""
    defs: dict[str, dict[str, Any]] = {}
    for name, words in vocabulary.items():
        recordable = [w for w in words.values() if not w.of]
        defs[name] = {
            "enum": [w.id for w in recordable],
            "markdownEnumDescriptions": [f"{w.label}. {w.meaning}" if w.meaning else f"{w.label}." for w in recordable],
        }
    defs["relation"] = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {
            word.id: {"$ref": "common.schema.json#/$defs/id", "description": f"{word.label}. {word.meaning}"}
            for word in vocabulary["relations"].values()
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "vocabulary.schema.json",
        "title": "The words of vocabulary.yaml",
        "$comment": "Made from vocabulary.yaml; change the words there.",
        "$defs": defs,
    }


def write(folder: Path, vocabulary: Vocabulary) -> list[Path]:
    """Write every schema, with the words of ``vocabulary``, into ``folder``, where editors find them; return the files.

    Raises OSError, and FileExistsError where something that is no plain file is in the way: nothing is written through
    a link.
    """
    documents = {**Schemas(vocabulary).documents, "vocabulary": vocabulary_schema(vocabulary)}
    paths = {folder / f"{name}.schema.json": document for name, document in sorted(documents.items())}
    for path in (folder, *paths):
        if path.is_symlink() or (path.exists() and path != folder and not path.is_file()):
            raise FileExistsError(errno.EEXIST, "it is not a plain file", str(path))
    folder.mkdir(parents=True, exist_ok=True)
    for path, document in paths.items():
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return list(paths)


def _data(name: str) -> bytes:
    """Return the file of the schema of that name. Raises Unusable where it cannot be read."""
    try:
        return (FOLDER / f"{name}.schema.json").read_bytes()
    except OSError as error:
        said = f"the file cannot be read: {error.strerror}"
        raise _unusable([schema_misread(Misread(name, "", said))]) from None


def _document(name: str, data: bytes) -> dict[str, Any]:
    """Return the schema of that name, which is the JSON ``data``. Raises Unusable where it is none."""
    try:
        found: dict[str, Any] = json.loads(data.decode("utf-8"), parse_constant=float)
        json.dumps(found, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        said = f"the file is no JSON: {show(str(error), 200)}"
        raise _unusable([schema_misread(Misread(name, "", said))]) from None
    return found


def _refuse(found: Iterable[list[Finding]]) -> None:
    """Raise Unusable with what was found wrong with the schemas, at most MOST_PROBLEMS; return where nothing is."""
    if wrong := [*islice(found, MOST_PROBLEMS)]:
        raise _unusable(wrong)


def _unusable(found: Iterable[list[Finding]]) -> Unusable:
    """Return the exception for findings about schemas, whose paths are those in the folder of the schemas."""
    return Unusable([
        Problem(path=f"schemas/{one.path}", line=1, column=1, rule=one.rule, message=one.message, value=one.value,
                hint=one.hint)
        for several in found for one in several
    ])  # fmt: skip


@lru_cache(4)
def _compiled(
    files: tuple[tuple[str, bytes], ...], words: str
) -> tuple[dict[str, dict[str, Any]], dict[str, jsonschema_rs.Draft202012Validator]]:
    """Return the documents and the validators of the schemas in ``files``, by name, with the JSON schema ``words`` of
    the vocabulary. Raises Unusable, as Schemas does.

    They are kept: the check applies them to several lists of records, the preview after every change.
    """
    documents = {name: _document(name, data) for name, data in files}
    documents["vocabulary"] = json.loads(words)
    _refuse(schema_misread(wrong) for wrong in dialect.misread(documents))
    _refuse(
        field_not_held(f"{name}.schema.json", field)
        for name, record in dialect.HELD.items()
        for field in dialect.unheld(record, documents[name], documents[name], documents)
    )
    _refuse(schema_misread(wrong) for wrong in dialect.misfits(documents))
    based = {n: {**d, "$id": f"{BASE}{n}.schema.json"} for n, d in documents.items()}
    try:
        registry = jsonschema_rs.Registry([(d["$id"], d) for d in based.values()])
        return documents, {n: jsonschema_rs.Draft202012Validator(based[n], registry=registry) for n in NAMES}
    except ValueError as error:  # an expression that is well formed and still too large, or the like
        said = show(str(error).split("\n", 1)[0], 200)
        raise _unusable([schema_misread(Misread("common", "", said))]) from None


class Schemas:
    """The schemas of one archive, compiled to be applied to records.

    Raises Unusable for a schema that the engine does not understand, and for a field that nothing holds.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        names = (*COMMON, *NAMES)
        files = tuple((name, _data(name)) for name in names)
        self.documents, self._validators = _compiled(files, json.dumps(vocabulary_schema(vocabulary)))

    def check(self, name: str, path: str, value: Plain) -> list[Finding]:
        """Return a finding for every way in which ``value`` breaks the schema ``name``, at most MOST_PROBLEMS."""
        validator = self._validators[name]
        if validator.is_valid(value):
            return []
        every = (
            found
            for error in validator.iter_errors(value)
            for found in rules.findings(self._violation(error, name, path))
        )
        found = list(islice(every, MOST_PROBLEMS + 1))
        if len(found) > MOST_PROBLEMS:
            hint = f"There are more problems in this file; only {MOST_PROBLEMS} are listed."
            found[MOST_PROBLEMS - 1 :] = [replace(found[MOST_PROBLEMS - 1], hint=hint)]
        return found

    def meant(self, kind: str, value: dict[str, Plain]) -> str:
        """Return the kind of record that the fields of ``value``, which breaks the schema of ``kind``, fit far better;
        empty where they fit no other."""
        misfits = {name: self._misfit(name, value) for name in FILED}
        best = min(misfits, key=lambda name: misfits[name])
        return best if misfits[kind] > 2 and misfits[best] * 3 <= misfits[kind] else ""

    def _misfit(self, kind: str, value: dict[str, Plain]) -> int:
        """Return how many fields of ``value`` a kind does not know, and how many that it requires are missing."""
        schema = self.documents[kind]
        return len(value.keys() - schema["properties"].keys()) + len(set(schema["required"]) - value.keys())

    def _violation(self, error: jsonschema_rs.ValidationError, name: str, path: str) -> rules.Violation:
        """Return the validator's error as the rules take it."""
        kind: Any = error.kind
        place, _, _ = (error.absolute_keyword_location or "").rpartition("/")
        missing = getattr(kind, "property", None)
        return rules.Violation(
            path=path,
            pointer=tuple(error.instance_path),
            name=name,
            keyword=kind.name,
            part=self._at(place),
            value=cast(Plain, error.instance),  # what was given it: texts, lists and mappings
            limit=getattr(kind, "limit", 0),
            names=(missing,) if missing else tuple(getattr(kind, "unexpected", ())),
        )

    def _at(self, place: str) -> dict[str, Any]:
        """Return the part of a schema at an absolute location such as ``factbook:///fact.schema.json#/$defs/x``."""
        document, _, fragment = place.partition("#")
        part: Any = self.documents[document.removeprefix(BASE).removesuffix(".schema.json")]
        for step in fragment.strip("/").split("/") if fragment.strip("/") else ():
            part = part[int(step)] if isinstance(part, list) else part[step]
        found: dict[str, Any] = part
        return found

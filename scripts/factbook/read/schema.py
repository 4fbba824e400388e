"""The published JSON Schemas, applied: one contract for editors, for the check and for the field reference."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import jsonschema_rs
from msgspec.structs import replace

from factbook.model.kinds import KINDS
from factbook.model.records import Vocabulary
from factbook.read.yamldoc import Key, Plain
from factbook.rules.problem import Pointer, Problem, listed, nearest, rule, show

FOLDER = Path(__file__).parents[1] / "schemas"
"""The schemas of the engine: an archive has none of its own, so that an upgrade brings new fields without merging."""
NAMES = (*KINDS, "waivers")
"""What there is a schema for: each kind of record, and the file of waivers."""
COMMON = ("common",)
MOST_PROBLEMS = 100
"""More problems of one record are not listed: a hostile one can have ten thousand."""
BASE = "factbook:///"
"""Where the schemas stand for each other's references. Nothing is ever fetched."""


def vocabulary_schema(vocabulary: Vocabulary) -> dict:
    """Return the words of the vocabulary as a JSON Schema: the other schemas refer to it."""
    defs: dict[str, dict] = {}
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
            word.id: {"$ref": "common.schema.json#/$defs/id", "description": f"{word.label} that fact. {word.meaning}"}
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


class Schemas:
    """The schemas of one archive, ready to apply to records."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.documents = {n: json.loads((FOLDER / f"{n}.schema.json").read_text("utf-8")) for n in (*COMMON, *NAMES)}
        self.documents["vocabulary"] = vocabulary_schema(vocabulary)
        based = {n: {**d, "$id": f"{BASE}{n}.schema.json"} for n, d in self.documents.items()}
        registry = jsonschema_rs.Registry([(d["$id"], d) for d in based.values()])
        self._validators = {n: jsonschema_rs.Draft202012Validator(based[n], registry=registry) for n in NAMES}

    def check(self, name: str, path: str, value: Plain) -> list[Problem]:
        """Every way in which ``value`` is not a record of the kind ``name``."""
        validator = self._validators[name]
        if validator.is_valid(value):
            return []
        every = (problem for error in validator.iter_errors(value) for problem in self._problems(error, name, path))
        found = list(islice(every, MOST_PROBLEMS + 1))
        if len(found) > MOST_PROBLEMS:
            said = f"There are more problems in this file; only {MOST_PROBLEMS} are listed."
            found[MOST_PROBLEMS - 1 :] = [replace(found[MOST_PROBLEMS - 1], hint=said)]
        return found

    def _problems(self, error: jsonschema_rs.ValidationError, name: str, path: str) -> Iterator[Problem]:
        kind = error.kind.name
        at = tuple(error.instance_path)
        place, _, _ = error.absolute_keyword_location.rpartition("/")
        part = self._at(place)
        field = " ".join(str(step) for step in at if isinstance(step, str)) or name
        found = _BY_KEYWORD.get(kind, not_allowed)(error, field, part)
        for made in found:
            pointer: Pointer = (*at, *made.pop("below", ()))
            yield Problem(path=path, pointer=pointer, **made)

    def _at(self, place: str) -> dict:
        """The part of a schema that an absolute location such as ``factbook:///fact.schema.json#/$defs/x`` names."""
        document, _, fragment = place.partition("#")
        part = self.documents[document.removeprefix(BASE).removesuffix(".schema.json")]
        for step in fragment.strip("/").split("/") if fragment.strip("/") else ():
            part = part[int(step)] if isinstance(part, list) else part[step]
        return part


Found = Iterator[dict]


@rule()
def unknown_field(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A record must have no field that its schema does not know.

    A misspelt field would be ignored without a word.
    """
    known = list(part["properties"])
    for name in error.kind.unexpected:
        hint = nearest(name, known) or (
            "Merge keys are not used here." if name == "<<" else "Remove it, or put it in note."
        )
        yield {
            "rule": "unknown-field",
            "message": f"there is no such field in {_a(field)}",
            "value": show(name),
            "allowed": listed(known, 20),
            "hint": hint,
            "below": (Key(name),),
        }


@rule()
def missing_field(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A record must have every field that its schema requires."""
    name = error.kind.property
    about = part["properties"].get(name, {}).get("description", "")
    yield {
        "rule": "missing-field",
        "message": f"the field {name} must be given",
        "hint": f"{name}: {about}" if about else "",
    }


@rule()
def wrong_type(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A field must hold the kind of value its schema says: text, a list, or fields of its own."""
    wanted = {"string": "text", "array": "a list (lines that begin with -)", "object": "fields (name: value)"}
    types = [wanted[t] for t in error.kind.types if t in wanted]
    got = {str: "text", list: "a list", dict: "fields"}.get(type(error.instance), "something else")
    yield {
        "rule": "wrong-type",
        "message": f"{field} must be {' or '.join(types)}, not {got}",
        "value": show(error.instance),
    }


@rule()
def unknown_word(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A status, kind, topic, stance or language must be a word of vocabulary.yaml."""
    known = list(part["enum"])
    yield {
        "rule": "unknown-word",
        "message": f"{field} must be a word of the vocabulary",
        "value": show(error.instance),
        "allowed": listed(known, 20),
        "hint": nearest(str(error.instance), known),
    }


def _by_pattern(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A pattern carries its own rule id and words in the schema."""
    hold = {r.rule_id: r for r in (not_kebab_case, url_scheme, not_a_day, not_a_hash)}[part["x-rule"]]
    yield {
        "rule": hold.rule_id,
        "message": f"{field} is not written as it must be",
        "value": show(error.instance),
        "allowed": part["patternErrorMessage"],
        "hint": hold(str(error.instance)),
    }


@rule()
def not_kebab_case(value: str) -> str:
    """An id must be kebab-case ASCII: lower-case letters and digits, in words joined by single hyphens.

    Ids are file names and addresses. They must look the same, and be different, on every machine.
    """
    words = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in value.lower()).split())
    return f"Write {words}." if 0 < len(words) <= 100 else ""


@rule()
def url_scheme(value: str) -> str:
    """An address must begin with https:// or http://.

    Other schemes can run code or lead nowhere.
    """
    if value.startswith("www."):
        return f"Write https://{show(value)}."
    return ""


@rule()
def not_a_day(value: str) -> str:
    """The date of a ledger entry, of access and of a search must be one day, year first."""
    return "The day on which it was done is always known exactly."


@rule()
def not_a_hash(value: str) -> str:
    """A sha256 must be 64 hexadecimal digits."""
    return "Run sha256sum over the text and paste what it prints first."


@rule()
def too_long(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A text or a list must not be longer than its schema says: a claim has at most 300 characters.

    A claim that needs more is two claims.
    """
    what = "items" if isinstance(error.instance, list) else "characters"
    yield {
        "rule": "too-long",
        "message": f"{field} is too long",
        "value": f"{len(error.instance)} {what}",
        "allowed": f"{error.kind.limit} {what}",
        "hint": "Say one thing; put the rest in another fact or in note.",
    }


@rule()
def too_few(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A field that is given must not be empty.

    Leave out what is not known: an empty field says nothing, and looks as if it did.
    """
    hint = "Fill it in, or remove the line if the field is not required."
    yield {"rule": "too-few", "message": f"{field} is too short", "value": show(error.instance), "hint": hint}


@rule()
def repeated_item(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A list must not name the same thing twice."""
    yield {"rule": "repeated-item", "message": f"{field} names something twice", "hint": "Remove one of the two."}


@rule()
def not_allowed(error: jsonschema_rs.ValidationError, field: str, part: dict) -> Found:
    """A value must satisfy its schema in every other respect, such as one relation a line."""
    yield {
        "rule": "not-allowed",
        "message": f"{field} is not what its schema allows ({error.kind.name})",
        "value": show(error.instance),
        "hint": "Begin a new line with - for each one.",
    }


_BY_KEYWORD: dict[str, Callable[..., Found]] = {
    "additionalProperties": unknown_field,
    "required": missing_field,
    "type": wrong_type,
    "enum": unknown_word,
    "pattern": _by_pattern,
    "maxLength": too_long,
    "maxItems": too_long,
    "minLength": too_few,
    "minItems": too_few,
    "minProperties": too_few,
    "uniqueItems": repeated_item,
}


def _a(field: str) -> str:
    return KINDS[field].article if field in KINDS else field


def resolve(part: dict, document: dict, schemas: dict[str, dict]) -> tuple[dict, dict]:
    """The part a ``$ref`` leads to, through as many as there are, and the document it stands in."""
    while "$ref" in part:
        target, _, fragment = part["$ref"].partition("#")
        if target:
            document = schemas[target.removesuffix(".schema.json")]
        part = document
        for step in fragment.strip("/").split("/"):
            part = part[step]
    return part, document

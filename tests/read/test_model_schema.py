"""The model, the published schemas, the vocabulary and the records of this archive say the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest
from msgspec.structs import fields

from archives import BASE, ROOT, TODAY, archive
from factbook.check import report
from factbook.check.run import check
from factbook.model import answers, entries, judgements, records, searches
from factbook.read import schema
from factbook.read.schema import NAMES
from factbook.read.vocabulary import read_vocabulary
from factbook.rules.register import RULES

SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
    for path in sorted(schema.FOLDER.glob("*.json"))
}
FACT, ORGANIZATION = SCHEMAS["fact"], SCHEMAS["organization"]

NOT_WRITTEN = {"path"}
"""Fields that no record holds: where its file lies."""
FROM_THE_FILE_NAME = {"id", "path"}
"""Fields that a record need not give, because its file does."""

PAIRS = {
    "Statement": (records.Statement, FACT),
    "Redirect": (records.Redirect, SCHEMAS["redirect"]),
    "Source": (records.Source, SCHEMAS["source"]),
    "Organization": (records.Organization, ORGANIZATION),
    "Reference": (records.Reference, FACT["properties"]["sources"]["items"]),
    "Revision": (records.Revision, SCHEMAS["common"]["$defs"]["revision"]),
    "Amendment": (entries.Amendment, SCHEMAS["common"]["$defs"]["amendment"]),
    "Retraction": (entries.Retraction, SCHEMAS["source"]["properties"]["retracted"]),
    "Correction": (entries.Correction, SCHEMAS["common"]["$defs"]["corrected"]["items"]),
    "Translation": (records.Translation, FACT["properties"]["translations"]["items"]),
    "Name": (records.Name, ORGANIZATION["$defs"]["name"]),
    "Search": (searches.Search, SCHEMAS["search"]),
    "Place": (searches.Place, SCHEMAS["search"]["properties"]["places"]["items"]),
    "Figure": (records.Figure, FACT["properties"]["figure"]),
    "Question": (answers.Question, SCHEMAS["question"]),
    "Sentence": (answers.Sentence, SCHEMAS["question"]["properties"]["answer"]["items"]),
    "Phrasing": (answers.Phrasing, SCHEMAS["question"]["properties"]["phrasings"]["items"]),
    "AnswerTranslation": (answers.AnswerTranslation, SCHEMAS["question"]["properties"]["translations"]["items"]),
    "Series": (answers.Series, SCHEMAS["series"]),
    "Cell": (answers.Cell, SCHEMAS["series"]["properties"]["cells"]["items"]),
    "Reply": (judgements.Reply, SCHEMAS["reply"]),
    "Review": (judgements.Review, SCHEMAS["review"]),
    "Succession": (records.Succession, ORGANIZATION["properties"]["predecessors"]["items"]),
}
"""Every class of the model that a schema describes, with that part of the schema."""

DEFAULTED = {
    "Redirect": {"history"},
    "Reference": {"stance"},
    "Source": set[str](),
}
"""Fields that a schema requires and the model does not. An organization's reference has no stance: it only supports."""
FILLED_IN = {"Source": {"origin"}}
"""Fields that the model requires and a schema does not: a source without an origin is its own."""


@pytest.mark.parametrize("name", PAIRS)
def test_a_class_of_the_model_has_the_fields_of_its_schema(name: str) -> None:
    """What can be written in a record is what the model holds, under the same names."""
    held, schema = PAIRS[name]
    assert {f.encode_name for f in fields(held)} - NOT_WRITTEN == set(schema["properties"])
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", PAIRS)
def test_a_class_of_the_model_requires_what_its_schema_requires(name: str) -> None:
    """A field without a default is one that every record gives."""
    held, schema = PAIRS[name]
    bare = {f.encode_name for f in fields(held) if f.required}
    required = set(schema["required"]) - DEFAULTED.get(name, set())
    assert bare - FROM_THE_FILE_NAME == required | FILLED_IN.get(name, set())


def test_an_organization_refers_to_its_sources_as_a_fact_does_but_takes_no_side() -> None:
    """The references of organizations are those of facts without the stance."""
    organization = ORGANIZATION["properties"]["sources"]["items"]
    assert set(organization["properties"]) == {f.name for f in fields(records.Reference)} - {"stance"}


def test_a_redirect_has_nothing_but_its_target_and_its_ledger() -> None:
    """Whatever else a fact said before it moved is said where it is now, or what that says otherwise is told."""
    assert set(SCHEMAS["redirect"]["properties"]) == {"id", "moved_to", "differs", "history"}


def parts(schema: object) -> Iterator[dict]:
    """Every object of a schema, and of all inside it."""
    if isinstance(schema, dict):
        yield schema
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for inner in inside:
        yield from parts(inner)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_json_schema(name: str) -> None:
    """Every published schema is valid JSON Schema 2020-12, so any editor can use it."""
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["$id"] == f"{name}.schema.json"
    jsonschema_rs.meta.validate(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_pattern_says_in_words_what_it_wants(name: str) -> None:
    """Nobody is shown a regular expression: a pattern names the rule it holds and the words to report it in."""
    found = [p for p in parts(SCHEMAS[name]) if isinstance(p.get("pattern"), str)]
    assert [
        p for p in found if p.get("x-rule") not in RULES or not p.get("patternErrorMessage", "").endswith(".")
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_field_says_what_it_is_for(name: str) -> None:
    """Editors and the field reference show a description for every field, as a sentence."""
    described = [p for p in parts(SCHEMAS[name]) if isinstance(p.get("properties"), dict)]
    common = SCHEMAS["common"]["$defs"]
    bare = [
        f"{field}: {value}"
        for part in described
        for field, value in part["properties"].items()
        if not (value.get("description") or common[value["$ref"].rpartition("/")[2]]["description"]).endswith(".")
    ]
    assert bare == []


def test_an_editor_gets_every_schema_with_the_words_of_the_archive(tmp_path: Path) -> None:
    """What an editor needs is written whole: each schema as the check applies it, and the words of the vocabulary."""
    vocabulary = read_vocabulary(BASE)
    paths = schema.write(tmp_path / "schema", vocabulary)
    written = {path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in paths}
    assert written == {**SCHEMAS, "vocabulary": schema.vocabulary_schema(vocabulary)}
    assert schema.write(tmp_path / "schema", vocabulary) == paths


def test_every_package_says_why_it_is_there() -> None:
    """Whatever is installed by name is named in docs/about/engine.md, which says what for."""
    page = (ROOT / "docs/about/engine.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if "|" in line]
    explained = {name.strip() for row in rows for name in row.split(",")}
    wanted = {
        re.match(r"[\w-]+", line)[0]
        for path in (ROOT / "requirements").glob("*.in")
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    assert wanted - explained == set()


LOST = [
    ("fact", '"claim": {', '"motto": {"type": "string"},\n    "claim": {', "motto"),
    ("fact", '"locator": {', '"page": {"type": "string"},\n          "locator": {', "sources page"),
    ("source", '"additionalProperties": false', '"additionalProperties": true', "any other field"),
    ("organization", '"$defs": {', '"patternProperties": {"^x": {}},\n  "$defs": {', "any other field"),
    ("series", '"title": {', '"colour": {"type": "string"},\n    "title": {', "colour"),
]


@pytest.mark.parametrize(("name", "old", "new", "field"), LOST)
def test_a_schema_that_allows_what_the_engine_would_lose_is_refused(
    name: str, old: str, new: str, field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that no class of the model holds would vanish without a word; so nothing is read by such a schema."""
    folder = shutil.copytree(schema.FOLDER, tmp_path / "schemas")
    path = folder / f"{name}.schema.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert path.read_text("utf-8") != text
    monkeypatch.setattr(schema, "FOLDER", folder)
    found, problems = check(archive(tmp_path / "archive"), TODAY)
    assert found is None
    expected = f"""\
schemas/{name}.schema.json:1:1: error: the schema allows a field that this engine does not know, and would lose \
[field-not-held]
    found: {field}
    hint: Add it to the class of the record in scripts/factbook/model/.
1 error in 1 file."""
    assert report.text(problems) == expected

"""The model, the published schemas, the vocabulary and the records of this archive say the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from archives import BASE, ROOT, TODAY, archive, write
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


def tampered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> list[str]:
    """What the check of the example archive says with another text for one schema: a line for each problem."""
    folder = tmp_path / "schemas"
    shutil.copytree(schema.FOLDER, folder, dirs_exist_ok=True)
    (folder / f"{name}.schema.json").write_text(text, "utf-8", "surrogatepass")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "FOLDER", folder)
        return [f"{p.path}: {p.message}" for p in check(archive(tmp_path / "archive"), TODAY)[1]]


MISREAD = [
    ('{"pattern": "^a"}', "pattern needs x-rule and patternErrorMessage beside it"),
    ('{"enum": [1, "a"]}', "/0: 1 cannot stand here"),
    ('{"enum": null}', "/enum: null cannot stand here"),
    ('{"pattern": "(", "x-rule": "not-a-day", "patternErrorMessage": "A day."}', '/pattern: "(" cannot stand here'),
    ('{"type": "texts"}', '/type: "texts" cannot stand here'),
    ('{"$ref": "#/$defs/nowhere"}', "/$ref: #/$defs/nowhere leads to no part of a schema"),
    ('{"$ref": "#"}', "/$ref: # leads to no part of a schema"),
    ('{"$ref": "#/properties/claim"}', "/$ref: the reference leads back to itself"),
    ('{"type": "array", "items": {"type": "string"}}', "type must be string"),
    ("{}", "type must be string"),
    ("[]", "[] cannot stand here"),
    *(
        (f'{{"type": "string", "{keyword}": {value}}}', f"the engine knows no keyword {keyword}")
        for keyword, value in {
            "dependentRequired": '{"a": ["b"]}',
            "if": "{}",
            "then": "{}",
            "propertyNames": "{}",
            "not": "{}",
            "const": '"a"',
            "contains": "{}",
            "$id": '"a"',
        }.items()
    ),
]


@pytest.mark.parametrize(("part", "reason"), MISREAD)
def test_a_schema_that_is_not_understood_is_told_by_its_place(
    part: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each names the file, the place in it and the reason, and no record is read by such a schema."""
    document = {**FACT, "properties": {**FACT["properties"], "claim": json.loads(part)}}
    (found,) = tampered(tmp_path, monkeypatch, "fact", json.dumps(document))
    assert found.startswith("schemas/fact.schema.json: the schema cannot be understood at /properties/claim")
    assert found.endswith(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", " the file is no JSON: Expecting property name"),
        ("[" * 100_000, " the file is no JSON: "),
        ("[]", " [] cannot stand here"),
        ("1", " 1 cannot stand here"),
        ('{"title": NaN}', " the file is no JSON: "),
        ('{"title": "\\ud800"}', " the file is no JSON: "),
    ],
)
@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_that_is_no_schema_is_told(
    name: str, text: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No JSON, a list, a number, nonsense: one problem of that file."""
    (found,) = tampered(tmp_path, monkeypatch, name, text)
    assert found.startswith(f"schemas/{name}.schema.json: the schema cannot be understood{reason}")


def places(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a JSON value, and one more key in each mapping."""
    yield at
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*at, key))


KEYWORDS = sorted({key for document in SCHEMAS.values() for part in parts(document) for key in part if len(key) < 18})
WORDS = st.sampled_from([*KEYWORDS, *("if", "not", "const", "anyOf", "dependentRequired", "string", "array", "object")])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(), inner, max_size=4),
    max_leaves=12,
)


def laid(value: Any, at: tuple[str | int, ...], other: object) -> Any:
    """A JSON value with another at one place of it."""
    if not at:
        return other
    made = dict(value) if isinstance(value, dict) else [*value]
    made[at[0]] = laid(made[at[0]], at[1:], other)
    return made


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive, with records that break every schema in some way."""
    root = archive(tmp_path_factory.mktemp("faulty") / "archive")
    for kind in ("records", "sources", "organizations", "searches"):
        write(root, f"{kind}/wrong-fields.yaml", "claim: [a]\nhistory: x\nrelations: {a: b}\nnames: {text: [a]}\n")
        write(root, f"{kind}/no-fields.yaml", "kind: ' '\nsources: [{source: x, stance: {}}, y]\ntopics: [a, a]\n")
    write(root, "moved.yaml", "moved: [{kind: a}, b]\n")
    write(root, "synonyms.yaml", "synonyms: [a, [b], [c, c]]\n")
    write(root, "waivers.yaml", "waivers: [{rule: {}}, {rule: a}]\n")
    return root


@given(st.sampled_from(sorted(SCHEMAS)), st.data())
@settings(deadline=None)
def test_whatever_stands_in_a_schema_the_check_ends_in_words(faulty: Path, name: str, data: st.DataObject) -> None:
    """Any JSON at any place of any schema: problems, and never a traceback."""
    at = data.draw(st.sampled_from([*places(SCHEMAS[name])]))
    value = laid(SCHEMAS[name], at, data.draw(JSON))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        shutil.copytree(schema.FOLDER, folder, dirs_exist_ok=True)
        (Path(folder) / f"{name}.schema.json").write_text(json.dumps(value), "utf-8")
        patch.setattr(schema, "FOLDER", Path(folder))
        assert check(faulty, TODAY)[1] != []

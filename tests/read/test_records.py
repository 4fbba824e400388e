"""Records into the values of the model, and out of them again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

import grown
from archives import TODAY
from factbook.check import reference
from factbook.check.run import check
from factbook.model import fingerprint
from factbook.model.archive import Archive
from factbook.model.kinds import FILED, KINDS
from factbook.model.records import Record
from factbook.read import convert, yamldoc
from factbook.read.schema import FOLDER


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a larger archive that is made up."""
    return grown.grown(tmp_path_factory.mktemp("records") / "archive")


@pytest.fixture(scope="module")
def read(root: Path) -> Archive:
    """The archive in this folder, as the check reads it."""
    found, _ = check(root, TODAY)
    assert found is not None
    return found


def written(root: Path, record: convert.Record) -> dict:
    """What the file of a record says, as a plain value says it."""
    said = yamldoc.read(record.path, (root / "facts" / record.path).read_bytes())
    said["id"] = record.id
    if "relations" in said:
        said["relations"] = [{"kind": k, "target": to} for pair in said["relations"] for k, to in pair.items()]
    if record.path.startswith("sources/"):
        said.setdefault("origin", said.get("organization", record.id))
    if record.path.startswith("organizations/"):
        said["sources"] = [{**reference, "stance": "supports"} for reference in said.get("sources", ())]
    return {field: held for field, held in said.items() if held}


def test_a_plain_value_says_what_the_file_says(root: Path, read: Archive) -> None:
    """No field is lost or made up between a file and what is exported of it; the id stands first."""
    every = list(read.every())
    assert len(every) > 300
    for record in every:
        assert json.loads(json.dumps(fingerprint.value(record))) == written(root, record)
        assert next(iter(fingerprint.value(record))) == "id"


def test_an_organization_takes_the_side_of_its_sources(read: Archive) -> None:
    """A reference without a stance supports, and says so wherever it is written."""
    organization = next(o for o in read.organizations.values() if o.references)
    assert {reference["stance"] for reference in fingerprint.value(organization)["sources"]} == {"supports"}


def test_what_many_records_share_is_held_once(read: Archive) -> None:
    """A large archive names the same few statuses, sources and organizations over and over."""
    facts = list(read.statements.values())
    for of in (lambda f: (f.status,), lambda f: (f.kind,), lambda f: f.organizations, lambda f: f.topics):
        texts = [text for fact in facts for text in of(fact)]
        assert len({id(text) for text in texts}) == len(set(texts))
    cited = [text for fact in facts for reference in fact.references for text in (reference.source, reference.stance)]
    assert len({id(text) for text in cited}) == len(set(cited))


def test_a_field_that_is_wrong_is_left_blank(read: Archive) -> None:
    """The rest of a record that did not pass its schema is there to be checked, and what it lacks is named."""
    value = {"claim": "A lamp was lit.", "kind": ["event"], "colour": "red", "status": "reported"}
    given, lacks = convert.lacking("fact", "records/1901/x.yaml", value, {"kind", "colour"}, read.schemas)
    assert lacks == {"kind", "colour", "organizations", "topics", "sources", "history"}
    assert given == {
        "id": "x",
        "path": "records/1901/x.yaml",
        "claim": "A lamp was lit.",
        "kind": "",
        "organizations": [],
        "topics": [],
        "sources": [],
        "status": "reported",
        "history": [{"date": "0001-01-01", "status": "reported", "reason": ""}],
    }


def test_every_kind_of_record_has_its_place_in_an_archive() -> None:
    """A kind of record has a class, a field of the archive that holds it, and a schema, and is told from all others."""
    assert {kind.type for kind in KINDS.values()} == set(get_args(Record))
    assert set(convert.HELD) == set(convert.Kept.__struct_fields__) < set(Archive.__struct_fields__)
    assert {path.name.removesuffix(".schema.json") for path in FOLDER.iterdir()} > set(KINDS)
    for field in ("name", "plural", "type", "collection"):
        assert len({getattr(kind, field) for kind in KINDS.values()}) == len(KINDS)
    assert len({kind.folder for kind in FILED.values()}) == len(FILED)
    assert {kind.ids for kind in KINDS.values()} == set(FILED)


def test_what_a_kind_says_of_its_fields_is_in_its_schema(read: Archive) -> None:
    """What is left blank, asked for, offered as a sample or named by id is a field that records of the kind have."""
    for name, about in reference.fields(read.schemas):
        if name in KINDS:
            kind, written = KINDS[name], {field["name"] for field in about["fields"]}
            required = {field["name"] for field in about["fields"] if field["required"] and " " not in field["name"]}
            sample = kind.sample(dict.fromkeys(read.vocabulary, "word"))
            assert set(kind.blank) == required
            assert {*kind.blank, *kind.asked, *sample, *(way[0] for way in kind.names)} <= written
            assert required - {*sample, "status", "history"} == set() or kind not in FILED.values()
            named = {" ".join(step for step in way if step) for way in kind.names}
            assert named <= {*written, "history sources"}

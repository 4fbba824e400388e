"""What is promised of this project's own archive, whatever facts it holds: the one module that reads its records.

The engine is tested on archives that are made up, so that no change of a record here can turn a test of it red.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema_rs
import pyshacl
import pytest
import yaml
from icalendar import Calendar
from lxml import etree
from rdflib import Graph

import duck
import sites
from archives import ROOT
from citation_styles import styled
from factbook.authoring import explain, form_answers, form_files
from factbook.check.report import text
from factbook.check.run import check, errors
from factbook.cli import main
from factbook.data import calendars, exports, feeds, jsonld
from factbook.data.citations import csl, of_fact, texts
from factbook.data.published import Publication
from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.asof import asof, entry_on
from factbook.model.staleness import changed_since
from factbook.read.schema import Schemas
from factbook.read.vocabulary import LISTS, read_vocabulary
from factbook.render import collect, po
from factbook.render.language import Language
from factbook.render.po import INTERFACE
from factbook.rules.evidence import EVIDENCE

pytestmark = pytest.mark.archive

CODES = collect.languages()


@pytest.fixture
def archive(real_archive: Archive) -> Archive:
    """The archive of this project."""
    return real_archive


def test_the_present_status_is_that_of_the_newest_day(archive: Archive) -> None:
    """On its newest day the answer is the present status of every fact; before its first it is nothing."""
    entries = [h.date for s in archive.statements.values() for h in s.history]
    assert {s.statement.id: s.entry.status for s in asof(archive, max(entries))} == {
        s.id: s.status for s in archive.statements.values()
    }
    assert all(s.entry is None for s in asof(archive, "0001-01-01"))
    assert all(entry_on(s, s.history[0].date) is not None for s in archive.statements.values())


@pytest.mark.parametrize("code", CODES)
def test_the_files_of_the_engine_are_as_the_command_writes_them(code: str) -> None:
    """``factbook languages`` has been run: it would change no file of the interface."""
    own = INTERFACE / f"{code}.po"
    assert collect.updated(own, collect.of_interface())[0] == own.read_bytes()


@pytest.mark.parametrize("code", sites.TRANSLATED)
def test_the_files_of_this_archive_are_as_the_command_writes_them(archive: Archive, code: str) -> None:
    """``factbook languages`` has been run: it would change no file of the archive's words."""
    theirs = ROOT / po.OF_ARCHIVE / f"{code}.po"
    assert collect.updated(theirs, collect.wanted_of(archive, ROOT, code))[0] == theirs.read_bytes()


def test_years_of_every_recorded_date_are_said(archive: Archive) -> None:
    """The dates of the whole archive read right in each language."""
    dates = sorted({f.date for f in archive.statements.values() if f.date and f.date != "unknown"})
    wrong = [
        (code, date)
        for code in CODES
        for language in [Language(code, po.read(code, ROOT))]
        for date in dates
        if edtf.parse(date).year[:3] not in language.words(date)
    ]
    assert wrong == []


def test_every_record_is_in_canonical_layout(capsys: pytest.CaptureFixture[str]) -> None:
    """Every record of this project is in the canonical layout."""
    main(["--root", str(ROOT), "fmt", "--check"])
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("facts/")] == []


def test_the_choices_of_the_forms_are_the_words_of_the_vocabulary() -> None:
    """Whoever fills in a form chooses among the words that the check allows."""
    words = read_vocabulary(ROOT / "facts")
    for form in form_files.read_forms(ROOT):
        label = form.label
        for question in form.questions:
            if name := form_answers.WORDS.get(question.id):
                name = "organization_kinds" if (label, question.id) == ("new-organization", "kind") else name
                assert question.options == tuple(words[name]), f"{label} {question.id}. Run: factbook forms"


def test_every_calendar_can_be_read(archive: Archive) -> None:
    """By the library icalendar, without an error; the ids within a calendar differ; no line is longer than 75 bytes."""
    made = dict(calendars.files(archive, Publication(base="", name="Name")))
    assert made
    for data in made.values():
        calendar = Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
        assert [calendar.errors, *(event.errors for event in events)] == [[]] * (len(events) + 1)
        assert len({event["UID"] for event in events}) == len(events)
        assert {len(line) <= 75 for line in data.split(b"\r\n")} == {True}
        assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_claim_of_every_make_is_cited_as_the_library_cites_it(archive: Archive) -> None:
    """What is filled into the pattern of a style is what the library makes of the fact itself.

    One fact is asked for each set of signs that a claim can hold, for each alphabet, and for each month.
    """
    publication = Publication(
        name="An archive of 28 stories, 7543", author="The maintainers", base="https://a.example/"
    )
    chosen: dict[object, str] = {}
    for name, fact in archive.statements.items():
        signs = {c for c in fact.claim if not c.isalnum() and c != " "}
        chosen.setdefault((frozenset(signs), fact.claim.isascii()), name)
        chosen.setdefault(fact.history[-1].date[5:7], name)
    wrong = []
    for name in sorted(set(chosen.values())):
        work = of_fact(archive, publication, name)
        item = {field: held for field, held in csl(work).items() if field not in ("id", "version", "note")}
        for style, made in texts(work):
            if made != f"{styled(style, item)} Version {work.version}.":
                wrong.append((style, made))
    assert wrong == []


def test_the_citation_file_of_the_repository_agrees() -> None:
    """CITATION.cff calls the archive and its author what the site calls them."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    said = dict(re.findall(r"^(site_name|site_author): (.+)$", config, re.M))
    assert (cff["title"], cff["authors"]) == (said["site_name"], [{"name": said["site_author"]}])


def test_every_record_is_sound() -> None:
    """The records that are published pass the check that guards them, before the day from which it asks for pins."""
    found, problems = check(ROOT, "2027-06-29")
    assert found is not None
    assert text(errors(problems)) == "No problems."


def test_every_evidence_the_vocabulary_asks_for_is_tested() -> None:
    """A status names how it is earned, by a test that exists; no test stands unused."""
    statuses = read_vocabulary(ROOT / "facts")["statuses"]
    assert {word.extra.get("evidence") for word in statuses.values()} == set(EVIDENCE)


def test_the_vocabulary_has_the_lists_that_are_read_and_no_other() -> None:
    """A list with a misspelt name would be ignored without a word."""
    lines = (ROOT / "facts" / "vocabulary.yaml").read_text("utf-8").splitlines()
    assert {line.removesuffix(":") for line in lines if line[:1].isalpha()} - {"history"} == set(LISTS)


def test_every_word_of_the_vocabulary_is_explained() -> None:
    """``factbook explain`` has something to say of every name that it lists."""
    vocabulary = read_vocabulary(ROOT / "facts")
    schemas = Schemas(vocabulary).documents
    names = {name for _, group in explain.groups(vocabulary, schemas) for name in group}
    assert [name for name in sorted(names) if not explain.explain(name, vocabulary, schemas)] == []


def test_everybody_who_is_listed_is_named_by_a_fact(archive: Archive) -> None:
    """No word of the project's lists of people and countries leads to an empty page."""
    assert [
        name
        for kind in ("people", "countries")
        for name in archive.vocabulary[kind]
        if not archive.by_subject[kind].get(name)
    ] == []


def test_every_origin_that_is_named_is_that_of_a_source(archive: Archive) -> None:
    """The project's list of origins holds no word that no source needs."""
    given = {source.origin for source in archive.sources.values()}
    assert [name for name in archive.vocabulary["origins"] if name not in given] == []


def test_who_is_recorded_as_speaker_is_among_the_people(archive: Archive) -> None:
    """A speaker who is a person of the vocabulary is among the people of the fact."""
    labels = {word.label: name for name, word in archive.vocabulary["people"].items()}
    missing = [
        (f.id, labels[part])
        for f in archive.statements.values()
        for part in f.speaker.split(" and ")
        if part in labels and labels[part] not in f.people
    ]
    assert missing == []


def test_whom_a_claim_names_is_among_its_people(archive: Archive) -> None:
    """No claim of the project holds the name of a person of the vocabulary that the fact does not bear."""
    missing = [
        (f.id, name)
        for f in archive.statements.values()
        for name, word in archive.vocabulary["people"].items()
        if word.label in f.claim and name not in f.people
    ]
    assert missing == []


def test_countries_bear_their_codes(archive: Archive) -> None:
    """Each country of the project has the two letters of ISO 3166-1, and no two the same."""
    codes = [word.extra["code"] for word in archive.vocabulary["countries"].values()]
    assert [code for code in codes if not re.fullmatch("[A-Z]{2}", code)] == []
    assert len(set(codes)) == len(codes)


def examples() -> list[str]:
    """Every SQL example of docs/data.md, one statement each."""
    text = (ROOT / "docs/data.md").read_text("utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    return [part.strip() for block in blocks for part in block.split(";") if part.strip()]


@pytest.mark.slow
def test_the_documented_questions_can_be_asked(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each SQL example of the page, in SQLite or over the Parquet files in DuckDB, is answered by this archive."""
    exports.write(tmp_path / "site", archive, Publication(name="Archive"))
    data = tmp_path / "site" / "data" / "v1"
    monkeypatch.chdir(tmp_path / "site")
    asked = {"duckdb": 0, "sqlite": 0}
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        for question in examples():
            kind = "duckdb" if "parquet" in question else "sqlite"
            asked[kind] += 1
            if kind == "duckdb":
                answer = duck.rows(question, folder=tmp_path / "site")
            else:
                answer = connection.execute(question).fetchall()
            assert answer, question
            if "year = 2021" in question:
                assert sum(n for _, n in answer) == len(archive.by_year["2021"])
            if "'2026-11-21'" in question:
                assert len(answer) == sum(s.history[0].date <= "2026-11-21" for s in archive.statements.values())
    assert asked == {"duckdb": 2, "sqlite": 4}


def test_the_feeds_keep_to_their_standards(archive: Archive) -> None:
    """Atom by its grammar, JSON Feed by its schema."""
    schemas = ROOT / "tests" / "data"
    grammar = etree.RelaxNG(etree.parse(schemas / "atom.rng"))
    schema = jsonschema_rs.Draft7Validator(json.loads((schemas / "jsonfeed.schema.json").read_text("utf-8")))
    for path, data in feeds.files(archive, Publication(base="https://a.example/", name="Archive")):
        if path.endswith(".atom"):
            grammar.assertValid(etree.fromstring(data))
        else:
            schema.validate(json.loads(data))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")  # claims that follow each other in a row
@pytest.mark.slow
def test_the_dump_keeps_its_shapes(archive: Archive) -> None:
    """The dump of linked data is what data/v1/shapes.ttl promises."""
    made = dict(jsonld.files(archive, Publication(base="https://a.example/", name="Archive")))["data/v1/archive.jsonld"]
    graph = Graph().parse(data=b"".join(made).decode(), format="json-ld", publicID="https://a.example/")
    kept, _, report = pyshacl.validate(graph, shacl_graph=Graph().parse(jsonld.SHAPES, format="turtle"))
    assert kept, report


OWN_BUSINESS = re.compile(
    r"\b(the (reason|entry) (before|said|named|spoke|told|knew|counted)|the first entry|inference of this archive"
    r"|the record (said|did not|left out|added|spoke|had it|stood)|as the record had|it stood under|question mark"
    r"|read again and found|names itself after)",
    re.I,
)
"""What an entry says of the keeping of the record, and not of the evidence."""


def test_the_reason_read_first_under_a_contested_claim_is_about_the_evidence(archive: Archive) -> None:
    """Whoever comes from outside reads why the claim stands as it does; what was mended stands in earlier entries."""
    contested = [s for s in archive.statements.values() if archive.status(s).has("contested")]
    assert [s.id for s in contested if OWN_BUSINESS.search(s.history[-1].reason)] == []


def test_every_answer_is_weighed_and_can_be_shown_whole(archive: Archive) -> None:
    """No answer is due when the archive is published, and lists cut none of them off."""
    questions = archive.questions.values()
    assert [q.id for q in questions if changed_since(archive, q)] == []
    assert [q.id for q in questions if not q.brief[1]] == []


def test_people_are_said_to_be_somebody(archive: Archive) -> None:
    """A person is described by who they are, not by one thing they did."""
    said = re.compile(r"^(Spoke|Talked|Met|Said|Took|Represented|Was)\b")
    assert [w.id for w in archive.vocabulary["people"].values() if said.match(w.meaning) or not w.meaning] == []

"""Issue forms: what a stranger fills in becomes exactly that record, or a list of what is wrong; nothing else."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import archives
from factbook import cli
from factbook.authoring import form_answers, form_files, forms
from factbook.check.run import check, errors
from factbook.read import load, yamldoc
from factbook.read.schema import FOLDER, Schemas
from factbook.read.vocabulary import read_vocabulary

FORMS = {form.label: form for form in form_files.read_forms(archives.ROOT)}
FACT = {
    "claim": "The lamp of Gull Rock burned oil in 1902: it was\r\nnot yet electric.",
    "date": "1902",
    "kind": "event",
    "organizations": "gull-rock-light, Keepers Board",
    "topics": "lamps, keepers",
    "source": "Harbour Post 1902",
    "locator": "paragraph 5",
    "source_note": "It says: “oil” & nothing else #1",
    "note": "- *no* [idea](javascript:x) {{ x }} %s",
}
CHOICES = {"kind": "event", "topics": "lamps", "language": "en", "source_kind": "news", "source_language": "en"}
"""Words of the example archive. The forms carry those of the real one, so the examples' are put in their place."""


def small_form(label: str) -> form_answers.Form:
    """The project's form with the example archive's words."""
    words = read_vocabulary(archives.BASE)
    lists = form_answers.WORDS | ({"kind": "organization_kinds"} if label == "new-organization" else {})
    questions = tuple(
        replace(q, options=tuple(words[lists[q.id]]) if q.id in lists else q.options) for q in FORMS[label].questions
    )
    return form_answers.Form(name=label, label=label, questions=questions)


def issue(label: str, **given: str) -> str:
    """The text GitHub makes of a filled-in form."""
    return "\n\n".join(f"### {q.label}\n\n{given.get(q.id) or '_No response_'}" for q in FORMS[label].questions)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive, without forms."""
    return archives.archive(tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="module")
def ask(root: Path):
    """Turn the text of an issue into a request on the example archive."""
    archive, _ = load.read_archive(root)
    schemas = Schemas(archive.vocabulary)

    def ask(label: str, body: str) -> forms.Request:
        def read(path: str) -> str:
            return (root / "facts" / path).read_text("utf-8")

        return forms.request(small_form(label), body, 7, archive, schemas, read, "2026-11-21")

    return ask


def test_every_form_makes_records_and_is_known_by_its_file_name() -> None:
    """Each form of the repository has a label that is the name of its file."""
    assert sorted(FORMS) == sorted(form_files.MAKING)
    assert all(form.name == f"{label}.yml" for label, form in FORMS.items())


def test_the_choices_follow_the_vocabulary_and_the_rest_of_a_form_stays_as_it_is() -> None:
    """With another vocabulary the options alone change, and they change back to the byte."""
    small = read_vocabulary(archives.BASE)
    for label in FORMS:
        before = (archives.ROOT / form_files.FOLDERS[0] / f"{label}.yml").read_text("utf-8")
        after = form_answers.refreshed(before, label, small)
        assert form_answers.read_form(f"{label}.yml", after.encode()).questions == small_form(label).questions
        own = read_vocabulary(archives.ROOT / "facts")
        assert form_answers.refreshed(after, label, own) == form_answers.refreshed(before, label, own)


def test_the_questions_are_fields_of_the_schema_and_ask_for_all_that_it_requires() -> None:
    """No question is about a field that no record has, and every required field is asked for."""
    schema = {n: json.loads((FOLDER / f"{n}.schema.json").read_text("utf-8")) for n in
              ("fact", "source", "organization")}  # fmt: skip
    extra = {"id", "locator", "source", "other_names", "name", "language", "record", "field", "value", "reason"}
    for label, form in FORMS.items():
        ids = {q.id for q in form.questions}
        kind = schema["organization" if "organization" in label else "fact"]
        assert {i for i in ids - extra if not i.startswith("source_")} <= kind["properties"].keys()
        of_source = {i.removeprefix("source_") for i in ids if i.startswith("source_")}
        assert of_source - {"note"} <= schema["source"]["properties"].keys()
        assert set(schema["source"]["required"]) <= of_source or label == "correct-source"
        if label.startswith("new-"):
            made_up = {"status", "history", "sources", "names"}
            needed = set(kind["required"]) - made_up
            assert needed <= {q.id for q in form.questions if q.required}
    for label, kind in (("correction", "fact"), ("correct-organization", "organization"), ("correct-source", "source")):
        field = next(q for q in FORMS[label].questions if q.id == "field")
        assert set(field.options) <= schema[kind]["properties"].keys()


def test_a_new_fact_becomes_one_file_with_the_default_status(ask) -> None:
    """A filled-in form is one record, not reviewed, that says what was given."""
    made = ask("new-fact", issue("new-fact", **FACT))
    assert made.problems == []
    assert made.files == {
        "records/1902/the-lamp-of-gull-rock-burned-oil-in.yaml": """\
# yaml-language-server: $schema=../../schema/fact.schema.json
claim: "The lamp of Gull Rock burned oil in 1902: it was not yet electric."
date: 1902
kind: event
organizations: [gull-rock-light, keepers-board]
topics: [lamps, keepers]
sources:
  - source: harbour-post-1902
    locator: paragraph 5
    stance: supports
    note: "It says: “oil” & nothing else #1"
status: unreviewed
history:
  - date: 2026-11-21
    status: unreviewed
    reason: Taken from issue 7 and not weighed yet.
note: "- *no* [idea](javascript:x) {{ x }} %s"
"""
    }


def test_a_source_that_is_described_gets_a_record_of_its_own(ask) -> None:
    """Where no source of the archive is named, the description becomes one."""
    source = {"source": "", "source_title": "The oil", "source_publisher": "Évening Tide",
              "source_published": "1902-12",
              "source_url": "https://tide.example/1", "source_language": "en", "source_kind": "news"}  # fmt: skip
    made = ask("new-fact", issue("new-fact", **{**FACT, **source}))
    assert made.problems == []
    assert (
        made.files["sources/evening-tide-the-oil.yaml"]
        == """\
# yaml-language-server: $schema=../schema/source.schema.json
title: The oil
publisher: Évening Tide
url: https://tide.example/1
published: 1902-12
language: en
kind: news
"""
    )
    assert "source: evening-tide-the-oil\n" in made.files["records/1902/the-lamp-of-gull-rock-burned-oil-in.yaml"]


def test_a_correction_changes_the_field_and_adds_to_the_ledger_and_nothing_else(ask, root: Path) -> None:
    """All other lines of the record stay as they are."""
    path = "records/1902/gull-rock-lamp-mended-1902.yaml"
    made = ask("correction", issue("correction", record="Gull-Rock-Lamp-Mended-1902", field="date", value="1902-12-24",
                                   reason="The Board's book says: the 24th.", source="board-notice-1903",
                                   locator="entry 9"))  # fmt: skip
    assert made.problems == [] and list(made.files) == [path]
    before = yamldoc.read(path, (root / "facts" / path).read_bytes())
    entry = {"date": "2026-11-21", "status": "corroborated", "reason": "The Board's book says: the 24th. (Issue 7.)"}
    source = {"source": "board-notice-1903", "locator": "entry 9", "stance": "supports"}
    expected = {
        **before, "date": "1902-12-24", "sources": [*before["sources"], source], "history": [*before["history"], entry],
    }  # fmt: skip
    assert yamldoc.read(path, made.files[path].encode()) == expected


def test_a_dispute_adds_the_source_and_the_status_for_disputes(ask) -> None:
    """The source that contradicts is cited, and the ledger says why."""
    made = ask("dispute", issue("dispute", record="gull-rock-lamp-lit-1901", reason="It was lit later.",
                                source="harbour-post-1902", locator="paragraph 9"))  # fmt: skip
    assert made.problems == []
    value = yamldoc.read("x", next(iter(made.files.values())).encode())
    assert value["status"] == value["history"][-1]["status"] == "disputed"
    assert value["sources"][-1] == {"source": "harbour-post-1902", "locator": "paragraph 9", "stance": "contradicts"}


def test_a_new_organization_has_its_names_in_every_language(ask) -> None:
    """Names are taken from lines that give a language and a name."""
    made = ask("new-organization", issue("new-organization", name="Ferrow Watch", language="en", kind="league",
               other_names="fr: Garde de Ferrow\n- en: The Watch", acronyms="en: FW",
               description="It watches the isles.",
               source="league-register-1901", locator="entry 1", founded="1899", id="ferrow watch"))  # fmt: skip
    assert made.problems == []
    value = yamldoc.read("x", made.files["organizations/ferrow-watch.yaml"].encode())
    others = [{"text": "Garde de Ferrow", "language": "fr"}, {"text": "The Watch", "language": "en"}]
    assert value["names"][1:] == others


@pytest.mark.parametrize("label", sorted(FORMS))
def test_what_a_form_makes_passes_the_check(ask, root: Path, tmp_path: Path, label: str) -> None:
    """The records of each form, added to the archive, have no errors."""
    given = {"new-fact": FACT, "correction": {"record": "gull-rock-lamp-lit-1901", "field": "note", "value": "New."},
             "dispute": {"record": "gull-rock-lamp-lit-1901", "source": "harbour-post-1902", "locator": "page 1"},
             "new-organization": {"name": "Watch", "language": "en", "kind": "league", "description": "It watches.",
                                  "source": "", "source_url": "https://watch.example", "source_title": "The Watch",
                                  "source_publisher": "Watch", "source_language": "fr", "source_kind": "news",
                                  "locator": "page 1"},
             "correct-organization": {"record": "gull-rock-light", "field": "note", "value": "It is white.",
                                      "source": "harbour-post-1902", "locator": "page 1"},
             "correct-source": {"record": "harbour-post-1902", "field": "note", "value": "One leaf is torn."}
             }  # fmt: skip
    made = ask(label, issue(label, reason="Because it is so.", **given[label]))
    assert made.problems == []
    copy = archives.archive(tmp_path / "archive")
    for path, text in made.files.items():
        archives.write(copy, path, text)
    _, problems = check(copy, "2026-11-21")
    assert errors(problems) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"claim": ""}, "“The claim” must be answered."),
        ({"kind": "rumour"}, "“Kind of claim”: rumour is not one of event, statement, plan, figure."),
        ({"organizations": "gull-rock-lihgt"}, "There is no organization with the id gull-rock-lihgt. "
                                              "Did you mean gull-rock-light?"),
        ({"id": "../../../etc/passwd"}, "id: ../../../etc/passwd cannot be an id. "
                                       "An id is made of lower-case a-z, 0-9 and single hyphens."),
        ({"id": "$(touch x)"}, "id: $(touch x) cannot be an id. "
                               "An id is made of lower-case a-z, 0-9 and single hyphens."),
        ({"id": "gull-rock-lit"},
         "There is a fact with the id gull-rock-lit already: choose another, or correct that one."),
        ({"date": "1902-02-30"}, "date: 1902-02-30: February 1902 has 28 days."),
        ({"note": "### The claim\nAnother."}, "The heading “### The claim” is there 2 times: "
                                              "an answer cannot hold it as a line."),
        ({"source": "nowhere-1"}, "There is no source with the id nowhere-1. If it is a new one, describe it."),
        ({"claim": "Too\u202e long."}, "fact claim: the text contains a character that cannot be seen. Found: U+202E. "
                                      "Delete the character and type the text around it again."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_no_file_is_made(ask, changed: dict[str, str], said: str) -> None:
    """A wrong answer gives a problem that names the question and what is allowed."""
    made = ask("new-fact", issue("new-fact", **{**FACT, **changed}))
    assert made.files == {} and said in made.problems


def test_the_command_writes_below_the_folder_it_is_given(root: Path, tmp_path: Path, capsys) -> None:
    """The command reads the issue from a file, writes the record, and fails without a label."""
    (root / form_files.FOLDERS[0]).mkdir(parents=True, exist_ok=True)
    text = (archives.ROOT / form_files.FOLDERS[0] / "correction.yml").read_text("utf-8")
    (root / form_files.FOLDERS[0] / "correction.yml").write_text(text, "utf-8")
    body = issue("correction", record="gull-rock-lamp-lit-1901", field="note", value="New.", reason="It was missing.")
    about = {"number": 3, "body": body, "labels": [{"name": "accepted"}, {"name": "correction"}]}
    (tmp_path / "issue.json").write_text(json.dumps(about), "utf-8")
    command = ["--root", str(root), "form", str(tmp_path / "issue.json"), "--out", str(tmp_path / "out"), "--date"]
    assert cli.main([*command, "2026-11-21"]) == 0
    assert capsys.readouterr().out == "facts/records/1901/gull-rock-lamp-lit-1901.yaml\n"
    assert [p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.yaml")] == [
        "facts/records/1901/gull-rock-lamp-lit-1901.yaml"
    ]
    (tmp_path / "issue.json").write_text(json.dumps({**about, "body": "### Id", "labels": []}), "utf-8")
    assert cli.main([*command, "2026-11-21"]) == 1
    assert "none of the labels" in capsys.readouterr().err


def test_a_text_from_a_mail_and_a_saved_file_make_the_same_record(root: Path, tmp_path: Path, capsys) -> None:
    """Without labels the headings say which form it was; without a number the ledger names none."""
    body = issue("correction", record="gull-rock-lamp-lit-1901", field="note", value="New.", reason="It was missing.")
    (tmp_path / "mail.txt").write_text(f"Dear keepers,\n\n{body}", "utf-8")
    saved = {"form": "correction", "labels": [{"name": "correction"}], "body": body}
    (tmp_path / "saved.json").write_text(json.dumps(saved), "utf-8")
    made = []
    for name in ("mail.txt", "saved.json"):
        out = tmp_path / f"out of {name}"
        command = ["--root", str(root), "form", str(tmp_path / name), "--out", str(out), "--date", "2026-11-21"]
        assert (cli.main(command), capsys.readouterr().err) == (0, "")
        made.append((out / "facts/records/1901/gull-rock-lamp-lit-1901.yaml").read_text("utf-8"))
    assert made[0] == made[1]
    assert "    reason: It was missing.\n" in made[0]


def test_a_report_makes_no_record_and_says_so(root: Path, tmp_path: Path, capsys) -> None:
    """What no other form is for is for people to read."""
    text = "### The page\n\nfacts/x\n\n### What it says now\n\n\n\n### What the problem is\n\nIt is late.\n\n"
    (tmp_path / "mail.txt").write_text(f"{text}### What shows it\n", "utf-8")
    assert cli.main(["--root", str(root), "form", str(tmp_path / "mail.txt"), "--out", str(tmp_path / "out")]) == 1
    assert "A report makes no record by itself" in capsys.readouterr().err


def test_an_archive_without_forms_of_its_own_has_those_of_the_engine() -> None:
    """They ask the same as the forms of this project, with the choices of the archive's own vocabulary."""
    words = read_vocabulary(archives.BASE)
    engines = form_files.every_form(archives.BASE, words)
    assert [form.label for form in engines] == list(form_files.LABELS)
    ours = form_files.every_form(archives.ROOT, words)
    assert [form.questions for form in engines] == [form.questions for form in ours]
    assert {form.path for form in engines} == {""} and all(form.path for form in ours)


@pytest.fixture
def send(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Give the command an issue; returns its status, what it prints and what it says is wrong."""
    (root / form_files.FOLDERS[0]).mkdir(parents=True, exist_ok=True)
    for label, form in FORMS.items():
        text = (archives.ROOT / form_files.FOLDERS[0] / form.name).read_text("utf-8")
        (root / form_files.FOLDERS[0] / f"{label}.yml").write_text(text, "utf-8")

    def send(label: str, **given: str) -> tuple[int, str, str]:
        about = {"number": 7, "body": issue(label, **given), "labels": [{"name": label}]}
        (tmp_path / "issue.json").write_text(json.dumps({"issue": about}), "utf-8")
        out = tmp_path / "out"
        command = ["--root", str(root), "form", str(tmp_path / "issue.json"), "--out", str(out), "--date", "2026-11-21"]
        code = cli.main(command)
        said = capsys.readouterr()
        assert out.exists() == (code == 0)
        return code, said.out, said.err

    return send


def test_the_choices_are_those_of_the_vocabulary_whatever_the_file_of_the_form_offers(send) -> None:
    """The project's forms offer other words than the example archive has: its own are what counts."""
    code, out, err = send("new-fact", **{**FACT, "claim": "The lamp of Gull Rock burned oil in 1902."})
    assert (code, err) == (0, "") and out.startswith("facts/records/1902/")


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("The lamp burned oil. It was not electric.", "one sentence"),
        ("A storm broke the lamp of Gull Rock in November 1902.", "storm-broke-gull-rock-lamp-1902"),
    ],
)
def test_a_fact_is_held_to_every_rule(send, claim: str, said: str) -> None:
    """Two sentences, or the words of a fact that is there, make no file: the rules are told as the check tells them."""
    code, out, err = send("new-fact", **{**FACT, "claim": claim, "date": "1902-11"})
    assert (code, out) == (1, "")
    assert err.startswith("- facts/records/1902/") and said in err


def test_a_weighed_claim_is_not_changed_without_a_source(send) -> None:
    """A status says how well the evidence carries the claim as it stands: another claim needs its own."""
    given = {"record": "gull-rock-lamp-lit-1901", "field": "date", "value": "1900", "reason": "I think so."}
    code, out, err = send("correction", **given)
    assert (code, out) == (1, "")
    assert err.startswith(
        "- The fact is confirmed, by the sources it cites now. Name the source that shows that its date"
    )


@pytest.mark.parametrize(
    "text",
    [
        "gull-rock-lamp-lit-1901",
        "Gull Rock lamp lit 1901",
        "https://lights.example/archive/facts/gull-rock-lamp-lit-1901.html",
        "https://lights.example/fr/facts/gull-rock-lamp-lit-1901.html?version=1#claim",
        "facts/records/1901/gull-rock-lamp-lit-1901.yaml",
        "../facts/gull-rock-lamp-lit-1901.html",
        "https://lights.example/fr/facts/gull-rock-lamp-lit-1901?x=1#y",
        "facts/gull-rock-lamp-lit-1901",
        "gull-rock-lamp-lit-1901.html",
        "https://lights.example/data/v1/facts/gull-rock-lamp-lit-1901.json",
    ],
)
def test_an_id_may_be_given_by_any_address_of_its_record(send, text: str) -> None:
    """Whoever copies what the browser shows has named the record."""
    code, out, _ = send("correction", record=text, field="note", value="New.", reason="It was missing.")
    assert (code, out) == (0, "facts/records/1901/gull-rock-lamp-lit-1901.yaml\n")


@pytest.mark.parametrize(
    "text",
    ["LL", "Ligue des phares", "https://lights.example/ru/organizations/league-of-lights",
     "organizations/league-of-lights", "facts/organizations/league-of-lights.yaml", "League of Lights"],
)  # fmt: skip
def test_an_organization_may_be_given_by_any_name_or_address(ask, text: str) -> None:
    """In every form, as in the check: what somebody calls it leads to its id."""
    made = ask("new-fact", issue("new-fact", **{**FACT, "organizations": text}))
    assert made.problems == [] and "\norganizations: [league-of-lights]\n" in next(iter(made.files.values()))
    made = ask(
        "correct-organization", issue("correct-organization", record=text, field="note", value="Old.", reason="So.")
    )
    assert list(made.files) == ["organizations/league-of-lights.yaml"]


def test_a_recorded_source_may_be_given_by_its_own_address(ask) -> None:
    """As its id or as the address of a new one: it gets no second record."""
    url = "http://www.harbour-post.example/1902/gull-rock/?utm_source=x"
    for named in ({"source": url}, {"source": "", "source_url": url, "source_title": "A storm"}):
        made = ask("new-fact", issue("new-fact", **{**FACT, **named}))
        assert made.problems == [] and len(made.files) == 1
        assert "  - source: harbour-post-1902\n" in next(iter(made.files.values()))


def test_people_and_countries_may_be_given_by_their_names(ask) -> None:
    """In any language, by a family name or a code."""
    made = ask("new-fact", issue("new-fact", **{**FACT, "people": "Anne Morrow, Ellery", "countries": "XF"}))
    text = next(iter(made.files.values()))
    assert "\npeople: [ane-morrow, tam-ellery]\ncountries: [ferrow-isles]\n" in text


@pytest.mark.parametrize("question", ["source", "organizations", "id"])
def test_what_cannot_be_an_id_is_told_once(ask, question: str) -> None:
    """No second message says that there is no record with an empty id."""
    made = ask("new-fact", issue("new-fact", **{**FACT, question: "?!"}))
    assert len(made.problems) == 1 and "?! cannot be an id" in made.problems[0]


@pytest.mark.parametrize(
    ("label", "given"),
    [
        ("correction", {"record": "gull-rock-lamp-lit-1901", "field": "date", "value": "1901-05-03",
                        "source": "harbour-post-1902", "locator": "page 1"}),
        ("correct-source", {"record": "harbour-post-1902", "field": "publisher", "value": "Harbour Post"}),
    ],
)  # fmt: skip
def test_a_correction_to_the_same_value_is_refused(ask, label: str, given: dict[str, str]) -> None:
    """There is nothing to correct."""
    made = ask(label, issue(label, reason="Because.", **given))
    assert made.problems == [f"It says so already: the {given['field']} is {given['value']}."]


def test_a_weaker_source_lowers_the_status(ask) -> None:
    """What was confirmed by a primary record for another claim is as good as the source that the new one has."""
    given = {"record": "gull-rock-lamp-lit-1901", "field": "claim", "value": "The lamp was lit on 3 May 1901.",
             "reason": "The Post says so.", "source": "harbour-post-1902", "locator": "page 1"}  # fmt: skip
    value = yamldoc.read("x", next(iter(ask("correction", issue("correction", **given)).files.values())).encode())
    assert value["status"] == value["history"][-1]["status"] == "reported"
    assert value["history"][-1]["reason"] == (
        "The Post says so. (Issue 7.) The source named for it bears no more than reported."
    )
    kept = ask("correction", issue("correction", **{**given, "source": "league-register-1901", "field": "kind",
                                                    "value": "statement"}))  # fmt: skip
    assert "\nstatus: confirmed\n" in next(iter(kept.files.values()))


def test_a_source_that_the_form_describes_is_weighed_too(ask) -> None:
    """A new record counts as one that was there."""
    given = {"record": "gull-rock-lamp-lit-1901", "field": "claim", "value": "The lamp was lit on 3 May 1901.",
             "reason": "So.", "locator": "page 1", "source_title": "Oil", "source_publisher": "Tide",
             "source_url": "https://tide.example/2", "source_language": "en", "source_kind": "news"}  # fmt: skip
    made = ask("correction", issue("correction", **given))
    assert made.problems == [] and "\nstatus: reported\n" in made.files["records/1901/gull-rock-lamp-lit-1901.yaml"]


def test_a_date_is_not_corrected_under_a_claim_that_tells_the_old_one(ask) -> None:
    """The claim would contradict its own date."""
    given = {"record": "gull-rock-lamp-lit-1901", "field": "date", "value": "1901-05-04", "reason": "So.",
             "source": "harbour-post-1902", "locator": "page 1"}  # fmt: skip
    made = ask("correction", issue("correction", **given))
    assert made.problems == ["The claim still says 3 May 1901: correct the claim first, then its date."]


def test_an_answer_without_a_day_is_entered_today(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes in a saved file need not say which day it is."""
    monkeypatch.delenv("FACTBOOK_DATE", raising=False)
    (tmp_path / "mail.txt").write_text(issue("new-fact", **{**FACT, "note": ""}), "utf-8")
    code = cli.main(["--root", str(root), "form", str(tmp_path / "mail.txt"), "--out", str(tmp_path / "out")])
    assert (code, capsys.readouterr().err) == (0, "")
    (made,) = (tmp_path / "out" / "facts" / "records").rglob("*.yaml")
    assert f"\n  - date: {date.today().isoformat()}\n" in made.read_text("utf-8")


def test_a_fact_may_bring_the_organization_that_it_names(ask, tmp_path: Path) -> None:
    """One that is new is described on a line of its own, and rests on the source of the fact."""
    described = "gull-rock-light\nFerrow Watch | League | It watches the isles, and the sea. | https://watch.example/"
    made = ask("new-fact", issue("new-fact", **{**FACT, "claim": "The watch was set up in 1902.",
                                                "organizations": described, "source_note": ""}))  # fmt: skip
    assert made.problems == []
    assert (
        made.files["organizations/ferrow-watch.yaml"]
        == """\
# yaml-language-server: $schema=../schema/organization.schema.json
names:
  - {text: Ferrow Watch, language: en}
kind: league
website: https://watch.example/
description: It watches the isles, and the sea.
sources:
  - {source: harbour-post-1902, locator: paragraph 5}
"""
    )
    assert (
        "\norganizations: [gull-rock-light, ferrow-watch]\n"
        in made.files["records/1902/the-watch-was-set-up-in-1902.yaml"]
    )
    copy = archives.archive(tmp_path / "archive")
    for path, text in made.files.items():
        archives.write(copy, path, text)
    assert errors(check(copy, "2026-11-21")[1]) == []


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "7", '{"issue": 3}', '{"number": "x", "labels": []}', '{"labels": [7], "number": 1}',
             '{"labels": [], "number": 1, "body": 7}', "[" * 100_000]
)  # fmt: skip
def test_what_is_no_issue_is_told_in_two_lines(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """A file that holds something else ends in a message, not in a traceback."""
    (tmp_path / "issue.json").write_text(text)
    assert cli.main(["--root", str(root), "form", str(tmp_path / "issue.json"), "--out", str(tmp_path / "out")]) == 2
    assert "holds no issue: JSON with labels, a body and a number\n    hint: " in capsys.readouterr().err
    assert cli.main(["--root", str(root), "form", str(tmp_path / "none.json"), "--out", str(tmp_path / "out")]) == 1


hostile = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    ["", "no", "~", "- a", "a: b", "!!python/object:x", "&a *a", "'", '"', "\\", "%TAG", "---", "...", "{", "]", "#",
     "| x", "\u202e", "\x00", "\ud800", "\ufeff", "=1+1", "### Id", "_No response_", "../x", "con", "${{ x }}",
     "`$(x)`", "1902"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(sorted(FORMS)))
def test_any_answers_become_exactly_what_was_given_or_a_list_of_problems(ask, data: st.DataObject, label: str) -> None:
    """No answer ends up in another field or changes its text."""
    base = {**FACT, **CHOICES, "organizations": "gull-rock-light", "record": "gull-rock-lamp-lit-1901", "field": "note",
            "value": "New.", "reason": "Because.", "name": "Watch", "description": "It watches."}  # fmt: skip
    ids = [q.id for q in FORMS[label].questions]
    changed = data.draw(st.dictionaries(st.sampled_from(ids), hostile, max_size=3))
    given = {k: v for k, v in {**base, **changed}.items() if k in ids}
    made = ask(label, issue(label, **given))
    assert bool(made.files) != bool(made.problems)
    for path, text in made.files.items():
        assert re.fullmatch(r"(records/(\d{4}|undated)|sources|organizations)/[a-z0-9]+(-[a-z0-9]+)*\.yaml", path)
        value = yamldoc.read(path, text.encode())
        if label == "new-fact" and path.startswith("records/"):
            for name in ("claim", "date", "note", "speaker"):
                text = form_answers.line(given.get(name, ""))
                assert value.get(name, "") == ("" if text in form_answers.NO_ANSWER else text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300), st.sampled_from(sorted(FORMS)))
def test_any_text_at_all_is_answered_with_problems(ask, body: str, label: str) -> None:
    """A text that is no form makes no file and raises nothing."""
    made = ask(label, body)
    assert made.problems and not made.files


def test_an_issue_that_was_opened_with_an_older_form_is_read(ask) -> None:
    """A question that was renamed since is known by its earlier label too."""
    body = issue("new-fact", **FACT)
    older = body.replace("### Date\n", "### When it holds\n").replace("### Said by\n", "### Who says it\n")
    assert older != body
    made = ask("new-fact", older)
    assert made.problems == [] and made.files == ask("new-fact", body).files

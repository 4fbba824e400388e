"""What changed is told for every kind of record, by day, in the files of days, in the feed and on the page."""

from __future__ import annotations

import json
from itertools import pairwise

import jsonschema_rs
import pytest
from msgspec.structs import replace

import archives
from factbook.check.run import read
from factbook.data import change_files, feeds, openapi
from factbook.data.published import Publication
from factbook.model import ledger
from factbook.model.archive import Archive
from factbook.model.entries import Amendment, Correction, Retraction
from factbook.model.kinds import KINDS
from factbook.pages.kinds import Pages

DAY = "2029-06-01"
SOURCE, BODY, QUESTION = "morning-tide-1902", "keepers-board", "who-built-gull-rock"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive."""
    return read(archives.archive(tmp_path_factory.mktemp("changes") / "archive"), archives.TODAY)[0]


@pytest.fixture
def amended(small: Archive) -> Archive:
    """The small archive with an entry of one day in the ledgers of a source, an organization and a question; another
    source is retracted on it."""
    mended = (Correction(field="title", before="A night of light", after="A night without light"),)
    entry = Amendment(date=DAY, reason="It was looked at again.")
    source, body, question = small.sources[SOURCE], small.organizations[BODY], small.questions[QUESTION]
    taken = small.sources["harbour-post-1902"]
    retracted = replace(taken, retracted=Retraction(date=DAY, reason="It was made up."), history=(entry,))
    return replace(
        small,
        sources={
            **small.sources,
            source.id: replace(source, history=(replace(entry, corrected=mended),)),
            taken.id: retracted,
        },
        organizations={**small.organizations, body.id: replace(body, history=(entry,))},
        questions={**small.questions, question.id: replace(question, history=(entry,))},
    )


def documents(archive: Archive) -> dict[str, dict]:
    """The files of days by their name."""
    made = change_files.files(archive, Publication(name="Lights"))
    return {path.rpartition("/")[2]: json.loads(data) for path, data in made}


def test_a_day_has_what_changed_in_every_kind_of_record(amended: Archive) -> None:
    """Each entry of a ledger names its record by kind, its place in the ledger, what was done, and why."""
    day = documents(amended)[f"{DAY}.json"]
    assert day["changes"] == []
    told = [{k: v for k, v in one.items() if k not in ("title", "reason")} for one in day["records"]]
    assert told == [
        {"source": "harbour-post-1902", "entry": 1, "what": "retracted"},
        {
            "source": SOURCE,
            "entry": 1,
            "what": "corrected",
            "corrected": [{"field": "title", "before": "A night of light", "after": "A night without light"}],
        },
        {"organization": BODY, "entry": 1, "what": "changed"},
        {"question": QUESTION, "entry": 1, "what": "changed"},
    ]
    assert {one["reason"] for one in day["records"]} == {"It was looked at again."}
    assert [one["title"] for one in day["records"]] == [
        amended.sources["harbour-post-1902"].title,
        amended.sources[SOURCE].title,
        amended.organizations[BODY].label,
        amended.questions[QUESTION].question,
    ]


def test_every_entry_of_every_ledger_is_in_the_file_of_its_day(grown_archive: Archive) -> None:
    """The days count what their files hold, newest first, and together they hold every entry that any record has."""
    held = documents(grown_archive)
    days = held.pop("index.json")["days"]
    assert all(one["day"] > other["day"] for one, other in pairwise(days))
    assert {one["path"]: (one["changes"], one["records"]) for one in days} == {
        name: (len(day["changes"]), len(day["records"])) for name, day in held.items()
    }
    found = [
        (kind, one[kind], one["entry"], day["day"])
        for day in held.values()
        for one in (*day["changes"], *day["records"])
        for kind in one.keys() & KINDS.keys()
    ]
    entries = [
        (kind.ids, record.id, number, entry.date)
        for kind in KINDS.values()
        for record in grown_archive.of(kind).values()
        for number, entry in enumerate(record.history, 1)
        if kind.name != "redirect" or entry not in grown_archive.statements[record.moved_to].history
    ]
    assert sorted(found) == sorted(entries)
    assert len(found) > 100


def test_the_files_of_days_are_what_their_schemas_say(amended: Archive, grown_archive: Archive) -> None:
    """Both schemas are published, and know every field."""
    for archive in (amended, grown_archive):
        schemas = dict(openapi.schemas(archive))
        for name, document in documents(archive).items():
            schema = f"schema/{'days' if name == 'index.json' else 'changes'}.schema.json"
            assert document["schema"] == schema
            held = jsonschema_rs.Draft202012Validator(schemas[schema.rpartition("/")[2]], validate_formats=True)
            held.validate(document)
    with pytest.raises(jsonschema_rs.ValidationError):
        held.validate({**document, "more": 1})


def test_an_id_that_moved_is_told_once_as_moved(amended: Archive) -> None:
    """The last entry of a redirect tells of its moving; it names the id that was, and the claim it leads to."""
    told = [one for day in documents(amended).values() for one in day.get("records", ()) if "fact" in one]
    assert [(one["fact"], one["what"]) for one in told] == [("gull-rock-lit", "moved")]


def test_the_feed_tells_of_other_records_after_the_facts_of_a_day(amended: Archive) -> None:
    """What was mended or retracted stands first on its day; plain changes of other records last."""
    fact = amended.statements["gull-rock-lamp-lit-1901"]
    again = replace(fact, history=(*fact.history, replace(fact.history[0], date=DAY, reason="Read again.")))
    archive = replace(amended, statements={**amended.statements, fact.id: again})
    made = dict(feeds.files(archive, Publication(base="https://lights.example/", name="Lights")))
    items = json.loads(made["data/v1/changes.feed.json"])["items"]
    found = [item["title"].partition(":")[0] for item in items if item["date_published"].startswith(DAY)]
    assert found == [
        "Source retracted",
        "Source corrected",
        "Checked again, still confirmed",
        "Organization changed",
        "Question changed",
    ]
    of_body = json.loads(made[f"data/v1/organizations/{BODY}.feed.json"])["items"]
    assert f"Organization changed: {amended.organizations[BODY].label}" in [item["title"] for item in of_body]
    assert len({item["id"] for item in items}) == len(items)


def test_the_page_of_changes_leads_to_the_entries_of_other_records(amended: Archive) -> None:
    """Below the facts of a day each other record stands with its kind, a link to its entry, and the reason."""
    body = Pages(amended).block("changed", "")
    day = body[body.index(f'id="d{DAY}"') :].partition("<h2")[0]
    assert f'<a href="sources/{SOURCE}.html#ledger-1">corrected</a>' in day
    assert '<a href="sources/harbour-post-1902.html#ledger-1">retracted</a>' in day
    assert f'<a href="organizations/{BODY}.html#ledger-1">changed</a>' in day
    assert f'<a href="questions/{QUESTION}.html#ledger-1">changed</a>' in day
    assert day.count("It was looked at again.") == 4
    assert '<a href="facts/gull-rock-lit.html#ledger-1">moved</a>' in body


def test_the_order_within_a_day_is_that_of_facts_first(grown_archive: Archive) -> None:
    """The list of every change has facts before other records of the same day, and each entry once."""
    every = ledger.every_change(grown_archive)
    assert [c for c in every if c.kind == "fact"] == ledger.changes(grown_archive)
    days = [(c.revision.date, c.kind == "fact") for c in every]
    assert days == sorted(days, reverse=True)
    assert len({(c.kind, c.address) for c in every if c.kind in ("fact", "source", "question")}) == sum(
        c.kind in ("fact", "source", "question") for c in every
    )

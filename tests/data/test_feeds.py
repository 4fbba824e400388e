"""Feeds tell what changed, once and for ever under one id, and every program for feeds can read them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import jsonschema_rs
import pytest
from lxml import etree
from msgspec.structs import replace

import archives
import sites
from factbook.check.run import check
from factbook.data import feeds
from factbook.data.published import Publication
from factbook.model.archive import Archive
from factbook.model.entries import Amendment, Correction
from golden import golden

BASE = "https://lights.example/archive/"
RNG = etree.RelaxNG(etree.parse(archives.ROOT / "tests" / "data" / "atom.rng"))
JSON_FEED = jsonschema_rs.Draft7Validator(
    json.loads((archives.ROOT / "tests" / "data" / "jsonfeed.schema.json").read_text("utf-8")), validate_formats=True
)
KEEPER = "records/1902/keeper-left-gull-rock-1902.yaml"
EARLIER = "history:\n  - {date: 2024-04-01, status: reported, reason: One newspaper says so.}\n"


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive, with one fact that was reported before it was disputed."""
    root = archives.archive(tmp_path_factory.mktemp("feeds") / "archive")
    record = (root / "facts" / KEEPER).read_text("utf-8")
    archives.write(root, KEEPER, record.replace("history:\n", EARLIER))
    found, problems = check(root, archives.TODAY)
    assert found is not None, problems
    return found


def entries(data: bytes) -> list[tuple[str, str]]:
    """Id and title of each entry of an Atom feed."""
    return [(entry.id, entry.title) for entry in feedparser.parse(data).entries]


def test_the_feeds_are_as_the_golden_files_say(lights: Archive) -> None:
    """An Atom feed and a JSON feed, to the byte."""
    made = dict(feeds.files(lights, Publication(base=BASE, name="Lights")))
    for path, name in (
        ("data/v1/changes.atom", "changes.atom"),
        ("data/v1/statuses/reported.feed.json", "reported.feed.json"),
    ):
        assert made[path] == golden(name, made[path])


def test_everything_each_organization_and_each_status_has_both_feeds(lights: Archive) -> None:
    """Also a status that no fact has borne yet: it can be followed before the first one does."""
    stems = ["changes"]
    stems += [f"organizations/{o}" for o in lights.organizations]
    stems += [f"statuses/{s}" for s in lights.vocabulary["statuses"]]
    stems += ["corrections", "questions"]
    assert [path for path, _ in feeds.files(lights, Publication(base=BASE))] == [
        f"data/v1/{stem}{end}" for stem in stems for end in (".atom", ".feed.json")
    ]


@pytest.mark.parametrize("base", [BASE, ""])
def test_every_atom_feed_is_valid(lights: Archive, grown_archive: Archive, base: str) -> None:
    """By the grammar of RFC 4287 and by feedparser, with and without the address of the site."""
    for archive in (lights, grown_archive):
        for path, data in feeds.files(archive, Publication(base=base, name="Lights")):
            if path.endswith(".atom"):
                RNG.assertValid(etree.fromstring(data))
                assert feedparser.parse(data).bozo is False


def test_the_grammar_refuses_what_the_standard_does(lights: Archive) -> None:
    """A feed without an id, with a day for a time, or with an entry that leads nowhere is found out."""
    whole = dict(feeds.files(lights, Publication(base=BASE)))["data/v1/changes.atom"].decode()
    for broken in (
        re.sub("<id>.*</id>", "", whole, count=1),
        whole.replace("T00:00:00Z", ""),
        re.sub("<link rel=.alternate.*?>", "", whole),
    ):
        assert not RNG.validate(etree.fromstring(broken.encode()))


@pytest.mark.parametrize("base", [BASE, ""])
def test_every_json_feed_is_valid(lights: Archive, grown_archive: Archive, base: str) -> None:
    """By a schema of JSON Feed 1.1; without an address there are no links, because they must be absolute."""
    for archive in (lights, grown_archive):
        for path, data in feeds.files(archive, Publication(base=base, name="Lights")):
            if path.endswith(".json"):
                feed = json.loads(data)
                JSON_FEED.validate(feed)
                assert [("url" in item) for item in feed["items"]] == [bool(base)] * len(feed["items"])


def test_an_entry_says_what_was_what_is_and_why(lights: Archive) -> None:
    """The status before and after, and the reason; a first entry says how the fact was recorded."""
    feed = json.loads(dict(feeds.files(lights, Publication(base=BASE)))["data/v1/changes.feed.json"])
    items = {item["title"]: item["content_text"] for item in feed["items"]}
    claim = "Ane Morrow, the keeper of Gull Rock, left the tower during the storm."
    assert items[f"Reported → Disputed: {claim}"] == (
        f"{claim}\n\nStatus before: Reported. Status now: Disputed.\n\n"
        "Why: The newspaper says so and the Board denies it."
    )
    assert items[f"Reported: {claim}"] == f"{claim}\n\nRecorded as: Reported.\n\nWhy: One newspaper says so."


def test_a_second_look_that_leaves_the_status_says_so(lights: Archive) -> None:
    """It does not read like a change."""
    fact = lights.statements["gull-rock-lamp-lit-1901"]
    again = replace(fact, history=(*fact.history, replace(fact.history[0], date="2025-01-01", reason="Read again.")))
    one = replace(lights, statements={fact.id: again})
    item = json.loads(dict(feeds.files(one, Publication(base=BASE)))["data/v1/changes.feed.json"])["items"][0]
    assert item["title"] == f"Checked again, still confirmed: {fact.claim}"
    assert item["content_text"] == f"{fact.claim}\n\nChecked again, and still: Confirmed.\n\nWhy: Read again."


def test_an_id_is_that_of_no_other_entry_and_never_changes(grown_archive: Archive) -> None:
    """One id for each ledger entry, whatever the site's address or name, and whatever is added after it."""

    def ids(archive: Archive, base: str, name: str) -> dict[str, str]:
        return {
            f"{item['_factbook']['fact']} {item['_factbook']['entry']}": item["id"]
            for path, data in feeds.files(archive, Publication(base=base, name=name))
            if path.endswith(".json")
            for item in json.loads(data)["items"]
            if "fact" in item["_factbook"]
        }

    known = ids(grown_archive, "", "")
    assert len(set(known.values())) == len(known) > 100
    assert ids(grown_archive, BASE, "Another name") == known
    fact = next(iter(grown_archive.statements.values()))
    grown = replace(fact, claim="Otherwise.", history=(*fact.history, replace(fact.history[-1], date="2029-01-01")))
    later = ids(replace(grown_archive, statements=grown_archive.statements | {fact.id: grown}), "", "")
    assert {key: later[key] for key in known if key in later} == {key: known[key] for key in known if key in later}


def test_what_was_mended_in_any_record_is_in_the_feeds(lights: Archive) -> None:
    """A correction of a source or an organization is in the feed of corrections, in that of what changed, and in those
    of the organizations that it bears on; its kind of record is named."""
    mended = (Correction(field="title", before="Gull Rock lit", after="Gull Rock dark"),)
    entry = Amendment(date="2029-06-01", reason="It was misread.", corrected=mended)
    source, body = lights.sources["morning-tide-1902"], lights.organizations["keepers-board"]
    plain = replace(entry, corrected=())
    amended = replace(
        lights,
        sources={**lights.sources, source.id: replace(source, history=(plain, entry))},
        organizations={**lights.organizations, body.id: replace(body, history=(entry,))},
    )
    made = dict(feeds.files(amended, Publication(base=BASE, name="Lights")))

    def first(stem: str) -> list[tuple[str, str, str]]:
        items = json.loads(made[f"data/v1/{stem}.feed.json"])["items"]
        return [(item["title"], item["url"], item["content_text"]) for item in items if "corrected: " in item["title"]]

    text = "Title: Gull Rock lit → Gull Rock dark\n\nWhy: It was misread."
    of_source = (f"Source corrected: {source.title}", f"{BASE}sources/{source.id}.html#ledger-2", text)
    of_body = (f"Organization corrected: {body.label}", f"{BASE}organizations/{body.id}.html#ledger-1", text)
    assert first("corrections") == first("changes") == [of_source, of_body]
    assert first("organizations/keepers-board") == [of_body]
    cited = next(s for s in lights.by_source[source.id])
    assert first(f"organizations/{cited.organizations[0]}") == [of_source]
    assert len({i["id"] for i in json.loads(made["data/v1/corrections.feed.json"])["items"]}) == 2


def test_ids_of_feeds_differ(lights: Archive) -> None:
    """No two feeds have one id."""
    ids = [
        feedparser.parse(data).feed.id
        for path, data in feeds.files(lights, Publication(base=BASE))
        if path.endswith(".atom")
    ]
    assert len(set(ids)) == len(ids)


def test_a_feed_of_an_organization_or_a_status_holds_its_own(lights: Archive) -> None:
    """A status's feed tells what came to bear it and what bears it no more."""
    made = dict(feeds.files(lights, Publication(base=BASE)))
    claim = "Ane Morrow, the keeper of Gull Rock, left the tower during the storm."
    assert [title for _, title in entries(made["data/v1/statuses/reported.atom"])] == [
        f"Reported → Disputed: {claim}",
        "Reported: A storm broke the lamp of Gull Rock in November 1902.",
        f"Reported: {claim}",
    ]
    assert [title for _, title in entries(made["data/v1/organizations/league-of-lights.atom"])] == [
        "Confirmed: The lamp of Gull Rock was lit for the first time on 3 May 1901."
    ]
    assert entries(made["data/v1/statuses/refuted.atom"]) == []


def test_the_order_is_that_of_the_days_and_always_the_same(grown_archive: Archive) -> None:
    """Newest first; entries of one day stand in the same order however the records were read."""
    turned = replace(grown_archive, statements=dict(reversed(grown_archive.statements.items())))
    one, other = (dict(feeds.files(a, Publication(base=BASE)))["data/v1/changes.atom"] for a in (grown_archive, turned))
    assert one == other
    days = re.findall("<updated>(.*?)</updated>", one.decode())
    assert days[1:] == sorted(days[1:], reverse=True)
    assert days[0] == days[1]
    assert len(days) == feeds.MOST + 1


@pytest.mark.parametrize("base", [BASE, ""])
def test_links_lead_to_the_ledger_entry(lights: Archive, small_site: Path, base: str) -> None:
    """Absolute where the site's address is known, else relative to the feed; the page is there and has the anchor."""
    for path, data in feeds.files(lights, Publication(base=base)):
        if path.endswith(".atom"):
            address = f"{BASE}{path}"
            for entry in feedparser.parse(data, response_headers={"content-location": address}).entries:
                page, _, anchor = entry.link.removeprefix(BASE).partition("#")
                assert entry.link.startswith(BASE)
                assert (small_site / page).is_file()
                if page.startswith("facts/"):
                    assert re.fullmatch("ledger-[12]", anchor)
                    assert 'id="ledger-1"' in (small_site / page).read_text("utf-8")


def test_every_page_leads_to_the_feed_of_changes(small_site: Path) -> None:
    """A program for feeds that is given any page finds the feed, also from a page in another language."""
    asked = re.compile(r'<link rel="alternate feed" type="application/atom\+xml" title="[^"]+" href="([^"]*)">')
    for path in sites.pages(small_site):
        (target,) = asked.findall((small_site / path).read_text("utf-8").partition("</head>")[0])
        assert (small_site / path).parent.joinpath(target).resolve() == small_site / "data/v1/changes.atom"


def test_home_and_organizations_show_what_can_be_followed(small_site: Path) -> None:
    """The home page shows the feeds of everything; an organization its own, and a calendar where it has one."""
    shown = {
        path: re.findall(r'href="(?:\.\./)*data/v1/([^"]*\.(?:atom|feed\.json|ics))"', sites.main_of(small_site / path))
        for path in ("index.html", "organizations/keepers-board.html")
    }
    assert shown == {
        "index.html": ["changes.atom", "changes.feed.json"],
        "organizations/keepers-board.html": [
            "organizations/keepers-board.atom",
            "organizations/keepers-board.feed.json",
            "organizations/keepers-board.ics",
        ],
    }

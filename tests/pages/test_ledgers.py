"""What changed in a record stands on its page and in the data, and where an id leads is said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

import sites
from archives import TODAY, archive
from factbook.check.run import check
from factbook.data.tables import ORGANIZATION_HISTORY, SOURCE_HISTORY, TABLES
from factbook.data.tables_facts import REDIRECTS
from factbook.model.archive import Archive
from factbook.model.entries import Amendment, Correction
from factbook.model.fingerprint import release, value
from factbook.model.kinds import KINDS
from factbook.model.ledger import corrections
from factbook.pages.kinds import Pages

POST, BOARD, MOVED = "harbour-post-1902", "keepers-board", "gull-rock-lit"
ENTRY = Amendment(
    date="2024-06-01",
    reason="The title was <misread>.",
    corrected=(Correction(field="title", before="Gull Rock lit", after="Gull Rock dark for a night"),),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive."""
    found, problems = check(archive(tmp_path_factory.mktemp("ledgers") / "small"), TODAY)
    assert found is not None
    assert problems == []
    return found


@pytest.fixture(scope="module")
def amended(small: Archive) -> Archive:
    """The small archive with a source and an organization that have changed, and an id that leads to another fact."""
    return replace(
        small,
        sources={**small.sources, POST: replace(small.sources[POST], history=(ENTRY,))},
        organizations={**small.organizations, BOARD: replace(small.organizations[BOARD], history=(ENTRY,))},
        redirects={**small.redirects, MOVED: replace(small.redirects[MOVED], differs="It tells of another <day>.")},
    )


@pytest.mark.parametrize(("kind", "name"), [("source", POST), ("organization", BOARD)])
def test_the_page_shows_what_changed_in_the_record(kind: str, name: str, small: Archive, amended: Archive) -> None:
    """Day, reason and what was corrected are read on the page; one that has not changed has no word of it."""
    page = Pages(amended).page((kind, name)).body
    ledger = re.search(r'<h2 id="ledger">(.*?)</ol>', page, re.S)
    assert ledger is not None
    told = "What changed in this record 1 June 2024 The title was <misread>."
    assert sites.plain(ledger.group(0)) == f"{told} title: Gull Rock lit Gull Rock dark for a night"
    assert "<misread>" not in page
    assert 'id="ledger"' not in Pages(small).page((kind, name)).body


BESIDE = {
    "search": ("league-before-1900", ("organization", "league-of-lights"), "Search for facts"),
    "question": ("did-the-keeper-leave", ("question", "did-the-keeper-leave"), "Question"),
    "series": ("lamp-and-keeper", ("series", "lamp-and-keeper"), "Table"),
    "reply": ("board-of-keepers-1903", ("fact", "keeper-left-gull-rock-1902"), "Reply"),
    "review": ("tern-gazette-1903", ("fact", "board-denied-keeper-left-1903"), "Judgement of another"),
}
"""The other kinds of record: an id, the page that shows it, and what readers call the kind."""


@pytest.mark.parametrize("kind", BESIDE)
def test_every_other_kind_of_record_shows_what_changed_in_it(kind: str, small: Archive) -> None:
    """Where it stands, among the corrections, with a link that leads to it, and in the tables."""
    name, page, called = BESIDE[kind]
    of = KINDS[kind]
    record = replace(of_kind(small, kind)[name], history=(ENTRY,))
    made = replace(small, **{of.collection: {**of_kind(small, kind), name: record}})
    if kind == "review":
        page = ("fact", record.fact)
    body = Pages(made).page(page).body
    assert "The title was <misread>. title: Gull Rock lit Gull Rock dark for a night" in sites.plain(body)
    assert "misread" not in sites.plain(Pages(small).page(page).body)
    (found,) = corrections(made)
    block = Pages(made).block("corrections", "")
    assert f"{called}: " in sites.plain(block)
    assert f'href="{found.address}"' in block
    where, _, anchor = found.address.partition("#")
    shown = Pages(made).block("judgements", "") if where == "judgements.html" else body
    assert f'id="{anchor}"' in shown
    assert "The title was <misread>." in sites.plain(shown)
    table = next(t for t in TABLES if t.name == f"{kind}_history")
    assert [row[:3] for row in table.rows(made)] == [(name, 1, "2024-06-01")]


def of_kind(archive: Archive, kind: str) -> dict[str, Any]:
    """The records of a kind."""
    return archive.of(KINDS[kind])


def test_the_page_of_an_id_that_moved_says_what_is_other_there(small: Archive, amended: Archive) -> None:
    """Whoever follows an old address is told that the fact there says something else."""
    said = "What that says is not the same: It tells of another <day>."
    assert said in sites.plain(Pages(amended).page(("redirect", MOVED)).body)
    assert "not the same" not in Pages(small).page(("redirect", MOVED)).body


def test_the_tables_have_every_entry(small: Archive, amended: Archive) -> None:
    """The ledgers of sources and organizations are tables of their own; a redirect has a column for what is other."""
    entry = (1, "2024-06-01", "The title was <misread>.", ("title: Gull Rock lit → Gull Rock dark for a night",))
    assert list(SOURCE_HISTORY.rows(amended)) == [(POST, *entry)]
    assert list(ORGANIZATION_HISTORY.rows(amended)) == [(BOARD, *entry)]
    assert list(SOURCE_HISTORY.rows(small)) == list(ORGANIZATION_HISTORY.rows(small)) == []
    assert list(REDIRECTS.rows(amended)) == [(MOVED, "gull-rock-lamp-lit-1901", "It tells of another <day>.")]


def test_what_was_mended_in_any_record_stands_among_the_corrections(small: Archive, amended: Archive) -> None:
    """The page names the kind of record, leads to its entry, and says what stood there, what stands there and why."""
    block = Pages(amended).block("corrections", "")
    said = sites.plain(block)
    for kind, title, folder, name in (
        ("Source", "Gull Rock dark for a night", "sources", POST),
        ("Organization", "Board of Keepers", "organizations", BOARD),
    ):
        told = f"{kind}: {title} 1 June 2024 · corrected title Gull Rock lit Gull Rock dark for a night"
        assert f"{told} The title was <misread>." in said
        assert f'href="{folder}/{name}.html#ledger-1"' in block
        assert 'id="ledger-1"' in Pages(amended).page((kind.lower(), name)).body
    assert "No correction has been made yet." in sites.plain(Pages(small).block("corrections", ""))


@pytest.mark.parametrize(
    ("before", "after", "also", "listed"),
    [
        ("disputed", "refuted", "", False),
        ("reported", "corroborated", "", False),
        ("reported", "disputed", "", False),
        ("confirmed", "disputed", "", True),
        ("confirmed", "reported", "", True),
        ("disputed", "refuted", "claim", True),
    ],
)
def test_another_status_alone_is_a_correction_only_where_the_archive_had_vouched(
    small: Archive, before: str, after: str, also: str, listed: bool
) -> None:
    """That a claim turned out false, or stands better on new evidence, is no mistake of the archive's own."""
    fact = small.statements["gull-rock-lamp-lit-1901"]
    fields = [Correction(field="status", before=before, after=after)]
    fields += [Correction(field=also, before="It was dark.", after=fact.claim)] if also else []
    first = replace(fact.history[0], status=before)
    second = replace(first, date="2024-06-01", status=after, corrected=tuple(fields))
    changed = replace(fact, status=after, history=(first, second))
    assert bool(corrections(replace(small, statements={**small.statements, fact.id: changed}))) is listed
    unsaid = replace(changed, history=(first, replace(second, corrected=())))
    assert corrections(replace(small, statements={**small.statements, fact.id: unsaid})) == []


def test_what_was_mended_before_an_id_moved_is_told_once(small: Archive) -> None:
    """Where the fact took its ledger along the entry is the fact's, otherwise that of the id that moved."""
    target = small.statements["gull-rock-lamp-lit-1901"]
    entry = replace(target.history[0], date="2024-06-01", corrected=ENTRY.corrected)
    moved = {MOVED: replace(small.redirects[MOVED], history=(entry,))}
    alone = replace(small, redirects=moved)
    both = replace(alone, statements={**small.statements, target.id: replace(target, history=(entry,))})
    assert [(c.kind, c.address) for c in corrections(alone)] == [("redirect", f"facts/{MOVED}.html#ledger-1")]
    assert [(c.kind, c.address) for c in corrections(both)] == [("fact", f"facts/{target.id}.html#ledger-1")]
    assert 'id="ledger-1"' in Pages(alone).page(("redirect", MOVED)).body
    assert "Moved: The lamp of Gull Rock" in sites.plain(Pages(alone).block("corrections", ""))


def test_a_date_that_was_mended_is_shown_in_words(small: Archive) -> None:
    """In records of every kind, as in facts."""
    entry = replace(ENTRY, corrected=(Correction(field="published", before="none", after="1902-11-20"),))
    made = replace(small, sources={**small.sources, POST: replace(small.sources[POST], history=(entry,))})
    for body in (Pages(made).page(("source", POST)).body, Pages(made).block("corrections", "")):
        assert "date not recorded 20 November 1902" in sites.plain(body)


def test_the_json_and_the_release_know_the_entries(small: Archive, amended: Archive) -> None:
    """A record's value holds its ledger, and the release bears the day of the newest entry of any of them."""
    assert value(amended.sources[POST])["history"] == (
        {
            "date": "2024-06-01",
            "reason": "The title was <misread>.",
            "corrected": ({"field": "title", "before": "Gull Rock lit", "after": "Gull Rock dark for a night"},),
        },
    )
    assert "history" not in value(small.sources[POST])
    assert release(small).startswith("2024-05-01.")
    assert release(amended).startswith("2024-06-01.")


def test_a_link_leads_to_the_place_that_a_few_words_name(small: Archive) -> None:
    """Where a reference names words of its source, the link opens the source there and says so."""
    fact = small.statements["gull-rock-lamp-mended-1902"]
    named = replace(fact, references=(replace(fact.references[0], fragment="lamp & tower"), *fact.references[1:]))
    page = Pages(replace(small, statements={**small.statements, fact.id: named})).page(("fact", fact.id)).body
    url = small.sources[POST].url
    assert f'href="{url}#:~:text=lamp%20%26%20tower" rel="noreferrer nofollow">Open at the passage</a>' in page
    whole = Pages(small).page(("fact", fact.id)).body
    assert f'href="{url}" rel="noreferrer nofollow">Open the source</a>' in whole
    assert "Open at the passage" not in whole


def test_a_corrected_date_is_shown_in_words_also_where_there_was_none(small: Archive) -> None:
    """What was there before and what is there now are read as dates; none is said to be not recorded."""
    fact = small.statements["gull-rock-lamp-mended-1902"]
    mended = replace(fact.history[-1], corrected=(Correction(field="date", before="none", after="1902-12?"),))
    held = replace(small, statements={**small.statements, fact.id: replace(fact, history=(*fact.history, mended))})
    page = sites.plain(Pages(held).page(("fact", fact.id)).body)
    assert "date: date not recorded December 1902 (inferred)" in page

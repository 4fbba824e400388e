"""Origins: which sources of a fact really are independent, and which facts rest on one."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from archives import TODAY, archive
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.model.origins import independent, named, voices
from factbook.model.records import Reference
from factbook.pages import overview


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive."""
    return check(archive(tmp_path_factory.mktemp("origins") / "a"), TODAY)[0]


def told(found: Archive, name: str) -> list[tuple[str, list[str], bool]]:
    """The voices behind a fact: origin, ids of its sources, whether they count."""
    return [(v.origin, [s.id for s in v.sources], v.counts) for v in voices(found, found.statements[name])]


def test_two_reports_of_one_origin_are_one_voice(small: Archive) -> None:
    """Two newspapers that print one report stand together; a paper and a board stand apart."""
    assert told(small, "storm-broke-gull-rock-lamp-1902") == [
        ("tern-wire", ["harbour-post-1902", "morning-tide-1902"], True)
    ]
    assert told(small, "gull-rock-lamp-mended-1902") == [
        ("tern-wire", ["harbour-post-1902"], True),
        ("keepers-board", ["board-notice-1903"], True),
    ]


def test_what_contradicts_is_no_support(small: Archive) -> None:
    """Only sources that support a fact are its voices."""
    assert told(small, "keeper-left-gull-rock-1902") == [("tern-wire", ["harbour-post-1902"], True)]


def test_what_only_retells_does_not_count(small: Archive) -> None:
    """A source of a kind that is not independent is named last and counts for nothing."""
    sources = {**small.sources, "harbour-post-1902": replace(small.sources["harbour-post-1902"], kind="aggregator")}
    found = Archive(vocabulary=small.vocabulary, statements=small.statements, sources=sources)
    assert told(found, "gull-rock-lamp-mended-1902") == [
        ("keepers-board", ["board-notice-1903"], True),
        ("tern-wire", ["harbour-post-1902"], False),
    ]
    assert independent(found, found.statements["gull-rock-lamp-mended-1902"]) == {"keepers-board"}


def test_a_source_cited_twice_is_one(small: Archive) -> None:
    """Two places in one document are one source."""
    fact = small.statements["gull-rock-lamp-lit-1901"]
    twice = replace(fact, references=(*fact.references, Reference(source="league-register-1901", locator="entry 13")))
    assert [len(v.sources) for v in voices(small, twice)] == [1]


@pytest.mark.parametrize(
    ("first", "second", "voices_heard"),
    [
        ("1903-01", "1903-01-05", 1),
        ("1903-01", "1903-01", 1),
        ("1903-01-05", "1903-01-05", 1),
        ("1903-01-04", "1903-01-05", 2),
        ("1903-01", "1903-02-05", 2),
        ("1903", "1903-01-05", 2),
    ],
)
def test_a_month_is_enough_for_one_document(tmp_path: Path, first: str, second: str, voices_heard: int) -> None:
    """Records of one title and publisher are one voice on one day, and in one month where one of them knows no day."""
    root = archive(tmp_path)
    named = "title: Lamp mended\npublisher: Tern Gazette\n"
    for source, day in (("harbour-post-1902", first), ("board-notice-1903", second)):
        path = root / "facts" / "sources" / f"{source}.yaml"
        lines = [
            x for x in path.read_text("utf-8").splitlines() if not x.startswith(("title:", "publisher:", "published:"))
        ]
        path.write_text(f"{lines[0]}\n{named}" + "\n".join([f"published: {day}", *lines[1:]]) + "\n", "utf-8")
    found, problems = check(root, TODAY)
    assert len(independent(found, found.statements["gull-rock-lamp-mended-1902"])) == voices_heard
    assert [p.rule for p in problems if p.rule == "document-recorded-twice"] == ["document-recorded-twice"] * (
        2 - voices_heard
    )


def test_an_origin_is_called_by_its_name(small: Archive) -> None:
    """An organization by its name, a source by its publisher, anything else by its word in the vocabulary."""
    assert named(small, "keepers-board") == "Board of Keepers"
    assert named(small, "harbour-post-1902") == small.sources["harbour-post-1902"].publisher
    assert named(small, "tern-wire") == "Tern Wire"


def test_an_unknown_organization_is_not_told_as_an_origin_too(tmp_path: Path) -> None:
    """Where the origin is left out, the organization stands in for it, and a mistake in that is one mistake."""
    root = archive(tmp_path)
    path = root / "facts" / "sources" / "harbour-post-1902.yaml"
    path.write_text(path.read_text("utf-8").replace("origin: tern-wire", "organization: tern-wires"), "utf-8")
    found = [(p.path, p.rule, p.value) for p in check(root, TODAY)[1] if p.rule.startswith("unknown-")]
    assert found == [("facts/sources/harbour-post-1902.yaml", "unknown-organization", "tern-wires")]


def test_facts_on_one_origin(small: Archive) -> None:
    """What stands on one origin is listed, newest first; what is disputed, unreviewed or carried by two is not."""
    assert [(name, s.id) for name, s in overview.single(small)] == [
        (named(small, "keepers-board"), "board-denied-keeper-left-1903"),
        ("Tern Wire", "storm-broke-gull-rock-lamp-1902"),
        ("League of Lights", "gull-rock-lamp-lit-1901"),
    ]


def test_the_page_of_a_fact_groups_its_sources(small_site: Path) -> None:
    """The reader sees how many origins there are, and which sources count as one."""
    page = html.parse(small_site / "facts" / "storm-broke-gull-rock-lamp-1902.html")
    (heading,) = page.xpath("//h3[@id='origins']")
    assert heading.text == "1 independent origin"
    (line,) = page.xpath("//ul[contains(@class, 'origins')]/li")
    assert "These 2 sources count as one voice, because they go back to it:" in " ".join(line.text_content().split())
    assert line.xpath(".//a/@href") == ["../sources/harbour-post-1902.html", "../sources/morning-tide-1902.html"]

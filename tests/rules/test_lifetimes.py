"""What is said of a body, and in answer to a fact, is of its own time."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check.run import check

LEAGUE = """\
names:
  - {{text: League of Lights, language: en}}
  - {{text: League of Lamps, language: en, period: {period}}}
acronyms:
  - {{text: LL, language: en}}
kind: league
founded: {founded}
description: Association of the lighthouses of the Ferrow Isles.
{dissolved}sources:
  - {{source: league-register-1901, locator: page 1}}
"""
REPLY = """\
by: The Board of Keepers
date: {date}
says: Every keeper stayed at his post.
facts: [{fact}]
{place}
"""
URL = "url: https://keepers-board.example/reply"


def rules(root: Path) -> list[str]:
    """The rules that an archive breaks."""
    return [problem.rule for problem in check(root, TODAY)[1]]


@pytest.mark.parametrize(
    ("period", "founded", "dissolved", "wrong"),
    [
        ("1880/1885", "1890", "", True),  # five years lie between
        ("1880/1895", "1890", "", True),
        ("1880/..", "1890", "", True),
        ("1880/", "1890", "", True),
        ("1880", "1890", "", True),
        ("1880/1889", "1890", "", False),  # what it grew out of
        ("1880/1890", "1890-05-02", "", False),
        ("1880/1890-05-01", "1890-05-02", "", False),
        ("1880/1890-05-01", "1890-06-02", "", True),
        ("1890/..", "1890-05-02", "", False),
        ("1880/1895", "unknown", "", False),
        ("1900/..", "1890", "dissolved: 1910\n", True),
        ("1900/1911", "1890", "dissolved: 1910\n", True),
        ("1900/1910", "1890", "dissolved: 1910-03\n", False),
        ("1900/", "1890", "dissolved: 1910\n", False),  # nobody knows its end
    ],
)
def test_a_name_holds_while_its_body_is_there(
    period: str, founded: str, dissolved: str, wrong: bool, tmp_path: Path
) -> None:
    """A name that begins before the founding ends where the body begins, and none is left after the end."""
    root = archive(tmp_path / "archive")
    write(
        root, "organizations/league-of-lights.yaml", LEAGUE.format(period=period, founded=founded, dissolved=dissolved)
    )
    assert ("name-outlives-body" in rules(root)) is wrong


@pytest.mark.parametrize(
    ("date", "fact", "place", "wrong"),
    [
        ("1902-10", "keeper-left-gull-rock-1902", URL, True),  # before the storm
        ("1902-12-09", "keeper-left-gull-rock-1902", URL, True),  # before the newspaper
        ("1902-12-10", "keeper-left-gull-rock-1902", URL, False),
        ("1902", "keeper-left-gull-rock-1902", URL, False),  # some day of that year
        ("1902-10?", "keeper-left-gull-rock-1902", URL, False),
        ("unknown", "keeper-left-gull-rock-1902", URL, False),
        ("1903-02", "keeper-left-gull-rock-1902", "source: board-notice-1903", False),
        ("1903-03-01", "keeper-left-gull-rock-1902", "source: board-notice-1903", True),  # read before it was said
    ],
)
def test_a_reply_answers_what_has_been_said(date: str, fact: str, place: str, wrong: bool, tmp_path: Path) -> None:
    """It is no older than the claim and than the first source of it, and no younger than where it is read."""
    root = archive(tmp_path / "archive")
    write(root, "replies/board-of-keepers-1903.yaml", REPLY.format(date=date, fact=fact, place=place))
    assert rules(root) == ["judgement-before-claim"] * wrong


def test_a_source_is_retracted_and_captured_after_it_was_published(tmp_path: Path) -> None:
    """Each day is told at its own place."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "sources" / "morning-tide-1902.yaml"
    for more, line in (
        ("sha256: " + "a" * 64 + "\ncaptured: 1901-01-01\n", "it is captured before it is published"),
        ("retracted: {date: 1901-01-01, reason: It was made up.}\n", "it is retracted before it is published"),
    ):
        write(root, "sources/morning-tide-1902.yaml", path.read_text("utf-8").split("sha256")[0] + more)
        assert line in [problem.message for problem in check(root, TODAY)[1]]


@pytest.mark.parametrize(("kind", "part_of", "wrong"), [
    ("event", "part_of: [league-of-lights]\n", True),
    ("event", "", False),
    ("statement", "part_of: [league-of-lights]\n", False),
])  # fmt: skip
def test_a_part_that_is_gone_takes_part_in_nothing(kind: str, part_of: str, wrong: bool, tmp_path: Path) -> None:
    """What somebody says of it later may bear any date, and so may what is about a body that was no part."""
    root = archive(tmp_path / "archive")
    body = "names:\n  - {text: Painters, language: en}\nkind: board\ndissolved: 1899\ndescription: It paints.\n"
    write(root, "organizations/painters.yaml", body + part_of)
    path = root / "facts/records/1902/storm-broke-gull-rock-lamp-1902.yaml"
    text = path.read_text("utf-8").replace("kind: event", f"kind: {kind}").replace("[gull-rock-light", "[painters")
    write(root, "records/1902/storm-broke-gull-rock-lamp-1902.yaml", text + ("speaker: A\n" * (kind == "statement")))
    assert ("event-after-its-part" in rules(root)) is wrong


@pytest.mark.parametrize(
    ("date", "published", "wrong"),
    [
        ("1902-12-10", "1902-12-10?", False),
        ("1902-12-08", "1902-12-10?", True),  # a day before the first on which the newspaper can have told it
        ("1902-12-09", "1902-12-10?", False),
        ("1901", "1902?", False),
    ],
)
def test_a_doubtful_source_of_a_claim_has_a_unit_more(date: str, published: str, wrong: bool, tmp_path: Path) -> None:
    """A reply can be as old as the first day that the date of the source can mean, with its margin."""
    root = archive(tmp_path / "archive")
    write(root, "replies/board-of-keepers-1903.yaml", REPLY.format(date=date, fact="gull-rock-lit-again", place=URL))
    source = root / "facts" / "sources" / "harbour-post-1902.yaml"
    text = source.read_text("utf-8").replace("published: 1902-12-10", f"published: {published}")
    source.write_text(text, "utf-8")
    fact = (root / "facts" / "records" / "1902" / "storm-broke-gull-rock-lamp-1902.yaml").read_text("utf-8")
    told = fact.replace("date: 1902-11", "date: unknown").replace(
        "  - {source: morning-tide-1902, locator: paragraph 1, stance: supports}\n", ""
    )
    write(root, "records/undated/gull-rock-lit-again.yaml", told.replace("A storm broke", "Thunder cracked"))
    assert ("judgement-before-claim" in rules(root)) is wrong


@pytest.mark.parametrize(("dissolved", "wrong"), [("1901?", False), ("1900?", True), ("1899~", True), ("1901", True)])
def test_a_part_with_a_doubtful_end_has_a_unit_more(dissolved: str, wrong: bool, tmp_path: Path) -> None:
    """A fact is told of a part that was gone by then, a year later than an uncertain year of its end at the soonest."""
    root = archive(tmp_path / "archive")
    light = root / "facts" / "organizations" / "gull-rock-light.yaml"
    text = light.read_text("utf-8").replace("founded: 1901-05", f"founded: 1890\ndissolved: {dissolved}")
    light.write_text(text, "utf-8")
    assert ("event-after-its-part" in rules(root)) is wrong

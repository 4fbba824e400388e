"""Staleness: when a fact was last looked at, and when it is due again."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from archives import TODAY, archive
from factbook.check.run import check
from factbook.model import staleness
from factbook.model.archive import Archive


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive, which sets a year for figures and half a year for keepers."""
    return check(archive(tmp_path_factory.mktemp("stale") / "a"), TODAY)[0]


@pytest.mark.parametrize(
    ("day", "period", "then"),
    [
        ("2024-05-01", "P1Y", "2025-05-01"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2023-08-31", "P6M", "2024-02-29"),
        ("2024-12-15", "P1M", "2025-01-15"),
        ("2024-12-30", "P1W", "2025-01-06"),
        ("2024-01-31", "P1Y1M2D", "2025-03-02"),
        ("9999-06-01", "P1Y", "9999-12-31"),
    ],
)
def test_a_period_after_a_day(day: str, period: str, then: str) -> None:
    """A period is added as the calendar counts; where a month is too short, its last day is meant."""
    assert staleness.after(day, period) == then


@pytest.mark.parametrize("text", ["", "P", "1Y", "P0Y", "P1", "PT1H", "P1Y ", "P-1Y", "p1y", "P1M1Y", "P1.5Y", "P１Y"])
def test_what_is_no_period(text: str) -> None:
    """Only years, months, weeks and days of ISO 8601, in their order and more than none."""
    assert not staleness.is_period(text)


def test_when_facts_are_due(small: Archive) -> None:
    """A year after the last entry for a figure, half a year for a keeper, and never for what sets no time."""
    assert staleness.due(small) == [
        ("2024-11-01", small.statements["board-denied-keeper-left-1903"]),
        ("2024-11-01", small.statements["gull-rock-lamp-mended-1902"]),
        ("2024-11-01", small.statements["keeper-left-gull-rock-1902"]),
        ("2025-05-01", small.statements["gull-rock-lamp-range"]),
    ]
    assert staleness.recheck_by(small, small.statements["gull-rock-lamp-lit-1901"]) == ""


def test_the_shorter_period_counts(small: Archive) -> None:
    """A figure about keepers is due when their time is over."""
    figure = replace(small.statements["gull-rock-lamp-range"], topics=("lamps", "keepers"))
    assert staleness.recheck_by(small, figure) == "2024-11-01"


def test_what_was_withdrawn_is_not_due(small: Archive) -> None:
    """Nobody has to look again at what the archive took back."""
    figure = replace(small.statements["gull-rock-lamp-range"], status="withdrawn")
    assert staleness.recheck_by(small, figure) == ""


def test_a_period_that_is_none_is_refused(tmp_path: Path) -> None:
    """A vocabulary that sets a time nobody can count is not read, and the message says where and what is meant."""
    root = archive(tmp_path / "a")
    path = root / "facts" / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8").replace("recheck: P6M", "recheck: half a year"), "utf-8")
    found, problems = check(root, TODAY)
    assert found is None
    assert [(p.path, p.rule, p.message) for p in problems] == [
        (
            "facts/vocabulary.yaml",
            "vocabulary-incomplete",
            "topics keepers: recheck must be a period, as P1Y or P6M",
        )
    ]


def test_a_page_says_when_it_was_looked_at(small_site: Path) -> None:
    """Without a script the page tells both days; the note that it is late is there for the script to show."""
    page = html.parse(small_site / "facts" / "gull-rock-lamp-range.html")
    (found,) = page.xpath("//*[@data-due]")
    quiet, late = found
    assert found.get("data-due") == "2025-05-01"
    assert quiet.text == "Next check by 1 May 2025."
    assert (late.text, late.get("hidden")) == ("Not checked since 1 May 2024.", "")
    assert not html.parse(small_site / "facts" / "gull-rock-lamp-lit-1901.html").xpath("//*[@data-due]")


def test_the_list_of_what_is_due(small_site: Path) -> None:
    """The first one due stands first, with its day; the times are told in words."""
    page = html.parse(small_site / "review.html")
    assert [row.text_content().split("\n") for row in page.xpath("//tbody/tr")] == [
        ["Figure1 year"],
        ["Keepers6 months"],
    ]
    links, days = page.xpath("//li[@class='fact']/a/@href"), page.xpath("//@data-due")
    assert list(zip(links, days, strict=True)) == [
        ("facts/board-denied-keeper-left-1903.html", "2024-11-01"),
        ("facts/gull-rock-lamp-mended-1902.html", "2024-11-01"),
        ("facts/keeper-left-gull-rock-1902.html", "2024-11-01"),
        ("facts/gull-rock-lamp-range.html", "2025-05-01"),
    ]  # fmt: skip

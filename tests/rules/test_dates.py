"""Dates that cannot both be true are told, and those that can are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check.run import check
from factbook.model.edtf import margin, parse
from factbook.model.records import Name, Organization

FACT = """\
claim: The tower of Gull Rock was painted white.
date: {}
kind: event
organizations: [gull-rock-light]
topics: [lamps]
sources:
  - {{source: letter, locator: page 1, stance: supports}}
status: reported
history:
  - {{date: 2024-05-01, status: reported, reason: One letter tells it.}}
"""
LETTER = "title: A letter\npublisher: Evening Ebb\nlanguage: en\nkind: news\n"
BOARD = "organizations/keepers-board.yaml"


def rules(root: Path) -> set[str]:
    """The rules that an archive breaks, but for the one on folders."""
    return {problem.rule for problem in check(root, TODAY)[1]} - {"folder-of-another-year"}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1950", ("1950-01-01", "1950-12-31")),
        ("1950~", ("1949-01-01", "1951-12-31")),
        ("1950?", ("1949-01-01", "1951-12-31")),
        ("1950-01?", ("1949-12-01", "1950-02-28")),
        ("1950-01-01%", ("1949-12-31", "1950-01-02")),
        ("1950-24~", ("1950-09-01", "1951-03-31")),
        ("195X~", ("1940-01-01", "1969-12-31")),
        ("19XX?", ("1800-01-01", "2099-12-31")),
        ("1950~/1960", ("1949-01-01", "1960-12-31")),
        ("1950/1960?", ("1950-01-01", "1961-12-31")),
        ("1950/..", ("1950-01-01", "9999-12-31")),
        ("/1960~", ("0000-01-01", "1961-12-31")),
        ("0000~", ("0000-01-01", "0001-12-31")),
        ("9999?", ("9998-01-01", "9999-12-31")),
    ],
)
def test_what_is_not_certain_has_a_unit_more_on_each_side(text: str, span: tuple[str, str]) -> None:
    """A year has a year, a month a month, each side of an interval its own; nothing leaves the calendar."""
    assert margin(parse(text)) == span


@pytest.mark.parametrize(
    ("date", "of_source", "wrong"),
    [
        ("1960~", "published: 1949", True),
        ("1951?", "published: 1949", True),
        ("1960~/1970", "published: 1949", True),
        ("1950~", "published: 1949", False),
        ("1949-06~", "published: 1949-05-03", False),
        ("1949-07~", "published: 1949-05-03", True),
        ("1950", "published: 1949?", False),
        ("1951", "published: 1949?", True),
        ("1952~", "published: 1949~", True),
        ("1951~", "published: 1949~", False),
        ("1949-05-05", "published: 1949-05-03?", True),
        ("1949-05-04", "published: 1949-05-03?", False),
        ("1951", "published: 1949/1950?", False),
        ("1952", "published: 1949/1950?", True),
        ("1952", "published: 1949?/", False),
        ("2025", "published: 2024?\naccessed: 2024-05-01", True),
        ("2028", "captured: 2024-05-01", True),
        ("2024-05", "captured: 2024-05-01", False),
        ("2025", "accessed: 2026-05-01\ncaptured: 2024-05-01", False),
    ],
)
def test_an_event_is_no_younger_than_its_source(date: str, of_source: str, wrong: bool, tmp_path: Path) -> None:
    """A mark of doubt gives one unit and no more, and a source without a day is no younger than its last capture."""
    root = archive(tmp_path / "archive")
    write(root, "sources/letter.yaml", f"{LETTER}{of_source}\n")
    write(root, "records/undated/tower.yaml", FACT.format(date))
    assert rules(root) == {"event-after-its-source"} & ({"event-after-its-source"} if wrong else set())


@pytest.mark.parametrize(
    ("published", "wrong"),
    [
        ("2025", True),
        ("2020-06", True),
        ("2020-06?", False),
        ("2020-07~", True),
        ("2021?", False),
        ("2022%", True),
        ("2020", False),
        ("2019", False),
    ],
)
def test_no_page_is_copied_before_it_is_published(published: str, wrong: bool, tmp_path: Path) -> None:
    """The address of a copy in a web archive says on which day it was made."""
    root = archive(tmp_path / "archive")
    url = "https://ebb.example/letter"
    copied = f"archive_url: https://web.archive.org/web/20200501120000/{url}"
    write(root, "sources/letter.yaml", f"{LETTER}url: {url}\npublished: {published}\n{copied}\n")
    write(root, "records/undated/tower.yaml", FACT.format("1901"))
    found = [(p.rule, p.message, p.line) for p in check(root, TODAY)[1] if p.path.endswith("letter.yaml")]
    assert found == [("dates-contradict", "it is copied before it is published", 7)] * wrong


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("1890/", "1897/..", False),
        ("1890/", "1890/1897", False),
        ("/1897", "1890/1896", False),
        ("1893/", "1890/1897", True),
        ("/1893", "1890/1897", True),
        ("1890/", "1890/", True),
        ("1890/..", "1897/..", True),
        ("1890/1897", "1897/..", False),
    ],
)
def test_a_name_whose_end_is_not_known_gives_way(first: str, second: str, wrong: bool, tmp_path: Path) -> None:
    """It overlaps only with a name that held before and after the one day that is known of it."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / BOARD
    names = f"  - {{text: Guild, language: en, period: {first}}}\n  - {{text: Union, language: en, period: {second}}}\n"
    path.write_text(path.read_text("utf-8").replace("kind:", f"{names}kind:", 1), "utf-8")
    assert ("name-periods-overlap" in rules(root)) is wrong


def test_a_fact_shows_the_name_that_began_last() -> None:
    """Of two names that may have held on a day, the one whose end is not known was given up."""
    names = (
        Name(text="Board", language="en"),
        Name(text="Guild", language="en", period="1890/"),
        Name(text="Union", language="en", period="1897/.."),
    )
    board = Organization(id="b", path="b", names=names, kind="board", description="It sails.")
    assert [board.label_at(parse(day)) for day in ("1880", "1895", "1900")] == ["Board", "Guild", "Union"]

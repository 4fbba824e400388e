"""Searches are records: they are read, checked, laid out, compared and shown like the others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import archives
import sites
from archives import TODAY
from factbook.authoring import yaml_layout
from factbook.check.report import text
from factbook.check.run import check
from factbook.model import fingerprint
from revisions import change, output_of, repository

PATH = "searches/league-before-1900.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive."""
    return archives.archive(tmp_path / "archive")


def test_a_search_is_a_plain_value(root: Path) -> None:
    """Every field of the record is in its value, under the name it has there."""
    archive, _ = check(root, TODAY)
    assert fingerprint.value(archive.searches["league-before-1900"]) == {
        "id": "league-before-1900",
        "question": "Which lights the League kept before 1900.",
        "organizations": ("league-of-lights",),
        "period": "1890/1899",
        "places": (
            {"place": "The register of the League, from its first page"},
            {"place": "The Harbour Post, every year from 1890 to 1899"},
        ),
        "searched": "2024-04-30",
        "outcome": "nothing-found",
        "note": "The first page of the register is of 1901.",
    }


def test_a_search_is_laid_out_one_place_a_line(root: Path) -> None:
    """The canonical layout of a search is that of its example."""
    archive, _ = check(root, TODAY)
    data = (root / "facts" / PATH).read_bytes()
    assert yaml_layout.canonical("search", PATH, data, archive.schemas) == data


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[league-of-lights]", "[league-of-light]", "there is no organization with this id [unknown-organization]"),
        ("1890/1899", "1899/1890", "period: the interval ends before it begins [date-reversed]"),
        ("1890/1899", "the nineties", "period: it is not an EDTF date [date-not-edtf]"),
        ("2024-04-30", "2024-04-31", "searched: April 2024 has 30 days [date-impossible]"),
        ("2024-04-30", "2024-04", "searched is not written as it must be [not-a-day]"),
        ("2024-04-30", "2031-04-30", "the search is dated in the future [search-in-the-future]"),
        ("nothing-found", "nothing", "outcome must be a word of the vocabulary [unknown-word]"),
        ("question:", "queston:", "there is no such field in a search [unknown-field]"),
        ("outcome: nothing-found\n", "", "the field outcome must be given [missing-field]"),
    ],
)
def test_what_is_wrong_with_a_search_is_said(root: Path, old: str, new: str, said: str) -> None:
    """The rules that hold for every record hold for searches."""
    file = root / "facts" / PATH
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    _, problems = check(root, TODAY)
    assert said in re.findall(r"^facts/searches/league-before-1900\.yaml:\d+:\d+: error: (.*)$", text(problems), re.M)


def test_an_archive_need_not_have_searches(root: Path) -> None:
    """An archive in which nothing was searched for is one all the same."""
    shutil.rmtree(root / "facts" / "searches")
    shutil.rmtree(root / "facts" / "series")  # one of its cells names a search
    archive, problems = check(root, TODAY)
    assert (archive.searches, text(problems)) == ({}, "No problems.")


def test_an_organization_that_was_only_searched_for_is_in_use(root: Path) -> None:
    """Looking for facts about an organization and finding none is a reason to have its record."""
    archives.write(root, "organizations/ferrow-bell.yaml",
                   "names:\n  - {text: Ferrow Bell, language: en}\nkind: light\ndescription: A bell.\n")  # fmt: skip
    named = (root / "facts" / PATH).read_text("utf-8").replace("[league-of-lights]", "[ferrow-bell]")
    _, before = check(root, TODAY)
    archives.write(root, "searches/bell.yaml", named)
    _, after = check(root, TODAY)
    assert ([p.rule for p in before], after) == (["unused-organization"], [])


def test_an_organization_shows_its_searches(small_site: Path) -> None:
    """What was looked for, when, where and with what result stands on the organization's page."""
    page = sites.main_of(small_site / "organizations" / "league-of-lights.html")
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('id="searched"')[2]))
    assert "Which lights the League kept before 1900. Nothing found · 1890 to 1899 · searched on 30 April 2024" in shown
    assert "The first page of the register is of 1901. The register of the League, from its first page" in shown
    assert 'href="../coverage.html"' in page


def test_a_changed_search_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A review sees what changed in a search, and the pages with it."""
    root = repository(tmp_path / "repository")
    change(root, PATH, "nothing-found", "found")
    _, out, _ = output_of(capsys, root, "diff", "HEAD")
    assert out.startswith(
        "1 search changed since HEAD.\n"
        "Search changed: league-before-1900 “Which lights the League kept before 1900.”\n"
        "    outcome nothing-found → found.\n"
    )
    assert "\n    organizations/league-of-lights.html\n" in out

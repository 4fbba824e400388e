"""Two whole archives of other subjects, one in German and one in Arabic: sound, and built as they lie there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import sites
from archives import ROOT, TODAY
from factbook.check.run import check
from factbook.cli import main

ARCHIVES = ROOT / "tests" / "archives"
NAMES = ["seilbahnen", "maktabat"]


@pytest.fixture(scope="module", params=NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one archive with its built site."""
    root = tmp_path_factory.mktemp("archive") / request.param
    shutil.copytree(ARCHIVES / request.param, root)
    sites.build(root)
    return root


@pytest.mark.parametrize("name", NAMES)
def test_the_archive_is_sound(name: str) -> None:
    """Five facts, no problem, and every record in the one layout."""
    archive, problems = check(ARCHIVES / name, TODAY)
    assert archive is not None and problems == []
    assert len(archive.statements) == 5
    assert main(["--root", str(ARCHIVES / name), "fmt", "--check"]) == 0


@pytest.mark.build
def test_every_page_speaks_the_language_of_the_claims(built: Path) -> None:
    """Each page says which language it is in and which way it is read; no sign of a marked text is left."""
    language = {"seilbahnen": "de", "maktabat": "ar"}[built.name]
    for path in sites.pages(built / "site"):
        text = (built / "site" / path).read_text("utf-8")
        head = text.partition("<head")[0]
        expected = "en" if path.startswith("en/") else language
        assert re.search(r'<html[^>]* lang="([^"]+)"', head)[1] == expected, path
        assert ('dir="rtl"' in head) == (expected == "ar"), path
        assert "[[" not in text or path == "contribute/rules.html", path  # which shows nested lists


@pytest.mark.build
def test_the_words_of_the_pages_are_the_archives_own(built: Path) -> None:
    """Statuses, menus and dates are in the language of the claims, out of the archive's own translation."""
    pages = {
        "seilbahnen": ("facts/gondelbahn-eroeffnet-1964.html", ["Strittig", "Quellen", "3. Mai 2024", "Widerspricht"]),
        "maktabat": ("facts/no-book-was-lost-1958.html", ["مختلف فيه", "المصادر", "يناقض"]),
    }
    path, words = pages[built.name]
    text = sites.plain((built / "site" / path).read_text("utf-8"))
    assert [word for word in words if word not in text] == []


@pytest.mark.build
def test_a_further_language_shows_translations_and_marks_the_rest(built: Path) -> None:
    """On an English page an Arabic claim is marked as such and read from the right; a translated one is English."""
    if built.name != "maktabat":
        assert not (built / "site" / "en").exists()
        return
    facts = built / "site" / "en" / "facts"
    assert '<h1 lang="ar" dir="rtl">' in (facts / "library-burned-1958.html").read_text("utf-8")
    translated = (facts / "library-founded-1931.html").read_text("utf-8")
    assert "The Oasis City Library was founded on 10 April 1931." in translated
    assert "Founding" in sites.plain(translated)


@pytest.mark.build
@pytest.mark.parametrize("name", NAMES)
def test_the_other_engine_builds_it_too(name: str, tmp_path: Path) -> None:
    """Zensical, which knows no plugins, makes the same pages and leaves nothing behind."""
    root = tmp_path / name
    shutil.copytree(ARCHIVES / name, root)
    before = {path.name for path in root.iterdir()}
    site = sites.build(root, "--engine", "zensical", FACTBOOK_SEARCH="no", FACTBOOK_DATA="no")
    assert (site / "facts").is_dir() and (site / "404.html").is_file()
    assert {path.name for path in root.iterdir()} == before | {"site"}

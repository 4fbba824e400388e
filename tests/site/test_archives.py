"""Two whole archives of other subjects, one in German and one in Arabic: sound, and built as they lie there."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import expect

import sites
from archives import ROOT, TODAY
from factbook.check.run import check
from factbook.cli import main
from factbook.render import collect, marked, po
from readers import DESK, PHONE, Visit

ARCHIVES = ROOT / "tests" / "archives"
NAMES = ["seilbahnen", "maktabat"]
LANGUAGES = {"seilbahnen": "de", "maktabat": "ar"}
SPOKEN = ("title", "aria-label", "placeholder", "alt", "content", "label")
"""Attributes that hold words for readers, besides those whose name begins with ``data-``."""


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
    language = LANGUAGES[built.name]
    for path in sites.pages(built / "site"):
        text = (built / "site" / path).read_text("utf-8")
        head = text.partition("<head")[0]
        expected = "en" if path.startswith("en/") else language
        assert re.search(r'<html[^>]* lang="([^"]+)"', head)[1] == expected, path
        assert ('dir="rtl"' in head) == (expected == "ar"), path
        assert "[[" not in text or path == "contribute/rules.html", path  # which shows nested lists


@pytest.mark.build
def test_the_words_of_a_fact_are_in_the_language_of_the_claims(built: Path) -> None:
    """Statuses, menus and dates are in the language of the claims."""
    pages = {
        "seilbahnen": ("facts/gondelbahn-eroeffnet-1964.html", ["Strittig", "Quellen", "3. Mai 2024", "Widerspricht"]),
        "maktabat": ("facts/no-book-was-lost-1958.html", ["مختلف فيه", "المصادر", "يناقض"]),
    }
    path, words = pages[built.name]
    text = sites.plain((built / "site" / path).read_text("utf-8"))
    assert [word for word in words if word not in text] == []


def said(site: Path, path: str) -> Iterator[str]:
    """Yield every text and every attribute that a page says to readers in its own language, and what its lists say.

    What is sent from a form has headings in English, by which the archive reads it.
    """
    tree = html.parse(str(site / path))
    for element in tree.iter(etree.Element):
        if element.tag in ("script", "style", "code", "pre") or element.xpath("ancestor-or-self::*[@lang='en']"):
            continue
        yield from (text for text in element.xpath("text()"))
        for name, value in element.attrib.items():
            if name in SPOKEN or name.startswith("data-"):
                yield value
    for source in tree.xpath("//script/@src[contains(., 'explore-data')]"):
        script = (site / path).parent / source
        words = (json.loads(text) for text in re.findall(r'"(?:[^"\\]|\\.)*"', script.read_text("utf-8")))
        yield from (text for text in words if not re.fullmatch("[a-z-]+", text))  # ids


def shapes(code: str) -> Iterator[re.Pattern[str]]:
    """Yield a pattern for each English text that the language says otherwise, and for each part between its tags."""
    catalogue = po.read(code, ROOT)
    for message in collect.of_interface():
        key, *more = (message,) if isinstance(message, str) else message
        if catalogue.texts.get(key) == key.rpartition(marked.EOT)[2]:
            continue
        for text in (key.rpartition(marked.EOT)[2], *more):
            for part in re.split(r"</?\d+>", text):
                if re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", part)) and (part == text or " " in part.strip()):
                    yield re.compile(".+?".join(map(re.escape, re.split(r"\{\w+\}", part.strip()))))


@pytest.mark.build
def test_no_page_holds_an_untranslated_text_of_the_interface(built: Path) -> None:
    """No text of a page, no label and nothing that its scripts say is still what a translator was given."""
    patterns = list(shapes(LANGUAGES[built.name]))
    english: dict[str, str] = {}
    for path in sites.pages(built / "site"):
        if not path.startswith("en/"):
            english |= {" ".join(text.split()): path for text in said(built / "site", path)}
    everything = "\n".join(english)
    suspects = {line for p in patterns for line in re.findall(f"^{p.pattern}$", everything, re.MULTILINE)}
    assert sorted((english[text], text) for text in suspects) == []


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def read(request: pytest.FixtureRequest, visiting: Callable[..., Visit], built: Path) -> Visit:
    """A visit to the site of an archive in its folder, with the screen of a phone and with that of a desk."""
    return visiting(f"{(built / 'site').as_uri()}/", viewport=request.param)


@pytest.mark.browser
def test_the_search_page_of_an_archive_without_one_of_its_own_finds(read: Visit, built: Path) -> None:
    """An address with words finds the facts that have them, and says how many in the language of the page."""
    word, found = {"seilbahnen": ("Gondelbahn", "2 gefunden"), "maktabat": ("حريق", "النتائج: 2")}[built.name]
    page = read.to(f"search.html?q={word}")
    expect(page.locator("#said")).to_contain_text(found)
    expect(page.locator("#results li").first).to_be_visible()


@pytest.mark.browser
def test_nothing_reaches_beyond_the_screen(read: Visit) -> None:
    """Whichever way a page is read, it is as wide as the screen: no menu stands off it, though it be closed."""
    for path in ("index.html", "organizations/index.html", "explore.html", "coverage.html", "contribute/form.html"):
        page = read.to(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


@pytest.mark.browser
def test_what_points_or_grows_does_so_the_way_the_page_is_read(read: Visit, built: Path) -> None:
    """Bars begin beside their words; timeline and contested claim begin at the side where a line does."""
    fact, organization = {
        "seilbahnen": ("gondelbahn-eroeffnet-1964", "talbahn-oedtal"),
        "maktabat": ("no-book-was-lost-1958", "waha-city-library"),
    }[built.name]
    leftwards = built.name == "maktabat"
    page = read.to(f"organizations/{organization}.html")
    for first, last in (
        (".standing .status", ".share rect:last-child"),
        (".timeline .axis text", ".axis text >> nth=-1"),
    ):
        boxes = [page.locator(one).first.bounding_box() for one in (first, last)]
        assert boxes[0] and boxes[1] and (boxes[0]["x"] > boxes[1]["x"]) == leftwards, first
    page = read.to(f"facts/{fact}.html")
    verdict = page.locator(".verdict").first
    sides = verdict.evaluate("e => ['Left', 'Right'].map((s) => getComputedStyle(e)[`border${s}Width`])")
    assert sides == (["0px", "4px"] if leftwards else ["4px", "0px"])


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

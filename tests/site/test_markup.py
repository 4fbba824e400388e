"""What HTML says may stand where: what a parser takes without a word.

A strict parser reads every page in test_site_links.py. It does not say that a caption stands in the wrong place, that a
button would send a form it is not meant to send, or that a list holds something else than its entries. The pages are
all of the small archive in every language, and of this project's own site one of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

import readers
import sites

CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
    "datalist": {"option"},
}
"""Elements that hold nothing but these, scripts and templates aside."""
INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary", "details"}
"""What may not stand in a link or a button."""
PHRASING = set("p span b i em strong code small sup time label summary button dt h1 h2 h3".split())
"""Elements that hold text and what stands in it."""
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "figure", "details", "form", "pre", "blockquote", "article"}
"""What may not stand in text."""
FILLED = set("hidden text search url tel email password date month week time number range".split())
"""Kinds of fields that a browser may fill in."""
LABELLED = 120
"""The most titles on a page that Material watches one by one, each of which costs a slow phone about a millisecond."""


@pytest.fixture(scope="module", params=["translated_root", "large_root"])
def pages(request: pytest.FixtureRequest) -> dict[str, HtmlElement]:
    """Every page of the small archive's site in every language by its path; then a page of each kind."""
    root: Path = request.getfixturevalue(request.param)
    site = root / "site"
    paths = readers.every_kind(root) if request.param == "large_root" else sites.pages(site)
    parser = html.HTMLParser(encoding="utf-8")
    return {path: html.document_fromstring((site / path).read_bytes(), parser=parser) for path in paths}


def misplaced(tree: HtmlElement) -> Iterator[str]:
    """Yield what stands in an element of ``tree`` that may not hold it."""
    for one in tree.iter(html.etree.Element):
        inside = [child.tag for child in one.iterchildren(html.etree.Element)]
        allowed = CHILDREN.get(one.tag)
        if allowed:
            yield from (f"{child} in {one.tag}" for child in inside if child not in allowed | {"script", "template"})
        if one.tag in PHRASING:
            yield from (f"{child} in {one.tag}" for child in inside if child in BLOCKS)
        if one.tag in ("a", "button"):
            yield from (f"{below.tag} in {one.tag}" for below in one.iterdescendants(*INTERACTIVE))
        if one.tag == "figure" and "figcaption" in inside[1:-1]:
            yield "a caption in the middle of a figure"
        if one.tag == "details" and inside[:1] != ["summary"]:
            yield "details without a summary at their beginning"


def test_nothing_stands_where_html_does_not_want_it(pages: dict[str, HtmlElement]) -> None:
    """Lists hold entries, tables rows, texts no blocks, links no links; captions stand first or last."""
    wrong = {path: sorted(set(found)) for path, tree in pages.items() if (found := list(misplaced(tree)))}
    assert wrong == {}


def test_every_button_says_what_it_does(pages: dict[str, HtmlElement]) -> None:
    """Each has a type, so that none sends a form by accident; a form that can be sent has a button for that."""
    wrong = []
    for path, tree in pages.items():
        wrong += [f"{path}: {html.tostring(one)[:80]!r}" for one in tree.xpath("//button[not(@type)]")]
        wrong += [f"{path}: form {one.attrib}" for one in tree.xpath("//form[@action][not(.//button[@type='submit'])]")]
    assert wrong == []


def test_only_fields_are_filled_in(pages: dict[str, HtmlElement]) -> None:
    """No box to tick and no button says whether a browser may fill it in, which means nothing there."""
    wrong = []
    for path, tree in pages.items():
        for one in tree.xpath("//input[@autocomplete]"):
            if one.get("type", "text") not in FILLED:
                wrong.append(f"{path}: {one.get('id')}")
    assert wrong == []


def test_long_lists_leave_their_titles_to_the_browser(pages: dict[str, HtmlElement]) -> None:
    """What each word of a row means is not watched by the theme; a page with hundreds of rows would start slowly."""
    counts = {path: len(tree.xpath("//article//*[@title and not(@data-preview)]")) for path, tree in pages.items()}
    assert {path: n for path, n in counts.items() if n > LABELLED} == {}

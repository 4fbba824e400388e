"""For everyone: the built site held to WCAG 2.2 AA, by axe and by what axe cannot see.

Contrast of what is drawn, focus, reflow at 320 pixels and at 200 %, text spacing, motion, the system's own colours,
paper. What the pages are asked is in access.js; what is done with the keyboard alone is in test_keyboard.py.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from lxml import html
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

import readers
import sites
from readers import DESK, PHONE, Visit

pytestmark = pytest.mark.browser

PARTS = 4
in_parts = pytest.mark.parametrize("part", range(PARTS))
"""The pages in parts of one size, so that what takes minutes is shared among the processes of one run."""


@pytest.fixture(scope="module")
def every(large_root: Path) -> list[str]:
    """A page of every kind of the site."""
    return readers.every_kind(large_root)


@pytest.fixture(scope="module")
def reader(chromium: Browser, served: str) -> Iterator[Page]:
    """A page for tests that bring scripts and styles of their own, which the site's policy would refuse.

    It asks for less motion: a colour is measured where it ends, not on the way there.
    """
    context = chromium.new_context(bypass_csp=True, viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    context.add_init_script(path=readers.ACCESS)
    yield context.new_page()
    context.close()


def colours(reader: Page, scheme: Literal["light", "dark"], forced: Literal["none", "active"] = "none") -> None:
    """Ask for a scheme as a system does, and wait until the page has followed, which it does a moment later."""
    reader.emulate_media(color_scheme=scheme, forced_colors=forced)
    followed = "wanted => document.body.dataset.mdColorScheme === wanted"
    reader.wait_for_function(followed, arg={"light": "default", "dark": "slate"}[scheme])


@in_parts
def test_axe_finds_nothing_on_any_kind_of_page(
    part: int, reader: Page, served: str, large_site: Path, every: list[str]
) -> None:
    """No rule of WCAG 2.2 A and AA and no good practice is broken: light on a phone, dark on a desk.

    On the desk only what hangs on the size and the colours is asked again. Pages in other languages have the same
    colours, and are looked at once.

    What axe is unsure of may only be the contrast of texts in pictures and in what scrolls: the next test measures it.
    """
    wrong: dict[str, list[str]] = {}
    runs, passed, pages = 0, 0, every[part::PARTS]
    for path in pages:
        translated = (large_site / Path(path).parts[0] / "facts").is_dir()
        for size, scheme in ((PHONE, "light"), (DESK, "dark"))[: 1 if translated else 2]:
            reader.set_viewport_size(size)
            if size is PHONE:
                reader.goto(served + path)
                reader.evaluate("access.unfold()")
                reader.evaluate(AXE_SCRIPT)
            colours(reader, scheme)
            found = reader.evaluate("again => access.axe(again)", size is DESK)
            runs, passed = runs + 1, passed + found["passed"]
            unsure = [place for place in found["unsure"] if not place.startswith("color-contrast: ")]
            if found["broken"] or unsure:
                wrong[f"{path}, {scheme}"] = [*found["broken"], *unsure]
    version = reader.evaluate("axe.version")
    print(f"axe {version}: {len(pages)} pages, looked at {runs} times, {passed} rules passed, {len(wrong)} broken")
    assert wrong == {}


@in_parts
def test_texts_and_what_is_drawn_stand_out(part: int, reader: Page, served: str, every: list[str]) -> None:
    """Every text reaches 4.5:1 on its ground and the shapes of pictures 3:1, also in the system's own colours."""
    wrong: dict[str, list[str]] = {}
    for path in every[part::PARTS]:
        reader.goto(served + path)
        reader.evaluate("access.unfold()")
        for scheme in ("light", "dark"):
            for forced in ("none", "active"):
                colours(reader, scheme, forced)
                found = reader.evaluate("access.faint()")
                if found:
                    wrong[f"{path}, {scheme}, forced colours {forced}"] = found
    reader.emulate_media(forced_colors="none")
    assert wrong == {}


@in_parts
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_has_the_focus_is_seen(
    size: dict[str, int], part: int, visiting: Callable[..., Visit], served: str, every: list[str]
) -> None:
    """Tab by tab through each kind of page: a ring that stands out, in sight, and nothing that covers it."""
    visit = visiting(served, viewport=size, reduced_motion="reduce")
    visit.context.add_init_script(path=readers.ACCESS)
    wrong = []
    for path in every[part::PARTS]:
        page = visit.to(path)
        page.evaluate("access.watch()")
        for _ in range(30):
            page.keyboard.press("Tab")
        said = page.evaluate("access.watched")
        assert said, path
        wrong += [f"{path}: {one}" for one in said if one not in ("", "seen")]
    assert wrong == []


def test_nothing_moves_for_whoever_wants_no_motion(
    visiting: Callable[..., Visit], served: str, every: list[str]
) -> None:
    """Where the system asks for less motion, no page has an animation, a transition or smooth scrolling."""
    visit = visiting(served, viewport=PHONE, reduced_motion="reduce")
    visit.context.add_init_script(path=readers.ACCESS)
    assert {path: found for path in every if (found := visit.to(path).evaluate("access.moving()"))} == {}


def test_titles_in_another_language_say_which(large_site: Path, every: list[str]) -> None:
    """Each link to a source whose title is in another language than its page bears that language."""
    heading = re.compile(r'<h1(?: lang="([a-z]+)")?>')
    headings = {p.stem: heading.search(p.read_text("utf-8")) for p in (large_site / "sources").glob("*.html")}
    languages = {source: found[1] or "en" for source, found in headings.items() if found}
    assert {"en", "ru", "kk"} <= set(languages.values())
    wrong = []
    for path in every:
        text = (large_site / path).read_text("utf-8")
        page = re.search(r'<html lang="([a-z]+)"', text)
        assert page
        # Where a verdict leads the title, the language is that of the title behind it.
        link = r'<a href="[^"]*sources/([a-z0-9-]+)\.html"([^>]*>(?:<b class="led[^>]*>[^<]*</b>\s*<span[^>]*>)?)'
        for source, attributes in re.findall(link, sites.content(text)):
            named = re.search(r'\blang="([a-z]+)"', attributes)
            if source in languages and (named or page)[1] != languages[source]:
                wrong.append(f"{path}: {source}")
    assert wrong == []


# Paper


@pytest.fixture
def paper(reader: Page, served: str) -> Callable[[str], str]:
    """Prints a page of the site from a dark screen. Returns its words, single spaces between them."""

    def printed(path: str) -> str:
        reader.emulate_media(color_scheme="dark")
        reader.goto(served + path)
        pages = PdfReader(io.BytesIO(reader.pdf(format="A4", prefer_css_page_size=True))).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    return printed


@pytest.mark.parametrize("path", [readers.FACT, readers.SOURCE])
def test_a_printed_record_leads_to_its_sources(path: str, paper: Callable[[str], str], large_site: Path) -> None:
    """On paper the address of every source is written out in full, with the record's id; no menu, button or form."""
    said = paper(path)
    joined = said.replace(" ", "")
    addresses = re.findall(r'class="away" href="([^"]+)"', sites.content((large_site / path).read_text("utf-8")))
    assert addresses
    assert [address for address in addresses if unescape(address) not in joined] == []
    assert f"Record{Path(path).stem}" in joined
    left_out = ("All facts", "Contribute", "Skip to the content", "Switch", "Edit this record", "Menu", "Filter")
    assert [word for word in left_out if word in said] == []


def test_paper_says_each_thing_once(paper: Callable[[str], str], large_site: Path) -> None:
    """Of an organization the list of facts is printed, and once: not what repeats it, leads on, or has low weight."""
    said = paper(readers.ORGANIZATION)
    page = html.fromstring((large_site / readers.ORGANIZATION).read_text("utf-8"))
    claims = page.xpath("//h2[@id='facts']/following::ul[@class='facts']/li/a")
    assert len(claims) > 20
    for claim in claims:
        words = " ".join(claim.text_content().split())
        assert said.count(words) == 1 or words in page.xpath("string(//p[@class='opening'][1])"), words
    for heading in (
        "Related organizations",
        "Sources used",
        "Of low weight",
        "Sort, filter or download",
    ):
        assert heading in page.text_content() and heading not in said
    assert "How its" in said and "What we searched" in said and "APA" in said and "MLA" not in said


def test_paper_is_white(reader: Page, served: str) -> None:
    """Also from a dark screen, chosen or not, the ground is white and the ink black."""
    reader.goto(f"{served}{readers.FACT}")
    reader.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    reader.emulate_media(color_scheme="dark", media="print")
    inks = reader.evaluate("['body', 'h1'].map((tag) => getComputedStyle(document.querySelector(tag)).color)")
    grounds = reader.evaluate(
        "[...document.querySelectorAll('html, body, main, main *')].map((e) => getComputedStyle(e).backgroundColor)"
    )
    reader.emulate_media(media="screen")
    assert inks == ["rgb(0, 0, 0)"] * 2
    assert set(grounds) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


def test_what_is_folded_away_is_printed(reader: Page, served: str, every: list[str]) -> None:
    """A part that opens on a screen is open on paper, and what scrolls on a screen has room there."""
    reader.emulate_media(media="print")
    reader.set_viewport_size({"width": 680, "height": 960})  # A4 without its margins
    closed = []
    for path in every:
        reader.goto(served + path)
        closed += [f"{path}: {text}" for text in reader.evaluate("access.unprinted()")]
    reader.emulate_media(media="screen")
    assert closed == []

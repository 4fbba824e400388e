"""Pictures in a browser: they lead on, their tables open by keyboard, and no screen is too narrow for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import factbook
from readers import ORGANIZATION, Visit

PICTURES = {
    "coverage.html": "svg.coverage",
    "timeline/index.html": "svg.columns",
    "organizations/index.html": ".network svg",
    ORGANIZATION: "svg.timeline",
}
"""The pages with pictures, and what is drawn there."""
EIGHTH = "Merlin Rock Light"
"""A lighthouse of the grown archive, by the name that rows show."""
WIDER = "document.documentElement.scrollWidth - innerWidth"
TEXTS = """[...document.querySelectorAll('.picture svg text')].filter(t => t.getClientRects().length)
    .map(t => t.getBoundingClientRect()).filter(r => r.height < 8 || r.left < 0 || r.right > innerWidth).length"""


def test_a_cell_of_the_map_leads_to_what_it_counts(visit: Visit) -> None:
    """A number leads to the facts of that decade, a ring to the search that found nothing."""
    page = visit.to("coverage.html")
    visit.follow(page.get_by_role("link", name=f"{EIGHTH}, 1930s: 5 facts"))
    assert page.url.endswith("organizations/merlin-rock-light.html#y1937")
    expect(page.locator("#y1937")).to_be_in_viewport()
    page = visit.to("coverage.html")
    visit.follow(page.get_by_role("link", name=f"{EIGHTH}, 1980s: none found"))
    assert page.url.endswith("organizations/merlin-rock-light.html#searched")
    expect(page.get_by_text("What happened on Merlin in the 1980s.")).to_be_in_viewport()


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_fits_the_narrowest_screen(visiting: Callable[..., Visit], served: str, path: str) -> None:
    """At 320 pixels nothing sticks out, also with the table open, and no word is too small to read."""
    page = visiting(served, viewport={"width": 320, "height": 640}).to(path)
    expect(page.locator(PICTURES[path]).first).to_be_visible()
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(TEXTS) == 0
    page.locator(".figures summary").click()
    expect(page.locator(".figures table")).to_be_visible()
    assert page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("path", PICTURES)
def test_the_figures_open_by_keyboard_and_can_be_scrolled(
    visiting: Callable[..., Visit], served: str, path: str
) -> None:
    """The table behind a picture needs no mouse: it takes the focus, so arrow keys move what is too wide."""
    page = visiting(served, viewport={"width": 320, "height": 640}).to(path)
    page.locator(".figures summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    table = page.get_by_role("region", name="Show as table")
    expect(table).to_be_focused()


def colours(page: Page, selector: str, name: str) -> list[str]:
    """A colour of everything that a selector finds, as the browser shows it."""
    return page.locator(selector).evaluate_all(f"all => [...new Set(all.map(e => getComputedStyle(e).{name}))]")


def test_pictures_are_right_in_dark_and_light(visiting: Callable[..., Visit], served: str) -> None:
    """What is drawn takes the colours of the scheme: the ink of the text around it."""
    inks = {}
    for scheme in ("light", "dark"):
        page = visiting(served, color_scheme=scheme).to("coverage.html")
        drawn = {"svg.coverage .recorded text": "fill", "svg.coverage .nothing circle": "stroke"}
        found = [colours(page, selector, name) for selector, name in drawn.items()]
        ink = colours(page, "article p", "color")[:1]
        assert found == [ink, ink]
        inks[scheme] = ink
    assert inks["light"] != inks["dark"]


FIGURES = """<table class="numbers"><thead><tr><th data-by="number" aria-sort="descending">Number</th>
<th data-by="day">Date</th></tr></thead><tbody><tr data-number="1000" data-day="1902"><td>1,000</td><td>1902</td></tr>
<tr data-number="90" data-day="1904-05-03"><td>90</td><td>3 May 1904</td></tr>
<tr data-number="7.5" data-day=""><td>7.5</td><td></td></tr></tbody></table>"""
"""A table of figures as the page has it: the largest number first."""


@pytest.mark.browser
def test_figures_are_sorted_by_number_and_by_day(chromium: Browser) -> None:
    """A press on a heading sorts the rows, the largest or the newest first, then the other way, and says which way."""
    page = chromium.new_page()
    page.set_content(FIGURES)
    page.add_script_tag(path=Path(factbook.__file__).parent / "theme" / "assets" / "figures.js")
    for name, way, numbers in (
        ("Date", "descending", ["90", "1,000", "7.5"]),
        ("Date", "ascending", ["7.5", "1,000", "90"]),
        ("Number", "descending", ["1,000", "90", "7.5"]),
        ("Number", "ascending", ["7.5", "90", "1,000"]),
    ):
        page.get_by_role("button", name=name).click()
        assert page.locator("tbody td:first-child").all_inner_texts() == numbers
        expect(page.locator("th", has_text=name)).to_have_attribute("aria-sort", way)
        expect(page.locator("th[aria-sort]")).to_have_count(1)
    page.close()

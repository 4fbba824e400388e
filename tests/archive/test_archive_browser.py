"""What readers are promised of this project's own site: its heaviest pages, and its names in any alphabet."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

import readers
from readers import DESK, PHONE, Visit

pytestmark = [pytest.mark.archive, pytest.mark.browser]

SPELLINGS = [
    ("Tokayev", "Toqaev", "Токаев", "тоқаев"),
    ("NATO", "НАТО", "nato"),
    ("Kazakhstan", "Қазақстан", "Казахстан"),
]
HEAVY = (
    "index.html", "organizations/nato.html", "organizations/csto.html", "contested.html", "coverage.html",
    "timeline/index.html", "sources/index.html", "explore.html", "contribute/index.html", "ru/method.html",
)  # fmt: skip
"""The pages that have most of something, and two that are written for this archive alone."""


@pytest.fixture
def visit(visiting: Callable[..., Visit], real_served: str) -> Visit:
    """A visit to the site of this archive, with the screen of a desk."""
    return visiting(real_served, viewport=DESK)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ODKB", "organizations/csto.html"),
        ("CSTO", "organizations/csto.html"),
        ("ОДКБ", "organizations/csto.html"),
        ("ҰҚШҰ", "organizations/csto.html"),
        ("NATO", "organizations/nato.html"),
        ("НАТО", "organizations/nato.html"),
        ("Тоқаев", "people/kassym-jomart-tokayev.html"),
    ],
)
def test_a_name_in_any_alphabet_finds_what_it_names_first(visit: Visit, words: str, expected: str) -> None:
    """Latin or Cyrillic, Russian or Kazakh: the first result is the organization or the person itself."""
    page = visit.to(f"search.html?q={words}")
    expect(page.locator("#results a").first).to_have_attribute("href", expected)


@pytest.mark.parametrize(
    ("typed", "other", "first"),
    [
        ("Afganistan", "Afghanistan", "topics/afghanistan.html"),
        ("Lebannon", "Lebanon", "countries/lebanon.html"),
        ("Indestructable", "Indestructible", "organizations/indestructible-brotherhood-exercise.html"),
        ("Kyrgystan", "Kyrgyzstan", "countries/kyrgyzstan.html"),
    ],
)
def test_a_slip_finds_what_it_means_and_says_so(visit: Visit, typed: str, other: str, first: str) -> None:
    """Doubled letters, transliterations and stems forgive nothing silently; a name is found by a slip of it."""
    page = visit.to(f"search.html?q={typed}")
    expect(page.locator("#said")).to_contain_text(f"No page has “{typed}”; showing “{other}”.")
    expect(page.locator("#results a").first).to_have_attribute("href", first)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("which claims are false", "contested.html"),
        ("fake website", "contested.html"),
        ("fabricated claims", "contested.html"),
        ("accessibility", "about/access.html"),
        ("what changed", "changes.html"),
        ("API", "data.html"),
        ("download json", "data.html"),
        ("who runs this archive", "contribute/maintainers.html"),
        ("is Kazakhstan in NATO?", "questions/kazakhstan-nato-membership-bid.html"),
        ("Is Kazakhstan a NATO ally", "questions/kazakhstan-nato-membership-bid.html"),
    ],
)
def test_what_readers_ask_of_the_archive_itself_stands_first(visit: Visit, words: str, right: str) -> None:
    """A written page is found by its title and its description, a question by any of its phrasings."""
    page = visit.to(f"search.html?q={words}")
    expect(page.locator("#results a").first).to_have_attribute("href", right)


@pytest.mark.parametrize("words", ["African Union", "kazakhstan army size"])
def test_written_pages_do_not_answer_for_records(visit: Visit, words: str) -> None:
    """Who names a subject is not led to a page on the engine that has another of the words."""
    page = visit.to(f"search.html?q={words}")
    expect(page.locator("#results li")).to_have_count(10)
    expect(page.locator("#results li:nth-child(-n+5) a[href^='about/']")).to_have_count(0)
    expect(page.locator("#said")).to_contain_text("all of these words")


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_the_search_finds_the_same_in_every_spelling(visit: Visit, spellings: tuple[str, ...]) -> None:
    """Latin or Cyrillic, Kazakh or Russian: the same results in the same order."""
    found = set()
    for spelling in spellings:
        page = visit.to(f"search.html?q={spelling}")
        expect(page.locator("#said")).to_have_text(re.compile(r"^[\d,]+ found$"))
        expect(page.locator("#results li")).to_have_count(10)
        found.add((page.locator("#said").inner_text(), tuple(page.locator("#results a").all_inner_texts())))
    assert len(found) == 1


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_all_facts_finds_the_same_in_every_spelling(visit: Visit, spellings: tuple[str, ...]) -> None:
    """So does the list of all facts."""
    found = set()
    for spelling in spellings:
        visit.to("index.html")
        page = visit.to(f"explore.html#q={spelling}")
        expect(page.locator("#explore-said")).not_to_have_text(re.compile(r"^([\d,]+) of \1 facts$"))
        expect(page.locator("#explore-list mark").first).to_be_attached()
        claims = page.locator("#explore-list a").all_inner_texts()
        found.add((page.locator("#explore-said").inner_text(), tuple(claims)))
    assert len(found) == 1


def test_nothing_is_wrong_on_the_heaviest_pages(chromium: Browser, real_served: str) -> None:
    """What the engine promises of every kind of page holds on those with most in them: axe finds nothing, and at 320
    pixels nothing is cut off or sticks out."""
    context = chromium.new_context(bypass_csp=True, viewport=PHONE, reduced_motion="reduce", color_scheme="light")
    context.set_default_timeout(60_000)
    context.add_init_script(path=readers.ACCESS)
    page: Page = context.new_page()
    wrong: dict[str, list[str]] = {}
    for path in HEAVY:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(real_served + path)
        page.evaluate("access.unfold()")
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("access.axe(false)")
        wrong[path] = [*found["broken"], *page.evaluate("access.lost()")]
    context.close()
    assert {path: found for path, found in wrong.items() if found} == {}

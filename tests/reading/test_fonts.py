"""Pages hold together in wide and in narrow fonts, and in each of them a Kazakh word stands in one face."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import fonts
import readers

pytestmark = pytest.mark.browser

SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
"""WCAG 2.2, 1.4.12: what a reader may set without losing anything."""
LARGE = "html { font-size: 250% !important; }"
"""Twice the size: Material's sheet says 125 % of what a reader has set."""
LARGEST = ("index.html", readers.ORGANIZATION, "contested.html", "explore.html")
"""Pages with long words side by side, which large letters push out of the screen first."""
LETTERS = "Қазақстан Ғылым Таң Ұйым Әскер Өкім қ ғ ң ұ ә ө і ү һ"
"""Every letter of Kazakh that Russian has not, among others."""


@pytest.fixture(scope="module", params=fonts.FAMILIES)
def family(request: pytest.FixtureRequest) -> str:
    """The one font of a computer."""
    return fonts.FAMILIES[request.param]


@pytest.fixture(scope="module")
def browser(chromium: Browser, family: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser on a computer that has this font alone."""
    environment = fonts.alone(family, tmp_path_factory.mktemp("fonts"))
    with closing(readers.launched(chromium.browser_type, **environment)) as browser:
        yield browser


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """A page for tests that bring scripts and styles of their own, which the site's policy would refuse."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    context.add_init_script(path=readers.ACCESS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def paths() -> list[str]:
    """A page of each kind, and pages in Kazakh and Russian, whose words are longer."""
    further = ["index.html", "explore.html", readers.FACT, readers.ORGANIZATION]
    return [*readers.KINDS.values(), *(f"{code}/{path}" for code in ("kk", "ru") for path in further)]


def test_nothing_is_lost_when_the_page_is_narrow_or_the_text_large(reader: Page, served: str, paths: list[str]) -> None:
    """At 320 pixels, with letters of twice the size and with spacing of a reader's own nothing is cut off."""
    wrong: dict[str, list[str]] = {}
    for path in paths:
        reader.set_viewport_size({"width": 320, "height": 640})
        reader.goto(served + path)
        reader.evaluate("access.unfold()")
        found = {"320 pixels": reader.evaluate("access.lost()")}
        spacing = reader.add_style_tag(content=SPACING)
        found["spaced"] = reader.evaluate("access.lost()")
        spacing.evaluate("style => style.remove()")
        reader.set_viewport_size({"width": 640, "height": 400})
        reader.add_style_tag(content=LARGE)
        found["200 %"] = reader.evaluate("access.lost()")
        wrong |= {f"{path}, {how}": what for how, what in found.items() if what}
    assert wrong == {}


def test_the_open_menu_loses_nothing_either(reader: Page, served: str) -> None:
    """On a narrow screen and with large text the menu is whole, and nothing of it sticks out of the screen."""
    for path in ("index.html", "kk/index.html", "ru/index.html"):
        for width, more in ((320, ""), (640, LARGE)):
            reader.set_viewport_size({"width": width, "height": 640})
            reader.goto(served + path)
            reader.locator("button.menu").click()
            reader.add_style_tag(content=more or "html {}")
            assert reader.evaluate("access.lost()") == []
            box = reader.locator("#menu").bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_header_takes_little_of_a_phone(reader: Page, served: str) -> None:
    """At 360 pixels it is 64 pixels high at most, in every language, and the whole name of the site is in it."""
    reader.set_viewport_size(readers.PHONE)
    for path in ("index.html", "kk/index.html", "ru/index.html"):
        reader.goto(served + path)
        box = reader.locator(".md-header").bounding_box()
        assert box and box["height"] <= 64


def test_letters_of_twice_the_size_leave_room_on_a_phone(
    chromium: Browser, served: str, family: str, tmp_path: Path
) -> None:
    """Where a reader has set letters of twice the size, the header takes 128 pixels of a phone's screen at most, its
    buttons are whole, and no page runs sideways, in every language."""
    environment = fonts.alone(family, tmp_path)
    wrong = {}
    with closing(
        readers.launched(chromium.browser_type, "--blink-settings=defaultFontSize=32", **environment)
    ) as large:
        page = large.new_page(viewport=readers.PHONE)
        for path in [f"{code}{one}" for code in ("", "kk/", "ru/") for one in LARGEST]:
            page.goto(served + path)
            box = page.locator(".md-header").bounding_box()
            wide = page.evaluate("document.documentElement.scrollWidth")
            ends = page.locator(".md-header button:visible").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect().right)"
            )
            if not box or box["height"] > 128 or max([wide, *ends]) > readers.PHONE["width"] or len(ends) < 4:
                wrong[path] = (box, wide, ends)
    assert wrong == {}


def faces(page: Page, selector: str) -> dict[str, int]:
    """The fonts that an element is painted in, each with how many letters."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    found = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {font["familyName"]: font["glyphCount"] for font in found}


@pytest.mark.parametrize("selector", ["h1", "h2", "article p", ".md-header__title", ".md-nav--secondary a"])
def test_a_kazakh_text_stands_in_one_face(reader: Page, served: str, family: str, selector: str) -> None:
    """Headings, text and menus are in the one font there is; no letter of Kazakh is fetched from another."""
    reader.set_viewport_size(readers.DESK)
    reader.goto(f"{served}kk/method.html")
    reader.evaluate(
        "([selector, letters]) => { document.querySelector(selector).textContent = letters; }", [selector, LETTERS]
    )
    found = faces(reader, selector)
    assert list(found) == [family]
    assert found[family] >= len(LETTERS.replace(" ", ""))

"""Every task a reader has, done with the keyboard alone: nothing here clicks, or sets the focus by script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from readers import CONFIRMED, DESK, FACT, ORGANIZATION, PHONE, Visit

pytestmark = pytest.mark.browser

FOUND = re.compile(r"^\d[\d,]* found")


class Keys:
    """A visit on which only keys are pressed."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page

    def reach(self, target: Locator, most: int = 250) -> None:
        """Press Tab until ``target`` has the focus. It must come within ``most`` stops."""
        expect(target).to_be_visible()
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{target} is not among the first {most} stops of Tab")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Reach ``target`` and press a key there."""
        self.reach(target)
        self.page.keyboard.press(key)

    def follow(self, link: Locator) -> str:
        """Reach a link, press Enter, and wait for the page it leads to. Returns which page that is."""
        self.reach(link)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.visit.at()

    def choose(self, select: Locator, label: str) -> None:
        """Reach a choice and type the beginning of one of its labels, once it is among what is offered."""
        expect(select.locator("option", has_text=re.compile(f"^{label}", re.IGNORECASE)).first).to_be_attached()
        self.reach(select)
        self.page.keyboard.type(label)


@pytest.fixture
def keys(request: pytest.FixtureRequest, visiting: Callable[..., Visit], served: str) -> Keys:
    """A visit by keyboard to the site, with the screen of a phone unless a test asks for another."""
    return Keys(visiting(served, viewport=getattr(request, "param", PHONE), reduced_motion="reduce"))


def claim(link: Locator) -> str:
    """The claim that a link leads to, without the verdict that leads it."""
    return link.inner_text().removeprefix(link.evaluate("one => one.querySelector('.led')?.innerText ?? ''")).strip()


both_screens = pytest.mark.parametrize("keys", [PHONE, DESK], ids=["phone", "desk"], indirect=True)


def test_the_skip_link_leads_past_the_menu(keys: Keys) -> None:
    """The first stop is a link that shows itself; after it, the next stop is in the text."""
    page = keys.visit.to(FACT)
    page.keyboard.press("Tab")
    expect(page.locator("a.md-skip")).to_be_focused()
    expect(page.locator("a.md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_search_and_filter(keys: Keys) -> None:
    """From the box at home to the results, narrowed by a filter, to a fact that bears the status asked for."""
    page = keys.visit.to("index.html")
    keys.reach(page.locator("#find"))
    page.keyboard.type("L01")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    said = page.locator("#said")
    expect(said).to_have_text(FOUND)
    every = said.inner_text()
    if not page.locator("#filters").evaluate("one => one.open"):
        keys.press(page.locator("#filters summary"))
    keys.choose(page.locator("select[name=status]"), "Refuted")
    expect(said).not_to_have_text(every)
    expect(said).to_have_text(FOUND)
    title = claim(page.locator("#results a").first)
    assert keys.follow(page.locator("#results a").first).startswith("facts/")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".verdict .status")).to_have_text("Refuted")


@both_screens
def test_explore_by_words_facets_order_and_both_clocks(keys: Keys) -> None:
    """Each control of Explore is reached and set, says what it left, and the first result opens."""
    page = keys.visit.to("explore.html")
    said, entries = page.locator("#explore-said"), page.locator("#explore-list a")
    form = page.locator("#explore-form")

    def left(chosen: str) -> int:
        """How many facts are left, once the address, which is set last, says what is ``chosen``."""
        page.wait_for_url(re.compile(rf"#(.*&)?{chosen}(&|$)"))
        return int(said.inner_text().partition(" ")[0])

    page.evaluate("document.activeElement.blur()")
    keys.reach(page.locator("#explore-q"))
    page.keyboard.type("rock")
    with_word = left("q=rock")
    assert 0 < with_word < 247
    if not page.locator("#explore-filters").evaluate("one => one.open"):
        keys.press(page.locator("#explore-filters summary"))
    keys.choose(form.locator("select[name=topic]"), "Storms")
    of_topic = left("topic=storms")
    assert 0 < of_topic < with_word
    keys.reach(form.locator("[name=held]"))
    page.keyboard.type("1945-06-01")
    held = left("held=1945-06-01")
    assert 0 < held < of_topic
    keys.reach(form.locator("[name=asof]"))
    page.keyboard.type("2024-06-15")
    assert 0 < left("asof=2024-06-15") < held
    first = entries.first.inner_text()
    keys.choose(form.locator("select[name=sort]"), "oldest")
    expect(entries.first).not_to_have_text(first)
    keys.press(form.locator("[name=contested]"), "Space")
    left("contested=yes")
    page.keyboard.press("Space")
    page.wait_for_url(lambda address: "contested" not in address)
    title = claim(entries.first)
    assert keys.follow(entries.first).startswith("facts/")
    expect(page.locator("h1")).to_have_text(title)


def test_browse_to_an_organization_and_along_its_timeline(keys: Keys) -> None:
    """Menu, organizations, one of them, a fact of it, the next one, and back to the one before."""
    page = keys.visit.to("index.html")
    keys.press(page.get_by_role("button", name="Menu", exact=True))
    menu = page.locator("#menu details", has=page.get_by_role("link", name="Organizations", include_hidden=True))
    keys.press(menu.locator("summary"))
    assert keys.follow(menu.get_by_role("link", name="Organizations")) == "organizations/index.html"
    assert keys.follow(page.locator("ul.index a[href$='gull-rock-light.html']")) == "organizations/gull-rock-light.html"
    first = keys.follow(page.locator("ul.facts .fact > a").first)
    along = page.locator("p.kicker:has(a[href$='/gull-rock-light.html']) + .along")
    assert keys.follow(along.locator("a[rel=prev]")) != first
    assert keys.follow(along.locator("a[rel=next]")) == first


def test_an_open_menu_never_covers_where_the_focus_is(keys: Keys) -> None:
    """Escape closes the menu where it was opened, and it closes by itself when Tab leaves it."""
    page = keys.visit.to("contested.html")
    button, menu = page.get_by_role("button", name="Menu", exact=True), page.locator("#menu")
    keys.press(button)
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    for _ in range(menu.locator("a:visible, summary").count() + 1):
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
    expect(menu).to_be_hidden()


@both_screens
def test_search_from_any_page(keys: Keys) -> None:
    """The search at the top of every page is reached first, on a phone by a button that opens it, and leads to the
    results."""
    page = keys.visit.to(FACT)
    box = page.locator("header input[name=q]")
    if not box.is_visible():
        keys.press(page.locator("header .md-search button"))
        expect(box).to_be_focused()
    else:
        keys.reach(box, most=4)
    page.keyboard.type("L01")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text(FOUND)


@pytest.mark.parametrize("keys", [DESK], ids=["desk"], indirect=True)
def test_the_contents_at_the_side_lead_to_each_part(keys: Keys) -> None:
    """The list of headings is reached before the text; Enter goes to one of them, and Tab goes on from there."""
    page = keys.visit.to(ORGANIZATION)
    link = page.get_by_role("navigation", name="On this page").locator("a[href='#searched']")
    keys.press(link)
    expect(page.locator("#searched")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_filter_a_long_page(keys: Keys) -> None:
    """The box above a long list is reached, and says while one types how many entries are left."""
    page = keys.visit.to("sources/index.html")
    keys.reach(page.get_by_label("Filter this page"))
    page.keyboard.type("heron")
    expect(page.locator(".filter [role=status]")).to_have_text(re.compile(r"^[\d,]+ of [\d,]+ shown$"))
    assert 0 < page.locator("ul.sources > li:visible").count() < 20


@pytest.mark.parametrize("path", [ORGANIZATION, "timeline/index.html", "coverage.html"])
def test_the_table_behind_a_picture_opens(keys: Keys, path: str) -> None:
    """The figures under a picture open with Enter, can be scrolled, and lead on."""
    page = keys.visit.to(path)
    figures = page.locator("details.figures").first
    keys.press(figures.locator("summary"))
    expect(figures.locator("table")).to_be_visible()
    page.keyboard.press("Tab")
    expect(figures.get_by_role("region")).to_be_focused()
    link = figures.locator("td a, th a").first
    name = link.get_attribute("href")
    assert name
    assert keys.follow(link).rpartition("/")[2] == name.rpartition("/")[2].partition("#")[0]


def test_a_cell_of_the_map_leads_to_its_facts(keys: Keys) -> None:
    """A decade with facts on the coverage map is a stop of Tab, says what it is, and opens there."""
    page = keys.visit.to("coverage.html")
    cell = page.locator("svg.coverage a").first
    name = cell.get_attribute("aria-label")
    assert name
    assert re.fullmatch(r".+, .+: \d+ facts?", name)
    assert re.fullmatch(r"organizations/[a-z0-9-]+\.html", keys.follow(cell))
    assert re.search(r"#(y\d{4}|searched)$", page.url)


def test_cite_a_fact_and_copy_it(keys: Keys) -> None:
    """“Cite this” opens with Enter; Copy puts the text on the clipboard and says so."""
    keys.visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = keys.visit.to(CONFIRMED)
    cite = page.locator("details.cite")
    keys.press(cite.locator("summary"))
    text = cite.locator("dd span").first.inner_text()
    assert "The lamp of Gull Rock was lit for the first time on 3 May 1901." in text
    keys.press(cite.get_by_role("button", name="Copy APA"))
    expect(cite.get_by_role("status")).to_have_text("Copied: APA")
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_switch_the_language_and_back(keys: Keys) -> None:
    """The button shows the names of the languages, which are links to the same page in each of them."""
    page = keys.visit.to(FACT)
    languages = page.locator("nav.languages")
    keys.reach(languages.get_by_role("button"))
    assert keys.follow(languages.get_by_role("link", name="Русский")) == f"ru/{FACT}"
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    keys.reach(languages.get_by_role("button"))
    assert keys.follow(languages.get_by_role("link", name="English")) == FACT
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_change_the_colours(keys: Keys) -> None:
    """The button is reached, pressed with Space, and leaves the focus on the one that says what is next."""
    page = keys.visit.to("index.html")
    keys.press(page.get_by_role("button", name="Switch to light colours", exact=True), "Space")
    after = page.get_by_role("button", name="Switch to dark colours", exact=True)
    expect(after).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.get_by_role("button", name="Follow the system", exact=True)).to_be_focused()


def test_from_a_contested_claim_to_its_evidence(keys: Keys) -> None:
    """The list of contested claims, one of them, and a source that contradicts it."""
    page = keys.visit.to("contested.html")
    link = page.locator(".pair .claim a").first
    title = claim(link)
    assert keys.follow(link).startswith("facts/")
    expect(page.locator("h1")).to_have_text(title)
    source = page.locator("h3:text-is('Contradicts') + ul.sources > li > a").first
    named = source.inner_text()
    assert keys.follow(source).startswith("sources/")
    expect(page.locator("h1")).to_have_text(named)

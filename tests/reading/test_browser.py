"""The built site in a real browser: as readers use it, on a phone and a desk, from a server and from a folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from readers import CONFIRMED, DESK, FACT, KINDS, ORGANIZATION, PHONE, SOURCE, Visit

pytestmark = pytest.mark.browser

FOUND = re.compile(r"^(?:[^.]+\. )?\d[\d,]* found$")


def searched(page: Page) -> list[str]:
    """Wait until a search is done; the titles of the results that are shown."""
    expect(page.locator("#said")).to_have_text(FOUND)
    expect(page.locator("#results li").first).to_be_visible()
    return page.locator("#results a").all_inner_texts()


def count(page: Page) -> int:
    """How many results a finished search says it has found."""
    return int(page.locator("#said").inner_text().partition(" ")[0].replace(",", ""))


# Ways through the site


def test_from_home_to_a_source_by_clicking(visit: Visit) -> None:
    """Home, an organization, one of its facts, a source of the fact: each a click away."""
    page = visit.to("index.html")
    link = page.locator("#by-organization ~ ul.chips a").first
    name = link.inner_text()
    visit.follow(link)
    assert re.fullmatch(r"organizations/[a-z0-9-]+\.html", visit.at())
    expect(page.locator("h1")).to_contain_text(name)
    link = page.locator("ul.facts .fact > a").first
    claim = link.inner_text()
    visit.follow(link)
    assert re.fullmatch(r"facts/[a-z0-9-]+\.html", visit.at())
    expect(page.locator("h1")).to_have_text(claim)
    link = page.locator("ul.sources > li > a").first
    title = link.inner_text()
    visit.follow(link)
    assert re.fullmatch(r"sources/[a-z0-9-]+\.html", visit.at())
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("ul.facts a", has_text=claim)).to_have_count(1)
    visit.follow(page.locator("a.md-header__title"))
    assert visit.at() == "index.html"


def opened(visit: Visit) -> Locator:
    """The menu, open: on a desk it stands beside the text, on a phone a button opens it."""
    menu, button = visit.page.locator("#menu"), visit.page.get_by_role("button", name="Menu", exact=True)
    if button.is_visible():
        button.click()
        expect(menu).to_be_visible()
    return menu


ENTRIES = """lists => lists.flatMap(link => [[
    link.closest("details")?.querySelector("summary").textContent ?? "", link.textContent]])"""


def test_every_page_of_the_menu_opens(visit: Visit) -> None:
    """The menu leads to every page it lists, from there says which is open, and in which part of the site it is."""
    page = visit.to("index.html")
    entries = page.locator("#menu li > a").evaluate_all(ENTRIES)
    assert len(entries) > 20
    for part, name in entries:
        menu, tabs = opened(visit), page.locator(".md-tabs")
        link = menu.get_by_role("link", name=name, exact=True)
        if tabs.is_visible():
            visit.follow(tabs.get_by_role("link", name=part or name, exact=True))
            expect(tabs.locator("a[aria-current]")).to_have_text(part or name)
        elif part and not link.is_visible():
            menu.locator("summary", has_text=part).click()
        if link.is_visible():
            visit.follow(link)
        expect(page.locator("#menu a[aria-current=page]")).to_have_text(name)
        assert page.locator("#menu details[open] > summary").all_text_contents() == [part] * bool(part)
        expect(page.locator("h1")).to_be_visible()


def test_the_menu_needs_neither_a_mouse_nor_javascript(visiting: Callable[..., Visit], served: str) -> None:
    """The menu and a part of it open by the keyboard, and Tab leads into it; without scripts."""
    visit = visiting(served, viewport=PHONE, java_script_enabled=False)
    page = visit.to("index.html")
    timeline = page.get_by_role("link", name="Timeline", exact=True)
    expect(timeline).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    page.locator("#menu summary", has_text="Browse").press("Enter")
    expect(timeline).to_be_visible()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert visit.at() == "organizations/index.html"


def test_the_pages_before_and_after_follow_the_menu(visit: Visit) -> None:
    """From the foot of a page one can go on through the whole menu, and back."""
    page = visit.to("index.html")
    for _ in range(6):
        here = visit.at()
        visit.follow(page.locator(".md-footer [rel=next]"))
        expect(page.locator(".md-footer [rel=prev]")).to_have_attribute("href", re.compile(rf"(^|/){here}$"))
    visit.follow(page.locator(".md-footer [rel=prev]"))
    assert visit.at() == "timeline/index.html"


def test_an_open_menu_closes_with_escape_and_with_a_click_beside_it(
    visiting: Callable[..., Visit], served: str
) -> None:
    """Escape closes it and leaves the focus where it was opened; a click on the page closes it too."""
    visit = visiting(served, viewport=PHONE)
    page = visit.to("index.html")
    button, explore = page.get_by_role("button", name="Menu", exact=True), page.locator("#menu a", has_text="All facts")
    button.press("Enter")
    explore.focus()
    page.keyboard.press("Escape")
    expect(explore).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(explore).to_be_visible()
    page.mouse.click(350, 700)
    expect(explore).to_be_hidden()


def test_every_record_says_where_it_stands(visit: Visit) -> None:
    """Above each record is the way down to it, and each step of it leads up."""
    page = visit.to(CONFIRMED)
    way = page.get_by_role("navigation", name="Where this page is")
    assert way.get_by_role("link").all_inner_texts() == ["Home", "Organizations", "Gull Rock Light"]
    visit.follow(way.get_by_role("link", name="Gull Rock Light"))
    visit.follow(page.get_by_role("navigation", name="Where this page is").get_by_role("link").last)
    assert visit.at() == "organizations/index.html"
    for path in (SOURCE, "timeline/1908.html", "people/ane-morrow.html"):
        page = visit.to(path)
        expect(page.get_by_role("navigation", name="Where this page is").get_by_role("link")).to_have_count(2)


@pytest.mark.parametrize("path", [FACT, "data.html", ORGANIZATION])
def test_the_contents_stand_beside_the_text(visiting: Callable[..., Visit], served: str, path: str) -> None:
    """From 1220 pixels on each heading is in the list at the side and leads there; a link beside it names the place."""
    visit = visiting(served, viewport={"width": 1220, "height": 800}, reduced_motion="reduce")
    page = visit.to(path)
    contents = page.get_by_role("navigation", name="On this page")
    headings = page.locator("article h2[id]").all_inner_texts()
    assert len(headings) > 2
    assert contents.locator("li:not(.sub)").all_inner_texts() == headings
    contents.locator("li a").nth(1).click()
    place = page.url.partition("#")[2]
    expect(page.locator(f'[id="{place}"]')).to_be_in_viewport()
    expect(page.locator(f'[id="{place}"] .headerlink')).to_have_attribute("href", f"#{place}")
    box = contents.bounding_box()
    text = page.locator("article").bounding_box()
    assert box and text and box["x"] >= text["x"] + text["width"] - 1


def test_the_contents_of_a_long_page_are_folded_above_it_on_a_phone(
    visiting: Callable[..., Visit], served: str
) -> None:
    """On a phone a line above a long page opens the list of its headings, with and without scripts; a short page has
    none."""
    for scripts in (True, False):
        page = visiting(served, viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce").to(ORGANIZATION)
        contents = page.locator(".md-nav--secondary")
        link = contents.get_by_role("link", name="What we searched", exact=True)
        expect(link).to_be_hidden()
        contents.get_by_text("On this page").click()
        link.click()
        expect(page.locator("#searched")).to_be_in_viewport()
        page = visiting(served, viewport=PHONE, java_script_enabled=scripts).to("timeline/1908.html")
        expect(page.locator(".md-nav--secondary")).to_be_hidden()


def test_wide_screens_have_what_is_related_beside_the_text(visiting: Callable[..., Visit], served: str) -> None:
    """At 1920 pixels related facts and the contents stand right of the text and begin at its top, not below it."""
    page = visiting(served, viewport={"width": 1920, "height": 1000}).to(FACT)
    boxes = [page.locator(s).bounding_box() for s in (".record", ".beside", ".md-nav--secondary")]
    assert all(boxes)
    text, beside, contents = [box for box in boxes if box]
    assert text["x"] + text["width"] <= beside["x"] and beside["x"] + beside["width"] <= contents["x"]
    assert abs(text["y"] - beside["y"]) < 10
    assert contents["x"] + contents["width"] > 1700


def test_a_long_page_can_be_filtered(visit: Visit) -> None:
    """A box above its lists leaves the entries with every word, hides empty headings, and says how many are left."""
    page = visit.to(ORGANIZATION)
    box = page.get_by_label("Filter this page")
    facts, years = page.locator("ul.facts > li"), page.locator("article h3")
    every, all_years = facts.count(), years.count()
    box.fill("Heron barrels")
    expect(page.locator(".filter [role=status]")).to_have_text(re.compile(rf"^\d+ of {every} shown$"))
    shown = page.locator("ul.facts > li:visible").all_inner_texts()
    assert 0 < len(shown) < every
    assert [text for text in shown if "heron" not in text.lower() or "barrels" not in text.lower()] == []
    assert 0 < page.locator("article h3:visible").count() < all_years
    box.fill("")
    expect(page.locator("ul.facts > li:visible")).to_have_count(every)


def test_words_of_the_archive_explain_themselves(visiting: Callable[..., Visit], served: str) -> None:
    """Pointing at a status, a kind of source or a date in EDTF says what it means."""
    page = visiting(served, viewport=DESK, reduced_motion="reduce").to(CONFIRMED)
    for place, said in (
        (".sources .meta [title]", "where it happened"),
        ("dl code[title]", "EDTF"),
        (".ledger .status", "register of lights"),
    ):
        page.locator(place).first.hover()
        expect(page.get_by_role("tooltip").filter(has_text=said)).to_be_visible()
        page.mouse.move(1, 1)


def test_a_status_that_is_touched_says_what_it_means(visiting: Callable[..., Visit], served: str) -> None:
    """Who cannot point at a word taps it, once to read what it means and once more to be rid of it."""
    page = visiting(served, viewport=PHONE, has_touch=True).to(ORGANIZATION)
    row = page.locator(".facts .fact", has=page.locator(".status[title]")).first
    status = row.locator(".status")
    meaning = status.get_attribute("title") or "?"
    status.tap()
    expect(row).to_contain_text(meaning)
    status.tap()
    expect(row).not_to_contain_text(meaning)


def test_code_can_be_copied(visiting: Callable[..., Visit], served: str) -> None:
    """A block of code has a button that puts it on the clipboard."""
    visit = visiting(served, viewport=DESK)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to("contribute/rules.html")
    code = page.locator("pre > code").first
    code.hover()
    page.locator(".md-code__button").first.click()
    expect(page.get_by_text("Copied to clipboard")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.inner_text().strip()


def test_the_search_of_a_narrow_header_opens_over_it(visiting: Callable[..., Visit], served: str) -> None:
    """On a phone the sign opens the same box, with results while typing; Escape closes it and the focus is back on the
    sign. The key "/" opens it too, on a page with a filter as well."""
    page = visiting(served, viewport=PHONE).to(ORGANIZATION)
    form = page.locator("form.md-search")
    sign, box = form.get_by_role("button"), form.locator("input")
    expect(box).to_be_hidden()
    sign.click()
    expect(box).to_be_focused()
    box.press_sequentially("L01")
    expect(form.get_by_role("option").first).to_be_visible()
    for _ in range(2):
        box.press("Escape")
        expect(box).to_be_hidden()
        expect(sign).to_be_focused()
        page.keyboard.press("/")
        expect(box).to_be_focused()
    page.mouse.click(180, 600)
    expect(box).to_be_hidden()


def test_the_search_of_a_narrow_header_needs_no_script(visiting: Callable[..., Visit], served: str) -> None:
    """Without scripts the sign leads to the search page."""
    visit = visiting(served, viewport=PHONE, java_script_enabled=False)
    visit.to(ORGANIZATION).locator("form.md-search button").click()
    assert visit.at() == "search.html"


def test_back_to_the_top(visiting: Callable[..., Visit], served: str) -> None:
    """Whoever scrolls up on a long page is offered a way to its top."""
    page = visiting(served, viewport=DESK, reduced_motion="reduce").to(ORGANIZATION)
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 2000")
    page.mouse.wheel(0, -300)
    page.get_by_role("button", name="Back to top").click()
    page.wait_for_function("scrollY === 0")


def test_from_a_person_along_a_timeline(visit: Visit) -> None:
    """From the menu to a person, on to a fact, and from it to the next on an organization's timeline."""
    page = visit.to("index.html")
    visit.to("topics/index.html")
    visit.follow(opened(visit).get_by_role("link", name="People", exact=True))
    visit.follow(page.locator("dl.index a", has_text="Ane Morrow"))
    expect(page.locator("dd[lang=fr]")).to_have_text("Anne Morrow")
    visit.follow(page.locator("ul.facts .fact > a").nth(1))
    here, after = visit.at(), page.locator(".along [rel=next]").first
    claim = after.inner_text()
    visit.follow(after)
    assert claim.startswith(page.locator("h1").inner_text())
    back = page.locator(".along [rel=prev]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert here.removeprefix("facts/") in back


def test_no_page_is_wider_than_a_phone(visiting: Callable[..., Visit], served: str) -> None:
    """At 360 pixels no kind of page can be scrolled sideways."""
    visit = visiting(served, viewport=PHONE)
    wide = {}
    for kind, path in KINDS.items():
        page = visit.to(path)
        width = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        if width > PHONE["width"]:
            wide[kind] = width
    assert wide == {}


def test_search_results_are_not_wider_than_a_phone(visiting: Callable[..., Visit], served: str) -> None:
    """Nor are the pages that scripts fill."""
    visit = visiting(served, viewport=PHONE)
    page = visit.to("search.html?q=Rock")
    searched(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page = visit.to("explore.html")
    expect(page.locator("#explore-list li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def ground(page: Page) -> int:
    """How light the ground of a page is, 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(map(int, re.findall(r"\d+", colour)[:3])) // 3


def switch(page: Page, name: str) -> None:
    """Press the button that changes the colours, which must say that it does ``name``."""
    page.locator(".palette").get_by_role("button", name=name, exact=True).click()


def test_light_and_dark_can_be_chosen_and_are_kept(visit: Visit) -> None:
    """The button goes round system, light and dark; it holds on every page, in each language, after a reload."""
    page = visit.to("index.html")
    assert ground(page) > 200
    switch(page, "Switch to light colours")
    switch(page, "Switch to dark colours")
    assert ground(page) < 60
    page.reload()
    assert ground(page) < 60
    for path in (ORGANIZATION, "ru/index.html", f"kk/{FACT}"):
        assert ground(visit.to(path)) < 60
    visit.to("index.html")
    switch(page, "Follow the system")
    assert ground(page) > 200
    page.reload()
    assert ground(page) > 200


def test_the_system_decides_until_somebody_chooses(visiting: Callable[..., Visit], served: str) -> None:
    """The site is dark on a dark system and follows it while it is open; whoever chose light keeps it."""
    visit = visiting(served, viewport=DESK, color_scheme="dark")
    page = visit.to("index.html")
    assert ground(page) < 60
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    assert ground(page) > 200
    page.emulate_media(color_scheme="dark")
    switch(page, "Switch to light colours")
    page.reload()
    assert ground(page) > 200


def test_a_dark_system_never_sees_a_white_page(visiting: Callable[..., Visit], served: str) -> None:
    """On a dark system, with nothing chosen, a page is dark before any file with scripts has arrived."""
    visit = visiting(served, viewport=DESK, color_scheme="dark")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    visit.context.route("**/*.js", hold)
    visit.page.goto(f"{served}index.html", wait_until="commit")
    visit.page.locator("footer").wait_for()
    assert ground(visit.page) < 60
    assert [route.request.url for route in waiting if route.request.url.endswith("/site.js")]
    for route in waiting:
        route.continue_()
    visit.context.unroute("**/*.js")


def test_nothing_is_kept_before_somebody_chooses(visit: Visit) -> None:
    """A page that is only read leaves nothing in the browser; a choice of colours leaves that choice."""
    page = visit.to("index.html")
    assert page.evaluate("localStorage.length") == 0
    switch(page, "Switch to light colours")
    assert page.evaluate("Object.keys(localStorage)") == ["/.__palette"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_without_scripts(visiting: Callable[..., Visit], served: str, scheme: str) -> None:
    """Where no script runs, nothing can be chosen, no button is shown for it, and the system decides."""
    visit = visiting(served, viewport=DESK, color_scheme=scheme, java_script_enabled=False)
    page = visit.to(FACT)
    assert (ground(page) > 200) is (scheme == "light")
    expect(page.locator(".palette")).to_be_hidden()


def test_the_site_can_be_read_without_scripts(visiting: Callable[..., Visit], served: str) -> None:
    """Every way through the lists works without JavaScript, and the search page says what to do instead."""
    visit = visiting(served, viewport=DESK, java_script_enabled=False)
    page = visit.to("index.html")
    visit.follow(page.locator("#by-organization ~ ul.chips a").first)
    visit.follow(page.locator("ul.facts .fact > a").first)
    visit.follow(page.locator("ul.sources > li > a").first)
    assert visit.at().startswith("sources/")
    page = visit.to("search.html")
    assert "Search needs JavaScript. Without it, the organizations, the timeline" in page.locator("main").inner_text()


# Search


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("L01", ORGANIZATION),
        ("МСЦ", ORGANIZATION),
        ("ҚЖШ", ORGANIZATION),
        ("LL", "organizations/league-of-lights.html"),
    ],
)
def test_an_acronym_in_any_alphabet_finds_its_organization_first(visit: Visit, words: str, expected: str) -> None:
    """Latin or Cyrillic, Russian or Kazakh: the first result is the organization itself, and opens it."""
    page = visit.to("search.html")
    page.locator("#q").fill(words)
    searched(page)
    visit.follow(page.locator("#results a").first)
    assert visit.at() == expected


def test_nothing_of_the_index_is_fetched_before_a_search(visit: Visit) -> None:
    """Opening pages, the search page among them, costs none of the index; the first words typed fetch it."""
    for path in ("index.html", ORGANIZATION, "search.html"):
        visit.to(path)
        visit.page.wait_for_load_state("networkidle")
    assert [a for a in visit.asked if "/search/" in a] == []
    visit.page.locator("#q").press_sequentially("L01")
    searched(visit.page)
    assert [a for a in visit.asked if "/search/" in a] != []


CHOICES = {
    "type": "Facts",
    "status": "Reported",
    "kind": "Event",
    "year": "1937",
    "organization": "Heron Rock Light",
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_filter_narrows_the_results_and_is_in_the_address(visit: Visit, name: str) -> None:
    """A choice leaves as many results as it says; the address names it, and opens to the same results elsewhere."""
    page = visit.to("search.html?q=Rock")
    searched(page)
    every, label = count(page), CHOICES[name]
    unfold(page)
    page.locator(f"select[name={name}]").select_option(label)
    expect(page.locator("#said")).not_to_have_text(f"{every} found")
    searched(page)
    n = count(page)
    assert 0 < n < every
    assert labels(page, name)[label] == f"{label} ({n})"
    expect(page.locator("#said")).to_have_text(f"{n} found")
    shown = searched(page)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["Rock"], name: [label]}
    shared = page.url
    page.goto(visit.base)
    page.goto(shared)
    expect(page.locator("#said")).to_have_text(f"{n} found")
    assert searched(page) == shown
    expect(page.locator("#q")).to_have_value("Rock")
    expect(page.locator(f"select[name={name}]")).to_have_value(label)
    expect(page.locator("#filters summary")).to_have_text("Filters 1 chosen")
    unfold(page)
    page.locator(f"select[name={name}]").select_option("")
    expect(page.locator("#said")).to_have_text(f"{every} found")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["Rock"]}


def unfold(page: Page) -> None:
    """Open the filters, which a phone shows folded so that the results come first."""
    if not page.locator("#filters select").first.is_visible():
        page.locator("#filters summary").click()


def labels(page: Page, name: str) -> dict[str, str]:
    """What each open choice of a filter says, by its value."""
    open_choices = page.locator(f"select[name={name}] option:not([disabled])")
    return dict(open_choices.evaluate_all("os => os.map(o => [o.value, o.label])"))


def test_a_filter_keeps_what_it_promises(visit: Visit) -> None:
    """Once somebody filters, every other choice says how many results it would leave, and leaves that many."""
    page = visit.to("search.html?q=Rock&type=Facts")
    searched(page)
    value, said = next((v, s) for v, s in labels(page, "status").items() if v)
    unfold(page)
    page.locator("select[name=status]").select_option(value)
    expect(page.locator("#said")).to_have_text(f"{said.removeprefix(f'{value} (').removesuffix(')')} found")
    assert "Refuted" in labels(page, "status")


def test_filters_alone_list_what_they_allow(visit: Visit) -> None:
    """Without any words, two filters list exactly the facts that pass both."""
    page = visit.to("search.html?type=Facts&status=Refuted")
    searched(page)
    n = count(page)
    expect(page.locator("#results .status")).to_have_text(["Refuted"] * min(n, 10))
    while page.locator("#more").is_visible():
        before = page.locator("#results li").count()
        page.locator("#more").click()
        expect(page.locator("#results li")).not_to_have_count(before)
    expect(page.locator("#results li")).to_have_count(n)


def test_search_by_keyboard_alone(visiting: Callable[..., Visit], served: str) -> None:
    """Tab to the box at the top of any page, type, Enter, ArrowDown to the first result, Enter opens it."""
    visit = visiting(served, viewport=DESK)
    page = visit.to(FACT)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("header input[name=q]")).to_be_focused()
    page.keyboard.type("МСЦ")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: unquote(address) == f"{served}search.html?q=МСЦ")
    searched(page)
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}{ORGANIZATION}")


def test_the_first_tab_stop_skips_to_the_content(visit: Visit) -> None:
    """The first Tab shows a link that leads past the menu."""
    page = visit.to(FACT)
    page.keyboard.press("Tab")
    expect(page.locator("a.md-skip")).to_be_focused()
    expect(page.locator("a.md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_a_search_for_nothing_known_says_so(visit: Visit) -> None:
    """Words that occur nowhere give a plain answer, and no result."""
    page = visit.to("search.html")
    page.locator("#q").fill("zyxwvutsrq")
    expect(page.locator("#said")).to_have_text("No page has “zyxwvutsrq”. Nothing found.")
    expect(page.locator("#results li")).to_have_count(0)


# Explore


def test_explore_filters_all_facts_and_keeps_its_view_in_the_address(visit: Visit) -> None:
    """Words and a facet narrow the list, and the address opens to the same view."""
    page = visit.to("explore.html")
    said, entries = page.locator("#explore-said"), page.locator("#explore-list a")
    expect(said).to_have_text(re.compile(r"^([\d,]+) of \1 facts$"))
    page.locator("#explore-q").fill("ҚЖШ")
    expect(said).not_to_have_text(re.compile(r"^([\d,]+) of \1 facts$"))
    if not page.locator("#explore-form select[name=status]").is_visible():
        page.locator("#explore-form summary").click()
    page.locator("#explore-form select[name=status]").select_option(index=1)
    page.wait_for_url(re.compile("status="))
    view, shown = said.inner_text(), entries.all_inner_texts()
    assert shown
    shared = page.url
    page.goto(visit.base)
    page.goto(shared)
    expect(said).to_have_text(view)
    assert entries.all_inner_texts() == shown
    visit.follow(entries.first)
    expect(page.locator("h1")).to_have_text(shown[0])


# From a folder


@pytest.fixture
def folder(visiting: Callable[..., Visit], large_site: Path) -> Visit:
    """A visit to the site opened from its folder, without a server."""
    return visiting(f"{large_site.as_uri()}/", viewport=DESK)


def test_from_a_folder_every_kind_of_page_opens_and_leads_on(folder: Visit, large_site: Path) -> None:
    """Each page is styled and signed, its scripts run, and every link on it leads to a file that is there."""
    for path in KINDS.values():
        page = folder.to(path)
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header__inner')).display") == "flex"
        expect(page.locator(".palette button:visible")).to_have_count(1)
        links = page.eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
        )
        files = {unquote(urlsplit(link).path) for link in links if link.startswith("file:")}
        assert len(files) > 5
        assert [
            file for file in sorted(files) if not Path(file).is_file() or large_site not in Path(file).parents
        ] == []


def test_from_a_folder_the_way_to_a_source_can_be_clicked(folder: Visit) -> None:
    """Home, organization, fact, source and the contested claims work without a server."""
    page = folder.to("index.html")
    folder.follow(page.locator("#by-organization ~ ul.chips a").first)
    folder.follow(page.locator("ul.facts .fact > a").first)
    folder.follow(page.locator("ul.sources > li > a").first)
    assert folder.at().startswith("sources/")
    folder.follow(page.locator(".md-tabs a", has_text="Contested"))
    assert folder.at() == "contested.html"
    folder.follow(page.locator(".pair .claim a").first)
    assert folder.at().startswith("facts/")


def test_from_a_folder_the_search_finds_as_from_a_server(
    folder: Visit, visiting: Callable[..., Visit], served: str
) -> None:
    """Without a server the same pages are found, in the same order."""
    found = []
    for visit in (folder, visiting(served, viewport=DESK)):
        page = visit.to("search.html")
        page.locator("#q").fill("lantern of Heron Rock")
        page.locator("#q").press("Enter")
        searched(page)
        found.append(page.locator("#results a").evaluate_all("links => links.map(link => link.getAttribute('href'))"))
    assert found[0] == found[1]
    folder.follow(folder.page.locator("#results a").first)
    assert folder.at() == found[0][0]


def test_from_a_folder_light_and_dark_can_be_chosen(folder: Visit) -> None:
    """The button works there as well."""
    page = folder.to("index.html")
    switch(page, "Switch to light colours")
    switch(page, "Switch to dark colours")
    assert ground(folder.to(FACT)) < 60

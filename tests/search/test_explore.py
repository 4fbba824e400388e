"""Explore and Search as readers use them: every facet, both clocks, any spelling, by keyboard, and from a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from factbook.model import asof
from factbook.model.archive import Archive
from factbook.model.records import Revision
from readers import DESK, ORGANIZATION, PHONE, Visit

pytestmark = pytest.mark.browser
at_desk = pytest.mark.parametrize("visit", [DESK], indirect=True, ids=["desk"])
"""For what is found: the program is the same on every screen. What is seen of it is tried on both."""


@pytest.fixture(scope="module")
def archive(grown_archive: Archive) -> Archive:
    """The archive whose site is visited."""
    return grown_archive


def explored(visit: Visit, state: str = "") -> Page:
    """Explore, opened afresh at the view that the address names."""
    visit.page.goto("about:blank")
    page = visit.to(f"explore.html{state and '#'}{state}")
    folded = page.locator("#explore-filters:not([open]) > summary")
    if folded.count():  # on a phone
        folded.click()
    return page


def said(page: Page, n: int, of: int, more: str = "") -> None:
    """Wait until Explore says that it found ``n`` facts."""
    expect(page.locator("#explore-said")).to_have_text(f"{n:,} of {of:,} facts{more}")


def shown(page: Page) -> list[str]:
    """The ids of all facts found, in order, after asking for more as long as there are more."""
    addresses = page.evaluate(
        """async () => {
          const more = document.querySelector("#explore-more");
          const links = () => [...document.querySelectorAll("#explore-list a")].map((a) => a.getAttribute("href"));
          while (more.checkVisibility()) {
            const before = links().length;
            more.click();
            while (links().length === before) await new Promise(requestAnimationFrame);
          }
          return links();
        }"""
    )
    return [address.removeprefix("facts/").removesuffix(".html") for address in addresses]


def address(page: Page, expected: dict[str, list[str]]) -> None:
    """Wait until the address names that view, and nothing else."""
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).fragment) == expected)


FACETS: dict[str, Callable[[Archive, str], set[str]]] = {
    "organization": lambda a, v: {s.id for s in a.statements.values() if v in s.organizations},
    "person": lambda a, v: {s.id for s in a.statements.values() if v in s.people},
    "country": lambda a, v: {s.id for s in a.statements.values() if v in s.countries},
    "topic": lambda a, v: {s.id for s in a.statements.values() if v in s.topics},
    "status": lambda a, v: {s.id for s in a.statements.values() if v == a.status(s).id},
    "kind": lambda a, v: {s.id for s in a.statements.values() if v == s.kind},
    "weight": lambda a, v: {s.id for s in a.statements.values() if v == (s.weight or "full")},
    "source": lambda a, v: {s.id for s in a.statements.values() if v in {r.source for r in s.references}},
}
"""What each facet promises: the facts that have a value."""


@at_desk
@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_leaves_the_facts_it_counted(visit: Visit, archive: Archive, facet: str) -> None:
    """Each choice says how many facts there are; choosing it lists exactly those, and the address opens to them."""
    page = explored(visit)
    select = page.locator(f"select[name={facet}]")
    expect(select.locator("option").nth(1)).to_be_attached()
    offered = dict(select.locator("option").evaluate_all("os => os.slice(1).map(o => [o.value, o.text])"))
    counted = {value: int(text.rpartition("(")[2].rstrip(")").replace(",", "")) for value, text in offered.items()}
    assert counted == {value: len(FACETS[facet](archive, value)) for value in counted}
    value = next(iter(counted))
    select.select_option(value)
    said(page, counted[value], len(archive.statements))
    assert set(shown(page)) == FACETS[facet](archive, value)
    address(page, {facet: [value]})
    opened = explored(visit, urlsplit(page.url).fragment)
    said(opened, counted[value], len(archive.statements))
    expect(opened.locator(f"select[name={facet}]")).to_have_value(value)


@at_desk
def test_what_is_of_low_weight_comes_last_unless_another_order_is_asked_for(visit: Visit, archive: Archive) -> None:
    """Of the facts of a source, those of low weight follow the others; newest first, a date alone decides."""
    source = max(archive.by_source, key=lambda name: sum(f.low for f in archive.by_source[name]))
    facts = archive.by_source[source]
    assert {f.low for f in facts} == {True, False}
    assert shown(explored(visit, f"source={source}")) == [f.id for f in sorted(facts, key=lambda f: f.low)]
    assert shown(explored(visit, f"sort=newest&source={source}")) == [f.id for f in facts]


@at_desk
def test_a_span_of_years_keeps_what_may_lie_in_it(visit: Visit, archive: Archive) -> None:
    """From one year to another: every fact whose date can mean a day between them, and none without a date."""
    spans = {s.id: asof.possible(s.when) for s in archive.statements.values() if s.when}
    wanted = {name for name, (first, last) in spans.items() if last >= "1920" and first[:4] <= "1922"}
    page = explored(visit)
    page.locator("input[name=from]").fill("1920")
    page.locator("input[name=to]").fill("1922")
    said(page, len(wanted), len(archive.statements))
    assert set(shown(page)) == wanted
    address(page, {"from": ["1920"], "to": ["1922"]})


def test_contested_only_lists_what_is_contested(visit: Visit, archive: Archive) -> None:
    """The box leaves the facts whose status the vocabulary calls contested."""
    wanted = {s.id for s in archive.statements.values() if archive.status(s).has("contested")}
    page = explored(visit)
    page.get_by_label("Contested only").check()
    said(page, len(wanted), len(archive.statements))
    assert set(shown(page)) == wanted
    address(page, {"contested": ["yes"]})


@at_desk
@pytest.mark.parametrize("day", ["1904-03-10", "1911-01-31", "1925-06-01", "1950-06-15", "2024-01-01"])
def test_what_held_on_a_day_is_what_the_engine_says(visit: Visit, archive: Archive, day: str) -> None:
    """The clock of the world: the facts that held then, each marked as certain or possible, by the rule of asof."""
    held = {s.statement.id: s.holds for s in asof.asof(archive, asof.LAST, day)}
    certain, possible = ({name for name, holds in held.items() if holds == how} for how in ("certainly", "possibly"))
    page = explored(visit, f"held={day}")
    expect(page.locator("#explore-said")).to_have_text(
        re.compile(
            rf"^{len(certain | possible):,} of .* held on .*: {len(certain)} certainly, {len(possible)} possibly$"
        )
    )
    assert set(shown(page)) == certain | possible
    notes = page.locator("#explore-list .meta").all_inner_texts()
    assert sum(" · held then for certain · " in note for note in notes) == len(certain)
    assert sum(" · possibly held then · " in note for note in notes) == len(possible)


@at_desk
@pytest.mark.parametrize(
    ("folder", "day"), [("", "29 February 2024"), ("kk/", "2024 ж. 29 ақпан"), ("ru/", "29 февраля 2024")]
)
def test_a_day_is_said_in_the_words_of_the_page(visit: Visit, folder: str, day: str) -> None:
    """Not in those of the browser, which may be another country's, or lack the language."""
    page = visit.to(f"{folder}explore.html#asof=2024-02-29")
    expect(page.locator("#explore-said")).to_contain_text(day)


@at_desk
def test_half_a_day_waits_for_the_rest(visit: Visit, archive: Archive) -> None:
    """While a day is being typed the list stays as it was, and nothing is said of it."""
    page = explored(visit)
    page.locator("input[name=asof]").fill("1990-0")
    said(page, len(archive.statements), len(archive.statements))
    page.locator("input[name=asof]").fill("1990-01-01")
    said(page, 0, len(archive.statements), " · as the archive stood on 1 January 1990")


@at_desk
def test_as_the_archive_stood_on_a_day(visit: Visit, archive: Archive) -> None:
    """The clock of the archive: before its first entry there was nothing; on the last day, what there is now."""
    days = sorted({h.date for s in archive.statements.values() for h in s.history})
    page = explored(visit, "asof=1990-01-01")
    said(page, 0, len(archive.statements), " · as the archive stood on 1 January 1990")
    page.locator("input[name=asof]").fill(days[-1])
    expect(page.locator("#explore-said")).to_contain_text(f"{len(archive.statements):,} of")
    address(page, {"asof": [days[-1]]})


def test_what_changed_between_two_days(visit: Visit, archive: Archive) -> None:
    """Facts with an entry after the one day and up to the other, each with its status then; JSON bears both."""
    days = sorted({h.date for s in archive.statements.values() for h in s.history})
    first, last = days[0], days[-2]
    ledgers = {s.id: [h for h in s.history if h.date <= last] for s in archive.statements.values()}
    changed = {name: held for name, held in ledgers.items() if held and held[-1].date > first}
    page = explored(visit, f"since={first}&asof={last}")
    expect(page.locator("#explore-said")).to_contain_text(" · changed after ")
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    told = {row["id"]: (row["before"], row["status"]) for row in json.loads(download.value.path().read_text("utf-8"))}

    def status(name: str, held: list[Revision]) -> str:
        return archive.shown_status(archive.statements[name], held[-1].status).id if held else ""

    assert told == {
        name: (status(name, [h for h in held if h.date <= first]), status(name, held)) for name, held in changed.items()
    }
    assert {bool(then) for then, _ in told.values()} == {True, False}
    assert set(shown(page)) == set(told)
    notes = page.locator("#explore-list .meta").all_inner_texts()
    fresh = sum(not then for then, _ in told.values())
    assert sum("new since then" in note for note in notes) == fresh
    assert sum("then: " in note for note in notes) == len(told) - fresh


@at_desk
def test_explore_asks_the_ledger_for_the_status_of_a_day(visit: Visit) -> None:
    """A fact bears the status of its last entry up to the day, in the list, among the facets, and as contested."""
    page = explored(visit)
    page.evaluate(
        """() => {
          const data = globalThis.factbook;
          data.days.unshift("2001-01-01");
          data.ledgers = data.ledgers.map((ledger) => ledger.map((at, i) => i % 2 ? at : at + 1));
          const disputed = data.statuses.findIndex(([id]) => id === "disputed");
          data.ledgers[0] = [0, disputed, ...data.ledgers[0]];
        }"""
    )
    page.locator("input[name=asof]").fill("2001-06-01")
    expect(page.locator("#explore-list li")).to_have_count(1)
    expect(page.locator("#explore-list .status")).to_have_text("Disputed")
    expect(page.locator("select[name=status] option")).to_have_text(["any", "Disputed (1)"])
    page.get_by_label("Contested only").check()
    expect(page.locator("#explore-list li")).to_have_count(1)


@at_desk
@pytest.mark.parametrize(
    "spellings",
    [("L01", "МСЦ", "ҚЖШ", "l01"), ("маяк цапли", "mayak tsapli"), ("Құтан шамшырағы", "qutan shamshyraghy")],
)
def test_explore_finds_the_same_in_every_spelling(visit: Visit, archive: Archive, spellings: tuple[str, ...]) -> None:
    """Latin or Cyrillic, Kazakh or Russian: the same facts."""
    found = set()
    for spelling in spellings:
        page = explored(visit)
        page.locator("#explore-q").fill(spelling)
        expect(page.locator("#explore-said")).not_to_have_text(re.compile(r"^([\d,]+) of \1 facts$"))
        found.add((page.locator("#explore-said").inner_text(), tuple(shown(page))))
    assert len(found) == 1
    assert found.pop()[1]


@at_desk
@pytest.mark.parametrize(
    "spellings",
    [("L01", "МСЦ", "ҚЖШ", "l01"), ("маяк цапли", "mayak tsapli"), ("Құтан шамшырағы", "qutan shamshyraghy")],
)
def test_search_finds_the_same_in_every_spelling(visit: Visit, spellings: tuple[str, ...]) -> None:
    """So does the search, in the same order."""
    found = set()
    for spelling in spellings:
        page = visit.to("search.html")
        page.locator("#q").fill(spelling)
        expect(page.locator("#said")).to_have_text(re.compile(r"^[\d,]+ found$"))
        expect(page.locator("#results li")).to_have_count(10)
        found.add((page.locator("#said").inner_text(), tuple(page.locator("#results a").all_inner_texts())))
    assert len(found) == 1


@at_desk
def test_a_person_is_found_by_another_spelling_of_the_name(visit: Visit) -> None:
    """The first result is the person's own page."""
    page = visit.to("search.html?q=Ann Morow")
    expect(page.locator("#results a").first).to_have_attribute("href", "people/ane-morrow.html")


def test_search_forgives_a_typo_and_says_so(visit: Visit) -> None:
    """A word that occurs nowhere is named, with the one that is shown instead."""
    page = visit.to("search.html")
    page.locator("#q").fill("lantrn sailrs")
    expect(page.locator("#said")).to_have_text(
        re.compile(
            r"^No page has “lantrn”; showing “lantern”\. No page has “sailrs”; showing “sailors”\. "
            r"Nothing has all of these words; what has some is shown\. [\d,]+ found$"
        )
    )
    expect(page.locator("#results li").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("lantrn sailrs")


@at_desk
def test_the_words_are_fetched_only_when_one_is_unknown(visit: Visit) -> None:
    """A search for words that occur does not cost the lists of words."""
    page = visit.to("search.html?q=lantern")
    expect(page.locator("#results li")).to_have_count(10)
    page.wait_for_load_state("networkidle")
    assert [a for a in visit.asked if re.search(r"search/w\d", a)] == []
    page.locator("#q").fill("lantrn")
    expect(page.locator("#said")).to_contain_text("showing “lantern”")
    assert [a for a in visit.asked if re.search(r"search/w\d", a)] != []


@at_desk
def test_explore_forgives_a_typo_and_says_so(visit: Visit) -> None:
    """The nearest word stands in for one that does not occur."""
    page = explored(visit)
    page.locator("#explore-q").fill("lantrn")
    expect(page.locator("#explore-said")).to_have_text(
        re.compile(r"^[\d,]+ of [\d,]+ facts · No page has “lantrn”; showing “lantern”.$")
    )
    expect(page.locator("#explore-list li").first).to_be_visible()


def test_nothing_found_says_what_to_leave_out(visit: Visit) -> None:
    """Each choice without which there would be something is a button that says how much, and does it."""
    page = explored(visit, "q=lantern&asof=1990-01-01")
    expect(page.locator("#explore-loosen p")).to_have_text("Nothing matches all of this. To find more, leave one out:")
    buttons = page.locator("#explore-loosen button")
    expect(buttons).to_have_text([re.compile(r"^Archive as of: 1990-01-01 \(\d+\)$")])
    n = int(buttons.inner_text().rpartition("(")[2].rstrip(")"))
    buttons.click()
    expect(page.locator("#explore-said")).to_have_text(re.compile(rf"^{n} of [\d,]+ facts$"))
    expect(page.locator("#explore-loosen")).to_be_hidden()
    expect(page.locator("#explore-q")).to_be_focused()


@at_desk
def test_a_word_that_nothing_resembles_is_named(visit: Visit) -> None:
    """The reader learns which word stands nowhere; the others are looked for all the same."""
    page = explored(visit, "q=lantern zyxwvutsrq&topic=storms")
    expect(page.locator("#explore-said")).to_have_text(
        re.compile(r"^[1-9][\d,]* of [\d,]+ facts · No page has “zyxwvutsrq”\.$")
    )
    page.locator("#explore-q").fill("zyxwvutsrq")
    expect(page.locator("#explore-said")).to_have_text(re.compile(r"^0 of [\d,]+ facts · No page has “zyxwvutsrq”\.$"))


UNKNOWN = (
    *("status=nonsense", "organization=league-that-has-moved", "held=2021-02-30", "asof=2026-13-45"),
    *("held=20245-01-01", "since=yesterday"),
    *("Status=disputed", "nonsense=1"),
)


@at_desk
@pytest.mark.parametrize("state", UNKNOWN)
def test_what_an_address_asks_for_in_vain_is_said(visit: Visit, archive: Archive, state: str) -> None:
    """What no choice offers finds nothing, is named, and one press leaves it out."""
    page = explored(visit, state)
    said(page, 0, len(archive.statements), f" · There is nothing to filter by called {state}.")
    page.locator("#explore-loosen button").click()
    said(page, len(archive.statements), len(archive.statements))


@at_desk
@pytest.mark.parametrize("state", ["q=%E0%A4%A", "topic=%FF", "q=storm%C3"])
def test_an_address_that_is_damaged_is_said_to_be(visit: Visit, archive: Archive, state: str) -> None:
    """Nobody searched for what no browser can decode, so nothing is said of its words."""
    page = explored(visit, state)
    said(page, 0, len(archive.statements), " · The address cannot be read: a part of it is damaged.")


@at_desk
def test_a_span_that_is_the_wrong_way_round_is_said(visit: Visit, archive: Archive) -> None:
    """It holds nothing, and the reader learns why; the right way round, it holds what it did."""
    page = explored(visit, "from=1950&to=1900")
    told = " · The years are the wrong way round: 1950 is later than 1900."
    said(page, 0, len(archive.statements), told)
    page.locator("#explore-form [name=to]").fill("1950")
    expect(page.locator("#explore-said")).not_to_contain_text("wrong way round")


@at_desk
def test_years_are_numbers(visit: Visit, archive: Archive) -> None:
    """A year of five digits comes after all others, not between them."""
    said(explored(visit, "from=10000"), 0, len(archive.statements))


@at_desk
def test_explore_finds_in_the_order_of_the_search(visit: Visit) -> None:
    """The best first: the facts in the list of all facts are those of the search, in its order."""
    for words in ("which light got a lantern", "sailors at Heron Rock", "flag"):
        page = visit.to(f"search.html?q={words}&type=Facts")
        expect(page.locator("#said")).to_have_text(re.compile(r"^[\d,]+ found$"))
        expect(page.locator("#results li").first).to_be_visible()
        wanted = page.locator("#results a").evaluate_all("l => l.map(a => a.getAttribute('href'))")
        page = explored(visit, f"q={words}")
        expect(page.locator("#explore-list mark").first).to_be_visible()
        found = page.locator("#explore-list a").evaluate_all("l => l.map(a => a.getAttribute('href'))")
        assert found[: len(wanted)] == wanted[: len(found)]


ORDERS = {
    "newest": lambda a: [s.id for s in a.newest_first],
    "oldest": lambda a: [s.id for s in reversed(a.newest_first)],
    "status": lambda a: [
        s.id for s in sorted(a.newest_first, key=lambda s: list(a.vocabulary["statuses"]).index(a.status(s).id))
    ],
    "changed": lambda a: [s.id for s in sorted(a.newest_first, key=lambda s: s.history[-1].date, reverse=True)],
}


@at_desk
@pytest.mark.parametrize("order", ORDERS)
def test_the_list_can_be_ordered(visit: Visit, archive: Archive, order: str) -> None:
    """Newest or oldest first, last changed first, or by status as the vocabulary orders them; newest within."""
    page = explored(visit)
    page.locator("select[name=sort]").select_option(order)
    assert shown(page) == ORDERS[order](archive)


def test_explore_by_keyboard_alone(visiting: Callable[..., Visit], served: str) -> None:
    """Type, tab to the facets, choose by arrow key, go through the list by arrow keys, and open a fact."""
    visit = visiting(served, viewport=DESK)
    page = explored(visit)
    expect(page.locator("#explore-q")).to_be_focused()
    page.keyboard.type("heron")
    expect(page.locator("#explore-said")).not_to_have_text(re.compile(r"^([\d,]+) of \1 facts$"))
    page.keyboard.press("Tab")
    expect(page.locator("#explore-filters summary")).to_be_focused()
    page.keyboard.press("Tab")
    select = page.locator("select[name=organization]")
    expect(select).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(select).not_to_have_value("")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#explore-q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    first = page.locator("#explore-list a").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#explore-q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.fullmatch(r"facts/[a-z0-9-]+\.html", visit.at())
    page.go_back()
    expect(page.locator("#explore-q")).to_have_value("heron")
    expect(page.locator("select[name=organization]")).not_to_have_value("")


@at_desk
def test_what_is_chosen_while_words_are_looked_for_stays_chosen(visit: Visit) -> None:
    """What a reader chooses before older choices are counted stands in the form, and in the address, when they are."""
    page = explored(visit)
    expect(page.locator("select[name=organization] option").nth(1)).to_be_attached()
    wanted, kept = page.evaluate(
        """async () => {
          const { finder } = globalThis;
          const { open } = finder;
          const [box, said] = ["q", "said"].map((name) => document.querySelector(`#explore-${name}`));
          const select = document.querySelector("select[name=organization]");
          const set = (field, value) => {
            field.value = value;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          };
          const before = said.textContent;
          set(box, "heron");
          while (said.textContent === before) await new Promise(requestAnimationFrame);
          // Its choices are not counted yet. From now on a search takes longer than they wait.
          finder.open = async (...given) => {
            await new Promise((done) => setTimeout(done, 600));
            return open(...given);
          };
          set(box, "heron rock");
          const wanted = select.options[1].value;
          set(select, wanted);
          await new Promise((done) => setTimeout(done, 400));
          return [wanted, select.value];
        }"""
    )
    assert wanted and kept == wanted
    address(page, {"q": ["heron rock"], "organization": [wanted]})


def test_more_facts_are_shown_where_the_reader_is(visit: Visit) -> None:
    """The button adds as many lines as there were, ten on a phone, and the focus goes to the first of them."""
    page = explored(visit)
    lines = 10 if page.viewport_size == PHONE else 20
    expect(page.locator("#explore-list li")).to_have_count(lines)
    page.locator("#explore-more").press("Enter")
    expect(page.locator("#explore-list li")).to_have_count(2 * lines)
    expect(page.locator("#explore-list a").nth(lines)).to_be_focused()


def test_on_a_phone_the_results_come_first(visiting: Callable[..., Visit], served: str) -> None:
    """The filters are folded away, and one press opens them; no keyboard is called up by itself."""
    visit = visiting(served, viewport=PHONE, has_touch=True, is_mobile=True)
    page = visit.to("explore.html")
    expect(page.locator("#explore-list li").first).to_be_in_viewport()
    expect(page.locator("select[name=status]")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") != "explore-q"
    page.locator("#explore-filters summary").tap()
    expect(page.locator("select[name=status]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_filters_say_how_many_are_chosen(visit: Visit) -> None:
    """Whoever opens a shared view on a phone sees that something is filtered; Clear undoes all of it."""
    page = explored(visit, "status=reported&contested=yes")
    expect(page.locator("#explore-filters summary .meta")).to_have_text("2 chosen")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#explore-said")).to_have_text(re.compile(r"^([\d,]+) of \1 facts$"))
    expect(page.locator("#explore-filters summary .meta")).to_be_empty()
    address(page, {})


def test_every_control_of_explore_has_a_name(visit: Visit) -> None:
    """A screen reader can say what each is for, and hears what was found."""
    page = explored(visit)
    for name in ("Organization", "Person", "Country", "Topic", "Status", "Kind", "Source", "Order"):
        expect(page.get_by_role("combobox", name=name)).to_be_visible()
    for name in ("From year", "To year"):
        expect(page.get_by_role("spinbutton", name=name)).to_be_visible()
    for name in ("True on", "Archive as of"):
        expect(page.get_by_label(name)).to_be_visible()
    said = page.get_by_role("status").filter(has_text=re.compile(r"[\d,]+ of [\d,]+ facts"))
    expect(said).to_have_count(1)
    expect(page.get_by_role("list").filter(has=page.locator("li.fact"))).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "facet"),
    [
        (ORGANIZATION, "organization"),
        ("topics/storms.html", "topic"),
        ("people/ane-morrow.html", "person"),
        ("countries/ferrow-isles.html", "country"),
        ("sources/shelf-07-news.html", "source"),
    ],
)
def test_a_page_leads_to_its_facts_in_the_list_of_all(visit: Visit, archive: Archive, path: str, facet: str) -> None:
    """There they can be ordered, narrowed and taken away: the link of a page shows exactly the facts of that page."""
    page = visit.to(path)
    visit.follow(page.get_by_role("link", name="Sort, filter or download these facts"))
    facts = FACETS[facet](archive, Path(path).stem)
    said(page, len(facts), len(archive.statements))
    assert set(shown(page)) == facts


def test_a_facet_without_values_is_not_offered(visiting: Callable[..., Visit], small_site: Path) -> None:
    """An archive that records no countries has no facet of countries."""
    visit = visiting(f"{small_site.as_uri()}/", viewport=DESK)
    page = visit.to("explore.html")
    expect(page.locator("select[name=organization]")).to_be_visible()
    for name in ("person", "country"):
        select = page.locator(f"select[name={name}]")
        assert select.is_visible() == page.evaluate("name => name in globalThis.factbook.facets", name)


def test_from_a_folder_explore_does_all_of_it(visiting: Callable[..., Visit], large_site: Path) -> None:
    """Without a server: any spelling, a typo, a facet, a clock, and the way to a fact."""
    visit = visiting(f"{large_site.as_uri()}/", viewport=DESK)
    page = visit.to("explore.html#q=ҚЖШ")
    expect(page.locator("#explore-list li").first).to_be_visible()
    page.locator("#explore-q").fill("lantrn")
    expect(page.locator("#explore-said")).to_contain_text("showing “lantern”")
    page.locator("#explore-q").fill("")
    page.locator("select[name=topic]").select_option(index=1)
    page.locator("input[name=held]").fill("1950-06-15")
    expect(page.locator("#explore-said")).to_contain_text("held on")
    page.locator("input[name=held]").fill("")
    visit.follow(page.locator("#explore-list a").first)
    assert visit.at().startswith("facts/")

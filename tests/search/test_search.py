"""One search, three doors: the keys are alike in the engine and in the pages, and what was meant stands first."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

import archives
import sites
from archives import ROOT, TODAY
from factbook.check.report import text
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.search import fold, keys, written_pages
from factbook.search.numbers import distances, number
from factbook.search.words import Words
from readers import DESK, FACT, ORGANIZATION, PHONE, Visit

ASSETS = ROOT / "scripts" / "factbook" / "theme" / "assets"
BENCH = ROOT / "bench" / "search.py"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FOUND = re.compile(r"^\d[\d,]* found$")


# Keys


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    """A page on which the scripts that make keys are loaded."""
    page = chromium.new_page()
    for name in ("fold.js", "vendor/snowball.js", "search.js"):
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()


def in_browser(script: Page, words: list[str], ended: bool) -> list[list[str]]:
    """The keys that the page's script gives each word."""
    return script.evaluate(
        "([words, endings, ended]) => words.map(word => globalThis.search.keysOf(word, endings, ended))",
        [words, list(keys.lists()["kk-endings"]), ended],
    )


@pytest.mark.parametrize("ended", [False, True])
def test_the_script_gives_every_word_of_the_archive_the_keys_of_the_engine(
    script: Page, real_archive: Archive, ended: bool
) -> None:
    """Stems and all, for every word of the records of this project, in each of its alphabets."""
    archive = real_archive
    texts = [
        *(t for f in archive.statements.values() for t in (f.claim, f.note, *(t.claim for t in f.translations))),
        *(n.text for o in archive.organizations.values() for n in o.names),
        *(s.title for s in archive.sources.values()),
    ]
    words = sorted({word for one in texts for word in keys.words_of(one)})
    assert len(words) > 3000
    assert in_browser(script, words, ended) == [list(keys.of_word(word, ended)) for word in words]
    light = script.evaluate("words => words.map(word => globalThis.search.light(word))", words)
    assert light == [keys.light(word) for word in words]


LETTERS = st.text(st.sampled_from("aeiosrtnlzyngdkиываостнеьйщқңәдаларғнті'"), min_size=1, max_size=14)


@settings(max_examples=10)
@given(words=st.lists(LETTERS, min_size=150, max_size=150))
def test_the_script_gives_any_word_the_keys_of_the_engine(script: Page, words: list[str]) -> None:
    """Whatever is typed: a word that nobody ever wrote has the same stems on both sides."""
    plain = [word for one in words for word in fold.plain(one)]
    assert in_browser(script, plain, True) == [list(keys.of_word(word, True)) for word in plain]


WHOLE = (
    "1,410 warheads",
    "1\u00a0410",
    "1,234,567",
    "1,41",
    "12,3456",
    "U.N. and U.S.A.",
    "А.С. Пушкин",
    "e.g. so",
    "F-16 and МиГ-29",
    "2022-2025",
    "a-b-1",
)


def test_numbers_and_acronyms_are_whole_on_both_sides(script: Page) -> None:
    """Signs between thousands, dots in acronyms and hyphens in designations go; all others stay."""
    made = script.evaluate("texts => texts.map(text => globalThis.search.whole(text))", list(WHOLE))
    assert made == [keys.whole(one) for one in WHOLE]
    assert [fold.plain(one) for one in made[:6]] == [
        ["1410", "warheads"], ["1410"], ["1234567"], ["1", "41"], ["12", "3456"], ["un", "and", "usa"],
    ]  # fmt: skip
    assert [fold.plain(one) for one in made[8:]] == [["f16", "and", "миг29"], ["2022", "2025"], ["a", "b", "1"]]


def test_a_variant_is_found_by_what_it_is_one_of() -> None:
    """F-16C is an F-16, in any letters; a number with a letter behind it alone is none."""
    for variant, of in (("an F-16C came", "f16"), ("МиГ-29СМТ", "миг29"), ("Il 76MD and Il76MD", "il76")):
        assert fold.folded(of) in list(keys.of_text(variant)), variant
    assert list(keys.of_text("the 25th")) == ["25th"]


ALIKE = {
    "peacekeep": "peacekeeper peacekeepers peacekeeping",
    "join": "join joins joined joining",
    "organis": "organization organisation organizations organised",
    "mirotvorts": "миротворцы миротворцев миротворцами миротворцам",
    "bitimger": "бітімгерлер бітімгершілер бітімгерлердің бітімгер",
}


@pytest.mark.parametrize("stem", ALIKE)
def test_inflected_forms_have_a_key_in_common(stem: str) -> None:
    """In English, Russian and Kazakh: the forms of a word meet in a stem."""
    folded = fold.words(stem)[0]
    assert [word for word in ALIKE[stem].split() if folded not in keys.of_word(word)] == []


def test_stop_words_are_left_out_unless_they_are_acronyms() -> None:
    """Small words say nothing, but WHO is an organization."""
    assert list(keys.of_text("who says that in the US")) == ["sais", "sai", "us"]
    assert "vho" in list(keys.of_text("The WHO was asked"))
    assert list(keys.of_text("что и где")) == []
    assert list(keys.of_text("қашан және қайда")) == []


def test_joined_and_parted_words_are_one() -> None:
    """A hyphen joins; two neighbours are joined where the archive has the word in one."""
    assert "peacekep" in set(keys.of_text("peace-keeping"))
    assert "peacekep" in set(keys.of_text("peace keeping", joined={"peacekeeping"}))
    assert "peacekep" not in set(keys.of_text("peace keeping"))
    assert "veaponsofmasdestruction" in set(
        keys.of_text("weapons of mass destruction", joined={"weaponsofmassdestruction"}, longest=4)
    )


@given(st.lists(st.integers(0, 5_000_000), max_size=50, unique=True))
def test_numbers_are_read_as_they_are_written(documents: list[int]) -> None:
    """Distances of rising numbers in base-64 digits give the numbers again."""
    documents.sort()
    found, n, shift, last = [], 0, 0, 0
    for letter in distances(documents):
        digit = DIGITS.index(letter)
        n |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            last += n
            found.append(last)
            n = shift = 0
    assert found == documents
    assert len(number(31)) == 1 and len(number(32)) == 2


def test_words_are_listed_by_the_length_of_their_folded_form() -> None:
    """Most frequent first, in one spelling; stop words are left out."""
    words = Words()
    words.know(["The lamp, the lamp of Ferrow", "a lamp and Лампа", "peace-keeping"])
    lines = words.by_length()
    assert lines[4] == ["lamp"]
    assert lines[5] == ["ferov ferrow", "peace", "lampa лампа"]
    assert "peacekeping peacekeeping" in lines[11]


# Written pages


def test_a_written_page_is_found_by_its_parts(grown_archive: Archive) -> None:
    """Each heading with its text is one part; menus, forms and blocks of records are none; defined words are."""
    html = (
        '<nav><a href="x">Menu</a></nav><main id="main"><h1 id="method">Method<a class="headerlink">¶</a></h1>'
        '<p>What <b>counts</b>.</p><form><label>Search</label></form><h2 id="dates">Dates</h2><p>A year.</p>'
        '<div data-factbook="words statuses"></div></main><footer>Bottom</footer>'
    )
    assert [(p.address, p.title, p.heading, p.text) for p in written_pages.parts("method.html", html)] == [
        ("method.html", "Method", "", "What counts."),
        ("method.html#dates", "Method", "Dates", "A year."),
    ]
    defined = written_pages.defined("method.html", html, grown_archive.vocabulary)
    assert ("method.html#statuses-refuted", "Refuted") in [(p.address, p.heading) for p in defined]


# Synonyms


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("synonyms:\n  - [lamp, lantern]\n  - [light, Lantern]\n", "this word stands among the synonyms already"),
        ("synonyms:\n  - [lamp]\n", "synonyms is too short [too-few]"),
        ("synonyms: lamp\n", "synonyms"),
        ("synonym:\n  - [lamp, lantern]\n", "there is no such field"),
    ],
)
def test_what_is_wrong_with_synonyms_is_said(tmp_path: Path, content: str, said: str) -> None:
    """The check reads facts/synonyms.yaml with the others, and none of it holds while it is wrong."""
    root = archives.archive(tmp_path / "archive")
    archives.write(root, "synonyms.yaml", content)
    archive, problems = check(root, TODAY)
    assert said in text(problems) and "facts/synonyms.yaml:" in text(problems)
    assert archive is not None and archive.synonyms == ()


def test_synonyms_are_read(tmp_path: Path) -> None:
    """One group a line, phrases among them."""
    root = archives.archive(tmp_path / "archive")
    archives.write(root, "synonyms.yaml", "synonyms:\n  - [lamp, signal lamp, лампа]\n")
    archive, problems = check(root, TODAY)
    assert problems == []
    assert archive is not None and archive.synonyms == (("lamp", "signal lamp", "лампа"),)


@pytest.mark.build
def test_who_searches_for_a_synonym_finds_what_has_the_word(tmp_path: Path, visiting: Callable[..., Visit]) -> None:
    """A word that no record has finds those with another of its group, also where that is a phrase."""
    root = sites.small(tmp_path / "archive")
    archives.write(root, "synonyms.yaml", "synonyms:\n  - [storm, hurricane]\n  - [Board of Keepers, headquarters]\n")
    site = sites.build(root)
    visit = visiting(f"{site.as_uri()}/", viewport=DESK)
    page = visit.to("search.html?q=hurricane&type=Facts")
    expect(page.locator("#results a").first).to_contain_text("storm")
    page = visit.to("search.html?q=headquarters")
    expect(page.locator("#results a").first).to_contain_text("Board of Keepers")


# What is found


def test_the_search_meets_its_targets(real_site: Path) -> None:
    """Of the queries that the search is tuned on, at both doors, by the scripts of the built site."""
    command = [sys.executable, str(BENCH), str(real_site), str(BENCH.with_name("queries.yml")), "--misses"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


NOWHERE = ("vaccine", "penguin", "strawberry", "qwertyuiop", "zzzz", "пингвин", "велосипед", "қалқаншалар")


@pytest.mark.parametrize("word", NOWHERE)
def test_a_word_that_stands_nowhere_is_said_to(visit: Visit, word: str) -> None:
    """Nothing is found for it, and the reader may propose a fact."""
    page = visit.to(f"search.html?q={word}")
    expect(page.locator("#said")).to_have_text(f"No page has “{word}”. Nothing found.")
    expect(page.locator("#results li")).to_have_count(0)
    expect(page.locator("#propose a").first).to_be_visible()


def test_a_word_that_stands_nowhere_does_not_hide_the_others(visit: Visit) -> None:
    """The words that occur are looked for, and the one that does not is named."""
    page = visit.to("search.html?q=L01 penguin")
    expect(page.locator("#said")).to_have_text(re.compile(r"^No page has “penguin”\. \d+ found$"))
    expect(page.locator("#results a").first).to_have_attribute("href", ORGANIZATION)


def test_the_beginning_of_a_word_finds_while_it_is_typed(visit: Visit) -> None:
    """Somebody in the middle of a word sees what it may become, and that it is no whole word yet."""
    page = visit.to("search.html")
    page.locator("#q").press_sequentially("morro")
    expect(page.locator("#said")).to_have_text(
        re.compile(r"^No page has “morro”; showing words that begin with it\. \d+ found$")
    )
    expect(page.locator("#results a").first).to_have_attribute("href", "people/ane-morrow.html")


def test_stop_words_alone_find_nothing_and_say_so(visit: Visit) -> None:
    """A question without a word of its own is answered with advice."""
    page = visit.to("search.html?q=what is it about")
    expect(page.locator("#said")).to_have_text(
        "These words are on nearly every page. Add one that is not. Nothing found."
    )


def test_a_line_shows_kind_verdict_and_marks(visit: Visit) -> None:
    """The verdict leads a claim that is false, the kind is said, and the words that were looked for are marked."""
    page = visit.to("search.html?q=keeper left Gull Rock")
    line = page.locator("#results li", has=page.locator(f"a[href='{FACT}']"))
    expect(line.locator("a > b.led")).to_have_text(re.compile(r"^\S.*: $"))
    assert {"keeper", "Gull"} <= set(line.locator("mark").all_inner_texts())
    expect(line.locator(".meta")).to_contain_text("Fact · Disputed · ")
    page = visit.to("search.html?q=МСЦ")
    first = page.locator("#results li").first
    expect(first.locator(".meta")).to_contain_text("Organization · ")
    expect(first.locator(".excerpt")).to_be_visible()


def test_written_pages_are_found(visit: Visit) -> None:
    """Method, data and the ways to contribute; an address leads to the part that has the words."""
    page = visit.to("search.html?q=feeds for programs")
    addresses = page.locator("#results a")
    expect(addresses.first).to_be_visible()
    found = addresses.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(address.startswith("data.html") for address in found)


def test_a_written_page_of_another_language_is_found_where_there_is_no_own(visit: Visit) -> None:
    """The Russian search shows Russian pages, and English ones only where no Russian one tells the same."""
    page = visit.to("ru/search.html?q=feeds for programs")
    expect(page.locator("#results a").first).to_be_visible()
    found = page.locator("#results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert "../method.html" not in [address.partition("#")[0] for address in found]
    visit.follow(page.locator("#results a[href^='../']").first)
    assert not visit.at().startswith("ru/")


@pytest.mark.parametrize(("folder", "found"), [("", "found"), ("ru/", "найдено"), ("kk/", "табылғаны")])
def test_each_language_finds_and_says_it_in_its_own_words(visit: Visit, folder: str, found: str) -> None:
    """The same documents in every language, each with its own lines and sentences."""
    page = visit.to(f"{folder}search.html?q=МСЦ")
    expect(page.locator("#said")).to_contain_text(found)
    first = page.locator("#results a").first
    expect(first).to_have_attribute("href", ORGANIZATION)
    visit.follow(first)
    assert visit.at() == f"{folder}{ORGANIZATION}"


def test_a_filter_that_is_not_there_is_said(visit: Visit) -> None:
    """An address that asks for a status which does not exist finds nothing and says why."""
    page = visit.to("search.html?q=L01&status=nonsense")
    expect(page.locator("#said")).to_have_text("There is nothing to filter by called status=nonsense. Nothing found.")


@pytest.mark.parametrize("state", ["topic=zzz", "from=10000"])
def test_a_filter_that_no_search_has_is_said(visit: Visit, state: str) -> None:
    """What the page has no choice for is not dropped without a word."""
    page = visit.to(f"search.html?q=L01&{state}")
    expect(page.locator("#said")).to_have_text(f"There is nothing to filter by called {state}. Nothing found.")


@pytest.mark.parametrize("query", ["q=%E0%A4%A", "q=storm%FF", "status=%C3"])
def test_an_address_that_is_damaged_is_said_to_be(visit: Visit, query: str) -> None:
    """Nobody searched for what no browser can decode; what is typed afterwards is searched for as ever."""
    page = visit.to(f"search.html?{query}")
    expect(page.locator("#said")).to_have_text("The address cannot be read: a part of it is damaged.")
    page.locator("#q").fill("storm")
    expect(page.locator("#said")).not_to_contain_text("damaged")


def test_what_only_follows_readers_about_changes_no_search(visit: Visit) -> None:
    """A link that a network of friends has lengthened finds what it found before."""
    page = visit.to("search.html?q=L01&utm_source=x&fbclid=y")
    expect(page.locator("#said")).to_have_text(FOUND)


def test_a_text_from_right_to_left_runs_so_among_the_results(visit: Visit) -> None:
    """Its own letters decide, so that a sign at its end stands at its left."""
    page = visit.to("search.html?q=L01")
    expect(page.locator("#results li")).to_have_count(10)
    title = page.locator("#results a bdi").first
    title.evaluate("e => { e.textContent = 'عيتون!'; }")
    assert title.evaluate("e => getComputedStyle(e).direction") == "rtl"
    excerpts = page.locator("#results .excerpt")
    assert set(excerpts.evaluate_all("es => es.map((e) => e.dir)")) <= {"auto"}


def test_a_browser_without_the_newest_interfaces_searches(visiting: Callable[..., Visit], served: str) -> None:
    """URLSearchParams.size is younger than many browsers: a shared search opens without it and stays shareable."""
    visit = visiting(served, viewport=DESK)
    visit.context.add_init_script("delete URLSearchParams.prototype.size;")
    page = visit.to("search.html?q=L01")
    expect(page.locator("#said")).to_have_text(FOUND)
    page.locator("#q").fill("L02")
    page.wait_for_url(f"{served}search.html?q=L02")


def test_a_site_made_anew_is_searched_anew(visiting: Callable[..., Visit], served: str, large_site: Path) -> None:
    """An index that a browser kept from an older site is fetched again when its parts do not fit."""
    visit = visiting(served, viewport=DESK)
    old = re.sub(
        r'^factbookSearch\("\w+"', 'factbookSearch("000000000000"', (large_site / "search/index.js").read_text("utf-8")
    )
    given: list[str] = []

    def stale(route: Route) -> None:
        given.append(route.request.url)
        if len(given) == 1:
            route.fulfill(body=old, content_type="text/javascript")
        else:
            route.continue_()

    visit.context.route("**/search/index.js*", stale)
    page = visit.to("search.html?q=L01")
    expect(page.locator("#said")).to_have_text(FOUND)
    assert len(given) == 2 and given[0] != given[1]


# The boxes that lead to the search page


@pytest.mark.parametrize("place", ["served", "folder"])
def test_a_box_shows_results_while_somebody_types(
    visiting: Callable[..., Visit], served: str, large_site: Path, place: str
) -> None:
    """A slash goes to the box, arrows choose, Escape closes, Enter opens what is chosen: from a server and a folder."""
    visit = visiting(served if place == "served" else f"{large_site.as_uri()}/", viewport=DESK)
    page = visit.to("index.html")
    page.keyboard.press("/")
    box = page.locator("#find")
    expect(box).to_be_focused()
    box.press_sequentially("МСЦ")
    options = page.locator(".suggested [role=option]")
    expect(options.first).to_contain_text("Heron Rock Light")
    expect(options.last).to_have_text(re.compile(r"^All \d+ results$"))
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially(" ")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert visit.at() == ORGANIZATION


@pytest.mark.parametrize("place", ["served", "folder"])
def test_enter_in_a_box_leads_to_the_search_page(
    visiting: Callable[..., Visit], served: str, large_site: Path, place: str
) -> None:
    """No form is sent, which a browser may refuse from a folder: the address is opened."""
    visit = visiting(served if place == "served" else f"{large_site.as_uri()}/", viewport=PHONE)
    page = visit.to("index.html")
    page.evaluate("() => { HTMLFormElement.prototype.submit = () => { throw new Error('sent'); }; }")
    page.locator("#find").fill("lantern oil")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search.html?q=lantern+oil")
    expect(page.locator("#said")).to_have_text(
        re.compile(r"^Nothing has all of these words; what has some is shown\. \d+ found$")
    )


def test_a_box_says_that_nothing_is_found(visit: Visit) -> None:
    """The word that stands nowhere is named in the box's own list."""
    page = visit.to("index.html")
    page.locator("#find").fill("penguin")
    page.locator("#find").press("x")
    page.locator("#find").press("Backspace")
    expect(page.locator(".suggested [role=status]")).to_have_text("No page has “penguin”.")
    expect(page.locator(".suggested [role=option]")).to_have_text(["Nothing found."])


def test_a_slash_in_a_box_is_a_slash(visit: Visit) -> None:
    """Who is typing already is not taken elsewhere."""
    page = visit.to("search.html")
    page.locator("#q").press_sequentially("a/b")
    expect(page.locator("#q")).to_have_value("a/b")


# The index


def test_every_file_of_the_index_belongs_to_the_same_state(large_site: Path) -> None:
    """Each is one call with the state, its own name and JSON, in every language."""
    states = set()
    files = [*large_site.glob("search/*.js"), *large_site.glob("*/search/*.js")]
    for path in files:
        call = re.fullmatch(r'factbookSearch\("(\w{12})","([a-z]+\d*)",(.*)\);\n', path.read_text("utf-8"), re.S)
        assert call and call[2] == path.stem
        json.loads(call[3])
        states.add(call[1])
    assert len(files) > 100 and len(states) == 1


def test_no_file_of_the_index_is_large(large_site: Path) -> None:
    """A first search fetches a few small files: a shard, or the lines of a block, has 20 kB at most."""
    assert {p.name: p.stat().st_size for p in large_site.glob("**/search/[rt]*.js") if p.stat().st_size > 20_000} == {}

"""Languages: every text of the pages is translated, dates and counts read right, and translations say what they are."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from lxml import html
from msgspec.structs import replace
from playwright.sync_api import expect

import sites
from archives import ROOT, TODAY, archive
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.model.records import Name, Translation
from factbook.pages.kinds import Pages
from factbook.render import collect, marked, po
from factbook.render.language import Language, own_name
from factbook.render.po import INTERFACE, CatalogueError
from readers import FACT, ORGANIZATION, PHONE, Visit

CODES = collect.languages()
HERON = "facts/heron-rock-light-fact-001.html"
"""A fact of the grown archive whose claim is translated."""
HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
DATES = (
    "2021", "2021-09", "2021-09-14", "2021-21", "2021-22", "2021-23", "2021-24", "1994?", "1994~", "1994-05%", "199X",
    "19XX", "2021-XX", "2021-09-XX", "2006/2010", "2006/..", "2006/", "../2010", "/2010", "2021-03-05/2021-04~", "0001",
)  # fmt: skip
"""A date of every form."""


def spoken(code: str) -> Language:
    """A language with the translations of this project."""
    return Language(code, po.read(code, ROOT))


@pytest.fixture
def small(tmp_path: Path) -> Archive:
    """The small archive."""
    found, _ = check(archive(tmp_path / "small"), TODAY)
    assert found is not None
    return found


# The files of translations


def test_the_interface_speaks_five_languages() -> None:
    """English stands in the code; there is a file for each of the others."""
    assert CODES == ["ar", "de", "kk", "ru"]


def keyed(message: Message) -> collect.Message:
    """Return what ``collect`` calls a message of Babel's: its text after its context, or singular and plural."""
    before = f"{message.context}{marked.EOT}" if message.context else ""
    return before + message.id if isinstance(message.id, str) else (before + message.id[0], message.id[1])


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_the_interface_is_translated_and_none_is_left_over(code: str) -> None:
    """Each marked text of templates, code and theme has its entry, with every plural form, and there is no other."""
    file = po.parse(INTERFACE / f"{code}.po")
    held = {keyed(m): m for m in file if m.id}
    assert held.keys() == collect.of_interface().keys()
    empty = [m.id for m in held.values() if not (m.string if isinstance(m.string, str) else all(m.string))]
    assert empty == []
    assert [m.id for m in held.values() if m.fuzzy] == []


def test_the_files_keep_what_is_translated_and_take_in_what_is_new(tmp_path: Path) -> None:
    """A text that is said no more goes, a new one comes in empty, and the number of those is told."""
    path = tmp_path / "ru.po"
    path.write_text(HEAD + 'msgid "Kept"\nmsgstr "Осталось"\n\nmsgid "Gone"\nmsgstr "Ушло"\n', "utf-8")
    wanted: collect.Places = {"Kept": {"b.html", "a.html"}, "New": {"b.html"}, ("{n} day", "{n} days"): {"c.py"}}
    text, waiting = collect.updated(path, wanted)
    assert text.decode().partition("\n\n")[2] == (
        '#: a.html b.html\nmsgid "Kept"\nmsgstr "Осталось"\n\n#: b.html\nmsgid "New"\nmsgstr ""\n\n'
        '#: c.py\n#, python-brace-format\nmsgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
    )
    assert waiting == 2


def test_a_context_tells_two_meanings_of_one_text_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``[[button::Search]]`` and ``[[Search]]`` are two messages; without a translation both say Search."""
    path = tmp_path / "ru.po"
    wanted: collect.Places = {marked.read("Search").key: {"a.html"}, marked.read("button::Search").key: {"b.html"}}
    text, waiting = collect.updated(path, wanted)
    assert waiting == 2
    assert text.decode().partition("\n\n")[2] == (
        '#: a.html\nmsgid "Search"\nmsgstr ""\n\n#: b.html\nmsgctxt "button"\nmsgid "Search"\nmsgstr ""\n\n'
    )
    monkeypatch.setattr(po, "INTERFACE", tmp_path)
    path.write_bytes(text)
    assert Language("ru", po.read("ru", tmp_path)).fill("[[Search]], [[button::Search]]") == "Search, Search"
    path.write_text(text.decode().replace('"Search"\nmsgstr ""', '"Search"\nmsgstr "Поиск"', 1), "utf-8")
    assert Language("ru", po.read("ru", tmp_path)).fill("[[Search]], [[button::Search]]") == "Поиск, Search"


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("day", "day"),
        ("words(f.history[-1].date)", "date"),
        ("contested()|length", "contested"),
        ('"%04d"|format(col.year)', "year"),
        ("evidence(w)", "evidence"),
        ("n", "n"),
        ("1 + 2", "value"),
    ],
)
def test_a_value_has_a_name_that_a_translator_understands(expression: str, name: str) -> None:
    """The name is that of the value, not of the function or filter which writes it."""
    assert marked.named(expression) == name
    assert marked.read(f"{{{{ {expression} }}}} and {{{{ x.{name} }}}}").key == f"{{{name}}} and {{{name}2}}"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            'msgid "until {last}"\nmsgstr "до {конец}"\n',
            "5: the translation of 'until {last}' must keep what stands in braces and angle brackets: {last}",
        ),
        (
            'msgid "the <1>topics</1>"\nmsgstr "темы"\n',
            "5: the translation of 'the <1>topics</1>' must keep what stands in braces and angle brackets: </1> <1>",
        ),
    ],
)
def test_a_translation_that_lost_a_value_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, said: str
) -> None:
    """The message says where, which text, and what must stay."""
    monkeypatch.setattr(po, "INTERFACE", tmp_path)
    (tmp_path / "ru.po").write_text(HEAD + entry, "utf-8")
    with pytest.raises(CatalogueError) as error:
        po.read("ru", tmp_path)
    assert str(error.value) == f"{tmp_path / 'ru.po'}:{said}"


def test_only_a_form_for_one_number_alone_may_say_the_number_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arabic has a form for two alone, Russian none for one alone: its form for 1 is that for 21 as well."""
    monkeypatch.setattr(po, "INTERFACE", tmp_path)
    entry = 'msgid "{n} day of {year}"\nmsgid_plural "{n} days of {year}"\n'
    two = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n == 2 ? 0 : 1);\\n"\n\n'
    path = tmp_path / "ar.po"
    path.write_text(f'{two}{entry}msgstr[0] "يومان {{year}}"\nmsgstr[1] "{{n}} يومًا {{year}}"\n', "utf-8")
    assert po.read("ar", tmp_path).plurals["{n} day of {year}"] == ("يومان {year}", "{n} يومًا {year}")
    told = "the translation of '{n} days of {year}' must keep what stands in braces and angle brackets: {n} {year}"
    for first, second in (("يومان", "{n} يومًا {year}"), ("يومان {year}", "يومًا {year}")):
        path.write_text(f'{two}{entry}msgstr[0] "{first}"\nmsgstr[1] "{second}"\n', "utf-8")
        with pytest.raises(CatalogueError) as error:
            po.read("ar", tmp_path)
        assert str(error.value) == f"{path}:5: {told}"


def test_a_language_that_nobody_has_translated_is_refused(tmp_path: Path) -> None:
    """The message says which file is missing and which languages there are."""
    with pytest.raises(CatalogueError) as error:
        po.read("xx", tmp_path)
    assert str(error.value) == (
        "there is no xx.po with the texts of the interface; languages known: " + ", ".join(CODES)
    )


def test_a_translation_brings_neither_markup_nor_code_into_a_page() -> None:
    """What a translator writes is text: tags and template code in it are shown as they are."""
    mark = marked.read('{{ n }} <a href="x">facts</a>')
    assert mark.key == "{n} <1>facts</1>"
    assert mark.put("<1>факты</1>: {n} <b>{{ evil }}</b>") == (
        '<a href="x">факты</a>: {{ n }} &lt;b&gt;&#123;&#123; evil &#125;&#125;&lt;/b&gt;'
    )


def test_a_translation_cannot_name_a_value_that_is_not_there() -> None:
    """A name that the English text does not have is an error, not a hole in the page."""
    with pytest.raises(ValueError, match=r"'\{m\}' has \{m\}, which '\{n\} facts' does not have"):
        marked.read("{{ n }} facts").put("{m}")


# Dates, counts and names


@pytest.mark.parametrize("code", ["en", *CODES])
@pytest.mark.parametrize("date", DATES)
def test_every_form_of_date_is_said_with_its_years(code: str, date: str) -> None:
    """Whatever the language, the years are those of the date, without zeros before, and nothing is left to fill in."""
    language = Language() if code == "en" else spoken(code)
    said = language.words(date)
    years = [y.replace("X", "0").lstrip("0") for y in re.findall(r"\b(\d{4}|\d{3}X|\d\dXX)(?=$|[-/?~%])", date)]
    assert [year for year in years if not re.search(rf"(?<!\d){year}(?!\d)", said)] == []
    assert not re.search(r"[{}]|None", said)


@pytest.mark.parametrize("code", CODES)
def test_two_dates_that_differ_are_said_differently(code: str) -> None:
    """No form of date reads like another."""
    language = spoken(code)
    said = [language.words(date) for date in DATES if date not in ("2021-XX", "2021-09-XX")]
    assert len(set(said)) == len(said)


def test_dates_are_grammatical_in_every_language() -> None:
    """A month stands in the case it needs with a day and alone, and a doubt stands where the language puts it."""
    said = {code: [spoken(code).words(d) for d in ("2021-09-14", "2021-09", "1994~", "2006/..")] for code in CODES}
    assert said == {
        "ar": ["14 سبتمبر 2021", "سبتمبر 2021", "نحو 1994", "منذ 2006، بلا نهاية"],
        "de": ["14. September 2021", "September 2021", "um 1994", "ab 2006, ohne Ende"],
        "ru": ["14 сентября 2021", "сентябрь 2021", "1994 (приблизительно)", "начало: 2006, без окончания"],
        "kk": ["2021 ж. 14 қыркүйек", "2021 ж. қыркүйек", "1994 (шамамен)", "басталуы: 2006, аяқталмаған"],
    }


def test_counts_take_the_plural_form_that_the_language_asks_for() -> None:
    """Russian has three, Kazakh one word for all, and Arabic says none, one and two in words; thousands are parted as
    the language does it."""
    assert [spoken("ru").counted(n) for n in (1, 2, 5, 11, 21, 1234)] == [
        "1 факт", "2 факта", "5 фактов", "11 фактов", "21 факт", "1\xa0234 факта",
    ]  # fmt: skip
    assert [spoken("kk").counted(n) for n in (1, 2, 5)] == ["1 факт", "2 факт", "5 факт"]
    assert [spoken("de").counted(n) for n in (1, 2, 1234)] == ["1 Tatsache", "2 Tatsachen", "1.234 Tatsachen"]
    assert [spoken("ar").counted(n) for n in (0, 1, 2, 5, 11, 100)] == [
        "لا معلومات", "معلومة واحدة", "معلومتان", "5 معلومات", "11 معلومة", "100 معلومة",
    ]  # fmt: skip


def test_a_language_is_called_as_it_calls_itself() -> None:
    """The switch can be read by whoever needs it."""
    assert [own_name(code) for code in ("en", *CODES)] == [
        "English", "العربية", "Deutsch", "Қазақ тілі", "Русский",
    ]  # fmt: skip


# What a page says


def page(small: Archive, code: str, claim: Translation | None) -> str:
    """The page of a fact of the small archive in a language, its claim translated; each run of blanks is one."""
    name = "gull-rock-lamp-lit-1901"
    fact = replace(small.statements[name], translations=(claim,) if claim else ())
    there = replace(small, statements={**small.statements, name: fact})
    language = Language() if code == "en" else spoken(code)
    return " ".join(Pages(there, language=language).page(("fact", name)).body.split())


CLAIM = "The lamp of Gull Rock was lit for the first time on 3 May 1901."


def test_a_translated_claim_says_that_it_is_one(small: Archive) -> None:
    """The translation is the heading, and the original stands below it, marked as English."""
    said = page(small, "ru", Translation(language="ru", claim="Лампа зажжена 3 мая 1901 года.", original=CLAIM))
    assert "<h1>Лампа зажжена 3 мая 1901 года.</h1>" in said
    assert f'Перевод утверждения</span> <span lang="en">{CLAIM}</span></p>' in said


def test_a_translation_of_what_the_claim_no_longer_says_is_shown_as_stale(small: Archive) -> None:
    """Where the original differs from the claim, the page says so and gives the claim as it stands."""
    said = page(small, "ru", Translation(language="ru", claim="Лампа зажжена в мае.", original="It was lit in May."))
    assert (
        '<span lang="en">It was lit in May.</span> '
        "<strong>С тех пор оригинал изменился, теперь в нём сказано:</strong> "
        f'<span lang="en">{CLAIM}</span>'
    ) in said


def test_a_claim_that_nobody_has_translated_is_marked_as_english(small: Archive) -> None:
    """A reader's machine then speaks it in its own language."""
    assert f'<h1 lang="en">{CLAIM}</h1>' in page(small, "ru", None)


def test_the_english_page_shows_no_translation(small: Archive) -> None:
    """What is translated is for the other pages."""
    translated = Translation(language="ru", claim="Лампа зажжена 3 мая 1901 года.", original=CLAIM)
    without = page(small, "en", None)
    assert re.sub(r"[0-9a-f]{8,}", "", page(small, "en", translated)) == re.sub(r"[0-9a-f]{8,}", "", without)


def test_an_organization_bears_its_name_in_the_language_of_the_page(small: Archive) -> None:
    """Where the record has one; the other names follow."""
    name = "gull-rock-light"
    o = small.organizations[name]
    there = replace(o, names=(*o.names, Name(text="Маяк Галл-Рок", language="ru")))
    told = spoken("ru").translate_archive(replace(small, organizations={**small.organizations, name: there}))
    assert told.organizations[name].label == "Маяк Галл-Рок"
    assert [n.text for n in told.organizations[name].names] == ["Маяк Галл-Рок", *(n.text for n in o.names)]


# The site


@pytest.mark.parametrize("code", sites.TRANSLATED)
def test_every_record_has_a_page_in_every_language(translated_root: Path, code: str) -> None:
    """The folder of a language holds the same pages of records and lists as the site's own top."""
    folders = ("facts", "organizations", "sources", "timeline", "topics", "people", "countries")
    site = translated_root / "site"
    pages = {folder: sorted(p.name for p in (site / folder).glob("*.html")) for folder in folders}
    there = {folder: sorted(p.name for p in (site / code / folder).glob("*.html")) for folder in folders}
    assert there == pages
    assert min(map(len, there.values())) > 0


def test_a_page_leads_to_itself_in_the_other_languages(large_site: Path) -> None:
    """The switch names each language in its own words, says which one this is, and keeps the place."""
    tree = html.parse(str(large_site / "ru" / FACT))
    links = [
        (a.text, a.get("hreflang"), a.get("lang"), a.get("href"), a.get("aria-current"))
        for a in tree.xpath("//nav[contains(@class, 'languages')]//a")
    ]
    assert links == [
        ("English", "en", "en", f"../../{FACT}", None),
        ("Қазақ тілі", "kk", "kk", f"../../kk/{FACT}", None),
        ("Русский", "ru", "ru", f"../../ru/{FACT}", "true"),
    ]


def test_the_menu_stays_in_the_language_and_says_where_it_does_not(large_site: Path) -> None:
    """A link of the menu leads to the translated page where there is one, and else is marked as English."""
    tree = html.parse(str(large_site / "ru" / "timeline" / "index.html"))
    menu = "//nav[contains(@class, 'md-nav--primary')]"
    links = {a.text: (a.get("href"), a.get("hreflang")) for a in tree.xpath(f"{menu}//a")}
    assert links["Метод"] == ("../method.html", None)
    assert links["Хронология"] == ("../timeline/index.html", None)
    assert links["Данные"] == ("../../data.html", "en")
    assert tree.xpath(f"{menu}//a[@aria-current='page']/text()") == ["Хронология"]
    assert tree.xpath(f"{menu}//details[@open]/summary/text()") == ["Обзор"]
    assert tree.xpath("//nav[contains(@class, 'md-tabs')]//a[@aria-current]/text()") == ["Обзор"]
    around = tree.xpath("//footer/nav//a/@href")
    assert around == ["../organizations/index.html", "../topics/index.html"]


def test_the_theme_speaks_the_language_of_the_page(large_site: Path) -> None:
    """What Material itself says is in the language of each page, in one build; Kazakh is brought by this project."""
    said = {}
    for folder in ("", "kk/", "ru/"):
        tree = html.parse(str(large_site / folder / "method.html"))
        (top,) = tree.xpath("//button[@data-md-component='top']")
        (config,) = tree.xpath("//script[@id='__config']/text()")
        said[folder] = [tree.getroot().get("lang"), top.text_content().strip(), "clipboard.copy"]
        said[folder][2] = json.loads(config)["translations"]["clipboard.copy"]
    assert said == {
        "": ["en", "Back to top", "Copy to clipboard"],
        "kk/": ["kk", "Жоғарыға", "Алмасу буферіне көшіру"],
        "ru/": ["ru", "К началу", "Копировать в буфер"],
    }


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site in every language, built where the addresses of site and repository are known."""
    root = sites.translated(tmp_path_factory.mktemp("addressed") / "small")
    addresses = {"SITE_URL": "https://facts.example/", "REPO_URL": "https://github.com/example/archive"}
    return sites.build(root, **addresses, FACTBOOK_DATA="no")


def test_a_fact_with_its_addresses_stays_within_its_budget(addressed: Path) -> None:
    """The page of a fact has 26 kB at most also where it names its own address and that of its record."""
    sizes = {path.name: path.stat().st_size for path in (addressed / "facts").glob("*.html")}
    assert {name: size for name, size in sizes.items() if size > 26_000} == {}
    assert len(sizes) == 7


def test_search_engines_are_told_of_the_other_languages(addressed: Path) -> None:
    """With an address, the sitemap names each page in every language it is in, and no page repeats it."""
    fact = "facts/gull-rock-lamp-lit-1901.html"
    tree = html.parse(str(addressed / "kk" / fact))
    assert tree.xpath("//link[@rel='alternate'][@hreflang]") == []
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://facts.example/kk/{fact}"]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="https://facts.example/{folder}{fact}"/>\n'
        for code, folder in (("en", ""), ("kk", "kk/"), ("ru", "ru/"))
    ).rstrip("\n")
    sitemap = (addressed / "sitemap.xml").read_text("utf-8")
    for folder in ("", "kk/", "ru/"):
        assert f"<url><loc>https://facts.example/{folder}{fact}</loc>\n{links}</url>\n" in sitemap
    assert "<url><loc>https://facts.example/contribute/rules.html</loc>" in sitemap


def test_a_site_in_english_alone_has_no_switch(small_site: Path) -> None:
    """Nothing speaks of languages where there is one."""
    assert [p.name for p in small_site.rglob("*.html") if "md-select" in p.read_text("utf-8")] == []


@pytest.mark.build
def test_a_language_without_translations_stops_the_build(tmp_path: Path) -> None:
    """Pages in a language that the interface does not know are refused, and the message says what is missing."""
    root = sites.small(tmp_path / "small")
    (root / "docs" / "xx" / "facts").mkdir(parents=True)
    shell = (root / "docs" / "facts" / "_record.md").read_text("utf-8")
    (root / "docs" / "xx" / "facts" / "_record.md").write_text(
        shell.replace("---\n", "---\nlanguage: xx\n", 1), "utf-8"
    )
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("not_in_nav: |\n", "not_in_nav: |\n  /xx/\n"), "utf-8")
    done = sites.run(root, "site")
    assert done.returncode == 1
    assert "there is no xx.po with the texts of the interface; languages known: ar, de, kk, ru" in done.stderr


def test_a_contributor_adds_a_language_without_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with a few texts and a page shell are enough: what is not translated shows in English."""
    folder = tmp_path / "languages"
    shutil.copytree(INTERFACE, folder)
    (folder / "uz.po").write_text(HEAD + 'msgid "Ledger"\nmsgstr "Jurnal"\n', "utf-8")
    monkeypatch.setattr(po, "INTERFACE", folder)
    language = Language("uz", po.read("uz", tmp_path))
    assert [language.text(t) for t in ("Ledger", "Sources")] == ["Jurnal", "Sources"]
    assert language.words("2021-09-14") == "14 sentabr 2021"


# In a browser


@pytest.mark.browser
def test_switching_the_language_and_back(visit: Visit) -> None:
    """From a fact to its Russian page, on to one of its organizations in Russian, and back to English."""
    page = visit.to(HERON)
    page.locator(".languages button").hover()
    visit.follow(page.locator(".languages a", has_text="Русский"))
    assert visit.at() == f"ru/{HERON}"
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("h1")).to_have_text("Маяк на скале Цапли заказал масло.")
    visit.follow(page.locator("main dd a[href*='organizations/']").first)
    assert visit.at() == f"ru/{ORGANIZATION}"
    page.locator(".languages button").hover()
    visit.follow(page.locator(".languages a", has_text="English"))
    assert visit.at() == ORGANIZATION
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.browser
def test_a_search_on_a_russian_page_stays_in_russian(visit: Visit) -> None:
    """Russian words find the fact, the result bears its translated claim, and leads to its Russian page."""
    page = visit.to("ru/search.html?q=заказало")
    first = page.locator("#results a", has_text="Маяк на скале Цапли заказал масло.")
    expect(first).to_have_count(1)
    visit.follow(first)
    assert visit.at() == f"ru/{HERON}"


@pytest.mark.browser
def test_explore_in_kazakh_filters_and_leads_to_kazakh_pages(visiting: Callable[..., Visit], served: str) -> None:
    """The words are Kazakh, and a claim in Kazakh is found and opened."""
    visit = visiting(served, viewport=PHONE)
    page = visit.to("kk/explore.html#q=алдырды")
    link = page.locator("#explore-list a", has_text="Құтан жартасының шамшырағы май алдырды.")
    expect(link).to_have_count(1)
    visit.follow(link)
    assert visit.at() == f"kk/{HERON}"

"""What is promised of the site of this project's own archive, whatever facts it holds."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from statistics import median
from urllib.parse import unquote

import pytest
from lxml import html

import builds
import sites
from factbook.model import staleness
from factbook.model.archive import Archive
from factbook.pages import overview

pytestmark = [pytest.mark.archive, pytest.mark.build]


@pytest.mark.slow
def test_the_site_is_the_same_to_the_byte_wherever_it_is_built(real_site: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder and number of cores leave no trace in any file of the whole site."""
    made = builds.built_there(sites.real(tmp_path / "another folder"), tmp_path / "steering", builds.CIRCUMSTANCES[1])
    assert sites.differing(made, sites.files(real_site)) == []


@pytest.mark.slow
def test_zensical_makes_the_same_site(real_root: Path, tmp_path: Path) -> None:
    """The written pages of this project are such that both engines render them alike."""
    root = sites.real(tmp_path / "zensical")
    sites.build(root, "--engine", "zensical")
    builds.assert_same_site(real_root, root)


IDS = re.compile(r'<[a-z][^<>]* id="([^"]*)"')
LINKS = re.compile(r'<[a-z][^<>]* (?:href|src)="([^"#?:]*)(?:\?[^"#:]*)?(?:#([^"]*))?"')
"""Addresses within the site, in two parts: the file, and the id in it. Attributes of pages are always quoted."""


def test_every_address_within_the_site_leads_to_a_file_and_an_id(real_site: Path) -> None:
    """No page of the whole site has an id twice, or a link, script or picture that leads nowhere."""
    pages = {path: (real_site / path).read_text("utf-8") for path in sites.pages(real_site)}
    ids = {path: Counter(IDS.findall(text)) for path, text in pages.items()}
    there = {p.relative_to(real_site).as_posix() for p in real_site.rglob("*") if p.is_file()}
    wrong = [f"{path}: {one} twice" for path, found in ids.items() for one, n in found.items() if n > 1]
    count = 0
    for path, text in pages.items():
        for address, place in set(LINKS.findall(text)):
            target = normpath(join(dirname(path), unquote(address))) if address else path
            known = target.endswith("explore.html") or not place or unquote(place) in ids.get(target, ())
            count += 1
            if target not in there or not known:
                wrong.append(f"{path}: {address}#{place}")
    assert wrong == []
    assert count > 20 * len(pages)


@pytest.mark.parametrize("folder", ["facts", *(f"{code}/facts" for code in sites.TRANSLATED)])
def test_most_facts_are_light(real_site: Path, folder: str) -> None:
    """In every language half of the facts' pages have 19 kB at most, of each hundred 95 have 26 kB at most, and as a
    server sends them half have 6.5 kB.

    The first two are in bytes in English, in letters in other languages, and the last in bytes in all.
    """
    pages = [p.read_bytes() for p in (real_site / folder).glob("*.html")]
    sizes = sorted(len(page if folder == "facts" else page.decode()) for page in pages)
    assert median(sizes) <= 19_000
    assert sizes[len(sizes) * 95 // 100] <= 26_000
    assert median(len(gzip.compress(page, 6, mtime=0)) for page in pages) <= 6_500


def test_the_list_of_facts_on_one_origin_is_whole(real_archive: Archive, real_site: Path) -> None:
    """The page counts what the rule finds, and lists the newest hundred."""
    single = overview.single(real_archive)
    page = html.parse(real_site / "origins.html")
    assert sites.plain(html.tostring(page.xpath("//p[@class='totals']")[0], encoding="unicode")) == (
        f"{len(single):,} of {len(real_archive.statements):,} facts"
    )
    assert page.xpath("//li[@class='fact']/a/@href") == [f"facts/{s.id}.html" for _, s in single[:100]]


def test_every_fact_that_is_due_says_so(real_archive: Archive, real_site: Path) -> None:
    """Every page of a fact bears the day that the rule gives."""
    due = {s.id: day for day, s in staleness.due(real_archive)}
    for name in real_archive.statements:
        marked = html.parse(real_site / "facts" / f"{name}.html").xpath("//@data-due")
        assert marked == ([due[name]] if name in due else []), name
    assert sites.plain((real_site / "review.html").read_text("utf-8")).count("due by") == min(100, len(due))


SCRIPTS = {
    "en": re.compile("[\u0400-\u04ff]{3,}"),
    **dict.fromkeys(("kk", "ru"), re.compile(r"[A-Za-z]{2,}(?:[ ’-]+[A-Za-z]{2,}){2,}")),
}
"""What is no text of a language: a Cyrillic word in English, three Latin words on end in Kazakh and Russian."""
EVERY = 12
"""Of the pages of a folder one in so many is looked at; of the pages above all folders each."""


def names(archive: Archive) -> re.Pattern[str]:
    """What is called the same in every language: who published a source, said something or stands in an address."""
    found = {s.publisher for s in archive.sources.values()} | {f.speaker for f in archive.statements.values()}
    found |= {name.text for o in archive.organizations.values() for name in (*o.names, *o.acronyms)}
    found |= {name for s in archive.sources.values() for name in s.authors}
    found |= {w.label for w in archive.vocabulary["origins"].values()}
    found |= {name for kind in ("people", "countries") for w in archive.vocabulary[kind].values() for name in w.also}
    return re.compile("|".join(re.escape(name) for name in sorted(found - {""}, key=len, reverse=True)))


def texts(page: Path) -> Iterator[tuple[str, str]]:
    """Each text in the content of a page, with the language that it stands under; what is code is left out."""
    content = sites.content(page.read_text("utf-8")).replace("<title", "<desc").replace("</title", "</desc")
    tree = html.fromstring(f"<div>{content}</div>")
    for one in tree.xpath("//text()[not(ancestor::script or ancestor::code or ancestor::a[@class='away'])]"):
        above = one.getparent() if one.is_text else one.getparent().getparent()
        yield next(iter(above.xpath("ancestor-or-self::*[@lang][1]/@lang")), "page"), str(one)


@pytest.mark.parametrize("code", SCRIPTS)
def test_every_text_stands_under_its_language(real_archive: Archive, real_site: Path, code: str) -> None:
    """Whoever has a page read aloud hears each text as in its language: none is in letters of another script."""
    named, top = names(real_archive), real_site / ("" if code == "en" else code)
    folders = (
        "facts",
        "organizations",
        "sources",
        "questions",
        "tables",
        "people",
        "topics",
        "contested",
        "corrections",
    )
    pages = [path for folder in folders for path in sorted((top / folder).glob("*.html"))[::EVERY]]
    written = [
        "index",
        "search",
        "contested",
        "corrections",
        "coverage",
        "figures",
        "origins",
        "review",
        "sources/index",
    ]
    wrong = []
    for path in [*(top / f"{name}.html" for name in written), *pages]:
        for spoken, text in texts(path):
            against = SCRIPTS.get(code if spoken == "page" else spoken)
            if against and against.search(named.sub("", text)):
                wrong.append(f"{path.relative_to(real_site)}: {spoken}: {' '.join(text.split())[:80]}")
    assert wrong == []

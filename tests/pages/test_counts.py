"""Counts: those of every box add up to the total beside it, and pages that count the same thing say the same number."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

import sites
from factbook.model.archive import Archive
from factbook.pages.kinds import PAGE_KINDS, Pages
from factbook.search import explore

BOX = re.compile(r'<ul class="standing">(.*?)</ul>', re.S)
WORTH = re.compile(r"(\d+) claims? made in it (?:is|are) recorded here:(.*?)</p>", re.S)
COUNT = re.compile(r'<span class="count">(\d+)</span>')
OPENED = re.compile(r"(\d+) facts? (?:is|are) recorded here")
STANDS = re.compile(r"How its (\d+) facts? stands?")
LEFT_OUT = re.compile(r"(\d+) (?:facts?|more) of low weight (?:is|are) not counted(?: \(of them contested: (\d+)\))?")


@dataclass(frozen=True)
class Box:
    """What a page counts: its path, the counts of its box, the totals beside it, and the facts listed one by one."""

    path: str
    counts: list[int]
    totals: list[int]
    listed: int


@pytest.fixture(scope="module")
def pages(grown_archive: Archive) -> Pages:
    """The grown archive in which every fifth fact, contested ones among them, is of low weight."""
    return weighed(grown_archive, 5)


def weighed(archive: Archive, each: int) -> Pages:
    """The pages of an archive in which the first of ``each`` facts is of low weight, and so on; of none, if 0."""
    every = {
        name: replace(fact, weight="low" if each and number % each == 0 else "")
        for number, (name, fact) in enumerate(sorted(archive.statements.items()))
    }
    return Pages(replace(archive, statements=every))


def contested(archive: Archive, *, low: bool) -> int:
    """How many contested facts an archive has, of low weight or of full weight."""
    return sum(archive.status(f).has("contested") and f.low is low for f in archive.statements.values())


def boxes(pages: Pages) -> list[Box]:
    """Every box of every page of a record."""
    found = []
    for name, kind in PAGE_KINDS.items():
        for id_ in kind.ids(pages):
            page = pages.page((name, id_))
            above = page.body.partition('id="low"')[0]
            for box in BOX.findall(page.body):
                totals = [int(n) for pattern in (STANDS, OPENED) for n in pattern.findall(sites.plain(above))]
                listed = 0 if name == "series" else above.count('<li class="fact">')
                found.append(Box(page.path, [int(n) for n in COUNT.findall(box)], totals, listed))
    return found


def test_the_counts_of_a_box_add_up_to_every_total_beside_it(pages: Pages) -> None:
    """On the page of an organization, a topic, a person, a country, a year and a table; what is listed is counted."""
    found = boxes(pages)
    assert {box.path.partition("/")[0] for box in found} >= {"organizations", "topics", "people", "timeline", "tables"}
    for box in found:
        assert {*box.totals, box.listed or sum(box.counts)} == {sum(box.counts)}, box


def test_the_claims_of_a_source_add_up(pages: Pages) -> None:
    """All claims count on the page of a source, those of low weight too, because all are listed below."""
    low = 0
    for name, facts in pages.archive.by_source.items():
        body = pages.page(("source", name)).body
        for total, counts in WORTH.findall(body):
            assert int(total) == sum(map(int, COUNT.findall(counts))), name
            low += any(f.low for f in facts)
    assert low


def test_home_contested_and_all_facts_say_the_same(pages: Pages) -> None:
    """Home leaves those of low weight out and says how many, contested ones apart; Contested and All facts have all."""
    archive = pages.archive
    heavy, low = contested(archive, low=False), contested(archive, low=True)
    assert heavy and low
    home = pages.block("standing", "")
    named = {w.label for w in archive.vocabulary["statuses"].values() if w.has("contested")}
    rows = re.findall(r"<li>(.*?)</li>", home, re.S)
    counted = {sites.plain(row).rpartition(" ")[0]: int(COUNT.findall(row)[0]) for row in rows}
    assert f"{sum(counted.values())} facts" in sites.plain(home)
    assert sum(n for label, n in counted.items() if label in named) == heavy
    assert LEFT_OUT.findall(sites.plain(home)) == [(str(len(archive.statements) - sum(counted.values())), str(low))]
    assert f"All {heavy + low} contested claims" in sites.plain(pages.block("disputed 6", ""))
    (box,) = BOX.findall(pages.block("contested", ""))
    assert sum(map(int, COUNT.findall(box))) == heavy + low == len(pages.contested())
    data = json.loads(explore.script(pages).partition("=")[2].rstrip().rstrip(";"))
    marked = [bool(data["statuses"][ledger[-1]][1]) for ledger in data["ledgers"]]
    assert sum(marked) == heavy + low


def test_the_opening_of_a_page_says_what_it_leaves_out(pages: Pages) -> None:
    """How many facts are of low weight, and how many of these are contested."""
    archive = pages.archive
    for name, facts in archive.by_organization.items():
        low = [f for f in facts if f.low]
        doubted = sum(archive.status(f).has("contested") for f in low)
        said = LEFT_OUT.findall(sites.plain(pages.page(("organization", name)).body))
        assert said == ([(str(len(low)), str(doubted or ""))] if low else []), name


@pytest.mark.parametrize("block", ["organizations", "subjects topics", "timeline", "ways 3"])
def test_lists_with_counts_say_that_low_weight_is_left_out(pages: Pages, grown_archive: Archive, block: str) -> None:
    """Beside the counts, and only in an archive that has such facts."""
    note = "Facts of low weight are not counted."
    assert note in sites.plain(pages.block(block, ""))
    assert note not in sites.plain(weighed(grown_archive, 0).block(block, ""))

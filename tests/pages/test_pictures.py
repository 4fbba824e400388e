"""Pictures say no more than the archive does: every number is the archive's, and what is not known is drawn so."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from lxml import html
from msgspec.structs import replace

import archives
from archives import TODAY
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.model.records import Organization, Revision, Statement
from factbook.model.searches import Place, Search
from factbook.pages import coverage, pictures, timeline


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive."""
    archive, _ = check(archives.archive(tmp_path_factory.mktemp("small") / "archive"), TODAY)
    return archive


@pytest.fixture(scope="module")
def whole(grown_archive: Archive) -> Archive:
    """An archive with many facts, organizations and searches."""
    return grown_archive


def fact(date: str | None, name: str = "a", status: str = "confirmed", *organizations: str) -> Statement:
    """A fact of that date and nothing else to say."""
    return Statement(
        id=name, path="", claim="A claim.", kind="event", organizations=organizations, topics=(), status=status,
        references=(), history=(Revision(date="2024-05-01", status=status, reason="None."),), date=date,
    )  # fmt: skip


def holding(archive: Archive, *facts: Statement, searches: tuple[Search, ...] = (), **organizations: str) -> Archive:
    """An archive with the words of ``archive``, these facts and searches, and organizations founded as given."""
    return Archive(
        vocabulary=archive.vocabulary,
        statements={f.id: f for f in facts},
        searches={s.id: s for s in searches},
        organizations={
            name: Organization(id=name, path="", names=(), kind="light", description="", founded=founded or None)
            for name, founded in organizations.items()
        },
    )


def search(period: str, outcome: str = "nothing-found", searched: str = "2024-05-01", name: str = "s") -> Search:
    """A search about the organization ``o``."""
    return Search(
        id=name, path="", question="What.", organizations=("o",), period=period, places=(Place(place="There."),),
        searched=searched, outcome=outcome,
    )  # fmt: skip


def read(map: coverage.Coverage) -> dict[str, list[str]]:
    """The map as one word a cell: a number of facts, or the state."""
    return {
        row.organization.id: [str(c.facts) if c.facts else c.state for c in row.cells] + [str(row.undated)]
        for row in map.rows
    }


def test_the_small_archive_is_mapped(small: Archive) -> None:
    """Each decade of each organization is told: recorded, searched, not there yet, or never looked for."""
    map = coverage.coverage(small)
    assert [(c.kind, c.first, c.last) for c in map.columns] == [
        *(("decade", f"{n}0", f"{n}9") for n in range(189, 198)),
        ("after", "1980", "9999"),
    ]
    blank = ["blank"] * 7
    assert read(map) == {
        "gull-rock-light": ["apart", "4", "found", *blank, "1"],
        "keepers-board": ["blank", "2", "found", *blank, "0"],
        "league-of-lights": ["nothing", "1", "blank", *blank, "0"],
    }
    assert map.folded == 0


def test_the_map_has_every_fact_once(whole: Archive) -> None:
    """The cells of an organization and its undated facts are all its facts."""
    rows = coverage.coverage(whole).rows
    counts = {row.organization.id: sum(c.facts for c in row.cells) + row.undated for row in rows}
    assert counts == {name: len(whole.by_organization.get(name, ())) for name in whole.organizations}


def test_the_map_has_every_search(whole: Archive) -> None:
    """Each search of this archive marks at least one cell of each organization it names."""
    rows = {row.organization.id: row for row in coverage.coverage(whole).rows}
    for s in whole.searches.values():
        for name in s.organizations:
            assert s in {found for cell in rows[name].cells for found in cell.searches}, s.id
    assert len(whole.searches) >= 10


@pytest.mark.parametrize(
    ("period", "searched", "cells"),
    [
        ("1990/1999", "2024-05-01", "recorded nothing blank blank blank"),
        ("199X", "2024-05-01", "recorded nothing blank blank blank"),
        ("1995-06-01", "2024-05-01", "recorded nothing blank blank blank"),
        ("1989-12-31/2000-01-01", "2024-05-01", "recorded nothing nothing blank blank"),
        ("1995/..", "2012-01-01", "recorded nothing nothing nothing blank"),
        ("2005/2040", "2012-01-01", "recorded blank nothing nothing blank"),
        ("2018/2019", "2012-01-01", "recorded blank blank blank blank"),
        ("../1999", "2024-05-01", "recorded nothing blank blank blank"),
        ("unknown", "2024-05-01", "recorded blank blank blank blank"),
    ],
)
def test_a_search_reaches_as_far_as_it_says_and_no_further_than_its_day(
    small: Archive, period: str, searched: str, cells: str
) -> None:
    """A search marks the decades of its period, up to the day on which it was made."""
    archive = holding(small, fact("1985", "a", "confirmed", "o"), searches=(search(period, searched=searched),), o="")
    row = coverage.coverage(archive).rows[0]
    assert " ".join(c.state for c in row.cells if c.column.first in ("1980", "1990", "2000", "2010", "2020")) == cells


def test_what_one_search_found_is_not_hidden_by_another_that_found_nothing(small: Archive) -> None:
    """Of two searches of a decade the one that came upon something is shown."""
    looks = (search("199X", name="one"), search("199X", "found", name="other"))
    archive = holding(small, searches=looks, o="")
    assert [c.state for c in coverage.coverage(archive).rows[0].cells] == ["found"]


@pytest.mark.parametrize(
    ("founded", "state"),
    [("1995", "apart"), ("199X", "apart"), ("1985", "blank"), ("1995?", "blank"), ("../1995", "blank"), ("", "blank")],
)
def test_only_a_known_beginning_says_that_there_was_nothing_to_look_for(
    small: Archive, founded: str, state: str
) -> None:
    """An organization is drawn as not there only where its beginning is recorded without doubt."""
    facts = fact("1985", "a", "confirmed", "other"), fact("1999", "b", "confirmed", "o")
    rows = coverage.coverage(holding(small, *facts, o=founded, other="")).rows
    assert next(row for row in rows if row.organization.id == "o").cells[0].state == state


@pytest.mark.parametrize(
    ("lights", "place"),
    [((), "y1999"), (("b",), "y1997"), (("a", "b"), "low"), (None, "searched")],
)
def test_a_cell_leads_to_where_the_page_of_the_organization_lists_its_facts(
    small: Archive, lights: tuple[str, ...] | None, place: str
) -> None:
    """That is the newest year under which a fact of the cell stands; those of low weight stand apart, under no year."""
    facts = [fact("1997", "a", "confirmed", "o"), fact("1999", "b", "confirmed", "o")] if lights is not None else []
    weighed = [replace(f, weight="low") if lights and f.id in lights else f for f in facts]
    rows = coverage.coverage(holding(small, *weighed, searches=(search("199X"),), o="")).rows
    assert [c.place for c in rows[0].cells if c.column.first == "1990"] == [place]


def test_a_map_stays_small(small: Archive) -> None:
    """Of a thousand years and hundreds of organizations the fullest run of decades and the fullest rows are shown."""
    names = [f"o{n:03d}" for n in range(300)]
    facts = [fact(f"{1000 + 3 * n}", f"f{n}", "confirmed", names[n % 300]) for n in range(340)]
    facts += [fact("1500", f"g{n}", "confirmed", "o000") for n in range(5)]
    map = coverage.coverage(holding(small, *facts, **dict.fromkeys(names, "")))
    assert [c.kind for c in map.columns] == ["before", *["decade"] * coverage.DECADES, "after"]
    assert map.columns[0].last < "1500" < map.columns[-1].first
    assert (len(map.rows), map.folded, map.rows[0].organization.id) == (coverage.LISTED, 200, "o000")
    assert sum(c.facts for c in map.rows[0].cells) == 7


def test_columns_have_every_fact_once(whole: Archive) -> None:
    """The parts of all columns and the undated facts are all facts, by status."""
    made = pictures.columns(whole, whole.statements.values())
    assert made.total + made.undated == len(whole.statements)
    assert made.total == sum(c.total for c in made.columns)
    counts = Counter(whole.status(s).id for s in whole.statements.values() if s.when)
    assert {w.id: n for w, n in made.words} == counts
    years = Counter((s.when.year, whole.status(s).id) for s in whole.statements.values() if s.when)
    for column in made.columns:
        if column.kind == "year":
            assert {p.word.id: p.count for p in column.parts} == {
                status: n for (year, status), n in years.items() if int(year) == column.year
            }
            assert column.total == sum(p.count for p in column.parts)


def test_parts_stand_on_each_other_in_the_order_of_the_vocabulary(small: Archive) -> None:
    """Which part is which can be told from the order alone, and its height is its share."""
    facts = [fact("1901", f"{s}{n}", s) for s, many in (("disputed", 1), ("confirmed", 2)) for n in range(many)]
    (column,) = pictures.columns(small, facts).columns
    parts = [(p.word.id, p.count, p.y, p.height) for p in column.parts]
    assert parts == [("confirmed", 2, 50.0, 100.0), ("disputed", 1, 0.0, 50.0)]


def test_columns_fold_what_lies_far_off(small: Archive) -> None:
    """One old fact does not make all columns too thin to see; it is counted in a column of its own."""
    facts = [fact("1700", "old"), fact("2100", "far"), *(fact(f"{1960 + n}", f"f{n}") for n in range(40))]
    made = pictures.columns(small, facts)
    assert [(c.kind, c.year, c.total) for c in (made.columns[0], made.columns[1], made.columns[-1])] == [
        ("before", 1960, 1),
        ("year", 1960, 1),
        ("after", 1999, 1),
    ]
    assert len(made.columns) == pictures.YEARS + 2
    assert all(0 <= c.x and c.x + c.width <= 100.001 for c in made.columns)


def test_no_dates_make_no_columns(small: Archive) -> None:
    """Where nothing is dated nothing is drawn."""
    assert pictures.columns(small, [fact(None), fact("unknown")]) is None
    assert timeline.timeline(small, [fact(None), fact("unknown")]) is None
    assert coverage.coverage(holding(small, fact(None))).columns == ()


def test_the_network_counts_shared_facts(whole: Archive) -> None:
    """The number on each arc is the number of facts that name both organizations."""
    made = pictures.network(whole)
    for link in made.links:
        both = {link.one.id, link.other.id}
        assert link.shared == sum(both <= set(s.organizations) for s in whole.statements.values())
    assert len(made.nodes) == pictures.MOST
    sharing = {o for s in whole.statements.values() if len(s.organizations) > 1 for o in s.organizations}
    assert made.folded == len(sharing) - len(made.nodes)


def test_the_network_of_the_small_archive(small: Archive) -> None:
    """Those that share facts stand side by side, joined by half an ellipse."""
    made = pictures.network(small)
    assert [n.organization.id for n in made.nodes] == ["league-of-lights", "gull-rock-light", "keepers-board"]
    assert [(k.one.id, k.other.id, k.shared, k.path) for k in made.links] == [
        ("league-of-lights", "gull-rock-light", 1, "M0 10A96.8 10 0 0 1 0 30"),
        ("gull-rock-light", "keepers-board", 1, "M0 30A96.8 10 0 0 1 0 50"),
    ]
    assert pictures.network(holding(small, fact("1901", "a", "confirmed", "o"), o="")) is None


def test_pictures_do_not_hang_on_the_order_of_records(whole: Archive) -> None:
    """The same records in another order are the same pictures."""
    turned = replace(
        whole,
        statements=dict(reversed(whole.statements.items())),
        organizations=dict(reversed(whole.organizations.items())),
        searches=dict(reversed(whole.searches.items())),
    )
    busiest = max(whole.by_organization, key=lambda name: len(whole.by_organization[name]))
    assert pictures.network(turned) == pictures.network(whole)
    assert pictures.columns(turned, turned.statements.values()) == pictures.columns(whole, whole.statements.values())
    assert coverage.coverage(turned) == coverage.coverage(whole)
    assert timeline.timeline(turned, turned.by_organization[busiest]) == timeline.timeline(
        whole, whole.by_organization[busiest]
    )


FRAME = fact("1900-01-01", "first"), fact("1999-12-31", "last")
"""Facts that make a timeline of a hundred years."""


@pytest.mark.parametrize(
    ("date", "sign", "fade", "onward", "x", "width"),
    [
        ("1950-07-01", True, "none", "none", 49.3, timeline.SIGN),
        ("1950", True, "none", "none", 49.3, timeline.SIGN),
        ("1950/1959", False, "none", "none", 50.0, 9.8),
        ("195X", False, "none", "none", 50.0, 9.8),
        ("1950?/1959", False, "both", "none", 50.0, 9.8),
        ("1950~", False, "both", "none", 49.5, timeline.SIGN),
        ("1950/..", False, "none", "end", 50.0, 49.0),
        ("1950/", False, "end", "none", 50.0, timeline.STUB),
        ("/1950", False, "start", "none", 37.0, timeline.STUB),
        ("../1950", False, "none", "start", 1.0, 50.0),
        ("1950~/..", False, "start", "end", 50.0, 49.0),
    ],
)
def test_a_mark_says_what_is_known_of_its_date(
    small: Archive, date: str, sign: bool, fade: str, onward: str, x: float, width: float
) -> None:
    """A day is a sign, a longer time a bar; doubt fades, what still holds goes on, and an unknown end is short."""
    made = timeline.timeline(small, [*FRAME, fact(date, "it")])
    mark = next(m for m in made.marks if m.fact.id == "it")
    assert (mark.sign, mark.fade, mark.onward) == (sign, fade, onward)
    assert (round(mark.x, 1), round(mark.width, 1)) == (x, width)


def test_statuses_differ_by_shape(small: Archive) -> None:
    """What is settled, contested or neither is drawn in three ways, whatever the colour."""
    statuses = ("confirmed", "corroborated", "reported", "unreviewed", "disputed")
    made = timeline.timeline(small, [fact("1901", s, s) for s in statuses])
    assert [(look, [w.id for w in words]) for look, words in made.looks] == [
        ("full", ["confirmed", "corroborated"]),
        ("hollow", ["reported", "unreviewed"]),
        ("crossed", ["disputed"]),
    ]


def test_marks_do_not_cover_each_other(whole: Archive) -> None:
    """Two facts of one row of a timeline stand apart, and all of them inside the picture."""
    for facts in whole.by_organization.values():
        made = timeline.timeline(whole, facts)
        rows: dict[int, list[timeline.Mark]] = {}
        for mark in made.marks if made else ():
            assert 0 <= mark.x and mark.x + mark.width <= 100.001
            rows.setdefault(mark.y, []).append(mark)
        for marks in rows.values():
            marks.sort(key=lambda m: m.x)
            assert all(a.x + a.width < b.x for a, b in pairwise(marks))


def tables(path: Path) -> list[list[list[str]]]:
    """The tables of a page as texts: rows of cells."""
    tree = html5lib.parse(path.read_text("utf-8"), treebuilder="etree", namespaceHTMLElements=False)
    return [
        [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")] for table in tree.iter("table")
    ]


def test_the_table_behind_the_map(small_site: Path) -> None:
    """What the picture shows can be read as a table."""
    (table,) = tables(small_site / "coverage.html")
    blank = ["not searched"] * 7
    assert table == [
        ["Organization", *(f"{n}0s" for n in range(189, 198)), "from 1980", "no date"],
        ["Gull Rock Light", "not there", "4", "some found", *blank, "1"],
        ["Board of Keepers", "not searched", "2", "some found", *blank, ""],
        ["LL", "none found", "1", "not searched", *blank, ""],
    ]


def test_the_table_behind_the_columns(small_site: Path) -> None:
    """Years and statuses can be read as a table, without the years that hold nothing."""
    (table,) = tables(small_site / "timeline" / "index.html")
    assert table == [
        ["Year", "Together", "Confirmed", "Corroborated", "Reported", "Disputed"],
        ["1901", "1", "1", "", "", ""],
        ["1902", "3", "", "1", "1", "1"],
        ["1903", "1", "1", "", "", ""],
    ]


def test_the_table_behind_a_timeline(small_site: Path) -> None:
    """The days a date can mean are told for each fact."""
    (table,) = tables(small_site / "organizations" / "keepers-board.html")
    assert table == [
        ["Fact", "Date", "First day", "Last day", "Status"],
        [
            "The keepers mended the lamp of Gull Rock before the end of 1902.",
            *("December 1902 (inferred)", "1902-12-01", "1902-12-31", "Corroborated"),
        ],
        [
            "The Board of Keepers said that no keeper had left his tower.",
            *("February 1903", "1903-02-01", "1903-02-28", "Confirmed"),
        ],
    ]


def test_the_table_behind_the_network(small_site: Path) -> None:
    """Who shares facts with whom can be read as a table."""
    (table,) = tables(small_site / "organizations" / "index.html")
    assert table == [
        ["Organization", "Organization", "Facts they share"],
        ["Gull Rock Light", "Board of Keepers", "1"],
        ["League of Lights", "Gull Rock Light", "1"],
    ]


@pytest.mark.parametrize(
    "path", ["organizations/gull-rock-light.html", "timeline/index.html", "organizations/index.html"]
)
def test_what_a_picture_leads_to_can_be_reached_by_keyboard(small_site: Path, path: str) -> None:
    """Links that the Tab key passes over stand in the table below too, and the picture says so."""
    page = html.parse(small_site / path)
    for figure in page.xpath("//figure[@class='picture' or @class='picture network']"):
        passed = figure.xpath("./svg//a[@tabindex='-1']/@href")
        assert set(passed) <= set(figure.xpath(".//details//a[not(@tabindex)]/@href"))
        (drawn,) = figure.xpath(".//svg[@aria-labelledby]")
        (said,) = figure.xpath(f".//*[@id='{drawn.get('aria-describedby')}']")
        assert "table below" in said.text_content() and bool(passed) == ("links" in said.text_content())

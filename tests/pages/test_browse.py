"""Ways through the facts: by the words they bear, and along the timelines of organizations."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

import sites
from archives import TODAY, archive, write
from factbook.check import run as checking
from factbook.check.report import text
from factbook.data.tables_facts import FACTS
from factbook.model import ledger
from factbook.model.archive import Archive
from factbook.model.records import SUBJECTS, spellings
from factbook.pages import overview, parts
from factbook.pages.kinds import FOLDERS, Pages
from factbook.read import load
from revisions import change, repository

KEEPER = "records/1902/keeper-left-gull-rock-1902.yaml"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive."""
    found, problems = checking.check(archive(tmp_path_factory.mktemp("small")), TODAY)
    assert found is not None and problems == []
    return found


def said(pages: Pages, kind: str, name: str) -> str:
    """The words on a page."""
    return sites.plain(pages.page((kind, name)).body)


# Long lists


def test_a_long_list_has_headings_and_a_short_one_none(small: Archive) -> None:
    """Above a number of rows a list is in parts, by year or, on the page of a year, by month; no row is lost, and
    a date without a month stands under its year."""
    language = Pages(small).language
    some = small.newest_first[0]
    dates = ["1902-03-04", "1902-03", "1902", None]
    rows = [replace(some, id=f"f{i}", date=dates[i % 4]) for i in range(parts.LONG + 4)]
    (whole,) = parts.parts(rows[: parts.LONG], partial(parts.month, language))
    assert (whole.id, whole.title, whole.rows) == ("", "", rows[: parts.LONG])
    found = parts.parts(rows, partial(parts.month, language))
    assert [(p.id, p.title) for p in found] == [
        ("m1902-03", "March 1902"), ("y1902", "1902"), ("undated", "Undated"),
    ]  # fmt: skip
    assert sorted(r.id for p in found for r in p.rows) == sorted(r.id for r in rows)
    assert [p.id for p in parts.parts(rows, partial(parts.year, language))] == ["y1902", "undated"]


@pytest.fixture
def meaningful(small: Archive) -> Pages:
    """The pages of the small archive, whose statuses have meanings, beside a page on its method."""
    statuses = {k: replace(w, meaning=f"It is {w.id}.") for k, w in small.vocabulary["statuses"].items()}
    found = replace(small, vocabulary={**small.vocabulary, "statuses": statuses})
    return Pages(found, editions={"en": frozenset({"method.html"})})


LEGEND = '<details class="meanings">'


@pytest.mark.parametrize("job", [("organization", "gull-rock-light"), ("person", "ane-morrow"), ("year", "1902")])
def test_a_list_says_what_its_statuses_mean(meaningful: Pages, job: tuple[str, str]) -> None:
    """Once above the list, folded: the statuses that it counts, each with its meaning, and where more is said."""
    above, _, rest = meaningful.page(job).body.partition(LEGEND)
    legend, _, below = rest.partition("</details>")
    counted = re.findall(r'title="(It is [a-z-]+[.])"[^<]*<[^>]*>(?:<path[^>]*></svg>)?', above.split("standing")[-1])
    assert counted and re.findall("<dd>(.*?)</dd>", legend) == counted
    assert 'href="../method.html"' in legend and LEGEND not in below


@pytest.mark.parametrize("block", ["contested", "changed", "review", "origins", "explore", "search"])
def test_lists_on_written_pages_say_what_statuses_mean(meaningful: Pages, block: str) -> None:
    """Contested, what changed, and the two doors of the search: each bears the legend once."""
    assert str(meaningful.block(block, "")).count(LEGEND) == 1


# People and countries


def test_the_page_of_a_person(small: Archive) -> None:
    """It says who that is, under which other names, and which facts name them."""
    assert said(Pages(small), "person", "ane-morrow") == (
        "Home People Ane Morrow Keeper of Gull Rock in 1902. One fact is recorded here: "
        "Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm. Disputed · "
        "November 1902 Answered here: Did the keeper "
        "of Gull Rock leave the tower? French Anne Morrow Also written Ann Morow · A. Morrow "
        "Disputed 1 Sort, filter or download these facts "
        "Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm. Disputed · "
        "November 1902 · Gull Rock Light Report a problem Tam Ellery →"
    )


def test_a_name_in_another_language_says_which(small: Archive) -> None:
    """Whoever has the page read aloud hears each name as in its language."""
    assert '<dd lang="fr">Anne Morrow</dd>' in Pages(small).page(("person", "ane-morrow")).body
    assert '<span lang="fr">Anne Morrow</span>' in Pages(small).block("subjects people", "../")


def test_the_page_of_a_country(small: Archive) -> None:
    """It bears the code of the country beside its names."""
    assert said(Pages(small), "country", "ferrow-isles") == (
        "Home Countries Ferrow Isles They do not exist. One fact is recorded here: "
        "Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm. Disputed · "
        "November 1902 Answered here: Did the keeper "
        "of Gull Rock leave the tower? French Îles de Ferrow Code in ISO 3166-1 XF "
        "Disputed 1 Sort, filter or download these facts "
        "Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm. Disputed · "
        "November 1902 · Gull Rock Light Report a problem"
    )


def test_a_person_without_facts_has_a_page_too(small: Archive) -> None:
    """A word of the vocabulary has its address before the first fact bears it."""
    assert said(Pages(small), "person", "tam-ellery") == (
        "Home People Tam Ellery Keeper of Gull Rock before her. No fact has been recorded here. "
        "Report a problem ← Ane Morrow"
    )


def test_the_list_of_people(small: Archive) -> None:
    """Everybody in the order of the vocabulary, with the number of facts and the name in other languages."""
    assert sites.plain(Pages(small).block("subjects people", "../")) == (
        "Ane Morrow 1 Keeper of Gull Rock in 1902. Anne Morrow Tam Ellery 0 Keeper of Gull Rock before her."
    )


def test_a_fact_leads_to_its_people_and_countries(small: Archive) -> None:
    """Both stand on the page of a fact as links, and not at all where it names none."""
    pages = Pages(small)
    body = pages.page(("fact", "keeper-left-gull-rock-1902")).body
    assert re.findall(r'href="\.\./((?:people|countries)/[^"]*)">([^<]*)<', body) == [
        ("people/ane-morrow.html", "Ane Morrow"),
        ("countries/ferrow-isles.html", "Ferrow Isles"),
    ]
    assert "People" not in said(pages, "fact", "gull-rock-lamp-lit-1901")


@pytest.mark.parametrize("lists", ["", "people: {}\ncountries: {}\n", "people:\ncountries: []\n"])
def test_an_archive_need_not_name_people_or_countries(tmp_path: Path, lists: str) -> None:
    """The lists may be empty or left out: the check passes, and the pages of both say that there is nobody yet."""
    root = archive(tmp_path)
    words = root / "facts" / "vocabulary.yaml"
    words.write_text(words.read_text("utf-8").partition("people:")[0] + lists, "utf-8")
    fact = (root / "facts" / KEEPER).read_text("utf-8")
    write(root, KEEPER, fact.replace("people: [ane-morrow]\ncountries: [ferrow-isles]\n", ""))
    found, problems = checking.check(root, TODAY)
    assert found is not None and problems == []
    for kind in ("people", "countries"):
        assert sites.plain(Pages(found).block(f"subjects {kind}", "../")) == "None has been named in this archive yet."


def test_an_unknown_person_is_told_with_the_nearest(tmp_path: Path) -> None:
    """A misspelt id is an error at its place, with what was probably meant."""
    root = archive(tmp_path)
    fact = (root / "facts" / KEEPER).read_text("utf-8")
    write(root, KEEPER, fact.replace("ane-morrow", "ane-morow"))
    assert text(checking.check(root, TODAY)[1]) == (
        f"facts/{KEEPER}:6:10: error: people must be a word of the vocabulary [unknown-word]\n"
        "    found: ane-morow\n"
        "    allowed: ane-morrow, tam-ellery\n"
        "    hint: Did you mean ane-morrow?\n"
        "1 error in 1 file."
    )


def test_sorting_a_fact_anew_needs_no_ledger_entry(tmp_path: Path) -> None:
    """People and topics may be added without a word in the ledger; those that a fact names no more are told."""
    root = repository(tmp_path / "archive")
    change(root, KEEPER, "people: [ane-morrow]\n", "people: [tam-ellery, ane-morrow]\n")
    change(root, KEEPER, "topics: [keepers, storms]", "topics: [keepers, storms, lamps]")
    assert sites.run(root, "check", "--against", "HEAD").stdout.splitlines()[0] == "No problems."
    change(root, KEEPER, "countries: [ferrow-isles]\n", "")
    assert "[change-without-entry]" in sites.run(root, "check", "--against", "HEAD").stdout


@pytest.fixture
def weighed(small: Archive) -> Archive:
    """The small archive in which one fact of Gull Rock Light is of low weight."""
    fact = replace(small.statements["gull-rock-lamp-range"], weight="low")
    return replace(small, statements={**small.statements, fact.id: fact})


def test_what_is_of_low_weight_steps_behind(small: Archive, weighed: Archive) -> None:
    """Lists put it last under a heading of its own, totals leave it out and say so, and its own page tells in words."""
    claim = weighed.statements["gull-rock-lamp-range"].claim
    before, after = (
        said(Pages(small), "organization", "gull-rock-light"),
        said(Pages(weighed), "organization", "gull-rock-light"),
    )
    assert "5 facts are recorded here" in before and "low weight" not in before
    assert "4 facts are recorded here" in after and "1 fact of low weight is not counted." in after
    assert "of them contested" not in after
    assert "How its 4 facts stand" in after
    assert after.index("Of low weight") < after.index(claim)
    assert "Weight Low: nothing could contradict it" in said(Pages(weighed), "fact", "gull-rock-lamp-range")
    assert "Weight Low" not in said(Pages(weighed), "fact", "storm-broke-gull-rock-lamp-1902")
    total = len(small.statements)
    home = sites.plain(Pages(weighed).block("standing", ""))
    assert home.startswith(f"{total - 1} facts") and "1 more of low weight is not counted" in home
    assert sum(n for _, n in overview.standing(weighed, overview.foremost(weighed.statements.values()))) == total - 1


def test_what_changed_last_shows_changes_and_what_is_new(small: Archive, weighed: Archive) -> None:
    """Half of it are statuses that changed and half new facts where there are enough of both, none of low weight."""
    for most in (2, 4, 8):
        shown = ledger.leading(small, most)
        changed = [change for change in shown if change.before]
        assert shown[: len(changed)] == changed and len(shown) <= most
        every = [c for c in ledger.changes(small) if c.before and c.before != c.revision.status]
        assert len(changed) == min(len(every), max(most - most // 2, most - len(small.statements)))
    names = {change.statement.id for change in ledger.leading(weighed, 100)}
    assert "gull-rock-lamp-range" not in names and names


def test_a_list_of_nothing_but_low_weight_is_shown(weighed: Archive) -> None:
    """Where every fact of a word is of low weight, its page lists them and claims no total."""
    every = {f.id: replace(f, weight="low") for f in weighed.statements.values()}
    page = said(Pages(replace(weighed, statements=every)), "person", "ane-morrow")
    assert "Of low weight" in page and "is recorded here" not in page and "No fact has been recorded here." not in page


def test_the_weight_of_a_fact_is_a_column_and_needs_a_ledger_entry(weighed: Archive, tmp_path: Path) -> None:
    """It goes into every table, is set with a word in the ledger, and can be nothing but low."""
    place = [c.name for c in FACTS.columns].index("weight")
    cells = {row[0]: row[place] for row in FACTS.rows(weighed)}
    assert {name for name, cell in cells.items() if cell == "low"} == {"gull-rock-lamp-range"}
    assert set(cells.values()) == {"low", None}
    root = repository(tmp_path / "archive")
    change(root, KEEPER, "kind: event\n", "kind: event\nweight: low\n")
    assert "the field weight was changed" in sites.run(root, "check", "--against", "HEAD").stdout
    change(root, KEEPER, "weight: low\n", "weight: high\n")
    assert "weight" in sites.run(root, "check").stdout


def test_rows_show_what_is_in_common_use(small: Archive) -> None:
    """An acronym or a name stands in rows only where the record says that it is in common use; else the first name."""
    league = small.organizations["league-of-lights"]
    insiders = tuple(replace(n, use="") for n in league.acronyms)
    known = (*league.names, replace(league.names[0], text="The League", use="common"))
    for changed, shown in (
        (league, "LL"),
        (replace(league, acronyms=insiders), "League of Lights"),
        (replace(league, acronyms=insiders, names=known), "The League"),
    ):
        pages = Pages(replace(small, organizations={**small.organizations, league.id: changed}))
        assert pages.short(league.id) == shown


def test_spellings_are_given_in_the_order_of_the_languages(small: Archive) -> None:
    """Names by language come first, then spellings that belong to none."""
    word = small.vocabulary["people"]["ane-morrow"]
    assert spellings(small.vocabulary, word) == [("fr", "Anne Morrow"), ("", "Ann Morow"), ("", "A. Morrow")]


# Along a timeline


def test_the_facts_before_and_after(small: Archive) -> None:
    """For each organization of a fact, its dated facts before and after it in time; the ends have one neighbour."""
    around = {
        (o, f.id): tuple(n.id if n else "" for n in small.around(f, o))
        for f in small.newest_first
        for o in f.organizations
        if o != "league-of-lights"
    }
    assert around == {
        ("gull-rock-light", "gull-rock-lamp-lit-1901"): ("", "keeper-left-gull-rock-1902"),
        ("gull-rock-light", "keeper-left-gull-rock-1902"): (
            "gull-rock-lamp-lit-1901",
            "storm-broke-gull-rock-lamp-1902",
        ),
        ("gull-rock-light", "storm-broke-gull-rock-lamp-1902"): (
            "keeper-left-gull-rock-1902",
            "gull-rock-lamp-mended-1902",
        ),
        ("gull-rock-light", "gull-rock-lamp-mended-1902"): ("storm-broke-gull-rock-lamp-1902", ""),
        ("keepers-board", "gull-rock-lamp-mended-1902"): ("", "board-denied-keeper-left-1903"),
        ("keepers-board", "board-denied-keeper-left-1903"): ("gull-rock-lamp-mended-1902", ""),
        ("gull-rock-light", "gull-rock-lamp-range"): ("", ""),
    }


def test_the_steps_on_the_page_of_a_fact(small: Archive) -> None:
    """Each organization on whose timeline the fact has neighbours, with their claims and dates."""
    body = Pages(small).page(("fact", "gull-rock-lamp-mended-1902")).body
    steps = body.partition('<nav aria-labelledby="along">')[2].partition("</nav>")[0]
    assert sites.plain(steps) == (
        "Before and after Gull Rock Light A storm broke the lamp of Gull Rock in November 1902. November 1902 "
        "Board of Keepers The Board of Keepers said that no keeper had left his tower. February 1903"
    )
    assert re.findall(r'<a rel="(prev|next)" href="([^"]*)">', steps) == [
        ("prev", "storm-broke-gull-rock-lamp-1902.html"),
        ("next", "board-denied-keeper-left-1903.html"),
    ]


def test_what_has_no_date_has_no_place_on_a_timeline(small: Archive) -> None:
    """An undated fact offers no steps, and no other leads to it by them."""
    pages = Pages(small)
    assert "Before and after" not in said(pages, "fact", "gull-rock-lamp-range")
    bodies = [pages.page(("fact", name)).body for name in small.statements]
    assert [b for b in bodies if re.search('rel="(prev|next)" href="gull-rock-lamp-range.html"', b)] == []


def test_many_organizations_are_not_all_stepped_along(tmp_path: Path) -> None:
    """Two at most have their steps on the page; the others are named with links to theirs."""
    root = archive(tmp_path)
    more = (root / "facts/organizations/keepers-board.yaml").read_text("utf-8")
    for n in range(3):
        write(root, f"organizations/tower-{n}.yaml", more.replace("Board of Keepers", f"Tower {n}"))
    towers = ", ".join(f"tower-{n}" for n in range(3))
    for path in (KEEPER, "records/1902/storm-broke-gull-rock-lamp-1902.yaml"):
        fact = (root / "facts" / path).read_text("utf-8")
        write(root, path, fact.replace("[gull-rock-light]", f"[gull-rock-light, {towers}]"))
    found, _ = load.read_archive(root)
    words = said(Pages(found), "fact", "keeper-left-gull-rock-1902")
    steps = words.partition("Before and after ")[2]
    assert re.findall(r"Gull Rock Light|Tower \d", steps) == ["Gull Rock Light", "Tower 0", "Tower 1", "Tower 2"]
    assert "Also on the timelines of Tower 1 , Tower 2" in steps


def test_stepping_along_reaches_every_dated_fact(grown_archive: Archive) -> None:
    """From the newest fact of an organization, each step back leads to the next older one, down to the first."""
    for organization, facts in grown_archive.by_organization.items():
        dated = [f for f in facts if f.when]
        walked, at = [], dated[0] if dated else None
        while at is not None:
            walked.append(at)
            at = grown_archive.around(at, organization)[0]
        assert walked == dated


@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_word_has_a_page(grown_archive: Archive, kind: str) -> None:
    """Each word of topics, people and countries has its page, with as many facts as bear it."""
    pages = Pages(grown_archive)
    made = {job[1]: pages.page(job) for job in pages.jobs() if FOLDERS[job[0]] == kind}
    assert sorted(made) == sorted(grown_archive.vocabulary[kind])
    counted = {name: page.body.count('<li class="fact">') for name, page in made.items()}
    assert counted == {name: sum(name in getattr(f, kind) for f in grown_archive.statements.values()) for name in made}


def test_an_organization_lists_the_sources_that_its_facts_cite_most_often(small: Archive) -> None:
    """Of very many sources the page names forty, those cited most first, and says of how many."""
    fact, source = small.statements["gull-rock-lamp-range"], small.sources["league-register-1901"]
    names = [f"paper-{number:03}" for number in range(130)]
    facts = {
        f"{fact.id}-{number:03}": replace(
            fact,
            id=f"{fact.id}-{number:03}",
            references=tuple(replace(fact.references[0], source=cited) for cited in dict.fromkeys((name, names[-1]))),
        )
        for number, name in enumerate(names)
    }
    sources = {name: replace(source, id=name, title=f"Title of {name}") for name in names}
    found = replace(small, statements=facts, sources=small.sources | sources)
    body = Pages(found).page(("organization", fact.organizations[0])).body
    used = body.partition('<h2 id="sources">')[2].partition("<details")[0]
    listed = re.findall("Title of (paper-[0-9]+)", used)
    assert (listed[0], len(listed)) == ("paper-129", 40)
    every = found.by_organization[fact.organizations[0]]
    of = len({r.source for one in (*every, found.organizations[fact.organizations[0]]) for r in one.references})
    assert f"These 40 are cited most often, of {of}. Each fact names its own." in used
    assert "cited most often" not in Pages(small).page(("organization", fact.organizations[0])).body

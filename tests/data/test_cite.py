"""Citations: in every style what the library itself makes of a fact, in BibTeX and CSL-JSON what their readers read."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from citeproc.source.bibtex import BibTeX
from msgspec.structs import replace

from archives import ROOT, TODAY, archive
from citation_styles import patterns, styled
from factbook.check.run import check
from factbook.data.citations import (
    FOLDER,
    STYLES,
    Publication,
    bibtex,
    csl,
    files,
    of_archive,
    of_fact,
    of_organization,
    texts,
)
from factbook.model import fingerprint
from factbook.model.archive import Archive

PUBLICATION = Publication(name="Lights of the Ferrow Isles", author="The Keepers", base="https://lights.example/a/")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive."""
    return check(archive(tmp_path_factory.mktemp("cite") / "a"), TODAY)[0]


def test_a_fact_in_every_style(small: Archive) -> None:
    """Author, day, claim, archive, address with the version, each where the style wants it, and the version."""
    work = of_fact(small, PUBLICATION, "gull-rock-lamp-lit-1901")
    version = fingerprint.fingerprint(small.statements["gull-rock-lamp-lit-1901"])
    url = f"https://lights.example/a/facts/gull-rock-lamp-lit-1901.html#v={version}"
    claim = "The lamp of Gull Rock was lit for the first time on 3 May 1901"
    assert dict(texts(work)) == {
        "APA": f"The Keepers. (2024, May 1). {claim}. Lights of the Ferrow Isles. {url} Version {version}.",
        "Chicago": f"The Keepers. 2024. “{claim}.” Lights of the Ferrow Isles, May 1. {url}. Version {version}.",
        "MLA": f"The Keepers. “{claim}.” Lights of the Ferrow Isles, 1 May 2024, {url}. Version {version}.",
        "GOST R 7.0.5": f"The Keepers. {claim} [Electronic resource] // Lights of the Ferrow Isles. 2024. URL: {url}. "
        f"Version {version}.",
    }


def test_without_an_address(small: Archive) -> None:
    """Where no address is configured a citation has none, and still says which version it means."""
    work = of_fact(small, replace(PUBLICATION, base=""), "gull-rock-lamp-lit-1901")
    assert dict(texts(work))["APA"] == (
        "The Keepers. (2024, May 1). The lamp of Gull Rock was lit for the first time on 3 May 1901. "
        f"Lights of the Ferrow Isles. Version {work.version}."
    )


def test_the_whole_archive_and_an_organization(small: Archive) -> None:
    """The archive is cited by its release, the page of an organization by its name and version within the archive."""
    release = fingerprint.release(small)
    assert dict(texts(of_archive(small, PUBLICATION)))["APA"] == (
        f"The Keepers. (2024, May 1). Lights of the Ferrow Isles. https://lights.example/a/ Release {release}."
    )
    assert dict(texts(of_organization(small, PUBLICATION, "keepers-board")))["MLA"] == (
        "The Keepers. “Board of Keepers.” Lights of the Ferrow Isles, 1 May 2024, "
        "https://lights.example/a/organizations/keepers-board.html. "
        f"Version {fingerprint.fingerprint(small.organizations['keepers-board'])}."
    )


def unversioned(item: dict) -> dict:
    """CSL-JSON without what no style is asked to show."""
    return {name: held for name, held in item.items() if name not in ("id", "version", "note")}


@pytest.mark.parametrize("style", STYLES)
def test_every_fact_is_cited_as_the_library_cites_it(small: Archive, style: str) -> None:
    """What is filled into the pattern of a style is what the library makes of the fact itself."""
    publication = Publication(
        name="An archive of 28 stories, 7543", author="The maintainers", base="https://a.example/"
    )
    for name in small.statements:
        work = of_fact(small, publication, name)
        assert dict(texts(work))[style] == f"{styled(style, unversioned(csl(work)))} Version {work.version}."


TITLES = (
    "A lamp, a boat; a flag: three", "Was it lit?", "It was lit!", "The “no” of the keeper", "The keeper's \"no\"",
    "In 28 of 7543 nights (a third) it was dark", "Oil & tar – 50 % dearer", "Маяк зажгли в «Порту»", "Қайық Ғ. келді",
    "lamp", "A. Morrow, Jr., left at 5 a.m", "Qtitleq and Qdayq", "St. Gull's “lamp” (old)", "It ended…",
)  # fmt: skip
"""Claims that a style might be tempted to touch: quotation marks, signs at their end, other alphabets, numbers."""


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", TITLES)
def test_every_title_is_cited_as_the_library_cites_it(small: Archive, style: str, title: str) -> None:
    """No sign in a claim makes a style say it otherwise than the pattern does; only a question takes no full stop."""
    work = replace(of_fact(small, PUBLICATION, "gull-rock-lamp-range"), title=title)
    said = styled(style, unversioned(csl(work))).replace("?.", "?")
    assert dict(texts(work))[style] == f"{said} Version {work.version}."


@pytest.mark.slow
def test_the_patterns_are_what_the_library_makes() -> None:
    """The file of patterns is what scripts/citation_styles.py would write."""
    assert json.loads((FOLDER / "patterns.json").read_text("utf-8")) == patterns()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("day", ["2024-01-01", "2024-02-29", "2025-03-09", "1999-05-10", "2030-09-30", "2024-12-31"])
def test_every_day_is_cited_as_the_library_cites_it(small: Archive, style: str, day: str) -> None:
    """The day and the year fit into the pattern of the month, whatever they are."""
    work = replace(of_fact(small, PUBLICATION, "gull-rock-lamp-range"), day=day)
    assert dict(texts(work))[style] == f"{styled(style, unversioned(csl(work)))} Version {work.version}."


@pytest.mark.filterwarnings("ignore:Unsupported BibTeX field:UserWarning")
def test_bibtex_is_read_back(small: Archive) -> None:
    """Another program reads from the entry what was written, whatever letters a claim has."""
    work = replace(
        of_fact(small, PUBLICATION, "gull-rock-lamp-lit-1901", "2024-05-01.0a1b2c3d"),
        title="50% of {Lamps} & Keepers #1 cost $5_000 ~ \\ ^",
    )
    assert bibtex(work) == (
        f"@misc{{gull-rock-lamp-lit-1901-{work.version},\n"
        "  author = {{The Keepers}},\n"
        "  title = {{50\\% of \\textbraceleft{}Lamps\\textbraceright{} \\& Keepers \\#1 cost \\$5\\_000 "
        "\\textasciitilde{} \\textbackslash{} \\textasciicircum{}}},\n"
        "  howpublished = {Lights of the Ferrow Isles},\n"
        "  year = {2024},\n"
        "  month = may,\n"
        f"  note = {{2024-05-01, Version {work.version}, archive release {work.release}}},\n"
        f"  url = {{https://lights.example/a/facts/gull-rock-lamp-lit-1901.html#v={work.version}}},\n"
        "}\n"
    )
    plain = of_fact(small, PUBLICATION, "gull-rock-lamp-lit-1901")
    read = BibTeX(StringIO(bibtex(plain)))[f"gull-rock-lamp-lit-1901-{plain.version}"]
    assert str(read.title) == plain.title
    assert (read.issued.year, read.issued.month) == (2024, 5)


def test_the_files(small: Archive) -> None:
    """Two files for the archive and for each record that is cited; the CSL-JSON is a list with one item."""
    found = dict(files(small, PUBLICATION))
    every = ["archive", *(f"facts/{n}" for n in small.statements), *(f"organizations/{n}" for n in small.organizations)]
    every += [*(f"questions/{n}" for n in small.questions), *(f"tables/{n}" for n in small.series)]
    assert sorted(found) == sorted(f"data/v1/{path}.{ending}" for path in every for ending in ("bib", "csl.json"))
    work = of_fact(small, PUBLICATION, "keeper-left-gull-rock-1902", fingerprint.release(small))
    assert json.loads(found["data/v1/facts/keeper-left-gull-rock-1902.csl.json"]) == [
        {
            "id": "keeper-left-gull-rock-1902",
            "type": "webpage",
            "title": "Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm",
            "container-title": "Lights of the Ferrow Isles",
            "author": [{"literal": "The Keepers"}],
            "issued": {"date-parts": [[2024, 5, 1]]},
            "URL": work.url,
            "version": work.version,
            "note": f"Archive release {work.release}",
        }
    ]


def test_every_style_is_kept_with_its_licence() -> None:
    """The styles lie in the repository as their authors published them, each with its licence."""
    folder = ROOT / "scripts" / "factbook" / "data" / "styles"
    assert sorted(p.stem for p in folder.glob("*.csl")) == sorted(STYLES.values())
    for path in folder.glob("*.csl"):
        assert '<rights license="http://creativecommons.org/licenses/by-sa/3.0/">' in path.read_text("utf-8")

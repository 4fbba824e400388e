"""Linked data: the dump and the pages say the same, in words that others have defined, and nothing beyond the records.

Read by PyLD and by rdflib, which share no code; the dump is held to its own published shapes by pySHACL. No test, and
no reader of the dump, needs the network: the one thing the pages name there, the context of schema.org, is given here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import pyld.jsonld
import pyshacl
import pytest
from msgspec.structs import replace
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import PROV, RDF, XSD

import archives
import sites
from factbook.check.run import check
from factbook.data import jsonld
from factbook.data.published import Publication
from factbook.model.archive import Archive
from factbook.model.records import Relation, Revision
from golden import golden

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""What rdflib's own reader of JSON-LD warns of."""
BASE = "https://lights.example/archive/"
HERE = f"{BASE}data/v1/archive.jsonld"
SCHEMA = Namespace("http://schema.org/")
CITO, EDTF = Namespace("http://purl.org/spar/cito/"), Namespace("http://id.loc.gov/datatypes/edtf/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PUBLIC = {
    "@vocab": "http://schema.org/",
    "url": {"@id": "url", "@type": "@id"},
    "datePublished": {"@id": "datePublished", "@type": "Date"},
}
"""What the pages use of the context that schema.org publishes."""
EMBEDDED = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def loader(url: str, options: object = None) -> dict:
    """The context of schema.org; nothing else is asked for."""
    assert url == jsonld.PUBLIC
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": PUBLIC}}


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive, with a fact whose status changed, one that narrows another, and one that supersedes it."""
    found, _ = check(archives.archive(tmp_path_factory.mktemp("linked") / "archive"), archives.TODAY)
    assert found is not None
    s = dict(found.statements)
    storm, lit = s["storm-broke-gull-rock-lamp-1902"], s["gull-rock-lamp-lit-1901"]
    first = Revision(date="2024-04-01", status="unreviewed", reason="Recorded.", sources=("harbour-post-1902",))
    s[storm.id] = replace(storm, history=(first, *storm.history))
    s[lit.id] = replace(
        lit,
        relations=(
            Relation(kind="narrows", target="gull-rock-lamp-range"),
            Relation(kind="supersedes", target="gull-rock-lamp-mended-1902"),
        ),
    )
    return replace(found, statements=s)


def dumped(archive: Archive, base: str = BASE, name: str = "Lights") -> bytes:
    """The dump of an archive."""
    (made,) = (
        held
        for path, held in jsonld.files(archive, Publication(base=base, name=name))
        if path == "data/v1/archive.jsonld"
    )
    return b"".join(made)


def graph(data: bytes) -> Graph:
    """The dump as rdflib reads it where it is published."""
    return Graph().parse(data=data.decode(), format="json-ld", publicID=HERE)


def shaped(found: Graph) -> tuple[bool, str]:
    """Whether a graph keeps what the shapes promise, and what they find wrong."""
    shapes = Graph().parse(jsonld.SHAPES, format="turtle")
    kept, _, report = pyshacl.validate(found, shacl_graph=shapes, meta_shacl=True)
    return kept, report


def page(kind: str, name: str, mark: str) -> URIRef:
    """The identifier of a thing on a page."""
    return URIRef(f"{BASE}{kind}/{name}.html#{mark}")


def test_a_line_of_the_dump_is_as_the_golden_file_says(lights: Archive) -> None:
    """An organization, a source and a claim with its ledger, to the byte."""
    lines = dumped(lights).splitlines(keepends=True)
    wanted = (
        "organizations/league-of-lights.html",
        "sources/harbour-post-1902.html",
        "facts/storm-broke-gull-rock-lamp-1902.html",
    )
    made = b"".join(line for page in wanted for line in lines if line.startswith(f'{{"@id":"{BASE}{page}'.encode()))
    assert made == golden("archive.jsonld.lines", made)


@pytest.mark.parametrize("base", [BASE, ""])
def test_two_readers_find_the_same(lights: Archive, base: str) -> None:
    """PyLD, which has no way to load anything, and rdflib make the same graph, with and without the site's address."""
    data = dumped(lights, base)
    quads = pyld.jsonld.to_rdf(
        json.loads(data), {"base": HERE, "format": "application/n-quads", "documentLoader": loader}
    )
    assert isomorphic(graph(data), Graph().parse(data=quads, format="nt"))
    assert isomorphic(graph(data), graph(dumped(lights)))


def test_the_dump_keeps_its_shapes(lights: Archive) -> None:
    """A small archive is what data/v1/shapes.ttl promises."""
    assert shaped(graph(dumped(lights))) == (True, "Validation Report\nConforms: True\n")


CLAIM = page("facts", "storm-broke-gull-rock-lamp-1902", "claim")
FIRST = page("facts", "storm-broke-gull-rock-lamp-1902", "ledger-1")
SECOND = page("facts", "storm-broke-gull-rock-lamp-1902", "ledger-2")
BROKEN = (
    ("remove", CLAIM, SCHEMA.text, None),
    ("remove", CLAIM, SCHEMA.subjectOf, None),
    ("remove", SECOND, SCHEMA.reviewRating, None),
    ("remove", SECOND, PROV.generatedAtTime, None),
    ("add", CLAIM, SCHEMA.temporalCoverage, Literal("1902", datatype=XSD.gYear)),
    ("add", CLAIM, SCHEMA.about, URIRef("https://nobody.example/")),
    ("add", CLAIM, RDF.type, SCHEMA.ClaimReview),
    ("add", FIRST, SCHEMA.reviewRating, URIRef("https://rating.example/")),
    ("remove", page("organizations", "gull-rock-light", "organization"), SCHEMA.name, None),
    ("remove", page("sources", "harbour-post-1902", "source"), SCHEMA.publisher, None),
)


@pytest.mark.parametrize(("how", "subject", "predicate", "value"), BROKEN)
def test_the_shapes_find_what_is_broken(
    lights: Archive, how: str, subject: URIRef, predicate: URIRef, value: URIRef | Literal | None
) -> None:
    """Each promise taken back is one that the shapes notice."""
    found = graph(dumped(lights))
    {"add": found.add, "remove": found.remove}[how]((subject, predicate, value))
    assert shaped(found)[0] is False


def test_nobody_reads_a_rating_where_nobody_weighed(lights: Archive) -> None:
    """A status that takes no evidence makes no review, neither in the dump nor on a page; it stands there as a word."""
    found = graph(dumped(lights))
    weighed = {w.label: jsonld.weighed(w) for w in lights.vocabulary["statuses"].values()}
    assert weighed == {
        "Confirmed": True, "Corroborated": True, "Reported": True, "Not reviewed": False, "Disputed": True,
        "Refuted": True, "Superseded": True, "Withdrawn": False,
    }  # fmt: skip
    assert (FIRST, RDF.type, SCHEMA.ClaimReview) not in found
    assert (SECOND, RDF.type, SCHEMA.ClaimReview) in found
    on_page = json.loads(jsonld.of_fact(lights, "gull-rock-lamp-range", BASE, "Lights"))
    assert (on_page["@type"], on_page["creativeWorkStatus"]) == ("Claim", "Not reviewed")
    assert "reviewRating" not in str(on_page)
    assert list(found.objects(None, SCHEMA.ratingValue)) == []


def test_the_ledger_is_provenance(lights: Archive) -> None:
    """Each entry revises the one before, which no longer holds from that day; the newest holds."""
    found = graph(dumped(lights))
    assert set(found.objects(CLAIM, SCHEMA.subjectOf)) == {FIRST, SECOND}
    assert found.value(SECOND, PROV.wasRevisionOf) == FIRST
    day = Literal("2024-05-01T00:00:00Z", datatype=XSD.dateTime)
    assert (found.value(FIRST, PROV.invalidatedAtTime), found.value(SECOND, PROV.generatedAtTime)) == (day, day)
    assert found.value(SECOND, PROV.invalidatedAtTime) is None
    assert found.value(FIRST, PROV.wasDerivedFrom) == page("sources", "harbour-post-1902", "source")


def test_dates_sources_and_relations_are_in_words_of_standards(lights: Archive) -> None:
    """EDTF literals as recorded; only a first-hand source is a primary source; what contradicts is told by CiTO."""
    found = graph(dumped(lights))
    mended = page("facts", "gull-rock-lamp-mended-1902", "claim")
    lit = page("facts", "gull-rock-lamp-lit-1901", "claim")
    keeper = page("facts", "keeper-left-gull-rock-1902", "claim")
    denied = page("facts", "board-denied-keeper-left-1903", "claim")
    notice, post = page("sources", "board-notice-1903", "source"), page("sources", "harbour-post-1902", "source")
    assert found.value(mended, SCHEMA.temporalCoverage) == Literal("1902-12?", datatype=EDTF.EDTF)
    assert found.value(page("facts", "gull-rock-lamp-range", "claim"), SCHEMA.temporalCoverage) is None
    assert set(found.objects(mended, PROV.wasDerivedFrom)) == {notice, post}
    assert set(found.objects(mended, PROV.hadPrimarySource)) == {notice}
    assert set(found.objects(keeper, CITO.isDisputedBy)) == {notice, denied}
    assert set(found.objects(keeper, SCHEMA.appearance)) == {post}
    assert found.value(lit, PROV.specializationOf) == page("facts", "gull-rock-lamp-range", "claim")
    assert found.value(lit, DCTERMS.replaces) == mended


def embedded(text: str) -> Iterable[dict]:
    """The blocks of linked data on a page."""
    return [json.loads(found) for found in EMBEDDED.findall(text)]


@pytest.mark.parametrize("kind", ["facts", "organizations"])
def test_pages_and_dump_agree(small_root: Path, kind: str) -> None:
    """Every statement that a page makes to programs stands in the dump, but the archive's own name and address."""
    archive, _ = check(small_root, archives.TODAY)
    assert archive is not None
    whole = graph(dumped(archive, BASE, "Gull Rock"))
    names = {"facts": archive.statements, "organizations": archive.organizations}[kind]
    for name in names:
        address = f"{BASE}{kind}/{name}.html"
        (said,) = embedded((small_root / "site" / kind / f"{name}.html").read_text("utf-8"))
        quads = pyld.jsonld.to_rdf(said, {"base": address, "format": "application/n-quads", "documentLoader": loader})
        found = Graph().parse(data=quads, format="nt")
        told = {
            (s, p, str(o))
            for s, p, o in found
            if p not in (SCHEMA.author, SCHEMA.reviewRating) and isinstance(s, URIRef)
        }
        assert len(told) >= 3
        assert told - {(s, p, str(o)) for s, p, o in whole} == set()
        rated = {str(o) for o in found.objects(None, SCHEMA.alternateName)}
        assert rated <= {str(o) for o in whole.objects(None, SCHEMA.alternateName)}


def test_every_page_of_a_fact_or_an_organization_has_one_block(translated_root: Path) -> None:
    """In the language of the records; it is small, and a page in another language has none."""
    site = translated_root / "site"
    for path in sites.pages(site):
        text = (site / path).read_text("utf-8")
        blocks = EMBEDDED.findall(text)
        wanted = re.fullmatch("(facts|organizations)/(?!index)[^/]*.html", path) and "Moved:" not in unescape(text)
        assert len(blocks) == bool(wanted), path
        assert all(len(block.encode()) < 1500 and "<" not in block for block in blocks)


def test_the_published_context_is_that_of_the_dump(lights: Archive) -> None:
    """Whoever reads a node by itself has its words from data/v1/context.jsonld."""
    made = dict(jsonld.files(lights, Publication(base=BASE)))
    assert json.loads(made["data/v1/context.jsonld"])["@context"] == json.loads(dumped(lights))["@context"]
    assert made["data/v1/shapes.ttl"] == jsonld.SHAPES.read_bytes()


def test_no_text_ends_the_script(lights: Archive) -> None:
    """A claim that closes the element, or opens a comment, stays a text."""
    f = lights.statements["keeper-left-gull-rock-1902"]
    evil = replace(f, claim='</script><script>alert(1)</script><!-- "\\')
    text = jsonld.of_fact(replace(lights, statements=lights.statements | {f.id: evil}), f.id, BASE, "</script>")
    assert "<" not in text
    assert json.loads(text)["claimReviewed"] == evil.claim

"""Linked data: the archive as JSON-LD with the terms of schema.org and W3C PROV, on the pages and as one dump.

A fact is a Claim. Each entry of its ledger is a PROV entity that revises the one before, and a ClaimReview where its
status says that somebody weighed the claim. A rating has the status as its words and never a number: schema.org reads a
number as a mark between 1 and 5, and the statuses are no such scale. A date is a literal of the Library of Congress's
EDTF datatype. A source, or a fact, that contradicts is given with a term of CiTO.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup
from msgspec.json import encode

from factbook.data import jsonld_judgements
from factbook.data.jsonld_judgements import filled, sources
from factbook.data.published import Entry, Publication
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, release, versions
from factbook.model.records import UNKNOWN, Name, Organization, Source, Statement, Word, when

ENTRIES = (
    Entry(
        "data/v1/archive.jsonld",
        "application/ld+json",
        "Everything as linked data: schema.org and W3C PROV in JSON-LD.",
    ),
    Entry(
        "data/v1/context.jsonld",
        "application/ld+json",
        "What the words of the linked data mean; the dump holds it too.",
    ),
    Entry("data/v1/shapes.ttl", "text/turtle", "What the linked data promises, as SHACL shapes."),
)
"""The files of this part, in the order in which they are documented."""


SHAPES = Path(__file__).with_name("shapes.ttl")
PUBLIC = "https://schema.org"
"""The context of the JSON-LD on pages: the public one, by the name that search engines know."""
_LINK, _EDTF = {"@type": "@id"}, {"@type": "edtf:EDTF"}
CONTEXT = {
    "@vocab": "http://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        term: {"@id": term, **_LINK}
        for term in (
            *("about", "appearance", "archivedAt", "itemReviewed", "parentItem", "parentOrganization", "url"),
            *("prov:hadPrimarySource", "prov:specializationOf", "prov:wasDerivedFrom", "prov:wasRevisionOf"),
            *("cito:isDisputedBy", "dcterms:relation", "dcterms:replaces"),
        )
    },
    "generated": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "invalidated": {"@id": "prov:invalidatedAtTime", "@type": "xsd:dateTime"},
    "datePublished": {"@id": "datePublished", "@type": "Date"},
    "published": {"@id": "datePublished", **_EDTF},
    "founded": {"@id": "foundingDate", **_EDTF},
    "dissolved": {"@id": "dissolutionDate", **_EDTF},
    "temporalCoverage": {"@id": "temporalCoverage", **_EDTF},
    "ledger": {"@id": "subjectOf", "@container": "@set"},
}
"""The context of the dump. The dump contains it, so that nothing has to be fetched to read it."""
_RELATIONS = {"supersedes": "dcterms:replaces", "narrows": "prov:specializationOf"}
"""Terms for the relations between facts that a standard has one for; the others are dcterms:relation."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    """Yield the dump in pieces, its context and its shapes. Without an address every link is relative to the dump."""
    base, name = publication.base, publication.name
    yield f"{FOLDER}/archive.jsonld", dump(archive, base or "../../", name)
    yield f"{FOLDER}/context.jsonld", (json.dumps({"@context": CONTEXT}, indent=1) + "\n").encode()
    yield f"{FOLDER}/shapes.ttl", SHAPES.read_bytes()


def dump(archive: Archive, root: str, name: str) -> Iterator[bytes]:
    """Yield the whole archive as one JSON-LD document, one node a line. ``root`` goes before every path of the site."""
    yield b'{"@context":%b,"@graph":[\n' % encode(CONTEXT)
    for count, node in enumerate(_nodes(archive, root, name)):
        yield b",\n" * bool(count) + encode(node)
    yield b"\n]}\n"


def weighed(word: Word) -> bool:
    """Return whether a status says that somebody weighed the claim: the status requires evidence."""
    return word.evidence != "none" and not word.has("default") and not word.has("withdraws")


def _nodes(archive: Archive, root: str, name: str) -> Iterator[dict[str, Any]]:
    own = f"{root}index.html#archive"
    called = name or "The archive"
    yield {"@id": own, "@type": ["Organization", "prov:Agent"], "name": called, "url": f"{root}index.html"}
    yield {
        "@id": f"{root}{FOLDER}/archive.jsonld",
        "@type": ["Dataset", "prov:Entity"],
        "name": called,
        "version": release(archive),
        "creator": {"@id": own},
    }
    for o in archive.organizations.values():
        yield _organization(o, root)
    for s in archive.sources.values():
        yield _source(archive, s, root)
    for f in archive.statements.values():
        yield _claim(archive, f, root, own)
    for reply in archive.replies.values():
        yield jsonld_judgements.reply(archive, reply, root)
    for review in archive.reviews.values():
        yield jsonld_judgements.review(archive, review, root)


def _organization(o: Organization, root: str) -> dict[str, Any]:
    node = {
        "@id": f"{root}organizations/{o.id}.html#organization",
        "@type": ["Organization", "prov:Agent"],
        "identifier": o.id,
        "name": _language_value(o.names[0]),
        "alternateName": [_language_value(n) for n in (*o.names[1:], *o.acronyms)],
        "description": o.description,
        "url": o.website,
        "founded": _edtf(o.founded),
        "dissolved": _edtf(o.dissolved),
        "parentOrganization": [f"{root}organizations/{i}.html#organization" for i in o.part_of],
        "dcterms:replaces": [f"{root}organizations/{p.organization}.html#organization" for p in o.predecessors],
    }
    return filled(node)


def _source(archive: Archive, s: Source, root: str) -> dict[str, Any]:
    node = {
        "@id": f"{root}sources/{s.id}.html#source",
        "@type": ["CreativeWork", "prov:Entity"],
        "identifier": s.id,
        "name": {"@value": s.title, "@language": s.language},
        "inLanguage": s.language,
        "publisher": {"name": s.publisher},
        "author": [{"name": a} for a in s.authors],
        "genre": archive.vocabulary["source_kinds"][s.kind].label,
        "url": s.url,
        "archivedAt": s.archive_url,
        "creativeWorkStatus": "Retracted" if s.retracted else None,
        "published": _edtf(s.published),
    }
    return filled(node)


def _claim(archive: Archive, f: Statement, root: str, own: str) -> dict[str, Any]:
    v = archive.vocabulary
    page = f"{root}facts/{f.id}.html"
    cited = {stance: [r.source for r in f.references if r.stance == stance] for stance in ("supports", "contradicts")}
    supporting = sources(cited["supports"], root)
    first_hand = [s for s in cited["supports"] if "confirms" in archive.worth(archive.sources[s]).extra]
    node: dict[str, Any] = {
        "@id": f"{page}#claim",
        "@type": ["Claim", "prov:Entity"],
        "url": page,
        "identifier": f.id,
        "version": versions(archive)[f.id],
        "text": f.claim,
        "creativeWorkStatus": archive.status(f).label,
        "temporalCoverage": _edtf(f.date),
        "genre": v["fact_kinds"][f.kind].label,
        "keywords": [v["topics"][t].label for t in f.topics],
        "about": [f"{root}organizations/{o}.html#organization" for o in f.organizations],
        "author": {"name": f.speaker} if f.speaker else None,
        "appearance": supporting,
        "prov:wasDerivedFrom": supporting,
        "prov:hadPrimarySource": sources(first_hand, root),
        "cito:isDisputedBy": [
            *sources(cited["contradicts"], root),
            *(f"{root}facts/{other.id}.html#claim" for other in archive.against(f)),
        ],
    }
    for relation in f.relations:
        if relation.kind != "contradicts":
            term = _RELATIONS.get(relation.kind, "dcterms:relation")
            node.setdefault(term, []).append(f"{root}facts/{relation.target}.html#claim")
    node["ledger"] = [_entry(archive, f, n, root, own) for n in range(1, len(f.history) + 1)]
    return filled(node)


def _entry(archive: Archive, f: Statement, number: int, root: str, own: str) -> dict[str, Any]:
    page, h = f"{root}facts/{f.id}.html", f.history[number - 1]
    word = archive.shown_status(f, h.status)
    after = f.history[number].date if number < len(f.history) else None
    node = {
        "@id": f"{page}#ledger-{number}",
        "@type": ["ClaimReview" if weighed(word) else "CreativeWork", "prov:Entity"],
        "name": word.label,
        "text": h.reason,
        "datePublished": h.date,
        "generated": f"{h.date}T00:00:00Z",
        "invalidated": f"{after}T00:00:00Z" if after else None,
        "prov:wasRevisionOf": f"{page}#ledger-{number - 1}" if number > 1 else None,
        "prov:wasDerivedFrom": sources([archive.source(s).id for s in h.sources], root),
        "author": {"@id": own},
    }
    if weighed(word):
        node |= _review(f, word) | {"url": page, "itemReviewed": f"{page}#claim"}
    return filled(node)


def _review(f: Statement, word: Word) -> dict[str, Any]:
    return {"claimReviewed": f.claim, "reviewRating": {"@type": "Rating", "alternateName": word.label}}


def of_fact(archive: Archive, fact: str, base: str, name: str) -> Markup:
    """Return the JSON-LD of the page of a statement: its newest review, or only the claim where nobody weighed it.

    The sources are in the dump.
    """
    f = archive.statements[fact]
    word = archive.status(f)
    url = {"url": f"{base}facts/{f.id}.html"} if base else {}
    claim = {"@type": "Claim", "@id": "#claim"}
    said: dict[str, Any]
    if not weighed(word):
        said = {"@context": PUBLIC} | claim | url | {"text": f.claim, "creativeWorkStatus": word.label}
    else:
        said = {
            "@context": PUBLIC,
            "@type": "ClaimReview",
            "@id": f"#ledger-{len(f.history)}",
            **url,
            "datePublished": f.history[-1].date,
            "author": {"@type": "Organization", "name": name, "url": base or "../index.html"},
            **_review(f, word),
            "itemReviewed": claim,
        }
    return _inside_html(said)


def of_organization(archive: Archive, organization: str) -> Markup:
    """Return the JSON-LD of the page of an organization."""
    o = archive.organizations[organization]
    names = [n.text for n in (*o.names[1:], *o.acronyms)]
    said = {
        "@context": PUBLIC,
        "@type": "Organization",
        "@id": "#organization",
        "name": o.label,
        "alternateName": list(dict.fromkeys(names)),
        "description": o.description,
        "url": o.website,
        "parentOrganization": [{"@id": f"{i}.html#organization"} for i in o.part_of],
    }
    return _inside_html(filled(said))


def _inside_html(said: dict[str, Any]) -> Markup:
    """Return JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    return Markup(encode(said).replace(b"<", b"\\u003c").decode())


def _language_value(name: Name) -> dict[str, Any]:
    """Return a name with its language."""
    return {"@value": name.text, "@language": name.language}


def _edtf(text: str | None) -> str | None:
    """Return a date as an EDTF literal; None where it is absent or unknown."""
    return None if text is None or text == UNKNOWN or when(text) is None else text

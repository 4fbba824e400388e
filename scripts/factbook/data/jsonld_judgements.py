"""What others say of facts as linked data: replies as schema.org Comment, judgements as ClaimReview."""

from __future__ import annotations

from typing import Any

from factbook.model.archive import Archive
from factbook.model.judgements import Reply, Review
from factbook.model.records import UNKNOWN
from factbook.model.replies_and_reviews import address_of


def reply(archive: Archive, said: Reply, root: str) -> dict[str, Any]:
    """What somebody whom facts concern answers to them."""
    return filled(
        {
            "@id": f"{root}judgements.html#reply-{said.id}",
            "@type": ["Comment", "prov:Entity"],
            "identifier": said.id,
            "text": said.says,
            "parentItem": [f"{root}facts/{fact}.html#claim" for fact in said.facts],
            **_authorship(archive, said, root),
        }
    )


def review(archive: Archive, said: Review, root: str) -> dict[str, Any]:
    """The judgement of another fact-checker, in the sense of their words; the archive's own are the ledger entries."""
    return filled(
        {
            "@id": f"{root}judgements.html#review-{said.id}",
            "@type": ["ClaimReview", "prov:Entity"],
            "identifier": said.id,
            "claimReviewed": archive.statements[said.fact].claim,
            "itemReviewed": f"{root}facts/{said.fact}.html#claim",
            "reviewRating": {"@type": "Rating", "alternateName": said.verdict},
            **_authorship(archive, said, root),
        }
    )


def _authorship(archive: Archive, judgement: Reply | Review, root: str) -> dict[str, Any]:
    """Who said it, when, and where it can be read."""
    kind = "Organization" if isinstance(judgement, Review) else "Thing"
    author: dict[str, Any] = {"@type": kind, "name": judgement.by}
    if judgement.organization:
        author = {"@id": f"{root}organizations/{judgement.organization}.html#organization"}
    return {
        "author": author,
        "published": None if judgement.date == UNKNOWN else judgement.date,
        "url": address_of(archive, judgement) or f"{root}judgements.html",
        "archivedAt": judgement.archive_url,
        "prov:wasDerivedFrom": sources([judgement.source] if judgement.source else [], root),
    }


def sources(ids: tuple[str, ...] | list[str], root: str) -> list[str]:
    """The nodes of sources, each once, by their ids."""
    return [f"{root}sources/{s}.html#source" for s in dict.fromkeys(ids)]


def filled(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node without its empty fields."""
    return {key: value for key, value in node.items() if value not in (None, "", [], ())}

"""What stands beside the facts of an archive: the replies to each, and the judgements of other fact-checkers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from factbook.model.archive import Archive
from factbook.model.judgements import COMPARED, Reply, Review
from factbook.model.records import when


def _newest(said: Reply | Review) -> tuple[str, str, str]:
    """Orders what was said in time, what bears no date first, then by id."""
    date = when(said.date)
    return (*(date.key if date else ("", "")), said.id)


@lru_cache(maxsize=4)
def replies(archive: Archive) -> list[Reply]:
    """Every reply, the newest first."""
    return sorted(archive.replies.values(), key=_newest, reverse=True)


@lru_cache(maxsize=4)
def replies_to(archive: Archive) -> dict[str, list[Reply]]:
    """The replies to a fact, by the id of the fact, the newest first."""
    found: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies(archive):
        for fact in reply.facts:
            found[fact].append(reply)
    return dict(found)


@lru_cache(maxsize=4)
def reviews(archive: Archive) -> list[Review]:
    """Every judgement of another fact-checker, the newest first."""
    return sorted(archive.reviews.values(), key=_newest, reverse=True)


@lru_cache(maxsize=4)
def reviews_of(archive: Archive) -> dict[str, list[Review]]:
    """The judgements of others on a fact, by the id of the fact, the newest first."""
    found: dict[str, list[Review]] = defaultdict(list)
    for review in reviews(archive):
        found[review.fact].append(review)
    return dict(found)


def compared(archive: Archive) -> list[tuple[str, list[Review]]]:
    """The judgements of others by how they stand to ours, those that differ first; the newest first in each."""
    groups = [(word, [r for r in reviews(archive) if r.compared == word]) for word in reversed(COMPARED)]
    return [(word, group) for word, group in groups if group]


def all_judgements(archive: Archive) -> Iterator[Reply | Review]:
    """Every reply and every judgement of another fact-checker, in the order of their files."""
    yield from archive.replies.values()
    yield from archive.reviews.values()


def address_of(archive: Archive, judgement: Reply | Review) -> str:
    """The address at which a reply or a judgement can be read: its own, or that of its source; empty where that has
    none."""
    source = archive.sources.get(judgement.source)
    return judgement.url or (source.url if source else "")

"""Warnings: what makes an archive untidy without making it wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from factbook.model import Archive, Statement
from factbook.problem import Problem, rule, show
from factbook.rules_record import breach
from factbook.rules_reference import organizations_named, sources_named, unsound

ALIKE = 0.8
"""Share of word pairs two claims must have in common to be near-duplicates (Jaccard index)."""
MOST_MET = 40
"""How many claims that share a rare pair of words each further one is compared with."""
_WORDS = re.compile(r"\w+")


def word_pairs(text: str) -> frozenset[int]:
    """The pairs of neighbouring words in a text, each as a number; the words themselves where there is no pair."""
    hashes = [crc32(w.encode()) for w in _WORDS.findall(text.lower())]
    return frozenset((a * 31 + b) & 0xFFFFFFFF for a, b in pairwise(hashes)) or frozenset(hashes)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much alike two texts are by their word pairs, from 0 to 1 (Jaccard index)."""
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


@rule("warning", waivable=True)
def near_duplicate(archive: Archive) -> Iterator[Problem]:
    """Two claims about the same organization should not say the same in almost the same words.

    Join them into one fact with both sources, or word them so that the difference shows.
    """
    # Prefix filtering: ordered by any fixed order, two sets this much alike share one of their first few members. Rare
    # ones first, so that few claims meet.
    pairs = {s.id: word_pairs(s.claim) for s in archive.statements.values()}
    often = Counter(pair for own in pairs.values() for pair in own)
    heads: dict[int, list[Statement]] = defaultdict(list)
    for statement in sorted(archive.statements.values(), key=lambda s: s.id):
        own = pairs[statement.id]
        head = sorted(own, key=lambda p: (often[p], p))[: len(own) - -int(-ALIKE * len(own) // 1) + 1]
        met = {other.id: other for pair in head for other in heads[pair][:MOST_MET]}
        for pair in head:
            heads[pair].append(statement)
        for other in met.values():
            if likeness(own, pairs[other.id]) >= ALIKE:
                if not set(statement.organizations).isdisjoint(other.organizations):
                    yield breach(
                        near_duplicate,
                        statement,
                        ("claim",),
                        "the claim is almost the same as another",
                        value=show(statement.claim),
                        hint=f"See {other.id}.",
                    )
                    break


@rule("warning", waivable=True)
def unused_organization(archive: Archive) -> Iterator[Problem]:
    """An organization should be named by a fact, a source or another organization."""
    if any(unsound(archive, kind) for kind in ("fact", "source", "organization")):
        return  # what those records name is not known
    named = {name for record, _, name in organizations_named(archive) if name != record.id}
    for organization in archive.organizations.values():
        if organization.id not in named:
            yield breach(
                unused_organization, organization, (), "nothing refers to this organization", value=organization.id
            )


@rule("warning", waivable=True)
def unused_source(archive: Archive) -> Iterator[Problem]:
    """A source should be cited by a fact or an organization."""
    if any(unsound(archive, kind) for kind in ("fact", "organization")):
        return  # what those records cite is not known
    named = {name for _, _, name in sources_named(archive)}
    for source in archive.sources.values():
        if source.id not in named:
            yield breach(unused_source, source, (), "nothing cites this source", value=source.id)

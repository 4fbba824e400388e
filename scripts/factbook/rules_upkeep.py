"""Warnings: what makes an archive untidy without making it wrong."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from math import ceil
from operator import xor
from zlib import crc32

from factbook.model import Archive, Statement
from factbook.problem import Problem, rule, show
from factbook.rules_record import breach
from factbook.rules_reference import organizations_named, sources_named, unsound

ALIKE = 0.8
"""Share of word pairs two claims must have in common to be near-duplicates (Jaccard index)."""
MOST_MET = 40
"""How many claims that share a rare pair of words each further one is compared with."""
SLOTS = 1 << 22
_STOPS = bytes(b" "[0] if chr(b) in ".,;:!?()[]\"'/-" else b for b in range(256))
"""Punctuation of ASCII becomes a space; the bytes of other letters stay as they are."""


def word_pairs(text: str) -> frozenset[int]:
    """The pairs of neighbouring words in a text, each as a number; the word itself where there is only one."""
    hashes = [*map(crc32, text.lower().encode().translate(_STOPS).split())]
    return frozenset([*map(xor, hashes, hashes[1:])] or hashes)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much alike two texts are by their word pairs, from 0 to 1 (Jaccard index)."""
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


@rule("warning", waivable=True)
def near_duplicate(archive: Archive) -> Iterator[Problem]:
    """Two claims about the same organization should not say the same in almost the same words.

    Join them into one fact with both sources, or word them so that the difference shows.
    """
    # Two claims this much alike share most of their pairs, so one most of whose pairs occur nowhere else is like no
    # other. The rest are found by prefix: with the rarest first, two alike share one of their first few pairs.
    pairs = {s.id: array("I", word_pairs(s.claim)) for s in sorted(archive.statements.values(), key=lambda s: s.id)}
    often = bytearray(SLOTS)  # how often a pair occurs, at least: pairs that share a slot are counted together
    for pair in chain.from_iterable(pairs.values()):
        if often[pair % SLOTS] < 255:
            often[pair % SLOTS] += 1
    heads: dict[int, list[Statement]] = defaultdict(list)
    for name, every in pairs.items():
        least = ceil(ALIKE * len(every))
        common = [pair for pair in every if often[pair % SLOTS] > 1]
        if len(common) < least:
            continue
        statement, own = archive.statements[name], frozenset(every)
        head = sorted(common, key=lambda pair: (often[pair % SLOTS], pair))[: len(common) - least + 1]
        met = {other.id: other for pair in head for other in heads[pair][:MOST_MET]}
        for pair in head:
            heads[pair].append(statement)
        for other in met.values():
            if likeness(own, frozenset(pairs[other.id])) >= ALIKE:
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

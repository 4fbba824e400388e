"""Warnings: what makes an archive untidy without making it wrong."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from operator import xor
from zlib import crc32

from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.records import Statement
from factbook.rules.problem import Finding, finding
from factbook.rules.references import mentions
from factbook.rules.register import rule
from factbook.text import show

ALIKE = 0.8
"""Share of word pairs two claims must have in common to be near-duplicates (Jaccard index)."""
MOST_MET = 40
"""How many claims that share a rare pair of words each further one is compared with."""
MET_OFTEN = 2048
"""How many claims have their word pairs kept ready: where many are much alike, it is the first few that are met."""
_STOPS = bytes(b" "[0] if chr(b) in ".,;:!?()[]\"'/-" else b for b in range(256))
"""Punctuation of ASCII becomes a space; the bytes of other letters stay as they are."""


def _words(text: str) -> list[int]:
    """The words of a text, each as a number."""
    return [*map(crc32, text.lower().encode().translate(_STOPS).split())]


def word_pairs(text: str) -> frozenset[int]:
    """The pairs of neighbouring words in a text, each as a number; the word itself where there is only one."""
    words = _words(text)
    return frozenset([*map(xor, words, words[1:])] or words)


def _runs(text: str) -> array[int]:
    """The runs of three words in a text, each as a number; the words themselves where there are fewer."""
    words = _words(text)
    return array("I", {*map(xor, map(xor, words, words[1:]), words[2:])} or words)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much alike two texts are by their word pairs, from 0 to 1 (Jaccard index)."""
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


@rule(asks="archive", severity="warning", waivable=True, slow=True)
def near_duplicate(archive: Archive) -> Iterator[Finding]:
    """Two claims about the same organization should not say the same in almost the same words.

    Join them into one fact with both sources, or word them so that the difference shows.
    """
    # Claims this much alike share most of their runs of three words as well, and few others share any. So a claim most
    # of whose runs occur nowhere else is like no other, and the rest are found by prefix: with the rarest first, two
    # alike share one of their first few runs.
    runs = {s.id: _runs(s.claim) for s in sorted(archive.statements.values(), key=lambda s: s.id)}
    # How often a run occurs, at most: those that share a slot are counted together, seldom enough with two slots each.
    slots = 1 << (2 * sum(map(len, runs.values()))).bit_length()
    often = bytearray(slots)
    for run in chain.from_iterable(runs.values()):
        slot = run % slots
        if (count := often[slot]) < 255:
            often[slot] = count + 1
    heads: dict[int, list[Statement]] = defaultdict(list)
    pairs_of = lru_cache(MET_OFTEN)(word_pairs)
    for name, every in runs.items():
        least = max(1, len(every) * 3 // 4 - 1)
        common = [run for run in every if often[run % slots] > 1]
        if len(common) < least:
            continue
        statement = archive.statements[name]
        own = pairs_of(statement.claim)
        head = sorted(common, key=lambda run: (often[run % slots], run))[: len(common) - least + 1]
        met = {other.id: other for run in head for other in heads[run][:MOST_MET]}
        for run in head:
            heads[run].append(statement)
        for other in met.values():
            if likeness(own, pairs_of(other.claim)) >= ALIKE:
                if not set(statement.organizations).isdisjoint(other.organizations):
                    yield finding(
                        statement,
                        ("claim",),
                        "the claim is almost the same as another",
                        value=show(statement.claim),
                        hint=f"See {other.id}.",
                    )
                    break


@rule(asks="archive", severity="warning", waivable=True)
def unused_organization(archive: Archive) -> Iterator[Finding]:
    """An organization should be named by a fact, a source, a search or another organization."""
    if any(map(archive.unsound, FILED)):
        return  # what those records name is not known
    used = {name for record, _, name in mentions(archive, "organization") if name != record.id}
    for organization in archive.organizations.values():
        if organization.id not in used:
            yield finding(organization, (), "nothing refers to this organization", value=organization.id)


@rule(asks="archive", severity="warning", waivable=True)
def unused_source(archive: Archive) -> Iterator[Finding]:
    """A source should be cited by a fact or an organization."""
    if any(map(archive.unsound, ("fact", "organization"))):
        return  # what those records cite is not known
    used = {name for _, _, name in mentions(archive, "source")}
    for source in archive.sources.values():
        if source.id not in used:
            yield finding(source, (), "nothing cites this source", value=source.id)

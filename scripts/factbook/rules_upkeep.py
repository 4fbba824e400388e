"""Warnings: what makes an archive untidy without making it wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from factbook.model import Archive, Statement
from factbook.problem import Problem, rule, show
from factbook.rules_record import breach
from factbook.rules_reference import organizations_named, sources_named, unsound

ALIKE = 0.8
"""Share of word pairs two claims must have in common to be near-duplicates (Jaccard index)."""
_WORDS = re.compile(r"\w+")


@rule("warning")
def near_duplicate(archive: Archive) -> Iterator[Problem]:
    """Two claims about the same organization should not say the same in almost the same words.

    Join them into one fact with both sources, or word them so that the difference shows.
    """
    # Prefix filtering: ordered by any fixed order, two sets this much alike share one of their first few members.
    heads: dict[int, list[Statement]] = defaultdict(list)
    pairs: dict[str, frozenset[int]] = {}
    for statement in sorted(archive.statements.values(), key=lambda s: s.id):
        hashes = [crc32(w.encode()) for w in _WORDS.findall(statement.claim.lower())]
        own = frozenset((a * 31 + b) & 0xFFFFFFFF for a, b in pairwise(hashes)) or frozenset(hashes)
        head = sorted(own)[: len(own) - -int(-ALIKE * len(own) // 1) + 1]
        met = {}
        for pair in head:
            for other in heads[pair]:
                met[other.id] = other
            heads[pair].append(statement)
        pairs[statement.id] = own
        for other in met.values():
            shared = len(own & pairs[other.id])
            if shared >= ALIKE * (len(own) + len(pairs[other.id]) - shared):
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


@rule("warning")
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


@rule("warning")
def unused_source(archive: Archive) -> Iterator[Problem]:
    """A source should be cited by a fact or an organization."""
    if any(unsound(archive, kind) for kind in ("fact", "organization")):
        return  # what those records cite is not known
    named = {name for _, _, name in sources_named(archive)}
    for source in archive.sources.values():
        if source.id not in named:
            yield breach(unused_source, source, (), "nothing cites this source", value=source.id)

"""Warnings about what makes an archive untidy without making it wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from factbook import program
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.same_document import plain
from factbook.rules.problem import Finding, finding
from factbook.rules.references import mentions
from factbook.rules.register import rule
from factbook.rules.similarity import candidates, likeness, word_pairs
from factbook.text import show

ALIKE = 0.8
"""Share of word pairs two claims must have in common to be near-duplicates (Jaccard index)."""
MET_OFTEN = 2048
"""How many claims have their word pairs cached. Where many claims are alike, the same few are compared again and again.
"""


@rule(scope="archive", waivable=True)
def claim_recorded_twice(archive: Archive) -> Iterator[Finding]:
    """A claim must not be recorded twice: two facts that say the same in the same words are one, with the sources of
    both.

    Capitals, punctuation, kinds of blanks and Unicode's forms of one letter make no difference. A fact that was
    withdrawn is not compared.
    """
    first: dict[str, str] = {}
    for name, statement in sorted(archive.statements.items()):
        if archive.vocabulary["statuses"][statement.status].has("withdraws"):
            continue
        other = first.setdefault(plain(statement.claim), name)
        if other != name:
            hint = f"Make them one: {program.command('merge')} {other} {name}."
            message = "the claim says the same as another in the same words"
            yield finding(statement, ("claim",), message, value=show(statement.claim), hint=hint)


@rule(scope="archive", severity="warning", waivable=True, slow=True)
def near_duplicate(archive: Archive) -> Iterator[Finding]:
    """Two claims about the same organization should not say the same in almost the same words.

    Join them into one fact with both sources, or word them so that the difference shows.
    """
    pairs_of = lru_cache(MET_OFTEN)(word_pairs)
    claims = {name: archive.statements[name].claim for name in sorted(archive.statements)}
    for name, others in candidates(claims):
        statement = archive.statements[name]
        concerned = set(statement.organizations)
        own = pairs_of(statement.claim)
        for other in others:
            alike = likeness(own, pairs_of(claims[other])) >= ALIKE
            same = alike and plain(statement.claim) == plain(claims[other])  # which is told by another rule
            if alike and not same and not concerned.isdisjoint(archive.statements[other].organizations):
                message = "the claim is almost the same as another"
                yield finding(statement, ("claim",), message, value=show(statement.claim), hint=f"See {other}.")
                break


@rule(scope="archive", severity="warning", waivable=True)
def unused_organization(archive: Archive) -> Iterator[Finding]:
    """An organization should be named by another record, such as a fact, a source or a search."""
    if any(map(archive.unsound, FILED)):
        return  # what those records name is not known
    used = {name for record, _, name in mentions(archive, "organization") if name != record.id}
    for organization in archive.organizations.values():
        if organization.id not in used:
            yield finding(organization, (), "nothing refers to this organization", value=organization.id)


@rule(scope="archive", severity="warning", waivable=True)
def unused_source(archive: Archive) -> Iterator[Finding]:
    """A source should be cited by a fact, an organization, a reply or a judgement."""
    if any(map(archive.unsound, ("fact", "organization", "reply", "review"))):
        return  # what those records cite is not known
    moved = archive.moved_ids["source"]
    used = {moved.get(name, name) for _, _, name in mentions(archive, "source")}
    for source in archive.sources.values():
        if source.id not in used:
            yield finding(source, (), "nothing cites this source", value=source.id)

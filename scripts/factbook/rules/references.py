"""Rules for what records refer to: organizations, sources, other facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from factbook.model.archive import Archive
from factbook.model.kinds import KINDS, values_at
from factbook.model.records import Organization, Record, Statement
from factbook.rules import lookup
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import show

Place = tuple[Record, Pointer, str]
"""A place where a record names another: the record, the pointer to the id, and the id."""


def mentions(archive: Archive, kind: str) -> Iterator[Place]:
    """Yield every place where a record names one of the kind ``kind``."""
    for one in KINDS.values():
        for way, target in one.names.items():
            if target == kind:
                yield from values_at(archive.of(one).values(), way)


def origins_named(archive: Archive) -> Iterator[Place]:
    """Yield every place where a source names its origin. Where it names none, its origin is the organization that
    speaks in it, which ``mentions`` has."""
    for source in archive.sources.values():
        if source.origin != source.organization:
            yield source, ("origin",), source.origin


GUESSES = 25
"""How many unknown ids of one run are compared with every known id. The comparison is slow, and a hostile change can
hold thousands."""


def _unknown(
    archive: Archive, places: Iterable[Place], kinds: Collection[str], names: set[str], message: str, otherwise: str
) -> Iterator[Finding]:
    """Yield a finding for every id at ``places`` that is not among ``names``. ``otherwise`` is the hint where no name
    is near it."""
    left = GUESSES
    for record, pointer, name in places:
        if name not in names:
            left -= 1
            hint = ""
            if left >= 0:
                meant = next(filter(None, (lookup.meant(archive, kind, name) for kind in kinds)), "")
                hint = f"Write {meant}." if meant else lookup.near(archive, kinds, name)
            hint = hint or otherwise.format(name=show(name))
            yield finding(record, pointer, message, value=show(name), hint=hint)


def _without_record(archive: Archive, kind: str) -> Iterator[Finding]:
    """Report every name of a record of that kind that there is none of; a ledger may name it by the id it had."""
    message, hint = f"there is no {kind} with this id", f"Add facts/{KINDS[kind].folder}/{{name}}.yaml."
    moved = archive.moved_ids[kind]
    places = (place for place in mentions(archive, kind) if place[1][0] != "history" or place[2] not in moved)
    return _unknown(archive, places, (kind,), archive.known[kind], message, hint)


@rule(scope="record")
def unknown_organization(archive: Archive) -> Iterator[Finding]:
    """An organization that a record names must have a record."""
    yield from _without_record(archive, "organization")


@rule(scope="record")
def unknown_source(archive: Archive) -> Iterator[Finding]:
    """A source that a record names must have a record."""
    yield from _without_record(archive, "source")


@rule(scope="record")
def unknown_origin(archive: Archive) -> Iterator[Finding]:
    """The origin of a source must be an organization, a source, or a word of the vocabulary's list origins.

    One origin spelled in two ways would count as two voices that agree.
    """
    names = {*archive.known["organization"], *archive.known["source"], *archive.vocabulary["origins"]}
    message = "no organization, no source and no word of the list origins has this id"
    hint = "Leave it out where it is the source itself, or name it in vocabulary.yaml, under origins."
    yield from _unknown(archive, origins_named(archive), ("organization", "source", "origin"), names, message, hint)


@rule(scope="record")
def unknown_fact(archive: Archive) -> Iterator[Finding]:
    """A fact that another record names, such as a relation, an answer or a judgement, must have a record."""
    yield from _without_record(archive, "fact")


@rule(scope="record")
def unknown_search(archive: Archive) -> Iterator[Finding]:
    """A search that a cell of a series names must have a record."""
    yield from _without_record(archive, "search")


@rule(scope="archive")
def reference_to_redirect(archive: Archive) -> Iterator[Finding]:
    """A relation, an answer, a cell of a series, a reply and a judgement must name the fact itself, not an id that has
    moved."""
    for record, pointer, name in mentions(archive, "fact"):
        if name in archive.redirects and pointer[0] in ("relations", "answer", "cells", "fact", "facts"):
            hint = f"Write {archive.redirects[name].moved_to}."
            yield finding(record, pointer, "the fact has moved", value=name, hint=hint)


@rule(scope="archive")
def redirect_to_redirect(archive: Archive) -> Iterator[Finding]:
    """An id that has moved must lead straight to a fact, not to another id that has moved."""
    for redirect in archive.redirects.values():
        if (target := redirect.moved_to) in archive.redirects:
            end = archive.redirects[target].moved_to
            hint = f"Write {end}." if end not in archive.redirects else "The redirects lead in a circle."
            yield finding(redirect, ("moved_to",), "this id has moved too", value=target, hint=hint)


@rule(scope="archive")
def related_to_itself(archive: Archive) -> Iterator[Finding]:
    """A fact must not have a relation to itself, and no body is a part or a predecessor of itself."""
    for record, pointer, name in (*mentions(archive, "fact"), *mentions(archive, "organization")):
        if name == record.id and not (isinstance(record, Statement) and pointer[0] == "organizations"):
            if type(record) is Organization or pointer[0] in ("relations", "moved_to"):
                yield finding(record, pointer, "this is the record itself", value=name)


@rule(scope="archive")
def supersedes_cycle(archive: Archive) -> Iterator[Finding]:
    """Facts must not supersede each other in a circle."""
    after = {
        s.id: [(i, r.target) for i, r in enumerate(s.relations) if r.kind == "supersedes"]
        for s in archive.statements.values()
        if any(r.kind == "supersedes" for r in s.relations)
    }
    circle = _circles({start: [target for _, target in links] for start, links in after.items()})
    for start, links in after.items():
        for position, target in links:
            if circle[start] == circle[target] and start != target:
                pointer = ("relations", position, "supersedes")
                hint = f"{target} already supersedes it; decide which one holds now."
                yield finding(
                    archive.statements[start],
                    pointer,
                    "this leads back to the fact itself",
                    value=target,
                    hint=hint,
                )


def _circles(after: dict[str, list[str]]) -> dict[str, str]:
    """Return, for each name, one name that stands for its circle: names that lead to each other have the same one.

    They are the strongly connected components, found by Kosaraju's two passes.
    """
    before: dict[str, list[str]] = {}
    for start, targets in after.items():
        for target in targets:
            before.setdefault(target, []).append(start)
    done: list[str] = []
    seen: set[str] = set()
    for start in (*after, *before):
        trail = [] if start in seen else [(start, iter(after.get(start, ())))]
        seen.add(start)
        while trail:
            _, ahead = trail[-1]
            following = next((t for t in ahead if t not in seen), None)
            if following is None:
                done.append(trail.pop()[0])
            else:
                seen.add(following)
                trail.append((following, iter(after.get(following, ()))))
    circle: dict[str, str] = {}
    for first in reversed(done):
        queue = [] if first in circle else [first]
        while queue:
            name = queue.pop()
            if name not in circle:
                circle[name] = first
                queue += before.get(name, ())
    return circle

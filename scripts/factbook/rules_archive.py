"""Rules across records: what refers to what, and whether the evidence carries the status."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from zlib import crc32

from factbook import edtf
from factbook.model import Archive, Organization, Reference, Statement
from factbook.problem import Pointer, Problem, nearest, rule, show
from factbook.rules_record import Record, breach

Known = dict[str, str]
"""The path of every id that has a file, by ``<kind> <id>``, sound or not."""


def organizations_named(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Every place where a record names an organization."""
    for statement in archive.statements.values():
        for i, name in enumerate(statement.organizations):
            yield statement, ("organizations", i), name
    for source in archive.sources.values():
        if source.organization:
            yield source, ("organization",), source.organization
    for organization in archive.organizations.values():
        for i, name in enumerate(organization.part_of):
            yield organization, ("part_of", i), name
        for i, before in enumerate(organization.predecessors):
            yield organization, ("predecessors", i, "organization"), before.organization


def sources_named(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Every place where a record names a source."""
    for record in (*archive.statements.values(), *archive.organizations.values()):
        for i, reference in enumerate(record.references):
            yield record, ("sources", i, "source"), reference.source
    for record in (*archive.statements.values(), *archive.redirects.values()):
        for i, revision in enumerate(record.history):
            for j, name in enumerate(revision.sources):
                yield record, ("history", i, "sources", j), name


def facts_named(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Every place where a record names a fact."""
    for statement in archive.statements.values():
        for i, relation in enumerate(statement.relations):
            yield statement, ("relations", i, relation.kind), relation.target
    for redirect in archive.redirects.values():
        yield redirect, ("moved_to",), redirect.moved_to


def _unknown(held, places, kind: str, known: Known) -> Iterator[Problem]:
    names = {key.partition(" ")[2] for key in known if key.startswith(kind + " ")}
    for record, pointer, name in places:
        if name not in names:
            hint = nearest(name, names) or f"Add facts/{ {'fact': 'records'}.get(kind, kind + 's') }/{show(name)}.yaml."
            yield breach(held, record, pointer, f"there is no {kind} with this id", value=show(name), hint=hint)


@rule()
def unknown_organization(archive: Archive, known: Known) -> Iterator[Problem]:
    """An organization that a record names must have a record."""
    yield from _unknown(unknown_organization, organizations_named(archive), "organization", known)


@rule()
def unknown_source(archive: Archive, known: Known) -> Iterator[Problem]:
    """A source that a record names must have a record."""
    yield from _unknown(unknown_source, sources_named(archive), "source", known)


@rule()
def unknown_fact(archive: Archive, known: Known) -> Iterator[Problem]:
    """A fact that a relation or a redirect names must have a record."""
    yield from _unknown(unknown_fact, facts_named(archive), "fact", known)


@rule()
def reference_to_redirect(archive: Archive, known: Known) -> Iterator[Problem]:
    """A relation must name the fact itself, not an id that has moved."""
    for record, pointer, name in facts_named(archive):
        if name in archive.redirects and pointer[0] == "relations":
            hint = f"Write {archive.redirects[name].moved_to}."
            yield breach(reference_to_redirect, record, pointer, "the fact has moved", value=name, hint=hint)


@rule()
def redirect_to_redirect(archive: Archive, known: Known) -> Iterator[Problem]:
    """An id that has moved must lead straight to a fact, not to another id that has moved."""
    for redirect in archive.redirects.values():
        if (target := redirect.moved_to) in archive.redirects:
            end = archive.redirects[target].moved_to
            hint = f"Write {end}." if end not in archive.redirects else "The redirects lead in a circle."
            yield breach(redirect_to_redirect, redirect, ("moved_to",), "this id has moved too", value=target, hint=hint)


@rule()
def related_to_itself(archive: Archive, known: Known) -> Iterator[Problem]:
    """A fact must not have a relation to itself, and no body is a part or a predecessor of itself."""
    for record, pointer, name in (*facts_named(archive), *organizations_named(archive)):
        if name == record.id and not (isinstance(record, Statement) and pointer[0] == "organizations"):
            if type(record) is Organization or pointer[0] in ("relations", "moved_to"):
                yield breach(related_to_itself, record, pointer, "this is the record itself", value=name)


@rule()
def supersedes_cycle(archive: Archive, known: Known) -> Iterator[Problem]:
    """Facts must not supersede each other in a circle."""
    after = {
        s.id: [(i, r.target) for i, r in enumerate(s.relations) if r.kind == "supersedes"]
        for s in archive.statements.values()
        if any(r.kind == "supersedes" for r in s.relations)
    }
    for start, links in after.items():
        for position, target in links:
            trail, queue = {target}, [target]
            while queue:
                for _, following in after.get(queue.pop(), ()):
                    if following not in trail:
                        trail.add(following)
                        queue.append(following)
            if start in trail and start != target:
                pointer = ("relations", position, "supersedes")
                hint = f"{target} already supersedes it; decide which one holds now."
                yield breach(supersedes_cycle, archive.statements[start], pointer, "this leads back to the fact itself", value=target, hint=hint)


@rule()
def event_after_its_source(archive: Archive, known: Known) -> Iterator[Problem]:
    """What has happened must not be dated after the source that reports it.

    Plans, agreements and what is open at the end may reach into the future of their source; an event cannot begin there.
    """
    for statement in archive.statements.values():
        date = _date(statement.date)
        if statement.kind in ("plan",) or date is None or date.earliest is None:
            continue
        for i, reference in enumerate(statement.references):
            source = archive.sources.get(reference.source)
            published = _date(source.published) if source else None
            if reference.stance == "supports" and published and published.latest and not published.fuzzy:
                if date.earliest > published.latest and not date.fuzzy:
                    yield breach(
                        event_after_its_source, statement, ("date",), "it is dated after a source that reports it",
                        value=statement.date, allowed=f"{source.published} or earlier ({source.id})",
                        hint="If the source announces it, the kind is plan; otherwise one of the dates is wrong.",
                    )  # fmt: skip
                    break


def _date(text: str | None) -> edtf.Edtf | None:
    """The parsed date; None where there is none or another rule already reports it."""
    try:
        return edtf.parse(text) if text and text != "unknown" else None
    except edtf.EdtfError:
        return None


# --- evidence ---------------------------------------------------------------------------------------------------------


def references(archive: Archive, statement: Statement, stance: str) -> list[Reference]:
    """The references of a statement with that stance whose source has a sound record."""
    return [r for r in statement.references if r.stance == stance and r.source in archive.sources]


def origins(archive: Archive, statement: Statement) -> set[str]:
    """The independent voices that support a statement: sources of one origin count once, and those that only retell not
    at all."""
    sources = [archive.sources[r.source] for r in references(archive, statement, "supports")]
    kinds = archive.vocabulary["source_kinds"]
    return {s.origin for s in sources if kinds[s.kind].has("independent")}


def _nothing(archive: Archive, statement: Statement) -> str:
    """No evidence is asked for."""
    return ""


def _support(archive: Archive, statement: Statement) -> str:
    """At least one source supports it."""
    return "" if references(archive, statement, "supports") else "no source supports it"


def _independent_support(archive: Archive, statement: Statement) -> str:
    """Two supporting sources of different origin, neither of which only retells."""
    found = origins(archive, statement)
    return "" if len(found) >= 2 else f"its support comes from {len(found)} independent origin{'s' if len(found) != 1 else ''}, not two"


def _primary_record(archive: Archive, statement: Statement) -> str:
    """A supporting primary record, or an official source; where a body judges or counts itself, one more independent voice."""
    kinds = archive.vocabulary["source_kinds"]
    sources = [archive.sources[r.source] for r in references(archive, statement, "supports")]
    confirms = {kinds[s.kind].extra.get("confirms") for s in sources}
    if "always" in confirms:
        return ""
    if "own" not in confirms:
        return "no primary record or official source supports it"
    if archive.vocabulary["fact_kinds"][statement.kind].has("contestable") and len(origins(archive, statement)) < 2:
        return f"only an interested body says so, which is not enough for a fact of kind {statement.kind}"
    return ""


def _conflict(archive: Archive, statement: Statement) -> str:
    """A source or a fact that supports it and one that contradicts it, both cited."""
    both = references(archive, statement, "supports") and references(archive, statement, "contradicts")
    return "" if both or archive.against(statement) else "nothing that contradicts it is cited"


def _better_contradiction(archive: Archive, statement: Statement) -> str:
    """A contradicting source of a better kind, or a settled fact that contradicts it."""
    kinds = archive.vocabulary["source_kinds"]
    rank = {s: [kinds[archive.sources[r.source].kind].rank for r in references(archive, statement, s)] for s in ("supports", "contradicts")}
    if rank["contradicts"] and max(rank["contradicts"]) > max(rank["supports"], default=-1):
        return ""
    if any(archive.status(other).has("settled") for other in archive.against(statement)):
        return ""
    return "neither a contradicting source of a better kind nor a settled fact stands against it"


def _successor(archive: Archive, statement: Statement) -> str:
    """Another fact that says it supersedes this one."""
    named = any(kind == "supersedes" and way == "from" for kind, way, _ in archive.related.get(statement.id, ()))
    return "" if named else "no fact says that it supersedes this one"


EVIDENCE: dict[str, Callable[[Archive, Statement], str]] = {
    "none": _nothing,
    "support": _support,
    "independent-support": _independent_support,
    "primary-record": _primary_record,
    "conflict": _conflict,
    "better-contradiction": _better_contradiction,
    "successor": _successor,
}
"""The tests a vocabulary can name under ``evidence``; each says what is missing, or nothing."""


@rule()
def status_without_evidence(archive: Archive, known: Known) -> Iterator[Problem]:
    """A status must be carried by the evidence in the record, as the vocabulary's ``evidence`` for it demands.

    Reported: a supporting source. Corroborated: two supporting sources of different origin, neither of which only
    retells. Confirmed: a supporting primary record, or an official source that is not alone where the body judges or
    counts itself. Disputed: support and contradiction. Refuted: a contradicting source of a better kind, or a settled
    fact that contradicts it. Superseded: another fact that says so.
    """
    for statement in archive.statements.values():
        word = archive.status(statement)
        if missing := EVIDENCE[word.extra.get("evidence", "none")](archive, statement):
            better = [
                w.id for w in archive.vocabulary["statuses"].values()
                if w.extra.get("rank") and w.id != word.id and not EVIDENCE[w.extra["evidence"]](archive, statement)
            ]  # fmt: skip
            hint = f"Add the evidence, or let it be {better[0]}." if better else "Add the evidence, or choose another status."
            yield breach(status_without_evidence, statement, ("status",), f"the evidence does not carry the status: {missing}", value=statement.status, hint=hint)


# --- warnings ---------------------------------------------------------------------------------------------------------

ALIKE = 0.8
"""Share of word pairs two claims must have in common to be near-duplicates (Jaccard index)."""
_WORDS = re.compile(r"\w+")


@rule("warning")
def near_duplicate(archive: Archive, known: Known) -> Iterator[Problem]:
    """Two claims about the same organization should not say the same in almost the same words.

    Join them into one fact with both sources, or word them so that the difference shows.
    """
    # Prefix filtering: ordered by any fixed order, two sets this much alike share one of their first few members.
    heads: dict[int, list[Statement]] = defaultdict(list)
    pairs: dict[str, frozenset[int]] = {}
    for statement in sorted(archive.statements.values(), key=lambda s: s.id):
        hashes = [crc32(w.encode()) for w in _WORDS.findall(statement.claim.lower())]
        own = frozenset((a * 31 + b) & 0xFFFFFFFF for a, b in zip(hashes, hashes[1:], strict=False)) or frozenset(hashes)
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
                    yield breach(near_duplicate, statement, ("claim",), "the claim is almost the same as another", value=show(statement.claim), hint=f"See {other.id}.")
                    break


@rule("warning")
def unused_organization(archive: Archive, known: Known) -> Iterator[Problem]:
    """An organization should be named by a fact, a source or another organization."""
    named = {name for record, _, name in organizations_named(archive) if name != record.id}
    for organization in archive.organizations.values():
        if organization.id not in named:
            yield breach(unused_organization, organization, (), "nothing refers to this organization", value=organization.id)


@rule("warning")
def unused_source(archive: Archive, known: Known) -> Iterator[Problem]:
    """A source should be cited by a fact or an organization."""
    named = {name for _, _, name in sources_named(archive)}
    for source in archive.sources.values():
        if source.id not in named:
            yield breach(unused_source, source, (), "nothing cites this source", value=source.id)

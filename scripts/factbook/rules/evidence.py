"""The rule that the evidence of a fact carries its status, and the tests of evidence that a vocabulary can name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from factbook import program
from factbook.model import retraction
from factbook.model.archive import Archive
from factbook.model.origins import independent as origins
from factbook.model.records import Reference, Statement
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule


def references(archive: Archive, statement: Statement, stance: str) -> list[Reference]:
    """Return the references of ``statement`` with that stance whose source has a sound record."""
    return [r for r in statement.references if r.stance == stance and r.source in archive.sources]


def _nothing(archive: Archive, statement: Statement) -> str:
    """No evidence is asked for."""
    return ""


def _support(archive: Archive, statement: Statement) -> str:
    """At least one source supports it."""
    return "" if references(archive, statement, "supports") else "no source supports it"


def _independent_support(archive: Archive, statement: Statement) -> str:
    """Two supporting sources of different origin, neither of which only retells."""
    found = origins(archive, statement)
    return (
        ""
        if len(found) >= 2
        else f"its support comes from {len(found)} independent origin{'s' if len(found) != 1 else ''}, not two"
    )


def _primary_record(archive: Archive, statement: Statement) -> str:
    """A supporting primary record or official source; where a body judges or counts itself, one more origin."""
    sources = [archive.sources[r.source] for r in references(archive, statement, "supports")]
    confirms = {archive.worth(s).extra.get("confirms") for s in sources}
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
    rank = {
        s: [archive.worth(archive.sources[r.source]).rank for r in references(archive, statement, s)]
        for s in ("supports", "contradicts")
    }
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
"""The tests that a vocabulary can name under ``evidence``. Each returns what is missing, empty where nothing is."""
_FROM_OTHERS = ("conflict", "better-contradiction", "successor")
"""The tests that other facts can satisfy."""


def asks(name: str) -> str:
    """Return what the test of evidence ``name`` asks for, in one sentence."""
    return (EVIDENCE[name].__doc__ or "").partition("\n")[0]


@rule(scope="archive")
def status_without_evidence(archive: Archive) -> Iterator[Finding]:
    """A status must be carried by the evidence in the record, as the vocabulary's ``evidence`` for it demands.

    Reported: a supporting source. Corroborated: two supporting sources of different origin, neither of which only
    retells. Confirmed: a supporting primary record, or an official source that is not alone where the body judges or
    counts itself. Disputed: support and contradiction. Refuted: a contradicting source of a better kind, or a settled
    fact that contradicts it. Superseded: another fact that says so. A retracted source carries what an unreliable one
    does.
    """
    sources, facts = archive.unsound("source"), archive.unsound("fact")
    for statement in archive.statements.values():
        word = archive.vocabulary["statuses"][statement.status]
        if missing := EVIDENCE[word.evidence](archive, statement):
            if (facts and word.evidence in _FROM_OTHERS) or not sources.isdisjoint(
                r.source for r in statement.references
            ):
                continue  # what is missing may be in a record that has problems of its own
            better = [
                w.id
                for w in archive.recordable.values()
                if w.extra.get("rank") and w.id != word.id and not EVIDENCE[w.evidence](archive, statement)
            ]
            hint = (
                f"Add the evidence, or let it be {better[0]}."
                if better
                else "Add the evidence, or choose another status."
            )
            yield finding(
                statement,
                ("status",),
                f"the evidence does not carry the status: {missing}",
                value=statement.status,
                hint=hint,
            )


@rule(scope="archive")
def rests_on_retracted(archive: Archive) -> Iterator[Finding]:
    """A fact that rests on a retracted source alone must be weighed again.

    It is weighed when an entry of its ledger, of the day of the retraction or later, names the source in ``sources``;
    the status is then held to what is left. A fact that others of another origin bear out is due for review.
    """
    unread = archive.unsound("source")
    for statement in archive.statements.values():
        waiting = retraction.awaiting(archive, statement)
        if not waiting or not retraction.alone(archive, statement):
            continue
        if not unread.isdisjoint(r.source for r in statement.references):
            continue  # what else it rests on is not known
        for source in waiting:
            at = next(i for i, r in enumerate(statement.references) if r.source == source.id)
            since = source.retracted.date if source.retracted else ""
            yield finding(
                statement,
                ("sources", at, "source"),
                f"it rests on a source that was retracted on {since}, and was not weighed again",
                value=source.id,
                hint=f"Weigh it: {program.command('status')} {statement.id} STATUS --source {source.id} --reason TEXT",
            )

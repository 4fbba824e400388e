"""Rules for what a change may do to an older state: nothing is lost, and nothing is altered without a reason.

Each compares the archive with a ``Base``, which is the same archive as of a revision before the change.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.kinds import KINDS
from factbook.model.records import Redirect, Revision, Statement
from factbook.rules.compare import apart, named, rewriting, told, values
from factbook.rules.problem import Finding, Problem, finding, of_file
from factbook.rules.register import rule
from factbook.rules.waivers import Waiver
from factbook.text import show

MEANING = ("status", "claim", "date", "kind", "organizations", "references")
"""What a statement says and rests on. A change of one of these needs a ledger entry."""
Ledgered = Statement | Redirect


class Base(Struct, frozen=True, kw_only=True):
    """The archive as of the revision ``name``: its sound records, the problems of the others, and its waivers."""

    name: str
    archive: Archive
    problems: list[Problem]
    waivers: tuple[Waiver, ...]


def _kept(archive: Archive, base: Archive) -> Iterator[tuple[Ledgered, Ledgered]]:
    """Yield every fact or redirect that is sound in both states, as (then, now)."""
    now: dict[str, Ledgered] = {**archive.statements, **archive.redirects}
    earlier: list[Ledgered] = [*base.statements.values(), *base.redirects.values()]
    for before in earlier:
        if before.id in now:
            yield before, now[before.id]


@rule(asks="history", waivable=True)
def id_gone(archive: Archive, base: Base) -> Iterator[Finding]:
    """An id must never disappear: a fact is withdrawn, or moves and leaves a redirect; the rest stays.

    Others have cited the address of its page. This holds for sources, organizations and searches too, cited or not:
    ledgers name sources for ever, and none has a status that could say it was a mistake. Where one has to go, a waiver
    says why.
    """
    fresh = {s.claim: s.id for s in archive.statements.values() if s.id not in base.archive.known["fact"]}
    for kind in KINDS.values():
        for record in base.archive.of(kind).values():
            if record.id in archive.known[kind.ids] or record.id in archive.moved_ids[kind.ids]:
                continue
            hint = f"Put facts/{record.path} back."
            if isinstance(record, Statement):
                moved = fresh.get(record.claim)
                means = f"leave moved_to: {moved} and its ledger there" if moved else "withdraw it if it was a mistake"
                hint = f"Put facts/{record.path} back, and {means}."
            yield finding(record, (), f"the {kind.ids} {record.id} is gone", hint=hint)


@rule(asks="history", waivable=True)
def ledger_rewritten(archive: Archive, base: Base) -> Iterator[Finding]:
    """An entry of a ledger must never be changed or removed; new ones go to the end.

    The ledger is what the archive has said and when. It stays with the id, also where the fact moves.
    """
    for before, after in _kept(archive, base.archive):
        found = rewriting(before.history, after.history)
        if found is None:
            continue
        old = before.history[found.before]
        pointer, entry = ("history", found.after), f"entry {found.before + 1} of the ledger"
        hint = "Put it back as it was; what is so now goes into a new entry at the end."
        if found.what == "changed":
            new = after.history[found.after]
            field = next(
                f for f in ("date", "status", "reason", "sources", "corrected") if getattr(old, f) != getattr(new, f)
            )
            was, now = apart(_text(old, field), _text(new, field))
            yield finding(
                after,
                (*pointer, field),
                f"the {field} of {entry} was changed",
                value=now or "nothing",
                allowed=was or "nothing",
                hint=hint,
            )
        elif found.what == "removed":
            yield finding(after, ("history",), f"{entry} is gone", allowed=show(told(old)), hint=hint)
        else:
            value, hint = show(told(after.history[found.after])), "Move it to the end."
            yield finding(after, pointer, f"this stands before {entry}", value=value, hint=hint)


def _text(entry: Revision, field: str) -> str:
    value = getattr(entry, field)
    return value if isinstance(value, str) else ", ".join(value)


@rule(asks="history", waivable=True)
def change_without_entry(archive: Archive, base: Base) -> Iterator[Finding]:
    """A change of status, claim, date, kind, organizations or sources, or of the id, must have a new ledger entry.

    Whoever relied on the fact as it was must be able to read when it changed and why.
    """
    for before, after in _kept(archive, base.archive):
        if len(after.history) > len(before.history) or isinstance(before, Redirect):
            continue
        hint = "Add an entry at the end of history that says why."
        if isinstance(after, Redirect):
            message = "the fact has moved, and no new ledger entry says why"
            yield finding(after, ("moved_to",), message, value=after.moved_to, hint=hint)
            continue
        for field in MEANING:
            was, now = values(before, field), values(after, field)
            if was == now:
                continue
            if len(was) == len(now) == 1:
                one, other = apart(*was, *now)
            else:
                lost, new = [v for v in was if v not in now], [v for v in now if v not in was]
                one, other = (show("; ".join(v)) for v in ((lost, new) if lost or new else (was, now)))
            yield finding(
                after,
                (named(field),),
                f"the field {named(field)} was changed, and no new ledger entry says why",
                value=other or "nothing",
                allowed=f"{one or 'nothing'} (as before), or a new ledger entry",
                hint=hint,
            )


@rule(asks="history", waivable=True)
def redirect_undone(archive: Archive, base: Base) -> Iterator[Finding]:
    """An id that has moved must keep leading where it led, or to where that has moved since.

    An id means one claim for ever. One that came to mean another would falsify everything that cites it.
    """
    for before, after in _kept(archive, base.archive):
        if not isinstance(before, Redirect):
            continue
        target = archive.redirects.get(before.moved_to)
        if isinstance(after, Statement):
            pointer, message, value = ("claim",), "this id has moved and is a fact again", after.claim
        elif after.moved_to == before.moved_to or (target and after.moved_to == target.moved_to):
            continue
        else:
            pointer, message, value = ("moved_to",), "this id leads elsewhere than before", after.moved_to
        hint = "A new fact needs a new id."
        allowed = f"moved_to: {target.moved_to if target else before.moved_to}"
        yield finding(after, pointer, message, value=show(value), allowed=allowed, hint=hint)


@rule(asks="history", severity="warning", waivable=True)
def history_not_compared(archive: Archive, base: Base) -> Iterator[Finding]:
    """The older state of a record should be readable, or nothing can say whether something of it was lost.

    What cannot be read was never published, so this does not stop its repair; but somebody has to look.
    """
    why = {p.path: p.message for p in reversed(base.problems)}
    for path, message in why.items():
        yield of_file(
            path.removeprefix("facts/"),
            f"what this file was before could not be read: {show(message, 300)}",
            hint="Compare the two by eye.",
        )

"""Rules for the waivers in ``facts/waivers.yaml``: each must still be needed, possible, and in its time."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from factbook.model import edtf
from factbook.rules.problem import Finding, Problem
from factbook.rules.register import RULES, rule
from factbook.text import listed, nearest, show

FILE = "waivers.yaml"


class Waiver(Struct, frozen=True, kw_only=True):
    """A permission: the file ``path`` may break ``rule`` up to and including the day ``expires``; ``owner`` answers for
    it."""

    rule: str
    path: str
    reason: str
    owner: str
    expires: str


def _about(at: int, field: str, message: str, *, value: str = "", allowed: str = "", hint: str = "") -> Finding:
    """Return a finding about a field of the waiver at the position ``at``."""
    pointer = ("waivers", at, field)
    return Finding(path=FILE, pointer=pointer, message=message, value=value, allowed=allowed, hint=hint)


@rule(scope="file")
def waiver_of_unknown_rule(at: int, waiver: Waiver) -> Iterator[Finding]:
    """A waiver must name a rule that there is."""
    if waiver.rule not in RULES:
        yield _about(
            at,
            "rule",
            "there is no rule with this name",
            value=show(waiver.rule),
            hint=nearest(waiver.rule, RULES) or "The check names the rule in brackets at the end of each problem.",
        )


@rule(scope="file")
def waiver_not_possible(at: int, waiver: Waiver) -> Iterator[Finding]:
    """A waiver must be for a rule that can be waived.

    Those are rules of wording and tidiness, which can be mistaken, and those of the history, because a court or a
    person's safety can demand what they forbid. No other can be waived: its breach would leave the record out, let
    something through that deceives or endangers readers and reviewers, or publish a status without its evidence.
    """
    if waiver.rule in RULES and not RULES[waiver.rule].waivable:
        yield _about(
            at,
            "rule",
            "this rule cannot be waived",
            value=waiver.rule,
            allowed=listed(sorted(r.id for r in RULES.values() if r.waivable), 50),
            hint="Repair what the rule reports.",
        )


@rule(scope="file")
def waiver_expired(at: int, waiver: Waiver, today: str) -> Iterator[Finding]:
    """A waiver must not be past the day on which it expires.

    It is an exception for a time. What it let pass is reported again.
    """
    try:
        edtf.parse(waiver.expires)
    except edtf.EdtfError as error:
        yield _about(at, "expires", f"expires: {error}", value=waiver.expires)
        return
    if today and waiver.expires < today:
        yield _about(
            at,
            "expires",
            "the waiver has expired",
            value=waiver.expires,
            allowed=f"{today} or later",
            hint=f"Repair what it let pass and remove it, or ask {show(waiver.owner)} to decide anew.",
        )


@rule(scope="file")
def waiver_unused(
    at: int, waiver: Waiver, problems: Collection[Problem], unasked: Collection[str] = (), again: bool = False
) -> Iterator[Finding]:
    """A waiver must have something to waive, and be the only one that waives it.

    One that outlives its problem would hide the next one. Waivers of the rules of the history are only asked when the
    archive is checked against an older state.
    """
    path = show(waiver.path, 200)
    if again:
        message = "another waiver already lets this file break this rule"
        yield _about(at, "path", message, value=path, hint="Remove one of the two.")
        return
    paths = {p.path for p in problems if p.rule == waiver.rule}
    if waiver.path not in paths and waiver.rule not in unasked:
        hint = nearest(waiver.path, sorted(paths)) or "Remove it."
        yield _about(at, "path", f"this file does not break {waiver.rule}", value=path, hint=hint)

"""Exceptions from ``facts/waivers.yaml``: each lets one rule be broken by one file, for a reason, until a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from factbook.model import edtf
from factbook.model.records import Vocabulary
from factbook.read import yamldoc
from factbook.read.files import data_of, locate
from factbook.read.schema import Schemas
from factbook.rules.files import unreadable
from factbook.rules.problem import RULES, Problem, listed, nearest, rule, show

FILE = "waivers.yaml"


class Waiver(Struct, frozen=True, kw_only=True):
    """``owner`` lets ``path`` break ``rule`` up to and including the day ``expires``."""

    rule: str
    path: str
    reason: str
    owner: str
    expires: str


def read(root: Path, vocabulary: Vocabulary) -> tuple[tuple[Waiver, ...], list[Problem]]:
    """The waivers of the archive at ``root`` and the problems of their file; with a problem none of them holds."""
    facts = root / "facts"
    if (facts / FILE).is_symlink() or not (facts / FILE).exists():
        return (), []  # a link is reported with all others
    try:
        data = data_of(facts, FILE)
        value = yamldoc.read(FILE, data)
        found = [*yamldoc.unsafe_character(FILE, data, value), *Schemas(vocabulary).check("waivers", FILE, value)]
    except yamldoc.Refused as refused:
        value, found = {}, [refused.problem]
    except OSError as error:
        value, found = {}, [unreadable(FILE, error)]
    if found:
        return (), [*locate(root, found)]
    return tuple(Waiver(**entry) for entry in value["waivers"]), []


def apply(
    problems: list[Problem], waivers: tuple[Waiver, ...], today: str, unasked: Collection[str] = ()
) -> tuple[list[Problem], list[Problem]]:
    """The problems, those that a waiver covers marked as waived, and the problems of the waivers themselves.

    ``unasked`` are the rules that this run did not apply: a waiver of one of them cannot be said to be unused.
    """
    holding: dict[tuple[str, str], int] = {}
    found: list[Problem] = []
    for at, waiver in enumerate(waivers):
        own = [p for held in (waiver_of_unknown_rule, waiver_not_possible) for p in held(at, waiver)]
        own = own or list(waiver_expired(at, waiver, today))
        found += own
        if not own:
            again = holding.setdefault((waiver.rule, waiver.path), at)
            found += waiver_unused(at, waiver, problems, unasked) if again == at else _twice(at, waiver)
    marked = []
    for problem in problems:
        if (at := holding.get((problem.rule, problem.path))) is not None:
            held = waivers[at]
            hint = f"Waived until {held.expires} by {show(held.owner)}: {show(held.reason, 300)}"
            problem = replace(problem, severity="waived", hint=hint)
        marked.append(problem)
    return marked, found


def _about(held, at: int, field: str, message: str, **more: str) -> Problem:
    return Problem(path=FILE, pointer=("waivers", at, field), rule=held.rule_id, message=message, **more)


@rule()
def waiver_of_unknown_rule(at: int, waiver: Waiver) -> Iterator[Problem]:
    """A waiver must name a rule that there is."""
    if waiver.rule not in RULES:
        yield _about(
            waiver_of_unknown_rule,
            at,
            "rule",
            "there is no rule with this name",
            value=show(waiver.rule),
            hint=nearest(waiver.rule, RULES) or "The check names the rule in brackets at the end of each problem.",
        )


@rule()
def waiver_not_possible(at: int, waiver: Waiver) -> Iterator[Problem]:
    """A waiver must be for a rule that can be waived.

    Those are rules of wording and tidiness, which can be mistaken, and those of the history, because a court or a
    person's safety can demand what they forbid. No other can be waived: its breach would leave the record out, let
    something through that deceives or endangers readers and reviewers, or publish a status without its evidence.
    """
    if waiver.rule in RULES and not RULES[waiver.rule].waivable:
        yield _about(
            waiver_not_possible,
            at,
            "rule",
            "this rule cannot be waived",
            value=waiver.rule,
            allowed=listed(sorted(r.id for r in RULES.values() if r.waivable), 20),
            hint="Repair what the rule reports.",
        )


@rule()
def waiver_expired(at: int, waiver: Waiver, today: str) -> Iterator[Problem]:
    """A waiver must not be past the day on which it expires.

    It is an exception for a time. What it let pass is reported again.
    """
    try:
        edtf.parse(waiver.expires)
    except edtf.EdtfError as error:
        yield _about(waiver_expired, at, "expires", f"expires: {error}", value=waiver.expires)
        return
    if today and waiver.expires < today:
        yield _about(
            waiver_expired,
            at,
            "expires",
            "the waiver has expired",
            value=waiver.expires,
            allowed=f"{today} or later",
            hint=f"Repair what it let pass and remove it, or ask {show(waiver.owner)} to decide anew.",
        )


@rule()
def waiver_unused(at: int, waiver: Waiver, problems: list[Problem], unasked: Collection[str] = ()) -> Iterator[Problem]:
    """A waiver must have something to waive, and be the only one that waives it.

    One that outlives its problem would hide the next one. Waivers of the rules of the history are only asked when the
    archive is checked against an older state.
    """
    paths = {p.path for p in problems if p.rule == waiver.rule}
    if waiver.path not in paths and waiver.rule not in unasked:
        hint = nearest(waiver.path, sorted(paths)) or "Remove it."
        message = f"this file does not break {waiver.rule}"
        yield _about(waiver_unused, at, "path", message, value=show(waiver.path, 200), hint=hint)


def _twice(at: int, waiver: Waiver) -> Iterator[Problem]:
    message = "another waiver already lets this file break this rule"
    yield _about(waiver_unused, at, "path", message, value=show(waiver.path, 200), hint="Remove one of the two.")

"""Reads and applies ``facts/waivers.yaml``: each waiver lets one file break one rule, for a reason, until a day."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from msgspec import convert
from msgspec.structs import replace

from factbook.model.records import Vocabulary
from factbook.read import yamldoc
from factbook.read.files import data_of
from factbook.read.schema import Schemas
from factbook.rules.files import unreadable
from factbook.rules.problem import Finding, Problem
from factbook.rules.waivers import (
    FILE,
    Waiver,
    waiver_expired,
    waiver_not_possible,
    waiver_of_unknown_rule,
    waiver_unused,
)
from factbook.text import show


def read(root: Path, vocabulary: Vocabulary) -> tuple[tuple[Waiver, ...], list[Finding]]:
    """Return the waivers of the archive at ``root`` and the findings about their file; with a finding there are no
    waivers."""
    facts = root / "facts"
    if (facts / FILE).is_symlink() or not (facts / FILE).exists():
        return (), []  # a link is reported with all others
    try:
        data = data_of(facts, FILE)
        value = yamldoc.read(FILE, data)
        found = [*yamldoc.faults(FILE, data, value), *Schemas(vocabulary).check("waivers", FILE, value)]
    except yamldoc.Refused as refused:
        return (), [refused.finding]
    except OSError as error:
        return (), unreadable(FILE, error.strerror or "")
    return () if found else tuple(convert(value["waivers"], list[Waiver])), found


def apply(
    problems: list[Problem], waivers: tuple[Waiver, ...], today: str, unasked: Collection[str] = ()
) -> tuple[list[Problem], list[Finding]]:
    """Return the problems, with those that a waiver covers marked as waived, and the findings about the waivers
    themselves.

    ``unasked`` are the rules that this run did not apply: a waiver of one of them is not reported as unused.
    """
    holding: dict[tuple[str, str], int] = {}
    found: list[Finding] = []
    for at, waiver in enumerate(waivers):
        own = [*waiver_of_unknown_rule(at, waiver), *waiver_not_possible(at, waiver)]
        own = own or waiver_expired(at, waiver, today)
        if not own:
            first = holding.setdefault((waiver.rule, waiver.path), at)
            own = waiver_unused(at, waiver, problems, unasked, first != at)
        found += own
    marked = []
    for problem in problems:
        if (place := holding.get((problem.rule, problem.path))) is not None:
            waiver = waivers[place]
            hint = f"Waived until {waiver.expires} by {show(waiver.owner)}: {show(waiver.reason, 300)}"
            problem = replace(problem, severity="waived", hint=hint)
        marked.append(problem)
    return marked, found

"""The register of rules: each a function whose docstring is the rule as people read it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Literal, ParamSpec

from msgspec import Struct
from msgspec.structs import replace

from factbook.rules.problem import Finding, Severity

Scope = Literal["file", "value", "record", "archive", "history", "site"]
"""What a rule is asked about.

Rules about a ``file`` (its name, bytes or place) and about a ``value`` that breaks its schema take what they need, at
the place where it is read. Those about a ``record``, which they look at one by one, and about the ``archive`` take the
archive; those about the ``history`` take the archive and an older state of it. Those about the ``site`` take parts of
what it is made of besides the records.
"""
P = ParamSpec("P")


class Rule(Struct, frozen=True, kw_only=True):
    """A rule: its id, what it is asked about, its severity, its sentence and reasons (the docstring), and its function.

    ``waivable``: a breach leaves a record that can be published and harms nobody, so ``facts/waivers.yaml`` may permit
    it for a time. Every other rule holds without exception. ``unreadable``: a record that breaks it cannot be read by
    the rules across records, which are not asked about it. ``slow``: it takes as long as all others together.
    """

    id: str
    scope: Scope
    severity: Severity
    text: str
    check: Callable[..., list[Finding]]
    waivable: bool = False
    unreadable: bool = False
    slow: bool = False


RULES: dict[str, Rule] = {}
"""Every rule by id, in the order of definition."""


def rule(
    scope: Scope, severity: Severity = "error", *, waivable: bool = False, unreadable: bool = False, slow: bool = False
) -> Callable[[Callable[P, Iterable[Finding]]], Callable[P, list[Finding]]]:
    """Return a decorator that registers a function as a rule. Its name is the id (with hyphens), its docstring the text
    of the rule.

    The registered function returns a list, each finding with the id and the severity of the rule.
    """

    def register(function: Callable[P, Iterable[Finding]]) -> Callable[P, list[Finding]]:
        name = function.__name__.replace("_", "-")

        @wraps(function)
        def check(*args: P.args, **kwargs: P.kwargs) -> list[Finding]:
            return [replace(found, rule=name, severity=severity) for found in function(*args, **kwargs)]

        RULES[name] = Rule(
            id=name,
            scope=scope,
            severity=severity,
            text=inspect.getdoc(function) or "",
            check=check,
            waivable=waivable,
            unreadable=unreadable,
            slow=slow,
        )
        return check

    return register


def rules_for(scope: Scope) -> list[Rule]:
    """Return the rules of a scope, in the order of definition."""
    return [rule for rule in RULES.values() if rule.scope == scope]


def findings(rules: Iterable[Rule], *about: Any) -> list[Finding]:
    """Return the findings of the rules, each called with ``about``."""
    return [found for rule in rules for found in rule.check(*about)]

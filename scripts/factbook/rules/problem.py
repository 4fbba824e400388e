"""What is wrong, where, and what to do: the one value every check speaks in, and the register of rules."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "waived"]
"""An error stops a build. A waived problem is one that ``facts/waivers.yaml`` lets pass for a time."""
Pointer = tuple[str | int, ...]
"""The way to a value inside a record: field names and list positions, outermost first."""


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """One thing wrong with one value of one file.

    ``path`` is relative to the archive, with ``/``. ``line`` and ``column`` count from 1; 0 means not located yet, and
    ``pointer`` then says which value is meant. ``allowed`` is what would be accepted, ``hint`` the likely repair.
    """

    path: str
    line: int = 0
    column: int = 0
    rule: str
    message: str
    value: str = ""
    allowed: str = ""
    hint: str = ""
    severity: Severity = "error"
    pointer: Pointer = ()


class Rule(Struct, frozen=True, kw_only=True):
    """A rule: its id, how grave a breach is, its sentence and reason (the docstring), and the function for it.

    ``waivable``: a breach leaves a record that can be published and harms nobody, so ``facts/waivers.yaml`` may let it
    pass. Every other rule holds without exception.
    """

    id: str
    severity: Severity
    text: str
    check: Callable
    waivable: bool = False


MANY = 1000
"""Among more names than this, only those that begin and end alike are compared letter by letter."""
RULES: dict[str, Rule] = {}
"""Every rule by id, in the order of definition."""


def rule(severity: Severity = "error", waivable: bool = False) -> Callable[[Callable], Callable]:
    """Register a function as a rule. Its name is the id (with hyphens), its docstring the rule as people read it."""

    def register(function: Callable) -> Callable:
        name = function.__name__.replace("_", "-")
        RULES[name] = Rule(
            id=name, severity=severity, text=inspect.getdoc(function) or "", check=function, waivable=waivable
        )
        function.rule_id = name
        function.severity = severity
        return function

    return register


def show(value: object, most: int = 80) -> str:
    """A value as one harmless line of text: control and invisible characters escaped, cut at ``most`` characters."""
    text = value if isinstance(value, str) else str(value)
    text = text[: most + 1]
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)
    return text if len(text) <= most else text[: most - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str:
    """``Did you mean …?`` with the known name closest to ``name``, or an empty string when none is close."""
    names = list(known)
    if len(names) > MANY:  # comparing with every one would take minutes
        names = [n for n in names if abs(len(n) - len(name)) < 3 and n[:2] == name[:2] and n[-2:] == name[-2:]][:MANY]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names joined for reading, cut after ``most``."""
    names = list(names)
    more = f", … ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(names[:most]) + more

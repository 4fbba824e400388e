"""Formats problems: as text for people, as annotations for GitHub, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable

from msgspec.structs import asdict

from factbook.rules.problem import Problem
from factbook.text import escaped, in_a_row, listed, show


def text(problems: list[Problem]) -> str:
    """Return one block for each problem, and a line that counts them.

    A block is ``path:line:column: error: message [rule]``, then, indented, what was found, what is allowed, and the
    likely repair, which may have several lines.
    """
    blocks = []
    newline, below = "\n", "\n" + " " * 10
    for p in problems:
        lines = [f"{show(p.path, 5000)}:{p.line}:{p.column}: {p.severity}: {p.message} [{p.rule}]"]
        lines += [
            f"    {label}: {said.replace(newline, below)}"
            for label, said in (("found", p.value), ("allowed", p.allowed), ("hint", p.hint))
            if said
        ]
        blocks.append("\n".join(lines))
    return "\n".join([*blocks, summary(problems)])


def summary(problems: list[Problem]) -> str:
    """Return one line: how many errors, warnings and waived problems there are, in how many files."""
    if not problems:
        return "No problems."
    counts = [(sum(p.severity == s for p in problems), s) for s in ("error", "warning", "waived")]
    said = listed(f"{n} {s}{'s' if n != 1 and s != 'waived' else ''}" for n, s in counts if n)
    files = len({p.path for p in problems})
    return f"{said} in {files} file{'s' if files != 1 else ''}."


def github(problems: list[Problem]) -> str:
    """Return one workflow command of GitHub Actions for each problem: they become annotations of the exact line."""
    lines = []
    for p in problems:
        said = in_a_row(p.message, p.value and f"Found: {p.value}", p.allowed and f"Allowed: {p.allowed}", p.hint)
        place = f"file={_escape(p.path, True)},line={p.line},col={p.column},title={_escape(p.rule, True)}"
        lines.append(f"::{'notice' if p.severity == 'waived' else p.severity} {place}::{_escape(said)}")
    return "\n".join([*lines, summary(problems)])


def _escape(text: str, attribute: bool = False) -> str:
    """Return ``text`` escaped for the syntax of workflow commands, so that no text can begin a command of its own."""
    text = escaped(text, "\r\n")
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *((":", "%3A"), (",", "%2C")) * attribute):
        text = text.replace(char, code)
    return text


def as_json(problems: list[Problem]) -> str:
    """Return a JSON list of objects with path, line, column, rule, severity, message, value, allowed and hint."""
    rows = [asdict(p) for p in problems]
    return json.dumps(rows, indent=2)  # in ASCII: right in every encoding, and no character acts on a terminal


FORMATS: dict[str, Callable[[list[Problem]], str]] = {"text": text, "github": github, "json": as_json}

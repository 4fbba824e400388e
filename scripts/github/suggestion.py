"""Turns a patch into one-click suggestions, each compared with the lines that the pull request really changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HUNK = re.compile(r"@@ -(\d{1,7})(?:,(\d{1,7}))? \+(\d{1,7})(?:,(\d{1,7}))? @@")
RECORD = re.compile(r"facts/[a-z]+/([a-z0-9]+/)?[a-z0-9-]+\.yaml")
"""The path of a record. A file with another name is none, and gets no suggestion."""
MOST = 20
"""Suggestions on one pull request at most. A file with more of them should be laid out anew, not clicked through."""
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Hunk:
    """One place of a patch: the lines ``before``, from line ``start``, become the lines ``after``."""

    path: str
    start: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def hunks(patch: str) -> Iterator[Hunk]:
    """Yield the hunks of a unified diff, reduced to the lines that change. Everything else in the patch is ignored."""
    path, lines = "", patch.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("+++ "):
            path = line[4:].split("\t")[0].removeprefix("b/")
        elif match := _HUNK.match(line):
            body = []
            left, right = (int(match[n]) if match[n] is not None else 1 for n in (2, 4))
            while at < len(lines) and (left > 0 or right > 0) and lines[at][:1] in (" ", "-", "+", "\\"):
                body.append(lines[at])
                left -= lines[at][:1] in (" ", "-")
                right -= lines[at][:1] in (" ", "+")
                at += 1
            yield from _changes(path, int(match[1]), body)


def _changes(path: str, line: int, body: list[str]) -> Iterator[Hunk]:
    """Yield the runs of changed lines in a hunk. An addition includes the line above it, to have a place."""
    above: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for row in [*body, " "]:
        sign, text = row[:1], row[1:]
        if sign == "-":
            before.append(text)
        elif sign == "+":
            after.append(text)
        elif sign == " ":
            if before:
                yield Hunk(path, line, tuple(before), tuple(after))
            elif after and above:
                yield Hunk(path, line - 1, tuple(above), (*above, *after))
            line += len(before) + 1
            above, before, after = [text], [], []


def right_side(patch: str) -> dict[int, str]:
    """Return the lines of the new file that a file's patch shows, by number: only those can be commented on."""
    found = {}
    number = 0
    for row in patch.split("\n"):
        if match := _HUNK.match(row):
            number = int(match[3])
        elif row[:1] in (" ", "+") and number:
            found[number] = row[1:]
            number += 1
    return found


def fitting(patch: str, shown: dict[str, dict[int, str]]) -> list[Hunk]:
    """Return the hunks in records of the pull request, where it shows exactly the lines to be replaced."""
    found = []
    for hunk in hunks(patch):
        lines = shown.get(hunk.path, {}) if RECORD.fullmatch(hunk.path) else {}
        there = tuple(lines.get(hunk.start + n) for n in range(len(hunk.before)))
        if there == hunk.before and len(hunk.after) <= MOST_LINES and len(hunk.before) <= MOST_LINES:
            found.append(hunk)
    return found[:MOST]

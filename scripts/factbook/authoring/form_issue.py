"""Reads the issue that a form was sent as, and checks the records made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factbook.authoring import changes
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.text import show

_SAID = ("near-duplicate",)
"""Warnings that keep an issue from becoming a record: a person has to look at the other record first."""


def read_issue(path: Path) -> dict[str, Any]:
    """Return the issue that a file holds, or an event with it. Raises CommandError and OSError."""
    try:
        given = json.loads(path.read_text("utf-8"))
        issue = given.get("issue", given)
        found = {"labels": issue["labels"], "body": issue.get("body"), "number": int(issue["number"])}
        sound = all(isinstance(label["name"], str) for label in found["labels"])
        sound = sound and isinstance(found["body"], str | None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise CommandError(
            f"{show(str(path), 300)} holds no issue: JSON with labels, a body and a number\n"
            "    hint: Such a file is written by the host, as the event of a workflow or by its command line."
        )
    return found


def broken_rules(root: Path, files: Mapping[str, str], today: str) -> list[str]:
    """Return what the check would say of ``files``, texts by path under ``facts/``, beside the records there are."""
    wanted = []
    for path, text in files.items():
        file = root / "facts" / path
        wanted.append(Change(path, file.read_bytes() if file.is_file() else None, text.encode()))
    found = changes.problems(root, wanted, today, also=_SAID)
    return [
        ". ".join(filter(None, [f"{p.path}: {p.message}", p.value and f"Found: {p.value}", p.allowed, p.hint]))
        for p in found
    ]

"""Reads the issue that a form was sent as, and checks the records made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from factbook.authoring import changes
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.authoring.form_answers import Form, headings
from factbook.text import in_a_row, show

_SAID = ("near-duplicate",)
"""Warnings that keep an issue from becoming a record: a person has to look at the other record first."""


def read_issue(path: Path) -> dict[str, Any]:
    """Return the issue that a file holds, an event with it, or the text of one, as a mail brings it.

    The file that the form of a site saves has no number, and a text has neither number nor labels: they are 0 and
    empty. Raises CommandError and OSError.
    """
    try:
        text = path.read_text("utf-8")
        if not text.lstrip().startswith(("{", "[")) and headings(text):
            return {"labels": [], "body": text, "number": 0}
        given = json.loads(text)
        issue = given.get("issue", given)
        number = issue["number"] if "form" not in issue else issue.get("number", 0)
        found = {"labels": issue["labels"], "body": issue.get("body"), "number": int(number)}
        sound = all(isinstance(label["name"], str) for label in found["labels"])
        sound = sound and isinstance(found["body"], str | None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise CommandError(
            f"{show(str(path), 300)} holds no issue: JSON with labels, a body and a number\n"
            "    hint: Such a file is written by the host, as the event of a workflow or by its command line, or saved "
            "by the form of the site. The text of a mail with its headings will do as well."
        )
    return found


def broken_rules(root: Path, files: Mapping[str, str], today: str) -> list[str]:
    """Return what the check would say of ``files``, texts by path under ``facts/``, beside the records there are."""
    wanted = []
    for path, text in files.items():
        file = root / "facts" / path
        wanted.append(Change(path, file.read_bytes() if file.is_file() else None, text.encode()))
    found = changes.problems(root, wanted, today, also=_SAID)
    return [in_a_row(f"{p.path}: {p.message}", p.value and f"Found: {p.value}", p.allowed, p.hint) for p in found]


def form_of(labels: Iterable[str], body: str, forms: Iterable[Form]) -> Form | None:
    """Return the form that an issue was written with: by its labels, or else by the headings of its text; else None.

    Only one form has all its headings in one order, and hosts other than GitHub give no label by themselves.
    """
    known = list(forms)
    given = set(labels)
    if form := next((form for form in known if form.label in given), None):
        return form
    found = headings(body)
    return next((form for form in known if [q.label for q in form.questions] == found), None)

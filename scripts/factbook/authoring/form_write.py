"""The command ``factbook form``: from the file of an issue to the files of records, held to every rule."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from factbook.authoring.form_answers import Form
from factbook.authoring.form_files import MAKING, REPORT, every_form
from factbook.authoring.form_issue import broken_rules, form_of, read_issue
from factbook.authoring.forms import request
from factbook.read import load
from factbook.read.schema import Schemas


def write(root: Path, issue_file: Path, out: Path, today: str) -> int:
    """Write the files of an issue under ``out``; return 1, after saying why, where there are none.

    What is made has passed every rule beside the records there are, not only its schema. Raises CommandError where the
    file holds no issue.
    """
    issue = read_issue(issue_file)
    archive, _ = load.read_archive(root, today)
    labels = [label["name"] for label in issue["labels"]]
    body = issue["body"] or ""
    form = form_of(labels, body, every_form(root, archive.vocabulary))
    if form is None or form.label == REPORT:
        print(_unfit(form), file=sys.stderr)
        return 1
    made = request(form, body, issue["number"], archive, Schemas(archive.vocabulary), _reader(root), today)
    if not made.problems:
        made.problems += broken_rules(root, made.files, made.today)
    for problem in made.problems:
        print(f"- {problem}", file=sys.stderr)
    for path, text in () if made.problems else made.files.items():
        file = out / "facts" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        print(f"facts/{path}")
    return 1 if made.problems else 0


def _reader(root: Path) -> Callable[[str], str]:
    """Return what reads the text of a file under ``facts/`` of the archive at ``root``."""
    return lambda path: (root / "facts" / path).read_text("utf-8")


def _unfit(form: Form | None) -> str:
    """Return why no record comes of an issue with ``form``, which is none or one that makes none."""
    if form is None:
        return f"The issue bears none of the labels {', '.join(sorted(MAKING))}, and its headings are those of no form."
    return "A report makes no record by itself: look at what it says, and change the record."

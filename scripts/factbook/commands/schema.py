"""``factbook schema``: write what editors and issue forms offer, out of the vocabulary."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from factbook.authoring import form_answers, forms
from factbook.check.report import FORMATS
from factbook.check.run import check, vocabulary_schema_text

HELP = "bring editors' schema and issue forms in line with vocabulary.yaml"


def add(parser: ArgumentParser) -> None:
    """The command has no options."""


def run(options: Namespace) -> int:
    """Write the vocabulary's schema and the choices of the issue forms; return 1 where there is no archive."""
    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 1
    path = options.root / "facts" / "schema" / "vocabulary.schema.json"
    path.write_text(vocabulary_schema_text(archive), "utf-8")
    print(f"Wrote {path}.")
    for form in forms.read_forms(options.root):
        path = options.root / forms.FOLDER / form.name
        path.write_text(form_answers.refreshed(path.read_text("utf-8"), form.label, archive.vocabulary), "utf-8")
        print(f"Wrote {path}.")
    return 0

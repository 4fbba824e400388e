"""``factbook forms``: bring the choices of the issue forms in line with the vocabulary."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import form_answers, form_files
from factbook.read.files import refuse_links
from factbook.read.vocabulary import read_vocabulary

HELP = "bring the choices of the issue forms in line with vocabulary.yaml"


def add(parser: ArgumentParser) -> None:
    """The command has no options."""


def run(options: Namespace) -> int:
    """Rewrite the forms whose choices have changed. Raises Unusable and OSError."""
    facts = options.root / "facts"
    refuse_links(facts)
    vocabulary = read_vocabulary(facts)
    changed = 0
    for form in form_files.read_forms(options.root):
        path = options.root / form.path
        before = path.read_text("utf-8")
        after = form_answers.refreshed(before, form.label, vocabulary)
        if after != before:
            path.write_text(after, "utf-8")
            changed += 1
            print(f"Wrote {path}.")
    if not changed:
        print("Every form offers the words of the vocabulary.")
    return 0

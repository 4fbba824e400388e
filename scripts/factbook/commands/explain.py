"""``factbook explain``: what a rule, a field, a kind of record or a word means."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import explain
from factbook.authoring.errors import CommandError
from factbook.commands import shared_records
from factbook.read.vocabulary import read_vocabulary
from factbook.text import show

HELP = "what a rule, a field, a record or a word means"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", nargs="*", metavar="NAME", help="what to explain (default: list everything)")


def run(options: Namespace) -> int:
    """Print what the name means, or the list of all names. Raises CommandError where nothing bears the name."""
    schemas = shared_records.schemas(options.root).documents
    vocabulary = read_vocabulary(options.root / "facts")
    name = " ".join(options.name)
    if not name:
        print(explain.overview(vocabulary, schemas))
        return 0
    text = explain.explain(name, vocabulary, schemas)
    if not text:
        hint = explain.unknown(name, vocabulary, schemas)
        raise CommandError(f"nothing is called {show(name)}\n    hint: {hint}")
    print(text)
    return 0

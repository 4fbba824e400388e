"""``factbook status``: give a fact another status, with its ledger entry."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import revise
from factbook.commands import shared_archive, shared_completion, shared_options
from factbook.model.archive import Archive

HELP = "give a fact another status, with its ledger entry"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    fact = parser.add_argument("id", metavar="ID", help="the fact")
    word = parser.add_argument(
        "status", metavar="STATUS", help="a status of the vocabulary; the present one: only a ledger entry"
    )
    source = parser.add_argument(
        "--source", action="append", default=[], metavar="ID", help="a source that decided it (repeatable)"
    )
    shared_completion.completed(fact, shared_completion.ids("fact"))
    shared_completion.completed(word, shared_completion.statuses)
    shared_completion.completed(source, shared_completion.ids("source"))
    shared_options.add_reason(parser)


def run(options: Namespace) -> int:
    """Change the fact's file. Raises CommandError where the fact or the status is unknown, or the rules refuse it."""
    return set_status(options, shared_archive.read_checked(options), options.status, options.source)


def set_status(options: Namespace, archive: Archive, word: str, sources: list[str]) -> int:
    """Give the fact ``options.id`` the status ``word``, decided by ``sources``; return 0."""
    fact = archive.statements[revise.known_fact(archive, options.id)]
    data = (options.root / "facts" / fact.path).read_bytes()
    entry = revise.entry(archive.today, word, options.reason, sources)
    shared_archive.write_checked(options, archive, [revise.status(archive, data, fact.id, word, entry)])
    print(f"facts/{fact.path}: {fact.status} → {word}.")
    return 0

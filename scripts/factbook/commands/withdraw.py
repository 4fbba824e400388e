"""``factbook withdraw``: take a fact back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import revise
from factbook.commands import shared_archive, shared_completion, shared_options, status

HELP = "take a fact back: its page stays and says so"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    fact = parser.add_argument("id", metavar="ID", help="the fact")
    shared_completion.completed(fact, shared_completion.ids("fact"))
    shared_options.add_reason(parser)


def run(options: Namespace) -> int:
    """Give the fact the status that the vocabulary marks with ``withdraws``. Raises CommandError."""
    archive = shared_archive.read_checked(options)
    return status.set_status(options, archive, revise.withdrawn(archive), [])

"""``factbook merge``: make two records, or two words, of one thing one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import rename, revise
from factbook.authoring.errors import CommandError
from factbook.commands import shared_archive, shared_completion, shared_ids, shared_options
from factbook.text import show

HELP = "make two records or words of one thing one; the id that goes leads to the one that stays"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    stays = parser.add_argument("id", metavar="STAYS", help="the id that stays")
    goes = parser.add_argument("gone", metavar="GOES", help="the id that leads to it from now on")
    for action in (stays, goes):
        shared_completion.completed(action, shared_completion.ids(*shared_ids.KINDS))
    shared_ids.add_kind(parser)
    shared_options.add_reason(parser)


def run(options: Namespace) -> int:
    """Unite them, leave a redirect and rewrite what names the one that goes. Raises CommandError."""
    archive = shared_archive.read_checked(options)
    kind = shared_ids.kind_of(archive, options.id, options.kind, options.gone)
    if options.id == options.gone:
        raise CommandError(f"{show(options.id)} is one {kind} already")
    if kind == "fact":
        revise.known_fact(archive, options.id)
        revise.known_fact(archive, options.gone)
    wanted, lost = rename.merge(shared_ids.step(options, archive, kind, options.gone, options.id))
    shared_archive.write_checked(options, archive, wanted)
    shared_ids.print_changes(options.root, wanted, kind, options.gone)
    if lost:
        print("\n  ".join([f"{options.gone} also said, and {options.id} says otherwise or nothing:", *lost]))
    return 0

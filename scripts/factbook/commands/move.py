"""``factbook move``: give a fact another id."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import revise
from factbook.commands import shared_archive, shared_options

HELP = "give a fact another id; the old one leads to it"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="OLD", help="the fact's id so far")
    parser.add_argument("new", metavar="NEW", help="its id from now on")
    shared_options.add_reason(parser)


def run(options: Namespace) -> int:
    """Rename the file, write the redirect and rewrite what names the fact. Raises CommandError."""
    archive = shared_archive.read_checked(options)
    old = revise.known_fact(archive, options.id)
    files = {path: (options.root / "facts" / path).read_bytes() for path in revise.moved_files(archive, old)}
    entry = revise.entry(archive.today, revise.withdrawn(archive), options.reason)
    wanted = revise.move(archive, files, old, options.new, entry)
    shared_archive.write_checked(options, archive, wanted)
    print("\n".join(f"{'Wrote' if c.before is None else 'Changed'} facts/{c.path}." for c in wanted))
    return 0

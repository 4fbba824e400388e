"""``factbook site``: check, then build the site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.commands import shared_options

HELP = "check, then build the site into site/"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    shared_options.add_engine(parser)


def run(options: Namespace) -> int:
    """Build the site; return 1 where it was not built."""
    from factbook.site import build  # it loads every template: only who builds waits for that

    return build.build(options.root, options.engine, options.date)

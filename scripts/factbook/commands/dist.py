"""``factbook dist``: build the site and pack it into one zip."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.commands import shared_options

HELP = "build the site, then pack it with its data into one zip in dist/"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    shared_options.add_engine(parser)


def run(options: Namespace) -> int:
    """Build and pack the site; return 1 where either failed."""
    from factbook.site import build, dist

    return build.build(options.root, options.engine, options.date) or dist.pack(options.root)

"""``factbook form``: turn an issue that was written with a form into record files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from factbook.authoring import form_write
from factbook.commands import shared_options

HELP = "turn an issue that was written with a form into record files"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("issue", type=Path, metavar="FILE", help="the issue, or an event with it (JSON)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files go, below facts/")
    shared_options.add_entry_date(parser)


def run(options: Namespace) -> int:
    """Write the files below ``options.out``; return 1 where the issue makes none."""
    return form_write.write(options.root, options.issue, options.out, options.date or date.today().isoformat())

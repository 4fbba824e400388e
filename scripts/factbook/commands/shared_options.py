"""Options that several commands take."""

from __future__ import annotations

import argparse
import os

from factbook.model import edtf

ENGINES = ("mkdocs", "zensical")
"""What can render the written pages, the default first."""


def day(text: str) -> str:
    """Return ``text`` when it is one day, such as 2021-09-14, or empty. Raises ArgumentTypeError."""
    try:
        if text and (edtf.parse(text).precision != "day" or len(text) != len("2021-09-14")):
            raise edtf.EdtfError("it is not one day")
    except edtf.EdtfError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None
    return text


def add_date(parser: argparse.ArgumentParser, help: str) -> None:
    """Add ``--date``. Its default is the environment's FACTBOOK_DATE, or empty."""
    parser.add_argument(
        "--date", type=day, default=os.environ.get("FACTBOOK_DATE", ""), metavar="YYYY-MM-DD", help=help
    )


def add_entry_date(parser: argparse.ArgumentParser) -> None:
    """Add the ``--date`` of a command that writes a ledger entry."""
    add_date(parser, "the day of the ledger entry (default: FACTBOOK_DATE, or today)")


def add_reason(parser: argparse.ArgumentParser) -> None:
    """Add ``--reason`` and ``--date``: what a new ledger entry says."""
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for the ledger")
    add_entry_date(parser)


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add ``--engine`` and ``--date``, which every command that builds the site takes."""
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        help=f"what renders the written pages (default: {ENGINES[0]})",
    )
    add_date(parser, "as for check")


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the paths of a command that reads some of the records."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders in facts/ (default: all)")

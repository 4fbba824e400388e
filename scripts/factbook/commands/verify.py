"""``factbook verify``: compare a copy of the site with its list of checksums."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

HELP = "say whether a copy of the site is what its SHA256SUMS says, and whether its ledger is whole"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("copy", type=Path, metavar="PATH", help="the copy: a folder, or a zip of it")
    parser.add_argument(
        "--since",
        type=Path,
        metavar="CHECKPOINT",
        help="data/v1/log/checkpoint of an older copy: nothing published until then may be rewritten or removed",
    )
    parser.add_argument("--key", default="", metavar="KEY", help="the key that must have signed the log, or its file")


def run(options: Namespace) -> int:
    """Print what differs; return 0 for a whole copy, 1 for any other, 2 where there is nothing to verify."""
    from factbook.site import verify

    return verify.run(options.copy, options.since, options.key)

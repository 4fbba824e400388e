"""``factbook check``: report every problem of every record."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from factbook.check.report import FORMATS
from factbook.check.run import check, errors
from factbook.commands import shared_options, shared_records
from factbook.read.git import Unreadable

HELP = "report every problem of every record"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    shared_options.add_paths(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to report (default: text)")
    shared_options.add_date(parser, "no ledger entry may be later (default: today anywhere on earth)")
    parser.add_argument(
        "--against",
        metavar="REVISION",
        help="an older state, such as origin/main: nothing in it may be lost, or changed without a reason",
    )


def run(options: Namespace) -> int:
    """Print the problems, of the whole archive or of the files named; return 1 where there is an error among them.

    Everything is checked in any case, because the rules compare records with each other.
    """
    wanted: set[str] | None = None
    if options.paths:
        wanted = {f"facts/{path}" for _, path in shared_records.files(options, (".yaml", ".yml"))}
    base = None
    if options.against is not None:  # an empty name too: it is a mistake, not a wish for less
        from factbook.history import base as revision

        try:
            base = revision.read(options.root, options.against)
        except Unreadable as error:
            print(f"factbook: nothing was checked: {error}", file=sys.stderr)
            return 2
    archive, problems = check(options.root, options.date, base)
    if archive is not None and wanted is not None:
        problems = [problem for problem in problems if problem.path in wanted]
    print(FORMATS[options.format](problems))
    if archive is not None and options.format == "text":
        held = {
            "fact": len(archive.statements),
            "source": len(archive.sources),
            "organization": len(archive.organizations),
        }
        counts = [f"{count:,} {name}{'s' if count != 1 else ''}" for name, count in held.items()]
        print(f"{', '.join(counts)} checked.")
    return 1 if errors(problems) else 0

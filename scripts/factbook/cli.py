"""The command ``factbook``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from factbook import __version__, edtf
from factbook.check import check, errors, vocabulary_schema_text
from factbook.report import FORMATS


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 when all is well, 1 when the archive has problems, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="factbook", description="Check and publish a fact archive.")
    parser.add_argument("--version", action="version", version=f"factbook {__version__}")
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="the archive: the folder that holds mkdocs.yml and facts/ (default: here)",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    one = commands.add_parser("check", help="report every problem of every record")
    one.add_argument("--format", choices=FORMATS, default="text", help="how to report (default: text)")
    one.add_argument(
        "--date",
        type=_day,
        default=os.environ.get("FACTBOOK_DATE", ""),
        metavar="YYYY-MM-DD",
        help="no ledger entry may be later (default: the newest commit's day)",
    )
    one.set_defaults(run=_check)

    one = commands.add_parser("site", help="check, then build the site into site/")
    one.add_argument(
        "--engine",
        choices=("mkdocs", "zensical"),
        default="mkdocs",
        help="what renders the written pages (default: mkdocs)",
    )
    one.add_argument(
        "--date", type=_day, default=os.environ.get("FACTBOOK_DATE", ""), metavar="YYYY-MM-DD", help="as for check"
    )
    one.set_defaults(run=_site)

    one = commands.add_parser("schema", help="bring the schema that editors use in line with vocabulary.yaml")
    one.set_defaults(run=_schema)

    options = parser.parse_args(argv)
    if not options.root.is_dir():
        parser.error(f"argument --root: there is no folder {options.root}")
    return options.run(options)


def _day(text: str) -> str:
    try:
        if text and edtf.parse(text).precision != "day":
            raise edtf.EdtfError("it is not one day")
    except edtf.EdtfError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None
    return text


def _check(options: argparse.Namespace) -> int:
    archive, problems = check(options.root, options.date)
    print(FORMATS[options.format](problems))
    if archive is not None and options.format == "text":
        counts = (len(archive.statements), len(archive.sources), len(archive.organizations))
        print("{:,} facts, {:,} sources, {:,} organizations checked.".format(*counts))
    return 1 if errors(problems) else 0


def _site(options: argparse.Namespace) -> int:
    from factbook import site

    return site.build(options.root, options.engine, options.date)


def _schema(options: argparse.Namespace) -> int:
    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 1
    path = options.root / "facts" / "schema" / "vocabulary.schema.json"
    path.write_text(vocabulary_schema_text(archive), "utf-8")
    print(f"Wrote {path}.")
    return 0

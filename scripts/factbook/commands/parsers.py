"""The commands of an author: ``new``, ``status``, ``withdraw``, ``move``, ``fmt``, ``fix`` and ``explain``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from factbook.authoring import draft, revise
from factbook.check import report
from factbook.commands import authoring, upkeep
from factbook.read.files import Unusable


def add(commands: argparse._SubParsersAction, day: Callable[[str], str]) -> None:
    """Add the commands to the parser. ``day`` is the type of an option that takes a day."""
    new = commands.add_parser("new", help="write a new record, asking for its fields")
    kinds = new.add_subparsers(dest="kind", required=True, metavar="KIND")
    for kind, names in draft.FIELDS.items():
        one = kinds.add_parser(kind, help=f"a new {kind}")
        for name in names:
            one.add_argument(
                authoring.flag(name),
                dest=f"field {name}",
                nargs="+",
                action="append",
                metavar="TEXT",
                help=f"the field {name}",
            )
        if kind == "fact":
            one.add_argument(
                "--reason", default="", metavar="TEXT", help="why it has its status: the first ledger entry"
            )
        one.add_argument("--id", default="", metavar="ID", help="the id (default: one made from the fields)")
        one.add_argument("--no-input", action="store_true", help="ask nothing; say what is missing")
        one.add_argument("--force", action="store_true", help="write it although it looks like a record there is")
        _add_day(one, day)
        one.set_defaults(run=told(authoring.new))

    one = commands.add_parser("status", help="give a fact another status, with its ledger entry")
    one.add_argument("id", metavar="ID", help="the fact")
    one.add_argument(
        "status", metavar="STATUS", help="a status of the vocabulary; the present one: only a ledger entry"
    )
    one.add_argument(
        "--source", action="append", default=[], metavar="ID", help="a source that decided it (repeatable)"
    )
    _add_reason(one, day, authoring.status)

    one = commands.add_parser("withdraw", help="take a fact back: its page stays and says so")
    one.add_argument("id", metavar="ID", help="the fact")
    _add_reason(one, day, authoring.withdraw)

    one = commands.add_parser("move", help="give a fact another id; the old one leads to it")
    one.add_argument("id", metavar="OLD", help="the fact's id so far")
    one.add_argument("new", metavar="NEW", help="its id from now on")
    _add_reason(one, day, authoring.move)

    one = commands.add_parser("fmt", help="bring records into the one canonical layout")
    one.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders in facts/ (default: all)")
    one.add_argument(
        "--check", action="store_true", help="change nothing; list what would change, and fail if there is any"
    )
    one.set_defaults(run=told(upkeep.fmt))

    one = commands.add_parser("fix", help="show, or apply, the repairs that are certain")
    one.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders in facts/ (default: all)")
    one.add_argument("--typos", action="store_true", help="also names that are clearly closest to one that is known")
    one.add_argument("--apply", action="store_true", help="make the changes that are shown")
    one.set_defaults(run=told(upkeep.fix))

    one = commands.add_parser("explain", help="what a rule, a field, a record or a word means")
    one.add_argument("name", nargs="*", metavar="NAME", help="what to explain (default: list everything)")
    one.set_defaults(run=told(upkeep.explain))


def _add_reason(parser: argparse.ArgumentParser, day: Callable[[str], str], run: Callable) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for the ledger")
    _add_day(parser, day)
    parser.set_defaults(run=told(run))


def _add_day(parser: argparse.ArgumentParser, day: Callable[[str], str]) -> None:
    parser.add_argument(
        "--date", type=day, default=os.environ.get("FACTBOOK_DATE", ""), metavar="YYYY-MM-DD",
        help="the day of the ledger entry (default: FACTBOOK_DATE, or today)",
    )  # fmt: skip


def told(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command, with what stops it told in words."""

    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except revise.Wrong as wrong:
            print(f"error: {wrong}", file=sys.stderr)
            return wrong.code
        except Unusable as unusable:
            print(report.text(unusable.problems), file=sys.stderr)
        except BrokenPipeError:
            raise
        except OSError as error:
            print(f"error: {error.filename or 'facts/'}: {error.strerror or error}", file=sys.stderr)
        return 1

    return run

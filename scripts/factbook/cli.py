"""The command ``factbook``: one parser, built out of the modules in ``commands/``."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Protocol

from factbook import __version__, program
from factbook.authoring.errors import CommandError
from factbook.check import report
from factbook.commands import (
    asof,
    capture,
    check,
    completion,
    diff,
    dist,
    explain,
    fix,
    fmt,
    form,
    forms,
    init,
    languages,
    merge,
    move,
    new,
    retract,
    schema,
    serve,
    site,
    status,
    upgrade,
    verify,
    withdraw,
)
from factbook.commands.shared_archive import find_root
from factbook.parallel import WorkerLost
from factbook.read import configuration
from factbook.read.files import Unusable
from factbook.site.errors import file_of
from factbook.text import nearest, show


class Command(Protocol):
    """What every module of a command has."""

    __name__: str
    HELP: str

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""

    def run(self, options: argparse.Namespace) -> int:
        """Carry the command out; return the exit status."""


COMMANDS: tuple[Command, ...] = (
    *(init, check, new, status, withdraw, retract, move, merge, capture, fmt, fix, explain),
    *(site, serve, dist, verify, diff, asof, languages, schema, forms, form, upgrade, completion),
)
"""In the order of the help."""
ANYWHERE = ("init", "verify", "completion")
"""The commands that need no archive."""
NO_COMMAND = "COMMAND"


class Parser(argparse.ArgumentParser):
    """An argument parser that says which name was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Print the usage, the message and the nearest allowed name; exit with 2."""
        if found := re.search(r"argument (\S+): invalid choice: '?([^']*?)'? \(choose from (.*)\)$", message, re.S):
            argument, given, choices = found.groups()
            hint = nearest(given, re.findall(r"[\w-]+", choices))
            if argument == NO_COMMAND:
                hint = f"{hint} {program.command('--help')} lists them.".strip()
                message = f"there is no command {show(given)}"
            message += f"\n    hint: {hint}" if hint else ""
        super().error(message)


def build_parser() -> Parser:
    """Return the parser with every command."""
    parser = Parser(prog=program.NAME, description="Check and publish a fact archive.")
    parser.add_argument("--version", action="version", version=f"factbook {__version__}")
    parser.add_argument(
        "--root",
        type=Path,
        metavar="FOLDER",
        help="the archive: the folder that holds mkdocs.yml and facts/ (default: the nearest one, from here upwards)",
    )
    commands = parser.add_subparsers(dest="command", metavar=NO_COMMAND)
    for module in COMMANDS:
        one = commands.add_parser(module.__name__.rpartition(".")[2], help=module.HELP)
        module.add(one)
        one.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 when all is well, 1 when the archive has problems, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal can show every letter of a record
    parser = build_parser()
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete  # only a shell that completes waits for it

        argcomplete.autocomplete(parser)
    options, unknown = parser.parse_known_args(argv)
    if unknown:
        parser.error(_unknown(parser, options.command, unknown))
    if options.root is not None and not options.root.is_dir():
        parser.error(f"argument --root: there is no folder {options.root}")
    here = options.root or find_root(Path())
    if options.command is None:
        print(f"{parser.format_help()}\n{_next_step(here)}")
        return 0
    if options.command not in ANYWHERE and (here is None or not _archive(here)):
        print(f"error: {_no_archive(options.root)}", file=sys.stderr)
        return 2
    options.root = here or Path()
    return _run(options)


def _archive(folder: Path) -> bool:
    """Return whether a folder is an archive, sound or not."""
    return (folder / "facts").is_dir() or (folder / configuration.FILE).is_file()


def _no_archive(given: Path | None) -> str:
    """Return the line that says where no archive was found, and how one begins."""
    where = "here, nor in a folder above" if given is None else f"in {show(given)}"
    begin = program.command("init FOLDER")
    return f"There is no archive {where}: a folder with facts/vocabulary.yaml. {begin} begins one."


def _run(options: argparse.Namespace) -> int:
    """Run the command that was chosen; print what stops it, and return its exit status."""
    try:
        result: int = options.run(options)
        return result
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.code
    except Unusable as unusable:
        print(report.text(unusable.problems), file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads the output has seen enough, and Python would complain again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"error: {file_of(error) or 'facts/'}: {error.strerror or error}", file=sys.stderr)
        return 1
    except WorkerLost as lost:
        print(f"factbook: {lost}", file=sys.stderr)
        return 2


def _next_step(root: Path | None) -> str:
    """Return the line below the help: what to do next in the archive at ``root``, or where there is none."""
    if root is None:
        return _no_archive(None)
    return f"Next: {program.command('check')} says what is wrong, {program.command('site')} builds the site."


def _unknown(parser: argparse.ArgumentParser, command: str | None, unknown: list[str]) -> str:
    """Return the message for arguments that no parser took, with the option that was probably meant."""
    message = f"unrecognized arguments: {' '.join(map(show, unknown))}"
    name = unknown[0].partition("=")[0]
    if not name.startswith("-"):
        return message
    if command is None:
        hint = nearest(name, [option for option in parser._option_string_actions if option.startswith("--")])
        return f"{message}\n    hint: {hint}" if hint else message
    if name in parser._option_string_actions:
        return f"{message}\n    hint: {name} stands before the command: {program.command(f'{name} … {command}')}"
    subparsers = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    known = [option for option in subparsers.choices[command]._option_string_actions if option.startswith("--")]
    hint = nearest(name, known)
    return f"{message}\n    hint: {hint}" if hint else message

"""``factbook fix``: show, or apply, the repairs that are certain."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook import program
from factbook.authoring import changes, fixes
from factbook.commands import shared_options, shared_records
from factbook.read import load

HELP = "show, or apply, the repairs that are certain"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    shared_options.add_paths(parser)
    parser.add_argument("--typos", action="store_true", help="also names that are clearly closest to one that is known")
    parser.add_argument("--apply", action="store_true", help="make the changes that are shown")


def run(options: Namespace) -> int:
    """Print the repairs as a diff; return 1 where a record cannot be read, or where a repair waits for ``--apply``."""
    schemas = shared_records.schemas(options.root)
    known = load.read_archive(options.root)[0].known if options.typos else None

    def fixed(kind: str, path: str, data: bytes) -> bytes:
        return fixes.fix(kind, fixes.name(path), data, schemas.documents, known)

    def place(kind: str, path: str, data: bytes) -> str:
        return fixes.place(kind, path, data, schemas)

    wanted, problems, count = shared_records.convert_each(options, (".yaml", ".yml"), fixed, place)
    if wanted:
        print(changes.diff(wanted))
    if options.apply:
        changes.write(options.root, wanted)
    files = sum(change.after is not None for change in wanted)
    print(f"{files} of {shared_records.records(count)} {'mended' if options.apply else 'can be mended'}.")
    if wanted and not options.apply:
        print(f"Nothing was changed. To make these changes: {program.command('fix --apply')}")
    return 1 if shared_records.print_problems(problems) or (wanted and not options.apply) else 0

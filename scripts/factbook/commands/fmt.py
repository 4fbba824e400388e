"""``factbook fmt``: bring records into the one canonical layout."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from factbook.authoring import changes, yaml_layout
from factbook.commands import shared_options, shared_records
from factbook.text import show

HELP = "bring records into the one canonical layout"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    shared_options.add_paths(parser)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; list what would change, and fail if there is any"
    )


def run(options: Namespace) -> int:
    """Rewrite the records; return 1 where one cannot be read, or, with ``--check``, is not in canonical layout."""
    schemas = shared_records.schemas(options.root).documents

    def canonical(kind: str, path: str, data: bytes) -> bytes:
        return yaml_layout.canonical(kind, path, data, schemas)

    wanted, problems, count = shared_records.convert_each(options, (".yaml",), canonical)
    if not options.check:
        changes.write(options.root, wanted)
    for change in wanted:
        print(f"facts/{show(change.path)}")
    state = "not in canonical layout" if options.check else "laid out anew"
    print(f"{len(wanted)} of {shared_records.records(count)} {state}.")
    return 1 if shared_records.print_problems(problems) or (options.check and wanted) else 0

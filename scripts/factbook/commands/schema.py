"""``factbook schema``: write the schemas of the records for an editor."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from factbook.read import schema
from factbook.read.files import refuse_links
from factbook.read.vocabulary import read_vocabulary

HELP = "write the JSON Schemas by which an editor completes and checks records"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FOLDER",
        help="where they go (default: facts/schema/, which the first line of each record names; git ignores it)",
    )


def run(options: Namespace) -> int:
    """Write the engine's schemas with the words of this archive. Raises Unusable and OSError."""
    facts = options.root / "facts"
    refuse_links(facts)
    folder = options.write or facts / "schema"
    paths = schema.write(folder, read_vocabulary(facts))
    print(f"Wrote {len(paths)} schemas into {folder}.")
    return 0

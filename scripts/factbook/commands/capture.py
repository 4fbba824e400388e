"""``factbook capture``: fetch the pages of sources, and pin their texts by a hash."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from factbook.authoring import yaml_comments, yaml_layout
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.commands import shared_archive, shared_options
from factbook.model.archive import Archive
from factbook.model.records import Source
from factbook.read import yamldoc
from factbook.text import nearest, show

if TYPE_CHECKING:
    from factbook.capture.pin import Captured, Wanted

HELP = "fetch the pages of sources and pin their texts by a hash"
MOST = 100
"""Sources in one run, where none is named."""


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="ids of sources (default: those with an address and no hash)"
    )
    parser.add_argument(
        "--anew",
        metavar="TEXT",
        help="pin the text of today, also in the place of another; TEXT is why, for the ledger",
    )
    parser.add_argument(
        "--archived", action="store_true", help="ask the Internet Archive for the address of a stored copy"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep each page as a WARC in this folder, outside the archive"
    )
    parser.add_argument(
        "--most", type=int, default=MOST, metavar="N", help=f"at most so many sources, where none is named ({MOST})"
    )
    shared_options.add_date(parser, "the day of the capture (default: FACTBOOK_DATE, or today)")


def run(options: Namespace) -> int:
    """Capture the sources. Raises CommandError where the packages are missing or an option is wrong."""
    try:
        from factbook.capture.pin import Wanted
    except ImportError as error:
        raise CommandError(
            f"this command needs the package {error.name}, which is not installed\n"
            "    hint: Run pip install 'factbook[capture]', or sh scripts/setup_env.sh capture in a clone."
        ) from None
    archive = shared_archive.read_checked(options)
    if options.keep is not None and options.keep.absolute().resolve().is_relative_to(options.root.resolve()):
        raise CommandError("--keep must name a folder outside the archive: what others wrote is not published with it")
    wanted = Wanted(
        day=archive.today,
        anew=bool(options.anew),
        archived=options.archived,
        folder=options.keep and options.keep.absolute(),
    )
    return capture(options, archive, chosen(archive, options.sources, options.most), wanted)


def chosen(archive: Archive, names: list[str], most: int) -> list[Source]:
    """Return the sources of these ids, or those that can be captured and are not. Raises CommandError."""
    if not names:
        return [s for _, s in sorted(archive.sources.items()) if s.url and not s.sha256][:most]
    for name in names:
        if name not in archive.sources:
            hint = nearest(name, archive.sources)
            raise CommandError(f"there is no source {show(name)}" + (f"\n    hint: {hint}" if hint else ""))
        if not archive.sources[name].url:
            raise CommandError(f"the source {name} has no address")
    return [archive.sources[name] for name in names]


def capture(options: Namespace, archive: Archive, sources: list[Source], wanted: Wanted) -> int:
    """Capture sources, tell of each, and write what is new; return 1 where one of them could not be captured."""
    from factbook.capture import pin
    from factbook.capture.fetch import Offline

    counts: Counter[str] = Counter()
    made: list[Change] = []
    try:
        for captured in pin.capture(sources, wanted):
            counts[captured.what] += 1
            made += changed(options.root, archive, captured, options.anew)
            print(f"{archive.sources[captured.source].path}: {captured.said}.")
            if captured.what == "changed":
                due = [statement.id for statement in pin.resting_on(archive, captured.source)]
                print("".join(f"    due: {name}\n" for name in due), end="")
    except Offline:
        counts.clear()
    finally:
        if made:
            shared_archive.write_checked(options, archive, made)
    if sources and set(counts) <= {"failed"}:
        reason = "none of the pages could be fetched" if counts else "there is no network"
        print(f"Nothing was captured: {reason}.", file=sys.stderr)
        return 1
    told = (f"{counts[what]} {word}" for what, word in _WORDS.items() if counts[what])
    print(f"{', '.join(told) or 'Nothing to capture'}.")
    return 1 if counts["failed"] else 0


_WORDS = {"pinned": "pinned", "same": "not changed", "changed": "changed", "failed": "not captured"}


def changed(root: Path, archive: Archive, captured: Captured, reason: str) -> list[Change]:
    """Return the change to the file of a source that its new fields make; none where there are none.

    Where a hash takes the place of another one, the source's ledger gets an entry with the ``reason``.
    """
    path = archive.sources[captured.source].path
    data = (root / "facts" / path).read_bytes()
    before = yamldoc.read(path, data)
    after = {**before, **captured.fields}
    after = {name: value for name, value in after.items() if value is not None}
    if after == before:
        return []
    if before.get("sha256", after.get("sha256")) != after.get("sha256"):
        after["history"] = [*before.get("history", ()), {"date": archive.today, "reason": reason}]
    return [
        Change(path, data, yaml_layout.write("source", path, after, archive.schemas, yaml_comments.read(data.decode())))
    ]

"""``factbook diff``: tell in sentences what a change means."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from factbook.check import waivers
from factbook.check.report import FORMATS
from factbook.check.run import check
from factbook.read.git import Unreadable

HELP = "tell in sentences what a change means"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("base", metavar="REVISION", help="the older state, such as origin/main")
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="how to tell (default: text)"
    )


def run(options: Namespace) -> int:
    """Print what is different since the revision; return 2 where the two states cannot be compared."""
    from factbook.history import base as revision
    from factbook.history import diff, diff_report

    try:
        base = revision.read(options.root, options.base)
    except Unreadable as error:
        print(f"factbook: nothing was compared: {error}", file=sys.stderr)
        return 2
    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 2
    docs = options.root / "docs"
    pages = {p.relative_to(docs).with_suffix(".html").as_posix(): p for p in sorted(docs.rglob("*.md")) if p.is_file()}
    written = {path: page.read_text("utf-8", "replace") for path, page in pages.items()}
    waived, _ = waivers.read(options.root, archive.vocabulary)
    print(diff_report.FORMATS[options.format](diff.compare(base, archive, waived, written)))
    return 0

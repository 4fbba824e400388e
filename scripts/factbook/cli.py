"""The command ``factbook``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from factbook import __version__
from factbook.check.report import FORMATS
from factbook.check.run import check, errors, vocabulary_schema_text
from factbook.commands import parsers as authors_commands
from factbook.model import edtf
from factbook.parallel import WorkerLost
from factbook.read.git import Unreadable


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0 when all is well, 1 when the archive has problems, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal can show every letter of a record
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
    one.add_argument(
        "--against",
        metavar="REVISION",
        help="an older state, such as origin/main: nothing in it may be lost, or changed without a reason",
    )
    one.set_defaults(run=_check)

    one = commands.add_parser("diff", help="tell in sentences what a change means")
    one.add_argument("base", metavar="REVISION", help="the older state, such as origin/main")
    one.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="how to tell (default: text)"
    )
    one.set_defaults(run=_diff)

    for name, run, meaning in (
        ("site", _site, "check, then build the site into site/"),
        ("dist", _dist, "build the site, then pack it with its data into one zip in dist/"),
    ):
        one = commands.add_parser(name, help=meaning)
        one.add_argument(
            "--engine",
            choices=("mkdocs", "zensical"),
            default="mkdocs",
            help="what renders the written pages (default: mkdocs)",
        )
        one.add_argument(
            "--date", type=_day, default=os.environ.get("FACTBOOK_DATE", ""), metavar="YYYY-MM-DD", help="as for check"
        )
        one.set_defaults(run=run)

    one = commands.add_parser("verify", help="say whether a copy of the site is what its SHA256SUMS says")
    one.add_argument("copy", type=Path, metavar="PATH", help="the copy: a folder, or a zip of it")
    one.set_defaults(run=_verify)

    one = commands.add_parser("asof", help="how the archive stood on a day, from its ledgers alone")
    one.add_argument("day", type=_day, metavar="YYYY-MM-DD", help="the day")
    one.add_argument("--held", type=_day, default="", metavar="YYYY-MM-DD", help="only what held then, or may have")
    one.add_argument("--organization", default="", metavar="ID", help="only facts about it")
    one.add_argument("--fact", default="", metavar="ID", help="only this one")
    one.add_argument("--format", choices=("text", "json", "csv"), default="text", help="how to tell (default: text)")
    one.set_defaults(run=_asof)

    one = commands.add_parser("schema", help="bring editors' schema and issue forms in line with vocabulary.yaml")
    one.set_defaults(run=_schema)

    one = commands.add_parser("languages", help="bring the files of translations up to what there is to translate")
    one.set_defaults(run=_languages)

    one = commands.add_parser("form", help="turn an issue that was written with a form into record files")
    one.add_argument("issue", type=Path, metavar="FILE", help="the issue, or an event with it (JSON)")
    one.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files go, below facts/")
    one.add_argument("--date", type=_day, default=os.environ.get("FACTBOOK_DATE", ""), metavar="YYYY-MM-DD")
    one.set_defaults(run=_form)

    authors_commands.add(commands, _day)

    options = parser.parse_args(argv)
    if not options.root.is_dir():
        parser.error(f"argument --root: there is no folder {options.root}")
    try:
        return options.run(options)
    except BrokenPipeError:  # whoever reads the output has seen enough, and Python would complain again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except WorkerLost as lost:
        print(f"factbook: {lost}", file=sys.stderr)
        return 2


def _day(text: str) -> str:
    try:
        if text and (edtf.parse(text).precision != "day" or len(text) != len("2021-09-14")):
            raise edtf.EdtfError("it is not one day")
    except edtf.EdtfError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None
    return text


def _check(options: argparse.Namespace) -> int:
    base = None
    if options.against is not None:  # an empty name too: it is a mistake, not a wish for less
        from factbook.history import base as revision

        try:
            base = revision.read(options.root, options.against)
        except Unreadable as error:
            print(f"factbook: nothing was checked: {error}", file=sys.stderr)
            return 2
    archive, problems = check(options.root, options.date, base)
    print(FORMATS[options.format](problems))
    if archive is not None and options.format == "text":
        counts = (len(archive.statements), len(archive.sources), len(archive.organizations))
        print("{:,} facts, {:,} sources, {:,} organizations checked.".format(*counts))
    return 1 if errors(problems) else 0


def _diff(options: argparse.Namespace) -> int:
    from factbook.check import waivers
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
    held, _ = waivers.read(options.root, archive.vocabulary)
    print(diff_report.FORMATS[options.format](diff.compare(base, archive, held, written)))
    return 0


def _languages(options: argparse.Namespace) -> int:
    from factbook.render import collect, po

    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 2
    try:
        for path, count, waiting in collect.update(archive, options.root):
            print(f"{os.path.relpath(path, options.root)}: {count} texts, {waiting} to translate")
    except po.CatalogueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _site(options: argparse.Namespace) -> int:
    from factbook.site import build

    return build.build(options.root, options.engine, options.date)


def _dist(options: argparse.Namespace) -> int:
    from factbook.site import build, dist

    return build.build(options.root, options.engine, options.date) or dist.pack(options.root)


def _verify(options: argparse.Namespace) -> int:
    from factbook.site import verify

    return verify.run(options.copy)


def _asof(options: argparse.Namespace) -> int:
    from factbook.commands import standings

    return authors_commands.told(standings.run)(options)


def _schema(options: argparse.Namespace) -> int:
    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 1
    path = options.root / "facts" / "schema" / "vocabulary.schema.json"
    path.write_text(vocabulary_schema_text(archive), "utf-8")
    print(f"Wrote {path}.")
    from factbook.authoring import form_answers, forms

    for form in forms.read_forms(options.root):
        path = options.root / forms.FOLDER / form.name
        path.write_text(form_answers.refreshed(path.read_text("utf-8"), form.label, archive.vocabulary), "utf-8")
        print(f"Wrote {path}.")
    return 0


def _form(options: argparse.Namespace) -> int:
    from factbook.authoring import forms

    return forms.write(options.root, options.issue, options.out, options.date)

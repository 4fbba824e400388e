"""``factbook languages``: bring the translation files up to what there is to translate."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from factbook.check.report import FORMATS
from factbook.check.run import check
from factbook.read.configuration import ConfigurationError
from factbook.text import show

HELP = "bring the files of translations up to what there is to translate"


def add(parser: ArgumentParser) -> None:
    """Take the ids of records."""
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="bring in the reasons, notes and descriptions of this record",
    )


def run(options: Namespace) -> int:
    """Rewrite the PO files and print how many texts each holds; return 1 for an unsound one or an unknown id,
    2 without an archive."""
    from factbook.render import collect, po, translated
    from factbook.render.language import Language
    from factbook.site import skeletons
    from factbook.site.settings import of_archive

    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 2
    try:
        settings = of_archive(options.root)
        codes = [code for code in skeletons.languages(options.root, settings, archive.claims) if code != archive.claims]
        if strangers := set(options.ids) - {record.id for record in archive.every()}:
            print(f"error: there is no record with the id {', '.join(sorted(strangers))}", file=sys.stderr)
            return 1
        for file in collect.update(archive, options.root, codes, options.ids):
            print(f"{os.path.relpath(file.path, options.root)}: {file.count} texts, {file.waiting} to translate")
            for text in file.gone:
                print(f"  gone, as no record or page says it any more: {show(text)}")
        for code in codes:
            language = Language(code, po.read(code, options.root), claims=archive.claims)
            counts = (f"{s.done} of {s.total} {s.what.lower()}" for s in translated.shares(archive, language, str))
            print(f"{code}: translated are {', '.join(counts)}")
    except (ConfigurationError, po.CatalogueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0

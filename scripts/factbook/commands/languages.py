"""``factbook languages``: bring the translation files up to what there is to translate."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from factbook.check.report import FORMATS
from factbook.check.run import check
from factbook.read.configuration import ConfigurationError

HELP = "bring the files of translations up to what there is to translate"


def add(parser: ArgumentParser) -> None:
    """The command has no options."""


def run(options: Namespace) -> int:
    """Rewrite the PO files and print how many texts each holds; return 1 for an unsound one, 2 without an archive."""
    from factbook.render import collect, po
    from factbook.site import skeletons
    from factbook.site.settings import of_archive

    archive, problems = check(options.root)
    if archive is None:
        print(FORMATS["text"](problems), file=sys.stderr)
        return 2
    try:
        settings = of_archive(options.root)
        codes = [code for code in skeletons.languages(options.root, settings, archive.claims) if code != archive.claims]
        for path, count, waiting in collect.update(archive, options.root, codes):
            print(f"{os.path.relpath(path, options.root)}: {count} texts, {waiting} to translate")
    except (ConfigurationError, po.CatalogueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0

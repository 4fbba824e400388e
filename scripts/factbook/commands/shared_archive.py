"""Finding the archive that a command is about, reading it, and writing changes to it."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from factbook.authoring import changes
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.check import report
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.read.files import Unusable


def find_root(start: Path) -> Path | None:
    """Return the nearest folder, from ``start`` upwards, that holds an archive; None where there is none.

    An archive is a folder with ``facts/vocabulary.yaml``, or with ``mkdocs.yml`` beside a folder ``facts/``. The result
    is relative to the working folder, so that messages stay short.
    """
    here = start.absolute()
    for folder in (here, *here.parents):
        facts = folder / "facts"
        if (facts / "vocabulary.yaml").is_file() or (facts.is_dir() and (folder / "mkdocs.yml").is_file()):
            return Path(os.path.relpath(folder))
    return None


def read_checked(options: Namespace) -> Archive:
    """Return the sound records of the archive, checked as of ``options.date`` or today. Raises Unusable."""
    archive, problems = check(options.root, options.date or date.today().isoformat())
    if archive is None:
        raise Unusable(problems)
    return archive


def reader(options: Namespace) -> Callable[[str], bytes | None]:
    """Return what reads a file of the archive by its path under ``facts/``; None where there is none."""

    def read(path: str) -> bytes | None:
        try:
            return Path(options.root, "facts", path).read_bytes()
        except FileNotFoundError:
            return None

    return read


def write_checked(options: Namespace, archive: Archive, wanted: list[Change]) -> None:
    """Write the changes if they bring no new error. Raises CommandError with the errors, and then writes nothing."""
    if problems := changes.problems(options.root, wanted, archive.today):
        raise CommandError(f"the check would refuse this, and nothing was changed.\n{report.text(problems)}", 1)
    changes.write(options.root, wanted)

"""The record files that ``check``, ``fmt`` and ``fix`` are asked about, and reading them one by one."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from factbook.authoring import yaml_layout
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.check import report
from factbook.read.files import FOLDERS, data_of, locate, refuse_links
from factbook.read.schema import Schemas
from factbook.read.vocabulary import read_vocabulary
from factbook.read.yamldoc import Refused
from factbook.rules.files import unreadable
from factbook.rules.problem import Finding, Problem, of_file
from factbook.text import listed, show

Convert = Callable[[str, str, bytes], bytes]
"""From the kind of a record, its path under ``facts/`` and its bytes to its new bytes."""
Place = Callable[[str, str, bytes], str]
"""From the same to the path at which the record should lie."""


def schemas(root: Path) -> Schemas:
    """Return the schemas of the archive. Raises Unusable."""
    facts = root / "facts"
    refuse_links(facts)
    return Schemas(read_vocabulary(facts))


def files(options: Namespace, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield kind and path under ``facts/`` of every record in ``options.paths``, sorted; of all where none is named.

    Raises CommandError for a path that is no record, nor a folder of records.
    """
    facts = (options.root / "facts").resolve()
    roots = [facts / folder for folder in FOLDERS]
    for given in map(Path, options.paths) if options.paths else [r for r in roots if r.is_dir()]:
        asked = _place(given, options.root)
        inside = any(asked.is_relative_to(root) for root in roots) and not asked.is_symlink()
        if not inside or not (asked.is_dir() or (asked.is_file() and asked.suffix in endings)):
            allowed = f"files and folders in facts/ under {listed(FOLDERS)}"
            raise CommandError(f"{show(given)}: not a record, nor a folder of records\n    allowed: {allowed}")
        for path in [asked] if asked.is_file() else sorted(asked.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix in endings:
                below = path.relative_to(facts).as_posix()
                yield FOLDERS[below.partition("/")[0]], below


def _place(given: Path, root: Path) -> Path:
    """Return the absolute path that is meant: from the working folder, or, as problems name it, from the archive."""
    asked = given.absolute()
    if not given.is_absolute() and not asked.exists() and (root / given).exists():
        asked = (root / given).absolute()
    return asked.parent.resolve() / asked.name


def stays(_kind: str, path: str, _data: bytes) -> str:
    """Return the path at which a record lies."""
    return path


def convert_each(
    options: Namespace, endings: tuple[str, ...], convert: Convert, place: Place = stays
) -> tuple[list[Change], list[Problem], int]:
    """Return what ``convert`` changes in the files asked for, the problems of unreadable ones, and their number.

    ``place`` returns the path at which a file should lie; it is moved there unless another file has that name.
    """
    changes: list[Change] = []
    found: list[Finding] = []
    count = 0
    for kind, path in files(options, endings):
        count += 1
        try:
            data = data_of(options.root / "facts", path)
            after = convert(kind, path, data)
            name = place(kind, path, after)
            if name != path and (options.root / "facts" / name).exists():
                name = path
            after = convert(kind, name, data) if name != path else after
        except Refused as refused:
            found.append(refused.finding)
            continue
        except yaml_layout.Impossible as error:
            found.append(replace(of_file(path, str(error)), rule="layout"))
            continue
        except OSError as error:
            found += unreadable(path, error.strerror or str(error))
            continue
        if name != path:
            changes += [Change(name, None, after), Change(path, data, None)]
        elif after != data:
            changes.append(Change(path, data, after))
    return changes, [*locate(options.root, found)], count


def print_problems(problems: list[Problem]) -> bool:
    """Print the problems to standard error; return whether there are any."""
    if problems:
        print(report.text(problems), file=sys.stderr)
    return bool(problems)


def records(count: int) -> str:
    """Return a number of records in words."""
    return f"{count:,} record{'s' if count != 1 else ''}"

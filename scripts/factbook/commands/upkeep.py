"""The commands that tidy and tell: ``fmt``, ``fix`` and ``explain``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial

from factbook.authoring import changes as change
from factbook.authoring import explain as meaning
from factbook.authoring import fixes, layout
from factbook.authoring.changes import Change
from factbook.authoring.revise import Wrong
from factbook.check import report
from factbook.read import load
from factbook.read.files import FOLDERS, data_of, locate, refuse_links
from factbook.read.vocabulary import read_vocabulary
from factbook.read.yamldoc import Refused
from factbook.rules.files import unreadable
from factbook.rules.problem import Problem, listed, show

Make = Callable[[str, str, bytes], bytes]
"""From the kind of a record, its path under ``facts/`` and its data to its new data."""


def fmt(options: Namespace) -> int:
    """``factbook fmt``: 1 where a record cannot be read, or, with ``--check``, is not in canonical layout."""
    schemas = _schemas(options)
    changes, problems, count = _each(options, (".yaml",), partial(_canonical, schemas))
    if not options.check:
        change.write(options.root, changes)
    for one in changes:
        print(f"facts/{show(one.path)}")
    print(f"{len(changes)} of {_records(count)} {'not in canonical layout' if options.check else 'laid out anew'}.")
    return 1 if _told(problems) or (options.check and changes) else 0


def _canonical(schemas: dict[str, dict], kind: str, path: str, data: bytes) -> bytes:
    return layout.canonical(kind, path, data, schemas)


def fix(options: Namespace) -> int:
    """``factbook fix``: 1 where a record cannot be read, or where a repair waits for ``--apply``."""
    schemas = _schemas(options)
    known = load.read_archive(options.root)[0].known if options.typos else None
    changes, problems, count = _each(options, (".yaml", ".yml"), partial(_fixed, schemas, known))
    if changes:
        print(change.diff(changes))
    if options.apply:
        change.write(options.root, changes)
    files = len({fixes.name(one.path) for one in changes})
    print(f"{files} of {_records(count)} {'mended' if options.apply else 'can be mended'}.")
    if changes and not options.apply:
        print("Nothing was changed. To make these changes: factbook fix --apply")
    return 1 if _told(problems) or (changes and not options.apply) else 0


def _fixed(schemas: dict[str, dict], known: dict[str, set[str]] | None, kind: str, path: str, data: bytes) -> bytes:
    return fixes.fix(kind, fixes.name(path), data, schemas, known)


def explain(options: Namespace) -> int:
    """``factbook explain``: what a name means, or the list of all names."""
    schemas = _schemas(options)
    vocabulary = read_vocabulary(options.root / "facts")
    name = " ".join(options.name)
    if not name:
        print(meaning.overview(vocabulary, schemas))
        return 0
    text = meaning.explain(name, vocabulary, schemas)
    if not text:
        raise Wrong(f"nothing is called {show(name)}\n    hint: {meaning.unknown(name, vocabulary, schemas)}")
    print(text)
    return 0


def _records(count: int) -> str:
    return f"{count:,} record{'s' if count != 1 else ''}"


def _told(problems: list[Problem]) -> bool:
    """Print the problems, if there are any; whether there are."""
    if problems:
        print(report.text(problems), file=sys.stderr)
    return bool(problems)


def _schemas(options: Namespace) -> dict[str, dict]:
    facts = options.root / "facts"
    refuse_links(facts)
    return load.read_schemas(facts, read_vocabulary(facts)).documents


def _files(options: Namespace, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Kind and path under ``facts/`` of every record asked for, sorted. Raises Wrong for a wrong path."""
    facts = (options.root / "facts").resolve()
    roots = [facts / folder for folder in FOLDERS]
    for given in options.paths or [r for r in roots if r.is_dir()]:
        asked = given.absolute()
        asked = asked.parent.resolve() / asked.name
        inside = any(asked.is_relative_to(root) for root in roots) and not asked.is_symlink()
        if not inside or not (asked.is_dir() or (asked.is_file() and asked.suffix in endings)):
            allowed = f"files and folders in facts/ under {listed(FOLDERS)}"
            raise Wrong(f"{show(given)}: not a record, nor a folder of records\n    allowed: {allowed}")
        for path in [asked] if asked.is_file() else sorted(asked.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix in endings:
                below = path.relative_to(facts).as_posix()
                yield FOLDERS[below.partition("/")[0]], below


def _each(options: Namespace, endings: tuple[str, ...], make: Make) -> tuple[list[Change], list[Problem], int]:
    """What ``make`` changes in the files that were asked for, what it cannot read, and how many files there are."""
    changes: list[Change] = []
    problems: list[Problem] = []
    count = 0
    for kind, path in _files(options, endings):
        count += 1
        try:
            data = data_of(options.root / "facts", path)
            after = make(kind, path, data)
        except (Refused, layout.Impossible) as error:
            problem = getattr(error, "problem", Problem(path=path, line=1, column=1, rule="layout", message=str(error)))
            problems.append(problem)
            continue
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        name = fixes.name(path)
        if name != path and not (options.root / "facts" / name).exists():
            changes += [Change(name, None, after), Change(path, data, None)]
        elif after != data:
            changes.append(Change(path, data, after))
    return changes, [*locate(options.root, problems)], count

"""The files of an archive: which there are, their bytes, and where a value stands in one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from msgspec.structs import replace

from factbook.model.kinds import FILED
from factbook.read import yamldoc
from factbook.read.yamldoc import Refused
from factbook.rules.files import stray_file, symbolic_link, unreadable
from factbook.rules.problem import Problem

FOLDERS = {kind.folder: kind.name for kind in FILED.values()}
"""Folder under ``facts/``: the kind of record it holds."""
BESIDE = {"languages", "schema", "vocabulary.yaml", "waivers.yaml", "README.md"}
"""What else lies in ``facts/``."""


class Unusable(Exception):
    """The folder is not an archive: no ``facts/``, or no vocabulary or schema to read; ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(p.message for p in problems))
        self.problems = problems


def refuse_links(facts: Path) -> None:
    """Raises Unusable where a part that every record depends on is a link: nothing is read, or written, through it."""
    parts = ["vocabulary.yaml", *FOLDERS]
    if links := [part for part in parts if (facts / part).is_symlink()]:
        raise Unusable([problem for part in links for problem in symbolic_link(part)])


def data_of(facts: Path, path: str) -> bytes:
    """The bytes of a file under ``facts/``. Raises Refused where it is too large, and OSError where it cannot be read
    or is no plain file: a pipe or a device would never end."""
    name = f"{facts}/{path}"  # joining Path objects would take longer than reading the file
    found = os.lstat(name)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(
            errno.EINVAL, os.strerror(errno.EISDIR) if stat.S_ISDIR(found.st_mode) else "It is not a plain file"
        )
    for problem in yamldoc.too_large(path, found.st_size):
        raise Refused(problem)
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, yamldoc.MOST_BYTES + 1)
    finally:
        os.close(handle)


def _entries(facts: Path, below: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What lies in a folder, sorted; a folder that cannot be read becomes a problem."""
    try:
        with os.scandir(facts / below) as entries:
            return sorted(entries, key=lambda e: e.name)
    except OSError as error:
        said = f"the folder cannot be read: {error.strerror}"
        problems.append(replace(unreadable(f"facts/{below}".rstrip("/"), error), message=said))
        return []


def record_files(facts: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """(kind, path under ``facts/``) of every record, sorted; what does not belong there becomes a problem."""
    for entry in _entries(facts, "", problems):
        if entry.is_symlink():
            problems += symbolic_link(entry.name)
        elif entry.name in FOLDERS and not entry.is_dir():
            problems += stray_file(entry.name)
        elif entry.name not in (*FOLDERS, *BESIDE) and not entry.name.startswith("."):
            problems += stray_file(entry.name)
    for folder, kind in FOLDERS.items():
        stack = [folder] if (facts / folder).is_dir() else []
        while stack:
            below = stack.pop()
            folders = []
            for entry in _entries(facts, below, problems):
                path = f"{below}/{entry.name}"
                if entry.is_symlink():
                    problems += symbolic_link(path)
                elif entry.is_dir() and not entry.name.endswith((".yaml", ".yml")):
                    folders.append(path)
                elif entry.is_file() and entry.name.endswith(".yaml"):
                    yield kind, path
                elif entry.name not in (".gitkeep", "README.md"):
                    problems += stray_file(path)
            stack += reversed(folders)


def located(problem: Problem, data: bytes) -> Problem:
    line, column = (problem.line, problem.column) if problem.line else yamldoc.locate(data, problem.pointer)
    return replace(problem, path=f"facts/{problem.path}", line=line, column=column, pointer=())


def locate(root: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems with line, column and a path relative to the archive, file by file, each read again once."""
    of_file = attrgetter("path")
    for path, found in groupby(sorted(problems, key=of_file), of_file):
        try:
            data = data_of(root / "facts", path)
        except (OSError, Refused):
            data = b""
        for problem in found:
            yield located(problem, data)

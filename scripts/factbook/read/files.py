"""The files of an archive: which there are, their bytes, and the place of a value in one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from factbook.model.kinds import FILED
from factbook.read import yamldoc
from factbook.read.leftovers import ignored, leftover, leftover_folder
from factbook.read.yamldoc import Refused
from factbook.rules.files import copy_left_behind, left_behind, stray_file, symbolic_link, unreadable
from factbook.rules.problem import Finding, Problem
from factbook.rules.yaml import MOST_BYTES, too_large

FOLDERS = {kind.folder: kind.name for kind in FILED.values()}
"""Folder under ``facts/``: the kind of record it holds."""
BESIDE = {"languages", "moved.yaml", "schema", "synonyms.yaml", "vocabulary.yaml", "waivers.yaml", "README.md"}
"""What else lies in ``facts/``."""


class Unusable(Exception):
    """The folder is no archive: there is no ``facts/``, or no vocabulary to read. ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(p.message for p in problems))
        self.problems = problems


def unusable(findings: Iterable[Finding], data: bytes = b"") -> Unusable:
    """Return the exception for some findings, located in ``data``, the bytes of their file."""
    return Unusable([located(finding, data) for finding in findings])


def refuse_links(facts: Path) -> None:
    """Raise Unusable where a part that every record depends on is a link: nothing is read or written through a link."""
    parts = ["vocabulary.yaml", *FOLDERS]
    if links := [part for part in parts if (facts / part).is_symlink()]:
        raise unusable(finding for part in links for finding in symbolic_link(part))


def data_of(facts: Path, path: str) -> bytes:
    """Return the bytes of the file at ``path`` under ``facts/``.

    Raises Refused where it is too large, and OSError where it cannot be read or is no plain file: reading a pipe or a
    device might never end.
    """
    name = f"{facts}/{path}"  # joining Path objects would take longer than reading the file
    found = os.lstat(name)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(
            errno.EINVAL, os.strerror(errno.EISDIR) if stat.S_ISDIR(found.st_mode) else "It is not a plain file"
        )
    for finding in too_large(path, found.st_size):
        raise Refused(finding)
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, MOST_BYTES + 1)
    finally:
        os.close(handle)


def _entries(facts: Path, below: str, findings: list[Finding]) -> list[os.DirEntry[str]]:
    """Return the entries of a folder, sorted; a folder that cannot be read becomes a finding in ``findings``."""
    try:
        with os.scandir(facts / below) as entries:
            return sorted(entries, key=lambda e: e.name)
    except OSError as error:
        findings += unreadable(below, error.strerror or "", "folder")
        return []


def record_files(facts: Path, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    """Yield (kind, path under ``facts/``) of every record, sorted; a file that does not belong there becomes a finding.

    Leftovers of file managers and editors are ignored, and so is what git ignores.
    """
    stray = []
    for entry in _entries(facts, "", findings):
        if leftover(entry.name) or entry.name.startswith("."):
            continue
        if entry.is_symlink():
            findings += symbolic_link(entry.name)
        elif entry.name in FOLDERS and not entry.is_dir():
            findings += stray_file(entry.name)
        elif entry.name not in (*FOLDERS, *BESIDE):
            stray.append(entry.name)
    for folder, kind in FOLDERS.items():
        stack = [folder] if (facts / folder).is_dir() else []
        while stack:
            below = stack.pop()
            folders = []
            for entry in _entries(facts, below, findings):
                path = f"{below}/{entry.name}"
                real_folder = not entry.is_symlink() and entry.is_dir()
                if leftover_folder(entry.name) if real_folder else leftover(entry.name):
                    continue
                if entry.is_symlink():
                    findings += symbolic_link(path)
                elif entry.is_dir() and not entry.name.endswith((".yaml", ".yml")):
                    folders.append(path)
                elif entry.is_file() and entry.name.endswith(".yaml") and not left_behind(entry.name):
                    yield kind, path
                elif entry.name != "README.md":
                    stray.append(path)
            stack += reversed(folders)
    unknown = ignored(facts, stray)
    for path in stray:
        if path not in unknown:
            findings += copy_left_behind(path) or stray_file(path)


def located(finding: Finding, data: bytes) -> Problem:
    """Return the finding as a problem, its path relative to the archive.

    Where the rule does not know line and column, they are looked up in ``data``, the bytes of the file.
    """
    line, column = (finding.line, finding.column) if finding.line else yamldoc.locate(data, finding.pointer)
    return Problem(
        path=f"facts/{finding.path}".rstrip("/"),
        line=line,
        column=column,
        rule=finding.rule,
        message=finding.message,
        value=finding.value,
        allowed=finding.allowed,
        hint=finding.hint,
        severity=finding.severity,
    )


def locate(root: Path, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield the findings as problems, file by file; each file of the archive at ``root`` is read again once."""
    of_file = attrgetter("path")
    for path, found in groupby(sorted(findings, key=of_file), of_file):
        try:
            data = data_of(root / "facts", path)
        except (OSError, Refused):
            data = b""
        for finding in found:
            yield located(finding, data)

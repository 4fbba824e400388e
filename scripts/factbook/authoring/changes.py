"""Changes to the files of an archive: shown as a diff, checked on a copy, and written."""

from __future__ import annotations

import difflib
import errno
import os
import shutil
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct

from factbook.check.run import check
from factbook.rules.problem import Problem
from factbook.text import escaped


class Change(Struct, frozen=True):
    """A change of one file. ``path`` is relative to ``facts/``; None says that the file does not exist before, or
    after."""

    path: str
    before: bytes | None
    after: bytes | None


def diff(changes: Sequence[Change]) -> str:
    """Return the changes as a unified diff. Characters that would control a terminal are escaped."""
    lines: list[str] = []
    for change in changes:
        old, new = [
            f"facts/{change.path}" if side is not None else "/dev/null" for side in (change.before, change.after)
        ]
        before, after = (_lines(side or b"") for side in (change.before, change.after))
        lines += difflib.unified_diff(before, after, old, new, lineterm="")
    return "\n".join(lines)


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file, escaped for a terminal."""
    lines = data.decode("utf-8", "backslashreplace").removesuffix("\n").split("\n") if data else []
    return [escaped(line, "\xa0") for line in lines]


def problems(root: Path, changes: Sequence[Change], today: str, also: Collection[str] = ()) -> list[Problem]:
    """Return the errors that the check finds after the changes and not before them, on a copy of the archive.

    ``also`` names rules whose warnings count as well.

    Raises OSError where a file cannot be copied.
    """
    with tempfile.TemporaryDirectory(prefix="factbook-") as folder:
        trial = Path(folder)
        try:
            shutil.copytree(root / "facts", trial / "facts", symlinks=True)
        except shutil.Error as error:
            source, _, why = error.args[0][0]
            raise OSError(errno.EIO, f"it cannot be copied, to try the change out: {why}", source) from None
        for path, _, _ in os.walk(trial):
            os.chmod(path, 0o700)  # whether the archive itself may be written to shows when that is done

        def found() -> list[Problem]:
            return [p for p in check(trial, today)[1] if p.severity == "error" or p.rule in also]

        before = {_same(problem) for problem in found()}
        write(trial, changes)
        return [problem for problem in found() if _same(problem) not in before]


def _same(problem: Problem) -> tuple[str, ...]:
    """Return what identifies a problem when lines have moved."""
    return problem.path, problem.rule, problem.message, problem.value


def write(root: Path, changes: Sequence[Change]) -> None:
    """Make the changes, new files first.

    Raises OSError, which names the file that cannot be written, and FileExistsError where a new file would overwrite
    another.
    """
    for change in sorted(changes, key=lambda c: c.before is not None):
        path = root / "facts" / change.path
        try:
            _write(path, change)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None


def _write(path: Path, change: Change) -> None:
    """Make a change to the file at ``path``; one that fails leaves the file as it was. Raises OSError."""
    if change.after is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if change.before is None:
        with path.open("xb") as file:
            try:
                file.write(change.after)
                file.flush()
            except OSError:
                path.unlink()
                raise
        return
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(change.after)
        shutil.copymode(path, beside)
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise

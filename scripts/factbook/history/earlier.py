"""Reads earlier versions of the facts from the git repository that an archive is in.

One pass over the branch lists every content that a file in ``facts/records/`` ever had; only what is not there now is
read. As in ``base``, nothing is checked out, and what is read is data: a version counts only if the present reader
finds nothing wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from factbook.model.archive import Archive
from factbook.model.current_ids import vocabulary_then
from factbook.model.edtf import EdtfError
from factbook.model.fingerprint import fingerprint, versions
from factbook.model.records import Statement, Version
from factbook.read import convert, yamldoc
from factbook.read.git import Unreadable, contents, git
from factbook.read.schema import Schemas
from factbook.rules.characters import unsafe_character
from factbook.rules.files import name_not_kebab_case
from factbook.rules.yaml import MOST_BYTES

_RECORDS = "facts/records"
_AT_ONCE = 1000
"""Contents that are in memory together at most."""
Change = tuple[str, str, bytes]
"""The day of a commit, the path of a record under ``facts/``, and the git object name of its new content."""


def earlier(root: Path, archive: Archive) -> dict[str, tuple[Version, ...]] | None:
    """Return the versions of each fact before the present one, by its id, oldest first, each with the day that brought
    it.

    Ids that are gone have versions too. None where the history cannot be read: there is no git, no repository, or a
    shallow clone.
    """
    try:
        if git(root, "rev-parse", "--is-shallow-repository") != b"false\n":
            return None
        now = _now(root)
        changes = [change for change in _changes(root) if change[1:] not in now]
        schemas = Schemas(vocabulary_then(archive))
        present = versions(archive)
        found: dict[str, dict[str, Version]] = {}
        small = _small(root, changes)
        for first in range(0, len(small), _AT_ONCE):
            part = small[first : first + _AT_ONCE]
            for (day, path, _), data in zip(part, contents(root, [blob for _, _, blob in part]), strict=True):
                statement = _read(path, data, schemas)
                if statement and (name := fingerprint(statement)) != present.get(statement.id):
                    version = Version(name=name, date=day, statement=statement)
                    found.setdefault(statement.id, {}).setdefault(name, version)
    except (Unreadable, OSError):
        return None
    return {name: tuple(found[name].values()) for name in sorted(found)}


def absence(root: Path) -> str:
    """Return why there are no earlier versions at ``root``, and the command that brings them, in one line."""
    try:
        shallow = git(root, "rev-parse", "--is-shallow-repository") == b"true\n"
    except Unreadable as error:
        why = "this folder is in no git repository" if "not a git repository" in str(error) else str(error)
        return f"Earlier versions of facts are left out: {why}."
    if shallow:
        return "Earlier versions of facts are left out: this clone is shallow. To have them: git fetch --unshallow"
    return "Earlier versions of facts are left out: the history could not be read whole. To see why: git fsck"


def _changes(root: Path) -> Iterator[Change]:
    """Yield every content that a plain file among the records got on the branch, oldest first."""
    asked = ("--raw", "-z", "--no-renames", "--no-abbrev", "--relative", "--reverse", "--format=%x01%cs")
    out = git(root, "log", "--first-parent", "--diff-merges=first-parent", *asked, "HEAD", "--", _RECORDS)
    day = ""
    parts = iter(out.split(b"\0"))
    for part in parts:
        entry = part.lstrip(b"\n")
        if entry.startswith(b"\1"):
            day = entry[1:].decode()
        elif entry.startswith(b":"):
            _, mode, _, blob, _ = entry.split(b" ")
            path = next(parts).decode("utf-8", "replace")
            if mode.startswith(b"100") and path.endswith(".yaml"):
                yield day, path.removeprefix("facts/"), blob


def _now(root: Path) -> set[tuple[str, bytes]]:
    """Return (path, git object name) of every content that is in the newest commit and unchanged in the folder."""
    listing = git(root, "ls-tree", "-r", "-z", "HEAD", "--", _RECORDS).split(b"\0")[:-1]
    entries = (entry.partition(b"\t") for entry in listing)
    kept = {path.decode("utf-8", "replace"): about.split()[2] for about, _, path in entries}
    for path in git(root, "diff-index", "--name-only", "-z", "--relative", "HEAD", "--", _RECORDS).split(b"\0"):
        kept.pop(path.decode("utf-8", "replace"), None)
    return {(path.removeprefix("facts/"), blob) for path, blob in kept.items()}


def _small(root: Path, changes: list[Change]) -> list[Change]:
    """Return the changes whose content is not larger than a record may be."""
    asked = b"".join(blob + b"\n" for _, _, blob in changes)
    sizes = git(root, "cat-file", "--batch-check=%(objectsize)", given=asked).split(b"\n") if changes else []
    fits = (size.isdigit() and int(size) <= MOST_BYTES for size in sizes)
    return [change for change, fit in zip(changes, fits, strict=False) if fit]


def _read(path: str, data: bytes, schemas: Schemas) -> Statement | None:
    """Return the statement in a file; None where it is none that passes the checks of a single file."""
    try:
        value = yamldoc.read(path, data)
        wrong = chain(
            name_not_kebab_case(path), unsafe_character(path, data, value), schemas.check("fact", path, value)
        )
        if next(iter(wrong), None) is not None:
            return None
        statement = convert.record("fact", path, value)
        if not isinstance(statement, Statement):
            return None
        return statement if statement.when is None or statement.when.key else None
    except (yamldoc.Refused, EdtfError):
        return None

"""What an author has answered so far, kept beside the archive until the record is written.

The folder ``.factbook`` ignores itself in git. A draft is one JSON file for each kind of record, written after every
answer, so that a closed window loses no more than the answer that was being typed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct, json

FOLDER = ".factbook"
"""The folder of the archive that holds drafts; nothing reads it but this module."""


class Draft(Struct, kw_only=True):
    """The answers for a new record of one kind.

    ``done`` are the fields that were asked for, answered or left out; ``made`` the records that were made on the way,
    each as kind, id and value.
    """

    value: dict[str, Any] = {}
    reason: str = ""
    done: list[str] = []
    made: list[tuple[str, str, dict[str, Any]]] = []


def _path(root: Path, kind: str) -> Path:
    return root / FOLDER / f"{kind}.json"


def save(root: Path, kind: str, draft: Draft) -> None:
    """Write the draft of a kind; one that holds no answer is discarded. Raises OSError."""
    if not draft.value and not draft.made:
        discard(root, kind)
        return
    path = _path(root, kind)
    path.parent.mkdir(exist_ok=True)
    (path.parent / ".gitignore").write_text("*\n", "utf-8")
    beside = path.with_suffix(".new")
    beside.write_bytes(json.format(json.encode(draft), indent=1) + b"\n")
    beside.replace(path)


def load(root: Path, kind: str) -> Draft | None:
    """Return the draft of a kind; None where there is none that can be read."""
    path = _path(root, kind)
    try:
        return json.decode(path.read_bytes(), type=Draft) if path.is_file() and not path.is_symlink() else None
    except (DecodeError, OSError):
        return None


def discard(root: Path, kind: str) -> None:
    """Remove the draft of a kind, and the folder with the last one."""
    _path(root, kind).unlink(missing_ok=True)
    folder = root / FOLDER
    if folder.is_dir() and {path.name for path in folder.iterdir()} <= {".gitignore"}:
        (folder / ".gitignore").unlink(missing_ok=True)
        folder.rmdir()

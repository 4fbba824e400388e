"""Files that file managers and editors leave in folders: ignored wherever files are looked for."""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from pathlib import Path

FOLDERS = {".appledouble", ".idea", ".vs", ".vscode", "__macosx", "$recycle.bin"}
"""Folders that programs keep beside what they work on, in lower case: nothing in them is a record."""
NAMES = {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "4913"} | FOLDERS
"""These, the files of file managers, and the one by which Vim tries a folder, in lower case."""
ENDS = ("~", ".swp", ".swo", ".swx")
"""How the backups and swap files of editors end."""


def leftover(name: str) -> bool:
    """Return whether a file of this name is nobody's work: hidden, a file manager's, or an editor's own.

    Hidden names begin with a full stop, such as ``.DS_Store``, the shadows ``._name`` and the locks ``.#name``. One
    that ends like a record is not passed over otherwise: somebody may take it for a record.
    """
    if name.startswith("."):
        return name.startswith(("._", ".#")) or not name.lower().endswith((".yaml", ".yml"))
    return (
        name.endswith(ENDS) or name.lower() in NAMES or (len(name) > 2 and name.startswith("#") and name.endswith("#"))
    )


def leftover_folder(name: str) -> bool:
    """Return whether a folder of this name is a program's own. Another hidden folder may be somebody's work."""
    return name.lower() in FOLDERS


def left_out(path: str) -> bool:
    """Return whether a file at ``path`` is in no site: a part of the path is hidden, or nobody's work."""
    *folders, name = path.split("/")
    return leftover(name) or any(part.startswith(".") or leftover_folder(part) for part in (*folders, name))


def ignored(root: Path, paths: Collection[str]) -> set[str]:
    """Return those of ``paths``, relative to ``root``, that git ignores there; none where there is no git."""
    if not paths:
        return set()
    command = ["git", "-C", str(root), "check-ignore", "-z", "--stdin"]
    given = b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return set()
    return {path.decode("utf-8", "surrogateescape") for path in done.stdout.split(b"\0")} & set(paths)

"""Files that file managers and editors leave in folders: ignored wherever files are looked for."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection
from pathlib import Path

from factbook.rules.files import left_behind

FOLDERS = {
    *(".appledouble", ".apdisk", ".documentrevisions-v100", ".fseventsd", ".spotlight-v100", ".temporaryitems"),
    *(".trashes", "__macosx", "$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle"),
    *(".idea", ".vs", ".vscode", ".fleet", ".zed", ".obsidian", ".history", ".stfolder", ".stversions", ".sync"),
    *(".dropbox.cache", "__pycache__"),
}
"""Folders that programs keep beside what they work on, in lower case: nothing in them is a record."""
NAMES = {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "4913"} | FOLDERS
"""These, the files of file managers, and the one by which Vim tries a folder, in lower case."""
_OWN = re.compile(
    r"~\$.*|~WR[LD]\d+\.tmp|.*~|.*\.sw[opx]|#.+#|.*___jb_(?:tmp|old|bak)___"
    r"|.*\.(?:te?mp|part|partial|crdownload|download)|.*\.(?:bak|backup|old|save?)\d*",
    re.IGNORECASE | re.DOTALL,
)
"""The locks of office programs, files that are not finished, and the backups and swap files of editors."""


def leftover(name: str) -> bool:
    """Return whether a file of this name is nobody's work: hidden, a file manager's, or a program's own.

    Hidden names begin with a full stop, such as ``.DS_Store``, the shadows ``._name`` and the locks ``.#name``. One
    that ends like a record is not passed over otherwise: somebody may take it for a record.
    """
    if name.startswith("."):
        return name.startswith(("._", ".#", ".~")) or not name.lower().endswith((".yaml", ".yml"))
    return name.lower() in NAMES or _OWN.fullmatch(name) is not None


def leftover_folder(name: str) -> bool:
    """Return whether a folder of this name is a program's own. Another hidden folder may be somebody's work."""
    return name.lower() in FOLDERS or name.startswith(".Trash-")


def left_out(path: str) -> bool:
    """Return whether a file at ``path`` is in no site: a part of the path is hidden, or nobody's work, or it is a copy
    that a program left."""
    *folders, name = path.split("/")
    return (
        leftover(name)
        or left_behind(name) is not None
        or any(part.startswith(".") or leftover_folder(part) for part in (*folders, name))
    )


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

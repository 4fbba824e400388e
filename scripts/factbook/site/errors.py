"""Turns what stops a build for a reason outside the archive into one line for the user."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from factbook.text import show

BUILDING = ".site-building"
"""The folder beside the site in which the next site is built."""
SYSTEM = (OSError, sqlite3.Error)
"""Exceptions for what the system refuses; SQLite raises its own where the disk is full."""
SCARCE = 1 << 20
"""Bytes. With less room than this left, the failure of another program is attributed to the full disk."""


class SiteError(Exception):
    """The site cannot be built here; the text is one line that says why and names the path."""


def line(error: BaseException, site: Path) -> str:
    """Return ``error`` as one line: the path, as the user knows it, and the system's message.

    The site is built in a folder of another name; the line names the place where the file would have been.
    """
    path, words = str(site), str(error)
    if isinstance(error, OSError):
        words = error.strerror or words
        path = file_of(error) or path
    if full(error, site):
        words = os.strerror(errno.ENOSPC)
    return f"{show(display_path(path, site), 300)}: {show(words, 300)}"


def file_of(error: OSError) -> str:
    """Return the path of the file that ``error`` is about; empty where it names none.

    A copy names two files. Where it found no room, it is about the one that was written; the other may be a file of
    the program, which is no business of the user.
    """
    both = (error.filename2, error.filename)
    for name in both if error.errno in (errno.ENOSPC, errno.EDQUOT) else both[1:]:
        if isinstance(name, str | bytes):
            return os.fsdecode(name)
    return ""


def display_path(path: str, site: Path) -> str:
    """Return ``path`` as the user knows it: in the site instead of the building folder, and relative if that is
    shorter."""
    site = Path(os.path.abspath(site))
    building = str(site.with_name(BUILDING))
    if path == building or path.startswith(building + os.sep):
        path = str(site) + path.removeprefix(building)
    try:
        return min(os.path.relpath(path), path, key=len)
    except ValueError:  # another drive
        return path


def full(error: BaseException, site: Path) -> bool:
    """Return whether ``error`` comes from a full disk: it says so itself, or next to nothing is left."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if isinstance(error, OSError) and error.errno not in (None, errno.EIO):
        return False
    return no_room(site)


def no_room(site: Path) -> bool:
    """Return whether the disk of ``site`` has less than SCARCE bytes left for this user."""
    try:
        found = os.statvfs(site.parent)
    except (OSError, AttributeError):
        return False
    return found.f_bavail * found.f_frsize < SCARCE

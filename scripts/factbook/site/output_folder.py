"""The output folder: which one it is, and whether a site may be put there. Checked before anything is touched."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from factbook.read import configuration
from factbook.site.errors import BUILDING, SiteError, display_path

OLD = ".site-old"
"""Where the old site is for the moment in which the new one is put in its place."""
DEFAULT = "site"
INPUTS = ("facts", "docs", "overrides", "scripts", "theme", "tests", "requirements", ".git", ".github")
"""Folders of an archive that no site may be written into, where they exist."""
SIGN = "index.html"
"""A file that every site has: a folder with other files and without it was not made by a build."""
_MOUNTS = Path("/proc/self/mountinfo")


def configured(root: Path) -> Path:
    """Return the output folder that ``mkdocs.yml`` names, ``site`` where it names none. Raises ConfigurationError."""
    value = configuration.read(root).get("site_dir")
    return root / (value if isinstance(value, str) and value else DEFAULT)


def checked(site: Path, root: Path) -> Path:
    """Return the folder that ``site`` is, behind any link, if a site may be exchanged there. Raises SiteError.

    ``root`` is the archive's folder. Where ``site`` is a link, the folder that it leads to is exchanged in its own
    place, so that a server of that folder goes on to serve it.
    """
    site, root = Path(os.path.abspath(site)), Path(os.path.abspath(root))
    for reason in _reasons(site, root):
        raise SiteError(f"{display_path(str(site), site)}: {reason}")
    return Path(os.path.realpath(site))


def _reasons(site: Path, root: Path) -> Iterator[str]:
    """Yield why no site can be exchanged at ``site``: what is wrong first is enough."""
    real = Path(os.path.realpath(site))
    if site.is_symlink() and not real.exists():
        yield f"the output folder is a link to {real}, which is not there; make that folder, or remove the link"
    if real.exists() and not real.is_dir():
        yield "the output folder is a file; remove it, or set site_dir to another folder"
    if _within(root, real):
        yield "the output folder holds the archive itself, which a build would replace; set site_dir to another folder"
    for name in INPUTS:
        if (root / name).exists() and _within(real, root / name):
            yield f"the output folder lies in {name}/, which a build would replace; set site_dir to another folder"
    if real.is_dir():
        if mounted(real):
            yield "the output folder is a mount point, which cannot be exchanged; set site_dir to a folder inside it"
        if any(real.iterdir()) and not (real / SIGN).exists():
            yield f"the output folder holds files and no {SIGN}, so it was not built here; empty it, or set site_dir"
        for folder in _folders(real):
            if not os.access(folder, os.W_OK | os.X_OK):
                yield f"the old site cannot be removed: {display_path(folder, site)} may not be written to"
    parent = real.parent
    if not parent.is_dir():
        parent = next(folder for folder in parent.parents if folder.exists())
    if not os.access(parent, os.W_OK | os.X_OK):
        yield f"a site is built beside the old one, and {parent} may not be written to"
    for name in (BUILDING, OLD):
        there = real.with_name(name)
        if there.is_symlink() or (there.exists() and not there.is_dir()):
            yield f"{display_path(str(there), Path(name))} is in the way and no folder of a build; remove it"
        elif there.is_dir() and mounted(there):
            yield f"{there} is in the way and a mount point; unmount it"


def _within(inner: Path, outer: Path) -> bool:
    """Return whether ``inner`` is ``outer`` or lies in it, however the file system spells them."""
    inner = Path(os.path.realpath(inner))
    return outer.exists() and any(
        folder.exists() and os.path.samefile(folder, outer) for folder in (inner, *inner.parents)
    )


def _folders(top: Path) -> Iterator[str]:
    """Yield ``top`` and every folder below it, no link followed."""
    stack = [str(top)]
    while stack:
        folder = stack.pop()
        yield folder
        try:
            with os.scandir(folder) as entries:
                stack += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            continue  # it cannot be written to either


def mounted(path: Path) -> bool:
    """Return whether something is mounted at ``path``; for a part of the same disk, only Linux can tell."""
    if os.path.ismount(path):
        return True
    try:
        lines = _MOUNTS.read_bytes().splitlines()
    except OSError:
        return False
    points = {re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), row.split()[4]) for row in lines}
    return os.fsencode(path) in points


def is_real_folder(path: Path) -> bool:
    """Return whether ``path`` is a folder and no link."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False

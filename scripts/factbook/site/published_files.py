"""Which files a site may consist of: the list is asked before an engine reads ``docs/``, and again of what it rendered.

No link is followed on either side. Names that are left out are left out whatever the settings say.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from factbook.read import configuration, overrides
from factbook.read.leftovers import left_out
from factbook.rules.written_pages import KINDS
from factbook.site.errors import SiteError
from factbook.text import listed, show

MADE = ("sitemap.xml", "sitemap.xml.gz", "objects.inv", "search.json", "search/search_index.json")
"""Files that an engine makes besides pages and the theme."""
ASSETS = "assets/"
"""Where the theme's files are in a site."""


def docs(root: Path) -> Path:
    """Return the folder of the written pages of the archive at ``root``. Raises ConfigurationError."""
    return root / configuration.docs_dir(configuration.read(root))


def publishable(top: Path, path: str) -> bool:
    """Return whether the file at ``path`` below ``top``, the folder of the written pages, may be in a site: a plain
    file of one of KINDS, by a name that is not left out, and no link on the way to it."""
    kind = path.rpartition("/")[2].rpartition(".")[2].lower()
    return kind in KINDS and "." in path and not left_out(path) and _plain(top, path)


def _plain(top: Path, path: str) -> bool:
    """Return whether ``path`` below ``top`` leads to a plain file through real folders only."""
    *folders, name = path.split("/")
    place = top
    try:
        for folder in folders:
            place /= folder
            if not stat.S_ISDIR(place.lstat().st_mode):
                return False
        return stat.S_ISREG((place / name).lstat().st_mode)
    except OSError:
        return False


def every(top: Path) -> Iterator[str]:
    """Yield the path of every file below ``top`` that is ``publishable``, sorted."""
    for path, mode in _entries(top):
        if stat.S_ISREG(mode) and publishable(top, path):
            yield path


def _entries(top: Path, below: str = "") -> Iterator[tuple[str, int]]:
    """Yield everything below ``top`` as (path, mode), sorted, but nothing out of folders that are left out; no link is
    followed."""
    with os.scandir(top / below) as entries:
        found = sorted((entry.name, entry.stat(follow_symlinks=False).st_mode) for entry in entries)
    for name, mode in found:
        path = f"{below}/{name}" if below else name
        yield path, mode
        if stat.S_ISDIR(mode) and not left_out(path):
            yield from _entries(top, path)


def hold(site: Path, root: Path) -> None:
    """Hold what an engine rendered of the archive at ``root`` into ``site`` to the list: remove what is left out by its
    name, and raise SiteError for anything else that is not on it."""
    top, theme = docs(root), root / overrides.FOLDER / "theme"
    for path, mode in [*_entries(site)]:
        if left_out(path):
            shutil.rmtree(site / path) if stat.S_ISDIR(mode) else (site / path).unlink()
        elif not stat.S_ISDIR(mode) and not (stat.S_ISREG(mode) and _on_the_list(path, top, theme)):
            raise SiteError(
                f"{show(path, 300)}: a file of this kind may not be published; allowed: "
                f"{listed(f'.{kind}' for kind in KINDS)}, and files of the theme"
            )


def _on_the_list(path: str, top: Path, theme: Path) -> bool:
    """Return whether the plain file at ``path`` in a site is a file of the archive that may be there, a page that the
    engine made, or a part of the theme."""
    if os.path.lexists(top / path):
        return publishable(top, path)
    if os.path.lexists(theme / path):
        return _plain(theme, path)
    return path.startswith(ASSETS) or path in MADE or path.endswith((".html", *(f".{kind}" for kind in KINDS)))

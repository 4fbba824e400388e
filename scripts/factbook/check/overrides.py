"""Checks the files of an archive that stand in the place of the engine's own: those in its folder overrides/."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from factbook.read import overrides
from factbook.read.leftovers import leftover
from factbook.rules import overrides as rules
from factbook.rules import written_pages
from factbook.rules.problem import Finding

PACKAGE = overrides.THEME.parent
MOST_BYTES = 1 << 18
"""Bytes that a file has at most in which the rules look."""
TRANSLATED = ("partials/languages/",)
"""Where the theme has a file for each language; a new language brings one of a new name."""


def findings(root: Path, found: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    """Yield what is wrong with the files of overrides/: ``found`` are those of the archive at ``root``, as (path,
    mode)."""
    for path, mode in found:
        folder, _, name = path.partition("/")[2].partition("/")
        if not folder or any(map(leftover, path.split("/"))):
            continue
        if folder not in overrides.KINDS:
            if not name:
                allowed = [f"{kind}/" for kind in overrides.KINDS]
                yield from written_pages.override_not_read(path, allowed, overrides.INSTEAD.get(folder, ""))
        elif stat.S_ISREG(mode):
            yield from _file(root, path, folder, name) if name else rules.override_kind(path, folder)


def _file(root: Path, path: str, folder: str, name: str) -> Iterator[Finding]:
    """Look at one file."""
    kind = path.rpartition(".")[2].lower()
    if kind not in rules.KINDS[folder]:
        yield from rules.override_kind(path, folder)
        return
    with (root / path).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if kind in written_pages.PICTURES:
        if not data.startswith(written_pages.PICTURES[kind]):
            yield from rules.override_kind(path, folder)
        return
    text = _text(data)
    if text is None:
        yield from written_pages.page_unreadable(path, f"the file is no text in UTF-8 of at most {MOST_BYTES:,} bytes")
        return
    if folder != "languages" and kind != "svg" and name not in known(folder) and not name.startswith(TRANSLATED):
        yield from rules.override_of_nothing(path, name, known(folder))
    if kind in rules.READ:
        yield from rules.override_markup(path, text, _own(folder, name))


def _text(data: bytes) -> str | None:
    """Return a text, or None where it is none or too long."""
    try:
        return data.decode("utf-8") if len(data) <= MOST_BYTES else None
    except UnicodeDecodeError:
        return None


def folders(folder: str) -> list[Path]:
    """Return the folders whose files an archive may replace: those of the engine, and for a theme those of Material."""
    found = find_spec("material") if folder == "theme" else None
    material = [Path(found.origin).parent / "templates"] if found and found.origin else []
    return [PACKAGE / folder, *material]


@cache
def known(folder: str) -> frozenset[str]:
    """Return the names of the files that an archive may replace."""
    return frozenset(p.relative_to(top).as_posix() for top in folders(folder) for p in top.rglob("*") if p.is_file())


def _own(folder: str, name: str) -> str:
    """Return the text of the file that an override replaces; empty where there is none."""
    return next(((top / name).read_text("utf-8") for top in folders(folder) if (top / name).is_file()), "")

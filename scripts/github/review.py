"""The artifact that ``collect`` leaves and ``comment`` reads: plain files with fixed names and limits.

A stranger's change lies between the two, so everything that is read here is checked once more.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, field

ARTIFACT = "review"
FILES = {"check.txt": 100_000, "diff.md": 100_000, "fix.patch": 200_000, "pages.json": 400_000}
"""The files by name, with the bytes that each may have at most."""
MOST_BYTES = 1_000_000
"""Bytes of the zip archive at most."""
MOST_PAGES = 500
_PAGE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_./-]{0,200}[A-Za-z0-9])?\.(html|json|xml|csv|txt)", re.ASCII)
STATES = ("new", "changed", "gone")


class Unusable(Exception):
    """The artifact is not one of ``collect``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A file of the site that the change affects, and the words on it."""

    path: str
    state: str
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """The results about a change: the output of the check, the sentences of the diff, the patch of repairs, the changed
    pages."""

    check: str = ""
    diff: str = ""
    fix: str = ""
    pages: tuple[Page, ...] = field(default=())
    count: int = 0
    built: bool = False


def read(data: bytes) -> Review:
    """Return the review in a zip archive. Raises Unusable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > len(FILES):
                raise Unusable("it holds more files than there can be")
            texts = {info.filename: _text(archive, info) for info in archive.infolist()}
    except Unusable:
        raise
    except Exception as error:  # zipfile lets the errors of its decompressors through, and they share no base
        raise Unusable(f"it cannot be read: {type(error).__name__}") from None
    pages, count, built = _pages(texts.get("pages.json", ""))
    return Review(
        check=texts.get("check.txt", ""),
        diff=texts.get("diff.md", ""),
        fix=texts.get("fix.patch", ""),
        pages=pages,
        count=count,
        built=built,
    )


def _text(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """Return the text of one file. The size in its header is not trusted."""
    if info.filename not in FILES:
        raise Unusable("it holds a file that does not belong there")
    most = FILES[info.filename]
    with archive.open(info) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unusable(f"{info.filename} is larger than {most:,} bytes")
    return data.decode("utf-8", "replace")


def _pages(text: str) -> tuple[tuple[Page, ...], int, bool]:
    try:
        value = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        raise Unusable("pages.json is not JSON") from None
    rows = value.get("pages") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return (), 0, False
    pages = []
    for row in rows[:MOST_PAGES]:
        path, state, said = (row.get(k) if isinstance(row, dict) else None for k in ("path", "state", "text"))
        if not (isinstance(path, str) and _PAGE.fullmatch(path) and state in STATES and isinstance(said, str)):
            raise Unusable("pages.json names something that is no page")
        pages.append(Page(path=path, state=state, text=said))
    count = value.get("count")
    return tuple(pages), max(len(pages), count if isinstance(count, int) and count < 10**7 else 0), True

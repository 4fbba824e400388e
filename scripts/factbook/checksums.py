"""Writes ``SHA256SUMS``: one line for every file of the finished site, in the format of ``sha256sum -c``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from factbook import parallel

NAME = "SHA256SUMS"
SIGNED = "data/v1/log/checksums"
"""The signed note of the list itself, where a site is signed. It is made after the list, which cannot hold it."""
PIECE = 1 << 20
"""Bytes read at a time."""


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at ``path``, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(site: Path) -> None:
    """Write SHA256SUMS over every other file below ``site`` but its own note, sorted by path (POSIX, as bytes)."""
    found = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    paths = sorted(found - {NAME, SIGNED})

    def work(chunk: Sequence[str]) -> str:
        return "".join(f"{digest(site / path)}  {path}\n" for path in chunk)

    with (site / NAME).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parallel.spread(work, paths))


def escapes_folder(path: str) -> bool:
    """Return whether ``path`` could lead out of its folder: it is absolute, or has ``..``, a drive or a backslash."""
    return "\\" in path or ":" in path or any(part in ("", ".", "..") for part in path.split("/"))

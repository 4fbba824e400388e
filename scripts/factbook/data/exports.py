"""The list of all exports, and the writing of their files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType

from factbook import checksums
from factbook.data import (
    calendars,
    change_files,
    citations,
    csv_files,
    datapackage,
    feeds,
    index,
    json_files,
    jsonld,
    ledger_log,
    moved_files,
    openapi,
    parquet_files,
    series_files,
    sqlite_file,
    versions,
)
from factbook.data.published import Entry, File, Publication, text
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER

PARTS: tuple[ModuleType, ...] = (
    *(json_files, moved_files, csv_files, datapackage, series_files, change_files, parquet_files, openapi, jsonld),
    *(feeds, calendars, citations, versions),
)
"""The exports. Each module has ``ENTRIES``, the files it writes as they are documented, and ``files(archive,
publication)``, which yields them as (path, bytes). To add an export, write its module and add its name here."""
ENTRIES: tuple[Entry, ...] = tuple(
    entry for part in (*PARTS[:4], sqlite_file, *PARTS[4:], ledger_log, index) for entry in part.ENTRIES
)
"""Every file of the data, in the order in which it is documented."""


def files(archive: Archive, publication: Publication) -> Iterator[File]:
    """Yield every file except the database, which cannot be streamed, the index, which states the sizes of the others,
    and the log, which differs after every change."""
    for part in PARTS:
        yield from part.files(archive, publication)
    yield "llms.txt", index.llms(archive, publication, ENTRIES).encode()
    yield "README.txt", index.readme(archive, publication).encode()


def digests(archive: Archive) -> dict[str, bytes]:
    """Return the SHA-256 of every file that ``files`` yields, by its path."""
    found = {}
    for path, held in files(archive, Publication()):
        digest = hashlib.sha256()
        for piece in (held,) if isinstance(held, bytes) else held:
            digest.update(piece)
        found[path] = digest.digest()
    return found


def changed(before: Archive, after: Archive) -> int:
    """Return how many files of the data differ, are new or are gone. A version that was published stays for ever."""
    old, new = digests(before), digests(after)
    paths = {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)}
    counted = [p for p in paths if p in new or not p.startswith(versions.FOLDER)]
    return len(counted) + any(p.endswith(".csv") for p in paths) + bool(paths)  # the database, and the index


def write(site: Path, archive: Archive, publication: Publication) -> None:
    """Write the data of the archive into ``site``.

    Raises ValueError for a path that leads out of it, and ledger_log.LogError.
    """
    top, made, sizes = str(site), set(), {}
    listed = {entry.path for entry in ENTRIES}
    for path, held in chain(files(archive, publication), ledger_log.files(archive, publication)):
        if checksums.escapes_folder(path):
            raise ValueError(f"{path}: no file of the data can have this path")
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(f"{top}/{folder}", exist_ok=True)
            made.add(folder)
        with open(f"{top}/{path}", "wb") as file:
            file.writelines((held,) if isinstance(held, bytes) else held)
        if path in listed:
            sizes[path] = _size(site / path)
    sqlite_file.write(archive, site / sqlite_file.ADDRESS)
    sizes[sqlite_file.ADDRESS] = _size(site / sqlite_file.ADDRESS)
    (site / FOLDER / "index.json").write_bytes(text(index.index(archive, publication, sizes, ENTRIES)))


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, checksums.digest(path)

"""Everything that is published beside the pages: the list of its parts, and the writing of what they make."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from factbook import checksums
from factbook.data import (
    calendars,
    citations,
    csv_files,
    feeds,
    index,
    json_files,
    jsonld,
    ledger_log,
    openapi,
    parquet_files,
    sqlite_file,
    versions,
)
from factbook.data.citations import Publication
from factbook.data.json_files import FOLDER
from factbook.model.archive import Archive

File = tuple[str, bytes | Iterable[bytes]]
"""A path relative to the site, and what is in the file: all of it, or in pieces."""


def files(archive: Archive, publication: Publication) -> Iterator[File]:
    """Every file but the database, which is no stream, the index, which tells the size of the others, and the log,
    which is another after every change."""
    yield from json_files.files(archive, index.head(archive, publication))
    yield from csv_files.files(archive)
    yield from parquet_files.files(archive)
    for part in (feeds, calendars, jsonld):
        yield from part.files(archive, publication.base, publication.name)
    yield from citations.files(archive, publication)
    yield from versions.files(archive, publication)
    for name, schema in openapi.schemas(archive):
        yield f"{FOLDER}/schema/{name}", index.text(schema)
    api = openapi.openapi(archive, publication.name, index.licence(publication), publication.base)
    yield f"{FOLDER}/openapi.json", index.text(api)
    yield f"{FOLDER}/datapackage.json", index.text(index.datapackage(archive, publication))
    yield "llms.txt", index.llms(archive, publication).encode()
    yield "README.txt", index.readme(archive, publication).encode()


def digests(archive: Archive) -> dict[str, bytes]:
    """What every file but the two that ``files`` leaves out holds, by its path, as its SHA-256."""
    found = {}
    for path, held in files(archive, Publication()):
        digest = hashlib.sha256()
        for piece in (held,) if isinstance(held, bytes) else held:
            digest.update(piece)
        found[path] = digest.digest()
    return found


def changed(before: Archive, after: Archive) -> int:
    """How many files of the data are other files after a change, new or gone. A version that was stays for ever."""
    old, new = digests(before), digests(after)
    paths = {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)}
    counted = [p for p in paths if p in new or not p.startswith(versions.FOLDER)]
    return len(counted) + any(p.endswith(".csv") for p in paths) + bool(paths)  # the database, and the index


def write(site: Path, archive: Archive, publication: Publication) -> None:
    """Write the data of the archive into ``site``. Raises ValueError for a path that leaves it, and
    ledger_log.LogError."""
    top, made, sizes = str(site), set(), {}
    listed = {entry.path for entry in index.ENTRIES}
    for path, held in chain(files(archive, publication), ledger_log.files(archive, publication)):
        if checksums.leaves(path):
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
    (site / FOLDER / "index.json").write_bytes(index.text(index.index(archive, publication, sizes)))


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, checksums.digest(path)

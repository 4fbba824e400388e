"""Everything that is published beside the pages: the list of its parts, and the writing of what they make."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from factbook import (
    calendars,
    checksums,
    citations,
    contracts,
    database,
    documents,
    feeds,
    linked,
    listing,
    parquet,
    spreadsheets,
    versions,
)
from factbook.archive import Archive
from factbook.citations import Publication
from factbook.documents import FOLDER

File = tuple[str, bytes | Iterable[bytes]]
"""A path relative to the site, and what is in the file: all of it, or in pieces."""


def files(archive: Archive, publication: Publication) -> Iterator[File]:
    """Every file but the database, which is no stream, and the index, which tells the size of the others."""
    yield from documents.files(archive, listing.head(archive, publication))
    yield from spreadsheets.files(archive)
    yield from parquet.files(archive)
    for part in (feeds, calendars, linked):
        yield from part.files(archive, publication.base, publication.name)
    yield from citations.files(archive, publication)
    yield from versions.files(archive, publication.base)
    for name, schema in contracts.schemas(archive):
        yield f"{FOLDER}/schema/{name}", listing.text(schema)
    api = contracts.openapi(archive, publication.name, listing.licence(publication), publication.base)
    yield f"{FOLDER}/openapi.json", listing.text(api)
    yield f"{FOLDER}/datapackage.json", listing.text(listing.datapackage(archive, publication))
    yield "llms.txt", listing.llms(archive, publication).encode()
    yield "README.txt", listing.readme(archive, publication).encode()


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
    """Write the data of the archive into ``site``. Raises ValueError for a path that leaves it."""
    top, made, sizes = str(site), set(), {}
    listed = {entry.path for entry in listing.ENTRIES}
    for path, held in files(archive, publication):
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
    database.write(archive, site / database.ADDRESS)
    sizes[database.ADDRESS] = _size(site / database.ADDRESS)
    (site / FOLDER / "index.json").write_bytes(listing.text(listing.index(archive, publication, sizes)))


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, checksums.digest(path)

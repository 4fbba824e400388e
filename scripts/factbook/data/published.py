"""What all exports share: the description of a file, and the first fields of a document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.fingerprint import release
from factbook.render.language import Language

File = tuple[str, bytes | Iterable[bytes]]
"""A path relative to the site, and the content of the file, whole or in pieces."""


class Entry(Struct, frozen=True):
    """A file, or a family of files with ``{…}`` in its path; its media type, and its purpose."""

    path: str
    type: str
    meaning: str


class Publication(Struct, frozen=True, kw_only=True):
    """The archive as something that is cited: its name, and its author (the name where none is given).

    ``base`` is the address of the site, ending in ``/``, and empty where none is configured. ``licence`` (SPDX) and its
    address are those of the records.
    """

    name: str = ""
    author: str = ""
    base: str = ""
    description: str = ""
    licence: str = ""
    licence_url: str = ""
    language: Language | None = None
    """The language of pages in the data; None for English."""


def licence(publication: Publication) -> dict[str, str]:
    """Return name and address of the licence, as far as they are given."""
    found = {"name": publication.licence, "url": publication.licence_url}
    return {k: v for k, v in found.items() if v} if publication.licence else {}


def head(archive: Archive, publication: Publication) -> dict[str, Any]:
    """Return the first fields of a document of many records."""
    found = {"title": publication.name, "release": release(archive), "licence": licence(publication)}
    return {k: v for k, v in found.items() if v}


def text(document: dict[str, Any]) -> bytes:
    """Return a small document as indented JSON."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

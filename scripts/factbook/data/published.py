"""What every part of the data shares: how a file is described, and the fields that head a document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.fingerprint import release
from factbook.render.language import Language

File = tuple[str, bytes | Iterable[bytes]]
"""A path relative to the site, and what is in the file: all of it, or in pieces."""


class Entry(Struct, frozen=True):
    """A file, or a family of files with ``{…}`` in its path, its media type, and what it is for."""

    path: str
    type: str
    meaning: str


class Publication(Struct, frozen=True, kw_only=True):
    """The archive as something that is cited: its name, its author (the name where none is given), and ``base``, the
    address of the site, ending in ``/`` and empty where none is configured. ``licence`` (SPDX) and its
    address are those of the records."""

    name: str = ""
    author: str = ""
    base: str = ""
    description: str = ""
    licence: str = ""
    licence_url: str = ""
    language: Language | None = None
    """In which pages of the data speak; None: English."""


def licence(publication: Publication) -> dict[str, str]:
    """Name and address of the licence, as far as they are given."""
    found = {"name": publication.licence, "url": publication.licence_url}
    return {k: v for k, v in found.items() if v} if publication.licence else {}


def head(archive: Archive, publication: Publication) -> dict[str, Any]:
    """The fields with which a document of many records begins."""
    found = {"title": publication.name, "release": release(archive), "licence": licence(publication)}
    return {k: v for k, v in found.items() if v}


def text(document: dict[str, Any]) -> bytes:
    """A small document as JSON that people can read."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

"""Records as plain values (dicts, tuples, texts): the one shape behind every export, citation and content hash.

A value has the fields of the record under their names there, in the order of the model, without those left empty; the
id stands first. What is worked out, such as the days a date can mean, is added by who needs it and is not part of it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import json, to_builtins

from factbook.model.archive import Archive
from factbook.model.records import Record, Statement

DIGITS = 16
"""Hexadecimal digits of a content hash: enough that no two versions of a record share one."""
FOLDER = "data/v1"
"""Where the data lies in the site."""
NAMESPACE = uuid.UUID("0d6ad9b2-8a5c-4f0e-9a63-6f1a4b7c2e58")
"""What identifiers are made in; with another every id in feeds and calendars would be another."""
_SORTED = json.Encoder(order="sorted")


def value(record: Record) -> dict[str, Any]:
    """A record as a dict of plain values."""
    found: dict[str, Any] = to_builtins(record)
    del found["path"]
    return found


def fingerprint(record: Record) -> str:
    """The content hash of a record: the first DIGITS of the SHA-256 of its value as compact JSON with sorted keys.

    Layout, comments and the file's place do not count; every word of the content does.
    """
    return hashlib.sha256(_SORTED.encode(value(record))).hexdigest()[:DIGITS]


def identifier(name: str) -> str:
    """A URN that is always the same for one name: ``urn:uuid:…``, version 5 of RFC 9562."""
    return uuid.uuid5(NAMESPACE, name).urn


class _Versions(Mapping[str, str]):
    """Content hashes by id, each worked out when it is first asked for: a process that writes a share of the pages
    needs no others."""

    def __init__(self, archive: Archive) -> None:
        self._statements = archive.statements
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = fingerprint(self._statements[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)


@lru_cache(maxsize=4)
def versions(archive: Archive) -> Mapping[str, str]:
    """The content hash of every statement, by its id."""
    return _Versions(archive)


@lru_cache(maxsize=4)
def release(archive: Archive) -> str:
    """The name of this state of the archive: the day of its newest ledger entry and a hash over all records.

    ``2026-11-21.3f2a9c01``; the same records have the same name wherever and whenever it is worked out.
    """
    days = [h.date for s in archive.statements.values() for h in s.history]
    known = versions(archive)
    prints = sorted(
        f"{type(r).__name__}/{r.id}/{known[r.id] if isinstance(r, Statement) else fingerprint(r)}"
        for r in archive.every()
    )
    whole = hashlib.sha256("\n".join(prints).encode()).hexdigest()[:8]
    return f"{max(days, default='undated')}.{whole}"

"""Records as plain values (dicts, tuples, texts): the one shape behind every export, citation and content hash.

A value has the fields of the record under the names they have there, in the order of the model, without empty ones; the
id stands first. What is derived, such as the days a date can mean, is no part of it: each export adds what it needs.
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
"""Hexadecimal digits of a content hash: 64 bits, enough that no two versions of a record share one by chance."""
FOLDER = "data/v1"
"""The folder of the data in the site."""
NAMESPACE = uuid.UUID("0d6ad9b2-8a5c-4f0e-9a63-6f1a4b7c2e58")
"""The namespace of identifiers (RFC 9562, version 5). It must never change: every id in feeds and calendars would
change."""
_SORTED = json.Encoder(order="sorted")


def value(record: Record) -> dict[str, Any]:
    """Return a record as a dict of plain values."""
    found: dict[str, Any] = to_builtins(record)
    del found["path"]
    return found


def fingerprint(record: Record) -> str:
    """Return the content hash of a record: the first DIGITS of the SHA-256 of its value as compact JSON with sorted
    keys.

    Every word of the content counts; layout, comments and the place of the file do not.
    """
    return of_value(value(record))


def of_value(plain: Mapping[str, Any]) -> str:
    """Return the content hash of a record by its value."""
    return hashlib.sha256(_SORTED.encode(plain)).hexdigest()[:DIGITS]


def identifier(name: str) -> str:
    """Return the URN of ``name``, which is always the same: ``urn:uuid:…`` (version 5, RFC 9562)."""
    return uuid.uuid5(NAMESPACE, name).urn


class _Versions(Mapping[str, str]):
    """Content hashes by id, each computed when it is first asked for: a process that writes a part of the pages needs
    no others."""

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
    """Return the content hash of every statement, by its id."""
    return _Versions(archive)


@lru_cache(maxsize=4)
def release(archive: Archive) -> str:
    """Return the name of this state of the archive: the day of its newest ledger entry, and a hash over all records.

    For example ``2026-11-21.3f2a9c01``. Equal records give an equal name, on every machine and every day.
    """
    days = [h.date for r in archive.every() for h in r.history]
    known = versions(archive)
    prints = sorted(
        f"{type(r).__name__}/{r.id}/{known[r.id] if isinstance(r, Statement) else fingerprint(r)}"
        for r in archive.every()
    )
    whole = hashlib.sha256("\n".join(prints).encode()).hexdigest()[:8]
    return f"{max(days, default='undated')}.{whole}"

"""The records of a copy as its documents of many show them, to be held to its log and its tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from factbook.data import ledger_log as log
from factbook.model.kinds import FILED, KINDS

MOVED = f"{log.DATA}/moved.json"
"""The list of ids, of everything but facts, that are no longer used."""
Row = Mapping[str, Any]
"""A record as a document of the data shows it."""


class Data:
    """The records of a copy as its documents of many show them: for each kind the rows by id (``of`` has those of facts
    that moved as well), and the ids of others that moved."""

    def __init__(self, read: log.Read) -> None:
        self.rows = {kind.name: _table(read, kind.plural) for kind in FILED.values()}
        self.redirects = _table(read, KINDS["redirect"].plural)
        self.of = {**self.rows, "fact": {**self.rows["fact"], **self.redirects}}
        self.moved = {(str(one.get("kind")), str(one.get("id"))): one for one in _listed(read, MOVED, "moved")}

    def has_moved(self, kind: str, name: str) -> bool:
        """Whether the id is no longer used, so that what was published under it may be in the log alone."""
        return name in self.redirects if kind == "fact" else (kind, name) in self.moved


def _table(read: log.Read, plural: str) -> dict[str, Row]:
    """Return the records of a document of many by id; none where it is missing or is none."""
    return {str(row.get("id")): row for row in _listed(read, f"{log.DATA}/{plural}.json", plural)}


def _listed(read: log.Read, path: str, field: str) -> list[dict[str, Any]]:
    """Return the rows of a document of many, under the name ``field``."""
    value = value_of(read, path)
    rows = value.get(field) if isinstance(value, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def lines(read: log.Read, path: str) -> list[object]:
    """Return the values of a document of lines."""
    try:
        return [json.loads(line) for line in read(path).splitlines()]
    except (KeyError, ValueError, RecursionError):
        return []


def value_of(read: log.Read, path: str) -> object:
    """Return the value of a document; None where it is missing or is none."""
    try:
        return json.loads(read(path))
    except (KeyError, ValueError, RecursionError):
        return None

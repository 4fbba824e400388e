"""Ids that have moved, of everything but facts: an entry of their list, and the ways on which records name ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from factbook.model.kinds import FILED, Kind, Way

WORDS = {"topic": "topics", "person": "people", "country": "countries", "origin": "origins"}
"""The kinds of word whose ids can move, and the list of the vocabulary that holds each."""
MOVABLE = (*(name for name in FILED if name != "fact"), *WORDS)
"""Every kind whose ids are listed where they have moved. A fact leaves a record of its own, with its ledger."""
_ORIGIN: Way = ("origin",)


class Moved(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An id that is no longer used: what it named, of the ``kind`` (one of MOVABLE), has the id ``moved_to`` since
    ``date``, for ``reason``. ``differs`` says what is other there, where that is another thing."""

    kind: str
    id: str
    moved_to: str
    date: str
    reason: str
    differs: str = ""


def ways(kind: Kind) -> Iterator[tuple[Way, tuple[str, ...]]]:
    """Yield the ways to every id in a record of ``kind`` that is kept up to date, with the kinds that it can name.

    A ledger is not among them: it says for ever what it said. A source's origin names one of several kinds.
    """
    for way, named in kind.names.items():
        if way[0] != "history":
            yield way, (named,)
    if kind.name == "source":
        yield _ORIGIN, ("organization", "source", "origin")
    if kind.name in ("fact", "question"):
        fields = {"topics": "topic", "people": "person", "countries": "country"}
        for field in ("topics",) if kind.name == "question" else fields:
            yield (field, 0), (fields[field],)


def places(value: Any, way: Way) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text at ``way`` in the plain ``value`` of a record: the way to it there, and the text.

    The text of a relation in a file is the value of its only field; the last step of the way is that field's name.
    """
    found: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    for step in way:
        ahead = []
        for at, held in found:
            if isinstance(step, int):
                ahead += [((*at, i), item) for i, item in enumerate(held)] if isinstance(held, list) else []
            elif isinstance(held, dict) and step in held:
                ahead.append(((*at, step), held[step]))
        found = ahead
    for at, held in found:
        if isinstance(held, str):
            yield at, held
        elif way[0] == "relations" and isinstance(held, dict):
            yield from (((*at, name), text) for name, text in held.items())

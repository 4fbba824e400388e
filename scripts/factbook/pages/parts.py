"""Parts of a long list: the headings among its rows, by which a reader finds a place in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.records import Statement
from factbook.render.language import Language

LONG = 20
"""Rows above which a list has headings and a filter. A shorter one is seen at a glance."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")

Heading = tuple[str, str]
"""The id and the text of a heading."""


class Part(Struct, frozen=True):
    """Rows under one heading, whose ``id`` and ``title`` are empty in a list that is not long."""

    id: str
    title: str
    rows: list[Any]


def parts(rows: Iterable[Any], heading: Callable[[Any], Heading], least: int = LONG) -> list[Part]:
    """Return ``rows`` in parts, each where its first row stands; one part without a heading up to ``least`` rows."""
    rows = list(rows)
    if len(rows) <= least:
        return [Part("", "", rows)]
    found: dict[Heading, list[Any]] = {}
    for row in rows:
        found.setdefault(heading(row), []).append(row)
    return [Part(*title, inner) for title, inner in found.items()]


def year(language: Language, statement: Statement) -> Heading:
    """Return the heading of the year a statement begins in."""
    date = statement.when
    return (f"y{date.year}", language.words(date.year)) if date else ("undated", language.text("Undated"))


def month(language: Language, statement: Statement) -> Heading:
    """Return the heading of the month a statement begins in; of its year where the date names no month."""
    date = statement.when
    found = date and _MONTH.match(date.text)
    return (f"m{found[0]}", language.words(found[0])) if found else year(language, statement)


def of_list(archive: Archive, language: Language, kind: str, rows: Iterable[tuple[Any, Any]]) -> list[Part]:
    """Return the rows of a list on several pages in parts: contested claims by status, what is due by the month of its
    day, what rests on one origin by year."""

    def heading(row: tuple[Any, Any]) -> Heading:
        if kind == "contested":
            word = archive.status(row[0])
            return f"as-{word.id}", word.label
        return (f"d{row[0][:7]}", language.words(row[0][:7])) if kind == "review" else year(language, row[1])

    return parts(rows, heading)

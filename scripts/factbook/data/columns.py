"""The parts of which tables are made: columns, each with its meaning and a function that computes its cells.

A cell is a text, a whole number, a truth value, a tuple of texts, or None where there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.fingerprint import fingerprint
from factbook.model.records import when

Cell = str | int | bool | tuple[str, ...] | None
Row = tuple[Cell, ...]
Type = Literal["text", "date", "integer", "boolean", "list"]
"""``date`` is a day written year-month-day (ISO); ``list`` is a tuple of texts."""
Item = Any
"""The subject of a row: a record, a part of one, or a word. Only the columns of that table know which."""


class Column(Struct, frozen=True, kw_only=True):
    """One column. ``of`` computes the cell from the archive and the row's item. ``derived``: no record states it."""

    name: str
    type: Type
    meaning: str
    of: Callable[[Archive, Item], Cell]
    derived: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """One table. ``items`` returns the item of each row. ``key`` are the columns that identify a row; ``refers`` pairs
    a column with the table whose ids it holds."""

    name: str
    meaning: str
    items: Callable[[Archive], Iterable[Item]]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str], ...] = ()

    def rows(self, archive: Archive) -> Iterator[Row]:
        """Yield every row, in the order of the records' ids."""
        for item in self.items(archive):
            yield self.row(archive, item)

    def row(self, archive: Archive, item: Item) -> Row:
        """Return the cells of one item, in the order of the columns."""
        return tuple([column.of(archive, item) for column in self.columns])

    def derived(self, archive: Archive, item: Item) -> dict[str, object]:
        """Return the derived cells of an item by name, as plain values, without empty ones."""
        cells = ((c.name, c.of(archive, item)) for c in self.columns if c.derived)
        return {name: list(cell) if isinstance(cell, tuple) else cell for name, cell in cells if cell is not None}


def recorded(name: str, meaning: str, type: Type = "text", named: str = "") -> Column:
    """Return a column that holds a field of the record; ``named`` is the field, where it is named otherwise."""
    empty = () if type == "list" else None
    return Column(name=name, type=type, meaning=meaning, of=lambda _, item: getattr(item, named or name) or empty)


def worked(name: str, type: Type, meaning: str, of: Callable[[Archive, Item], Cell]) -> Column:
    """Return a column that no record holds: ``of`` computes each cell from the archive and the item of the row."""
    return Column(name=name, type=type, meaning=meaning, of=of, derived=True)


def _bound(side: str, field: str) -> Callable[[Archive, Item], Cell]:
    """Return a function for the first (``earliest``) or last (``latest``) day that a date of the record can mean."""

    def of(_: Archive, item: Item) -> Cell:
        date = when(getattr(item, field))
        return getattr(date, side) if date else None

    return of


def days(field: str, what: str) -> tuple[Column, Column]:
    """Return the two columns for the first and last day that a date of the record can mean."""
    return (
        worked(
            f"{field}_earliest",
            "date",
            f"The first day {what} can mean; empty where open or not known.",
            _bound("earliest", field),
        ),
        worked(
            f"{field}_latest",
            "date",
            f"The last day {what} can mean; empty where open or not known.",
            _bound("latest", field),
        ),
    )


class Part(Struct, frozen=True):
    """One item of a list in a record: the id of the record, its place in the list from 1, itself, and the item
    ``after`` it."""

    owner: str
    number: int
    held: Any
    after: Any = None


def by_id(records: str, archive: Archive) -> list[Any]:
    """Return the records of a kind, sorted by id, whatever folder their files are in."""
    return [record for _, record in sorted(getattr(archive, records).items())]


def parts(records: str, field: str, archive: Archive) -> Iterator[Part]:
    """Yield every item of the list ``field`` in every record of a kind."""
    for record in by_id(records, archive):
        held = getattr(record, field)
        for number, one in enumerate(held, 1):
            yield Part(record.id, number, one, held[number] if number < len(held) else None)


def owner(name: str, meaning: str) -> tuple[Column, Column]:
    """Return the two columns that name a row of a Part: the id of its record, under ``name``, and its place there."""
    return (
        Column(name=name, type="text", meaning=meaning, of=lambda _, p: p.owner),
        Column(name="number", type="integer", meaning="Its place in the record, from 1.", of=lambda _, p: p.number),
    )


def part_column(name: str, meaning: str, type: Type = "text", named: str = "") -> Column:
    """Return a column that holds a field of the part of a record, as ``recorded`` does for a field of the record."""
    empty = () if type == "list" else None
    return Column(name=name, type=type, meaning=meaning, of=lambda _, p: getattr(p.held, named or name) or empty)


def page(folder: str) -> Column:
    """Return the column that leads to the page of a record, in ``folder`` of the site."""
    return worked("page", "text", "Its page, from the site's folder.", lambda _, r: f"{folder}/{r.id}.html")


VERSION = worked(
    "version", "text", "The content hash of the record: another one, another content.", lambda _, r: fingerprint(r)
)
NOTE = recorded("note", "Anything else a reader needs.")

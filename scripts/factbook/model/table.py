"""A series of facts as the table it is read as: rows in the order of their dates, a place in them for each column."""

from __future__ import annotations

from msgspec import Struct

from factbook.model.answers import Cell, Series
from factbook.model.records import when


class Row(Struct, frozen=True, kw_only=True):
    """One row: its date (EDTF), its label (or empty), and for each column of the series the cells that stand in it.

    A column without a cell has not been looked for.
    """

    when: str
    label: str
    places: tuple[tuple[Cell, ...], ...]


def rows(series: Series) -> list[Row]:
    """Return the rows of a series, oldest first; rows of one date keep the order of the record."""
    of: dict[tuple[str, str], dict[str, list[Cell]]] = {}
    for cell in series.cells:
        of.setdefault((cell.when, cell.row), {}).setdefault(cell.column, []).append(cell)
    found = [
        Row(when=day, label=label, places=tuple(tuple(held.get(column, ())) for column in series.columns))
        for (day, label), held in of.items()
    ]
    return sorted(found, key=lambda row: date.key if (date := when(row.when)) else ("", ""))

"""A series of facts as the table it is read as: rows in the order of their dates, a place in them for each column."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from factbook.model.answers import Cell, Series
from factbook.model.asof import possible
from factbook.model.edtf import FIRST, LAST, Span
from factbook.model.records import when


class Row(Struct, frozen=True, kw_only=True):
    """One row: its date (EDTF), its label (or empty), and for each column of the series the cells that stand in it.

    A column without a cell has not been looked for.
    """

    when: str
    label: str
    places: tuple[tuple[Cell, ...], ...]


def rows(series: Series) -> list[Row]:
    """Return the rows of a series, oldest first; rows of one date keep the order of the record. A hole in a series that
    has none by its own word is a row without cells, so that a reader sees it."""
    of: dict[tuple[str, str], dict[str, list[Cell]]] = {}
    for cell in series.cells:
        of.setdefault((cell.when, cell.row), {}).setdefault(cell.column, []).append(cell)
    of |= {(hole, ""): {} for hole in holes(series)}
    found = [
        Row(when=day, label=label, places=tuple(tuple(held.get(column, ())) for column in series.columns))
        for (day, label), held in of.items()
    ]
    return sorted(found, key=lambda row: parsed.key if (parsed := when(row.when)) else ("", ""))


def holes(series: Series) -> list[str]:
    """Return the dates (EDTF), oldest first, that no row of a series covers although it leaves out no year or no day
    between its first row and its last. A row covers every day that its date can mean.

    Raises edtf.EdtfError where a date cannot be parsed.
    """
    if not series.unbroken:
        return []
    of_years = series.unbroken == "years"
    found: list[str] = []
    covered = ""
    for first, last in sorted(_span(cell.when, of_years) for cell in series.cells):
        if covered and covered < _before(first, of_years):
            begin, end = _after(covered, of_years), _before(first, of_years)
            found.append(begin if begin == end else f"{begin}/{end}")
        covered = max(covered, last)
    return found


def _span(text: str, of_years: bool) -> Span:
    """Return the first and the last day, or year, that a row can be about; of one without a date, all of them."""
    parsed = when(text)
    first, last = possible(parsed) if parsed else (FIRST, LAST)
    return (first[:4], last[:4]) if of_years else (first, last)


def _before(time: str, of_years: bool) -> str:
    """Return the day or the year before another, as far back as there is one."""
    return _moved(time, -1, of_years) if time > ("0001" if of_years else date.min.isoformat()) else time


def _after(time: str, of_years: bool) -> str:
    """Return the day or the year after another, as far on as there is one."""
    return _moved(time, 1, of_years) if time < ("9999" if of_years else LAST) else time


def _moved(time: str, by: int, of_years: bool) -> str:
    return f"{int(time) + by:04}" if of_years else (date.fromisoformat(time) + timedelta(days=by)).isoformat()

"""Verifies the tables of a copy: every file of CSV, SQLite and Parquet says what the documents of the records say.

Those were held to the log. Only the table ``words`` is left out: the vocabulary stands in no document.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pyarrow
from msgspec import convert
from pyarrow import parquet

from factbook.data import csv_files, parquet_files, series_files, sqlite_file
from factbook.data import ledger_log as log
from factbook.data.columns import Cell, Column, Row
from factbook.data.tables import TABLES, WORDS
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS
from factbook.model.records import Statement, Word
from factbook.site.verify_data import Data
from factbook.text import show

MOST = 1 << 28
"""Bytes that a Parquet file may unpack to, by what it says of itself."""
_A_TABLE = re.compile(rf"{log.DATA}/(?:[^/]+|tables/[^/]+)\.csv|{log.DATA}/parquet/.+")
_HELD = [table for table in TABLES if table is not WORDS]
_UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, OSError, OverflowError, MemoryError),
    *(csv.Error, sqlite3.Error, pyarrow.ArrowException),
)
"""Exceptions of a file, or of a document, that is not what its name says."""
Held = tuple[list[str], list[tuple[Any, ...]]]
"""The names of the columns of a table, and its rows."""


class Proven(Archive, frozen=True, kw_only=True, dict=True):
    """The records of a copy without a vocabulary: the words by which facts are shown are those of their documents."""

    standings: dict[str, str]

    def shown_status(self, statement: Statement, status: str) -> Word:
        """Return the status of a statement as its document shows it."""
        return Word(id=self.standings[statement.id], label="")


def problems(data: Data, read: log.Read, paths: Collection[str]) -> Iterator[str]:
    """Yield what a table of the copy says otherwise than the documents of the records. One that the copy does not have
    says nothing."""
    try:
        archive, worked = _archive(data)
        rows = {t.name: _rows(archive, t.items(archive), t.columns, worked.get(t.name, {})) for t in _HELD}
        series = {name: _of_series(archive, name, worked["facts"]) for name in archive.series}
    except _UNREADABLE as error:
        yield f"{log.DATA}: the tables cannot be worked out of the documents: {show(str(error), 200)}"
        return
    known = {f"{log.DATA}/{WORDS.name}.csv", f"{log.DATA}/parquet/{WORDS.name}.parquet"}
    wanted: list[tuple[str, Callable[[bytes], Held], Held]] = [
        *((f"{log.DATA}/{t.name}.csv", _csv, _as(csv_files.cell, t.columns, rows[t.name])) for t in _HELD),
        *((f"{log.DATA}/tables/{name}.csv", _csv, held) for name, held in series.items()),
        *(
            (path, _parquet, ([c.name for c in columns], found))
            for path, columns, found in parquet_files.parts(lambda table: rows.get(table.name, []))
            if path not in known
        ),
    ]
    for path, reader, held in wanted:
        known.add(path)
        if path in paths:
            yield from _examined(read, path, partial(_as_wanted, reader, held))
    if sqlite_file.ADDRESS in paths:
        yield from _examined(read, sqlite_file.ADDRESS, lambda content: _database(content, rows))
    for path in sorted(paths):
        if path not in known and _A_TABLE.fullmatch(path):
            yield f"{path}: the data have no such table"


def _examined(read: log.Read, path: str, examine: Callable[[bytes], Iterable[str]]) -> Iterator[str]:
    """Yield what ``examine`` finds wrong with the content of a file, or why that cannot be read."""
    try:
        content = read(path)
    except KeyError:
        return  # its checksum has told why
    try:
        for wrong in examine(content):
            yield f"{path}: {wrong}"
    except _UNREADABLE as error:
        yield f"{path}: it cannot be read: {show(str(error), 200)}"


def _as_wanted(reader: Callable[[bytes], Held], wanted: Held, content: bytes) -> Iterator[str]:
    """Yield what is other in the table that a file holds."""
    yield from _compared(reader(content), wanted)


def _compared(held: Held, wanted: Held) -> Iterator[str]:
    """Yield what is other in a table than in the one that the documents give, the first row of it alone. A copy that an
    older program made may have fewer columns."""
    (names, rows), (columns, proven) = held, wanted
    if unknown := [name for name in names if name not in columns]:
        yield f"this program knows no column {show(unknown[0])}"
        return
    at = [columns.index(name) for name in names]
    for number, (row, whole) in enumerate(zip(rows, proven, strict=False), 1):
        right = [whole[i] for i in at]
        if len(row) != len(names):
            yield f"row {number} has {len(row)} cells, and the table {len(names)} columns"
            return
        for name, one, other in zip(names, row, right, strict=True):
            if one != other:
                yield f"row {number}, of {show(whole[0])}, has {name} {show(one)}, and the records say {show(other)}"
                return
    if len(rows) != len(proven):
        yield f"it has {len(rows):,} rows, and the records give {len(proven):,}"


def _csv(content: bytes) -> Held:
    """Return the table that a CSV file holds."""
    names, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    return names, [tuple(row) for row in rows]


def _parquet(content: bytes) -> Held:
    """Return the table that a Parquet file holds."""
    file = parquet.ParquetFile(io.BytesIO(content))
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > MOST:
        raise ValueError(f"it unpacks to more than {MOST:,} bytes")
    table = file.read()
    held = [c.cast(pyarrow.string()) if pyarrow.types.is_date32(c.type) else c for c in table.columns]
    cells = [[tuple(one) if isinstance(one, list) else one for one in column.to_pylist()] for column in held]
    return table.column_names, list(zip(*cells, strict=True))


def _database(content: bytes, rows: dict[str, list[Row]]) -> Iterator[str]:
    """Yield what is other in the database than in the tables that the documents give."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(content)
        connection.execute("PRAGMA trusted_schema = OFF")
        made = {
            (str(kind), str(name)): sql
            for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema")
        }
        views = {
            ("view", name): sqlite_file.created_view(name, question)
            for name, (_, question) in sqlite_file.VIEWS.items()
        }
        odd = {key for key, sql in made.items() if key[0] in ("view", "trigger") and views.get(key) != sql}
        yield from (f"the {kind} {show(name)} is not one of this program" for kind, name in sorted(odd))
        for table in _HELD:
            if ("table", table.name) not in made:
                continue
            found = connection.execute(f"SELECT * FROM {table.name} ORDER BY rowid")
            names = [column[0] for column in found.description]
            wanted = _as(sqlite_file.cell, table.columns, rows[table.name])
            yield from (f"{table.name}: {wrong}" for wrong in _compared((names, found.fetchall()), wanted))


def _archive(data: Data) -> tuple[Proven, dict[str, dict[str, Any]]]:
    """Return the records of the documents, and what those say that is worked out, by the id of the record."""
    worked: dict[str, dict[str, Any]] = {}
    standings = {name: str(row["derived"]["standing"]) for name, row in data.rows["fact"].items()}
    archive = Proven(vocabulary={}, standings=standings)
    for kind in KINDS.values():
        rows = data.redirects if kind.instead_of else data.rows[kind.name]
        archive.of(kind).update((name, convert({**row, "path": ""}, kind.type)) for name, row in rows.items())
        worked[kind.plural] = {name: row.get("derived", {}) for name, row in rows.items()}
    return archive, worked


def _rows(
    archive: Proven, items: Iterable[Any], columns: Iterable[Column], worked: dict[str, dict[str, Any]]
) -> list[Row]:
    """Return the rows of a table; what is worked out is what the document of the record says (``worked``, by id)."""

    def cell(column: Column, item: Any) -> Cell:
        if not column.derived:
            return column.of(archive, item)
        held = worked[item.id].get(column.name)
        return tuple(held) if isinstance(held, list) else held

    return [tuple(cell(column, item) for column in columns) for item in items]


def _of_series(archive: Proven, name: str, facts: dict[str, dict[str, Any]]) -> Held:
    """Return the table of one series."""
    rows = series_files.rows(archive, archive.series[name], lambda _, fact: facts[fact.id]["title"])
    return [*series_files.HEAD], [tuple(map(csv_files.cell, row)) for row in rows]


def _as(cell: Callable[[Cell], Any], columns: Iterable[Column], rows: Iterable[Row]) -> Held:
    """Return a table with each cell as a format writes it."""
    return [column.name for column in columns], [tuple(map(cell, row)) for row in rows]

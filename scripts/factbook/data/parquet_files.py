"""The tables as Parquet. Facts are in one file a year: DuckDB or Spark read only the years they are asked for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import pyarrow
from pyarrow import parquet

from factbook.data.columns import Cell, Column, Row, Table
from factbook.data.published import Entry, Publication
from factbook.data.tables import TABLES
from factbook.data.tables_facts import FACTS
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER

ENTRIES = (
    Entry(
        "data/v1/parquet/facts/year={year}/part-0.parquet",
        "application/vnd.apache.parquet",
        "Facts as Parquet, one file a year.",
    ),
    Entry("data/v1/parquet/{table}.parquet", "application/vnd.apache.parquet", "Every other table as Parquet."),
)
"""The files of this part, in the order in which they are documented."""


NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""The partition of undated facts: the name that Hive, Spark, DuckDB and Arrow read as no value."""
_TYPES = {
    "text": pyarrow.string(),
    "date": pyarrow.date32(),
    "integer": pyarrow.int32(),
    "boolean": pyarrow.bool_(),
    "list": pyarrow.list_(pyarrow.string()),
}


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield ``parquet/facts/year=2021/part-0.parquet`` and so on, and one file for each other table."""
    for path, columns, rows in parts(lambda table: table.rows(archive)):
        yield path, _written(columns, rows)


def parts(rows: Callable[[Table], Iterable[Row]]) -> Iterator[tuple[str, list[Column], list[Row]]]:
    """Yield the path, the columns and the rows of every file, where ``rows`` returns those of a table. The year of a
    fact is in the path, and no column of the file."""
    at = [column.name for column in FACTS.columns].index("year")
    years: dict[Cell, list[Row]] = {}
    for row in rows(FACTS):
        years.setdefault(row[at], []).append((*row[:at], *row[at + 1 :]))
    columns = [*FACTS.columns[:at], *FACTS.columns[at + 1 :]]
    for year, found in sorted(years.items(), key=lambda part: (part[0] is None, part[0])):
        yield f"{FOLDER}/parquet/facts/year={NO_YEAR if year is None else year}/part-0.parquet", columns, found
    for table in TABLES:
        if table is not FACTS:
            yield f"{FOLDER}/parquet/{table.name}.parquet", [*table.columns], [*rows(table)]


def _written(columns: list[Column], rows: list[Row]) -> bytes:
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pyarrow.table({c.name: _array(c, held) for c, held in zip(columns, cells, strict=True)})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _array(column: Column, held: tuple[Cell, ...]) -> pyarrow.Array:
    kind = _TYPES[column.type]
    if column.type == "date":
        return pyarrow.array(held, pyarrow.string()).cast(kind)  # Python's own dates know no year 0
    return pyarrow.array(held, kind)

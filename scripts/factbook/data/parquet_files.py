"""The tables as Parquet. Facts are in one file a year: DuckDB or Spark read only the years they are asked for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pyarrow
from pyarrow import parquet

from factbook.data.columns import Cell, Column
from factbook.data.published import Entry, Publication
from factbook.data.tables import TABLES
from factbook.data.tables_facts import FACTS
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER
from factbook.model.records import Statement

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
    partitioned = [column for column in FACTS.columns if column.name != "year"]
    years: dict[str, list[Statement]] = {}
    for statement in FACTS.items(archive):
        years.setdefault(statement.when.year if statement.when else NO_YEAR, []).append(statement)
    for year, statements in sorted(years.items()):
        rows = (tuple(c.of(archive, s) for c in partitioned) for s in statements)
        yield f"{FOLDER}/parquet/facts/year={year.lstrip('0') or '0'}/part-0.parquet", _written(partitioned, rows)
    for table in TABLES:
        if table is not FACTS:
            yield f"{FOLDER}/parquet/{table.name}.parquet", _written(table.columns, table.rows(archive))


def _written(columns: Iterable[Column], rows: Iterable[tuple[Cell, ...]]) -> bytes:
    cells = list(zip(*rows, strict=True)) or [()] * len(list(columns))
    table = pyarrow.table({c.name: _array(c, held) for c, held in zip(columns, cells, strict=True)})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _array(column: Column, held: tuple[Cell, ...]) -> pyarrow.Array:
    kind = _TYPES[column.type]
    if column.type == "date":
        return pyarrow.array(held, pyarrow.string()).cast(kind)  # Python's own dates know no year 0
    return pyarrow.array(held, kind)

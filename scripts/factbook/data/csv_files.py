"""The tables as CSV (RFC 4180, UTF-8, lines end in CR LF), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from factbook.data.columns import Cell, Table
from factbook.data.published import Entry, Publication
from factbook.data.tables import TABLES
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER

ENTRIES = (*(Entry(f"data/v1/{t.name}.csv", "text/csv", t.meaning) for t in TABLES),)
"""The files of this part, in the order in which they are documented."""


BETWEEN = "|"
"""The separator between the items of a list; an item that contains it shows ``/`` in its place."""
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""A spreadsheet may take a text that begins so for a formula, and run it: https://owasp.org/www-community/attacks/CSV_Injection"""
_ROWS = 1000
"""Rows that are written together."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield one file for each table."""
    for table in TABLES:
        yield f"{FOLDER}/{table.name}.csv", _pieces(table, archive)


def _pieces(table: Table, archive: Archive) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    rows = table.rows(archive)
    while True:
        some = list(islice(rows, _ROWS))
        writer.writerows([cell(one) for one in row] for row in some)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
        if len(some) < _ROWS:
            return


def cell(held: Cell) -> str:
    """Return a cell as it is written in CSV. A text that a spreadsheet could take for a formula gets an apostrophe in
    front."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, int):
        return str(held)
    text = held if isinstance(held, str) else BETWEEN.join(item.replace(BETWEEN, "/") for item in held)
    return "'" + text if text.startswith(FORMULA) else text

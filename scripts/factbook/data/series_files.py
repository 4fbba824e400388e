"""Each series as a CSV file of its own: one row for each cell, including cells that nobody has looked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from factbook.data.columns import Row
from factbook.data.csv_files import cell
from factbook.data.published import Entry, Publication
from factbook.model import table, verdict
from factbook.model.answers import Series
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER
from factbook.model.records import Statement

ENTRIES = (Entry("data/v1/tables/{id}.csv", "text/csv", "The same as a table, with the status of each cell."),)
"""The files of this part, in the order in which they are documented."""


HEAD = ("date", "row", "column", "text", "state", "standing", "title", "fact", "search", "searched")
"""The columns. ``state`` is recorded, searched or blank; ``title`` is the claim, led by its verdict where it needs one;
``searched`` is the day of a search that found nothing."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) for the CSV file of every series."""
    for series in archive.series.values():
        yield f"{FOLDER}/tables/{series.id}.csv", _csv(archive, series)


def _csv(archive: Archive, series: Series) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows(archive, series):
        writer.writerow([cell(one) for one in row])
    return text.getvalue().encode()


def rows(archive: Archive, series: Series, title: Callable[[Archive, Statement], str] = verdict.title) -> Iterator[Row]:
    """Yield the rows of the file below its head: the table row by row, and each row column by column. ``title`` gives
    the title of a fact."""
    for row in table.rows(series):
        for column, cells in zip(series.columns, row.places, strict=True):
            if not cells:
                yield row.when, row.label, column, "", "blank", None, None, None, None, None
            for one in cells:
                if one.fact:
                    fact = archive.statements[one.fact]
                    found = (one.text, "recorded", archive.status(fact).id, title(archive, fact), one.fact)
                    yield row.when, row.label, column, *found, None, None
                else:
                    searched = archive.searches[one.search].searched
                    yield row.when, row.label, column, "", "searched", None, None, None, one.search, searched

"""Describes the CSV files as a Data Package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factbook.data.columns import Table
from factbook.data.csv_files import BETWEEN
from factbook.data.published import Entry, File, Publication, text
from factbook.data.tables import TABLES
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, release

ENTRIES = (
    Entry("data/v1/datapackage.json", "application/json", "The CSV files described for programs (Data Package)."),
)
"""The files of this part, in the order in which they are documented."""
_FIELDS = {"text": "string", "date": "date", "integer": "integer", "boolean": "boolean", "list": "string"}


_PACKAGE = {"name": "name", "url": "path"}
"""The names of the parts of a licence in a Data Package."""


def datapackage(archive: Archive, publication: Publication) -> dict[str, Any]:
    """Return the Data Package (https://datapackage.org/standard/data-package/) of the CSV files."""
    made = {
        "profile": "tabular-data-package",
        "name": "archive",
        "title": publication.name,
        "description": publication.description,
        "homepage": publication.base,
        "version": release(archive),
        "licenses": [{"name": publication.licence, "path": publication.licence_url}]
        if publication.licence and publication.licence_url
        else [],
        "resources": [_resource(table) for table in TABLES],
    }
    return {k: v for k, v in made.items() if v}


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {"name": c.name, "type": _FIELDS[c.type], "description": c.meaning}
        | ({"description": f"{c.meaning} Items stand between {BETWEEN}."} if c.type == "list" else {})
        for c in table.columns
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": list(table.key)}
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}} for column, other in table.refers
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": schema,
    }


def files(archive: Archive, publication: Publication) -> Iterator[File]:
    """Yield ``datapackage.json``."""
    yield f"{FOLDER}/datapackage.json", text(datapackage(archive, publication))

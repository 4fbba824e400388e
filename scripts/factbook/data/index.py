"""What leads through the data: the index of files, the Data Package of the CSV files, ``llms.txt`` and
``README.txt``."""

from __future__ import annotations

import json

from msgspec import Struct

from factbook.data.citations import Publication
from factbook.data.columns import Table
from factbook.data.csv_files import BETWEEN
from factbook.data.json_files import KINDS
from factbook.data.tables import TABLES
from factbook.model.archive import Archive
from factbook.model.fingerprint import release


class Entry(Struct, frozen=True):
    """A file, or a family of files with ``{…}`` in its path, its media type, and what it is for."""

    path: str
    type: str
    meaning: str


_JSON, _LINES, _CSV = "application/json", "application/jsonl", "text/csv"
_PARQUET, _SQLITE, _TEXT = "application/vnd.apache.parquet", "application/vnd.sqlite3", "text/plain"
_BYTES = "application/octet-stream"
_LINKED, _CALENDAR = "application/ld+json", "text/calendar"
_ATOM, _FEED = "application/atom+xml", "application/feed+json"
ENTRIES = (
    Entry("data/v1/facts.json", _JSON, "Every fact in one document."),
    Entry("data/v1/organizations.json", _JSON, "Every organization in one document."),
    Entry("data/v1/sources.json", _JSON, "Every source in one document."),
    Entry("data/v1/searches.json", _JSON, "Every search, also where nothing was found."),
    Entry("data/v1/redirects.json", _JSON, "Ids of facts that moved, and where to."),
    *(Entry(f"data/v1/{k}.jsonl", _LINES, f"The same as {k}.json, one record a line.") for k in (*KINDS, "redirects")),
    Entry("data/v1/facts/{id}.json", _JSON, "One fact, or where it has moved."),
    Entry("data/v1/organizations/{id}.json", _JSON, "One organization with every fact about it."),
    Entry("data/v1/sources/{id}.json", _JSON, "One source with the ids of the facts that cite it."),
    Entry("data/v1/searches/{id}.json", _JSON, "One search."),
    *(Entry(f"data/v1/{t.name}.csv", _CSV, t.meaning) for t in TABLES),
    Entry("data/v1/datapackage.json", _JSON, "The CSV files described for programs (Data Package)."),
    Entry("data/v1/archive.sqlite", _SQLITE, "Every table in one SQLite file, with full-text search and views."),
    Entry("data/v1/parquet/facts/year={year}/part-0.parquet", _PARQUET, "Facts as Parquet, one file a year."),
    Entry("data/v1/parquet/{table}.parquet", _PARQUET, "Every other table as Parquet."),
    Entry("data/v1/schema/{kind}.schema.json", "application/schema+json", "The JSON Schema of each JSON document."),
    Entry("data/v1/openapi.json", "application/vnd.oai.openapi+json", "The JSON documents as an API (OpenAPI 3.1)."),
    Entry("data/v1/archive.jsonld", _LINKED, "Everything as linked data: schema.org and W3C PROV in JSON-LD."),
    Entry("data/v1/context.jsonld", _LINKED, "What the words of the linked data mean; the dump holds it too."),
    Entry("data/v1/shapes.ttl", "text/turtle", "What the linked data promises, as SHACL shapes."),
    Entry("data/v1/changes.atom", _ATOM, "Feed of what changed last: what was recorded, and what has another status."),
    Entry("data/v1/changes.feed.json", _FEED, "The same as JSON Feed."),
    Entry("data/v1/organizations/{id}.atom", _ATOM, "Feed of what changed about it; also {id}.feed.json."),
    Entry("data/v1/statuses/{id}.atom", _ATOM, "Feed of the facts that gained or lost a status; also {id}.feed.json."),
    Entry("data/v1/facts.ics", _CALENDAR, "Calendar of the facts whose date is known to the month (iCalendar)."),
    Entry("data/v1/organizations/{id}.ics", _CALENDAR, "The same for one organization, where it has such a fact."),
    Entry("data/v1/archive.bib", "application/x-bibtex", "How to cite the archive (BibTeX); also archive.csl.json."),
    Entry("data/v1/facts/{id}.bib", "application/x-bibtex", "How to cite one fact (BibTeX); also {id}.csl.json."),
    Entry("data/v1/organizations/{id}.bib", "application/x-bibtex", "How to cite its page; also {id}.csl.json."),
    Entry("data/v1/facts/{id}.proof.json", _JSON, "The proof that the ledger entries of a fact are in the log."),
    Entry("data/v1/log/checkpoint", _TEXT, "The state of the log of all ledger entries; beside it its key, if signed."),
    Entry("data/v1/log/tile/{level}/{number}", _BYTES, "256 hashes of the log (C2SP tlog-tiles)."),
    Entry("data/v1/log/tile/{level}/{number}.p/{width}", _BYTES, "The last hashes of a level, fewer than 256."),
    Entry("data/v1/log/tile/entries/{number}", _BYTES, "256 ledger entries; the last ones in {number}.p/{width}."),
    Entry("data/v1/versions/index.json", _JSON, "Which facts have earlier versions here."),
    Entry("data/v1/versions/{id}/{version}.json", _JSON, "One version of one fact, for ever."),
    Entry("data/v1/index.json", _JSON, "This list with sizes and checksums, and the release."),
    Entry("llms.txt", "text/markdown", "What there is, for language models."),
    Entry("SHA256SUMS", _TEXT, "A checksum for every file of the site."),
)  # fmt: skip
"""Every file of the data, in the order in which it is documented."""


def licence(publication: Publication) -> dict[str, str]:
    """Name and address of the licence, as far as they are given."""
    found = {"name": publication.licence, "url": publication.licence_url}
    return {k: v for k, v in found.items() if v} if publication.licence else {}


def head(archive: Archive, publication: Publication) -> dict:
    """The fields with which a document of many records begins."""
    found = {"title": publication.name, "release": release(archive), "licence": licence(publication)}
    return {k: v for k, v in found.items() if v}


def index(archive: Archive, publication: Publication, sizes: dict[str, tuple[int, str]]) -> dict:
    """``index.json``. ``sizes`` holds bytes and SHA-256 of every file of the data by its path."""
    listed = []
    for entry in ENTRIES:
        row = {"path": entry.path, "type": entry.type, "description": entry.meaning}
        if entry.path in sizes:
            row["bytes"], row["sha256"] = sizes[entry.path]
        listed.append(row)
    return {**head(archive, publication), "format": "v1", "files": listed}


_FIELDS = {"text": "string", "date": "date", "integer": "integer", "boolean": "boolean", "list": "string"}


_PACKAGE = {"name": "name", "url": "path"}
"""What a Data Package calls the parts of a licence."""


def datapackage(archive: Archive, publication: Publication) -> dict:
    """The Data Package (https://datapackage.org/standard/data-package/) of the CSV files."""
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


def _resource(table: Table) -> dict:
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
        "mediatype": _CSV,
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": schema,
    }


def llms(archive: Archive, publication: Publication) -> str:
    """``llms.txt`` in the form of https://llmstxt.org: what the archive is, and where a program finds what."""
    counts = (archive.statements, archive.organizations, archive.sources)
    lines = [
        f"# {publication.name}",
        "",
        f"> {publication.description or publication.name}",
        "",
        "State {}: {:,} facts, {:,} organizations, {:,} sources.".format(release(archive), *map(len, counts)),
        "Every fact has a status that says how well the evidence carries it; repeat no fact without its status. The",
        "field standing has the status as readers see it, and title the claim led by its verdict where it needs one.",
        "Dates are EDTF, as exact as what is known. The statuses:",
        "",
        *(f"- {w.id}: {' '.join(w.meaning.split())}" for w in archive.vocabulary["statuses"].values()),
        "",
        "A file for each record and each table, where {…} stands for a name out of the lists:",
        "",
        *(f"- {e.path}: {e.meaning}" for e in ENTRIES if "{" in e.path),
        "",
        "## Pages",
        "",
        f"- [Data]({publication.base}data.html): every file and column, with examples",
        f"- [Home]({publication.base}index.html): the archive for readers",
        "",
        "## Data",
        "",
        *(f"- [{e.path}]({publication.base}{e.path}): {e.meaning}" for e in ENTRIES if "{" not in e.path),
        "",
    ]
    return "\n".join(lines)


def readme(archive: Archive, publication: Publication) -> str:
    """``README.txt``, for whoever finds a copy of the site in a folder."""
    said = licence(publication)
    lines = [
        publication.name,
        "=" * len(publication.name),
        "",
        f"State {release(archive)}.",
        "",
        "Open index.html in a browser. Everything but the search works from a folder and without a network;",
        "explore.html filters every fact. The data is in data/v1/, described on data.html.",
        "",
        "SHA256SUMS holds a checksum of every file: sha256sum -c SHA256SUMS, or factbook verify FOLDER.",
    ]
    if said:
        lines += ["", f"The records are published under {' '.join(said.values())}."]
    return "\n".join(lines) + "\n"


def text(document: dict) -> bytes:
    """A small document as JSON that people can read."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

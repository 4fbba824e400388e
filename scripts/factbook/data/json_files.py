"""The archive as JSON: a document for each record, one for each kind of record, and the same as JSON Lines.

A record is its plain value (``fingerprint.value``), with derived fields under ``derived``. In the document of one
organization, ``facts`` are the facts about it; in that of a source, they are the ids of the facts that cite it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import json

from factbook import parallel
from factbook.data.columns import by_id
from factbook.data.published import Entry, Publication, head
from factbook.data.tables import TABLES
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, value
from factbook.model.kinds import FILED
from factbook.model.records import Record

KINDS = {table.name: table for table in TABLES if table.name in {kind.plural for kind in FILED.values()}}
"""The kinds of record that have documents, by folder, each with the table whose derived columns are added."""
ENTRIES = (
    Entry("data/v1/facts.json", "application/json", "Every fact in one document."),
    Entry("data/v1/organizations.json", "application/json", "Every organization in one document."),
    Entry("data/v1/sources.json", "application/json", "Every source in one document."),
    Entry("data/v1/searches.json", "application/json", "Every search, also where nothing was found."),
    Entry(
        "data/v1/questions.json",
        "application/json",
        "Every question with its answer, also those that are not answered yet.",
    ),
    Entry("data/v1/tables.json", "application/json", "Every series: facts that are read as a table."),
    Entry("data/v1/replies.json", "application/json", "Every reply of somebody whom facts concern."),
    Entry("data/v1/reviews.json", "application/json", "Every judgement of another fact-checker on a fact."),
    Entry("data/v1/redirects.json", "application/json", "Ids of facts that moved, and where to."),
    *(
        Entry(f"data/v1/{k}.jsonl", "application/jsonl", f"The same as {k}.json, one record a line.")
        for k in (*KINDS, "redirects")
    ),
    Entry("data/v1/facts/{id}.json", "application/json", "One fact, or where it has moved."),
    Entry("data/v1/organizations/{id}.json", "application/json", "One organization with every fact about it."),
    Entry("data/v1/sources/{id}.json", "application/json", "One source with the ids of the facts that cite it."),
    Entry("data/v1/searches/{id}.json", "application/json", "One search."),
    Entry(
        "data/v1/questions/{id}.json", "application/json", "One question with its answer and the facts it is based on."
    ),
    Entry("data/v1/tables/{id}.json", "application/json", "One series."),
    Entry("data/v1/replies/{id}.json", "application/json", "One reply."),
    Entry("data/v1/reviews/{id}.json", "application/json", "One judgement of another fact-checker."),
)
"""The files of this part, in the order in which they are documented."""


def document(archive: Archive, kind: str, record: Record) -> dict[str, Any]:
    """Return a record with its derived fields."""
    return {**value(record), "derived": KINDS[kind].derived(archive, record)}


def encoded(document: object) -> bytes:
    """Return a document as one line of JSON, without a line break."""
    return json.encode(document)


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    """Yield every file of JSON and JSON Lines."""
    first = head(archive, publication)
    lines = {kind: _lines(archive, kind) for kind in KINDS}
    lines["redirects"] = {r.id: encoded(value(r)) for r in by_id("redirects", archive)}
    for kind, found in lines.items():
        start = encoded({**first, "schema": f"schema/{kind}.schema.json", "count": len(found)})[:-1]
        yield f"{FOLDER}/{kind}.json", _array(start + b',"' + kind.encode() + b'":[\n', found.values())
        yield f"{FOLDER}/{kind}.jsonl", (line + b"\n" for line in found.values())
    for name, line in (lines["facts"] | lines["redirects"]).items():
        yield f"{FOLDER}/facts/{name}.json", line + b"\n"
    for name, line in lines["organizations"].items():
        about = b",".join(lines["facts"][s.id] for s in archive.by_organization.get(name, ()))
        yield f"{FOLDER}/organizations/{name}.json", line[:-1] + b',"facts":[' + about + b"]}\n"
    for name, line in lines["sources"].items():
        citing = encoded([s.id for s in archive.by_source.get(name, ())])
        yield f"{FOLDER}/sources/{name}.json", line[:-1] + b',"facts":' + citing + b"}\n"
    for kind in [k for k in KINDS if k not in ("facts", "organizations", "sources")]:
        for name, line in lines[kind].items():
            yield f"{FOLDER}/{kind}/{name}.json", line + b"\n"


def _lines(archive: Archive, kind: str) -> dict[str, bytes]:
    """Return every record of a kind as one line of JSON, by its id; encoded on all cores."""
    records = list(KINDS[kind].items(archive))

    def work(chunk: Sequence[Record]) -> list[bytes]:
        return [encoded(document(archive, kind, record)) for record in chunk]

    made = (line for chunk in parallel.spread(work, records) for line in chunk)
    return {record.id: line for record, line in zip(records, made, strict=True)}


def _array(start: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    yield start
    between = b""
    for line in lines:
        yield between + line
        between = b",\n"
    yield b"\n]}\n" if between else b"]}\n"

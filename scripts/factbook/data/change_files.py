"""Every change by its day: the changes between two days are in the files of the days between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from factbook.data.feed_items import called
from factbook.data.published import Entry, Publication
from factbook.model import verdict
from factbook.model.archive import Archive
from factbook.model.entries import Correction
from factbook.model.fingerprint import FOLDER
from factbook.model.kinds import FILED
from factbook.model.ledger import Amended, Change, every_change

ENTRIES = (
    Entry(
        "data/v1/changes/{day}.json",
        "application/json",
        "Every change of one day, in facts and in other records; changes/index.json lists the days.",
    ),
    Entry("data/v1/changes/index.json", "application/json", "The days on which something changed, and how much."),
)
"""The files of this part, in the order in which they are documented."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) for the file of each day, and for the list of days, newest first."""
    days = []
    for day, found in groupby(every_change(archive), key=lambda change: change.revision.date):
        every = [*found]
        facts = [_of_fact(archive, change) for change in every if isinstance(change, Change)]
        records = [_of_record(archive, change) for change in every if isinstance(change, Amended)]
        days.append({"day": day, "changes": len(facts), "records": len(records), "path": f"{day}.json"})
        document = {"schema": "schema/changes.schema.json", "day": day, "changes": facts, "records": records}
        yield f"{FOLDER}/changes/{day}.json", _text(document)
    yield f"{FOLDER}/changes/index.json", _text({"schema": "schema/days.schema.json", "days": days})


def _of_fact(archive: Archive, change: Change) -> dict[str, object]:
    """Return an entry of the ledger of a fact."""
    f, h = change.statement, change.revision
    what = "new" if not change.before else "checked" if change.before == h.status else "changed"
    made: dict[str, object] = {
        "fact": f.id,
        "entry": change.number,
        "what": what,
        "status": h.status,
        "standing": archive.shown_status(f, h.status).id,
        "title": verdict.title(archive, f),
        "reason": h.reason,
    }
    if change.before:
        made["before"] = change.before
    return made | _corrected(h.corrected)


def _of_record(archive: Archive, one: Amended) -> dict[str, object]:
    """Return an entry of the ledger of another record, the id of that under the name of its kind, as in the log."""
    return {
        one.of.ids: one.record.id,
        "entry": one.number,
        "what": one.what,
        "title": called(archive, one),
        "reason": one.revision.reason,
    } | _corrected(one.revision.corrected)


def _corrected(corrected: tuple[Correction, ...]) -> dict[str, object]:
    """Return what an entry mended, as a field of it; nothing where it mended nothing."""
    made = [{"field": c.field, "before": c.before, "after": c.after} for c in corrected]
    return {"corrected": made} if made else {}


def _text(document: dict[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    """Return the schema of an object that has these properties and no other."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _many(item: dict[str, Any], meaning: str) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": item, "description": meaning}


_ENTRY = {
    "entry": {"type": "integer", "minimum": 1, "description": "Its place in the ledger of the record."},
    "title": {**_TEXT, "description": "What the record is called; a claim is led by its verdict."},
    "reason": _TEXT,
    "corrected": _many(_object({"field": _TEXT, "before": _TEXT, "after": _TEXT}), "What was mended."),
}
_FACT = {
    "fact": _TEXT,
    "what": {"enum": ["new", "checked", "changed"]},
    "status": _TEXT,
    "standing": {**_TEXT, "description": "The status as it is shown; see words."},
    "before": {**_TEXT, "description": "The status until then; absent in a first entry."},
    **_ENTRY,
}
_RECORD = {**dict.fromkeys(FILED, _TEXT), "what": {"enum": ["corrected", "changed", "retracted", "moved"]}, **_ENTRY}
SCHEMAS: dict[str, dict[str, Any]] = {
    "changes": {
        "title": "Changes of a day",
        **_object(
            {
                "schema": {**_TEXT, "description": "Where this schema is, from data/v1/."},
                "day": _DAY,
                "changes": _many(_object(_FACT, "before", "corrected"), "Entries of the ledgers of facts."),
                "records": _many(
                    {**_object(_RECORD, "corrected", *FILED), "oneOf": [{"required": [kind]} for kind in FILED]},
                    "Entries of the ledgers of other records, each id under the name of its kind; "
                    "fact for the id of a fact that has moved.",
                ),
            }
        ),
    },
    "days": {
        "title": "Days with changes",
        **_object(
            {
                "schema": {**_TEXT, "description": "Where this schema is, from data/v1/."},
                "days": _many(
                    _object({"day": _DAY, "changes": _NUMBER, "records": _NUMBER, "path": _TEXT}),
                    "The days, newest first, each with the number of its entries and its file.",
                ),
            }
        ),
    },
}
"""The JSON Schemas of these documents, by name."""

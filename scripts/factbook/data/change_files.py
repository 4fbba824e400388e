"""Every change by its day: the changes between two days are in the files of the days between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from factbook.data.published import Entry, Publication
from factbook.model import verdict
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER
from factbook.model.ledger import Change, changes

ENTRIES = (
    Entry(
        "data/v1/changes/{day}.json", "application/json", "Every change of one day; changes/index.json lists the days."
    ),
    Entry("data/v1/changes/index.json", "application/json", "The days on which something changed, and how much."),
)
"""The files of this part, in the order in which they are documented."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) for the file of each day, and for the list of days, newest first."""
    days = []
    for day, found in groupby(changes(archive), key=lambda change: change.revision.date):
        entries = [_entry(archive, change) for change in found]
        days.append({"day": day, "changes": len(entries), "path": f"{day}.json"})
        yield f"{FOLDER}/changes/{day}.json", _text({"day": day, "changes": entries})
    yield f"{FOLDER}/changes/index.json", _text({"days": days})


def _entry(archive: Archive, change: Change) -> dict[str, object]:
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
    if h.corrected:
        made["corrected"] = [{"field": c.field, "before": c.before, "after": c.after} for c in h.corrected]
    return made


def _text(document: dict[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

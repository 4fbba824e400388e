"""What the page of forms is made with: the questions, and two kinds of script with what they are checked by.

A page that is opened from a folder may load scripts beside it and nothing else, so the schemas and the known ids are
one script, and the present values of records are parts of some hundred records each, of which one is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.json import encode

from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.records import Record, spellings
from factbook.pages.context import Context
from factbook.pages.reply_links import FORM_OF, page_of, title_of
from factbook.read.dialect import resolve

ADDRESS = "assets/form-data.js"
VALUES = "assets/values"
"""The folder of the present values."""
MOST_NAMED = 20_000
"""More organizations or sources than this are not listed: their ids are then checked by the archive alone."""
PER_PART = 200
"""Records whose present values are in one script, about."""
_KEPT = frozenset(
    ("type", "enum", "required", "properties", "additionalProperties", "items", "pattern", "x-rule", "uniqueItems")
) | {f"{bound}{what}" for bound in ("min", "max") for what in ("Length", "Items", "Properties")}
"""The words of a schema that the page applies."""


def script(pages: Context) -> str:
    """``assets/form-data.js``: what answers are checked by, and where they go; the type ``FormData`` in
    scripts/globals.d.ts says what is where. It is the same for every language."""
    archive, reply_links = pages.recorded, pages.reply_links
    words = {name: archive.vocabulary.get(name, {}).values() for name in ("people", "countries")}
    documents = archive.schemas
    data = {
        "parts": parts(archive),
        "claims": archive.claims,
        "known": {
            "organizations": _named(
                (o.id, [n.text for n in (*o.names, *o.acronyms)]) for o in archive.organizations.values()
            ),
            "sources": _named((s.id, [s.title]) for s in archive.sources.values()),
            **{
                name: {w.id: [w.label, *(text for _, text in spellings(archive.vocabulary, w))] for w in found}
                for name, found in words.items()
            },
        },
        "schemas": {name: _inlined(documents[name], documents[name], documents) for name in FORM_OF},
        "forms": {
            form.label: {
                "title": form.title,
                "template": reply_links.template(form),
                "headings": {q.id: q.label for q in form.questions},
            }
            for form in reply_links.forms
        },
        "send": {"host": reply_links.host, "issues": reply_links.issues, "contact": reply_links.contact},
    }
    return f"window.factbookForm={encode(data).decode()};\n"


def _named(names: Iterator[tuple[str, list[str]]]) -> dict[str, list[str]] | None:
    """Return the names by id; None where there are too many."""
    found = dict(names)
    return found if len(found) <= MOST_NAMED else None


def _inlined(part: Any, document: dict[str, Any], schemas: dict[str, dict[str, Any]]) -> Any:
    """Return a part of a schema with every reference resolved, and of its words only those that the page applies."""
    part, document = resolve(part, document, schemas)
    found: dict[str, Any] = {}
    for word, value in part.items():
        if word == "properties":
            found[word] = {name: _inlined(below, document, schemas) for name, below in value.items()}
        elif word == "items":
            found[word] = _inlined(value, document, schemas)
        elif word in _KEPT:
            found[word] = value
    return found


def _records(archive: Archive) -> Iterator[Record]:
    """Yield every record that has a page of its own."""
    for kind in FILED.values():
        if kind.page_folder:
            yield from getattr(archive, kind.collection).values()


def parts(archive: Archive) -> int:
    """Return how many scripts hold the present values."""
    return sum(1 for _ in _records(archive)) // PER_PART + 1


def part(name: str, count: int) -> int:
    """Return which of ``count`` scripts holds the values of the record with the page ``name``, as form.js does."""
    number = 0
    for letter in name.encode():
        number = (31 * number + letter) % 65536
    return number % count


def values(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield each script with the present values of records, by its path in the site."""
    count = parts(archive)
    found: list[dict[str, dict[str, str]]] = [{} for _ in range(count)]
    statuses = archive.vocabulary["statuses"]
    for record in _records(archive):
        name = page_of(record)
        held = {"title": title_of(record)}
        for field in _FIELDS.get(name.partition("/")[0], ()):
            if text := getattr(record, field, None):
                held[field] = str(text)
        status = getattr(record, "status", "")
        if status and statuses[status].evidence != "none":
            held["weighed"] = "yes"
        found[part(name, count)][name] = held
    for number, held_here in enumerate(found):
        yield f"{VALUES}/{number}.js", f"factbookForm.here({encode(held_here).decode()});\n"


_FIELDS = {
    "facts": ("claim", "date", "kind", "speaker", "note"),
    "organizations": ("description", "founded", "dissolved", "website", "note"),
    "sources": ("title", "publisher", "ownership", "url", "published", "note"),
}
"""The fields that a form corrects, by the folder of the pages."""

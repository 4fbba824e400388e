"""What two records of one thing, or two words for it, say together."""

from __future__ import annotations

import copy
from typing import Any

from factbook.model.copies import is_copy
from factbook.model.records import Vocabulary, Word, spellings
from factbook.text import show

_LISTS = {
    "fact": ("organizations", "topics", "people", "countries", "sources", "relations"),
    "source": ("authors",),
    "organization": ("names", "acronyms", "part_of", "predecessors", "sources"),
    "search": ("organizations", "places"),
    "question": ("organizations", "topics", "phrasings"),
    "series": ("organizations",),
    "reply": ("facts",),
    "review": (),
}
"""The lists of each kind to which items of the other record are added; any other would change what is said."""
_FILLED = {
    "source": ("ownership", "authors", "url", "archive_url", "published", "accessed", "organization", "origin", "note"),
    "organization": ("founded", "dissolved", "website", "note"),
    "search": ("note",),
    "question": ("unknown",),
    "series": ("note",),
    "reply": ("organization", "source", "url", "archive_url", "note"),
    "review": ("organization", "source", "url", "archive_url", "note"),
}
"""The fields of each kind that are taken over where the record that stays lacks them."""
_APART = ("id", "history", "status")
_NAMED_BY = {"sources": ("source",), "predecessors": ("organization",), "names": ("text", "language"),
             "acronyms": ("text", "language"), "places": ("place", "words"), "phrasings": ("text",)}  # fmt: skip
"""The fields by which an item of a list is the same as another."""


def united(
    kind: str, kept: dict[str, Any], gone: dict[str, Any], name: str, claims: str
) -> tuple[dict[str, Any], list[str]]:
    """Return the record ``kept``, whose id is ``name``, with what ``gone`` adds; and what of that is kept nowhere, a
    line each. ``claims`` is the language of the archive."""
    found = copy.deepcopy(kept)
    lost = []
    if kind == "question":
        gone = {**gone, "phrasings": [*gone.get("phrasings", ()), {"text": gone["question"], "language": claims}]}
    if kind == "source":
        gone = _with_copy(found, gone)
    for field, value in gone.items():
        if (field in _APART and not (field == "history" and kind != "fact")) or value == found.get(field):
            continue
        if isinstance(value, list) and field in _LISTS[kind]:
            there = found.setdefault(field, [])
            there += [item for item in value if _key(field, item) not in [_key(field, other) for other in there]]
            found[field] = [item for item in there if not _itself(field, item, name)]
            if not found[field]:
                del found[field]
        elif field in _FILLED.get(kind, ()) and field not in found:
            found[field] = value
        elif field != "question":
            lost.append(f"{field}: {show(_as_text(value), 300)}")
    return found, lost


def _with_copy(kept: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    """Return the source ``gone`` with its address as that of a copy, where it is one of the page of ``kept``; where it
    is the other way round, ``kept`` gets the address of the page and keeps its own as that of the copy."""
    page, other = kept.get("url", ""), gone.get("url", "")
    if page and is_copy(other, page) and "archive_url" not in kept:
        return {**{name: value for name, value in gone.items() if name != "url"}, "archive_url": other}
    if other and is_copy(page, other) and "archive_url" not in kept:
        kept["url"], kept["archive_url"] = other, page
    return gone


def _key(field: str, item: Any) -> Any:
    if isinstance(item, dict):
        return [item.get(part, "") for part in _NAMED_BY.get(field, sorted(item))] if field in _NAMED_BY else item
    return item


def _itself(field: str, item: Any, name: str) -> bool:
    """Whether a record with the id ``name`` would name itself by an item."""
    if field == "relations":
        return name in item.values()
    if field == "predecessors":
        return bool(item["organization"] == name)
    return field == "part_of" and bool(item == name)


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(map(_as_text, value.values()))
    return "; ".join(map(_as_text, value)) if isinstance(value, list) else str(value)


def united_words(vocabulary: Vocabulary, kept: Word, gone: Word) -> tuple[dict[str, str], list[str]]:
    """Return the fields of the word ``kept`` that are new, by name, so that it is found by every name of ``gone``; and
    what of ``gone`` is kept nowhere, a line each."""
    extra = {**gone.extra, **({"meaning": gone.meaning} if gone.meaning else {})}
    has = {**kept.extra, **({"meaning": kept.meaning} if kept.meaning else {})}
    added = {field: text for field, text in extra.items() if field not in has and field != "also"}
    known = {kept.label, *kept.also, *(text for _, text in spellings(vocabulary, kept)), *added.values()}
    names = [gone.label, *(text for _, text in spellings(vocabulary, gone))]
    also = [*kept.also, *(name for name in dict.fromkeys(names) if name not in known)]
    if len(also) > len(kept.also):
        added["also"] = "; ".join(also)
    spoken = {"also", *vocabulary["languages"]}
    lost = [f"{field}: {show(text, 300)}" for field, text in extra.items()
            if field in has and text != has[field] and field not in spoken]  # fmt: skip
    return added, lost

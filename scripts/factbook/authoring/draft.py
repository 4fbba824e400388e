"""A new record before it is written: its fields, its id, what it may repeat, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from factbook import ids
from factbook.check import reference
from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.records import UNKNOWN
from factbook.read import convert
from factbook.read.schema import Schemas
from factbook.rules.duplicates import ALIKE
from factbook.rules.problem import Finding
from factbook.rules.register import RULES, rules_for
from factbook.rules.similarity import likeness, word_pairs

FIELDS = {kind.name: kind.asked for kind in FILED.values()}
"""The fields that are asked for, by kind of record, in this order. A fact's ledger begins with its status and a reason.
"""
FOLLOWS = ("translations original",)
"""Inner fields that are filled in by themselves: the text that was translated is the claim of the same draft."""
LIKELY = 0.5
"""The likeness from which a claim is shown to its author as perhaps the same. The rule warns only of a higher one."""
_SMALL = frozenset(
    "a an the of in on at to by for from with and or is are was were be been has have had that its".split()
)
_DROPPED = frozenset("a an the is are was were be been has have had that its".split())


def fields(kind: str, schemas: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the fields that are asked for, by name, as ``reference.fields`` describes them, each with its inner fields
    (``parts``)."""
    described = dict(reference.fields(schemas))[kind]["fields"]
    found = {field["name"]: {**field, "parts": []} for field in described if field["name"] in FIELDS[kind]}
    for field in described:
        above, _, below = field["name"].rpartition(" ")
        if above in found and field["name"] not in FOLLOWS:
            found[above]["parts"].append({**field, "name": below})
    return {name: found[name] for name in FIELDS[kind]}


def value(field: dict[str, Any], given: Sequence[Sequence[str]]) -> tuple[object, str]:
    """Return the value of a field from the words of each time it was given, and what is wrong with their number."""
    if field["name"] == "relations":
        if all(len(words) == 2 for words in given):
            return [{kind: target} for kind, target in given], ""
        return None, "takes a relation and the id of a fact"
    if field["parts"]:
        names = [part["name"] for part in field["parts"]]
        if any(len(words) > len(names) for words in given):
            return None, f"takes at most {len(names)} texts: {', '.join(names)}"
        found = [_item(field["parts"], words) for words in given]
        if field["form"] == "list of fields":
            return found, ""
        return (found[0], "") if len(found) == 1 else (None, "is given once")
    if field["form"] == "list":
        return [word for words in given for word in words], ""
    if len(given) == 1 and len(given[0]) == 1:
        return given[0][0], ""
    return None, "takes one text, in quotes where it has spaces"


def _item(parts: Sequence[dict[str, Any]], words: Sequence[str]) -> dict[str, object]:
    """Return the inner fields of one item from its texts in their order.

    An empty text leaves a field out; one that is a list has its own texts between vertical bars.
    """
    return {
        part["name"]: [one.strip() for one in text.split("|")] if part["form"] == "list" else text
        for part, text in zip(parts, words, strict=False)
        if text
    }


def path(kind: str, name: str, draft: dict[str, Any]) -> str:
    """Return the path of the record's file, relative to ``facts/``: facts are in folders by the year they begin to
    hold."""
    year = f"{_year(draft.get('date')) or 'undated'}/" if kind == "fact" else ""
    return f"{FILED[kind].folder}/{year}{name}.yaml"


def _year(date: str | None) -> str:
    try:
        return edtf.parse(date).year if date and date != UNKNOWN else ""
    except edtf.EdtfError:
        return ""


def proposal(kind: str, draft: dict[str, Any], taken: set[str]) -> str:
    """Return an unused id for the record; empty where the draft has no letters to make it of."""
    year = _year(draft.get(FILED[kind].dated))
    if kind == "source":
        words = _words(draft.get("publisher", ""))[:2] + _words(draft.get("title", ""))[:4]
        words = words or _words(draft.get("url", "").partition("://")[2].partition("/")[0])
    elif kind == "organization":
        names = [name.get("text", "") for name in draft.get("names", ())]
        names.sort(key=lambda name: re.search("[A-Za-z]", name) is None)  # one in Latin letters, where there is one
        words = next((found for name in names if (found := _words(name))), [])
    else:
        words = _words(draft.get(FILED[kind].title, ""))[:8]
    while words and words[-1] in _SMALL:
        words.pop()
    if not words:
        return ""
    name = "-".join([*words, *([year] if year and year not in words else [])])[:90].strip("-")
    numbers = (f"{name}-{i}" for i in range(2, len(taken) + 3))
    return next(n for n in (name, *numbers) if n not in taken)


def _words(text: str) -> list[str]:
    """Return the words of a text as an id can hold them, without those that say little."""
    return [word for word in ids.words(text.lower().replace("'s ", " ")) if word not in _DROPPED]


def duplicates(archive: Archive, kind: str, draft: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the records that may be the same as the draft, as (id, what they have in common), the likeliest first."""
    if kind == "fact":
        own = word_pairs(draft.get("claim", ""))
        close = ((likeness(own, word_pairs(s.claim)), s) for s in archive.statements.values())
        for share, statement in sorted(((n, s) for n, s in close if n >= LIKELY), key=lambda c: (-c[0], c[1].id)):
            yield statement.id, f"{share:.0%} of the word pairs: {statement.claim}"
    elif kind == "source":
        own, address = word_pairs(draft.get("title", "")), _address(draft.get("url", ""))
        for source in archive.sources.values():
            if address and address in (_address(source.url), _address(source.archive_url)):
                yield source.id, f"the same address: {source.url}"
            elif likeness(own, word_pairs(source.title)) >= ALIKE:
                yield source.id, f"almost the same title: {source.title}"
    elif kind == "organization":
        own_names = {n.get("text", "").casefold() for f in ("names", "acronyms") for n in draft.get(f, ())}
        for organization in archive.organizations.values():
            names = [n.text for n in (*organization.names, *organization.acronyms) if n.text.casefold() in own_names]
            if names:
                yield organization.id, f"the same name: {names[0]}"


def _address(url: str) -> str:
    """Return an address without the parts that do not change where it leads."""
    return re.sub(r"^https?://(www\.)?", "", url.partition("#")[0]).rstrip("/")


def problems(
    archive: Archive, schemas: Schemas, kind: str, name: str, draft: dict[str, Any], field: str = ""
) -> list[Finding]:
    """Return the errors that the check finds in the draft, or in one field of it, beside the archive as it is."""
    at = path(kind, name, draft)

    def of_field(found: list[Finding]) -> list[Finding]:
        return [p for p in found if not field or p.pointer[:1] == (field,)]

    if found := of_field(schemas.check(kind, at, draft)):
        return found
    trial = joined(archive, kind, name, draft)
    for rules in (rules_for("record"), rules_for("archive")):
        errors = [p for r in rules if r.severity == "error" for p in r.check(trial) if p.path == at]
        if found := of_field(errors):
            return found
        if any(RULES[p.rule].unreadable for p in errors):
            break  # other rules cannot read such a record
    return []


def joined(archive: Archive, kind: str, name: str, draft: dict[str, Any]) -> Archive:
    """The archive with the draft, which passes its schema, as one of its records."""
    copies = {one.collection: dict(archive.of(one)) for one in FILED.values()}
    trial = replace(archive, known={**archive.known, kind: {*archive.known[kind], name}}, **copies)
    trial.of(FILED[kind])[name] = convert.record(kind, path(kind, name, draft), draft)
    return trial


def default_status(archive: Archive) -> str:
    """Return the status of a fact that nobody has weighed."""
    return next(w.id for w in archive.vocabulary["statuses"].values() if w.has("default"))


def complete(kind: str, draft: dict[str, Any], reason: str, archive: Archive) -> dict[str, Any]:
    """Return the draft as it is to be written: a fact gets a status, where it has none, the first entry of its ledger,
    and in its translations the claim that was translated."""
    if kind != "fact":
        return draft
    status = draft.get("status", default_status(archive))
    complete = {**draft, "status": status, "history": [{"date": archive.today, "status": status, "reason": reason}]}
    if "translations" in draft:
        complete["translations"] = [{**t, "original": draft["claim"]} for t in draft["translations"]]
    return complete


def filled(kind: str, draft: dict[str, Any], archive: Archive) -> dict[str, Any]:
    """Return the draft with a value that breaks no rule in every required field that it still lacks."""
    words = {name: next(iter(some)) for name, some in archive.vocabulary.items()}
    return complete(kind, {**FILED[kind].sample(words), **draft}, "None yet.", archive)

"""Rules for corrections in ledgers: what one says stood in a field, and stands there now, is so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from factbook.model.answers import Series
from factbook.model.archive import Archive
from factbook.model.entries import NO_DATE, Amendment
from factbook.model.kinds import FILED, KINDS
from factbook.model.records import ORDERLESS, Record, Revision, Source
from factbook.rules.compare import apart
from factbook.rules.history import Base, in_both
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import listed, nearest, show

_MENDED = "Correct the correction, or add an entry that says what stood there and what stands there now."
_STATUS = "status"
"""The field that each entry of a fact bears itself, so that a correction of it is held to its own entry."""


@rule(scope="archive", waivable=True)
def correction_disagrees(archive: Archive) -> Iterator[Finding]:
    """What a correction says must name a field of the record, fit the record and the next correction of the same field,
    and mend something.

    What stands after the last correction of a field is what the record says; what stood before each other one is what
    the one before it says. A correction of the status fits the entries. That is verified of fields that hold a text or
    a list of texts, which are written with commas; none stands for one that was not given. A field inside another is
    named alone or after that, such as ``figure counts``; the record that it stands with follows: ``locator of`` an id.
    A cell of a series is named by column and row, such as ``cell Strength of 2007``.
    """
    names = _moved(archive)
    for kind in KINDS.values():
        for record in archive.of(kind).values():
            if any(entry.corrected for entry in record.history):
                yield from _of_no_field(archive, record)
                yield from _disagreeing(record, names)


def _of_no_field(archive: Archive, record: Record) -> Iterator[Finding]:
    """Yield a finding for each correction of something that is no field of the record."""
    history: Sequence[Revision | Amendment] = record.history
    for i, entry in enumerate(history):
        for j, correction in enumerate(entry.corrected):
            if not _is_field(archive, record, correction.field):
                own = field_names(type(record))
                yield finding(
                    record,
                    ("history", i, "corrected", j, "field"),
                    "the correction is of something that is no field of the record",
                    value=show(correction.field),
                    allowed=listed((f.encode_name for f in fields(type(record)) if f.encode_name in own), 30),
                    hint=nearest(correction.field, sorted(own))
                    or "Name the field, or that and the record it stands with: locator of id-of-the-source.",
                )


def _is_field(archive: Archive, record: Record, text: str) -> bool:
    """Return whether a correction names by ``text`` a field of the record, one inside it, or one of a record that it
    names; of a series, one of its cells by column and row."""
    name, of, owner = text.partition(" of ")
    if isinstance(record, Series) and name.partition("cell ")[2] in record.columns:
        return bool(of)
    holders = [
        kind for kind in FILED.values() if owner in archive.known[kind.name] | archive.moved_ids[kind.name].keys()
    ]
    known = field_names(type(record)).union(*(field_names(kind.type) for kind in holders))
    return (not of or bool(holders)) and set(name.split(" ")) <= known


def field_names(kind: type[Any]) -> frozenset[str]:
    """Return the names of the fields of a kind of record, as its file has them, and of those inside them; without the
    ledger and where the file lies, which no correction mends."""
    found: set[str] = set()
    for one in fields(kind):
        if one.name not in ("id", "path", "history"):
            found.add(one.encode_name)
            found.update(*(field_names(inner) for inner in _classes(one.type)))
    return frozenset(found)


def _classes(held: object) -> Iterator[type[Struct]]:
    """Yield the classes inside the type of a field."""
    if isinstance(held, type) and issubclass(held, Struct):
        yield held
    for inner in get_args(held):
        yield from _classes(inner)


def _disagreeing(record: Record, names: Mapping[str, str]) -> Iterator[Finding]:
    last: dict[str, tuple[Pointer, str]] = {}
    history: Sequence[Revision | Amendment] = record.history
    for i, entry in enumerate(history):
        for j, correction in enumerate(entry.corrected):
            pointer: Pointer = ("history", i, "corrected", j)
            field, before, after = correction.field, correction.before, correction.after
            if before == after:
                yield _finding(record, (*pointer, "after"), "the correction mends nothing", after, "another text")
            if field == _STATUS and isinstance(entry, Revision):
                if after != entry.status:
                    message = "the correction says another status than its entry"
                    yield _finding(record, (*pointer, "after"), message, after, entry.status)
                continue
            if field in last and not _same(field, last[field][1], before, names):
                message = f"the correction of {field} before this one says that something else stood there"
                yield _finding(record, (*pointer, "before"), message, before, last[field][1])
            last[field] = ((*pointer, "after"), after)
    for field, (at, after) in last.items():
        now = _text(record, field)
        if now is not None and not _same(field, now, after, names):
            message = f"the record says something else than its last correction of {field}"
            yield _finding(record, at, message, after, now)


@rule(scope="history", waivable=True)
def correction_misquotes(archive: Archive, base: Base) -> Iterator[Finding]:
    """What a new correction says stood in a field must have stood there.

    Who reads it cannot look, and would take it for what the archive had said.
    """
    names = _moved(archive)
    for then, now in in_both(archive, base.archive):
        if type(then) is not type(now):
            continue
        seen = set()
        history: Sequence[Revision | Amendment] = now.history
        for i, entry in enumerate(history[len(then.history) :], len(then.history)):
            for j, correction in enumerate(entry.corrected):
                stood = None if correction.field in seen else _text(then, correction.field)
                seen.add(correction.field)
                if stood is not None and not _same(correction.field, stood, correction.before, names):
                    message = f"something else stood in the field {correction.field}"
                    yield _finding(now, ("history", i, "corrected", j, "before"), message, correction.before, stood)


def _text(record: Record, field: str) -> str | None:
    """Return what a field says as a correction writes it; None where the record has no such field of a text or of
    texts, and for the origin of a source that is what reading fills in where the record states none."""
    if field not in field_names(type(record)) or not any(f.name == field for f in fields(record)):
        return None
    value = getattr(record, field)
    if isinstance(record, Source) and field == "origin" and value in (record.id, record.organization):
        return None
    if isinstance(value, tuple):
        return ", ".join(value) if value and all(isinstance(item, str) for item in value) else None
    return (value or NO_DATE) if value is None or isinstance(value, str) else None


def _same(field: str, one: str, other: str, names: Mapping[str, str]) -> bool:
    """Whether two texts of corrections of a field say the same, by the ids that are used now."""
    if one == other:
        return True
    first, second = ([*dict.fromkeys(names.get(part, part) for part in text.split(", "))] for text in (one, other))
    return sorted(first) == sorted(second) if field in ORDERLESS else first == second


def _moved(archive: Archive) -> Mapping[str, str]:
    """Return the ids that are used now by those that are not."""
    facts = {redirect.id: redirect.moved_to for redirect in archive.redirects.values()}
    return facts | {old: new for found in archive.moved_ids.values() for old, new in found.items()}


def _finding(record: Record, pointer: Pointer, message: str, value: str, allowed: str) -> Finding:
    shown, wanted = apart(value, allowed)
    return finding(record, pointer, message, value=shown, allowed=wanted, hint=_MENDED)

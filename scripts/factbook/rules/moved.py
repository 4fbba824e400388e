"""Rules for the list of ids that have moved, in ``facts/moved.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factbook.model.archive import Archive
from factbook.model.current_ids import ids_of
from factbook.model.kinds import KINDS
from factbook.model.moved import WORDS
from factbook.model.same_thing import found, same_thing
from factbook.rules.history import Base
from factbook.rules.problem import Finding
from factbook.rules.register import rule
from factbook.text import nearest, show

FILE = "moved.yaml"


def _at(place: int, field: str, message: str, value: str, hint: str, allowed: str = "") -> Finding:
    pointer = ("moved", place, field)
    return Finding(path=FILE, pointer=pointer, message=message, value=show(value), allowed=allowed, hint=hint)


@rule(scope="archive")
def moved_to_nothing(archive: Archive) -> Iterator[Finding]:
    """An id that has moved must lead straight to one that is in use.

    Whoever follows an old address must arrive.
    """
    for place, one in enumerate(archive.moved):
        known = ids_of(archive, one.kind)
        if one.moved_to not in known:
            end = archive.moved_ids[one.kind].get(one.moved_to, "")
            hint = f"Write {end}." if end in known else nearest(one.moved_to, sorted(known))
            yield _at(place, "moved_to", f"there is no {one.kind} with this id", one.moved_to, hint)


@rule(scope="archive")
def moved_and_there(archive: Archive) -> Iterator[Finding]:
    """An id that has moved must not be used again, nor be listed twice.

    An id means one thing for ever. One that came to mean another would falsify everything that cites it.
    """
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(archive.moved):
        if one.id in ids_of(archive, one.kind):
            hint = "Give what is there now another id, or take this entry out if it is the same."
            yield _at(place, "id", "this id has moved, and is used again", one.id, hint)
        elif (one.kind, one.id) in seen:
            yield _at(place, "id", "this id is listed already", one.id, "Keep one of the two entries.")
        seen.add((one.kind, one.id))


@rule(scope="history", waivable=True)
def moved_id_forgotten(archive: Archive, base: Base) -> Iterator[Finding]:
    """An id that has moved must stay listed: its old address is cited for ever.

    It may lead further where that has moved in turn.
    """
    listed = {(one.kind, one.id) for one in archive.moved}
    for one in base.archive.moved:
        if (one.kind, one.id) not in listed:
            hint = f"Put the entry back: {{kind: {one.kind}, id: {one.id}, moved_to: {one.moved_to}, …}}"
            yield Finding(
                path=FILE, message=f"it is forgotten where this {one.kind} has moved", value=one.id, hint=hint
            )


@rule(scope="history")
def moved_to_another(archive: Archive, base: Base) -> Iterator[Finding]:
    """An id that moves must lead to the same thing, or ``differs`` in its entry must say what is other there.

    Whoever follows an old address must not be given another document, body or person for the one that was cited. Two
    sources are one document where they have an address in common, or title, publisher and day; two organizations, and
    two words, are the same where they share a name. What is there already is taken as it was before the change, unless
    its ledger says why it was changed.
    """
    old = base.archive
    before = {(one.kind, one.id): one for one in old.moved}
    for place, one in enumerate(archive.moved):
        was = before.get((one.kind, one.id))
        if one.differs or (was and was.moved_to == one.moved_to and not was.differs):
            continue
        then = found(old, one.kind, was.moved_to if was else one.id)
        now = found(archive, one.kind, one.moved_to)
        if then is None or now is None:
            continue
        hint = "Lead to the same, or say in differs what is other."
        if was and was.differs:
            message = f"it is forgotten that this {one.kind} has moved to another"
            yield _at(place, "moved_to", message, one.moved_to, f"Put back: differs: {show(was.differs)}")
            continue
        earlier = found(old, one.kind, one.moved_to)
        told = (archive.words, old.words) if one.kind in WORDS else (now, earlier)
        if earlier is not None and len(told[0].history) <= len(told[1].history):
            now = earlier
        if then != now and not same_thing(archive, then, now):
            message = f"the {one.kind} has moved to another {one.kind}"
            yield _at(place, "moved_to", message, _label(one.kind, now), hint, show(_label(one.kind, then)))


def _label(kind: str, thing: Any) -> str:
    """Return what people know a record or a word by."""
    return str(thing.label if kind in WORDS else getattr(thing, KINDS[kind].title))

"""Rules for the list of ids that have moved, in ``facts/moved.yaml``."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.model.current_ids import ids_of
from factbook.rules.history import Base
from factbook.rules.problem import Finding
from factbook.rules.register import rule
from factbook.text import nearest, show

FILE = "moved.yaml"


def _at(place: int, field: str, message: str, value: str, hint: str) -> Finding:
    return Finding(path=FILE, pointer=("moved", place, field), message=message, value=show(value), hint=hint)


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

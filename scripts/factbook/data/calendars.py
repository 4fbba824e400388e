"""Calendars of dated facts, iCalendar (RFC 5545, RFC 7986): one of everything and one of each organization.

A fact becomes an event where its date, or both ends of it, are known to the month. Shown as days, a year, a season or
an open end would claim more than the record does, so such a fact is left out and counted in the calendar's description.
Where a date is not exact to the day, the event's title says so. The title begins with the status, because a calendar
holds what is claimed, not what is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from factbook.data.published import Entry, Publication
from factbook.model import edtf, edtf_words
from factbook.model.archive import Archive
from factbook.model.edtf import Edtf
from factbook.model.fingerprint import FOLDER, identifier
from factbook.model.records import Statement

ENTRIES = (
    Entry("data/v1/facts.ics", "text/calendar", "Calendar of the facts whose date is known to the month (iCalendar)."),
    Entry(
        "data/v1/organizations/{id}.ics", "text/calendar", "The same for one organization, where it has such a fact."
    ),
)
"""The files of this part, in the order in which they are documented."""


WIDTH = 75
"""Bytes of a line at most, without its end (RFC 5545, 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield every calendar as (path, bytes); an organization without an event has none."""
    base, name = publication.base, publication.name
    events = {f.id: event(archive, f, base) for f in archive.newest_first if placed(f.when)}
    of = f" · {name}" if name else ""
    for o in archive.organizations.values():
        facts = archive.by_organization.get(o.id, ())
        if has_events(facts):
            yield f"{FOLDER}/organizations/{o.id}.ics", calendar(f"{o.label}{of}", facts, events)
    if events:
        yield f"{FOLDER}/facts.ics", calendar(name or "Dated facts", archive.newest_first, events)


def placed(when: Edtf | None) -> bool:
    """Return whether a date can stand in a calendar: both ends are known to the month, and every calendar program has
    them."""
    return (
        when is not None
        and all(side in ("day", "month") for side in _precisions(when))
        and "0001" <= (when.earliest or "")
        and (when.latest or "9999-12-31") < "9999-12-31"
    )


def _precisions(when: Edtf) -> list[str]:
    """Return the precision of a date, or of each end of an interval."""
    return ["open" if side in ("", "..") else edtf.parse(side).precision for side in when.text.split("/")]


def has_events(facts: Iterable[Statement]) -> bool:
    """Return whether a calendar of these facts has an event."""
    return any(placed(f.when) for f in facts)


def calendar(called: str, facts: Iterable[Statement], events: dict[str, bytes]) -> bytes:
    """Return the calendar of some facts, in their order. ``events`` holds the event of each that has one, by its id."""
    made, left = [], 0
    for f in facts:
        if f.id in events:
            made.append(events[f.id])
        else:
            left += 1
    about = (
        f"What is claimed, with how well it stands. Facts shown: {len(made)}. "
        f"Facts left out because their date is not known to the month: {left}."
    )
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//factbook//data v1//EN",
        "CALSCALE:GREGORIAN",
        *(f"{key}:{_text(called)}" for key in ("NAME", "X-WR-CALNAME")),
        *(f"{key}:{_text(about)}" for key in ("DESCRIPTION", "X-WR-CALDESC")),
    ]
    return b"".join([_folded(head), *made, _folded(["END:VCALENDAR"])])


def event(archive: Archive, f: Statement, base: str) -> bytes:
    """Return a statement with a placed date as VEVENT: whole days, the last one included.

    Raises ValueError where its date has no place in a calendar.
    """
    word, when = archive.status(f), f.when
    if when is None or when.earliest is None or when.latest is None:
        raise ValueError(f"the date of {f.id} has no place in a calendar")
    words, to_the_day = edtf_words.words(when), set(_precisions(when)) == {"day"}
    exact = to_the_day and not when.fuzzy
    doubt = "" if to_the_day else ". It is not known to the day"
    doubt += ". It is not certain" if when.fuzzy else ""
    state = "CANCELLED" if word.has("withdraws") else "CONFIRMED" if word.has("settled") else "TENTATIVE"
    description = "\n".join(
        [
            f"{word.label}. {word.meaning}".rstrip(),
            f"Date: {words} (EDTF {f.date}){doubt}.",
            f"Why: {f.history[-1].reason}",
            f"Record: {f.id}",
        ]
    )
    lines = [
        "BEGIN:VEVENT",
        f"UID:{identifier(f'event {f.id}').removeprefix('urn:uuid:')}",
        f"DTSTAMP:{_day(f.history[-1].date)}T000000Z",
        f"CREATED:{_day(f.history[0].date)}T000000Z",
        f"LAST-MODIFIED:{_day(f.history[-1].date)}T000000Z",
        f"SEQUENCE:{len(f.history) - 1}",
        f"DTSTART;VALUE=DATE:{_day(when.earliest)}",
        f"DTEND;VALUE=DATE:{_day((date.fromisoformat(when.latest) + timedelta(days=1)).isoformat())}",
        f"SUMMARY:{_text(f'{word.label}: {f.claim}' + ('' if exact else f' ({words})'))}",
        f"DESCRIPTION:{_text(description)}",
        f"STATUS:{state}",
        "TRANSP:TRANSPARENT",
        *([f"URL:{base}facts/{f.id}.html"] if base else []),
        f"CATEGORIES:{','.join(_text(archive.vocabulary['topics'][t].label) for t in f.topics)}",
        "END:VEVENT",
    ]
    return _folded(lines)


def _day(iso: str) -> str:
    return iso.replace("-", "")


def _text(value: str) -> str:
    """Return a value of type TEXT (RFC 5545, 3.3.11)."""
    return value.translate(_ESCAPES)


def _folded(lines: Iterable[str]) -> bytes:
    """Return content lines as bytes, the long ones folded between characters (RFC 5545, 3.1)."""
    made = []
    for line in lines:
        rest = line.encode()
        while len(rest) > WIDTH:
            cut = WIDTH
            while rest[cut] & 0xC0 == 0x80:  # inside a character
                cut -= 1
            made.append(rest[:cut])
            rest = b" " + rest[cut:]
        made.append(rest)
    return b"\r\n".join(made) + b"\r\n"

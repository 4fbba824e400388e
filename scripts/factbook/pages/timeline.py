"""A timeline of facts as a small picture, in light and dark, that shows what is not known.

A day is a sign. A month, a year or an interval is a bar as long as the time it may mean. A bar fades out where its date
is uncertain or approximate, or where its beginning or end is unknown: then it is short, because nobody knows how far it
goes. It ends in an arrow where the fact still holds. ``templates/pictures.html`` draws the timeline, and lists the same
days as a table. Horizontally, everything is in per cent of the picture, so that text and signs keep their size on a
phone; vertically, in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.edtf import Edtf
from factbook.model.records import Statement, Word

UP_TO = 150
"""More dated facts than this are not drawn one by one."""
LANE = 13
SIGN = 2.4
"""Width of a sign, in per cent of the picture: a shorter bar is drawn as a sign. Measured on the narrowest screen."""
STUB = 14.0
"""Length of a bar whose end is not known, in per cent of the picture."""
GAP = 0.6


class Mark(Struct, frozen=True, kw_only=True):
    """One fact: its place, as a ``sign`` or a bar; the sides on which it fades (none, start, end, both), and on which
    it continues (the same); and how its status is drawn: full, hollow or crossed."""

    fact: Statement
    word: Word
    x: float
    y: int
    width: float
    sign: bool
    fade: str
    onward: str
    look: str


class Timeline(Struct, frozen=True, kw_only=True):
    """The data that the template draws.

    ``ticks`` are (x, year); ``bottom`` is the height of the axis line. ``looks`` are the ways of drawing that occur,
    each with the statuses that are drawn so.
    """

    first: int
    last: int
    bottom: int
    ticks: tuple[tuple[float, int], ...]
    marks: tuple[Mark, ...]
    looks: tuple[tuple[str, tuple[Word, ...]], ...]


def timeline(archive: Archive, facts: Iterable[Statement]) -> Timeline | None:
    """Return the timeline of ``facts``; None where none of them has a date, or more than UP_TO have."""
    dated = [*islice(((f, date) for f in facts if (date := f.when)), UP_TO + 1)]
    if not 0 < len(dated) <= UP_TO:
        return None
    dated.sort(key=lambda pair: (pair[1].key, pair[0].id))
    first, last = _span([d for _, d in dated])
    ends: list[float] = []
    placed = []
    for fact, date in dated:
        x, right = (_x(at, first, last) for at in _reach(date, first, last))
        fade, onward = _sides(date)
        if date.end == "unknown":
            right = min(x + STUB, 100.0)
        if date.start == "unknown":
            x = max(right - STUB, 0.0)
        sign = right - x < SIGN and fade == onward == "none"
        if sign:
            x = min(max((x + right - SIGN) / 2, 0.0), 100 - SIGN)
        width = SIGN if sign else max(right - x, SIGN)
        x = min(x, 100 - width)
        lane = next((i for i, end in enumerate(ends) if end + GAP < x), len(ends))
        ends[lane : lane + 1] = [x + width]
        placed.append((fact, x, lane, width, sign, fade, onward))
    bottom = len(ends) * LANE + 8
    marks = tuple(
        Mark(
            fact=fact,
            word=archive.status(fact),
            x=x,
            y=bottom - 10 - lane * LANE,
            width=width,
            sign=sign,
            fade=fade,
            onward=onward,
            look=look(archive.status(fact)),
        )
        for fact, x, lane, width, sign, fade, onward in placed
    )
    held = {archive.status(f).id for f, _ in dated}
    words = [w for w in archive.vocabulary["statuses"].values() if w.id in held]
    looks = ((kind, tuple(w for w in words if look(w) == kind)) for kind in ("full", "hollow", "crossed"))
    return Timeline(
        first=first,
        last=last - 1,
        bottom=bottom,
        ticks=_ticks(first, last),
        marks=marks,
        looks=tuple(pair for pair in looks if pair[1]),
    )


def look(word: Word) -> str:
    """Return how a status is drawn: full where the claim is settled, crossed where it is contested, or hollow."""
    return "full" if word.has("settled") else "crossed" if word.has("contested") else "hollow"


def _span(dates: list[Edtf]) -> tuple[int, int]:
    """Return the first year and the year after the last, over every known bound."""
    days = [day for d in dates for day in (d.earliest, d.latest) if day]
    return int(min(days)[:4]), int(max(days)[:4]) + 1


def _number(day: str) -> float:
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 372


def _reach(date: Edtf, first: int, last: int) -> tuple[float, float]:
    """Return where the mark begins and ends, as years. An uncertain or approximate date reaches half a year further."""
    left, right = float(first), float(last)
    if date.latest:
        right = _number(date.latest)
        left = right if date.start == "unknown" else left
    if date.earliest:
        left = _number(date.earliest)
    if date.fuzzy and date.precision != "interval":
        left, right = max(left - 0.5, first), min(right + 0.5, last)
    return left, right


def _sides(date: Edtf) -> tuple[str, str]:
    """Return the sides on which the mark fades, and those on which it continues without an end."""
    names = {(True, True): "both", (True, False): "start", (False, True): "end", (False, False): "none"}
    vague = date.fuzzy and date.precision != "interval"
    fade = names[
        date.start == "unknown" or (date.start == "known" and date.fuzzy),
        date.end == "unknown" or (date.end == "known" and date.fuzzy),
    ]
    return "both" if vague else fade, names[date.start == "open", date.end == "open"]


def _x(year: float, first: int, last: int) -> float:
    return 1 + 98 * (year - first) / (last - first)


def _ticks(first: int, last: int) -> tuple[tuple[float, int], ...]:
    """Return at most seven round years to write under the axis, as (x, year)."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000) if (last - first) / s <= 6)
    return tuple((_x(year, first, last), year) for year in range(first + (-first) % step, last + 1, step))

"""Small pictures of facts over the years, as SVG that is right in dark and light and honest about what is not known.

A day is a dot. A month, a year or an interval is a bar as long as the time it may mean. Where a date is uncertain,
approximate, or open at an end, the bar fades out on that side instead of stopping. ``templates/timeline.html`` draws
what is worked out here; all lengths are in units of its view box, WIDTH wide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factbook.edtf import Edtf, words
from factbook.model import Statement

WIDTH = 640
LANES_UP_TO = 150
"""More dated facts than this are drawn as counts by year."""
LANE = 11
SHORTEST = 5.0
COLUMNS = 86


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One bar: where it stands, the side it fades on (sharp, start, end, both), and what it says."""

    x: float
    y: float
    width: float
    height: float
    fade: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """What the template draws. ``ticks`` are (x, year); ``bottom`` is the height of the axis line."""

    title: str
    caption: str
    bottom: int
    ticks: tuple[tuple[float, int], ...]
    marks: tuple[Mark, ...]


def picture(facts: Iterable[Statement], about: str) -> Picture | None:
    """The timeline of ``facts``; None where none of them has a date."""
    dated = sorted(((f, f.when) for f in facts if f.when), key=lambda pair: (pair[1].key, pair[0].id))
    if not dated:
        return None
    if len(dated) > LANES_UP_TO:
        counts: dict[str, int] = {}
        for _, date in dated:
            counts[date.year] = counts.get(date.year, 0) + 1
        return histogram(counts, about)
    first, last = _span([d for _, d in dated])
    ends: list[float] = []
    placed = []
    for fact, date in dated:
        left, right, fade = _reach(date, first, last)
        x = _x(left, first, last)
        width = max(_x(right, first, last) - x, SHORTEST)
        lane = next((i for i, end in enumerate(ends) if end + 3 < x), len(ends))
        ends[lane : lane + 1] = [x + width]
        placed.append((x, lane, width, fade, f"{words(date)}: {fact.claim}"))
    bottom = len(ends) * LANE + 6
    return Picture(
        title=f"{len(dated)} dated {'fact' if len(dated) == 1 else 'facts'} about {about}, {first} to {last - 1}",
        caption="Each mark is a fact. A bar is as long as the time its date may mean, and fades where the date is "
        "uncertain or has no known end.",
        bottom=bottom,
        ticks=_ticks(first, last),
        marks=tuple(
            Mark(x=x, y=bottom - 8 - lane * LANE, width=width, height=SHORTEST, fade=fade, text=text)
            for x, lane, width, fade, text in placed
        ),
    )


def histogram(counts: dict[str, int], about: str) -> Picture | None:
    """Facts counted by the year they begin in; ``counts`` may hold ``undated``, which is said and not drawn."""
    years = {int(year): n for year, n in counts.items() if year.isdigit()}
    if not years:
        return None
    first, last, most = min(years), max(years) + 1, max(years.values())
    each = WIDTH / (last - first)
    undated = counts.get("undated", 0)
    marks = []
    for year, n in sorted(years.items()):
        height = max((COLUMNS - 10) * n / most, 2)
        x = (year - first + 0.08) * each
        marks.append(Mark(x=x, y=COLUMNS - height, width=each * 0.84, height=height, fade="sharp", text=f"{year}: {n}"))
    return Picture(
        title=f"Facts about {about} by year, {first} to {last - 1}; most in one year: {most}",
        caption="Facts by the year they begin in." + (f" {undated} more bear no date." if undated else ""),
        bottom=COLUMNS,
        ticks=_ticks(first, last),
        marks=tuple(marks),
    )


def _span(dates: list[Edtf]) -> tuple[int, int]:
    """First year and the year after the last, over every bound that is known."""
    days = [day for d in dates for day in (d.earliest, d.latest) if day]
    return int(min(days)[:4]), int(max(days)[:4]) + 1


def _number(day: str) -> float:
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 372


def _reach(date: Edtf, first: int, last: int) -> tuple[float, float, str]:
    """Where the mark begins and ends, as years, and on which side it fades."""
    left = _number(date.earliest) if date.earliest else first
    right = _number(date.latest) if date.latest else last
    starts, ends = date.start != "known" or date.fuzzy, date.end != "known" or date.fuzzy
    if date.fuzzy and date.precision != "interval":
        left, right = max(left - 0.5, first), min(right + 0.5, last)
    return (
        left,
        right,
        {(True, True): "both", (True, False): "start", (False, True): "end"}.get((starts, ends), "sharp"),
    )


def _x(year: float, first: int, last: int) -> float:
    return 4 + (WIDTH - 8) * (year - first) / (last - first)


def _ticks(first: int, last: int) -> tuple[tuple[float, int], ...]:
    """Round years to write under the axis, at most ten of them."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000) if (last - first) / s <= 9)
    return tuple((_x(year, first, last), year) for year in range(first + (-first) % step, last + 1, step))

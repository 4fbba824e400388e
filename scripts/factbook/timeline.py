"""Small pictures of facts over the years, as SVG that is right in dark and light and honest about what is not known.

A day is a dot. A month, a year or an interval is a bar as long as the time it may mean. Where a date is uncertain,
approximate, or open at an end, the bar fades out on that side instead of stopping.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup, escape

from factbook.edtf import Edtf, words
from factbook.model import Statement

WIDTH = 640
LANES_UP_TO = 150
"""More dated facts than this are drawn as counts by year."""
_LANE = 11
_HEAD = (
    '<figure class="timeline"><svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="tl-title">'
    '<title id="tl-title">{title}</title>'
)


def picture(facts: Iterable[Statement], about: str) -> Markup:
    """The timeline of ``facts``; empty where none of them has a date."""
    dated = sorted(((f, f.when) for f in facts if f.when), key=lambda pair: (pair[1].key, pair[0].id))
    if not dated:
        return Markup("")
    if len(dated) > LANES_UP_TO:
        return histogram(Counter(d.year for _, d in dated), about)
    first, last = _span([d for _, d in dated])
    ends: list[float] = []
    marks = []
    for fact, date in dated:
        left, right, fade = _reach(date, first, last)
        x, width = _x(left, first, last), max(_x(right, first, last) - _x(left, first, last), 5.0)
        lane = next((i for i, end in enumerate(ends) if end + 3 < x), len(ends))
        ends[lane : lane + 1] = [x + width]
        marks.append((x, lane, width, fade, f"{words(date)}: {fact.claim}"))
    bottom = len(ends) * _LANE + 6
    title = f"{len(dated)} dated facts about {about}, {first} to {last}"
    out = [_HEAD.format(width=WIDTH, height=bottom + 18, title=escape(title)), _FADES, _axis(first, last, bottom)]
    for x, lane, width, fade, said in marks:
        y = bottom - 8 - lane * _LANE
        out.append(f'<rect class="mark {fade}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="5" rx="2.5"><title>{escape(said)}</title></rect>')
    out.append("</svg><figcaption>Each mark is a fact. A bar is as long as the time the date may mean; it fades where the date is uncertain or has no known end.</figcaption></figure>")
    return Markup("".join(out))


def histogram(counts: dict[str, int], about: str) -> Markup:
    """Facts counted by the year they begin in; ``counts`` may hold ``undated``, which is said and not drawn."""
    years = {int(y): n for y, n in counts.items() if y.isdigit()}
    if not years:
        return Markup("")
    first, last, top = min(years), max(years), max(years.values())
    bottom = 86
    each = WIDTH / (last - first + 1)
    title = f"Facts about {about} by year, {first} to {last}; most in one year: {top}"
    out = [_HEAD.format(width=WIDTH, height=bottom + 18, title=escape(title)), _axis(first, last + 1, bottom)]
    for year, n in sorted(years.items()):
        height = max(round(76 * n / top, 1), 2)
        x = (year - first) * each
        out.append(f'<rect class="mark" x="{x + each * 0.08:.1f}" y="{bottom - height:.1f}" width="{each * 0.84:.1f}" height="{height}"><title>{year}: {n}</title></rect>')
    undated = f" {counts['undated']} more bear no date." if counts.get("undated") else ""
    out.append(f"</svg><figcaption>Facts by the year they begin in.{undated}</figcaption></figure>")
    return Markup("".join(out))


_FADES = (
    '<defs><linearGradient id="fade-end"><stop offset=".35" stop-color="currentColor"/><stop offset="1" stop-color="currentColor" stop-opacity="0"/></linearGradient>'
    '<linearGradient id="fade-start"><stop offset="0" stop-color="currentColor" stop-opacity="0"/><stop offset=".65" stop-color="currentColor"/></linearGradient>'
    '<linearGradient id="fade-both"><stop offset="0" stop-color="currentColor" stop-opacity="0"/><stop offset=".35" stop-color="currentColor"/><stop offset=".65" stop-color="currentColor"/><stop offset="1" stop-color="currentColor" stop-opacity="0"/></linearGradient></defs>'
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
    return left, right, {(True, True): "both", (True, False): "start", (False, True): "end"}.get((starts, ends), "sharp")


def _x(year: float, first: int, last: int) -> float:
    return 4 + (WIDTH - 8) * (year - first) / (last - first)


def _axis(first: int, last: int, bottom: int) -> str:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) / s <= 9)
    ticks = range(first + (-first) % step, last + 1, step)
    lines = "".join(
        f'<line x1="{_x(t, first, last):.1f}" x2="{_x(t, first, last):.1f}" y1="0" y2="{bottom}"/>'
        f'<text x="{min(max(_x(t, first, last), 16), WIDTH - 16):.1f}" y="{bottom + 14}">{t}</text>'
        for t in ticks
    )
    return f'<g class="axis">{lines}<line x1="0" x2="{WIDTH}" y1="{bottom}" y2="{bottom}"/></g>'

"""Pictures of many facts: their statuses by year, and the organizations that share them.

``templates/pictures.html`` draws them, each with the same figures as a table. No two things are told apart by colour
alone: statuses have patterns, and are in the order of the vocabulary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.model.records import Organization, Statement, Word, when

YEARS = 40
"""Years with a column of their own; earlier and later ones share a column each. More could not be seen on a phone."""
HEIGHT = 150
"""Height of the tallest column in CSS pixels. Widths are per cent of the picture, so that text keeps its size on a
phone."""
MOST = 16
"""Organizations in the network."""
LINKS = 60
"""Links of the network that are drawn and listed, the strongest first."""
STEP, WIDE = 20, 160
"""Distance between organizations in the network, and how far arcs reach, in units of its view box."""


class Part(Struct, frozen=True, kw_only=True):
    """The facts of one status in a column: their place, in CSS pixels from the top."""

    word: Word
    count: int
    y: float
    height: float


class Column(Struct, frozen=True, kw_only=True):
    """A year, or all ``before`` or ``after`` those that have one; ``year`` is the one next to them. ``x`` and ``width``
    are per cent of the picture; ``cells`` are the numbers for all its words, of which ``parts`` are not 0."""

    kind: str
    year: int
    x: float
    width: float
    total: int
    parts: tuple[Part, ...]
    cells: tuple[int, ...]


class Columns(Struct, frozen=True, kw_only=True):
    """Facts by year and status. ``lines`` are (y, number) across, ``ticks`` (x, year) below; ``undated`` a number."""

    first: int
    last: int
    height: int
    total: int
    undated: int
    words: tuple[tuple[Word, int], ...]
    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, int], ...]


def columns(archive: Archive, facts: Iterable[Statement]) -> Columns | None:
    """Return facts counted by the year they begin in and by status; None where none has a date."""
    years: dict[int, Counter[str]] = defaultdict(Counter)
    undated = 0
    for (text, status), n in Counter((f.date, archive.status(f).id) for f in facts).items():
        date = when(text)
        if date:
            years[int(date.year)][status] += n
        else:
            undated += n
    if not years:
        return None
    begin, end = _window({year: sum(c.values()) for year, c in years.items()})
    shown = {("year", y): years.get(y, Counter()) for y in range(begin, end + 1)}
    before = sum((c for y, c in years.items() if y < begin), Counter())
    after = sum((c for y, c in years.items() if y > end), Counter())
    shown = ({("before", begin): before} if before else {}) | shown | ({("after", end): after} if after else {})
    most = max(sum(c.values()) for c in shown.values())
    each = 100 / (len(shown) + 0.5 * (bool(before) + bool(after)))
    all_of = sum((c for c in shown.values()), Counter())
    words = tuple((w, all_of[w.id]) for w in archive.vocabulary["statuses"].values() if all_of[w.id])
    x, made = 0.0, []
    for (kind, year), counts in shown.items():
        x += 0.5 * each if kind == "after" else 0
        parts, top = [], float(HEIGHT)
        for word, _ in words:
            if n := counts[word.id]:
                height = HEIGHT * n / most
                top -= height
                parts.append(Part(word=word, count=n, y=top, height=height))
        total = sum(counts.values())
        made.append(
            Column(
                kind=kind,
                year=year,
                x=x,
                width=each,
                total=total,
                parts=tuple(parts),
                cells=tuple(counts[w.id] for w, _ in words),
            )
        )
        x += each * (1.5 if kind == "before" else 1)
    return Columns(
        first=min(years),
        last=max(years),
        height=HEIGHT,
        total=sum(all_of.values()),
        undated=undated,
        words=words,
        columns=tuple(made),
        lines=tuple((HEIGHT - HEIGHT * n / most, n) for n in _round(most)),
        ticks=tuple(
            (c.x + c.width / 2, c.year) for c in made if c.kind == "year" and c.year % _every(end - begin) == 0
        ),
    )


def _window(counts: dict[int, int]) -> tuple[int, int]:
    """Return the first and last of YEARS consecutive years with most facts, the latest of equals; all years where there
    are no more."""
    first, last = min(counts), max(counts)
    if last - first < YEARS:
        return first, last
    ordered = sorted(counts)
    best, held, low = (0, 0), 0, 0
    for year in ordered:  # the best run ends with a year that has facts
        held += counts[year]
        while ordered[low] <= year - YEARS:
            held -= counts[ordered[low]]
            low += 1
        best = max(best, (held, year))
    end = max(best[1], first + YEARS - 1)
    return end - YEARS + 1, end


def _every(span: int) -> int:
    """Return the distance between the years that are labelled: 1, 2, 5 or 10."""
    return next(step for step in (1, 2, 5, 10) if span / step <= 8)


def _round(most: int) -> list[int]:
    """Return two to four round numbers up to ``most``, for the horizontal lines."""
    size = 10 ** max(len(str(most)) - 2, 0)
    step = next(s * size for s in (1, 2, 5, 10, 20, 50) if most / (s * size) < 5)
    return list(range(step, most + 1, step))


class Node(Struct, frozen=True, kw_only=True):
    """An organization of the network, and the number of facts about it."""

    organization: Organization
    facts: int


class Link(Struct, frozen=True, kw_only=True):
    """Two organizations and the facts they share. ``path`` is the arc as SVG path data, ``weight`` 1 (few) to 3."""

    one: Organization
    other: Organization
    shared: int
    weight: int
    path: str


class Network(Struct, frozen=True, kw_only=True):
    """Organizations one below the other, and arcs between those that share facts, weakest first, so that strong ones
    lie on top. ``few`` and ``many`` bound the weights; ``folded`` organizations share facts too, and are not drawn."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    few: int
    many: int
    folded: int


def network(archive: Archive) -> Network | None:
    """Return the organizations that share most facts; None where none share any."""
    sums = {o: sum(n for _, n in others) for o, others in archive.neighbours.items()}
    chosen = sorted(sums, key=lambda o: (-sums[o], o))[:MOST]
    counts = {o: dict(archive.neighbours[o]) for o in chosen}
    shared = {pair: counts[pair[0]].get(pair[1], 0) for pair in combinations(sorted(chosen), 2)}
    strongest = sorted((pair for pair in shared if shared[pair]), key=lambda pair: (-shared[pair], pair))[:LINKS]
    if not strongest:
        return None
    weights = {pair: shared[pair] for pair in strongest}
    order = _in_order(sorted({o for pair in strongest for o in pair}), weights)
    places = {o: STEP * i + STEP // 2 for i, o in enumerate(order)}
    top = weights[strongest[0]]
    few, many = max(1, top // 4), max(2, top // 2)
    links = []
    for one, other in reversed(strongest):
        upper, lower = sorted((one, other), key=places.__getitem__)
        n = weights[one, other]
        links.append(
            Link(
                one=archive.organizations[upper],
                other=archive.organizations[lower],
                shared=n,
                weight=1 if n <= few else 2 if n <= many else 3,
                path=_arc(places[upper], places[lower], STEP * len(order)),
            )
        )
    facts = archive.by_organization
    return Network(
        width=WIDE,
        height=STEP * len(order),
        nodes=tuple(Node(organization=archive.organizations[o], facts=len(facts[o])) for o in order),
        links=tuple(links),
        few=few,
        many=many,
        folded=len(sums) - len(order),
    )


def _in_order(names: list[str], weights: dict[tuple[str, str], int]) -> list[str]:
    """Return the names in an order in which those that share much are close to each other.

    It is a minimum linear arrangement by a heuristic: each name is inserted where the arcs come out shortest, then one
    name at a time is moved until nothing is gained.
    """
    pull: dict[str, dict[str, int]] = defaultdict(dict)
    for (one, other), n in weights.items():
        pull[one][other] = pull[other][one] = n

    order: list[str] = []
    for name in sorted(names, key=lambda o: (-sum(pull[o].values()), o)):
        orders = [[*order[:i], name, *order[i:]] for i in range(len(order) + 1)]
        order = min(orders, key=lambda o: (_length(o, weights), o))
    gained = True
    while gained:
        gained = False
        for name in sorted(names):
            rest = [o for o in order if o != name]
            tried = min(
                ([*rest[:i], name, *rest[i:]] for i in range(len(rest) + 1)), key=lambda o: (_length(o, weights), o)
            )
            if _length(tried, weights) < _length(order, weights):
                order, gained = tried, True
    return order


def _length(order: list[str], weights: dict[tuple[str, str], int]) -> int:
    """Return the total length of the arcs between the names of ``order``, each times its weight."""
    at = {o: i for i, o in enumerate(order)}
    return sum(n * abs(at[a] - at[b]) for (a, b), n in weights.items() if a in at and b in at)


def _arc(upper: int, lower: int, height: int) -> str:
    """Return SVG path data for half an ellipse to the right of the names, flatter the further it reaches."""
    wide = 10 + (WIDE - 14) * min(1.0, (lower - upper) / max(height - STEP, 1)) ** 0.75
    return f"M0 {upper}A{wide:.1f} {(lower - upper) / 2:g} 0 0 1 0 {lower}"

"""The data of the Explore page: every fact in one small script. A page opened from a folder may load a script beside it
and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import TypedDict

from msgspec.json import encode

from factbook.model import asof
from factbook.model.records import LOW, Statement, spellings, when
from factbook.pages.kinds import Pages

ADDRESS = "assets/explore-data.js"
MOST = 30_000
"""More facts than this, some eight megabytes, are too much for a phone to load; the page says so."""
_LISTS = {"status": "statuses", "kind": "fact_kinds", "topic": "topics", "person": "people", "country": "countries"}
"""The list of the vocabulary for each facet whose values are words."""
FULL = "full"
"""The value in the facet for the weight that no record states."""


def script(pages: Pages) -> str:
    """Return ``assets/explore-data.js``: one assignment that the theme's ``explore.js`` reads, of the newest MOST
    facts.

    The facts are columns: the n-th entry of each is about the n-th fact, newest first. What many facts share (words,
    organizations, sources, dates, days) is listed once and referred to by its position. The type ``Data`` in
    scripts/globals.d.ts describes the fields.
    """
    a = pages.archive
    facts = a.newest_first[:MOST]
    days = sorted({h.date for f in facts for h in f.history})
    dates = list(dict.fromkeys(f.date for f in facts if f.date))
    values = {**_VALUES, "status": lambda f: dict.fromkeys(a.shown_status(f, h.status).id for h in f.history)}
    if not any(f.low for f in facts):
        del values["weight"]  # all alike: nothing to filter by
    facets = {name: _facet(pages, name, of, facts) for name, of in values.items()}
    statuses = {key: i for i, key in enumerate(a.vocabulary["statuses"])}
    day_at, date_at = ({d: i for i, d in enumerate(row)} for row in (days, dates))
    data = {
        "total": len(a.statements),
        "statuses": [[w.id, w.has("contested"), w.denies] for w in a.vocabulary["statuses"].values()],
        "organizations": [pages.short(o) for o in facets["organization"]["ids"]],
        "facets": {name: facet for name, facet in facets.items() if facet["ids"]},
        "days": days,
        "months": [_day_in(pages, month) for month in range(1, 13)],
        "dates": [pages.language.words(d) for d in dates],
        "spans": [_spans(d) for d in dates],
        "ids": [f.id for f in facts],
        "claims": [f.claim for f in facts],
        "language": a.claims,
        "foreign": [i for i, f in enumerate(facts) if pages.tongue(f)],
        "when": [date_at.get(f.date or "", -1) for f in facts],
        "ledgers": [
            list(chain.from_iterable((day_at[h.date], statuses[a.shown_status(f, h.status).id]) for h in f.history))
            for f in facts
        ],
    }
    return f"window.factbook={encode(data).decode()};\n"


_Values = Callable[[Statement], Collection[str]]
_VALUES: dict[str, _Values] = {
    "organization": lambda f: f.organizations,
    "status": lambda f: (),
    "kind": lambda f: (f.kind,),
    "weight": lambda f: (f.weight or FULL,),
    "topic": lambda f: f.topics,
    "person": lambda f: f.people,
    "country": lambda f: f.countries,
    "source": lambda f: dict.fromkeys(r.source for r in f.references),
}
"""The values of a fact under each facet, as ids. Under status there are none: which status counts depends on the day.
"""


class Facet(TypedDict):
    """What facts can be filtered by: the values with their labels and other names, and in ``of`` the positions of each
    fact's values. ``languages`` are those of labels which are not in the page's, and else empty."""

    ids: list[str]
    labels: list[str]
    languages: list[str]
    names: list[str]
    of: list[list[int]]


def _facet(pages: Pages, name: str, values: _Values, facts: Iterable[Statement]) -> Facet:
    """Return a facet with the values that occur in ``facts``."""
    rows = [values(f) for f in facts]
    used = set(chain.from_iterable(rows))
    named = {key: names for key, names in _named(pages, name) if key in used}
    at = {key: i for i, key in enumerate(named)}
    return {
        "ids": list(named),
        "labels": [names[0] for names in named.values()],
        "languages": [_language(pages, name, key) for key in named] if name in ("organization", "source") else [],
        "names": [" ".join(dict.fromkeys(names[1:])) for names in named.values()],
        "of": [] if name == "status" else [[at[key] for key in row] for row in rows],
    }


def _language(pages: Pages, name: str, key: str) -> str:
    """Return the language of the label of an organization or a source; empty where it is the page's."""
    a, language = pages.archive, pages.language
    of_name = name == "organization"
    spoken = a.organizations[key].names[0].language if of_name else language.title_language(a.sources[key])
    return "" if spoken == language.code else spoken


def _named(pages: Pages, name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every possible value of a facet, as (id, [label, every other name and spelling])."""
    a = pages.archive
    if name == "organization":
        for o in a.organizations.values():
            yield o.id, [o.label, pages.short(o.id), *(n.text for n in (*o.names[1:], *o.acronyms))]
    elif name == "source":
        for s in a.sources.values():
            yield s.id, [s.title, s.publisher, *s.authors]
    elif name == "weight":
        yield FULL, [pages.language.text("full")]
        yield LOW, [pages.language.text("low")]
    else:
        for w in a.vocabulary.get(_LISTS[name], {}).values():
            recorded = pages.recorded.vocabulary[_LISTS[name]][w.id]
            yield w.id, [w.label, recorded.label, *(n for _, n in spellings(pages.recorded.vocabulary, recorded))]


def _day_in(pages: Pages, month: int) -> str:
    """Return how the pages write a day of a month, with ``{day}`` and ``{year}`` where its numbers stand."""
    return pages.language.words(f"2222-{month:02}-28").replace("2222", "{year}").replace("28", "{day}")


def _spans(date: str) -> str:
    """Return the first and last day that an EDTF date can mean, and those on which it holds for certain:
    ``2006-01-01/2010-12-31``, and after a space ``2006-12-31/2010-01-01``. Empty for an unknown date."""
    parsed = when(date)
    if parsed is None:
        return ""
    sure = asof.certain(parsed)
    spans = [parsed.earliest or "", parsed.latest or ""], sure
    return " ".join("/".join(s) for s in spans if s)

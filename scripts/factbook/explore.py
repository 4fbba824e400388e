"""The data behind the Explore page: every fact in one small script, because a page opened from a folder may load a
script beside it and nothing else."""

from __future__ import annotations

import json

from factbook.model import Statement
from factbook.pages import Pages

ADDRESS = "assets/explore-data.js"
MOST = 30_000
"""More facts than this, some ten megabytes, are too much for a phone to load; the page says so."""


def script(pages: Pages) -> str:
    """``assets/explore-data.js``: one assignment of what scripts/theme/assets/explore.js reads; the newest MOST facts.

    Words, organizations and sources are listed once and named by position. A fact is [id, claim, date in words, first
    year or null, last year or null, status, kind, organizations, topics, sources, ledger as [date, status] pairs].
    """
    a = pages.archive
    lists = {
        name: {key: i for i, key in enumerate(a.vocabulary[name])} for name in ("statuses", "fact_kinds", "topics")
    }
    organizations = {key: i for i, key in enumerate(a.organizations)}
    sources = {key: i for i, key in enumerate(a.sources)}
    rows = [
        [
            f.id,
            f.claim,
            pages.language.words(f.date) if f.date else "date not recorded",
            *_years(f),
            lists["statuses"][f.status],
            lists["fact_kinds"][f.kind],
            [organizations[o] for o in f.organizations],
            [lists["topics"][t] for t in f.topics],
            sorted({sources[r.source] for r in f.references}),
            [[h.date, lists["statuses"][h.status]] for h in f.history],
        ]
        for f in a.newest_first[:MOST]
    ]
    data = {
        "statuses": [
            [w.id, w.label, w.extra.get("tone", ""), w.has("contested")] for w in a.vocabulary["statuses"].values()
        ],
        "kinds": [w.label for w in a.vocabulary["fact_kinds"].values()],
        "topics": [w.label for w in a.vocabulary["topics"].values()],
        "organizations": [
            [o.id, o.label, pages.short(o.id), " ".join(n.text for n in (*o.names[1:], *o.acronyms))]
            for o in a.organizations.values()
        ],
        "sources": [[s.id, s.title, s.publisher] for s in a.sources.values()],
        "total": len(a.statements),
        "facts": rows,
    }
    return f"window.factbook={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def _years(f: Statement) -> tuple[int | None, int | None]:
    """First and last year the date can mean; a side that is open or unknown is None."""
    date = f.when
    if date is None:
        return None, None
    return tuple(int(day[:4]) if day else None for day in (date.earliest, date.latest))

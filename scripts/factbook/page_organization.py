"""The page of an organization."""

from __future__ import annotations

from collections import Counter

from factbook import overview, timeline
from factbook.model import Statement
from factbook.page import Maker, Page


def organization(pages: Maker, name: str) -> Page:
    """The page of an organization."""
    a = pages.archive
    o = a.organizations[name]
    facts = a.by_organization.get(name, [])
    years: dict[str, list[Statement]] = {}
    for f in facts:
        years.setdefault(f.when.year if f.when else "Undated", []).append(f)
    used = Counter(r.source for f in facts for r in f.references) + Counter(r.source for r in o.references)
    languages = [
        (w.label, [n for n in (*o.names, *o.acronyms) if n.language == w.id and n is not o.names[0]])
        for w in a.vocabulary["languages"].values()
    ]
    kin = [
        ("Part of", [(i, None) for i in o.part_of]),
        ("Parts", [(i, None) for i in a.parts.get(name, ())]),
        ("Before it", [(p.organization, p.date) for p in o.predecessors]),
        ("After it", a.successors.get(name, [])),
    ]
    body = pages.render["organization"](
        o=o,
        record=o,
        facts=facts,
        years=list(years.items()),
        counts=overview.standing(a, facts),
        row=pages.row,
        acronym=pages.short(name),
        languages=[pair for pair in languages if pair[1]],
        kin=[pair for pair in kin if pair[1]],
        picture=timeline.picture(facts, o.label),
        neighbours=a.neighbours.get(name, [])[:12],
        sources=[a.sources[s] for s, _ in sorted(used.items(), key=lambda kv: (-kv[1], kv[0]))],
    )
    return Page(path=f"organizations/{name}.html", title=o.label, description=o.description, body=body)

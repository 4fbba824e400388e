"""The page of a source."""

from __future__ import annotations

from factbook import overview
from factbook.page import Maker, Page


def source(pages: Maker, name: str) -> Page:
    """The page of a source."""
    a = pages.archive
    s = a.sources[name]
    facts = a.by_source.get(name, [])
    stances = [
        (stance, [f for f in facts if any(r.source == name and r.stance == stance.id for r in f.references)])
        for stance in a.vocabulary["stances"].values()
    ]
    body = pages.render("source")(
        s=s,
        record=s,
        total=len(facts),
        counts=overview.standing(a, facts),
        row=pages.row,
        stances=[(stance, found) for stance, found in stances if found],
        organizations=pages.described.get(name, ()),
        same_origin=[o for o in pages.of_origin[s.origin] if o.id != name],
    )
    cited = pages.language.plural("Cited by {n} fact.", "Cited by {n} facts.", len(facts))
    about = f"{a.vocabulary['source_kinds'][s.kind].label}, {s.publisher}. {cited}"
    return Page(path=f"sources/{name}.html", title=s.title, description=about, body=body)

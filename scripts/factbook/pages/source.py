"""The page of a source."""

from __future__ import annotations

from factbook.model import retraction, verdict
from factbook.model.records import Statement
from factbook.pages import overview
from factbook.pages.context import Context, Page, PageKind


def source(context: Context, name: str) -> Page:
    """Return the page of a source."""
    a = context.archive
    s = a.sources[name]
    facts = a.by_source.get(name, [])
    of: dict[str, list[Statement]] = {stance: [] for stance in a.vocabulary["stances"]}
    for f in facts:
        for stance in {r.stance for r in f.references if r.source == name}:
            of[stance].append(f)
    kind = a.vocabulary["source_kinds"][s.kind]
    worth = overview.standing(a, of.get("supports", ()))
    body = context.render("source")(
        s=s,
        record=s,
        total=len(facts),
        kind=kind,
        claims=of.get("supports", ()),
        worth=worth,
        waiting=[f for f in facts if s in retraction.awaiting(a, f)] if s.retracted else (),
        borne=any(word.has("settled") for word, _ in worth),
        row=context.row,
        stances=[(a.vocabulary["stances"][stance], found) for stance, found in of.items() if found],
        organizations=context.described.get(name, ()),
        same_origin=[o for o in context.of_origin[s.origin] if o.id != name],
    )
    cited = context.language.plural("Cited by {n} fact.", "Cited by {n} facts.", len(facts))
    about = f"{kind.label}, {s.publisher}. {cited}"
    spoken = context.language.of_title(s)
    original = spoken == context.tongues.original  # its verdict is in the language of the claims as well
    said = context.of_claims if original else context.language
    led = (context.recorded if original else a).vocabulary["source_kinds"][s.kind]
    before = said.text("Retracted") if s.retracted else verdict.lead(led)
    title = f"{before}: {s.title}" if before else s.title
    return Page(path=f"sources/{name}.html", title=title, title_in=spoken, description=about, body=body)


SOURCE = PageKind(folder="sources", ids=lambda context: context.archive.sources, make=source, indexed=True)

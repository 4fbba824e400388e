"""The page of an organization."""

from __future__ import annotations

from collections import Counter
from functools import partial
from heapq import nsmallest

from factbook.data import calendars, citations, jsonld
from factbook.model.answers import Question, Series
from factbook.pages import coverage, opening, overview, parts, pictures, timeline
from factbook.pages.context import Context, Page, PageKind

SOURCES = 40
"""Sources on the page, those that are cited most often: with more, the longest pages would be slow to load."""


def _questions(context: Context, name: str) -> list[Question]:
    """Return the answered questions about an organization."""
    return [q for q in context.archive.questions_asked if name in q.organizations and q.answer]


def _series(context: Context, name: str) -> list[Series]:
    """Return the series about an organization."""
    return [s for s in context.archive.series.values() if name in s.organizations]


def organization(context: Context, name: str) -> Page:
    """Return the page of an organization."""
    a = context.archive
    o = a.organizations[name]
    facts = a.by_organization.get(name, [])
    text = context.language.text
    main = overview.foremost(facts)
    used = Counter([r.source for references in (*(f.references for f in facts), o.references) for r in references])
    languages = [
        (w.label, [n for n in (*o.names, *o.acronyms) if n.language == w.id and n is not o.names[0]])
        for w in a.vocabulary["languages"].values()
    ]
    kin = [
        (text("Part of"), [(i, None) for i in o.part_of]),
        (text("Parts"), [(i, None) for i in a.parts.get(name, ())]),
        (text("Before it"), [(p.organization, p.date) for p in o.predecessors]),
        (text("After it"), a.successors.get(name, [])),
    ]
    drawn = timeline.timeline(a, main)
    body = context.render("organization")(
        o=o,
        record=o,
        facts=main,
        low=[f for f in facts if f.low],
        years=parts.parts(main, partial(parts.year, context.language), least=0),
        opening=opening.opening(a, facts, _questions(context, name), _series(context, name)),
        counts=overview.standing(a, main),
        row=context.row,
        acronym=context.short(name),
        languages=[pair for pair in languages if pair[1]],
        kin=[pair for pair in kin if pair[1]],
        timeline=drawn,
        columns=None if drawn else pictures.columns(a, main),
        searches=a.searches_of.get(name, [])[: coverage.LISTED],
        neighbours=a.neighbours.get(name, [])[:12],
        calendar=calendars.has_events(facts),
        linked=a is context.recorded and jsonld.of_organization(a, name),
        citation=citations.with_citations(citations.of_organization(context.recorded, context.publication, name)),
        sources=[a.sources[s] for s, _ in nsmallest(SOURCES, used.items(), key=lambda kv: (-kv[1], kv[0]))],
        used=len(used),
    )
    return Page(
        path=f"organizations/{name}.html", title=o.label, title_in=context.tongue(o), body=body,
        description=context.tongues.plain(o.description), description_in=context.tongues.tongue_of(o.description),
    )  # fmt: skip


ORGANIZATION = PageKind(
    folder="organizations", ids=lambda context: context.archive.organizations, make=organization, indexed=True
)

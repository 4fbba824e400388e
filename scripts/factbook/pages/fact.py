"""The page of a fact."""

from __future__ import annotations

from operator import attrgetter

from markupsafe import Markup

from factbook.data import jsonld
from factbook.model import ledger, replies_and_reviews, verdict
from factbook.model.records import SUBJECTS, Reference, Source, Statement
from factbook.pages import trust
from factbook.pages.context import Context, Page, PageKind

ALONG = 2
"""Organizations of a fact whose timelines show the facts before and after it."""
_subjects = attrgetter(*SUBJECTS)
Neighbours = tuple[Statement | None, Statement | None]


def fact(context: Context, name: str) -> Page:
    """Return the page of a statement."""
    a = context.archive
    f = a.statements[name]
    word = a.status(f)
    kinds, within = a.vocabulary["source_kinds"], context.language.within
    cited: dict[str, list[tuple[Reference, Source]]] = {}
    for r in f.references:
        cited.setdefault(r.stance, []).append((r, a.sources[r.source]))
    relations = a.vocabulary["relations"]
    links = {o: context.organization_link(o, a.organizations[o].label_at(f.when), "../") for o in f.organizations}
    body = context.render("fact")(
        f=f,
        record=f,
        ledger=enumerate(f.history, 1),
        translation=context.language.translation(f),
        now=context.recorded.statements[name].claim,
        word=word,
        before=verdict.lead(word),
        since=ledger.since(f),
        above=[
            ("../organizations/index.html", context.language.text("Organizations")),
            *((f"../organizations/{o}.html", context.short(o)) for o in f.organizations[:1]),
        ],
        trust=trust.of_fact(context, name),
        against=a.against(f),
        about=Markup(context.language.comma).join(links.values()),
        subjects=context.subjects(*_subjects(f)),
        along=_along(context, f, links),
        others=Markup(context.language.comma).join(links[o] for o in f.organizations[ALONG:]),
        publishers=Markup(context.language.comma).join(
            dict.fromkeys(
                Markup("{} ({})").format(context.language.apart(s.publisher), within(kinds[s.kind].label))
                for _, s in cited.get("supports", ())
            )
        ),
        stances=[(word, cited[stance]) for stance, word in a.vocabulary["stances"].items() if stance in cited],
        related=[
            (relations[kind].label if way == "to" else relations[kind].extra["inverse"], a.statements[other])
            for kind, way, other in a.related.get(name, ())
            if kind != "contradicts" and other in a.statements
        ],
        answered=replies_and_reviews.replies_to(a).get(name, ()),
        judged=replies_and_reviews.reviews_of(a).get(name, ()),
        questions=a.questions_on.get(name, ()),
        linked=a is context.recorded and jsonld.of_fact(a, name, context.publication.base, context.publication.name),
    )
    when = context.language.words(f.date) if f.date else context.language.text("date not recorded")
    about = f"{word.label}. {word.meaning} {when[:1].upper()}{when[1:]}."
    path, spoken = f"facts/{name}.html", context.tongue(f)
    return Page(path=path, title=context.titled(f), title_in=spoken, description=about, body=body)


def _along(context: Context, f: Statement, links: dict[str, Markup]) -> list[tuple[Markup | None, ...]]:
    """Return (organizations, before, after) for the timelines of the first ``ALONG`` organizations of ``f``.

    Organizations whose timelines agree around ``f`` share one row: the same two claims are not printed twice."""
    rows: dict[tuple[str | None, ...], tuple[list[Markup], Neighbours]] = {}
    for o in f.organizations[:ALONG]:
        steps = context.archive.around(f, o)
        if any(steps):
            key = tuple(s.id if s else None for s in steps)
            rows.setdefault(key, ([], steps))[0].append(links[o])
    return [
        (Markup(context.language.comma).join(shared), *(context.step(s) if s else None for s in steps))
        for shared, steps in rows.values()
    ]


FACT = PageKind(folder="facts", ids=lambda context: context.archive.statements, make=fact, indexed=True)

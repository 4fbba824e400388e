"""The page of a fact, and of an id that moved."""

from __future__ import annotations

from factbook.model import Redirect
from factbook.page import Maker, Page
from factbook.rules_evidence import origins


def fact(pages: Maker, name: str) -> Page:
    """The page of a statement."""
    a = pages.archive
    f = a.statements[name]
    word = a.status(f)
    supporting = [a.sources[r.source] for r in f.references if r.stance == "supports"]
    kinds = a.vocabulary["source_kinds"]
    stances = [
        (stance, [(r, a.sources[r.source]) for r in f.references if r.stance == stance.id])
        for stance in a.vocabulary["stances"].values()
    ]
    relations = a.vocabulary["relations"]
    body = pages.render["fact"](
        f=f,
        record=f,
        word=word,
        origins=len(origins(a, f)),
        against=a.against(f),
        about=[pages.organization_link(o, a.organizations[o].label_at(f.when), "../") for o in f.organizations],
        topics=[pages.topic_link(a.vocabulary["topics"][t], "../") for t in f.topics],
        publishers=list(dict.fromkeys(f"{s.publisher} ({kinds[s.kind].label.lower()})" for s in supporting)),
        stances=[(stance, refs) for stance, refs in stances if refs],
        related=[
            (relations[kind].label if way == "to" else relations[kind].extra["inverse"], a.statements[other])
            for kind, way, other in a.related.get(name, ())
            if kind != "contradicts" and other in a.statements
        ],
    )
    when = pages.language.words(f.date) if f.date else "date not recorded"
    about = f"{word.label}. {word.meaning} {when[:1].upper()}{when[1:]}."
    return Page(path=f"facts/{name}.html", title=f.claim, description=about, body=body)


def redirect(pages: Maker, name: str) -> Page:
    """The page that an id which moved leaves behind."""
    moved: Redirect = pages.archive.redirects[name]
    target = pages.archive.statements[moved.moved_to]
    body = pages.render["redirect"](record=moved, target=target)
    return Page(path=f"facts/{name}.html", title=f"Moved: {target.claim}", description=target.claim, body=body)

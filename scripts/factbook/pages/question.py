"""The page of a question: its answer, and the facts that each sentence of it is based on."""

from __future__ import annotations

from factbook.data import citations
from factbook.model import staleness
from factbook.pages.context import Maker, Page, PageKind


def question(pages: Maker, name: str) -> Page:
    """The page of a question."""
    a = pages.archive
    q = a.questions[name]
    text = pages.language.text
    body = pages.render("question")(
        q=q,
        record=q,
        sentences=[
            (number, sentence, [a.statements[fact] for fact in sentence.facts])
            for number, sentence in enumerate(q.answer, 1)
        ],
        row=pages.row,
        changed=staleness.changed_since(a, q),
        about=[pages.organization_link(o, a.organizations[o].label, "../") for o in q.organizations],
        topics=pages.subjects(q.topics, (), ()).topics,
        citation=citations.shown(citations.of_question(pages.recorded, pages.publication, name)),
    )
    said = " ".join(sentence.text for sentence in q.answer)
    if not said:
        said = f"{text('Not known yet.')} {q.unknown}"
    return Page(path=f"questions/{name}.html", title=q.question, description=said, body=body)


QUESTION = PageKind(folder="questions", ids=lambda pages: pages.archive.questions, make=question, indexed=True)

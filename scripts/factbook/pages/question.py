"""The page of a question: its answer, and the facts that each sentence of it is based on."""

from __future__ import annotations

from factbook.data import citations
from factbook.model import staleness
from factbook.pages.context import Context, Page, PageKind


def question(context: Context, name: str) -> Page:
    """Return the page of a question."""
    a = context.archive
    q = a.questions[name]
    spoken = context.tongue(q)
    text = (context.of_claims if spoken else context.language).text
    body = context.render("question")(
        q=q,
        record=q,
        sentences=[
            (number, sentence, [a.statements[fact] for fact in sentence.facts])
            for number, sentence in enumerate(q.answer, 1)
        ],
        row=context.row,
        changed=staleness.changed_since(a, q),
        about=[context.organization_link(o, a.organizations[o].label, "../") for o in q.organizations],
        topics=context.subjects(q.topics, (), ()).topics,
        citation=citations.with_citations(citations.of_question(context.recorded, context.publication, name)),
    )
    said = " ".join(sentence.text for sentence in q.answer)
    if not said:
        said = f"{text('Not known yet.')} {q.unknown}"
    return Page(
        path=f"questions/{name}.html", title=q.question, title_in=spoken, description=said, description_in=spoken,
        body=body,
    )  # fmt: skip


QUESTION = PageKind(folder="questions", ids=lambda context: context.archive.questions, make=question, indexed=True)

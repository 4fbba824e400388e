"""Rules for records that answer out of facts: questions, and series of facts that are read as tables."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.model.staleness import changed_since, entries
from factbook.rules.dates import in_the_future
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule
from factbook.rules.sentences import second
from factbook.text import listed, show


@rule(scope="archive")
def question_unanswered(archive: Archive) -> Iterator[Finding]:
    """A question must have an answer, or say what is not known yet.

    A page that does neither would leave its reader with nothing.
    """
    for question in archive.questions.values():
        if not question.answer and not question.unknown:
            hint = "Add answer: with its facts, or unknown: with what is not known yet."
            yield finding(question, ("question",), "the question has no answer", hint=hint)


@rule(scope="archive")
def answer_not_one_sentence(archive: Archive) -> Iterator[Finding]:
    """Each item of an answer must be one sentence, so that each sentence names the facts it is based on.

    A second sentence in one item would be read without a fact behind it.
    """
    for question in archive.questions.values():
        for i, sentence in enumerate(question.answer):
            if found := second(sentence.text, archive.claims):
                value = show(sentence.text[max(0, found[0] - 10) : found[1] + 15])
                pointer = ("answer", i, "text")
                hint = "Make the second sentence an item of its own, with its facts."
                yield finding(
                    question,
                    pointer,
                    "the item is more than one sentence",
                    value=value,
                    hint=hint,
                )


@rule(scope="archive")
def answer_in_the_future(archive: Archive) -> Iterator[Finding]:
    """An answer must not be weighed after the build date, or after today where no date is given."""
    for question in archive.questions.values():
        if archive.last_day and question.weighed > archive.last_day:
            message = "the answer is weighed in the future"
            yield finding(question, ("weighed",), message, **in_the_future(archive, question.weighed))


@rule(scope="archive", severity="warning")
def answer_due(archive: Archive) -> Iterator[Finding]:
    """An answer should be weighed again when a fact that it names has changed.

    Until then its page says that it is due, and which facts changed. A change of the day itself counts too;
    ``entries``, which the hint gives ready to copy, says that it was seen.
    """
    for question in archive.questions.values():
        if changed := changed_since(archive, question):
            yield finding(
                question,
                ("weighed",),
                "a fact of the answer has changed since it was weighed",
                value=question.weighed,
                hint=f"Read {listed(s.id for s in changed)}, mend the answer, and give today's date and "
                f"entries: [{', '.join(entries(archive, question))}].",
            )


@rule(scope="archive")
def answer_translation_uneven(archive: Archive) -> Iterator[Finding]:
    """A translation of an answer must have as many sentences as the answer, so that each keeps its facts."""
    for question in archive.questions.values():
        for i, told in enumerate(question.translations):
            if told.weighed == question.weighed and len(told.answer) != len(question.answer):
                yield finding(
                    question,
                    ("translations", i, "language"),
                    "the translation has another number of sentences",
                    value=str(len(told.answer)),
                    allowed=str(len(question.answer)),
                )


@rule(scope="archive")
def cell_unsound(archive: Archive) -> Iterator[Finding]:
    """A cell of a series must stand in one of its columns, and show a fact with a text, or name a search.

    A cell with neither would look as if nobody had looked, which is what a missing cell says.
    """
    for series in archive.series.values():
        for i, cell in enumerate(series.cells):
            if cell.column not in series.columns:
                message, pointer = "there is no such column", ("cells", i, "column")
                yield finding(series, pointer, message, value=show(cell.column), allowed=listed(series.columns))
            elif bool(cell.search) == bool(cell.fact) or bool(cell.fact) != bool(cell.text):
                message, hint = "the cell shows nothing", "Give fact and text, or search alone."
                yield finding(series, ("cells", i, "when"), message, value=cell.when, hint=hint)

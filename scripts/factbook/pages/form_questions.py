"""The questions of a form as a page shows them: in groups, and with the words that can be chosen."""

from __future__ import annotations

from msgspec import Struct

from factbook.authoring.form_answers import WORDS, Form, Question
from factbook.model.archive import Archive

_SOURCE = ("source", "locator")


class Group(Struct, frozen=True, kw_only=True):
    """Questions of a form that stand together: about the source, or about anything else."""

    source: bool
    questions: list[Question]


def groups(form: Form) -> list[Group]:
    """Return the questions of a form in their order, parted where those about a source begin and end."""
    found: list[Group] = []
    for question in form.questions:
        source = question.id in _SOURCE or question.id.startswith("source_")
        if not found or found[-1].source != source:
            found.append(Group(source=source, questions=[]))
        found[-1].questions.append(question)
    return found


def choices(archive: Archive, form: Form, question: Question) -> list[tuple[str, str]]:
    """Return what can be chosen: each word, and what the archive calls it."""
    name = WORDS.get(question.id, "")
    if question.id == "kind" and "organization" in form.label:
        name = "organization_kinds"
    words = archive.vocabulary.get(name, {})
    return [(option, words[option].label if option in words else option) for option in question.options]

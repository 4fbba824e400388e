"""The questions of a form as a page shows them: in groups, and with the words that can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from factbook.authoring.form_answers import WORDS, Form, Question
from factbook.model.archive import Archive

_SOURCE = ("source", "locator")
_DESCRIBED = ("name", "kind", "description", "website")
"""Questions on a new organization that a new fact asks as well, so that it can bring the organization that it names."""


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


def described(forms: Sequence[Form], form: Form, question: Question) -> tuple[Form, list[Question]] | None:
    """Return the form of new organizations and those of its questions that stand below the ``question`` of ``form``;
    None below any other question."""
    if (form.label, question.id) != ("new-fact", "organizations"):
        return None
    other = next((one for one in forms if one.label == "new-organization"), None)
    found = [one for one in other.questions if one.id in _DESCRIBED] if other else []
    return (other, found) if other and len(found) == len(_DESCRIBED) else None


def choices(archive: Archive, form: Form, question: Question) -> list[tuple[str, str]]:
    """Return what can be chosen: each word, and what the archive calls it."""
    name = WORDS.get(question.id, "")
    if question.id == "kind" and "organization" in form.label:
        name = "organization_kinds"
    words = archive.vocabulary.get(name, {})
    return [(option, words[option].label if option in words else option) for option in question.options]

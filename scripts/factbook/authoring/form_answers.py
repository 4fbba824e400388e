"""Reads the answers to a form's questions from the text of an issue.

GitHub turns a filled-in form into Markdown: a heading of level three with the label of each question, in order, and the
answer below it. The text is a stranger's, and anybody may change it later, so it must have exactly that shape.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from factbook import ids
from factbook.model.records import Vocabulary
from factbook.read import yamldoc
from factbook.text import listed, show

NO_ANSWER = ("", "_No response_", "None")
"""The text below a question that was left out: GitHub's words for a text field, and for a list of choices."""


WORDS = {
    "topics": "topics",
    "language": "languages",
    "source_language": "languages",
    "source_kind": "source_kinds",
    "kind": "fact_kinds",
}
"""Questions whose choices are a list of the vocabulary. The kind of an organization has a list of its own."""


class Question(Struct, frozen=True, kw_only=True):
    """One question of a form. ``id`` is the field of the answer, ``label`` is what people read.

    ``description`` says more, ``placeholder`` shows an answer; ``long`` is for a text of several lines, ``multiple``
    for several of the ``options``.
    """

    id: str
    label: str
    required: bool
    options: tuple[str, ...] = ()
    description: str = ""
    placeholder: str = ""
    long: bool = False
    multiple: bool = False


class Form(Struct, frozen=True, kw_only=True):
    """A form. ``label`` is the label of its issues, ``title`` the beginning of their titles.

    ``path`` is that of its file in the archive; empty where the form is the engine's.
    """

    name: str
    label: str
    questions: tuple[Question, ...]
    heading: str = ""
    description: str = ""
    title: str = ""
    path: str = ""


def read_form(name: str, data: bytes) -> Form:
    """Return a form from its file. Raises yamldoc.Refused or KeyError where it is none: forms are the project's own."""
    value: dict[str, Any] = yamldoc.read(name, data)
    questions = tuple(
        Question(
            id=part["id"],
            label=part["attributes"]["label"],
            required=part.get("validations", {}).get("required") == "true",
            options=tuple(part["attributes"].get("options", ())),
            description=part["attributes"].get("description", ""),
            placeholder=part["attributes"].get("placeholder", ""),
            long=part["type"] == "textarea",
            multiple=part["attributes"].get("multiple") == "true",
        )
        for part in value["body"]
        if part["type"] != "markdown"
    )
    return Form(
        name=name,
        label=value["labels"][0],
        questions=questions,
        heading=value.get("name", ""),
        description=value.get("description", ""),
        title=value.get("title", ""),
    )


def refreshed(text: str, label: str, vocabulary: Vocabulary) -> str:
    """Return the text of a form with the choices that the vocabulary has now."""
    for question, name in WORDS.items():
        if question == "kind" and "organization" in label:
            name = "organization_kinds"
        options = "".join(f"        - {word}\n" for word in vocabulary[name])
        old = rf"(    id: {question}\n(?:      .*\n|    attributes:\n)*?      options:\n)(?:        - .*\n)+"

        def put(match: re.Match[str], options: str = options) -> str:
            return str(match[1]) + options

        text = re.sub(old, put, text)
    return text


def current(form: Form, vocabulary: Vocabulary) -> Form:
    """Return the form with the choices that the vocabulary has now: its file may be older."""
    lists = WORDS | ({"kind": "organization_kinds"} if "organization" in form.label else {})
    questions = tuple(
        replace(q, options=tuple(vocabulary[lists[q.id]])) if q.options and q.id in lists else q for q in form.questions
    )
    return replace(form, questions=questions)


def read_answers(form: Form, body: str) -> tuple[dict[str, str], list[str]]:
    """Return the answers by question id, empty where none was given, and what is wrong with them."""
    sections, problems = _sections(form, body)
    if problems:
        return {}, problems
    found = {}
    for question, text in zip(form.questions, sections, strict=True):
        text = "" if text.strip() in NO_ANSWER else text.strip()
        found[question.id] = text
        if not text and question.required:
            problems.append(f"“{question.label}” must be answered.")
        if text and question.options and text not in question.options:
            chosen = [part.strip() for part in text.split(",")]
            if wrong := [part for part in chosen if part not in question.options]:
                problems.append(f"“{question.label}”: {show(wrong[0])} is not one of {listed(question.options, 30)}.")
    return found, problems


def headings(body: str) -> list[str]:
    """Return the texts of the headings of level three, in their order."""
    lines = body.replace("\r\n", "\n").split("\n")
    return [line.removeprefix("### ").strip() for line in lines if line.startswith("### ")]


FORMER = {"When it holds": "Date", "Who says it": "Said by"}
"""Labels of questions as the forms had them before, each with the one of today: issues that were opened then stay."""


def _sections(form: Form, body: str) -> tuple[list[str], list[str]]:
    """Return the text below the heading of each question, in the form's order, and what makes them ambiguous."""
    labels = [question.label for question in form.questions]
    headings: list[str] = []
    texts: list[list[str]] = []
    for line in body.replace("\r\n", "\n").split("\n"):
        label = line.removeprefix("### ").strip() if line.startswith("### ") else ""
        if label not in labels:
            label = FORMER.get(label, "")
        if label in labels:
            headings.append(label)
            texts.append([])
        elif texts:
            texts[-1].append(line)
    if headings == labels:
        return ["\n".join(lines) for lines in texts], []
    problems = [f"The heading “### {label}” is missing." for label in labels if label not in headings]
    problems += [
        f"The heading “### {label}” is there {headings.count(label)} times: an answer cannot hold it as a line."
        for label in labels
        if headings.count(label) > 1
    ]
    return [], problems or ["The headings are not in the order of the form."]


def line(text: str) -> str:
    """Return an answer on one line: line breaks and runs of spaces have no meaning in a record."""
    return " ".join(text.split())


def items(text: str) -> list[str]:
    """Return the items of an answer that has one on each line, or commas between them; each once."""
    return list(dict.fromkeys(filter(None, (part.strip(" \t\r-*") for part in re.split(r"[,\n]", text)))))


_PLACE = re.compile(
    r"(?:https?://[^/?#]+/|facts/|\.{0,2}/)?(?:[^/?#\s]+/)*([^/?#\s]+?)\.(?:html|yaml|json)(?:[?#]\S*)?", re.IGNORECASE
)
"""The address of a page or a document of a record, or the path of its file; the group is its id."""


def identifier(text: str) -> str:
    """Return the id that was written. Capitals, spaces and underscores are put right, and of the address of a page or
    the path of a file only the name counts. Empty where it holds anything else."""
    if found := _PLACE.fullmatch(text.strip()):
        text = found[1]
    name = re.sub(r"[\s_-]+", "-", text.strip().lower()).strip("-")
    return name if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 100 else ""


def proposed(text: str) -> str:
    """Return an id made of the first words of a name or a sentence."""
    return ids.joined(ids.words(text.replace("'", ""))[:8])

"""Explains a name, a rule, a field, a kind of record or a word of the vocabulary, as text for a terminal."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from factbook import program
from factbook.check import reference
from factbook.model.kinds import KINDS
from factbook.model.records import Vocabulary, Word
from factbook.rules.evidence import EVIDENCE
from factbook.text import nearest

WIDTH = 100
"""Characters of a line of prose. Examples and messages of the check keep their own lines."""
LISTS = {
    "statuses": "status",
    "fact_kinds": "kind of fact",
    "source_kinds": "kind of source",
    "stances": "stance",
    "relations": "relation",
    "organization_kinds": "kind of organization",
    "topics": "topic",
    "people": "person",
    "countries": "country",
    "origins": "origin",
    "languages": "language",
}
"""The lists of the vocabulary, with what one word of each is called."""


def explain(name: str, vocabulary: Vocabulary, schemas: dict[str, dict[str, Any]]) -> str:
    """Return everything that has this name, one block each; empty where nothing has."""
    found = [*_rules(name), *_kinds(name, schemas), *_fields(name, schemas), *_words(name, vocabulary)]
    return "\n\n".join("\n".join(lines) for lines in found)


def unknown(name: str, vocabulary: Vocabulary, schemas: dict[str, dict[str, Any]]) -> str:
    """Return what to try where nothing has this name."""
    names = [n for _, group in groups(vocabulary, schemas) for n in group]
    return nearest(name, names) or f"{program.command('explain')}, without a name, lists them all."


def overview(vocabulary: Vocabulary, schemas: dict[str, dict[str, Any]]) -> str:
    """Return every name that can be explained, by group."""
    blocks = [f"{title}\n{_wrapped(', '.join(names))}" for title, names in groups(vocabulary, schemas)]
    return "\n\n".join([*blocks, "Give one of these names to have it explained."])


def groups(vocabulary: Vocabulary, schemas: dict[str, dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each group, and the names in it."""
    yield "rules", [described.rule.id for described in reference.rules()]
    kinds = list(reference.fields(schemas))
    yield "kinds of record", [kind for kind, _ in kinds]
    for kind, about in kinds:
        yield f"fields of {_a(kind)}", [field["name"] for field in about["fields"]]
    for name, words in vocabulary.items():
        yield name.replace("_", " "), list(words)


def _rules(name: str) -> Iterator[list[str]]:
    for described in reference.rules():
        if described.rule.id == name:
            lines = [
                f"rule {name} ({described.rule.severity})",
                *map(_wrapped, (described.sentence, *described.reasons)),
            ]
            for title, path, text in described.examples:
                lines += ["", f"{title}: facts/{path}", _indented(text)]
            if described.said:
                lines += ["", "The check then says:", _indented(described.said)]
            yield lines


def _kinds(name: str, schemas: dict[str, dict[str, Any]]) -> Iterator[list[str]]:
    for kind, about in reference.fields(schemas):
        if kind == name:
            width = max(len(field["name"]) for field in about["fields"])
            yield [f"record {kind}", _wrapped(about["description"]), ""] + [
                f"  {field['name']:{width}}  {field['form']}{', required' if field['required'] else ''}"
                for field in about["fields"]
            ]


def _fields(name: str, schemas: dict[str, dict[str, Any]]) -> Iterator[list[str]]:
    """Yield the fields of that name, or whose last word it is. What is the same for several kinds is given once."""
    found: dict[tuple[str, ...], list[str]] = {}
    for kind, about in reference.fields(schemas):
        for field in about["fields"]:
            if name in (field["name"], field["name"].rpartition(" ")[2], f"{kind} {field['name']}"):
                form = f"{field['form']}{', required' if field['required'] else ''}"
                lines = [_wrapped(field["description"])]
                lines += [_wrapped(f"{label}: {', '.join(map(str, field[key]))}")
                          for key, label in (("words", "allowed"), ("examples", "such as")) if field[key]]  # fmt: skip
                found.setdefault((field["name"], form, *lines), []).append(_a(kind))
    for (field, form, *lines), kinds in found.items():
        yield [f"field {field} of {' and '.join(kinds)} ({form})", *lines]


def _words(name: str, vocabulary: Vocabulary) -> Iterator[list[str]]:
    for words, one in LISTS.items():
        if word := vocabulary[words].get(name):
            yield [f"{one} {name}: {word.label}", *_meaning(word)]


def _meaning(word: Word) -> Iterator[str]:
    if word.meaning:
        yield _wrapped(word.meaning)
    if "evidence" in word.extra and word.extra["evidence"] in EVIDENCE:
        yield _wrapped(f"evidence: {' '.join((inspect.getdoc(EVIDENCE[word.extra['evidence']]) or '').split())}")


def _a(kind: str) -> str:
    return KINDS[kind].article if kind in KINDS else f"the {'moved ids' if kind == 'moved' else kind}"


def _wrapped(text: str) -> str:
    text = text.replace("``", "")
    return textwrap.fill(
        text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _indented(text: str) -> str:
    return textwrap.indent(text.rstrip("\n"), "    ")

"""Asking an author for a new record, field by field, and at once telling what is wrong with an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from factbook import program
from factbook.authoring import draft, revise
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.read.schema import Schemas
from factbook.rules.problem import Finding
from factbook.text import listed, nearest, show

try:
    import readline
except ImportError:
    readline = None  # type: ignore[assignment]  # a system without it: no completion

IDS = {
    next(str(step) for step in reversed(way) if step): named
    for kind in FILED.values()
    for way, named in kind.names.items()
    if way[0] not in ("history", "relations")
}
"""The fields that name another record, and of which kind."""
_DUPLICATE_IN = ("claim", "title", "url", "names")
"""After these fields it can be told whether the record is there already."""


class GivenUp(Exception):
    """The author does not want to go on."""


class Session:
    """One conversation. ``value`` is the draft so far; ``reason`` the first entry of a fact's ledger."""

    def __init__(self, archive: Archive, schemas: Schemas, kind: str, value: dict[str, Any], reason: str) -> None:
        self.archive, self.schemas, self.kind, self.value, self.reason = archive, schemas, kind, value, reason
        self.fields = draft.fields(kind, schemas.documents)
        self.seen: set[str] = set()

    def run(self, name: str, force: bool) -> str:
        """Ask for all that is missing; the id of the record, whose fields are then in ``value``. Raises GivenUp."""
        say("Enter leaves out what is not required; ? explains a field and its words; Ctrl-C stops.")
        try:
            for field in self.fields:
                if field not in self.value:
                    self.ask_field(field)
                if field in _DUPLICATE_IN and not force:
                    self.ask_about_duplicates()
            if self.kind == "fact" and not self.reason:
                self.reason = self.ask("reason", "Why it has this status, in one to three sentences.", required=True)
            name = name or self.ask_id()
            while found := draft.problems(self.archive, self.schemas, self.kind, name, self.complete()):
                for problem in found:
                    tell(problem)
                field = self.ask("field to change", options=list(self.fields), required=True)
                self.ask_field(field)
        except (EOFError, KeyboardInterrupt):
            raise GivenUp from None
        return name

    def complete(self) -> dict[str, Any]:
        """The draft with its ledger, as it is to be written."""
        return draft.complete(self.kind, self.value, self.reason, self.archive)

    def ask_field(self, name: str) -> None:
        """Ask for a field until the answer breaks no rule."""
        field = self.fields[name]
        kind = self.archive.vocabulary["fact_kinds"].get(str(self.value.get("kind")))
        if name == "speaker" and not (kind and kind.has("speaker")):
            return
        while True:
            self.value.pop(name, None)
            answer = self.answer(field)
            if not answer:
                return
            self.value[name] = answer
            trial = draft.filled(self.kind, self.value, self.archive)
            found = draft.problems(self.archive, self.schemas, self.kind, "new", trial, name)
            if not found:
                return
            for problem in found:
                tell(problem)

    def answer(self, field: dict[str, Any]) -> object:
        """One answer: a text, a list of texts, fields or a list of fields; empty when it is left out."""
        name, about, required = field["name"], field["description"], field["required"]
        if field["parts"] and field["form"] == "fields":
            say(f"\n{name}: {about}")
            return self.item(field, 0, required)
        if field["parts"]:
            say(f"\n{name}: {about} Enter ends the list.")
            found: list[dict[str, object]] = []
            while item := self.item(field, len(found) + 1, required and not found):
                found.append(item)
            return found
        options, kind = self.options(name, field), IDS.get(name, "")
        if field["form"] == "list":
            say(f"\n{name}: {about} One a line; Enter ends the list.")
            return self.words(name, field, required)
        default = draft.default_status(self.archive) if name == "status" else ""
        say(f"\n{name}: {about}")
        return self.ask(name, about, options, required, default, kind)

    def item(self, field: dict[str, Any], number: int, required: bool) -> dict[str, object]:
        """One item of a list of fields, or fields that stand alone, which have the number 0; empty when the first field
        is left out."""
        if field["name"] == "relations":
            words = list(self.archive.vocabulary["relations"])
            relation = self.ask(f"relations {number} relation", "", words, required)
            if not relation:
                return {}
            return {relation: self.ask(f"relations {number} fact", "", sorted(self.archive.known["fact"]), True)}
        found: dict[str, object] = {}
        for part in field["parts"]:
            name, needed = part["name"], part["required"] and (required or bool(found))
            label = f"{field['name']} {number} {name}" if number else f"{field['name']} {name}"
            answer: object
            if part["form"] == "list":
                answer = self.words(label, part, needed)
            else:
                answer = self.ask(label, part["description"], self.options(name, part), needed, kind=IDS.get(name, ""))
            if not answer and not found:
                return {}
            if answer:
                found[name] = answer
        return found

    def words(self, label: str, field: dict[str, Any], required: bool) -> list[str]:
        """The texts of a list, one a line."""
        name, found = field["name"], list[str]()
        options, kind = self.options(name, field), IDS.get(name, "")
        while word := self.ask(
            f"{label} {len(found) + 1}", field["description"], options, required and not found, kind=kind
        ):
            found.append(word)
        return found

    def options(self, name: str, field: dict[str, Any]) -> list[str]:
        """What can be answered, where that is a list: words of the vocabulary or ids."""
        return list(field["words"]) or sorted(self.archive.known.get(IDS.get(name, ""), ()))

    def ask(
        self,
        label: str,
        about: str = "",
        options: Sequence[str] = (),
        required: bool = False,
        default: str = "",
        kind: str = "",
    ) -> str:
        """One line of the author's, asked for again while it is required and empty, or not one of the ``options``.

        ``kind``: of the records whose ids the options are.
        """
        while True:
            with completing(options):
                text = input(f"{label}{f' [{default}]' if default else ''}: ").strip() or default
            if text == "?":
                for line in self.help(about, options):
                    say(line)
            elif not text and required:
                say(f"  {label} is required.")
            elif text and options and text not in options:
                say(f"  {show(text)} cannot stand here.")
                say(f"    allowed: {listed(options, 20)}")
                make = kind and f"Make its record first: {program.command(f'new {kind}')}"
                if hint := nearest(text, options) or make:
                    say(f"    hint: {hint}")
            else:
                return text

    def help(self, about: str, options: Sequence[str]) -> Iterator[str]:
        """What ``?`` answers: the field, and each word that is allowed with its meaning."""
        yield f"  {about}" if about else "  One of these:"
        words = next((w for w in self.archive.vocabulary.values() if options and list(w) == list(options)), None)
        yield from (f"  {o}: {words[o].meaning or words[o].label}" if words else f"  {o}" for o in options)

    def ask_about_duplicates(self) -> None:
        """Show what is perhaps the same, once each. Raises GivenUp when the author says it is."""
        found = [d for d in draft.duplicates(self.archive, self.kind, self.value) if d[0] not in self.seen]
        self.seen.update(name for name, _ in found)
        if found:
            say("Perhaps it is here already:")
            for name, why in found[:5]:
                say(f"  {name} ({show(why)})")
            if self.ask("go on all the same? (y/n)", options=["y", "n"], required=True) == "n":
                raise GivenUp

    def ask_id(self) -> str:
        """The id: the one proposed, or another that is free and well formed."""
        taken = self.archive.known[self.kind]
        proposed = draft.proposal(self.kind, self.value, taken)
        say("\nid: The name of the file, for ever.")
        while True:
            name = self.ask("id", required=True, default=proposed)
            if wrong := revise.wrong_id(name, taken):
                tell(wrong)
            else:
                return name


def say(line: str) -> None:
    """Print ``line`` at once: a question follows it, on a line that the terminal has not ended."""
    print(line, flush=True)


def tell(problem: Finding) -> None:
    """A problem in a few words: the author knows where."""
    say("  " + revise.said(problem))


@contextmanager
def completing(options: Sequence[str]) -> Iterator[None]:
    """While it lasts, the Tab key completes to one of the options, where the line is typed at a terminal."""
    if not options or readline is None or not sys.stdin.isatty():
        yield
        return
    readline.set_completer_delims(" ")
    readline.parse_and_bind("tab: complete")
    readline.set_completer(lambda text, state: ([*(o for o in options if o.startswith(text)), None])[state])
    try:
        yield
    finally:
        readline.set_completer(None)

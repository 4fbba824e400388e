"""Asks an author for a new record, field by field, and says at once what is wrong with an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from factbook import program
from factbook.authoring import draft, revise
from factbook.authoring.draft_store import Draft
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.read.schema import Schemas
from factbook.rules import lookup
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
"""The fields that hold the id of another record, and the kind of that record."""
_DUPLICATE_IN = ("claim", "title", "url", "names")
"""The fields after which it is known whether the record may be there already."""


_MADE = {"organization": "names", "source": "title"}
"""The kinds of record that can be made while another is asked for, and the field that a name given for one goes to."""
Keep = Callable[[str, Draft], None]
"""Keeps the draft of a kind of record: called after every answer."""


class GivenUp(Exception):
    """The author does not want to go on. ``known``: because the record is there already."""

    def __init__(self, known: bool = False) -> None:
        self.known = known


class Session:
    """One conversation. ``value`` is the draft so far; ``reason`` the first entry of a fact's ledger; ``made`` are the
    records that were made on the way, as kind, id and value."""

    def __init__(
        self, archive: Archive, schemas: Schemas, kind: str, kept: Draft, keep: Keep = lambda kind, kept: None
    ) -> None:
        self.archive, self.schemas, self.kind, self.keep = archive, schemas, kind, keep
        self.fields = draft.fields(kind, schemas.documents)
        self.value = {name: text for name, text in kept.value.items() if name in self.fields}
        self.reason, self.done, self.made = kept.reason, [*kept.done], [*kept.made]
        for one, name, value in self.made:
            self.archive = draft.joined(self.archive, one, name, value)
        self.seen: set[str] = set()

    def draft(self) -> Draft:
        """What has been answered, to be kept."""
        return Draft(value=self.value, reason=self.reason, done=self.done, made=self.made)

    def run(self, name: str, force: bool) -> str:
        """Ask for everything that is missing, and return the id of the record, whose fields are then in ``value``.

        Raises GivenUp.
        """
        say("Enter leaves out what is not required; ? explains a field and its words; Ctrl-C stops.")
        try:
            for field in self.fields:
                if field not in self.value and field not in self.done:
                    self.ask_field(field)
                    self.done.append(field)
                    self.keep(self.kind, self.draft())
                if field in _DUPLICATE_IN and not force:
                    self.ask_about_duplicates()
            if self.kind == "fact" and not self.reason:
                self.reason = self.ask("reason", "Why it has this status, in one to three sentences.", required=True)
                self.keep(self.kind, self.draft())
            name = name or self.ask_id()
            while found := draft.problems(self.archive, self.schemas, self.kind, name, self.complete()):
                for problem in found:
                    tell(problem)
                field = self.ask("field to change", options=list(self.fields), required=True)
                self.ask_field(field)
                self.keep(self.kind, self.draft())
        except (EOFError, KeyboardInterrupt):
            raise GivenUp from None
        return name

    def complete(self) -> dict[str, Any]:
        """Return the draft with its ledger, as it is to be written."""
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
        """Return one answer: a text, a list of texts, fields or a list of fields; empty when the author gives none."""
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
        """Return one item of a list of fields, or the fields of a value that is no list, whose ``number`` is 0.

        Empty when the author leaves out the first field.
        """
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
        """Return the texts of a list, which are asked for one by one."""
        name, found = field["name"], list[str]()
        options, kind = self.options(name, field), IDS.get(name, "")
        while word := self.ask(
            f"{label} {len(found) + 1}", field["description"], options, required and not found, kind=kind
        ):
            found.append(word)
        return found

    def options(self, name: str, field: dict[str, Any]) -> list[str]:
        """Return the allowed answers, where these are words of the vocabulary or ids; otherwise none."""
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
        """Return one line from the author. It is asked for again while it is required and empty, or is none of the
        ``options``.

        ``kind`` is the kind of the records whose ids the options are.
        """
        while True:
            with completing(options):
                text = input(f"{label}{f' [{default}]' if default else ''}: ").strip() or default
            if text == "?":
                for line in self.help(about, options):
                    say(line)
            elif not text and required:
                say(f"  {label} is required.")
            elif not text or not options or text in options:
                return text
            elif kind in _MADE and text.startswith("+"):
                return self.make(kind, text.removeprefix("+").strip())
            elif meant := (lookup.meant(self.archive, kind, text) if kind else ""):
                say(f"  That is {meant}.")
                return meant
            else:
                say(f"  {show(text)} cannot stand here.")
                say(f"    allowed: {listed(options, 20)}")
                if hint := nearest(text, options):
                    say(f"    hint: {hint}")
                    if kind in _MADE:
                        say(f"    hint: If it is another one, +{show(text)} makes its record.")
                elif kind in _MADE and self.ask("make its record now? (y/n)", options=["y", "n"], required=True) == "y":
                    return self.make(kind, text)
                elif kind and kind not in _MADE:
                    say(f"    hint: Make its record first: {program.command(f'new {kind}')}")

    def make(self, kind: str, text: str) -> str:
        """The id of a new record that is asked for now; ``text`` is a name of it, or its address."""
        value: dict[str, object] = {}
        if "://" in text:
            value["website" if kind == "organization" else "url"] = text
        elif text:
            named = [{"text": text, "language": self.archive.claims}] if kind == "organization" else text
            value[_MADE[kind]] = named
        say(f"\nA new {kind}:")
        child = Session(self.archive, self.schemas, kind, Draft(value=value), self.keep)
        name = child.run("", False)
        self.made += [*child.made, (kind, name, child.complete())]
        self.archive = draft.joined(child.archive, kind, name, child.complete())
        self.keep(kind, Draft())
        say(f"\nThe {kind} is {name}. Now the {self.kind} again:")
        return name

    def help(self, about: str, options: Sequence[str]) -> Iterator[str]:
        """Yield the answer to ``?``: the description of the field, and each allowed word with its meaning."""
        yield f"  {about}" if about else "  One of these:"
        words = next((w for w in self.archive.vocabulary.values() if options and list(w) == list(options)), None)
        yield from (f"  {o}: {words[o].meaning or words[o].label}" if words else f"  {o}" for o in options)

    def ask_about_duplicates(self) -> None:
        """Show each record that may be the same, once. Raises GivenUp when the author says that it is."""
        found = [d for d in draft.duplicates(self.archive, self.kind, self.value) if d[0] not in self.seen]
        self.seen.update(name for name, _ in found)
        if found:
            say("Perhaps it is here already:")
            for name, why in found[:5]:
                say(f"  {name} ({show(why)})")
            if self.ask("go on all the same? (y/n)", options=["y", "n"], required=True) == "n":
                raise GivenUp(known=True)

    def ask_id(self) -> str:
        """Return the id: the proposed one, or another that is free and well formed."""
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
    """Print a problem in a few words: the author knows the place."""
    say("  " + revise.problem_text(problem))


@contextmanager
def completing(options: Sequence[str]) -> Iterator[None]:
    """Let the Tab key complete to one of the options inside the block, where the line is typed at a terminal."""
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

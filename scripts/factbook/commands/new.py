"""``factbook new``: write a new record, from options or from a conversation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from typing import Any

from msgspec.structs import replace

from factbook import program
from factbook.authoring import ask, draft, draft_store, rename, revise, yaml_layout
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.commands import shared_archive, shared_completion, shared_options
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.moved import WORDS
from factbook.read.schema import Schemas
from factbook.text import show

HELP = "write a new record, asking for its fields"
OPTION_NAMES = {"date": "when"}
"""Fields whose option has another name: ``--date`` is the day of the ledger entry in every command."""

Value = dict[str, Any]
"""A record as plain YAML values, by field."""


def add(parser: ArgumentParser) -> None:
    """Declare one subcommand for each kind of record, with an option for each of its fields."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for kind, names in draft.FIELDS.items():
        one = kinds.add_parser(kind, help=f"a new {kind}")
        named = {str(way[0]): target for way, target in FILED[kind].names.items()}
        named |= {words: word for word, words in WORDS.items()}
        for name in names:
            field = one.add_argument(
                option(name),
                dest=f"field {name}",
                nargs="+",
                action="append",
                metavar="TEXT",
                help=f"the field {name}",
            )
            if name in named:
                shared_completion.completed(field, shared_completion.ids(named[name]))
        if kind == "fact":
            one.add_argument(
                "--reason", default="", metavar="TEXT", help="why it has its status: the first ledger entry"
            )
        one.add_argument("--id", default="", metavar="ID", help="the id (default: one made from the fields)")
        one.add_argument("--no-input", action="store_true", help="ask nothing; say what is missing")
        one.add_argument("--force", action="store_true", help="write it although it looks like a record there is")
        shared_options.add_entry_date(one)


def option(name: str) -> str:
    """Return the option for the field ``name``."""
    return "--" + OPTION_NAMES.get(name, name).replace("_", "-")


def run(options: Namespace) -> int:
    """Write the record's file. Raises CommandError where something is missing or wrong, or the author gives up."""
    archive = shared_archive.read_checked(options)
    schemas = Schemas(archive.vocabulary)
    fields = draft.fields(options.kind, schemas.documents)
    value = _fields_from_options(options, fields)
    reason = getattr(options, "reason", "")
    taken = rename.taken(archive, options.kind)
    name = options.id or draft.proposal(options.kind, value, taken)
    if options.id and (problem := revise.wrong_id(options.id, taken)):
        raise CommandError(revise.problem_text(problem))
    if options.no_input:
        _refuse_incomplete(options, fields, value, reason, name)
        _refuse_duplicate(options, archive, value)
        _write(options, archive, [(options.kind, name, draft.complete(options.kind, value, reason, archive))])
        return 0
    kept = draft_store.Draft(value=value, reason=reason)
    try:
        kept = _with_draft(options, kept)
        talk = ask.Session(archive, schemas, options.kind, kept, partial(draft_store.save, options.root))
        name = talk.run(options.id, options.force)
        _write(options, archive, [*talk.made, (options.kind, name, talk.complete())])
    except ask.GivenUp as given_up:
        if given_up.known:
            draft_store.discard(options.root, options.kind)
        raise CommandError(f"given up; nothing was written. {_kept_answers_note(options)}", 1) from None
    except CommandError as error:
        raise CommandError(f"{error}\n{_kept_answers_note(options)}", error.code) from None
    for kind in {options.kind, *(kind for kind, _, _ in talk.made)}:
        draft_store.discard(options.root, kind)
    return 0


def _write(options: Namespace, archive: Archive, records: list[tuple[str, str, Value]]) -> None:
    """Write the records, each a kind, an id and a value. Raises CommandError where the rules refuse one."""
    wanted = []
    for kind, name, value in records:
        path = draft.path(kind, name, value)
        wanted.append(Change(path, None, yaml_layout.write(kind, path, value, archive.schemas)))
    shared_archive.write_checked(options, archive, wanted)
    print("\n".join(f"Wrote facts/{change.path}." for change in wanted))


def _with_draft(options: Namespace, given: draft_store.Draft) -> draft_store.Draft:
    """Return what was ``given``, with what an earlier conversation left, if the author goes on with that.

    Raises ask.GivenUp.
    """
    kept = draft_store.load(options.root, options.kind)
    if kept is None:
        return given
    ask.say(f"What you answered last time for {FILED[options.kind].article} is still here:")
    for name, value in kept.value.items():
        ask.say(f"  {name}: {show(str(value), 100)}")
    try:
        while (answer := input("go on with it? (y/n; n throws it away): ").strip().lower()) not in ("y", "n"):
            pass
    except (EOFError, KeyboardInterrupt):
        raise ask.GivenUp from None
    if answer == "n":
        draft_store.discard(options.root, options.kind)
        return given
    return replace(kept, value={**kept.value, **given.value}, reason=given.reason or kept.reason)


def _kept_answers_note(options: Namespace) -> str:
    """Return what is said of the answers when no record was written."""
    if draft_store.load(options.root, options.kind):
        return f"Your answers are kept: {program.command(f'new {options.kind}')} goes on with them."
    return "Scripts give --no-input and the fields as options."


def _fields_from_options(options: Namespace, fields: dict[str, dict[str, Any]]) -> Value:
    """Return the fields that were given as options. Raises CommandError naming every one of a wrong shape."""
    value: Value = {}
    wrong = []
    for name, field in fields.items():
        if given := getattr(options, f"field {name}"):
            value[name], message = draft.value(field, given)
            wrong += [f"{option(name)} {message}"] if message else []
    if wrong:
        raise CommandError("\n    ".join(["an option was not given as it must be", *wrong]))
    return value


def _refuse_incomplete(
    options: Namespace, fields: dict[str, dict[str, Any]], value: Value, reason: str, name: str
) -> None:
    """Raise CommandError with everything that is still missing."""
    missing = [f for n, f in fields.items() if f["required"] and n not in value and n != "status"]
    lines = [
        f"{option(f['name'])}: {f['description']}" + (f" One of: {', '.join(f['words'])}." if f["words"] else "")
        for f in missing
    ]
    if options.kind == "fact" and not reason:
        lines.append("--reason: Why it has its status, in one to three sentences.")
    if not name and not missing:
        lines.append("--id: The name of the file. None could be made from the other fields.")
    if lines:
        raise CommandError("\n    ".join([f"a new {options.kind} needs more than was given", *lines]))


def _refuse_duplicate(options: Namespace, archive: Archive, value: Value) -> None:
    """Raise CommandError where the record looks like one that is there, unless ``--force`` was given."""
    alike = [] if options.force else list(draft.duplicates(archive, options.kind, value))
    if alike:
        lines = [f"{other} ({why})" for other, why in alike[:5]]
        raise CommandError("\n    ".join(["perhaps it is here already; --force writes it all the same", *lines]), 1)

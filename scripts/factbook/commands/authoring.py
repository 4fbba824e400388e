"""The commands that write records: ``new``, ``status``, ``withdraw`` and ``move``."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from factbook.authoring import ask, draft, layout, revise
from factbook.authoring import changes as change
from factbook.authoring.changes import Change
from factbook.authoring.revise import Wrong
from factbook.check import report
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.read import load
from factbook.read.files import Unusable

FLAGS = {"date": "when"}
"""Fields whose option has another name: ``--date`` is the day of the ledger entry in every command."""


def flag(name: str) -> str:
    """The option of ``new`` for a field."""
    return "--" + FLAGS.get(name, name).replace("_", "-")


def new(options: Namespace) -> int:
    """``factbook new``: a record from options, or from a conversation."""
    archive = _archive(options)
    schemas = load.read_schemas(options.root / "facts", archive.vocabulary)
    fields = draft.fields(options.kind, schemas.documents)
    value, wrong = {}, []
    for name, field in fields.items():
        if given := getattr(options, f"field {name}"):
            value[name], said = draft.value(field, given)
            wrong += [f"{flag(name)} {said}"] if said else []
    if wrong:
        raise Wrong("\n    ".join(["an option was not given as it must be", *wrong]))
    reason = getattr(options, "reason", "")
    name = options.id or draft.proposal(options.kind, value, archive.known[options.kind])
    if options.id and (problem := revise.wrong_id(options.id, archive.known[options.kind])):
        raise Wrong(revise.said(problem))
    if not options.no_input:
        talk = ask.Session(archive, schemas, options.kind, value, reason)
        try:
            name = talk.run(options.id, options.force)
        except ask.GivenUp:
            raise Wrong(
                "given up; nothing was written. Scripts give --no-input and the fields as options.", 1
            ) from None
        value, reason = talk.value, talk.reason
    else:
        _nothing_missing(options, fields, value, reason, name)
        found = [] if options.force else list(draft.duplicates(archive, options.kind, value))
        if found:
            shown = [f"{other} ({why})" for other, why in found[:5]]
            raise Wrong("\n    ".join(["perhaps it is here already; --force writes it all the same", *shown]), 1)
    complete = draft.complete(options.kind, value, reason, archive)
    path = draft.path(options.kind, name, complete)
    _write(options, archive, [Change(path, None, layout.write(options.kind, path, complete, archive.schemas))])
    print(f"Wrote facts/{path}.")
    return 0


def _nothing_missing(options: Namespace, fields: dict, value: dict, reason: str, name: str) -> None:
    """Raise Wrong with everything that is still missing."""
    missing = [f for n, f in fields.items() if f["required"] and n not in value and n != "status"]
    lines = [
        f"{flag(f['name'])}: {f['description']}" + (f" One of: {', '.join(f['words'])}." if f["words"] else "")
        for f in missing
    ]
    if options.kind == "fact" and not reason:
        lines.append("--reason: Why it has its status, in one to three sentences.")
    if not name and not missing:
        lines.append("--id: The name of the file. None could be made from the other fields.")
    if lines:
        raise Wrong("\n    ".join([f"a new {options.kind} needs more than was given", *lines]))


def status(options: Namespace) -> int:
    """``factbook status``."""
    return _set_status(options, _archive(options), options.status, options.source)


def withdraw(options: Namespace) -> int:
    """``factbook withdraw``: the status that takes a fact back."""
    archive = _archive(options)
    return _set_status(options, archive, revise.withdrawn(archive), [])


def _set_status(options: Namespace, archive: Archive, word: str, sources: list[str]) -> int:
    fact = archive.statements[revise.known_fact(archive, options.id)]
    data = (options.root / "facts" / fact.path).read_bytes()
    entry = revise.entry(archive.today, word, options.reason, sources)
    _write(options, archive, [revise.status(archive, data, fact.id, word, entry)])
    print(f"facts/{fact.path}: {fact.status} → {word}.")
    return 0


def move(options: Namespace) -> int:
    """``factbook move``."""
    archive = _archive(options)
    old = revise.known_fact(archive, options.id)
    files = {path: (options.root / "facts" / path).read_bytes() for path in revise.moved_files(archive, old)}
    entry = revise.entry(archive.today, revise.withdrawn(archive), options.reason)
    changes = revise.move(archive, files, old, options.new, entry)
    _write(options, archive, changes)
    print("\n".join(f"{'Wrote' if c.before is None else 'Changed'} facts/{c.path}." for c in changes))
    return 0


def _archive(options: Namespace) -> Archive:
    archive, problems = check(options.root, options.date or date.today().isoformat())
    if archive is None:
        raise Unusable(problems)
    return archive


def _write(options: Namespace, archive: Archive, changes: list[Change]) -> None:
    """Make the changes if the check has nothing against them. Raises Wrong with its words."""
    if problems := change.problems(options.root, changes, archive.today):
        raise Wrong(f"the check would refuse this, and nothing was changed.\n{report.text(problems)}", 1)
    change.write(options.root, changes)

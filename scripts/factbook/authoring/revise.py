"""Changes of a fact that is there: another status, or another id. They are returned and not written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from factbook import ids, program
from factbook.authoring import yaml_comments, yaml_edit, yaml_layout
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.model.archive import Archive
from factbook.model.entries import Retraction
from factbook.read import yamldoc
from factbook.rules.files import name_not_kebab_case
from factbook.rules.problem import Finding, of_file
from factbook.rules.references import mentions
from factbook.text import listed, nearest, show


def status(archive: Archive, data: bytes, name: str, word: str, entry: dict[str, Any]) -> Change:
    """Return the change that gives the fact ``name``, whose file holds ``data``, the status ``word`` and the ledger
    entry."""
    statement = archive.statements[name]
    words = archive.recordable
    if word not in words:
        hint = nearest(word, words)
        raise CommandError(
            _lines(f"there is no status {show(word)}", f"allowed: {listed(words, 20)}", hint and f"hint: {hint}")
        )
    after = yaml_edit.revise("fact", statement.path, data, archive.schemas, {("status",): word}, entry)
    return Change(statement.path, data, after)


def retracted(archive: Archive, data: bytes, name: str, retraction: Retraction, reason: str) -> Change:
    """Return the source ``name``, whose file holds ``data``, as retracted, with an entry in its ledger."""
    path = archive.sources[name].path
    value = yamldoc.read(path, data)
    entry = {"date": retraction.date, "reason": reason}
    fields: dict[str, Any] = {"date": retraction.date, "reason": retraction.reason}
    if retraction.evidence:
        fields["evidence"] = list(retraction.evidence)
    wanted = {**value, "retracted": fields, "history": [*value.get("history", ()), entry]}
    return Change(
        path, data, yaml_layout.write("source", path, wanted, archive.schemas, yaml_comments.read(data.decode()))
    )


def known_source(archive: Archive, name: str) -> str:
    """Return ``name`` when it is the id of a sound source that is not retracted. Raises CommandError."""
    if name in archive.retracted:
        since = archive.sources[name].retracted
        raise CommandError(f"{name} was retracted already, on {since.date if since else ''}")
    if name in archive.sources:
        return name
    if name in archive.known["source"]:
        hint = f"hint: Run {program.command('check')}, and mend them first."
        raise CommandError(_lines(f"the record of {name} has problems", hint))
    hint = nearest(name, sorted(archive.sources))
    raise CommandError(_lines(f"there is no source with the id {show(name)}", hint and f"hint: {hint}"))


def withdrawn(archive: Archive) -> str:
    """Return the status of a record that is withdrawn, and of an id that is no longer used. Raises CommandError."""
    for word in archive.recordable.values():
        if word.has("withdraws"):
            return word.id
    raise CommandError(_lines("no status takes a fact back", "hint: Give one withdraws: yes in facts/vocabulary.yaml."))


def entry(date: str, word: str, reason: str, sources: Sequence[str] = ()) -> dict[str, Any]:
    """Return an entry for the ledger."""
    return {"date": date, "status": word, "reason": reason, **({"sources": list(sources)} if sources else {})}


def move(archive: Archive, files: Mapping[str, bytes], old: str, new: str, added: dict[str, Any]) -> list[Change]:
    """Return the changes that give the fact ``old`` the id ``new``: its own file, those of records that name it, and
    the redirect that stays behind, with ``added`` in its ledger.

    ``files`` holds the content of every file in ``moved_files``.
    """
    path = archive.statements[old].path
    target = f"{path.rpartition('/')[0]}/{new}.yaml"
    if problem := wrong_id(new, archive.known["fact"]):
        raise CommandError(problem_text(problem))
    value = yamldoc.read(path, files[path])
    redirect = {"moved_to": new, "history": [*value["history"], added]}
    moved = files[path]
    if "id" in value:
        moved = yaml_edit.revise("fact", path, moved, archive.schemas, {("id",): new})
    changes = [Change(target, None, moved)]
    texts: dict[str, yaml_edit.Texts] = {}
    for record, pointer, name in mentions(archive, "fact"):
        if name == old:
            texts.setdefault(record.path, {})[pointer] = new
    for other, found in texts.items():
        after = yaml_edit.revise("fact", other, files[other], archive.schemas, found)
        changes.append(Change(other, files[other], after))
    return [*changes, Change(path, files[path], yaml_layout.write("fact", path, redirect, archive.schemas))]


def wrong_id(name: str, taken: Collection[str]) -> Finding | None:
    """Return why ``name`` cannot be the id of a new record; None where it can. The ids ``taken`` have been used."""
    for found in name_not_kebab_case(f"records/{name.replace('/', ' ')}.yaml"):
        return of_file("", "this cannot be an id", value=show(name), allowed=found.allowed, hint=ids.hint(name))
    if name in taken:
        free = next(other for i in range(2, len(taken) + 3) if (other := f"{name}-{i}") not in taken)
        return of_file("", "another record has this id", value=show(name), hint=f"Choose another, such as {free}.")
    return None


def problem_text(problem: Finding) -> str:
    """Return a problem as text, without the place: its subject is in no file yet."""
    found = f": {problem.value}" if problem.value else ""
    allowed, hint = problem.allowed and f"allowed: {problem.allowed}", problem.hint and f"hint: {problem.hint}"
    return _lines(f"{problem.message}{found}", allowed, hint)


def moved_files(archive: Archive, old: str) -> list[str]:
    """Return the files that a move of the fact ``old`` changes: its own, and those of the records that name it."""
    named = (record.path for record, _, name in mentions(archive, "fact") if name == old)
    return list(dict.fromkeys((archive.statements[old].path, *named)))


def known_fact(archive: Archive, name: str) -> str:
    """Return ``name``, when it is the id of a sound fact. Raises CommandError."""
    if name in archive.statements:
        return name
    if name in archive.redirects:
        to = archive.redirects[name].moved_to
        raise CommandError(_lines(f"{name} has moved to {to}", f"hint: Give that id: {to}."))
    if name in archive.known["fact"]:
        hint = f"hint: Run {program.command('check')}, and mend them first."
        raise CommandError(_lines(f"the record of {name} has problems", hint))
    hint = nearest(name, sorted(archive.statements))
    raise CommandError(_lines(f"there is no fact with the id {show(name)}", hint and f"hint: {hint}"))


def _lines(*lines: str) -> str:
    return "\n    ".join(filter(None, lines))

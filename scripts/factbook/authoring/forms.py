"""Makes the files of a pull request from an issue that was written with a form.

``new-fact`` and ``new-organization`` make a record, the others change one; most can add a source. The forms themselves,
with their texts, are the project's; only their names and question ids are known here. The issue is a stranger's: an id
becomes kebab-case or is refused, every value becomes plain text, and each file has been read back and checked by its
schema before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from factbook.authoring import yaml_comments, yaml_layout
from factbook.authoring.form_answers import (
    Form,
    identifier,
    items,
    line,
    proposed,
    read_answers,
)
from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.records import UNKNOWN, Organization, Source
from factbook.read import yamldoc
from factbook.read.schema import Schemas
from factbook.rules.characters import unsafe_character
from factbook.rules.files import name_not_kebab_case
from factbook.text import nearest, show

Given = dict[str, str]


class Request(Struct):
    """The result of one issue: the text of each file by its path under ``facts/``, and what has to be put right."""

    archive: Archive
    schemas: Schemas
    read: Callable[[str], str]
    today: str
    number: int
    files: dict[str, str] = {}
    problems: list[str] = []

    def new(self, kind: str, folder: str, name: str, value: dict[str, Any]) -> None:
        """Add the file of a new record."""
        if name in self.archive.known[kind]:
            self.problems.append(f"There is a {kind} with the id {name} already: choose another, or correct that one.")
        self._keep(kind, f"{folder}/{name}.yaml", {k: v for k, v in value.items() if v}, {})

    def change(self, kind: str, path: str, fields: Given, added: dict[str, dict[str, Any]]) -> None:
        """Add the file of a changed record: texts replaced, and one item added at the end of each list in ``added``."""
        try:
            text = self.read(path)
            before = yamldoc.read(path, text.encode())
        except (yamldoc.Refused, OSError):
            self.problems.append(f"facts/{path} cannot be read: please change it by hand.")
            return
        value = {**before, **fields, **{name: [*before.get(name, ()), item] for name, item in added.items()}}
        self._keep(kind, path, value, yaml_comments.read(text))

    def _keep(self, kind: str, path: str, value: dict[str, Any], kept: yaml_comments.Comments) -> None:
        """Add a file, if it reads back as exactly ``value`` and as a sound record."""
        data = yaml_layout.write(kind, path, value, self.schemas.documents, kept)
        try:
            same = yamldoc.read(path, data) == value
        except yamldoc.Refused as refused:
            self.problems.append(f"{kind}: {refused.finding.message}. {refused.finding.hint}".rstrip())
            return
        if not same:
            self.problems.append(f"{kind}: a text in it cannot be written down as it is.")
        found = [*name_not_kebab_case(path), *unsafe_character(path, data, value)]
        for p in found + self.schemas.check(kind, path, value):
            place = " ".join([kind, *(step for step in p.pointer if isinstance(step, str))])
            said = ". ".join(filter(None, [p.message, p.value and f"Found: {p.value}", p.allowed, p.hint]))
            self.problems.append(f"{place}: {said}")
        self.files[path] = data.decode()


def request(
    form: Form, body: str, number: int, archive: Archive, schemas: Schemas, read: Callable[[str], str], today: str
) -> Request:
    """Return the result of the text of an issue. ``read`` returns the text of a file under ``facts/`` that the archive
    names."""
    made = Request(archive=archive, schemas=schemas, read=read, today=today, number=number)
    given, made.problems = read_answers(form, body)
    if not made.problems:
        _BUILDERS[form.label](made, given)
    if made.problems:
        made.files = {}
    return made


_WEIGHED = frozenset(("claim", "date", "kind", "speaker"))
"""The fields that the evidence of a fact was weighed for: where one changes, the status no longer holds."""


def _new_fact(made: Request, given: Given) -> None:
    claim = line(given["claim"])
    name = _id(made, given["id"] or proposed(claim), "id")
    date = line(given["date"])
    status = next(w.id for w in made.archive.vocabulary["statuses"].values() if w.has("default"))
    value = {
        "claim": claim,
        "date": date,
        "kind": given["kind"],
        "organizations": _ids(made, given["organizations"], "organization"),
        "speaker": line(given["speaker"]),
        "topics": items(given["topics"]),
        "people": items(given["people"]),
        "countries": items(given["countries"]),
        "sources": [_reference(made, given, "supports")],
        "status": status,
        "history": [_entry(made, status, f"Taken from {_named(made)} and not weighed yet.")],
        "note": line(given["note"]),
    }
    if year := _year(made, date):
        made.new("fact", f"records/{year}", name, value)


def _new_organization(made: Request, given: Given) -> None:
    names = [{"text": line(given["name"]), "language": given["language"]}, *_names(made, given["other_names"])]
    value = {
        "names": names,
        "acronyms": _names(made, given["acronyms"]),
        "kind": given["kind"],
        "founded": line(given["founded"]),
        "part_of": _ids(made, given["part_of"], "organization"),
        "website": line(given["website"]),
        "description": line(given["description"]),
        "sources": [_reference(made, given, "")],
        "note": line(given["note"]),
    }
    made.new("organization", "organizations", _id(made, given["id"] or proposed(names[0]["text"]), "id"), value)


def _correction(made: Request, given: Given) -> None:
    added = {}
    if given["source"] or given["source_url"]:
        added["sources"] = _reference(made, given, "supports")
    _change(made, given, {given["field"]: line(given["value"])}, added, "")


def _correct_organization(made: Request, given: Given) -> None:
    named = given["source"] or given["source_url"]
    _amend(made, given, "organization", {"sources": _reference(made, given, "")} if named else {})


def _correct_source(made: Request, given: Given) -> None:
    _amend(made, given, "source", {})


def _amend(made: Request, given: Given, kind: str, added: dict[str, dict[str, Any]]) -> None:
    """Change a field of a record that has no ledger: why stands in the issue and in the change that is made of it."""
    name = _id(made, given["record"], "record")
    archive = made.archive
    known: Mapping[str, Organization | Source] = archive.organizations if kind == "organization" else archive.sources
    if name not in known:
        made.problems.append(f"There is no {kind} with the id {name}. {nearest(name, known)}".rstrip())
        return
    made.change(kind, known[name].path, {given["field"]: line(given["value"])}, added)


def _dispute(made: Request, given: Given) -> None:
    # The vocabulary says which status is for claims that sources contradict each other about.
    status = next(w.id for w in made.archive.vocabulary["statuses"].values() if w.extra.get("evidence") == "conflict")
    _change(made, given, {"status": status}, {"sources": _reference(made, given, "contradicts")}, status)


def _change(made: Request, given: Given, fields: Given, added: dict[str, dict[str, Any]], status: str) -> None:
    """Change a fact, and enter the change in its ledger."""
    name = _id(made, given["record"], "record")
    statement = made.archive.statements.get(name)
    if statement is None:
        hint = nearest(name, made.archive.statements)
        made.problems.append(f"There is no fact with the id {name}. {hint}".rstrip())
        return
    if "date" in fields:
        _year(made, fields["date"])
    weighed = made.archive.vocabulary["statuses"][statement.status]
    if not added and not _WEIGHED.isdisjoint(fields) and weighed.evidence != "none":
        made.problems.append(
            f"The fact is {weighed.label.lower()}, by the sources it cites now. Name the source that shows that its "
            f"{', '.join(sorted(fields))} should be another."
        )
    reason = line(given["reason"]) + (f" (Issue {made.number}.)" if made.number else "")
    made.change("fact", statement.path, fields, {**added, "history": _entry(made, status or statement.status, reason)})


def _named(made: Request) -> str:
    """What a ledger calls the form: by mail or as a file it comes without a number."""
    return f"issue {made.number}" if made.number else "a form"


def _entry(made: Request, status: str, reason: str) -> dict[str, str]:
    return {"date": made.today, "status": status, "reason": reason}


def _reference(made: Request, given: Given, stance: str) -> dict[str, str]:
    """Return a reference to a recorded source, or to one that the form describes, which gets a record of its own."""
    described = {part: line(given[f"source_{part}"]) for part in ("title", "publisher", "url", "published")}
    name = _id(made, given["source"] or proposed(f"{described['publisher']} {described['title']}"), "source")
    if name not in made.archive.known["source"]:
        if not given["source_url"]:
            hint = nearest(name, made.archive.known["source"]) or "If it is a new one, describe it."
            made.problems.append(f"There is no source with the id {name}. {hint}")
        kind, language = given["source_kind"], given["source_language"]
        made.new("source", "sources", name, {**described, "language": language, "kind": kind})
    elif described["url"] and described["url"] != made.archive.sources[name].url:
        made.problems.append(f"The source {name} is recorded with another address: choose another id for yours.")
    found = {"source": name, "locator": line(given["locator"]), "stance": stance, "note": line(given["source_note"])}
    return {part: text for part, text in found.items() if text}


def _id(made: Request, text: str, what: str) -> str:
    """Return the id that was written; empty, with a problem added, where it cannot be one."""
    name = identifier(text)
    if not name:
        said = f"{show(text)} cannot be an id" if text else "an id has to be given"
        made.problems.append(f"{what}: {said}. An id is made of lower-case a-z, 0-9 and single hyphens.")
    return name


def _ids(made: Request, text: str, kind: str) -> list[str]:
    """Return the ids in ``text``, each of a record of ``kind``; others become problems."""
    names = [name for part in items(text) if (name := _id(made, part, kind))]
    for name in names:
        if name not in made.archive.known[kind]:
            hint = nearest(name, made.archive.known[kind]) or "Send it in first, with its own form."
            made.problems.append(f"There is no {kind} with the id {name}. {hint}")
    return names


def _names(made: Request, text: str) -> list[dict[str, str]]:
    """Return names with their language, from one a line, such as ``fr: Nom``."""
    found = []
    for part in filter(str.strip, text.split("\n")):
        language, colon, name = part.strip(" \t-*").partition(":")
        if not colon or not name.strip():
            made.problems.append(f"{show(part)}: write the language, a colon and the name, such as en: {show(part)}.")
            continue
        found.append({"text": line(name), "language": language.strip()})
    return found


def _year(made: Request, date: str) -> str:
    """Return the folder of a fact with that date; empty, with a problem added, where it is no date."""
    try:
        return edtf.parse(date).year if date and date != UNKNOWN else "undated"
    except edtf.EdtfError as error:
        made.problems.append(f"date: {show(date)}: {error}. {error.hint}".rstrip())
        return ""


_BUILDERS: dict[str, Callable[[Request, Given], None]] = {
    "new-fact": _new_fact,
    "new-organization": _new_organization,
    "correction": _correction,
    "dispute": _dispute,
    "correct-organization": _correct_organization,
    "correct-source": _correct_source,
}

"""Makes the files of a pull request from an issue that was written with a form.

``new-fact`` and ``new-organization`` make a record, the others change one; most can add a source. The forms themselves,
with their texts, are the project's; only their names and question ids are known here. The issue is a stranger's: an id
becomes kebab-case or is refused, every value becomes plain text, and each file has been read back and checked by its
schema before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from factbook import ids
from factbook.authoring.form_answers import (
    Form,
    identifier,
    items,
    line,
    proposed,
    read_answers,
)
from factbook.authoring.form_request import Given, Request
from factbook.authoring.form_weigh import borne, still_says
from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.records import UNKNOWN, Organization, Source
from factbook.read.schema import Schemas
from factbook.rules import lookup
from factbook.text import nearest, show


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
    reference = _reference(made, given, "supports")
    value = {
        "claim": claim,
        "date": date,
        "kind": given["kind"],
        "organizations": _ids(made, given["organizations"], "organization", reference),
        "speaker": line(given["speaker"]),
        "topics": items(given["topics"]),
        "people": _words(made, given["people"], "people"),
        "countries": _words(made, given["countries"], "countries"),
        "sources": [reference],
        "status": status,
        "history": [_entry(made, status, f"Taken from {_named(made)} and not weighed yet.")],
        "note": line(given["note"]),
    }
    if year := _year(made, date):
        made.new("fact", f"records/{year}", name, value)


def _new_organization(made: Request, given: Given) -> None:
    names = [{"text": line(given["name"]), "language": given["language"]}, *_names(made, given["other_names"])]
    reference = _reference(made, given, "")
    value = {
        "names": names,
        "acronyms": _names(made, given["acronyms"]),
        "kind": given["kind"],
        "founded": line(given["founded"]),
        "part_of": _ids(made, given["part_of"], "organization", reference),
        "website": line(given["website"]),
        "description": line(given["description"]),
        "sources": [reference],
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
    name = _id(made, given["record"], "record", kind)
    archive = made.archive
    known: Mapping[str, Organization | Source] = archive.organizations if kind == "organization" else archive.sources
    if not name:
        return
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
    name = _id(made, given["record"], "record", "fact")
    statement = made.archive.statements.get(name)
    if not name:
        return
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
    if "date" in fields and (said := still_says(made.archive, statement, fields["date"])):
        made.problems.append(f"The claim still says {show(said)}: correct the claim first, then its date.")
    source = made.source(added["sources"]["source"]) if added and not _WEIGHED.isdisjoint(fields) else None
    held = status or (borne(made.archive, statement, source) if source else statement.status)
    if held not in (status, statement.status):
        reason += (
            f" The source named for it bears no more than {made.archive.vocabulary['statuses'][held].label.lower()}."
        )
        fields = {**fields, "status": held}
    made.change("fact", statement.path, fields, {**added, "history": _entry(made, held, reason)})


def _named(made: Request) -> str:
    """What a ledger calls the form: by mail or as a file it comes without a number."""
    return f"issue {made.number}" if made.number else "a form"


def _entry(made: Request, status: str, reason: str) -> dict[str, str]:
    return {"date": made.today, "status": status, "reason": reason}


def _reference(made: Request, given: Given, stance: str) -> dict[str, str]:
    """Return a reference to a recorded source, or to one that the form describes, which gets a record of its own."""
    described = {part: line(given[f"source_{part}"]) for part in ("title", "publisher", "url", "published")}
    known = lookup.meant(made.archive, "source", described["url"]) if described["url"] else ""
    said = given["source"] or known or proposed(f"{described['publisher']} {described['title']}")
    name = _id(made, said, "source", "source")
    if not name:
        return {"source": "none", "locator": "none", **({"stance": stance} if stance else {})}  # told above
    if name not in made.archive.known["source"]:
        if not given["source_url"]:
            hint = nearest(name, made.archive.known["source"]) or "If it is a new one, describe it."
            made.problems.append(f"There is no source with the id {name}. {hint}")
        kind, language = given["source_kind"], given["source_language"]
        made.new("source", "sources", name, {**described, "language": language, "kind": kind})
    elif described["url"] and name != known:
        made.problems.append(f"The source {name} is recorded with another address: choose another id for yours.")
    found = {"source": name, "locator": line(given["locator"]), "stance": stance, "note": line(given["source_note"])}
    return {part: text for part, text in found.items() if text}


def _id(made: Request, text: str, what: str, kind: str = "") -> str:
    """Return the id that was written, or that of the record of ``kind`` that is meant by any name or address of it;
    empty, with a problem added, where there is none."""
    if kind and (meant := lookup.meant(made.archive, kind, text.strip())):
        return meant
    name = identifier(text) or (identifier(ids.of_place(text)) if kind else "")
    if not name:
        said = f"{show(text)} cannot be an id" if text else "an id has to be given"
        made.problems.append(f"{what}: {said}. An id is made of lower-case a-z, 0-9 and single hyphens.")
    return name


def _ids(made: Request, text: str, kind: str, reference: dict[str, str]) -> list[str]:
    """Return the ids of the records of ``kind`` in ``text``; what means none becomes a problem.

    A line ``name | kind | sentence``, with ``| website`` behind it or not, describes a new organization, which rests on
    the ``reference`` of the record.
    """
    lines = text.split("\n")
    bars = (2, 3) if kind == "organization" else ()
    described = [line(part).strip("-* ") for part in lines if part.count("|") in bars]
    names = [_describe(made, part, reference) for part in described]
    rest = "\n".join(part for part in lines if line(part).strip("-* ") not in described)
    found = [name for part in items(rest) if (name := _id(made, part, kind, kind))]
    for name in found:
        if name not in made.archive.known[kind]:
            hint = lookup.near(made.archive, [kind], name) or _NEW
            made.problems.append(f"There is no {kind} with the id {name}. {hint}")
    return list(dict.fromkeys([*found, *names])) or (["none"] if text else [])


_NEW = "If it is a new one, describe it on a line of its own: name | kind | what it is, in a sentence | its website."


def _describe(made: Request, text: str, reference: dict[str, str]) -> str:
    """Add the record of an organization that is described in one line; return its id."""
    called, kind, about, *website = (part.strip() for part in text.split("|"))
    if name := lookup.meant(made.archive, "organization", called):
        return name
    name = _id(made, proposed(called), "organization") or "none"
    kinds = made.archive.vocabulary["organization_kinds"]
    value = {
        "names": [{"text": called, "language": made.archive.claims}],
        "kind": kind if kind in kinds else lookup.word_meant(made.archive, "organization_kinds", kind) or kind,
        "website": "".join(website),
        "description": about,
        "sources": [{part: text for part, text in reference.items() if part != "stance"}],
    }
    made.new("organization", "organizations", name, value)
    return name


def _words(made: Request, text: str, plural: str) -> list[str]:
    """Return the words of a list of the vocabulary that ``text`` names; what names none stays as it is."""
    known = made.archive.vocabulary[plural]
    return [part if part in known else lookup.word_meant(made.archive, plural, part) or part for part in items(text)]


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

"""Plain values that passed their schema into the values of the model."""

from __future__ import annotations

from sys import intern

from factbook.archive import Archive
from factbook.model import (
    Name,
    Organization,
    Place,
    Redirect,
    Reference,
    Relation,
    Revision,
    Search,
    Source,
    Statement,
    Succession,
    Translation,
)

_BLANK: dict[str, dict] = {
    "fact": {"claim": "", "kind": "", "organizations": [], "topics": [], "sources": [], "status": "", "history": []},
    "redirect": {"moved_to": "", "history": []},
    "source": {"title": "", "publisher": "", "kind": "", "language": ""},
    "organization": {"names": [], "kind": "", "description": ""},
    "search": {
        "question": "", "organizations": [], "period": "unknown", "places": [], "searched": "0001-01-01", "outcome": "",
    },
}  # fmt: skip
"""What stands for a required field that is wrong or missing, so that the rest of the record can be checked."""


def add_faulty(archive: Archive, kind: str, name: str, path: str, value: dict, wrong: set[str]) -> None:
    """Put a record that did not pass its schema into ``archive.incomplete``, without the fields that are wrong."""
    schema = "redirect" if kind == "fact" and "moved_to" in value else kind
    blank = dict(_BLANK[schema])
    fields = archive.schemas[schema]["properties"]
    sound = {field: v for field, v in value.items() if field in fields and field not in wrong}
    if "history" in blank:
        blank["history"] = [{"date": "0001-01-01", "status": sound.get("status", ""), "reason": ""}]
    archive.faulty[path] = frozenset((wrong | blank.keys()) - sound.keys())
    add(archive.incomplete, kind, name, path, {**blank, **sound})


def add(archive: Archive, kind: str, name: str, path: str, value: dict) -> None:
    """Put a record into the archive. ``kind`` is one of archive.KINDS; ``path`` its file under ``facts/``."""
    if kind == "organization":
        archive.organizations[name] = _organization(name, path, value)
    elif kind == "source":
        archive.sources[name] = _source(name, path, value)
    elif kind == "search":
        archive.searches[name] = _search(name, path, value)
    elif "moved_to" in value:
        moved = Redirect(id=name, path=path, moved_to=value["moved_to"], history=_history(value))
        archive.redirects[name] = moved
    else:
        archive.statements[name] = _statement(name, path, value)


def _statement(name: str, path: str, value: dict) -> Statement:
    return Statement(
        id=name,
        path=path,
        claim=value["claim"],
        kind=intern(value["kind"]),
        organizations=tuple(map(intern, value["organizations"])),
        topics=tuple(map(intern, value["topics"])),
        status=intern(value["status"]),
        references=_references(value),
        history=_history(value),
        date=value.get("date"),
        speaker=value.get("speaker", ""),
        people=tuple(map(intern, value.get("people", ()))),
        countries=tuple(map(intern, value.get("countries", ()))),
        relations=tuple(
            Relation(kind=intern(k), target=intern(v)) for pair in value.get("relations", ()) for k, v in pair.items()
        ),
        note=value.get("note", ""),
        translations=tuple(Translation(**t) for t in value.get("translations", ())),
    )


def _references(value: dict) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            source=intern(r["source"]),
            locator=r["locator"],
            stance=intern(r.get("stance", "supports")),
            note=r.get("note", ""),
        )
        for r in value.get("sources", ())
    )


def _history(value: dict) -> tuple[Revision, ...]:
    return tuple(
        Revision(
            date=intern(r["date"]),
            status=intern(r["status"]),
            reason=r["reason"],
            sources=tuple(map(intern, r.get("sources", ()))),
        )
        for r in value["history"]
    )


def _source(name: str, path: str, value: dict) -> Source:
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items() if k != "id"}
    fields.setdefault("origin", value.get("organization", name))
    return Source(id=name, path=path, **fields)


def _search(name: str, path: str, value: dict) -> Search:
    fields = {k: v for k, v in value.items() if k not in ("id", "organizations", "places")}
    return Search(
        id=name,
        path=path,
        organizations=tuple(map(intern, value["organizations"])),
        places=tuple(Place(**p) for p in value["places"]),
        **fields,
    )


def _organization(name: str, path: str, value: dict) -> Organization:
    fields = {k: v for k, v in value.items() if k not in ("id", "sources")}
    for key in ("names", "acronyms"):
        fields[key] = tuple(Name(**n) for n in fields.get(key, ()))
    fields["predecessors"] = tuple(Succession(**p) for p in fields.get("predecessors", ()))
    fields["part_of"] = tuple(fields.get("part_of", ()))
    return Organization(id=name, path=path, references=_references(value), **fields)

"""Plain values that passed their schema into the values of the model."""

from __future__ import annotations

from sys import intern

from factbook.archive import Archive
from factbook.model import Name, Organization, Redirect, Reference, Relation, Revision, Source, Statement, Succession

_BLANK: dict[str, dict] = {
    "fact": {"claim": "", "kind": "", "organizations": [], "topics": [], "sources": [], "status": "", "history": []},
    "redirect": {"moved_to": "", "history": []},
    "source": {"title": "", "publisher": "", "kind": "", "language": ""},
    "organization": {"names": [], "kind": "", "description": ""},
}
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
    """Put a record into the archive. ``kind`` is fact, source or organization; ``path`` its file under ``facts/``."""
    if kind == "organization":
        archive.organizations[name] = _organization(name, path, value)
    elif kind == "source":
        archive.sources[name] = _source(name, path, value)
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
        relations=tuple(
            Relation(kind=intern(k), target=intern(v)) for pair in value.get("relations", ()) for k, v in pair.items()
        ),
        note=value.get("note", ""),
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


def _organization(name: str, path: str, value: dict) -> Organization:
    fields = {k: v for k, v in value.items() if k not in ("id", "sources")}
    for key in ("names", "acronyms"):
        fields[key] = tuple(Name(**n) for n in fields.get(key, ()))
    fields["predecessors"] = tuple(Succession(**p) for p in fields.get("predecessors", ()))
    fields["part_of"] = tuple(fields.get("part_of", ()))
    return Organization(id=name, path=path, references=_references(value), **fields)

"""Nothing that a reader or a rule can see of a record changes in silence: field by field, as the model has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields, replace

from archives import archive
from factbook.check.run import read
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS
from factbook.model.ledger_fields import FREE, GIVEN, fields_in_ledger, says
from factbook.model.records import Redirect, Statement
from factbook.rules.compare import named
from factbook.rules.history import Base, change_without_entry, redirect_says_another

COLLECTIONS = {kind.type: kind.collection for kind in KINDS.values()}
FIELDS = [(record, field) for record in COLLECTIONS for field in fields_in_ledger(record)]


def types(held: Any) -> Iterator[type[Struct]]:
    """The classes of records inside the type of a field."""
    if isinstance(held, type) and issubclass(held, Struct):
        yield held
    for inner in get_args(held):
        yield from types(inner)


def made(record: type[Struct]) -> Struct:
    """A record of a class, each field with something in it."""
    return record(**{f.name: other(f.type, None) for f in fields(record)})


def other(held: Any, value: Any) -> Any:
    """Another value than ``value`` for a field of that type."""
    inner = next(types(held), None)
    if "tuple" in str(held):
        return (*(value or ()), made(inner) if inner else "something-else")
    if inner is not None:
        return made(inner)
    return f"{value or ''} otherwise"


def variants(held: Any, value: Any) -> Iterator[Any]:
    """Other values for a field: more of it, none of it where it may be left out, and each part of it changed."""
    inner = next(types(held), None)
    full = value or other(held, value)
    if not isinstance(full, Struct):
        yield other(held, full)
    parts = full if isinstance(full, tuple) else (full,)
    for i, part in enumerate(parts):
        if isinstance(part, Struct):
            for f in fields(part):
                new = replace(part, **{f.name: other(f.type, getattr(part, f.name))})
                yield (*parts[:i], new, *parts[i + 1 :]) if isinstance(full, tuple) else new
    if isinstance(full, tuple) and inner is None:
        yield (other(str, full[0]), *full[1:])
        yield full[1:]


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive."""
    return read(archive(tmp_path_factory.mktemp("held") / "archive"))[0]


def against(before: Archive, after: Archive) -> list[str]:
    """The pointers to what has changed in silence between two archives."""
    base = Base(name="before", archive=before, problems=[], waivers=())
    return [str(found.pointer[0]) for found in change_without_entry(after, base)]


def with_record(archive: Archive, record: Any) -> Archive:
    """The archive with another record in the place of the one of that id."""
    collection = COLLECTIONS[type(record)]
    return replace(archive, **{collection: {**getattr(archive, collection), record.id: record}})


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=[f"{k.__name__}-{f}" for k, f in FIELDS])
def test_a_change_of_any_field_without_an_entry_is_found(kind: type[Any], field: str, lights: Archive) -> None:
    """Whatever field the model has, and whatever in it changes, is told, unless the table of exceptions names it."""
    first = next(iter(getattr(lights, COLLECTIONS[kind]).values()))
    info = next(f for f in fields(kind) if f.name == field)
    held_by = info.type
    copied = f"https://web.archive.org/web/2024/{getattr(first, 'url', '') or 'https://lights.example'}"
    given = copied if field == "archive_url" else getattr(first, field) or other(held_by, None)
    full = replace(first, **{field: given})
    before = with_record(lights, full)
    assert against(before, before) == []
    there = getattr(full, field)
    for value in variants(held_by, there):
        if field in GIVEN[kind] and isinstance(value, tuple) and value[: len(there)] == there:
            continue
        assert against(before, with_record(lights, replace(full, **{field: value}))) == [named(field)]
    if not info.required:
        nothing = info.default if info.default is not NODEFAULT else ()
        emptied = with_record(lights, replace(full, **{field: nothing}))
        assert against(before, emptied) == [named(field)]
        assert against(emptied, before) == ([] if field in GIVEN[kind] else [named(field)])


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=[f"{k.__name__}-{f}" for k, f in FIELDS])
def test_a_change_of_any_field_with_an_entry_is_welcome(kind: type[Any], field: str, lights: Archive) -> None:
    """The same change passes where the ledger has a new entry."""
    first = next(iter(getattr(lights, COLLECTIONS[kind]).values()))
    types_of = {f.name: f.type for f in fields(kind)}
    entry = made(next(types(types_of["history"])))
    changed = replace(first, **{field: other(types_of[field], getattr(first, field))}, history=(*first.history, entry))
    assert against(lights, with_record(lights, changed)) == []


@pytest.mark.parametrize("field", says())
def test_a_fact_leads_to_one_that_says_the_same_in_every_field(field: str, lights: Archive) -> None:
    """Whatever makes a fact this one and no other must be there where it has moved to."""
    first = lights.statements["storm-broke-gull-rock-lamp-1902"]
    held_by = next(f.type for f in fields(Statement) if f.name == field)
    target = replace(first, id="elsewhere", **{field: other(held_by, getattr(first, field))})
    redirect = Redirect(id=first.id, path=first.path, moved_to="elsewhere", history=first.history)
    facts = {name: one for name, one in lights.statements.items() if name != first.id}
    after = replace(
        lights, statements={**facts, "elsewhere": target}, redirects={**lights.redirects, first.id: redirect}
    )
    base = Base(name="before", archive=lights, problems=[], waivers=())
    (found,) = redirect_says_another(after, base)
    assert found.message == f"the fact has moved to one that says something else: its {named(field)}"


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_the_table_of_exceptions_names_fields_that_there_are(kind: type[Any]) -> None:
    """No exception outlives its field, each says why, and none stands in both tables."""
    known = {f.name for f in fields(kind)}
    assert set(FREE[kind]) | set(GIVEN[kind]) <= known
    assert set(FREE[kind]).isdisjoint(GIVEN[kind])
    assert [why for why in (*FREE[kind].values(), *GIVEN[kind].values()) if not why.endswith(".")] == []
    assert "history" in known


def test_every_kind_of_record_has_a_ledger_and_is_held_to_it() -> None:
    """Nothing that is published can change without a place to say why."""
    assert set(COLLECTIONS) == set(FREE) == set(GIVEN)
    assert [kind for kind in COLLECTIONS if all(f.name != "history" for f in fields(kind))] == []

"""Brings records into the form that newer engines brought; rules/versions.py says what else these changed.

A migration never says anything else than the record did: it brings the same claim into the form of today, and a new
entry in the ledger says that it did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from factbook.authoring import yaml_comments, yaml_layout
from factbook.read import yamldoc
from factbook.rules.versions import number

Record = dict[str, Any]


class Migration(Struct, frozen=True, kw_only=True):
    """How records of the kind ``kind`` come into the form that engine ``version`` brought.

    ``says`` is the rest of the sentence *The form of this record …*; ``change`` returns the record in the newer form,
    or None where it is in that already.
    """

    version: str
    kind: str
    says: str
    change: Callable[[Record], Record | None]


MIGRATIONS: tuple[Migration, ...] = ()
"""Every migration, the oldest first; its version stands among the changes as well. No release has changed the form of
records yet."""


def due(engine: str) -> list[Migration]:
    """Return the migrations of an archive that was made for ``engine`` last, in their order."""
    return [migration for migration in MIGRATIONS if number(migration.version) > number(engine)]


def migrated(
    wanted: Sequence[Migration], kind: str, path: str, data: bytes, schemas: dict[str, dict[str, Any]], day: str
) -> bytes:
    """Return a record after the migrations, with an entry of the ``day`` in its ledger for each that changed it.

    Raises yamldoc.Refused where it cannot be read, yaml_layout.Impossible where it cannot be laid out.
    """
    mine = [migration for migration in wanted if migration.kind == kind]
    if not mine:
        return data
    before = value = yamldoc.read(path, data)
    for migration in mine:
        changed = migration.change(value)
        if changed is not None:
            value = _told(changed, migration, schemas[kind], day)
    return data if value == before else yaml_layout.write(kind, path, value, schemas, yaml_comments.read(data.decode()))


def _told(value: Record, migration: Migration, schema: dict[str, Any], day: str) -> Record:
    """Return the record with the entry of its ledger for a migration; a kind without a ledger has none."""
    if "history" not in schema["properties"]:
        return value
    entry = {"date": day, "reason": f"The form of this record {migration.says} (factbook {migration.version})."}
    if "status" in value:
        entry = {"date": day, "status": value["status"], "reason": entry["reason"]}
    return {**value, "history": [*value.get("history", ()), entry]}

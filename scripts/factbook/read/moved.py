"""The list of ids that have moved, from ``facts/moved.yaml``."""

from __future__ import annotations

from pathlib import Path

from msgspec import convert

from factbook.model.moved import Moved
from factbook.read import yamldoc
from factbook.read.files import data_of, located
from factbook.read.schema import Schemas
from factbook.rules.files import unreadable
from factbook.rules.moved import FILE
from factbook.rules.problem import Finding, Problem


def read_moved(facts: Path, schemas: Schemas) -> tuple[tuple[Moved, ...], list[Problem]]:
    """Return the entries of the file below ``facts``, none where there is no file, and its problems, located.

    With a problem there are no entries.
    """
    path = facts / FILE
    if path.is_symlink() or not path.exists():
        return (), []  # a link is reported with all others
    data = b""
    found: list[Finding] = []
    try:
        data = data_of(facts, FILE)
        value = yamldoc.read(FILE, data)
        found = [*yamldoc.faults(FILE, data, value), *schemas.check("moved", FILE, value)]
        if not found:
            return convert(value["moved"], tuple[Moved, ...]), []
    except yamldoc.Refused as refused:
        found = [refused.finding]
    except OSError as error:
        found = [*unreadable(FILE, error.strerror or "")]
    return (), [located(finding, data) for finding in found]

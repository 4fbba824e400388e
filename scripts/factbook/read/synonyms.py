"""Reads words that mean the same to a search, from ``facts/synonyms.yaml``."""

from __future__ import annotations

from pathlib import Path

from msgspec import convert

from factbook.read import yamldoc
from factbook.read.files import data_of, located
from factbook.read.schema import Schemas
from factbook.rules.files import unreadable
from factbook.rules.problem import Finding, Problem
from factbook.rules.synonyms import FILE, synonym_twice

Groups = tuple[tuple[str, ...], ...]
"""Groups of words or phrases; each word stands for every other of its group."""


def read_synonyms(facts: Path, schemas: Schemas) -> tuple[Groups, list[Problem]]:
    """Return the groups in the file below ``facts``, and its problems, located.

    There are no groups where there is no file, or where it has a problem.
    """
    path = facts / FILE
    if path.is_symlink() or not path.exists():
        return (), []  # a link is reported with all others
    data = b""
    groups: Groups = ()
    found: list[Finding] = []
    try:
        data = data_of(facts, FILE)
        value = yamldoc.read(FILE, data)
        found = [*yamldoc.faults(FILE, data, value), *schemas.check("synonyms", FILE, value)]
        if not found:
            groups = convert(value["synonyms"], Groups)
            found = [*synonym_twice(groups)]
    except yamldoc.Refused as refused:
        found = [refused.finding]
    except OSError as error:
        found = [*unreadable(FILE, error.strerror or "")]
    return (() if found else groups), [located(finding, data) for finding in found]

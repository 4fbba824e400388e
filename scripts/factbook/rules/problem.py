"""What is wrong and where: a ``Finding``, which a rule returns, and a ``Problem``, which has a place in a file."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

Severity = Literal["error", "warning", "waived"]
"""An error stops a build. A waived problem is one that ``facts/waivers.yaml`` permits for a time."""
Plain = str | list["Plain"] | dict[str, "Plain"]
"""A value of a YAML file: texts, lists and mappings, nothing else."""
Pointer = tuple[str | int, ...]
"""The path to a value inside a record: field names and list positions, outermost first."""


class Key(str):
    """A last step of a pointer that means the field name itself rather than its value."""


class Finding(Struct, frozen=True, kw_only=True):
    """What a rule finds wrong with one value of one file.

    ``path`` is relative to ``facts/``. ``pointer`` says which value is meant; a rule that knows the place gives
    ``line`` and ``column``, from 1, instead. ``value`` is what stands there, ``allowed`` what would be accepted,
    ``hint`` the likely repair. ``rule`` and ``severity`` are set where the rule is registered.
    """

    path: str
    pointer: Pointer = ()
    line: int = 0
    column: int = 0
    message: str
    value: str = ""
    allowed: str = ""
    hint: str = ""
    rule: str = ""
    severity: Severity = "error"


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """A finding with its place, as people see it. Problems sort by file and place.

    ``path`` is relative to the archive, with ``/``; ``line`` and ``column`` count from 1.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    value: str = ""
    allowed: str = ""
    hint: str = ""
    severity: Severity = "error"


class HasPath(Protocol):
    """Anything that knows its file, such as a record."""

    @property
    def path(self) -> str:
        """The path of the file, relative to ``facts/``."""


def finding(
    record: HasPath, pointer: Pointer, message: str, *, value: str = "", allowed: str = "", hint: str = ""
) -> Finding:
    """Return a finding about the value of ``record`` that ``pointer`` leads to."""
    return Finding(path=record.path, pointer=pointer, message=message, value=value, allowed=allowed, hint=hint)


def of_file(path: str, message: str, *, value: str = "", allowed: str = "", hint: str = "") -> Finding:
    """Return a finding about the file ``path`` as a whole: its name, its place, or that it exists."""
    return Finding(path=path, line=1, column=1, message=message, value=value, allowed=allowed, hint=hint)

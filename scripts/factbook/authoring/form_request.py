"""The result of an issue: the files of its records, each read back and held to its schema, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from factbook.authoring import yaml_comments, yaml_layout
from factbook.authoring.form_answers import line
from factbook.model.archive import Archive
from factbook.model.records import Source
from factbook.read import convert, yamldoc
from factbook.read.schema import Schemas
from factbook.rules.characters import unsafe_character
from factbook.rules.files import name_not_kebab_case
from factbook.text import in_a_row, show

Given = dict[str, str]
"""The answers of a form by the ids of its questions."""


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
        """Add the file of a new record; an empty ``name`` has been told as a problem."""
        if name in self.archive.known[kind]:
            self.problems.append(f"There is a {kind} with the id {name} already: choose another, or correct that one.")
        self._keep(kind, f"{folder}/{name or 'none'}.yaml", {k: v for k, v in value.items() if v}, {})

    def change(self, kind: str, path: str, fields: Given, added: dict[str, dict[str, Any]]) -> None:
        """Add the file of a changed record: texts replaced, and one item added at the end of each list in ``added``."""
        try:
            text = self.read(path)
            before = yamldoc.read(path, text.encode())
        except (yamldoc.Refused, OSError):
            self.problems.append(f"facts/{path} cannot be read: please change it by hand.")
            return
        if same := [
            name for name, text in fields.items() if name != "status" and line(str(before.get(name, ""))) == text
        ]:
            self.problems.append(f"It says so already: the {same[0]} is {show(fields[same[0]])}.")
            return
        value = {**before, **fields, **{name: [*before.get(name, ()), item] for name, item in added.items()}}
        self._keep(kind, path, value, yaml_comments.read(text))

    def source(self, name: str) -> Source | None:
        """Return the source with that id, of the archive or described in the form; None where it is not sound."""
        path = f"sources/{name}.yaml"
        if name in self.archive.sources or path not in self.files or self.problems:
            return self.archive.sources.get(name)
        made = convert.record("source", path, yamldoc.read(path, self.files[path].encode()))
        return made if isinstance(made, Source) else None

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
            said = in_a_row(p.message, p.value and f"Found: {p.value}", p.allowed, p.hint)
            self.problems.append(f"{place}: {said}")
        self.files[path] = data.decode()

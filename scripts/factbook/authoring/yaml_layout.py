"""The one canonical layout of a record: fields in the order of the schema, a line for each, quotes only where needed,
nothing wrapped. Values and comments stay; only their places change."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

import yaml

from factbook.authoring import yaml_comments
from factbook.model.kinds import schema_of
from factbook.read import yamldoc
from factbook.read.dialect import resolve
from factbook.rules.problem import Plain, Pointer

MODELINE = "# yaml-language-server:"
"""The beginning of the line that tells an editor the schema of a file."""
_INDENT = 2
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_LEADING = frozenset("-?:,[]{}#&*!|>'\"%@`")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_GUESSED = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""Texts that YAML 1.2 reads as something else than text. The check does not, but editors do."""


About = tuple[dict[str, Any], dict[str, Any]]
"""The part of a schema that is about a value, and the document this part is in (see ``resolve``)."""


class Impossible(Exception):
    """The record cannot be written in the canonical layout without changing its meaning."""


def canonical(kind: str, path: str, data: bytes, schemas: dict[str, dict[str, Any]]) -> bytes:
    """Return the file at ``path`` (relative to ``facts/``) in canonical layout.

    Raises yamldoc.Refused where it cannot be read, Impossible where its meaning would change.
    """
    value = yamldoc.read(path, data)
    kept = yaml_comments.read(data.decode())
    text = write(kind, path, value, schemas, kept)
    if yamldoc.read(path, text) != value:
        raise Impossible("in the canonical layout it would say something else")
    return text


def write(
    kind: str,
    path: str,
    value: dict[str, Any],
    schemas: dict[str, dict[str, Any]],
    kept: yaml_comments.Comments | None = None,
) -> bytes:
    """Return the file of a record: ``value`` in canonical layout, with its modeline and the comments ``kept``."""
    schema = schemas[schema_of(kind, value)]
    modeline = f"{MODELINE} $schema={'../' * path.count('/')}schema/{schema['$id']}"
    kept = kept or {}
    head = [c for c in kept.get(((), "before"), ()) if not c.startswith(MODELINE)]
    body = _Writer(schemas, kept).mapping(value, (schema, schema), (), 0)
    return "".join(f"{line}\n" for line in (modeline, *head, *body, *kept.get(((), "after"), ()))).encode()


def item(kind: str, field: str, value: dict[str, Any], schemas: dict[str, dict[str, Any]], indent: int) -> list[str]:
    """Return the lines of one more item for the list ``field`` of a record; its hyphen is at the column ``indent``."""
    writer = _Writer(schemas, {})
    about = writer.below(writer.below((schemas[kind], schemas[kind]), field), 0)
    return writer.item(value, about, (field, 0), indent)


class _Writer:
    """Lays out the values of one file. ``about``, below, is what the schema says about a value."""

    def __init__(self, schemas: dict[str, dict[str, Any]], kept: yaml_comments.Comments) -> None:
        self.schemas = schemas
        self.kept = kept

    def mapping(self, value: dict[str, Any], about: About, pointer: Pointer, indent: int) -> list[str]:
        lines = []
        for name in _ordered(value, about[0]):
            below = self.below(about, name)
            lines += self.entry(f"{scalar(name)}:", value[name], below, (*pointer, name), indent)
        return lines

    def entry(self, lead: str, value: Plain, about: About, pointer: Pointer, indent: int) -> list[str]:
        """Return the lines of a field or an item: its comments, ``lead`` and what follows it."""
        if isinstance(value, list) and any(isinstance(item, list | dict) for item in value):
            steps = enumerate(value)
            rest = [
                line for i, v in steps for line in self.item(v, self.below(about, i), (*pointer, i), indent + _INDENT)
            ]
            before, beside, after = self.around(pointer)
        elif isinstance(value, dict) and value:
            rest = self.mapping(value, about, pointer, indent + _INDENT)
            before, beside, after = self.around(pointer)
        elif isinstance(value, str) and _fits_block(value):
            return self.line(lead, pointer, indent, value)
        else:
            return self.line(f"{lead} {self.inline(value, about, False)}", pointer, indent)
        line = "  ".join([lead, *beside[:1]])
        return [*_shifted([*before, *beside[1:], line], indent), *rest, *_shifted(after, indent)]

    def item(self, value: Plain, about: About, pointer: Pointer, indent: int) -> list[str]:
        """Return an item of a list that is not all texts: on a line of its own, or as a block that begins after the
        hyphen."""
        if isinstance(value, str):
            return self.entry("-", value, about, pointer, indent)
        if not isinstance(value, dict) or not value or about[0].get("x-layout") == "line":
            return self.line(f"- {self.inline(value, about, False)}", pointer, indent)
        body = self.mapping(value, about, pointer, indent + _INDENT)
        above = [line.strip() for line in takewhile(lambda line: line.lstrip().startswith("#"), body)]
        block = body[len(above) :]
        block[0] = " " * indent + "- " + block[0].lstrip(" ")
        before, beside, after = self.around(pointer)
        return [*_shifted([*before, *beside, *above], indent), *block, *_shifted(after, indent)]

    def line(self, line: str, pointer: Pointer, indent: int, block: str = "") -> list[str]:
        """Return one line, or a ``block`` of text, with its comments; comments from inside it go above."""
        before, beside, after = self.around(pointer)
        for (place, _), texts in self.kept.items():
            if len(place) > len(pointer) and place[: len(pointer)] == pointer:
                before += texts
        if block:
            line += " |" if block.endswith("\n") else " |-"
            before, beside = before + beside, []
            after = [" " * _INDENT + text if text else "" for text in block.removesuffix("\n").split("\n")] + after
        return _shifted([*before, *beside[1:], "  ".join([line, *beside[:1]]), *after], indent)

    def around(self, pointer: Pointer) -> tuple[list[str], list[str], list[str]]:
        """Return the comments before, beside and after a field or an item."""
        before, beside, after = (list(self.kept.get((pointer, side), ())) for side in ("before", "beside", "after"))
        return before, beside, after

    def inline(self, value: Plain, about: About, inside: bool) -> str:
        """Return a value on one line. ``inside`` brackets or braces more has to be quoted."""
        if isinstance(value, str):
            number = "integer" in about[0].get("type", ()) and _INTEGER.fullmatch(value)
            return value if number else scalar(value, inside)
        if isinstance(value, list):
            return f"[{', '.join(self.inline(item, self.below(about, i), True) for i, item in enumerate(value))}]"
        pairs = (
            f"{scalar(n, True)}: {self.inline(value[n], self.below(about, n), True)}" for n in _ordered(value, about[0])
        )
        return f"{{{', '.join(pairs)}}}"

    def below(self, about: About, step: str | int) -> About:
        """Return what the schema says about a field (a name) or an item (a number) of a value."""
        part, document = about
        inner = part.get("items", {}) if isinstance(step, int) else part.get("properties", {}).get(step, {})
        return resolve(inner, document, self.schemas)


def _ordered(value: dict[str, Any], part: dict[str, Any]) -> list[str]:
    """Return the fields in the order of the schema; fields that it does not have keep their order and come last."""
    known = list(part.get("properties", ()))
    return sorted(value, key=lambda name: known.index(name) if name in known else len(known))


def _shifted(lines: list[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in lines]


def scalar(text: str, inside: bool = False) -> str:
    """Return a text on one line, quoted where it would otherwise be read as something else. ``inside``: in [] or {}."""
    safe = (
        text
        and text[0] not in _LEADING
        and text == text.strip()
        and not text.startswith("...")
        and not text.endswith(":")
        and ": " not in text
        and " #" not in text
        and not _ODD.search(text)
        and not _GUESSED.fullmatch(text)
        and not (inside and any(c in ",[]{}" for c in text))
    )
    return text if safe else _quoted(text)


def _quoted(text: str) -> str:
    dumped: str = yaml.dump(text, Dumper=yaml.SafeDumper, default_style='"', allow_unicode=True, width=2**31)
    return dumped.rstrip("\n")


def _fits_block(text: str) -> bool:
    """Return whether a text of several lines can stand as a block scalar without loss."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and lines[0] != ""
        and lines[-1] != ""
        and all(line == line.rstrip() and not line.startswith((" ", "\t")) and not _ODD.search(line) for line in lines)
    )

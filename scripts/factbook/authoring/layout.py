"""The one canonical layout of a record: the fields in the order of the schema, a line for each, quotes only where
needed, nothing wrapped. The values and the comments are those of the file; only where they stand changes."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

import yaml

from factbook.authoring import comments
from factbook.model.kinds import schema_of
from factbook.read import yamldoc
from factbook.read.schema import resolve
from factbook.rules.problem import Plain, Pointer

MODELINE = "# yaml-language-server:"
"""How the line begins that tells an editor which schema a file keeps."""
_INDENT = 2
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_LEADING = frozenset("-?:,[]{}#&*!|>'\"%@`")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_GUESSED = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""What YAML 1.2 takes for something else than text. The check does not, but editors do."""


About = tuple[dict[str, Any], dict[str, Any]]
"""What a schema says about a value: the part that is about it, and the document this stands in (see ``resolve``)."""


class Impossible(Exception):
    """The record cannot be written in the canonical layout without a change to what it says."""


def canonical(kind: str, path: str, data: bytes, schemas: dict[str, dict[str, Any]]) -> bytes:
    """The file at ``path`` (relative to ``facts/``) in canonical layout.

    Raises yamldoc.Refused where it cannot be read, Impossible where its meaning would change.
    """
    value = yamldoc.read(path, data)
    kept = comments.read(data.decode())
    text = write(kind, path, value, schemas, kept)
    if yamldoc.read(path, text) != value:
        raise Impossible("in the canonical layout it would say something else")
    return text


def write(
    kind: str,
    path: str,
    value: dict[str, Any],
    schemas: dict[str, dict[str, Any]],
    kept: comments.Comments | None = None,
) -> bytes:
    """A record's file: ``value`` in canonical layout, with its modeline and the comments ``kept``."""
    schema = schemas[schema_of(kind, value)]
    modeline = f"{MODELINE} $schema={'../' * path.count('/')}schema/{schema['$id']}"
    kept = kept or {}
    head = [c for c in kept.get(((), "before"), ()) if not c.startswith(MODELINE)]
    body = _Writer(schemas, kept).mapping(value, (schema, schema), (), 0)
    return "".join(f"{line}\n" for line in (modeline, *head, *body, *kept.get(((), "after"), ()))).encode()


def item(kind: str, field: str, value: dict[str, Any], schemas: dict[str, dict[str, Any]], indent: int) -> list[str]:
    """The lines of one more item for the list ``field`` of a record, its hyphen at the column ``indent``."""
    writer = _Writer(schemas, {})
    about = writer.below(writer.below((schemas[kind], schemas[kind]), field), 0)
    return writer.item(value, about, (field, 0), indent)


class _Writer:
    """Lays out the values of one file. ``about``, below, is what the schema says about a value."""

    def __init__(self, schemas: dict[str, dict[str, Any]], kept: comments.Comments) -> None:
        self.schemas = schemas
        self.kept = kept

    def mapping(self, value: dict[str, Any], about: About, pointer: Pointer, indent: int) -> list[str]:
        lines = []
        for name in _ordered(value, about[0]):
            below = self.below(about, name)
            lines += self.entry(f"{scalar(name)}:", value[name], below, (*pointer, name), indent)
        return lines

    def entry(self, lead: str, value: Plain, about: About, pointer: Pointer, indent: int) -> list[str]:
        """A field or an item: its comments, ``lead`` and what follows it."""
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
        """An item of a list that is not all texts: a line of its own, or a block that begins after the hyphen."""
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
        """What stands on one line, or is a ``block`` of text, with its comments; those from inside it stand above."""
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
        """The comments before, beside and after a field or an item."""
        before, beside, after = (list(self.kept.get((pointer, side), ())) for side in ("before", "beside", "after"))
        return before, beside, after

    def inline(self, value: Plain, about: About, inside: bool) -> str:
        """A value on one line; ``inside`` brackets or braces more has to be quoted."""
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
        """The schema of a field (a name) or an item (a number)."""
        part, document = about
        inner = part.get("items", {}) if isinstance(step, int) else part.get("properties", {}).get(step, {})
        return resolve(inner, document, self.schemas)


def _ordered(value: dict[str, Any], part: dict[str, Any]) -> list[str]:
    """The fields in the order of the schema; those it does not know stay in their own order behind."""
    known = list(part.get("properties", ()))
    return sorted(value, key=lambda name: known.index(name) if name in known else len(known))


def _shifted(lines: list[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in lines]


def scalar(text: str, inside: bool = False) -> str:
    """A text on one line, in quotes where it would be read as something else without; ``inside``: in [] or {}."""
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
    """Whether a text of several lines can stand as a block that shows them."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and lines[0] != ""
        and lines[-1] != ""
        and all(line == line.rstrip() and not line.startswith((" ", "\t")) and not _ODD.search(line) for line in lines)
    )

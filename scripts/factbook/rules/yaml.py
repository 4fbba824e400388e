"""Rules for a file as YAML: its encoding, its syntax, and the characters that may stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec.structs import replace
from yaml import Node, ScalarNode

from factbook.rules.problem import Finding, Key, Plain, Pointer, of_file
from factbook.rules.register import rule
from factbook.text import show

MOST_BYTES = 64 * 1024
MOST_DEPTH = 8
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_CONTROL = bytes([*range(9), *range(11, 32), 127])
"""What of that ASCII has."""


def _at(
    path: str, mark: yaml.Mark | None, message: str, *, value: str = "", allowed: str = "", hint: str = ""
) -> Finding:
    """A finding at a mark that the YAML parser set; at the beginning of the file where there is none."""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Finding(path=path, line=line, column=column, message=message, value=value, allowed=allowed, hint=hint)


def _end(before: bytes) -> tuple[int, int]:
    """Line and column, from 1, of what follows ``before``, which is UTF-8."""
    return before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1


@rule(asks="file")
def too_large(path: str, size: int) -> Iterator[Finding]:
    """A record must be at most 64 KiB.

    A claim and its evidence are short. A larger file is a mistake, or an attempt to make the check slow.
    """
    if size > MOST_BYTES:
        most = f"{MOST_BYTES:,} bytes"
        yield _at(path, None, "the file is too large", value=f"{size:,} bytes", allowed=most)


@rule(asks="file")
def not_utf8(path: str, data: bytes) -> Iterator[Finding]:
    """A record must be UTF-8 text without a byte-order mark.

    Other encodings show different letters to different readers.
    """
    hint = "Save the file as UTF-8 (without BOM)."
    if data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield _at(path, None, "the file begins with a byte-order mark", value=data[:3].hex(" "), hint=hint)
        return
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line, column = _end(data[: error.start])
        value = f"byte {data[error.start]:#04x}"
        found = _at(path, None, "the file is not UTF-8 text", value=value, hint=hint)
        yield replace(found, line=line, column=column)


@rule(asks="file")
def yaml_syntax(path: str, data: bytes, error: yaml.YAMLError) -> Iterator[Finding]:
    """A record must be well-formed YAML, one document a file.

    The usual causes: a colon followed by a space inside an unquoted text, a tab, or lines that do not line up.
    """
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    hint = "Check the indentation, in spaces, of this line and the one before."
    if "mapping values are not allowed" in said:
        hint = 'Put the text in double quotes: it contains ": ".'
    elif "cannot start any token" in said:
        hint = "Indent with spaces, never tabs; quote a text that begins with a special character."
    elif "single document" in str(error):
        said, hint = "there is more than one document in the file", "Remove the line --- and what follows it."
    elif "control characters" in said or "special characters" in said:
        hint = "Remove the invisible character."
    found = _at(path, mark, f"the file is not well-formed YAML: {show(said)}", hint=hint)
    if isinstance(error, yaml.reader.ReaderError):
        line, column = _end(data[: error.position])
        found = replace(found, line=line, column=column)
    yield found


@rule(asks="file")
def yaml_feature(path: str, event: yaml.Event) -> Iterator[Finding]:
    """A record must not use YAML anchors (&), aliases (*) or tags (!).

    They can make a small file unfold into a huge one, and turn text into something else than text.
    """
    if isinstance(event, yaml.AliasEvent):
        what, value = "an alias", f"*{event.anchor}"
    elif getattr(event, "anchor", None):
        what, value = "an anchor", f"&{event.anchor}"
    elif getattr(event, "tag", None):
        what, value = "a tag", event.tag
    else:
        return
    hint = "If it is meant as text, put it in double quotes."
    yield _at(path, event.start_mark, f"the file uses {what}", value=show(value), hint=hint)


@rule(asks="file")
def duplicate_key(path: str, key: ScalarNode) -> Iterator[Finding]:
    """A field must be given once.

    YAML keeps the last of two without a word, so the first would be lost.
    """
    hint = "Remove one of the two, or join them."
    yield _at(path, key.start_mark, "the field is given twice", value=show(key.value), hint=hint)


@rule(asks="file")
def too_deep(path: str, node: Node | yaml.Event) -> Iterator[Finding]:
    """A record must not be nested more than 8 levels deep.

    No field needs more than three.
    """
    yield _at(path, node.start_mark, "the file is nested too deep", allowed=f"{MOST_DEPTH} levels")


@rule(asks="file")
def empty_record(path: str) -> Iterator[Finding]:
    """A record must not be empty."""
    yield of_file(path, "the file holds no record", hint="Delete the file, or fill it in.")


@rule(asks="file")
def not_a_record(path: str, value: object, node: Node | None = None) -> Iterator[Finding]:
    """A record must be a mapping of fields, ``name: value`` line by line."""
    kind = "a list" if isinstance(value, list) else "plain text"
    message = f"the file must hold fields and values, not {kind}"
    yield _at(path, node.start_mark if node else None, message, hint="Write field: value.")


@rule(asks="file")
def unsafe_character(path: str, data: bytes, value: Plain) -> Iterator[Finding]:
    """A text must not contain control characters, invisible characters or bidirectional overrides.

    They make a text look different from what it is, on the site and in a review.
    """
    if data.isascii() and b"\\" not in data and data == data.translate(None, _CONTROL):
        return
    text = data.decode()
    message = "the text contains a character that cannot be seen"
    hint = "Delete the character and type the text around it again."
    if _UNSAFE.search(text.replace("\r\n", "\n")) or "\\" in text:
        for pointer, string in strings(value):
            if match := _UNSAFE.search(string):
                name = f"U+{ord(match[0]):04X}"
                yield Finding(path=path, pointer=pointer, message=message, value=name, hint=hint)


def strings(value: Plain, at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Every text of a value, field names too, with the way to it from ``at``."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*at, Key(key)), key
            yield from strings(inner, (*at, key))
    else:
        for position, inner in enumerate(value):
            yield from strings(inner, (*at, position))

"""Rules for a file as YAML: its encoding, its syntax, and the characters that may stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec.structs import replace
from yaml import Node, ScalarNode

from factbook.rules.problem import Finding, Pointer, of_file
from factbook.rules.register import rule
from factbook.rules.yaml_errors import diagnose
from factbook.text import show

MOST_BYTES = 64 * 1024
MOST_DEPTH = 8


def _at(path: str, mark: Any, message: str, *, value: str = "", allowed: str = "", hint: str = "") -> Finding:
    """Return a finding at a mark that the YAML parser set; at the beginning of the file where there is none."""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Finding(path=path, line=line, column=column, message=message, value=value, allowed=allowed, hint=hint)


def _end(before: bytes) -> tuple[int, int]:
    """Return line and column, from 1, of what follows ``before``, which is UTF-8."""
    return before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1


@rule(scope="file")
def too_large(path: str, size: int) -> Iterator[Finding]:
    """A record must be at most 64 KiB.

    A claim and its evidence are short. A larger file is a mistake, or an attempt to make the check slow.
    """
    if size > MOST_BYTES:
        most = f"{MOST_BYTES:,} bytes"
        yield _at(path, None, "the file is too large", value=f"{size:,} bytes", allowed=most)


@rule(scope="file")
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


@rule(scope="file")
def yaml_syntax(path: str, data: bytes, error: yaml.YAMLError) -> Iterator[Finding]:
    """A record must be well-formed YAML, one document a file.

    The usual causes: a colon followed by a space inside an unquoted text, a tab, or lines that do not line up.
    """
    found = diagnose(data, error)
    yield Finding(
        path=path,
        line=found.line,
        column=found.column,
        message=f"the file is not well-formed YAML: {found.what}",
        hint=found.hint,
    )


@rule(scope="file")
def yaml_feature(path: str, event: Any) -> Iterator[Finding]:
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


@rule(scope="file")
def duplicate_key(path: str, key: ScalarNode) -> Iterator[Finding]:
    """A field must be given once.

    YAML keeps the last of two without a word, so the first would be lost.
    """
    hint = "Remove one of the two, or join them."
    yield _at(path, key.start_mark, "the field is given twice", value=show(key.value), hint=hint)


@rule(scope="file")
def too_deep(path: str, node: Node | yaml.Event) -> Iterator[Finding]:
    """A record must not be nested more than 8 levels deep.

    No field needs more than three.
    """
    yield _at(path, node.start_mark, "the file is nested too deep", allowed=f"{MOST_DEPTH} levels")


@rule(scope="file")
def empty_record(path: str) -> Iterator[Finding]:
    """A record must not be empty."""
    yield of_file(path, "the file holds no record", hint="Delete the file, or fill it in.")


@rule(scope="file")
def not_a_record(path: str, value: object, node: Node | None = None) -> Iterator[Finding]:
    """A record must be a mapping of fields, ``name: value`` line by line."""
    kind = "a list" if isinstance(value, list) else "plain text"
    message = f"the file must hold fields and values, not {kind}"
    yield _at(path, node.start_mark if node else None, message, hint="Write field: value.")


@rule(scope="file")
def null_value(path: str, pointer: Pointer, value: str) -> Iterator[Finding]:
    """A field must not hold ~ or null, which YAML reads as nothing.

    It would be published as the text that it is. What is not known is left out.
    """
    yield Finding(
        path=path,
        pointer=pointer,
        message="YAML reads this as nothing",
        value=value,
        hint="Leave the line out; if it is meant as text, put it in double quotes.",
    )


@rule(scope="file")
def text_cut_by_comment(path: str, line: int, column: int, comment: str, plain: bool) -> Iterator[Finding]:
    """A value must not be followed by # on its line, nor a text go on with it on the next.

    For YAML the rest of the line is a comment: a text with a number such as dispatch #4471 would be cut there without a
    word. Comments stand on lines of their own with a blank after their sign.
    """
    what = "text" if plain else "value"
    hint = (
        "Put the text in double quotes; a comment goes on a line of its own." if plain else "Give it a line of its own."
    )
    message = f"the {what} ends before #: the rest of this line is a comment"
    yield Finding(path=path, line=line, column=column, message=message, value=show(comment), hint=hint)

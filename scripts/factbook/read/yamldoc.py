"""One YAML file into plain text values: strings, lists and mappings, nothing else.

YAML's own guesses are refused: ``no``, ``12:30`` and ``2021-09-01`` stay the text they are, and what can make a small
file large or strange (anchors, aliases, tags, a key given twice, depth) is a problem. Positions are worked out only
when a problem needs one, by reading the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import yaml
from msgspec.structs import replace
from yaml import CBaseLoader, MappingNode, Node, ScalarNode
from yaml.cyaml import CParser

from factbook.rules.problem import Pointer, Problem, rule, show

Plain = str | list["Plain"] | dict[str, "Plain"]

MOST_BYTES = 64 * 1024
MOST_DEPTH = 8
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_CONTROL = bytes([*range(9), *range(11, 32), 127])
"""What of that ASCII has."""
_STRANGE = (b"&", b"*", b"!")
_NESTING = (b"[", b"{", b"-", b"?")
"""What can begin a level without beginning a line. Indentation alone runs out of bytes before it is deep."""


class Key(str):
    """In a pointer: the field name itself rather than its value."""


class Refused(Exception):
    """A file that could not be read as a record; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Composer(CParser):
    """libyaml's nodes without tags: everything is text here, so nothing has to be resolved."""

    def resolve(self, kind: type, value: str, implicit: tuple) -> str:
        return ""

    def descend_resolver(self, parent: Node, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def read(path: str, data: bytes) -> Plain:
    """The plain value of a YAML file. Raises Refused with the first thing that makes it unreadable."""
    if len(data) > MOST_BYTES or not data.isascii():
        for problem in (*too_large(path, len(data)), *not_utf8(path, data[:MOST_BYTES])):
            raise Refused(problem)
    if any(map(data.__contains__, _STRANGE)):
        for problem in yaml_feature(path, data):
            raise Refused(problem)
    if len(data) > 1000 and sum(map(data.count, _NESTING)) > 1000:
        _refuse_depth(path, data)
    try:
        node = _Composer(data).get_single_node()
    except yaml.YAMLError as error:
        raise Refused(yaml_syntax(path, data, error)) from None
    if node is None:
        raise Refused(empty_record(path))
    value = _plain(node, path, 1)
    if not isinstance(value, dict):
        raise Refused(not_a_record(path, value))
    return value


def _refuse_depth(path: str, data: bytes) -> None:
    """Raise Refused where the file is too deep. The loader recurses in C: some ten thousand levels would crash it."""
    try:
        for event, depth in _events(data):
            if depth > MOST_DEPTH:
                raise Refused(too_deep(path, event))
    except yaml.YAMLError:
        return  # reported as yaml-syntax


def _events(data: bytes) -> Iterator[tuple[yaml.Event, int]]:
    """What a file is made of, and how deep, as far as it is not too deep: each level takes the parser longer."""
    depth = 0
    for event in yaml.parse(data, Loader=CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        yield event, depth
        if depth > MOST_DEPTH:
            return


def _plain(node: Node, path: str, depth: int) -> Plain:
    """The value of a node. Most nodes are scalars, so those are taken without a call."""
    if node.__class__ is ScalarNode:
        return node.value
    if depth > MOST_DEPTH:
        raise Refused(too_deep(path, node))
    if node.__class__ is MappingNode:
        found = {}
        for key, value in node.value:
            name = key.value
            if key.__class__ is not ScalarNode:
                raise Refused(not_a_record(path, name, key))
            if name in found:
                raise Refused(duplicate_key(path, key))
            found[name] = value.value if value.__class__ is ScalarNode else _plain(value, path, depth + 1)
        return found
    return [i.value if i.__class__ is ScalarNode else _plain(i, path, depth + 1) for i in node.value]


def locate(data: bytes, pointer: Pointer) -> tuple[int, int]:
    """Line and column, from 1, of the value (or, for a Key, the name) that ``pointer`` leads to; the nearest
    enclosing value where it does not exist."""
    node = _tree(data)
    if node is None:
        return 1, 1
    for step in pointer:
        if isinstance(node, MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                break
            node = pair[0] if isinstance(step, Key) else pair[1]
        elif isinstance(step, int) and not isinstance(node, ScalarNode) and step < len(node.value):
            node = node.value[step]
        else:
            break
    return node.start_mark.line + 1, node.start_mark.column + 1


@lru_cache(maxsize=1)
def _tree(data: bytes) -> Node | None:
    """The nodes of a file, kept until another is asked for: one file can have hundreds of problems."""
    try:
        return CBaseLoader(data).get_single_node()
    except yaml.YAMLError:
        return None


def _end(before: bytes) -> tuple[int, int]:
    """Line and column, from 1, of what follows ``before``, which is UTF-8."""
    return before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1


def _at(path: str, mark: yaml.Mark | None, function, message: str, **more: str) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(path=path, line=line, column=column, rule=function.rule_id, message=message, **more)


@rule()
def too_large(path: str, size: int) -> Iterator[Problem]:
    """A record must be at most 64 KiB.

    A claim and its evidence are short. A larger file is a mistake, or an attempt to make the check slow.
    """
    if size > MOST_BYTES:
        most = f"{MOST_BYTES:,} bytes"
        yield _at(path, None, too_large, "the file is too large", value=f"{size:,} bytes", allowed=most)


@rule()
def not_utf8(path: str, data: bytes) -> Iterator[Problem]:
    """A record must be UTF-8 text without a byte-order mark.

    Other encodings show different letters to different readers.
    """
    hint = "Save the file as UTF-8 (without BOM)."
    if data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield _at(path, None, not_utf8, "the file begins with a byte-order mark", value=data[:3].hex(" "), hint=hint)
        return
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line, column = _end(data[: error.start])
        value = f"byte {data[error.start]:#04x}"
        problem = _at(path, None, not_utf8, "the file is not UTF-8 text", value=value, hint=hint)
        yield replace(problem, line=line, column=column)


@rule()
def yaml_syntax(path: str, data: bytes, error: yaml.YAMLError) -> Problem:
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
    problem = _at(path, mark, yaml_syntax, f"the file is not well-formed YAML: {show(said)}", hint=hint)
    if isinstance(error, yaml.reader.ReaderError):
        line, column = _end(data[: error.position])
        problem = replace(problem, line=line, column=column)
    return problem


@rule()
def yaml_feature(path: str, data: bytes) -> Iterator[Problem]:
    """A record must not use YAML anchors (&), aliases (*) or tags (!).

    They can make a small file unfold into a huge one, and turn text into something else than text.
    """
    try:
        for event, _ in _events(data):
            if isinstance(event, yaml.AliasEvent):
                what, value = "an alias", f"*{event.anchor}"
            elif getattr(event, "anchor", None):
                what, value = "an anchor", f"&{event.anchor}"
            elif getattr(event, "tag", None):
                what, value = "a tag", event.tag
            else:
                continue
            hint = "If it is meant as text, put it in double quotes."
            yield _at(path, event.start_mark, yaml_feature, f"the file uses {what}", value=show(value), hint=hint)
            return
    except yaml.YAMLError:
        return  # reported as yaml-syntax


@rule()
def duplicate_key(path: str, key: ScalarNode) -> Problem:
    """A field must be given once.

    YAML keeps the last of two without a word, so the first would be lost.
    """
    hint = "Remove one of the two, or join them."
    return _at(path, key.start_mark, duplicate_key, "the field is given twice", value=show(key.value), hint=hint)


@rule()
def too_deep(path: str, node: Node | yaml.Event) -> Problem:
    """A record must not be nested more than 8 levels deep.

    No field needs more than three.
    """
    return _at(path, node.start_mark, too_deep, "the file is nested too deep", allowed=f"{MOST_DEPTH} levels")


@rule()
def empty_record(path: str) -> Problem:
    """A record must not be empty."""
    return _at(path, None, empty_record, "the file holds no record", hint="Delete the file, or fill it in.")


@rule()
def not_a_record(path: str, value: object, node: Node | None = None) -> Problem:
    """A record must be a mapping of fields, ``name: value`` line by line."""
    mark = node.start_mark if node else None
    kind = "a list" if isinstance(value, list) else "plain text"
    said = f"the file must hold fields and values, not {kind}"
    return _at(path, mark, not_a_record, said, hint="Write field: value.")


@rule()
def unsafe_character(path: str, data: bytes, value: Plain) -> Iterator[Problem]:
    """A text must not contain control characters, invisible characters or bidirectional overrides.

    They make a text look different from what it is, on the site and in a review.
    """
    if data.isascii() and b"\\" not in data and data == data.translate(None, _CONTROL):
        return
    text = data.decode()
    said = "the text contains a character that cannot be seen"
    hint = "Delete the character and type the text around it again."
    if _UNSAFE.search(text.replace("\r\n", "\n")) or "\\" in text:
        for pointer, string in _strings(value, ()):
            if match := _UNSAFE.search(string):
                name = f"U+{ord(match[0]):04X}"
                rule_id = unsafe_character.rule_id
                yield Problem(path=path, pointer=pointer, rule=rule_id, message=said, value=name, hint=hint)


def _strings(value: Plain, at: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*at, Key(key)), key
            yield from _strings(inner, (*at, key))
    else:
        for position, inner in enumerate(value):
            yield from _strings(inner, (*at, position))

"""Reads one YAML file into plain values: strings, lists and mappings, nothing else.

YAML's own guesses are refused: ``no``, ``12:30`` and ``2021-09-01`` stay the texts they are. What can make a small file
large or strange (anchors, aliases, tags, a key given twice, depth) is a problem. Positions are found only when a
problem needs one, by reading the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import yaml
from msgspec import Struct
from yaml import CBaseLoader, CollectionNode, MappingNode, Node, ScalarNode
from yaml._yaml import CParser

from factbook.rules import yaml as rules
from factbook.rules.characters import strings, unsafe_character
from factbook.rules.problem import Finding, Key, Plain, Pointer
from factbook.rules.yaml import MOST_BYTES, MOST_DEPTH

_STRANGE = (b"&", b"*", b"!")
_NESTING = (b"[", b"{", b"-", b"?")
"""Characters that can begin a level inside a line. By indentation alone a file reaches MOST_BYTES before it is deep."""


NULLS = ("~", "null", "Null", "NULL")
"""Texts that YAML 1.2 reads as null. So it does an empty value, which no schema allows."""
_NOTHING = re.compile(rb"~|\b(?:null|Null|NULL)\b")
_COMMENT = re.compile(rb"^[ \t]*[^\s#][^\n]*?[ \t]#|^[ ]+#[^\s#]", re.MULTILINE)
"""These find whether a file may hold NULLS, or a comment behind something else or where a text may go on."""
_NUMBERED = re.compile(r"( +)#\w")
_REST = re.compile(r",?([ \t]+)(#.*)")
"""What follows a value on its line where the rest of the line is a comment."""


class Refused(Exception):
    """A file that could not be read as a record; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def _refuse(found: list[Finding]) -> None:
    """Raise Refused with the first finding, where there is one."""
    for finding in found:
        raise Refused(finding)


class _Composer(CParser):
    """libyaml's nodes without tags: everything is text here, so nothing has to be resolved."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str:
        return ""

    def descend_resolver(self, parent: Node, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def read(path: str, data: bytes) -> dict[str, Plain]:
    """Return the plain value of a YAML file. Raises Refused with the first reason why it cannot be read."""
    if len(data) > MOST_BYTES or not data.isascii():
        _refuse([*rules.too_large(path, len(data)), *rules.not_utf8(path, data[:MOST_BYTES])])
    if any(map(data.__contains__, _STRANGE)):
        _refuse(_features(path, data))
    if len(data) > 1000 and sum(map(data.count, _NESTING)) > 1000:
        _refuse_depth(path, data)
    try:
        node = _Composer(data).get_single_node()
    except yaml.YAMLError as error:
        raise Refused(*rules.yaml_syntax(path, data, error)) from None
    if node is None:
        raise Refused(*rules.empty_record(path))
    value = _plain(node, path, 1)
    if not isinstance(value, dict):
        raise Refused(*rules.not_a_record(path, value))
    return value


def _features(path: str, data: bytes) -> list[Finding]:
    """Return the first use of an anchor, an alias or a tag, as a finding."""
    try:
        for event, _ in _events(data):
            if found := rules.yaml_feature(path, event):
                return found
    except yaml.YAMLError:
        pass  # reported as yaml-syntax
    return []


def _refuse_depth(path: str, data: bytes) -> None:
    """Raise Refused where the file is too deep. The loader recurses in C: some ten thousand levels would crash it."""
    try:
        for event, depth in _events(data):
            if depth > MOST_DEPTH:
                raise Refused(*rules.too_deep(path, event))
    except yaml.YAMLError:
        return  # reported as yaml-syntax


def _events(data: bytes) -> Iterator[tuple[yaml.Event, int]]:
    """Yield the parser's events with their depth, up to the first that is too deep: parsing grows slower with depth."""
    depth = 0
    for event in yaml.parse(data, Loader=CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        yield event, depth
        if depth > MOST_DEPTH:
            return


def _plain(node: Node, path: str, depth: int) -> Plain:
    """Return the plain value of a node. Most nodes are scalars, so those are read in place without another call."""
    if node.__class__ is ScalarNode:
        text: str = node.value
        return text
    if depth > MOST_DEPTH:
        raise Refused(*rules.too_deep(path, node))
    if node.__class__ is MappingNode:
        found = {}
        for key, value in node.value:
            name = key.value
            if key.__class__ is not ScalarNode:
                raise Refused(*rules.not_a_record(path, name, key))
            if name in found:
                raise Refused(*rules.duplicate_key(path, key))
            found[name] = value.value if value.__class__ is ScalarNode else _plain(value, path, depth + 1)
        return found
    return [i.value if i.__class__ is ScalarNode else _plain(i, path, depth + 1) for i in node.value]


def faults(path: str, data: bytes, value: Plain) -> list[Finding]:
    """Return findings for what a file holds otherwise than a reader sees it: invisible characters, and what is lost."""
    return [*unsafe_character(path, data, value), *lost(path, data, value)]


def lost(path: str, data: bytes, value: Plain) -> list[Finding]:
    """Return findings for what YAML would lose of a file that it can read: values that it takes for null, and texts
    that it cuts because the rest of their line is a comment."""
    found: list[Finding] = []
    if _NOTHING.search(data) and any(text in NULLS for _, text in strings(value)):
        plain = [(pointer, node) for pointer, node in _scalars(_tree(data)) if not node.style]
        found += [f for at, node in plain if node.value in NULLS for f in rules.null_value(path, at, node.value)]
    return found + [finding for cut in cuts(data) for finding in cut_by_comment(path, cut)]


def cut_by_comment(path: str, cut: Cut) -> list[Finding]:
    """Return the finding about a value that a comment ends."""
    return rules.text_cut_by_comment(path, cut.line, cut.column, cut.comment, cut.plain)


class Cut(Struct, frozen=True):
    """A comment where a value ends, or where it seems to go on: its place, from 1, and its text.

    ``pointer`` leads to the value; ``plain`` says whether it is a text without quotation marks, and ``text`` is that.
    ``gap`` are the blanks between the two, empty where the comment has a line of its own.
    """

    line: int
    column: int
    comment: str
    pointer: Pointer
    plain: bool
    text: str
    gap: str


def cuts(data: bytes) -> list[Cut]:
    """Return every comment behind a value on its line, and every number sign with which a text seems to go on."""
    found: list[Cut] = []
    lines = data.decode().split("\n") if _COMMENT.search(data) else []
    for pointer, node in _values(_tree(data) if lines else None):
        end = node.end_mark
        style = node.style if isinstance(node, ScalarNode) else "flow"
        if style in ("|", ">") or end.line >= len(lines):
            continue
        text = "" if style else node.value
        rest = lines[end.line][end.column :]
        if match := _REST.match(rest):
            if style or text or match[2][1:2] not in ("", " "):  # beside a name stands what its list is about
                column = end.column + match.start(2) + 1
                found.append(Cut(end.line + 1, column, match[2], pointer, not style, text, match[1]))
        elif text and not rest.strip() and (number := _continued(lines, node)):
            line = lines[number]
            column = len(line) - len(line.lstrip()) + 1
            found.append(Cut(number + 1, column, line.strip(), pointer, True, text, ""))
    return found


def _continued(lines: Sequence[str], node: Node) -> int:
    """Return the line, from 0, on which a text seems to go on with a number sign: the one after its last, set in deeper
    than the field, with a letter or digit right after the sign. 0 where there is none."""
    number = node.end_mark.line + 1
    field = re.match(r"[ -]*", lines[node.start_mark.line])
    on = _NUMBERED.match(lines[number]) if number < len(lines) else None
    return number if field and on and len(on[1]) > len(field[0]) else 0


def _scalars(node: Node | None) -> Iterator[tuple[Pointer, ScalarNode]]:
    """Yield every scalar of a tree, as (pointer, node)."""
    for pointer, value in _values(node):
        if isinstance(value, ScalarNode):
            yield pointer, value


def _inner(node: CollectionNode) -> Iterator[tuple[str | int, Node]]:
    """Yield the fields or items of a collection, each as (step of a pointer, node)."""
    if isinstance(node, MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    else:
        yield from enumerate(node.value)


def _values(node: Node | None, at: Pointer = ()) -> Iterator[tuple[Pointer, Node]]:
    """Yield every scalar of a tree and every list and mapping in brackets or braces, as (pointer, node)."""
    if isinstance(node, CollectionNode):
        if node.flow_style:
            yield at, node
        for step, inner in _inner(node):
            yield from _values(inner, (*at, step))
    elif node is not None:
        yield at, node


def locate(data: bytes, pointer: Pointer) -> tuple[int, int]:
    """Return line and column, from 1, of the value that ``pointer`` leads to; for a Key, of the field name.

    Where there is no such value, it is the nearest enclosing one.
    """
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

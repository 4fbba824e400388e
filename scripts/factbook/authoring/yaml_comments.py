"""Finds the comments of a YAML file, and for each the field or list item that it belongs to, so that they move
together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import yaml
from msgspec import Struct
from yaml import CBaseLoader, CollectionNode, MappingNode, Node

from factbook.rules.problem import Pointer

Side = Literal["before", "beside", "after"]
"""The place of a comment: on lines of its own before or after its field or item, or at the end of its line."""
Comments = dict[tuple[Pointer, Side], list[str]]
"""Comments by the field or item they belong to. The empty pointer is the file: before is its head, after its foot."""
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_HEADER = re.compile("[|>][-+0-9]*[ \t]+(?=#)")


class _Place(Struct, frozen=True):
    """Where a field or list item begins in the text. Items begin at their hyphen."""

    start: int
    column: int
    pointer: Pointer


class _Found(Struct, frozen=True):
    """A comment and its place in the text. ``inside``: within brackets or braces."""

    start: int
    column: int
    text: str
    alone: bool
    inside: bool


def read(text: str) -> Comments:
    """Return every comment of a well-formed file.

    One on a line of its own belongs to what follows it, or, where it is indented deeper than that, to what it ends. A
    comment above the first field belongs to the file.
    """
    tokens = list(yaml.scan(text, Loader=CBaseLoader))
    hyphens = [t.start_mark.index for t in tokens if isinstance(t, yaml.BlockEntryToken)]
    places = list(_places(yaml.compose(text, Loader=CBaseLoader), (), hyphens))
    starts = [place.start for place in places]
    comments: Comments = defaultdict(list)
    for found in _comments(text, tokens):
        at = bisect_left(starts, found.start)
        previous = places[at - 1].pointer if at else None
        if previous is None:
            comments[(), "before"].append(found.text)
        elif found.inside:
            comments[previous, "before"].append(found.text)
        elif not found.alone:
            comments[previous, "beside"].append(found.text)
        elif at < len(places) and found.column <= places[at].column:
            comments[places[at].pointer, "before"].append(found.text)
        elif at == len(places) and found.column == 0:
            comments[(), "after"].append(found.text)
        else:
            ended = next((p for p in reversed(places[:at]) if p.column <= found.column), places[0])
            comments[ended.pointer, "after"].append(found.text)
    return dict(comments)


def _comments(text: str, tokens: list[yaml.Token]) -> Iterator[_Found]:
    """Yield the comments in the gaps between tokens, and in the header of a block scalar: that is one token."""
    lines = [0, *(match.end() for match in _BREAK.finditer(text))]
    end = depth = 0
    for token in tokens:
        start = token.start_mark.index
        yield from _in_gap(text, lines, end, start, depth > 0)
        depth += isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken)
        depth -= isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken)
        end = max(end, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and (header := _HEADER.match(text, start)):
            if comment := _COMMENT.match(text, header.end()):
                yield from _in_gap(text, lines, header.end(), comment.end(), depth > 0)


def _in_gap(text: str, lines: list[int], start: int, end: int, inside: bool) -> Iterator[_Found]:
    for match in _COMMENT.finditer(text, start, end):
        line = lines[bisect_right(lines, match.start()) - 1]
        alone = not text[line : match.start()].strip()
        yield _Found(match.start(), match.start() - line, match[0].rstrip(), alone, inside)


def _places(node: Node | None, pointer: Pointer, hyphens: list[int]) -> Iterator[_Place]:
    """Yield every field and item that has a line of its own, in the order of the text."""
    if not isinstance(node, CollectionNode) or node.flow_style:
        return
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield _Place(key.start_mark.index, key.start_mark.column, (*pointer, key.value))
            yield from _places(value, (*pointer, key.value), hyphens)
    else:
        for i, item in enumerate(node.value):
            hyphen = hyphens[bisect_left(hyphens, item.start_mark.index) - 1]
            yield _Place(hyphen, node.start_mark.column, (*pointer, i))
            yield from _places(item, (*pointer, i), hyphens)

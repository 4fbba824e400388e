"""Changes single values of a record and leaves every other byte of its file as it is."""

from __future__ import annotations

import copy
from typing import Any

import yaml
from yaml import CBaseLoader, MappingNode, Node, ScalarNode

from factbook.authoring import comments, layout
from factbook.read import yamldoc
from factbook.rules.problem import Key, Pointer

Texts = dict[Pointer, str]
"""New texts by the pointer to the value, or, for a Key, to the field name that they replace."""


def revise(
    kind: str,
    path: str,
    data: bytes,
    schemas: dict[str, dict[str, Any]],
    texts: Texts,
    entry: dict[str, Any] | None = None,
) -> bytes:
    """Return the file of a record with the values ``texts`` replaced, and ``entry`` added at the end of its ledger.

    Where the file is written in a way that cannot be cut, the whole of it is laid out anew. Raises yamldoc.Refused
    where it cannot be read.
    """
    wanted = _wanted(yamldoc.read(path, data), texts, entry)
    text = data.decode()
    root: Any = yaml.compose(text, Loader=CBaseLoader)  # a mapping, for it has been read
    cuts = [_replaced(root, pointer, new, text) for pointer, new in texts.items()]
    if entry is not None:
        cuts.append(_appended(root, kind, entry, schemas, text))
    after = text
    for start, end, new in sorted(cuts, reverse=True):
        after = after[:start] + new + after[end:]
    try:
        if yamldoc.read(path, after.encode()) == wanted:
            return after.encode()
    except yamldoc.Refused:
        pass  # it was cut in the wrong place: lay it all out anew
    return layout.write(kind, path, wanted, schemas, comments.read(text))


def _wanted(value: dict[str, Any], texts: Texts, entry: dict[str, Any] | None) -> dict[str, Any]:
    """Return the value that the record is to have afterwards."""
    wanted = copy.deepcopy(value)
    for pointer, new in texts.items():
        holder: Any = wanted
        for step in pointer[:-1]:
            holder = holder[step]
        if isinstance(pointer[-1], Key):
            pairs = [(new if name == pointer[-1] else name, held) for name, held in holder.items()]
            holder.clear()
            holder.update(pairs)
        else:
            holder[pointer[-1]] = new
    if entry is not None:
        wanted["history"].append(entry)
    return wanted


Cut = tuple[int, int, str]
"""Start and end of a piece of the text, and what replaces it."""


def _replaced(root: Node, pointer: Pointer, new: str, text: str) -> Cut:
    node: Any = root
    inside = False
    for step in pointer:
        inside = inside or bool(node.flow_style)
        if isinstance(node, MappingNode):
            key, value = next(pair for pair in node.value if pair[0].value == step)
            node = key if isinstance(step, Key) else value
        else:
            node = node.value[step]
    end = node.end_mark.index
    tail = "\n" if node.style in ("|", ">") and text[end - 1 : end] == "\n" else ""
    return node.start_mark.index, end, layout.scalar(new, inside) + tail


def _appended(
    root: MappingNode, kind: str, entry: dict[str, Any], schemas: dict[str, dict[str, Any]], text: str
) -> Cut:
    history = next(value for key, value in root.value if key.value == "history")
    last: Any = history
    while not isinstance(last, ScalarNode) and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    end = last.end_mark.index
    if last.end_mark.column:
        end = text.find("\n", end) + 1 or len(text)
    gap = "" if text[:end].endswith("\n") else "\n"
    lines = layout.item(kind, "history", entry, schemas, history.start_mark.column)
    return end, end, gap + "".join(f"{line}\n" for line in lines)

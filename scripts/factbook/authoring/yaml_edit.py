"""Changes single values of a record and leaves every other byte of its file as it is."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

import yaml
from yaml import CBaseLoader, MappingNode, Node, ScalarNode

from factbook.authoring import yaml_comments, yaml_layout
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
    removed: Collection[Pointer] = (),
) -> bytes:
    """The record with ``texts`` put in, without the fields and items ``removed``, and with ``entry`` at the end of its
    ledger. A text whose field is not there yet becomes the last one of its mapping.

    Where the file is written in a way that cannot be cut, the whole of it is laid out anew. Raises yamldoc.Refused
    where it cannot be read.
    """
    wanted = _record_after(yamldoc.read(path, data), texts, entry, removed)
    text = data.decode()
    root: Any = yaml.compose(text, Loader=CBaseLoader)  # a mapping, for it has been read
    stays = {at: new for at, new in texts.items() if not any(at[: len(gone)] == gone for gone in removed)}
    cuts = [_replaced(root, pointer, new, text) for pointer, new in stays.items()]
    cuts += [_removed(root, pointer, text) for pointer in removed]
    if entry is not None:
        cuts += _appended(root, kind, entry, schemas, text)
    after = text
    for start, end, new in sorted(cuts, reverse=True):
        after = after[:start] + new + after[end:]
    try:
        if yamldoc.read(path, after.encode()) == wanted:
            return after.encode()
    except yamldoc.Refused:
        pass  # it was cut in the wrong place: lay it all out anew
    return yaml_layout.write(kind, path, wanted, schemas, _left(yaml_comments.read(text), removed))


def _left(kept: yaml_comments.Comments, removed: Collection[Pointer]) -> yaml_comments.Comments:
    """The comments of what stays, each at the place that it has then."""
    found: yaml_comments.Comments = {}
    for (pointer, side), texts in kept.items():
        if any(pointer[: len(gone)] == gone for gone in removed):
            continue
        moved = list(pointer)
        for gone in removed:
            at = len(gone) - 1
            if isinstance(gone[at], int) and len(pointer) > at and pointer[:at] == gone[:at]:
                moved[at] = int(moved[at]) - (int(pointer[at]) > int(gone[at]))
        found[tuple(moved), side] = texts
    return found


def with_texts(value: dict[str, Any], texts: Texts) -> dict[str, Any]:
    """The value with ``texts`` put in; the one that was given is not touched."""
    return _record_after(value, texts, None, ())


def _record_after(
    value: dict[str, Any], texts: Texts, entry: dict[str, Any] | None, removed: Collection[Pointer]
) -> dict[str, Any]:
    """What the record is to say afterwards."""
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
    for pointer in sorted(removed, key=lambda gone: [str(step).zfill(9) for step in gone], reverse=True):
        holder = wanted
        for step in pointer[:-1]:
            holder = holder[step]
        del holder[pointer[-1]]
    if entry is not None:
        wanted.setdefault("history", []).append(entry)
    return wanted


Cut = tuple[int, int, str]
"""Start and end of a piece of the text, and what replaces it."""


def _replaced(root: Node, pointer: Pointer, new: str, text: str) -> Cut:
    node: Any = root
    inside = False
    for step in pointer:
        inside = inside or bool(node.flow_style)
        if isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                return _added(node, str(step), new, text)
            key, value = pair
            node = key if isinstance(step, Key) else value
        else:
            node = node.value[step]
    end = node.end_mark.index
    tail = "\n" if node.style in ("|", ">") and text[end - 1 : end] == "\n" else ""
    return node.start_mark.index, end, yaml_layout.scalar(new, inside) + tail


def _added(node: MappingNode, name: str, new: str, text: str) -> Cut:
    """A field at the end of a mapping that has others."""
    key, value = node.value[-1]
    if node.flow_style:
        end = value.end_mark.index
        return end, end, f", {yaml_layout.scalar(name, True)}: {yaml_layout.scalar(new, True)}"
    end = _end_of_line(value, text)
    gap = "" if text[:end].endswith("\n") else "\n"
    return end, end, f"{gap}{' ' * key.start_mark.column}{yaml_layout.scalar(name)}: {yaml_layout.scalar(new)}\n"


def _removed(root: Any, pointer: Pointer, text: str) -> Cut:
    """What a field or an item takes up: whole lines, or within brackets and braces also the comma beside it."""
    node = root
    for step in pointer[:-1]:
        if isinstance(node, MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    if isinstance(node, MappingNode):
        parts = [(key.start_mark.index, value) for key, value in node.value]
        at = next(i for i, (key, _) in enumerate(node.value) if key.value == pointer[-1])
    else:
        parts, at = [(item.start_mark.index, item) for item in node.value], int(pointer[-1])
    start, part = parts[at]
    if not node.flow_style:
        return text.rfind("\n", 0, start) + 1, _end_of_line(part, text), ""
    if at + 1 < len(parts):
        return start, parts[at + 1][0], ""
    return (parts[at - 1][1].end_mark.index if at else start), part.end_mark.index, ""


def _end_of_line(node: Any, text: str) -> int:
    """Where the line ends on which a value does."""
    while not isinstance(node, ScalarNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    end = node.end_mark.index
    return (text.find("\n", end) + 1 or len(text)) if node.end_mark.column else end


def _appended(
    root: MappingNode, kind: str, entry: dict[str, Any], schemas: dict[str, dict[str, Any]], text: str
) -> list[Cut]:
    """The cut that puts the entry at the end of the ledger; none where there is no ledger yet."""
    history = next((value for key, value in root.value if key.value == "history"), None)
    if history is None:
        return []
    end = _end_of_line(history, text)
    gap = "" if text[:end].endswith("\n") else "\n"
    lines = yaml_layout.item(kind, "history", entry, schemas, history.start_mark.column)
    return [(end, end, gap + "".join(f"{line}\n" for line in lines))]

"""Repairs that are certain: they follow from the rules alone, and need no knowledge of the subject."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from factbook.authoring import yaml_edit, yaml_layout
from factbook.model.addresses import without_tracking
from factbook.model.kinds import KINDS, schema_of
from factbook.read import yamldoc
from factbook.read.dialect import resolve
from factbook.read.schema import Schemas
from factbook.rules.files import home
from factbook.rules.problem import Key, Plain, Pointer

CLOSE = 0.8
"""The likeness (difflib's ratio) that a misspelt name must have to the known one."""
CLEARLY = 0.05
"""By how much that likeness must be higher than that of any other name."""
LEDGER = "history"
"""Never changed, but for its layout: it records what was said."""
ADDRESSES = ("url", "archive_url", "website")
"""The fields that hold the address of a page."""
_FREE = (None, "too-few", "not-a-fragment")
"""What the schema says of the pattern of a field that may hold any text."""
_CURLY = (("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"))
_BOM = b"\xef\xbb\xbf"
IDS = {way: named for kind in KINDS.values() for way, named in kind.names.items() if way[0] != LEDGER}
"""The fields that hold ids, by their path (0 for any item), and the kind of record that they name."""


def name(path: str) -> str:
    """Return the path that the file should have: ``.yaml`` where it ends in ``.yml``."""
    return str(PurePosixPath(path).with_suffix(".yaml")) if path.endswith(".yml") else path


def place(kind: str, path: str, data: bytes, schemas: Schemas) -> str:
    """Return the path at which the record should lie: a fact in the folder of its year, where nothing else is wrong."""
    path = name(path)
    value = _value(path, data)
    if kind != "fact" or value is None or schemas.check(schema_of(kind, value), path, value) or "moved_to" in value:
        return path
    return home(kind, path, value.get("date"))


def fix(
    kind: str,
    path: str,
    data: bytes,
    schemas: dict[str, dict[str, Any]],
    known: Mapping[str, Collection[str]] | None = None,
) -> bytes:
    """Return the record with every certain repair; given the ``known`` ids by kind, of misspelt names too.

    Raises yamldoc.Refused where it cannot be read all the same, layout.Impossible where it cannot be laid out.
    """
    data = data.removeprefix(_BOM).replace(b"\r\n", b"\n")
    data = _uncut(kind, path, data, schemas)
    value = yamldoc.read(path, data)
    while known is not None and (typo := _typo(kind, value, schemas, known)):
        data = yaml_edit.revise(kind, path, data, schemas, dict([typo]))
        value = yamldoc.read(path, data)
    mended = {"claim": _sentence(value.get("claim")), **{name: _bare(value.get(name)) for name in ADDRESSES}}
    changed: yaml_edit.Texts = {(name,): text for name, text in mended.items() if text and text != value[name]}
    if changed:
        data = yaml_edit.revise(kind, path, data, schemas, changed)
    return yaml_layout.canonical(kind, path, data, schemas)


def _uncut(kind: str, path: str, data: bytes, schemas: dict[str, dict[str, Any]]) -> bytes:
    """Return the record with no comment behind a value.

    In a field for any text a sign with a number behind it was meant as one: the whole goes into quotes. Behind anything
    else what begins with a blank was meant as a comment: it gets a line of its own. Raises yamldoc.Refused where it is
    not certain which of the two it is.
    """
    while found := yamldoc.cuts(data):
        cut, value = found[0], yamldoc.read(path, data)
        free = cut.plain and _any_text(kind, value, cut.pointer, schemas)
        lines = data.decode().split("\n")
        line = lines[cut.line - 1]
        bare = line[: cut.column - 1].rstrip()
        if cut.gap and free and cut.comment[1:2].strip():
            lines[cut.line - 1] = bare
            texts = {cut.pointer: f"{cut.text} {cut.comment}".strip()}
            data = yaml_edit.revise(kind, path, "\n".join(lines).encode(), schemas, texts)
            continue
        lines[cut.line - 1 : cut.line] = [line[: len(line) - len(line.lstrip(" "))] + cut.comment, bare]
        data = "\n".join(lines).encode()
        if not cut.gap or free or cut.comment[1:2].strip() or _value(path, data) != value:
            raise yamldoc.Refused(*yamldoc.cut_by_comment(path, cut))
    return data


def _value(path: str, data: bytes) -> dict[str, Any] | None:
    """Return what the file says; None where it cannot be read."""
    try:
        return yamldoc.read(path, data)
    except yamldoc.Refused:
        return None


def _any_text(kind: str, value: dict[str, Any], pointer: Pointer, schemas: dict[str, dict[str, Any]]) -> bool:
    """Return whether the field may hold any text: it is no id, no date, no address and no word of the vocabulary."""
    schema = schemas[schema_of(kind, value)]
    about = schema, schema
    for step in pointer:
        part = about[0].get("items", {}) if isinstance(step, int) else about[0].get("properties", {}).get(step, {})
        about = resolve(part, about[1], schemas)
    return about[0].get("type") == "string" and "enum" not in about[0] and about[0].get("x-rule") in _FREE


def _sentence(claim: Any) -> str:
    """Return the claim out of the curly quotes that stand around the whole of it, with a full stop where it is one line
    that ends in a word or a number; empty where it is no text."""
    text = claim if isinstance(claim, str) else ""
    for opening, closing in _CURLY:
        if text[:1] == opening and text[-1:] == closing and text.count(opening) == text.count(closing) == 1:
            text = text[1:-1].strip()
    return f"{text}." if text and "\n" not in text and text[-1].isalnum() else text


def _bare(url: Any) -> str:
    """Return an address without the parameters that only track readers; empty where it is no text."""
    return without_tracking(url) if isinstance(url, str) else ""


def _typo(
    kind: str, value: dict[str, Any], schemas: dict[str, dict[str, Any]], known: Mapping[str, Collection[str]]
) -> tuple[Pointer, str] | None:
    """Return the first misspelt name, as (pointer, repaired name); None where there is none."""
    schema = schemas[schema_of(kind, value)]
    return next(_typos(value, (schema, schema), (), schemas, known), None)


def _typos(
    value: Plain,
    about: tuple[dict[str, Any], dict[str, Any]],
    pointer: Pointer,
    schemas: dict[str, dict[str, Any]],
    known: Mapping[str, Collection[str]],
) -> Iterator[tuple[Pointer, str]]:
    """Yield every name that is unknown and clearly closest to one that is known, as (pointer, known name)."""
    part, document = about
    if pointer[:1] == (LEDGER,):
        return
    if isinstance(value, dict):
        fields = part.get("properties", {})
        free = [name for name in fields if name not in value]
        for field, inner in value.items():
            step = resolve(fields.get(field, {}), document, schemas)
            yield from _typos(inner, step, (*pointer, field), schemas, known)
            if free and (meant := _only(field, free, fields)):
                free.remove(meant)  # a second one that is close to it is for a person to look at
                yield (*pointer, Key(field)), meant
    elif isinstance(value, list):
        step = resolve(part.get("items", {}), document, schemas)
        for i, inner in enumerate(value):
            yield from _typos(inner, step, (*pointer, i), schemas, known)
    else:
        way = tuple(0 if isinstance(step, int) else step for step in pointer)
        kind = IDS.get(way[:2] if way[:1] == ("relations",) else way)
        names = part.get("enum") or (known[kind] if kind else ())
        if names and (meant := _only(value, names, names)):
            yield pointer, meant


def _only(text: str, names: Collection[str], known: Collection[str]) -> str:
    """Return the one name that ``text``, which is unknown, can have been meant for; empty where two are about as close.

    A different number is no misspelling.
    """
    close = [] if text in known else difflib.get_close_matches(text, sorted(names), n=2, cutoff=CLOSE)
    if len(close) == 2 and _likeness(text, close[0]) < _likeness(text, close[1]) + CLEARLY:
        return ""
    return close[0] if close and _digits(close[0]) == _digits(text) else ""


def _likeness(text: str, name: str) -> float:
    """Return the likeness as difflib.get_close_matches measures it; it is not symmetric."""
    return difflib.SequenceMatcher(None, name, text).ratio()


def _digits(text: str) -> list[str]:
    return [c for c in text if c.isdigit()]

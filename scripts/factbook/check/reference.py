"""The reference of fields and rules, made from the schemas, the docstrings of the rules and their example files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from factbook.read.dialect import resolve
from factbook.read.schema import NAMES
from factbook.rules.register import RULES, Rule
from factbook.text import escaped

EXAMPLES = Path(__file__).parents[1] / "rules" / "examples"
"""The examples: ``<rule id>/good/`` and ``bad/`` are files laid over ``base/``; ``bad.txt`` is what the check says of
the bad ones. ``before/``, for a rule that compares two states, is the older state."""
_FORMS = {"string": "text", "integer": "", "array": "list", "object": "fields"}


class Described(Struct, frozen=True, kw_only=True):
    """A rule as its documentation shows it. ``examples`` are (title, path, text)."""

    rule: Rule
    sentence: str
    reasons: tuple[str, ...]
    examples: tuple[tuple[str, str, str], ...]
    said: str


@cache
def rules() -> tuple[Described, ...]:
    """Return every rule, described, sorted by id: the order of the register depends on the order of imports."""
    return tuple(_described(rule) for _, rule in sorted(RULES.items()))


def _described(rule: Rule) -> Described:
    paragraphs = [" ".join(p.split()) for p in rule.text.split("\n\n")]
    folder = EXAMPLES / rule.id
    said = folder / "bad.txt"
    return Described(
        rule=rule,
        sentence=paragraphs[0],
        reasons=tuple(paragraphs[1:]),
        examples=(
            *_files(folder, "before", "As it was before"),
            *_files(folder, "good", "This keeps it"),
            *_files(folder, "bad", "This breaks it"),
        ),
        said=said.read_text("utf-8").strip() if said.is_file() else "",
    )


def _files(folder: Path, name: str, title: str) -> Iterator[tuple[str, str, str]]:
    """Yield the example files of one side that are worth showing: those that differ from the other side's."""
    other = folder / {"good": "bad", "bad": "good"}.get(name, "none")
    for path in sorted((folder / name).rglob("*")):
        twin = other / path.relative_to(folder / name)
        links = path.is_symlink() or twin.is_symlink()
        if path.is_dir() or (not links and twin.is_file() and twin.read_bytes() == path.read_bytes()):
            continue
        text = f"a link to {path.readlink()}" if path.is_symlink() else _printable(path.read_bytes())
        yield title, path.relative_to(folder / name).as_posix(), text


def _printable(data: bytes) -> str:
    """Return the bytes of a file as text: what cannot be shown is escaped, and long files are cut."""
    text = data[:1500].decode("utf-8", "backslashreplace")
    text = escaped(text, "\n")
    return text + (f"\n… ({len(data):,} bytes in all)" if len(data) > 1500 else "")


def fields(schemas: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield, for each kind of file, its name, and its title, description and fields with form, words and examples."""
    for name in NAMES:
        schema = schemas[name]
        yield name, {**schema, "fields": list(_fields(schema, schema, schemas, ""))}


def _fields(
    part: dict[str, Any], document: dict[str, Any], schemas: dict[str, dict[str, Any]], above: str
) -> Iterator[dict[str, Any]]:
    for name, raw in part["properties"].items():
        value, home = resolve(raw, document, schemas)
        items, item_home = resolve(value.get("items", {}), home, schemas)
        types = value.get("type", "string")
        form = ", ".join(filter(None, (_FORMS[t] for t in ([types] if isinstance(types, str) else types))))
        yield {
            "name": f"{above}{name}",
            "form": "list of fields" if "properties" in items else form,
            "required": name in part.get("required", ()),
            "description": raw.get("description") or value.get("description", ""),
            "words": value.get("enum") or items.get("enum") or (),
            "examples": value.get("examples", ()),
        }
        if "properties" in value:
            yield from _fields(value, home, schemas, f"{above}{name} ")
        if "properties" in items:
            yield from _fields(items, item_home, schemas, f"{above}{name} ")

"""Another id for a record or a word, and two of them made one: every place that names it is rewritten.

Ledgers are not touched: they say for ever what they said. The id that is no longer used is listed in ``moved.yaml``;
that of a fact leaves a record that leads on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from factbook.authoring import revise, union, yaml_comments, yaml_edit, yaml_layout
from factbook.authoring.changes import Change
from factbook.model.archive import Archive
from factbook.model.kinds import FILED, KINDS, schema_of
from factbook.model.moved import WORDS, places, ways
from factbook.model.records import SUBJECTS
from factbook.model.same_thing import found, same_thing
from factbook.read import yamldoc
from factbook.rules.moved import FILE as MOVED
from factbook.rules.problem import Key, Pointer
from factbook.rules.references import mentions, origins_named
from factbook.rules.waivers import FILE as WAIVERS

Read = Callable[[str], bytes | None]
"""From a path under ``facts/`` to what the file holds; None where there is none."""
VOCABULARY = "vocabulary.yaml"
_ITSELF = ("part_of", "predecessors", "relations")
"""Fields in which a record cannot name itself."""


class Step(Struct, frozen=True, kw_only=True):
    """What is asked: the id ``old`` of a ``kind`` becomes ``new``, on ``date``, for ``reason``."""

    archive: Archive
    read: Read
    kind: str
    old: str
    new: str
    date: str
    reason: str

    def data(self, path: str) -> bytes:
        """What the file of a record holds."""
        return self.read(path) or b""

    def path(self, name: str) -> str:
        """The file of the record with that id."""
        found: str = self.archive.of(FILED[self.kind])[name].path
        return found


def taken(archive: Archive, kind: str) -> set[str]:
    """Return every id of a kind that is, or ever was, in use."""
    words = archive.vocabulary[WORDS[kind]] if kind in WORDS else archive.known[kind]
    return {*words, *archive.moved_ids[kind]}


def move(step: Step) -> list[Change]:
    """Return the changes that give what has the id ``old`` the id ``new``, which nothing has."""
    if step.kind in WORDS:
        return [*_vocabulary(step, {(WORDS[step.kind], Key(step.old)): step.new}, ()), *_named(step), _listed(step)]
    path = step.path(step.old)
    target = f"{path.rpartition('/')[0]}/{step.new}.yaml"
    data, own = step.data(path), _rewritten(step, path)
    if "id" in yamldoc.read(path, data):
        own = yaml_edit.revise(step.kind, path, own, step.archive.schemas, {("id",): step.new})
    return [
        *(Change(target, None, own), Change(path, data, None), *_named(step, path), _listed(step)),
        *waived(step.read, step.archive, path, target),
    ]


def merge(step: Step) -> tuple[list[Change], list[str]]:
    """Return the changes that make ``old`` one with ``new``, which stays, and what of ``old`` is kept nowhere.

    ``new`` gets the items and fields that it lacks; a fact only what it rests on and what it is about.
    """
    if step.kind in WORDS:
        return _merge_words(step)
    path, keeps = step.path(step.old), step.path(step.new)
    gone, kept = (yamldoc.read(one, step.data(one)) for one in (path, keeps))
    made = yamldoc.read(keeps, _rewritten(step, keeps))
    united, lost = union.united(step.kind, made, _without(step, gone), step.new, step.archive.claims)
    changes = []
    if step.kind == "fact":
        entry = revise.entry(step.date, str(kept["status"]), step.reason)
        united["history"] = [*united["history"], entry]
        added = revise.entry(step.date, revise.withdrawn(step.archive), step.reason)
        redirect = {"moved_to": step.new, "history": [*gone["history"], added]}
        if lost or any(
            united.get(field) != held for field, held in gone.items() if field not in ("sources", "history")
        ):
            redirect["differs"] = f"It said {'; '.join(lost)}" if lost else "It is joined with a fact that says more."
        changes.append(Change(path, step.data(path), yaml_layout.write("fact", path, redirect, step.archive.schemas)))
    else:
        changes += [Change(path, step.data(path), None), _listed(step, _differs(step, lost))]
    if united != kept:
        if step.kind != "fact":
            united["history"] = [*united.get("history", ()), {"date": step.date, "reason": step.reason}]
        remarks = yaml_comments.read(step.data(keeps).decode())
        after = yaml_layout.write(step.kind, keeps, united, step.archive.schemas, remarks)
        changes.append(Change(keeps, step.data(keeps), after))
    changes += [*_named(step, path, keeps), *waived(step.read, step.archive, path, "")]
    return changes, lost


def _merge_words(step: Step) -> tuple[list[Change], list[str]]:
    words = step.archive.vocabulary[WORDS[step.kind]]
    texts, lost = union.united_words(step.archive.vocabulary, words[step.new], words[step.old])
    pointed: yaml_edit.Texts = {(WORDS[step.kind], step.new, field): text for field, text in texts.items()}
    return [*_vocabulary(step, pointed, [(WORDS[step.kind], step.old)]), *_named(step),
            _listed(step, _differs(step, lost))], lost  # fmt: skip


def _without(step: Step, value: dict[str, Any]) -> dict[str, Any]:
    """Return the plain value of the record that goes, as if it named itself by the id that stays."""
    kind = KINDS[step.kind]
    texts = {at: step.new for way, named in ways(kind) if step.kind in named
             for at, text in places(value, way) if text == step.old}  # fmt: skip
    found: dict[str, Any] = yaml_edit.with_texts(value, texts)
    return found


def _vocabulary(step: Step, texts: yaml_edit.Texts, removed: Iterable[Pointer]) -> list[Change]:
    data = step.data(VOCABULARY)
    after = yaml_edit.revise("vocabulary", VOCABULARY, data, step.archive.schemas, texts, removed=tuple(removed))
    return [Change(VOCABULARY, data, after)]


def _named(step: Step, *apart: str) -> Iterator[Change]:
    """Yield the changes of every record that names ``old``, but for the files ``apart``."""
    for path in dict.fromkeys(_naming(step.archive, step.kind, step.old)):
        if path not in apart:
            data, after = step.data(path), _rewritten(step, path)
            if after != data:
                yield Change(path, data, after)


def _naming(archive: Archive, kind: str, name: str) -> Iterator[str]:
    """Yield the files of the records that name something, outside their ledgers."""
    if kind in FILED:
        yield from (
            r.path for r, pointer, named in mentions(archive, kind) if named == name and pointer[0] != "history"
        )
    if kind in ("organization", "source", "origin"):
        yield from (record.path for record, _, origin in origins_named(archive) if origin == name)
    if (field := WORDS.get(kind, "")) in SUBJECTS:
        yield from (s.path for s in archive.statements.values() if name in getattr(s, field))
        if field == "topics":
            yield from (q.path for q in archive.questions.values() if name in q.topics)


def _rewritten(step: Step, path: str) -> bytes:
    """Return a record with ``new`` wherever it named ``old``, each thing once; nothing of a ledger changes.

    A fact or an organization two of whose sources became one gets a ledger entry: its evidence is another.
    """
    data = step.data(path)
    value = yamldoc.read(path, data)
    folder = path.partition("/")[0]
    filed = next(kind.name for kind in FILED.values() if kind.folder == folder)
    kind = KINDS[schema_of(filed, value)]
    texts = {
        at: step.new
        for way, named in ways(kind)
        if step.kind in named
        for at, text in places(value, way)
        if text == step.old
    }
    if not texts:
        return data
    own = path.rpartition("/")[2].removesuffix(".yaml")
    removed, joined = _twice(yaml_edit.with_texts(value, texts), texts, own == step.new)
    entry = None
    if joined and kind.name == "fact":
        entry = revise.entry(step.date, str(value["status"]), step.reason)
    elif joined and kind.name == "organization":
        entry = {"date": step.date, "reason": step.reason}
    return yaml_edit.revise(filed, path, data, step.archive.schemas, {**texts, **joined}, entry, removed)


def _twice(value: Any, texts: Iterable[Pointer], itself: bool) -> tuple[list[Pointer], yaml_edit.Texts]:
    """Return the items that are in ``value`` twice now, or by which it would name itself; and, where two references
    became one, the places in the source that the one that stays has to name."""
    removed: list[Pointer] = []
    joined: yaml_edit.Texts = {}
    for at in texts:
        place = max((i for i, step in enumerate(at) if isinstance(step, int)), default=-1)
        if place < 0:
            continue
        items: Any = value
        for part in at[:place]:
            items = items[part]
        here = int(at[place])
        if itself and at[0] in _ITSELF:
            removed.append(at[: place + 1])
            continue
        other = next((i for i, item in enumerate(items) if i != here and _same(at[0], item, items[here])), None)
        if other is None:
            continue
        first, second = sorted((here, other))
        removed.append((*at[:place], second))
        if at[0] == "sources":
            for field in ("locator", "note"):
                found = [items[i][field] for i in (first, second) if items[i].get(field)]
                text = ("; " if field == "locator" else " ").join(dict.fromkeys(found))
                if text and text != items[first].get(field):
                    joined[(*at[:place], first, field)] = text
            if (fragment := items[second].get("fragment")) and not items[first].get("fragment"):
                joined[(*at[:place], first, "fragment")] = fragment
            joined[(*at[:place], first, "source")] = items[first]["source"]
    for whole in {gone[0] for gone in removed if len(gone) == 2}:
        if sum(gone[0] == whole for gone in removed) == len(value[whole]):
            removed = [gone for gone in removed if gone[0] != whole] + [(whole,)]
    return removed, joined


def _same(field: str | int, one: Any, other: Any) -> bool:
    """Whether two items of a list say the same, or name one thing that can be named once."""
    if field == "sources":
        return bool(one["source"] == other["source"] and one.get("stance") == other.get("stance"))
    if field == "predecessors":
        return bool(one["organization"] == other["organization"])
    return bool(one == other)


def _differs(step: Step, lost: Iterable[str]) -> str:
    """Return what is other of the thing that stays; empty where it is the one that goes."""
    gone, stays = (found(step.archive, step.kind, name) for name in (step.old, step.new))
    if same_thing(step.archive, gone, stays):
        return ""
    return f"It said {'; '.join(lost)}" if lost else "It was recorded as another."


def _listed(step: Step, differs: str = "") -> Change:
    """Return the change of the list of moved ids: a new entry, and those that led to ``old`` lead to ``new``."""
    data = step.read(MOVED)
    value: dict[str, Any] = yamldoc.read(MOVED, data) if data else {"moved": []}
    entries = [
        {**one, "moved_to": step.new} if (one["kind"], one["moved_to"]) == (step.kind, step.old) else one
        for one in value["moved"]
    ]
    added = {"kind": step.kind, "id": step.old, "moved_to": step.new, "date": step.date, "reason": step.reason}
    if differs:
        added["differs"] = differs
    kept = yaml_comments.read(data.decode()) if data else None
    after = yaml_layout.write("moved", MOVED, {"moved": [*entries, added]}, step.archive.schemas, kept)
    return Change(MOVED, data, after)


def waived(read: Read, archive: Archive, path: str, target: str) -> Iterator[Change]:
    """Yield the change of the waivers of the file at ``path``, which is at ``target`` now, or gone where that is
    empty."""
    data = read(WAIVERS)
    held: list[Mapping[str, str]] = yamldoc.read(WAIVERS, data)["waivers"] if data else []  # type: ignore[assignment]
    here = [i for i, waiver in enumerate(held) if waiver["path"] == f"facts/{path}"]
    if not here or not data:
        return
    if target:
        texts: yaml_edit.Texts = {("waivers", i, "path"): f"facts/{target}" for i in here}
        yield Change(WAIVERS, data, yaml_edit.revise("waivers", WAIVERS, data, archive.schemas, texts))
    elif len(here) == len(held):
        yield Change(WAIVERS, data, None)
    else:
        gone = [("waivers", i) for i in here]
        yield Change(WAIVERS, data, yaml_edit.revise("waivers", WAIVERS, data, archive.schemas, {}, removed=gone))


def written(root: Path, name: str) -> list[str]:
    """Return the places (``path:line``) in the written pages and settings that name an id."""
    sought = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    found = []
    for path in [*sorted((root / "docs").rglob("*.md")), root / "mkdocs.yml"]:
        lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
        found += [f"{path.relative_to(root)}:{i}" for i, line in enumerate(lines, 1) if sought.search(line)]
    return found

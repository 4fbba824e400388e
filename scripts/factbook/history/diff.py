"""Computes what a change does: which records differ from before, and which pages change with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from jinja2 import TemplateError
from msgspec import Struct
from msgspec.structs import fields

from factbook import parallel
from factbook.data import exports
from factbook.model.archive import Archive
from factbook.model.current_ids import told_today
from factbook.model.entries import Amendment
from factbook.model.kinds import FILED, Kind
from factbook.model.kinds import KINDS as RECORD_KINDS
from factbook.model.records import Record, Redirect, Revision, Statement
from factbook.pages.kinds import Job, Pages
from factbook.rules.compare import as_text, named, rewriting, values
from factbook.rules.history import Base
from factbook.rules.waivers import Waiver
from factbook.text import show

WHATS = ("removed", "unreadable", "withdrawn", "moved", "changed", "added", "readable")
"""What can have happened to a record. First comes what a reviewer must not miss."""
KINDS = (*FILED, "waiver", "vocabulary")
_BLOCK = re.compile(r'^<div data-factbook="(?!record")([^"]*)"></div>$', re.MULTILINE)


class Edit(Struct, frozen=True, kw_only=True):
    """A field that differs. ``before`` and ``after`` hold one text for each item of a list, none where the field is not
    given."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Change(Struct, frozen=True, kw_only=True):
    """What happened to one record. ``entries`` are the new ones of its ledger; people know it by its ``title``."""

    kind: str
    id: str
    what: str
    title: str = ""
    status: str = ""
    moved_to: str = ""
    edits: tuple[Edit, ...] = ()
    entries: tuple[Revision, ...] | tuple[Amendment, ...] = ()


class Difference(Struct, frozen=True, kw_only=True):
    """Everything that differs from ``base``, in the order of WHATS and KINDS.

    ``pages`` are (path, new, changed or gone); None where the pages of one of the two states cannot be rendered,
    because its records do not fit together. ``data`` counts the files of the data that differ, as far as they can be
    made.
    """

    base: str
    changes: tuple[Change, ...]
    pages: tuple[tuple[str, str], ...] | None
    data: int = 0
    unread: tuple[str, ...] = ()


def compare(base: Base, archive: Archive, waivers: Sequence[Waiver], written: Mapping[str, str]) -> Difference:
    """How ``archive`` differs from ``base``. ``written`` holds the Markdown of every written page by its path."""
    before, now = told_today(base.archive, archive), told_today(archive, archive)
    found = [
        *_facts(before, now),
        *(change for kind in FILED.values() if kind.name != "fact" for change in _others(kind, before, now)),
        *_waivers(base.waivers, waivers),
        *_vocabulary(base.archive, archive),
    ]
    found.sort(key=lambda c: (WHATS.index(c.what), KINDS.index(c.kind), c.id))
    unread = tuple(dict.fromkeys(show(f"{p.path}: {p.message}", 300) for p in base.problems))
    pages = _pages(base.archive, archive, written)
    data = exports.changed(base.archive, archive) if pages is not None else 0
    return Difference(base=base.name, changes=tuple(found), pages=pages, data=data, unread=unread)


def _facts(base: Archive, archive: Archive) -> Iterator[Change]:
    before: dict[str, Record] = {**base.statements, **base.redirects}
    after: dict[str, Record] = {**archive.statements, **archive.redirects}
    moved = {r.moved_to: r.id for r in archive.redirects.values() if r.id in base.statements}
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if new is None:
            yield _lost("fact", name, _title(before[name]), archive)
        elif old is None and name in moved:
            continue  # told where it has moved from
        elif old is None:
            yield _come("fact", new, base)
        elif isinstance(new, Redirect) and isinstance(old, Statement):
            target = archive.statements.get(new.moved_to)
            yield Change(
                kind="fact",
                id=name,
                what="moved",
                title=old.claim,
                moved_to=new.moved_to,
                edits=tuple(_edits(old, target)) if target and _renamed(name, target, before, moved) else (),
                entries=_entries(old, new),
            )
        elif edits := tuple(_edits(old, new)):
            yield _changed("fact", old, new, edits, archive)
        elif entries := _entries(old, new):
            yield Change(kind="fact", id=name, what="changed", title=_title(new), entries=entries)


def _renamed(name: str, target: Statement, before: Mapping[str, Record], moved: Mapping[str, str]) -> bool:
    """Return whether ``target`` is the fact ``name`` under a new id, and no other fact that was there before."""
    return target.id not in before and moved.get(target.id) == name


def _changed(kind: str, old: Record, new: Record, edits: tuple[Edit, ...], archive: Archive) -> Change:
    what = "changed"
    if isinstance(new, Statement) and isinstance(old, Statement) and new.status != old.status:
        what = "withdrawn" if archive.status(new).has("withdraws") else "changed"
    return Change(kind=kind, id=new.id, what=what, title=_title(new), edits=edits, entries=_entries(old, new))


def _others(kind: Kind, base: Archive, archive: Archive) -> Iterator[Change]:
    before, after = base.of(kind), archive.of(kind)
    moved = {new: old for old, new in archive.moved_ids[kind.name].items() if old in before and new not in before}
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if name in moved:
            continue  # told where it has moved from
        to = archive.moved_ids[kind.name].get(name, "")
        if new is None and to in after:
            edits = tuple(_edits(before[name], after[to])) if moved.get(to) == name else ()
            title = _title(before[name])
            yield Change(kind=kind.name, id=name, what="moved", title=title, moved_to=to, edits=edits)
        elif new is None:
            yield _lost(kind.name, name, _title(before[name]), archive)
        elif old is None:
            yield _come(kind.name, new, base)
        elif edits := tuple(_edits(old, new)):
            yield _changed(kind.name, old, new, edits, archive)
        elif entries := _entries(old, new):
            yield Change(kind=kind.name, id=name, what="changed", title=_title(new), entries=entries)


def _lost(kind: str, name: str, title: str, archive: Archive) -> Change:
    """Return the change of a record that is gone, or that is there and can no longer be read."""
    return Change(kind=kind, id=name, what="unreadable" if name in archive.known[kind] else "removed", title=title)


def _come(kind: str, record: Record, base: Archive) -> Change:
    """Return the change of a record that is new, or that could not be read before."""
    return Change(
        kind=kind,
        id=record.id,
        what="readable" if record.id in base.known[kind] else "added",
        title=_title(record),
        status=getattr(record, "status", ""),
        moved_to=getattr(record, "moved_to", ""),
        entries=getattr(record, "history", ()),
    )


def _title(record: Record) -> str:
    """Return the text that people know a record by; empty for an id that has moved."""
    title = next(kind.title for kind in RECORD_KINDS.values() if isinstance(record, kind.type))
    return getattr(record, title) if title else ""


def _edits(old: Record, new: Record) -> Iterator[Edit]:
    """Yield every field that differs, and the ledger where it was rewritten. Between two ids, only the contents are
    compared."""
    if type(old) is not type(new):
        yield Edit(field="kind of record", before=(type(old).__name__.lower(),), after=(type(new).__name__.lower(),))
        return
    order = ("status", "claim", "date", "kind", "organizations", "references")
    moved = old.id != new.id
    names = [f.name for f in fields(new) if f.name not in ("id", "history", "path" if moved else "")]
    for name in sorted(names, key=lambda n: order.index(n) if n in order else len(order)):
        before, after = values(old, name), values(new, name)
        if before != after:
            yield Edit(field=named(name), before=before, after=after)
    ledgers = [getattr(record, "history", ()) for record in (old, new)]
    if not moved and rewriting(*ledgers):
        before, after = (tuple(as_text(entry) for entry in ledger) for ledger in ledgers)
        yield Edit(field="ledger", before=before, after=after)


def _entries(old: Record, new: Record) -> tuple[Revision, ...] | tuple[Amendment, ...]:
    """Return the new entries at the end of a ledger; none where older ones were rewritten, which is reported as an
    edit."""
    before, after = getattr(old, "history", ()), getattr(new, "history", ())
    return () if rewriting(before, after) else after[len(before) :]


def _waivers(before: Sequence[Waiver], after: Sequence[Waiver]) -> Iterator[Change]:
    for waiver in dict.fromkeys((*before, *after)):
        if (waiver in before) != (waiver in after):
            title = f"{waiver.path}, until {waiver.expires}, {waiver.owner}: {waiver.reason}"
            yield Change(kind="waiver", id=waiver.rule, what="added" if waiver in after else "removed", title=title)


def _vocabulary(base: Archive, archive: Archive) -> Iterator[Change]:
    for name in archive.vocabulary:
        before, after = ({w.id: str(w) for w in a.vocabulary[name].values()} for a in (base, archive))
        if before != after:
            edits = (Edit(field="words", before=tuple(before), after=tuple(after)),)
            yield Change(kind="vocabulary", id=name, what="changed", edits=edits if set(before) != set(after) else ())


def _pages(base: Archive, archive: Archive, written: Mapping[str, str]) -> tuple[tuple[str, str], ...] | None:
    """Return every page that is new, changed or gone, as (path, what).

    Both sites are rendered, because nothing else shows what a page says. None where one of them cannot be.
    """
    try:
        before, after = _digests(base, written), _digests(archive, written)
    except (LookupError, AttributeError, ValueError, TemplateError):
        return None  # a record names one that is missing, or the older vocabulary lacks what the templates need now
    what = {(True, False): "gone", (False, True): "new", (True, True): "changed"}
    paths = sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))
    return tuple((path, what[path in before, path in after]) for path in paths)


def _digests(archive: Archive, written: Mapping[str, str]) -> dict[str, bytes]:
    """Return a hash of the text of every page, by its path."""
    pages = Pages(archive)

    def work(jobs: Sequence[Job]) -> dict[str, bytes]:
        made = [pages.page(job) for job in jobs]
        return {p.path: sha256(f"{p.title}\0{p.description}\0{p.body}".encode()).digest() for p in made}

    found = {path: digest for part in parallel.spread(work, pages.jobs()) for path, digest in part.items()}
    for path, text in written.items():
        if blocks := _BLOCK.findall(text):
            said = "\0".join(pages.block(block, "../" * path.count("/")) for block in blocks)
            found[path] = sha256(said.encode()).digest()
    return found

"""What a reader sees of an archive at a glance: how facts stand, what changed, what is contested, what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from factbook.archive import Archive
from factbook.model import Organization, Revision, Source, Statement, Word


def standing(archive: Archive, statements: Iterable[Statement]) -> list[tuple[Word, int]]:
    """How statements stand: (status, count) in the order of the vocabulary, without those that do not occur."""
    counts = Counter(s.status for s in statements)
    return [(w, counts[w.id]) for w in archive.vocabulary["statuses"].values() if counts[w.id]]


def _marked_contested(archive: Archive) -> set[str]:
    return {w.id for w in archive.vocabulary["statuses"].values() if w.has("contested")}


def changes(archive: Archive, most: int) -> list[tuple[Statement, Revision, str]]:
    """The newest ledger entries: (statement, revision, status before or empty).

    Of one day, changed statements come before new ones, and of these the contested ones first.
    """
    entries = [
        (s, h, s.history[i - 1].status if i else "")
        for s in archive.statements.values()
        for i, h in enumerate(s.history)
    ]
    marked = _marked_contested(archive)
    entries.sort(key=lambda e: (e[1].date, bool(e[2]), e[1].status in marked, e[0].id), reverse=True)
    return entries[:most]


def contested(archive: Archive) -> list[tuple[Statement, list[Statement]]]:
    """Each statement whose status the vocabulary marks contested, newest first, with those that contradict it."""
    marked = _marked_contested(archive)
    return [(s, archive.against(s)) for s in archive.newest_first if s.status in marked]


def organizations_by_kind(archive: Archive) -> list[tuple[Word, list[Organization]]]:
    """Organizations by kind, both in reading order."""
    every = sorted(archive.organizations.values(), key=lambda o: o.label.casefold())
    groups = [(w, [o for o in every if o.kind == w.id]) for w in archive.vocabulary["organization_kinds"].values()]
    return [(w, group) for w, group in groups if group]


def sources_by_kind(archive: Archive) -> list[tuple[Word, list[Source]]]:
    """Sources by kind, those that carry most facts first."""
    carried = archive.by_source
    every = sorted(archive.sources.values(), key=lambda s: (-len(carried.get(s.id, ())), s.title.casefold(), s.id))
    groups = [(w, [s for s in every if s.kind == w.id]) for w in archive.vocabulary["source_kinds"].values()]
    return [(w, group) for w, group in groups if group]


def organizations_by_facts(archive: Archive, most: int) -> list[Organization]:
    """The organizations with the most facts."""
    found = sorted(archive.by_organization.items(), key=lambda kv: (-len(kv[1]), kv[0]))
    return [archive.organizations[name] for name, _ in found[:most]]


def search_filters(archive: Archive) -> list[tuple[str, str, list[str]]]:
    """What a search can be narrowed by: (name in the index, label, values as they stand in the index)."""
    v = archive.vocabulary
    used = {
        "statuses": {f.status for f in archive.statements.values()},
        "fact_kinds": {f.kind for f in archive.statements.values()},
        "organization_kinds": {o.kind for o in archive.organizations.values()},
        "source_kinds": {s.kind for s in archive.sources.values()},
    }
    labels = {name: [w.label for w in v[name].values() if w.id in ids] for name, ids in used.items()}
    kinds = dict.fromkeys(labels["fact_kinds"] + labels["organization_kinds"] + labels["source_kinds"])
    return [
        ("type", "What", ["Facts", "Organizations", "Sources"]),
        ("status", "Status", labels["statuses"]),
        ("organization", "Organization", sorted({o.label for o in archive.organizations.values()}, key=str.casefold)),
        ("kind", "Kind", list(kinds)),
        ("year", "Year", list(archive.by_year)),
    ]

"""Summaries of an archive for its readers: statuses, contested claims, single origins, figures, and search filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from factbook.model import origins
from factbook.model.archive import Archive
from factbook.model.records import Organization, Source, Statement, Word


def standing(archive: Archive, statements: Iterable[Statement]) -> list[tuple[Word, int]]:
    """Return how many statements have each status: (status, count) in the order of the vocabulary, without zeros.

    Each one given is counted, so that the counts add up to the total beside them. A page that leaves those of low
    weight out of its total gives ``foremost`` ones, and says in words how many it leaves out.
    """
    counts = Counter(archive.status(s).id for s in statements)
    return [(w, counts[w.id]) for w in archive.vocabulary["statuses"].values() if counts[w.id]]


def foremost(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements without those of low weight, in the same order: what totals count."""
    return [s for s in statements if not s.low]


def contested(archive: Archive) -> list[tuple[Statement, list[Statement]]]:
    """Return each statement whose status the vocabulary marks contested, with the statements that contradict it.

    The status that is last in the vocabulary comes first, so that false claims precede those that nobody vouches for;
    within a status the newest statements come first. Those of low weight come after all others.
    """
    order = {name: -place for place, name in enumerate(archive.vocabulary["statuses"])}
    found = [s for s in archive.newest_first if archive.status(s).has("contested")]
    return [(s, archive.against(s)) for s in sorted(found, key=lambda s: (s.low, order[archive.status(s).id]))]


def single(archive: Archive) -> list[tuple[str, Statement]]:
    """Return the statements that stand, but on fewer than two independent origins, newest first: (name of the origin,
    statement). Those of low weight come after all others.

    The name is empty where no origin counts, because the sources only retell. A statement stands if the vocabulary
    gives its status a rank; contested and unweighed ones have none.
    """
    found = []
    for statement in archive.newest_first:
        if archive.status(statement).rank >= 0:
            counting = origins.independent(archive, statement)
            if len(counting) < 2:
                found.append((origins.named(archive, *counting) if counting else "", statement))
    return sorted(found, key=lambda one: one[1].low)


def organizations_by_kind(
    archive: Archive, order: Callable[[str], Any] = str.casefold
) -> list[tuple[Word, list[Organization]]]:
    """Return the organizations by kind, both sorted for readers; ``order`` returns the sort key of a name."""
    every = sorted(archive.organizations.values(), key=lambda o: order(o.label))
    groups = [(w, [o for o in every if o.kind == w.id]) for w in archive.vocabulary["organization_kinds"].values()]
    return [(w, group) for w, group in groups if group]


def sources_by_kind(archive: Archive, order: Callable[[str], Any] = str.casefold) -> list[tuple[Word, list[Source]]]:
    """Return the sources by kind, those that most facts cite first; ``order`` returns the sort key of a title."""
    carried = archive.by_source
    every = sorted(archive.sources.values(), key=lambda s: (-len(carried.get(s.id, ())), order(s.title), s.id))
    groups = [(w, [s for s in every if s.kind == w.id]) for w in archive.vocabulary["source_kinds"].values()]
    return [(w, group) for w, group in groups if group]


def organizations_by_facts(archive: Archive, most: int) -> list[Organization]:
    """Return the ``most`` organizations with the most facts, those of low weight not counted."""
    found = sorted(archive.by_organization.items(), key=lambda kv: (-len(foremost(kv[1])), kv[0]))
    return [archive.organizations[name] for name, _ in found[:most]]


def figures(
    archive: Archive, order: Callable[[str], Any] = str.casefold
) -> list[tuple[str, str, list[Statement], Decimal]]:
    """Return the facts that give a number, by what is counted: (what, unit, facts in the order of their dates, largest
    number). ``order`` returns the sort key of what is counted."""
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in reversed(archive.newest_first):
        if statement.figure:
            groups.setdefault((statement.figure.counts, statement.figure.unit), []).append(statement)
    return [
        (counts, unit, facts, max(f.figure.span[1] for f in facts if f.figure))
        for (counts, unit), facts in sorted(groups.items(), key=lambda kv: (order(kv[0][0]), kv[0][1]))
    ]


def share(statement: Statement, most: Decimal) -> str:
    """Return the number of a statement in per cent of ``most``, the largest of its kind; 0 where it has none."""
    if statement.figure is None or most <= 0:
        return "0"
    return f"{max(Decimal(0), 100 * statement.figure.span[1] / most):.1f}"


def search_filters(
    archive: Archive,
    recorded: Archive,
    text: Callable[[str], str],
    order: Callable[[str], Any] = str.casefold,
    words: Callable[[str], str] = str,
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what a search can be narrowed by: (name in the index, label, [(value in the index, its label here)]).

    ``recorded`` is the archive as it was indexed, ``archive`` the same in the language of the page. ``words``
    says a year as its readers do.
    """
    used = {
        "statuses": {archive.status(f).id for f in archive.statements.values()},
        "fact_kinds": {f.kind for f in archive.statements.values()},
        "organization_kinds": {o.kind for o in archive.organizations.values()},
        "source_kinds": {s.kind for s in archive.sources.values()},
    }

    def labels(name: str) -> dict[str, str]:
        words = archive.vocabulary[name]
        return {w.label: words[w.id].label for w in recorded.vocabulary[name].values() if w.id in used[name]}

    organizations = {recorded.organizations[o.id].label: o.label for o in archive.organizations.values()}
    types = {
        "Questions": (text("Questions"), archive.questions),
        "Facts": (text("Facts"), archive.statements),
        "Organizations": (text("Organizations"), archive.organizations),
        "People": (text("People"), archive.by_subject["people"]),
        "Countries": (text("Countries"), archive.by_subject["countries"]),
        "Topics": (text("Topics"), archive.by_subject["topics"]),
        "Sources": (text("Sources"), archive.sources),
    }
    return [
        ("type", text("What"), [(value, label) for value, (label, records) in types.items() if records]),
        ("status", text("Status"), [*labels("statuses").items()]),
        ("organization", text("Organization"), sorted(organizations.items(), key=lambda kv: order(kv[1]))),
        (
            "kind",
            text("Kind"),
            [*(labels("fact_kinds") | labels("organization_kinds") | labels("source_kinds")).items()],
        ),
        ("year", text("Year"), [(y, text("undated") if y == "undated" else words(y)) for y in archive.by_year]),
    ]

"""The two or three sentences that open a page about something, computed from the records."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from factbook.model.answers import Question, Series
from factbook.model.archive import Archive
from factbook.model.records import Statement
from factbook.pages import overview

NAMED = 2
"""Contested claims that are named; further ones are counted."""


class Opening(Struct, frozen=True, kw_only=True):
    """What is said of some facts: how many there are, the years they begin in (``first`` and ``last``, empty where none
    bears a date), how many have a settled status and what those statuses are called (``firm``), the newest that is not
    contested, the first contested ones and how many more there are, and the questions and tables they stand in. Where
    there is one fact alone, it is ``only``. ``low`` counts those of low weight, and ``doubted`` the contested ones
    among these; nothing else here speaks of them."""

    total: int
    only: Statement | None
    low: int
    doubted: int
    first: str
    last: str
    settled: int
    firm: tuple[str, ...]
    newest: Statement | None
    contested: tuple[Statement, ...]
    further: int
    questions: tuple[Question, ...]
    series: tuple[Series, ...]


def opening(
    archive: Archive, facts: Sequence[Statement], questions: Sequence[Question] = (), series: Sequence[Series] = ()
) -> Opening:
    """Return what the opening says of ``facts``, which are newest first."""
    every, facts = facts, overview.foremost(facts)
    words = {f.id: archive.status(f) for f in facts}
    contested = [f for f in facts if words[f.id].has("contested")]
    order = {name: place for place, name in enumerate(archive.vocabulary["statuses"])}
    contested.sort(key=lambda f: -order[words[f.id].id])
    years = [date.year for f in facts if (date := f.when)]
    firm = [w for w in archive.vocabulary["statuses"].values() if w.has("settled")]
    standing = (f for f in facts if f.when and words[f.id].rank >= 0)
    return Opening(
        total=len(facts),
        only=facts[0] if len(facts) == 1 else None,
        low=len(every) - len(facts),
        doubted=sum(f.low and archive.status(f).has("contested") for f in every),
        first=min(years, default=""),
        last=max(years, default=""),
        settled=sum(word.has("settled") for word in words.values()),
        firm=tuple(word.label for word in firm),
        newest=next(standing, None),
        contested=tuple(contested[:NAMED]),
        further=max(0, len(contested) - NAMED),
        questions=tuple(questions),
        series=tuple(series),
    )


def questions_on(archive: Archive, facts: Sequence[Statement]) -> list[Question]:
    """Return the questions whose answers name one of the facts, those that name most of them first."""
    counts: dict[str, int] = {}
    for fact in facts:
        for question in archive.questions_on.get(fact.id, ()):
            counts[question.id] = counts.get(question.id, 0) + 1
    return [archive.questions[name] for name in sorted(counts, key=lambda name: (-counts[name], name))]

"""A cache for what templates make of records."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from factbook.model.records import Source, Statement, Word


def by_id(make: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return ``make`` with a cache, by the id of the record and the other arguments.

    ``lru_cache`` would hash the whole record, which takes longer than making most of these texts.
    """
    made: dict[str | tuple[object, ...], Markup] = {}

    def kept(record: Statement | Source | Word, *rest: object) -> Markup:
        key = (record.id, *rest) if rest else record.id
        found = made.get(key)
        if found is None:
            found = made[key] = make(record, *rest)
        return found

    return kept

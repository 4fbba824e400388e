"""Finds the record that somebody meant: by any name of an organization, by the address or title of a source, by a
label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from factbook import ids
from factbook.model.addresses import canonical
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.moved import WORDS
from factbook.model.records import Word, spellings
from factbook.model.same_document import plain
from factbook.rules.problem import Problem
from factbook.text import nearest

_LISTS = {"status": "statuses", "language": "languages", "stance": "stances"}
"""The list of the vocabulary for each field that is named otherwise."""


def meant(archive: Archive, kind: str, text: str) -> str:
    """Return the id of the record of ``kind`` that somebody meant by ``text``; empty where that is not clear."""
    known = archive.known[kind]
    if text in archive.moved_ids[kind]:
        return archive.moved_ids[kind][text]
    if "://" in text:
        name = re.sub(r"\.(?:html|json|yaml)$", "", re.split(r"[?#]", text)[0].rstrip("/").rpartition("/")[2])
        if name in known:
            return name
        found = _names(archive, kind).get(canonical(text), set())
    else:
        if (made := ids.kebab(text)) in known:
            return made
        found = _names(archive, kind).get(plain(text), set())
    return next(iter(found)) if len(found) == 1 else ""


@lru_cache(maxsize=8)
def _names(archive: Archive, kind: str) -> dict[str, set[str]]:
    """Return the ids of the records of ``kind``, by each text that can mean them."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, text in _called(archive, kind):
        found[text].add(name)
    return found


def _called(archive: Archive, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (id, text) for each record of ``kind`` and each text that means it."""
    if kind == "organization":
        for organization in archive.organizations.values():
            for name in (*organization.names, *organization.acronyms):
                yield organization.id, plain(name.text)
            if organization.website:
                yield organization.id, canonical(organization.website)
    elif kind == "source":
        for source in archive.sources.values():
            yield source.id, plain(source.title)
            for url in filter(None, (source.url, source.archive_url)):
                yield source.id, canonical(url)
    else:
        for record in archive.of(FILED[kind]).values():
            yield record.id, plain(getattr(record, FILED[kind].title))


def word_meant(archive: Archive, words: Iterable[Word], text: str) -> str:
    """Return the id of the word whose label, or whose spelling in some language, is ``text``; empty where there is
    none."""
    sought = plain(text)
    found = {
        word.id
        for word in words
        if sought in {plain(name) for name in (word.label, *(name for _, name in spellings(archive.vocabulary, word)))}
    }
    return found.pop() if len(found) == 1 else ""


def with_hint(archive: Archive, problem: Problem) -> Problem:
    """Return ``problem``, which a single file showed, with a hint that only the whole archive can give, if any."""
    if problem.rule == "not-kebab-case":
        if name := next(filter(None, (meant(archive, kind, problem.value) for kind in FILED)), ""):
            return replace(problem, hint=f"Write {name}.")
        if "://" in problem.value:
            hint = "No record has this address. Describe the page in facts/sources/, and write the id of that record."
            return replace(problem, hint=hint)
        known = [name for kind in FILED for name in archive.known[kind] if ids.usable(name)]
        return replace(problem, hint=nearest(ids.kebab(problem.value), known) or problem.hint)
    if problem.rule == "unknown-word":
        field = problem.message.partition(" must ")[0].rpartition(" ")[2]
        lists = [_LISTS.get(field, field)]
        if field == "kind":
            lists = [name for name in archive.vocabulary if name.endswith("kinds")]
        for kind, one in WORDS.items():
            if one in lists and problem.value in archive.moved_ids[kind]:
                return replace(problem, hint=f"Write {archive.moved_ids[kind][problem.value]}.")
        words = [word for one in lists for word in archive.vocabulary.get(one, {}).values()]
        if name := word_meant(archive, words, problem.value):
            return replace(problem, hint=f"Write {name}.")
    return problem

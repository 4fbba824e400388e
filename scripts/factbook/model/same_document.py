"""Which sources are records of one document, so that one document never counts as two independent sources."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache

from factbook.model.addresses import canonical
from factbook.model.archive import Archive
from factbook.model.records import Source

_DATE = re.compile(r"(\d{4}-\d\d)(-\d\d)?", re.ASCII)


def marks(source: Source) -> list[Hashable]:
    """Return what another record of the same document would share with ``source``: the canonical address of the page
    and of its archived copy, and title, publisher and date together.

    The date is the day, and the month as well, which counts between two records where one knows no day (``holds``).
    """
    found: list[Hashable] = [*dict.fromkeys(canonical(url) for url in (source.url, source.archive_url) if url)]
    if source.published and (date := _DATE.fullmatch(source.published)):
        named = plain(source.title), plain(source.publisher)
        found += [(*named, day) for day in dict.fromkeys((source.published, date[1]))]
    return found


def holds(mark: Hashable, one: Source, other: Source) -> bool:
    """Return whether a mark that both sources have shows one document: a month does so where either knows no day."""
    return not isinstance(mark, tuple) or mark[-1] in (one.published, other.published)


def plain(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case, in one Unicode normal form, with one space between
    words."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=4)
def shared(archive: Archive) -> dict[str, str]:
    """Return, for each source that shares its document with another, one source id that stands for the document.

    Two sources are of one document where they have a mark in common, or each has one in common with a third.
    """
    by_mark: dict[Hashable, list[Source]] = defaultdict(list)
    for source in archive.sources.values():
        for mark in marks(source):
            by_mark[mark].append(source)
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for mark, (first, *others) in by_mark.items():
        vague = next((s for s in (first, *others) if holds(mark, s, s)), first)
        for other in (first, *others) if others else ():
            if other is not vague and holds(mark, vague, other):
                parent[root(other.id)] = root(vague.id)
    return {name: root(name) for name in list(parent)}


def merged_origins(archive: Archive, sources: Iterable[Source]) -> dict[str, str]:
    """Return, for each origin of the sources, the origin it counts as: the first of those that speak in the same
    document."""
    documents = shared(archive)
    counts_as: dict[str, str] = {}
    first: dict[str, str] = {}
    for source in sources:
        origin = counts_as.setdefault(source.origin, source.origin)
        if source.id in documents:
            one = first.setdefault(documents[source.id], origin)
            if one != origin:
                counts_as = {name: one if to == origin else to for name, to in counts_as.items()}
                first = {document: one if to == origin else to for document, to in first.items()}
    return counts_as

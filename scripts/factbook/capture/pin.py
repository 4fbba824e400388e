"""Sources pinned: the text of a page fetched and hashed, and compared with what was hashed before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from factbook.capture import extract, wayback
from factbook.capture.fetch import FetchError, Limits, Offline, fetch
from factbook.model.archive import Archive
from factbook.model.records import Source, Statement

What = Literal["pinned", "same", "changed", "failed"]
GIVE_UP = 3
"""Hosts that cannot be looked up, one after the other and none before them found: there is no network."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What to do with each page. ``day`` (ISO) is the day of it; ``anew`` takes the text of today for the one that is
    pinned; ``archived`` asks ``service`` for a stored copy; ``folder`` is where WARCs go, or None; ``pause`` is the
    seconds between two requests to one host."""

    day: str
    anew: bool = False
    archived: bool = False
    service: str = wayback.SERVICE
    folder: Path | None = None
    pause: float = 2
    limits: Limits = Limits()


class Captured(Struct, frozen=True, kw_only=True):
    """What came of one source: ``fields`` are those of its record that are new, None for one that is to go; ``said`` is
    what to tell of it."""

    source: str
    what: What
    said: str
    fields: dict[str, str | None] = {}


def capture(sources: Iterable[Source], wanted: Wanted) -> Iterator[Captured]:
    """Yield what came of each source, one after the other. Raises Offline where there is no network."""
    asked: dict[str, float] = {}
    lost = 0
    for source in sources:
        host = urlsplit(source.url).netloc
        if (pause := asked.get(host, -wanted.pause) + wanted.pause - time.monotonic()) > 0:
            time.sleep(pause)
        try:
            yield one(source, wanted)
            lost = -1
        except Offline as error:
            lost += lost >= 0
            if lost == GIVE_UP:
                raise
            yield Captured(source=source.id, what="failed", said=f"not captured: {error}")
        except FetchError as error:
            lost = -1
            yield Captured(source=source.id, what="failed", said=f"not captured: {error}")
        asked[host] = time.monotonic()


def one(source: Source, wanted: Wanted) -> Captured:
    """Return what came of a source. Raises FetchError."""
    page = fetch(source.url, wanted.limits)
    text = extract.text(page)
    digest = extract.digest(text)
    fields: dict[str, str | None] = {}
    what: What = "pinned"
    if not source.sha256 or wanted.anew:
        fields |= {"sha256": digest, "text_by": extract.program(), "captured": wanted.day, "changed": None}
        said = f"pinned, {len(text):,} characters"
    elif source.text_by != extract.program():
        by = source.text_by or "by hand"
        raise FetchError(f"its hash was made otherwise ({by}) and cannot be compared; --anew makes it of today's text")
    elif digest == source.sha256:
        what, said = "same", f"not changed since {source.captured}"
    else:
        what, said = "changed", f"changed since {source.captured}"
        if not source.changed:
            fields["changed"] = wanted.day
    if wanted.folder is not None and what != "changed":
        said += f", kept in {wayback.keep(page, digest, wanted.day, wanted.folder).name}"
    if wanted.archived and not source.archive_url:
        try:
            copy = wayback.stored_copy(source.url, source.accessed or wanted.day, wanted.limits, wanted.service)
        except FetchError as error:
            said += f", not asked for a stored copy: {error}"
        else:
            said += ", stored copy found" if copy else ", no stored copy"
            fields |= {"archive_url": copy} if copy else {}
    return Captured(source=source.id, what=what, said=said, fields=fields)


def resting_on(archive: Archive, source: str) -> list[Statement]:
    """Return the facts that cite a source, in the order of their ids."""
    return sorted(archive.by_source.get(source, ()), key=lambda statement: statement.id)

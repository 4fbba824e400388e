"""What the host of a site takes, and whether a site that is about to be written would be more than that."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.pages.kinds import Pages
from factbook.site.pour import Shell


class Limits(Struct, frozen=True, kw_only=True):
    """What one host takes, as its documentation says; 0 where it says nothing."""

    name: str
    bytes: int = 0
    files: int = 0
    seconds: int = 0


HOSTS: Mapping[str, Limits] = {
    # docs.github.com/pages: "GitHub Pages limits"
    "github": Limits(name="GitHub Pages", bytes=1_000_000_000, seconds=600),
    # docs.gitlab.com: "GitLab.com settings", GitLab Pages
    "gitlab": Limits(name="GitLab Pages", bytes=1_000_000_000, files=200_000),
    # developers.cloudflare.com/pages: "Limits", for plans without charge
    "cloudflare": Limits(name="Cloudflare Pages", files=20_000),
}
"""The limits of each host, by the name that settings give it. A host that is not here has none that are known."""
SAMPLE = 5
"""Pages of each kind that are made to learn how large they are."""
LARGEST, SLOWEST = 60_000, 0.05
"""No page has more bytes, on average, or takes more seconds: a site that passes no limit by that is not measured.
Those of an archive of a thousand facts have 22,000 bytes on average."""
FACT_BYTES, RECORD_BYTES = 25_000, 6_000
"""What the data has for each fact, with its versions, and for each other record, as measured among 800 facts."""
FACT_FILES, RECORD_FILES = 6, 3
"""Files of the data for each of these."""


class Estimate(Struct, frozen=True, kw_only=True):
    """How large a site will be, and how long its pages take to write here."""

    bytes: int
    files: int
    seconds: float


def estimate(filled: Sequence[tuple[Pages, Shell]], archive: Archive, data: bool) -> Estimate:
    """Return what the record pages of every edition and, with ``data``, the data will be.

    A few pages of each kind are made, evenly from all of them; the data is reckoned from the number of records.
    """
    size, seconds, files = 0.0, 0.0, 0
    for pages, shell in filled:
        kinds: dict[str, list[str]] = {}
        for kind, name in pages.records():
            kinds.setdefault(kind, []).append(name)
        for kind, names in kinds.items():
            chosen = names[:: max(1, len(names) // SAMPLE)][:SAMPLE]
            began = time.perf_counter()
            made = sum(len(shell.pour(pages.page((kind, name)))) for name in chosen)
            seconds += (time.perf_counter() - began) / len(chosen) * len(names)
            size += made / len(chosen) * len(names)
            files += len(names)
    if data:
        facts = len(archive.statements)
        others = sum(1 for _ in archive.every()) - facts
        size += facts * FACT_BYTES + others * RECORD_BYTES
        files += facts * FACT_FILES + others * RECORD_FILES
    return Estimate(bytes=round(size), files=files, seconds=seconds / (os.cpu_count() or 1))


def warning(host: str, filled: Sequence[tuple[Pages, Shell]], archive: Archive, data: bool) -> str:
    """Return the line that says which limit of ``host`` the site would pass; empty where it passes none.

    A site that is small by its number of pages is not measured, which would take longer than it is worth.
    """
    limits = HOSTS.get(host)
    records = sum(1 for _ in archive.every()) if data else 0
    if limits is None or not _near(limits, sum(len(pages.records()) for pages, _ in filled), records):
        return ""
    passed = _passed(limits, estimate(filled, archive, data))
    return f"{limits.name} takes {'; and '.join(passed)}. {_remedy(limits, filled, archive, data)}" if passed else ""


def _passed(limits: Limits, found: Estimate) -> list[str]:
    """Return what is said of each limit that a site would pass."""
    passed = []
    if limits.bytes and found.bytes > limits.bytes:
        passed.append(f"{_size(limits.bytes)}, and this site will be about {_size(found.bytes)}")
    if limits.files and found.files > limits.files:
        passed.append(f"{limits.files:,} files, and this site will be about {found.files:,}")
    if limits.seconds and found.seconds > limits.seconds:
        passed.append(
            f"{limits.seconds // 60} minutes, and the pages alone will take about {found.seconds / 60:.0f} here"
        )
    return passed


def _remedy(limits: Limits, filled: Sequence[tuple[Pages, Shell]], archive: Archive, data: bool) -> str:
    """Return what is enough to leave out: the data, all languages but the first, or only both; each is estimated as
    well, so nobody leaves out what would not help."""
    ways = []
    if data:
        ways.append(("the data (FACTBOOK_DATA=no)", filled, False))
    if len(filled) > 1:
        ways.append((f"all languages but {filled[0][0].language.code}", filled[:1], data))
    enough = [said for said, pages, kept in ways if not _passed(limits, estimate(pages, archive, kept))]
    if not enough and len(ways) > 1 and not _passed(limits, estimate(filled[:1], archive, False)):
        enough = [" and ".join(said for said, _, _ in ways)]
    if not enough:
        return "There is nothing to leave out that is enough; the page Publish says what else."
    return f"Enough to leave out: {', or '.join(enough)}; the page Publish says more."


def _near(limits: Limits, pages: int, records: int) -> bool:
    """Return whether so many pages, and the data of so many records, could pass a limit if they were as large and slow
    as they can be. ``records`` is 0 where no data is written."""
    return (
        0 < limits.bytes <= pages * LARGEST + records * FACT_BYTES
        or 0 < limits.files <= pages + records * FACT_FILES
        or 0 < limits.seconds <= pages * SLOWEST
    )


def _size(count: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{count / 1e9:.2g} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"

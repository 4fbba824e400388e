"""The files that lead through the data: ``index.json``, ``llms.txt`` and ``README.txt``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factbook.data.published import Entry, Publication, head, licence
from factbook.model.archive import Archive
from factbook.model.fingerprint import release

ENTRIES = (
    Entry("data/v1/index.json", "application/json", "This list with sizes and checksums, and the release."),
    Entry("llms.txt", "text/markdown", "What there is, for language models."),
    Entry("SHA256SUMS", "text/plain", "A checksum for every file of the site."),
)
"""The files of this part, in the order in which they are documented."""


def index(
    archive: Archive, publication: Publication, sizes: dict[str, tuple[int, str]], entries: Sequence[Entry]
) -> dict[str, Any]:
    """Return ``index.json``.

    ``sizes`` holds bytes and SHA-256 of every file of the data by its path, ``entries`` every file as it is documented.
    """
    listed = []
    for entry in entries:
        row: dict[str, str | int] = {"path": entry.path, "type": entry.type, "description": entry.meaning}
        if entry.path in sizes:
            row["bytes"], row["sha256"] = sizes[entry.path]
        listed.append(row)
    return {**head(archive, publication), "format": "v1", "files": listed}


def llms(archive: Archive, publication: Publication, entries: Sequence[Entry]) -> str:
    """Return ``llms.txt`` in the form of https://llmstxt.org: what the archive is, and where a program finds what."""
    counts = (len(archive.statements), len(archive.organizations), len(archive.sources))
    lines = [
        f"# {publication.name}",
        "",
        f"> {publication.description or publication.name}",
        "",
        "State {}: {:,} facts, {:,} organizations, {:,} sources.".format(release(archive), *counts),
        "Every fact has a status that says how well the evidence carries it; repeat no fact without its status. The",
        "field standing has the status as readers see it, and title the claim led by its verdict where it needs one.",
        "Dates are EDTF, as exact as what is known. The statuses:",
        "",
        *(" ".join(f"- {w.label} ({w.id}): {w.meaning}".split()) for w in archive.vocabulary["statuses"].values()),
        "",
        "A file for each record and each table, where {…} stands for a name out of the lists:",
        "",
        *(f"- {e.path}: {e.meaning}" for e in entries if "{" in e.path),
        "",
        "## Pages",
        "",
        f"- [Data]({publication.base}data.html): every file and column, with examples",
        f"- [Home]({publication.base}index.html): the archive for readers",
        "",
        "## Data",
        "",
        *(f"- [{e.path}]({publication.base}{e.path}): {e.meaning}" for e in entries if "{" not in e.path),
        "",
    ]
    return "\n".join(lines)


def readme(archive: Archive, publication: Publication) -> str:
    """Return ``README.txt``, for a reader who finds a copy of the site in a folder."""
    said = licence(publication)
    lines = [
        publication.name,
        "=" * len(publication.name),
        "",
        f"State {release(archive)}.",
        "",
        "Open index.html in a browser. Everything but the search works from a folder and without a network;",
        "explore.html filters every fact. The data is in data/v1/, described on data.html.",
        "",
        "SHA256SUMS holds a checksum of every file: sha256sum -c SHA256SUMS, or factbook verify FOLDER.",
    ]
    if said:
        lines += ["", f"The records are published under {' '.join(said.values())}."]
    return "\n".join(lines) + "\n"

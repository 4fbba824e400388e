"""Bodies into page shells: the theme is rendered once by the engine, records are poured into what it rendered.

The shell is an ordinary page of the site, ``facts/_record.html``, whose texts are the marks below. A written page asks
for a block with ``<div data-factbook="name parameter"></div>``. Everything here is text substitution, so it works
behind any engine that renders the theme.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from factbook import parallel
from factbook.page import Page
from factbook.pages import Job, Pages

SHELL = "facts/_record.html"
TITLE, DESCRIPTION, BODY = "factbook-title", "factbook-description", '<div data-factbook="record"></div>'
CHUNK = 100
"""Pages that are written between two signs of progress."""
_MARKS = re.compile(f"({'|'.join(re.escape(m) for m in (TITLE, DESCRIPTION, BODY, SHELL))})")
_BLOCK = re.compile(r'<div data-factbook="(?!record")([^"]*)"></div>')
_FRAME = re.compile(r"<!--factbook (.*?)-->\n?")
_AWAY = re.compile(r'<a href="(https?://[^"]*)">')


class PourError(Exception):
    """The engine's site cannot be poured into; the text says which page, and what is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What the theme tells about the site's configuration; a part that is not configured is empty."""

    site_url: str = ""
    repo_url: str = ""


class Shell:
    """The rendered shell: what the theme says of the site (``frame``), and the page to pour into once it is filled."""

    def __init__(self, text: str) -> None:
        missing = [m for m in (TITLE, DESCRIPTION, BODY) if m not in text]
        if missing:
            raise PourError(f"{SHELL}: the page shell lacks {', '.join(missing)}")
        found = _FRAME.search(text)
        if not found:
            raise PourError(f"{SHELL}: the theme did not leave its settings (<!--factbook …-->)")
        self.frame = Frame(**{k: unescape(v) for k, v in re.findall(r'(\w+)="([^"]*)"', found[1])})
        self._text, self._parts = text, []

    def fill(self, pages: Pages) -> None:
        """Fill the blocks that the theme puts on every page, and cut at the marks. Raises PourError."""
        self._parts = _MARKS.split(fill(self._text, pages, SHELL))

    def pour(self, page: Page) -> bytes:
        """The whole page."""
        values = {TITLE: escape(page.title), DESCRIPTION: escape(page.description), BODY: page.body, SHELL: page.path}
        return "".join([values.get(part, part) for part in self._parts]).encode()


def read_shell(site: Path) -> Shell:
    """The shell the engine rendered into ``site``. Raises PourError."""
    try:
        return Shell((site / SHELL).read_text("utf-8"))
    except FileNotFoundError:
        raise PourError(f"{SHELL}: the engine made no page shell; docs/facts/_record.md must exist") from None


def fill(text: str, pages: Pages, path: str) -> str:
    """The text of the page ``path`` with its blocks filled, without the theme's settings, and with its links to other
    sites marked as such. Raises PourError."""

    def block(found: re.Match) -> str:
        try:
            return pages.block(unescape(found[1]), "../" * path.count("/"))
        except KeyError as error:
            raise PourError(f"{path}: there is no block {error}") from None

    text = _AWAY.sub(r'<a class="away" href="\1" rel="noopener noreferrer">', text)
    return _BLOCK.sub(block, _FRAME.sub("", text))


def pour_records(site: Path, pages: Pages, shell: Shell, jobs: list[Job]) -> Iterator[int]:
    """Write the page of every job into ``site``; yields how many were written since the last time."""
    for kind in ("facts", "organizations", "sources", "topics", "timeline", "contested"):
        (site / kind).mkdir(exist_ok=True)
    top = str(site)

    def work(chunk: list[Job]) -> int:
        for job in chunk:
            page = pages.page(job)
            _write(f"{top}/{page.path}", shell.pour(page))
        return len(chunk)

    # Long pages stand together in the list of jobs; every process is to get its share of them.
    shares = -(-len(jobs) // CHUNK)
    mixed = [job for first in range(shares) for job in jobs[first::shares]]
    yield from parallel.spread(work, mixed, CHUNK)


def _write(path: str, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)


def written_pages(site: Path) -> list[str]:
    """The paths of the pages that the engine rendered, sorted. To be asked before records are poured."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def pour_blocks(site: Path, pages: Pages, written: list[str]) -> None:
    """Fill the blocks of every written page. Raises PourError."""
    for relative in written:
        path = site / relative
        path.write_text(fill(path.read_text("utf-8"), pages, relative), "utf-8")

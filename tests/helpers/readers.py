"""Readers of a built site: a real browser, a server on this machine, and visits that record what goes wrong."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, Request, expect, sync_playwright

import sites

ACCESS = Path(__file__).parents[1] / "reading" / "access.js"
"""What pages are asked about contrast, focus and room, beside what axe asks."""
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
FACT = "facts/keeper-left-gull-rock-1902.html"
"""A fact of the grown archive with every part that a fact can have: it is disputed, answered and related to others."""
CONFIRMED = "facts/gull-rock-lamp-lit-1901.html"
"""A fact that its own record confirms, of two organizations."""
ORGANIZATION = "organizations/heron-rock-light.html"
"""An organization with many facts, searches, and a name in each of three languages."""
SOURCE = "sources/harbour-post-1902.html"
KINDS = {
    "home": "index.html",
    "organizations": "organizations/index.html",
    "organization with many facts": ORGANIZATION,
    "organization with few facts": "organizations/league-of-lights.html",
    "confirmed fact": CONFIRMED,
    "disputed fact": FACT,
    "source": SOURCE,
    "sources": "sources/index.html",
    "coverage": "coverage.html",
    "timeline": "timeline/index.html",
    "year": "timeline/1908.html",
    "questions": "questions/index.html",
    "question": "questions/did-the-keeper-leave.html",
    "table": "tables/lamp-and-keeper.html",
    "topics": "topics/index.html",
    "topic": "topics/storms.html",
    "people": "people/index.html",
    "person": "people/ane-morrow.html",
    "countries": "countries/index.html",
    "country": "countries/ferrow-isles.html",
    "contested": "contested.html",
    "search": "search.html",
    "explore": "explore.html",
    "method": "method.html",
    "fields": "contribute/fields.html",
    "rules": "contribute/rules.html",
    "form": "contribute/form.html",
    "not found": "404.html",
}
"""A page of each kind of the site of the grown archive."""


LISTS = ("index", "search", "explore")
"""Pages that every language has."""


def every_kind(root: Path) -> list[str]:
    """Return a page of every kind of the site in ``root``, whatever the archive holds.

    These are all written pages in the site's own language, and of each folder of record pages, except ``index.html``,
    the one of middle length; of facts and organizations also the longest, which has all their parts and the fullest
    pictures. Further languages have the same pages in other words: each kind is taken from one of them, in turn.
    """
    site, docs = root / "site", root / "docs"
    further = sorted(shell.relative_to(docs).parts[0] for shell in docs.glob("*/facts/_record.md"))
    written = {p.relative_to(docs).with_suffix(".html").as_posix() for p in docs.rglob("*.md")}
    written |= {path.name for path in site.glob("*.html")}  # of the engine's own, where the archive has none
    folders: dict[str, list[str]] = {}
    for path in sites.pages(site):
        folder = Path(path).parent.as_posix()
        if path not in written and not folder.startswith("data/"):
            folders.setdefault(folder, []).append(path)
    by_length = {
        folder: sorted(paths, key=lambda path: ((site / path).stat().st_size, path))
        for folder, paths in folders.items()
    }
    own = sorted(folder for folder in by_length if Path(folder).parts[0] not in further)
    chosen = {path for path in written if Path(path).parts[0] not in further}
    chosen |= {by_length[folder][len(by_length[folder]) // 2] for folder in own}
    chosen |= {by_length[folder][-1] for folder in own if folder in ("organizations", "facts")}
    if versions := sorted(path for path in sites.pages(site) if path.startswith("data/")):
        chosen.add(versions[0])
    for number, kind in enumerate([*LISTS, *own]):
        for language in further[number % max(1, len(further)) :][:1]:
            paths = by_length.get(f"{language}/{kind}", [])
            chosen.add(paths[len(paths) // 2] if paths else f"{language}/{kind}.html")
    return sorted(path for path in chosen if (site / path).is_file())


# Milliseconds: a machine that is busy with other things takes longer, and no test promises a speed.
expect.set_options(timeout=20_000)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Patient(ThreadingHTTPServer):
    """A server that says nothing of visitors who leave before an answer is whole, as browsers do."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Report an error unless the visitor has left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # socketserver says Any or a tuple


@contextmanager
def serving(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Provide the address, ending in ``/``, of a server of ``folder`` on this machine."""
    server = Patient(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def program() -> str:
    """Return the path of the browser that FACTBOOK_BROWSER names, or that tests/browser.py finds."""
    path = os.environ.get("FACTBOOK_BROWSER")
    if not path:
        finder = [sys.executable, str(sites.ROOT / "tests" / "browser.py")]
        path = subprocess.run(finder, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return path


@contextmanager
def browsing() -> Iterator[Browser]:
    """Provide the one browser that most tests share."""
    with sync_playwright() as playwright, closing(launched(playwright.chromium)) as browser:
        yield browser


def launched(kind: BrowserType, *settings: str, **environment: str) -> Browser:
    """Return a further browser of a kind, with further settings and more in its environment. The caller closes it.

    It finds no host but this machine, so that a page that asks another one is seen to, and nothing leaves.
    """
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", *settings]
    return kind.launch(executable_path=program(), args=arguments, env={**os.environ, **environment})


class Visit:
    """Visits to one site with one fresh profile, and what went wrong in them."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.asked: list[str] = []
        self.wrong: list[str] = []
        context.on("request", self._note)
        context.on("console", lambda m: self.wrong.append(f"console: {m.text}") if m.type == "error" else None)
        context.on("weberror", lambda e: self.wrong.append(f"error: {e.error}"))
        # What is still loading when a reader moves on is broken off, and that is no failure.
        context.on(
            "requestfailed", lambda r: "ERR_ABORTED" in str(r.failure) or self.wrong.append(f"{r.failure}: {r.url}")
        )
        context.on("response", lambda r: self.wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        context.set_default_timeout(30_000)
        self.page: Page = context.new_page()

    def _note(self, request: Request) -> None:
        """Note what was asked for. A route could refuse other hosts, but turns off the cache: twice the time."""
        self.asked.append(request.url)
        if urlsplit(request.url)[:2] != urlsplit(self.base)[:2] and not request.url.startswith("data:"):
            self.wrong.append(f"another host: {request.url}")

    def to(self, path: str) -> Page:
        """Open a page of the site, and return it."""
        self.page.goto(self.base + path)
        return self.page

    def follow(self, link: Locator) -> None:
        """Click a link, and wait until the page it leads to has loaded."""
        with self.page.expect_navigation():
            link.click()

    def at(self) -> str:
        """Return the path of the page of the site that is open, without ``?`` or ``#`` and what follows."""
        return unquote(self.page.url.removeprefix(self.base).partition("?")[0].partition("#")[0])

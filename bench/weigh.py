"""What a reader's browser transfers from a site, over a server that compresses text as a web host does.

    python bench/weigh.py SITE [SITE …]

Each view is a visit with an empty cache: the home page, a fact page, the longest page of an organization, the
search page before anybody searches. Then a
first search by somebody who has just seen the home page: what comes on top until the results stand there, for a
frequent word, a rare one and two words, taken from the claims. Bytes are counted by the server: what it sent, heads and
bodies. Needs Playwright for Python and a Chromium (FACTBOOK_BROWSER, or /usr/bin/chromium). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, sync_playwright

COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
MOST = 200_000
"""Bytes that a first search, or a first view, may take."""
VIEWS = {"home": 90 * 1024, "fact": 85 * 1024, "organization": 110 * 1024}
"""Bytes that the first view of a kind of page may take; for any other kind it is MOST."""
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, compressed, and records what it sent."""

    sent: list[tuple[str, int]]

    def do_GET(self) -> None:
        """Send a file, compressed where servers do so, and enter its path and size, with headers, in ``sent``."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            self.sent.append((self.path, 0))
            return
        body = path.read_bytes()
        head = [("Content-Type", self.guess_type(str(path))), ("Cache-Control", "max-age=600")]
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 6)
            head.append(("Content-Encoding", "gzip"))
        head.append(("Content-Length", str(len(body))))
        self.send_response(200)
        for name, value in head:
            self.send_header(name, value)
        headers: list[bytes] = vars(self)["_headers_buffer"]  # what the standard library is about to send
        size = sum(map(len, headers)) + 2 + len(body)
        self.end_headers()
        self.wfile.write(body)
        self.sent.append((self.path, size))

    def log_message(self, *_: object) -> None:
        """Log nothing for each request."""


@contextmanager
def served(site: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Provide the address of ``site`` on this machine, and a growing list of everything sent, as (path, bytes)."""
    sent: list[tuple[str, int]] = []
    handler = type("Counting", (Handler,), {"sent": sent})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        server.server_close()


def claims(site: Path) -> dict[Path, str]:
    """Return the claim of every fact page."""
    found = {}
    for page in sorted((site / "facts").glob("*.html")):
        if title := _TITLE.search(page.read_text("utf-8")):
            found[page] = unescape(re.sub(r"<[^>]*>", "", title[1]))
    return found


def queries(texts: list[str]) -> dict[str, str]:
    """Return queries that people might type: label and words."""
    counts = Counter(word for text in texts for word in set(re.findall(r"\w{4,}", text.lower())))
    ranked = [word for word, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))]
    frequent, rare = ranked[0], next((w for w in reversed(ranked) if counts[w] > 1), ranked[-1])
    return {"a frequent word": frequent, "a rare word": rare, "two words": f"{ranked[1]} {ranked[len(ranked) // 4]}"}


def visit(context: BrowserContext, address: str, results: bool = False) -> str:
    """Open a page and wait until it is quiet; return the message of the search page, where results are expected."""
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    said = ""
    if results:
        page.wait_for_selector("#results li", timeout=60_000)
        page.wait_for_load_state("networkidle")
        said = page.inner_text("#said")
    page.close()
    return said


def weigh(browser: Browser, site: Path) -> Iterator[tuple[str, int, int, str]]:
    """Yield, for each view, its name, the bytes sent, how many of them are search data, and a remark."""
    known = claims(site)
    heaviest = max(known, key=lambda p: p.stat().st_size)
    with served(site) as (base, sent):

        def taken() -> tuple[int, int]:
            total = sum(size for _, size in sent)
            search = sum(size for path, size in sent if path.startswith("/search/"))
            return total, search

        longest = max((site / "organizations").glob("*.html"), key=lambda p: p.stat().st_size)
        views = {
            "home page": "index.html",
            "fact page (the heaviest)": f"facts/{heaviest.name}",
            "organization page (the heaviest)": f"organizations/{longest.name}",
            "search page, before a search": "search.html",
        }
        for name, path in views.items():
            sent.clear()
            context = browser.new_context()
            visit(context, f"{base}/{path}")
            total, search = taken()
            yield f"First view, {name}", total, search, f"{len(sent)} files"
            context.close()
        for name, words in queries(list(known.values())).items():
            context = browser.new_context()
            visit(context, f"{base}/index.html")
            sent.clear()
            said = visit(context, f"{base}/search.html?q={quote(words)}", results=True)
            total, search = taken()
            yield f"First search, {name}", total, search, f"{len(sent)} files; {said} for “{words}”"
            context.close()


def main() -> None:
    """Open the pages of every site in a browser and print what each sends, beside its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", type=Path, metavar="SITE", help="a built site, with its search index")
    given = parser.parse_args()
    program = os.environ.get("FACTBOOK_BROWSER") or "/usr/bin/chromium"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        print(f"Chromium {browser.version}\n\n| Site | What | Target | Sent | Of it search data | Met |")
        print("| --- | --- | --- | --- | --- | --- |")
        for site in given.sites:
            for what, total, search, remark in weigh(browser, site):
                first = what.startswith("First view")
                most = VIEWS.get(what.removeprefix("First view, ").partition(" ")[0], MOST) if first else MOST
                met = total <= most and not (first and search)
                target = f"at most {most / 1e3:.0f} kB" + (", no search data" if first else " more")
                name = site.resolve().name
                cells = (
                    name,
                    what,
                    target,
                    f"**{total / 1e3:.1f} kB** ({remark})",
                    f"{search / 1e3:.1f} kB",
                    "yes" if met else "**no**",
                )
                print(f"| {' | '.join(cells)} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()

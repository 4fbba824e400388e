"""A stand-in for GitHub's API on 127.0.0.1: it records what it is sent, and pages its lists as GitHub does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from github.api import Client

REPOSITORY = "light/house"
PAGE = 3
"""Items on a page, whatever is asked for, so that a client that reads only the first page fails."""


class Hub:
    """The server. ``answers`` maps a path to the answer of GET: lists are split into pages, bytes are a file on another
    host, reached by a redirect."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers = answers
        self.sent: list[tuple[str, str, dict | None]] = []
        self.asked: list[str] = []
        self.errors: dict[tuple[str, str], int] = {}
        self.tokens: dict[str, str | None] = {}
        self.url = ""

    @property
    def client(self) -> Client:
        """Return a client of this hub."""
        return Client({"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": "secret"})

    def bodies(self, method: str, path: str) -> list[dict | None]:
        """Return the bodies that were sent to ``path`` with ``method``."""
        return [value for m, p, value in self.sent if (m, p) == (method, path)]


@contextmanager
def serve(answers: dict[str, object]) -> Iterator[Hub]:
    """Run a hub for the length of a test."""
    hub = Hub(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix(f"/repos/{REPOSITORY}").removeprefix("/")
            hub.asked.append(path + (f"?{parts.query}" if parts.query else ""))
            hub.tokens[path] = self.headers.get("Authorization")
            found = hub.answers.get(path)
            if found is None:
                return self.say(404, {"message": "Not Found"})
            if isinstance(found, bytes):
                hub.answers[f"storage/{path}"] = [found]  # before the answer: whoever has it asks at once
                self.send_response(302)
                self.send_header("Location", f"{hub.url}/storage/{path}")
                self.end_headers()
                return None
            if path.startswith("storage/"):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(found[0])
                return None
            items, key = found, ""
            if isinstance(found, dict) and len(found) == 1 and isinstance(next(iter(found.values())), list):
                key, items = next(iter(found.items()))
            if not isinstance(items, list):
                return self.say(200, found)
            number = int(parse_qs(parts.query).get("page", ["1"])[0])
            page = items[(number - 1) * PAGE : number * PAGE]
            more = f"&page={number + 1}" if number * PAGE < len(items) else ""
            base = hub.url + self.path.split("&page=")[0]
            return self.say(200, {key: page} if key else page, f'<{base}{more}>; rel="next"' if more else "")

        def do_POST(self) -> None:
            path = self.path.removeprefix(f"/repos/{REPOSITORY}/")
            size = int(self.headers.get("Content-Length") or 0)
            hub.sent.append((self.command, path, json.loads(self.rfile.read(size)) if size else None))
            status = hub.errors.get((self.command, path), 200)
            self.say(status, {"number": 99, "sha": f"made-{len(hub.sent)}", "id": 1})

        do_PATCH = do_DELETE = do_POST

        def say(self, status: int, value: object, link: str = "") -> None:
            self.send_response(status)
            if link:
                self.send_header("Link", link)
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

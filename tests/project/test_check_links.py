"""The weekly look at links: what each kind of answer is called, and that nothing inside is reached, or read through."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from msgspec.structs import replace

import archives
import check_links
from factbook.capture import pin
from factbook.capture.fetch import Limits as CaptureLimits
from factbook.read import load
from github.markdown import code
from links import Answer, Limits, ask

LOCAL = Limits(seconds=2, plain=True, inside=True)
"""For the tests only: http, and this machine."""


class Server:
    """A site on this machine with a page for every way to answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        self.at_once = Counter()
        self.sent = 0
        self.article = "The lamp of Gull Rock went out in the storm, and the keepers mended it. " * 5
        self.url = ""
        self.stop = threading.Event()


@pytest.fixture
def server() -> Iterator[Server]:
    """A site on this machine whose answers depend on the address."""
    about = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            about.asked.append((self.command, self.path))
            about.times.append(time.monotonic())
            about.at_once["now"] += 1
            self.waits = True
            about.at_once["most"] = max(about.at_once["now"], about.at_once["most"])
            try:
                self.answer(self.path.strip("/").split("/"))
            except OSError:
                pass  # the other side has gone away, as it should
            finally:
                self.answered()

        def answered(self) -> None:
            """Count the request no longer, before its answer is sent: the next one may follow at once."""
            if self.waits:
                about.at_once["now"] -= 1
            self.waits = False

        do_GET = do_HEAD

        def answer(self, way: list[str]) -> None:
            if way[0] == "slow":
                about.stop.wait(5)
            if way[0] == "busy":
                time.sleep(0.2)
            if way[0] == "drip":
                for _ in range(50):
                    self.wfile.write(b"H")
                    if about.stop.wait(0.2):
                        return
            if way[0] == "dropped" and self.command == "HEAD":
                return
            if way[0] in ("no-head", "huge") and self.command == "HEAD":
                return self.say(405)
            if way[0] == "moved":
                return self.say(int(way[1]), Location="/200")
            if way[0] == "first":
                return self.say(302, Location="/moved/301")
            if way[0] == "circle":
                return self.say(301, Location="/circle/2" if len(way) == 1 else "/circle")
            if way[0] == "cookie" and "seen=yes" not in self.headers.get("Cookie", ""):
                return self.say(302, **{"Set-Cookie": "seen=yes; Path=/; HttpOnly", "Location": self.path})
            if way[0] == "deaf":
                return self.say(302, **{"Set-Cookie": "seen=yes", "Location": self.path})
            if way[0] == "article":
                return self.show()
            if way[0] == "far":
                return self.say(302, Location=f"/far/{int(way[1]) + 1}")
            if way[0] == "out":
                return self.say(302, Location={"file": "file:///etc/passwd", "odd": "http://[", "none": ""}[way[1]])
            if way[0] == "raw":
                self.wfile.write("HTTP/1.1 301 Moved\r\nLocation: /страница\r\nContent-Length: 0\r\n\r\n".encode())
                return
            if way[0] == "old":
                text = "HTTP/1.1 301 Moved\r\nLocation: /страница\r\nContent-Length: 0\r\n\r\n"
                self.wfile.write(text.encode("windows-1251"))
                return
            if way[0] == quote("страница".encode("windows-1251")):
                return self.say(200)
            if way[0] == quote("страница"):
                return self.say(200)
            if way[0] == "image":
                return self.say(200, kind="image/png")
            self.say(int(way[0]) if way[0].isdigit() else 200)
            while way[0] == "huge" and not about.stop.is_set():
                self.wfile.write(b"x" * 65536)
                about.sent += 65536

        def show(self) -> None:
            body = f"<html><body><article><p>{about.article}</p></article></body></html>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def say(self, status: int, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for name, value in headers.items():
                self.send_header(name, value)
            self.answered()
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.daemon_threads = True
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    about.url = f"http://127.0.0.1:{site.server_port}"
    yield about
    about.stop.set()
    site.shutdown()
    site.server_close()


@pytest.mark.parametrize(
    ("path", "verdict", "said"),
    [
        ("200", "alive", "status 200"),
        ("no-head", "alive", "status 200"),
        ("dropped", "alive", "status 200"),
        ("404", "dead", "status 404"),
        ("410", "dead", "status 410"),
        ("500", "unclear", "status 500"),
        ("403", "unclear", "status 403"),
        ("429", "unclear", "status 429"),
        ("moved/301", "moved", "{url}/200"),
        ("moved/308", "moved", "{url}/200"),
        ("moved/302", "alive", "status 200"),
        ("first", "alive", "status 200"),
        ("circle", "dead", "its redirects go round in a circle"),
        ("far/1", "dead", "more than 6 redirects"),
        ("raw", "moved", "{url}/страница"),
        ("old", "moved", "{url}/%F1%F2%F0%E0%ED%E8%F6%E0"),
        ("cookie", "alive", "status 200"),
        ("deaf", "dead", "its redirects go round in a circle"),
        ("image", "strange", "its content type is image/png"),
        ("slow", "unclear", "no answer within 2 seconds"),
        ("drip", "unclear", "no answer within 2 seconds"),
        ("out/file", "refused", "it leads to an address that is not https: file:///etc/passwd"),
        ("out/none", "dead", "its redirects go round in a circle"),
    ],
)
def test_every_kind_of_answer_has_its_verdict(server: Server, path: str, verdict: str, said: str) -> None:
    """A status, a redirect, a delay and a type of content each have one verdict and one reason."""
    assert ask(f"{server.url}/{path}", LOCAL) == Answer(verdict, said.format(url=server.url))


def test_a_redirect_to_an_address_that_is_none_is_unclear(server: Server) -> None:
    """A malformed address in a redirect is no proof that a page is gone."""
    assert ask(f"{server.url}/out/odd", LOCAL).verdict == "unclear"


def test_of_a_huge_page_only_the_beginning_is_read(server: Server) -> None:
    """A body without end costs neither time nor memory."""
    start = time.monotonic()
    assert ask(f"{server.url}/huge", LOCAL) == Answer("alive", "status 200")
    assert time.monotonic() - start < 3 and server.sent < 20_000_000
    assert [method for method, _ in server.asked] == ["HEAD", "GET"]


def test_a_page_that_answers_head_is_not_fetched(server: Server) -> None:
    """Where HEAD is answered there is no second request."""
    ask(f"{server.url}/200", LOCAL)
    assert server.asked == [("HEAD", "/200")]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]",
     "[fd00::1]", "224.0.0.1", "2130706433", "127.1"],
)  # fmt: skip
def test_a_host_that_is_not_public_is_never_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No address of this machine or of its network is connected to, however it is written."""
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was connected to"))
    assert ask(f"https://{host}/", Limits()) == Answer("refused", f"{host.strip('[]')} is not a public host")


def test_a_public_name_with_one_inner_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address of a name must be public."""
    found = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert ask("https://two.example/", Limits()).verdict == "refused"


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is not looked up a second time, when it could lead elsewhere."""
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))])

    def connect(address: tuple[str, int], timeout: float) -> None:
        asked.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert ask("https://rebind.example/", Limits()) == Answer("unclear", "OSError: no network in this test")
    assert set(asked) == {("93.184.215.14", 443)}


def test_an_address_without_https_or_with_a_password_is_not_asked_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """http is tried as https, and an address with a password or of another scheme is refused."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))])
    ports = []

    def connect(address: tuple[str, int], timeout: float) -> None:
        ports.append(address[1])
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert ask("http://old.example/", Limits()).verdict == "unclear" and set(ports) == {443}
    assert ask("https://a:b@old.example/", Limits()) == Answer("refused", "it has no host, or a password")
    assert ask("ftp://old.example/", Limits()).verdict == "refused"


def test_a_host_that_has_no_address_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads nowhere is reported as dead."""

    def nothing(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    assert ask("https://gone.example/", Limits()) == Answer("dead", "there is no such host")


def test_the_addresses_of_one_host_are_asked_one_by_one_with_a_pause(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No two requests reach a host at once, and before each but the first the pause is waited for in full."""
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(check_links, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=sleep))
    check_links.visit([f"{server.url}/busy/{n}" for n in range(3)], LOCAL, 8, 0.3, 60)
    assert slept == [0.3, 0.3]
    assert (len(server.times), server.at_once["most"]) == (3, 1)


def test_no_more_hosts_are_asked_at_once_than_allowed(server: Server) -> None:
    """The number of requests at once stays within its limit."""
    port = server.url.rpartition(":")[2]
    check_links.visit([f"http://127.0.0.{n}:{port}/busy" for n in range(1, 8)], LOCAL, 2, 0, 60)
    assert server.at_once["most"] <= 2


def test_when_time_is_up_the_rest_is_not_asked(server: Server) -> None:
    """A visit ends within its time, and says of the rest that it was not asked."""
    start = time.monotonic()
    answers = check_links.visit([f"{server.url}/slow/{n}" for n in range(20)], LOCAL, 4, 0, 1)
    assert time.monotonic() - start < 6
    assert Counter(answer.said for answer in answers.values())["not asked: time was up"] >= 17


def test_the_report_lists_what_needs_attention_and_is_empty_when_nothing_does() -> None:
    """The report is Markdown in which no address of a stranger takes effect."""
    records = {"https://a.example": ["one", "two"], "https://b.example": ["three"], "https://c.example": ["four"]}
    well = dict.fromkeys(records, Answer("alive", "status 200"))
    assert check_links.report({**well, "https://c.example": Answer("unclear", "status 403")}, records, code) == ""
    answers = {
        **well,
        "https://a.example": Answer("moved", "https://evil.example/`@all"),
        "https://b.example": Answer("dead", "status 404"),
    }
    assert (
        check_links.report(answers, records, code)
        == """\
Links that need attention: 2


## Dead (1)

- `three`: `https://b.example`: `status 404`

## Moved for good (1)

- `one`, `two`: `https://a.example`: `https://evil.example/'@all`

A dead page needs an `archive_url`, a moved one its new `url`. Of 3 addresses, 1 answered well.
"""
    )


def test_a_page_that_says_something_else_is_reported_with_the_facts_that_are_due(
    tmp_path: Path, server: Server
) -> None:
    """Of the texts that are pinned, those that changed are named with the facts that nobody has weighed since."""
    archive, _ = load.read_archive(archives.archive(tmp_path / "archive"))
    post = replace(archive.sources["harbour-post-1902"], url=f"{server.url}/article")
    limits = CaptureLimits(seconds=5, plain=True, inside=True)
    pinned = replace(post, **pin.one(post, pin.Wanted(day="2025-06-01", limits=limits)).fields)
    whole = replace(archive, sources={**archive.sources, post.id: pinned})
    assert check_links.drifted(whole, limits, 0) == []
    server.article = "The lamp never went out, the paper now says, and nobody had to mend anything at all. " * 5
    citing = sorted(statement.id for statement in archive.by_source[post.id])
    drift = check_links.drifted(whole, limits, 0)
    assert drift == [(pinned, citing)]
    assert (
        check_links.report({}, {}, code, drift)
        == f"""\
Links that need attention: 1


## Changed since they were read (1)

- `harbour-post-1902`: `{server.url}/article`: read on `2025-06-01`; due: {", ".join(f"`{name}`" for name in citing)}

`factbook capture` with the id of a source takes the change down, and makes its facts due.

A dead page needs an `archive_url`, a moved one its new `url`. Of 0 addresses, 0 answered well.
"""
    )
    seen = replace(archive, sources={**archive.sources, post.id: replace(pinned, changed="2024-01-01")})
    assert check_links.drifted(seen, limits, 0) == []  # every fact that cites it was weighed after that day


def test_it_asks_after_every_address_of_the_archive_and_blocks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All addresses are asked after, dead ones are reported, and the exit status is 0."""
    root = archives.archive(tmp_path / "archive")
    archive, _ = load.read_archive(root)
    urls = check_links.addresses(archive)
    assert urls and all(url.startswith("http") for url in urls)
    monkeypatch.setattr(check_links, "ask", lambda *_: Answer("dead", "status 404\x1b[2J"))
    monkeypatch.setattr(sys, "argv", ["x", "--root", str(root), "--report", str(tmp_path / "r.md"), "--pause", "0"])
    assert check_links.main() == 0
    assert (tmp_path / "r.md").read_text("utf-8").startswith(f"Links that need attention: {len(urls)}\n")
    assert "\x1b" not in capsys.readouterr().out

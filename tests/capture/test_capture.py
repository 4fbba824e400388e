"""`factbook capture`: pages of a site on this machine are pinned, compared and kept; nothing inside is reached."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

import archives
from archives import TODAY, archive, write
from factbook.capture import extract, pin, wayback
from factbook.capture.fetch import FetchError, Limits, Offline, Page, fetch
from factbook.check.report import text
from factbook.check.run import check
from factbook.cli import build_parser, main
from factbook.commands import capture as command
from factbook.model.archive import Archive
from factbook.model.entries import Amendment
from factbook.model.staleness import drifted, recheck_by

LOCAL = Limits(seconds=2, most_bytes=50_000, plain=True, inside=True)
"""For the tests only: http, and this machine."""
DAY = "2025-06-01"
SOURCE = "harbour-post-1902"
PATH = f"sources/{SOURCE}.yaml"
FIRST = (
    "The lamp of Gull Rock went out in the storm of November 1902, and the keepers mended it before the year ended. "
)
SECOND = "Nobody was hurt, the Board of Keepers wrote, and every keeper stayed at his post until the morning had come. "


class Site:
    """A site on this machine: what it was asked, and the article that it shows."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.article = FIRST + SECOND
        self.url = ""
        self.stop = threading.Event()


def page(article: str) -> bytes:
    """An article between a menu and advertisements that are others at every visit."""
    noise = f"<nav><a href='/'>Home</a> <a href='/{time.monotonic_ns()}'>Today</a></nav>"
    body = f"{noise}<article><h1>Lamp</h1><p>{article}</p></article>"
    return f"<html><head><title>Lamp</title></head><body>{body}</body></html>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on this machine whose answers depend on the address."""
    about = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            about.asked.append(self.path)
            way = self.path.partition("?")[0].strip("/").split("/")
            try:
                self.answer(way)
            except OSError:
                pass  # the other side has gone away, as it should

        def answer(self, way: list[str]) -> None:
            if way[0] == "drip":
                for _ in range(60):
                    self.wfile.write(b"H")
                    if about.stop.wait(0.1):
                        return
            if way[0] == "cookie" and "seen=yes" not in self.headers.get("Cookie", ""):
                return self.say(b"", 302, **{"Set-Cookie": "seen=yes; Path=/", "Location": self.path})
            if way[0] == "round":
                return self.say(b"", 302, Location=f"/round/{len(about.asked)}")
            if way[0] == "raw":
                self.wfile.write("HTTP/1.1 302 Found\r\nLocation: /шам\r\nContent-Length: 0\r\n\r\n".encode())
                return
            if way[0] == "out":
                return self.say(b"", 302, Location="file:///etc/passwd")
            if way[0] == "huge":
                return self.say(b"x" * 200_000)
            if way[0] == "short":
                return self.say(b"<html><body><p>Please enable cookies.</p></body></html>")
            if way[0] == "picture":
                return self.say(b"x" * 1000, kind="image/png")
            if way[0] == "plain":
                return self.say((FIRST + SECOND).encode(), kind="text/plain; charset=utf-8")
            if way[0] == "wayback":
                return self.say(RECORDED[way[1]].encode(), kind="application/json")
            if way[0] in ("403", "404"):
                return self.say(b"", int(way[0]))
            self.say(page(about.article))

        def say(self, body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    about.url = f"http://127.0.0.1:{server.server_port}"
    yield about
    about.stop.set()
    server.shutdown()
    server.server_close()


COPY = "http://web.archive.org/web/20250501120000/https://harbour-post.example/1902/gull-rock"
RECORDED = {
    "found": json.dumps(
        {
            "url": "https://harbour-post.example/1902/gull-rock",
            "archived_snapshots": {
                "closest": {"status": "200", "available": True, "url": COPY, "timestamp": "20250501120000"}
            },
        }
    ),
    "none": '{"url": "harbour-post.example", "archived_snapshots": {}}',
    "gone": json.dumps({"archived_snapshots": {"closest": {"status": "404", "available": True, "url": COPY}}}),
    "other": json.dumps(
        {"archived_snapshots": {"closest": {"status": "200", "available": True, "url": COPY + "-other"}}}
    ),
    "script": json.dumps(
        {"archived_snapshots": {"closest": {"status": "200", "available": True, "url": "javascript:alert(1)"}}}
    ),
    "broken": "<html>busy</html>",
}
"""Answers of the Availability API as its documentation shows them, and some that are not."""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("404", "it answers with status 404"),
        ("403", "it answers with status 403"),
        ("huge", "it is larger than 50,000 bytes"),
        ("round", "more than 6 redirects"),
        ("out", "it leads to an address that is not https"),
        ("drip", "no answer within 2 seconds"),
    ],
)
def test_a_page_that_is_not_had_is_told_why(site: Site, path: str, said: str) -> None:
    """Status, size, redirects, scheme and time each have their limit and their words."""
    with pytest.raises(FetchError, match=f"^{said}$"):
        fetch(f"{site.url}/{path}", LOCAL)


@pytest.mark.parametrize("path", ["article", "cookie", "raw"])
def test_redirects_are_followed_as_a_browser_does(site: Site, path: str) -> None:
    """A page that sets a cookie first, and a Location in plain UTF-8, lead to the article."""
    assert FIRST.strip() in extract.text(fetch(f"{site.url}/{path}", LOCAL))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:192.168.0.1]/",
        "https://localhost/",
    ],
)
def test_nothing_inside_is_reached(url: str) -> None:
    """Loopback, private and link-local addresses are refused before anything is sent."""
    with pytest.raises(FetchError, match=r"is not a public host$"):
        fetch(url, Limits(seconds=2))


def test_http_is_asked_as_https(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside the tests nothing is fetched over a connection that somebody may have changed."""
    ports: list[int] = []

    def lost(host: str, port: int, **_: object) -> None:
        ports.append(port)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", lost)
    with pytest.raises(Offline, match=r"^its host cannot be looked up$"):
        fetch("http://harbour-post.example/", Limits())
    assert ports == [443]


def test_the_text_is_the_article_alone(site: Site) -> None:
    """What stands around an article is another at every visit, and its hash is the same."""
    first, second = (extract.text(fetch(f"{site.url}/article", LOCAL)) for _ in range(2))
    assert first == second
    assert "Home" not in first
    assert extract.digest(first) == hashlib.sha256(first.encode()).hexdigest()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("short", "no text was found on it: 22 characters, where an article has at least 200"),
        ("picture", "no text is taken out of image/png"),
    ],
)
def test_what_is_no_article_is_not_hashed(site: Site, path: str, said: str) -> None:
    """A notice about cookies and a picture are not what was cited."""
    with pytest.raises(FetchError, match=f"^{said}$"):
        extract.text(fetch(f"{site.url}/{path}", LOCAL))


def test_plain_text_is_hashed_as_it_is(site: Site) -> None:
    """A page of plain text has no menu to leave out."""
    assert extract.text(fetch(f"{site.url}/plain", LOCAL)) == (FIRST + SECOND).strip()


@pytest.mark.parametrize(
    ("answer", "copy"),
    [("found", COPY.replace("http://", "https://", 1)), ("none", ""), ("gone", ""), ("other", ""), ("script", "")],
)
def test_a_stored_copy_is_one_of_the_same_page(site: Site, answer: str, copy: str) -> None:
    """A copy counts where it is available, answered well and is of the address that was asked for."""
    url = "https://harbour-post.example/1902/gull-rock"
    assert wayback.stored_copy(url, DAY, LOCAL, f"{site.url}/wayback/{answer}") == copy
    assert site.asked == [
        f"/wayback/{answer}?url=https%3A%2F%2Fharbour-post.example%2F1902%2Fgull-rock&timestamp=20250601"
    ]


def test_an_answer_that_cannot_be_read_is_told(site: Site) -> None:
    """A page in the place of the answer is no proof that there is no copy."""
    with pytest.raises(FetchError, match=r"^the archive's answer cannot be read$"):
        wayback.stored_copy("https://harbour-post.example/", DAY, LOCAL, f"{site.url}/wayback/broken")


def test_a_page_is_kept_as_a_warc_named_by_its_hash(tmp_path: Path) -> None:
    """The record holds address, day, headers and content; a second one of the same text is not written."""
    held = Page(
        address="https://a.example/x", type="text/html", headers=(("X-A", "1"), ("Set-Cookie", "s")), content=b"<p>"
    )
    path = wayback.keep(held, "ab" * 32, DAY, tmp_path / "kept")
    assert [path.name] == [p.name for p in (tmp_path / "kept").iterdir()] == [f"{'ab' * 32}.warc.gz"]
    with path.open("rb") as file:
        (record,) = [*ArchiveIterator(file)]
        assert record.rec_headers.get_header("WARC-Target-URI") == "https://a.example/x"
        assert record.rec_headers.get_header("WARC-Date") == "2025-06-01T00:00:00Z"
        assert record.http_headers.headers == [("X-A", "1"), ("Content-Length", "3")]
    before = path.read_bytes()
    assert wayback.keep(held, "ab" * 32, DAY, tmp_path / "kept").read_bytes() == before


@pytest.fixture
def root(tmp_path: Path, site: Site) -> Path:
    """The small archive, one source of which is a page of the site."""
    root = archive(tmp_path / "a")
    file = root / "facts" / PATH
    file.write_text(file.read_text("utf-8").replace("https://harbour-post.example", site.url), "utf-8")
    return root


def run(root: Path, *arguments: str, day: str = DAY, service: str = wayback.SERVICE) -> int:
    """Run the command as the command line does, but with leave to reach this machine, and without pauses."""
    options = build_parser().parse_args(["--root", str(root), "capture", *arguments, "--date", day])
    read = command.shared_archive.read_checked(options)
    wanted = pin.Wanted(
        day=read.today,
        anew=bool(options.anew),
        archived=options.archived,
        folder=options.keep,
        service=service,
        pause=0,
        limits=LOCAL,
    )
    return command.capture(options, read, command.chosen(read, options.sources, options.most), wanted)


def read(root: Path, day: str = TODAY) -> Archive:
    """The archive, which must have no problems."""
    found, problems = check(root, day)
    assert text(problems) == "No problems."
    assert found is not None
    return found


def test_a_source_is_pinned(root: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Hash, program and day go into the record, in its layout, and the archive stays sound."""
    before = (root / "facts" / PATH).read_text("utf-8")
    assert run(root, SOURCE) == 0
    assert capsys.readouterr().out == f"{PATH}: pinned, 224 characters.\n1 pinned.\n"
    digest = extract.digest(extract.text(fetch(f"{site.url}/1902/gull-rock", LOCAL)))
    added = f"sha256: {digest}\ntext_by: {extract.program()}\ncaptured: {DAY}\n"
    assert (root / "facts" / PATH).read_text("utf-8") == (
        "# yaml-language-server: $schema=../schema/source.schema.json\n" + before + added
    )
    assert read(root).sources[SOURCE].sha256 == digest


def test_a_page_that_says_the_same_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second look tells since when nothing has changed, and writes nothing."""
    run(root, SOURCE)
    before = (root / "facts" / PATH).read_bytes()
    capsys.readouterr()
    assert run(root, SOURCE, day="2025-07-01") == 0
    assert capsys.readouterr().out == f"{PATH}: not changed since {DAY}.\n1 not changed.\n"
    assert (root / "facts" / PATH).read_bytes() == before


def test_a_page_that_changed_makes_its_facts_due(root: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The day goes into the record, what was read stays pinned, and each fact that cites it is due from that day."""
    run(root, SOURCE)
    pinned = read(root).sources[SOURCE].sha256
    site.article = SECOND + SECOND
    capsys.readouterr()
    assert run(root, SOURCE, day="2025-07-01") == 0
    told = capsys.readouterr().out
    citing = sorted(s.id for s in read(root).by_source[SOURCE])
    assert told == (
        f"{PATH}: changed since {DAY}.\n" + "".join(f"    due: {name}\n" for name in citing) + "1 changed.\n"
    )
    after = read(root)
    assert (after.sources[SOURCE].sha256, after.sources[SOURCE].changed) == (pinned, "2025-07-01")
    for name in citing:
        assert drifted(after, after.statements[name]) == ["2025-07-01"]
        assert recheck_by(after, after.statements[name]) <= "2025-07-01"
    run(root, SOURCE, day="2025-08-01")
    assert read(root).sources[SOURCE].changed == "2025-07-01"  # the first day on which it was found stays


def test_the_text_of_today_is_pinned_on_request(root: Path, site: Site) -> None:
    """With --anew the new text takes the place of the one that was read, and the ledger says why."""
    run(root, SOURCE)
    pinned = read(root).sources[SOURCE].sha256
    site.article = SECOND + SECOND
    run(root, SOURCE, day="2025-07-01")
    assert run(root, SOURCE, "--anew", "The page was corrected.", day="2025-08-01") == 0
    source = read(root).sources[SOURCE]
    assert source.history == (Amendment(date="2025-08-01", reason="The page was corrected."),)
    assert source.sha256 != pinned
    assert (source.captured, source.changed) == ("2025-08-01", None)
    assert run(root, SOURCE, "--anew", "Again.", day="2025-09-01") == 0
    assert read(root).sources[SOURCE].history == source.history  # the text is the same: nothing was put in its place


def test_a_hash_made_otherwise_is_not_compared(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hash that a person made of a text is left alone; what to do is said."""
    file = root / "facts" / PATH
    file.write_text(file.read_text("utf-8") + f"sha256: {'0' * 64}\n", "utf-8")
    before = file.read_bytes()
    assert run(root, SOURCE) == 1
    said = "its hash was made otherwise (by hand) and cannot be compared; --anew makes it of today's text"
    captured = capsys.readouterr()
    assert captured.out == f"{PATH}: not captured: {said}.\n"
    assert captured.err == "Nothing was captured: none of the pages could be fetched.\n"
    assert file.read_bytes() == before


def test_a_stored_copy_goes_into_the_record(root: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """With --archived the address of a copy of the same page is written down; one of another page is not."""
    file = root / "facts" / PATH
    url = f"{site.url}/1902/gull-rock"
    copy = f"http://web.archive.org/web/20250501120000/{url}"
    RECORDED["own"] = json.dumps({"archived_snapshots": {"closest": {"status": "200", "available": True, "url": copy}}})
    assert run(root, SOURCE, "--archived", service=f"{site.url}/wayback/found") == 0
    assert "no stored copy" in capsys.readouterr().out
    assert "archive_url" not in file.read_text("utf-8")
    assert run(root, SOURCE, "--archived", service=f"{site.url}/wayback/own") == 0
    assert f"archive_url: https://web.archive.org/web/20250501120000/{url}\n" in file.read_text("utf-8")


def test_a_page_is_kept_outside_the_archive(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --keep a WARC named by the hash of the record lies in the folder; a folder inside the archive is refused."""
    assert run(root, SOURCE, "--keep", str(tmp_path / "kept")) == 0
    digest = read(root).sources[SOURCE].sha256
    assert [p.name for p in (tmp_path / "kept").iterdir()] == [f"{digest}.warc.gz"]
    assert f"kept in {digest}.warc.gz" in capsys.readouterr().out
    assert main(["--root", str(root), "capture", SOURCE, "--keep", str(root / "facts" / "kept")]) == 2
    assert capsys.readouterr().err == (
        "error: --keep must name a folder outside the archive: what others wrote is not published with it\n"
    )


def test_without_a_network_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says so, no file is touched, and not every source is tried."""
    root = archive(tmp_path / "a")
    for n in range(9):
        record = (root / "facts" / PATH).read_text("utf-8").replace("harbour-post.example", f"h{n}.example")
        write(root, f"sources/copy-{n}.yaml", record.replace("1902-12-10", f"1902-12-1{n}"))
    before = {p: p.read_bytes() for p in root.rglob("*.yaml")}
    asked: list[str] = []

    def lost(host: str, port: int, **_: object) -> None:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", lost)
    assert main(["--root", str(root), "capture"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "Nothing was captured: there is no network.\n"
    assert len(asked) == pin.GIVE_UP
    assert {p: p.read_bytes() for p in root.rglob("*.yaml")} == before


def test_a_name_that_is_none_is_told_the_nearest(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt id and a source without an address are refused before anything is fetched."""
    assert main(["--root", str(root), "capture", "harbour-post-1903"]) == 2
    assert capsys.readouterr().err == (
        "error: there is no source harbour-post-1903\n    hint: Did you mean harbour-post-1902?\n"
    )
    assert main(["--root", str(root), "capture", "league-register-1901"]) == 2
    assert capsys.readouterr().err == "error: the source league-register-1901 has no address\n"


def test_without_names_those_that_are_not_pinned_are_captured(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sources without an address, and those with a hash, are passed over."""
    assert run(root) == 0
    assert capsys.readouterr().out == f"{PATH}: pinned, 224 characters.\n1 pinned.\n"
    assert run(root) == 0
    assert capsys.readouterr().out == "Nothing to capture.\n"


def test_the_packages_of_the_extra_are_those_of_the_lock() -> None:
    """What pip installs with the extra `capture` is what requirements/capture.in names."""
    extra = tomllib.loads((archives.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    lines = (archives.ROOT / "requirements" / "capture.in").read_text("utf-8").splitlines()
    assert sorted(extra["capture"]) == sorted(line for line in lines if line and not line.startswith(("#", "-")))

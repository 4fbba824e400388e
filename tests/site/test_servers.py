"""The configurations of servers that the page on publishing shows, held to the files of a built site."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import crossplane
import pytest

import sites
from archives import ROOT

pytestmark = pytest.mark.build

PAGE = (ROOT / "scripts" / "factbook" / "skeletons" / "publish.md").read_text("utf-8")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
"""What every answer bears, also one that something is not there."""
KEPT = "public, max-age=3600"
"""How long a browser keeps a style or a script; it asks for everything else each time."""
SERVED = {
    "/": "text/html; charset=utf-8",
    "/facts/gull-rock-lamp-lit-1901.html": "text/html; charset=utf-8",
    "/organizations/": "text/html; charset=utf-8",
    "/assets/site.css": "text/css; charset=utf-8",
    "/assets/site.js": "text/javascript; charset=utf-8",
    "/assets/icon.svg": "image/svg+xml",
    "/data/v1/facts.json": "application/json; charset=utf-8",
    "/data/v1/facts.jsonl": "application/jsonl; charset=utf-8",
    "/data/v1/facts.csv": "text/csv; charset=utf-8",
    "/data/v1/facts.ics": "text/calendar; charset=utf-8",
    "/data/v1/changes.atom": "application/atom+xml; charset=utf-8",
    "/data/v1/archive.jsonld": "application/ld+json; charset=utf-8",
    "/data/v1/archive.bib": "application/x-bibtex; charset=utf-8",
    "/data/v1/archive.sqlite": "application/vnd.sqlite3",
    "/data/v1/parquet/sources.parquet": "application/vnd.apache.parquet",
    "/data/v1/shapes.ttl": "text/turtle; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
}
"""Files of a site, each as it has to be sent."""


def shown(language: str, beginning: str) -> str:
    """The configuration on the page that begins so."""
    found = re.search(rf"```{language}\n({re.escape(beginning)}.*?)```", PAGE, re.S)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def caddy(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which Caddy serves the small site by the page's configuration; its name and its folder alone are
    others, and it asks nobody for a certificate."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = shown("text", "archive.example").replace("archive.example {", f"http://127.0.0.1:{port} {{")
    text = text.replace("/srv/archive/site", str(small_root / "site"))
    folder = tmp_path_factory.mktemp("caddy")
    (folder / "Caddyfile").write_text(
        "{\n    admin off\n    auto_https off\n    persist_config off\n}\n" + text, "utf-8"
    )
    command = [str(Path(sys.executable).with_name("caddy")), "run", "--config", "Caddyfile", "--adapter", "caddyfile"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=sites.environment(HOME=str(folder)))
    try:
        for _ in range(200):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (folder / "log").read_text("utf-8")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def get(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """The answer to a request, and its body."""
    asking = HTTPConnection("127.0.0.1", port, timeout=30)
    asking.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = asking.getresponse()
    body = answer.read()
    asking.close()
    return answer, body


@pytest.mark.skipif(sys.platform == "win32", reason="there is no package of Caddy for Windows")
@pytest.mark.parametrize(("path", "kind"), SERVED.items())
def test_caddy_sends_each_file_as_what_it_is(caddy: int, small_root: Path, path: str, kind: str) -> None:
    """Its type, its headers and its lifetime are those that the page promises, and its bytes are those of the site."""
    file = small_root / "site" / path.removeprefix("/")
    answer, body = get(caddy, path)
    assert answer.status == 200
    assert body == (file / "index.html" if path.endswith("/") else file).read_bytes()
    assert answer.getheader("Content-Type") == kind
    assert {name: answer.getheader(name) for name in HEADERS} == HEADERS
    assert answer.getheader("Cache-Control") == (KEPT if path.startswith("/assets/") else "no-cache")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no package of Caddy for Windows")
def test_caddy_compresses_and_finds_the_page_for_what_is_not_there(caddy: int, small_root: Path) -> None:
    """A page and the data come compressed, a browser that has a page is told so, and a wrong address gets the site's
    own page, as a page whatever was asked for."""
    site = small_root / "site"
    for path in ("/index.html", "/data/v1/facts.json", "/assets/site.css"):
        answer, body = get(caddy, path, Accept_Encoding="gzip")
        assert answer.getheader("Content-Encoding") == "gzip", path
        assert gzip.decompress(body) == (site / path.removeprefix("/")).read_bytes()
        assert "Accept-Encoding" in (answer.getheader("Vary") or "")
        again, _ = get(caddy, path, Accept_Encoding="gzip", If_None_Match=answer.getheader("ETag") or "")
        assert again.status == 304, path
    for path in ("/none.html", "/facts/none.html", "/assets/none.css", "/data/v1/none.json"):
        answer, body = get(caddy, path)
        assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
        assert (answer.status, body) == (404, (site / "404.html").read_bytes())
        assert {name: answer.getheader(name) for name in HEADERS} == HEADERS


def test_caddy_knows_the_type_of_every_file(small_root: Path) -> None:
    """Each ending in the site is in the list of the page, or among those that every Caddy knows by itself."""
    listed = set(re.findall(r"~\\\.(\w+)\$", shown("text", "archive.example")))
    names = [path.rpartition("/")[2] for path in sites.files(small_root / "site")]
    assert {name.rpartition(".")[2] for name in names if "." in name} - listed <= {"html", "css", "svg", "png"}


def nginx(folder: Path) -> list[dict[str, Any]]:
    """The configuration of nginx, parsed as nginx does: each directive where it may stand, with as many arguments as it
    takes."""
    path = folder / "nginx.conf"
    path.write_text(f"events {{}}\nhttp {{\n{shown('nginx', 'map')}}}\n", "utf-8")
    found = crossplane.parse(str(path), check_ctx=True, check_args=True)
    assert found["status"] == "ok", found["errors"]
    _, http = found["config"][0]["parsed"]
    return list(http["block"])


def named(block: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The directives of that name."""
    return [one for one in block if one["directive"] == name]


def test_nginx_sends_each_file_as_what_it_is(tmp_path: Path, small_root: Path) -> None:
    """By its rules every file of the site has a type of its own, and those above the ones that are written there."""
    (server,) = named(nginx(tmp_path), "server")
    (types,) = named(server["block"], "types")
    kinds = {ending: one["directive"] for one in types["block"] for ending in one["args"]}
    (with_charset,) = named(server["block"], "charset_types")
    (default,) = named(server["block"], "default_type")
    charset = {"text/html", *with_charset["args"]}  # nginx adds the first by itself
    for path, kind in SERVED.items():
        name = path.rpartition("/")[2] or "index.html"
        sent = kinds.get(name.rpartition(".")[2], *default["args"])
        assert sent + ("; charset=utf-8" if sent in charset else "") == kind, path
    names = [path.rpartition("/")[2] for path in sites.files(small_root / "site")]
    unknown = {name.rpartition(".")[2] for name in names if "." in name} - kinds.keys()
    assert unknown == set()


def test_nginx_sends_the_headers_and_the_lifetime_that_are_promised(tmp_path: Path) -> None:
    """Each header is added once and always, to errors as well, and styles and scripts alone are kept."""
    http = nginx(tmp_path)
    (server,) = named(http, "server")
    added = {one["args"][0]: tuple(one["args"][1:]) for one in named(server["block"], "add_header")}
    wanted = {name: (value, "always") for name, value in HEADERS.items()}
    assert added == {**wanted, "Cache-Control": ("$lifetime", "always")}
    (lifetime,) = named(http, "map")
    assert lifetime["args"] == ["$uri", "$lifetime"]
    (assets, other) = lifetime["block"]
    assert (other["directive"], other["args"], assets["args"]) == ("default", ["no-cache"], [KEPT])
    pattern = re.compile(assets["directive"].removeprefix("~"))
    assert {path for path in SERVED if pattern.search(path)} == {p for p in SERVED if p.startswith("/assets/")}
    (page,) = named(server["block"], "error_page")
    assert page["args"] == ["404", "/404.html"]
    (place,) = named(server["block"], "location")
    assert (place["args"], place["block"][0]["args"]) == (["/"], ["$uri", "$uri/", "=404"])
    assert named(server["block"], "index")[0]["args"] == ["index.html"] and named(server["block"], "gzip")

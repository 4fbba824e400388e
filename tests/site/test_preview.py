"""The preview: ``mkdocs serve`` shows what changes, reports what is broken, and leaves the built site alone."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import sites
from builds import BAD, FACT, change


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, Path]]:
    """``mkdocs serve`` on a free port: its address, and the file that it writes its log to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root.with_name("serve.log")
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"], cwd=root,
            env=sites.environment(TMPDIR=str(root.parent)), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            yield f"http://127.0.0.1:{port}", log
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(20)


def until(condition: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    """Wait until something is so; fails with the log when it does not become so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.05)


def shows(address: str, text: str) -> bool:
    """Whether the page at an address can be had and holds a text."""
    try:
        with urlopen(address, timeout=30) as answer:
            return text in answer.read().decode("utf-8")
    except URLError:
        return False


@pytest.mark.slow
@pytest.mark.build
def test_the_preview_follows_the_records_and_does_not_loop(built_root: Path) -> None:
    """A changed record is shown, a broken one reported and got over, and nothing rebuilds without cause."""
    root = built_root
    before = sites.files(root / "site")
    record = root / "facts" / FACT
    sound = record.read_text("utf-8")
    with serving(root) as (address, log):
        page = f"{address}/facts/gull-rock-lamp-lit-1901.html"

        def builds() -> int:
            return log.read_text("utf-8").count("Building documentation...")

        until(lambda: shows(page, "for the first time on 3 May 1901"), log)
        assert builds() == 1
        change(root)
        until(lambda: shows(page, "for the very first time on 3 May 1901"), log)
        record.write_text(BAD, "utf-8")
        until(lambda: "[missing-field]" in log.read_text("utf-8"), log)
        record.write_text(sound.replace("for the first", "for the one and only"), "utf-8")
        until(lambda: shows(page, "for the one and only time on 3 May 1901"), log)
        assert builds() == 4
        quiet = time.monotonic() + 3
        while time.monotonic() < quiet:
            assert builds() == 4
            time.sleep(0.1)
        assert shows(f"{address}/search.html", 'id="q"')
        assert shows(f"{address}/search/index.js", '"shards"')
    assert sites.differing(sites.files(root / "site"), before) == []

"""The server of the preview: HTTP on this machine alone, and a watch on the archive's files."""

from __future__ import annotations

import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from factbook import program
from factbook.read import configuration, overrides
from factbook.site import preview

PATIENCE = 25.0
"""Seconds that a request for news is kept open before it is answered without any."""
QUIET = 0.05
"""Seconds without another change before a change is handled: an editor writes a file in several steps."""


class Handler(BaseHTTPRequestHandler):
    """Answers a browser from the preview."""

    state: preview.Preview

    def do_GET(self) -> None:
        """Send the answer for the address; the state is sent once it is newer than ``since``."""
        parts = urlsplit(self.path)
        if parts.path == f"/{preview.OWN}state.json":
            since = parse_qs(parts.query).get("since", ["-1"])[0]
            if since.isdigit():
                self.state.wait(int(since), PATIENCE)
        answer = self.state.answer(self.path)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            self.wfile.write(b"" if self.command == "HEAD" else answer.body)
        except ConnectionError:
            pass  # the browser moved on

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing for each request."""


class Watch(FileSystemEventHandler):
    """Calls ``work`` once after each burst of changes, in one thread; only of the file ``name``, if it is given."""

    def __init__(self, work: Callable[[], None], name: str = "") -> None:
        self._name = name
        self._event = threading.Event()
        self._work = work
        threading.Thread(target=self._run, daemon=True).start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; an event that a file was read is none."""
        if self._name and self._name not in (Path(str(p)).name for p in (event.src_path, event.dest_path)):
            return
        if event.event_type in ("created", "modified", "moved", "deleted"):
            self.changed()

    def changed(self) -> None:
        """Note a change."""
        self._event.set()

    def _run(self) -> None:
        while True:
            self._event.wait()
            while True:
                self._event.clear()
                if not self._event.wait(QUIET):
                    break
            self._work()


class Folders(FileSystemEventHandler):
    """Watches each folder of ``works`` in ``root`` for its work, and one that is made later from then on."""

    def __init__(self, observer: BaseObserver, root: Path, works: Mapping[str, Callable[[], None]]) -> None:
        self._observer, self._root = observer, root
        self._watches = {name: Watch(work) for name, work in works.items()}
        self._watched: dict[str, ObservedWatch] = {}
        for name in works:
            self._follow(name)

    def _follow(self, name: str) -> bool:
        path = self._root / name
        if path.is_dir() and name not in self._watched:
            self._watched[name] = self._observer.schedule(self._watches[name], str(path), recursive=True)
            return True
        return False

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Follow a folder that was made or moved here; forget one that is gone."""
        for path in (event.src_path, event.dest_path):
            name = Path(str(path)).name
            if name not in self._watches or event.event_type not in ("created", "moved", "deleted"):
                continue
            if name in self._watched and not (self._root / name).is_dir():
                self._observer.unschedule(self._watched.pop(name))
                self._watches[name].changed()
            elif self._follow(name):
                self._watches[name].changed()  # it may hold files already


def watch(root: Path, state: preview.Preview) -> BaseObserver:
    """Begin to watch the files of the archive at ``root`` for its preview; return what is to be stopped.

    It begins before anything is read: a change made meanwhile is read again, where it would be lost otherwise.
    """
    observer = Observer()
    observer.start()
    docs = configuration.docs_dir(configuration.read(root))
    works = {"facts": state.read_records, docs: state.render_pages, overrides.FOLDER: state.render_pages}
    observer.schedule(Watch(state.render_pages, configuration.FILE), str(root), recursive=False)
    observer.schedule(Folders(observer, root, works), str(root), recursive=False)
    return observer


def serve(
    root: Path, port: int, render: Callable[[Path, Path], None], open_browser: bool = False, today: str = ""
) -> int:
    """Serve the preview of the archive at ``root`` until interrupted. Return 2 where the port is taken, else 0.

    ``render(root, folder)`` lets an engine render the written pages into the folder.
    """
    with tempfile.TemporaryDirectory(prefix="factbook-preview-") as folder:
        state = preview.Preview(root, lambda made: render(root, made), Path(folder), today)
        try:
            server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"state": state}))
        except OSError as error:
            hint = f"Another one: {program.command(f'serve --port {port % 65535 + 1}')}"
            print(f"factbook: port {port} cannot be used: {error.strerror}. {hint}", file=sys.stderr)
            return 2
        server.daemon_threads = True
        observer = watch(root, state)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        state.read_records()
        state.render_pages()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The preview is at {address} (Ctrl+C ends it).", flush=True)
        if open_browser:
            webbrowser.open(address)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass
        finally:
            observer.stop()
            server.shutdown()
    return 0

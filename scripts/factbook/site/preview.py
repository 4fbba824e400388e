"""The preview: the site of an archive while somebody edits it, each page made when a browser asks for it.

The engine renders the written pages and the shells into a temporary folder, again only when ``docs/``, ``mkdocs.yml``
or a template of the theme changes. After a change in ``facts/`` the records are read and checked again; no page is made
until it is asked for, by the same functions as in a build, so the preview shows what a build would write. Styles and
scripts are sent from the theme's folders. There is no search index and no data; a bar on every page says so, and lists
the problems of the records.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import asdict

from factbook.check.run import check, errors
from factbook.checksums import escapes_folder
from factbook.model.archive import Archive
from factbook.pages.kinds import FURTHER, Job, Pages, address
from factbook.read import load, overrides
from factbook.read.configuration import ConfigurationError
from factbook.render import po
from factbook.rules.problem import Problem
from factbook.site import editions as prepared
from factbook.site import pour
from factbook.site.settings import of_archive

OWN = "_preview/"
"""The path of the preview's own script, style and state."""
FILES = Path(__file__).with_name("preview_files")
HTML = "text/html; charset=utf-8"
INSERT = f'<link rel="stylesheet" href="/{OWN}preview.css"><script src="/{OWN}preview.js" defer></script></head>'
"""What every page of a preview has besides what a build writes."""


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to a browser: an HTTP status, a media type, and the body."""

    status: int = 200
    media: str = HTML
    body: bytes


class Edition(Struct, frozen=True, kw_only=True):
    """The pages of one language: the renderer, the shell they are poured into, and the job of each page by its path.

    The later pages of long lists are ``further``: which there are takes a look at every fact, so it is asked for when
    one of them is.
    """

    pages: Pages
    shell: pour.Shell
    jobs: Mapping[str, Job]
    further: Callable[[], Mapping[str, Job]]

    def job(self, path: str) -> Job | None:
        """Return the job of the page at ``path``; None where no page is poured."""
        folder = path.removeprefix(self.pages.language.folder).partition("/")[0]
        return self.jobs.get(path) or (self.further().get(path) if folder in FURTHER else None)


class Preview:
    """The state of one preview. Its methods may be called from several threads."""

    def __init__(self, root: Path, render: Callable[[Path], None], folder: Path, today: str = "") -> None:
        """``render`` lets the engine render the written pages of ``root`` into the folder it is given."""
        self.root, self.today = root, today
        self.changed = threading.Condition()
        """Notified, with ``version`` raised, whenever something was read or rendered again."""
        self.version = 0
        self.problems: list[Problem] = []
        self.failure = ""
        """Why the engine could not render the written pages, in its own words; empty where it could."""
        self._engine_failure = ""
        """The part of ``failure`` that new records cannot mend."""
        self._render, self._folder = render, folder
        self._number = 0
        self._frame: Path | None = None
        self._known = load.Known()
        self._archive: Archive | None = None
        self._editions: dict[str, Edition] = {}
        self._lock = threading.Lock()
        self._reading, self._rendering = threading.Lock(), threading.Lock()
        """Whoever begins later reads what is newer, and must not be overtaken."""

    def read_records(self) -> None:
        """Read and check the records; where they have errors, keep the last sound state and list the problems."""
        with self._reading:
            archive, problems = check(self.root, self.today, known=self._known)
            with self._lock:
                self.problems = problems
                if archive is not None and not errors(problems):
                    self._archive, self.failure = archive, self._engine_failure
                    self._prepare()
        self._notify()

    def render_pages(self) -> None:
        """Let the engine render the written pages; where it fails, the last ones stay and ``failure`` says why."""
        with self._rendering:
            self._number += 1
            frame = self._folder / str(self._number)
            frame.mkdir(parents=True)
            try:
                self._render(frame)
                failure = ""
            except Exception as error:  # whatever an engine raises is the message; the preview goes on
                failure = str(error) or type(error).__name__
            with self._lock:
                self.failure = self._engine_failure = failure
                if not failure:
                    self._frame = frame
                    self._prepare()
        self._notify()

    def _notify(self) -> None:
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def _prepare(self) -> None:
        """Prepare the pages; where that fails, keep the last ones and say why. The caller holds the lock."""
        if self._frame is None or self._archive is None:
            return
        try:
            settings = of_archive(self.root)
            made = prepared.prepare(self._frame, self._archive, self.root, settings, data=False)
            self._editions = {
                pages.language.code: Edition(
                    pages=pages,
                    shell=shell.filled(pages),
                    jobs=_by_path(pages, pages.records()),
                    further=cache(partial(_further, pages)),
                )
                for pages, shell in zip(made.pages, made.shells, strict=True)
            }
        except (ConfigurationError, pour.PourError, po.CatalogueError) as error:
            self.failure = str(error)

    def answer(self, target: str) -> Answer:
        """Return the answer for the address ``target``."""
        path = unquote(urlsplit(target).path).lstrip("/")
        if path.startswith(OWN):
            return self._own(path.removeprefix(OWN))
        if path == "" or path.endswith("/"):
            path += "index.html"
        if escapes_folder(path):
            return Answer(status=404, body=b"There is no such address.")
        with self._lock:
            frame, editions = self._frame, self._editions
        if frame is None or not editions:
            return Answer(status=503, body=self._waiting())
        claims, *further = editions
        edition = editions[next((code for code in further if path.startswith(f"{code}/")), claims)]
        if job := edition.job(path):
            return Answer(body=_with_bar(edition.shell.pour(edition.pages.page(job))))
        if (text := prepared.script(edition.pages, path)) is not None:
            return Answer(media="text/javascript", body=text.encode())
        return self._written(path, frame, edition)

    def _written(self, path: str, frame: Path, edition: Edition) -> Answer:
        """Return a page or a file that the engine rendered; styles and scripts as they are now in the theme."""
        for place in (*overrides.theme_folders(self.root), frame):
            file = place / path
            if file.is_file() and (place is frame or path.startswith("assets/")):
                break
        else:
            missing = frame / "404.html"
            text = pour.fill(missing.read_text("utf-8"), edition.pages, "404.html") if missing.is_file() else "404"
            return Answer(status=404, body=_with_bar(text.encode()))
        if path.endswith(".html"):
            return Answer(body=_with_bar(pour.fill(file.read_text("utf-8"), edition.pages, path).encode()))
        return Answer(media=mimetypes.guess_type(path)[0] or "application/octet-stream", body=file.read_bytes())

    def _waiting(self) -> bytes:
        """Return the page that is shown until there is a site: what is wrong, or that it is being made."""
        text = self.failure or "\n".join(_line(problem) for problem in self.problems) or "The pages are being made …"
        return _with_bar(f"<!doctype html><head><title>Preview</title></head><pre>{escape(text)}</pre>".encode())

    def _own(self, name: str) -> Answer:
        """Return one of the preview's own files: its script, its style, or its state."""
        if name == "state.json":
            state = {
                "version": self.version,
                "failure": self.failure,
                "problems": [asdict(problem) for problem in self.problems],
            }
            return Answer(media="application/json", body=json.dumps(state).encode())
        if name in ("preview.js", "preview.css"):
            media = "text/javascript" if name.endswith(".js") else "text/css"
            return Answer(media=media, body=(FILES / name).read_bytes())
        return Answer(status=404, body=b"There is no such address.")

    def wait(self, version: int, seconds: float) -> None:
        """Return when the state is newer than ``version``, or after so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.version > version, timeout=seconds)


def _by_path(pages: Pages, jobs: Iterable[Job]) -> dict[str, Job]:
    """Return jobs of ``pages`` by the paths of their pages in the site."""
    return {pages.language.folder + address(job): job for job in jobs}


def _further(pages: Pages) -> dict[str, Job]:
    """Return the jobs of the later pages of long lists by their paths."""
    return _by_path(pages, pages.further())


def _line(problem: Problem) -> str:
    """Return a problem as one line."""
    return f"{problem.path}:{problem.line}:{problem.column}: {problem.severity}: {problem.message} [{problem.rule}]"


def _with_bar(page: bytes) -> bytes:
    """Return the page with the script and the style of the preview."""
    return page.replace(b"</head>", INSERT.encode(), 1)

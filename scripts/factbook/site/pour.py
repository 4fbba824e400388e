"""Pours bodies into page shells: the engine renders the theme once, and records are put into the result.

The shell is an ordinary page of the site, ``facts/_record.html``, whose texts are the marks below. A written page asks
for a block with ``<div data-factbook="name parameter"></div>``. Everything here is text substitution, so it works
behind any engine that renders the theme.

A folder with a shell of its own, ``ru/facts/_record.html``, is an edition of the site in that language: it gets every
record page, and its written pages are those that the engine rendered there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from html import escape, unescape
from pathlib import Path

from msgspec import Struct

from factbook import parallel
from factbook.pages.context import Page
from factbook.pages.kinds import FOLDERS, Job, Pages
from factbook.render.language import Language, folder
from factbook.site import csp, frame

SHELL = "facts/_record.html"
TITLE, DESCRIPTION, BODY = "factbook-title", "factbook-description", '<div data-factbook="record"></div>'
_TITLED, _SHARED, _DESCRIBED = "<title", '<meta property="og:title"', '<meta name="description"'
"""Elements of the shell that bear the language of their text, which may not be the page's."""
_NAME = "factbook-site-name"
"""Stands for the name of the site in the title of a page, which is in the language of the rest of that title."""
_NAMED = re.compile(f"(?<=<title>{TITLE} · )[^<]*")
_MARKS = re.compile(
    "({})".format("|".join(
        re.escape(m)
        for m in (_TITLED, _SHARED, _DESCRIBED, TITLE, _NAME, DESCRIPTION, BODY, SHELL, frame.CONTENTS)
    ))
)  # fmt: skip
_BLOCK = re.compile(r'<div data-factbook="(?!record")([^"]*)"></div>')
_FRAME = re.compile(r"<!--factbook (.*?)-->\n?")
_HTML = re.compile(r"<(html|body)([^>]*)>")
_SPOKEN = re.compile(r' (?:lang|dir)="[^"]*"')
_EMPTY = re.compile(r"\n\s+|\s+\n")
_AWAY = re.compile(r'<a href="(https?://[^"]*)">')
_OPENING, _CLOSING = '<article class="md-content__inner md-typeset">', "</article>"
"""The content of a page is between these; everything else is the theme's frame."""
_ABOVE = {"facts": "organizations"}
"""The folder whose list the menu marks as read on the pages of a folder without a list of its own."""


class PourError(Exception):
    """The engine's site cannot be poured into; the message says which page, and what is missing."""


class Frame(Struct, frozen=True, kw_only=True):
    """What the theme states of the site's configuration; a part that is not configured is empty."""

    site_url: str = ""
    language: str = ""
    repo_url: str = ""
    name: str = ""
    author: str = ""
    description: str = ""
    licence: str = ""
    licence_url: str = ""


class RenderedShell(Struct, frozen=True, kw_only=True):
    """The shell as the engine rendered it: its path in the site, its text, and what the theme states of the site."""

    path: str
    text: str
    frame: Frame

    def filled(self, pages: Pages) -> Shell:
        """Return the shell with the frame of the pages of each folder, cut at the marks.

        Raises PourError.
        """
        parts = {}
        for kind in sorted(set(FOLDERS.values())):
            cut = _MARKS.split(_NAMED.sub(_NAME, fill(self.text, pages, self.path, kind)))
            parts[kind] = tuple(part if i % 2 else part.encode() for i, part in enumerate(cut))
        name = self.frame.name
        return Shell(parts=parts, original=str(pages.tongues.original), names=(pages.language.word(name), name))


class Shell(Struct, frozen=True, kw_only=True):
    """The frame that records are poured into: for each folder of pages its parts in order, bytes as they are, marks as
    text. ``names`` are the site's in the language of the pages and in that of the claims, whose attributes are
    ``original``."""

    parts: dict[str, tuple[bytes | str, ...]]
    original: str = ""
    names: tuple[str, str] = ("", "")

    def pour(self, page: Page) -> bytes:
        """Return the whole page."""
        body, contents = frame.with_heading_links(page.body)
        values = {
            TITLE: escape(page.title), DESCRIPTION: escape(page.description), BODY: body, SHELL: page.path,
            frame.CONTENTS: contents, _NAME: escape(self.names[bool(page.title_in) and page.title_in == self.original]),
            _TITLED: f"{_TITLED}{page.title_in}", _SHARED: f"{_SHARED}{page.title_in}",
            _DESCRIBED: f"{_DESCRIBED}{page.description_in}",
        }  # fmt: skip
        parts = self.parts[page.path.partition("/")[0]]
        return b"".join([values[part].encode() if isinstance(part, str) else part for part in parts])


def parse_shell(text: str, path: str = SHELL) -> RenderedShell:
    """Return the shell that the engine rendered at ``path``. Raises PourError where it lacks a mark or the settings."""
    missing = [m for m in (TITLE, DESCRIPTION, BODY) if m not in text]
    if missing:
        raise PourError(f"{path}: the page shell lacks {', '.join(missing)}")
    settings = _frame(text)
    if settings is None:
        raise PourError(f"{path}: the theme did not leave its settings (<!--factbook …-->)")
    return RenderedShell(path=path, text=text, frame=settings)


def _frame(text: str) -> Frame | None:
    """Return what the theme left in the page, or None where it left nothing."""
    found = _FRAME.search(text)
    return found and Frame(**{k: unescape(v) for k, v in re.findall(r'(\w+)="([^"]*)"', found[1])})


def read_shell(site: Path, code: str, claims: str) -> RenderedShell:
    """Return the shell of a language that the engine rendered into ``site``. Raises PourError."""
    path = folder(code, claims) + SHELL
    try:
        shell = parse_shell((site / path).read_text("utf-8"), path)
    except FileNotFoundError:
        raise PourError(f"{path}: the engine made no page shell; docs/{path[:-5]}.md must exist") from None
    if shell.frame.language not in (code, "" if code == claims else code):
        raise PourError(f"{path}: docs/{path[:-5]}.md must say at its top: language: {code}")
    return shell


def languages(site: Path, claims: str) -> list[str]:
    """Return the languages that the engine rendered a shell for, that of the claims first."""
    return [claims, *sorted(path.parts[-3] for path in site.glob(f"*/{SHELL}"))]


def editions(written: list[str], codes: list[str]) -> dict[str, frozenset[str]]:
    """Return the written pages of each language, by their paths in its folder. Pages in no folder of a language are in
    that of the claims."""
    claims, *further = codes
    of = {path: next((c for c in further if path.startswith(f"{c}/")), claims) for path in written}
    return {c: frozenset(p.removeprefix(folder(c, claims)) for p in written if of[p] == c) for c in codes}


def fill(text: str, pages: Pages, path: str, kind: str = "") -> str:
    """Return the text of the page ``path`` as it is published: blocks filled, the theme's texts in the language of
    ``pages``, the frame adapted to the place of the page, the theme's settings removed, and links to other sites marked
    as such.

    For a shell, ``kind`` is the folder of the pages it is filled for, and the list of headings is left to their bodies.
    Raises PourError.
    """
    language = pages.language
    own = path.removeprefix(language.folder)

    def block(found: re.Match[str]) -> str:
        try:
            return pages.block(unescape(found[1]), "../" * own.count("/"), own)
        except KeyError as error:
            raise PourError(f"{path}: there is no block {error}") from None

    text = text.replace("&#x2f;", "/")  # as one of the engines escapes it
    text = _AWAY.sub(r'<a class="away" href="\1" rel="noreferrer">', text)
    text = _HTML.sub(lambda found: _spoken(found, language), text, count=2)
    head, opening, rest = _FRAME.sub("", text).partition(_OPENING)
    main, closing, tail = rest.rpartition(_CLOSING)
    if not (opening and closing):
        raise PourError(f"{path}: the theme did not put the content into {_OPENING}")
    head, tail = (language.fill_page(_EMPTY.sub("\n", part)) for part in (head, tail))
    translated = pages.editions.get(language.code, ()) if language.translates else ()
    above = _above(kind, translated or pages.editions.get(language.claims, ())) if kind else ""
    head, tail = (frame.for_page(part, own, above, language.claims, translated) for part in (head, tail))
    tail = frame.with_neighbours(head, tail)
    head, tail = (frame.without_excess(part) for part in (csp.with_hashes(head, tail), tail))
    head, main, tail = (_BLOCK.sub(block, part) for part in (head, main, tail))
    if kind:
        head = frame.with_closed_parts_as_links(head)
    else:
        main, contents = frame.with_heading_links(main)
        head = head.replace(frame.CONTENTS, contents)
    return f"{head}{opening}{main}{closing}{tail}"


def _spoken(tag: re.Match[str], language: Language) -> str:
    """Return the tag ``html`` or ``body`` with the language of the page and its direction, whatever the theme wrote."""
    rest = _SPOKEN.sub("", tag[2])
    direction = "rtl" if language.right_to_left else "ltr"
    if tag[1] == "body":
        return f'<body dir="{direction}"{rest}>'
    read = ' dir="rtl"' if language.right_to_left else ""
    return f'<html lang="{language.code}"{read}{rest}>'


def _above(kind: str, written: Collection[str]) -> str:
    """Return the page of the menu that stands for pages of a folder, which are not in the menu themselves; empty where
    none does."""
    name = _ABOVE.get(kind, kind)
    return next((path for path in (f"{name}/index.html", f"{name}.html") if path in written), "")


def pour_records(site: Path, poured: list[tuple[Pages, Shell]]) -> Generator[int, None, None]:
    """Write every page of each edition into ``site``; yield how many were written since the last time, 0 at first."""
    jobs: list[tuple[int, Job]] = []
    for i, (pages, _) in enumerate(poured):
        for kind in sorted(set(FOLDERS.values())):
            (site / pages.language.folder / kind).mkdir(exist_ok=True)
        # Lists first: this process begins there, and makes the rows of all of them once.
        jobs += [(i, job) for job in sorted(pages.records(), key=lambda job: job[0] == "fact")]
    tops = [f"{site}/{pages.language.folder}" for pages, _ in poured]

    def work(chunk: Sequence[tuple[int, Job]]) -> int:
        for i, job in chunk:
            pages, shell = poured[i]
            page = pages.page(job)
            _write(tops[i] + page.path, shell.pour(page))
        return len(chunk)

    with closing(parallel.share(work, jobs)) as pouring:
        yield next(pouring)
        if further := [(i, job) for i, (pages, _) in enumerate(poured) for job in pages.further()]:
            yield work(further)
        yield from pouring


def _write(path: str, data: bytes) -> None:
    """Write a whole file. Raises OSError with its path: a full disk may take a part of the data without an error."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, data[written:])
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    finally:
        os.close(handle)


def written_pages(site: Path) -> list[str]:
    """Return the paths of the pages that the engine rendered, sorted. To be called before records are poured."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def pour_blocks(site: Path, pages: Pages) -> None:
    """Fill the blocks of every written page of an edition. Raises PourError."""
    top = pages.language.folder
    for own in sorted(pages.editions[pages.language.code] - {SHELL}):
        path = site / top / own
        path.write_text(fill(path.read_text("utf-8"), pages, top + own), "utf-8")

"""The written pages of a site as parts that can be found: each heading with the text below it.

They are read as the theme rendered them, before blocks of records are filled in: records are found on their own. Only
the words that a block defines are parts of the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from msgspec import Struct

from factbook.model.records import Vocabulary

_SKIPPED = ("script", "style", "nav", "form", "template", "noscript", "svg", "button")
_VOID = ("br", "hr", "img", "input", "link", "meta", "wbr", "source", "col")
_HEADINGS = ("h1", "h2", "h3")
_WORDS = re.compile('data-factbook="words ([a-z_]+)"')
UNFOUND = ("404.html", "search.html", "explore.html")
"""Pages that are left out of the search."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of a written page: its address relative to the folder of the page's language, the title of the page, the
    heading of the part (empty for the beginning of the page), its text, and for the beginning how the page describes
    itself."""

    address: str
    title: str
    heading: str
    text: str
    description: str = ""


class _Reader(HTMLParser):
    """Collects [anchor, heading, text] of everything in ``<main>``."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[list[str]] = []
        self.description = ""
        self._inside, self._skipping, self._heading = False, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._inside = True
        about = dict(attrs)
        if tag == "meta" and about.get("name") == "description":
            self.description = about.get("content") or ""
        if tag in _VOID:
            return
        if self._skipping or tag in _SKIPPED or "headerlink" in (about.get("class") or ""):
            self._skipping += 1
        elif self._inside and tag in _HEADINGS:
            self._heading = tag
            self.parts.append([about.get("id") or "", "", ""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._inside = False
        if tag in _VOID:
            return
        if self._skipping:
            self._skipping -= 1
        elif tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._inside and not self._skipping and self.parts:
            self.parts[-1][1 if self._heading else 2] += data


def parts(path: str, html: str) -> list[Part]:
    """Return the parts of the page at ``path``, which is relative to the folder of its language."""
    reader = _Reader()
    reader.feed(html)
    found = [[anchor, *(" ".join(text.split()) for text in rest)] for anchor, *rest in reader.parts]
    if not found:
        return []
    title = found[0][1]
    return [
        Part(
            address=path if n == 0 else f"{path}#{anchor}",
            title=title,
            heading=heading if n else "",
            text=text,
            description="" if n else reader.description,
        )
        for n, (anchor, heading, text) in enumerate(found)
        if n == 0 or (anchor and (heading or text))
    ]


def defined(path: str, html: str, vocabulary: Vocabulary) -> list[Part]:
    """Return the words of a list that the page at ``path`` defines by a block."""
    title = next((part.title for part in parts(path, html)), "")
    return [
        Part(address=f"{path}#{name}-{word.id}", title=title, heading=word.label, text=word.meaning)
        for name in _WORDS.findall(html)
        for word in vocabulary.get(name, {}).values()
    ]


def read(site: Path, top: str, paths: Iterable[str], vocabulary: Vocabulary) -> list[Part]:
    """Return the parts of the written pages of one language, in the order of their paths.

    ``top`` is the folder of the language in ``site``; ``vocabulary`` holds the words in that language.
    """
    found = []
    for path in sorted(paths):
        if path not in UNFOUND:
            html = (site / top / path).read_text("utf-8")
            found += [*parts(path, html), *defined(path, html, vocabulary)]
    return found

"""The text of a page as it is hashed: the article alone, in one form, so that the same text has the same hash."""

from __future__ import annotations

import hashlib
import importlib.metadata
import unicodedata

from factbook.capture.fetch import FetchError, Page

LEAST = 200
"""Characters. What is shorter is a notice that cookies or scripts are wanted, not the page."""
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain",)


def program() -> str:
    """Return the program that takes out the text, with its version: with another one the hash may be another."""
    return f"trafilatura {importlib.metadata.version('trafilatura')}"


def text(page: Page) -> str:
    """Return the text of the article on a page. Raises FetchError where there is none.

    Menus, advertisements, comments and what else stands around it are left out: they change every day.
    """
    if page.type in TEXTS:
        found = page.content.decode("utf-8", "replace")
    elif page.type in PAGES:
        import trafilatura  # takes a second to load

        found = trafilatura.extract(page.content, include_comments=False, include_tables=True) or ""
    else:
        raise FetchError(f"no text is taken out of {page.type[:100] or 'a page that names no type of content'}")
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", found).splitlines())
    plain = "\n".join(line for line in lines if line)
    if len(plain) < LEAST:
        raise FetchError(f"no text was found on it: {len(plain)} characters, where an article has at least {LEAST}")
    return plain


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()

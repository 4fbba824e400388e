"""Texts for people: unprintable characters escaped, names joined, and the known name nearest to a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MANY = 1000
"""Among more names than this, only those that begin and end alike are compared letter by letter."""


def escaped(text: str, keep: str = "") -> str:
    """Return ``text`` with each unprintable character as its escape (``\\x1b``), but for those in ``keep``.

    A control or invisible character would act on the terminal or hide in a review.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c in keep else c.encode("unicode_escape", "backslashreplace").decode() for c in text
    )


def show(value: object, most: int = 80) -> str:
    """Return ``value`` as one harmless line of text, cut at ``most`` characters."""
    text = value if isinstance(value, str) else str(value)
    text = escaped(text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``Did you mean …?`` with the known name closest to ``name``; empty where none is close."""
    names = list(known)
    if len(names) > MANY:  # comparing with every one would take minutes
        names = [n for n in names if abs(len(n) - len(name)) < 3 and n[:2] == name[:2] and n[-2:] == name[-2:]][:MANY]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return ``names`` joined with commas, cut after ``most``."""
    names = list(names)
    more = f", … ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def in_a_row(*said: str) -> str:
    """Return texts as sentences one after the other; empty ones are left out, and none gets a second full stop."""
    *front, last = [text for text in said if text] or [""]
    return ". ".join([*(text.removesuffix(".") for text in front), last])

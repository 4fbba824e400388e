"""Writes numbers as short texts, which the browser's half reads."""

from __future__ import annotations

from collections.abc import Iterable

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def number(n: int) -> str:
    """Return a number, 0 or more, in base-64 digits: five bits each, the lowest first, 32 added to each but the last
    (the VLQ of source maps)."""
    if n < 32:
        return _DIGITS[n]
    found = ""
    while n >= 32:
        found += _DIGITS[32 | n & 31]
        n >>= 5
    return found + _DIGITS[n]


def distances(documents: Iterable[int]) -> str:
    """Return rising numbers of documents, each as its distance to the one before, the first to 0."""
    found, before = [], 0
    for document in documents:
        found.append(number(document - before))
        before = document
    return "".join(found)

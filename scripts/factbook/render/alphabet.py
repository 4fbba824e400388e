"""Sorts texts by the alphabet of a language.

Letters have the order of the alphabet in ``ALPHABETS`` (Unicode CLDR, main exemplar characters); every other letter
follows them, by its base letter. A language without an entry is sorted by base letters, which is right for alphabets
that Unicode has in order. ICU would know every language, but has to be compiled or is larger than the engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

ALPHABETS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
"""The letters of each alphabet that Unicode does not have in its order, by the code of the language."""

Key = tuple[tuple[int, str], ...]


@cache
def order(code: str) -> Callable[[str], Key]:
    """Return a function that returns the sort key of a text in the language ``code``; case does not count."""
    places = {letter: place for place, letter in enumerate(ALPHABETS.get(code, ""))}
    cyrillic = bool(places)

    def letter_key(letter: str) -> tuple[int, str]:
        if letter in places:
            return 1, chr(places[letter])
        base = unicodedata.normalize("NFD", letter)[0]
        if cyrillic and base in places:
            return 1, chr(places[base])
        return (0 if not letter.isalpha() else 2 if cyrillic else 1), base

    return lambda text: tuple(letter_key(letter) for letter in unicodedata.normalize("NFC", text).casefold())

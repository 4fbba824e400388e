"""Folds words to plain Latin letters, so that one name in several spellings and alphabets is one word.

The theme's ``assets/fold.js`` has the same rules, and a test compares the results of the two. This is no standard of
transliteration: it makes equal what the usual standards write differently. Case and accents are removed (Unicode NFKD);
Cyrillic becomes Latin; and spellings in which transliterations of Cyrillic differ become one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = "абвгғдеёжзийкқлмнңопрстуұүўфхһцчшщъыіьэюяәөїєøłđıß"
_LATIN = (
    "a b v g g d e e zh z i y k k l m n n o p r s t u u u u f kh h ts ch sh sh _ i i _ e yu ya a o yi ye o l d i ss"
)
LETTERS = str.maketrans(dict(zip(_CYRILLIC, _LATIN.replace("_", "").split(" "), strict=True)))
"""Letters that have no decomposition, and what replaces them."""
SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("dzh|dj", "j"),
        ("zh", "j"),
        ("shch", "sh"),
        ("([kg])h", r"\1"),
        ("q", "k"),
        ("w", "v"),
        ("x", "ks"),
        ("y(?=[aeiou])", ""),
        ("y", "i"),
        (r"([a-z])\1+", r"\1"),
    )
)
"""Spellings of one sound that are made equal, in this order."""
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> list[str]:
    """Return the runs of letters and digits in a text, in order, in lower case and without accents."""
    small = text.lower()
    if not text.isascii():
        small = unicodedata.normalize("NFKD", text).lower().replace("и\u0306", "й")
        small = "".join(c for c in small if not unicodedata.category(c).startswith("M"))
    return _WORD.findall(small)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order; a word that folds to nothing is left out."""
    return [key for word in plain(text) if (key := folded(word))]


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return one word of ``plain``, folded."""
    word = word.translate(LETTERS)
    for pattern, instead in SPELLINGS:
        word = pattern.sub(instead, word)
    return word

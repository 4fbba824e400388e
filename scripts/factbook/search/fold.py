"""Words folded to plain Latin letters, so that one name in several spellings and alphabets is one word.

The same rule stands in the theme's ``assets/fold.js``, and a test holds the two to the same results. It is not a
standard of transliteration: it makes equal what the usual ones write differently. Case and accents go (Unicode NFKD);
Cyrillic becomes Latin; and the spellings in which the ways of writing Cyrillic differ become one.
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
"""Letters that no decomposition takes apart, and what is written for them."""
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
"""Spellings that differ between ways of writing one sound, made the same, in this order."""
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> list[str]:
    """The runs of letters and digits in a text, in order, in small letters and without accents."""
    small = text.lower()
    if not text.isascii():
        small = unicodedata.normalize("NFKD", text).lower().replace("и\u0306", "й")
        small = "".join(c for c in small if not unicodedata.category(c).startswith("M"))
    return _WORD.findall(small)


def words(text: str) -> list[str]:
    """The folded words of a text, in order; one that folds to nothing is left out."""
    return [key for word in plain(text) if (key := folded(word))]


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """One word of ``plain``, folded."""
    word = word.translate(LETTERS)
    for pattern, instead in SPELLINGS:
        word = pattern.sub(instead, word)
    return word

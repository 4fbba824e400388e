"""Sorts texts by the alphabet of a language, at the build alone: a browser gets every list in its order.

Letters and signs have the order of the Unicode CLDR's root (``letters.txt``), the script of the language first, changed
by its alphabet (``alphabets.toml``). Letters alone count at first, then their accents, then capitals. ICU would know
every language, but its packages for Python have to be compiled, or have no collation; pyuca knows no language. Chinese
characters stand in the order of Unicode.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent

Key = tuple[list[int], list[tuple[int, str]], list[bool]]

_DOTLESS = ("az", "tr")
"""Languages in which I is the capital letter of ı."""
_HALVED = ("hu",)
"""Languages that write a double letter of several signs with its first sign doubled: ssz for szsz."""
_EXPANDED = {"æ": "ae", "œ": "oe", "ß": "ss"}
"""Letters that count as two where an alphabet has no place for them."""
_AHEAD = re.compile("([เ-ไເ-ໄ])([ก-ฮກ-ຮ])")
"""Vowels of Thai and Lao that are written before the consonant they follow."""


@cache
def alphabets() -> dict[str, str]:
    """Return the alphabets that differ from the order of the root, by the code of the language."""
    return tomllib.loads((FOLDER / "alphabets.toml").read_text("utf-8"))


def _script(letter: str) -> str:
    """Return the script of a letter as Unicode names it, such as CYRILLIC; empty for a sign."""
    return unicodedata.name(letter, "").partition(" ")[0] if unicodedata.category(letter)[0] in "LM" else ""


def _script_of(code: str) -> str:
    """Return the script that a language is written in as Unicode names it, from the Unicode CLDR; empty if unknown."""
    from babel import Locale
    from babel.core import get_global, parse_locale

    whole = get_global("likely_subtags").get(code.partition("-")[0], "en")
    script = next((part for part in code.split("-")[1:] if len(part) == 4), None) or parse_locale(whole)[2]
    return str(Locale("en").scripts.get(script or "", "")).upper()


@cache
def places(code: str) -> dict[str, tuple[int, int]]:
    """Return the place of each letter and sign in the alphabet of a language, and the order within the place."""
    alphabet = [unit.split("=") for unit in alphabets().get(code, "").split()]
    leads, others = {first for first, *_ in alphabet}, {letter for _, *rest in alphabet for letter in rest}
    groups = ((FOLDER / "letters.txt").read_text("utf-8")).split()
    parted = [[c for i, c in enumerate(group) if not (c in others or (i and c in leads))] for group in groups]
    parted = [group for group in parted if group and (group[0] in leads or group[0] not in _EXPANDED)]
    own = _script_of(code)
    rank = {"": 0, own: 1}
    order = sorted(parted, key=lambda group: rank.get(_script(group[0]), 2))
    at = -1
    for first, *rest in alphabet:
        where = next((i for i, group in enumerate(order) if group[0] == first), None)
        if where is None:
            at += 1
            order.insert(at, [first])
        elif where < at:
            order.insert(at, order.pop(where))
        else:
            at = where
        order[at] += rest
    return {letter: (place, i) for place, group in enumerate(order, 1) for i, letter in enumerate(group)}


@cache
def order(code: str) -> Callable[[str], Key]:
    """Return a function that returns the sort key of a text in the language ``code``, a BCP 47 code."""
    code = code if code in alphabets() else code.partition("-")[0]
    known = places(code)
    beyond = len(known) + 1
    units = sorted((u for u in known if len(u) > 1), key=len, reverse=True)
    doubled = [(u[0] + u, u + u) for u in units] if code in _HALVED else []
    pieces = re.compile("|".join([*map(re.escape, units), "."]), re.DOTALL)

    def weighed(letter: str) -> Iterator[tuple[int, int, str]]:
        if letter.isspace():
            yield 0, 0, ""
        elif letter in known:
            yield *known[letter], ""
        elif letter in _EXPANDED:
            for part in _EXPANDED[letter]:
                yield known[part][0], 1, ""
        elif letter.isdigit():
            yield *known[str(unicodedata.digit(letter))], ""
        elif "가" <= letter <= "힣" or (parts := unicodedata.normalize("NFKD", letter)) == letter:
            if unicodedata.combining(letter):
                yield -1, 0, letter
            else:
                yield beyond + ord(letter), 0, ""
        else:
            yield from joined(parts)

    def joined(parts: str) -> Iterator[tuple[int, int, str]]:
        base, marks = parts[0], ""
        for mark in parts[1:]:
            if (whole := unicodedata.normalize("NFC", base + mark)) in known:
                base = whole
            elif unicodedata.combining(mark):
                marks += mark
            else:
                yield from weighed(base)
                base = mark
        if base in known:
            yield *known[base], marks
        else:
            yield from weighed(base)

    def key(text: str) -> Key:
        text = _AHEAD.sub(r"\2\1", unicodedata.normalize("NFC", text))
        if code in _DOTLESS:
            text = text.replace("I", "ı").replace("İ", "i")
        first: list[int] = []
        second: list[tuple[int, str]] = []
        small = text.lower()
        for short, whole in doubled:
            small = small.replace(short, whole)
        for piece in pieces.findall(small):
            for place, within, marks in [(*known[piece], "")] if piece in known else weighed(piece):
                if place < 0 and second:
                    second[-1] = (second[-1][0], second[-1][1] + marks)
                elif place >= 0:
                    first.append(place)
                    second.append((within, marks))
        return first, second, [c.isupper() for c in text]

    return key

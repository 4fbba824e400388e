"""Finds where a sentence ends: full stops of every script, and abbreviations that end with one, as data for each
language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).with_name("abbreviations")
"""A file for each language, such as ``en.txt``: abbreviations with spaces between, each with its full stop. One that
ends with ``+`` instead counts only before a number. The word ``ordinals`` says that a number with a full stop is an
ordinal."""
_SPACED = ".!?"
"""Characters that end a sentence where a blank follows."""
_STOPS = "。．｡।॥۔։።။។៕᠃᠉᱾᱿꓿꘎꛳꣎꤯꧉꩝꯫܁܂߹᭞᭟"
"""Full stops and dandas of other scripts, out of those with the Unicode property Sentence_Terminal. Nothing has to
follow them."""
_OTHERS = "！？؟՞՜‼⁇⁈⁉"
"""Question and exclamation marks of other scripts."""
_CLOSING = "\"')]}»”’“‘›〉》」』】）］｝"
_OPENING = "\"'([{«“‘„‚‹〈《「『【（［｛¿¡"
_INNER = re.compile(
    rf"(?P<word>\S*?)(?:[{_SPACED}]+[{re.escape(_CLOSING)}]*\s+|[{_STOPS}{_OTHERS}]+[{re.escape(_CLOSING)}]*\s*)"
    rf"(?=(?P<next>[{re.escape(_OPENING)}]*\S))"
)
_MAYBE = re.compile(rf"[{_SPACED}][{re.escape(_CLOSING)}]*\s|[{_STOPS}{_OTHERS}]")
"""Every match of _INNER contains this. Searching for this first is much faster."""
_NUMBER = re.compile(r"\d|[IVXLC]+\b")


class Abbreviations(Struct, frozen=True):
    """The abbreviations of a language, in lower case, without the full stop."""

    always: frozenset[str]
    before_numbers: frozenset[str]
    ordinals: bool


@cache
def abbreviations(language: str) -> Abbreviations:
    """Return the abbreviations of ``language``, a code such as ``en`` or ``sr-Latn``; those of all languages where it
    has no file."""
    paths = [FOLDER / f"{language.partition('-')[0]}.txt"]
    if not paths[0].is_file():
        paths = sorted(FOLDER.glob("*.txt"))
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    words = " ".join(lines).lower().split()
    return Abbreviations(
        frozenset(word[:-1] for word in words if word.endswith(".")),
        frozenset(word[:-1] for word in words if word.endswith("+")),
        "ordinals" in words,
    )


def has_words(text: str) -> bool:
    """Return whether ``text`` holds a letter of any script."""
    return any(map(str.isalpha, text))


def ends(text: str) -> bool:
    """Return whether ``text`` ends with a full stop of any script, which quotation marks and brackets may follow."""
    return text.rstrip(_CLOSING).endswith((".", *_STOPS))


def second(text: str, language: str) -> tuple[int, int] | None:
    """Return where in ``text`` the first sentence ends and the second begins; None where there is only one."""
    if not _MAYBE.search(text):
        return None
    known = abbreviations(language)
    for found in _INNER.finditer(text):
        if _begins(found["next"][-1]) and not _is_abbreviation(found, text, known):
            return found.start(), found.start("next")
    return None


def _begins(char: str) -> bool:
    """Return whether a sentence can begin with ``char``: a digit, or a letter that is not in lower case."""
    return char.isdigit() or (char.isalpha() and not char.islower())


def _is_abbreviation(found: re.Match[str], text: str, known: Abbreviations) -> bool:
    """Return whether the full stop that was found belongs to the word before it."""
    word = found["word"].lstrip(_OPENING)
    if text[found.end("word")] != ".":
        return False
    if "." in word or (len(word) == 1 and word.isalpha()):
        return True  # U.S., or an initial
    if word.isdigit():
        return known.ordinals and len(word) < 4
    plain = word.lower().rpartition("–")[2]
    number = _NUMBER.match(text, found.end("next") - 1)
    if plain in known.always or (number and plain in known.before_numbers):
        return True
    return len(word) <= 4 and word[:1].isupper() and word[1:].islower()  # Lt., and the like in any language

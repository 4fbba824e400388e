"""Finds where a sentence ends.

The marks are Unicode's (property Sentence_Break=STerm); which full stop belongs to an abbreviation, and which words
begin sentences, is data for each language. docs/decisions/sentences.md says why this is no library.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).with_name("sentence_words")
"""A file for each language, such as ``en.toml``: ``never`` are abbreviations whose full stop ends no sentence,
``before_numbers`` those that are abbreviations before a number only, ``may_end`` those that end a sentence where one of
the ``openers`` follows: words that have a capital letter at the beginning of a sentence alone. An abbreviation with a
capital letter counts only so. ``ordinals`` says that a number with a full stop is an ordinal, ``also`` names languages
whose abbreviations stand in texts of this one."""
_SPACED = ".!?…"
"""Characters that end a sentence where a blank follows."""
_STOPS = "։؝؞۔܀܁܂࠷࠹࠽࠾।॥။።፨᙮᜶។៕᠃᠉᪨᪩᪪᪫᭎᭏᭚᭛᭞᭟᭽᭾᭿᰻᰼᱾᱿⳹⸼。꓿꘎꛳꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫︒｡།．﹒𑅁𑅂"
"""Full stops and dandas of other scripts, without what is rather a comma. Nothing has to follow them."""
_ASKS = "؟߹፧᥄᥅‼‽⁇⁈⁉⳺⳻⸮⹓⹔꘏꛷︕︖﹖﹗！？𑅃"
"""Question and exclamation marks of other scripts."""
_CLOSING = "\"')]}»”’“‘›〉》」』】）］｝"
_OPENING = "\"'([{«“‘„‚‹“〈《「『【（［｛¿¡"
_GREEK = ";\u037e·\u0387"
"""Characters that end a sentence of Greek where a blank and a capital letter follow: it asks with ``;``."""


def _inner(spaced: str) -> re.Pattern[str]:
    """Return a pattern for where a sentence may end inside a text, with a blank after the marks ``spaced``."""
    return re.compile(
        rf"(?:[{spaced}]+(?P<closed>[{re.escape(_CLOSING)}]*)\s+|[{_STOPS}{_ASKS}]+(?P<shut>[{re.escape(_CLOSING)}]*)\s*)"
        rf"(?P<opened>[{re.escape(_OPENING)}]*)(?P<next>\w)"
    )


_INNER = _inner(_SPACED)
_INNER_GREEK = _inner(_SPACED + _GREEK)
_MARKED = frozenset("Yahoo! Yum! Jeopardy! Guess? Oliver! Ho! Panic! Bing! Mamma! Hey!".split())
_COMPANY = frozenset("inc corp ltd llc co plc gmbh ag sa se nv bv kk brands japan ооо ао тоо жшс".split())
"""Names that hold a mark, and words that only go on with the name of a company."""
_OF = re.compile(r"(?:Von|Vom|Zu)\s+[^\W\d_]")
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_ROMAN = re.compile(r"[IVXLC]+")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,5}[.-]+)+[^\W\d_]{1,5}")
"""Letters with full stops between them: U.S, т.е, инж.-техн; no number, and no address of a site."""
_WORD = re.compile(r"\w+")
_VOWELS = frozenset("aeiouyæœøıаеёиоуыэюяіїєәөұүѵ")


class Words(Struct, frozen=True):
    """The abbreviations of a language, without the full stop, and the words that begin its sentences."""

    never: frozenset[str]
    before_numbers: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    ordinals: bool


@cache
def _files() -> dict[str, dict[str, frozenset[str]]]:
    """Return the lists of every file by the code of its language, each abbreviation without its last full stop."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        texts = {name: value.split() for name, value in told.items() if isinstance(value, str)}
        found[path.stem] = {name: frozenset(w.removesuffix(".") for w in listed) for name, listed in texts.items()}
        found[path.stem]["also"] = frozenset(told.get("also", ()))
        if told.get("ordinals"):
            found[path.stem]["ordinals"] = frozenset({"yes"})
    return found


@cache
def words(language: str) -> Words:
    """Return the words of ``language``, a code such as ``en`` or ``sr-Latn``.

    Abbreviations of other scripts count too, because a text that names a street in Moscow writes it so. A language
    without a file has those of all, and no openers: what is not known is rather let through than refused.
    """
    files = _files()
    own = files.get(language.partition("-")[0], {})
    script = _scripts(own.get("never", ()))
    others = [file for code, file in files.items() if code in own.get("also", ()) or not own]

    def gathered(name: str) -> frozenset[str]:
        foreign = {w for file in files.values() for w in file.get(name, ()) if script.isdisjoint(_scripts([w]))}
        return own.get(name, frozenset()).union(foreign, *(file.get(name, ()) for file in others))

    return Words(
        gathered("never"),
        gathered("before_numbers"),
        gathered("may_end"),
        own.get("openers", frozenset()),
        not own or "ordinals" in own,
    )


def _scripts(texts: Iterable[str]) -> set[str]:
    """Return the scripts of the letters in ``texts``, as Unicode names them: LATIN, CYRILLIC."""
    return {unicodedata.name(c, "").partition(" ")[0] for text in texts for c in text if c.isalpha()}


def has_words(text: str) -> bool:
    """Return whether ``text`` holds a letter of any script."""
    return any(map(str.isalpha, text))


def ends(text: str) -> bool:
    """Return whether ``text`` ends with a full stop of any script, which quotation marks and brackets may follow."""
    return text.rstrip(_CLOSING).endswith((".", *_STOPS))


def second(text: str, language: str) -> tuple[int, int] | None:
    """Return where in ``text`` the first sentence ends and the second begins; None where there is only one."""
    known = words(language)
    inner = _INNER_GREEK if language.partition("-")[0] == "el" else _INNER
    for found in inner.finditer(text):
        word = text[: found.start()].rsplit(None, 1)[-1:] or [""]
        if _begins(found, word[0]) and not _is_abbreviation(found, word[0], known):
            return found.start() - len(word[0]), found.start("next")
    return None


def _begins(found: re.Match[str], word: str) -> bool:
    """Return whether a sentence can begin after ``word`` and a mark: with a digit, or a letter that is not a small one.

    A script without capitals cannot show that a quotation goes on after its mark (「灯が消えた。」と言った), so there a
    mark inside closing signs ends nothing, but where another quotation begins.
    """
    char = found["next"]
    if char.isdigit():
        return found["shut"] is None or not word[-1:].isdigit()  # ３．５
    if not char.isalpha() or char != char.title():
        return False
    caseless = char.lower() == char
    return not caseless or bool(found["opened"]) or not (found["closed"] or found["shut"])


def _is_abbreviation(found: re.Match[str], word: str, known: Words) -> bool:
    """Return whether the full stop that was found belongs to the ``word`` before it."""
    text, start = found.string, found.start("next")
    if found[0][0] in "!?":
        following = _WORD.match(text, start)
        return word + found[0][0] in _MARKED or bool(following and following[0].lower() in _COMPANY)
    if found[0][0] != "." or found[0][1] == ".":
        return False
    word = word.lstrip(_OPENING).rpartition("–")[2]
    if _holds(word, known.never):
        return True
    if _holds(word, known.before_numbers) and _NUMBER.match(text, start):
        return True
    if known.ordinals and _ROMAN.fullmatch(word) and (of := _OF.match(text, start)) and of[0][-1].isupper():
        return True  # Ludwig II. Von Bayern
    return _short(word, known) and not _opens(text, start, known)


def _holds(word: str, among: frozenset[str]) -> bool:
    """Return whether an abbreviation is ``among`` those of a list, where small letters stand for large ones too."""
    return word in among or word.lower() in among


def _short(word: str, known: Words) -> bool:
    """Return whether ``word`` can be an abbreviation that may stand at the end of a sentence: one that is listed, an
    initial, letters with full stops between, an ordinal, or a word without a vowel, in any language."""
    if word.isdigit() or _ROMAN.fullmatch(word):
        return (known.ordinals and len(word) < 4) or (len(word) == 1 and word.isalpha())
    if _holds(word, known.may_end) or _DOTTED.fullmatch(word) or (len(word) == 1 and word.isalpha()):
        return True
    letters = unicodedata.normalize("NFD", word.lower())
    cased = 1 < len(word) <= 4 and word.isalpha() and word[1:].islower() and word.title() != word.lower()
    return cased and _VOWELS.isdisjoint(letters)


def _opens(text: str, start: int, known: Words) -> bool:
    """Return whether the word at ``start`` begins a sentence: one that has no capital letter anywhere else."""
    found = _WORD.match(text, start)
    if not found or not found[0][0].isupper():
        return False
    initial = len(found[0]) == 1 and text.startswith(".", found.end())
    return found[0].lower() in known.openers and not initial

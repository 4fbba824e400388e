"""Computes the keys that a text is found by: its words folded, and their stems folded.

A word has its own key and that of each of its stems, so that an inflected form finds the others, and the form that was
typed still ranks first. The letters of a word decide its stemmer, because a query has no language: Latin letters take
Snowball's English stemmer, Cyrillic ones its Russian stemmer. A language without a Snowball stemmer uses the endings in
``words.txt``: for words with letters that it alone has, and for every word of a text that is known to be in it. The
theme's ``assets/search.js`` does the same with a query, and a test compares the keys of the two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

import snowballstemmer

from factbook.search import fold

ENDED = "kk"
"""The language whose endings are listed here, because Snowball has no stemmer for it."""
LEAST = 4
"""Letters of a word at least that can lose an ending."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ITS_OWN = re.compile("[әғқңөұүһі]")
_LATIN = re.compile("[a-z]+")
_GROUPED = re.compile(r"([0-9])[,\u00a0\u202f]([0-9]{3})(?![0-9])")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_DESIGNATION = re.compile(r"(?<![\w-])([^\W\d_]{1,3})[-\u2010\u2011]([0-9]+)(?![\w-])")
_SERIES = re.compile(r"(?<![\w-])([^\W\d_]{1,3})[-\u2010\u2011]?([0-9]+)[^\W\d_]{1,3}(?![\w-])")
"""A designation of a variant: F-16C is an F-16."""
_IZE = re.compile("iz$")
"""An end of a stem that British spelling writes otherwise."""
_PLURAL = re.compile("(?<=..)ie[sd]$")
_INFLECTED = re.compile("(?<=.{4})(?:ings?|e?d|e?s|e)$")
_DOUBLED = re.compile(r"(?<=.{3})(.)\1$")
_WORD = re.compile(r"[^\W_]+")
_HYPHENATED = re.compile(r"(?<![\w-])[^\W_]+(?:[-\u2010\u2011][^\W_]+)+")


@lru_cache(maxsize=1)
def lists() -> dict[str, tuple[str, ...]]:
    """Return the lists of ``words.txt`` by their names, each word once."""
    found: dict[str, list[str]] = {}
    row: list[str] = []
    for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            row = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            row += line.split()
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return words of any language that no text is found by, in lower case and not folded."""
    return frozenset(word for name, words in lists().items() if not name.endswith("-endings") for word in words)


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """Return the endings of that language, the longest first: those of one length in the order of the list."""
    return tuple(sorted(lists()[f"{ENDED}-endings"], key=len, reverse=True))


@lru_cache(maxsize=1)
def _stemmers() -> tuple[snowballstemmer.stemmer, snowballstemmer.stemmer]:
    return snowballstemmer.stemmer("english"), snowballstemmer.stemmer("russian")


def whole(text: str) -> str:
    """Return a text with numbers without separators, acronyms without dots and designations without hyphens: ``1,410``
    and ``1410``, ``U.N.`` and ``UN``, ``F-16`` and ``F16`` are one word."""
    text = _DESIGNATION.sub(r"\1\2", _GROUPED.sub(r"\1\2", _GROUPED.sub(r"\1\2", text)))
    return _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)


def capitals(text: str) -> set[str]:
    """Return the words of a text that are written in capitals alone, in lower case: an acronym may be spelt like a stop
    word."""
    return {word.lower() for word in _WORD.findall(whole(text)) if len(word) > 1 and word.isupper()}


def light(word: str) -> str:
    """Return an English word without its inflection alone: "accession" stays, where its stem is that of "access" too.

    Words in other letters stay as they are; what Snowball and the listed endings take off those is inflection.
    """
    if not _LATIN.fullmatch(word):
        return word
    return _DOUBLED.sub(r"\1", _INFLECTED.sub("", _PLURAL.sub("y", word))).replace("iz", "is")


def inflections(word: str, ended: bool = False) -> list[str]:
    """Return the stems of a word from which nothing but its inflection is gone."""
    own = fold.folded(light(word))
    found = stems(word, ended)
    return [stem for stem in found if fold.folded(light(stem)) == own] if _LATIN.fullmatch(word) else found


@lru_cache(maxsize=1 << 17)
def of_word(word: str, ended: bool = False) -> tuple[str, ...]:
    """Return the keys of one word of ``fold.plain``, its own first; none where it folds to nothing.

    ``ended`` says that the word is in a text of the language whose endings are listed.
    """
    own = fold.folded(word)
    if not own:
        return ()
    return tuple(dict.fromkeys((own, *filter(None, map(fold.folded, stems(word, ended))))))


def stems(word: str, ended: bool = False) -> list[str]:
    """Return the stems of a word in lower case: one by Snowball, or each shorter form that the listed endings leave."""
    if len(word) < LEAST:
        return []
    english, russian = _stemmers()
    if _LATIN.fullmatch(word):
        return [_IZE.sub("is", english.stemWord(word))]
    if not _CYRILLIC.search(word):
        return []
    if _ITS_OWN.search(word):
        return _shortened(word)
    return [russian.stemWord(word), *(_shortened(word) if ended else ())]


def _shortened(word: str) -> list[str]:
    """Return a word without its last ending, without the one before it, and so on, down to LEAST letters."""
    found = []
    for _ in range(4):
        ending = next((e for e in _endings() if word.endswith(e) and len(word) - len(e) >= LEAST), None)
        if ending is None:
            break
        word = word[: -len(ending)]
        found.append(word)
    return found


def of_text(text: str, language: str = "", joined: Collection[str] = (), longest: int = 2) -> Iterator[str]:
    """Yield every key of a text, without stop words; repeated ones are yielded again.

    ``language`` is that of the text where it is known. A variant is found by the designation that it is one of.
    Words joined by a hyphen are also one word, and so are up to ``longest`` neighbours that make a word of ``joined``
    (in lower case): "peacekeeping" finds a text that has "peace keeping".
    """
    ended = language == ENDED
    plain = words_of(text)
    stop, acronyms = stop_words(), capitals(text)
    for word in plain:
        if word not in stop or word in acronyms:
            yield from of_word(word, ended)
    for compound in compounds(text):
        yield from of_word(compound, ended)
    for type_, number in _SERIES.findall(text):
        yield from of_word(f"{type_}{number}".lower(), ended)
    if joined:
        for first in range(len(plain) - 1):
            whole = plain[first]
            for other in plain[first + 1 : first + longest]:
                whole += other
                if whole in joined:
                    yield from of_word(whole, ended)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents, numbers whole."""
    return fold.plain(whole(text))


def compounds(text: str) -> list[str]:
    """Return the words of a text that hyphens join, without the hyphens."""
    return ["".join(fold.plain(found)) for found in _HYPHENATED.findall(text)] if "-" in text or "‑" in text else []

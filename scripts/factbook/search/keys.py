"""The keys that a text is found by: its words folded, and their stems folded.

A word gives its own key and that of each of its stems, so that an inflected form finds the others and the form that
was typed still stands first. Which stemmer a word takes follows from its letters, because a reader's query has no
language: Latin letters take Snowball's English stemmer, Cyrillic ones its Russian stemmer. A language that Snowball has
no stemmer for takes the endings in ``words.txt``: the words with letters that it alone has, and every word of a text
that is known to be in it. ``assets/search.js`` of the theme does the same to what is typed, and a test holds the two to
the same keys.
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
"""A shorter word has no ending to lose."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ITS_OWN = re.compile("[әғқңөұүһі]")
_LATIN = re.compile("[a-z]+")
_GROUPED = re.compile(r"([0-9])[,\u00a0\u202f]([0-9]{3})(?![0-9])")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_IZE = re.compile("iz$")
"""What British spelling writes otherwise at the end of a stem."""
_WORD = re.compile(r"[^\W_]+")
_HYPHENATED = re.compile(r"(?<![\w-])[^\W_]+(?:[-\u2010\u2011][^\W_]+)+")


@lru_cache(maxsize=1)
def lists() -> dict[str, tuple[str, ...]]:
    """The lists of ``words.txt`` by their names, each word once."""
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
    """Words of any language that no text is found by, in small letters and not folded."""
    return frozenset(word for name, words in lists().items() if not name.endswith("-endings") for word in words)


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """The endings of that language, the longest first: those of one length in the order of the list."""
    return tuple(sorted(lists()[f"{ENDED}-endings"], key=len, reverse=True))


@lru_cache(maxsize=1)
def _stemmers() -> tuple[snowballstemmer.stemmer, snowballstemmer.stemmer]:
    return snowballstemmer.stemmer("english"), snowballstemmer.stemmer("russian")


def whole(text: str) -> str:
    """A text whose numbers have no signs between their thousands and whose acronyms have no dots: ``1,410`` and
    ``1410``, ``U.N.`` and ``UN`` are one word."""
    text = _GROUPED.sub(r"\1\2", _GROUPED.sub(r"\1\2", text))
    return _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)


def capitals(text: str) -> set[str]:
    """The words of a text written in capitals alone, in small letters: an acronym may be spelt like a stop word."""
    return {word.lower() for word in _WORD.findall(whole(text)) if len(word) > 1 and word.isupper()}


@lru_cache(maxsize=1 << 17)
def of_word(word: str, ended: bool = False) -> tuple[str, ...]:
    """The keys of one word that ``fold.plain`` gave, its own first; none where it folds to nothing.

    ``ended`` says that the word stands in a text of the language whose endings are listed.
    """
    own = fold.folded(word)
    if not own:
        return ()
    return tuple(dict.fromkeys((own, *filter(None, map(fold.folded, stems(word, ended))))))


def stems(word: str, ended: bool = False) -> list[str]:
    """The stems of a word in small letters: one by Snowball, or each shorter form that listed endings leave."""
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
    """A word without its last ending, without the one before it, and so on, as long as LEAST letters are left."""
    found = []
    for _ in range(4):
        ending = next((e for e in _endings() if word.endswith(e) and len(word) - len(e) >= LEAST), None)
        if ending is None:
            break
        word = word[: -len(ending)]
        found.append(word)
    return found


def of_text(text: str, language: str = "", joined: Collection[str] = (), longest: int = 2) -> Iterator[str]:
    """Every key of a text, stop words left out, repeated ones again.

    ``language`` is the text's own where it is known. Words that a hyphen joins are found as one word too, and so are up
    to ``longest`` neighbours that make a word of ``joined`` (in small letters): who wrote "peace keeping" is found by
    "peacekeeping".
    """
    ended = language == ENDED
    plain = words_of(text)
    stop, acronyms = stop_words(), capitals(text)
    for word in plain:
        if word not in stop or word in acronyms:
            yield from of_word(word, ended)
    for compound in compounds(text):
        yield from of_word(compound, ended)
    if joined:
        for first in range(len(plain) - 1):
            whole = plain[first]
            for other in plain[first + 1 : first + longest]:
                whole += other
                if whole in joined:
                    yield from of_word(whole, ended)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters and without accents, numbers whole."""
    return fold.plain(whole(text))


def compounds(text: str) -> list[str]:
    """The words of a text that hyphens join, without the hyphens."""
    return ["".join(fold.plain(found)) for found in _HYPHENATED.findall(text)] if "-" in text or "‑" in text else []

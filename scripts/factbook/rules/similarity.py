"""Finds texts that are almost the same: how alike two are, and which pairs of many are worth comparing."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from operator import xor
from zlib import crc32

MOST_MET = 40
"""With how many texts that share a rare run of words each further text is compared."""
_STOPS = bytes(b" "[0] if chr(b) in ".,;:!?()[]\"'/-" else b for b in range(256))
"""A translation table: ASCII punctuation becomes a space; the bytes of other characters stay as they are."""
_PUNCTUATION = re.compile(r"[^\w\s]")


def _words(text: str) -> list[int]:
    """Return the words of ``text``, each as a number.

    Unicode's forms of one letter, kinds of blanks, quotation marks and dashes make no difference.
    """
    if not text.isascii():
        text = _PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text))
    return [*map(crc32, text.lower().encode().translate(_STOPS).split())]


def word_pairs(text: str) -> frozenset[int]:
    """Return the pairs of neighbouring words in ``text``, each as a number; the word itself where there is only one."""
    words = _words(text)
    return frozenset([*map(xor, words, words[1:])] or words)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the Jaccard index of two sets of word pairs: the share of all their pairs that both have, from 0 to 1."""
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


def _runs(text: str) -> array[int]:
    """Return the runs of three words in ``text``, each as a number; the words themselves where there are fewer."""
    words = _words(text)
    return array("I", {*map(xor, map(xor, words, words[1:]), words[2:])} or words)


class _Counts:
    """How often each number occurs, up to 255, at most: numbers that share a slot are counted together.

    A dictionary of the runs of 100,000 texts would take some 200 megabytes; this takes eight.
    """

    def __init__(self, numbers: Mapping[str, array[int]]) -> None:
        self.size = 1 << (2 * sum(map(len, numbers.values()))).bit_length()  # two slots a number: few are shared
        self.counts = bytearray(self.size)
        for number in chain.from_iterable(numbers.values()):
            slot = number % self.size
            if self.counts[slot] < 255:
                self.counts[slot] += 1

    def __getitem__(self, number: int) -> int:
        return self.counts[number % self.size]


def candidates(texts: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each text that may be almost the same as earlier ones, its name and a short list of their names.

    The method is prefix filtering (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data
    cleaning", ICDE 2006; Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007). Texts that share
    four fifths of their word pairs share at least ``least`` of their runs of three words. If the runs of each are
    sorted by one order, the rarest first, two such texts share one of their first ``len - least + 1``, so only those
    prefixes are indexed and looked up. A text most of whose runs occur nowhere else has no candidates.
    """
    runs = {name: _runs(text) for name, text in texts.items()}
    often = _Counts(runs)
    indexed: dict[int, list[str]] = defaultdict(list)
    for name, own in runs.items():
        least = max(1, len(own) * 3 // 4 - 1)
        common = [run for run in own if often[run] > 1]
        if len(common) < least:
            continue
        prefix = sorted(common, key=lambda run: (often[run], run))[: len(common) - least + 1]
        met = dict.fromkeys(other for run in prefix for other in indexed[run][:MOST_MET])
        for run in prefix:
            indexed[run].append(name)
        if met:
            yield name, list(met)

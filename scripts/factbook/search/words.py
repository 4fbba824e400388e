"""The words of all documents: the keys of each text, computed once, and the words that occur."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from factbook.model.archive import Archive
from factbook.model.records import spellings
from factbook.search import fold, keys
from factbook.search.fields import CLAIM, MIDDLE, WHOLE, Field

MOST_ALIKE = 300
"""Organizations whose names and acronyms are synonyms: those with the most facts. More would make the index large."""
MOST_WORDS = 5
"""Words of a synonym at most: nobody types a longer name as a phrase."""
SELDOM = 20
"""How many times as often another spelling of a word is met, where a spelling is taken for a slip."""
PHRASE = 2
"""Neighbouring words that may be written as one word, unless a synonym has more."""


def alike(archive: Archive) -> list[tuple[str, ...]]:
    """Return groups of words that mean the same: synonyms of the archive, and names of organizations and countries."""
    used = sorted(archive.organizations, key=lambda name: -len(archive.by_organization.get(name, ())))
    groups = list(archive.synonyms)
    for name in used[:MOST_ALIKE]:
        organization = archive.organizations[name]
        if organization.acronyms:
            groups.append(tuple(n.text for n in (*organization.acronyms, *organization.names)))
    words = archive.vocabulary["countries"].values()
    groups += [(word.label, *(text for _, text in spellings(archive.vocabulary, word))) for word in words]
    short = (tuple(text for text in group if len(keys.words_of(text)) <= MOST_WORDS) for group in groups)
    return [group for group in short if len(group) > 1]


class Words:
    """The keys of texts, each computed once, and the words that occur in them."""

    def __init__(self, synonyms: Sequence[Sequence[str]] = ()) -> None:
        self.counts: Counter[str] = Counter()
        self.named: set[str] = set()
        self.phrases = {"".join(plain) for group in synonyms for text in group if len(plain := keys.words_of(text)) > 1}
        self.longest = max([PHRASE, *(len(keys.words_of(text)) for group in synonyms for text in group)])
        self._made: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {}
        self._joined: frozenset[str] = frozenset()
        self.know((text for group in synonyms for text in group), named=True)

    def know(self, texts: Iterable[str], named: bool = False) -> None:
        """Count the words of texts; ``named`` says that they are names. It comes before ``of``: words joined in one
        text may be separate in another."""
        for text in texts:
            found = [*keys.words_of(text), *keys.compounds(text)]
            self.counts.update(found)
            if named:
                self.named.update(found)

    def of(self, field: Field) -> tuple[tuple[str, ...], int]:
        """Return the keys of a field, and the number of its words that are no stop words."""
        if not self._joined:
            self._joined = frozenset(self.phrases | self.counts.keys())
        made = self._made.get((field.text, field.language))
        if made is None:
            found = tuple(dict.fromkeys(keys.of_text(field.text, field.language, self._joined, self.longest)))
            words = sum(w not in keys.stop_words() for w in keys.words_of(field.text))
            made = self._made[field.text, field.language] = found, max(words, 1)
        return made

    def by_length(self) -> dict[int, list[str]]:
        """Return the words that occur by the length of their folded form, most frequent first: that form, and after a
        space the word as it is written where that is another."""
        found: dict[str, str] = {}
        for word in sorted(self.counts, key=lambda w: (-self.counts[w], w)):
            if word not in keys.stop_words() and (own := fold.folded(word)):
                found.setdefault(own, word)
        lines: dict[int, list[str]] = defaultdict(list)
        for own, word in found.items():
            lines[len(own)].append(own if own == word else f"{own} {word}")
        return dict(sorted(lines.items()))

    def forms(self) -> dict[str, str]:
        """Return for each key how the words are written that have it, the most frequent first, where that is another
        than the key itself: a word, ``~`` before one that is SELDOM so written and in no name, ``.`` before what is
        left, without their inflection, of words whose stem has the key."""
        words: dict[str, Counter[str]] = defaultdict(Counter)
        lights: dict[str, dict[str, None]] = defaultdict(dict)
        for word, count in sorted(self.counts.items()):
            if word in keys.stop_words() or not (own := fold.folded(word)):
                continue
            words[own][word] = count
            for stem in keys.stems(word, ended=True):
                lights[fold.folded(stem)][keys.light(word) if word.isascii() else stem] = None
        found: dict[str, str] = {}
        for key in words.keys() | lights.keys():
            row = [w for w, _ in words[key].most_common()]
            most: dict[bool, int] = {}
            for word in row:
                most.setdefault(word.isascii(), words[key][word])
            seldom = {w for w in row if words[key][w] * SELDOM < most[w.isascii()]} - self.named
            told = [f"~{w}" if w in seldom else w for w in row]
            told += [f".{form}" for form in lights[key] if form not in row]
            if told not in ([key], [f".{key}"]):
                found[key] = " ".join(told)
        return found

    def terms(self, fields: Iterable[Field]) -> dict[str, int]:
        """Return the keys of a document, each with its highest weight in any field."""
        found: dict[str, int] = {}
        for field in fields:
            if field.text:
                row, words = self.of(field)
                weight = field.weight
                if field.power == WHOLE:
                    weight = max(CLAIM, round(weight / words**WHOLE))
                elif field.power:
                    weight = round(weight * (MIDDLE / max(words, MIDDLE // 4)) ** field.power)
                for key in row:
                    if found.get(key, 0) < weight:
                        found[key] = weight
        return found

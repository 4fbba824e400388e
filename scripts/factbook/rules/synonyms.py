"""Rules for the words that mean the same to who searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factbook.rules.problem import Finding
from factbook.rules.register import rule
from factbook.text import show

FILE = "synonyms.yaml"


@rule(scope="file")
def synonym_twice(groups: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """A word must not stand twice among the synonyms.

    In one group the second says nothing; in two groups it would make all words of both mean the same.
    """
    first: dict[str, int] = {}
    for at, group in enumerate(groups):
        for n, text in enumerate(group):
            word = " ".join(text.split()).casefold()
            if word in first:
                same = "this group" if first[word] == at else f"the group of {show(groups[first[word]][0])}"
                yield Finding(
                    path=FILE,
                    pointer=("synonyms", at, n),
                    message="this word stands among the synonyms already",
                    value=show(text),
                    hint=f"It is in {same}. Put both groups into one, or take it out of one.",
                )
            first.setdefault(word, at)

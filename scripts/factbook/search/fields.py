"""The description of a kind of document: the texts it is found by with their weights, its row, and its filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.pages.kinds import Pages

MOST_TEXT = 240
"""Letters of a text that are kept, to show the words that were found in it."""
NAME, HEADING, CLAIM, TEXT, ABOUT, ASIDE = 15, 12, 7, 3, 3, 1
"""Weights of a word: in a name of one word, in such a heading of a written page, in a claim or title, in a description,
in what a record is about, and anywhere else."""
WHOLE, LONG = 0.5, 0.2
"""Powers by which a word counts less in longer names, and in longer claims and titles (see ``Field``)."""
MIDDLE = 12
"""Words of a claim of medium length, of which each counts CLAIM."""


class Field(Struct, frozen=True):
    """A text that a document is found by: the weight of a word of it (1 to 15), and its language where it is known.

    With a ``power``, the weight is divided by the number of words to that power: one word of a name of five says less
    than the only one (1/2), and a short claim is nearer to the query than a long one.
    """

    weight: int
    text: str
    language: str = ""
    power: float = 0


class Row(Struct, frozen=True, array_like=True):
    """A document as a result, in one language of the site.

    ``address`` is relative to the folder of that language; ``language`` is that of the title where it is another.
    ``status`` is a key among the statuses of ``edition``: a fact's status, or that of a source's kind. ``texts`` are
    (language or empty, text), of which the one with the words of the query is shown.
    """

    address: str
    title: str
    language: str
    about: str
    status: str
    texts: tuple[tuple[str, str], ...]


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of document. ``label`` is its name in the index; ``factor`` multiplies its score; ``named``: it is
    searched by its name.

    ``ids`` lists the documents; ``fields`` yields the texts that one is found by, in every language of the site at
    once; ``row`` returns its row; ``filters`` yields (filter, value as recorded).
    """

    label: str
    factor: float
    named: bool = False
    ids: Callable[[Pages], Iterable[str]]
    fields: Callable[[Sequence[Pages], str], Iterator[Field]]
    row: Callable[[Pages, str], Row]
    filters: Callable[[Archive, str], Iterator[tuple[str, str]]]
    weak: Callable[[Archive, str], bool] = lambda archive, name: False


def cut(text: str, most: int = MOST_TEXT) -> str:
    """Return the beginning of a text, in whole words, with an ellipsis where something is left out."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0].rstrip(",;:") + " …"


def row_texts(*texts: tuple[str, str], page: str) -> tuple[tuple[str, str], ...]:
    """Return the texts of a row, (language, text), without empty ones; the language is empty where it is that of the
    page."""
    return tuple(("" if language == page else language, cut(text)) for language, text in texts if text)

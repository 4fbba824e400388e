"""What a kind of document is: the texts it is found by and how much they count, its line, and its filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from factbook.model.archive import Archive
from factbook.pages.kinds import Pages

MOST_TEXT = 240
"""Letters of a text that are kept to show where the words stand in it."""
NAME, CLAIM, TEXT, ABOUT, ASIDE = 15, 7, 3, 3, 1
"""How much a word counts in a name of one word, in a claim or title, in a description, as what a record is about, and
anywhere else."""
WHOLE, LONG = 0.5, 0.2
"""How fast a word counts less in longer names, and in longer claims and titles."""
MIDDLE = 12
"""Words of a claim of which each counts what CLAIM says."""


class Field(Struct, frozen=True):
    """A text that a document is found by: how much a word of it counts (1 to 15), and its language where it is known.

    With a ``power``, a word counts the less the more words the text has, whose number is raised to it: one word of a
    name of five says less than the only one (1/2), and a short claim is nearer to what was asked than a long one.
    """

    weight: int
    text: str
    language: str = ""
    power: float = 0


class Row(Struct, frozen=True, array_like=True):
    """A found document as it is shown in one language of the site.

    ``address`` is relative to the folder of that language, ``language`` that of the title where it is another,
    ``status`` what is said of it, as a key among the statuses of ``edition``: a fact's status, or that of a source's
    kind. ``texts`` are (language or empty, text), of which one is shown with the words that were looked for.
    """

    address: str
    title: str
    language: str
    about: str
    status: str
    texts: tuple[tuple[str, str], ...]


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of document. ``label`` is its name in the index and ``factor`` how its score counts against other kinds;
    ``named`` says that it is looked for by its name.

    ``ids`` lists the documents; ``fields`` gives what one is found by, in every language of the site at once; ``row``
    how it is shown; ``filters`` what the results can be narrowed by, as (filter, value as recorded).
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
    """The beginning of a text, whole words, with an ellipsis where something is left out."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0].rstrip(",;:") + " …"


def shown(*texts: tuple[str, str], page: str) -> tuple[tuple[str, str], ...]:
    """Texts of a row, (language, text), without empty ones; a language that is the page's own need not be said."""
    return tuple(("" if language == page else language, cut(text)) for language, text in texts if text)

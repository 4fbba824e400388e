"""Records that answer out of facts: a question with its answer, and a series of facts that is read as a table."""

from __future__ import annotations

from msgspec import Struct

from factbook.model.entries import Amendment

BRIEF = 60
"""Words up to which an answer is shown whole where questions are listed."""


class Sentence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence of an answer, and the ids of the facts it is based on."""

    text: str
    facts: tuple[str, ...]


class Phrasing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Other words in which the same is asked, and their language."""

    text: str
    language: str


class AnswerTranslation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question and its answer in another language.

    ``weighed`` is the day on which the answer that was translated had been weighed. Where the answer was weighed again
    since, the translation is not shown: it may say something else.
    """

    language: str
    question: str
    weighed: str
    answer: tuple[str, ...] = ()
    unknown: str = ""


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What people ask, with an answer in sentences that each name facts.

    ``unknown`` says what is not known yet; ``weighed`` is the day (ISO) on which the answer was last compared with its
    facts, and ``entries`` how many ledger entries each of ``facts`` had then, as plain digits. ``home`` is its place
    among the questions, 1 first; empty where the number of its facts decides.
    """

    id: str
    path: str
    question: str
    organizations: tuple[str, ...]
    weighed: str
    answer: tuple[Sentence, ...] = ()
    unknown: str = ""
    phrasings: tuple[Phrasing, ...] = ()
    topics: tuple[str, ...] = ()
    home: str = ""
    entries: tuple[str, ...] = ()
    translations: tuple[AnswerTranslation, ...] = ()
    history: tuple[Amendment, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the answer names, each once, in their order."""
        return tuple(dict.fromkeys(fact for sentence in self.answer for fact in sentence.facts))

    @property
    def brief(self) -> tuple[str, bool]:
        """The answer as lists show it, and whether that is all of it: as many whole sentences from its beginning as
        have BRIEF words together, at least one. One sentence alone can be wrong by what it leaves out."""
        said: list[str] = []
        for sentence in self.answer:
            if said and len(" ".join([*said, sentence.text]).split()) > BRIEF:
                break
            said.append(sentence.text)
        return " ".join(said), len(said) == len(self.answer)


class Cell(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One cell of a series. Its row is that of the date ``when`` (EDTF) and of ``row``, a label for where the date does
    not say enough.

    It shows ``text``, and names the fact that says so; or, where nothing was found, the search that looked for it.
    """

    when: str
    column: str
    row: str = ""
    text: str = ""
    fact: str = ""
    search: str = ""


class Series(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts that form a table: chairs by year, missions with their strength by date, votes.

    The columns are in the order of the record, the rows in the order of their dates.
    """

    id: str
    path: str
    title: str
    description: str
    organizations: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    note: str = ""
    history: tuple[Amendment, ...] = ()

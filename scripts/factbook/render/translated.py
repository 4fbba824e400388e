"""What of an archive's own texts is translated into a language: the texts of its records, and how many wait.

Claims and answers bear their translations in their records. Reasons, notes, descriptions and titles are translated in
the PO file of the archive, by the text itself: where a text changes, its translation no longer shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from factbook.model.answers import Series
from factbook.model.archive import Archive
from factbook.model.records import Organization, Record, Source, Statement
from factbook.model.searches import Search
from factbook.render.language import Language

PROSE: dict[type[Struct], tuple[str, ...]] = {
    Statement: ("note",),
    Organization: ("description", "note"),
    Source: ("note",),
    Series: ("title", "description", "note"),
    Search: ("question", "note"),
}
"""The fields of each kind of record that hold sentences for readers, the reasons of its ledger aside."""
MOST = 20
"""Claims that the list of those to be translated next names."""


class Share(Struct, frozen=True, kw_only=True):
    """How many texts of one kind are translated: ``what`` they are, ``done`` of ``total``."""

    what: str
    done: int
    total: int


def texts(record: Record) -> Iterator[str]:
    """Yield every text of a record that readers are told and that a PO file may translate."""
    yield from (text for name in PROSE.get(type(record), ()) if (text := getattr(record, name)))
    yield from (entry.reason for entry in getattr(record, "history", ()))


def shares(archive: Archive, language: Language, text: Callable[[str], str] | None = None) -> list[Share]:
    """Return how much of an archive, as its records have it, is translated into a language.

    ``text`` gives the words for what is counted in the language of the reader, which is ``language`` where it is left
    out.
    """
    text = text or language.text
    facts, organizations = archive.statements.values(), archive.organizations.values()
    texts_of = {
        text("Claims"): [language.translation(f) is not None for f in facts],
        text("Answers"): [language.translated_answer(q) is not None for q in archive.questions.values()],
        text("Reasons of the present status"): [language.knows(f.history[-1].reason) for f in facts],
        text("Notes on facts"): [language.knows(f.note) for f in facts if f.note],
        text("Descriptions of organizations"): [language.knows(o.description) for o in organizations],
        text("Titles of tables"): [language.knows(s.title) for s in archive.series.values()],
    }
    return [Share(what=what, done=sum(known), total=len(known)) for what, known in texts_of.items() if known]


def waits(fact: Statement, language: Language) -> bool:
    """Return whether the claim of a fact, or the reason of its status, is not translated into a language."""
    return language.translates and (language.translation(fact) is None or not language.knows(fact.history[-1].reason))


def next_claims(archive: Archive, language: Language) -> list[Statement]:
    """Return the first MOST facts whose claim or reason waits to be translated: contested ones, then the newest; those
    of low weight last."""

    found = [fact for fact in archive.newest_first if waits(fact, language)]
    return sorted(found, key=lambda fact: (fact.low, not archive.status(fact).has("contested")))[:MOST]

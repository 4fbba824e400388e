"""What of a word may change without an entry in the ledger of the vocabulary, and which records bear a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from factbook.model.archive import Archive
from factbook.model.records import Statement, Word

FREE = {
    "also": "Other spellings are searched for.",
    "icon": "It is a picture of the same word.",
}
"""The fields of a word whose change needs no entry, and why."""
GIVEN = {"meaning": "A word that had none is only explained."}
"""The fields that may be given where nothing stood, and why; its name in a language that had none is one as well."""


def fields_of_word(word: Word) -> Mapping[str, str]:
    """Return what a word says that is held to the ledger, by field, in the order of the file."""
    every = {"label": word.label, "meaning": word.meaning, **word.extra}
    return {field: text for field, text in every.items() if text and field not in FREE}


def changed(before: Mapping[str, str], after: Mapping[str, str], languages: Collection[str]) -> Iterator[str]:
    """Yield the fields in which two states of a word differ by more than may be given without an entry."""
    for field in dict.fromkeys((*before, *after)):
        given = field not in before and (field in GIVEN or field in languages)
        if before.get(field) != after.get(field) and not given:
            yield field


def bearing(archive: Archive, name: str, word: str) -> list[str]:
    """Return the ids of the records that a word of the list ``name`` says something of: facts, or the organizations of
    a kind; none for languages."""
    sources = {s.id for s in archive.sources.values() if word == (s.kind if name == "source_kinds" else s.origin)}
    found: dict[str, Callable[[Statement], bool]] = {
        "statuses": lambda f: word in (f.status, archive.status(f).id),
        "fact_kinds": lambda f: f.kind == word,
        "source_kinds": lambda f: any(r.source in sources for r in f.references),
        "origins": lambda f: any(r.source in sources for r in f.references),
        "stances": lambda f: any(r.stance == word for r in f.references),
        "relations": lambda f: any(r.kind == word for r in f.relations),
        "topics": lambda f: word in f.topics,
        "people": lambda f: word in f.people,
        "countries": lambda f: word in f.countries,
    }
    if name == "organization_kinds":
        return sorted(o.id for o in archive.organizations.values() if o.kind == word)
    bears = found.get(name)
    return sorted(f.id for f in archive.statements.values() if bears(f)) if bears else []

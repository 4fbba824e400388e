"""The rule for what a word of the vocabulary comes to mean: it is entered like a change of a record."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.model.moved import WORDS
from factbook.model.word_ledger import bearing, changed, fields_of_word
from factbook.rules.compare import apart
from factbook.rules.history import Base
from factbook.rules.problem import Finding, Pointer
from factbook.rules.register import rule
from factbook.text import listed, show

MOST = 20
"""Ids of records that one message names."""
HINT = (
    "Add an entry at the end of history in facts/vocabulary.yaml, with a date and a reason, and weigh anew "
    "what no longer stands so."
)


@rule(scope="history", waivable=True)
def word_changed_without_entry(archive: Archive, base: Base) -> Iterator[Finding]:
    """A change of what a word of the vocabulary says, or of what the rules make of it, must have a new entry in the
    history of the vocabulary.

    A word says something of every record that bears it: the evidence that a status asks for, the rank of a kind of
    source. So the message names the records whose meaning changes. Without an entry may change: other spellings and
    the icon; and a meaning, or a name in another language, may be given where there was none.
    """
    if len(archive.words.history) > len(base.archive.words.history):
        return
    languages = {*archive.vocabulary["languages"], *base.archive.vocabulary["languages"]}
    kinds = {name: kind for kind, name in WORDS.items()}
    for name, words in base.archive.vocabulary.items():
        moved = archive.moved_ids[kinds[name]] if name in kinds else {}
        for word in words.values():
            now = archive.vocabulary[name].get(moved.get(word.id, word.id))
            if now is None:
                if bear := bearing(base.archive, name, word.id):
                    yield _silent(
                        archive.words.path,
                        (name,),
                        f"the word {word.id} of {name} is gone",
                        bear,
                        "nothing",
                        word.label,
                    )
                continue
            if now.id != word.id and now.id in words:
                continue  # two words were made one, which the list of moved ids says
            before, after = fields_of_word(word), fields_of_word(now)
            for field in changed(before, after, languages):
                pointer = (name, now.id, field) if field in after else (name, now.id)
                was, new = apart(before.get(field, ""), after.get(field, ""))
                bear = bearing(base.archive, name, word.id)
                yield _silent(
                    archive.words.path, pointer, f"the {field} of {name} {now.id} was changed", bear, new, was
                )


def _silent(path: str, pointer: Pointer, what: str, bear: list[str], value: str, before: str) -> Finding:
    """Return the finding about a word that changed without an entry, which the records ``bear``."""
    of = f"it says something of {len(bear):,}: {listed(bear, MOST)}" if bear else "no record bears it"
    message = f"{what}, and no new entry in the history of the vocabulary says why; {of}"
    allowed = f"{show(before) or 'nothing'} (as before), or a new entry"
    return Finding(path=path, pointer=pointer, message=message, value=value or "nothing", allowed=allowed, hint=HINT)

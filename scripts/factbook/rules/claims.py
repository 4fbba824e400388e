"""Rules for the words of a claim and of its translations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.model.records import Statement
from factbook.rules import sentences
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import show

_MARKUP = re.compile(r"<[a-zA-Z/!?]|`|\]\(|\*\*|__|&#?\w+;|\{\{|\{%|https?://|^\s*(?:#|>|[-*+] )")
_SIGNS = ("<", "`", "]", "*", "_", "&", "{", ":")
_BEGINS = re.compile(r"\s*[#>+-]")
"""Every match of _MARKUP contains one of these or begins so. Searching for these first is much faster."""
_QUOTED = re.compile("[\"'«“„‘‚‹「『].*[\"'»”“’‘›」』][.。]?")
_ASKS = ("?", "？", "؟")
"""The marks that end a question."""
_QUOTES = '"«»“”„‘‚‹›「」『』'


def claims(archive: Archive) -> Iterator[tuple[Statement, Pointer, str, str]]:
    """Yield every claim and every translation of one: the fact, the pointer to the text, the text, and its language."""
    for statement in archive.statements.values():
        yield statement, ("claim",), statement.claim, archive.claims
        for i, translation in enumerate(statement.translations):
            yield statement, ("translations", i, "claim"), translation.claim, translation.language


@rule(scope="record")
def claim_markup(archive: Archive) -> Iterator[Finding]:
    """A claim must be plain text: no HTML, Markdown, template code or address.

    It is shown in many places, each with its own notation.
    """
    for statement, pointer, claim, _ in claims(archive):
        if (any(map(claim.__contains__, _SIGNS)) or _BEGINS.match(claim)) and (match := _MARKUP.search(claim)):
            yield finding(
                statement,
                pointer,
                "the claim contains markup",
                value=show(match[0].strip()),
                hint="Write it in plain words; addresses belong in a source.",
            )


@rule(scope="record")
def claim_without_words(archive: Archive) -> Iterator[Finding]:
    """A claim must have words.

    Full stops and blanks claim nothing.
    """
    for statement, pointer, claim, _ in claims(archive):
        if claim and not sentences.has_words(claim):
            hint = "Write one sentence that can be true or false."
            yield finding(statement, pointer, "the claim has no words", value=show(claim), hint=hint)


@rule(scope="record", waivable=True)
def claim_in_quotation_marks(archive: Archive) -> Iterator[Finding]:
    """A claim must not stand in quotation marks as a whole.

    It is in our own words. What somebody said is a claim of kind statement that says who said it. Curly quotation marks
    from a word processor do not quote a text for YAML; they become a part of it.
    """
    for statement, pointer, claim, _ in claims(archive):
        inner = claim.strip(f"{_QUOTES}'’.。 ")
        if _QUOTED.fullmatch(claim) and inner and not set(inner).intersection(_QUOTES):
            hint = "Take the quotation marks away; straight double ones around the text are YAML's own."
            yield finding(statement, pointer, "the claim stands in quotation marks", value=show(claim), hint=hint)


@rule(scope="record", waivable=True)
def claim_not_one_sentence(archive: Archive) -> Iterator[Finding]:
    """A claim must be one sentence that ends with a full stop.

    Two sentences are two claims, and one of them may be wrong. Each script has its own full stop, and each language its
    abbreviations.
    """
    for statement, pointer, claim, language in claims(archive):
        if not sentences.has_words(claim):
            continue
        if "\n" in claim or not sentences.ends(claim):
            hint = "End it with a full stop." if "\n" not in claim else "Write it in one paragraph."
            if claim.endswith(_ASKS):
                hint = "A claim says what is so: write the answer that the source gives."
            yield finding(statement, pointer, "the claim is not a sentence", value=show(claim[-40:]), hint=hint)
        elif found := sentences.second(claim, language):
            value = show(claim[max(0, found[0] - 10) : found[1] + 15])
            hint = "Keep the first sentence; put the second into a fact of its own, or into note."
            yield finding(statement, pointer, "the claim is more than one sentence", value=value, hint=hint)


@rule(scope="record", waivable=True)
def speaker_missing(archive: Archive) -> Iterator[Finding]:
    """A fact of kind statement must say who speaks."""
    kinds = {w.id for w in archive.vocabulary["fact_kinds"].values() if w.has("speaker")}
    for statement in archive.statements.values():
        faulty = archive.faulty.get(statement.path, ())
        if statement.kind in kinds and not statement.speaker and "speaker" not in faulty:
            yield finding(
                statement,
                ("kind",),
                "a statement needs a speaker",
                value=statement.kind,
                hint="Add speaker: and the name.",
            )


@rule(scope="archive")
def translation_repeated(archive: Archive) -> Iterator[Finding]:
    """A claim must have one translation into a language, and none into its own.

    The page of a language has room for one, and nobody could say which of two is meant.
    """
    for statement in archive.statements.values():
        taken = {archive.claims}
        for i, translation in enumerate(statement.translations):
            if translation.language in taken:
                own = translation.language == archive.claims
                yield finding(
                    statement,
                    ("translations", i, "language"),
                    "the claim is in this language already",
                    value=translation.language,
                    hint="The claim itself is in it; remove the translation." if own else "Keep the better one.",
                )
            taken.add(translation.language)


@rule(scope="archive", severity="warning", waivable=True)
def translation_stale(archive: Archive) -> Iterator[Finding]:
    """A translation should be of the claim as it stands.

    The claim was changed after it was translated, so the two may say different things. Until somebody has looked, the
    page shows the translation as out of date.
    """
    for statement in archive.statements.values():
        for i, translation in enumerate(statement.translations):
            if translation.original != statement.claim:
                yield finding(
                    statement,
                    ("translations", i, "original"),
                    "the claim has changed since it was translated",
                    value=show(translation.original),
                    allowed=show(statement.claim),
                    hint="Bring the translation up to date, then copy the claim to original.",
                )

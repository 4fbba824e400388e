"""Rules about claims in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.model.records import CLAIMS
from factbook.rules.claims import breach
from factbook.rules.problem import Problem, rule, show


@rule()
def translation_repeated(archive: Archive) -> Iterator[Problem]:
    """A claim must have one translation into a language, and none into its own.

    The page of a language has room for one, and nobody could say which of two is meant.
    """
    for statement in archive.statements.values():
        taken = {CLAIMS}
        for i, translation in enumerate(statement.translations):
            if translation.language in taken:
                own = translation.language == CLAIMS
                yield breach(
                    translation_repeated,
                    statement,
                    ("translations", i, "language"),
                    "the claim is in this language already",
                    value=translation.language,
                    hint="The claim itself is in it; remove the translation." if own else "Keep the better one.",
                )
            taken.add(translation.language)


@rule("warning", waivable=True)
def translation_stale(archive: Archive) -> Iterator[Problem]:
    """A translation should be of the claim as it stands.

    The claim was changed after it was translated, so the two may say different things. Until somebody has looked, the
    page shows the translation as out of date.
    """
    for statement in archive.statements.values():
        for i, translation in enumerate(statement.translations):
            if translation.original != statement.claim:
                yield breach(
                    translation_stale,
                    statement,
                    ("translations", i, "original"),
                    "the claim has changed since it was translated",
                    value=show(translation.original),
                    allowed=show(statement.claim),
                    hint="Bring the translation up to date, then copy the claim to original.",
                )

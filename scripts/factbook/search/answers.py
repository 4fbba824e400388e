"""Questions as documents of the search: found by their words, their other phrasings, and their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factbook.model.archive import Archive
from factbook.pages.kinds import Pages
from factbook.search.fields import ABOUT, NAME, TEXT, WHOLE, Field, Kind, Row, row_texts


def _fields(editions: Sequence[Pages], name: str) -> Iterator[Field]:
    archive = editions[0].archive
    question = archive.questions[name]
    claims = editions[0].language.claims
    yield Field(NAME, question.question, claims, WHOLE)
    yield from (Field(NAME, one.text, one.language, WHOLE) for one in question.phrasings)
    yield from (Field(NAME, one.question, one.language, WHOLE) for one in question.translations)
    yield from (Field(TEXT, sentence.text, claims) for sentence in question.answer)
    yield from (Field(TEXT, text, one.language) for one in question.translations for text in one.answer)
    for id_ in question.organizations:
        organization = archive.organizations[id_]
        named = (*organization.names, *organization.acronyms)
        yield from (Field(ABOUT, one.text, one.language) for one in named)


def _row(pages: Pages, name: str) -> Row:
    question = pages.archive.questions[name]
    code, claims = pages.language.code, pages.language.claims
    told = next((one for one in question.translations if one.language == code), None)
    texts = told.answer if told else tuple(sentence.text for sentence in question.answer)
    unknown = told.unknown if told else question.unknown
    spoken = code if told else claims
    return Row(
        address=f"questions/{name}.html",
        title=told.question if told else question.question,
        language="" if spoken == code else spoken,
        about=pages.language.comma.join(map(pages.short, question.organizations)),
        status="",
        texts=row_texts((spoken, " ".join(texts) or unknown), page=code),
    )


def _filters(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
    yield "type", "Questions"
    yield from (("organization", archive.organizations[o].label) for o in archive.questions[name].organizations)


QUESTIONS = Kind(
    label="Questions",
    factor=0.98,
    named=True,
    ids=lambda pages: [question.id for question in pages.archive.questions_asked],
    fields=_fields,
    row=_row,
    filters=_filters,
)

"""The documents of the search: every record and every part of a written page, with the texts it is found by and its
row.

``KINDS`` is the one list of kinds of document, in the order in which equally good ones are shown; a further kind of
record is one more entry. A document is the same in every language of the site: it is found by its texts in all of them,
and only its row differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factbook.model import replies_and_reviews
from factbook.model.archive import Archive
from factbook.model.records import SUBJECTS, Name, Word, spellings
from factbook.model.verdict import lead
from factbook.pages.kinds import Pages
from factbook.search.answers import QUESTIONS
from factbook.search.fields import ABOUT, ASIDE, CLAIM, LONG, NAME, TEXT, WHOLE, Field, Kind, Row, row_texts

# Facts


def _fact_fields(editions: Sequence[Pages], name: str) -> Iterator[Field]:
    archive = editions[0].archive
    f = archive.statements[name]
    yield Field(CLAIM, f.claim, editions[0].language.claims, LONG)
    yield from (Field(CLAIM, t.claim, t.language, LONG) for t in f.translations)
    yield Field(TEXT + 1, f.speaker, editions[0].language.claims)
    if f.date:
        yield from (Field(ABOUT + 1, p.language.words(f.date), p.language.code) for p in editions)
    for o in f.organizations:
        yield from (Field(ABOUT, n.text, n.language) for n in _names(archive, o))
    for list_ in SUBJECTS:
        for word in getattr(f, list_):
            yield from (Field(ABOUT, text, language) for language, text in _called(editions, list_, word))
    yield Field(ASIDE + 1, f.id.replace("-", " "), editions[0].language.claims)
    yield Field(ASIDE, f.note, editions[0].language.claims)
    yield Field(ASIDE, f.history[-1].reason if f.history else "", editions[0].language.claims)
    for said in _judged(archive, name):
        yield Field(ASIDE, said, editions[0].language.claims)
    yield from (Field(TEXT, p.archive.status(f).label, p.language.code) for p in editions)


def _judged(archive: Archive, name: str) -> list[str]:
    """What others say of a fact, in their replies and judgements, each with who says it."""
    return [
        *(f"{reply.by}: {reply.says}" for reply in replies_and_reviews.replies_to(archive).get(name, ())),
        *(f"{review.by}: {review.verdict}" for review in replies_and_reviews.reviews_of(archive).get(name, ())),
    ]


def _fact_row(pages: Pages, name: str) -> Row:
    f = pages.archive.statements[name]
    date = pages.language.words(f.date) if f.date else pages.language.text("date not recorded")
    others = ((t.language, t.claim) for t in f.translations if t.language != pages.language.code)
    recorded = pages.recorded.statements[name]
    code = pages.language.code
    return Row(
        address=f"facts/{name}.html",
        title=f.claim,
        language="" if code == pages.language.claims or pages.language.translation(f) else pages.language.claims,
        about=" · ".join([date, *map(pages.short, f.organizations)]),
        status=pages.archive.status(f).id,
        texts=row_texts(
            (pages.language.claims, f.note),
            (pages.language.claims, f.history[-1].reason if f.history else ""),
            (pages.language.claims, recorded.claim if recorded.claim != f.claim else ""),
            *((pages.language.claims, said) for said in _judged(pages.recorded, name)),
            *others,
            page=code,
        ),
    )


def _fact_filters(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
    f = archive.statements[name]
    yield "type", "Facts"
    yield "status", archive.status(f).label
    yield "kind", archive.vocabulary["fact_kinds"][f.kind].label
    yield "year", f.when.year if f.when else "undated"
    yield from (("organization", archive.organizations[o].label) for o in f.organizations)


# Organizations


def _names(archive: Archive, name: str) -> tuple[Name, ...]:
    o = archive.organizations[name]
    return (*o.names, *o.acronyms)


def _organization_fields(editions: Sequence[Pages], name: str) -> Iterator[Field]:
    archive = editions[0].archive
    o = archive.organizations[name]
    yield from (Field(NAME, n.text, n.language, WHOLE) for n in _names(archive, name))
    yield Field(TEXT, o.description, editions[0].language.claims)
    yield from (
        Field(ASIDE + 1, p.archive.vocabulary["organization_kinds"][o.kind].label, p.language.code) for p in editions
    )
    yield Field(ASIDE, o.note, editions[0].language.claims)


def _organization_row(pages: Pages, name: str) -> Row:
    o = pages.archive.organizations[name]
    code = pages.language.code
    names = " · ".join(dict.fromkeys(n.text for n in (*o.acronyms, *o.names) if n.text != o.label))
    return Row(
        address=f"organizations/{name}.html",
        title=o.label,
        language="" if o.names[0].language == code else o.names[0].language,
        about=pages.archive.vocabulary["organization_kinds"][o.kind].label,
        status="",
        texts=row_texts((pages.language.claims, o.description), ("", names), page=code),
    )


def _organization_filters(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
    o = archive.organizations[name]
    yield "type", "Organizations"
    yield "kind", archive.vocabulary["organization_kinds"][o.kind].label
    yield "organization", o.label


# Sources


def _source_fields(editions: Sequence[Pages], name: str) -> Iterator[Field]:
    s = editions[0].archive.sources[name]
    yield Field(CLAIM, s.title, s.language, LONG)
    yield from (Field(TEXT + 1, text, s.language) for text in (s.publisher, *s.authors))
    if s.published:
        yield from (Field(TEXT, p.language.words(s.published), p.language.code) for p in editions)
    yield from (Field(ASIDE, p.archive.vocabulary["source_kinds"][s.kind].label, p.language.code) for p in editions)
    yield Field(ASIDE, s.note, editions[0].language.claims)
    yield Field(ASIDE, s.id.replace("-", " "), editions[0].language.claims)


RETRACTED = "source retracted"
"""The key under which the lead of a retracted source stands among the statuses."""


def source_status(kind: Word) -> str:
    """Return the key, among the statuses, of the words that lead sources of a kind."""
    return f"source {kind.id}"


def _source_row(pages: Pages, name: str) -> Row:
    s = pages.archive.sources[name]
    published = pages.language.words(s.published) if s.published else pages.language.text("no date stated")
    code = pages.language.code
    kind = pages.archive.vocabulary["source_kinds"][s.kind]
    return Row(
        address=f"sources/{name}.html",
        title=s.title,
        language="" if s.language == code else s.language,
        about=" · ".join([kind.label, s.publisher, published]),
        status=RETRACTED if s.retracted else source_status(kind) if lead(kind) else "",
        texts=row_texts((pages.language.claims, s.note), (s.language, ", ".join(s.authors)), page=code),
    )


def _source_filters(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
    yield "type", "Sources"
    yield "kind", archive.vocabulary["source_kinds"][archive.sources[name].kind].label


# People, countries, topics: the words of a list that facts bear


def _called(editions: Sequence[Pages], list_: str, word: str) -> list[tuple[str, str]]:
    """Return the names of a word in every language and spelling, as (language or empty, text)."""
    own = editions[0].archive.vocabulary
    told = ((p.language.code, p.archive.vocabulary[list_][word].label) for p in editions)
    return list(dict.fromkeys([*told, *spellings(own, own[list_][word])]))


def _subject(label: str, list_: str, factor: float) -> Kind:
    """Return the kind of document for the words of the list ``list_``."""

    def fields(editions: Sequence[Pages], name: str) -> Iterator[Field]:
        yield from (Field(NAME, text, language, WHOLE) for language, text in _called(editions, list_, name))
        meanings = ((p.language.code, p.archive.vocabulary[list_][name].meaning) for p in editions)
        yield from (Field(TEXT, text, language) for language, text in dict.fromkeys(meanings))

    def row(pages: Pages, name: str) -> Row:
        word: Word = pages.archive.vocabulary[list_][name]
        names = [text for _, text in spellings(pages.archive.vocabulary, word) if text != word.label]
        return Row(
            address=f"{list_}/{name}.html",
            title=word.label,
            language="",
            about=word.meaning,
            status="",
            texts=row_texts(("", " · ".join(dict.fromkeys(names))), page=pages.language.code),
        )

    def filters(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
        yield "type", label

    return Kind(
        label=label, factor=factor, named=True, ids=lambda pages: _used(pages.archive, list_), fields=fields, row=row,
        filters=filters,
    )  # fmt: skip


def _used(archive: Archive, list_: str) -> list[str]:
    """Return the words of a list that facts have, in the order of the list."""
    return [name for name in archive.vocabulary[list_] if name in archive.by_subject[list_]]


def _gives_way(archive: Archive, name: str) -> bool:
    """Whether a fact is led by a verdict against it, or is of low weight."""
    f = archive.statements[name]
    return f.low or bool(lead(archive.status(f)))


FACTS = Kind(
    label="Facts",
    factor=1.1,
    # Newest first, as Explore has them: a fact's place is the same in both.
    ids=lambda pages: [f.id for f in pages.archive.newest_first],
    fields=_fact_fields,
    row=_fact_row,
    filters=_fact_filters,
    weak=_gives_way,
)
KINDS = (
    QUESTIONS,
    FACTS,
    Kind(
        label="Organizations",
        factor=1.0,
        named=True,
        ids=lambda pages: pages.archive.organizations,
        fields=_organization_fields,
        row=_organization_row,
        filters=_organization_filters,
    ),
    _subject("People", "people", 1.0),
    _subject("Countries", "countries", 0.9),
    _subject("Topics", "topics", 0.95),
    Kind(
        label="Sources",
        factor=0.5,
        ids=lambda pages: pages.archive.sources,
        fields=_source_fields,
        row=_source_row,
        filters=_source_filters,
    ),
)
"""Every kind of record that can be found. Written pages follow them: see ``written_pages``."""
PAGES, PAGES_FACTOR = "Pages", 0.8

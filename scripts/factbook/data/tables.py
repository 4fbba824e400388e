"""Every table of the data: what CSV, SQLite and Parquet hold, and what JSON has under ``derived``.

Every derived value (the days a date can mean, when a status began) is a column of a table and computed nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from factbook.data.columns import (
    NOTE,
    VERSION,
    Column,
    Part,
    Table,
    by_id,
    days,
    owner,
    page,
    part_column,
    parts,
    recorded,
    worked,
)
from factbook.data.tables_answers import ANSWERS, CELLS, QUESTIONS, SERIES
from factbook.data.tables_facts import EVIDENCE, FACTS, HISTORY, REDIRECTS, RELATIONS, TRANSLATIONS
from factbook.data.tables_judgements import REPLIES, REVIEWS
from factbook.model.archive import Archive
from factbook.model.pins import is_pinned

ORGANIZATIONS = Table(
    name="organizations",
    meaning="One row for each organization.",
    items=partial(by_id, "organizations"),
    key=("id",),
    columns=(
        recorded("id", "Its name, for ever."),
        worked("name", "text", "What it is called: the first name recorded.", lambda _, o: o.label),
        recorded("kind", "What sort of body it is; see words."),
        recorded("description", "One neutral sentence."),
        recorded("founded", "When it began (EDTF)."),
        *days("founded", "its beginning"),
        recorded("dissolved", "When it ended (EDTF)."),
        *days("dissolved", "its end"),
        recorded("part_of", "Ids of the bodies it belongs to.", "list"),
        recorded("website", "Its own site."),
        worked(
            "fact_count", "integer", "How many facts are about it.", lambda a, o: len(a.by_organization.get(o.id, ()))
        ),
        NOTE,
        VERSION,
        page("organizations"),
    ),
)


def _names(archive: Archive) -> Iterator[Part]:
    for o in by_id("organizations", archive):
        for number, name in enumerate((*o.names, *o.acronyms), 1):
            yield Part(o.id, number, name, "name" if number <= len(o.names) else "acronym")


NAMES = Table(
    name="names",
    meaning="One row for each name and acronym of an organization, in every language recorded.",
    items=_names,
    key=("organization", "number"),
    refers=(("organization", "organizations"),),
    columns=(
        *owner("organization", "The organization."),
        Column(name="form", type="text", meaning="name or acronym.", of=lambda _, p: p.after),
        part_column("text", "The name."),
        part_column("language", "Its language."),
        part_column("period", "When it was so called (EDTF), where it was not always."),
        part_column("certainty", "unverified: seen on no page that could be cited."),
        part_column("use", "common: so well known that rows show it in the place of the first name."),
    ),
)

SUCCESSIONS = Table(
    name="successions",
    meaning="One row for each organization that another one replaced.",
    items=partial(parts, "organizations", "predecessors"),
    key=("organization", "number"),
    refers=(("organization", "organizations"), ("predecessor", "organizations")),
    columns=(
        *owner("organization", "The one that followed."),
        part_column("predecessor", "The one it replaced.", named="organization"),
        part_column("date", "When (EDTF)."),
    ),
)

DESCRIBED = Table(
    name="organization_sources",
    meaning="One row for each source an organization is described from.",
    items=partial(parts, "organizations", "references"),
    key=("organization", "number"),
    refers=(("organization", "organizations"), ("source", "sources")),
    columns=(
        *owner("organization", "The organization."),
        part_column("source", "The source."),
        part_column("locator", "Where in the source."),
        part_column("note", "What it is cited for."),
        part_column("fragment", "A few words of the source by which the place is found."),
    ),
)

SOURCES = Table(
    name="sources",
    meaning="One row for each source.",
    items=partial(by_id, "sources"),
    key=("id",),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("title", "Its own title, in its own language."),
        recorded("publisher", "Who published it."),
        recorded("ownership", "Who owns, funds or directs the publisher."),
        recorded("authors", "The authors it names.", "list"),
        recorded("url", "Where it was read."),
        recorded("archive_url", "A stored copy."),
        recorded("published", "When it was published (EDTF)."),
        *days("published", "the date of publication"),
        recorded("language", "The language it is written in."),
        recorded("kind", "What sort of document it is; see words."),
        recorded("organization", "The organization that speaks in it."),
        recorded("origin", "Who it really comes from; sources of one origin are one voice."),
        recorded("accessed", "The day it was last read for this archive.", "date"),
        recorded("sha256", "SHA-256 of the text that was read."),
        recorded("text_by", "The program that took the text out of the page; empty where a person did."),
        recorded("captured", "The day on which it did.", "date"),
        recorded("changed", "The day on which the page was first found to say something else.", "date"),
        worked("pinned", "boolean", "Whether a stored copy or a hash says what it said.", lambda _, s: is_pinned(s)),
        Column(
            name="retracted",
            type="date",
            meaning="The day from which this archive no longer relies on it; empty for nearly all.",
            of=lambda _, s: s.retracted.date if s.retracted else None,
        ),
        Column(
            name="retracted_reason",
            type="text",
            meaning="Why it was retracted.",
            of=lambda _, s: s.retracted.reason if s.retracted else None,
        ),
        Column(
            name="retracted_evidence",
            type="list",
            meaning="Ids of the sources that showed it.",
            of=lambda _, s: s.retracted.evidence if s.retracted else (),
        ),
        worked("fact_count", "integer", "How many facts cite it.", lambda a, s: len(a.by_source.get(s.id, ()))),
        NOTE,
        VERSION,
        page("sources"),
    ),
)


def _amendments(records: str, owned: str, what: str, named: str = "") -> Table:
    """Return the table of the ledgers of a kind of record other than facts."""
    return Table(
        name=f"{owned}_history",
        meaning=f"The ledgers of {named or records}: one row for each entry. Those that have not changed have none.",
        items=partial(parts, records, "history"),
        key=(owned, "number"),
        refers=((owned, named or records),),
        columns=(
            *owner(owned, what),
            part_column("date", "The day of the change.", "date"),
            part_column("reason", "What was changed and why."),
            Column(
                name="corrected",
                type="list",
                meaning="What was mended, each as field: before → after.",
                of=lambda _, p: tuple(f"{c.field}: {c.before} → {c.after}" for c in p.held.corrected),
            ),
        ),
    )


SOURCE_HISTORY = _amendments("sources", "source", "The source.")
ORGANIZATION_HISTORY = _amendments("organizations", "organization", "The organization.")
SEARCH_HISTORY = _amendments("searches", "search", "The search.")
QUESTION_HISTORY = _amendments("questions", "question", "The question.")
SERIES_HISTORY = _amendments("series", "series", "The series.", "tables")
REPLY_HISTORY = _amendments("replies", "reply", "The reply.")
REVIEW_HISTORY = _amendments("reviews", "review", "The judgement.")

SEARCHES = Table(
    name="searches",
    meaning="One row for each look for facts, so that an empty place is not read as nothing happened.",
    items=partial(by_id, "searches"),
    key=("id",),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("question", "What was looked for."),
        recorded("organizations", "Ids of the organizations it was about.", "list"),
        recorded("period", "The period it was about (EDTF)."),
        *days("period", "the period"),
        recorded("searched", "The day of the search.", "date"),
        recorded("outcome", "What came of it; see words."),
        worked("found", "boolean", "Whether it came upon anything.", lambda _, s: s.found),
        NOTE,
        VERSION,
    ),
)

PLACES = Table(
    name="search_places",
    meaning="One row for each place where a search looked.",
    items=partial(parts, "searches", "places"),
    key=("search", "number"),
    refers=(("search", "searches"),),
    columns=(
        *owner("search", "The search."),
        part_column("place", "Where was looked."),
        part_column("words", "With which words."),
    ),
)

WORDS = Table(
    name="words",
    meaning="The vocabulary: what the statuses, kinds, topics and relations are called and mean.",
    items=lambda a: (
        (name, number, w) for name, words in a.vocabulary.items() for number, w in enumerate(words.values(), 1)
    ),
    key=("list", "id"),
    columns=(
        Column(name="list", type="text", meaning="Which list it is in.", of=lambda _, w: w[0]),
        Column(name="number", type="integer", meaning="Its place there, from 1.", of=lambda _, w: w[1]),
        Column(name="id", type="text", meaning="The word in the records.", of=lambda _, w: w[2].id),
        Column(name="label", type="text", meaning="The word for readers.", of=lambda _, w: w[2].label),
        Column(name="meaning", type="text", meaning="What it means.", of=lambda _, w: w[2].meaning or None),
    ),
)

TABLES = (
    FACTS, HISTORY, EVIDENCE, RELATIONS, TRANSLATIONS, REDIRECTS, ORGANIZATIONS, NAMES, SUCCESSIONS, DESCRIBED,
    ORGANIZATION_HISTORY, SOURCES, SOURCE_HISTORY, SEARCHES, PLACES, SEARCH_HISTORY, QUESTIONS, ANSWERS,
    QUESTION_HISTORY, SERIES, CELLS, SERIES_HISTORY, REPLIES, REPLY_HISTORY, REVIEWS, REVIEW_HISTORY, WORDS,
)  # fmt: skip
"""Every table, in the order in which they are documented."""

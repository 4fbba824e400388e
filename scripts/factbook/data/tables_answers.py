"""The tables of questions, of the sentences that answer them, and of series."""

from __future__ import annotations

from functools import partial

from factbook.data.columns import NOTE, VERSION, Column, Table, by_id, owner, page, part_column, parts, recorded, worked
from factbook.model.staleness import changed_since

QUESTIONS = Table(
    name="questions",
    meaning="One row for each question, answered or not.",
    items=partial(by_id, "questions"),
    key=("id",),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("question", "The question in the words people use."),
        worked(
            "text",
            "text",
            "The whole answer in one text; empty where there is none yet.",
            lambda _, q: " ".join(sentence.text for sentence in q.answer) or None,
        ),
        recorded("unknown", "What is not known yet, or what the answer leaves open."),
        recorded("organizations", "Ids of the organizations it is about.", "list"),
        recorded("topics", "What it is about; see words.", "list"),
        recorded("weighed", "The day on which the answer was last held against its facts.", "date"),
        worked("answered", "boolean", "Whether there is an answer.", lambda _, q: bool(q.answer)),
        worked(
            "changed",
            "list",
            "Ids of the facts that have changed since: where there are any, the answer is due for review.",
            lambda a, q: tuple(s.id for s in changed_since(a, q)),
        ),
        VERSION,
        page("questions"),
    ),
)

ANSWERS = Table(
    name="answers",
    meaning="One row for each sentence of an answer.",
    items=partial(parts, "questions", "answer"),
    key=("question", "number"),
    refers=(("question", "questions"),),
    columns=(
        *owner("question", "The question."),
        part_column("text", "The sentence."),
        part_column("facts", "Ids of the facts that it is based on.", "list"),
        Column(
            name="standings",
            type="list",
            meaning="How those facts stand, in the same order; see words.",
            of=lambda a, p: tuple(a.status(a.statements[fact]).id for fact in p.held.facts),
        ),
    ),
)

SERIES = Table(
    name="tables",
    meaning="One row for each series: facts that are read as a table.",
    items=partial(by_id, "series"),
    key=("id",),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("title", "What the table shows."),
        recorded("description", "What is in it and what is not."),
        recorded("organizations", "Ids of the organizations it is about.", "list"),
        recorded("columns", "The headings of its columns.", "list"),
        recorded("unbroken", "years or days, where none is left out between its first row and its last."),
        NOTE,
        VERSION,
        page("tables"),
    ),
)

CELLS = Table(
    name="cells",
    meaning="One row for each cell of a series; a cell that is not here has not been looked for.",
    items=partial(parts, "series", "cells"),
    key=("series", "number"),
    refers=(("series", "tables"), ("fact", "facts"), ("search", "searches")),
    columns=(
        *owner("series", "The series."),
        part_column("date", "The date of its row (EDTF).", named="when"),
        part_column("row_label", "What the row is about, where the date says too little.", named="row"),
        part_column("heading", "The heading of its column.", named="column"),
        part_column("text", "What the cell shows."),
        part_column("fact", "The fact that it shows."),
        Column(
            name="standing",
            type="text",
            meaning="How that fact stands; see words.",
            of=lambda a, p: a.status(a.statements[p.held.fact]).id if p.held.fact else None,
        ),
        part_column("search", "The search that found nothing for it."),
    ),
)

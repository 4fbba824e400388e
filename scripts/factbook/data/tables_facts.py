"""The tables about facts: the facts, their ledgers, their evidence, translations, relations, and ids that moved.

Every derived value (the days a date can mean, when a status began) is a column here and computed nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from factbook.data.columns import (
    NOTE,
    VERSION,
    Cell,
    Column,
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
from factbook.model import verdict
from factbook.model.archive import Archive
from factbook.model.ledger import since
from factbook.model.origins import independent
from factbook.model.pins import pinned_support
from factbook.model.records import Statement
from factbook.model.replies_and_reviews import replies_to, reviews_of
from factbook.model.retraction import awaiting
from factbook.model.staleness import looked_at, recheck_by
from factbook.rules.evidence import references


def _of_date(name: str) -> Callable[[Archive, Statement], Cell]:
    return lambda _, s: getattr(s.when, name) if s.when else None


def _figure(name: str) -> Callable[[Archive, Statement], Cell]:
    return lambda _, s: (getattr(s.figure, name) or None) if s.figure else None


FACTS = Table(
    name="facts",
    meaning="One row for each fact.",
    items=partial(by_id, "statements"),
    key=("id",),
    columns=(
        recorded("id", "Its name, for ever."),
        recorded("claim", "What is claimed, in one sentence."),
        recorded("status", "How well the evidence carries it; see words."),
        worked(
            "standing",
            "text",
            "The status as it is shown: a shade of it where the sources are of one sort; see words.",
            lambda a, s: a.status(s).id,
        ),
        worked("title", "text", "The claim, led by its verdict where it must not stand alone.", verdict.title),
        recorded("kind", "What sort of thing is claimed; see words."),
        recorded(
            "date",
            "When the claim holds (EDTF). unknown: looked for, not established. Empty: nobody has looked.",
        ),
        *days("date", "the date"),
        worked("precision", "text", "day, month, season, year, decade, century or interval.", _of_date("precision")),
        worked(
            "uncertain",
            "boolean",
            "Whether the date is marked uncertain (?).",
            lambda _, s: bool(s.when and s.when.uncertain),
        ),
        worked(
            "approximate",
            "boolean",
            "Whether the date is marked approximate (~).",
            lambda _, s: bool(s.when and s.when.approximate),
        ),
        worked("date_start", "text", "Whether the beginning is known, open or unknown.", _of_date("start")),
        worked("date_end", "text", "Whether the end is known, open or unknown.", _of_date("end")),
        worked(
            "year",
            "integer",
            "The year it begins in, or ends in where only the end is known.",
            lambda _, s: int(s.when.year) if s.when else None,
        ),
        worked("number", "text", "The number it gives, or its lower end, as a decimal.", _figure("number")),
        worked("number_most", "text", "The upper end, where it gives a range.", _figure("most")),
        worked("unit", "text", "What the number counts or measures.", _figure("unit")),
        worked("counts", "text", "Of what: the same words for every figure of one thing.", _figure("counts")),
        recorded("organizations", "Ids of the organizations it is about, the main one first.", "list"),
        worked(
            "organization_names",
            "list",
            "What they are called now.",
            lambda a, s: tuple(a.organizations[o].label for o in s.organizations),
        ),
        recorded("topics", "What it is about; see words.", "list"),
        recorded("people", "Who is named in it; see words.", "list"),
        recorded("countries", "Which countries it is about; see words.", "list"),
        recorded("speaker", "Who says it, where that is the claim."),
        recorded("weight", "low where nobody would look it up and it steps behind; empty otherwise."),
        worked(
            "supporting",
            "integer",
            "How many times a source is cited for it.",
            lambda a, s: len(references(a, s, "supports")),
        ),
        worked(
            "contradicting",
            "integer",
            "How many times a source is cited against it.",
            lambda a, s: len(references(a, s, "contradicts")),
        ),
        worked(
            "origins",
            "integer",
            "How many independent origins support it: reprints count once, and what only retells not at all.",
            lambda a, s: len(independent(a, s)),
        ),
        worked(
            "pinned",
            "integer",
            "How many of the sources cited for it are pinned: a stored copy or a hash says what they said.",
            lambda a, s: len(pinned_support(a, s)),
        ),
        worked(
            "stands",
            "boolean",
            "Whether its status ranks among those that stand, neither contested nor not weighed.",
            lambda a, s: a.status(s).rank >= 0,
        ),
        worked(
            "contested",
            "boolean",
            "Whether its status says that it is contested.",
            lambda a, s: a.status(s).has("contested"),
        ),
        worked("first_recorded", "date", "The day of its first ledger entry.", lambda _, s: s.history[0].date),
        worked(
            "status_since", "date", "The day from which it has had this status without a break.", lambda _, s: since(s)
        ),
        worked("last_reviewed", "date", "The day of its newest ledger entry.", lambda _, s: looked_at(s)),
        worked(
            "recheck_by",
            "date",
            "The day by which it is due for review; empty where none is set.",
            lambda a, s: recheck_by(a, s) or None,
        ),
        worked(
            "replies",
            "list",
            "Ids of the replies to it, the newest first.",
            lambda a, s: tuple(r.id for r in replies_to(a).get(s.id, ())) or None,
        ),
        worked(
            "reviews",
            "list",
            "Ids of the judgements of other fact-checkers on it, the newest first.",
            lambda a, s: tuple(r.id for r in reviews_of(a).get(s.id, ())) or None,
        ),
        worked(
            "retracted_sources",
            "list",
            "The retracted sources that it cites.",
            lambda a, s: tuple(dict.fromkeys(r.source for r in s.references if r.source in a.retracted)) or None,
        ),
        worked(
            "weigh_again",
            "boolean",
            "Whether a source was retracted and it has not been weighed again since; empty for all others.",
            lambda a, s: True if awaiting(a, s) else None,
        ),
        NOTE,
        VERSION,
        page("facts"),
    ),
)


HISTORY = Table(
    name="history",
    meaning="The ledgers: one row for each entry, with the day it was followed by the next.",
    items=partial(parts, "statements", "history"),
    key=("fact", "number"),
    refers=(("fact", "facts"),),
    columns=(
        *owner("fact", "The fact."),
        part_column("date", "The day from which the archive said so.", "date"),
        Column(
            name="valid_until",
            type="date",
            meaning="The day on which the next entry followed; empty for the newest.",
            of=lambda _, p: p.after.date if p.after else None,
        ),
        part_column("status", "The status from that day."),
        part_column("reason", "Why, and from which evidence."),
        part_column("sources", "Ids of the sources that decided it.", "list"),
    ),
)

EVIDENCE = Table(
    name="evidence",
    meaning="One row for each source a fact cites.",
    items=partial(parts, "statements", "references"),
    key=("fact", "number"),
    refers=(("fact", "facts"), ("source", "sources")),
    columns=(
        *owner("fact", "The fact."),
        part_column("source", "The source."),
        part_column("locator", "Where in the source."),
        part_column("stance", "Whether it supports or contradicts the claim."),
        Column(
            name="origin",
            type="text",
            meaning="Who the source really comes from.",
            of=lambda a, p: a.sources[p.held.source].origin,
        ),
        Column(
            name="archive_url",
            type="text",
            meaning="A stored copy of the source.",
            of=lambda a, p: a.sources[p.held.source].archive_url or None,
        ),
        part_column("note", "What the source says about the claim."),
        part_column("fragment", "A few words of the source by which the place is found."),
    ),
)

RELATIONS = Table(
    name="relations",
    meaning="How facts bear on each other: one row for each relation that a record states.",
    items=partial(parts, "statements", "relations"),
    key=("fact", "number"),
    refers=(("fact", "facts"), ("target", "facts")),
    columns=(
        *owner("fact", "The fact that states it."),
        part_column("relation", "What it does; see words.", named="kind"),
        part_column("target", "The other fact."),
    ),
)

REDIRECTS = Table(
    name="redirects",
    meaning="Ids that moved: one row for each, so that an old reference still leads on.",
    items=partial(by_id, "redirects"),
    key=("id",),
    refers=(("moved_to", "facts"),),
    columns=(
        recorded("id", "The id that was."),
        recorded("moved_to", "The fact that stands in its place."),
        recorded("differs", "What that says otherwise; empty where it says the same."),
    ),
)

TRANSLATIONS = Table(
    name="translations",
    meaning="One row for each translation of a claim.",
    items=partial(parts, "statements", "translations"),
    key=("fact", "number"),
    refers=(("fact", "facts"),),
    columns=(
        *owner("fact", "The fact."),
        part_column("language", "The language it is translated into."),
        part_column("claim", "The claim in that language."),
        part_column("original", "The claim that was translated."),
        Column(
            name="standing",
            type="text",
            meaning="How the fact stands, as it is shown; no translation is to be repeated without it.",
            of=lambda a, p: a.status(a.statements[p.owner]).id,
        ),
        Column(
            name="stale",
            type="boolean",
            meaning="Whether the claim has changed since.",
            of=lambda a, p: p.held.original != a.statements[p.owner].claim,
        ),
    ),
)

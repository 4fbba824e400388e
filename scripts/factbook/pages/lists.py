"""Lists of facts: of a year, of a topic, a person or a country, of what is contested."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from functools import partial

from factbook.model.moved import WORDS
from factbook.model.records import Statement, Word, spellings
from factbook.pages import opening, overview, parts
from factbook.pages.context import PER_PAGE, Context, Page, PageKind
from factbook.pages.reply_links import report_form

ANSWERS = 5
"""Questions that the page of a word names at most."""


_FACET = {words: one for one, words in WORDS.items()}
"""What the list of all facts calls the facet for each list of the vocabulary."""


def year(context: Context, year: str) -> Page:
    """Return the page with the facts of a year, or with the undated ones."""
    facts = context.archive.by_year[year]
    years = list(reversed(context.archive.by_year))
    text = context.language.text
    words = context.language.words
    title, lead = text("Facts of {year}").format(year=words(year) if year.isdigit() else year), ""
    if not year.isdigit():
        title = text("Facts without a date")
        lead = text("No date has been recorded for these, or none could be established.")
    named = [(y, words(y) if y.isdigit() else text("undated")) for y in years]
    here = named[years.index(year)]
    return _list(context, f"timeline/{year}.html", text("Timeline"), title, lead, facts, named, here)


def topic(context: Context, name: str) -> Page:
    """Return the page with the facts of a topic."""
    return _subject(context, "topics", context.language.text("Topics"), name)


def person(context: Context, name: str) -> Page:
    """Return the page with the facts that name a person."""
    return _subject(context, "people", context.language.text("People"), name)


def country(context: Context, name: str) -> Page:
    """Return the page with the facts about a country."""
    return _subject(context, "countries", context.language.text("Countries"), name)


def _subject(context: Context, kind: str, kicker: str, name: str) -> Page:
    """Return the page of a word of the list ``kind``: its facts, its other names, and the code that the vocabulary
    gives it."""
    words = context.archive.vocabulary[kind]
    word = words[name]
    return _list(
        context,
        f"{kind}/{name}.html",
        kicker,
        word.label,
        word.meaning,
        context.archive.by_subject[kind].get(name, []),
        [(w.id, w.label) for w in words.values()],
        (name, word.label),
        word=word,
        view=f"{_FACET[kind]}={name}",
    )


def _list(
    context: Context,
    path: str,
    kicker: str,
    title: str,
    lead: str,
    facts: list[Statement],
    all_of: list[tuple[str, str]],
    here: tuple[str, str],
    word: Word | None = None,
    view: str = "",
) -> Page:
    """Return a page of ``facts``. ``view`` is the part of an address by which *All facts* shows the same ones, or
    empty where no choice there gives them."""
    at = all_of.index(here)
    main = overview.foremost(facts)
    body = context.render("subject")(
        kicker=kicker,
        up="index.html",
        title=title,
        lead=lead,
        facts=main,
        parts=parts.parts(main, partial(parts.year if word else parts.month, context.language)),
        low=[f for f in facts if f.low],
        view=view,
        opening=opening.opening(context.archive, facts, opening.questions_on(context.archive, facts)[:ANSWERS])
        if word
        else None,
        counts=overview.standing(context.archive, main),
        row=context.row,
        names=spellings(context.archive.vocabulary, word) if word else [],
        code=word.extra.get("code", "") if word else "",
        report=report_form(path.removesuffix(".html")),
        before=all_of[at - 1] if at else None,
        after=all_of[at + 1] if at + 1 < len(all_of) else None,
    )
    return Page(path=path, title=title, description=f"{context.language.counted(len(main))}. {lead}".strip(), body=body)


def contested(context: Context, number: str) -> Page:
    """Return page ``number``, from 2, of the contested claims. Page 1 is a written one, as for the lists below."""
    text = context.language.text
    title, about = text("Contested claims, page {number} of {last}"), text("Each with the evidence against it.")
    return _further(context, "contested", text("Contested"), title, about, context.contested(), number)


def origins(context: Context, number: str) -> Page:
    """Return page ``number``, from 2, of the facts that rest on one origin."""
    text = context.language.text
    title, about = (
        text("Facts on a single origin, page {number} of {last}"),
        text("What stands, and on whose word alone."),
    )
    return _further(context, "origins", text("Single origin"), title, about, context.single(), number)


def review(context: Context, number: str) -> Page:
    """Return page ``number``, from 2, of the facts by the day they are due for review."""
    text = context.language.text
    title, about = text("Due for review, page {number} of {last}"), text("The first one due first.")
    return _further(context, "review", text("Due for review"), title, about, context.due(), number)


def changed(context: Context, number: str) -> Page:
    """Return page ``number``, from 2, of the changes."""
    text = context.language.text
    title, about = text("Changes, page {number} of {last}"), text("What changed, day by day, and why.")
    return _further(context, "changes", text("Changes"), title, about, context.changed(), number)


def corrections(context: Context, number: str) -> Page:
    """Return page ``number``, from 2, of the corrections."""
    text = context.language.text
    title, about = text("Corrections, page {number} of {last}"), text("What a record said, and says now.")
    return _further(context, "corrections", text("Corrections"), title, about, context.corrections(), number)


def _further(
    context: Context, kind: str, kicker: str, title: str, about: str, every: Sequence[object], number: str
) -> Page:
    n, last = int(number), -(-len(every) // PER_PAGE)
    title = title.format(number=number, last=last)
    found = every[(n - 1) * PER_PAGE : n * PER_PAGE]
    body = context.render("paged_list")(
        kind=kind, kicker=kicker, title=title, found=found, number=n, pages=last, row=context.row
    )
    return Page(path=f"{kind}/{number}.html", title=title, description=about, body=body)


def _subject_kind(name: str, make: Callable[[Context, str], Page]) -> PageKind:
    """Return the kind of page for the words of the list ``name``."""
    return PageKind(folder=name, ids=lambda context: context.archive.vocabulary[name], make=make, indexed=True)


def _further_kind(folder: str, every: Callable[[Context], Sized], make: Callable[[Context, str], Page]) -> PageKind:
    """Return the kind of page for a long list after its first PER_PAGE entries; ``every`` returns all of them."""

    def ids(context: Context) -> list[str]:
        return [str(number) for number in range(2, -(-len(every(context)) // PER_PAGE) + 1)]

    return PageKind(folder=folder, ids=ids, make=make, further=True)


YEAR = PageKind(folder="timeline", ids=lambda context: context.archive.by_year, make=year)
TOPIC = _subject_kind("topics", topic)
PERSON = _subject_kind("people", person)
COUNTRY = _subject_kind("countries", country)
CONTESTED = _further_kind("contested", lambda context: context.contested(), contested)
ORIGINS = _further_kind("origins", lambda context: context.single(), origins)
CHANGES = _further_kind("changes", lambda context: context.changed(), changed)
CORRECTIONS = _further_kind("corrections", lambda context: context.corrections(), corrections)
REVIEW = _further_kind("review", lambda context: context.due(), review)

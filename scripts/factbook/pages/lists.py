"""Lists of facts: of a year, of a topic, a person or a country, of what is contested."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized

from factbook.model.records import Statement, Word, spellings
from factbook.pages import opening, overview
from factbook.pages.context import PER_PAGE, Maker, Page, PageKind

ANSWERS = 5
"""Questions that the page of a word names."""


def year(pages: Maker, year: str) -> Page:
    """The facts of a year, or the undated ones."""
    facts = pages.archive.by_year[year]
    years = list(reversed(pages.archive.by_year))
    text = pages.language.text
    title, lead = text("Facts of {year}").format(year=year), ""
    if not year.isdigit():
        title = text("Facts without a date")
        lead = text("No date has been recorded for these, or none could be established.")
    named = [(y, y if y.isdigit() else text("undated")) for y in years]
    here = named[years.index(year)]
    return _list(pages, f"timeline/{year}.html", text("Timeline"), title, lead, facts, named, here)


def topic(pages: Maker, name: str) -> Page:
    """The facts of a topic."""
    return _subject(pages, "topics", pages.language.text("Topics"), name)


def person(pages: Maker, name: str) -> Page:
    """The facts that name a person."""
    return _subject(pages, "people", pages.language.text("People"), name)


def country(pages: Maker, name: str) -> Page:
    """The facts about a country."""
    return _subject(pages, "countries", pages.language.text("Countries"), name)


def _subject(pages: Maker, kind: str, kicker: str, name: str) -> Page:
    """The facts that bear a word of the list ``kind``, with the other names and the code the vocabulary gives it."""
    words = pages.archive.vocabulary[kind]
    word = words[name]
    return _list(
        pages,
        f"{kind}/{name}.html",
        kicker,
        word.label,
        word.meaning,
        pages.archive.by_subject[kind].get(name, []),
        [(w.id, w.label) for w in words.values()],
        (name, word.label),
        word=word,
    )


def _list(
    pages: Maker,
    path: str,
    kicker: str,
    title: str,
    lead: str,
    facts: list[Statement],
    all_of: list[tuple[str, str]],
    here: tuple[str, str],
    word: Word | None = None,
) -> Page:
    at = all_of.index(here)
    body = pages.render("subject")(
        kicker=kicker,
        up="index.html",
        title=title,
        lead=lead,
        facts=facts,
        opening=opening.opening(pages.archive, facts, opening.questions_on(pages.archive, facts)[:ANSWERS])
        if word
        else None,
        counts=overview.standing(pages.archive, facts),
        row=pages.row,
        names=spellings(pages.archive.vocabulary, word) if word else [],
        code=word.extra.get("code", "") if word else "",
        before=all_of[at - 1] if at else None,
        after=all_of[at + 1] if at + 1 < len(all_of) else None,
    )
    return Page(path=path, title=title, description=f"{pages.language.counted(len(facts))}. {lead}".strip(), body=body)


def contested(pages: Maker, number: str) -> Page:
    """A page of contested claims after the first, which is a written page."""
    text = pages.language.text
    title, about = text("Contested claims, page {number} of {last}"), text("Each beside what stands against it.")
    return _further(pages, "contested", text("Contested"), title, about, pages.contested(), number)


def origins(pages: Maker, number: str) -> Page:
    """A page of the facts that rest on one origin after the first, which is a written page."""
    text = pages.language.text
    title, about = (
        text("Facts on a single origin, page {number} of {last}"),
        text("What stands, and on whose word alone."),
    )
    return _further(pages, "origins", text("Single origin"), title, about, pages.single(), number)


def review(pages: Maker, number: str) -> Page:
    """A page of the facts by the day they are due for another look after the first, which is a written page."""
    text = pages.language.text
    title, about = text("Due for review, page {number} of {last}"), text("The first one due first.")
    return _further(pages, "review", text("Due for review"), title, about, pages.due(), number)


def changed(pages: Maker, number: str) -> Page:
    """A page of the changes after the first, which is a written page."""
    text = pages.language.text
    title, about = text("Changes, page {number} of {last}"), text("What changed, day by day, and why.")
    return _further(pages, "changes", text("Changes"), title, about, pages.changed(), number)


def _further(
    pages: Maker, kind: str, kicker: str, title: str, about: str, every: Sequence[object], number: str
) -> Page:
    n, last = int(number), -(-len(every) // PER_PAGE)
    title = title.format(number=number, last=last)
    found = every[(n - 1) * PER_PAGE : n * PER_PAGE]
    body = pages.render("paged_list")(
        kind=kind, kicker=kicker, title=title, found=found, number=n, pages=last, row=pages.row
    )
    return Page(path=f"{kind}/{number}.html", title=title, description=about, body=body)


def _subject_kind(name: str, make: Callable[[Maker, str], Page]) -> PageKind:
    """The kind of page of the words of the list ``name``."""
    return PageKind(folder=name, ids=lambda pages: pages.archive.vocabulary[name], make=make, indexed=True)


def _further_kind(folder: str, every: Callable[[Maker], Sized], make: Callable[[Maker, str], Page]) -> PageKind:
    """The kind of page of a long list after the first PER_PAGE entries; ``every`` gives all of them."""

    def ids(pages: Maker) -> list[str]:
        return [str(number) for number in range(2, -(-len(every(pages)) // PER_PAGE) + 1)]

    return PageKind(folder=folder, ids=ids, make=make, further=True)


YEAR = PageKind(folder="timeline", ids=lambda pages: pages.archive.by_year, make=year)
TOPIC = _subject_kind("topics", topic)
PERSON = _subject_kind("people", person)
COUNTRY = _subject_kind("countries", country)
CONTESTED = _further_kind("contested", lambda pages: pages.contested(), contested)
ORIGINS = _further_kind("origins", lambda pages: pages.single(), origins)
CHANGES = _further_kind("changes", lambda pages: pages.changed(), changed)
REVIEW = _further_kind("review", lambda pages: pages.due(), review)

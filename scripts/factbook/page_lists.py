"""Lists of facts: of a year, of a topic, of what is contested."""

from __future__ import annotations

from factbook import overview
from factbook.model import Statement
from factbook.page import PER_PAGE, Maker, Page


def year(pages: Maker, year: str) -> Page:
    """The facts of a year, or the undated ones."""
    facts = pages.archive.by_year[year]
    years = list(reversed(pages.archive.by_year))
    title = f"Facts of {year}" if year.isdigit() else "Facts without a date"
    lead = "" if year.isdigit() else "No date has been recorded for these, or none could be established."
    return _list(pages, f"timeline/{year}.html", "Timeline", title, lead, facts, [(y, y) for y in years], (year, year))


def topic(pages: Maker, name: str) -> Page:
    """The facts of a topic."""
    word = pages.archive.vocabulary["topics"][name]
    topics = [(w.id, w.label) for w in pages.archive.vocabulary["topics"].values()]
    facts = pages.archive.by_topic.get(name, [])
    return _list(pages, f"topics/{name}.html", "Topics", word.label, word.meaning, facts, topics, (name, word.label))


def _list(
    pages: Maker, path: str, kicker: str, title: str, lead: str, facts: list[Statement], all_of: list, here: tuple
) -> Page:
    at = all_of.index(here)
    body = pages.render["list"](
        kicker=kicker,
        up="index.html",
        title=title,
        lead=lead,
        facts=facts,
        counts=overview.standing(pages.archive, facts),
        row=pages.row,
        before=all_of[at - 1] if at else None,
        after=all_of[at + 1] if at + 1 < len(all_of) else None,
    )
    return Page(path=path, title=title, description=f"{pages.language.counted(len(facts))}. {lead}".strip(), body=body)


def contested(pages: Maker, number: str) -> Page:
    """A page of contested claims after the first, which is a written page."""
    every = pages.contested()
    n, last = int(number), -(-len(every) // PER_PAGE)
    title = f"Contested claims, page {number} of {last}"
    body = pages.render["contested_page"](
        title=title, entries=every[(n - 1) * PER_PAGE : n * PER_PAGE], number=n, pages=last
    )
    return Page(
        path=f"contested/{number}.html", title=title, description="Each beside what stands against it.", body=body
    )

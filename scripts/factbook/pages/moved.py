"""The pages that ids leave behind which moved, and years whose facts bear another date now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from markupsafe import Markup

from factbook.model.kinds import KINDS, Kind
from factbook.model.moved import MOVABLE, WORDS
from factbook.model.records import Redirect, Statement
from factbook.pages import trust
from factbook.pages.context import Context, Page, PageKind


def redirect(context: Context, name: str) -> Page:
    """Return the page of an id that has moved: it says so and leads on."""
    moved: Redirect = context.archive.redirects[name]
    target = context.archive.statements[moved.moved_to]
    body = context.render("redirect")(record=moved, target=target, earlier=trust.earlier(context, name))
    return _page(context, f"facts/{name}.html", context.titled(target), context.tongue(target), body)


def _page(context: Context, path: str, title: str, spoken: Markup | str, body: str) -> Page:
    """Return the page at ``path`` that leads to the one with this title; ``spoken`` are the title's attributes."""
    language = context.of_claims if spoken and spoken == context.tongues.original else context.language
    moved = language.text("Moved: {claim}").format(claim=title)
    return Page(path=path, title=moved, title_in=spoken, description=title, description_in=spoken, body=body)


def _moved(kind: str, folder: str, pages: Context, name: str) -> Page:
    """Return the page of the id ``name`` of a ``kind``, which leads on to the page of the id that is used now."""
    target = pages.archive.moved_ids[kind][name]
    if kind in WORDS:
        title: str = pages.archive.vocabulary[WORDS[kind]][target].label
        spoken: Markup | str = ""
    else:
        record = pages.archive.of(KINDS[kind])[target]
        title = getattr(record, KINDS[kind].title)
        spoken = pages.tongues.of_title(record)
        title = pages.tongues.plain(title)
    text = pages.language.text
    body = pages.render("moved")(
        up=_kicker(kind, text), kicker=text("Moved"), title=title, spoken=spoken, target=f"{target}.html", gone="",
        facts=(), differs=next(one.differs for one in pages.archive.moved if (one.kind, one.id) == (kind, name)),
    )  # fmt: skip
    return _page(pages, f"{folder}/{name}.html", title, spoken, body)


def _kicker(kind: str, text: Callable[[str], str]) -> str:
    """Return what readers call the list that pages of the kind are in."""
    labels = {"organization": text("Organizations"), "source": text("Sources"), "question": text("Questions"),
              "series": text("Tables"), "topic": text("Topics"), "person": text("People"),
              "country": text("Countries")}  # fmt: skip
    return labels[kind]


def _kind(kind: str, folder: str) -> PageKind:
    def ids(pages: Context) -> Iterable[str]:
        known = pages.archive.vocabulary[WORDS[kind]] if kind in WORDS else pages.archive.of(KINDS[kind])
        return [name for name, to in pages.archive.moved_ids[kind].items() if to in known]

    return PageKind(folder=folder, ids=ids, make=partial(_moved, kind, folder))


def _folder(kind: str) -> str:
    """Return the folder of the pages of a kind; empty for one that has none."""
    record: Kind | None = KINDS.get(kind)
    return record.page_folder if record else WORDS[kind] if kind != "origin" else ""


def _years(pages: Context) -> dict[str, list[Statement]]:
    """Return the years of which an earlier version of a fact had been, and now is none: the facts, by the year."""
    found: dict[str, list[Statement]] = {}
    for name, versions in (pages.archive.earlier or {}).items():
        fact = pages.archive.statements.get(name)
        if fact is None and name in pages.archive.redirects:
            fact = pages.archive.statements.get(pages.archive.redirects[name].moved_to)
        for version in versions:
            year = version.statement.when.year if version.statement.when else "undated"
            if fact is not None and year not in pages.archive.by_year:
                facts = found.setdefault(year, [])
                if fact not in facts:
                    facts.append(fact)
    return found


def _year(pages: Context, year: str) -> Page:
    text = pages.language.text
    title = text("Facts of {year}").format(year=year) if year.isdigit() else text("Facts without a date")
    body = pages.render("moved")(
        up=text("Timeline"), kicker=text("Moved"), title=title, target="", gone=year, facts=_years(pages)[year],
        differs="", row=pages.row,
    )  # fmt: skip
    description = text("The facts that stood here bear another date now.")
    return Page(path=f"timeline/{year}.html", title=title, description=description, body=body)


REDIRECT = PageKind(folder="facts", ids=lambda context: context.archive.redirects, make=redirect)
"""The pages of ids of facts that moved: the redirects among the records."""
MOVED = {f"moved {kind}": _kind(kind, _folder(kind)) for kind in MOVABLE if _folder(kind)}
"""A kind of page for each kind of id that can move and has pages."""
YEAR = PageKind(folder="timeline", ids=_years, make=_year)

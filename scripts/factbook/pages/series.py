"""The page of a series: facts as a table, each cell a fact with its status, and every kind of gap marked as such."""

from __future__ import annotations

from markupsafe import Markup

from factbook.data import citations
from factbook.model import table
from factbook.pages import overview
from factbook.pages.context import Context, Page, PageKind


def series(context: Context, name: str) -> Page:
    """Return the page of a series."""
    a = context.archive
    s = a.series[name]
    rows = table.rows(s)
    shown = {cell.fact: a.statements[cell.fact] for cell in s.cells if cell.fact}
    body = context.render("series")(
        s=s,
        record=s,
        rows=rows,
        named=any(row.label for row in rows),
        counts=overview.standing(a, shown.values()),
        total=len(shown),
        about=Markup(context.language.comma).join(
            [context.organization_link(o, a.organizations[o].label, "../") for o in s.organizations]
        ),
        citation=citations.with_citations(citations.of_series(context.recorded, context.publication, name)),
    )
    plain, spoken = context.tongues.plain, context.tongues.tongue_of
    return Page(
        path=f"tables/{name}.html", title=plain(s.title), title_in=spoken(s.title), body=body,
        description=plain(s.description), description_in=spoken(s.description),
    )  # fmt: skip


SERIES = PageKind(folder="tables", ids=lambda context: context.archive.series, make=series, indexed=True)

"""Records into pages: pure functions of the archive, each page through one template."""

from __future__ import annotations

from markupsafe import Markup

from factbook import page_fact, page_lists, page_organization, page_source
from factbook.page import PER_PAGE, TEMPLATES, Maker, Page

Job = tuple[str, str]
"""What to render: the kind of page and the id it is for."""
_MAKE = {
    "fact": page_fact.fact,
    "redirect": page_fact.redirect,
    "source": page_source.source,
    "organization": page_organization.organization,
    "year": page_lists.year,
    "topic": page_lists.topic,
    "contested": page_lists.contested,
}


class Pages(Maker):
    """The pages of one archive."""

    def jobs(self) -> list[Job]:
        """Every page that is poured, in the order of writing."""
        a = self.archive
        pages = -(-len(self.contested()) // PER_PAGE)
        return [
            *(("fact", name) for name in a.statements),
            *(("redirect", name) for name in a.redirects),
            *(("source", name) for name in a.sources),
            *(("organization", name) for name in a.organizations),
            *(("year", year) for year in a.by_year),
            *(("topic", name) for name in a.vocabulary["topics"]),
            *(("contested", str(number)) for number in range(2, pages + 1)),
        ]

    def page(self, job: Job) -> Page:
        """Render one page."""
        kind, name = job
        return _MAKE[kind](self, name)

    def block(self, words_given: str, base: str) -> Markup:
        """The block a written page asks for: a template of ``blocks/`` and, after a space, its parameter.

        Raises KeyError when there is no such block.
        """
        name, _, parameter = words_given.partition(" ")
        if not name.isalpha() or not (TEMPLATES / "blocks" / f"{name}.html").is_file():
            raise KeyError(name)
        template = self.template(f"blocks/{name}")
        row = self.row if base == "../" else lambda f: self._row(f, base)
        return Markup(template.render(base=base, parameter=parameter, row=row))

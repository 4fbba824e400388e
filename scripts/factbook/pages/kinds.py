"""Records into pages: pure functions of the archive, each page through one template."""

from __future__ import annotations

from markupsafe import Markup

from factbook.model.kinds import KINDS
from factbook.pages import fact, lists, organization, source
from factbook.pages.context import PER_PAGE, Maker, Page
from factbook.render.environment import TEMPLATES

Job = tuple[str, str]
"""What to render: the kind of page and the id it is for."""
_MAKE = {
    "fact": fact.fact,
    "redirect": fact.redirect,
    "source": source.source,
    "organization": organization.organization,
    "year": lists.year,
    "topic": lists.topic,
    "person": lists.person,
    "country": lists.country,
    "contested": lists.contested,
    "origins": lists.origins,
    "review": lists.review,
}
FOLDERS = {
    **{kind.name: kind.page_folder for kind in KINDS.values() if kind.page_folder},
    "year": "timeline",
    "topic": "topics",
    "person": "people",
    "country": "countries",
    "contested": "contested",
    "origins": "origins",
    "review": "review",
}
"""The folder that holds the pages of each kind."""


def address(job: Job) -> str:
    """Where the page of a job lies in the site."""
    kind, name = job
    return f"{FOLDERS[kind]}/{name}.html"


class Pages(Maker):
    """The pages of one archive."""

    def jobs(self) -> list[Job]:
        """Every page that is poured."""
        return [*self.records(), *self.further()]

    def records(self) -> list[Job]:
        """The pages of records and of what they have in common."""
        a = self.archive
        return [
            *((kind.name, name) for kind in KINDS.values() if kind.page_folder for name in a.of(kind)),
            *(("year", year) for year in a.by_year),
            *(("topic", name) for name in a.vocabulary["topics"]),
            *(("person", name) for name in a.vocabulary["people"]),
            *(("country", name) for name in a.vocabulary["countries"]),
        ]

    def further(self) -> list[Job]:
        """The pages of long lists after the first, which a written page shows. To count them, every fact is weighed."""
        long = {"contested": self.contested(), "origins": self.single(), "review": self.due()}
        return [
            (kind, str(number)) for kind, every in long.items() for number in range(2, -(-len(every) // PER_PAGE) + 1)
        ]

    def page(self, job: Job) -> Page:
        """Render one page."""
        kind, name = job
        return _MAKE[kind](self, name)

    def block(self, words_given: str, base: str, path: str = "index.html") -> Markup:
        """The block a written page asks for: a template of ``blocks/`` and, after a space, its parameter.

        ``base`` leads from the page up to the folder of its language, ``path`` from there to the page.
        Raises KeyError when there is no such block.
        """
        name, _, parameter = words_given.partition(" ")
        if not name.isalpha() or not (TEMPLATES / "blocks" / f"{name}.html").is_file():
            raise KeyError(name)
        template = self.template(f"blocks/{name}")
        row = self.row if base == "../" else lambda f: self._row(f, base)
        return Markup(template.render(base=base, parameter=parameter, row=row, path=path))

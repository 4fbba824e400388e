"""The list of the kinds of page, and the pages of one archive."""

from __future__ import annotations

from markupsafe import Markup

from factbook.pages import fact, lists, moved, organization, question, series, source
from factbook.pages.context import Context, Page, PageKind
from factbook.render.environment import TEMPLATES

Job = tuple[str, str]
"""A page to render: its kind and the id it is for."""
PAGE_KINDS: dict[str, PageKind] = {
    "question": question.QUESTION,
    "series": series.SERIES,
    "fact": fact.FACT,
    "redirect": moved.REDIRECT,
    "source": source.SOURCE,
    "organization": organization.ORGANIZATION,
    "year": lists.YEAR,
    "topic": lists.TOPIC,
    "person": lists.PERSON,
    "country": lists.COUNTRY,
    "contested": lists.CONTESTED,
    "origins": lists.ORIGINS,
    "review": lists.REVIEW,
    "changes": lists.CHANGES,
    "corrections": lists.CORRECTIONS,
    **moved.MOVED,
    "moved year": moved.YEAR,
}
"""Every kind of page by its name. To remove one, delete its line and its module."""
FOLDERS = {name: kind.folder for name, kind in PAGE_KINDS.items()}
"""The folder that holds the pages of each kind."""
FURTHER = frozenset(kind.folder for kind in PAGE_KINDS.values() if kind.further)
"""The folders of the later pages of long lists."""


def address(job: Job) -> str:
    """Return the path of the page of a job in the site."""
    kind, name = job
    return f"{FOLDERS[kind]}/{name}.html"


class Pages(Context):
    """Renders the pages of one archive in one language."""

    def jobs(self) -> list[Job]:
        """Return a job for every page that is poured."""
        return [*self.records(), *self.further()]

    def records(self) -> list[Job]:
        """Return the jobs for the pages of records, and of the words and years that they have in common."""
        return [(name, one) for name, kind in PAGE_KINDS.items() if not kind.further for one in kind.ids(self)]

    def further(self) -> list[Job]:
        """Return the jobs for the later pages of long lists. Counting them takes a look at every fact."""
        return [(name, one) for name, kind in PAGE_KINDS.items() if kind.further for one in kind.ids(self)]

    def page(self, job: Job) -> Page:
        """Return the rendered page of a job."""
        kind, name = job
        return PAGE_KINDS[kind].make(self, name)

    def block(self, words_given: str, base: str, path: str = "index.html") -> Markup:
        """Return the block that a written page asks for: a template of ``blocks/`` and, after a space, its parameter.

        ``base`` leads from the page up to the folder of its language, ``path`` from there to the page.

        Raises KeyError when there is no such block.
        """
        name, _, parameter = words_given.partition(" ")
        if not name.isalpha() or not (TEMPLATES / "blocks" / f"{name}.html").is_file():
            raise KeyError(name)
        template = self.template(f"blocks/{name}")
        row = self.row if base == "../" else lambda f: self._row(f, base)
        return Markup(template.render(base=base, parameter=parameter, row=row, path=path))

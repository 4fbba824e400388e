"""What every page is made with: the archive, the templates, the language, and the pieces that many pages share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from factbook import overview, reference, timeline
from factbook.archive import Archive
from factbook.language import Language, environment
from factbook.model import Organization, Source, Statement
from factbook.rules_evidence import EVIDENCE

TEMPLATES = Path(__file__).with_name("templates")
PER_PAGE = 100
"""Contested claims on one page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page ready to be poured: ``path`` is relative to the site, ``title`` and ``description`` are plain text."""

    path: str
    title: str
    description: str
    body: str


class Maker:
    """What makes the pages of one archive. ``edit_url`` and ``report_url`` are empty where none is configured."""

    def __init__(
        self, archive: Archive, edit_url: str = "", report_url: str = "", language: Language | None = None
    ) -> None:
        self.archive = archive
        self.language = language or Language()
        self._rows: dict[str, Markup] = {}
        self.contested = cache(partial(overview.contested, archive))
        env = environment(
            self.language,
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        env.globals.update(
            archive=archive,
            kinds=archive.vocabulary,
            words=self.language.words,
            counted=self.language.counted,
            edit_url=edit_url,
            report_url=report_url,
            base="../",
            short=self.short,
            standing_of=partial(overview.standing, archive),
            changes=partial(overview.changes, archive),
            contested=self.contested,
            organizations_by_kind=partial(overview.organizations_by_kind, archive),
            sources_by_kind=partial(overview.sources_by_kind, archive),
            organizations_by_facts=partial(overview.organizations_by_facts, archive),
            histogram=lambda: timeline.histogram({y: len(f) for y, f in archive.by_year.items()}, "everything"),
            per_page=PER_PAGE,
            search_filters=partial(overview.search_filters, archive),
            rules=reference.rules,
            fields=lambda: reference.fields(archive.schemas),
            evidence=lambda word: (EVIDENCE[word.extra.get("evidence", "none")].__doc__ or "").partition("\n")[0],
        )
        self.env = env
        kept = env.get_template("kept.html").module
        env.globals.update({n: lru_cache(65536)(getattr(kept, n)) for n in ("status", "date", "away", "cited")})
        self.organization_link, self.topic_link = lru_cache(65536)(kept.organization), lru_cache(65536)(kept.topic)
        self._row = self.template("macros").module.row
        self.render = {
            n: self.template(n).render for n in ("fact", "redirect", "organization", "source", "list", "contested_page")
        }

    def template(self, name: str) -> Template:
        """A template by its name. Jinja copies its globals for every page, and a dict is copied fastest."""
        template = self.env.get_template(f"{name}.html")
        template.globals = dict(template.globals)
        return template

    def row(self, statement: Statement) -> Markup:
        """A statement as one line of a list, for pages one folder down; made once and kept."""
        found = self._rows.get(statement.id)
        if found is None:
            found = self._rows[statement.id] = self._row(statement, "../")
        return found

    def short(self, organization: str) -> str:
        """The acronym of an organization in the language of its name, or its name where it has none."""
        o = self.archive.organizations[organization]
        return next((n.text for n in o.acronyms if n.language == o.names[0].language), o.label)

    @cached_property
    def described(self) -> dict[str, list[Organization]]:
        """Organizations by the source they are described from."""
        found: dict[str, list[Organization]] = defaultdict(list)
        for o in self.archive.organizations.values():
            for source in dict.fromkeys(r.source for r in o.references):
                found[source].append(o)
        return found

    @cached_property
    def of_origin(self) -> dict[str, list[Source]]:
        """Sources by their origin."""
        found: dict[str, list[Source]] = defaultdict(list)
        for s in self.archive.sources.values():
            found[s.origin].append(s)
        return found

"""The context that every page is rendered in: archive, language, templates, and the parts that many pages share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from types import SimpleNamespace
from typing import Any

from jinja2 import Template
from markupsafe import Markup
from msgspec import Struct

from factbook.check import reference
from factbook.data import citations, exports
from factbook.data.published import Publication
from factbook.data.sqlite_file import VIEWS
from factbook.data.tables import TABLES
from factbook.model import addresses, ledger, pins, replies_and_reviews, retraction, staleness, verdict
from factbook.model.archive import Archive
from factbook.model.records import SUBJECTS, Figure, Organization, Record, Source, Statement, Word, spellings
from factbook.pages import coverage, form_questions, overview, parts, pictures
from factbook.pages.reply_links import FORM_OF, KIND_OF, PAGE, ReplyLinks, form_for, page_of, report_form
from factbook.pages.tongues import Tongues
from factbook.render import compiled, corrected
from factbook.render.cached import by_id
from factbook.render.environment import environment
from factbook.render.language import Language, folder, own_name
from factbook.rules.evidence import asks

PER_PAGE = 100
"""Entries of a long list on one page."""


class Page(Struct, frozen=True, kw_only=True):
    """A page ready to be poured: ``path`` is relative to the site, ``title`` and ``description`` are plain text, each
    in one language: ``title_in`` and ``description_in`` are its attributes where that is not the page's."""

    path: str
    title: str
    description: str
    body: str
    title_in: Markup | str = ""
    description_in: Markup | str = ""


NO_REPLY_LINKS = ReplyLinks()


class PageKind(Struct, frozen=True, kw_only=True):
    """A kind of page that is poured.

    ``folder`` is the folder of its pages in the site. ``ids`` returns the ids that have a page, ``make`` renders the
    page of one. ``indexed``: the search finds these pages. ``further``: they continue a long list, whose first page is
    a written page.
    """

    folder: str
    ids: Callable[[Context], Iterable[str]]
    make: Callable[[Context, str], Page]
    indexed: bool = False
    further: bool = False


class Context:
    """The context in which the pages of one archive are rendered in one language.

    ``recorded`` is the archive as its records have it, and ``archive`` the same translated into ``language``; where no
    language is given, the two are one. ``reply_links`` are where readers answer.
    ``data`` says whether the folder ``data/`` is written as well; without it no page may link there. ``editions`` has
    the code of every language of the site, with the paths of its written pages, relative to the folder of the language.
    ``spoken`` are all languages of the site with their texts. ``env.globals`` holds what every template may use.
    """

    def __init__(
        self,
        archive: Archive,
        reply_links: ReplyLinks = NO_REPLY_LINKS,
        language: Language | None = None,
        data: bool = True,
        editions: Mapping[str, frozenset[str]] | None = None,
        publication: Publication | None = None,
        spoken: Sequence[Language] = (),
    ) -> None:
        self.language = language or Language()
        self.recorded = archive
        self.archive = archive = self.language.translate_archive(archive)
        self.data, self.reply_links = data, reply_links
        self._reported = reply_links.reporting()
        self.editions = editions or {}
        self.publication = publication or Publication()
        self.tongues = tongues = Tongues(
            self.language, "translations.html" in self.editions.get(self.language.code, ())
        )
        self.tongue = tongues.tongue
        self.of_claims = spoken[0] if spoken else Language()
        self.cites: dict[str, str] = {}
        self.contested = cache(partial(overview.contested, archive))
        self.single = cache(partial(overview.single, archive))
        self.changed = cache(partial(ledger.every_change, archive))
        self.corrections = cache(partial(ledger.corrections, archive))
        self.due = cache(partial(staleness.due, archive))
        env = environment(self.language)
        env.globals.update(
            archive=archive,
            recorded=self.recorded,
            kinds=SimpleNamespace(**archive.vocabulary),
            words=self.language.words,
            counted=self.language.counted,
            edit_url=reply_links.edit,
            report=self.report,
            suggest=form_for,
            form_page=PAGE,
            form_of=FORM_OF,
            reply_links=reply_links,
            groups=form_questions.groups,
            described=form_questions.described,
            choices=partial(form_questions.choices, archive),
            data=data,
            files=exports.ENTRIES,
            tables=TABLES,
            views=VIEWS,
            base="../",
            top="../" if self.language.translates else "",
            within=lambda labels: self.language.comma.join(map(self.language.within, labels)),
            original=self.language.attributes(self.language.claims),
            tongue=self.tongue,
            titled=self.titled,
            told=tongues.told,
            tongue_of=tongues.tongue_of,
            asks_for_translation=tongues.asks_for_translation,
            shares=partial(tongues.shares, self.recorded, spoken),
            own_name=own_name,
            lead=verdict.lead,
            waiting=partial(retraction.awaiting, archive),
            as_recorded=tongues.as_recorded,
            alike=self.alike,
            written=self.written,
            short=self.short,
            standing_of=partial(overview.standing, archive),
            foremost=overview.foremost,
            changes_first=partial(ledger.leading, archive),
            changed=self.changed,
            corrections=self.corrections,
            mended_field=cache(partial(corrected.field, archive, corrected.labels(self.language.text))),
            mended_value=partial(corrected.value, archive),
            updated=cache(lambda: max((h.date for s in archive.statements.values() for h in s.history), default="")),
            contested=self.contested,
            single=self.single,
            due=self.due,
            periods=self.periods,
            figures=partial(overview.figures, archive, self.language.order),
            share=overview.share,
            numbered=self.numbered,
            pinned=partial(pins.share, archive),
            judgements=partial(replies_and_reviews.compared, archive),
            replies=partial(replies_and_reviews.replies, archive),
            address_of=partial(replies_and_reviews.address_of, archive),
            due_answer=partial(staleness.changed_since, archive),
            whole=lambda: citations.with_citations(citations.of_archive(self.recorded, self.publication)),
            series_by_title=lambda: sorted(archive.series.values(), key=lambda s: self.language.order(s.title)),
            organizations_by_kind=partial(overview.organizations_by_kind, archive, self.language.order),
            describes=lambda source: source in self.described,
            sources_by_kind=partial(overview.sources_by_kind, archive, self.language.order),
            organizations_by_facts=partial(overview.organizations_by_facts, archive),
            all_columns=lambda: pictures.columns(archive, overview.foremost(archive.statements.values())),
            all_shared=lambda: pictures.network(archive),
            covered=lambda: coverage.coverage(archive),
            coverage_rows=coverage.ROWS,
            searches_listed=coverage.LISTED,
            per_page=PER_PAGE,
            long=parts.LONG,
            parted=partial(parts.of_list, archive, self.language),
            spellings=partial(spellings, archive.vocabulary),
            search_filters=partial(overview.search_filters, archive, self.recorded, self.language),
            rules=reference.rules,
            tracking=addresses.TRACKING,
            fields=lambda: reference.fields(archive.schemas),
            evidence=lambda word: self.language.text(asks(word.evidence)),
        )
        self.env = env
        elements: Any = env.get_template("elements.html").module  # its macros are attributes
        env.globals.update({n: lru_cache(65536)(getattr(elements, n)) for n in ("date", "edtf", "away")})
        env.globals.update(
            {n: by_id(getattr(elements, n)) for n in ("sign", "status", "cited", "to_fact", "to_source", "to_cell")}
        )
        env.globals["shorts"] = lru_cache(65536)(
            lambda names: Markup(self.language.comma).join(map(self._called, names))
        )
        self.organization_link, self.subject_link = (
            lru_cache(65536)(elements.organization),
            by_id(elements.subject),
        )
        self.subjects = lru_cache(65536)(self._subjects)  # many facts have the same together
        shared: Any = self.template("record_parts").module
        self._row = shared.row  # of any depth; ``row`` is for the pages one folder down
        self.row = by_id(lambda statement: self._row(statement, "../"))
        self.step = by_id(shared.step)
        trust: Any = self.template("trust").module
        self.cite = trust.cite
        self.render = cache(lambda name: compiled.rendered(self.template(name)))
        self.render("fact")  # compiled before processes part; the others only where they are needed

    def template(self, name: str) -> Template:
        """Return a template by its name, with globals of its own: they are copied for every page, and a dict is copied
        fastest."""
        template = self.env.get_template(f"{name}.html")
        template.globals = dict(template.globals)
        return template

    def short(self, organization: str) -> str:
        """Return what rows call an organization: the acronym or name that is recorded as in common use, in the language
        of its first name; that name where there is none. An acronym that only insiders know tells a reader nothing."""
        o = self.archive.organizations[organization]
        known = (n.text for n in (*o.acronyms, *o.names) if n.use and n.language == o.names[0].language)
        return next(known, o.label)

    def _subjects(self, *named: tuple[str, ...]) -> SimpleNamespace:
        """Return links to what a fact is about, for a page one folder down, by the lists of SUBJECTS. ``named`` are the
        ids of each list."""
        words = self.archive.vocabulary
        links = {
            kind: Markup(self.language.comma).join([self.subject_link(words[kind][w], kind, "../") for w in ids])
            for kind, ids in zip(SUBJECTS, named, strict=True)
        }
        return SimpleNamespace(**links)

    def titled(self, f: Statement) -> str:
        """Return a claim with its verdict as one text, in the one language of the claim as it is shown."""
        return verdict.title(self.recorded if self.tongue(f) else self.archive, f)

    def written(self, path: str) -> str:
        """Return the address of a written page below the folder of the language, which leads out of it where the page
        is in the language of the claims alone; empty where there is none."""
        if path in self.editions.get(self.language.code, ()):
            return path
        return f"../{path}" if path in self.editions.get(self.language.claims, ()) else ""

    def report(self, record: Record) -> str:
        """Where a page of a record leads for a problem with it: to the repository, the contact, or the form here."""
        recorded = getattr(self.recorded, KIND_OF[type(record)].collection)[record.id]
        return self._reported(recorded) or report_form(page_of(recorded))

    def numbered(self, figure: Figure) -> str:
        """Return the number of a figure for readers: thousands separated, a range with a dash."""
        ends = [figure.number, figure.most] if figure.most else [figure.number]
        return "–".join(self.language.number(int(end)) if end.lstrip("-").isdigit() else end for end in ends)

    def periods(self) -> list[tuple[Word, str]]:
        """Return the kinds of fact and the topics that set a period until the next review, each with that period in
        words."""
        plural = self.language.plural
        every = [w for name in ("fact_kinds", "topics") for w in self.archive.vocabulary[name].values()]
        found = []
        for word in every:
            if "recheck" in word.extra:
                years, months, weeks, days = staleness.parts(word.extra["recheck"])
                said = [
                    plural("{n} year", "{n} years", years) if years else "",
                    plural("{n} month", "{n} months", months) if months else "",
                    plural("{n} week", "{n} weeks", weeks) if weeks else "",
                    plural("{n} day", "{n} days", days) if days else "",
                ]
                found.append((word, " ".join(filter(None, said))))
        return found

    def _called(self, organization: str) -> Markup | str:
        """Return ``short`` of an organization, with its language marked where that is not the page's."""
        return self.tongues.marked(self.tongue(self.archive.organizations[organization]), self.short(organization))

    def alike(self, path: str) -> list[tuple[str, str, str]]:
        """Return the page at ``path`` in every language of the site, as (code, the language's own name, path in the
        site).

        ``path`` is relative to the folder of a language. A language without that page has its home page here.
        """
        if len(self.editions) < 2:
            return []
        return [
            (code, own_name(code), folder(code, self.language.claims) + (path if path in paths else "index.html"))
            for code, paths in self.editions.items()
        ]

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

"""Records into the bodies of pages: pure functions of the archive, each page through one template."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from factbook import edtf, overview, reference, timeline
from factbook.model import UNKNOWN, Archive, Organization, Redirect, Source, Statement
from factbook.rules_evidence import EVIDENCE, origins

TEMPLATES = Path(__file__).with_name("templates")
PER_PAGE = 100
"""Contested claims on one page."""
Job = tuple[str, str]
"""What to render: the kind of page and the id it is for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page ready to be poured: ``path`` is relative to the site, ``title`` and ``description`` are plain text."""

    path: str
    title: str
    description: str
    body: str


def words(text: str) -> str:
    """An EDTF text in words, or as it is where it is ``unknown``."""
    return _words(text)


@lru_cache(maxsize=65536)
def _words(text: str) -> str:
    return "date unknown" if text == UNKNOWN else edtf.words(edtf.parse(text))


def counted(n: int) -> str:
    """A number of facts in words: ``1 fact``, ``12 facts``."""
    return f"{n:,} fact" + ("" if n == 1 else "s")


class Pages:
    """The pages of one archive. ``edit_url`` and ``report_url`` are addresses, empty where none is configured."""

    def __init__(self, archive: Archive, edit_url: str = "", report_url: str = "") -> None:
        self.archive = archive
        self._rows: dict[str, Markup] = {}
        self.contested = cache(partial(overview.contested, archive))
        env = Environment(
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
            words=words,
            counted=counted,
            edit_url=edit_url,
            report_url=report_url,
            base="../",
            language="en",
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
        self._organization_link, self._topic_link = lru_cache(65536)(kept.organization), lru_cache(65536)(kept.topic)
        self._row = self._template("macros").module.row
        self._render = {
            n: self._template(n).render
            for n in ("fact", "redirect", "organization", "source", "list", "contested_page")
        }

    def _template(self, name: str) -> Template:
        """A template by its name. Jinja copies its globals for every page, and a dict is copied fastest."""
        template = self.env.get_template(f"{name}.html")
        template.globals = dict(template.globals)
        return template

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
        return getattr(self, f"_{kind}")(name)

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

    def _fact(self, name: str) -> Page:
        a = self.archive
        f = a.statements[name]
        word = a.status(f)
        supporting = [a.sources[r.source] for r in f.references if r.stance == "supports"]
        kinds = a.vocabulary["source_kinds"]
        stances = [
            (stance, [(r, a.sources[r.source]) for r in f.references if r.stance == stance.id])
            for stance in a.vocabulary["stances"].values()
        ]
        relations = a.vocabulary["relations"]
        body = self._render["fact"](
            f=f,
            record=f,
            word=word,
            origins=len(origins(a, f)),
            against=a.against(f),
            about=[
                self._organization_link(o, a.organizations[o].label_at(f.when), "../") for o in f.organizations
            ],
            topics=[self._topic_link(a.vocabulary["topics"][t], "../") for t in f.topics],
            publishers=list(dict.fromkeys(f"{s.publisher} ({kinds[s.kind].label.lower()})" for s in supporting)),
            stances=[(stance, refs) for stance, refs in stances if refs],
            related=[
                (relations[kind].label if way == "to" else relations[kind].extra["inverse"], a.statements[other])
                for kind, way, other in a.related.get(name, ())
                if kind != "contradicts" and other in a.statements
            ],
        )
        when = words(f.date) if f.date else "date not recorded"
        about = f"{word.label}. {word.meaning} {when[:1].upper()}{when[1:]}."
        return Page(path=f"facts/{name}.html", title=f.claim, description=about, body=body)

    def _redirect(self, name: str) -> Page:
        moved: Redirect = self.archive.redirects[name]
        target = self.archive.statements[moved.moved_to]
        body = self._render["redirect"](record=moved, target=target)
        return Page(path=f"facts/{name}.html", title=f"Moved: {target.claim}", description=target.claim, body=body)

    def _organization(self, name: str) -> Page:
        a = self.archive
        o = a.organizations[name]
        facts = a.by_organization.get(name, [])
        years: dict[str, list[Statement]] = {}
        for f in facts:
            years.setdefault(f.when.year if f.when else "Undated", []).append(f)
        used = Counter(r.source for f in facts for r in f.references) + Counter(r.source for r in o.references)
        languages = [
            (w.label, [n for n in (*o.names, *o.acronyms) if n.language == w.id and n is not o.names[0]])
            for w in a.vocabulary["languages"].values()
        ]
        kin = [
            ("Part of", [(i, None) for i in o.part_of]),
            ("Parts", [(i, None) for i in a.parts.get(name, ())]),
            ("Before it", [(p.organization, p.date) for p in o.predecessors]),
            ("After it", a.successors.get(name, [])),
        ]
        body = self._render["organization"](
            o=o,
            record=o,
            facts=facts,
            years=list(years.items()),
            counts=overview.standing(a, facts),
            row=self.row,
            acronym=self.short(name),
            languages=[pair for pair in languages if pair[1]],
            kin=[pair for pair in kin if pair[1]],
            picture=timeline.picture(facts, o.label),
            neighbours=a.neighbours.get(name, [])[:12],
            sources=[a.sources[s] for s, _ in sorted(used.items(), key=lambda kv: (-kv[1], kv[0]))],
        )
        return Page(path=f"organizations/{name}.html", title=o.label, description=o.description, body=body)

    def _source(self, name: str) -> Page:
        a = self.archive
        s = a.sources[name]
        facts = a.by_source.get(name, [])
        stances = [
            (stance, [f for f in facts if any(r.source == name and r.stance == stance.id for r in f.references)])
            for stance in a.vocabulary["stances"].values()
        ]
        body = self._render["source"](
            s=s,
            record=s,
            total=len(facts),
            counts=overview.standing(a, facts),
            row=self.row,
            stances=[(stance, found) for stance, found in stances if found],
            organizations=self._described.get(name, ()),
            same_origin=[o for o in self._origins[s.origin] if o.id != name],
        )
        about = f"{a.vocabulary['source_kinds'][s.kind].label}, {s.publisher}. Cited by {counted(len(facts))}."
        return Page(path=f"sources/{name}.html", title=s.title, description=about, body=body)

    @cached_property
    def _described(self) -> dict[str, list[Organization]]:
        """Organizations by the source they are described from."""
        found: dict[str, list[Organization]] = defaultdict(list)
        for o in self.archive.organizations.values():
            for source in dict.fromkeys(r.source for r in o.references):
                found[source].append(o)
        return found

    @cached_property
    def _origins(self) -> dict[str, list[Source]]:
        """Sources by their origin."""
        found: dict[str, list[Source]] = defaultdict(list)
        for s in self.archive.sources.values():
            found[s.origin].append(s)
        return found

    def _year(self, year: str) -> Page:
        facts = self.archive.by_year[year]
        years = list(reversed(self.archive.by_year))
        title = f"Facts of {year}" if year.isdigit() else "Facts without a date"
        lead = "" if year.isdigit() else "No date has been recorded for these, or none could be established."
        return self._list(
            f"timeline/{year}.html", "Timeline", title, lead, facts, [(y, y) for y in years], (year, year)
        )

    def _topic(self, name: str) -> Page:
        word = self.archive.vocabulary["topics"][name]
        topics = [(w.id, w.label) for w in self.archive.vocabulary["topics"].values()]
        facts = self.archive.by_topic.get(name, [])
        return self._list(f"topics/{name}.html", "Topics", word.label, word.meaning, facts, topics, (name, word.label))

    def _list(
        self, path: str, kicker: str, title: str, lead: str, facts: list[Statement], all_of: list, here: tuple
    ) -> Page:
        at = all_of.index(here)
        body = self._render["list"](
            kicker=kicker,
            up="index.html",
            title=title,
            lead=lead,
            facts=facts,
            counts=overview.standing(self.archive, facts),
            row=self.row,
            before=all_of[at - 1] if at else None,
            after=all_of[at + 1] if at + 1 < len(all_of) else None,
        )
        return Page(path=path, title=title, description=f"{counted(len(facts))}. {lead}".strip(), body=body)

    def _contested(self, number: str) -> Page:
        every = self.contested()
        n, pages = int(number), -(-len(every) // PER_PAGE)
        title = f"Contested claims, page {number} of {pages}"
        body = self._render["contested_page"](
            title=title, entries=every[(n - 1) * PER_PAGE : n * PER_PAGE], number=n, pages=pages
        )
        return Page(
            path=f"contested/{number}.html", title=title, description="Each beside what stands against it.", body=body
        )

    def block(self, words_given: str, base: str) -> Markup:
        """The block a written page asks for: a template of ``blocks/`` and, after a space, its parameter.

        Raises KeyError when there is no such block.
        """
        name, _, parameter = words_given.partition(" ")
        if not name.isalpha() or not (TEMPLATES / "blocks" / f"{name}.html").is_file():
            raise KeyError(name)
        template = self._template(f"blocks/{name}")
        row = self.row if base == "../" else lambda f: self._row(f, base)
        return Markup(template.render(base=base, parameter=parameter, row=row))

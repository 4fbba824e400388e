"""The archive as values: statements, the sources they rest on, the organizations they concern, and the words used.

Names follow Wikidata (statement, reference, rank), schema.org (Claim) and W3C PROV. Every class is frozen; a list in a
record is a tuple here. Dates are kept as written and parsed on asking (``when``), because parsing is cached.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from factbook import edtf
from factbook.edtf import Edtf

UNKNOWN = "unknown"
"""A date that was looked for and not established. An absent date has not been looked for."""


def when(text: str | None) -> Edtf | None:
    """The parsed date, or None for one that is absent or ``unknown``. Raises edtf.EdtfError on anything else."""
    return None if text is None or text == UNKNOWN else edtf.parse(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """Where a statement is supported or contradicted: Wikidata reference, ``prov:hadPrimarySource``."""

    source: str
    locator: str
    stance: str = "supports"
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One entry of a statement's ledger: on ``date`` the archive gave it ``status``, for ``reason``."""

    date: str
    status: str
    reason: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """How one statement bears on another: ``kind`` is a word of the vocabulary's relations."""

    kind: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One claim with its date, references and rank. ``path`` is the record's file, relative to ``facts/``."""

    id: str
    path: str
    claim: str
    kind: str
    organizations: tuple[str, ...]
    topics: tuple[str, ...]
    status: str
    references: tuple[Reference, ...]
    history: tuple[Revision, ...]
    date: str | None = None
    speaker: str = ""
    relations: tuple[Relation, ...] = ()
    note: str = ""

    @property
    def when(self) -> Edtf | None:
        return when(self.date)

    @property
    def key(self) -> tuple[str, str, str]:
        """Orders statements in time, undated ones first, then by id."""
        date = self.when
        return (*(date.key if date else ("", "")), self.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirect:
    """An id that moved to another: the page says so and leads on."""

    id: str
    path: str
    moved_to: str
    history: tuple[Revision, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A document statements rest on. ``origin`` is who it really comes from; reprints of one story share it."""

    id: str
    path: str
    title: str
    publisher: str
    kind: str
    language: str
    origin: str
    ownership: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    archive_url: str = ""
    published: str | None = None
    accessed: str | None = None
    organization: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """What an organization is called in a language, over ``period`` where it did not always hold."""

    text: str
    language: str
    period: str | None = None
    certainty: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Succession:
    """The organization that came before, and when it was followed."""

    organization: str
    date: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Organization:
    """A body statements are about."""

    id: str
    path: str
    names: tuple[Name, ...]
    kind: str
    description: str
    acronyms: tuple[Name, ...] = ()
    founded: str | None = None
    dissolved: str | None = None
    part_of: tuple[str, ...] = ()
    predecessors: tuple[Succession, ...] = ()
    website: str = ""
    references: tuple[Reference, ...] = ()
    note: str = ""

    @property
    def label(self) -> str:
        """The name it goes by: the first one recorded."""
        return self.names[0].text

    def label_at(self, date: Edtf | None) -> str:
        """The name it bore on the first day of ``date``, in the language of the label; the label where none says."""
        if date is not None:
            day = date.key[0]
            for name in self.names:
                held = when(name.period)
                if held and name.language == self.names[0].language:
                    if (held.earliest or "") <= day <= (held.latest or "9999"):
                        return name.text
        return self.label


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One entry of the vocabulary. ``extra`` holds what only some lists have, such as ``rank`` or ``evidence``."""

    id: str
    label: str
    meaning: str = ""
    extra: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def rank(self) -> int:
        """How well it stands against another of its list; -1 where the vocabulary gives no rank."""
        return int(self.extra.get("rank", -1))

    @property
    def evidence(self) -> str:
        """The test that a fact must pass to bear this word as its status."""
        return self.extra.get("evidence", "none")

    def has(self, flag: str) -> bool:
        """Whether the vocabulary sets ``flag`` to yes."""
        return self.extra.get(flag) == "yes"


Vocabulary = dict[str, dict[str, Word]]
"""Lists of words by name (``statuses``, ``topics`` …), each in the order of the site."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Everything read from ``facts/``, with the ways back: what rests on a source, what concerns an organization."""

    vocabulary: Vocabulary
    statements: dict[str, Statement] = field(default_factory=dict)
    redirects: dict[str, Redirect] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=lambda: {k: set() for k in ("fact", "organization", "source")})
    """Every id that has a file, by kind, whether its record is sound or not."""
    faulty: dict[str, frozenset[str]] = field(default_factory=dict)
    """The fields that are wrong in each record that did not pass its schema, by its path."""
    incomplete: Archive | None = None
    """Those records with the wrong fields left blank, so that the others can be checked; None in this one itself."""
    schemas: dict[str, dict] = field(default_factory=dict)
    """The JSON Schema documents by name, as they were applied."""
    today: str = ""
    """The build date (ISO), the date of the newest commit where nobody gives one; empty when neither is known."""

    def status(self, statement: Statement) -> Word:
        return self.vocabulary["statuses"][statement.status]

    @cached_property
    def by_organization(self) -> dict[str, list[Statement]]:
        return self._group(lambda s: s.organizations)

    @cached_property
    def by_source(self) -> dict[str, list[Statement]]:
        return self._group(lambda s: dict.fromkeys(r.source for r in s.references))

    @cached_property
    def by_topic(self) -> dict[str, list[Statement]]:
        return self._group(lambda s: s.topics)

    @cached_property
    def by_year(self) -> dict[str, list[Statement]]:
        """Statements by the year they begin in, newest year first, and at the end ``undated`` for those without one."""
        groups = self._group(lambda s: (s.when.year if s.when else "undated",))
        return dict(sorted(groups.items(), key=lambda kv: (kv[0].isdigit(), kv[0]), reverse=True))

    def _group(self, keys) -> dict[str, list[Statement]]:
        """Statements under each of their keys, newest first."""
        groups: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.newest_first:
            for key in keys(statement):
                groups[key].append(statement)
        return groups

    @cached_property
    def newest_first(self) -> list[Statement]:
        return sorted(self.statements.values(), key=lambda s: s.key, reverse=True)

    @cached_property
    def related(self) -> dict[str, list[tuple[str, str, str]]]:
        """For each statement id: (relation, ``to`` or ``from``, other id), its own relations first."""
        links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for statement in self.statements.values():
            for relation in statement.relations:
                links[statement.id].append((relation.kind, "to", relation.target))
        for statement in self.statements.values():
            for relation in statement.relations:
                links[relation.target].append((relation.kind, "from", statement.id))
        return links

    def against(self, statement: Statement) -> list[Statement]:
        """The statements that contradict this one, whichever record says so, in the order recorded."""
        others = dict.fromkeys(o for kind, _, o in self.related.get(statement.id, ()) if kind == "contradicts")
        return [self.statements[o] for o in others if o in self.statements]

    @cached_property
    def successors(self) -> dict[str, list[tuple[str, str | None]]]:
        """For each organization id: (id, date) of those that name it as their predecessor."""
        found: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        for organization in self.organizations.values():
            for before in organization.predecessors:
                found[before.organization].append((organization.id, before.date))
        return found

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """For each organization id: the ids of its parts."""
        found: dict[str, list[str]] = defaultdict(list)
        for organization in self.organizations.values():
            for whole in organization.part_of:
                found[whole].append(organization.id)
        return found

    @cached_property
    def neighbours(self) -> dict[str, list[tuple[str, int]]]:
        """For each organization id: (other id, number of facts they share), most first."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for statement in self.statements.values():
            for one in statement.organizations:
                for other in statement.organizations:
                    if one != other:
                        counts[one][other] += 1
        return {one: sorted(c.items(), key=lambda kv: (-kv[1], kv[0])) for one, c in counts.items()}

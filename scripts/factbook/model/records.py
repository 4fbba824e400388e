"""Records as values: statements, the sources they rest on, the organizations they concern, and the words used.

Names follow Wikidata (statement, reference, rank), schema.org (Claim) and W3C PROV. Every class is frozen; a list in a
record is a tuple here. Where a field is called otherwise in a record, ``name`` says how. Dates are kept as written and
parsed on asking (``when``), because parsing is cached.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct, field

from factbook.model import edtf
from factbook.model.answers import Question, Series
from factbook.model.edtf import Edtf

UNKNOWN = "unknown"
"""A date that was looked for and not established. An absent date has not been looked for."""
CLAIMS = "en"
"""The language of the engine's own texts, and of claims where the vocabulary names no other (``claims: yes``)."""


@lru_cache(maxsize=65536)
def when(text: str | None) -> Edtf | None:
    """The parsed date, or None for one that is absent or ``unknown``. Raises edtf.EdtfError on anything else."""
    return None if text is None or text == UNKNOWN else edtf.parse(text)


class Reference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a statement is supported or contradicted: Wikidata reference, ``prov:hadPrimarySource``."""

    source: str
    locator: str
    stance: str = field(default_factory=lambda: "supports")  # as a plain default it would be left out when written
    note: str = ""


class Correction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mistake of the archive's own that was mended: what the ``field`` of a record said ``before`` and ``after``."""

    field: str
    before: str
    after: str


class Revision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a statement's ledger: on ``date`` the archive gave it ``status``, for ``reason``, and mended what is
    ``corrected``."""

    date: str
    status: str
    reason: str
    sources: tuple[str, ...] = ()
    corrected: tuple[Correction, ...] = ()


class Relation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one statement bears on another: ``kind`` is a word of the vocabulary's relations."""

    kind: str
    target: str


class Translation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A claim in another language. ``original`` is the claim that was translated, word for word."""

    language: str
    claim: str
    original: str


class Figure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The number a statement gives: how many of ``unit`` it is, of what ``counts`` names. ``number`` and ``most``, the
    upper end where a range is given, are decimal texts; two figures of one thing have the same ``counts``."""

    number: str
    unit: str
    counts: str
    most: str = ""

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        """The least and the most that it can mean."""
        return Decimal(self.number), Decimal(self.most or self.number)


class Statement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim with its date, references and rank. ``path`` is the record's file, relative to ``facts/``."""

    id: str
    path: str
    claim: str
    kind: str
    organizations: tuple[str, ...]
    topics: tuple[str, ...]
    status: str
    references: tuple[Reference, ...] = field(name="sources")
    history: tuple[Revision, ...]
    date: str | None = None
    speaker: str = ""
    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    note: str = ""
    translations: tuple[Translation, ...] = ()
    figure: Figure | None = None

    @property
    def when(self) -> Edtf | None:
        """The parsed date; None where it is absent or ``unknown``. Raises edtf.EdtfError where it is no EDTF date."""
        return when(self.date)

    def cited(self, stance: str, apart: Collection[str] = ()) -> list[Reference]:
        """Its references with that stance, apart from those to some sources."""
        return [r for r in self.references if r.stance == stance and r.source not in apart]

    @property
    def key(self) -> tuple[str, str, str]:
        """Orders statements in time, undated ones first, then by id."""
        date = self.when
        return (*(date.key if date else ("", "")), self.id)


class Version(Struct, frozen=True, kw_only=True):
    """A statement as the archive published it before: ``name`` is its content hash, ``date`` the day of the commit that
    brought it (ISO)."""

    name: str
    date: str
    statement: Statement


class Redirect(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An id that moved to another: the page says so and leads on."""

    id: str
    path: str
    moved_to: str
    history: tuple[Revision, ...] = ()


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
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


class Name(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an organization is called in a language, over ``period`` where it did not always hold."""

    text: str
    language: str
    period: str | None = None
    certainty: str = ""


class Succession(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The organization that came before, and when it was followed."""

    organization: str
    date: str | None = None


class Organization(Struct, frozen=True, kw_only=True, omit_defaults=True):
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
    references: tuple[Reference, ...] = field(name="sources", default=())
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


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where was looked, and with which words."""

    place: str
    words: str = ""


class Search(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One look for facts: for which organizations and which period, where, on which day, and whether it found any."""

    id: str
    path: str
    question: str
    organizations: tuple[str, ...]
    period: str
    places: tuple[Place, ...]
    searched: str
    outcome: str
    note: str = ""

    @property
    def found(self) -> bool:
        """Whether it came upon anything."""
        return self.outcome == "found"


class Word(Struct, frozen=True, kw_only=True):
    """One entry of the vocabulary. ``extra`` holds what only some lists have, such as ``rank`` or ``evidence``."""

    id: str
    label: str
    meaning: str = ""
    extra: dict[str, str] = {}

    @property
    def rank(self) -> int:
        """How well it stands against another of its list; -1 where the vocabulary gives no rank."""
        return int(self.extra.get("rank", -1))

    @property
    def tone(self) -> str:
        """Which of the theme's colours marks it."""
        return self.extra.get("tone", "neutral")

    @property
    def icon(self) -> str:
        """The path of its sign, on a grid of 16 by 16; empty where it has none."""
        return self.extra.get("icon", "")

    @property
    def of(self) -> str:
        """The status that this one is a shade of: it is never recorded, but worked out from what the fact rests on."""
        return self.extra.get("of", "")

    @property
    def evidence(self) -> str:
        """The test that a fact must pass to bear this word as its status."""
        return self.extra.get("evidence", "none")

    @property
    def denies(self) -> bool:
        """Whether a claim with this status is told not to be so: it is refuted, or the record is taken back."""
        return self.evidence == "better-contradiction" or self.has("withdraws")

    def has(self, flag: str) -> bool:
        """Whether the vocabulary sets ``flag`` to yes."""
        return self.extra.get(flag) == "yes"

    @property
    def also(self) -> tuple[str, ...]:
        """Other spellings of what the word names, from its field ``also``, where semicolons part them."""
        return tuple(filter(None, (part.strip() for part in self.extra.get("also", "").split(";"))))


Record = Statement | Redirect | Source | Organization | Search | Question | Series
"""What a file of its own holds."""
Vocabulary = dict[str, dict[str, Word]]
"""Lists of words by name (``statuses``, ``topics`` …), each in the order of the site."""
SUBJECTS = ("topics", "people", "countries")
"""The lists of words that say what a statement is about. Each is a field of statements, and a folder of pages."""


def spellings(vocabulary: Vocabulary, word: Word) -> list[tuple[str, str]]:
    """Other names of a word as (language or empty, name): from its fields named by a language, then ``also``."""
    named = [(code, word.extra[code]) for code in vocabulary["languages"] if code in word.extra]
    return [*named, *(("", name) for name in word.also)]

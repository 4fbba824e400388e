"""The records as immutable values: statements, their sources and organizations, and the words of the vocabulary.

Names follow Wikidata (statement, reference, rank), schema.org (Claim) and W3C PROV. Lists are tuples here. Where a
field has another name in the file of a record, ``name`` gives that. Dates are kept as written and parsed on demand
(``when``).
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct, field

from factbook.model import edtf
from factbook.model.answers import Question, Series
from factbook.model.edtf import Edtf
from factbook.model.entries import Amendment, Retraction
from factbook.model.entries import Correction as Correction
from factbook.model.judgements import Reply, Review
from factbook.model.searches import Search

UNKNOWN = "unknown"
"""The date of something that was looked for and not established. A date that is absent has not been looked for."""
CLAIMS = "en"
"""The language of the engine's own texts, and of claims where the vocabulary marks no other (``claims: yes``)."""
LOW = "low"
"""The weight of a statement that nothing could contradict and nobody would look up. No other is recorded."""


@lru_cache(maxsize=65536)
def when(text: str | None) -> Edtf | None:
    """Return the parsed date; None where it is absent or ``unknown``. Raises edtf.EdtfError on anything else."""
    return None if text is None or text == UNKNOWN else edtf.parse(text)


class Reference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A passage of a source that supports or contradicts a statement: Wikidata reference, ``prov:hadPrimarySource``."""

    source: str
    locator: str
    stance: str = field(default_factory=lambda: "supports")  # as a plain default it would be left out when written
    note: str = ""
    fragment: str = ""


class Revision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a statement's ledger: on ``date`` the archive gave it ``status`` for ``reason``."""

    date: str
    status: str
    reason: str
    sources: tuple[str, ...] = ()
    corrected: tuple[Correction, ...] = ()


class Relation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A relation of a statement to the statement ``target``; ``kind`` is a word of the vocabulary's relations."""

    kind: str
    target: str


class Translation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A claim in another language. ``original`` is the claim that was translated, word for word."""

    language: str
    claim: str
    original: str


class Figure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The number that a statement gives, in ``unit``, of what ``counts`` names; ``most`` is the end of a range."""

    number: str
    unit: str
    counts: str
    most: str = ""

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        """The lower and the upper bound of the number."""
        return Decimal(self.number), Decimal(self.most or self.number)


class Statement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim with its date, its references and its status. ``path`` is the record's file, relative to ``facts/``."""

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
    weight: str = ""

    @property
    def when(self) -> Edtf | None:
        """The parsed date; None where it is absent or ``unknown``. Raises edtf.EdtfError where it is no EDTF date."""
        return when(self.date)

    @property
    def low(self) -> bool:
        """Whether it is marked as of low weight: it steps behind in lists, on the home page and in totals."""
        return self.weight == LOW

    def cited(self, stance: str, apart: Collection[str] = ()) -> list[Reference]:
        """Return its references of one stance, but for those to the sources ``apart``."""
        return [r for r in self.references if r.stance == stance and r.source not in apart]

    @property
    def key(self) -> tuple[str, str, str]:
        """A key that sorts statements by date, undated ones first, then by id."""
        date = self.when
        return (*(date.key if date else ("", "")), self.id)


class Version(Struct, frozen=True, kw_only=True):
    """A statement as it was published before: ``name`` is its content hash, ``date`` the day (ISO) of its commit."""

    name: str
    date: str
    statement: Statement


class Redirect(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An id that has moved to the fact ``moved_to``; its page says so and links there. ``differs`` says what is other
    there, where that fact does not say the same."""

    id: str
    path: str
    moved_to: str
    differs: str = ""
    history: tuple[Revision, ...] = ()


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document that statements rest on. ``origin`` is who it really comes from; reprints of one story share it."""

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
    text_by: str = ""
    captured: str | None = None
    changed: str | None = None
    note: str = ""
    retracted: Retraction | None = None
    history: tuple[Amendment, ...] = ()


class Name(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name or acronym of an organization in one language; ``period`` (EDTF) where it did not always hold, ``use``
    where everybody knows it by that."""

    text: str
    language: str
    period: str | None = None
    certainty: str = ""
    use: str = ""


class Succession(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The organization that came before another, and the date of the change."""

    organization: str
    date: str | None = None


class Organization(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A body that statements are about."""

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
    history: tuple[Amendment, ...] = ()

    @property
    def label(self) -> str:
        """The name readers see: the first one recorded."""
        return self.names[0].text

    def label_at(self, date: Edtf | None) -> str:
        """Return its name on the first day of ``date``, in the language of the label: of several that may have held
        then, the one that began last. Where there is none, the label."""
        day, found = date.key[0] if date else "", ("", self.label)
        for name in self.names:
            held = when(name.period)
            if day and held and name.language == self.names[0].language:
                if (
                    found[0] <= (begun := held.earliest or "0000") <= day <= (held.latest or "9999")
                    and begun != found[0]
                ):
                    found = begun, name.text
        return found[1]


class Word(Struct, frozen=True, kw_only=True):
    """One entry of the vocabulary. ``extra`` holds what only some lists have, such as ``rank`` or ``evidence``."""

    id: str
    label: str
    meaning: str = ""
    extra: dict[str, str] = {}

    @property
    def rank(self) -> int:
        """Its rank among the words of its list, higher is better; -1 where the vocabulary gives none."""
        return int(self.extra.get("rank", -1))

    @property
    def tone(self) -> str:
        """The name of its colour in the theme."""
        return self.extra.get("tone", "neutral")

    @property
    def icon(self) -> str:
        """The SVG path of its icon on a grid of 16 by 16; empty where it has none."""
        return self.extra.get("icon", "")

    @property
    def of(self) -> str:
        """The status that this one is a shade of, or empty. A shade is never recorded: it follows from the sources."""
        return self.extra.get("of", "")

    @property
    def evidence(self) -> str:
        """The name of the test of evidence that a fact must pass to have this word as its status."""
        return self.extra.get("evidence", "none")

    @property
    def denies(self) -> bool:
        """Whether a claim with this status is said to be false, or its record is withdrawn."""
        return self.evidence == "better-contradiction" or self.has("withdraws")

    def has(self, flag: str) -> bool:
        """Whether the vocabulary sets ``flag`` to yes."""
        return self.extra.get(flag) == "yes"

    @property
    def also(self) -> tuple[str, ...]:
        """Other spellings of the word, from its field ``also``, where semicolons separate them."""
        return tuple(filter(None, (part.strip() for part in self.extra.get("also", "").split(";"))))


Record = Statement | Redirect | Source | Organization | Search | Question | Series | Reply | Review
"""A record with a file of its own."""
Vocabulary = dict[str, dict[str, Word]]
"""Lists of words by name (``statuses``, ``topics`` …), each in the order of the site."""
SUBJECTS = ("topics", "people", "countries")
"""Lists of words that say what a statement is about. Each is a field of statements and a folder of pages."""
ORDERLESS = ("references", *SUBJECTS, "relations", "translations")
"""Lists whose order has no meaning. Elsewhere it has: the first organization is the main one, the first name the label.
"""


def spellings(vocabulary: Vocabulary, word: Word) -> list[tuple[str, str]]:
    """Return other names of a word as (language or empty, name): by language code, then those of ``also``."""
    named = [(code, word.extra[code]) for code in vocabulary["languages"] if code in word.extra]
    return [*named, *(("", name) for name in word.also)]

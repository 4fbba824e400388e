"""The whole archive as one value, with indexes: records by organization, source, subject and year, and relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from factbook.model.answers import Question, Series
from factbook.model.entries import WordLedger
from factbook.model.judgements import Reply, Review
from factbook.model.kinds import FILED, KINDS, Kind, sharing
from factbook.model.moved import Moved
from factbook.model.records import (
    CLAIMS,
    SUBJECTS,
    Organization,
    Record,
    Redirect,
    Source,
    Statement,
    Version,
    Vocabulary,
    Word,
)
from factbook.model.searches import Search

RETRACTED = Word(id="retracted", label="Retracted", extra={"rank": "0", "unreliable": "yes", "tone": "bad"})
"""What a retracted source is worth, whatever its kind: it weighs as an unreliable one."""
Support = Literal["none", "unreliable", "retold", "one", "several"]
"""What supports a statement: nothing; unreliable sources; such as only retell, too; one independent origin; several."""


def claims_of(vocabulary: Vocabulary) -> str:
    """Return the language that a vocabulary marks as that of the claims, or English."""
    return next((word.id for word in vocabulary["languages"].values() if word.has("claims")), CLAIMS)


class Archive(Struct, frozen=True, kw_only=True, dict=True):
    """Every record of ``facts/``, with indexes that are computed when they are first asked for."""

    vocabulary: Vocabulary
    statements: dict[str, Statement] = {}
    redirects: dict[str, Redirect] = {}
    sources: dict[str, Source] = {}
    organizations: dict[str, Organization] = {}
    searches: dict[str, Search] = {}
    questions: dict[str, Question] = {}
    series: dict[str, Series] = {}
    replies: dict[str, Reply] = {}
    reviews: dict[str, Review] = {}
    words: WordLedger = WordLedger()
    """The ledger of the vocabulary."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words and phrases that mean the same to who searches, in groups."""
    moved: tuple[Moved, ...] = ()
    """The ids of other records than facts, and of words, that are no longer used, each with the one that is."""
    known: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in FILED})
    """Every id that has a file, by kind, whether its record is sound or not."""
    faulty: dict[str, frozenset[str]] = {}
    """The fields that are wrong in each record that did not pass its schema, by its path."""
    incomplete: Archive | None = None
    """Those records with the wrong fields left blank, so that the others can be checked; None in this one itself."""
    schemas: dict[str, dict[str, Any]] = {}
    """The JSON Schema documents by name, as they were applied."""
    earlier: dict[str, tuple[Version, ...]] | None = None
    """The versions of each fact before the present one, oldest first; None where the history was not read."""
    today: str = ""
    """The build date (ISO); empty where nothing is held to it."""
    last_day: str = ""
    """The last day (ISO) that has begun anywhere on earth at the build: nothing that was done can be dated later."""

    # What is worked out for an archive is kept for that one, not for another with the same records.
    __hash__ = object.__hash__

    def with_earlier(self, earlier: dict[str, tuple[Version, ...]] | None) -> Archive:
        """Return the same archive with the versions ``earlier``; the indexes that are computed already are kept."""
        other = replace(self, earlier=earlier)
        vars(other).update(vars(self))
        return other

    @cached_property
    def claims(self) -> str:
        """The language of the claims: the word of the vocabulary that says ``claims: yes``, or English."""
        return claims_of(self.vocabulary)

    def every(self) -> Iterator[Record]:
        """Yield every sound record, kind by kind."""
        for kind in KINDS.values():
            yield from self.of(kind).values()

    def of(self, kind: Kind) -> dict[str, Any]:
        """Return the sound records of a kind, by id."""
        records: dict[str, Any] = getattr(self, kind.collection)
        return records

    def unsound(self, kind: str) -> set[str]:
        """Return the ids of a kind that have a file, but no sound record."""
        return self.known[kind].difference(*(self.of(one) for one in sharing(kind)))

    @cached_property
    def moved_ids(self) -> dict[str, dict[str, str]]:
        """For each kind of which an id has moved: the id that is used now, by the one that is not."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for one in self.moved:
            found[one.kind][one.id] = one.moved_to
        return found

    def source(self, name: str) -> Source:
        """The source with that id, or, as ledgers name sources for ever, the one that the id has moved to."""
        return self.sources[self.moved_ids["source"].get(name, name)]

    def status(self, statement: Statement) -> Word:
        """Return the status of a statement as it is shown everywhere: see ``shown``."""
        return self.shown_status(statement, statement.status)

    def shown_status(self, statement: Statement, status: str) -> Word:
        """Return the word that readers see for ``status``, which a statement has or had by its record.

        Where the vocabulary has a shade of that status (``of``) for the kind of support that the statement has
        (``when``), it is that shade: a claim that only an unreliable source makes must not look like one that somebody
        vouches for.
        """
        shades = self.shades.get(status)
        if shades:
            support = self.support(statement)
            for shade in shades:
                if shade.extra["when"] == support:
                    return shade
        return self.vocabulary["statuses"][status]

    def worth(self, source: Source) -> Word:
        """Return what a source can carry: the word of its kind, or ``RETRACTED``."""
        return RETRACTED if source.retracted else self.vocabulary["source_kinds"][source.kind]

    @cached_property
    def retracted(self) -> dict[str, Source]:
        """The retracted sources by id."""
        return {name: source for name, source in self.sources.items() if source.retracted}

    def support(self, statement: Statement) -> Support:
        """Return what sort of sources support a statement; references to unknown sources do not count."""
        held = self.sources
        worth = self.worth
        found = [held[r.source] for r in statement.references if r.stance == "supports" and r.source in held]
        origins = {s.origin for s in found if worth(s).has("independent")}
        if origins:
            return "one" if len(origins) == 1 else "several"
        if found and all(worth(s).has("unreliable") for s in found):
            return "unreliable"
        return "retold" if found else "none"

    @cached_property
    def shades(self) -> dict[str, list[Word]]:
        """The shades of each recorded status, by its id, in the order of the vocabulary."""
        found: dict[str, list[Word]] = {}
        for word in self.vocabulary["statuses"].values():
            if word.of:
                found.setdefault(word.of, []).append(word)
        return found

    @cached_property
    def recordable(self) -> dict[str, Word]:
        """The statuses that a record may have, by id: those that are no shade of another."""
        return {w.id: w for w in self.vocabulary["statuses"].values() if not w.of}

    @cached_property
    def by_organization(self) -> dict[str, list[Statement]]:
        """Statements by the id of each organization they are about, newest first."""
        return self._group(lambda s: s.organizations)

    @cached_property
    def by_source(self) -> dict[str, list[Statement]]:
        """Statements by the id of each source they cite, for or against, newest first; each once."""
        return self._group(lambda s: dict.fromkeys(r.source for r in s.references))

    @cached_property
    def searches_of(self) -> dict[str, list[Search]]:
        """Searches by organization, the newest first."""
        groups: dict[str, list[Search]] = defaultdict(list)
        for search in sorted(self.searches.values(), key=lambda s: (s.searched, s.id), reverse=True):
            for name in search.organizations:
                groups[name].append(search)
        return groups

    @cached_property
    def questions_on(self) -> dict[str, list[Question]]:
        """The questions whose answer names a fact, by the id of the fact."""
        found: dict[str, list[Question]] = defaultdict(list)
        for question in self.questions_asked:
            for fact in question.facts:
                found[fact].append(question)
        return found

    @cached_property
    def questions_asked(self) -> list[Question]:
        """Every question: those with a place of their own (``home``) first, then those with an answer, and of these the
        ones that most facts answer."""
        every = self.questions.values()
        return sorted(
            every, key=lambda q: (int(q.home or 1000), not q.answer, -len(q.facts), q.question.casefold(), q.id)
        )

    @cached_property
    def by_subject(self) -> dict[str, dict[str, list[Statement]]]:
        """For each list of SUBJECTS: statements by the words they bear of it."""
        return {name: self._group(attrgetter(name)) for name in SUBJECTS}

    @cached_property
    def dated(self) -> dict[str, tuple[list[Statement], dict[str, int]]]:
        """For each organization id: its statements that have a date, newest first, and the position of each by its id.

        It is what ``around`` looks up; a statement without a date has no neighbours in time.
        """
        timelines = {o: [s for s in every if s.when] for o, every in self.by_organization.items()}
        return {o: (line, {s.id: i for i, s in enumerate(line)}) for o, line in timelines.items()}

    def group(self) -> None:
        """Compute the indexes that nearly every page needs, before processes part and each would compute its own."""
        _ = self.by_year, self.dated, self.related

    def around(self, statement: Statement, organization: str) -> tuple[Statement | None, Statement | None]:
        """Return the statements before and after ``statement`` in time among those of an organization, None where there
        is none."""
        line, places = self.dated[organization]
        place = places.get(statement.id)
        if place is None:
            return None, None
        return (line[place + 1] if place + 1 < len(line) else None), (line[place - 1] if place else None)

    @cached_property
    def by_year(self) -> dict[str, list[Statement]]:
        """Statements by the year they begin in, newest year first; those without a date are last, under ``undated``."""
        groups = self._group(lambda s: (s.when.year if s.when else "undated",))
        return dict(sorted(groups.items(), key=lambda kv: (kv[0].isdigit(), kv[0]), reverse=True))

    def _group(self, keys: Callable[[Statement], Iterable[str]]) -> dict[str, list[Statement]]:
        """Return the statements under each of their ``keys``, newest first."""
        groups: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.newest_first:
            for key in keys(statement):
                groups[key].append(statement)
        return groups

    @cached_property
    def newest_first(self) -> list[Statement]:
        """Every statement by its date, the latest first; those without a date last."""
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
        """Return the statements that contradict ``statement``, whichever of the two records says so, in the order
        recorded."""
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

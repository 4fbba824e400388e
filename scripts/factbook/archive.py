"""The whole archive as one value, with the ways through it: by organization, source, topic, year and relation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from factbook.model import Organization, Redirect, Source, Statement, Vocabulary, Word


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

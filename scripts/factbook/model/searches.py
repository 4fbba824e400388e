"""Records of searches: what was looked for and where, so that a gap is not taken for silence."""

from __future__ import annotations

from msgspec import Struct

from factbook.model.entries import Amendment


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place that was searched, and the words that were searched for."""

    place: str
    words: str = ""


class Search(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One search for facts: about which organizations and period, in which places, on which day, with what outcome."""

    id: str
    path: str
    question: str
    organizations: tuple[str, ...]
    period: str
    places: tuple[Place, ...]
    searched: str
    outcome: str
    note: str = ""
    history: tuple[Amendment, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything was found."""
        return self.outcome == "found"

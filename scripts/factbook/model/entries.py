"""What ledgers are made of besides the entries of a fact: corrections, the entries of every other kind of record
and of the vocabulary, and the retraction of a source."""

from __future__ import annotations

from msgspec import Struct

NO_DATE = "none"
"""What a correction says of a date, or any other field, that was left out."""


class Correction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mistake of the archive's own that was mended: what the ``field`` of a record said ``before`` and ``after``."""

    field: str
    before: str
    after: str


class Amendment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the ledger of a record that is no fact: on ``date`` the record was changed, for ``reason``, and
    what is ``corrected`` was mended."""

    date: str
    reason: str
    corrected: tuple[Correction, ...] = ()


class WordLedger(Struct, frozen=True, kw_only=True):
    """What the vocabulary says beside its words: when one of them came to mean something else, and why."""

    path: str = "vocabulary.yaml"
    history: tuple[Amendment, ...] = ()


class Retraction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a source is no longer relied on since ``date``, for ``reason``; ``evidence`` are ids of the sources that
    showed it."""

    date: str
    reason: str
    evidence: tuple[str, ...] = ()

"""Records of what others say of a fact: their replies, and the judgements of other fact-checkers.

Neither is evidence. They stand beside a fact and never change its status by themselves.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from factbook.model.entries import Amendment

Compared = Literal["agrees", "differs", "partly"]
"""How another judgement stands to ours, as the recorder sees it."""
COMPARED: tuple[Compared, ...] = ("agrees", "partly", "differs")
"""Every such word, in the order in which they are shown."""


class Reply(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody whom facts concern answers to them, on ``date`` (EDTF), in the sense of their words.

    It can be read in a ``source`` of the archive, or at ``url``; one of the two is given.
    """

    id: str
    path: str
    by: str
    date: str
    says: str
    facts: tuple[str, ...]
    organization: str = ""
    source: str = ""
    url: str = ""
    archive_url: str = ""
    note: str = ""
    history: tuple[Amendment, ...] = ()


class Review(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The judgement of another fact-checker on the claim of a fact (schema.org ClaimReview): its ``verdict`` in the
    sense of their words, and how it compares with the status that the archive gives.

    It can be read in a ``source`` of the archive, or at ``url``; one of the two is given.
    """

    id: str
    path: str
    by: str
    date: str
    verdict: str
    compared: Compared
    fact: str
    organization: str = ""
    source: str = ""
    url: str = ""
    archive_url: str = ""
    note: str = ""
    history: tuple[Amendment, ...] = ()

"""What a correction does to the status of a fact, and to what its claim says of its date."""

from __future__ import annotations

import re

from msgspec.structs import replace

from factbook.model import edtf, edtf_words, months
from factbook.model.archive import Archive
from factbook.model.records import Reference, Source, Statement
from factbook.rules.dates import parsed
from factbook.rules.evidence import EVIDENCE


def borne(archive: Archive, statement: Statement, source: Source) -> str:
    """Return the status that a corrected ``statement`` may bear where ``source`` alone shows what it says now.

    The other sources were weighed for what it said before. A status without a rank, or that asks for nothing, stays.
    """
    word = archive.vocabulary["statuses"][statement.status]
    if word.evidence == "none" or not word.extra.get("rank"):
        return word.id
    alone = replace(statement, references=(Reference(source=source.id, locator="", stance="supports"),))
    beside = replace(archive, sources={**archive.sources, source.id: source})
    ranked = [one for one in beside.recordable.values() if one.extra.get("rank")]
    held = [one for one in ranked if not EVIDENCE[one.evidence](beside, alone)]
    best = max(held, key=lambda one: one.rank, default=None)
    if best is None:
        return next(one.id for one in beside.recordable.values() if one.has("default"))
    return word.id if best.rank >= word.rank else best.id


def still_says(archive: Archive, statement: Statement, date: str) -> str:
    """Return the words with which the claim tells the date it had, where it is to have another; empty where it does
    not."""
    before, after = parsed(statement.date), parsed(date)
    if before is None or after is None:
        return ""
    old, new = (_ways(archive, one) for one in (before, after))
    return next((text for text in old if text not in new and re.search(rf"\b{re.escape(text)}\b", statement.claim)), "")


def _ways(archive: Archive, date: edtf.Edtf) -> list[str]:
    """Return what a claim may call a date, the most exact first: its day, its month, its year."""
    names = months.names(archive.claims)

    def beside_a_day(month: int, _: bool) -> str:
        return str(names["format"]["wide"][month])

    def alone(month: int, _: bool) -> str:
        return str(names["stand-alone"]["wide"][month])

    parts = dict.fromkeys((date.text, date.text[:10], date.text[:7], date.text[:4]))
    known = [(text, part) for text in parts if (part := parsed(text))]
    forms = (beside_a_day, alone)
    return [said for text, part in known for said in (*(edtf_words.words(part, months=m) for m in forms), text)]

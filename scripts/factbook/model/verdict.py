"""The verdict that goes before a claim outside its page: in titles, links, citations, exports and lists.

A claim that is disputed, false or withdrawn must not be read, cited or passed on without its verdict. Every place that
shows a claim outside its own record asks this module.
"""

from __future__ import annotations

from factbook.model.archive import Archive
from factbook.model.records import Statement, Word


def lead(word: Word) -> str:
    """Return the words before a claim of the status ``word``, such as ``False claim``; empty where the claim may stand
    alone.

    The vocabulary gives them as ``lead``. Where it gives none, a status that is contested, withdraws the record or asks
    for a successor leads with its own label, so that no archive can forget it.
    """
    given = word.extra.get("lead", "")
    if given or not (word.has("contested") or word.has("withdraws") or word.evidence == "successor"):
        return given
    return word.label


def titled(word: Word, claim: str) -> str:
    """Return a claim of the status ``word`` with its verdict as one text: ``False claim: The lamp is out.``"""
    before = lead(word)
    return f"{before}: {claim}" if before else claim


def title(archive: Archive, statement: Statement) -> str:
    """Return the claim of a statement with the verdict of today as one text."""
    return titled(archive.status(statement), statement.claim)

"""What goes before a claim wherever it leaves its page: in titles, links, citations, exports and lists.

A claim that is disputed, false or taken back must not be read, cited or passed on without its verdict. Every place
that shows a claim outside its own record asks this module.
"""

from __future__ import annotations

from factbook.model.archive import Archive
from factbook.model.records import Statement, Word


def lead(word: Word) -> str:
    """What is said before a claim of the status ``word``, such as ``False claim``; empty where it may stand alone.

    The vocabulary says it as ``lead``. A status that is contested, takes the record back or asks for a successor leads
    with its own label where the vocabulary says nothing, so that no archive can forget it.
    """
    given = word.extra.get("lead", "")
    if given or not (word.has("contested") or word.has("withdraws") or word.evidence == "successor"):
        return given
    return word.label


def titled(word: Word, claim: str) -> str:
    """A claim of the status ``word`` as one text that can travel: ``False claim: The lamp is out.``"""
    before = lead(word)
    return f"{before}: {claim}" if before else claim


def title(archive: Archive, statement: Statement) -> str:
    """The claim of a statement as one text that can travel, led by the verdict of today."""
    return titled(archive.status(statement), statement.claim)

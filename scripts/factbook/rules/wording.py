"""Rules for words that give a record away: a note that denies an end, and an inference in the note of a source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from factbook.model.archive import Archive
from factbook.model.records import Organization, Statement
from factbook.rules.dates import parsed
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import show

FOLDER = Path(__file__).with_name("wording")
"""A file for each language in which claims are written, such as ``en.toml``: ``no_end`` are words that deny that
something ended, ``inference`` words by which a writer concludes. Only what is hardly ever said otherwise stands there:
*still* and *as of* were tried, and every note that they found was right (docs/decisions/wording.md)."""
_QUOTED = re.compile('"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘[^’]*’')


@cache
def _phrases(language: str, name: str) -> re.Pattern[str] | None:
    """Return a pattern for the phrases ``name`` of ``language``, a code such as ``en`` or ``sr-Latn``; None where the
    language has no file."""
    path = FOLDER / f"{language.partition('-')[0]}.toml"
    if not path.is_file():
        return None
    listed = tomllib.loads(path.read_text("utf-8"))[name]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE)


def _said(archive: Archive, name: str, text: str) -> str:
    """Return the phrase of the list ``name`` that ``text`` holds outside of quotation marks, or an empty text."""
    phrases = _phrases(archive.claims, name)
    found = phrases.search(_QUOTED.sub(" ", text)) if phrases and text else None
    return found[0] if found else ""


@rule(scope="archive", severity="warning", waivable=True)
def end_denied(archive: Archive) -> Iterator[Finding]:
    """A fact whose note, or whose last reason, says that no end is known should have a date without an end.

    A date that ends says that the fact held no longer. ``2006/`` says that the end is not known, ``2006/..`` that it
    still holds; the day of the last account that was read is no end.
    """
    for statement in archive.statements.values():
        date = parsed(statement.date)
        if date is None or date.end in ("open", "unknown"):
            continue
        for text in (statement.note, statement.history[-1].reason):
            if said := _said(archive, "no_end", text):
                begin = date.text.partition("/")[0].replace("..", "") or "2006"
                hint = f"Write {begin}/ where the end is not known, {begin}/.. where it still holds; or mend the text."
                message = f"the date has an end, which the record denies: {show(said)}"
                yield finding(statement, ("date",), message, value=date.text, hint=hint)
                break


@rule(scope="archive", severity="warning", waivable=True)
def inference_in_note(archive: Archive) -> Iterator[Finding]:
    """The note of a source that a record cites should say what the source says, not what follows from it.

    A reader takes what stands there for the word of the source. A conclusion of the archive belongs in the reason of an
    entry of the ledger, or in the note of the record. What the source itself concludes may stand in quotation marks.
    """
    records: list[Statement | Organization] = [*archive.statements.values(), *archive.organizations.values()]
    for record in records:
        for i, reference in enumerate(record.references):
            if said := _said(archive, "inference", reference.note):
                pointer: Pointer = ("sources", i, "note")
                message = "the note of a source concludes"
                hint = "Say it in a reason or in the note of the record; here, only what the source says."
                yield finding(record, pointer, message, value=show(said), hint=hint)

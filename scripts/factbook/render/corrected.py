"""What a correction says, for readers: the name of its field, and what stood and stands there, by names and not by ids.

``templates/ledger_change.html`` shows the parts on pages; ``line`` is the same as one text, for feeds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from factbook.model import verdict
from factbook.model.archive import Archive
from factbook.model.entries import NO_DATE, Correction
from factbook.model.kinds import DATED, KINDS
from factbook.model.records import Statement
from factbook.render.language import Language

Part = tuple[str, object]
"""A piece of what a field said: how it is shown (text, nothing, date, word, source, fact or organization), and what."""
_HOLDS = {
    "status": ("statuses",),
    "kind": ("fact_kinds", "source_kinds", "organization_kinds"),
    "stance": ("stances",),
    "language": ("languages",),
    "organizations": ("organization",),
    "organization": ("organization",),
    "part_of": ("organization",),
    "people": ("people",),
    "countries": ("countries",),
    "topics": ("topics",),
    "origin": ("organization", "source", "origins"),
    "sources": ("source",),
    "source": ("source",),
    "relations": ("relations", "fact"),
    "facts": ("fact",),
    "fact": ("fact",),
}
"""The fields that hold ids: of the records of a kind, or of the words of a list of the vocabulary."""
_FIELD = re.compile(r"(?:figure )?(\w+)(?: of)? ?(.*)", re.DOTALL)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def labels(text: Callable[[str], str]) -> Mapping[str, str]:
    """Return what a page calls each field of a record, or of a part of one; ``text`` translates."""
    return {
        "accessed": text("Last read"),
        "acronyms": text("Acronyms"),
        "answer": text("Answer"),
        "archive_url": text("Stored copy"),
        "authors": text("Authors"),
        "by": text("Who says it"),
        "captured": text("Day on which a program read it"),
        "cell": text("Cell of the table"),
        "cells": text("Cell of the table"),
        "changed": text("Day on which its text had changed"),
        "claim": text("Claim"),
        "columns": text("Columns of the table"),
        "compared": text("Compared"),
        "countries": text("Countries"),
        "counts": text("What is counted"),
        "date": text("Date"),
        "description": text("Description"),
        "differs": text("What is not the same there"),
        "dissolved": text("Dissolved"),
        "fact": text("Fact"),
        "facts": text("Facts"),
        "figure": text("Figure"),
        "founded": text("Founded"),
        "kind": text("Kind"),
        "label": text("Name"),
        "language": text("Language"),
        "locator": text("Where in the source"),
        "meaning": text("Meaning"),
        "names": text("Name"),
        "note": text("Note"),
        "number": text("Number"),
        "organization": text("Organization"),
        "organizations": text("About"),
        "origin": text("Origin"),
        "outcome": text("What was found"),
        "ownership": text("Who is behind it"),
        "part_of": text("Part of"),
        "people": text("People"),
        "period": text("Period"),
        "phrasings": text("Also asked as"),
        "places": text("What has been looked at"),
        "predecessors": text("Before it"),
        "published": text("Published"),
        "publisher": text("Publisher"),
        "question": text("Question"),
        "relations": text("Related facts"),
        "retracted": text("Retracted"),
        "says": text("Reply"),
        "searched": text("Day of the search"),
        "sha256": text("SHA-256 of the text"),
        "source": text("Source"),
        "sources": text("Sources"),
        "speaker": text("Said by"),
        "stance": text("Supports or contradicts"),
        "status": text("Status"),
        "title": text("Title"),
        "topics": text("Topics"),
        "translations": text("Translation"),
        "unbroken": text("Without gaps"),
        "unit": text("Unit"),
        "unknown": text("What is not known"),
        "url": text("Address"),
        "verdict": text("Judgement of another"),
        "website": text("Website"),
        "weighed": text("Weighed"),
        "weight": text("Weight"),
    }


def field(archive: Archive, named: Mapping[str, str], name: str) -> tuple[str, Part | None]:
    """Return the field that a correction names: its label out of ``named``, and what it is the field of, where the
    correction says that: a source, or a text as it was recorded. A field without a label is its own."""
    own, of = _split(name)
    if own not in named:
        return "", ("text", name)
    return named[own], (next(_parts(archive, ("source",), of), None))


def value(archive: Archive, name: str, text: str) -> list[Part]:
    """Return what the field ``name`` says in a correction, as pieces for readers."""
    own = _split(name)[0]
    if name in DATED:
        return [("date", text)]
    if text == NO_DATE:
        return [("nothing", "")]
    return list(_parts(archive, _HOLDS[own], text)) if own in _HOLDS else [("text", text)]


def line(archive: Archive, one: Correction) -> str:
    """Return a correction in one line, in the words that the code has: the field, of what, and its values."""

    def said(part: Part) -> str:
        how, what = part
        if how == "date":
            return Language().words(str(what)) if what != NO_DATE else "date not recorded"
        if isinstance(what, Statement):
            return verdict.title(archive, what)
        return "nothing" if how == "nothing" else str(getattr(what, KINDS[how].title, what) if how in KINDS else what)

    label, of = field(archive, labels(str), one.field)
    name = " · ".join(filter(None, (label, said(of) if of else "")))
    before, after = ("".join(map(said, value(archive, one.field, text))) for text in (one.before, one.after))
    return f"{name}: {before} → {after}"


def _split(name: str) -> tuple[str, str]:
    found = _FIELD.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def _parts(archive: Archive, holds: tuple[str, ...], text: str) -> Iterator[Part]:
    """Yield the pieces of a text that holds ids.

    In a sentence only what cannot be a word of it is an id: one with a hyphen."""
    known = {found[0]: _named(archive, holds, found[0]) for found in _ID.finditer(text)}
    sentence = not all(known.values())
    at = 0
    for found in _ID.finditer(text):
        part = known[found[0]]
        if part and not (sentence and "-" not in found[0]):
            yield from _between(text[at : found.start()])
            yield part
            at = found.end()
    yield from _between(text[at:])


def _between(text: str) -> Iterator[Part]:
    """Yield a text beside ids, where there is any. Signs alone are in no language."""
    if text:
        yield ("text" if any(map(str.isalpha, text)) else "word"), text


def _named(archive: Archive, holds: tuple[str, ...], name: str) -> Part | None:
    """Return what has the id ``name``, or had it before that moved, among the kinds and lists ``holds``."""
    for one in holds:
        if one not in KINDS:
            word = archive.vocabulary[one].get(name)
            if word:
                return "word", word.label
            continue
        redirect = archive.redirects.get(name) if one == "fact" else None
        now = redirect.moved_to if redirect else archive.moved_ids[one].get(name, name)
        record = archive.of(KINDS[one]).get(now)
        if record is not None:
            return one, record
    return None

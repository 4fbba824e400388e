"""Reads the vocabulary of an archive: the words that its records may use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from msgspec import convert

from factbook import ids
from factbook.model.archive import Support
from factbook.model.entries import Amendment, WordLedger
from factbook.model.records import Vocabulary, Word
from factbook.model.staleness import is_period
from factbook.read import yamldoc
from factbook.read.files import data_of, located, unusable
from factbook.read.schema import Schemas
from factbook.read.yamldoc import Refused
from factbook.rules.evidence import EVIDENCE
from factbook.rules.files import unreadable, vocabulary_incomplete
from factbook.rules.problem import Key, Pointer, Problem
from factbook.text import listed, nearest, show

LISTS = (
    *("statuses", "fact_kinds", "source_kinds", "stances", "relations", "organization_kinds"),
    *("topics", "people", "countries", "origins", "languages"),
)
"""The lists of a vocabulary."""
FILE = WordLedger().path
FIELDS = {
    "": ("label", "meaning", "also"),
    "statuses": (
        "evidence",
        "rank",
        "tone",
        "icon",
        "lead",
        "of",
        "when",
        "contested",
        "settled",
        "withdraws",
        "default",
    ),
    "fact_kinds": ("recheck", "contestable", "speaker", "ahead"),
    "source_kinds": ("rank", "tone", "lead", "independent", "confirms", "unreliable"),
    "relations": ("inverse",),
    "topics": ("recheck",),
    "countries": ("code",),
    "languages": ("claims",),
}
"""What a word of each list may say, and under no name that of every list. A label in another language stands under its
code."""
MAY_LACK = ("people", "countries", "origins")
"""The lists that may be empty or left out."""


def read_vocabulary(facts: Path) -> Vocabulary:
    """Return the words of ``facts/vocabulary.yaml``. Raises Unusable."""
    path = FILE
    try:
        data = data_of(facts, path)
        raw = yamldoc.read(path, data)
    except OSError as error:
        hint = "Run this in the folder that holds mkdocs.yml."
        raise unusable(unreadable(path, error.strerror or "", hint=hint)) from None
    except Refused as refused:
        raise unusable([refused.finding]) from None
    vocabulary: Vocabulary = {}
    findings = yamldoc.faults(path, data, raw)
    for name in LISTS:
        words = raw.get(name) or ({} if name in MAY_LACK else None)
        if not isinstance(words, dict):
            findings += vocabulary_incomplete((), f"the list {name} must be given")
            continue
        vocabulary[name] = {}
        for word, about in words.items():
            texts = {k: v for k, v in about.items() if isinstance(v, str)} if isinstance(about, dict) else {}
            if "label" not in texts or texts != about:
                said = f"{name} {show(word)} must have a label, and plain texts"
                findings += vocabulary_incomplete((name, word), said)
                continue
            for key in (key for key, text in texts.items() if not text.strip()):
                said = f"{name} {show(word)}: {key} is empty; write it, or leave the line out"
                findings += vocabulary_incomplete((name, word, key), said)
            extra = {k: v for k, v in texts.items() if k not in ("label", "meaning")}
            vocabulary[name][word] = Word(id=word, label=texts["label"], meaning=texts.get("meaning", ""), extra=extra)
    for pointer, said in (*(() if findings else _unknown(raw, vocabulary)), *_unusable_words(vocabulary)):
        findings += vocabulary_incomplete(pointer, said)
    if not findings and sum(w.has("default") for w in vocabulary["statuses"].values()) != 1:
        findings += vocabulary_incomplete(("statuses",), "exactly one status must be the default")
    if findings:
        raise unusable(findings, data)
    return vocabulary


def read_ledger(facts: Path, schemas: Schemas) -> tuple[WordLedger, list[Problem]]:
    """Return the ledger in ``facts/vocabulary.yaml``, an empty one where there is none, and its problems, located.

    The words were read before, so the file can be.
    """
    data = data_of(facts, FILE)
    raw = yamldoc.read(FILE, data)
    if "history" not in raw:
        return WordLedger(), []
    found = schemas.check("words", FILE, {"history": raw["history"]})
    if found:
        return WordLedger(), [located(finding, data) for finding in found]
    return WordLedger(history=convert(raw["history"], tuple[Amendment, ...])), []


def _unknown(raw: Mapping[str, object], vocabulary: Vocabulary) -> Iterator[tuple[Pointer, str]]:
    """Yield (pointer, message) for lists, and for fields of words, that nothing reads: most are misspelt."""
    known = (*LISTS, "history")
    for name in (name for name in raw if name not in known):
        yield (
            (Key(name),),
            f"there is no list {show(name)}; allowed: {listed(known, 20)}. {nearest(name, known)}".rstrip(),
        )
    codes = vocabulary.get("languages", {})
    for name, words in vocabulary.items():
        allowed = (*FIELDS[""], *FIELDS.get(name, ()))
        for word in words.values():
            for field in word.extra:
                if field not in allowed and field not in codes and not re.fullmatch("[a-z]{2}", field):
                    hint = nearest(field, allowed)
                    said = f"{name} {show(word.id)}: there is no field {show(field)}; allowed: {listed(allowed, 20)}"
                    yield (name, word.id, Key(field)), f"{said}, and codes of languages. {hint}".rstrip()


def _unusable_words(vocabulary: Vocabulary) -> Iterator[tuple[Pointer, str]]:
    """Yield (pointer, message) for words that lack what the check or the site needs of them."""
    for name, words in vocabulary.items():
        for word in words.values():
            if not ids.usable(word.id):
                yield (
                    (name, Key(word.id)),
                    f"{name} {show(word.id)}: a word must be kebab-case, and no name that is taken",
                )
            if "rank" in word.extra and not re.fullmatch("[0-9]{1,3}", word.extra["rank"]):
                yield (name, word.id, "rank"), f"{name} {show(word.id)}: rank must be a number"
            if name == "statuses" and word.evidence not in EVIDENCE:
                yield (name, word.id, "evidence"), f"statuses {show(word.id)}: evidence must be {listed(EVIDENCE)}"
            if name == "statuses" and word.of:
                yield from _unusable_shade(words, word)
            if not is_period(word.extra.get("recheck", "P1D")):
                yield (name, word.id, "recheck"), f"{name} {show(word.id)}: recheck must be a period, as P1Y or P6M"
            if name == "relations" and "inverse" not in word.extra:
                yield (name, word.id), f"relations {show(word.id)}: inverse must be given"


def _unusable_shade(words: dict[str, Word], word: Word) -> Iterator[tuple[Pointer, str]]:
    """Yield (pointer, message) for what is wrong with a status that is a shade of another."""
    name = f"statuses {show(word.id)}"
    plain = [w.id for w in words.values() if not w.of]
    if word.of not in plain:
        yield ("statuses", word.id, "of"), f"{name}: of must be {listed(plain)}"
    if word.extra.get("when") not in get_args(Support):
        yield ("statuses", word.id), f"{name}: when must be {listed(get_args(Support))}"

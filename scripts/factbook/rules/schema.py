"""Rules for a value that breaks its JSON Schema: each says in words what a keyword of the schema demands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from factbook import ids
from factbook.model.kinds import KINDS
from factbook.rules.problem import Finding, Key, Plain, Pointer
from factbook.rules.register import rule
from factbook.text import listed, nearest, show


class Violation(Struct, frozen=True, kw_only=True):
    """A value that breaks one keyword of its schema.

    ``name`` is the kind of file, ``part`` the part of the schema that holds the keyword, ``limit`` the number it sets.
    ``names`` are the fields that are not allowed, or the one that is missing.
    """

    path: str
    pointer: Pointer
    name: str
    keyword: str
    part: dict[str, Any]
    value: Plain
    limit: int = 0
    names: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of the value for people: its field names, or the kind of file where it is the whole of it."""
        return " ".join(step for step in self.pointer if isinstance(step, str)) or self.name

    def finding(
        self, message: str, *, value: str = "", allowed: str = "", hint: str = "", below: Pointer = ()
    ) -> Finding:
        """Return a finding about the value, or about the part of it that the pointer ``below`` leads to."""
        at = (*self.pointer, *below)
        return Finding(path=self.path, pointer=at, message=message, value=value, allowed=allowed, hint=hint)


@rule(scope="value")
def unknown_field(violation: Violation) -> Iterator[Finding]:
    """A record must have no field that its schema does not know.

    A misspelt field would be ignored without a word.
    """
    known = list(violation.part["properties"])
    field = violation.field
    for name in violation.names:
        hint = nearest(name, known) or "Remove it, or put it in note."
        if (bare := name.strip()) in known and name != bare:
            blank = name.replace(bare, "")[0]
            hint = f"Write {bare}: a blank that is no space stands beside it (U+{ord(blank):04X})."
        elif name[:1].isspace():
            code = next(f"U+{ord(c):04X}" for c in name if c != " ")
            hint = f"Indent {show(bare)} with plain spaces, as the lines around it: this blank is no space ({code})."
        elif name == "<<":
            hint = "Merge keys are not used here."
        yield violation.finding(
            f"there is no such field in {KINDS[field].article if field in KINDS else field}",
            value=show(name),
            allowed=listed(known, 20),
            hint=hint,
            below=(Key(name),),
        )


_ABOUT = {"history": "The ledger: what the archive has said of the fact, and why, oldest entry first."}
"""Descriptions of fields whose schema has none."""
_EXAMPLES = {
    "history": "history:\n  - {date: 2026-11-21, status: reported, reason: What was found and where it was looked.}",
    "sources": "sources:\n  - {source: id-of-the-source, locator: page 4, stance: supports}",
    "names": "names:\n  - {text: Harbour Board, language: en}",
    "places": "places:\n  - {place: The catalogue of the town library, words: bridge closed}",
}
"""Lists of fields as they are written, for an author who has none yet."""


@rule(scope="value")
def missing_field(violation: Violation) -> Iterator[Finding]:
    """A record must have every field that its schema requires."""
    for name in violation.names:
        about = violation.part["properties"].get(name, {}).get("description") or _ABOUT.get(name, "")
        example = _EXAMPLES.get(name, "") if not violation.pointer else ""
        hint = "\n".join(filter(None, [f"{name}: {about}" if about else "", example]))
        yield violation.finding(f"the field {name} must be given", hint=hint)


@rule(scope="value")
def wrong_type(violation: Violation) -> Iterator[Finding]:
    """A field must hold the kind of value its schema says: text, a list, or fields of its own."""
    wanted = {"string": "text", "array": "a list (lines that begin with -)", "object": "fields (name: value)"}
    given = violation.part["type"]
    asked = [given] if isinstance(given, str) else given
    types = [wanted[t] for t in asked if t in wanted] or [f"of the type {t}" for t in asked]
    got = {str: "text", list: "a list", dict: "fields"}[type(violation.value)]
    message = f"{violation.field} must be {' or '.join(types)}, not {got}"
    hint = ""
    if isinstance(violation.value, str) and "array" in given:
        hint = "Begin each line with a hyphen and a space, or write [one, other]."
    yield violation.finding(message, value=show(violation.value), hint=hint)


@rule(scope="value")
def unknown_word(violation: Violation) -> Iterator[Finding]:
    """A status, kind, topic, stance or language must be a word of vocabulary.yaml."""
    known = list(violation.part["enum"])
    yield violation.finding(
        f"{violation.field} must be a word of the vocabulary",
        value=show(violation.value),
        allowed=listed(known, 20),
        hint=nearest(str(violation.value), known),
    )


def _not_written(violation: Violation, hint: str) -> Finding:
    """Return a finding about a text that does not match the pattern of its schema; the schema says in words what it
    wants."""
    return violation.finding(
        f"{violation.field} is not written as it must be",
        value=show(violation.value, 300),
        allowed=violation.part["patternErrorMessage"],
        hint=hint,
    )


@rule(scope="value")
def not_kebab_case(violation: Violation) -> Iterator[Finding]:
    """An id must be kebab-case ASCII: lower-case letters and digits, in words joined by single hyphens.

    Ids are file names and addresses. They must look the same, and be different, on every machine.
    """
    yield _not_written(violation, ids.hint(str(violation.value)))


@rule(scope="value")
def url_scheme(violation: Violation) -> Iterator[Finding]:
    """An address must begin with https:// or http:// and hold no user name and no sign that addresses cannot have.

    Other schemes can run code or lead nowhere. A name and a password would be published, and what stands before @ makes
    a reader believe in another host. Signs that stand for something else are written as % and two digits (RFC 3986).
    """
    yield _not_written(violation, _address(str(violation.value).strip()))


_BARE = re.compile(r"www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(/|$)")
"""How an address begins whose scheme was left out."""


def _address(value: str) -> str:
    """Return the address that was probably meant, as a sentence; empty where none is likely."""
    full = f"https://{value}" if _BARE.match(value) else value
    scheme, slashes, rest = full.partition("://")
    if not slashes or scheme not in ("http", "https"):
        return ""
    rest = re.sub(r"(^|//)[^/?#]*@", r"\1", rest)
    path = re.sub(r"^[^/?#]*", "", rest)
    written = "".join(f"%{ord(c):02X}" if c in ' <>"\\^`{|}' else c for c in path)
    meant = f"{scheme}://{rest.removesuffix(path)}{written}"
    return "" if meant == value else f"Write {show(meant, 1000)}"


@rule(scope="value")
def not_a_day(violation: Violation) -> Iterator[Finding]:
    """The date of a ledger entry, of access and of a search must be one day, year first."""
    yield _not_written(violation, "The day on which it was done is always known exactly.")


@rule(scope="value")
def not_a_hash(violation: Violation) -> Iterator[Finding]:
    """A sha256 must be 64 hexadecimal digits."""
    yield _not_written(violation, "Run sha256sum over the text and paste what it prints first.")


@rule(scope="value")
def not_a_fragment(violation: Violation) -> Iterator[Finding]:
    """A fragment must be one to eight words, as they stand in the source.

    They are there for a browser to find the place, and are no quotation: what the source says stands in our own words.
    """
    yield _not_written(violation, "Give the first few words of the place, as few as stand nowhere else on the page.")


@rule(scope="value")
def not_a_number(violation: Violation) -> Iterator[Finding]:
    """A number must be plain digits, with a point before decimals."""
    yield _not_written(
        violation, "Write 2500 or 1.5, without spaces, commas or words; the unit has a field of its own."
    )


@rule(scope="value")
def too_long(violation: Violation) -> Iterator[Finding]:
    """A text or a list must not be longer than its schema says: a claim has at most 300 characters.

    A claim that needs more is two claims.
    """
    what = "items" if isinstance(violation.value, list) else "characters"
    yield violation.finding(
        f"{violation.field} is too long",
        value=f"{len(violation.value)} {what}",
        allowed=f"{violation.limit} {what}",
        hint="Say one thing; put the rest in another fact or in note.",
    )


@rule(scope="value")
def too_few(violation: Violation) -> Iterator[Finding]:
    """A field that is given must not be empty.

    Leave out what is not known: an empty field says nothing, and looks as if it did.
    """
    hint = "Fill it in, or remove the line if the field is not required."
    value = violation.value
    what = "is empty" if _is_empty(value) else "is too short"
    shown = "blanks" if isinstance(value, str) and value.isspace() else show(value)
    part = violation.part
    allowed = listed(part.get("enum") or part.get("examples", ()), 20)
    if part.get("type") == "array" and violation.keyword == "type":
        allowed = "a list: a line for each that begins with -, or [one, other]"
    elif part.get("x-rule", "too-few") != "too-few":
        allowed = part["patternErrorMessage"]
    yield violation.finding(f"{violation.field} {what}", value=shown, allowed=allowed, hint=hint)


def _is_empty(value: Plain) -> bool:
    """Return whether nothing stands in a field: no sign but blanks, no item, no field."""
    return not (value.strip() if isinstance(value, str) else value)


@rule(scope="value")
def repeated_item(violation: Violation) -> Iterator[Finding]:
    """A list must not name the same thing twice."""
    yield violation.finding(f"{violation.field} names something twice", hint="Remove one of the two.")


@rule(scope="value")
def not_allowed(violation: Violation) -> Iterator[Finding]:
    """A value must satisfy its schema in every other respect, such as one relation a line."""
    one_each = violation.keyword == "maxProperties"
    yield violation.finding(
        f"{violation.field} is not what its schema allows ({violation.keyword})",
        value=show(violation.value),
        hint="Begin a new line with - for each one." if one_each else str(violation.part.get("description", "")),
    )


Ask = Callable[[Violation], list[Finding]]
BY_KEYWORD: dict[str, Ask] = {
    "additionalProperties": unknown_field,
    "required": missing_field,
    "type": wrong_type,
    "enum": unknown_word,
    "maxLength": too_long,
    "maxItems": too_long,
    "minLength": too_few,
    "minItems": too_few,
    "minProperties": too_few,
    "uniqueItems": repeated_item,
}
"""The rule for each keyword of JSON Schema that can be broken; for any other keyword it is ``not_allowed``."""
BY_PATTERN: dict[str, Ask] = {
    "not-kebab-case": not_kebab_case,
    "url-scheme": url_scheme,
    "not-a-day": not_a_day,
    "not-a-hash": not_a_hash,
    "not-a-number": not_a_number,
    "not-a-fragment": not_a_fragment,
    "too-few": too_few,
}
"""The rule for each pattern that the schema names as ``x-rule``."""


def findings(violation: Violation) -> list[Finding]:
    """Return the findings of the rule for the broken keyword; of a field in which nothing stands, that it is empty,
    whatever else the schema asks for."""
    typed = violation.keyword != "type" or isinstance(violation.value, str)  # a list is no text, empty or not
    if _is_empty(violation.value) and violation.pointer and violation.keyword != "required" and typed:
        return too_few(violation)
    if violation.keyword == "pattern":
        return BY_PATTERN[violation.part["x-rule"]](violation)
    return BY_KEYWORD.get(violation.keyword, not_allowed)(violation)

"""Rules that one record can be held to alone: its words, its dates, its ledger, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.records import UNKNOWN, Name, Record, Redirect, Statement
from factbook.rules.problem import RULES, Pointer, Problem, rule, show

_MARKUP = re.compile(r"<[a-zA-Z/!?]|`|\]\(|\*\*|__|&#?\w+;|\{\{|\{%|https?://|^\s*(?:#|>|[-*+] )")
_SIGNS = ("<", "`", "]", "*", "_", "&", "{", ":")
_BEGINS = re.compile(r"\s*[#>+-]")
"""What _MARKUP finds contains one of these or begins so; that is found much faster."""
_INNER_STOP = re.compile(r"[.!?][\"')\]»”’]*\s")
"""What _STOP finds contains this; it is found much faster."""
_STOP = re.compile(r"(\S+?)[.!?][\"')\]»”’]*\s+(?=[^\W\d_a-zа-яё]|[\"'(«“‘\d])")


def breach(held, record: Record, pointer: Pointer, message: str, **more: str) -> Problem:
    """A Problem of the rule function ``held`` at a value of a record; the position is found when it is reported."""
    return Problem(
        path=record.path,
        pointer=pointer,
        rule=held.rule_id,
        message=message,
        severity=RULES[held.rule_id].severity,
        **more,
    )


def dates(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Every EDTF value: the record, the way to it, and its text."""
    for statement in archive.statements.values():
        if statement.date is not None:
            yield statement, ("date",), statement.date
    for source in archive.sources.values():
        for field in ("published", "accessed"):
            if (text := getattr(source, field)) is not None:
                yield source, (field,), text
    for organization in archive.organizations.values():
        for field in ("founded", "dissolved"):
            if (text := getattr(organization, field)) is not None:
                yield organization, (field,), text
        for field in ("names", "acronyms"):
            for i, name in enumerate(getattr(organization, field)):
                if name.period is not None:
                    yield organization, (field, i, "period"), name.period
        for i, before in enumerate(organization.predecessors):
            if before.date is not None:
                yield organization, ("predecessors", i, "date"), before.date
    for search in archive.searches.values():
        yield search, ("period",), search.period
        yield search, ("searched",), search.searched


def _dates_failing(archive: Archive, held, kind: type[edtf.EdtfError]) -> Iterator[Problem]:
    for record, pointer, text in dates(archive):
        if text == UNKNOWN:
            continue
        try:
            edtf.parse(text)
        except edtf.EdtfError as error:
            if type(error) is kind:
                hint = error.hint
                yield breach(held, record, pointer, f"{pointer[-1]}: {error}", value=show(text), hint=hint)


@rule()
def date_not_edtf(archive: Archive) -> Iterator[Problem]:
    """A date must be EDTF (ISO 8601-2) of level 0 or 1, or the word unknown.

    2021, 2021-09, 2021-09-14; 2021-22 for a season; 1994? uncertain, 1994~ about; 199X; 2006/2010; 2006/.. with no end.
    """
    yield from _dates_failing(archive, date_not_edtf, edtf.EdtfError)


@rule()
def date_impossible(archive: Archive) -> Iterator[Problem]:
    """A date must exist in the calendar."""
    yield from _dates_failing(archive, date_impossible, edtf.ImpossibleDate)


@rule()
def date_reversed(archive: Archive) -> Iterator[Problem]:
    """An interval must not end before it begins."""
    yield from _dates_failing(archive, date_reversed, edtf.ReversedInterval)


def claims(archive: Archive) -> Iterator[tuple[Statement, Pointer, str]]:
    """Every claim and every translation of one: the fact, the way to it, and its text."""
    for statement in archive.statements.values():
        yield statement, ("claim",), statement.claim
        for i, translation in enumerate(statement.translations):
            yield statement, ("translations", i, "claim"), translation.claim


@rule()
def claim_markup(archive: Archive) -> Iterator[Problem]:
    """A claim must be plain text: no HTML, Markdown, template code or address.

    It is shown in many places, each with its own notation.
    """
    for statement, pointer, claim in claims(archive):
        if (any(map(claim.__contains__, _SIGNS)) or _BEGINS.match(claim)) and (match := _MARKUP.search(claim)):
            yield breach(
                claim_markup,
                statement,
                pointer,
                "the claim contains markup",
                value=show(match[0].strip()),
                hint="Write it in plain words; addresses belong in a source.",
            )


@rule(waivable=True)
def claim_not_one_sentence(archive: Archive) -> Iterator[Problem]:
    """A claim must be one sentence that ends with a full stop.

    Two sentences are two claims, and one of them may be wrong.
    """
    for statement, pointer, claim in claims(archive):
        if "\n" in claim or not claim.rstrip("\"')]»”’").endswith("."):
            hint = "End it with a full stop." if "\n" not in claim else "Write it in one paragraph."
            yield breach(
                claim_not_one_sentence,
                statement,
                pointer,
                "the claim is not a sentence",
                value=show(claim[-40:]),
                hint=hint,
            )
        elif _INNER_STOP.search(claim) and (
            end := next((m for m in _STOP.finditer(claim) if _ends_sentence(m[1])), None)
        ):
            value = show(claim[max(0, end.start() - 10) : end.end() + 15])
            hint = "Keep the first sentence; put the second into a fact of its own, or into note."
            yield breach(
                claim_not_one_sentence,
                statement,
                pointer,
                "the claim is more than one sentence",
                value=value,
                hint=hint,
            )


def _ends_sentence(word: str) -> bool:
    """Whether the word before a full stop ends a sentence rather than being an abbreviation such as Lt. or U.S."""
    word = word.lstrip("\"'([«“‘")
    if "." in word or len(word) == 1:
        return False
    return not (len(word) <= 4 and word[:1].isupper() and word[1:].islower()) and word.lower() not in (
        "no",
        "vs",
        "approx",
    )


@rule(waivable=True)
def speaker_missing(archive: Archive) -> Iterator[Problem]:
    """A fact of kind statement must say who speaks."""
    kinds = {w.id for w in archive.vocabulary["fact_kinds"].values() if w.has("speaker")}
    for statement in archive.statements.values():
        if statement.kind in kinds and not statement.speaker:
            yield breach(
                speaker_missing,
                statement,
                ("kind",),
                "a statement needs a speaker",
                value=statement.kind,
                hint="Add speaker: and the name.",
            )


@rule()
def ledger_disagrees(archive: Archive) -> Iterator[Problem]:
    """The last entry of the ledger must bear the status of the fact.

    The ledger is the reason for the status; a status without its entry has none.
    """
    for statement in archive.statements.values():
        last = statement.history[-1]
        if last.status != statement.status:
            yield breach(
                ledger_disagrees,
                statement,
                ("status",),
                "the status differs from the last entry of the ledger",
                value=statement.status,
                allowed=last.status,
                hint=f"Add an entry to history that says why it is now {statement.status}.",
            )


@rule(waivable=True)
def ledger_not_in_order(archive: Archive) -> Iterator[Problem]:
    """The entries of a ledger must stand in the order of their dates, oldest first, each a day that exists."""
    for record in _with_ledger(archive):
        before = ""
        for i, revision in enumerate(record.history):
            pointer = ("history", i, "date")
            try:
                edtf.parse(revision.date)
            except edtf.EdtfError as error:
                yield breach(ledger_not_in_order, record, pointer, f"date: {error}", value=revision.date)
                continue
            if revision.date < before:
                yield breach(
                    ledger_not_in_order,
                    record,
                    pointer,
                    "the entry is older than the one before it",
                    value=revision.date,
                    allowed=f"{before} or later",
                    hint="New entries go to the end.",
                )
            before = max(before, revision.date)


@rule()
def ledger_in_the_future(archive: Archive) -> Iterator[Problem]:
    """An entry of a ledger must not be dated after the build date, or after the newest commit where no date is given.

    The ledger says what the archive has done, not what it will do.
    """
    if not archive.today:
        return
    for record in _with_ledger(archive):
        for i, revision in enumerate(record.history):
            if revision.date > archive.today:
                yield breach(
                    ledger_in_the_future,
                    record,
                    ("history", i, "date"),
                    "the entry is dated in the future",
                    value=revision.date,
                    allowed=f"{archive.today} or earlier",
                    hint="If the date is right and the record is not committed yet, give the date: --date YYYY-MM-DD.",
                )


def _with_ledger(archive: Archive) -> Iterator[Statement | Redirect]:
    yield from archive.statements.values()
    yield from archive.redirects.values()


@rule(waivable=True)
def name_periods_overlap(archive: Archive) -> Iterator[Problem]:
    """Two names of an organization in one language must not hold at the same time.

    A fact shows the name of its own time, and there can be only one. Names without a period are not compared.
    """
    for organization in archive.organizations.values():
        held: dict[str, list[tuple[int, edtf.Edtf, Name]]] = {}
        for i, name in enumerate(organization.names):
            if not name.period or not _parses(name.period):
                continue
            period = edtf.parse(name.period)
            for _, other, earlier in held.setdefault(name.language, []):
                # Touching at the edge is no overlap: 1990/1997 and 1997/.. only say that it changed in 1997.
                if (period.earliest or "") < (other.latest or "9999") and (other.earliest or "") < (
                    period.latest or "9999"
                ):
                    if _edge(period, other):
                        continue
                    yield breach(
                        name_periods_overlap,
                        organization,
                        ("names", i, "period"),
                        "the name overlaps with another in time",
                        value=name.period,
                        hint=f"{show(earlier.text)} holds over {other.text}.",
                    )
                    break
            held[name.language].append((i, period, name))


def _edge(one: edtf.Edtf, other: edtf.Edtf) -> bool:
    """Whether one interval ends with the very date the other begins with."""
    first, last = sorted((one, other), key=lambda d: d.key)
    return "/" in first.text and first.text.rpartition("/")[2] == last.text.partition("/")[0] != ""


def _parses(text: str) -> bool:
    try:
        edtf.parse(text)
    except edtf.EdtfError:
        return False
    return True

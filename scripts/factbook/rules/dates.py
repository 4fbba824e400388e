"""Rules for dates: how they are written, and which of them cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.copies import day_of
from factbook.model.entries import NO_DATE
from factbook.model.kinds import DATED, KINDS, values_at
from factbook.model.records import UNKNOWN, Name, Organization, Record, Source
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import show


def dates(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Yield every EDTF text of the archive: the record, the pointer to the text, and the text.

    What a correction of a date says was there before, or is now, is one too.
    """
    for kind in KINDS.values():
        for way in kind.dates:
            yield from values_at(archive.of(kind).values(), way)
        for record in archive.of(kind).values():
            for i, entry in enumerate(record.history):
                for j, correction in enumerate(entry.corrected):
                    for part in ("before", "after") if correction.field in DATED else ():
                        if (text := getattr(correction, part)) != NO_DATE:
                            yield record, ("history", i, "corrected", j, part), text


def _failing(archive: Archive, kind: type[edtf.EdtfError]) -> Iterator[Finding]:
    """Yield a finding for each date that cannot be parsed because of an error of this kind."""
    for record, pointer, text in dates(archive):
        if text == UNKNOWN:
            continue
        try:
            edtf.parse(text)
        except edtf.EdtfError as error:
            if type(error) is kind:
                yield finding(record, pointer, f"{pointer[-1]}: {error}", value=show(text), hint=error.hint)


@rule(scope="record", unreadable=True)
def date_not_edtf(archive: Archive) -> Iterator[Finding]:
    """A date must be EDTF (ISO 8601-2) of level 0 or 1, or the word unknown.

    2021, 2021-09, 2021-09-14; 2021-22 for a season; 1994? uncertain, 1994~ about; 199X; 2006/2010; 2006/.. with no end.
    In a correction, none stands for a date that was not given.
    """
    yield from _failing(archive, edtf.EdtfError)


@rule(scope="record", unreadable=True)
def date_impossible(archive: Archive) -> Iterator[Finding]:
    """A date must exist in the calendar."""
    yield from _failing(archive, edtf.ImpossibleDate)


@rule(scope="record", unreadable=True)
def date_reversed(archive: Archive) -> Iterator[Finding]:
    """An interval must not end before it begins."""
    yield from _failing(archive, edtf.ReversedInterval)


@rule(scope="record", waivable=True)
def name_periods_overlap(archive: Archive) -> Iterator[Finding]:
    """Two names of an organization in one language must not hold at the same time.

    A fact shows the name of its own time, and there can be only one. Names without a period are not compared. That one
    ends in the year in which the other begins is no overlap: it only says that the name changed in that year. A name
    whose end is not known (``1890/``) gives way to a later one.
    """
    for organization in archive.organizations.values():
        earlier: dict[str, list[tuple[edtf.Edtf, Name]]] = {}
        for i, name in enumerate(organization.names):
            period = parsed(name.period)
            if period is None:
                continue
            others = earlier.setdefault(name.language, [])
            other = next((n for held, n in others if _overlap(period, held)), None)
            if other is not None:
                message = "the name overlaps with another in time"
                hint = f"{show(other.text)} holds over {other.period}"
                yield finding(organization, ("names", i, "period"), message, value=period.text, hint=hint)
            others.append((period, name))


def _overlap(one: edtf.Edtf, other: edtf.Edtf) -> bool:
    """Return whether both periods hold for certain on one day, or are equal. One whose end or beginning is not known
    holds for certain on the other side of it alone."""
    (first, last), (begins, ends) = map(_held, (one, other))
    if first == last or begins == ends:
        (first, last), (begins, ends) = sorted([(first, last), (begins, ends)], key=lambda span: span[0] == span[1])
        return one.text == other.text or (first[1] < begins[0] and ends[1] < last[0])
    return max(first[1], begins[1]) < min(last[0], ends[0]) or one.text == other.text


def _held(period: edtf.Edtf) -> tuple[edtf.Span, edtf.Span]:
    """Return the days on which a period can begin and end; those of its other side where one is not known."""
    begins, ends = edtf.sides(period)
    return (ends if period.start == "unknown" else begins), (begins if period.end == "unknown" else ends)


def parsed(text: str | None) -> edtf.Edtf | None:
    """Return the parsed date; None where it is absent, unknown, or wrong, which another rule reports."""
    try:
        return edtf.parse(text) if text and text != UNKNOWN else None
    except edtf.EdtfError:
        return None


class InTheFuture(TypedDict):
    """The parts of a finding about a day in the future."""

    value: str
    allowed: str
    hint: str


def in_the_future(archive: Archive, day: str) -> InTheFuture:
    """Return the parts of a finding about ``day``, which is later than ``Archive.last_day``."""
    hint = "If the date is right, this machine's clock is wrong, or another day was given with --date."
    return {"value": day, "allowed": f"{archive.today} or earlier", "hint": hint}


@rule(scope="archive")
def search_in_the_future(archive: Archive) -> Iterator[Finding]:
    """A search must not be dated after the build date, or after today where no date is given.

    It says what has been looked for, not what somebody means to look for.
    """
    for search in archive.searches.values():
        if archive.last_day and search.searched > archive.last_day:
            message = "the search is dated in the future"
            yield finding(search, ("searched",), message, **in_the_future(archive, search.searched))


@rule(scope="archive")
def source_in_the_future(archive: Archive) -> Iterator[Finding]:
    """A source must not be published, read, captured or retracted after the build date, or after today where none is
    given.

    Nobody has read what does not exist yet.
    """
    for source in archive.sources.values():
        for pointer, text in _done_with(source):
            date = parsed(text)
            if archive.last_day and date and date.earliest and date.earliest > archive.last_day:
                message = f"the source was {pointer[0]} in the future"
                yield finding(source, pointer, message, **in_the_future(archive, date.text))


def _done_with(source: Source) -> Iterator[tuple[Pointer, str | None]]:
    """Yield the days on which something was done with a source: the way to each, and its text."""
    for field in ("published", "accessed", "captured", "changed"):
        yield (field,), getattr(source, field)
    if source.retracted:
        yield ("retracted", "date"), source.retracted.date


@rule(scope="archive", waivable=True)
def event_in_the_future(archive: Archive) -> Iterator[Finding]:
    """What has happened must not be dated after the build date, or after today where no date is given.

    Only kinds of fact that look ahead, such as a plan, may begin in the future.
    """
    for statement in archive.statements.values():
        date = parsed(statement.date)
        ahead = archive.vocabulary["fact_kinds"][statement.kind].has("ahead")
        if archive.last_day and not ahead and date and date.earliest and date.earliest > archive.last_day:
            message = f"a fact of kind {statement.kind} is dated in the future"
            hint = "If somebody announces it, the kind is plan; otherwise the date is wrong."
            allowed = f"{archive.today} or earlier"
            yield finding(statement, ("date",), message, value=date.text, allowed=allowed, hint=hint)


@rule(scope="archive", waivable=True)
def event_after_its_source(archive: Archive) -> Iterator[Finding]:
    """What has happened must not be dated after the source that reports it.

    A plan may reach into the future of its source; what has happened cannot begin there. A source that bears no date,
    or only a part of one, is no younger than the last day on which it was read or captured. A date that is uncertain or
    approximate, of a fact or a source, has one unit more on each side: ``1950~`` may be 1949, and no earlier.
    """
    for statement in archive.statements.values():
        date = parsed(statement.date)
        ahead = archive.vocabulary["fact_kinds"][statement.kind].has("ahead")
        if ahead or date is None or date.earliest is None:
            continue
        begins = edtf.margin(date)[0]
        for reference in statement.references:
            source = archive.sources.get(reference.source)
            if source is None or reference.stance != "supports":
                continue
            limit = _limit(source)
            if limit is not None and begins > limit[0]:
                message = "it is dated after a source that reports it"
                allowed = f"{limit[1]} or earlier ({source.id})"
                hint = "If the source announces it, the kind is plan; otherwise one of the dates is wrong."
                yield finding(statement, ("date",), message, value=date.text, allowed=allowed, hint=hint)
                break


def _limit(source: Source) -> tuple[str, str] | None:
    """Return the last day (ISO) that the source can know of, and the date that says so as it is written in the record;
    None where neither date of the source sets one."""
    read = max(filter(None, (source.accessed, source.captured)), default=None)
    dates = [parsed(source.published), parsed(read)]
    limits = [(edtf.margin(date)[1], date.text) for date in dates if date and date.latest]
    return min(limits, default=None)


_STANDS_AT: dict[str, Pointer] = {"retracted": ("retracted", "date"), "copied": ("archive_url",)}
"""Where the day stands of what was done to a source, if no field is named after that."""


@rule(scope="archive", waivable=True)
def dates_contradict(archive: Archive) -> Iterator[Finding]:
    """Two dates of one record must not contradict each other.

    No body is dissolved before it is founded, and no source is read, captured, copied by a web archive or retracted
    before it is published. An uncertain or approximate date has one unit more on each side.
    """
    pairs: list[tuple[Organization | Source, tuple[str, str | None], tuple[str, str | None]]] = [
        *((o, ("founded", o.founded), ("dissolved", o.dissolved)) for o in archive.organizations.values()),
        *((s, ("published", s.published), ("accessed", s.accessed)) for s in archive.sources.values()),
        *((s, ("published", s.published), ("captured", s.captured)) for s in archive.sources.values()),
        *((s, ("published", s.published), ("copied", day_of(s.archive_url))) for s in archive.sources.values()),
        *((s, ("captured", s.captured), ("changed", s.changed)) for s in archive.sources.values()),
        *(
            (s, ("published", s.published), ("retracted", r.date))
            for s in archive.sources.values()
            if (r := s.retracted)
        ),
    ]
    for record, (first, begun), (last, ended) in pairs:
        one, other = parsed(begun), parsed(ended)
        if one and other and edtf.margin(one)[0] > edtf.margin(other)[1]:
            message = f"it is {last} before it is {first}"
            hint = "One of the two dates is wrong; leave out the one that is not known."
            allowed = f"{one.text} or later"
            pointer: Pointer = _STANDS_AT.get(last, (last,))
            yield finding(record, pointer, message, value=other.text, allowed=allowed, hint=hint)


@rule(scope="archive", severity="warning", waivable=True)
def part_older_than_whole(archive: Archive) -> Iterator[Finding]:
    """A part of a body should not be older than the body.

    Where an older body has joined a younger one, say so in a fact, with its date.
    """
    for organization in archive.organizations.values():
        own = parsed(organization.founded)
        for i, name in enumerate(organization.part_of):
            whole = archive.organizations.get(name)
            founded = parsed(whole.founded) if whole else None
            if own and founded and edtf.margin(own)[1] < edtf.margin(founded)[0]:
                message = "the part was founded before the whole"
                hint = f"{name} was founded in {founded.text}, this one in {own.text}"
                yield finding(organization, ("part_of", i), message, value=name, hint=hint)

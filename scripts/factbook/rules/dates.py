"""Rules for dates: how they are written, and which of them cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS, values_at
from factbook.model.records import UNKNOWN, Name, Record
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import show


def dates(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Every EDTF value: the record, the way to it, and its text."""
    for kind in KINDS.values():
        for way in kind.dates:
            yield from values_at(archive.of(kind).values(), way)


def _failing(archive: Archive, kind: type[edtf.EdtfError]) -> Iterator[Finding]:
    """A finding for each date that cannot be read because of that kind of error."""
    for record, pointer, text in dates(archive):
        if text == UNKNOWN:
            continue
        try:
            edtf.parse(text)
        except edtf.EdtfError as error:
            if type(error) is kind:
                yield finding(record, pointer, f"{pointer[-1]}: {error}", value=show(text), hint=error.hint)


@rule(asks="record", unreadable=True)
def date_not_edtf(archive: Archive) -> Iterator[Finding]:
    """A date must be EDTF (ISO 8601-2) of level 0 or 1, or the word unknown.

    2021, 2021-09, 2021-09-14; 2021-22 for a season; 1994? uncertain, 1994~ about; 199X; 2006/2010; 2006/.. with no end.
    """
    yield from _failing(archive, edtf.EdtfError)


@rule(asks="record", unreadable=True)
def date_impossible(archive: Archive) -> Iterator[Finding]:
    """A date must exist in the calendar."""
    yield from _failing(archive, edtf.ImpossibleDate)


@rule(asks="record", unreadable=True)
def date_reversed(archive: Archive) -> Iterator[Finding]:
    """An interval must not end before it begins."""
    yield from _failing(archive, edtf.ReversedInterval)


@rule(asks="record", waivable=True)
def name_periods_overlap(archive: Archive) -> Iterator[Finding]:
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
                    yield finding(
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


@rule(asks="archive")
def search_in_the_future(archive: Archive) -> Iterator[Finding]:
    """A search must not be dated after the build date, or after the newest commit where no date is given.

    It says what has been looked for, not what somebody means to look for.
    """
    for search in archive.searches.values():
        if archive.today and search.searched > archive.today:
            yield finding(
                search,
                ("searched",),
                "the search is dated in the future",
                value=search.searched,
                allowed=f"{archive.today} or earlier",
                hint="If the date is right and the record is not committed yet, give the date: --date YYYY-MM-DD.",
            )


@rule(asks="archive", waivable=True)
def event_after_its_source(archive: Archive) -> Iterator[Finding]:
    """What has happened must not be dated after the source that reports it.

    A plan may reach into the future of its source; what has happened cannot begin there.
    """
    for statement in archive.statements.values():
        date = _date(statement.date)
        ahead = archive.vocabulary["fact_kinds"][statement.kind].has("ahead")
        if ahead or date is None or date.earliest is None:
            continue
        for reference in statement.references:
            source = archive.sources.get(reference.source)
            published = _date(source.published) if source else None
            if reference.stance == "supports" and published and published.latest and not published.fuzzy:
                if date.earliest > published.latest and not date.fuzzy:
                    yield finding(
                        statement,
                        ("date",),
                        "it is dated after a source that reports it",
                        value=statement.date,
                        allowed=f"{source.published} or earlier ({source.id})",
                        hint="If the source announces it, the kind is plan; otherwise one of the dates is wrong.",
                    )
                    break


def _date(text: str | None) -> edtf.Edtf | None:
    """The parsed date; None where there is none or another rule already reports it."""
    try:
        return edtf.parse(text) if text and text != UNKNOWN else None
    except edtf.EdtfError:
        return None

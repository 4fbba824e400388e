"""Rules for how long a body is there: its names, and the facts about it, are of its own time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.records import Name, Organization
from factbook.rules.dates import parsed
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule


@rule(scope="archive", waivable=True)
def name_outlives_body(archive: Archive) -> Iterator[Finding]:
    """A name of an organization must not hold before it was founded, or after it was dissolved.

    The name of what it grew out of may stand with it: that one ends where the founding is, with no time between them.
    """
    for organization in archive.organizations.values():
        for field in ("names", "acronyms"):
            for i, name in enumerate(getattr(organization, field)):
                for message, allowed in _outside(organization, name):
                    hint = "One of the dates is wrong, or the name is that of another body."
                    pointer = (field, i, "period")
                    yield finding(organization, pointer, message, value=name.period or "", allowed=allowed, hint=hint)


def _outside(organization: Organization, name: Name) -> Iterator[tuple[str, str]]:
    """Yield what a name says beyond the time of its body, and what is allowed."""
    period, founded, dissolved = (parsed(text) for text in (name.period, organization.founded, organization.dissolved))
    if period is None:
        return
    begins, ends = edtf.sides(period)
    if founded and founded.earliest and begins[1] < founded.earliest:
        if not _day_before(founded.earliest) <= ends[1] or ends[0] > (founded.latest or edtf.LAST):
            yield "the name holds before the organization was founded", f"from {founded.text} on, or until then"
    if dissolved and dissolved.latest and period.end != "unknown" and ends[0] > dissolved.latest:
        yield "the name holds after the organization was dissolved", f"until {dissolved.text}"


def _day_before(day: str) -> str:
    """Return the day (ISO) before another; the same one where there is none."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if day > date.min.isoformat() else day


@rule(scope="archive", severity="warning", waivable=True)
def event_after_its_part(archive: Archive) -> Iterator[Finding]:
    """What has happened should not be about a part of a body that was dissolved before.

    A part that is there no more takes part in nothing: another one does, or the whole. What is said of it later, and
    bodies that are no part of another and left something behind, may bear any date.
    """
    kinds = archive.vocabulary["fact_kinds"]
    for statement in archive.statements.values():
        day = parsed(statement.date)
        if day is None or kinds[statement.kind].has("speaker"):
            continue
        for i, name in enumerate(statement.organizations):
            part = archive.organizations.get(name)
            ended = parsed(part.dissolved) if part and part.part_of else None
            if ended and edtf.margin(day)[0] > edtf.margin(ended)[1]:
                yield finding(
                    statement,
                    ("organizations", i),
                    "it is about a part that was dissolved before",
                    value=name,
                    allowed=f"a body that was there in {day.text}; this one was dissolved in {ended.text}",
                    hint="Name what took its place, or the whole; or one of the dates is wrong.",
                )

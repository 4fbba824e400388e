"""Calendars hold what can honestly be put on days, say what is not exact, and every calendar program can read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component, Event
from msgspec.structs import replace

import archives
from factbook.check.run import check
from factbook.data import calendars
from factbook.data.published import Publication
from factbook.model import edtf
from factbook.model.archive import Archive
from factbook.model.records import Revision, Statement
from golden import golden

BASE = "https://lights.example/archive/"


@pytest.fixture(scope="module")
def lights(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive."""
    found, _ = check(archives.archive(tmp_path_factory.mktemp("calendars") / "archive"), archives.TODAY)
    assert found is not None
    return found


def fact(lights: Archive, **changes: object) -> Statement:
    """A statement of the small archive with other fields."""
    return replace(lights.statements["gull-rock-lamp-lit-1901"], **changes)


def one(lights: Archive, statement: Statement, base: str = BASE) -> Component:
    """The one event of the calendar of a statement, as the library icalendar reads it."""
    data = calendars.calendar("x", [statement], {statement.id: calendars.event(lights, statement, base)})
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event.errors == []
    return event


def test_the_calendar_is_as_the_golden_file_says(lights: Archive) -> None:
    """The calendar of an organization, to the byte."""
    made = dict(calendars.files(lights, Publication(base=BASE, name="Lights")))[
        "data/v1/organizations/gull-rock-light.ics"
    ]
    assert made == golden("gull-rock-light.ics", made)


def test_an_organization_has_a_calendar_where_it_has_an_event(lights: Archive) -> None:
    """A calendar without an event is none (RFC 5545, 3.6)."""
    assert [path for path, _ in calendars.files(lights, Publication(base=BASE))] == [
        "data/v1/organizations/gull-rock-light.ics",
        "data/v1/organizations/keepers-board.ics",
        "data/v1/organizations/league-of-lights.ics",
        "data/v1/facts.ics",
    ]
    undated = replace(lights, statements={"x": fact(lights, date=None)})
    assert list(calendars.files(undated, Publication(base=BASE))) == []


def test_every_calendar_can_be_read(grown_archive: Archive) -> None:
    """By the library icalendar, without an error; the ids within a calendar differ; no line is longer than 75 bytes."""
    made = dict(calendars.files(grown_archive, Publication(base="", name="Name")))
    assert len(made) > 20
    for data in made.values():
        calendar = Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
        assert [calendar.errors, *(event.errors for event in events)] == [[]] * (len(events) + 1)
        assert len({event["UID"] for event in events}) == len(events)
        assert {len(line) <= 75 for line in data.split(b"\r\n")} == {True}
        assert b"\n" not in data.replace(b"\r\n", b"")


PLACED = {
    "1901-05-03": ((1901, 5, 3), (1901, 5, 4), ""),
    "1901-05-03?": ((1901, 5, 3), (1901, 5, 4), " (3 May 1901 (inferred))"),
    "1901-12": ((1901, 12, 1), (1902, 1, 1), " (December 1901)"),
    "1904-02~": ((1904, 2, 1), (1904, 3, 1), " (about February 1904)"),
    "1901-05-03/1901-05-05": ((1901, 5, 3), (1901, 5, 6), ""),
    "1901-05/1901-05-05": ((1901, 5, 1), (1901, 5, 6), " (May 1901 to 5 May 1901)"),
}
LEFT_OUT = (
    None, "unknown", "1901", "1901?", "190X", "19XX", "1901-22", "1901/1902", "1901-05-03/..", "/1901-05-03",
    "1901-05/1902", "9999-12-31", "0000-01-01",
)  # fmt: skip


@pytest.mark.parametrize("when", PLACED)
def test_a_date_known_to_the_month_becomes_whole_days(lights: Archive, when: str) -> None:
    """The last day is counted in, so the end is the day after; what is not exact to the day says so in the title."""
    first, after, said = PLACED[when]
    event = one(lights, fact(lights, date=when))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(*first), date(*after))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["SUMMARY"] == f"Confirmed: The lamp of Gull Rock was lit for the first time on 3 May 1901.{said}"


@pytest.mark.parametrize("when", LEFT_OUT)
def test_a_date_less_exact_is_left_out_and_counted(lights: Archive, when: str | None) -> None:
    """A year drawn as 365 days would claim what the record does not."""
    two = [fact(lights), fact(lights, id="other", date=when)]
    data = dict(calendars.files(replace(lights, statements={f.id: f for f in two}), Publication(base=BASE)))[
        "data/v1/facts.ics"
    ]
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 1
    assert Calendar.from_ical(data)["DESCRIPTION"] == (
        "What is claimed, with how well it stands. Facts shown: 1. "
        "Facts left out because their date is not known to the month: 1."
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("1901-05-03", "Date: 3 May 1901 (EDTF 1901-05-03)."),
        ("1901-05-03~", "Date: about 3 May 1901 (EDTF 1901-05-03~). It is not certain."),
        ("1901-05", "Date: May 1901 (EDTF 1901-05). It is not known to the day."),
        ("1901-05?", "Date: May 1901 (inferred) (EDTF 1901-05?). It is not known to the day. It is not certain."),
    ],
)
def test_the_description_tells_the_date_as_recorded(lights: Archive, when: str, said: str) -> None:
    """In words and in EDTF, and what is doubtful about it."""
    assert str(one(lights, fact(lights, date=when))["DESCRIPTION"]).split("\n")[1] == said


def test_the_ledger_says_when_the_event_changed(lights: Archive) -> None:
    """A program that follows the calendar sees the event as one and the same, newer each time."""
    before = fact(lights)
    after = replace(before, history=(*before.history, Revision(date="2025-01-02", status="disputed", reason="x")))
    old, new = one(lights, before), one(lights, replace(after, status="disputed"))
    assert old["UID"] == new["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert new["DTSTAMP"].dt == new["LAST-MODIFIED"].dt == datetime(2025, 1, 2, tzinfo=UTC)
    assert new["CREATED"].dt == datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "state"),
    [("confirmed", "CONFIRMED"), ("unreviewed", "TENTATIVE"), ("refuted", "TENTATIVE"), ("withdrawn", "CANCELLED")],
)
def test_the_status_stands_first(lights: Archive, status: str, state: str) -> None:
    """Nobody reads a claim in a calendar without how it stands."""
    event = one(lights, fact(lights, status=status))
    label = lights.vocabulary["statuses"][status].label
    assert str(event["SUMMARY"]).startswith(f"{label}: ")
    assert event["STATUS"] == state


def test_the_address_is_there_where_it_is_known(lights: Archive) -> None:
    """A calendar has no place of its own, so a relative link would lead nowhere."""
    assert one(lights, fact(lights))["URL"] == f"{BASE}facts/gull-rock-lamp-lit-1901.html"
    assert "URL" not in one(lights, fact(lights), "")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=200))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    """Folding cuts no character, and no text ends a line, a value or an event."""
    data = calendars._folded(["BEGIN:VEVENT", f"SUMMARY:{calendars._text(text)}", "END:VEVENT"])
    assert Event.from_ical(data)["SUMMARY"] == text
    assert max(map(len, data.split(b"\r\n"))) <= calendars.WIDTH


def test_no_date_is_placed_that_python_cannot_count(lights: Archive) -> None:
    """The ends of the calendar's years do not stop a build."""
    assert [calendars.placed(edtf.parse(d)) for d in ("0001-01-01", "9999-12-30", "9999-12", "0000-12")] == [
        True,
        True,
        False,
        False,
    ]

"""Dates: what is read, what it can mean, how it is said, and what somebody who wrote it wrong is told."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import product
from time import struct_time

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import example, given
from hypothesis import strategies as st

from archives import ROOT
from factbook.model import edtf, edtf_words
from factbook.model import months as named
from factbook.model.edtf import Edtf, EdtfError, ImpossibleDate, ReversedInterval
from factbook.render import po
from factbook.render.language import Language

LANGUAGES = {code: Language(code, po.read(code, ROOT)) if code != "en" else Language() for code in ("en", "ru", "kk")}
MARKS = ("", "?", "~", "%")
years = st.integers(0, 9999).map("{:04d}".format)
months = st.integers(1, 12).map("{:02d}".format)
seasons = st.sampled_from(["21", "22", "23", "24"])
marks = st.sampled_from(MARKS)


@st.composite
def days(draw: st.DrawFn) -> str:
    """Any day from 0000 to 9999."""
    year, month = draw(st.integers(0, 9999)), draw(st.integers(1, 12))
    # The calendar repeats every 400 years; Python's begins in the year 1.
    return f"{year:04d}-{month:02d}-{draw(st.integers(1, monthrange(year + 400, month)[1])):02d}"


plain = st.one_of(years, st.builds("{}-{}".format, years, months), days())
"""Level 0: years, months and days."""
unmarked = st.one_of(
    plain,
    st.builds("{}-{}".format, years, seasons),
    st.builds("{}-{}-XX".format, years, months),
    st.builds("{}-XX".format, years),
    st.builds("{}-XX-XX".format, years),
    years.map(lambda year: f"{year[:3]}X"),
    years.map(lambda year: f"{year[:2]}XX"),
)
"""Level 1 adds seasons and unknown digits."""
singles = st.builds("{}{}".format, unmarked, marks)


@st.composite
def intervals(draw: st.DrawFn, side: st.SearchStrategy[str] = singles) -> str:
    """Intervals of two dates in order, or with one side open or unknown."""
    one, two = sorted((draw(side), draw(side)), key=lambda text: edtf.parse(text).key)
    return draw(st.sampled_from([f"{one}/{two}", f"{one}/..", f"{one}/", f"../{two}", f"/{two}"]))


valid = st.one_of(singles, intervals())
nearly = st.text(alphabet="0123456789X-/.?~% ", max_size=14)
"""Texts that look like dates; most are wrong somewhere."""


def real(day: str) -> bool:
    """Whether an ISO day is in the calendar."""
    year, month, number = (int(part) for part in day.split("-"))
    return day == f"{year:04d}-{month:02d}-{number:02d}" and 1 <= number <= monthrange(year + 400, month)[1]


@given(valid)
def test_a_date_can_mean_nothing_before_its_earliest_day(text: str) -> None:
    """The earliest day is not after the latest, and both are days of the calendar."""
    found = edtf.parse(text)
    bounds = [day for day in (found.earliest, found.latest) if day is not None]
    assert bounds == sorted(bounds)
    assert [day for day in bounds if not real(day)] == []
    assert len(bounds) == (found.start == "known") + (found.end == "known")


@given(valid)
def test_a_date_keeps_the_text_it_was_written_as(text: str) -> None:
    """What is parsed says what was written, and its key lies between its own bounds."""
    found = edtf.parse(text)
    assert found.text == text
    assert found.key == (found.earliest or found.latest, found.latest or found.earliest)
    assert found.year == found.key[0][:4]
    assert found.fuzzy == any(mark in text for mark in "?~%")


@given(st.one_of(st.text(max_size=40), nearly))
@example("\u0662\u0660\u0662\u0661")
@example("2021\n")
@example("1901/1901-22-01")
def test_whatever_is_written_is_a_date_or_an_edtf_error(text: str) -> None:
    """Any text at all gives a date, or an error of one of three kinds with a message in words."""
    try:
        found = edtf.parse(text)
    except EdtfError as error:
        assert type(error) in (EdtfError, ImpossibleDate, ReversedInterval)
        assert str(error)[0].isalpha()
    else:
        assert found.text == text


@given(st.one_of(nearly, st.from_regex(r"\A\d{1,4}[./-]\d{1,4}([./-]\d{1,4})?\Z")))
def test_a_hint_never_offers_a_date_that_is_wrong_too(text: str) -> None:
    """Whoever writes what the hint says has written a date."""
    try:
        edtf.parse(text)
    except EdtfError as error:
        for offered in re.findall('"(.*?)"', error.hint):
            assert edtf.parse(offered).text == offered


@given(valid)
def test_every_date_can_be_said_in_words(text: str) -> None:
    """The words of a date are one line of English that names a year in it."""
    said = edtf_words.words(edtf.parse(text))
    assert "X" not in said
    assert "/" not in said
    assert said.isprintable()
    assert re.search(r"[0-9]", said)


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
@given(text=valid)
def test_no_date_shows_the_noughts_of_its_notation(code: str, text: str) -> None:
    """In no language does a number begin with a nought, a text of its catalogue stay unfilled, or two dates of other
    years look alike."""
    language = LANGUAGES[code]
    said = language.words(text)
    assert not re.search(r"(?<!\d)0\d", said), said
    assert "{" not in said and "X" not in said
    for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text):
        assert str(int(year) or 1) in said


@given(st.lists(st.dates(), max_size=20))
def test_days_sort_by_their_keys_as_the_calendar_has_them(found: list[date]) -> None:
    """Plain days in the order of their keys are in the order of time."""
    texts = [day.isoformat() for day in found]
    assert sorted(texts, key=lambda text: edtf.parse(text).key) == [day.isoformat() for day in sorted(found)]


@given(singles)
def test_every_day_of_a_date_is_inside_its_bounds(text: str) -> None:
    """A season, year, decade or century holds the days it is made of."""
    found = edtf.parse(text)
    year, _, rest = text.rstrip("?~%").partition("-")
    if found.precision in ("decade", "century", "year"):
        span = (f"{year.replace('X', '0')}-01-01", f"{year.replace('X', '9')}-12-31")
    elif found.precision == "season":
        first, last = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "12")}[rest]
        span = (f"{year}-{first}-01", f"{year}-{last}-{monthrange(int(year) + 400, int(last))[1]}")
    elif found.precision == "month":
        span = (f"{year}-{rest[:2]}-01", f"{year}-{rest[:2]}-{monthrange(int(year) + 400, int(rest[:2]))[1]}")
    else:
        span = (f"{year}-{rest}", f"{year}-{rest}")
    assert (found.earliest, found.latest) == span


# --- beside the library edtf ------------------------------------------------------------------------------------------
#
# The library is older, slower and wider. The two agree on the bounds of every date of levels 0 and 1, but for these
# (each has its test below):
#
# 1. It refuses a season with a mark (2021-21?), which the standard allows: qualification applies to any level 1 date.
# 2. It accepts 29 February of every year; here a day has to exist.
# 3. It accepts an interval that ends before it begins.
# 4. Where an end is not known (2006/), it guesses ten years; here there is no bound. Where an end is open, its bound is
#    a float, infinity; here there is no bound.
# 5. It accepts level 2 (199X-05, 2XXX); here level 2 is refused, because nobody who reads it knows what it says.
# 6. It breaks on unknown months and days inside an interval (2004-XX/2005), with an AttributeError.


def theirs(text: str) -> tuple[str, str]:
    """The bounds of a date as the library has them, as ISO days."""
    found = parse_edtf(text)
    return iso(found.lower_strict()), iso(found.upper_strict())


def iso(time: struct_time) -> str:
    """Return a time of the library as an ISO day."""
    return f"{time.tm_year:04d}-{time.tm_mon:02d}-{time.tm_mday:02d}"


def ours(text: str) -> tuple[str | None, str | None]:
    """The bounds of a date as this package has them."""
    found = edtf.parse(text)
    return found.earliest, found.latest


YEARS = ("0000", "0004", "0900", "1900", "1984", "2000", "2021", "9999")
ENDS = ("", "-02", "-12", "-XX", "-02-28", "-09-14", "-12-31", "-02-XX", "-12-XX", "-XX-XX")
SEASONS = ("-21", "-22", "-23", "-24")
KINDS = [
    *map("".join, product(YEARS, ENDS, MARKS)),
    *map("".join, product(YEARS, SEASONS)),
    *map("".join, product(("199X", "20XX"), MARKS)),
]


def test_the_bounds_of_every_kind_of_date_are_those_of_the_library_edtf() -> None:
    """Every form of level 0 and 1, at the edges of the calendar, means the same days in both."""
    assert [(text, ours(text)) for text in KINDS] == [(text, theirs(text)) for text in KINDS]


@given(plain, marks)
def test_the_bounds_of_a_date_are_those_of_the_library_edtf(text: str, mark: str) -> None:
    """Any year, month or day, with any mark, means the same days in both."""
    assert ours(text + mark) == theirs(text + mark)


@given(plain, plain, marks, marks)
def test_the_bounds_of_an_interval_are_those_of_the_library_edtf(one: str, two: str, mark: str, other: str) -> None:
    """Any interval of years, months and days, with any marks, means the same days in both."""
    one, two = sorted((one, two), key=lambda text: edtf.parse(text).key)
    assert ours(f"{one}{mark}/{two}{other}") == theirs(f"{one}{mark}/{two}{other}")


def test_a_season_can_bear_a_mark_where_the_library_edtf_refuses_it() -> None:
    """Difference 1: perhaps spring 2021 is a date."""
    assert ours("2021-21?") == ("2021-03-01", "2021-05-31")
    with pytest.raises(EDTFParseException):
        parse_edtf("2021-21?")


def test_a_leap_day_must_exist_where_the_library_edtf_does_not_mind() -> None:
    """Difference 2: 29 February 2021 is no day."""
    assert theirs("2021-02-29") == ("2021-02-29", "2021-02-29")
    with pytest.raises(ImpossibleDate, match=r"^February 2021 has 28 days$"):
        edtf.parse("2021-02-29")


def test_an_interval_runs_forward_where_the_library_edtf_does_not_mind() -> None:
    """Difference 3: 2010 to 2005 is no interval."""
    assert theirs("2010/2005") == ("2010-01-01", "2005-12-31")
    with pytest.raises(ReversedInterval, match=r"^the interval ends before it begins$"):
        edtf.parse("2010/2005")


def test_an_end_that_is_not_known_has_no_bound_where_the_library_edtf_guesses_one() -> None:
    """Difference 4: nothing is made up about an end that nobody knows."""
    assert ours("2006/") == ("2006-01-01", None)
    assert theirs("2006/") == ("2006-01-01", "2016-01-01")
    assert ours("2006/..") == ("2006-01-01", None)
    assert parse_edtf("2006/..").upper_strict() == float("inf")


def test_level_2_is_refused_where_the_library_edtf_reads_it() -> None:
    """Difference 5: a May of the 1990s is level 2."""
    assert theirs("199X-05") == ("1990-05-01", "1999-05-31")
    with pytest.raises(EdtfError, match=r"^a year with unknown digits has no month$"):
        edtf.parse("199X-05")


def test_unknown_months_stand_in_intervals_where_the_library_edtf_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    """Difference 6: an interval may begin in some month of 2004."""
    assert ours("2004-XX/2005") == ("2004-01-01", "2005-12-31")
    with pytest.raises(AttributeError):
        parse_edtf("2004-XX/2005").lower_strict()
    assert capsys.readouterr().err == ""


# --- in words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021", "2021"),
        ("0005", "AD 5"),
        ("0005-05", "May AD 5"),
        ("0005-05-03~", "about 3 May AD 5"),
        ("0033-21", "spring AD 33"),
        ("0000", "1 BC"),
        ("0950", "950"),
        ("0950-05-03", "3 May 950"),
        ("09XX", "the years 900 to 999"),
        ("09XX~", "about the years 900 to 999"),
        ("095X", "the 950s"),
        ("090X", "the years 900 to 909"),
        ("005X", "AD 50 to AD 59"),
        ("000X", "1 BC to AD 9"),
        ("00XX", "1 BC to AD 99"),
        ("0850/09XX", "850 to the years 900 to 999"),
        ("2021?", "2021 (inferred)"),
        ("1994~", "about 1994"),
        ("1994%", "about 1994 (inferred)"),
        ("2021-09", "September 2021"),
        ("2021-09-04", "4 September 2021"),
        ("2021-09-14?", "14 September 2021 (inferred)"),
        ("2021-09-XX", "September 2021"),
        ("2021-XX", "2021"),
        ("2021-XX-XX", "2021"),
        ("2021-21", "spring 2021"),
        ("2021-22~", "about summer 2021"),
        ("2021-23", "autumn 2021"),
        ("2021-24", "winter 2021"),
        ("199X", "the 1990s"),
        ("199X~", "about the 1990s"),
        ("200X", "the 2000s"),
        ("20XX", "the years 2000 to 2099"),
        ("19XX?", "the years 1900 to 1999 (inferred)"),
        ("2006/2010", "2006 to 2010"),
        ("2006-05/2010~", "May 2006 to about 2010"),
        ("2006/..", "from 2006, with no end"),
        ("2006/", "from 2006, end unknown"),
        ("2006?/..", "from 2006 (inferred), with no end"),
        ("../2010", "until 2010"),
        ("/2010", "until 2010, start unknown"),
    ],
)
def test_a_date_is_said_as_people_say_it(text: str, said: str) -> None:
    """What is written for machines is read by people, and keeps what is not certain about it."""
    assert edtf_words.words(edtf.parse(text)) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-09-14", Edtf("2021-09-14", "2021-09-14", "2021-09-14", "day")),
        ("2021-09-XX", Edtf("2021-09-XX", "2021-09-01", "2021-09-30", "month")),
        ("2021-22%", Edtf("2021-22%", "2021-06-01", "2021-08-31", "season", uncertain=True, approximate=True)),
        ("2021?", Edtf("2021?", "2021-01-01", "2021-12-31", "year", uncertain=True)),
        ("199X~", Edtf("199X~", "1990-01-01", "1999-12-31", "decade", approximate=True)),
        ("19XX", Edtf("19XX", "1900-01-01", "1999-12-31", "century")),
        ("2006?/2010~", Edtf("2006?/2010~", "2006-01-01", "2010-12-31", "interval", uncertain=True, approximate=True)),
        ("2006/..", Edtf("2006/..", "2006-01-01", None, "interval", end="open")),
        ("/2010", Edtf("/2010", None, "2010-12-31", "interval", start="unknown")),
    ],
)
def test_a_date_is_read_as_what_it_says(text: str, expected: Edtf) -> None:
    """Each kind of date has its bounds, its precision and its doubts."""
    assert edtf.parse(text) == expected


# --- wrong ------------------------------------------------------------------------------------------------------------

NOT = "it is not an EDTF date"
FORMS = "Write a year (2021), a month (2021-09), a day (2021-09-14) or an interval (2006/2010)."

STILL = 'Write "1994/.." if it still holds, or leave out .. if the end is not known.'
ONE_OF_TWO = "Levels 0 and 1 of EDTF cannot say one of two: write the likelier one with a mark, such as"
PART = "EDTF has no sign for a part that nobody has bounded: write"
TODAY = "It is another day tomorrow: write the day itself, such as 2021-09-14."


@pytest.mark.parametrize(
    ("text", "kind", "message", "hint"),
    [
        ("", EdtfError, NOT, FORMS),
        ("12 May 1994", EdtfError, NOT, 'Write "1994-05-12".'),
        ("May 12th, 1994", EdtfError, NOT, 'Write "1994-05-12".'),
        ("27 мая 1994 г.", EdtfError, NOT, 'Write "1994-05-27".'),
        ("1994 жылғы 27 мамыр", EdtfError, NOT, 'Write "1994-05-27".'),
        ("3. Oktober 1990", EdtfError, NOT, 'Write "1990-10-03".'),
        ("19940527", EdtfError, NOT, 'Write "1994-05-27".'),
        ("spring 2021", EdtfError, NOT, 'Write "2021-21".'),
        ("летом 2021", EdtfError, NOT, 'Write "2021-22".'),
        ("since 1994", EdtfError, NOT, 'Write "1994/.." if it still holds, or leave out .. if the end is not known.'),
        ("before 1994", EdtfError, NOT, 'Write "/1994" where the beginning is not known.'),
        ("с 1994 по 1996", EdtfError, NOT, 'Write "1994/1996".'),
        ("May 1994 to June 1995", EdtfError, NOT, 'Write "1994-05/1995-06".'),
        ("1994/5", EdtfError, NOT, 'Write "1994/1995".'),
        ("1994/95", EdtfError, NOT, 'Write "1994/1995".'),
        ("perhaps 1994", EdtfError, NOT, 'Write "1994?".'),
        ("n.d.", EdtfError, NOT, "Leave the line out, or write unknown if somebody has looked for the date."),
        ("без даты", EdtfError, NOT, "Leave the line out, or write unknown if somebody has looked for the date."),
        ("1994-05-27/28", EdtfError, NOT, 'Write "1994-05-27/1994-05-28".'),
        ("1994-05/06", EdtfError, NOT, 'Write "1994-05/1994-06".'),
        ("199405", EdtfError, NOT, 'Write "1994-05".'),
        ("199413", EdtfError, NOT, FORMS),
        ("в 1994 году", EdtfError, NOT, 'Write "1994".'),
        ("1994 AD", EdtfError, NOT, 'Write "1994".'),
        ("не позднее 1994", EdtfError, NOT, 'Write "/1994" where the beginning is not known.'),
        ("1994 жылға дейін", EdtfError, NOT, 'Write "/1994" where the beginning is not known.'),
        ("not before 1994", EdtfError, NOT, STILL),
        ("1994 жылдан бері", EdtfError, NOT, STILL),
        ("from 1994 on", EdtfError, NOT, STILL),
        ("..1994", EdtfError, NOT, 'Write "../1994".'),
        ("1994..", EdtfError, NOT, 'Write "1994/..".'),
        ("1994 - present", EdtfError, NOT, 'Write "1994/..".'),
        ("1994-1995?", EdtfError, NOT, 'Write "1994/1995?".'),
        ("winter 2020/21", EdtfError, NOT, 'Write "2020-12/2021-02".'),
        ("зимой 2020-2021", EdtfError, NOT, 'Write "2020-12/2021-02".'),
        ("19th century", EdtfError, NOT, 'Write "18XX".'),
        ("в XIX веке", EdtfError, NOT, 'Write "18XX".'),
        ("Q1 1994", EdtfError, NOT, 'Write "1994-01/1994-03".'),
        ("1994 h2", EdtfError, NOT, 'Write "1994-07/1994-12".'),
        ("1994 or 1995", EdtfError, NOT, f'{ONE_OF_TWO} "1994?".'),
        ("early 1994", EdtfError, NOT, f'{PART} "1994".'),
        ("в конце мая 1994 года", EdtfError, NOT, f'{PART} "1994-05".'),
        ("today", EdtfError, NOT, TODAY),
        ("сейчас", EdtfError, NOT, TODAY),
        ("yesterday", EdtfError, NOT, FORMS),
        ("21", EdtfError, NOT, FORMS),
        ("20211", EdtfError, NOT, FORMS),
        ("-0100", EdtfError, NOT, FORMS),
        ("2021??", EdtfError, NOT, FORMS),
        ("2021-09-14T12:00", EdtfError, NOT, 'Write "2021-09-14": no time of day.'),
        ("1XXX", EdtfError, NOT, FORMS),
        ("2006/soon", EdtfError, NOT, FORMS),
        ("2021-9", EdtfError, NOT, 'Write "2021-09".'),
        ("2021-09-14 ", EdtfError, NOT, 'Write "2021-09-14".'),
        ("2021.9.4", EdtfError, NOT, 'Write "2021-09-04".'),
        ("2021-9-40", EdtfError, NOT, FORMS),
        ("14.09.2021", EdtfError, NOT, 'Write the year first: "2021-09-14", if the day stood first.'),
        ("9-14-2021", EdtfError, NOT, 'Write the year first: "2021-09-14", if the month stood first.'),
        ("31.31.2021", EdtfError, NOT, FORMS),
        ("circa 1994", EdtfError, NOT, 'Write "1994~" for about 1994.'),
        ("C.1994", EdtfError, NOT, 'Write "1994~" for about 1994.'),
        ("1990s", EdtfError, NOT, 'Write "199X".'),
        ("2006-2010", EdtfError, NOT, 'Write "2006/2010".'),
        ("2006 – 2010", EdtfError, NOT, 'Write "2006/2010".'),
        ("2010-2006", EdtfError, NOT, FORMS),
        ("Sept. 2021", EdtfError, NOT, 'Write "2021-09".'),
        ("Someday 2021", EdtfError, NOT, FORMS),
        ("2021/09/14", EdtfError, "an interval has exactly one slash", 'Write "2021-09-14".'),
        ("2006/2010/2012", EdtfError, "an interval has exactly one slash", FORMS),
        ("/", EdtfError, "an interval needs a date on at least one side", "Write unknown if no date is established."),
        (
            "../..",
            EdtfError,
            "an interval needs a date on at least one side",
            "Write unknown if no date is established.",
        ),
        ("199X-05", EdtfError, "a year with unknown digits has no month", 'Write "199X".'),
        ("2021-XX-05", EdtfError, "a day in an unknown month is level 2", 'Write "2021".'),
        ("2021-21-05", EdtfError, "a season has no day", 'Write "2021-21".'),
        ("2021-13", ImpossibleDate, "there is no month 13", "Months are 01 to 12, seasons 21 to 24."),
        ("2021-00", ImpossibleDate, "there is no month 00", "Months are 01 to 12, seasons 21 to 24."),
        ("2021-02-29", ImpossibleDate, "February 2021 has 28 days", ""),
        ("1900-02-29", ImpossibleDate, "February 1900 has 28 days", ""),
        ("2021-04-00", ImpossibleDate, "April 2021 has 30 days", ""),
        ("2010/2005", ReversedInterval, "the interval ends before it begins", 'Is it "2005/2010"?'),
        ("2021-10/2021-09-30", ReversedInterval, "the interval ends before it begins", 'Is it "2021-09-30/2021-10"?'),
    ],
)
def test_a_wrong_date_is_answered_with_what_was_probably_meant(
    text: str, kind: type[EdtfError], message: str, hint: str
) -> None:
    """Whoever writes a date in another way is told what to write here."""
    with pytest.raises(EdtfError) as caught:
        edtf.parse(text)
    assert (type(caught.value), str(caught.value), caught.value.hint) == (kind, message, hint)


def test_the_months_of_a_language_are_its_own_whatever_was_asked_before() -> None:
    """Azerbaijani before Arabic or after it: both have their own names in every context."""
    for order in (("az", "ar", "kk"), ("kk", "ar", "az")):
        named.names.cache_clear()
        found = {code: named.names(code) for code in order}
        said = {code: [found[code][context]["wide"][9] for context in ("format", "stand-alone")] for code in order}
        assert said == {"az": ["sentyabr", "sentyabr"], "ar": ["سبتمبر", "سبتمبر"], "kk": ["қыркүйек", "Қыркүйек"]}

"""Dates that are as exact as what is known: EDTF (ISO 8601-2:2019, annex A) levels 0 and 1.

Left out on purpose: times of day, and years outside 0000-9999. Bounds are ISO strings (``2021-09-01``), which sort as
text. The PyPI library ``edtf`` is the oracle of the tests; it is not used here because one date costs it milliseconds.
"""

from __future__ import annotations

import datetime
import re
from calendar import isleap
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr

from factbook.model import edtf_guess

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval"]
State = Literal["known", "open", "unknown"]
"""State of one side of an interval: a date is given, it is open (``..``), or it is unknown (empty)."""
SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}
"""Season code (spring, summer, autumn, winter): first and last month. Winter is taken within its year, as the ``edtf``
library does."""
MONTHS = ("January February March April May June July August September October November December").split()
DATE = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)
"""A date that is no interval: year, month, day, and what marks it as uncertain or approximate."""


class EdtfError(ValueError):
    """Raised for a text that is not an EDTF date of levels 0 or 1. ``hint`` says what was probably meant."""

    rule = "date-not-edtf"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ImpossibleDate(EdtfError):
    """Raised for a date that is well formed, but whose month or day does not exist."""

    rule = "date-impossible"


class ReversedInterval(EdtfError):
    """Raised for an interval whose end lies before its beginning."""

    rule = "date-reversed"


class Edtf(Struct, frozen=True):
    """A parsed date.

    ``earliest`` and ``latest`` are the first and last day it can mean (ISO), None where that side is open or unknown.
    ``start`` and ``end`` tell those two apart: ``known``, ``open`` (``..``) or ``unknown`` (left empty). ``key`` sorts
    by the first day meant, then the last; a missing bound counts as the other one. ``year`` is the four-digit year it
    begins in, or ends in where the beginning is not known.
    """

    text: str
    earliest: str | None
    latest: str | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False
    start: State = "known"
    end: State = "known"
    key: tuple[str, str] = ("", "")
    year: str = ""

    def __post_init__(self) -> None:
        first, last = self.earliest or self.latest or "", self.latest or self.earliest or ""
        force_setattr(self, "key", (first, last))
        force_setattr(self, "year", first[:4])

    @property
    def fuzzy(self) -> bool:
        """Whether anything about it is uncertain or approximate."""
        return self.uncertain or self.approximate


@lru_cache(maxsize=65536)
def parse(text: str) -> Edtf:
    """Return an EDTF date or interval of level 0 or 1, parsed.

    Raises EdtfError (not EDTF), ImpossibleDate (30 February) or ReversedInterval (2010/2005).
    """
    if "/" not in text:
        return _date(text)
    sides = text.split("/")
    if len(sides) > 2:
        raise EdtfError("an interval has exactly one slash", _guess(text))
    try:
        first, last = (None if side in ("", "..") else _date(side) for side in sides)
    except ImpossibleDate:
        raise
    except EdtfError as error:
        raise EdtfError(str(error), _guess(text)) from None  # the whole may have a meaning that a side has not
    if first is None and last is None:
        raise EdtfError("an interval needs a date on at least one side", "Write unknown if no date is established.")
    if first and last and (first.earliest or FIRST) > (last.latest or LAST):
        raise ReversedInterval("the interval ends before it begins", f'Is it "{sides[1]}/{sides[0]}"?')
    states: list[State] = ["unknown" if side == "" else "open" if side == ".." else "known" for side in sides]
    known = [d for d in (first, last) if d]
    return Edtf(
        text,
        first.earliest if first else None,
        last.latest if last else None,
        "interval",
        uncertain=any(d.uncertain for d in known),
        approximate=any(d.approximate for d in known),
        start=states[0],
        end=states[1],
    )


def _date(text: str) -> Edtf:
    match = DATE.fullmatch(text)
    if not match:
        raise EdtfError("it is not an EDTF date", _guess(text))
    year, month, day, mark = match.groups()

    def dated(first: str, last: str, precision: Precision) -> Edtf:
        return Edtf(text, first, last, precision, uncertain=mark in ("?", "%"), approximate=mark in ("~", "%"))

    if month is None:
        precisions: tuple[Precision, ...] = ("year", "decade", "century")
        return dated(year.replace("X", "0") + "-01-01", year.replace("X", "9") + "-12-31", precisions[year.count("X")])
    if "X" in year:
        raise EdtfError("a year with unknown digits has no month", f'Write "{year}".')
    if month == "XX":
        if day not in (None, "XX"):
            raise EdtfError("a day in an unknown month is level 2", f'Write "{year}".')
        return dated(f"{year}-01-01", f"{year}-12-31", "year")
    if month in SEASONS:
        if day is not None:
            raise EdtfError("a season has no day", f'Write "{year}-{month}".')
        first, last = SEASONS[month]
        return dated(f"{year}-{first:02d}-01", f"{year}-{last:02d}-{_days(year, last)}", "season")
    if not 1 <= int(month) <= 12:
        raise ImpossibleDate(f"there is no month {month}", "Months are 01 to 12, seasons 21 to 24.")
    days = _days(year, int(month))
    if day is None or day == "XX":
        return dated(f"{year}-{month}-01", f"{year}-{month}-{days}", "month")
    if not 1 <= int(day) <= days:
        raise ImpossibleDate(f"{MONTHS[int(month) - 1]} {year} has {days} days", "")
    exact = f"{year}-{month}-{day}"
    return dated(exact, exact, "day")


def _days(year: str, month: int) -> int:
    return 29 if month == 2 and isleap(int(year)) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


FIRST, LAST = "0000-01-01", "9999-12-31"
"""The first and the last day that there is; they stand for a side of an interval without a bound."""
Span = tuple[str, str]
"""First and last day (ISO), both included."""


@lru_cache(maxsize=65536)
def sides(date: Edtf) -> tuple[Span, Span]:
    """Return the days (first, last) on which something with this date can begin, and those on which it can end.

    A side that is open or unknown reaches to FIRST or LAST.
    """
    if "/" not in date.text:
        whole = (date.earliest or FIRST, date.latest or LAST)
        return whole, whole
    first, last = (None if side in ("", "..") else _date(side) for side in date.text.split("/"))
    begins = (first.earliest or FIRST, first.latest or LAST) if first else (FIRST, FIRST)
    ends = (last.earliest or FIRST, last.latest or LAST) if last else (LAST, LAST)
    return begins, ends


_MONTHS_IN = {"month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200}
"""How many months a unit of each precision has."""


@lru_cache(maxsize=65536)
def margin(date: Edtf) -> Span:
    """Return the first and the last day that a date can mean, with one unit of its precision more where it is uncertain
    or approximate: ``1950~`` is 1949 to 1951, ``1950-05?`` April to June. A side without a bound is FIRST or LAST."""
    first, last = (date.text.split("/") * 2)[:2]
    begins, ends = (_date(side) if side not in ("", "..") else None for side in (first, last))
    return _shifted(begins, -1) if begins else FIRST, _shifted(ends, 1) if ends else LAST


def _shifted(date: Edtf, by: int) -> str:
    """Return the first day that a date can mean (``by`` is -1), or the last (1); a unit further where it is fuzzy."""
    day = str(date.earliest if by < 0 else date.latest)
    if not date.fuzzy:
        return day
    if date.precision == "day":
        known = FIRST[:4] < day[:4] < LAST[:4]
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days=by)).isoformat() if known else day
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + by * _MONTHS_IN[date.precision], 12)
    if not 0 <= year <= 9999:
        return FIRST if by < 0 else LAST
    return f"{year:04}-{month + 1:02}-{1 if by < 0 else _days(f'{year:04}', month + 1):02}"


def _guess(text: str) -> str:
    """Return a hint at what the author of ``text`` probably meant, empty where nothing is likely. It names only dates
    that exist."""
    for offered, words in edtf_guess.offers(text):
        if offered == text:
            continue  # it is read no other way
        try:
            parse(offered)
        except EdtfError:
            continue
        return words.format(f'"{offered}"')
    if edtf_guess.says_no_date(text):
        return "Leave the line out, or write unknown if somebody has looked for the date."
    forms = "Write a year (2021), a month (2021-09), a day (2021-09-14) or an interval (2006/2010)."
    return edtf_guess.why_not(text) or forms

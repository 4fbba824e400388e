"""Dates in words for readers: ``about 1994``, ``from 2006, with no end``, ``14 September 2021``, in any language."""

from __future__ import annotations

from collections.abc import Callable

from factbook.model.edtf import DATE, MONTHS, Edtf

Months = Callable[[int, bool], str]
"""Returns the name of a month, from 1 to 12. The flag says whether the name stands beside a day, where some languages
inflect it."""


def english(month: int, _: bool) -> str:
    """Return the English name of a month, from 1 to 12."""
    return MONTHS[month - 1]


def words(date: Edtf, text: Callable[[str], str] = str, months: Months = english) -> str:
    """Return the date in words: ``about 1994``, ``from 2006, with no end``, ``14 September 2021``.

    For another language, ``text`` translates the English words and ``months`` names the months.
    """
    if "/" not in date.text:
        return _words(date.text, text, months)
    first, last = (side and side != ".." and _words(side, text, months) for side in date.text.split("/"))
    if date.start == "known" and date.end == "known":
        return text("{first} to {last}").format(first=first, last=last)
    if date.end == "open":
        return text("from {first}, with no end").format(first=first)
    if date.end == "unknown":
        return text("from {first}, end unknown").format(first=first)
    if date.start == "unknown":
        return text("until {last}, start unknown").format(last=last)
    return text("until {last}").format(last=last)


def _year(year: str, text: Callable[[str], str]) -> str:
    """Return a year of four digits as people write it: the noughts are the notation's, and a year of two digits would
    be taken for a day (May 5) or a decade (the 50s). EDTF has a year 0, which is 1 BC."""
    if int(year) == 0:
        return text("1 BC")
    return text("AD {year}").format(year=int(year)) if int(year) < 100 else str(int(year))


def _words(edtf: str, text: Callable[[str], str], months: Months) -> str:
    match = DATE.fullmatch(edtf)
    assert match is not None, "the text of a date that was parsed"
    year, month, day, mark = match.groups()
    begins, ends = year.replace("X", "0"), year.replace("X", "9")
    year = _year(begins, text)
    if begins != ends and int(begins) < 100:
        plain = text("{first} to {last}").format(first=year, last=_year(ends, text))
    elif begins[2:] == "00" and (ends[2:] == "99" or int(begins) < 1000) and begins != ends:
        plain = text("the years {first} to {last}").format(first=year, last=_year(ends, text))
    elif begins != ends:
        plain = text("the {decade}s").format(decade=year)
    elif month in (None, "XX"):
        plain = year
    elif month == "21":
        plain = text("spring {year}").format(year=year)
    elif month == "22":
        plain = text("summer {year}").format(year=year)
    elif month == "23":
        plain = text("autumn {year}").format(year=year)
    elif month == "24":
        plain = text("winter {year}").format(year=year)
    elif day in (None, "XX"):
        plain = text("{month} {year}").format(month=months(int(month), False), year=year)
    else:
        plain = text("{day} {month} {year}").format(day=int(day), month=months(int(month), True), year=year)
    if mark == "?":
        return text("{date} (inferred)").format(date=plain)
    if mark == "~":
        return text("about {date}").format(date=plain)
    return text("about {date} (inferred)").format(date=plain) if mark else plain

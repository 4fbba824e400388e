"""Dates as people write them, and their EDTF: ``12 May 1994``, ``since 1994``, ``27 мая 1994``, ``spring 2021``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from factbook.model import months

LANGUAGES = (
    *("en", "ru", "kk", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "be", "cs", "tr", "az", "uz", "ky", "tg", "tk"),
    *("sv", "da", "nb", "fi", "et", "lv", "lt", "hu", "ro", "bg", "sr", "hr", "el", "hy", "ka", "mn", "id"),
)
"""The languages whose names of months are known, from the Unicode CLDR. Where two of them use one name for different
months, the language that stands first here counts."""
_SEASONS = {
    "21": "spring весна весны весной весну көктем көктемі frühling frühjahr printemps primavera",
    "22": "summer лето лета летом жаз жазы sommer été verano estate",
    "23": "autumn fall осень осени осенью күз күзі herbst automne otoño autunno",
    "24": "winter зима зимы зимой зиму қыс қысы hiver invierno inverno",
}
_SEASON = {name: code for code, names in _SEASONS.items() for name in names.split()}
_SINCE = r"since|from|after|as of|с|со|после|начиная с|seit|ab|nach|depuis|après"
_UNTIL = r"until|till|before|up to|by|to|до|по|bis|vor|jusqu.?[aà]|avant"
_ABOUT = r"circa|ca|c|about|around|approx|approximately|~|ок|около|примерно|шамамен|um|etwa|vers|environ"
_PERHAPS = r"perhaps|probably|possibly|maybe|вероятно|возможно|предположительно|мүмкін|vermutlich|wohl|peut-être"
_RANGE = r"(?:(?:between|from|с|von|de) )?(?P<first>.+?) ?(?:/|-|–|—|to|and|until|по|до|bis|à) ?(?P<last>.+)"
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th|-?го|\.)?", r"(?P<month>[^\W\d]+)\.?", r"(?P<year>\d{4})"
_ORDERS = (
    rf"{_DAY} (?:of |de )?{_MONTH},? (?:de )?{_YEAR}",
    rf"{_MONTH} {_DAY},? {_YEAR}",
    rf"{_YEAR},? (?:жылғы |ж\. )?{_DAY} {_MONTH}",
    rf"(?:in |im |в )?{_MONTH},? (?:of |de )?{_YEAR}",
    rf"{_YEAR} {_MONTH} {_DAY}",
    rf"{_YEAR},? {_MONTH}",
)
"""The orders in which day, month and year are written in words."""
_NO_DATE = re.compile(
    r"n\.?\s?d\.?|no date|undated|not dated|date unknown|б\.?\s?д\.?|без даты|не датировано|дата неизвестна|o\.?\s?d\.?"
    r"|o\.?\s?j\.?|ohne datum|s\.?\s?d\.?|sans date|күні белгісіз|\?|-|–|—|n/?a|none|null|tbd",
    re.IGNORECASE,
)


def says_no_date(text: str) -> bool:
    """Return whether ``text`` says that a document bears no date."""
    return bool(_NO_DATE.fullmatch(text.strip()))


def offers(text: str) -> Iterator[tuple[str, str]]:
    """Yield EDTF that ``text`` may have meant, the likeliest first, each with the sentence that offers it."""
    text = re.sub(r"\s+", " ", text.strip()).rstrip(".")
    yield from _numbers(text)
    if date := _date(text):
        yield date, "Write {}."
    for words, form, sentence in (
        (_SINCE, "{}/..", "Write {} if it still holds, or leave out .. if the end is not known."),
        (_UNTIL, "/{}", "Write {} where the beginning is not known."),
        (_ABOUT, "{}~", "Write {} for about {date}."),
        (_PERHAPS, "{}?", "Write {}."),
    ):
        match = re.fullmatch(rf"(?:{words})\.? ?(?P<date>.+)", text, re.IGNORECASE)
        if match and (date := _date(match["date"])):
            yield form.format(date), sentence.replace("{date}", date)
    if match := re.fullmatch(_RANGE, text, re.IGNORECASE):
        first, last = _date(match["first"]), _date(match["last"])
        if first and last:
            yield f"{first}/{last}", "Write {}."


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a date in digits alone may mean, each with the sentence that offers it."""
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text, re.ASCII):
        one, two = int(match[1]), int(match[2])
        yield f"{match[3]}-{two:02d}-{one:02d}", "Write the year first: {}, if the day stood first."
        yield f"{match[3]}-{one:02d}-{two:02d}", "Write the year first: {}, if the month stood first."
    if match := re.fullmatch(r"(\d{4})/(\d)", text, re.ASCII):
        if int(match[2]) > int(match[1][3]):
            yield f"{match[1]}/{match[1][:3]}{match[2]}", "Write {}."
    if match := re.fullmatch(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?", text, re.ASCII):
        yield "-".join([match[1], *(f"{int(p):02d}" for p in match.groups()[1:] if p)]), "Write {}."
        if not match[3] and int(match[2]) > int(match[1][2:]):
            yield f"{match[1]}/{match[1][:2]}{match[2]}", "Write {}."
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ]\d.*", text, re.ASCII):
        yield match[1], "Write {}: no time of day."
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text, re.ASCII):
        yield f"{match[1]}-{match[2]}-{match[3]}", "Write {}."


def _date(text: str) -> str:
    """Return the EDTF of one date in words, with no word such as ``since`` before it; empty where it is no date."""
    text = text.strip().casefold()
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text, re.ASCII):
        return text
    text = re.sub(r" ?(?:года|году|год|г|жылғы|жылы|ж|year)\.?$", "", text)
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return text
    if match := re.fullmatch(r"(?:the )?(\d{3})0(?:'?s|-?е|-х|er)(?: годы| годах| годов| jahre)?", text):
        return f"{match[1]}X"
    for order in _ORDERS:
        if match := re.fullmatch(order, text):
            parts = match.groupdict()
            number = _month(parts["month"])
            if number and parts.get("day"):
                return f"{parts['year']}-{number:02d}-{int(parts['day']):02d}"
            if number:
                return f"{parts['year']}-{number:02d}"
            if parts["month"] in _SEASON and not parts.get("day"):
                return f"{parts['year']}-{_SEASON[parts['month']]}"
    return ""


def _month(name: str) -> int:
    """Return the number of a month by its name in one of LANGUAGES, or by its first letters, at least three; 0 where
    there is none."""
    names = _months()
    if name in names:
        return names[name]
    begun = {number for known, number in names.items() if len(name) > 2 and known.startswith(name)}
    return begun.pop() if len(begun) == 1 else 0


@cache
def _months() -> dict[str, int]:
    """Return the number of a month by each of its names, full and short."""
    found: dict[str, int] = {}
    for code in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months.names(code)[context][width].items():
                    plain = str(name).casefold().rstrip(".")
                    if not plain.isdigit():
                        found.setdefault(plain, number)
    return found

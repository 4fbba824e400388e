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
_SINCE = (
    r"since|from|after|as of|not before|not earlier than|no earlier than|с|со|после|начиная с|не ранее|не раньше"
    r"|seit|ab|nach|nicht vor|depuis|après|dès"
)
_UNTIL = (
    r"until|till|before|up to|by|to|not after|not later than|no later than|at the latest|до|по|не позднее|не позже|к"
    r"|bis|vor|spätestens|jusqu.?[aà]|avant"
)
_SINCE_BEHIND = r"(?:бері|бастап|кейін)|onwards?|on|and (?:after|later)|и (?:позже|позднее)"
_UNTIL_BEHIND = r"(?:дейін|бұрын)|or (?:before|earlier)|и (?:ранее|раньше)"
_NOW = r"present|now|today|date|настоящее время|наст\.? вр|н\.? ?в|сейчас|сегодня|heute|jetzt|қазір|бүгін|aujourd'hui"
"""Words for the end of an interval that has none yet."""
_ABOUT = r"circa|ca|c|about|around|approx|approximately|~|ок|около|примерно|шамамен|um|etwa|vers|environ"
_PERHAPS = r"perhaps|probably|possibly|maybe|вероятно|возможно|предположительно|мүмкін|vermutlich|wohl|peut-être"
_RANGE = r"(?:(?:between|from|с|von|de) )?(?P<first>.+?) ?(?:/|-|–|—|to|and|until|по|до|bis|à) ?(?P<last>.+)"
_CENTURY = (
    r"(?:the )?(?P<century>\d{1,2}|[xvi]+)(?:st|nd|rd|th|-?й|-?го|-?м|\.|e)?"
    r" ?(?:century|c|век|века|веке|в|ғасыр|ғасырда|jahrhunderts?|siècle)\.?(?: ad| ce)?"
)
_PARTS: dict[str, tuple[str, str]] = {
    "q1": ("01", "03"), "q2": ("04", "06"), "q3": ("07", "09"), "q4": ("10", "12"),
    "h1": ("01", "06"), "h2": ("07", "12"),
}  # fmt: skip
"""First and last month of a quarter and of a half of a year."""
_SOME_PART = (
    r"(?:in |at |в )?(?:the )?(?:early|mid|late|beginning of|middle of|end of|начал[оае]|середин[ае]|кон[ец]+[ае]?"
    r"|anfang|mitte|ende)"
)
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


_STILL = ("{}/..", "Write {} if it still holds, or leave out .. if the end is not known.")
_BEFORE = ("/{}", "Write {} where the beginning is not known.")
"""The forms of what began or ended at a date, each with the sentence that offers it."""


def says_no_date(text: str) -> bool:
    """Return whether ``text`` says that a document bears no date."""
    return bool(_NO_DATE.fullmatch(text.strip()))


def offers(text: str) -> Iterator[tuple[str, str]]:
    """Yield EDTF that ``text`` may have meant, the likeliest first, each with the sentence that offers it."""
    text = re.sub(r"\s+", " ", text.strip()).replace("…", "..")
    if (match := re.fullmatch(r"(.*?[^. ]) ?\.{2,}", text)) and (date := _date(match[1])):
        yield f"{date}/..", "Write {}."
    if (match := re.fullmatch(r"\.{2,} ?([^. ].*)", text)) and (date := _date(match[1])):
        yield f"../{date}", "Write {}."
    text = text.rstrip(".")
    yield from _numbers(text)
    yield from _spans(text.casefold())
    if date := _date(text):
        yield date, "Write {}."
    for words, form, sentence in (
        (_SINCE, *_STILL),
        (_UNTIL, *_BEFORE),
        (_ABOUT, "{}~", "Write {} for about {date}."),
        (_PERHAPS, "{}?", "Write {}."),
    ):
        match = re.fullmatch(rf"(?:{words})\.? ?(?P<date>.+?)(?: onwards| on| an)?", text, re.IGNORECASE)
        if match and (date := _date(match["date"])):
            yield form.format(date), sentence.replace("{date}", date)
    for words, form, sentence in ((_SINCE_BEHIND, *_STILL), (_UNTIL_BEHIND, *_BEFORE)):
        match = re.fullmatch(rf"(?P<date>.+?) (?:{words})", text, re.IGNORECASE)
        if match and (date := _date(match["date"])):
            yield form.format(date), sentence
    if match := re.fullmatch(_RANGE, text, re.IGNORECASE):
        first = _date(match["first"])
        last = ".." if re.fullmatch(_NOW, match["last"], re.IGNORECASE) else _date(match["last"])
        if first and last:
            yield f"{first}/{last}", "Write {}."


def why_not(text: str) -> str:
    """Return why ``text``, which says when something was, has no EDTF of levels 0 and 1, and what to write; empty where
    that is not known."""
    text = re.sub(r"\s+", " ", text.strip().casefold())
    if re.fullmatch(_NOW, text):
        return "It is another day tomorrow: write the day itself, such as 2021-09-14."
    if (match := re.fullmatch(r"(?:either )?(.+?) (?:or|или|oder|ou|немесе) (.+)", text)) and (
        first := _date(match[1])
    ):
        if "/" not in first and "?" not in first and _date(match[2]):
            return (
                f'Levels 0 and 1 of EDTF cannot say one of two: write the likelier one with a mark, such as "{first}?".'
            )
    if (match := re.fullmatch(rf"{_SOME_PART}[ -](?:of )?(.+)", text)) and (whole := _date(match[1])):
        return f'EDTF has no sign for a part that nobody has bounded: write "{whole}".'
    return ""


def _spans(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a century, a winter of two years, and a half or a quarter of a year mean, each with its sentence."""
    text = re.sub(r"^(?:in|during|в|во|im) ", "", text)
    if match := re.fullmatch(_CENTURY, text):
        number = int(match["century"]) if match["century"].isdigit() else _roman(match["century"])
        yield f"{number - 1:02d}XX", "Write {}."
    season, _, years = text.partition(" ")
    if _SEASON.get(season) == "24" and (match := re.fullmatch(r"(\d{4})[/–-](\d{2}(?:\d{2})?)", years)):
        if int(match[2][-2:]) == (int(match[1]) + 1) % 100:
            yield f"{match[1]}-12/{int(match[1]) + 1}-02", "Write {}."
    if match := re.fullmatch(r"([qh]\d)[ /-]?(\d{4})|(\d{4})[ /-]?([qh]\d)", text):
        begins, ends = _PARTS.get(match[1] or match[4], ("", ""))
        yield f"{match[2] or match[3]}-{begins}/{match[2] or match[3]}-{ends}", "Write {}."


def _roman(text: str) -> int:
    """Return the number that Roman digits up to 39 write."""
    worth = [{"x": 10, "v": 5, "i": 1}[digit] for digit in text]
    return sum(-one if one < next_ else one for one, next_ in zip(worth, [*worth[1:], 0], strict=True))


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a date in digits alone may mean, each with the sentence that offers it."""
    if match := re.fullmatch(r"(\d{4}-)(\d\d-)?(\d\d)[/–](\d\d)", text, re.ASCII):
        yield f"{match[1]}{match[2] or ''}{match[3]}/{match[1]}{match[2] or ''}{match[4]}", "Write {}."
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
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)?", text, re.ASCII):
        yield "-".join(filter(None, match.groups())), "Write {}."


def _date(text: str) -> str:
    """Return the EDTF of one date in words, with no word such as ``since`` before it; empty where it is no date."""
    text = text.strip().casefold()
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}[?~%]?", text, re.ASCII):
        return text
    text = re.sub(r"^(?:in|during|on|в|во|im|am|en|au|le|ad|the year) (?=.*\d{4})", "", text)
    text = re.sub(r" ?(?:года|году|год|г|жылғы|жылдан|жылға|жылы|ж|year|a\.?d|c\.?e|н\. ?э|n\. ?chr)\.?$", "", text)
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

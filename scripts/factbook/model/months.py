"""The names of months in any language, from the Unicode CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import TypeAlias

Names: TypeAlias = Mapping[str, Mapping[str, Mapping[int, str]]]
"""The names by context (``format`` beside a day, ``stand-alone``), width (``wide``, ``abbreviated``) and number."""


@cache
def names(code: str) -> Names:
    """Return the names of months in the language ``code`` (BCP 47). Raises babel.UnknownLocaleError where the CLDR does
    not know it.

    They are read from a copy: Babel looks aliases up in data that locales share and keeps what it found there, so that
    the months of one language would depend on which other language was asked for before.
    """
    from babel import Locale, localedata  # takes a tenth of the start, and few commands say a date in words

    months = localedata.load(str(Locale.parse(code, sep="-")))["months"]
    found: Names = localedata.LocaleDataDict({"months": deepcopy(months)})["months"]
    return found

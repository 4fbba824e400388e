"""The words of the interface in one language: texts, counts and dates. English is what the code and templates say.

In a template, and in the page the theme renders, a text for readers stands as ``[[Read it there]]``. It is replaced
once, when the template is compiled, so a page costs the same in every language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment
from jinja2.ext import Extension

from factbook import edtf
from factbook.model import UNKNOWN

_MARKED = re.compile(r"\[\[(.+?)\]\]")


class Language:
    """One language of the interface, by its BCP 47 code."""

    def __init__(self, code: str = "en") -> None:
        self.code = code
        self.words = lru_cache(65536)(self._words)

    def text(self, english: str) -> str:
        """What an English text of the interface is in this language."""
        return english

    def counted(self, n: int) -> str:
        """A number of facts in words: ``1 fact``, ``12 facts``."""
        return f"{n:,} fact" + ("" if n == 1 else "s")

    def _words(self, date: str) -> str:
        """An EDTF text in words, or that it is ``unknown``. Raises edtf.EdtfError on anything else."""
        return self.text("date unknown") if date == UNKNOWN else edtf.words(edtf.parse(date))

    def fill(self, template: str) -> str:
        """A template, or a page of the theme, with its marked texts in this language."""
        return _MARKED.sub(lambda found: self.text(found[1]), template)


class Marked(Extension):
    """Puts the texts of the environment's ``language`` in place of those marked in a template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template in the language."""
        language: Language = self.environment.globals["language"]
        return language.fill(source)


def environment(language: Language, **options: object) -> Environment:
    """A Jinja environment whose templates speak ``language``, which they also know by that name."""
    made = Environment(**options)
    made.globals["language"] = language
    made.add_extension(Marked)
    return made

"""The texts of the search in one language of the site."""

from __future__ import annotations

from collections.abc import Iterable

from factbook.model.verdict import lead
from factbook.pages.kinds import Pages
from factbook.render.language import Language
from factbook.search.documents import RETRACTED, source_status
from factbook.search.numbers import distances


def edition(pages: Pages, hidden: Iterable[int]) -> dict[str, object]:
    """Return the content of ``edition.js`` for a language, in which the documents ``hidden`` are not shown."""
    words = pages.archive.vocabulary
    return {
        "language": pages.language.code,
        "hidden": distances(hidden),
        "kinds": _labels(pages.language),
        "statuses": {
            **{w.id: [w.label, w.tone, w.icon, lead(w)] for w in words["statuses"].values()},
            **{source_status(w): ["", w.tone, "", lead(w)] for w in words["source_kinds"].values() if lead(w)},
            **({RETRACTED: ["", "bad", "", pages.language.text("Retracted")]} if pages.archive.retracted else {}),
        },
        "texts": _texts(pages.language),
    }


def _labels(language: Language) -> dict[str, str]:
    """Return the name of one document of each kind."""
    return {
        "Questions": language.text("Question"),
        "Facts": language.text("Fact"),
        "Organizations": language.text("Organization"),
        "People": language.text("Person"),
        "Countries": language.text("Country"),
        "Topics": language.text("Topic"),
        "Sources": language.text("Source"),
        "Pages": language.text("Page"),
    }


def _texts(language: Language) -> dict[str, str]:
    """Return the sentences of every search box."""
    return {
        "found": language.text("{n} found"),
        "nothing": language.text("Nothing found."),
        "nowhere": language.text("No page has “{word}”."),
        "instead": language.text("No page has “{word}”; showing “{other}”."),
        "few": language.text("Few pages have “{word}”; “{other}” is shown too."),
        "some": language.text("{n} with all of these words, {m} more with some."),
        "none": language.text("Nothing has all of these words; what has some is shown."),
        "begins": language.text("No page has “{word}”; showing words that begin with it."),
        "stop": language.text("These words are on nearly every page. Add one that is not."),
        "failed": language.text("The search index could not be loaded."),
        "all": language.text("All {n} results"),
        "propose": language.text("Propose a fact"),
        "results": language.text("Search results"),
    }

"""The language in which each text of a record stands on a page: its own, or that of the page where it is translated."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from factbook.model.answers import Question, Series
from factbook.model.archive import Archive
from factbook.model.records import Organization, Record, Source, Statement
from factbook.render import translated
from factbook.render.language import Language


class Tongues:
    """Gives the texts of records in the language of a page, and the attribute of those that stand in another.

    ``asking`` says whether that language has a page on translating, to which others lead.
    """

    def __init__(self, language: Language, asking: bool) -> None:
        self.language, self.asking = language, asking
        self.original = language.attributes(language.claims)

    def told(self, text: str) -> Markup | str:
        """Return a text of a record in the language of the page, where it is translated; the text itself elsewhere."""
        return self.language.apart(self.plain(text))

    def plain(self, text: str) -> str:
        """Return ``told`` of a text for a place that holds no element."""
        return self.language.word(text) if self.language.knows(text) else text

    def tongue_of(self, text: str) -> Markup | str:
        """Return the attribute for the language in which ``told`` gives a text; empty where it is that of the page."""
        return "" if self.language.knows(text) else self.original

    def tongue(self, record: Statement | Organization | Question) -> Markup | str:
        """Return the attribute for the language of a claim or of an organization's name; empty where it is that of the
        page."""
        if isinstance(record, Organization):
            return self.language.attributes(record.names[0].language)
        if isinstance(record, Question):
            return "" if self.language.translated_answer(record) else self.original
        return "" if self.language.translates and self.language.translation(record) else self.original

    def of_title(self, record: Record) -> Markup | str:
        """Return the attribute for the language of the title of a record; empty where it is that of the page."""
        if isinstance(record, Source):
            return self.language.of_title(record)
        if isinstance(record, Series):
            return self.tongue_of(record.title)
        return self.tongue(record) if isinstance(record, Statement | Organization | Question) else ""

    def as_recorded(self, text: str) -> Markup | str:
        """Return a text that is never translated, with its language marked where that is not the page's."""
        return self.marked(self.original, text)

    def marked(self, attributes: Markup | str, text: str) -> Markup | str:
        """Return a text in an element with the attributes of its language; the bare text where it has none."""
        text = self.language.apart(text)
        return Markup("<span{}>{}</span>").format(attributes, text) if attributes else text

    def asks_for_translation(self, fact: Statement) -> bool:
        """Return whether the page of a fact leads to the page on translating: it waits for that."""
        return self.asking and translated.waits(fact, self.language)

    def shares(
        self, recorded: Archive, spoken: Sequence[Language]
    ) -> list[tuple[Language, list[translated.Share], list[Statement]]]:
        """Return how much is translated, and what comes next: into the language of the page, or into every language of
        the site on a page in that of the claims."""
        languages = [self.language] if self.language.translates else [one for one in spoken if one.translates]
        text = self.language.text
        return [
            (one, translated.shares(recorded, one, text), translated.next_claims(recorded, one)) for one in languages
        ]

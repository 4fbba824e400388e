"""One language of the interface: its texts, counts and dates, and the archive translated into it.

The code and the templates are written in English. A text for readers stands in a template, and in the page that the
theme renders, as ``[[Read it there]]`` (see ``marked``). It is translated once, when the template is compiled, so a
page costs the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path

from markupsafe import Markup
from msgspec.structs import replace

from factbook.model import edtf, edtf_words, months
from factbook.model.answers import AnswerTranslation, Question
from factbook.model.archive import Archive
from factbook.model.records import CLAIMS as INTERFACE
from factbook.model.records import UNKNOWN, Organization, Source, Statement, Translation, Word
from factbook.render import alphabet, marked
from factbook.render.po import ENGLISH, Catalogue


class Language:
    """One language of the interface, by its BCP 47 code."""

    def __init__(
        self,
        code: str = INTERFACE,
        catalogue: Catalogue = ENGLISH,
        templates: Sequence[Path] = (),
        claims: str = INTERFACE,
    ) -> None:
        self.code, self.claims = code, claims
        """Its own code, and that of the language in which the archive writes its claims."""
        self.templates = tuple(templates)
        """Folders of an archive's own templates, which go before the engine's of the same name."""
        self.words = lru_cache(65536)(self._words)
        self.apart = lru_cache(65536)(self._apart)
        self._catalogue, self._locale = catalogue, code.replace("-", "_")
        self.form = catalogue.form
        """Which plural form a number takes."""

    @property
    def translates(self) -> bool:
        """Whether it is another language than that of the claims."""
        return self.code != self.claims

    @property
    def folder(self) -> str:
        """The folder of its pages in the site."""
        return folder(self.code, self.claims)

    @cached_property
    def right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return is_right_to_left(self.code)

    @cached_property
    def back(self) -> str:
        """The arrow to what comes before."""
        return "→" if self.right_to_left else "←"

    @cached_property
    def onward(self) -> str:
        """The arrow to what comes next."""
        return "←" if self.right_to_left else "→"

    @cached_property
    def english(self) -> Markup | str:
        """The attributes of a text that exists in English alone."""
        return self.attributes(INTERFACE)

    def attributes(self, code: str) -> Markup | str:
        """Return the attributes of a text in the language ``code`` on a page in this one; empty for its own."""
        if code == self.code:
            return ""
        return Markup(' lang="{}"{}').format(code, self.direction(code))

    def direction(self, code: str) -> Markup | str:
        """Return the attribute for the direction of a text in the language ``code``; empty where it is the page's."""
        other = is_right_to_left(code)
        return Markup(' dir="rtl"' if other else ' dir="ltr"') if other != self.right_to_left else ""

    def of_title(self, source: Source) -> Markup | str:
        """Return the attributes of the title of a source: those of its language."""
        return self.attributes(self.title_language(source))

    def title_language(self, source: Source) -> str:
        """Return the language of the title of a source; empty where nobody says in which it is.

        A title without a letter of that language's script is what the archive calls a source whose own title was not
        seen, so it is in the language of the claims; and in Latin script's place, nobody says in which it is.
        """
        latin = not _OTHER_SCRIPT.search(source.title)
        if latin == is_latin(source.language) or (not latin and _LATIN.search(source.title)):
            return source.language
        return self.claims if latin else ""

    def _apart(self, text: str) -> Markup | str:
        """Return a text of a record as it stands inside a line: kept apart from what is around it where it holds
        letters that run the other way than the page, so that neither puts the other's signs out of place."""
        foreign = _LEFT_TO_RIGHT if self.right_to_left else _RIGHT_TO_LEFT
        return Markup("<bdi>{}</bdi>").format(text) if foreign.search(text) else text

    def order(self, text: str) -> alphabet.Key:
        """Return the sort key of a text by the alphabet of this language."""
        return alphabet.order(self.code)(text)

    def text(self, english: str) -> str:
        """Return the translation of an English text of the interface; the text itself where there is none.

        ``english`` may bear its context, as the key of a mark does.
        """
        return self._catalogue.texts.get(english) or english.rpartition(marked.EOT)[2]

    def word(self, english: str) -> str:
        """Return the translation of an English text of the archive, such as a word of its vocabulary or the name of its
        site."""
        return self._catalogue.words.get(english) or self.text(english)

    def knows(self, text: str) -> bool:
        """Return whether a text of the archive's records is translated into this language."""
        return text in self._catalogue.words

    @cached_property
    def comma(self) -> str:
        """The comma between things that are named one after the other, and the space after it."""
        return self.text("between\x04,") + " "

    def within(self, label: str) -> str:
        """Return a label as it stands within a sentence: in lower case, where the language writes nouns so."""
        return label if self.code.partition("-")[0] in CAPITALS else label.lower()

    def forms(self, one: str, many: str) -> tuple[str, ...]:
        """Return every plural form of an English text, in the order of the numbers that ``form`` returns."""
        bare = one.rpartition(marked.EOT)[2]
        return self._catalogue.plurals.get(one) or tuple((bare, many)[self.form(n) > 0] for n in self._counts)

    @cached_property
    def _counts(self) -> list[int]:
        """An example number for each plural form, in their order."""
        found: dict[int, int] = {}
        for n in range(1, 200):
            found.setdefault(self.form(n), n)
        return [found[i] for i in sorted(found)]

    def plural(self, one: str, many: str, n: int) -> str:
        """Return the form of a text for the number ``n``, with ``{n}`` filled in."""
        return self.forms(one, many)[self.form(n)].format(n=self.number(n))

    def number(self, n: int) -> str:
        """Return a whole number with a separator between its thousands."""
        if self.code == INTERFACE:
            return f"{n:,}"
        from babel.numbers import format_decimal

        return str(format_decimal(n, locale=self._locale))

    def counted(self, n: int) -> str:
        """Return a number of facts in words: ``1 fact``, ``12 facts``."""
        return self.plural("{n} fact", "{n} facts", n)

    def _words(self, date: str) -> str:
        """Return an EDTF text in words, also for ``unknown``. Raises edtf.EdtfError on anything else."""
        if date == UNKNOWN:
            return self.text("date unknown")
        return edtf_words.words(
            edtf.parse(date), self.text, edtf_words.english if self.code == INTERFACE else self._months
        )

    def _months(self, month: int, with_day: bool) -> str:
        """Return the name of a month, from the Unicode CLDR: in lower case, except in a language that writes it with a
        capital."""
        names = months.names(self.code)
        inside, alone = (str(names[context]["wide"][month]) for context in ("format", "stand-alone"))
        name = inside if with_day else alone
        return name if inside[:1].isupper() else name.lower()

    def fill(self, template: str) -> str:
        """Return the source of a template with its marked texts in this language."""
        return marked.fill(template, self.text, self.forms)

    def fill_page(self, page: str) -> str:
        """Return a part of a page that the theme rendered, with its marked texts in this language."""

        def replaced(mark: marked.Mark, inner: str) -> str:
            told = self.word(unescape(mark.key))
            return inner if told == unescape(mark.key) else mark.put(told)

        return marked.MARKED.sub(lambda found: replaced(marked.read(found[1]), found[1]), page)

    def translate_archive(self, archive: Archive) -> Archive:
        """Return the archive in this language: words, claims and names are replaced where they are translated."""
        if self.code == self.claims:
            return archive
        return replace(
            archive,
            vocabulary={name: self._words_of(name, words) for name, words in archive.vocabulary.items()},
            statements={name: self._statement(s) for name, s in archive.statements.items()},
            organizations={name: self._organization(o) for name, o in archive.organizations.items()},
            questions={name: self._question(q) for name, q in archive.questions.items()},
        )

    def _words_of(self, name: str, words: Mapping[str, Word]) -> dict[str, Word]:
        """Return a list of the vocabulary in this language; people and countries are in the order of its alphabet."""
        told = {id: self._word(word) for id, word in words.items()}
        if name in ("people", "countries"):
            return dict(sorted(told.items(), key=lambda item: self.order(item[1].label)))
        return told

    def _word(self, word: Word) -> Word:
        extra = {k: self.word(v) if k in WORDED else v for k, v in word.extra.items()}
        meaning = word.meaning and self.word(word.meaning)
        if self.code in extra:  # a proper name, which the word itself holds in several languages
            label = extra.pop(self.code)
            return replace(word, label=label, meaning=meaning, extra=extra | {self.claims: word.label})
        return replace(word, label=self.word(word.label), meaning=meaning, extra=extra)

    def _statement(self, statement: Statement) -> Statement:
        found = self.translation(statement)
        return replace(statement, claim=found.claim) if found else statement

    def translation(self, statement: Statement) -> Translation | None:
        """Return the translation of a statement's claim into this language; None where there is none."""
        return next((t for t in statement.translations if t.language == self.code), None)

    def _question(self, question: Question) -> Question:
        """Return a question with its answer in this language, where the answer was not weighed again after its
        translation."""
        found = self.translated_answer(question)
        if found is None:
            return question
        sentences = zip(question.answer, found.answer, strict=True)
        answer = tuple(replace(sentence, text=text) for sentence, text in sentences)
        return replace(question, question=found.question, answer=answer, unknown=found.unknown or question.unknown)

    def translated_answer(self, question: Question) -> AnswerTranslation | None:
        """Return the translation of a question and its answer that is still valid; None where there is none."""
        holding = (t for t in question.translations if t.language == self.code and t.weighed == question.weighed)
        return next(holding, None)

    def _organization(self, organization: Organization) -> Organization:
        """Return an organization with its names in this language first. Where names changed, the present one is the
        label."""
        own = [n for n in organization.names if n.language == self.code]
        if not own:
            return organization
        return replace(organization, names=(*own, *(n for n in organization.names if n.language != self.code)))


def folder(code: str, claims: str) -> str:
    """Return the folder of a language's pages in the site; those in the language of the ``claims`` lie at the top."""
    return "" if code == claims else f"{code}/"


def is_right_to_left(code: str) -> bool:
    """Return whether a language is written from right to left, by the Unicode CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").text_direction == "rtl"
    except (ValueError, UnknownLocaleError):
        return False


@lru_cache(1024)
def is_latin(code: str) -> bool:
    """Return whether a language is written in Latin letters, by the Unicode CLDR."""
    from babel.core import get_global

    subtags = get_global("likely_subtags").get(code.replace("-", "_"), "")
    return "_Latn" in subtags or not subtags


def own_name(code: str) -> str:
    """Return the name of a language in that language, from the Unicode CLDR."""
    from babel import Locale

    name = Locale.parse(code, sep="-").get_language_name(code) or code
    return name[:1].upper() + name[1:]


CAPITALS = ("de", "lb", "nds")
"""Languages that write every noun with a capital."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of Unicode for scripts that run from right to left, Hebrew and Arabic among them."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile(f"(?!{_LATIN.pattern})[^\\W\\d_]")
_LEFT_TO_RIGHT = re.compile(f"(?!{_RIGHT_TO_LEFT.pattern})[^\\W\\d_]")
WORDED = ("inverse", "lead")
"""The extra fields of a word that readers see, besides its label and its meaning."""

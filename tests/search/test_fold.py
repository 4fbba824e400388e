"""Names in several spellings and alphabets are one word, and the engine and the pages' script fold alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from archives import ROOT
from factbook.model.archive import Archive
from factbook.model.records import SUBJECTS, spellings
from factbook.search import fold

SCRIPT = ROOT / "scripts" / "factbook" / "theme" / "assets" / "fold.js"
ALIKE = {
    "boraev": "Borayev Boraev Borayev BORAYEV Бораев Бора\u0301ев",
    "takmak": "Takmak Taqmaq Такмак Тақмақ",
    "ferbaev": "Ferbayev Ferbaev Фербаев",
    "morakstan": "Morakhstan Morakstan Moraqstan Морахстан Морақстан",
    "ferbaijan": "Ferbaijan Фербайджан Ferbaydzhan",
    "morushev": "Morushchev Морущёв Морущев",
    "fato": "FATO ФАТО fato",
    "odlb": "ODLB ОДЛБ",
    "shoimu": "Шойму Shoimu Shoymu",
    "tatana": "Татьяна Tatyana",
    "jolmar": "Jolmar Zholmar Жолмар",
    "strase": "Straße Strasse STRASSE",
    "jose": "José Jose\u0301 Jose",
}


@pytest.mark.parametrize("folded", ALIKE)
def test_spellings_of_one_name_are_one_word(folded: str) -> None:
    """Case, accents, alphabet and the ways of writing Cyrillic in Latin letters make no difference."""
    assert fold.words(ALIKE[folded]) == [folded] * len(ALIKE[folded].split(" "))


def test_numbers_and_other_alphabets_stay_as_they_are() -> None:
    """Only Latin and Cyrillic letters are folded; a doubled digit counts, and marks of punctuation part words."""
    assert fold.words("In 2011, §5: 1122–33 Αθήνα 東京") == ["in", "2011", "5", "1122", "33", "αθηνα", "東京"]


def test_different_words_stay_apart() -> None:
    """Folding does not go so far that names which are not the same fall together."""
    names = "Gullistan Golistan Tarnistan Turnistan Ternistan Morristan Ferrowland Ferrorus Ferromenia".split()
    assert len({word for name in names for word in fold.words(name)}) == len(names)


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    """A page on which the script that folds is loaded."""
    page = chromium.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def in_browser(script: Page, texts: list[str]) -> list[list[str]]:
    """Return the words that the script makes of each text, in the browser."""
    return script.evaluate("texts => texts.map(text => globalThis.folding.words(text))", texts)


def test_the_script_folds_every_text_of_the_archive_like_the_engine(script: Page, real_archive: Archive) -> None:
    """Claims, names, acronyms, spellings and titles of the whole archive give the same words on both sides."""
    archive = real_archive
    texts = [
        *(f.claim for f in archive.statements.values()),
        *(n.text for o in archive.organizations.values() for n in (*o.names, *o.acronyms)),
        *(text for s in archive.sources.values() for text in (s.title, s.publisher, *s.authors)),
        *(
            name
            for words in SUBJECTS
            for word in archive.vocabulary[words].values()
            for _, name in spellings(archive.vocabulary, word)
        ),
    ]
    assert len(texts) > 500
    assert in_browser(script, texts) == [fold.words(text) for text in texts]


LETTERS = st.sampled_from(
    sorted("aehijkqwxyzdsgcß'-. 12\u0301\u0306ıİ" + "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіўїє")
)
ANY = st.characters(exclude_categories=("Cs", "Cn", "Co"))


@settings(max_examples=15)
@given(texts=st.lists(st.one_of(st.text(LETTERS, max_size=30), st.text(ANY, max_size=30)), min_size=200, max_size=200))
def test_the_script_folds_any_text_like_the_engine(script: Page, texts: list[str]) -> None:
    """Whatever is typed: the words looked up in the browser are those that the engine put into the index."""
    # Characters that Unicode added after this Python, or this browser, was made are not yet in both.
    known = ["".join(c for c in text if unicodedata.ucd_3_2_0.category(c) != "Cn") for text in texts]
    assert in_browser(script, known) == [fold.words(text) for text in known]

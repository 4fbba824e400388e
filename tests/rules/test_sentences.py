"""Where a sentence ends: in English, Russian, Kazakh and German, and in scripts with full stops of their own."""

from __future__ import annotations

import pytest

from factbook.rules import sentences


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lt. Gen. A. B. Morrow of the U.S. Navy met Messrs. Ellery and Tern."),
        ("en", "The order, incl. art. 5, para. 2 and pp. 4 to 6, was signed c. 1902, no. 7 of that year."),
        ("en", "He asked “Why?” and left."),
        ("en", "About 40 percent, ca. 12,000 vs. 9,000, were counted."),
        (
            "ru",
            "В 1904–1906 гг. Иванов и проф. Петров жили на ул. Морской, им. Нахимова, за 3 млрд. Рублей там не было.",
        ),
        ("ru", "Согласно п. 3 и ст. 5 договор вступил в силу в 1902 г. и действует."),
        ("kk", "1904–1906 жж. қырық адам шамды ақ түске бояды."),
        ("kk", "Ол 5 млрд. Теңге мен т.б. туралы айтты."),
        ("kk", "Кеме келді. әрі кетті."),
        ("de", "Der Vertrag vom 3. Oktober 1902 galt bzw. Ausnahmen galten nach Abs. 2."),
        ("ru", "Отряд ряд. и войск. Охраны и инж.-техн. Службы стоял на пр-т. Мира."),
        ("kk", "Ол Достық даңғ. Бойында тұрды."),
        ("en", "The chart puts it at lat. 43 by res. 1540 of Assoc. Prof. Hale."),
        ("zh", "灯塔于1902年被漆成白色。"),
        ("hi", "दीपक 1902 में जलाया गया।"),
        ("ur", "چراغ 1902 میں جلایا گیا۔"),
        ("en", "The lamp was lit (by two men)."),
        ("en", "Ein „Licht“ war da.”"),
        ("pl", "Świt był. łódka płynęła."),
    ],
)
def test_one_sentence_is_one(language: str, text: str) -> None:
    """An abbreviation, an initial, an ordinal or a small letter of any alphabet ends nothing."""
    assert sentences.ends(text)
    assert sentences.second(text, language) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The lamp was lit. The keeper slept."),
        ("en", "It cost 40 crowns in 1902. “Nobody paid.”"),
        ("en", "He studied art. The museum stood."),
        ("ru", "Лампа горела. Ёлка стояла."),
        ("kk", "Шам жанды. Әскер келді."),
        ("de", "Es geschah im Jahr 1902. Niemand sah es."),
        ("zh", "灯亮了。人睡了。"),
        ("hi", "दीपक जला। आदमी सोया।"),
        ("xx", "Lampa hořela. Šel domů."),
    ],
)
def test_two_sentences_are_two(language: str, text: str) -> None:
    """A full stop before a word that begins with no small letter ends a sentence."""
    assert sentences.ends(text)
    found = sentences.second(text, language)
    assert found is not None
    assert 0 <= found[0] < found[1] < len(text)


@pytest.mark.parametrize("text", ["The lamp was lit", "Was it lit?", "灯亮了", "Lit:"])
def test_what_ends_without_a_full_stop_is_no_sentence(text: str) -> None:
    """A claim that ends with anything else is not finished, or asks."""
    assert not sentences.ends(text)


def test_words_are_letters_of_any_script() -> None:
    """Full stops, blanks and numbers are no words."""
    assert [sentences.has_words(text) for text in ("...", "   .", "12.", "ж.", "灯。")] == [
        False,
        False,
        False,
        True,
        True,
    ]

"""Where a sentence ends: by the abbreviations of many languages, and in scripts with full stops of their own."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
import regex

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
        ("ru", "Башню принял подполк. Иванов, бывш. предс. Совета, за 5 млн ам. долл. США."),
        ("de", "Am 3. Aug. 1901 übergab Adm. Hall die Lampe an Präs. Meyer."),
        ("en", "In 1901 Lieut. Hall of the Inst. Bell met Acad. Keeper and Mme. Morrow."),
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
        ("en", "The lamp was lit at 5 p.m. on Monday by J. A. Morrow."),
        ("en", "Dr. He Morrow and Rev. An of Acme Inc. Ltd. left."),
        ("en", "The lamp of St. Anne on Oak Ave. Extension was lit in Sept. 1902."),
        ("en", "Keepers met at ул. Морская and пр-т. Мира."),
        ("ru", "В т. ч. Иванов и А. С. Петров жили в г. Шамград, д. 5."),
        ("ru", "Маяк в 1902 г. Иванов покрасил."),
        ("kk", "Маяк им. Нахимов 1902 ж. Теңіз бойында тұрды."),
        ("kk", "Бұл 3 млн. Теңгеге тұрады."),
        ("de", "Er kam z. B. am 3. Mai des XX. Jahrhunderts nach St. Gallen."),
        ("uk", "Маяк на вул. Морській ім. Шевченка збудували 1902 р. Іванов."),
        ("fr", "M. Dupont et Mme. Lefèvre citent cf. Annales, t. 4, p. 12."),
        ("cs", "Věž sv. Jana a tř. Krále stála."),
        ("sv", "Fyren tändes bl.a. Lördag kl. 5."),
        ("tr", "Fener 3. Ordu ve Prof. Dr. Kaya tarafından yakıldı."),
        ("ka", "ლამპა აანთეს 1902 წ. ზაფხულში."),
        ("ka", "ე.წ. შუქურა იდგა."),
        ("ar", "قال د. أحمد إن المصباح أضيء."),
        ("ar", "قال: «هل أضيء المصباح؟» ثم نام."),
        ("fa", "چراغ در ۱۹۰۲ م. روشن شد."),
        ("ja", "彼は「灯が消えた。」と言った。"),
        ("ja", "なぜ「誰か？」と聞いたのか分からない。"),
        ("ja", "灯は３．５メートルである。"),
        ("hy", "Լամպը վառվեց 1902 թ. ամռանը։"),
        ("en", "Yahoo! Inc. and Guess? Inc. bought the lamp of Yum! Brands."),
        ("ru", "Компания Yahoo! Inc. купила лампу."),
        ("de", "König Ludwig II. Von Bayern sah den Turm."),
        ("el", "Ο φάρος άναψε· ο φύλακας κοιμήθηκε."),
        ("en", "The lamp; Gull Rock; the tower were lit."),
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
        ("en", "She was in Rome. She left."),
        ("en", "It was a big one. Tern slept."),
        ("en", "The lamp was lit at 5 p.m. The keeper slept."),
        ("en", "He served in the U.S. Navy until 1902 and wrote to the U.S. They paid."),
        ("en", "He works for Acme Inc. He left."),
        ("en", "It cost 12.5. The keeper paid."),
        ("en", "The road was 5 km. It was dark."),
        ("en", "He joined the KGB. Morrow left."),
        ("en", "The text stood on example.com. Tern read it."),
        ("en", "The lamp was lit… The keeper slept."),
        ("en", "The lamp was lit... The keeper slept."),
        ("ru", "Он жил в Риме. Она ушла."),
        ("ru", "Это был дом. Он сгорел."),
        ("ru", "Маяк построили в 1902 г. Он сгорел."),
        ("ru", "Дорога заняла 5 км. Потом стемнело."),
        ("kk", "Бұл жақсы жыл. Ол келді."),
        ("kk", "Маяк 1902 ж. Ол жанды."),
        ("kk", "Шам жанды. Ұста ұйықтады."),
        ("de", "Das Haus war alt. Tern schlief."),
        ("de", "Sie war in Rom. Er ging."),
        ("de", "Es regierte Karl V. Der Turm stand."),
        ("uk", "Лампа горіла. Її бачили."),
        ("ka", "ლამპა აანთეს. მცველი დაიძინა."),
        ("ar", "أضيء المصباح. نام الحارس."),
        ("ar", "هل أضيء المصباح؟ نام الحارس."),
        ("fa", "چراغ روشن شد. نگهبان خوابید."),
        ("ur", "چراغ جلا۔ آدمی سویا۔"),
        ("he", "המנורה הודלקה. השומר ישן."),
        ("ja", "灯がともった。番人は眠った。"),
        ("ja", "「灯がともった。」「番人は眠った。」"),
        ("hy", "Լամպը վառվեց։ Պահակը քնեց։"),
        ("am", "መብራቱ በራ። ጠባቂው ተኛ።"),
        ("my", "မီးထွန်းသည်။အစောင့်အိပ်သည်။"),
        ("bo", "སྒྲོན་མེ་སྤར། མི་ཉལ།"),
        ("el", "Άναψε ο φάρος; Ο φύλακας κοιμήθηκε."),
        ("el", "Άναψε ο φάρος\u037e Ο φύλακας κοιμήθηκε."),
        ("el", "Ο φάρος άναψε· Ο φύλακας κοιμήθηκε."),
        ("el", "Ο φάρος άναψε. Ο φύλακας κοιμήθηκε."),
        ("en", "Was it lit! The keeper slept."),
        ("de", "Es regierte Karl V. Von dort kam Hilfe."),
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


def test_the_marks_are_those_of_unicode() -> None:
    """Every mark of the living scripts that Unicode calls the end of a sentence ends one here."""
    commas = "\u104a\u1735"
    marks = [
        c for c in map(chr, range(0x10000)) if regex.match(r"\p{Sentence_Break=STerm}", c) and unicodedata.name(c, "")
    ]
    assert len(marks) > 80
    assert [c for c in marks if c not in commas and sentences.second(f"Да{c} Ещё", "ru") is None] == []
    assert [c for c in commas if sentences.second(f"Да{c} Ещё", "ru")] == []


@pytest.mark.parametrize("path", sorted(sentences.FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_list_holds_abbreviations_once(path: Path) -> None:
    """An abbreviation ends with a full stop and stands in one of two lists; a word that begins sentences has none."""
    told = tomllib.loads(path.read_text("utf-8"))
    never, may_end = told["never"].split(), told.get("may_end", "").split()
    assert [w for w in (*never, *may_end, *told.get("before_numbers", "").split()) if not w.endswith(".")] == []
    assert [w for w in told.get("openers", "").split() if "." in w or w != w.lower()] == []
    assert sorted(set(never) & set(may_end)) == []
    assert sorted(w for w in {*never} if never.count(w) > 1) == []
    assert set(told.get("also", ())) <= {p.stem for p in sentences.FOLDER.glob("*.toml")}

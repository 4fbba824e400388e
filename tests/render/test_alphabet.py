"""Lists stand in the order of the alphabet of the page's language, as the Unicode CLDR has it."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.render.alphabet import FOLDER, alphabets, order

DENO = Path(sys.executable).parent / "deno"
LETTERS = Path(__file__).parents[1] / "helpers/letters.js"
ASSETS = FOLDER.parent / "theme/assets"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("kk", ["Алматы", "Әскери", "Бала", "Ғылым", "Қызыл", "Лашын", "Ыстық", "Іле", "Яхта"]),
        ("ru", ["Армия", "Елецкий", "Ёлочный", "Жук", "Язский"]),
        ("en", ["2 March", "Årsbok", "Élan", "fire", "Zoo"]),
        ("de", ["Ärzte", "Bahn", "Öl", "Ostsee", "Zug"]),
        ("de", ["Mas", "Masse", "Maße", "Mast"]),
        ("sv", ["Alingsås", "Öland"[1:], "Ülker", "Ystad", "Zorn", "Åre", "Ängelholm", "Ærø", "Öland", "Øst"]),
        ("da", ["Ribe", "Zoo", "Ærø", "Øst", "Aabenraa", "Ålborg"]),
        ("et", ["Saaremaa", "Šveits", "Zoo", "Žanr", "Tartu", "Vabadus", "Õnn", "Ärma", "Öö", "Üle", "Xerox"]),
        ("uk", ["Вовк", "Гора", "Ґанок", "Дім", "Єва", "Жук", "Зуб", "Ива", "Ірпінь", "Їжак", "Йод", "Юра", "Ялта"]),
        ("tr", ["Can", "Çan", "Gül", "Ğ", "Ilgaz", "Irmak", "İpek", "Oya", "Öz", "Şile", "Tan", "Uzun", "Üzüm"]),
        ("cs", ["Cena", "Čaj", "Had", "Chata", "Ibis", "Rak", "Řeka", "Zub", "Žába"]),
        ("hu", ["Cukor", "Csaba", "Dunyha", "Dzeta", "Gáz", "Gyár", "Ok", "Öröm", "Szó", "Tó"]),
        ("pl", ["Azja", "Ącki", "Lato", "Łódź", "Zupa", "Źdźbło", "Żaba"]),
        ("es", ["Nube", "Ñandú", "Oso"]),
        ("vi", ["An", "Ăn", "Ân", "Dao", "Đá", "Ông", "Ơn"]),
        ("fa", ["آب", "بابل", "پارس", "تهران", "چین", "ژاپن", "کرمان", "گیلان", "وطن", "هرات", "یزد"]),
        ("ur", ["اردو", "ٹوپی", "ڈاک", "ژالہ", "گھر", "وطن", "ہوا", "یار"]),
        ("he", ["אבא", "בית", "FATO"]),
        ("el", ["Άλφα", "Βήτα", "Ωμέγα", "Alpha"]),
        ("ka", ["აბა", "ბათუმი", "ჰაერი"]),
        ("th", ["กา", "เก", "ขา", "เข"]),
        ("ja", ["FATO", "あき", "カメラ", "さくら"]),
        ("xx", ["Ähre", "Bahn", "Łódź", "Øst", "Zoo"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(code: str, names: list[str]) -> None:
    """Each alphabet has its own order, whatever the order of Unicode is, and large letters stand with small ones."""
    mixed = [*reversed(names)]
    assert sorted(mixed, key=order(code)) == names


def test_what_is_not_of_the_alphabet_comes_after_it() -> None:
    """On a Russian page names in Latin letters stand behind those in Cyrillic ones, and figures before both."""
    assert sorted(["FATO", "Яхта", "1992"], key=order("ru")) == ["1992", "Яхта", "FATO"]


def collated(code: str, names: list[str]) -> list[str]:
    """Return the code of the language that ICU's collator took for ``code``, and ``names`` as it sorts them."""
    collator = f"new Intl.Collator({json.dumps(code)})"
    told = f"[{collator}.resolvedOptions().locale, ...{json.dumps(names)}.sort({collator}.compare)]"
    return list(json.loads(deno("eval", f"console.log(JSON.stringify({told}))")))


def deno(*arguments: str) -> str:
    """Return what the program for JavaScript prints."""
    environment = {**os.environ, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    return subprocess.run([DENO, *arguments], env=environment, capture_output=True, text=True, check=True).stdout


def test_letters_stand_as_in_the_unicode_cldr() -> None:
    """The file of letters is what ICU makes of the root of the CLDR, from which this script prints it."""
    assert deno("run", "--no-remote", str(LETTERS)) == (FOLDER / "letters.txt").read_text("utf-8")


ASKED = "cs da de el en es et fa fi fil fr he hr hu lt lv nb nl pl pt ro ru sk sl sr sv tr uk vi ar bg hi".split()
"""Languages whose order the collator of this program and of browsers knows; others, such as Kazakh, it has left out."""


@pytest.mark.parametrize("code", ASKED)
def test_alphabets_are_those_of_the_unicode_cldr(code: str) -> None:
    """Words of the letters of an alphabet, and where it is Latin of foreign letters, stand as ICU puts them."""
    letters = alphabets().get(code, "").replace("=", " ").split() or [*SAMPLES.get(code, "abcoszßéöñåøz")]
    if letters[0] == "a":
        letters += "a o e é ö ñ å".split()
    drawn = random.Random(code)
    words = {"".join(drawn.choices(letters, k=drawn.randint(1, 4))) for _ in range(300)}
    names = sorted(word for word in words if not re.search("a[åäáâăąã]", word))  # which ICU takes for aa with a mark
    assert [code, *sorted(names, key=order(code))] == collated(code, names)


SAMPLES = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяz",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "el": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "hi": "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
}


@given(st.lists(st.text(max_size=8), max_size=8), st.sampled_from([*alphabets(), "en", "ru", "th", "ja", "xx"]))
def test_every_text_has_a_place(texts: list[str], code: str) -> None:
    """Whatever letters a text holds, it can be compared, and large letters stand with small ones."""
    assert len(sorted(texts, key=order(code))) == len(texts)
    assert order(code)("") <= min((order(code)(text) for text in texts), default=order(code)(""))


def test_browsers_sort_no_text() -> None:
    """The scripts of the pages compare numbers alone, so a reader sees the order of the build in any browser."""
    for path in ASSETS.glob("*.js"):
        text = path.read_text("utf-8")
        assert "localeCompare" not in text and "Collator" not in text, path

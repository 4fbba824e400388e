"""Lists stand in the order of the alphabet of the page's language."""

from __future__ import annotations

import pytest

from factbook.render.alphabet import order


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("kk", ["Алматы", "Әскери", "Бала", "Ғылым", "Қызыл", "Лашын", "Ыстық", "Іле", "Яхта"]),
        ("ru", ["Армия", "Елецкий", "Ёлочный", "Жук", "Язский"]),
        ("en", ["2 March", "Årsbok", "Élan", "fire", "Zoo"]),
        ("de", ["Ärzte", "Bahn", "Öl", "Ostsee", "Zug"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(code: str, names: list[str]) -> None:
    """Each alphabet has its own order, whatever the order of Unicode is, and large letters stand with small ones."""
    mixed = [*reversed(names)]
    assert sorted(mixed, key=order(code)) == names


def test_what_is_not_of_the_alphabet_comes_after_it() -> None:
    """On a Russian page names in Latin letters stand behind those in Cyrillic ones, and figures before both."""
    assert sorted(["NATO", "Яхта", "1992"], key=order("ru")) == ["1992", "Яхта", "NATO"]

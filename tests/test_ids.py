"""Ids are made of any text in one way, and always usable as file names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook import ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour bridge", "the-harbour-bridge"),
        ("Île Café, 1902", "ile-cafe-1902"),
        ("Степной вестник: делегации встретились", "stepnoy-vestnik-delegatsii-vstretilis"),
        ("Φάρος", "faros"),
        ("灯台", "dengtai"),
        ("gull-rоck-light", "gull-rock-light"),
        ("gull-roсk", "gull-rock"),
        ("__", ""),
    ],
)
def test_an_id_is_made_of_the_words_of_any_script(text: str, expected: str) -> None:
    """Other scripts are written in Latin letters; a Cyrillic letter in a Latin word is the one that it looks like."""
    assert ids.kebab(text) == expected


@given(st.text(max_size=200))
def test_what_is_made_can_be_a_file_name(text: str) -> None:
    """Whatever the text, its id is empty, usable or a name that is taken."""
    made = ids.kebab(text)
    assert made == "" or ids.usable(made) or made in ids.TAKEN
    assert ids.hint(text) in ("", f"Write {'-'.join(ids.words(text))}.")

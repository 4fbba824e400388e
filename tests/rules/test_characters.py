"""Characters that cannot be seen: refused wherever they mean nothing, allowed where they change a letter or a sign."""

from __future__ import annotations

import pytest

from factbook.rules.characters import unsafe_character


def found(text: str) -> list[str]:
    """What is found in a text that stands in the field ``note``."""
    return [f.value for f in unsafe_character("x.yaml", f"note: {text}\n".encode(), {"note": text})]


@pytest.mark.parametrize(
    "code",
    [
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x17B4, 0x180E, 0x200B, 0x200E, 0x202E, 0x2060, 0x2800, 0x3164),
        *(0xFEFF, 0xFFA0, 0x1BCA0, 0x1D173, 0xE0041, 0x1680, 0xE000, 0x13430, 0x1D159, 0xF0000),
    ],
)
def test_what_no_screen_shows_is_refused(code: int) -> None:
    """Everything that Unicode calls default ignorable, and blanks that are no spaces."""
    assert found(f"lamp{chr(code)}light") == [f"U+{code:04X}"]


@pytest.mark.parametrize(
    "text",
    [
        *("la\u200cmp", "ла\u200dмпа", "12\u200d3", "\u200clamp", "lamp\ufe0f", "灯\u200d火", "a\u180b"),
        *("cafe\u0301\u200dteria", "Hawaiʻ\u200di", "nª\u200do", "ａ\u200dｂ", "ⲁ\u200dⲃ", "Ꭰ\u200dᎡ", "☀\u200dlamp"),
        *("lamp,\ufe0e", "lamp-\ufe0fred", "1901\ufe0f", "lamp\U00016fe4"),
    ],
)
def test_joiners_and_selectors_that_change_nothing_are_refused(text: str) -> None:
    """In Latin and Cyrillic words a joiner only makes two equal words differ."""
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "می\u200cروم",
            "क्\u200dष",
            "👩\u200d🚀",
            "☂\ufe0f",
            "1\ufe0f\u20e3",
            "葛\U000e0100",
            "12\u00a0000",
            "ᠠ\u180b",
        ),
        *("❤\ufe0f\u200d🔥", "👩🏽\u200d⚕\ufe0f", "↔\ufe0f", "സ്\u200d", "‼\ufe0f"),
    ],
)
def test_what_changes_a_letter_or_a_sign_may_stand(text: str) -> None:
    """Persian and Hindi need joiners, signs and ideographs their selectors, numbers a space that does not break."""
    assert found(text) == []


def test_one_outside_of_every_text_is_told_where_it_stands() -> None:
    """In a comment, and where YAML takes it for the end of a line."""
    data = "claim: A lamp.\n# note \u202e here\n".encode()
    assert [(f.line, f.column, f.value) for f in unsafe_character("x", data, {"claim": "A lamp."})] == [
        (2, 8, "U+202E")
    ]
    data = "claim: A lamp\u0085  was lit.\n".encode()
    result = unsafe_character("x", data, {"claim": "A lamp was lit."})
    assert [(f.line, f.column, f.value) for f in result] == [(1, 14, "U+0085")]

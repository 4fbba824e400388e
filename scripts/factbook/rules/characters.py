"""The rule for characters that cannot be seen, by the properties that Unicode gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from factbook.rules.problem import Finding, Key, Plain, Pointer
from factbook.rules.register import rule

_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties.txt): no screen shows it."""
_OTHERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u1680\u2028\u2029\u2800\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U00013430-\U0001343f\U00016fe4\U0001d159\U000f0000-\U0010ffff"
)
"""Control characters, line and paragraph separators, the blanks of Ogham and Braille, interlinear annotations,
noncharacters, what joins hieroglyphs, the filler of Khitan, the note without a head, and the private use areas, where
no two fonts agree."""
_UNSAFE = re.compile(f"[{_IGNORABLE}{_OTHERS}]")
_CONTROL = bytes([*range(9), *range(11, 32), 127])
"""The ASCII characters among them, as bytes."""
_JOINERS = "\u200c\u200d"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MONGOLIAN = re.compile("[\u180b-\u180d\u180f]")
_JOINED = tuple(
    f"{script} "
    for script in (
        "ADLAM ARABIC BALINESE BATAK BENGALI BRAHMI BUGINESE CHAKMA CHAM DEVANAGARI GRANTHA GUJARATI GURMUKHI JAVANESE"
        " KAITHI KANNADA KHMER KHOJKI KHUDAWADI LEPCHA LIMBU MALAYALAM MANDAIC MANICHAEAN MODI MONGOLIAN MYANMAR NEWA"
        " NKO ORIYA PHAGS-PA REJANG SAURASHTRA SHARADA SIDDHAM SINHALA SOGDIAN SUNDANESE SYRIAC TAKRI TAMIL TELUGU"
        " TIBETAN TIRHUTA"
    ).split()
)
"""How the Unicode names of the letters begin that a joiner changes."""
_STYLED = frozenset("\u203c\u2049\u3030")
"""The signs of punctuation that have a form as text and one as a picture (emoji-variation-sequences.txt)."""
_KEYS = frozenset("0123456789#*")
"""What is drawn as a key, before U+FE0F and U+20E3."""


@rule(scope="file")
def unsafe_character(path: str, data: bytes, value: Plain) -> Iterator[Finding]:
    """A text must not contain control characters, invisible characters or bidirectional overrides.

    They make a text look different from what it is, on the site and in a review. A joiner may stand where it changes
    how letters are written, such as in Persian or Hindi, and a variation selector where it chooses a sign.
    """
    if data.isascii() and b"\\" not in data and data == data.translate(None, _CONTROL):
        return
    text = data.decode().replace("\r\n", "\n")
    message = "the text contains a character that cannot be seen"
    hint = "Delete the character and type the text around it again."
    first = first_unsafe(text)
    if first is None and "\\" not in text:
        return
    seen = False
    for pointer, string in strings(value):
        if (at := first_unsafe(string)) is not None:
            seen = True
            yield Finding(path=path, pointer=pointer, message=message, value=code(string[at]), hint=hint)
    if first is not None and not seen:  # in a comment, or where it counts as the end of a line
        line, column = text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first)
        message = "the file contains a character that cannot be seen"
        yield Finding(path=path, line=line, column=column, message=message, value=code(text[first]), hint=hint)


def first_unsafe(text: str) -> int | None:
    """Return the position of the first character that may not stand in ``text``; None where all may."""
    return next((m.start() for m in _UNSAFE.finditer(text) if not _means_something(text, m.start())), None)


def _means_something(text: str, at: int) -> bool:
    """Return whether the invisible character at ``at`` changes how the one before it is written."""
    if at == 0:
        return False
    char, before, after = text[at], text[at - 1], text[at + 1 : at + 2]
    if char in _JOINERS:
        if char == "\u200d" and (_is_sign(before) or before == "\ufe0f"):
            return _is_sign(after)  # of several signs it makes one
        base = next((c for c in reversed(text[:at]) if unicodedata.category(c)[0] != "M"), "")
        return unicodedata.name(base, "").startswith(_JOINED) if base else False
    if _SELECTORS.match(char):
        if char in "\ufe0e\ufe0f":
            return (
                after == "\u20e3"
                if before in _KEYS
                else before in _STYLED or unicodedata.category(before) in ("So", "Sm")
            )
        return unicodedata.name(before, "").startswith("CJK ")
    return bool(_MONGOLIAN.match(char)) and unicodedata.name(before, "").startswith("MONGOLIAN ")


def _is_sign(char: str) -> bool:
    """Return whether a character is a picture or the tone of one."""
    return bool(char) and unicodedata.category(char) in ("So", "Sk")


def code(char: str) -> str:
    """Return the number of a character as Unicode writes it, such as U+200B."""
    return f"U+{ord(char):04X}"


def strings(value: Plain, at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Yield every text of a value, field names too, as (pointer, text); ``at`` is the pointer to the value itself."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*at, Key(key)), key
            yield from strings(inner, (*at, key))
    else:
        for position, inner in enumerate(value):
            yield from strings(inner, (*at, position))

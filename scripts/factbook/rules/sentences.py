"""Where one sentence ends and another begins, as far as that can be told from the text alone."""

from __future__ import annotations

import re

_INNER_STOP = re.compile(r"[.!?][\"')\]»”’]*\s")
"""What _STOP finds contains this; it is found much faster."""
_STOP = re.compile(r"(\S+?)[.!?][\"')\]»”’]*\s+(?=[^\W\d_a-zа-яё]|[\"'(«“‘\d])")


def sentence_end(text: str) -> re.Match[str] | None:
    """The last word and the stop of the first sentence of ``text``, where another sentence follows."""
    if not _INNER_STOP.search(text):
        return None
    return next((m for m in _STOP.finditer(text) if _ends_sentence(m[1])), None)


def _ends_sentence(word: str) -> bool:
    """Whether the word before a full stop ends a sentence rather than being an abbreviation such as Lt. or U.S."""
    word = word.lstrip("\"'([«“‘")
    if "." in word or len(word) == 1:
        return False
    return not (len(word) <= 4 and word[:1].isupper() and word[1:].islower()) and word.lower() not in (
        "no",
        "vs",
        "approx",
    )

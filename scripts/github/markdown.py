"""Texts of strangers inside Markdown of ours: shown, without any effect."""

from __future__ import annotations

import re

GAP = "\u200b"
"""A space without width: it cannot be seen, and breaks what GitHub would make of the letters around it."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def cut(text: str, most: int) -> str:
    """Return at most so many characters of ``text``, ending with a whole line and a note that it was cut."""
    if len(text) <= most:
        return text
    kept = text[:most].rpartition("\n")[0] or text[:most]
    return f"{kept}\n… (cut: {len(text):,} characters in all)"


def inert(text: str) -> str:
    """Return Markdown of a stranger as a quotation that keeps its lists and emphasis and has no effect: no link, image,
    HTML, mention of a person, reference to an issue, and nothing that reaches beyond the quotation."""
    text = _CONTROL.sub("�", text.replace("\r\n", "\n"))
    text = text.replace("<", "<" + GAP)
    text = re.sub(r"\]\s*([(\[:])", r"]" + GAP + r"\\\1", text)
    text = re.sub(r"@(?=\w)", "@" + GAP, text)
    text = re.sub(r"#(?=\d)", "#" + GAP, text)
    text = re.sub(r"(?i)\bGH-(?=\d)", "GH-" + GAP, text)
    text = text.replace("://", ":" + GAP + "//")
    text = re.sub(r"(?i)\bwww\.", "www" + GAP + ".", text)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def code(text: str) -> str:
    """Return a text on one line, as code."""
    return "`" + _CONTROL.sub("�", " ".join(text.split())).replace("`", "'") + "`"


def fenced(text: str, info: str = "") -> str:
    """Return a text as a block of code, in a fence longer than any in it."""
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    text = text.removesuffix("\n")
    return f"{fence}{info}\n{text}\n{fence}"

"""Ids of records: kebab-case ASCII, the name of a file and a part of an address on every machine."""

from __future__ import annotations

import re
from collections.abc import Collection

from anyascii import anyascii

LONGEST = 100
"""Characters of an id at most."""
TAKEN = {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that no record can have: the page of a list, and what Windows takes for a device whatever its extension."""
_LOOKALIKES = str.maketrans("авекмнорстухіѕјһԛԝ", "abekmhopctyxisjhqw")
"""Cyrillic letters and the Latin ones that look like them."""
_ENDING = re.compile(r"(?:\.(?:html?|ya?ml|json|md|txt))+$", re.IGNORECASE)
_MIXED = re.compile(r"[^\W_]*[a-z][^\W_]*")


def usable(name: str) -> bool:
    """Return whether ``name`` can be an id: lower-case ASCII letters and digits in words joined by single hyphens."""
    words = name.split("-")
    kebab = all(w.isascii() and w.isalnum() and w == w.lower() for w in words)
    return kebab and len(name) <= LONGEST and name not in TAKEN


def words(text: str) -> list[str]:
    """Return the words of ``text`` as an id can hold them: in lower case, with letters that are not Latin
    transliterated by anyascii.

    In a word that has Latin letters, a Cyrillic letter is replaced by the Latin one that looks like it.
    """
    plain = text.lower()
    if not plain.isascii():
        plain = _MIXED.sub(lambda word: word[0].translate(_LOOKALIKES), plain)
        plain = "".join(c if c.isascii() else re.sub("['`]", "", anyascii(c)).lower() for c in plain)
    return re.findall(r"[a-z0-9]+", plain)


def kebab(text: str, most: int = LONGEST) -> str:
    """Return an id made of the words of ``text``, of at most ``most`` characters; empty where it has none."""
    return joined(words(text), most)


def joined(some: Collection[str], most: int = LONGEST) -> str:
    """Return an id made of these words, of at most ``most`` characters."""
    return "-".join(some)[:most].strip("-")


def of_place(text: str) -> str:
    """Return the last name of a web address, a path or a file name, without its ending; empty where ``text`` is none.

    In the address of a page or of a document of a record, and in the path of its file, that is its id.
    """
    path = re.split(r"[?#]", text.strip())[0].rstrip("/")
    name = _ENDING.sub("", path.rpartition("/")[2])
    return "" if name == text.strip() else name


def hint(name: str) -> str:
    """Return the id that was probably meant by ``name``, as a sentence; empty where it has no word to make one of."""
    offered = "-".join(words(name))
    return f"Write {offered}." if usable(offered) else ""

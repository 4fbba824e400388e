"""Reads GNU gettext PO files: those of the interface, in ``languages/``, and those of an archive, in its ``facts/``.

The msgid is the English text. https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from factbook.read import overrides
from factbook.render import marked
from factbook.rules import characters
from factbook.text import listed, show

if TYPE_CHECKING:  # Babel takes long to load, and a site in English alone needs none of it
    from babel.messages.catalog import Catalog as BabelCatalog

INTERFACE = Path(__file__).parents[1] / "languages"
"""The folder of the interface's PO files, one a language, named by its code."""
OF_ARCHIVE = Path("facts") / "languages"
"""The same for the words of an archive, in its root."""


class CatalogueError(Exception):
    """A PO file cannot be used; the text says where and why."""


class Catalogue(Struct, frozen=True, kw_only=True):
    """The translations into one language.

    ``texts`` (of the interface) and ``words`` (of the archive) map the key of an English text (see ``marked``) to its
    translation, ``plurals`` that of a singular to all plural forms; ``form`` maps a number to the index of its form.
    """

    texts: Mapping[str, str]
    words: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


ENGLISH_CODE = "en"
"""The language of the engine's own texts: it needs no translation."""
ENGLISH = Catalogue(texts={}, words={}, plurals={}, form=lambda n: int(n != 1))


def require(code: str, root: Path) -> None:
    """Raise CatalogueError where neither the archive at ``root`` nor the engine has texts in the language ``code``."""
    path = overrides.interface(root, code, INTERFACE)
    if code != ENGLISH_CODE and not path.is_file():
        known = ", ".join(sorted(p.stem for p in INTERFACE.glob("*.po")))
        raise CatalogueError(f"there is no {path.name} with the texts of the interface; languages known: {known}")


def read(code: str, root: Path) -> Catalogue:
    """Return all translations into the language ``code`` (BCP 47) for the archive at ``root``.

    Raises CatalogueError where the interface has no such language, or a file is not sound.
    """
    require(code, root)
    paths = [overrides.interface(root, code, INTERFACE), root / OF_ARCHIVE / f"{code}.po"]
    if code == ENGLISH_CODE and not any(path.is_file() for path in paths):
        return ENGLISH
    singular: tuple[dict[str, str], dict[str, str]] = {}, {}
    plurals: dict[str, tuple[str, ...]] = {}
    form, alone = ENGLISH.form, _alone(ENGLISH.form)
    for path, texts in ((p, t) for p, t in zip(paths, singular, strict=True) if p.is_file()):
        file = parse(path)
        if path is paths[0]:
            form = gettext.c2py(file.plural_expr)
            alone = _alone(form)
        for message in file:
            if not message.id or message.fuzzy:
                continue
            ids = _texts(message.id)
            key = f"{message.context}{marked.EOT}{ids[0]}" if message.context else ids[0]
            written = _texts(message.string or "")
            if not all(written):
                continue
            if path is paths[1] and (wrong := _altered(ids, written)):
                raise CatalogueError(f"{path}:{message.lineno}: the translation of {show(ids[0])} {wrong}")
            wanted = marked.holes(ids[-1])
            for number, text in enumerate(written):
                spared = marked.number(ids[0]) if len(ids) > 1 and number in alone else None
                if marked.holes(text) not in (wanted, [hole for hole in wanted if hole != spared]):
                    raise CatalogueError(
                        f"{path}:{message.lineno}: the translation of {ids[-1]!r} must keep what stands in braces and "
                        f"angle brackets: {' '.join(wanted) or 'none'}"
                    )
            if len(ids) == 1:
                texts[key] = written[0]
            elif len(written) == file.num_plurals:
                plurals[key] = written
            else:
                raise CatalogueError(f"{path}:{message.lineno}: {ids[0]!r} needs {file.num_plurals} plural forms")
    return Catalogue(texts=singular[0], words=singular[1], plurals=plurals, form=form)


_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u066c' ’]\d{3}(?!\d))*")
"""A number with or without separators between its thousands."""


def _altered(ids: tuple[str, ...], written: tuple[str, ...]) -> str:
    """Return what is wrong with a translation in the file of an archive, which anybody can send in: a character that
    cannot be seen, or another number than the text has. Empty where nothing is."""
    for text in written:
        if (at := characters.first_unsafe(text)) is not None:
            return f"contains a character that cannot be seen: {characters.code(text[at])}"
    has, holds = (sorted(int(re.sub(r"\D", "", n)) for n in _NUMBER.findall(text)) for text in (ids[0], written[0]))
    if len(ids) == 1 and has != holds:
        return f"must keep the numbers {listed(map(str, has)) or '(none)'}, and has {listed(map(str, holds)) or 'none'}"
    return ""


def _alone(form: Callable[[int], int]) -> set[int]:
    """Return the plural forms that one number alone takes: they may say it in words, as Arabic says one and two."""
    counts = Counter(form(n) for n in range(1000))
    return {index for index, numbers in counts.items() if numbers == 1}


def _texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return an id or a translation of Babel's, one text or one for each plural form, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def parse(path: Path) -> BabelCatalog:
    """Return the PO file at ``path`` as Babel reads it. Raises CatalogueError where it is malformed."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.stem.replace("-", "_"), abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{path}:{error.lineno + 1}: {error}") from None
    except (ValueError, LookupError) as error:
        raise CatalogueError(f"{path}: {error}") from None

"""Translated texts out of GNU gettext PO files: the interface's beside this module, an archive's beside its records.

The English text is the key. https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from factbook.render import marked

INTERFACE = Path(__file__).parents[1] / "languages"
"""The folder of the interface's PO files, one a language, named by its code."""
OF_ARCHIVE = Path("facts") / "languages"
"""The same for the words of an archive, in its root."""


class CatalogueError(Exception):
    """A PO file cannot be used; the text says where and why."""


class Catalogue(Struct, frozen=True, kw_only=True):
    """Translations by their English text, plural ones by the English singular, and which form a number takes.

    ``texts`` are those of the interface, ``words`` those of the archive.
    """

    texts: Mapping[str, str]
    words: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


ENGLISH = Catalogue(texts={}, words={}, plurals={}, form=lambda n: int(n != 1))


def require(code: str) -> None:
    """Raise CatalogueError where the interface has no translation into the language ``code``."""
    path = INTERFACE / f"{code}.po"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in INTERFACE.glob("*.po")))
        raise CatalogueError(f"there is no {path.name} with the texts of the interface; languages known: {known}")


def read(code: str, root: Path) -> Catalogue:
    """Everything translated into the language ``code``, for the archive at ``root``.

    Raises CatalogueError where the interface has no such language, or a file is not sound.
    """
    require(code)
    paths = [INTERFACE / f"{code}.po", root / OF_ARCHIVE / f"{code}.po"]
    singular: tuple[dict[str, str], dict[str, str]] = {}, {}
    plurals: dict[str, tuple[str, ...]] = {}
    form = ENGLISH.form
    for path, texts in ((p, t) for p, t in zip(paths, singular, strict=True) if p.is_file()):
        file = parse(path)
        if path is paths[0]:
            form = gettext.c2py(file.plural_expr)
        for message in file:
            if not message.id or message.fuzzy:
                continue
            one = isinstance(message.id, str)
            written = (message.string,) if one else tuple(message.string)
            if not all(written):
                continue
            ids = (message.id,) if one else message.id
            for text in written:
                if marked.holes(text) != marked.holes(ids[-1]):
                    wanted = " ".join(marked.holes(ids[-1])) or "none"
                    raise CatalogueError(
                        f"{path}:{message.lineno}: the translation of {ids[-1]!r} must keep what stands in braces and "
                        f"angle brackets: {wanted}"
                    )
            if one:
                texts[message.id] = message.string
            elif len(written) == file.num_plurals:
                plurals[message.id[0]] = written
            else:
                raise CatalogueError(f"{path}:{message.lineno}: {ids[0]!r} needs {file.num_plurals} plural forms")
    return Catalogue(texts=singular[0], words=singular[1], plurals=plurals, form=form)


def parse(path: Path):
    """A PO file as Babel reads it. Raises CatalogueError."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.stem.replace("-", "_"), abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{path}:{error.lineno + 1}: {error}") from None
    except (ValueError, LookupError) as error:
        raise CatalogueError(f"{path}: {error}") from None

"""The files of an archive that replace the engine's own: files of the same name in its folder ``overrides/``.

``overrides/theme/`` goes before the theme, its styles and scripts; ``overrides/templates/`` before the templates of
record pages and blocks; ``overrides/languages/`` before the texts of the interface.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = "overrides"
KINDS = ("theme", "templates", "languages")
"""The folders in it: what an archive may replace."""
INSTEAD = {
    "schemas": "The schemas are the engine's. Words of your own go into facts/vocabulary.yaml.",
    "skeletons": "A page of the same path in docs/ goes before the engine's.",
}
"""What to do in the place of an override that is none, by the name that people try."""
THEME = Path(__file__).parents[1] / "theme"
"""The theme of the engine."""
SKELETONS = Path(__file__).parents[1] / "skeletons"
"""The pages that every site has: one of the same path in ``docs/`` goes before them."""


def theme_folders(root: Path) -> list[Path]:
    """Return the folders in which the parts of the theme are looked for, first match first."""
    own = (root / FOLDER / "theme").resolve()
    return [*([own] if own.is_dir() else []), THEME.resolve()]


def template_folders(root: Path) -> list[Path]:
    """Return the archive's own folder of templates, if it has one; the engine's come after it."""
    own = root / FOLDER / "templates"
    return [own] if own.is_dir() else []


def interface(root: Path, code: str, engine: Path) -> Path:
    """Return the PO file with the texts of the interface in a language: the archive's own, or that of ``engine``."""
    own = root / FOLDER / "languages" / f"{code}.po"
    return own if own.is_file() else engine / f"{code}.po"

"""Checks what the settings of a site say of the theme: its colours, pictures and signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from factbook.read import overrides
from factbook.rules import written_pages as rules
from factbook.rules.problem import Finding, Pointer
from factbook.text import listed, nearest, show

ALLOWED = (
    "name",
    "variant",
    "language",
    "font",
    "favicon",
    "logo",
    "features",
    "palette",
    "icon",
    "direction",
    "custom_dir",
)
"""The settings of the theme that an archive may make."""
_ACCENTS = (
    *("red", "pink", "purple", "deep-purple", "indigo", "blue", "light-blue", "cyan", "teal", "green", "light-green"),
    *("lime", "yellow", "amber", "orange", "deep-orange"),
)
COLOURS = {
    "scheme": ("default", "slate"),
    "primary": (*_ACCENTS, "brown", "grey", "blue-grey", "black", "white", "custom"),
    "accent": (*_ACCENTS, "custom"),
}
"""The names that Material has for the parts of a choice of colours; ``custom`` leaves them to the archive."""
_STYLED = ("admonition", "annotation", "tag")
"""Signs that Material writes as styles into every page, which the content security policy forbids."""


def settings(root: Path, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what of the theme's settings of the archive at ``root`` loads something from another host or another folder,
    or would be left out of the pages without a word."""
    value = values.get("theme")
    theme = {"name": value} if isinstance(value, str) else value if isinstance(value, dict) else {}
    for name, inner in theme.items():
        if name not in ALLOWED:
            yield from rules.setting_not_allowed(("theme", str(name)), f"a theme has no setting {show(name)} here")
        elif name in ("favicon", "logo") and isinstance(inner, str):
            yield from _picture(root / str(values.get("docs_dir") or "docs"), root, name, inner)
    if theme.get("name") not in (None, "material"):
        yield from rules.setting_not_allowed(("theme", "name"), "the theme must be material", show(theme["name"]))
    if theme.get("font", False) is not False:
        yield from rules.setting_not_allowed(("theme", "font"), "font must be false: others come from another host")
    for name in theme["icon"] if isinstance(theme.get("icon"), dict) else ():
        if name in _STYLED:
            message = "these signs are styles inside of pages, which browsers are told to refuse"
            yield from rules.setting_not_allowed(("theme", "icon", name), message, name)
    yield from _palette(theme.get("palette"))


def _picture(docs: Path, root: Path, name: str, path: str) -> Iterator[Finding]:
    """Find a picture that is at another host, or nowhere."""
    yield from rules.setting_address(("theme", name), path)
    if path.lower().startswith(("http:", "https:")):
        yield from rules.setting_not_allowed(("theme", name), "a picture must be a file in docs/", show(path))
    elif not any((folder / path).is_file() for folder in (docs, *overrides.theme_folders(root))):
        yield from rules.setting_not_allowed(("theme", name), "there is no such file in docs/", show(path))


def _palette(value: Any) -> Iterator[Finding]:
    """Find names of colours that Material does not have: pages would be built in others, without a word."""
    choices: list[tuple[Pointer, Any]] = [(("theme", "palette"), value)]
    if isinstance(value, list):
        choices = [(("theme", "palette", at), one) for at, one in enumerate(value)]
    for pointer, choice in choices:
        for part, known in COLOURS.items() if isinstance(choice, dict) else ():
            name = str(choice.get(part) or known[0]).replace(" ", "-")
            if name not in known:
                message = f"Material has no {part} of this name"
                yield from rules.setting_not_allowed(
                    (*pointer, part), message, show(choice[part]), listed(known, len(known)), nearest(name, known)
                )

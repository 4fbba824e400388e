"""The configuration for Zensical, which knows no plugins: what the plugin adds for MkDocs is written down for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode

from factbook.read import configuration, overrides
from factbook.site.settings import Settings

CONFIG = ".zensical.yml"
THEME = ".zensical-theme"
"""Where the theme stands while Zensical runs, if an archive overrides a part of it."""


SITE = ".zensical-site"
"""Where Zensical writes the site: it accepts no folder outside the archive, into which a link may lead."""


def write(root: Path, settings: Settings, site: str) -> Path:
    """Write the configuration beside ``mkdocs.yml``; return its path. The site goes into the folder ``site``."""
    node = yaml.compose((root / configuration.FILE).read_text("utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(node, MappingNode)  # configuration.read has seen it
    for name in ("plugins", "hooks", "watch"):
        _remove(node, name)
    _set(node, "site_dir", site)
    _set(node, "use_directory_urls", "false")
    theme = _get(node, "theme")
    if not isinstance(theme, MappingNode):
        theme = MappingNode("tag:yaml.org,2002:map", [])
        _set(node, "theme", theme)
    _set(theme, "custom_dir", str(_theme(root)))
    if settings.contact:
        extra = _get(node, "extra")
        if not isinstance(extra, MappingNode):
            extra = MappingNode("tag:yaml.org,2002:map", [])
            _set(node, "extra", extra)
        _set(extra, "contact", settings.contact)
    path = root / CONFIG
    path.write_text(yaml.serialize(node, allow_unicode=True), "utf-8")
    return path


def clean(root: Path) -> None:
    """Remove what ``write`` and Zensical left in the folder of the archive."""
    (root / CONFIG).unlink(missing_ok=True)
    for name in (THEME, SITE, ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)


def _theme(root: Path) -> Path:
    """Return one folder with the theme as the archive has it: Zensical takes no second one."""
    folders = overrides.theme_folders(root)
    if len(folders) == 1:
        return folders[0]
    merged = root / THEME
    shutil.rmtree(merged, ignore_errors=True)
    for folder in reversed(folders):
        shutil.copytree(folder, merged, dirs_exist_ok=True)
    return merged.resolve()


def _get(node: MappingNode, name: str) -> Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _remove(node: MappingNode, name: str) -> None:
    node.value = [(key, value) for key, value in node.value if key.value != name]


def _set(node: MappingNode, name: str, value: Node | str) -> None:
    """Give a mapping the field ``name``, in the place of one that it has."""
    if isinstance(value, str):
        tag = "bool" if value in ("true", "false") else "str"
        value = ScalarNode(f"tag:yaml.org,2002:{tag}", value)
    _remove(node, name)
    node.value.append((ScalarNode("tag:yaml.org,2002:str", name), value))

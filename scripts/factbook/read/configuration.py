"""Reads the configuration of a site, ``mkdocs.yml``, without MkDocs: other engines and commands need it as well."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from factbook.text import show

FILE = "mkdocs.yml"
PLUGIN = "factbook"
"""The name of the engine among the plugins."""


class ConfigurationError(Exception):
    """The configuration cannot be used; the message says where and why."""


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' ``!ENV``. A value with any other tag becomes None: it is for MkDocs alone."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """Return the first variable of ``!ENV NAME`` or ``!ENV [NAME, …, default]`` that is set, or the default."""
    if isinstance(node, yaml.ScalarNode):
        names, default = [node.value], None
    elif isinstance(node, yaml.SequenceNode):
        *front, last = node.value
        names = [item.value for item in front] or [last.value]
        default = loader.construct_object(last, deep=True) if front else None
    else:
        return None
    value = next((os.environ[name] for name in names if name in os.environ), None)
    return default if value is None else yaml.safe_load(value)


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("!", lambda *_: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def read(root: Path) -> dict[str, Any]:
    """Return the configuration of the archive at ``root``; empty where it has none. Raises ConfigurationError."""
    try:
        value = yaml.load((root / FILE).read_text("utf-8"), _Loader)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{FILE} cannot be read: {show(' '.join(str(error).split()), 300)}") from None
    if not isinstance(value, dict):
        raise ConfigurationError(f"{FILE} holds no settings")
    return value


def docs_dir(configuration: Mapping[str, Any]) -> str:
    """Return the folder of the written pages, relative to the archive, as ``docs_dir`` says or as MkDocs has it."""
    value = configuration.get("docs_dir")
    return os.path.normpath(value) if isinstance(value, str) and value else "docs"


def plugin(configuration: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[str | int, ...]]:
    """Return the options of the plugin ``factbook``, and the way to them; empty where it has none."""
    plugins = configuration.get("plugins")
    if isinstance(plugins, Mapping):
        return plugins.get(PLUGIN) or {}, ("plugins", PLUGIN)
    for at, one in enumerate(plugins if isinstance(plugins, list) else ()):
        if isinstance(one, Mapping) and PLUGIN in one:
            return one[PLUGIN] or {}, ("plugins", at, PLUGIN)
    return {}, ()


def options(configuration: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options of the plugin ``factbook``; empty where it has none."""
    return plugin(configuration)[0]

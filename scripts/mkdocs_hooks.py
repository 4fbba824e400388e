"""The seam between MkDocs and factbook: check before the build, pour after it, and swap the finished site in."""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path

from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).parent))

from factbook import parallel
from factbook.render import po
from factbook.search import index
from factbook.site import build as site
from factbook.site import pour

_state: dict = {}


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is a build, which is swapped in, or a preview, which MkDocs keeps elsewhere."""
    _state["command"] = command
    log = logging.getLogger("mkdocs")
    if command == "build":
        gc.disable()  # it ends in a moment; a preview goes on
        if log.level == logging.INFO:
            log.setLevel(logging.WARNING)  # not --quiet, which would hide warnings from --strict as well


def on_config(config):
    """Check the records; render into a folder beside the site."""
    root = Path(config.config_file_path).parent
    build = _state.get("command") == "build"
    if build:
        site.recover(Path(config.site_dir))
    else:
        config.extra["preview"] = True  # the live reload of MkDocs is a script inside the page, which no page may hold
    try:
        _state["archive"] = site.sound_archive(root, os.environ.get("FACTBOOK_DATE", ""))
    except site.Refused as refused:
        raise PluginError("the records have problems\n" + refused.report) from None
    except (po.CatalogueError, parallel.WorkerLost) as error:
        raise PluginError(str(error)) from None
    if build:
        _state["site"] = Path(config.site_dir)
        config.site_dir = str(site.beside(_state["site"]))
    return config


def on_post_build(config) -> None:
    """Pour the records and make the index."""
    built = Path(config.site_dir)
    try:
        site.finish(built, _state["archive"], Path(config.config_file_path).parent)
    except (pour.PourError, po.CatalogueError, index.SearchError, parallel.WorkerLost) as error:
        raise PluginError(str(error)) from None
    _state["built"] = built


def on_build_error(error) -> None:
    """MkDocs counts its warnings after the post-build step: with --strict a finished site may still be refused."""
    _state.pop("built", None)


def on_shutdown() -> None:
    """Put what was built in the place of the old site."""
    gc.freeze()  # else a large archive is taken apart piece by piece before the program ends
    if _state.get("command") == "build" and "built" in _state:
        site.swap(_state["built"], _state["site"])

"""The MkDocs plugin ``factbook``: check before the build, pour after it, and swap the finished site in.

It is the one part of the engine that is written for MkDocs. ``factbook site --engine zensical`` does the same around an
engine that knows no plugins (site/build.py).
"""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import Any, Literal

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from factbook.model.archive import Archive, claims_of
from factbook.read import configuration, overrides
from factbook.read.configuration import ConfigurationError
from factbook.read.files import Unusable
from factbook.read.leftovers import left_out
from factbook.read.vocabulary import read_vocabulary
from factbook.site import build, published_files, settings, skeletons
from factbook.site.errors import SiteError
from factbook.site.swap import Workplace


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs does not type __init_subclass__
    """Nothing: site/settings.py knows the options, for every engine."""


class FactbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # the same
    """One build of a site, or of its written pages for the preview."""

    def __init__(self) -> None:
        self.settings = settings.Settings()
        self.refused = ""
        """Why the options cannot be used; empty where they can."""
        self.frame_only = False
        """Whether MkDocs only renders the written pages: the preview checks and pours by itself."""
        self.building = False
        """Whether the site is swapped into place when it is finished."""
        self.archive: Archive | None = None
        self.work: Workplace | None = None
        """Where the next site is made, of a build."""
        self.built = False
        """Whether the site in ``work`` is finished."""
        self.pages: dict[str, str] = {}
        """The pages that the archive does not write itself, by their path in docs/."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Take in the options of ``mkdocs.yml``. Where one is wrong, the check says so at its place, and nothing is
        built: on_config."""
        super().load_config({}, config_file_path)
        try:
            self.settings = settings.parse(options)
        except ConfigurationError as error:
            self.refused = str(error)
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a build. Raises PluginError for MkDocs' own preview: the engine has one."""
        if command == "serve":
            raise PluginError(
                "factbook serve shows the preview, and what is wrong over the page; mkdocs serve does not"
            )
        self.building = command == "build"
        log = logging.getLogger("mkdocs")
        if self.building:
            build.stop_in_order()
            gc.disable()  # it ends in a moment
            if log.level == logging.INFO:
                log.setLevel(logging.WARNING)  # not --quiet, which would hide warnings from --strict as well

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the records, add the package's theme, and let MkDocs render into a folder beside the site."""
        root = Path(config.config_file_path).parent
        try:
            if self.building:
                self.work = Workplace(Path(config.site_dir), root)
            if self.frame_only:
                claims = claims_of(read_vocabulary(root / "facts"))
            else:
                self.archive = build.sound_archive(root, os.environ.get("FACTBOOK_DATE", ""))
                claims = self.archive.claims
            if self.refused:
                raise ConfigurationError(self.refused)
            self.pages = skeletons.missing(root, self.settings, claims)
        except build.Refused as refused:
            raise PluginError("the records have problems\n" + refused.report) from None
        except Unusable as error:
            raise PluginError(str(error)) from None
        except build.FAILURES as error:
            raise PluginError(build.reason(error, Path(config.site_dir))) from None
        self._use_theme(config, root, claims)
        if self.work is not None:
            config.site_dir = str(self.work.building)
        return config

    def _use_theme(self, config: MkDocsConfig, root: Path, claims: str) -> None:
        """Put the package's theme, its settings and the archive's overrides of it into the configuration."""
        *own, engine = (str(folder) for folder in overrides.theme_folders(root))
        first = 1 if config.theme.custom_dir else 0
        config.theme.dirs[:] = [*own, *config.theme.dirs[:first], engine, *config.theme.dirs[first:]]
        given = configuration.read(root)
        for name, value in settings.theme_defaults(given, claims).items():
            config.theme[name] = value
        config.extra.update(settings.extra_defaults(given, claims))
        if self.settings.contact:
            config.extra["contact"] = self.settings.contact
        config.use_directory_urls = False

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave out what may not be published, and add the pages that the archive does not write itself; its ``nav``
        may name them, and need not."""
        docs = Path(config.docs_dir)
        for file in [*files]:
            own = file.src_dir is not None and Path(file.src_dir) == docs
            if left_out(file.src_uri) or (own and not published_files.publishable(docs, file.src_uri)):
                files.remove(file)
        for path, text in self.pages.items():
            files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Pour the records and make the index."""
        if self.frame_only:
            return
        assert self.archive is not None  # on_config has read it
        site = Path(config.site_dir)
        try:
            build.finish(site, self.archive, Path(config.config_file_path).parent, settings=self.settings)
        except build.FAILURES as error:
            raise PluginError(build.reason(error, self.work.site if self.work else site)) from None
        self.built = True

    def on_build_error(self, *, error: Exception) -> None:
        """Publish nothing: MkDocs counts its warnings after the post-build step, so with --strict a finished site may
        still be refused. What the system refused to MkDocs itself, such as room on the disk, ends in a line as well."""
        self.built = False
        if self.work is not None and isinstance(error, build.FAILURES):
            raise PluginError(build.reason(error, self.work.site)) from None

    def on_shutdown(self) -> None:
        """Put what was built in the place of the old site, or remove it where it is unfinished."""
        gc.freeze()  # else a large archive is taken apart piece by piece before the program ends
        if self.work is None:
            return
        try:
            if self.built:
                self.work.finish()
        except SiteError as error:
            raise PluginError(str(error)) from None
        finally:
            self.work.close()


def render(root: Path, made: Path) -> None:
    """Let MkDocs render the written pages and the shells of the archive at ``root`` into the folder ``made``, no more.

    Raises mkdocs.exceptions.MkDocsException where a page or a setting is wrong.
    """
    try:
        build.check_settings(root)
    except build.Refused as refused:
        raise PluginError(refused.report) from None
    config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(made))
    for plugin in config.plugins.values():
        if isinstance(plugin, FactbookPlugin):
            plugin.frame_only = True
    build_with_mkdocs(config)

"""The settings of a site: the options of the plugin ``factbook`` in ``mkdocs.yml``, checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from factbook.read import configuration
from factbook.read.configuration import ConfigurationError
from factbook.rules.options import setting_option

HOSTS = {
    "github": ("{url}/edit/{branch}/facts/", "{url}/issues/new"),
    "gitlab": ("{url}/-/edit/{branch}/facts/", "{url}/-/issues/new"),
    "codeberg": ("{url}/_edit/{branch}/facts/", "{url}/issues/new"),
}
"""The kinds of host of a repository: where its web editor opens a file below facts/, and a new issue."""
_BY_NAME = {"gitlab": "gitlab", "codeberg": "codeberg", "gitea": "codeberg", "forgejo": "codeberg"}
"""The kind of a host, by a part of its name. Any other host is taken to be like GitHub."""
THEME: dict[str, Any] = {
    "variant": "classic",  # of Zensical's two looks, the one that Material has
    "font": False,  # nothing is loaded from another host
    "favicon": "assets/icon.svg",
    "features": ["navigation.tabs", "navigation.top", "toc.follow", "content.code.copy", "content.tooltips"],
    "palette": [
        {
            "media": "(prefers-color-scheme)",
            "primary": "blue grey",
            "toggle": {"icon": "material/brightness-auto", "name": "[[Switch to light colours]]"},
        },
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "blue grey",
            "toggle": {"icon": "material/brightness-5", "name": "[[Switch to dark colours]]"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "blue grey",
            "toggle": {"icon": "material/moon-waning-crescent", "name": "[[Follow the system]]"},
        },
    ],
}
"""Settings of the theme where the archive makes none."""
EXTRA = {"scope": "/"}
"""The same for ``extra``. The scope makes one choice of colours hold for all pages, in folders and languages alike."""


class Settings(Struct, frozen=True, kw_only=True):
    """The settings that an archive makes for its site; empty where it makes none.

    ``languages`` are those of the site, that of the claims first; ``host`` is one of HOSTS; ``branch`` is the one that
    readers' corrections go to; ``pages`` is one of rules.options.PUBLISHERS, where that is not the host; ``contact``
    is a mail address, an address of a page, or a page in ``docs/``.
    """

    languages: tuple[str, ...] = ()
    host: str = ""
    branch: str = "main"
    pages: str = ""
    contact: str = ""


def parse(options: Mapping[str, Any]) -> Settings:
    """Return the settings from the plugin's options. Raises ConfigurationError where the check refuses them: it says
    each mistake at its place."""
    if problems := setting_option(options, ()):
        raise ConfigurationError("\n".join(f"{configuration.FILE}: {problem.message}" for problem in problems))
    repository = options.get("repository") or {}
    return Settings(
        languages=tuple(options.get("languages") or ()),
        host=repository.get("host", ""),
        branch=repository.get("branch", "main"),
        pages=repository.get("pages", ""),
        contact=_link(options.get("contact") or ""),
    )


def _link(contact: str) -> str:
    """Return the target of a link to the contact: a mail address becomes one that a browser understands."""
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


def theme_defaults(site: Mapping[str, Any], claims: str) -> dict[str, Any]:
    """Return the settings of Material that the configuration ``site`` does not make; empty for any other theme."""
    theme = site.get("theme")
    given = theme if isinstance(theme, Mapping) else {"name": theme}
    if given.get("name") != "material":
        return {}
    return {name: value for name, value in {**THEME, "language": claims}.items() if name not in given}


def extra_defaults(site: Mapping[str, Any], claims: str) -> dict[str, str]:
    """Return the settings in ``extra`` that the configuration ``site`` does not make."""
    given = site.get("extra") or {}
    return {name: value for name, value in {**EXTRA, "language": claims}.items() if name not in given}


def of_archive(root: Path) -> Settings:
    """Return the settings of the archive at ``root``. Raises ConfigurationError."""
    return parse(configuration.options(configuration.read(root)))


def edit_address(repo_url: str, settings: Settings) -> str:
    """Return the address at which the web editor opens ``facts/``; a record's path is appended. Empty without a
    repository."""
    return _address(0, repo_url, settings)


def report_address(repo_url: str, settings: Settings) -> str:
    """Return the address at which a reader reports a problem: a new issue. Empty without a repository."""
    return _address(1, repo_url, settings)


def host_of(repo_url: str, settings: Settings) -> str:
    """Return what kind of host the repository is at, one of HOSTS: as the settings say, or by its name."""
    name = urlsplit(repo_url).hostname or ""
    return settings.host or next((host for part, host in _BY_NAME.items() if part in name), "github")


def _address(which: int, repo_url: str, settings: Settings) -> str:
    if not repo_url:
        return ""
    return HOSTS[host_of(repo_url, settings)][which].format(url=repo_url.rstrip("/"), branch=quote(settings.branch))


def published_at(repo_url: str, settings: Settings) -> str:
    """Return where the site is published, one of rules.options.PUBLISHERS; empty where the settings do not tell."""
    return settings.pages or (host_of(repo_url, settings) if repo_url else settings.host)

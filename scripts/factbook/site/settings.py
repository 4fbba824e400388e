"""The settings of a site: the options of the plugin ``factbook`` in ``mkdocs.yml``, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from factbook.check.pins import names_day
from factbook.read import configuration
from factbook.read.configuration import ConfigurationError
from factbook.text import listed, nearest, show

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
PUBLISHERS = (*HOSTS, "cloudflare", "netlify", "none")
"""Where a site can be published: ``none`` is a server of one's own."""
OPTIONS = ("languages", "repository", "contact", "pinned")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Settings(Struct, frozen=True, kw_only=True):
    """The settings that an archive makes for its site; empty where it makes none.

    ``languages`` are those of the site, that of the claims first; ``host`` is one of HOSTS; ``branch`` is the one that
    readers' corrections go to; ``pages`` is one of PUBLISHERS, where that is not the host; ``contact`` is a mail
    address, an address of a page, or a page in ``docs/``.
    """

    languages: tuple[str, ...] = ()
    host: str = ""
    branch: str = "main"
    pages: str = ""
    contact: str = ""


def parse(options: Mapping[str, Any]) -> Settings:
    """Return the settings from the plugin's options. Raises ConfigurationError with every problem, one a line."""
    problems = [*_problems(options)]
    if problems:
        raise ConfigurationError("\n".join(problems))
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


def _problems(options: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the options, each in one line."""
    yield from _unknown(options, OPTIONS, "option")
    languages = options.get("languages") or []
    if not isinstance(languages, list) or not all(isinstance(code, str) for code in languages):
        yield "languages must be a list of codes, that of the claims first, such as [en, fr]"
    else:
        yield from (f"languages: {show(c)} is no language code, such as en or pt-BR" for c in languages if not _code(c))
        yield from (f"languages: {c} is there twice" for c in sorted({c for c in languages if languages.count(c) > 1}))
    repository = options.get("repository") or {}
    if not isinstance(repository, Mapping):
        yield "repository must hold host and branch, such as {host: gitlab, branch: main}"
        return
    yield from _unknown(repository, ("host", "branch", "pages"), "part of repository")
    host, branch = repository.get("host", "github"), repository.get("branch", "main")
    if host not in HOSTS:
        hint = nearest(str(host), HOSTS)
        yield f"repository host: {show(host)} is not known; allowed: {listed(HOSTS)}. {hint}".rstrip()
    if (pages := repository.get("pages", "none")) not in PUBLISHERS:
        hint = nearest(str(pages), PUBLISHERS)
        yield f"repository pages: {show(pages)} is not known; allowed: {listed(PUBLISHERS)}. {hint}".rstrip()
    if not isinstance(branch, str) or not branch.strip():
        yield "repository branch must be the name of a branch"
    if not names_day(options.get("pinned")):
        yield "pinned must be the day from which statuses need a pinned source, such as 2027-06-30"
    if not isinstance(options.get("contact") or "", str):
        yield "contact must be a mail address, an address that begins with https://, or a page in docs/"


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


def _unknown(given: Mapping[str, Any], allowed: tuple[str, ...], what: str) -> Iterator[str]:
    for name in given:
        if name not in allowed:
            hint = nearest(str(name), allowed)
            yield f"there is no {what} {show(name)}; allowed: {listed(allowed)}. {hint}".rstrip()


def _code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def check_addresses(configuration: Mapping[str, Any]) -> None:
    """Raise ConfigurationError where ``site_url`` or ``repo_url`` is given and is not an address of the web."""
    for name in ("site_url", "repo_url"):
        value = configuration.get(name) or ""
        parts = urlsplit(str(value))
        plain = parts.scheme in ("https", "http") and parts.netloc and not parts.query and not parts.fragment
        if value and not plain:
            raise ConfigurationError(f"{name} must be an address such as https://archive.example/: {show(value)}")


def check_languages(settings: Settings, root: Path, claims: str) -> None:
    """Raise ConfigurationError where the languages that are listed are not those of the claims and of ``docs/``."""
    if not settings.languages:
        return
    first, *further = settings.languages
    if first != claims:
        raise ConfigurationError(
            f"languages must begin with {claims}, the language of the claims in facts/vocabulary.yaml, not with {first}"
        )
    there = {path.parts[-3] for path in (root / "docs").glob("*/facts/_record.md")}
    if unlisted := sorted(there - set(further)):
        raise ConfigurationError(
            f"docs/{unlisted[0]}/facts/_record.md is there, but languages does not name {unlisted[0]}"
        )


def of_archive(root: Path) -> Settings:
    """Return the settings of the archive at ``root``. Raises ConfigurationError."""
    found = configuration.read(root)
    check_addresses(found)
    return parse(configuration.options(found))


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
    """Return where the site is published, one of PUBLISHERS; empty where the settings do not tell."""
    return settings.pages or (host_of(repo_url, settings) if repo_url else settings.host)

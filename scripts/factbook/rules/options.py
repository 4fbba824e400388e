"""Rules for what the settings tell the engine: the options of its plugin, and the two addresses of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from factbook.rules.problem import Finding, Key, Pointer
from factbook.rules.register import rule
from factbook.text import listed, nearest, show

SETTINGS = "mkdocs.yml"
HOSTS = ("github", "gitlab", "codeberg")
"""The kinds of host of a repository that links are known for."""
PUBLISHERS = (*HOSTS, "cloudflare", "netlify", "none")
"""Where a site can be published: ``none`` is a server of one's own."""
OPTIONS = ("languages", "repository", "contact", "pinned", "engine")
REPOSITORY = ("host", "branch", "pages")
"""The parts of the option ``repository``."""
CONTACT = "a mail address, an address that begins with https://, or a page of the site such as about/index.html"
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAIL = re.compile(r"(mailto:)?[^\s@:/?<>]+@[^\s@:/?<>]+\.[^\s@:/?<>.]+")
_PAGE = re.compile(r"(?!/)(?:[\w-]+/)*[\w-]+\.html")
_BRANCH = re.compile(r"(?![-/.])(?!.*(?:\.\.|//|@\{|\.lock$|[/.]$))[^\s\x00-\x1f\x7f~^:?*\[\\]+")
"""A name that git takes for a branch."""


@rule(scope="site")
def setting_option(options: object, at: Pointer) -> Iterator[Finding]:
    """Each option of the plugin must be one that it has, with a value that it takes.

    A value that is none of them would be found out when the site is built, or when a reader follows a link to nowhere.
    """
    if not isinstance(options, Mapping):
        yield _wrong(at, "factbook must hold options by their names", options, listed(OPTIONS))
        return
    yield from _unknown(options, OPTIONS, at, "option")
    for name, look in (("languages", _languages), ("repository", _repository), ("contact", _contact)):
        if options.get(name) is not None:
            yield from look(options[name], (*at, name))
    engine = options.get("engine")
    if engine is not None and not (isinstance(engine, str) and re.fullmatch(r"\d+\.\d+\.\d+", engine)):
        message = "engine must be the version of the engine that the archive was made for last"
        yield _wrong((*at, "engine"), message, engine, "three numbers such as 1.0.0")
    if not is_day(str(options.get("pinned") or "")):
        message = "pinned must be the day from which statuses need a pinned source"
        yield _wrong((*at, "pinned"), message, options["pinned"], "a day such as 2027-06-30")


@rule(scope="site")
def setting_languages(
    named: Sequence[str], claims: str, shells: Collection[str], untold: Mapping[str, str], at: Pointer
) -> Iterator[Finding]:
    """The languages of a site must begin with that of the claims, name each language that has pages in docs/, and be
    languages that there are texts of the interface in.

    Every link between languages follows from the list. ``shells`` are the languages with a page shell of their own,
    ``untold`` says of each without texts what is missing.
    """
    if named[0] != claims:
        message = f"languages must begin with {claims}, the language of the claims in facts/vocabulary.yaml"
        yield _wrong((*at, 0), message, named[0], claims)
    for code in sorted({*shells} - {*named}):
        message = f"docs/{code}/facts/_record.md is there, but languages does not name {code}"
        yield _wrong(at, message, ", ".join(named), hint=f"Add {code}, or remove docs/{code}/facts/_record.md.")
    for code, message in untold.items():
        hint = f"Write overrides/languages/{code}.po with its head alone, then run factbook languages."
        yield _wrong((*at, named.index(code)), message, code, hint=hint)


@rule(scope="site")
def setting_base_address(pointer: Pointer, value: object) -> Iterator[Finding]:
    """The addresses of the site and of its repository must be whole addresses of the web, without a query.

    Every link in feeds, citations and the data begins with one of them.
    """
    text = str(value)
    parts = urlsplit(text)
    if not (parts.scheme in ("https", "http") and parts.netloc and not parts.query and not parts.fragment):
        hint = f"Write https://{text}." if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else ""
        message = f"{pointer[-1]} must be an address of the web"
        yield _wrong(pointer, message, value, "an address such as https://archive.example/", hint)


def _wrong(pointer: Pointer, message: str, value: object, allowed: str = "", hint: str = "") -> Finding:
    return Finding(path=SETTINGS, pointer=pointer, message=message, value=show(value), allowed=allowed, hint=hint)


def _unknown(given: Mapping[Any, Any], allowed: tuple[str, ...], at: Pointer, what: str) -> Iterator[Finding]:
    """Find names that are not among those allowed; ``enabled`` has a rule of its own."""
    for name in given:
        if name not in (*allowed, "enabled"):
            message = f"there is no {what} {show(name)}"
            yield _wrong((*at, Key(name)), message, name, listed(allowed), nearest(str(name), allowed))


def _languages(value: object, at: Pointer) -> Iterator[Finding]:
    if not isinstance(value, list) or not value:
        allowed = "a list of codes, that of the claims first, such as [en, fr]"
        yield _wrong(at, "languages must be a list of codes", value, allowed)
        return
    for place, code in enumerate(value):
        if not (isinstance(code, str) and _CODE.fullmatch(code)):
            hint = 'YAML reads no as a word for false: write "no".' if code is False else ""
            yield _wrong((*at, place), "this is no code of a language", code, "codes such as en or pt-BR", hint)
        elif code in value[:place]:
            yield _wrong((*at, place), f"{code} is there twice", code, hint="Remove one.")


def _repository(value: object, at: Pointer) -> Iterator[Finding]:
    if not isinstance(value, Mapping):
        yield _wrong(at, "repository must hold host and branch", value, "such as {host: gitlab, branch: main}")
        return
    yield from _unknown(value, REPOSITORY, at, "part of repository")
    for name, known in (("host", HOSTS), ("pages", PUBLISHERS)):
        if name in value and value[name] not in known:
            hint = nearest(str(value[name]), known)
            yield _wrong((*at, name), f"{name} is not one that is known", value[name], listed(known), hint)
    branch = value.get("branch", "main")
    if not (isinstance(branch, str) and _BRANCH.fullmatch(branch)):
        yield _wrong((*at, "branch"), "this is no name of a branch", branch, "a name such as main or archive/next")


def _contact(value: object, at: Pointer) -> Iterator[Finding]:
    if value == "":
        return
    web = isinstance(value, str) and value.startswith(("https://", "http://")) and " " not in value
    if not (web and urlsplit(str(value)).netloc) and not (
        isinstance(value, str) and (_MAIL.fullmatch(value) or _PAGE.fullmatch(value))
    ):
        hint = f"Write {value[:-3]}.html." if isinstance(value, str) and value.endswith(".md") else ""
        yield _wrong(at, "nobody can be reached by this contact", value, CONTACT, hint)


def is_day(text: str) -> bool:
    """Return whether a text is one day (ISO), or empty."""
    try:
        return not text or (len(text) == len("2027-06-30") and bool(date.fromisoformat(text)))
    except ValueError:
        return False


def contact_page(contact: str) -> str:
    """Return the page in docs/ that a contact names, with its ending .md; empty where it names none."""
    return f"{contact.removesuffix('.html')}.md" if _PAGE.fullmatch(contact) else ""

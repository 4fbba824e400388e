"""The files of a new archive: settings, vocabulary, an example, licence, and what the host of its repository needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata, util
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import yaml
from msgspec import Struct

from factbook import __version__
from factbook.authoring import form_answers, yaml_layout
from factbook.model.kinds import FILED
from factbook.model.records import Vocabulary, Word
from factbook.read import overrides
from factbook.read.schema import Schemas
from factbook.render import collect, marked, po
from factbook.render.language import Language, is_right_to_left
from factbook.rules import options

STARTER = Path(__file__).parents[1] / "starter"
LICENCES = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
"""Licences of records by their SPDX name: what people call each, and its address."""
HOSTS = (*options.HOSTS, "none")
"""Where the repository will be."""
_FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "README.md": "README.md",
    "LICENSE": "LICENSE",
    "LICENSE-DATA": "LICENSE-DATA",
    "requirements.txt": "requirements.txt",
    "gitignore": ".gitignore",
    "editorconfig": ".editorconfig",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "vocabulary.yaml": "facts/vocabulary.yaml",
}
"""The files of every archive: the file in STARTER, by its path in the archive."""
_EXAMPLE = {
    "example/question.yaml": "facts/questions/what-was-decided-about-the-bridge.yaml",
    "example/organization.yaml": "facts/organizations/example-town-council.yaml",
    "example/source.yaml": "facts/sources/example-council-minutes-2021.yaml",
    "example/fact.yaml": "facts/records/2021/example-council-decided-on-bridge-2021.yaml",
}
_OF_HOST = {
    "github": {
        "github/check.yml": ".github/workflows/check.yml",
        "github/form.yml": ".github/workflows/form.yml",
        "github/publish.yml": ".github/workflows/publish.yml",
    },
    "gitlab": {"gitlab-ci.yml": ".gitlab-ci.yml"},
    "codeberg": {"woodpecker.yaml": ".woodpecker/check.yaml"},
}
WHEELS = "wheels"
"""The folder of an archive for the engine's wheel, where it came from no repository and no index."""
_WHEEL = f"factbook-{__version__}-py3-none-any.whl"
_FORMS = {"github": ".github/ISSUE_TEMPLATE", "codeberg": ".forgejo/ISSUE_TEMPLATE"}
"""The folder of issue forms for each host that has them."""


class Answers(Struct, frozen=True, kw_only=True):
    """The founder's choices for an archive.

    ``language`` is that of the claims, ``further`` are those its pages are in besides (BCP 47); ``licence`` is one of
    LICENCES, ``host`` one of HOSTS; ``requirement`` is the line by which pip finds the engine (see ``engine``).
    """

    name: str
    subject: str
    language: str = "en"
    further: tuple[str, ...] = ()
    licence: str = "CC-BY-4.0"
    host: str = "github"
    repository: str = ""
    contact: str = ""
    example: bool = True
    requirement: str = ""


def files(answers: Answers, root: Path) -> dict[str, bytes]:
    """Return the content of every file of the archive at ``root``, by its path. Nothing is written.

    An archive in a language that the interface does not know gets the file to translate it in.
    """
    language = Language(answers.language, _catalogue(answers.language, root), claims=answers.language)
    values = _values(answers, language)
    wanted = {**_FILES, **(_EXAMPLE if answers.example else {}), **_OF_HOST.get(answers.host, {})}
    made = {path: _filled(name, language, values).encode() for name, path in wanted.items()}
    vocabulary = _vocabulary(made["facts/vocabulary.yaml"])
    schemas = Schemas(vocabulary).documents
    for path in _EXAMPLE.values():
        if path in made:
            folder, _, _ = path.removeprefix("facts/").partition("/")
            kind = next(kind.name for kind in FILED.values() if kind.folder == folder)
            made[path] = yaml_layout.canonical(kind, path.removeprefix("facts/"), made[path], schemas)
    if forms := _FORMS.get(answers.host):
        for form in sorted((STARTER / "forms").glob("*.yml")):
            text = _filled(f"forms/{form.name}", language, values)
            made[f"{forms}/{form.name}"] = form_answers.refreshed(text, form.stem, vocabulary).encode()
    made["docs/index.md"] = _filled("index.md", language, values).encode()
    if not answers.example:
        made["facts/records/.gitkeep"] = b""
    for code in (answers.language, *answers.further):
        if code not in _theme_languages():
            made[f"overrides/theme/partials/languages/{code}.html"] = _theme_language(code).encode()
    for code in untranslated(answers):
        path = f"overrides/languages/{code}.po"
        made[path], _ = collect.updated(root / path, collect.of_interface())
    return made


def untranslated(answers: Answers) -> list[str]:
    """Return the languages of the archive that have no translation of the interface."""
    known = {po.ENGLISH_CODE, *collect.languages()}
    return [code for code in (answers.language, *answers.further) if code not in known]


def _theme_languages() -> set[str]:
    """Return the languages that the theme, Material or the engine's part of it, has texts in."""
    folders = [overrides.THEME]
    if (found := util.find_spec("material")) and found.origin:
        folders.append(Path(found.origin).parent / "templates")
    return {path.stem for folder in folders for path in (folder / "partials" / "languages").glob("*.html")}


def _theme_language(code: str) -> str:
    """Return the part of the theme for a language it has no texts in: all but its name and direction are English."""
    direction = "rtl" if is_right_to_left(code) else "ltr"
    return f'{{% macro t(key) %}}{{{{ {{"language": "{code}", "direction": "{direction}"}}[key] }}}}{{% endmacro %}}\n'


class Engine(Struct, frozen=True, kw_only=True):
    """Where the engine that is running came from: the line by which pip finds it again.

    ``wheel`` is the file to be copied to where that line says; ``source`` is the folder that the wheel must be built
    from first. At most one of them is given.
    """

    requirement: str
    wheel: Path | None = None
    source: Path | None = None


def engine() -> Engine:
    """Return where the engine came from: a repository, an address, an index of packages, a wheel, or a folder.

    A name alone would not do where it came from elsewhere: whoever has a package of that name somewhere would be
    installed instead.
    """
    found = list(metadata.distributions(name="factbook"))
    # What a build leaves beside the sources is found as well, and says nothing of where they came from.
    told = next((text for one in found if (text := one.read_text("direct_url.json"))), "{}")
    try:
        direct: dict[str, Any] = json.loads(told)
    except ValueError:
        direct = {}
    if not found:
        return Engine(requirement=f"./{WHEELS}/{_WHEEL}", source=Path(__file__).parents[3])
    url = direct.get("url", "")
    if not url:
        return Engine(requirement=f"factbook=={__version__}")
    if not url.startswith("file:"):
        version = direct.get("vcs_info", {})
        prefix = f"{version['vcs']}+" if version else ""
        suffix = f"@{version['commit_id']}" if version else ""
        return Engine(requirement=f"factbook @ {prefix}{url}{suffix}")
    path = Path(url2pathname(urlsplit(url).path))
    if path.suffix == ".whl":
        return Engine(requirement=f"./{WHEELS}/{path.name}", wheel=path)
    return Engine(requirement=f"./{WHEELS}/{_WHEEL}", source=path)


def _catalogue(code: str, root: Path) -> po.Catalogue:
    try:
        return po.read(code, root)
    except po.CatalogueError:
        return po.ENGLISH


def _values(answers: Answers, language: Language) -> dict[str, str]:
    """Return the value of each ``{{name}}`` in the files; ``language`` is that of the claims."""
    foreign = answers.language in untranslated(answers)
    licence_name, licence_url = LICENCES[answers.licence]
    return {
        "name": answers.name,
        "subject": answers.subject,
        "language": answers.language,
        "languages": ", ".join((answers.language, *answers.further)),
        "words_of_languages": "\n".join(_languages(answers)),
        "licence": answers.licence,
        "licence_name": licence_name,
        "licence_url": licence_url,
        "repository_option": f"      repository: {{host: {answers.host}, branch: main}}\n"
        if answers.host != "none"
        else "",
        "publish": (STARTER / "publish" / f"{answers.host}.md").read_text("utf-8"),
        "example_language": po.ENGLISH_CODE if foreign else answers.language,
        "example_note": _note(language, foreign),
        "repository": answers.repository,
        "contact": answers.contact,
        "requirement": answers.requirement,
        "version": __version__,
        "publish_nav": "      - Publish: publish.md\n" if answers.language == po.ENGLISH_CODE else "",
    }


def _note(language: Language, foreign: bool) -> str:
    """Return what the example says of itself; where nobody has translated it, that its claim is not in ``language``."""
    note = language.text(
        "This record is an example: remove it, its question, source and organization once you have your own."
    )
    own = f" It is in English, because this program has no words of the language {language.code} yet: write your own."
    return f"{note}{own if foreign else ''}"


def _languages(answers: Answers) -> Iterator[str]:
    """Yield the words of the vocabulary for languages: those of the archive, and English, each by its name."""
    from babel import Locale, UnknownLocaleError

    for code in dict.fromkeys((answers.language, *answers.further, "en")):
        try:
            name = Locale.parse(code, sep="-").get_language_name(answers.language.replace("-", "_")) or code
        except (ValueError, UnknownLocaleError):
            name = code
        claims = ", claims: yes" if code == answers.language else ""
        yield f"  {code}: {{label: {json.dumps(name, ensure_ascii=False)}{claims}}}"


def _filled(name: str, language: Language, values: Mapping[str, str]) -> str:
    """Return a file of STARTER with its marked texts in the language of the archive, and its values."""
    text = (STARTER / name).read_text("utf-8")

    def told(found: re.Match[str]) -> str:
        words = language.text(found[1]).replace("{licence}", values["licence_name"])
        return json.dumps(words, ensure_ascii=False)[1:-1]

    text = marked.MARKED.sub(told, text)

    def value(found: re.Match[str]) -> str:
        words = values[found[1]]
        return json.dumps(words, ensure_ascii=False) if found[2] else words

    return re.sub(r"\{\{(\w+)(\|text)?\}\}", value, text)


def _vocabulary(data: bytes) -> Vocabulary:
    """Return the words of a vocabulary of STARTER, which is sound."""
    lists: dict[str, dict[str, dict[str, str]]] = yaml.load(data, yaml.CBaseLoader)
    return {
        name: {w: Word(id=w, label=about["label"]) for w, about in (words or {}).items()}
        for name, words in lists.items()
    }

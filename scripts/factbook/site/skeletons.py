"""The pages that every site has and few archives write themselves: search, lists, the shell of record pages.

They are in ``skeletons/``, once for all languages: their texts are marked as those of the templates are. A page of the
same path in the archive's ``docs/`` goes before them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factbook.read import configuration
from factbook.read.overrides import SKELETONS
from factbook.render import marked, po
from factbook.render.language import Language
from factbook.site import published_files
from factbook.site.settings import Settings

SHELL = "facts/_record.md"
"""The page that becomes the shell of record pages; every language of a site has one."""
TOP = ("404.md", "data.md", "publish.md", *(f"contribute/{name}.md" for name in ("fields", "index", "rules")))
"""Pages that exist in the language of the claims only."""
ENGLISH = ("publish.md",)
"""Pages for maintainers that nobody has translated: an archive has them where its claims are in English."""


def languages(root: Path, settings: Settings, claims: str) -> list[str]:
    """Return the languages of the site, that of the claims first: those of the settings, or those that have a shell."""
    if settings.languages:
        return list(settings.languages)
    return [claims, *sorted(path.parts[-3] for path in (root / "docs").glob(f"*/{SHELL}"))]


def missing(root: Path, settings: Settings, claims: str) -> dict[str, str]:
    """Return the text of every page that the site needs and ``docs/`` lacks, by its path there.

    Raises ConfigurationError and CatalogueError.
    """
    site = configuration.read(root)
    found = {}
    for code in languages(root, settings, claims):
        language = Language(code, po.read(code, root), claims=claims)
        for path in sorted(SKELETONS.rglob("*.md")):
            name = path.relative_to(SKELETONS).as_posix()
            if (language.translates and name.startswith(TOP)) or (code != po.ENGLISH_CODE and name in ENGLISH):
                continue
            if not (root / "docs" / language.folder / name).exists():
                found[language.folder + name] = _filled(path.read_text("utf-8"), language, site)
    return found


def _filled(text: str, language: Language, site: Mapping[str, Any]) -> str:
    """Return a skeleton in a language, with the name and the description of the site."""
    head, _, body = text.removeprefix("---\n").partition("---\n")
    values = {"folder": language.folder}
    for name in ("site_name", "site_description"):
        values[name] = language.word(" ".join(str(site.get(name) or "").split()))
    head = _texts(head, language, quoted=True)
    body = _texts(body, language, quoted=False)
    for name, value in values.items():
        head = head.replace(f"{{{name}}}", _quoted(value))
        body = body.replace(f"{{{name}}}", value)
    mark = f"language: {language.code}\n" if language.translates else ""
    return f"---\n{head}{mark}---\n{body}"


def _texts(text: str, language: Language, quoted: bool) -> str:
    def told(found: Any) -> str:
        words = language.text(found[1])
        return _quoted(words) if quoted else words

    return marked.MARKED.sub(told, text)


def _quoted(text: str) -> str:
    """Return a text escaped for double quotes in YAML."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def write(root: Path, pages: Mapping[str, str], folder: Path) -> None:
    """Copy what may be published of the archive's pages into the new ``folder``, with ``pages`` added: for an engine
    that takes pages from a disk only, follows links, and knows no names that are left out."""
    docs = published_files.docs(root)
    folder.mkdir()
    for path in published_files.every(docs):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(docs / path, folder / path, follow_symlinks=False)
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

"""Rules for what a site is made of besides the records: the files in docs/, and the settings in mkdocs.yml.

They are asked before an engine reads any of it. Paths are relative to the archive.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from factbook.rules.characters import code, first_unsafe
from factbook.rules.markup import wrong_address, wrong_tags
from factbook.rules.problem import Finding, Pointer, of_file
from factbook.rules.register import rule
from factbook.text import listed, nearest, show

SETTINGS = "mkdocs.yml"
PICTURES = {
    "png": (b"\x89PNG\r\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "avif": (b"\0\0\0",),
}
"""The picture formats by extension, and the bytes with which a file of each begins."""
KINDS = ("md", *PICTURES, "pdf", "csv", "txt")
"""The extensions of the files that docs/ may hold."""
FRONT = ("title", "description", "language", "script", "hide")
"""The settings that may stand at the top of a page."""
SCRIPT = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/)?assets/(?:[\w-]+/)*[\w-]+\.js")
"""A script of the theme, or one that a build writes beside the theme's. docs/ itself can hold none."""
ALLOWED = (
    *("site_name", "site_url", "site_description", "site_author", "repo_url", "repo_name", "copyright", "extra"),
    *("docs_dir", "site_dir", "use_directory_urls", "theme", "plugins", "markdown_extensions", "mdx_configs", "nav"),
    *("not_in_nav", "exclude_docs", "draft_docs", "validation", "strict", "dev_addr", "edit_uri"),
)
"""The settings that an archive may make. None of them runs a program, reads another file or loads a script."""
VARIABLES = ("SITE_URL", "REPO_URL")
"""The variables of the environment that the settings may read."""
EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "meta", "nl2br"),
    *("sane_lists", "smarty", "tables", "toc", "wikilinks", "extra"),
    *(f"pymdownx.{n}" for n in ("betterem", "caret", "critic", "details", "highlight", "inlinehilite", "keys", "mark")),
    *(f"pymdownx.{n}" for n in ("saneheaders", "smartsymbols", "superfences", "tabbed", "tasklist", "tilde")),
)
"""The extensions of Markdown that read no file and run nothing that an archive names."""
_WRITTEN = re.compile(
    r"cname|sha256sums|robots\.txt|readme\.txt|llms\.txt|(sitemap|objects)\b.*|(data|pagefind|search)/.*"
)
"""Files and folders, in lower case, that a build writes or that a host of pages obeys."""


def _at(
    path: str, data: str, passage: str, message: str, *, value: str = "", allowed: str = "", hint: str = ""
) -> Finding:
    """Return a finding at the place of ``passage`` in the text ``data`` of a file; at its beginning where the passage
    is not found."""
    at = data.find(passage) if passage else -1
    if at < 0 and passage:
        at = data.lower().find(passage.lower())
    line, column = (1, 1) if at < 0 else (data.count("\n", 0, at) + 1, at - data.rfind("\n", 0, at))
    return Finding(path=path, line=line, column=column, message=message, value=value, allowed=allowed, hint=hint)


@rule(scope="site")
def page_is_a_link(path: str, target: str) -> Iterator[Finding]:
    """Nothing that a site is made of may be a symbolic link, whatever its name: no file or folder of docs/, overrides/
    or facts/languages/, nor of another folder that the settings name, and not the settings. Hidden names are left out.

    A build follows links and publishes what they lead to, whatever it is and wherever it lies.
    """
    yield of_file(path, "this is a link", value=show(target), hint="Put a copy of the file here, or remove the link.")


@rule(scope="site")
def page_file_kind(path: str, reason: str = "") -> Iterator[Finding]:
    """docs/ must hold nothing but pages in Markdown, pictures made of dots, and plain documents.

    Pages of HTML, vector pictures (SVG) and scripts would be published as they are, and run in the reader's browser.
    """
    yield of_file(
        path, reason or "a file of this kind may not be published", allowed=listed(f".{kind}" for kind in KINDS)
    )


@rule(scope="site")
def page_name_taken(path: str, folders: Collection[str], assets: Collection[str]) -> Iterator[Finding]:
    """No file in docs/ may have the name of one that the build writes, or that a host of pages obeys.

    It would be laid over a record's page, the data, the checksums or the theme, or the other way round. ``folders``
    are those of record pages, in which only index.md and _record.md may stand.
    """
    own = path.partition("/")[2].lower()
    parts = own.split("/")
    inner = parts[1:] if len(parts) > 2 and re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", parts[0]) else parts
    of_records = len(inner) > 1 and inner[0] in folders and inner[1:] not in (["index.md"], ["_record.md"])
    names = (own, "/".join(inner))
    if of_records or any(_WRITTEN.fullmatch(name) or name in assets for name in names):
        yield of_file(path, "the build itself writes a file of this name", hint="Give it another name, or move it.")


@rule(scope="site")
def page_character(path: str, text: str, line: int = 0, column: int = 0) -> Iterator[Finding]:
    """No page, no setting and no name of a file or folder in docs/ may hold a character that cannot be seen or that
    turns the direction of what follows; what records may hold, these may.

    They make an address or a title look like another one. ``line`` and ``column`` are the place of ``text`` in the
    file; without them, ``text`` is the file, or its path.
    """
    if (at := first_unsafe(text)) is not None:
        before = text[:at] if text != path and not line else ""
        yield Finding(
            path=path,
            line=line or before.count("\n") + 1,
            column=column or at - before.rfind("\n") if before else column or 1,
            message=f"the {'name' if text == path else 'text'} contains a character that cannot be seen",
            value=code(text[at]),
            hint="Delete the character and type what stands around it again.",
        )


@rule(scope="site")
def page_unreadable(path: str, reason: str) -> Iterator[Finding]:
    """A page must be UTF-8 text that can be read, with plain settings at its top, or none."""
    yield of_file(path, reason)


@rule(scope="site")
def page_setting(path: str, data: str, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """A page may say at its top what it is called, what it is about and in which language, and which scripts of the
    theme it needs; nothing else.

    A script of its own would run in the browser of everybody who reads the page. Titles and descriptions are text.
    """
    for key, value in settings.items():
        if key not in FRONT:
            yield _at(
                path, data, f"{key}:", f"a page has no setting {show(key)}", allowed=listed(FRONT),
                hint=nearest(str(key), FRONT),
            )  # fmt: skip
        elif key == "script":
            for script in value if isinstance(value, list) else [value]:
                if not (isinstance(script, str) and SCRIPT.fullmatch(script)):
                    yield _at(
                        path, data, str(script), "this is no script of the theme", value=show(script),
                        allowed="files named assets/….js",
                    )  # fmt: skip
        elif isinstance(value, str) and ("<" in value or "&" in value.replace("& ", "")):
            yield _at(path, data, f"{key}:", f"{key} must be plain text, without markup", value=show(value))


@rule(scope="site")
def page_markup(path: str, data: str, html: str) -> Iterator[Finding]:
    """A page must hold no HTML but plain elements of text with plain attributes, whether it is written as HTML or made
    by an extension of Markdown.

    Scripts, frames, forms, styles, vector pictures and attributes that run something are not among them; addresses are
    those of the archive's own files, or begin with http://, https:// or mailto:, and pictures are files of the archive.
    """
    seen = set()
    for passage, reason in wrong_tags(html):
        if (passage, reason) not in seen:
            seen.add((passage, reason))
            yield _at(path, data, passage, reason, value=show(passage))


@rule(scope="site")
def override_not_read(path: str, allowed: Collection[str], instead: str) -> Iterator[Finding]:
    """overrides/ may hold files in the place of the engine's templates, theme and texts, and nothing else.

    Schemas are not among them: they keep out of the records what no page could show safely, and every engine, form and
    program that reads the data relies on the same ones. Anything else there would be ignored without a word.
    """
    yield of_file(path, "nothing reads this", allowed=listed(allowed), hint=instead)


@rule(scope="site")
def setting_tag(line: int, column: int, tag: str) -> Iterator[Finding]:
    """The settings must have no YAML tag but !ENV, and no alias.

    MkDocs obeys tags that name a part of any Python program, before anything else has looked at the file.
    """
    what = "an alias" if tag.startswith("*") else "a tag"
    yield Finding(
        path=SETTINGS, line=line, column=column, message=f"{what} may not stand here", value=show(tag), allowed="!ENV"
    )


@rule(scope="site")
def setting_variable(line: int, column: int, name: str) -> Iterator[Finding]:
    """The settings may read the variables of the environment that tell where a site is, and no other.

    What is in the environment of a build, such as the token of a workflow, would be published on every page.
    """
    if name not in VARIABLES:
        yield Finding(
            path=SETTINGS, line=line, column=column, message="the settings may not read this variable",
            value=show(name), allowed=listed(VARIABLES),
        )  # fmt: skip


@rule(scope="site")
def setting_twice(line: int, column: int, name: str) -> Iterator[Finding]:
    """A setting must be made once.

    Of two, the last one holds, and who reads the first takes it for what is set.
    """
    hint = "Keep one of the two."
    message = "the setting stands here a second time"
    yield Finding(path=SETTINGS, line=line, column=column, message=message, value=show(name), hint=hint)


@rule(scope="site")
def setting_not_allowed(
    pointer: Pointer, message: str, value: str = "", allowed: str = "", hint: str = ""
) -> Iterator[Finding]:
    """The settings may say what a site is called, where it is, what is in its menu and how it looks; nothing in them
    may run a program, read another file, or load anything from another host.

    Hooks, further plugins and scripts are the business of those who maintain the engine. Titles are plain text. What
    would be left out of the pages without a word, such as a colour of an unknown name, is refused as well.
    """
    yield Finding(path=SETTINGS, pointer=pointer, message=message, value=value, allowed=allowed, hint=hint)


@rule(scope="site")
def setting_plugin(pointer: Pointer, message: str, hint: str = "") -> Iterator[Finding]:
    """The plugin factbook must be among the plugins that the settings name, and switched on.

    Without it MkDocs asks nobody whether the records and the pages are sound, and publishes whatever lies in docs/.
    """
    yield Finding(path=SETTINGS, pointer=pointer, message=message, allowed="factbook", hint=hint)


@rule(scope="site")
def setting_exclusion(pointer: Pointer, pattern: str) -> Iterator[Finding]:
    """What exclude_docs leaves out of a site may be more than is left out anyway, never less.

    A pattern that begins with ! would publish hidden files, which hold what programs keep for themselves, and which a
    host of pages may obey.
    """
    yield Finding(
        path=SETTINGS, pointer=pointer, message="a pattern may not take back what is left out", value=show(pattern),
        allowed="patterns that do not begin with !", hint="Give the file a name without a full stop before it.",
    )  # fmt: skip


@rule(scope="site")
def setting_path(pointer: Pointer, value: str, message: str) -> Iterator[Finding]:
    """Every folder that the settings name must lie in the archive, and none in or over another.

    A site that is built over the records or the pages destroys them, and pages from elsewhere publish what lies there.
    """
    yield Finding(path=SETTINGS, pointer=pointer, message=message, value=show(value))


@rule(scope="site")
def setting_address(pointer: Pointer, value: str) -> Iterator[Finding]:
    """An address in the settings must begin with http:// or https://, or lead to a page of the archive."""
    if reason := wrong_address(value):
        yield Finding(path=SETTINGS, pointer=pointer, message=reason, value=show(value))


def wrong_text(value: str) -> bool:
    """Return whether a title or name would be read as markup: the theme writes it as it is."""
    return any(True for _ in wrong_tags(value)) or "<" in value


def known_extension(name: str) -> bool:
    """Return whether an extension of Markdown is one of EXTENSIONS, by either of its names."""
    return name.removeprefix("markdown.extensions.") in EXTENSIONS

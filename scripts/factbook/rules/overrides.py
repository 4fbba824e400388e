"""Rules for overrides/: which files may stand in the place of the engine's, and what they may not add to it.

A template is a program that runs at each build, so no rule can prove one harmless. These refuse what would run in a
reader's browser or ask another host, and the ways in which a template hides that; the rest is for a reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

from factbook.rules.problem import Finding, of_file
from factbook.rules.register import rule
from factbook.rules.written_pages import PICTURES
from factbook.text import listed, nearest, show

KINDS = {
    "theme": ("html", "css", "svg", *PICTURES),
    "templates": ("html",),
    "languages": ("po",),
}
"""The extensions of the files that each folder of overrides/ may hold."""
READ = ("html", "css", "svg")
"""Those of files in which the rules look for what may not stand there."""
_HOST = r"\s*=\s*[\"']?\s*(?:https?:)?[\\/]{2}[^\s\"'<>]*"
_SOURCES = "src|srcset|poster|data|action|formaction|background|manifest|ping|xlink:href"
_MARKUP = (
    (r"<script\b.*?(?:</script|\Z)", "no override may add a script"),
    (
        r"<(?:iframe|frame|frameset|object|embed|applet|base|link|foreignobject|portal)\b[^<>]*",
        "no override may add an element that brings another document",
    ),
    (r"<meta\b[^<]*http-equiv[^<>]*", "no override may add a rule for the browser"),
    (r"(?<![\w.-])on[a-z]{3,}\s*=(?!=)[^<>\s]*", "no override may add an attribute that runs something"),
    (rf"(?<![\w-])(?:{_SOURCES}){_HOST}", "no override may load from, or send to, another host"),
    (rf"<(?:use|image)\b[^<]*?href{_HOST}", "no override may load from, or send to, another host"),
    (
        r"@import\b[^;<]*|\b(?:url|image-set|src)\(\s*[\"']?\s*(?:https?:)?[\\/]{2}[^)<]*",
        "no style may load from another host",
    ),
    (r"<[\w!/-]*\{[{%][^<>]*", "no template may put the name of a tag together"),
)
"""What may not stand in an override, beyond what the engine's own file of the name has, and why."""
_PATTERNS = [(re.compile(pattern, re.IGNORECASE | re.DOTALL), why) for pattern, why in _MARKUP]
_RUNS = re.compile(r"(?:j\s?a\s?v\s?a|v\s?b)\s?s\s?c\s?r\s?i\s?p\s?t\s?:|data:text/html|\bsrcdoc\s*=", re.IGNORECASE)
"""An address that runs, once its entities are read."""
_OPENS = re.compile(r"\{\{|\{%")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_TRICKS = re.compile(
    r"__|\\|\b(?:Markup|autoescape|lipsum|cycler|joiner)\b|\|\s*(?:safe|attr|format|replace|xmlattr|map|tojson)\b"
    r"|\.\s*(?:format|join|replace)\b|[\"']\s*%\s*[\w(\"']"
)
"""Code of a template that makes markup out of pieces, lets it through as it is, or reaches into the program."""


@rule(scope="site")
def override_kind(path: str, folder: str) -> Iterator[Finding]:
    """overrides/ must hold templates, styles and pictures in theme/, templates in templates/, texts in languages/.

    A script would run in the browser of everybody who reads the site, and what it does no rule can tell. Scripts are
    changed in the engine, where tests hold them.
    """
    kinds = KINDS[folder]
    yield of_file(path, "a file of this kind may not stand here", allowed=listed(f".{kind}" for kind in kinds))


@rule(scope="site", severity="warning")
def override_of_nothing(path: str, name: str, known: Collection[str]) -> Iterator[Finding]:
    """An override should have the name of the file in whose place it stands.

    Under another name nothing reads it, unless another override, or a page that asks for a block of the archive's own,
    names it.
    """
    hint = nearest(name, known) or "Nothing reads it unless another file of the archive names it."
    yield of_file(path, "the engine has no file of this name", value=show(name), hint=hint)


@rule(scope="site")
def override_markup(path: str, text: str, own: str) -> Iterator[Finding]:
    """An override must add no script, no attribute or address that runs something, no frame, and nothing of another
    host to what the engine's own file of the name has; nor code that puts such together or reaches into the program.

    What a template holds stands in every page, behind the rules that records and written pages are held to. ``own`` is
    the text of the engine's file.
    """
    for start, passage, why in sorted(_passages(text, own)):
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        yield Finding(path=path, line=line, column=column, message=why, value=show(passage.strip()))


def _passages(text: str, own: str) -> Iterator[tuple[int, str, str]]:
    """Yield what may not stand in the text of an override and is not in ``own``: where, the passage, and why."""
    for pattern, why in _PATTERNS:
        for found in pattern.finditer(text):
            if found[0].strip() not in own:
                yield found.start(), found[0], why
    for found in _RUNS.finditer(unescape(text)):
        if found[0] not in own:
            yield max(0, text.find(found[0])), found[0], "no override may add an address that runs something"
    for start, code in _code(text):
        if code not in own:
            strings = [found for found in _STRING.finditer(code) if "<" in found[0] or ">" in found[0]]
            for found in (*_TRICKS.finditer(code), *strings):
                why = "no template may hide what it writes, or reach into the program"
                yield start + found.start(), found[0], why


def _code(text: str) -> Iterator[tuple[int, str]]:
    """Yield the code in the text of a template, and where each piece begins; what is not closed reaches to the end."""
    at = 0
    while found := _OPENS.search(text, at):
        end = text.find("}}" if found[0] == "{{" else "%}", found.end())
        at = end + 2 if end >= 0 else len(text)
        yield found.start(), text[found.start() : at]

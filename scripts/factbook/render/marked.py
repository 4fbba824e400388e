"""Marked texts: a text for readers stands in a template or in the theme as ``[[Read it there]]`` and is found here.

A mark may hold values, ``[[So recorded on {{ words(f.day) }}.]]``, tags, ``[[the <a href="…">topics</a>]]``, and a
plural after a bar, ``[[{{ n }} fact|{{ n }} facts]]``, which goes by its first value. A translator sees values by name
and tags by number: ``So recorded on {day}.``, ``the <1>topics</1>``. So a translation can neither add markup nor run
anything in a template.

Where one English text means two things, a context before ``::`` tells them apart: ``[[button::Search]]``. It is
gettext's msgctxt, and the key of such a text is ``button\\x04Search``, as in a compiled catalogue.
https://www.gnu.org/software/gettext/manual/html_node/Contexts.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape

from msgspec import Struct

MARKED = re.compile(r"\[\[(.+?)\]\]")
_PIECE = re.compile(r"\{\{(.*?)\}\}|<(/?)[a-z][^>]*>")
_HOLE = re.compile(r"(\{\w+\}|</?\d+>)")
_PATH = re.compile(r"(?<![\w.|])([a-z_]\w*(?:\.\w+|\[[^\]]*\])*)(?:\(\))?(?![\w(])")
_CALLED = re.compile(r"(?<![\w.|])([a-z_]\w*)\(")
_CONTEXT = re.compile(r"([a-z][a-z ]*)::")
EOT = "\x04"
"""Stands between a context and its text in the key of a message."""
_STRING = re.compile(r'"[^"]*"')


class Mark(Struct, frozen=True, kw_only=True):
    """One marked text.

    ``key`` and ``plural`` are the texts as translators see them (``key`` after its context and an EOT, where it has
    one; ``plural`` is empty where there is none), ``holes``
    maps each placeholder to the piece of the template it stands for, and ``number`` is the Jinja expression whose value
    chooses the plural form.
    """

    key: str
    plural: str
    holes: dict[str, str]
    number: str

    def put(self, text: str) -> str:
        """Return the translation ``text`` as template source, its placeholders filled.

        Braces that stand in the mark itself, ``[[{n} shown]]``, are for a script to fill and stay as they are. Raises
        ValueError for a placeholder that the mark does not have.
        """
        parts = _HOLE.split(text)
        if unknown := [p for p in parts[1::2] if p not in self.holes and p not in self.key + self.plural]:
            raise ValueError(f"{text!r} has {', '.join(unknown)}, which {self.key!r} does not have")
        parts = [self.holes[p] if p in self.holes else _safe(p) for p in parts]
        return "".join(parts)


def _safe(text: str) -> str:
    """Return ``text`` escaped for HTML, with its braces as character references so that Jinja does not read them."""
    return re.sub(r"[{}]", lambda brace: f"&#{ord(brace[0])};", escape(text))


def holes(text: str) -> list[str]:
    """Return the placeholders of ``text``, sorted; its translation must have the same, each as often."""
    return sorted(re.findall(r"\{\w+\}|</?\d+>", text))


def number(text: str) -> str:
    """Return the placeholder of the number that a text with a plural goes by: its first value; empty without one."""
    return next((hole for hole in _HOLE.findall(text) if hole[0] == "{"), "")


def named(expression: str) -> str:
    """Return the name a translator sees for the value of a Jinja ``expression``: the last part of the first path in it.

    Functions, filters and texts are passed over: ``words(f.history[-1].date)`` is ``date``. Where the path is a single
    letter it is the function that says what the value is: ``evidence(w)`` is ``evidence``. A constant is a ``value``.
    """
    text = _STRING.sub("", expression)
    path, called = _PATH.search(text), _CALLED.search(text)
    if not path:
        return "value"
    name: str = re.findall(r"[a-z_]\w*", re.sub(r"\[[^\]]*\]", "", path[1]))[-1]
    return called[1] if called and len(name) == 1 else name


def read(inner: str) -> Mark:
    """Return the mark whose source between ``[[`` and ``]]`` is ``inner``."""
    found: dict[str, str] = {}
    opened: list[str] = []
    names: dict[str, str] = {}
    numbers: list[str] = []

    def hole(piece: re.Match[str]) -> str:
        text = piece[0]
        if piece[1] is not None:
            name = names.get(text) or _free(named(piece[1]), names.values())
            names[text] = name
            numbers.append(piece[1].strip())
        elif piece[2]:
            name = opened.pop().replace("<", "</")
        else:
            name = names.setdefault(text, f"<{1 + sum(n[0] == '<' for n in names.values())}>")
            opened.append(name)
        found[name] = text
        return name

    context = _CONTEXT.match(inner)
    key, _, plural = _PIECE.sub(hole, inner[context.end() :] if context else inner).partition("|")
    number = re.sub(r"\|\s*number$", "", numbers[0]) if plural else ""
    key = f"{context[1]}{EOT}{key}" if context else key
    return Mark(key=key, plural=plural, holes=found, number=number)


def _free(name: str, taken: Collection[str]) -> str:
    """Return the placeholder ``{name}``, with the first number from 2 on that makes it none of ``taken``."""
    tried = (f"{{{name}{number}}}" for number in ("", *range(2, 100)))
    return next(hole for hole in tried if hole not in taken)


def fill(source: str, text: Callable[[str], str], forms: Callable[[str, str], tuple[str, ...]]) -> str:
    """Return the template ``source`` with every mark replaced by its translation.

    ``text`` translates a text without plural; ``forms`` returns all plural forms of one with (singular, plural).
    """

    def replace(found: re.Match[str]) -> str:
        mark = read(found[1])
        if not mark.plural:
            return mark.put(text(mark.key))
        written = [mark.put(form) for form in forms(mark.key, mark.plural)]
        branches = "{% else %}".join(
            f"{{% if language.form({mark.number}) == {i} %}}{form}" for i, form in enumerate(written[:-1])
        )
        # The signs keep the line breaks around, which Jinja would take away with the tags.
        branches = branches.replace("{% else %}{% if", "{% elif").replace("{% if", "{%+ if", 1)
        return f"{branches}{{% else %}}{written[-1]}{{% endif +%}}" if branches else written[0]

    return MARKED.sub(replace, source)

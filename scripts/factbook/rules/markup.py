"""Which HTML a written page may hold: a strict subset that every reader of HTML cuts into the same tags.

A cleaner repairs what it is given, by guessing as browsers do. Here nothing is repaired: each ``<`` of a page, as the
engine would write it, begins a tag of the plainest form, of a known element with known attributes, or a plain comment.
Elements whose content is not read as tags (``script``, ``style``, ``svg`` …) are not among them, so there is nothing
left on which two readers could differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

ELEMENTS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure hr "
    "h1 h2 h3 h4 h5 h6 i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr".split()
)
EVERYWHERE = frozenset("class dir id lang role title data-factbook".split())
"""Attributes that every element may have, besides those that begin with ``aria-``."""
ATTRIBUTES = {
    "a": frozenset(("href", "hreflang", "rel")),
    "blockquote": frozenset(("cite",)),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "del": frozenset(("datetime",)),
    "details": frozenset(("open",)),
    "img": frozenset(("alt", "height", "loading", "src", "width")),
    "ins": frozenset(("datetime",)),
    "li": frozenset(("value",)),
    "ol": frozenset(("reversed", "start", "type")),
    "q": frozenset(("cite",)),
    "td": frozenset(("align", "colspan", "rowspan", "style")),
    "th": frozenset(("align", "colspan", "rowspan", "scope", "style")),
    "time": frozenset(("datetime",)),
}
ADDRESSES = {"href": "link", "cite": "link", "src": "picture"}
"""Attributes that hold an address, and what for."""
FETCHING = frozenset(("mermaid",))
"""Classes of elements for which the theme's script loads another one from a host of its own."""
_STYLE = re.compile(r"text-align: (left|center|right);")
"""The only style: what a table in Markdown makes of a column that is aligned."""
_TAG = re.compile(r"""<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][\w-]*(?:="[^"<>]*")?)*)\s*/?>|</([a-zA-Z][a-zA-Z0-9]*)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w-]*)(?:="([^"<>]*)")?""")
_COMMENT = re.compile(r"<!-- (?:(?!--)[^<>])*-->")
_SCHEME = re.compile(r"[\s\x00-\x1f]*([a-zA-Z][a-zA-Z0-9+.-]*)[\s\x00-\x1f]*:")


def wrong_tags(text: str) -> Iterator[tuple[str, str]]:
    """Yield what no page may hold in ``text``, HTML as an engine made it: the passage, and why."""
    at = text.find("<")
    while at >= 0:
        found = _TAG.match(text, at) or _COMMENT.match(text, at)
        if found is None:
            cut = text[at : text.find(">", at) + 1 or at + 40][:60]
            yield cut, "this is not a plain tag: a name, and attributes in double quotes"
            at = text.find("<", at + 1)
            continue
        if found.re is _TAG:
            yield from _wrong_tag(found)
        at = text.find("<", found.end())


def _wrong_tag(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one tag."""
    name = (found[1] or found[3]).lower()
    if name not in ELEMENTS:
        if found[1]:
            yield f"<{name}", f"no page may hold the element {name}"
        return
    for attribute, value in _ATTRIBUTE.findall(found[2] or ""):
        key = attribute.lower()
        allowed = key in EVERYWHERE or key.startswith("aria-") or key in ATTRIBUTES.get(name, ())
        if not allowed or (key == "style" and not _STYLE.fullmatch(value)):
            yield attribute, f"the element {name} may not have the attribute {key}"
        elif key == "class" and not FETCHING.isdisjoint(unescape(value).lower().split()):
            yield unescape(value), "for this class the theme loads a program from another host"
        elif key in ADDRESSES and (reason := wrong_address(unescape(value), ADDRESSES[key])):
            yield unescape(value), reason


def wrong_address(address: str, use: str = "link") -> str:
    """Return what is wrong with an address in a page or in the settings, or nothing. ``use``: link or picture."""
    plain = "".join(c for c in address if c > " ")
    found = _SCHEME.match(plain)
    if plain.startswith(("//", "\\\\", "/\\", "\\/")):
        return "the address must say https:// or lead to a file of the archive"
    if use == "picture":
        return "a picture must be a file in docs/" if found else ""
    if found and found[1].lower() == "mailto":
        return ""
    if found and found[1].lower() not in ("http", "https"):
        return f"no address may begin with {found[1].lower()}:"
    if found and not re.match(r"https?://[^/?#@\\]+([/?#]|$)", plain, re.IGNORECASE):
        return "the address must be http:// or https:// with a host, and without a user"
    return ""

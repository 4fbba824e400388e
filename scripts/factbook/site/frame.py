"""Adapts the frame of a page, which the theme renders around the content, to the place of the page.

The theme renders one menu for every page, without knowing which page is read, in which language, and what headings its
content will have. The functions here add that, by text substitution, so it is the same behind every engine and for
written and poured pages alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from posixpath import dirname, join, normpath

CONTENTS = "<!--factbook-contents-->"
"""Where the theme leaves room for the list of a page's headings."""
_LINK = re.compile(r'<a((?: class="[^"]*")?) href="((?:\.\./)*)([^":#?]*\.html)"')
_MENU = re.compile(r'<nav class="md-nav md-nav--primary".*?</nav>', re.DOTALL)
_ENTRY = re.compile(r'<li[^>]*><a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_PART = re.compile(r"<details>(?=(?:(?!</details>).)*aria-current=)", re.DOTALL)
_SHUT = re.compile(
    r' class="md-nav__section"><details><summary>(.*?)</summary>.*?<a (href="[^"]*").*?</details>', re.DOTALL
)
_OPEN = re.compile(r'<details open>.*?<a href="([^"]*)"', re.DOTALL)
_NEIGHBOUR = re.compile(r"<!--factbook-(previous|next)\n(.*?)-->\n?", re.DOTALL)
_AROUND = re.compile(r'<nav class="md-footer__inner[^>]*>\s*</nav>\n?')
_BOX = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')
_IDLE = re.compile(
    r'<label class="md-overlay"[^>]*></label>\n?|<div data-md-component="(?:skip">.*?|announce">\s*)</div>\n?',
    re.DOTALL,
)
_HEADING = re.compile(r'<h([23]) id="([^"]+)"([^>]*)>(.*?)</h\1>', re.DOTALL)
_TONGUE = re.compile(r' (?:lang|dir)="[^"]*"')
_TAG = re.compile(r'<span class="(?:count|meta)">.*?</span>|<[^>]*>')
"""Parts of a heading that are left out of the list: texts beside its words, and tags."""


def for_page(frame: str, own: str, above: str, claims: str, translated: Collection[str]) -> str:
    """Return the frame for the page ``own``. Its links stay in the language of the page; the one that leads here, or to
    ``above``, the page that the menu shows in its stead, is marked as read, and the part of the menu that holds it is
    open.

    ``translated`` are the paths of the pages in a further language, of which this is one; it is empty for a page in the
    language of the claims, whose code is ``claims``.
    """
    depth = own.count("/")

    def led(found: re.Match[str]) -> str:
        kind, up, target = found.groups()
        if up.count("/") > depth:  # out of the folder of the language
            if target not in translated:
                return f'{found[0]} hreflang="{claims}"'
            up, path = up[3:], target
        else:
            path = normpath(join(dirname(own), up, target))
        more = {above: ' aria-current="true"', own: ' aria-current="page"'}.get(path, "")
        return f'<a{kind} href="{up}{target}"{more}'

    frame = _LINK.sub(led, _IDLE.sub("", frame))
    frame = _PART.sub("<details open>", frame)
    if part := _OPEN.search(frame):
        tab = f'<li><a href="{part[1]}"'  # the first entry of that address: the tabs stand before the menu
        frame = frame.replace(f"{tab}>", f'{tab} aria-current="true">', 1)
    return frame


def with_closed_parts_as_links(frame: str) -> str:
    """Return the frame with each closed part of the menu as one link to the first of its pages, which lists the others.

    It is for pages of which there are thousands: the menu would be most of their bytes.
    """
    return _SHUT.sub(r"><a \2>\1</a>", frame)


def with_neighbours(menu: str, footer: str) -> str:
    """Return the footer with links to the pages before and after the one that ``menu`` marks as read; none where that
    is not in the menu."""
    entries = _ENTRY.findall(found[0]) if (found := _MENU.search(menu)) else []
    here = next((i for i, (_, more, _) in enumerate(entries) if 'aria-current="page"' in more), None)
    beside = {}
    if here is not None:
        beside = {"previous": entries[here - 1] if here else None, "next": (*entries[here + 1 : here + 2], None)[0]}

    def link(found: re.Match[str]) -> str:
        entry = beside.get(found[1])
        return found[2].replace("{address}", entry[0]).replace("{title}", entry[2]) if entry else ""

    return _AROUND.sub("", _NEIGHBOUR.sub(link, footer))


def without_excess(frame: str) -> str:
    """``frame`` without two things of the theme's: ``autocomplete`` on boxes to tick, which is no valid HTML, and the
    namespace of signs, which HTML implies; it would be on each page five times."""
    return _BOX.sub(r"\1", frame).replace(' xmlns="http://www.w3.org/2000/svg"', "")


def with_heading_links(content: str) -> tuple[str, str]:
    """Return the content with a link beside each of its headings that has an id, and the list of these headings, for
    the side of the page.

    The link is for readers who point at the heading. Others have the same address in the list, and no extra stop for
    the Tab key. A heading that takes the focus when a script shows it is hidden until then, and not in the list.
    """
    entries = []

    def linked(found: re.Match[str]) -> str:
        level, name, more, inner = found.groups()
        if "tabindex" in more:
            return found[0]
        title = _TAG.sub("", inner).rstrip(" \n")
        kind = ' class="sub"' if level == "3" else ""
        entries.append(f'<li{kind}><a class="md-nav__link" href="#{name}"{"".join(_TONGUE.findall(more))}>{title}</a>')
        link = f'<a class="headerlink" href="#{name}" tabindex="-1" aria-hidden="true"></a>'
        return f'<h{level} id="{name}"{more}>{inner}{link}</h{level}>'

    content = _HEADING.sub(linked, content)
    return content, "\n".join(entries)

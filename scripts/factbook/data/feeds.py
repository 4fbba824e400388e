"""Feeds of what changed: Atom (RFC 4287) and JSON Feed 1.1, of everything, of each organization and of each status.

An entry is one entry of a ledger and bears its day, at midnight UTC. Its id is made of the fact's id and the place in
the ledger, which never change; so a reader's program knows it again wherever the site has moved. The id of a feed is
made of its path and the name of the archive, which tells it from that of another archive. Without the address of
the site the Atom feeds have links relative to the feed, and the JSON feeds, whose links must be absolute, have none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, identifier
from factbook.model.ledger import Change, changes

MOST = 100
"""Entries in one feed, the newest."""
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = "1970-01-01"
"""The day of a feed without an entry; Atom asks for one."""


def files(archive: Archive, base: str, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Every feed as (path, bytes). ``base`` is the address of the site, ``name`` what it is called; or empty."""
    every = changes(archive)
    by_organization, by_status = defaultdict(list), defaultdict(list)
    for change in every:
        for organization in change.statement.organizations:
            by_organization[organization].append(change)
        recorded = {change.before, change.revision.status} - {""}
        for status in recorded | {archive.shown(change.statement, status).id for status in recorded}:
            by_status[status].append(change)
    of = f" · {name}" if name else ""
    maker = _Feeds(archive, base, name)
    yield from maker.both("changes", f"What changed{of}", "index.html", every)
    for o in archive.organizations.values():
        page = f"organizations/{o.id}.html"
        yield from maker.both(f"organizations/{o.id}", f"What changed: {o.label}{of}", page, by_organization[o.id])
    for w in archive.vocabulary["statuses"].values():
        called = f"Facts that became {w.label}, or no longer are{of}"
        yield from maker.both(f"statuses/{w.id}", called, "index.html", by_status[w.id])


def title(archive: Archive, change: Change) -> str:
    """A change in one line: the status, the one before it where there was another, and the claim."""
    now = archive.shown(change.statement, change.revision.status).label
    if change.before == change.revision.status:
        now = f"Checked again, still {now[:1].lower()}{now[1:]}"
    elif change.before:
        now = f"{archive.shown(change.statement, change.before).label} → {now}"
    return f"{now}: {change.statement.claim}"


def said(archive: Archive, change: Change) -> str:
    """A change in words: the claim, what its status was and is, and why."""
    now = archive.shown(change.statement, change.revision.status)
    if not change.before:
        how = f"Recorded as: {now.label}."
    elif change.before == change.revision.status:
        how = f"Checked again, and still: {now.label}."
    else:
        how = f"Status before: {archive.shown(change.statement, change.before).label}. Status now: {now.label}."
    meaning = f" {now.meaning}" if now.meaning else ""
    return f"{change.statement.claim}\n\n{how}{meaning}\n\nWhy: {change.revision.reason}"


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


class _Feeds:
    """What makes the feeds of one archive."""

    def __init__(self, archive: Archive, base: str, name: str) -> None:
        self.archive, self.base, self.name = archive, base, name

    def both(self, stem: str, called: str, page: str, entries: list[Change]) -> Iterator[tuple[str, bytes]]:
        """The two feeds of some entries, newest first. ``page`` is the page they are about."""
        path = f"{FOLDER}/{stem}"
        yield f"{path}.atom", self._atom(f"{path}.atom", called, page, entries[:MOST])
        yield f"{path}.feed.json", self._json(f"{path}.feed.json", called, page, entries[:MOST])

    def _atom(self, path: str, called: str, page: str, entries: list[Change]) -> bytes:
        root = self.base or "../" * path.count("/")
        feed = Element("feed", {"xmlns": ATOM, "xml:lang": self.archive.claims})
        SubElement(feed, "id").text = identifier(f"feed {path} {self.name}")
        SubElement(feed, "title").text = called
        SubElement(feed, "updated").text = _time(max((c.revision.date for c in entries), default=NEVER))
        SubElement(SubElement(feed, "author"), "name").text = self.name or "The archive"
        own = self.base + path if self.base else path.rpartition("/")[2]
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=own)
        SubElement(feed, "link", rel="alternate", type="text/html", href=root + page)
        for change in entries:
            entry = SubElement(feed, "entry")
            SubElement(entry, "id").text = change.id
            SubElement(entry, "title").text = title(self.archive, change)
            SubElement(entry, "updated").text = _time(change.revision.date)
            SubElement(entry, "link", rel="alternate", type="text/html", href=root + change.address)
            for topic in change.statement.topics:
                SubElement(entry, "category", term=topic, label=self.archive.vocabulary["topics"][topic].label)
            SubElement(entry, "content", type="text").text = said(self.archive, change)
        ElementTree.indent(feed, "")
        return ElementTree.tostring(feed, "utf-8", xml_declaration=True) + b"\n"

    def _json(self, path: str, called: str, page: str, entries: list[Change]) -> bytes:
        feed = {"version": JSON_FEED, "title": called, "language": self.archive.claims}
        if self.base:
            feed |= {"home_page_url": self.base + page, "feed_url": self.base + path}
        if self.name:
            feed["authors"] = [{"name": self.name}]
        feed["items"] = [self._item(change) for change in entries]
        return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()

    def _item(self, change: Change) -> dict:
        item = {"id": change.id}
        if self.base:
            item["url"] = self.base + change.address
        item |= {
            "title": title(self.archive, change),
            "content_text": said(self.archive, change),
            "date_published": _time(change.revision.date),
            "tags": [self.archive.vocabulary["topics"][t].label for t in change.statement.topics],
        }
        own = {"fact": change.statement.id, "entry": change.number, "status": change.revision.status}
        item["_factbook"] = own | ({"before": change.before} if change.before else {})
        return item

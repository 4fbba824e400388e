"""Feeds of changes: Atom (RFC 4287) and JSON Feed 1.1, of everything, of each organization and of each status.

An entry of a feed is an entry of a ledger and has its day, at midnight UTC. Its id is computed from the fact's id and
the place in the ledger, which never change, so a feed reader recognizes it wherever the site has moved. The id of a
feed is computed from its path and the name of the archive, which distinguishes it from another archive's. Without the
address of the site, Atom feeds have links relative to the feed; JSON feeds, whose links must be absolute, have none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from factbook.data.feed_items import Item, of_amended, of_change, of_correction, of_question, of_retraction
from factbook.data.published import Entry, Publication
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, identifier
from factbook.model.ledger import Change, amended, changes, corrections

ENTRIES = (
    Entry(
        "data/v1/changes.atom",
        "application/atom+xml",
        "Feed of what changed last: what was recorded, and what has another status.",
    ),
    Entry("data/v1/changes.feed.json", "application/feed+json", "The same as JSON Feed."),
    Entry(
        "data/v1/organizations/{id}.atom", "application/atom+xml", "Feed of what changed about it; also {id}.feed.json."
    ),
    Entry(
        "data/v1/corrections.atom",
        "application/atom+xml",
        "Feed of our own mistakes that were mended, in records of any kind; also corrections.feed.json.",
    ),
    Entry(
        "data/v1/questions.atom", "application/atom+xml", "Feed of the answers, newest first; also questions.feed.json."
    ),
    Entry(
        "data/v1/statuses/{id}.atom",
        "application/atom+xml",
        "Feed of the facts that gained or lost a status; also {id}.feed.json.",
    ),
)
"""The files of this part, in the order in which they are documented."""


Items = Sequence[Item]
MOST = 100
"""Entries of one feed at most, the newest."""
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = "1970-01-01"
"""The day of a feed without an entry: Atom requires one."""


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield every feed as (path, bytes)."""
    base, name = publication.base, publication.name
    every = changes(archive)
    besides = [of_retraction(archive, source) for source in archive.retracted.values()]
    every_amendment = list(amended(archive))
    besides += [of_amended(archive, one) for one in every_amendment if one.revision.corrected]
    after = [of_amended(archive, one) for one in every_amendment if one.what == "changed" and one.kind != "redirect"]
    by_organization, by_status = defaultdict(list), defaultdict(list)
    for change in every:
        for organization in change.statement.organizations:
            by_organization[organization].append(change)
        recorded = {change.before, change.revision.status} - {""}
        for status in recorded | {archive.shown_status(change.statement, status).id for status in recorded}:
            by_status[status].append(change)
    of = f" · {name}" if name else ""
    maker = _Feeds(archive, base, name)
    yield from maker.changes("changes", f"What changed{of}", "index.html", every, besides, after)
    before: dict[str, list[str]] = defaultdict(list)
    for old, new in archive.moved_ids["organization"].items():
        before[new].append(old)
    for o in archive.organizations.values():
        page = f"organizations/{o.id}.html"
        called = f"What changed: {o.label}{of}"
        of_body = [[item for item in items if o.id in item.about] for items in (besides, after)]
        for name in (o.id, *before.get(o.id, ())):  # who subscribed under an id that has moved still hears of it
            yield from maker.changes(f"organizations/{name}", called, page, by_organization[o.id], *of_body)
    for w in archive.vocabulary["statuses"].values():
        called = f"Facts that became {w.label}, or no longer are{of}"
        yield from maker.changes(f"statuses/{w.id}", called, "index.html", by_status[w.id])
    found = [of_correction(archive, change) for change in corrections(archive)[:MOST]]
    yield from maker.both("corrections", f"Corrections{of}", "corrections.html", found)
    weighed = sorted(archive.questions.values(), key=lambda q: (q.weighed, q.id), reverse=True)
    answers = [of_question(archive, question) for question in weighed[:MOST]]
    yield from maker.both("questions", f"Questions and answers{of}", "questions/index.html", answers)


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


class _Feeds:
    """Formats the feeds of one archive."""

    def __init__(self, archive: Archive, base: str, name: str) -> None:
        self.archive, self.base, self.name = archive, base, name

    def changes(
        self, stem: str, called: str, page: str, entries: list[Change], before: Items = (), after: Items = ()
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the two feeds of some ledger entries, newest first, with other items ``before`` and ``after`` the
        entries of the same day."""
        items = [of_change(self.archive, change) for change in entries[:MOST]]
        items = sorted([*before, *items, *after], key=lambda item: item.day, reverse=True)
        yield from self.both(stem, called, page, items)

    def both(self, stem: str, called: str, page: str, entries: list[Item]) -> Iterator[tuple[str, bytes]]:
        """Yield the two feeds of some entries, newest first. ``page`` is the page that they are about."""
        path = f"{FOLDER}/{stem}"
        yield f"{path}.atom", self._atom(f"{path}.atom", called, page, entries[:MOST])
        yield f"{path}.feed.json", self._json(f"{path}.feed.json", called, page, entries[:MOST])

    def _atom(self, path: str, called: str, page: str, entries: list[Item]) -> bytes:
        root = self.base or "../" * path.count("/")
        feed = Element("feed", {"xmlns": ATOM, "xml:lang": self.archive.claims})
        SubElement(feed, "id").text = identifier(f"feed {path} {self.name}")
        SubElement(feed, "title").text = called
        SubElement(feed, "updated").text = _time(max((item.day for item in entries), default=NEVER))
        SubElement(SubElement(feed, "author"), "name").text = self.name or "The archive"
        own = self.base + path if self.base else path.rpartition("/")[2]
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=own)
        SubElement(feed, "link", rel="alternate", type="text/html", href=root + page)
        for item in entries:
            entry = SubElement(feed, "entry")
            SubElement(entry, "id").text = item.id
            SubElement(entry, "title").text = item.title
            SubElement(entry, "updated").text = _time(item.day)
            SubElement(entry, "link", rel="alternate", type="text/html", href=root + item.address)
            for topic in item.topics:
                SubElement(entry, "category", term=topic, label=self.archive.vocabulary["topics"][topic].label)
            SubElement(entry, "content", type="text").text = item.text
        ElementTree.indent(feed, "")
        xml: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
        return xml + b"\n"

    def _json(self, path: str, called: str, page: str, entries: list[Item]) -> bytes:
        feed: dict[str, Any] = {"version": JSON_FEED, "title": called, "language": self.archive.claims}
        if self.base:
            feed |= {"home_page_url": self.base + page, "feed_url": self.base + path}
        if self.name:
            feed["authors"] = [{"name": self.name}]
        feed["items"] = [self._item(item) for item in entries]
        return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()

    def _item(self, item: Item) -> dict[str, Any]:
        made: dict[str, Any] = {"id": item.id}
        if self.base:
            made["url"] = self.base + item.address
        return made | {
            "title": item.title,
            "content_text": item.text,
            "date_published": _time(item.day),
            "tags": [self.archive.vocabulary["topics"][t].label for t in item.topics],
            "_factbook": item.more,
        }

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

from msgspec import Struct
from msgspec.structs import replace

from factbook.data.published import Entry, Publication
from factbook.model import verdict
from factbook.model.answers import Question
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER, identifier
from factbook.model.kinds import values_at
from factbook.model.ledger import Change, Mended, changes, corrections, mended
from factbook.model.records import Redirect, Source
from factbook.model.retraction import awaiting
from factbook.model.staleness import changed_since

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
    besides += [of_mended(archive, one) for one in mended(archive)]
    by_organization, by_status = defaultdict(list), defaultdict(list)
    for change in every:
        for organization in change.statement.organizations:
            by_organization[organization].append(change)
        recorded = {change.before, change.revision.status} - {""}
        for status in recorded | {archive.shown(change.statement, status).id for status in recorded}:
            by_status[status].append(change)
    of = f" · {name}" if name else ""
    maker = _Feeds(archive, base, name)
    yield from maker.changes("changes", f"What changed{of}", "index.html", every, besides)
    before: dict[str, list[str]] = defaultdict(list)
    for old, new in archive.moved_ids["organization"].items():
        before[new].append(old)
    for o in archive.organizations.values():
        page = f"organizations/{o.id}.html"
        called = f"What changed: {o.label}{of}"
        of_body = [item for item in besides if o.id in item.about]
        for name in (o.id, *before.get(o.id, ())):  # who subscribed under an id that has moved still hears of it
            yield from maker.changes(f"organizations/{name}", called, page, by_organization[o.id], of_body)
    for w in archive.vocabulary["statuses"].values():
        called = f"Facts that became {w.label}, or no longer are{of}"
        yield from maker.changes(f"statuses/{w.id}", called, "index.html", by_status[w.id])
    found = [of_correction(archive, change) for change in corrections(archive)[:MOST]]
    yield from maker.both("corrections", f"Corrections{of}", "corrections.html", found)
    weighed = sorted(archive.questions.values(), key=lambda q: (q.weighed, q.id), reverse=True)
    answers = [of_question(archive, question) for question in weighed[:MOST]]
    yield from maker.both("questions", f"Questions and answers{of}", "questions/index.html", answers)


def title(archive: Archive, change: Change) -> str:
    """Return a change in one line: the status, the one before it where there was another, and the claim."""
    now = archive.shown(change.statement, change.revision.status).label
    if change.before == change.revision.status:
        now = f"Checked again, still {now[:1].lower()}{now[1:]}"
    elif change.before:
        now = f"{archive.shown(change.statement, change.before).label} → {now}"
    return f"{now}: {change.statement.claim}"


def said(archive: Archive, change: Change) -> str:
    """Return a change in words: the claim, its status before and after, and why."""
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


class Item(Struct, frozen=True, kw_only=True):
    """One entry of a feed: an id that never changes, its title, its day (ISO), the address it links to, relative to the
    site, its text, its topics, further data for programs, and the organizations that it is about."""

    id: str
    title: str
    day: str
    address: str
    text: str
    topics: tuple[str, ...] = ()
    more: dict[str, str | int] = {}
    about: frozenset[str] = frozenset()


def of_change(archive: Archive, change: Change) -> Item:
    """Return an entry of a ledger as an entry of a feed."""
    more: dict[str, str | int] = {
        "fact": change.statement.id,
        "entry": change.number,
        "status": change.revision.status,
        "standing": archive.shown(change.statement, change.revision.status).id,
    }
    return Item(
        id=change.id,
        title=title(archive, change),
        day=change.revision.date,
        address=change.address,
        text=said(archive, change),
        topics=change.statement.topics,
        more=more | ({"before": change.before} if change.before else {}),
    )


def of_correction(archive: Archive, change: Change | Mended) -> Item:
    """Return a corrected mistake of the archive, or a withdrawn statement, as an entry of a feed."""
    if isinstance(change, Mended):
        return of_mended(archive, change)
    item = of_change(archive, change)
    mended = [f"{c.field}: {c.before} → {c.after}" for c in change.revision.corrected]
    return replace(
        item,
        id=identifier(f"correction {change.statement.id} {change.number}"),
        title=f"Corrected: {verdict.title(archive, change.statement)}" if mended else item.title,
        text="\n\n".join([*mended, f"Why: {change.revision.reason}"]),
    )


def of_mended(archive: Archive, one: Mended) -> Item:
    """Return a mistake in a record other than a fact that was mended as an entry of a feed, with the kind of record."""
    record = one.record
    called = verdict.title(archive, archive.statements[record.moved_to]) if isinstance(record, Redirect) else ""
    lines = [f"{c.field}: {c.before} → {c.after}" for c in one.revision.corrected]
    return Item(
        id=one.id,
        title=f"{one.kind.capitalize()} corrected: {called or getattr(record, one.of.title)}",
        day=one.revision.date,
        address=one.address,
        text="\n\n".join([*lines, f"Why: {one.revision.reason}"]),
        more={one.of.ids: record.id, "entry": one.number},
        about=frozenset(_about(archive, one)),
    )


def _about(archive: Archive, one: Mended) -> Iterator[str]:
    """Yield the ids of the organizations that a record is about: itself, those that it names, and those of the facts
    that it names or that cite it."""
    if one.of.name == "organization":
        yield one.record.id
    facts = [*archive.by_source.get(one.record.id, ())] if one.of.name == "source" else []
    for way, named in one.of.names.items():
        for _, _, text in values_at([one.record], way):
            if named == "organization":
                yield text
            elif named == "fact" and text in archive.statements:
                facts.append(archive.statements[text])
    for statement in facts:
        yield from statement.organizations


def of_retraction(archive: Archive, source: Source) -> Item:
    """Return the retraction of a source as an entry of a feed, with the facts that cite it."""
    day, reason = (source.retracted.date, source.retracted.reason) if source.retracted else ("", "")
    cited = archive.by_source.get(source.id, [])
    lines = [f"Why: {reason}"]
    for statement in cited:
        waiting = " (not weighed again since)" if source in awaiting(archive, statement) else ""
        lines.append(f"{archive.status(statement).label}: {statement.claim}{waiting}")
    return Item(
        id=identifier(f"retraction {source.id} {day}"),
        title=f"Source retracted: {source.title}",
        day=day,
        address=f"sources/{source.id}.html",
        text="\n\n".join(lines),
        more={"source": source.id, "facts": len(cited)},
        about=frozenset(name for statement in cited for name in statement.organizations),
    )


def of_question(archive: Archive, question: Question) -> Item:
    """Return an answer as an entry of a feed: a new one each time it is weighed."""
    changed = changed_since(archive, question)
    lines = [" ".join(s.text for s in question.answer)] if question.answer else ["Not known yet."]
    lines += [question.unknown] if question.unknown else []
    named = (archive.statements[fact] for fact in question.facts if fact in archive.statements)
    lines += [f"{archive.status(statement).label}: {statement.claim}" for statement in named]
    if changed:
        lines.insert(0, "This answer is due for review: facts that it is based on have changed.")
    return Item(
        id=identifier(f"question {question.id} {question.weighed}"),
        title=question.question,
        day=question.weighed,
        address=f"questions/{question.id}.html",
        text="\n\n".join(lines),
        topics=question.topics,
        more={"question": question.id, "due": "yes" if changed else "no"},
    )


class _Feeds:
    """Formats the feeds of one archive."""

    def __init__(self, archive: Archive, base: str, name: str) -> None:
        self.archive, self.base, self.name = archive, base, name

    def changes(
        self, stem: str, called: str, page: str, entries: list[Change], also: Sequence[Item] = ()
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the two feeds of some ledger entries, newest first, with the items ``also`` on their days."""
        items = [of_change(self.archive, change) for change in entries[:MOST]]
        if also:  # before the entries of its own day
            items = sorted([*also, *items], key=lambda item: item.day, reverse=True)
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

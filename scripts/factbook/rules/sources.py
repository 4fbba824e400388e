"""Rules for sources: one record for each document, one place for it in a fact, and an address that lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from factbook.model import replies_and_reviews, same_document
from factbook.model.addresses import canonical, tracking, without_tracking
from factbook.model.archive import Archive
from factbook.model.records import Organization, Record, Source, Statement
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule
from factbook.text import listed, show


def addresses(archive: Archive) -> Iterator[tuple[Record, Pointer, str]]:
    """Yield every address of a page: the record, the pointer to the text, and the text. Addresses of archived copies
    are left out: the web archive makes them."""
    for source in archive.sources.values():
        if source.url:
            yield source, ("url",), source.url
    for organization in archive.organizations.values():
        if organization.website:
            yield organization, ("website",), organization.website
    for judgement in replies_and_reviews.all_judgements(archive):
        if judgement.url:
            yield judgement, ("url",), judgement.url


@rule(scope="record")
def tracking_in_address(archive: Archive) -> Iterator[Finding]:
    """An address must not hold parameters that track readers, such as utm_source or fbclid.

    They say where the contributor came from and nothing about the page, and they make one page look like two.
    """
    for record, pointer, url in addresses(archive):
        if names := tracking(url):
            message = "the address holds parameters that track readers"
            hint = f"Write {show(without_tracking(url), 1000)}"
            yield finding(record, pointer, message, value=listed(map(show, names)), hint=hint)


@rule(scope="archive", severity="warning", waivable=True)
def document_recorded_twice(archive: Archive) -> Iterator[Finding]:
    """Two sources should not be records of one document: it would look like two witnesses.

    One document is what has the same address, but for tracking parameters, www., the scheme, a slash at the end, an AMP
    page or an archived copy; or the same title, publisher and day, or month where one of them knows no day. A page that
    was published anew on another day may have a record for each day. Until one record is left, all count as one voice.
    """
    before: dict[object, list[Source]] = defaultdict(list)
    for _, source in sorted(archive.sources.items()):
        for mark in same_document.marks(source):
            alike = (s for s in before[mark] if same_document.holds(mark, source, s))
            other = next((s for s in alike if not _two_versions(source, s)), None)
            if other is not None:
                field = "title"
                if isinstance(mark, str):
                    field = "url" if source.url and canonical(source.url) == mark else "archive_url"
                message = "another source is a record of the same document"
                hint = f"Cite {other.id} instead, or join the two"
                yield finding(source, (field,), message, value=show(getattr(source, field), 200), hint=hint)
                break
        for mark in same_document.marks(source):
            before[mark].append(source)


def _two_versions(one: Source, other: Source) -> bool:
    """Return whether the sources are of different days: they may be two versions of one page at the same address."""
    days = sorted((one.published or "", other.published or ""))
    return bool(days[0]) and not f"{days[1]}-".startswith(f"{days[0]}-")


@rule(scope="archive")
def source_cited_twice(archive: Archive) -> Iterator[Finding]:
    """A fact or an organization must cite a source once, on one side.

    A source that both supports and contradicts a claim says nothing about it, and one that is named twice looks like
    two. Two records of one document are one source here.
    """
    same = same_document.shared(archive)
    records: list[Statement | Organization] = [*archive.statements.values(), *archive.organizations.values()]
    for record in records:
        cited: dict[str, tuple[str, str]] = {}
        for i, reference in enumerate(record.references):
            document = same.get(reference.source, reference.source)
            if document not in cited:
                cited[document] = (reference.source, reference.stance)
                continue
            name, stance = cited[document]
            if name != reference.source and _two_versions(archive.sources[name], archive.sources[reference.source]):
                continue
            apart = "" if isinstance(record, Organization) or stance == reference.stance else ", on the other side"
            message = f"this source is cited already{apart}"
            if name != reference.source:
                message = f"{name}, a record of the same document, is cited already{apart}"
            hint = "Join the two references, with both places in locator."
            if apart:
                hint = "Keep the side that the document as a whole takes, and say the rest in its note."
            yield finding(record, ("sources", i, "source"), message, value=reference.source, hint=hint)

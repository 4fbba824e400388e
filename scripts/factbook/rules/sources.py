"""Rules for sources: one record for each document, one place for it in a fact, and an address that lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from factbook import program
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
    page or an archived copy; or the same title, publisher and day, or month where one of them knows no day. Until one
    record is left, all count as one voice. A page that said something else years later may keep a record for each
    state of it: say so in a waiver.
    """
    before: dict[object, list[Source]] = defaultdict(list)
    for _, source in sorted(archive.sources.items()):
        for mark in same_document.marks(source):
            other = next((s for s in before[mark] if same_document.holds(mark, source, s)), None)
            if other is not None:
                field = "title"
                if isinstance(mark, str):
                    field = "url" if source.url and canonical(source.url) == mark else "archive_url"
                message = "another source is a record of the same document"
                command = program.command(f"merge {other.id} {source.id} --reason TEXT")
                hint = f"Cite {other.id} instead, or make one of the two: {command}"
                yield finding(source, (field,), message, value=show(getattr(source, field), 200), hint=hint)
                break
        for mark in same_document.marks(source):
            before[mark].append(source)


@rule(scope="archive", waivable=True)
def source_cited_twice(archive: Archive) -> Iterator[Finding]:
    """A fact or an organization must cite a source once, on one side.

    A source that both supports and contradicts a claim says nothing about it, and one that is named twice looks like
    two. Two records of one document are one source here, but for two states of one page, which a waiver tells apart.
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
            apart = "" if isinstance(record, Organization) or stance == reference.stance else ", on the other side"
            message = f"this source is cited already{apart}"
            if name != reference.source:
                message = f"{name}, a record of the same document, is cited already{apart}"
            hint = "Join the two references, with both places in locator."
            if apart:
                hint = "Keep the side that the document as a whole takes, and say the rest in its note."
            yield finding(record, ("sources", i, "source"), message, value=reference.source, hint=hint)

"""Rules for what others say of a fact: replies, and the judgements of other fact-checkers."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model import replies_and_reviews
from factbook.model.addresses import canonical
from factbook.model.archive import Archive
from factbook.model.judgements import Reply, Review
from factbook.rules.dates import in_the_future, parsed
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule


def called(judgement: Reply | Review) -> str:
    """What people call the record: the reply, or the judgement."""
    return "the reply" if isinstance(judgement, Reply) else "the judgement"


@rule(scope="record")
def judgement_without_address(archive: Archive) -> Iterator[Finding]:
    """A reply and the judgement of another fact-checker must name one place where they can be read.

    That is a source of the archive or an address. What nobody can open is hearsay, and of two places one would be
    shown and the other lost.
    """
    for judgement in replies_and_reviews.said(archive):
        if judgement.source and judgement.url:
            message = f"{called(judgement)} names two places where it can be read"
            yield finding(judgement, ("url",), message, value=judgement.url, hint="Keep source or url, not both.")
        elif not judgement.source and not judgement.url:
            message = f"{called(judgement)} names no place where it can be read"
            hint = "Add url: with its address, or source: with the id of the source it stands in."
            yield finding(judgement, ("by",), message, value=judgement.by, hint=hint)


@rule(scope="archive")
def judgement_in_the_future(archive: Archive) -> Iterator[Finding]:
    """A reply and the judgement of another fact-checker must not be dated after the build date, or after today where no
    date is given.

    Nobody has said yet what he will say.
    """
    for judgement in replies_and_reviews.said(archive):
        date = parsed(judgement.date)
        if archive.last_day and date and date.earliest and date.earliest > archive.last_day:
            message = f"{called(judgement)} is dated in the future"
            yield finding(judgement, ("date",), message, **in_the_future(archive, date.text))


@rule(scope="archive")
def judgement_recorded_twice(archive: Archive) -> Iterator[Finding]:
    """The judgement of another fact-checker on a fact must be recorded once.

    It is counted among those that agree or differ, and one that is recorded twice would count as two. One judgement is
    what can be read at one address, or in one source.
    """
    known: dict[tuple[str, str], str] = {}
    for review in sorted(archive.reviews.values(), key=lambda r: r.id):
        address = canonical(replies_and_reviews.address_of(archive, review)) or review.source
        first = known.setdefault((review.fact, address), review.id)
        if first != review.id and address:
            hint = f"Keep one of the two; the other is {first}."
            yield finding(review, ("fact",), "this judgement is recorded already", value=review.fact, hint=hint)

"""Rules for what others say of a fact: replies, and the judgements of other fact-checkers."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model import edtf, replies_and_reviews
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
    for judgement in replies_and_reviews.all_judgements(archive):
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
    for judgement in replies_and_reviews.all_judgements(archive):
        date = parsed(judgement.date)
        if archive.last_day and date and date.earliest and date.earliest > archive.last_day:
            message = f"{called(judgement)} is dated in the future"
            yield finding(judgement, ("date",), message, **in_the_future(archive, date.text))


@rule(scope="archive", waivable=True)
def judgement_before_claim(archive: Archive) -> Iterator[Finding]:
    """A reply and the judgement of another fact-checker must not be older than the claim that they are about.

    Nobody answers what has not been said: neither what happened later, nor what every source in support was published
    after. Nor can one be younger than the source in which it can be read. An uncertain date of its own shows
    nothing; that of a fact or a source has one unit more on each side.
    """
    for judgement in replies_and_reviews.all_judgements(archive):
        date = parsed(judgement.date)
        if date is None or date.fuzzy:
            continue
        facts = judgement.facts if isinstance(judgement, Reply) else (judgement.fact,)
        limits = [(limit, name) for name in facts if (limit := _begun(archive, name))]
        limit, name = max(limits, default=("", ""))
        source = None if judgement.url else archive.sources.get(judgement.source)
        place = parsed(source.published) if source else None
        if limit and date.latest and date.latest < limit:
            message = f"{called(judgement)} is older than what it is about"
            hint = "One of the dates is wrong, or it is about another fact."
            yield finding(
                judgement, ("date",), message, value=date.text, allowed=f"{limit} or later ({name})", hint=hint
            )
        if place and date.earliest and date.earliest > edtf.margin(place)[1]:
            message = f"{called(judgement)} is younger than the source it can be read in"
            allowed = f"{place.text} or earlier ({judgement.source})"
            hint = "One of the dates is wrong, or it can be read elsewhere."
            yield finding(judgement, ("date",), message, value=date.text, allowed=allowed, hint=hint)


def _begun(archive: Archive, name: str) -> str:
    """Return the first day (ISO) on which somebody can have answered a fact; empty where no date tells."""
    statement = archive.statements.get(name)
    if statement is None:
        return ""
    ahead = archive.vocabulary["fact_kinds"][statement.kind].has("ahead")
    held = None if ahead else parsed(statement.date)
    sources = [archive.sources.get(reference.source) for reference in statement.cited("supports")]
    told = [parsed(source.published) if source else None for source in sources]
    sure = [edtf.margin(date)[0] for date in told if date and date.earliest]
    first = min(sure) if sure and len(sure) == len(told) else ""
    return max(first, edtf.margin(held)[0] if held and held.earliest else "")


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

"""Replies and the judgements of other fact-checkers: beside the fact, on one page, in the data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

import archives
from archives import TODAY
from factbook.authoring import yaml_layout
from factbook.check.run import check
from factbook.data import json_files, jsonld
from factbook.data.published import Publication
from factbook.model import replies_and_reviews
from factbook.model.archive import Archive
from factbook.pages.kinds import Pages
from factbook.render import po
from factbook.render.language import Language

FACT, BARE = "keeper-left-gull-rock-1902", "gull-rock-lamp-lit-1901"
REPLY, REVIEW = "board-of-keepers-1903", "tern-gazette-1903"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small archive as a folder."""
    return archives.archive(tmp_path / "small")


@pytest.fixture
def small(root: Path) -> Archive:
    """The small archive."""
    found, problems = check(root, TODAY)
    assert found is not None
    assert problems == []
    return found


def plain(html: str) -> str:
    """The text of a page in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def with_reviews(small: Archive, *compared: str) -> Archive:
    """The small archive with as many judgements, each of which compares so with ours, of one day after the other."""
    first = small.reviews[REVIEW]
    made = [
        replace(first, id=f"r{n}", date=f"190{n}", compared=word, url=f"https://gazette.example/{n}")
        for n, word in enumerate(compared, 1)
    ]
    return replace(small, reviews={review.id: review for review in made})


def test_a_reply_and_a_judgement_stand_on_the_page_of_their_fact(small: Archive) -> None:
    """Who says it, in our words, when, where it can be read, and how a judgement compares."""
    page = plain(Pages(small).page(("fact", FACT)).body)
    assert "The Board of Keepers Every keeper stayed at his post through the storm" in page
    assert "The Tern Gazette Nobody can say any more whether the keeper stayed. agrees with ours" in page
    assert 'href="https://gazette.example/keeper-stayed"' in Pages(small).page(("fact", FACT)).body


def test_neither_changes_what_the_archive_says(small: Archive) -> None:
    """Without them the fact has the same status, version and title."""
    without = replace(small, replies={}, reviews={})
    for archive in (small, without):
        assert archive.status(archive.statements[FACT]).id == "disputed"
    assert (
        json_files.document(small, "facts", small.statements[FACT])["derived"]["version"]
        == (json_files.document(without, "facts", without.statements[FACT])["derived"]["version"])
    )


def test_a_fact_without_them_has_no_heading_and_no_byte_more(small: Archive) -> None:
    """The page of another fact is the same with and without the records."""
    without = replace(small, replies={}, reviews={})
    assert Pages(small).page(("fact", BARE)) == Pages(without).page(("fact", BARE))
    page = Pages(without).page(("fact", FACT)).body
    assert [word for word in ("replies", "reviews", "judgements") if word in page] == []


def test_the_page_of_judgements_counts_them_and_shows_those_that_differ_first(small: Archive) -> None:
    """The counts stand above the table, whose rows go from those that differ to those that agree, newest first."""
    block = Pages(with_reviews(small, "agrees", "differs", "partly", "differs")).block("judgements", "")
    counts = "differs from ours 2 · agrees in part 1 · agrees with ours 1"
    assert f"4 judgements of other fact-checkers are recorded here: {counts}" in plain(block)
    assert re.findall(r'<tr id="review-(r\d)">', block) == ["r4", "r2", "r3", "r1"]


def test_an_archive_without_any_says_so_in_one_sentence(small: Archive) -> None:
    """The page of judgements of such an archive has no table and no heading."""
    block = Pages(replace(small, replies={}, reviews={})).block("judgements", "")
    assert plain(block) == "No judgement of another fact-checker has been recorded."


@pytest.mark.parametrize(("code", "said"), [("ru", "согласуется с нашей"), ("kk", "біздікімен сәйкес")])
def test_the_comparison_is_in_the_language_of_the_page(small: Archive, root: Path, code: str, said: str) -> None:
    """What the archive adds to a judgement is translated; the judgement itself is marked as in another language."""
    language = Language(code, po.read(code, root))
    page = Pages(small, language=language).page(("fact", FACT)).body
    assert said in plain(page)
    assert '<span lang="en">Nobody can say any more whether the keeper stayed.</span>' in page


def test_a_judgement_names_its_source_where_that_is_recorded(small: Archive) -> None:
    """Its address is that of the source, and the source is named."""
    review = replace(small.reviews[REVIEW], url="", source="harbour-post-1902")
    archive = replace(small, reviews={REVIEW: review})
    assert replies_and_reviews.address_of(archive, review) == small.sources["harbour-post-1902"].url
    assert "../sources/harbour-post-1902.html" in Pages(archive).page(("fact", FACT)).body


def test_they_are_exported_with_each_fact_and_by_themselves(small: Archive) -> None:
    """The document of a fact names them, and each has a document of its own."""
    derived = json_files.document(small, "facts", small.statements[FACT])["derived"]
    assert (derived["replies"], derived["reviews"]) == ([REPLY], [REVIEW])
    assert "replies" not in json_files.document(small, "facts", small.statements[BARE])["derived"]
    files = dict(json_files.files(small, Publication()))
    review = json.loads(bytes(files[f"data/v1/reviews/{REVIEW}.json"]))  # type: ignore[arg-type]
    assert review["derived"]["standing"] == "disputed"
    assert review["derived"]["address"] == "https://gazette.example/keeper-stayed"
    assert json.loads(bytes(files[f"data/v1/replies/{REPLY}.json"]))["by"] == "The Board of Keepers"  # type: ignore[arg-type]


def test_a_judgement_is_a_claim_review_in_the_linked_data(small: Archive) -> None:
    """It names its author and its claim, and its rating has words and no number; a reply is a comment on the claim."""
    nodes = {node["@id"]: node for node in json.loads(b"".join(jsonld.dump(small, "../../", "Small")))["@graph"]}
    review = nodes[f"../../judgements.html#review-{REVIEW}"]
    assert review["@type"] == ["ClaimReview", "prov:Entity"]
    assert review["author"] == {"@type": "Organization", "name": "The Tern Gazette"}
    assert review["itemReviewed"] == f"../../facts/{FACT}.html#claim"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Nobody can say any more whether the keeper stayed.",
    }
    reply = nodes[f"../../judgements.html#reply-{REPLY}"]
    assert reply["parentItem"] == [f"../../facts/{FACT}.html#claim"]
    assert reply["author"] == {"@id": "../../organizations/keepers-board.html#organization"}


@pytest.mark.parametrize(("kind", "name"), [("reply", REPLY), ("review", REVIEW)])
def test_they_are_laid_out_like_their_examples(root: Path, small: Archive, kind: str, name: str) -> None:
    """The canonical layout of both is that of the example archive."""
    path = f"{'replies' if kind == 'reply' else 'reviews'}/{name}.yaml"
    data = (root / "facts" / path).read_bytes()
    assert yaml_layout.canonical(kind, path, data, small.schemas) == data


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (f"reviews/{REVIEW}.yaml", "agrees", "perhaps", "compared must be a word of the vocabulary"),
        (f"reviews/{REVIEW}.yaml", "keeper-left-gull-rock-1902", "keeper-left", "there is no fact with this id"),
        (f"reviews/{REVIEW}.yaml", "1902\n", "1902\nstatus: refuted\n", "there is no such field in a review"),
        (f"reviews/{REVIEW}.yaml", "keeper-stayed", "keeper-stayed?utm_source=x", "the address holds parameters"),
        (f"replies/{REPLY}.yaml", "[keeper-left-gull-rock-1902]", "[gull-rock-lit]", "the fact has moved"),
        (f"replies/{REPLY}.yaml", "[keeper-left-gull-rock-1902]", "[]", "facts is empty"),
    ],
)
def test_the_rules_of_all_records_hold_for_them(root: Path, path: str, old: str, new: str, said: str) -> None:
    """A wrong word, name, field or address in one of them is an error of its file."""
    file = root / "facts" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    messages = [p.message for p in check(root, TODAY)[1] if p.path == f"facts/{path}"]
    assert [m for m in messages if m.startswith(said)], messages

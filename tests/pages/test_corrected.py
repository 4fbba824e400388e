"""What a correction says is told in the words of its readers: labels, names and links, never fields and ids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import fields, replace

import sites
from archives import ROOT, TODAY, archive
from factbook.check.run import check
from factbook.data.feed_items import of_correction
from factbook.model import ledger
from factbook.model.archive import Archive
from factbook.model.entries import Amendment, Correction
from factbook.model.kinds import KINDS
from factbook.model.ledger_fields import fields_in_ledger
from factbook.pages.context import PER_PAGE
from factbook.pages.kinds import Pages
from factbook.render import corrected, po
from factbook.render.language import Language

STORM = "storm-broke-gull-rock-lamp-1902"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The small archive."""
    return check(archive(tmp_path_factory.mktemp("small") / "a"), TODAY)[0]


def corrected_in(small: Archive, *made: tuple[str, str, str]) -> Archive:
    """The small archive with one more entry of the storm, which makes these corrections."""
    storm = small.statements[STORM]
    entry = replace(
        storm.history[-1],
        date="2024-06-01",
        corrected=tuple(Correction(field=f, before=b, after=a) for f, b, a in made),
    )
    return replace(small, statements=small.statements | {STORM: replace(storm, history=(*storm.history, entry))})


def told(pages: Pages) -> list[str]:
    """Each correction in the list of corrections, as the words that a reader sees."""
    return [sites.plain(part) for part in str(pages.block("corrections", "")).split("<dt>")[1:]]


def names() -> Iterator[str]:
    """The fields of every kind of record that its ledger tells of, as their files name them."""
    for kind in KINDS.values():
        of = {f.name: f.encode_name for f in fields(kind.type)}
        yield from (of[name] for name in fields_in_ledger(kind.type))


def test_every_field_of_a_ledger_has_a_label() -> None:
    """No field that may be corrected would be shown by its name in the file."""
    assert set(names()) - set(corrected.labels(str)) == set()


def test_a_field_is_named_as_its_readers_name_it(small: Archive) -> None:
    """In English and in Russian: the field, the source that it is of with its title, and the words for ids."""
    found = corrected_in(
        small,
        ("locator of harbour-post-1902", "page 1", "page 2"),
        ("status", "unreviewed", "reported"),
        ("date", "none", "1902-11"),
        ("speaker", "The Board", "none"),
        ("organizations", "gull-rock-light", "gull-rock-light, keepers-board"),
        ("cell Height of 1902", "30 m", "31 m"),
    )
    shown = " ".join(told(Pages(found)))
    for words in (
        "Where in the source · ",
        "Status Not reviewed Reported",
        "Date date not recorded November 1902",
        "Said by The Board nothing",
        "About Gull Rock Light Gull Rock Light , Board of Keepers",
        "Cell of the table · Height of 1902 30 m 31 m",
    ):
        assert words in shown, (words, shown)
    russian = Pages(found, language=Language("ru", po.read("ru", ROOT), claims="en"))
    assert "Где в источнике · " in (said := " ".join(told(russian))) and "Кто сказал The Board ничего" in said


def test_the_page_of_a_fact_names_no_field_by_its_code(small: Archive) -> None:
    """The ledger of a fact says the same as the list of corrections, with links from its own folder."""
    page = Pages(corrected_in(small, ("locator of harbour-post-1902", "page 1", "page 2"))).page(("fact", STORM)).body
    assert "locator of" not in page
    assert 'Where in the source · <a href="../sources/harbour-post-1902.html"' in " ".join(page.split())


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (("kind", "event", "membership"), "Kind: Event → membership"),
        (("date", "none", "1902-11"), "Date: date not recorded → November 1902"),
        (("speaker", "The Board", "none"), "Said by: The Board → nothing"),
        (("organizations", "gull-rock-light", "keepers-board"), "About: Gull Rock Light → Board of Keepers"),
        (("cell Height of 1902", "30 m", "31 m"), "Cell of the table · Height of 1902: 30 m → 31 m"),
    ],
)
def test_a_feed_says_a_correction_in_the_same_words(small: Archive, made: tuple[str, str, str], said: str) -> None:
    """The entry of the feed of corrections names the field, and what it held, as the list of corrections does."""
    found = corrected_in(small, made)
    (item,) = [of_correction(found, c) for c in ledger.corrections(found) if c.revision.date == "2024-06-01"]
    assert item.text.startswith(f"{said}\n\nWhy: ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("harbour-post-1902, board-notice-1903", ["source", "word", "source"]),
        ("harbour-post-1902, which says so", ["source", "text"]),
        ("a voice of its own", ["text"]),
        ("none", ["nothing"]),
        ("", []),
    ],
)
def test_ids_are_told_apart_from_the_words_beside_them(small: Archive, text: str, shown: list[str]) -> None:
    """A list of ids is names; of a sentence only the ids in it are, and signs between names have no language."""
    assert [kind for kind, _ in corrected.value(small, "sources", text)] == shown


def test_the_word_for_a_relation_stands_in_a_list_and_not_in_a_sentence(small: Archive) -> None:
    """An ordinary word that is the code of a relation too is a word where the rest is a sentence."""
    one, *_ = small.vocabulary["relations"]
    assert [kind for kind, _ in corrected.value(small, "relations", f"{one}: {STORM}")] == ["word", "word", "fact"]
    assert [kind for kind, _ in corrected.value(small, "relations", f"{one} to it")] == ["text"]


def test_a_long_list_of_corrections_is_on_several_pages(small: Archive) -> None:
    """As every long list, it goes on after so many entries; all of them are there, once."""
    source = next(iter(small.sources.values()))
    mended = Correction(field="title", before="", after="x")
    history = tuple(
        Amendment(date="2024-06-01", reason=f"Reason {n}.", corrected=(replace(mended, before=f"{n}"),))
        for n in range(2 * PER_PAGE + 1)
    )
    pages = Pages(replace(small, sources=small.sources | {source.id: replace(source, history=history)}))
    further = [job for job in pages.further() if job[0] == "corrections"]
    assert [name for _, name in further] == ["2", "3"]
    every = str(pages.block("corrections", "")) + "".join(pages.page(job).body for job in further)
    assert all(every.count(f">Reason {n}.<") == 1 for n in range(2 * PER_PAGE + 1))
    assert 'href="corrections/2.html"' in every and 'href="../corrections.html"' in every

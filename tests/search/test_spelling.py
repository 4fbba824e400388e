"""What is said of words that stand nowhere as they were typed, and of results that have some of the words only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from factbook.search import keys
from factbook.search.words import Words
from factbook.search.written_pages import parts
from readers import Visit

# What the index knows of spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("withdrawal", "withdrawals"),
        ("join", "joining"),
        ("plan", "planned"),
        ("ally", "allied"),
        ("organise", "organized"),
    ],
)
def test_inflections_are_light(one: str, other: str) -> None:
    """Two forms of one word are alike without their inflections."""
    assert keys.light(one) == keys.light(other)


@pytest.mark.parametrize(
    ("one", "other"), [("accession", "accessibility"), ("indestructible", "indestructable"), ("fabricated", "fabric")]
)
def test_a_stem_in_common_is_no_inflection(one: str, other: str) -> None:
    """Snowball gives both one stem, yet they are two words, or one and a slip."""
    assert keys.stems(one)[0] in (*keys.stems(other), other)
    assert keys.light(one) != keys.light(other)


def test_only_inflections_bring_synonyms() -> None:
    """Who looks for accessibility is not shown what means the same as accession."""
    assert keys.inflections("joined") == ["join"]
    assert keys.inflections("accession") == [] and keys.inflections("accessibility") == []
    assert keys.inflections("миротворцев") == keys.stems("миротворцев")


def test_a_seldom_spelling_is_marked_unless_it_is_a_name() -> None:
    """One met a twentieth as often as another is a slip, but a name that a record carries is none."""
    words = Words()
    words.know(["Kharvel lamps"] * 41 + ["Karvel lamp"])
    assert words.forms()["karvel"] == "kharvel ~karvel"
    words.know(["Karvel"], named=True)
    assert words.forms()["karvel"] == "kharvel karvel"


def test_a_spelling_that_the_key_has_is_not_told_again() -> None:
    """Most words are their own keys; of them the index says nothing more."""
    words = Words()
    words.know(["lamp lamps harbour"])
    assert words.forms() == {}


def test_a_written_page_is_found_by_its_description() -> None:
    """How a page describes itself belongs to its beginning."""
    html = (
        '<head><meta name="description" content="Who keeps it."></head><main><h1 id="a">About</h1><p>Text.</p>'
        '<h2 id="b">More</h2></main>'
    )
    assert [part.description for part in parts("about.html", html)] == ["Who keeps it.", ""]


# What the reader is told


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "other"),
    [("keepper", "keeper"), ("Herron", "Heron"), ("Ferow", "Ferrow"), ("lighthous", "lighthouse")],
)
def test_no_slip_is_forgiven_silently(visit: Visit, typed: str, other: str) -> None:
    """Where folding or a stem lets a slip find what was meant, it is said as for any other."""
    page = visit.to(f"search.html?q={typed}&type=Facts")
    expect(page.locator("#said")).to_contain_text(f"No page has “{typed}”; showing “{other}”.")


@pytest.mark.browser
@pytest.mark.parametrize("typed", ["KEEPERS", "lanterns", "Morow", "Ferrów", "Морров", "Ферров"])
def test_case_accents_alphabets_inflections_and_recorded_spellings_are_no_slips(visit: Visit, typed: str) -> None:
    """They find what they mean, and nothing is said of them."""
    page = visit.to(f"search.html?q={typed}")
    expect(page.locator("#said")).to_have_text(re.compile(r"^[\d,]+ found$"))


@pytest.mark.browser
def test_a_designation_is_one_word(visit: Visit) -> None:
    """Neither its letter nor its number is looked for alone, and it is named as it was typed."""
    page = visit.to("search.html?q=F-16")
    expect(page.locator("#said")).to_have_text("No page has “F-16”. Nothing found.")


@pytest.mark.browser
def test_how_many_have_all_words_is_said(visit: Visit) -> None:
    """Of many results only some have all of the words: both numbers are told, at both doors."""
    page = visit.to("search.html?q=L01 L02")
    expect(page.locator("#said")).to_have_text(
        re.compile(r"^\d+ with all of these words, \d+ more with some\. \d+ found$")
    )
    page = visit.to("explore.html#q=L01+L02")
    expect(page.locator("#explore-said")).to_contain_text("with all of these words")


@pytest.mark.browser
def test_what_is_not_found_among_all_facts_may_be_proposed(visit: Visit) -> None:
    """As on the search page; where something is found, nothing is offered."""
    page = visit.to("explore.html#q=penguin")
    expect(page.locator("#propose a").first).to_be_visible()
    page.locator("#explore-q").fill("lantern")
    expect(page.locator("#explore-list li").first).to_be_visible()
    expect(page.locator("#propose")).to_be_hidden()

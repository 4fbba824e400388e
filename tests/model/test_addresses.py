"""Addresses of one document are the same in canonical form, and those of two are not."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.model.addresses import at_fragment, canonical, tracking, without_tracking

PAGE = "https://tern-gazette.example/1902/tower"


@pytest.mark.parametrize(
    "url",
    [
        "http://tern-gazette.example/1902/tower",
        "https://www.tern-gazette.example/1902/tower/",
        "https://Tern-Gazette.example:443/1902/tower#part-2",
        f"{PAGE}?utm_source=x&fbclid=y",
        f"{PAGE}?amp=1",
        f"{PAGE}/amp",
        f"{PAGE}.amp.html",
        "https://amp.tern-gazette.example/1902/tower",
        "https://tern-gazette.example/amp/1902/tower",
        "https://www.google.com/amp/s/tern-gazette.example/1902/tower",
        "https://tern--gazette-example.cdn.ampproject.org/c/s/tern-gazette.example/1902/tower",
        f"https://web.archive.org/web/20240501120000/{PAGE}",
        f"https://web.archive.org/web/2024id_/{PAGE}?utm_medium=z",
        f"https://archive.ph/20240501/{PAGE}",
        f"https://archive.ph/o/aB1c2/{PAGE}",
        "https://m.tern-gazette.example/1902/tower",
        f"{PAGE}/index.html",
        "https://tern-gazette.example/1902/%74ower",
    ],
)
def test_what_leads_to_one_document_is_one(url: str) -> None:
    """Scheme, www., port, slash, fragment, tracking, AMP and the archive of a copy do not say which document it is."""
    assert canonical(url) == canonical(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        f"{PAGE}?page=2",
        "https://tern-gazette.example/1902/Tower",
        "https://tern-gazette.example/1902",
        "https://other.example/1902/tower",
        "https://tern-gazette.example:8443/1902/tower",
        f"{PAGE}#!/2",
    ],
)
def test_what_leads_elsewhere_is_another(url: str) -> None:
    """What may lead to another document stays."""
    assert canonical(url) != canonical(PAGE)


def test_parameters_have_no_order() -> None:
    """A page asked for with the same parameters in another order is the same."""
    assert canonical(f"{PAGE}?b=2&a=1") == canonical(f"{PAGE}?a=1&b=2")


def test_tracking_is_named_and_taken_away() -> None:
    """What is left is written as it was."""
    url = f"{PAGE}?page=2&utm_source=a&ref=b&gclid=c#top"
    assert tracking(url) == ["utm_source", "gclid"]
    assert without_tracking(url) == f"{PAGE}?page=2&ref=b#top"
    assert without_tracking(f"{PAGE}?fbclid=x") == PAGE
    assert tracking(PAGE) == []


@given(st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_text_has_a_canonical_form(url: str) -> None:
    """Whatever stands in the field, nothing fails."""
    assert isinstance(canonical(url), str)


@pytest.mark.parametrize(
    ("url", "fragment", "led"),
    [
        (PAGE, "the lamp was mended", f"{PAGE}#:~:text=the%20lamp%20was%20mended"),
        (f"{PAGE}#part-2", "lamp", f"{PAGE}#part-2:~:text=lamp"),
        (PAGE, "half-lit, dim & low", f"{PAGE}#:~:text=half%2Dlit%2C%20dim%20%26%20low"),
        (PAGE, "маяк", f"{PAGE}#:~:text=%D0%BC%D0%B0%D1%8F%D0%BA"),
        (PAGE, "", PAGE),
    ],
)
def test_a_few_words_lead_to_the_place_on_the_page(url: str, fragment: str, led: str) -> None:
    """They stand in the address as a text fragment, each sign that means something there written in hexadecimal."""
    assert at_fragment(url, fragment) == led


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_fragment_is_read_back_as_it_was_given(fragment: str) -> None:
    """Whatever the words are, the address holds them and nothing else: no sign of theirs ends or parts it."""
    text = at_fragment(PAGE, fragment).partition("#:~:text=")[2]
    assert not set(text) & set(",-& \"'<>#")
    assert unquote(text) == fragment

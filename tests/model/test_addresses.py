"""Addresses of one document are the same in canonical form, and those of two are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.model.addresses import canonical, tracking, without_tracking

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

"""A copy pins a source where its address shows that it is kept by a web archive and is of the same page."""

from __future__ import annotations

import pytest

from factbook.model.copies import day_of, is_copy
from factbook.model.ledger_fields import proves_nothing
from factbook.model.pins import is_pinned
from factbook.model.records import Source

PAGE = "https://tern-gazette.example/1902/tower"


def source(copied: str, url: str = PAGE, sha256: str = "") -> Source:
    """A source with that stored copy."""
    return Source(id="s", path="s", title="T", publisher="P", kind="news", language="en", origin="s", url=url,
                  archive_url=copied, sha256=sha256)  # fmt: skip


@pytest.mark.parametrize(
    ("copied", "day"),
    [
        (f"https://web.archive.org/web/20240501120000/{PAGE}", "2024-05-01"),
        (f"https://web.archive.org/web/20240501id_/http://www.{PAGE[8:]}/", "2024-05-01"),
        (f"https://archive.ph/2024.05.01-120000/{PAGE}", "2024-05-01"),
        (f"https://archive.ph/newest/{PAGE}", ""),
        (f"https://arquivo.pt/wayback/20240501120000/{PAGE}", "2024-05-01"),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20240501120000/{PAGE}", "2024-05-01"),
        (f"https://webarchive.archive.unhcr.org/20240501120000mp_/{PAGE}", "2024-05-01"),
        (f"https://megalodon.jp/2024-0501-1200-00/{PAGE}", "2024-05-01"),
        (f"https://ghostarchive.org/archive/{PAGE}", ""),
    ],
)
def test_a_copy_that_names_its_page_pins_it(copied: str, day: str) -> None:
    """Its address says of which page it is, and mostly of which day."""
    assert is_copy(copied, PAGE) and is_pinned(source(copied)) and not proves_nothing(source(copied), "archive_url")
    assert day_of(copied) == day


@pytest.mark.parametrize(
    "copied",
    [
        "https://myserver.example/copy",
        f"https://myserver.example/web/20240501120000/{PAGE}",
        f"https://web.archive.org.myserver.example/web/20240501120000/{PAGE}",
        f"https://myarchive.org/web/20240501120000/{PAGE}",
        "https://archive.ph/aB1c2",
        "https://perma.cc/AB12-CD34",
        f"https://web.archive.org/web/20240501120000/{PAGE}s",
        "https://web.archive.org/",
        PAGE,
    ],
)
def test_what_does_not_show_it_pins_nothing_but_with_a_hash(copied: str) -> None:
    """Another host, another page, or a short address: it needs an entry, and only the hash of the text pins."""
    assert not is_copy(copied, PAGE) and not is_pinned(source(copied)) and proves_nothing(source(copied), "archive_url")
    hashed = source(copied, sha256="0" * 64)
    assert is_pinned(hashed) and not proves_nothing(hashed, "archive_url")


def test_a_source_without_an_address_is_pinned_by_a_copy_of_some_page() -> None:
    """Nothing stands against it."""
    assert is_pinned(source(f"https://web.archive.org/web/2024/{PAGE}", url=""))
    assert not is_pinned(source("https://perma.cc/AB12-CD34", url=""))
    assert not is_pinned(source(""))

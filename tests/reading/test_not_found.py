"""The page for addresses that lead nowhere, as a host serves it: at any depth, also where nobody said where it is."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

import readers
import sites

pytestmark = pytest.mark.browser

ABOVE = "some/archive/"
"""The folders above the site on its host."""
LOST = {"beside the pages": "nope", "in a folder": "facts/nope.html", "deep": "x/y/z/nope"}
"""Addresses that lead nowhere, below the site."""


class Host(readers.Quiet):
    """A host that answers what it has not with the page 404.html of the site, as GitHub Pages does."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the page of the site instead of one of the server's own."""
        body = (Path(self.directory) / ABOVE / "404.html").read_bytes()
        self.send_response(HTTPStatus(code))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture(scope="module")
def host(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small site, which was built without an address, below two folders of a host."""
    top = tmp_path_factory.mktemp("host")
    (top / ABOVE).parent.mkdir()
    (top / ABOVE.rstrip("/")).symlink_to(small_site)
    with readers.serving(top, Host) as address:
        yield address + ABOVE


def missed(page: Page, address: str) -> list[str]:
    """Open an address; what of the site the browser then asked for in vain, or was forbidden."""
    wrong: list[str] = []
    page.on("response", lambda r: wrong.append(r.url) if r.status >= 400 and r.request.method == "GET" else None)
    page.on("console", lambda said: wrong.append(said.text) if "Policy" in said.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    return [one for one in wrong if one != address]


@pytest.mark.parametrize("path", LOST.values(), ids=LOST)
def test_a_page_that_is_not_there_is_a_page_of_the_site(host: str, chromium: Browser, path: str) -> None:
    """At any depth it is styled, loads everything from where it is, leads home, and its search finds."""
    page = chromium.new_page()
    assert missed(page, host + path) == []
    expect(page.locator("h1")).to_contain_text("There is no such page")
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert page.locator(".md-header__title").evaluate("link => link.href") == f"{host}index.html"
    box = page.locator(".md-header input[type=search]")
    box.fill("lamp")
    expect(page.locator(".suggested li").first).to_be_visible()
    with page.expect_navigation():
        box.press("Enter")
    assert page.url == f"{host}search.html?q=lamp"
    expect(page.locator("#results li").first).to_be_visible()
    page.close()


def test_no_address_leads_to_another_host(host: str, chromium: Browser) -> None:
    """An address with two slashes, which some take for another host, stays on this one."""
    page = chromium.new_page()
    page.goto(f"{host.removesuffix(ABOVE)}/elsewhere.example/{ABOVE}nope")
    assert urlsplit(page.evaluate("document.baseURI")).netloc == urlsplit(host).netloc
    page.close()


def test_from_a_folder_the_page_is_as_any_other(small_site: Path, chromium: Browser) -> None:
    """Opened from a disk, nothing is asked for and its links are right as they stand."""
    page = chromium.new_page()
    assert missed(page, (small_site / "404.html").as_uri()) == []
    assert page.locator(".md-header__title").evaluate("link => link.href") == (small_site / "index.html").as_uri()
    page.close()


def test_without_scripts_its_signs_are_small(host: str, chromium: Browser) -> None:
    """Where no style sheet can be found, the signs of the header do not fill the page."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}x/nope")
    assert page.locator("header svg").first.evaluate("sign => sign.getBoundingClientRect().width") < 40
    context.close()


def test_where_the_address_is_known_nothing_is_asked(tmp_path: Path) -> None:
    """With SITE_URL the page says its folder itself, without a script or style of its own."""
    site = sites.build(
        sites.small(tmp_path / "a"), SITE_URL="https://a.example/b", FACTBOOK_DATA="no", FACTBOOK_SEARCH="no"
    )
    text = (site / "404.html").read_text("utf-8")
    assert '<base href="https://a.example/b/">' in text and "XMLHttpRequest" not in text and "<style>" not in text

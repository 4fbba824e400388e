"""Reliance in a real browser: the version that was cited, copying a citation, and what is past its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import readers
import revisions
import sites
from archives import ROOT

pytestmark = pytest.mark.browser

NAME = "gull-rock-lamp-lit-1901"
FACT = f"facts/{NAME}.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built in a repository that has an earlier version of one fact."""
    root = sites.small(tmp_path_factory.mktemp("trust") / "a")
    (root / "scripts").unlink()
    revisions.git(root, "init", "--quiet", "--initial-branch=main")
    revisions.commit(root)
    revisions.change(root, f"records/1901/{NAME}.yaml", "was lit for the first time on", "was first lit on")
    revisions.commit(root)
    (root / "scripts").symlink_to(ROOT / "scripts")
    return sites.build(root)


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """The address of that site on a local server."""
    with readers.serving(site) as base:
        yield base


@pytest.fixture(params=["server", "folder"])
def base(request: pytest.FixtureRequest, site: Path, server: str) -> str:
    """The site from a server, and from a folder."""
    return server if request.param == "server" else f"{site.as_uri()}/"


def hashes(page: Page) -> tuple[str, str]:
    """The present version of the fact that is open, and the one before it."""
    note = page.locator("#cited")
    return note.get_attribute("data-version") or "", note.get_attribute("data-earlier") or ""


def test_the_version_that_was_cited(visiting: Callable[..., readers.Visit], base: str) -> None:
    """The address of a citation says whether the fact is still as it was, and leads to what it was."""
    visit = visiting(base)
    page = visit.to(FACT)
    note = page.locator("#cited")
    expect(note).to_be_hidden()
    present, before = hashes(page)
    page.goto(f"{base}{FACT}#v={present}")
    expect(note).to_have_text("You are looking at the version cited.", use_inner_text=True)
    page.evaluate("hash => { location.hash = hash }", f"v={before}")
    expect(note).to_contain_text("This fact has changed since the version you followed.", use_inner_text=True)
    visit.follow(note.get_by_role("link", name="The version cited"))
    assert visit.at() == f"data/v1/versions/{NAME}/{before}.html"
    expect(page.locator("h1")).to_have_text("The lamp of Gull Rock was lit for the first time on 3 May 1901.")
    visit.follow(page.get_by_role("link", name="How this fact stands now"))
    assert visit.at() == FACT
    expect(page.locator("h1")).to_have_text("The lamp of Gull Rock was first lit on 3 May 1901.")


def test_a_version_that_nobody_has(visiting: Callable[..., readers.Visit], base: str) -> None:
    """A version that is not kept is said to have changed, without a link; a malformed one says nothing."""
    page = visiting(base).to(f"{FACT}#v=0123456789abcdef")
    note = page.locator("#cited")
    expect(note).to_contain_text("This fact has changed since the version you followed.", use_inner_text=True)
    expect(note.get_by_role("link", name="The version cited")).to_be_hidden()
    for wrong in ("v=", "v=0123", "v=0123456789ABCDEF", "v=0123456789abcdef0", "v=<script>", "w=0123456789abcdef"):
        page.goto("about:blank")
        page.goto(f"{base}{FACT}#{wrong}")
        expect(page.locator("#cited")).to_be_hidden()


def test_the_name_that_moved(visiting: Callable[..., readers.Visit], base: str) -> None:
    """A citation of an id that moved says so and leads on."""
    page = visiting(base).to("facts/gull-rock-lit.html#v=0123456789abcdef")
    expect(page.locator("#cited")).to_contain_text(
        "This fact has another name since the version you followed.", use_inner_text=True
    )


def test_a_citation_is_copied_by_keyboard(visiting: Callable[..., readers.Visit], server: str) -> None:
    """The citation is opened and copied with the keyboard alone, and the page says that it was."""
    visit = visiting(server)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to(FACT)
    page.get_by_text("Cite this").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy APA")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cite .said")).to_have_text("Copied: APA")
    text = page.locator(".cite dd span").first.inner_text()
    assert text.startswith(
        "Lights of the Ferrow Isles. (2024, May 1). The lamp of Gull Rock was first lit on 3 May 1901. "
    )
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_where_nothing_may_be_copied(visiting: Callable[..., readers.Visit], server: str) -> None:
    """Where the browser refuses, the citation is selected for the reader, and the page says so."""
    visit = visiting(server)
    visit.context.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page = visit.to(FACT)
    page.get_by_text("Cite this").click()
    page.get_by_role("button", name="Copy MLA").click()
    expect(page.locator(".cite .said")).to_have_text("Selected: copy it with the keyboard or the menu: MLA")
    assert page.evaluate("getSelection().toString()").startswith("Lights of the Ferrow Isles. “The lamp")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2025-05-01T12:00:00", "Next check by 1 May 2025."),
        ("2025-05-02T00:30:00", "Not checked since 1 May 2024."),
    ],
)
def test_what_is_past_its_day(visiting: Callable[..., readers.Visit], base: str, today: str, said: str) -> None:
    """The reader's own calendar decides whether a fact is past the day it was due."""
    visit = visiting(base, timezone_id="Asia/Almaty")
    visit.page.clock.set_fixed_time(f"{today}+05:00")
    page = visit.to("facts/gull-rock-lamp-range.html")
    expect(page.locator("[data-due] > :not([hidden])")).to_have_text(said)


def test_the_list_marks_what_is_late(visiting: Callable[..., readers.Visit], base: str) -> None:
    """In the list of what comes next, what is past its day says so."""
    visit = visiting(base)
    visit.page.clock.set_fixed_time("2024-11-02T12:00:00")
    page = visit.to("review.html")
    expect(page.locator("[data-due] > b:visible")).to_have_text(["overdue since 1 November 2024"] * 3)
    expect(page.locator("[data-due] > span:visible")).to_have_text(["due by 1 May 2025"])

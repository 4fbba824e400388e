"""Where readers answer: each kind of host, a mail, a page, or nowhere, with the record filled in."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import archives
from factbook.authoring.form_answers import read_answers
from factbook.authoring.form_files import REPORT, every_form
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.pages.kinds import Pages
from factbook.pages.reply_links import ReplyLinks, form_for
from factbook.read.vocabulary import read_vocabulary
from factbook.render import po
from factbook.render.language import Language

FACT = "gull-rock-lamp-lit-1901"
TITLE = f"Problem: {FACT}"
ISSUES = "https://code.example/lights/issues/new"
FORMS = every_form(archives.BASE, read_vocabulary(archives.BASE))
OURS = every_form(archives.ROOT, read_vocabulary(archives.BASE))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive."""
    return archives.archive(tmp_path_factory.mktemp("reply_links") / "archive")


@pytest.fixture(scope="module")
def small(root: Path) -> Archive:
    """The small archive, as the check reads it."""
    found, _ = check(root, archives.TODAY)
    assert found is not None
    return found


def links(pages: Pages, kind: str = "fact", name: str = FACT) -> dict[str, str]:
    """The links at the foot of a record's page, by what they say."""
    foot = pages.page((kind, name)).body.partition('<footer class="about-record">')[2].partition("</footer>")[0]
    return {text: unescape(address) for address, text in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', foot)}


@pytest.mark.parametrize(
    ("reply_links", "title", "body"),
    [
        (ReplyLinks(issues=ISSUES, host="github", forms=FORMS), "title", "body"),
        (ReplyLinks(issues=ISSUES, host="codeberg", forms=FORMS), "title", "body"),
        (ReplyLinks(issues=ISSUES, host="gitlab", forms=FORMS), "issue[title]", "issue[description]"),
        (ReplyLinks(contact="mailto:keeper@lights.example", forms=FORMS), "subject", "body"),
    ],
)
def test_a_problem_is_reported_with_the_record_filled_in(
    small: Archive, reply_links: ReplyLinks, title: str, body: str
) -> None:
    """The text is that of the form: the archive reads the page and what it says now out of it."""
    address = urlsplit(links(Pages(small, reply_links))["Report a problem"])
    assert address._replace(query="").geturl() == (reply_links.issues or reply_links.contact)
    given = parse_qs(address.query, strict_parsing=True)
    assert given[title] == [TITLE] and given.keys() == {title, body}
    form = next(form for form in FORMS if form.label == REPORT)
    answers, problems = read_answers(form, given[body][0])
    assert (answers["record"], answers["says"]) == (f"facts/{FACT}", small.statements[FACT].claim)
    assert problems == ["“What the problem is” must be answered."]


def test_a_host_that_shows_the_form_gets_the_answers_one_by_one(small: Archive) -> None:
    """Where the repository has the form as a file, the link opens that form with its questions answered."""
    address = links(Pages(small, ReplyLinks(issues=ISSUES, host="github", forms=OURS)))["Report a problem"]
    assert parse_qs(urlsplit(address).query) == {
        "template": ["report.yml"],
        "title": [TITLE],
        "record": [f"facts/{FACT}"],
        "says": [small.statements[FACT].claim],
    }


@pytest.mark.parametrize("contact", ["https://lights.example/keeper", "contribute/mail.html"])
def test_a_contact_that_is_a_page_is_led_to(root: Path, small: Archive, contact: str) -> None:
    """A page of the site is found from the pages of every language."""
    reply_links = ReplyLinks(contact=contact, forms=FORMS)
    up = "" if ":" in contact else "../"
    assert links(Pages(small, reply_links))["Report a problem"] == f"{up}{contact}"
    russian = Pages(small, reply_links, Language("ru", po.read("ru", root)))
    assert links(russian)["Сообщить об ошибке"] == f"{up}{up}{contact}"


def test_without_repository_and_contact_only_the_form_is_left(small: Archive) -> None:
    """It makes a file; no other link is there, and none is empty."""
    pages = Pages(small, ReplyLinks(forms=FORMS))
    for kind, name, query in (
        ("fact", FACT, f"form=correction&record={FACT}"),
        ("organization", "gull-rock-light", "form=correct-organization&record=gull-rock-light"),
        ("source", "harbour-post-1902", "form=correct-source&record=harbour-post-1902"),
        ("question", "who-built-gull-rock", "form=report&record=questions/who-built-gull-rock"),
        ("series", "lamp-and-keeper", "form=report&record=tables/lamp-and-keeper"),
    ):
        assert links(pages, kind, name) == {"Suggest a correction": f"../contribute/form.html?{query}"}


def test_the_record_is_told_as_it_is_recorded(root: Path, small: Archive) -> None:
    """A page in another language reports the claim of the record, not its translation."""
    reply_links = ReplyLinks(contact="mailto:keeper@lights.example", forms=FORMS)
    fact = small.statements[FACT]
    pages = Pages(small, reply_links, Language("ru", po.read("ru", root)))
    assert fact.claim in parse_qs(urlsplit(links(pages)["Сообщить об ошибке"]).query)["body"][0]
    assert form_for(fact) == {"form": "correction", "record": FACT}

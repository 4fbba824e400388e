"""Where readers answer: each kind of host, a mail, a page, or nowhere, with the record filled in."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace

import archives
from factbook.authoring.form_answers import read_answers
from factbook.authoring.form_files import REPORT, every_form
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.pages.kinds import Pages, address
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


@pytest.mark.parametrize("contact", ["https://lights.example/keeper", "contribute/mail.html", ""])
def test_a_problem_is_told_in_the_form_where_no_other_place_can_be_filled_in(
    root: Path, small: Archive, contact: str
) -> None:
    """A page cannot be told which record is meant; the form of the site can, in every language, and leads on."""
    reply_links = ReplyLinks(contact=contact, forms=FORMS)
    form = f"../contribute/form.html?form=report&record=facts/{FACT}"
    assert links(Pages(small, reply_links))["Report a problem"] == form
    russian = Pages(small, reply_links, Language("ru", po.read("ru", root)))
    assert links(russian)["Сообщить об ошибке"] == form


def test_every_record_has_its_form(small: Archive) -> None:
    """A record that has no form of its own has the one for any problem, and no second link to the same place."""
    pages = Pages(small, ReplyLinks(forms=FORMS))
    report = "../contribute/form.html?form=report&record="
    for kind, name, query, page in (
        ("fact", FACT, f"form=correction&record={FACT}", "facts"),
        ("organization", "gull-rock-light", "form=correct-organization&record=gull-rock-light", "organizations"),
        ("source", "harbour-post-1902", "form=correct-source&record=harbour-post-1902", "sources"),
    ):
        assert links(pages, kind, name) == {
            "Report a problem": f"{report}{page}/{name}",
            "Suggest a correction": f"../contribute/form.html?{query}",
        }
    for kind, name in (("question", "questions/who-built-gull-rock"), ("series", "tables/lamp-and-keeper")):
        assert links(pages, kind, name.partition("/")[2]) == {"Suggest a correction": f"{report}{name}"}


@pytest.mark.parametrize("kind", ["topic", "person", "country", "year"])
def test_a_list_of_facts_has_the_form_too(small: Archive, kind: str) -> None:
    """Pages of topics, people, countries and years lead to the form, which is told which page is meant."""
    pages = Pages(small, ReplyLinks(forms=FORMS))
    job = next(job for job in pages.jobs() if job[0] == kind)
    page = address(job).removesuffix(".html")
    assert links(pages, *job) == {"Report a problem": f"../contribute/form.html?form=report&record={page}"}


def test_a_title_is_encoded_whole(small: Archive) -> None:
    """Whatever signs a claim holds, it is told as it is, and changes nothing else of the address."""
    claim = "“A & B” = 100 % of c? #1 %02\n+ / é."
    fact = replace(small.statements[FACT], claim=claim)
    for reply_links in (
        ReplyLinks(issues=ISSUES, host="github", forms=OURS),
        ReplyLinks(contact="mailto:keeper@lights.example", forms=FORMS),
    ):
        given = parse_qs(urlsplit(reply_links.reporting()(fact)).query, strict_parsing=True)
        assert claim in given.get("says", given.get("body", [""]))[0]
        assert [TITLE] in given.values()


def test_the_record_is_told_as_it_is_recorded(root: Path, small: Archive) -> None:
    """A page in another language reports the claim of the record, not its translation."""
    reply_links = ReplyLinks(contact="mailto:keeper@lights.example", forms=FORMS)
    fact = small.statements[FACT]
    pages = Pages(small, reply_links, Language("ru", po.read("ru", root)))
    assert fact.claim in parse_qs(urlsplit(links(pages)["Сообщить об ошибке"]).query)["body"][0]
    assert form_for(fact) == f"../contribute/form.html?form=correction&record={FACT}"

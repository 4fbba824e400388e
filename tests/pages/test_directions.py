"""Texts of records that run the other way than their page stand apart from what is around them."""

from __future__ import annotations

import pytest
from lxml import html
from msgspec.structs import replace

from archives import TODAY, archive
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.pages.kinds import Pages
from factbook.render.language import Language

FACT, SOURCE, ORGANIZATION = "keeper-left-gull-rock-1902", "harbour-post-1902", "keepers-board"
HEBREW = "עיתון (נמל)!"
LATIN = "Harbour (Post)!"


def written(found: Archive, text: str) -> Archive:
    """The archive with ``text`` in every free text of its sources, organizations, replies and references."""
    named = {"publisher": text, "title": text, "ownership": text, "authors": (text, text), "note": text}
    return replace(
        found,
        sources={name: replace(s, **named) for name, s in found.sources.items()},
        organizations={
            name: replace(o, names=tuple(replace(n, text=text) for n in o.names))
            for name, o in found.organizations.items()
        },
        replies={name: replace(r, by=text, says=text, note=text) for name, r in found.replies.items()},
        reviews={name: replace(r, by=text, verdict=text, note=text) for name, r in found.reviews.items()},
        statements={
            name: replace(
                f,
                claim=text,
                note=text,
                speaker=text,
                references=tuple(replace(r, locator=text, note=text) for r in f.references),
                history=tuple(replace(h, reason=text) for h in f.history),
            )
            for name, f in found.statements.items()
        },
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example archive."""
    return check(archive(tmp_path_factory.mktemp("directions") / "a"), TODAY)[0]


def beside_others(page: str, text: str) -> list[str]:
    """The lines of a page in which ``text`` stands beside other words without an element that keeps it apart."""
    wrong = []
    for part in html.fromstring(page).xpath(
        "//*[not(self::script or self::title)]/text()[contains(., $text) and not(ancestor::details)]", text=text
    ):
        node, apart = part.getparent(), False
        node = node.getparent() if part.is_tail else node
        while node is not None and node.tag not in ("li", "dd", "td", "p", "h1", "h2", "section"):
            apart = apart or node.tag == "bdi" or "dir" in node.attrib
            node = node.getparent()
        line = " ".join(node.text_content().split()) if node is not None else ""
        if not apart and line.replace(text, ""):
            wrong.append(line)
    return wrong


@pytest.mark.parametrize(("code", "text"), [("en", HEBREW), ("ar", LATIN)])
def test_a_text_of_the_other_direction_stands_apart(small: Archive, code: str, text: str) -> None:
    """In every line of the pages of a fact, a source, an organization and in every list, on a page of either way."""
    found = written(small, text)
    pages = Pages(found, language=Language(code))
    bodies = [pages.page(key).body for key in (("fact", FACT), ("source", SOURCE), ("organization", ORGANIZATION))]
    bodies += [pages.block(name, "") for name in ("sources", "organizations", "judgements", "changes", "origins")]
    assert all(text in body for body in bodies)
    assert [line for body in bodies for line in beside_others(body, text)] == []


def test_a_text_of_the_page_s_own_direction_costs_nothing() -> None:
    """Nothing is written around it; what is written is escaped."""
    assert Language("en").apart("a < b") == "a < b"
    assert Language("en").apart("ب < b") == "<bdi>ب &lt; b</bdi>"
    assert Language("ar").apart("صحيفة 12, 3") == "صحيفة 12, 3"
    assert Language("ar").apart("Post") == "<bdi>Post</bdi>"

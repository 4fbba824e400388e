"""Templates compiled to plain Python make what Jinja's own compiler makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import archives
from factbook.check.run import check
from factbook.data.published import Publication
from factbook.pages.kinds import Pages
from factbook.pages.reply_links import ReplyLinks
from factbook.render import environment, po
from factbook.render.language import Language


def texts(root: Path) -> dict[str, str]:
    """Every page of the archive at ``root`` in English and in Russian, by its language and what it is about."""
    archive, _ = check(root, archives.TODAY)
    assert archive is not None
    languages = [Language(), Language("ru", po.read("ru", root))]
    publication = Publication(name="Lights", base="https://lights.example/")
    sites = [
        Pages(archive, ReplyLinks(), language, True, {"en": frozenset(), "ru": frozenset()}, publication)
        for language in languages
    ]
    return {f"{pages.language.code} {job}": str(pages.page(job)) for pages in sites for job in pages.jobs()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small archive."""
    return archives.archive(tmp_path / "archive")


def test_every_page_is_what_jinja_itself_makes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast compiler changes no character of any page of the small archive, in two languages."""
    fast = texts(root)
    monkeypatch.setenv(environment.PLAIN_JINJA, "yes")
    stock = texts(root)
    assert len(fast) > 40
    assert [name for name in stock if stock[name] != fast[name]] == []
    assert fast.keys() == stock.keys()

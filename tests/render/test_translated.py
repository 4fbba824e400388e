"""Texts of records in another language: shown where a PO file translates them, counted, and asked for where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from msgspec.structs import replace

import archives
import sites
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.pages.kinds import Pages
from factbook.render import po, translated
from factbook.render.language import Language

NAME = "gull-rock-lamp-lit-1901"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: ru\\n"\n\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small archive in every language."""
    return sites.translated(tmp_path_factory.mktemp("translated") / "archive")


@pytest.fixture(scope="module")
def archive(root: Path) -> Archive:
    """That archive as the check reads it."""
    found, _ = check(root, archives.TODAY)
    assert found is not None
    return found


def russian(tmp_path: Path, *pairs: tuple[str, str]) -> Language:
    """Russian with a PO file of the archive that translates these texts."""
    path = tmp_path / po.OF_ARCHIVE / "ru.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + "".join(f'msgid "{text}"\nmsgstr "{told}"\n\n' for text, told in pairs), "utf-8")
    return Language("ru", po.read("ru", tmp_path))


def page(archive: Archive, language: Language, *written: str) -> str:
    """The page of a fact in a language that has these written pages; each run of blanks is one."""
    editions = {"en": frozenset[str](), "ru": frozenset(written)}
    return " ".join(Pages(archive, language=language, editions=editions).page(("fact", NAME)).body.split())


def test_a_translated_reason_stands_in_the_language_of_the_page(archive: Archive, tmp_path: Path) -> None:
    """In the verdict and in the ledger it bears no other language; the reason that nobody translated bears its own."""
    reason = archive.statements[NAME].history[-1].reason
    assert f'<p class="reason" lang="en">{reason}</p>' in page(archive, russian(tmp_path / "none"))
    told = page(archive, russian(tmp_path / "one", (reason, "Так сказано в журнале смотрителя.")))
    assert '<p class="reason">Так сказано в журнале смотрителя.</p>' in told
    assert '<span class="reason">Так сказано в журнале смотрителя.</span>' in told
    assert reason not in told


def test_the_translation_of_a_text_that_changed_is_shown_no_more(archive: Archive, tmp_path: Path) -> None:
    """The page shows the text as it is now, in its own language."""
    fact = archive.statements[NAME]
    language = russian(tmp_path, (fact.history[-1].reason, "Так сказано в журнале смотрителя."))
    entries = (*fact.history[:-1], replace(fact.history[-1], reason="A second log says so."))
    there = replace(archive, statements={**archive.statements, NAME: replace(fact, history=entries)})
    assert '<p class="reason" lang="en">A second log says so.</p>' in page(there, language)


def test_what_is_translated_is_counted(archive: Archive, tmp_path: Path) -> None:
    """Of each kind of text: how many have a translation, of how many there are."""
    fact = archive.statements[NAME]
    before = {s.what: s for s in translated.shares(archive, russian(tmp_path / "none"), str)}
    language = russian(tmp_path / "one", (fact.history[-1].reason, "Так сказано."))
    after = {s.what: s for s in translated.shares(archive, language, str)}
    reasons = [s.history[-1].reason for s in archive.statements.values()]
    assert before["Reasons of the present status"].done == 0
    assert after["Reasons of the present status"].done == reasons.count(fact.history[-1].reason)
    assert {s.what: s.total for s in after.values()}["Claims"] == len(archive.statements)
    assert all(s.done <= s.total for s in after.values())


def test_a_page_that_waits_leads_to_where_translating_is_explained(archive: Archive, tmp_path: Path) -> None:
    """As long as its claim or its reason waits, where there is such a page, and never in the language of the claims."""
    language = russian(tmp_path)
    assert 'href="../translations.html"' in page(archive, language, "translations.html")
    assert "translations.html" not in page(archive, language)
    assert "translations.html" not in page(archive, Language(), "translations.html")


def test_the_command_brings_in_the_texts_of_a_record_and_drops_none_without_a_word(tmp_path: Path) -> None:
    """They come in empty, stay while they stand in a record, and what was translated and stands nowhere is named."""
    root = sites.translated(tmp_path / "archive")
    path = root / po.OF_ARCHIVE / "ru.po"
    assert sites.run(root, "languages").returncode == 0
    without = path.read_text("utf-8")
    done = sites.run(root, "languages", NAME)
    assert done.returncode == 0, done.stderr
    (record,) = (root / "facts").rglob(f"{NAME}.yaml")
    place = record.relative_to(root).as_posix()
    entries = [part for part in path.read_text("utf-8").split("\n\n") if part not in without]
    assert entries
    assert all(part.startswith(f"#: {place}\nmsgid ") and part.endswith('\nmsgstr ""') for part in entries)
    assert sites.run(root, "languages").stdout.count("gone") == 0
    path.write_text(path.read_text("utf-8") + '\nmsgid "Said nowhere."\nmsgstr "Нигде."\n', "utf-8")
    done = sites.run(root, "languages")
    assert "  gone, as no record or page says it any more: Said nowhere.\n" in done.stdout
    assert "ru: translated are " in done.stdout


def test_an_id_that_no_record_has_is_refused(tmp_path: Path) -> None:
    """And nothing is written."""
    root = sites.translated(tmp_path / "archive")
    done = sites.run(root, "languages", "no-such-lamp")
    assert (done.returncode, done.stderr) == (1, "error: there is no record with the id no-such-lamp\n")
    assert not (root / po.OF_ARCHIVE).exists()


SPOKEN = ("title", "aria-label", "placeholder", "alt", "content")
"""Attributes that readers are told, some of them in the head of a page."""
MARKED = re.compile("<span lang=.*?</span>", re.DOTALL)


def told(page: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of a page that can hold no element, as (its language, text): titles, labels, choices."""
    for element in html.parse(str(page)).iter(etree.Element):
        language = next(e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang") is not None)
        yield from ((language, value) for name, value in element.items() if name in SPOKEN)
        if element.tag in ("title", "option"):
            yield language, MARKED.sub("", element.text or "")  # in a picture a title may hold elements


@pytest.mark.build
@pytest.mark.parametrize("code", sites.TRANSLATED)
def test_titles_and_labels_are_in_one_language_and_say_which(
    code: str, archive: Archive, translated_root: Path
) -> None:
    """No title, label or choice says a text of a record in the language of the page where nobody translated it; and
    none that bears the language of the claims holds a letter of the page's."""
    pages = Pages(archive, language=Language(code, po.read(code, translated_root)))
    a, tongue = pages.archive, pages.tongue
    texts = [f.claim for f in a.statements.values() if tongue(f)]
    texts += [q.question for q in a.questions.values() if tongue(q)]
    names = {o.label for o in a.organizations.values() if tongue(o)}  # which a sentence may hold
    texts += [t for o in a.organizations.values() if pages.tongues.tongue_of(t := o.description)]
    texts += [t for s in a.series.values() for t in (s.title, s.description) if pages.tongues.tongue_of(t)]
    assert texts
    every = re.compile("|".join(map(re.escape, filter(None, texts))))
    site = translated_root / "site" / code
    wrong = []
    for path in sites.pages(site):
        for language, text in told(site / path):
            untold = text in names or every.search(text)
            mixed = untold if language == code else language == "en" and re.search("[а-яё]", text)
            wrong += [f"{path}: {language}: {text}"] if mixed else []
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "translation", "wrong"),
    [
        ("One of 1,400 says so.", "Один из 1 400 говорит так.", ""),
        ("In 1902 it was 1.5 metres.", "В 1902 году было 1,5 метра.", ""),
        ("It was in 1902.", "Это было в ١٩٠٢.", ""),
        ("It was in 1902.", "Это было в 1903.", "must keep the numbers 1902, and has 1903"),
        ("Fifty men left.", "Ушли 500 человек.", "must keep the numbers (none), and has 500"),
        ("It was 2 of 30.", "Это было 2 из 300.", "must keep the numbers 2, 30, and has 2, 300"),
        ("It is so.", "Это \u202eтак.", "contains a character that cannot be seen: U+202E"),
        ("It is so.", "Это\u2066 так.", "contains a character that cannot be seen: U+2066"),
        ("It is so.", "Это\u3164 так.", "contains a character that cannot be seen: U+3164"),
    ],
)
def test_a_translation_that_anybody_sends_in_keeps_numbers_and_hides_nothing(
    text: str, translation: str, wrong: str, tmp_path: Path
) -> None:
    """Another number, and a character that turns the direction or is not seen, stop the build with the line."""
    root = sites.translated(tmp_path / "archive")
    path = root / po.OF_ARCHIVE / "ru.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'{head}\nmsgid "{text}"\nmsgstr "{translation}"\n', "utf-8")
    if not wrong:
        assert po.read("ru", root).words[text] == translation
        return
    with pytest.raises(po.CatalogueError) as error:
        po.read("ru", root)
    assert str(error.value) == f"{path}:4: the translation of {text} {wrong}"

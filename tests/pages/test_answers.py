"""Questions, tables and figures: each sentence and cell shows its facts, and what changed or is missing is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

import sites
from archives import TODAY, archive
from factbook.check.run import check
from factbook.data import feeds, series_files
from factbook.data.published import Publication
from factbook.model import table
from factbook.model.answers import AnswerTranslation, Sentence
from factbook.model.archive import Archive
from factbook.model.records import Figure, Revision
from factbook.model.staleness import changed_since, entries
from factbook.pages import overview
from factbook.pages.kinds import PAGE_KINDS, Pages
from factbook.render import po
from factbook.render.language import Language

ASKED = "did-the-keeper-leave"


@pytest.fixture
def small(tmp_path: Path) -> Archive:
    """The small archive."""
    found, problems = check(archive(tmp_path / "small"), TODAY)
    assert found is not None
    assert problems == []
    return found


def changed(small: Archive, day: str = "2024-06-01") -> Archive:
    """The small archive after a fact of an answer was looked at again, by default later than the answer was weighed."""
    fact = small.statements["keeper-left-gull-rock-1902"]
    again = replace(fact, history=(*fact.history, Revision(date=day, status=fact.status, reason="Read again.")))
    return replace(small, statements={**small.statements, fact.id: again})


def said(pages: Pages, kind: str, name: str) -> str:
    """The page of a record as words."""
    return sites.plain(pages.page((kind, name)).body)


def test_an_answer_stands_first_and_each_sentence_shows_its_facts_with_their_status(small: Archive) -> None:
    """Whoever asks reads the answer at once, and below it what it is based on and how well that stands."""
    page = said(Pages(small), "question", ASKED)
    answer = "A newspaper said so, and the Board of Keepers denied it."
    assert page.startswith(
        f"Home Questions weighed on 2 May 2024 Did the keeper of Gull Rock leave the tower? {answer} 1 What is"
    )
    based = page.partition("What each sentence is based on ")[2]
    assert based.startswith(
        f"{answer} Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm. Disputed · November "
        "1902 · Gull Rock Light The Board of Keepers said that no keeper had left his tower. Confirmed · February 1903"
    )


def test_what_is_not_known_is_said(small: Archive) -> None:
    """A question without an answer is a page that says what is missing, and its description says so too."""
    page = Pages(small).page(("question", "who-built-gull-rock"))
    assert "Not known yet No record names a builder." in sites.plain(page.body)
    assert page.description == "Not known yet. No record names a builder."


def test_an_answer_is_due_when_one_of_its_facts_has_changed(small: Archive) -> None:
    """The page, the list, the data and the feed say so."""
    later = changed(small)
    assert changed_since(small, small.questions[ASKED]) == []
    page = said(Pages(later), "question", ASKED)
    assert (
        "This answer is due for review. 1 fact that it is based on has changed since it was weighed: Disputed: Ane"
        in page
    )
    assert "due for review" in sites.plain(Pages(later).block("questions", "../"))
    assert "due for review" not in sites.plain(Pages(small).block("questions", "../"))
    (item, _) = json.loads(dict(feeds.files(later, Publication()))["data/v1/questions.feed.json"])["items"]
    assert item["_factbook"] == {"question": ASKED, "due": "yes"} or item["title"].startswith("Who built")


def test_a_change_on_the_day_on_which_the_answer_was_weighed_makes_it_due(small: Archive) -> None:
    """The day alone cannot tell which came first; ``entries`` can, and what they do not cover is due."""
    question = small.questions[ASKED]
    left, denied = (small.statements[fact] for fact in question.facts)
    day = replace(question, weighed=left.history[-1].date)
    assert left in changed_since(small, day)
    seen = tuple(entries(small, question))
    assert changed_since(small, replace(day, entries=seen)) == []
    one_more = changed(small, day.weighed)
    assert [f.id for f in changed_since(one_more, replace(day, entries=seen))] == [left.id]
    assert [f.id for f in changed_since(small, replace(day, entries=seen[:1]))] == [left.id, denied.id]


def test_an_answer_is_shown_as_far_as_it_is_short(small: Archive) -> None:
    """A list has the whole answer, or its first sentences and the way to the others: never less than one."""
    question = small.questions[ASKED]
    long = tuple(Sentence(text="word " * n + "end.", facts=question.facts) for n in (29, 29, 0))
    for sentences, brief in ((question.answer, 1), (long, 2), (long[:2], 2), (long[:1], 1)):
        text, whole = replace(question, answer=sentences).brief
        assert text == " ".join(s.text for s in sentences[:brief]) and whole is (len(sentences) == brief)
    page = Pages(replace(small, questions={ASKED: replace(question, answer=long)})).block("questions", "../")
    assert f'… <a\nhref="../questions/{ASKED}.html">The whole answer</a>' in page
    assert "The whole answer" not in Pages(small).block("questions", "../")


def test_an_archive_says_which_questions_come_first(small: Archive) -> None:
    """Those with a place of their own come first, in its order; the others follow by the number of their facts."""
    question = small.questions[ASKED]
    more = [replace(question, id=name, home=home) for name, home in (("b", "10"), ("a", ""), ("c", "2"))]
    found = replace(small, questions={**small.questions, **{q.id: q for q in more}})
    assert [q.id for q in found.questions_asked] == ["c", "b", "a", ASKED, "who-built-gull-rock"]


def test_a_translated_answer_is_shown_until_the_answer_is_weighed_again(small: Archive) -> None:
    """A translation of an older answer is not shown as if it were one of the present."""
    question = small.questions[ASKED]
    told = AnswerTranslation(
        language="ru", question="Уходил ли смотритель?", weighed=question.weighed, answer=("Газета сказала, что да.",)
    )
    language = Language("ru", po.read("ru", sites.ROOT))
    for weighed, heading in ((question.weighed, "Уходил ли смотритель?"), ("2024-05-03", question.question)):
        held = replace(question, translations=(told,), weighed=weighed)
        pages = Pages(replace(small, questions={ASKED: held}), language=language)
        assert pages.page(("question", ASKED)).title == heading


def test_a_table_shows_each_fact_with_its_status_and_tells_gaps_apart(small: Archive) -> None:
    """A cell is a fact with its status, or says that somebody searched, or that nobody has looked."""
    page = said(Pages(small), "series", "lamp-and-keeper")
    assert (
        "Date Lamp Keeper November 1902 broken Reported left the tower Disputed December 1902 mended Corroborated "
        "not looked for the 1910s not looked for searched"
    ) in page
    assert 'title="Disputed: Ane Morrow' in Pages(small).page(("series", "lamp-and-keeper")).body


def test_the_rows_of_a_table_are_in_the_order_of_their_dates(small: Archive) -> None:
    """However the record lists its cells."""
    series = small.series["lamp-and-keeper"]
    turned = replace(series, cells=tuple(reversed(series.cells)))
    assert [row.when for row in table.rows(turned)] == ["1902-11", "1902-12", "191X"]


def test_the_file_of_a_table_has_every_cell(small: Archive) -> None:
    """Also those that nobody has looked for, each with its state, its status and a title that can be passed on."""
    path, data = next(series_files.files(small, Publication()))
    assert path == "data/v1/tables/lamp-and-keeper.csv"
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [(r["date"], r["column"], r["state"], r["standing"]) for r in rows] == [
        ("1902-11", "Lamp", "recorded", "reported"),
        ("1902-11", "Keeper", "recorded", "disputed"),
        ("1902-12", "Lamp", "recorded", "corroborated"),
        ("1902-12", "Keeper", "blank", ""),
        ("191X", "Lamp", "blank", ""),
        ("191X", "Keeper", "searched", ""),
    ]
    assert rows[1]["title"].startswith("Disputed: Ane Morrow")
    assert rows[5]["searched"] == small.searches["board-and-gull-rock-1910-1919"].searched


def test_figures_are_sorted_by_what_they_count_and_drawn_to_one_scale(small: Archive) -> None:
    """Figures of one thing stand together in the order of their dates."""
    fact = small.statements["gull-rock-lamp-range"]
    seen = {
        name: replace(fact, id=name, date=date, figure=Figure(number=number, unit="miles", counts="range"))
        for name, date, number in (("far", "1903", "20"), ("near", "1902", "5"))
    }
    held = replace(small, statements={**small.statements, **seen})
    ((counts, unit, facts, most),) = overview.figures(held)
    assert (counts, unit, [f.id for f in facts], [overview.share(f, most) for f in facts]) == (
        "range", "miles", ["near", "far"], ["25.0", "100.0"],
    )  # fmt: skip
    assert "1902 5" in sites.plain(Pages(held).block("figures", ""))
    assert "5 miles (range)" in said(Pages(held), "fact", "near")


def test_a_page_about_something_opens_with_sentences_made_of_the_records(small: Archive) -> None:
    """How many facts there are, the newest, what is contested, and what is answered and tabulated."""
    page = said(Pages(small), "organization", "gull-rock-light")
    assert (
        "5 facts are recorded here (1901–1902); 2 of them stand firm (confirmed, corroborated). The newest: The keepers"
        in page
    )
    assert "1 is contested: Disputed: Ane Morrow" in page
    assert (
        "Answered here: Did the keeper of Gull Rock leave the tower? As tables: The lamp of Gull Rock by year" in page
    )


def test_every_kind_of_page_lies_in_a_folder_and_can_be_made(small: Archive) -> None:
    """Each kind gives ids, and for each of them a page in its folder."""
    pages = Pages(small)
    for name, kind in PAGE_KINDS.items():
        for one in kind.ids(pages):
            assert pages.page((name, one)).path == f"{kind.folder}/{one}.html"

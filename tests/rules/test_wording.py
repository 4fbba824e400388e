"""Words that give a record away are told in each language, and what only looks like them is let through."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check.run import check
from factbook.rules import wording

FACT = """\
claim: Gull Rock has a keeper.
date: {date}
kind: event
organizations: [gull-rock-light]
topics: [keepers]
sources:
  - source: board-notice-1903
    locator: item 1
    stance: supports
    note: {of_source}
status: reported
history:
  - {{date: 2024-05-01, status: reported, reason: {first}}}
  - {{date: 2024-05-02, status: reported, reason: {last}}}
note: {note}
"""
PLAIN = {
    "first": "The Board tells it.",
    "last": "Read again.",
    "note": "Nothing more is known.",
    "of_source": "No day.",
}


def rules(folder: Path, date: str, language: str = "en", **texts: str) -> list[str]:
    """The rules that one fact of this date, with these texts, breaks in an archive whose claims are in a language."""
    root = archive(folder)
    write(root, "records/1901/gull-rock-has-a-keeper.yaml", FACT.format(date=date, **{**PLAIN, **texts}))
    words = root / "facts" / "vocabulary.yaml"
    own = f"languages:\n  {language}: {{label: The language of claims, claims: yes}}\n"
    told = words.read_text("utf-8").replace("languages:\n", own if language != "en" else "languages:\n")
    words.write_text(told, "utf-8")
    return [problem.rule for problem in check(root, TODAY)[1]]


@pytest.mark.parametrize("part", ["note", "last"])
@pytest.mark.parametrize(
    ("date", "wrong"),
    [
        ("1901-05/1903", True),
        ("1901-05/1903~", True),
        ("../1903", True),
        ("1901", True),
        ("1901-05/", False),
        ("1901-05/..", False),
        ("unknown", False),
    ],
)
def test_an_end_that_is_denied_is_told(part: str, date: str, wrong: bool, tmp_path: Path) -> None:
    """A date that ends is held against the note and the last reason; one that goes on denies nothing."""
    told = rules(tmp_path / "archive", date, **{part: "No end is known."})
    assert ("end-denied" in told) is wrong


def test_an_earlier_reason_denies_no_end(tmp_path: Path) -> None:
    """What an entry said before the end was found stands in the ledger for good, and is no fault of the date."""
    assert rules(tmp_path / "archive", "1901-05/1903", first="No end is known.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It still shone as of 1903.",
        "She was still at her post.",
        "The end of the year was dark.",
        "No ends were loose.",
    ],
)
def test_words_that_are_often_right_are_let_through(text: str, tmp_path: Path) -> None:
    """What a note says of the middle of a period is no word about its end."""
    assert rules(tmp_path / "archive", "1901-05/1903", note=text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Presumably she had left.", True),
        ("Names the tower, which suggests a keeper.", True),
        ("It says that she was “presumably” ill.", False),
        ("It is said to be «perhaps» dark.", False),
        ("Says that nobody suggested a keeper.", False),
        ("Calls her Enthusiast.", False),
    ],
)
def test_an_inference_in_the_note_of_a_source_is_told(text: str, wrong: bool, tmp_path: Path) -> None:
    """A word by which a writer concludes is told outside of quotation marks, and as a whole word alone."""
    told = rules(tmp_path / "archive", "1901-05", of_source=f"'{text}'")
    assert told == (["inference-in-note"] if wrong else [])


def test_an_inference_may_stand_in_reason_and_note(tmp_path: Path) -> None:
    """What the archive concludes has its place in the ledger and in the note of the fact."""
    assert rules(tmp_path / "archive", "1901-05", last="Presumably so.", note="Hence the keeper.") == []


@pytest.mark.parametrize(
    ("language", "end", "inference"),
    [
        ("de", "1903 ist kein Ende.", "Vermutlich war sie fort."),
        ("ru", "1903 год — не конец.", "По-видимому, она ушла."),
        ("kk", "1903 жыл соңы емес.", "Демек, ол кеткен."),
        ("ar", "عام 1903 ليس نهاية.", "ربما غادرت."),
    ],
)
def test_each_language_has_its_own_words(language: str, end: str, inference: str, tmp_path: Path) -> None:
    """Notes are held to the words of the language in which claims are written."""
    told = rules(tmp_path / "archive", "1901-05/1903", language, note=f"'{end}'", of_source=f"'{inference}'")
    assert [name for name in told if name in ("end-denied", "inference-in-note")] == ["end-denied", "inference-in-note"]


def test_a_language_without_a_list_is_let_through(tmp_path: Path) -> None:
    """Where nobody has listed the words of a language, nothing is told of them."""
    told = rules(tmp_path / "archive", "1901-05/1903", "fr", note="No end is known.", of_source="Presumably.")
    assert not {"end-denied", "inference-in-note"}.intersection(told)


@pytest.mark.parametrize("path", sorted(wording.FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_each_list_is_whole_and_names_nothing_twice(path: Path) -> None:
    """A list of words has both kinds, each phrase once and without blanks around it."""
    told = tomllib.loads(path.read_text("utf-8"))
    assert list(told) == ["no_end", "inference"]
    for phrases in told.values():
        assert len(phrases) == len(set(phrases))
        assert all(phrase == phrase.strip() != "" for phrase in phrases)

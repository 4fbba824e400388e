"""Every rule keeps its promise: its good example passes, its bad example is reported in exactly the words on file."""

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import factbook
from archives import TODAY, archive
from factbook.check.reference import EXAMPLES
from factbook.check.report import text
from factbook.check.run import check, read
from factbook.rules.history import Base
from factbook.rules.problem import Problem
from factbook.rules.register import RULES

AWFUL = Path(__file__).with_name("awful")
"""``over/``: records laid over the example archive; ``expected.txt``: what the check says of them."""

for module in walk_packages(factbook.__path__, "factbook."):
    if not module.name.endswith("__main__"):
        import_module(module.name)  # whatever defines a rule is known, whichever test runs first

MADE_BY_THE_TEST = {
    "unreadable": "Git stores no file that cannot be read, and no file mode binds root, who runs tests in containers.",
    "history-not-compared": "What is good and bad is the older state; the files that are checked are the same.",
    "rewritten-by-git": "Git applies its attributes, and the example archive is no repository: see test_history.py.",
    "schema-misread": "It is about the engine's own schemas, which no archive holds: see test_model_schema.py.",
    "field-not-held": "It is about the engine's own schemas, which no archive holds: see test_model_schema.py.",
}
"""The rules that no pair of example files can show, and why; each has a test of its own, below or where it says."""

SHOWN = sorted(set(RULES) - set(MADE_BY_THE_TEST))


def files(folder: Path) -> list[Path]:
    """Everything in a folder that is not a folder."""
    return [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]


def said(problems: list[Problem]) -> str:
    """The problems as ``bad.txt`` has them."""
    return text(problems) + "\n"


def test_the_example_archive_has_no_problems(tmp_path: Path) -> None:
    """The archive that all examples are laid over is sound, so an example shows its own problem and nothing else."""
    found, problems = check(archive(tmp_path / "base"), TODAY)
    assert said(problems) == "No problems.\n"
    assert found is not None
    sizes = {"facts": len(found.statements), "redirects": len(found.redirects), "sources": len(found.sources)}
    assert sizes == {"facts": 6, "redirects": 1, "sources": 4}


def run(rule: str, side: str, folder: Path) -> tuple[Path, list[Problem]]:
    """Check one side of a rule's example, against the older state where it has one: the archive, and its problems."""
    root = archive(folder / side, EXAMPLES / rule / side)
    older = EXAMPLES / rule / "before"
    return root, check(root, TODAY, state(folder / "before", older) if older.is_dir() else None)[1]


def state(folder: Path, overlay: Path) -> Base:
    """The example archive under an overlay, as the older state of another."""
    found, problems = read(archive(folder, overlay))
    return Base(name="before", archive=found, problems=problems, waivers=())


@pytest.mark.parametrize("rule", SHOWN)
def test_a_good_example_has_no_problems(rule: str, tmp_path: Path) -> None:
    """What the documentation shows as right passes the whole check; a waiver has something to waive."""
    assert files(EXAMPLES / rule / "good"), f"write examples/{rule}/good/"
    _, problems = run(rule, "good", tmp_path)
    waived = [p for p in problems if p.severity == "waived"]
    assert said([p for p in problems if p not in waived]) == "No problems.\n"
    assert [p.rule for p in waived] == (["near-duplicate"] if rule.startswith("waiver-") else [])


@pytest.mark.parametrize("rule", SHOWN)
def test_a_bad_example_is_reported_in_the_words_on_file(rule: str, tmp_path: Path) -> None:
    """What the documentation shows as wrong breaks this rule, no other, and is reported exactly as it says."""
    assert files(EXAMPLES / rule / "bad"), f"write examples/{rule}/bad/"
    _, problems = run(rule, "bad", tmp_path)
    assert said(problems) == (EXAMPLES / rule / "bad.txt").read_text("utf-8")
    assert {p.rule for p in problems} == {rule}
    assert {p.severity for p in problems} == {RULES[rule].severity}


@pytest.mark.parametrize("rule", SHOWN)
def test_a_bad_example_is_reported_in_a_file_it_has(rule: str, tmp_path: Path) -> None:
    """A problem names a file or folder that is there, and a line and column inside it."""
    root, problems = run(rule, "bad", tmp_path)
    for problem in problems:
        path = root / problem.path
        assert path.is_symlink() or path.exists() or rule == "id-gone"  # it names the file that was there
        data = path.read_bytes() if path.is_file() else b""
        lines = data.decode("utf-8", "replace").split("\n")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file the system will not open is one problem of that file, and the others are checked all the same."""
    root = archive(tmp_path / "archive")
    locked = root / "facts" / "records" / "undated" / "gull-rock-lamp-range.yaml"
    really = os.open

    def refuse(path: str, *given: object, **more: object) -> object:
        if path == str(locked):
            raise PermissionError(13, "Permission denied", path)
        return really(path, *given, **more)

    monkeypatch.setattr(os, "open", refuse)
    found, problems = check(root, TODAY)
    expected = """\
facts/records/undated/gull-rock-lamp-range.yaml:1:1: error: the file cannot be read: Permission denied [unreadable]
1 error in 1 file.
"""
    assert said(problems) == expected
    assert found is not None
    assert len(found.statements) == 5


def test_an_older_state_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """What a file was before is not compared where it was no record, and a warning says so."""
    root = archive(tmp_path / "now", EXAMPLES / "unknown-word" / "good")
    assert check(root, TODAY, state(tmp_path / "readable", EXAMPLES / "unknown-word" / "good"))[1] == []
    problems = check(root, TODAY, state(tmp_path / "unreadable", EXAMPLES / "unknown-word" / "bad"))[1]
    path = "facts/records/1902/gull-rock-tower-painted-1902.yaml"
    assert [(p.path, p.rule, p.severity) for p in problems] == [(path, "history-not-compared", "warning")]
    assert problems[0].message.endswith(": topics must be a word of the vocabulary")


def test_every_rule_is_shown_and_every_example_shows_a_rule() -> None:
    """A new rule needs its examples, and no example outlives its rule."""
    folders = {path.name for path in EXAMPLES.iterdir()} - {"base"}
    assert folders == set(RULES) - set(MADE_BY_THE_TEST)
    parts = {rule: {path.name for path in (EXAMPLES / rule).iterdir()} for rule in folders}
    assert {rule: found for rule, found in parts.items() if found - {"before"} != {"good", "bad", "bad.txt"}} == {}


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_is_written_as_people_read_it(rule: str) -> None:
    """The docstring of a rule is its documentation: whole sentences that say what must, may, or should be."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in RULES[rule].text.split("\n\n")]
    assert [p for p in paragraphs if not re.fullmatch(r"\S.*\.", p)] == []
    assert re.search(r"\b(must|may|should)\b", paragraphs[0])
    assert RULES[rule].severity == ("warning" if " should " in paragraphs[0] else "error")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule)


def test_one_run_lists_everything_wrong_with_awful_records(tmp_path: Path) -> None:
    """Whoever gets everything wrong is told everything at once, in order of line, and not a word of Python."""
    problems = check(archive(tmp_path / "archive", AWFUL / "over"), TODAY)[1]
    assert said(problems) == (AWFUL / "expected.txt").read_text("utf-8")
    assert len({p.rule for p in problems}) == 26


def test_no_message_shows_the_inside_of_the_program(tmp_path: Path) -> None:
    """What people read has no traceback, no class name and no address of an object, whatever is wrong."""
    found = [p for rule in SHOWN for p in run(rule, "bad", tmp_path / rule)[1]]
    found += check(archive(tmp_path / "awful", AWFUL / "over"), TODAY)[1]
    strange = re.compile(r"Traceback|Error\b|Exception|\bNone\b|<class|<[\w.]+ object|0x[0-9a-f]{6,}|\{\w*\}")
    assert [p for p in found if strange.search(f"{p.message} {p.allowed} {p.hint}")] == []


BROKEN = "title: Broken\n"


def test_a_broken_source_is_not_held_against_the_facts_that_cite_it(tmp_path: Path) -> None:
    """A source with a problem of its own is one problem to repair, not one for each fact that rests on it."""
    root = archive(tmp_path / "archive")
    (root / "facts" / "sources" / "harbour-post-1902.yaml").write_text(BROKEN)
    problems = check(root, TODAY)[1]
    assert {p.path for p in problems} == {"facts/sources/harbour-post-1902.yaml"}
    assert {p.rule for p in problems} == {"missing-field"}


def test_a_broken_fact_is_not_held_against_what_it_refers_to(tmp_path: Path) -> None:
    """A source or organization that only a broken fact names is not called unused: the fact may name it yet."""
    root = archive(tmp_path / "archive", EXAMPLES / "unused-source" / "good")
    (root / "facts" / "records" / "1902" / "gull-rock-tower-painted-1902.yaml").write_text("claim: [\n")
    assert [p.rule for p in check(root, TODAY)[1]] == ["yaml-syntax"]


def test_a_broken_successor_is_not_held_against_the_fact_it_supersedes(tmp_path: Path) -> None:
    """The evidence for a status may be in another fact, and is not called missing while that fact is broken."""
    root = archive(tmp_path / "archive", EXAMPLES / "supersedes-cycle" / "good")
    painted = root / "facts" / "records" / "1902" / "gull-rock-tower-painted-1902.yaml"
    painted.write_text(painted.read_text().replace("reported", "superseded"))
    assert check(root, TODAY)[1] == []
    (root / "facts" / "records" / "1902" / "gull-rock-tower-white-1903.yaml").write_text("")
    assert [p.rule for p in check(root, TODAY)[1]] == ["empty-record"]


def test_a_linked_folder_is_reported_and_its_records_are_not_lost(tmp_path: Path) -> None:
    """A folder of records that is a link is refused once; what refers to its records is not refused with it."""
    root = archive(tmp_path / "archive")
    (root / "facts" / "sources").rename(root / "elsewhere")
    (root / "facts" / "sources").symlink_to("../elsewhere")
    expected = """\
facts/sources:1:1: error: this is a link [symbolic-link]
    hint: Put a copy of the file here, or remove the link.
1 error in 1 file.
"""
    assert said(check(root, TODAY)[1]) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "evidence: support,",
            "evidence: suport,",
            "5:41: error: statuses reported: evidence must be none, support, "
            "independent-support, primary-record, conflict, better-contradiction, successor",
        ),
        ("rank: 4", "rank: high", "17:42: error: source_kinds primary: rank must be a number"),
        (", inverse: Narrowed by", "", "27:12: error: relations narrows: inverse must be given"),
        ("default: yes", "default: no", "3:3: error: exactly one status must be the default"),
        (
            "topics:\n",
            "topics:\n  sea: {label: Sea, colour: red}\n",
            "33:21: error: topics sea: there is no field colour; allowed: label, meaning, also, recheck, and codes of "
            "languages.",
        ),
        (
            "{label: Storms}",
            "{label: Storms, de: Sturm, rechek: P1Y}",
            "35:38: error: topics storms: there is no field rechek; allowed: label, meaning, also, recheck, and codes "
            "of languages. Did you mean recheck?",
        ),
        (
            "topics:\n",
            "colours:\n  red: {label: Red}\ntopics:\n",
            "32:1: error: there is no list colours; allowed: statuses, fact_kinds, source_kinds, stances, relations, "
            "organization_kinds, topics, people, countries, origins, languages, history. Did you mean countries?",
        ),
        ("topics:\n", "themes:\n", "2:1: error: the list topics must be given"),
        ("{label: Storms}", "Storms", "35:11: error: topics storms must have a label, and plain texts"),
    ],
)
def test_a_vocabulary_that_cannot_be_used_says_why(old: str, new: str, expected: str, tmp_path: Path) -> None:
    """A slip in the vocabulary is reported at its line before any record is read by it."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "vocabulary.yaml"
    path.write_text(path.read_text().replace(old, new))
    found, problems = check(root, TODAY)
    assert found is None
    assert said(problems) == f"facts/vocabulary.yaml:{expected} [vocabulary-incomplete]\n1 error in 1 file.\n"


@pytest.mark.parametrize("field", ["label", "meaning", "fr", "also"])
def test_no_value_of_a_vocabulary_is_empty(field: str, tmp_path: Path) -> None:
    """What is not known is left out; an empty text is an error that names the field."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "vocabulary.yaml"
    text = "{label: ''}" if field == "label" else f"{{label: Storms, {field}: ''}}"
    path.write_text(path.read_text("utf-8").replace("{label: Storms}", text), "utf-8")
    problems = check(root, TODAY)[1]
    assert [p.rule for p in problems] == ["vocabulary-incomplete"]
    assert f"topics storms: {field} is empty" in problems[0].message


@pytest.mark.parametrize("claim", ["灯は白く塗られた。", "两人漆白了灯。", "መብራቱ ተቀባ።"])
def test_a_sentence_of_few_signs_is_long_enough(claim: str, tmp_path: Path) -> None:
    """Where a sign is a word, a whole sentence has less than ten of them."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "records" / "1902" / "storm-broke-gull-rock-lamp-1902.yaml"
    before = "A storm broke the lamp of Gull Rock in November 1902."
    path.write_text(path.read_text("utf-8").replace(before, claim), "utf-8")
    assert check(root, TODAY)[1] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("null", "null-value"),
        ("Storms #1 and #2", "text-cut-by-comment"),
        ("Storms\n        #1 and 2", "text-cut-by-comment"),
    ],
)
def test_nothing_of_a_vocabulary_is_lost_without_a_word(text: str, rule: str, tmp_path: Path) -> None:
    """A value that YAML takes for nothing, and a text that it cuts, are told as in a record."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8").replace("{label: Storms}", f"\n    label: {text}"), "utf-8")
    found, problems = check(root, TODAY)
    assert found is None
    assert [(p.path, p.rule) for p in problems] == [("facts/vocabulary.yaml", rule)]

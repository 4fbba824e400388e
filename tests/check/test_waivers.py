"""A rule gives way only where a waiver says why, who answers for it and until when, and only as long as it must."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check.reference import EXAMPLES
from factbook.check.report import FORMATS
from factbook.check.run import check, errors
from factbook.rules.register import RULES
from revisions import change, checked, commit, output_of, repository

ALIKE = EXAMPLES / "near-duplicate" / "bad"
STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
ALIKE_AT = f"facts/{STORM}"
"""Where the overlay ALIKE is reported."""
RANGE = "facts/records/undated/gull-rock-lamp-range.yaml"


def waiver(rule: str, path: str, expires: str = "2031-01-01") -> str:
    """One entry of the file of waivers."""
    return f"""\
  - rule: {rule}
    path: {path}
    reason: The two are not the same night.
    owner: Keeper of the archive
    expires: {expires}
"""


def waived(root: Path, *entries: str) -> Path:
    """The example archive with two claims that are almost the same, and those waivers."""
    archive(root, ALIKE)
    write(root, "waivers.yaml", "waivers:\n" + "".join(entries))
    return root


def report(root: Path, today: str = TODAY) -> str:
    """What the check says as text."""
    return FORMATS["text"](check(root, today)[1]) + "\n"


def test_a_waived_problem_is_listed_and_counted_and_no_error(tmp_path: Path) -> None:
    """What a waiver lets pass stays visible, with the reason, the owner and the end."""
    root = waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT))
    expected = f"""\
{ALIKE_AT}:1:8: waived: the claim is almost the same as another [near-duplicate]
    found: A storm broke the lamp of Gull Rock in November 1902.
    hint: Waived until 2031-01-01 by Keeper of the archive: The two are not the same night.
1 waived in 1 file.
"""
    assert report(root) == expected
    assert errors(check(root, TODAY)[1]) == []


def test_a_waiver_turns_an_error_into_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its one error waived, the check succeeds; without the waiver it fails."""
    root = archive(tmp_path / "archive", EXAMPLES / "claim-not-one-sentence" / "bad")
    assert output_of(capsys, root, "check", "--date", TODAY)[0] == 1
    path = "facts/records/1902/gull-rock-tower-painted-1902.yaml"
    write(root, "waivers.yaml", "waivers:\n" + waiver("claim-not-one-sentence", path))
    assert output_of(capsys, root, "check", "--date", TODAY)[0] == 0


def test_programs_are_told_what_is_waived(tmp_path: Path) -> None:
    """GitHub shows a waived problem as a notice, and JSON says that it is waived."""
    problems = check(waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT)), TODAY)[1]
    assert FORMATS["github"](problems).startswith(
        f"::notice file={ALIKE_AT},line=1,col=8,title=near-duplicate::the claim"
    )
    assert [(p["rule"], p["severity"]) for p in json.loads(FORMATS["json"](problems))] == [("near-duplicate", "waived")]


def test_a_waiver_holds_through_its_last_day(tmp_path: Path) -> None:
    """On the day it names a waiver still holds; on the next it is an error, and what it let pass is back."""
    root = waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT, "2029-12-31"))
    assert report(root, "2029-12-31").endswith("\n1 waived in 1 file.\n")
    expected = f"""\
{ALIKE_AT}:1:8: warning: the claim is almost the same as another [near-duplicate]
    found: A storm broke the lamp of Gull Rock in November 1902.
    hint: See gull-rock-lamp-broken-1902.
facts/waivers.yaml:6:14: error: the waiver has expired [waiver-expired]
    found: 2029-12-31
    allowed: 2030-01-01 or later
    hint: Repair what it let pass and remove it, or ask Keeper of the archive to decide anew.
1 error, 1 warning in 2 files.
"""
    assert report(root) == expected


def test_an_expiry_date_must_exist(tmp_path: Path) -> None:
    """A waiver until a day that is in no calendar would never end."""
    root = waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT, "2031-02-30"))
    found = [p for p in check(root, TODAY)[1] if p.severity == "error"]
    assert [(p.line, p.rule, p.value) for p in found] == [(6, "waiver-expired", "2031-02-30")]


def test_a_second_waiver_of_the_same_problem_is_unused(tmp_path: Path) -> None:
    """Two waivers of one problem would let one of them go unnoticed."""
    again = waiver("near-duplicate", ALIKE_AT, "2032-01-01")
    root = waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT), again)
    expected = f"""\
facts/waivers.yaml:8:11: error: another waiver already lets this file break this rule [waiver-unused]
    found: {ALIKE_AT}
    hint: Remove one of the two.
1 error, 1 waived in 2 files.
"""
    assert report(root).partition("are not the same night.\n")[2] == expected


def test_a_slip_in_the_path_is_recognised(tmp_path: Path) -> None:
    """A waiver for a file that does not exist is unused, and the file it probably meant is named."""
    root = waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT.replace("lamp", "lanp")))
    found = [p for p in check(root, TODAY)[1] if p.severity == "error"]
    assert [(p.rule, p.hint) for p in found] == [("waiver-unused", f"Did you mean {ALIKE_AT}?")]


def test_what_protects_readers_and_reviewers_cannot_be_waived() -> None:
    """Only rules whose breach leaves a record that can be published and harms nobody give way."""
    assert {rule.id for rule in RULES.values() if rule.waivable} == {
        "claim-not-one-sentence", "speaker-missing", "ledger-not-in-order", "name-periods-overlap",
        "event-after-its-source", "near-duplicate", "unused-organization", "unused-source", "id-gone",
        "ledger-rewritten", "change-without-entry", "redirect-undone", "history-not-compared", "translation-stale",
        "part-older-than-whole", "folder-of-another-year", "event-in-the-future", "dates-contradict",
        "document-recorded-twice", "source-cited-twice", "claim-in-quotation-marks", "figures-at-odds",
        "figures-perhaps-at-odds", "figures-in-two-units", "series-with-a-hole",
        "redirect-says-another",
        "moved-id-forgotten", "status-not-pinned", "word-changed-without-entry", "name-outlives-body",
            "event-after-its-part", "judgement-before-claim", "correction-disagrees", "correction-misquotes",
            "became-another-thing", "claim-recorded-twice", "end-denied", "inference-in-note",
    }  # fmt: skip


@pytest.mark.parametrize(
    "rule", ["yaml-feature", "too-large", "symbolic-link", "url-scheme", "unsafe-character", "not-utf8", "claim-markup"]
)
def test_a_waiver_of_a_safety_rule_waives_nothing(rule: str, tmp_path: Path) -> None:
    """A breach that is listed in the waivers is reported all the same, and the waiver with it."""
    root = archive(tmp_path / "archive", EXAMPLES / rule / "bad")
    (problem,) = check(root, TODAY)[1]
    write(root, "waivers.yaml", "waivers:\n" + waiver(rule, problem.path))
    problems = check(root, TODAY)[1]
    assert sorted((p.rule, p.severity) for p in problems) == sorted([(rule, "error"), ("waiver-not-possible", "error")])


def test_the_file_of_waivers_is_held_to_its_schema(tmp_path: Path) -> None:
    """A waiver without an owner, or with a field of its own making, does not count, and each slip is located."""
    root = archive(tmp_path / "archive", ALIKE)
    text = waiver("near-duplicate", ALIKE_AT).replace("    owner: Keeper of the archive\n", "    until: never\n")
    write(root, "waivers.yaml", f"waivers:\n{text}")
    expected = """\
facts/waivers.yaml:2:5: error: the field owner must be given [missing-field]
    hint: owner: Who answers for it and will see to it before it expires.
facts/waivers.yaml:5:5: error: there is no such field in waivers [unknown-field]
    found: until
    allowed: rule, path, reason, owner, expires
    hint: Remove it, or put it in note.
2 errors, 1 warning in 2 files.
"""
    assert report(root).partition("See gull-rock-lamp-broken-1902.\n")[2] == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("waivers: [\n", "yaml-syntax"),
        ("", "empty-record"),
        ("- rule: x\n", "not-a-record"),
        ("waivers: []\n", "too-few"),
        ("waivers: &a x\n", "yaml-feature"),
        (b"\xff", "not-utf8"),
    ],
)
def test_a_file_of_waivers_that_cannot_be_read_is_an_error(text: str | bytes, rule: str, tmp_path: Path) -> None:
    """A broken file of waivers is one located problem, and nothing is waived."""
    root = archive(tmp_path / "archive", ALIKE)
    write(root, "waivers.yaml", text)
    found = [(p.path, p.rule) for p in check(root, TODAY)[1]]
    assert found == [(ALIKE_AT, "near-duplicate"), ("facts/waivers.yaml", rule)]


def test_a_link_is_no_file_of_waivers(tmp_path: Path) -> None:
    """A file of waivers that leads elsewhere is not followed."""
    root = waived(tmp_path / "archive", waiver("near-duplicate", ALIKE_AT))
    (root / "facts" / "waivers.yaml").rename(root / "elsewhere.yaml")
    (root / "facts" / "waivers.yaml").symlink_to("../elsewhere.yaml")
    assert [p.rule for p in check(root, TODAY)[1]] == ["near-duplicate", "symbolic-link"]


def test_a_deletion_can_be_waived(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a court takes away goes with a waiver that says so; once merged, the waiver has nothing more to waive."""
    root = repository(tmp_path / "archive")
    (root / RANGE).unlink()
    write(root, "waivers.yaml", "waivers:\n" + waiver("id-gone", RANGE))
    expected = f"""\
{RANGE}:1:1: waived: the fact gull-rock-lamp-range is gone [id-gone]
    hint: Waived until 2031-01-01 by Keeper of the archive: The two are not the same night.
1 waived in 1 file.
"""
    assert checked(capsys, root) == expected
    assert output_of(capsys, root, "check", "--date", TODAY)[:2] == (
        0,
        "No problems.\n5 facts, 4 sources, 3 organizations checked.\n",
    )
    commit(root)
    assert "[waiver-unused]" in checked(capsys, root)


def test_a_changed_fact_can_be_waived(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A waiver covers the one rule it names: another breach in the same file is still an error."""
    root = repository(tmp_path / "archive")
    change(root, STORM, "date: 1902-11\n", "date: 1902-11-20\n")
    change(root, STORM, "Two newspapers tell it, but from one report.", "Who knows.")
    write(root, "waivers.yaml", "waivers:\n" + waiver("change-without-entry", f"facts/{STORM}"))
    lines = [line.split(" ", 1)[1] for line in checked(capsys, root).splitlines() if line.startswith("facts/")]
    assert lines == [
        "waived: the field date was changed, and no new ledger entry says why [change-without-entry]",
        "error: the reason of entry 1 of the ledger was changed [ledger-rewritten]",
    ]

"""Nothing that was published is lost, and nothing is changed without saying why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archives import TODAY, write
from revisions import change, checked, commit, git, output_of, repository

LIT = "records/1901/gull-rock-lamp-lit-1901.yaml"
OLD_ID = "records/1901/gull-rock-lit.yaml"
STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
RANGE = "records/undated/gull-rock-lamp-range.yaml"
ENTRY = """\
  - date: 2024-06-01
    status: {}
    reason: It was read again.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive in a repository; what a test changes is not committed."""
    return repository(tmp_path / "archive")


def add(root: Path, path: str, text: str) -> None:
    """Add a text at the end of a file under ``facts/``."""
    file = root / "facts" / path
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def test_an_unchanged_archive_keeps_its_history(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing has changed there is nothing to say."""
    assert checked(capsys, root) == "No problems.\n"


def test_three_attacks_are_told_apart(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A deleted fact, a rewritten ledger entry and a file named like a command are each told, in one run."""
    shutil.copy(root / "facts" / STORM, root / "facts" / "records" / "1902" / "$(touch x).yaml")
    (root / "facts" / RANGE).unlink()
    change(root, LIT, "The register of the League records it.", "Everybody knows it.")
    expected = """\
facts/records/1901/gull-rock-lamp-lit-1901.yaml:12:13: error: the reason of entry 1 of the ledger was changed \
[ledger-rewritten]
    found: Everybody knows it.
    allowed: The register of the League records it.
    hint: Put it back as it was; what is so now goes into a new entry at the end.
facts/records/1902/$(touch x).yaml:1:1: error: the file name cannot be an id [name-not-kebab-case]
    found: $(touch x)
    allowed: lower-case a-z and 0-9 in words joined by single hyphens, at most 100
    hint: Rename the file to touch-x.yaml.
facts/records/undated/gull-rock-lamp-range.yaml:1:1: error: the fact gull-rock-lamp-range is gone [id-gone]
    hint: Put facts/records/undated/gull-rock-lamp-range.yaml back, and withdraw it if it was a mistake.
3 errors in 3 files.
"""
    assert checked(capsys, root) == expected
    assert not Path("x").exists()
    assert not (root / "x").exists()


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        (OLD_ID, "fact", "gull-rock-lit"),
        ("sources/morning-tide-1902.yaml", "source", "morning-tide-1902"),
        ("organizations/keepers-board.yaml", "organization", "keepers-board"),
        ("searches/league-before-1900.yaml", "search", "league-before-1900"),
    ],
)
def test_redirects_sources_organizations_and_searches_stay(
    path: str, kind: str, name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever has an address keeps it, be it a redirect, a source, an organization or a search."""
    (root / "facts" / path).unlink()
    expected = f"""\
facts/{path}:1:1: error: the {kind} {name} is gone [id-gone]
    hint: Put facts/{path} back.
"""
    assert expected in checked(capsys, root)


def test_a_source_that_nothing_cites_stays_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source keeps its page even when no record names it any more."""
    root = repository(tmp_path / "archive")
    write(root, "sources/lost.yaml", "title: Lost\npublisher: Nobody\nlanguage: en\nkind: news\n")
    commit(root)
    (root / "facts" / "sources" / "lost.yaml").unlink()
    expected = """\
facts/sources/lost.yaml:1:1: error: the source lost is gone [id-gone]
    hint: Put facts/sources/lost.yaml back.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


def test_a_record_that_cannot_be_read_any_more_is_not_gone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken record is one problem, and that of its own file: its id is still there."""
    (root / "facts" / RANGE).write_text("claim: [\n")
    assert [line.split()[-1] for line in checked(capsys, root).splitlines() if " error: " in line] == ["[yaml-syntax]"]


def test_a_record_renamed_to_another_ending_is_gone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that no longer counts as a record takes its id away, and both are said."""
    (root / "facts" / RANGE).rename((root / "facts" / RANGE).with_suffix(".yml"))
    rules = [line.split()[-1] for line in checked(capsys, root).splitlines() if " error: " in line]
    assert rules == ["[id-gone]", "[stray-file]"]


def test_a_file_may_move_to_another_folder(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The id is the name of the file, so a fact may lie in a folder that is named after something else than a year."""
    (root / "facts" / "records" / "lamps").mkdir()
    (root / "facts" / RANGE).rename(root / "facts" / "records" / "lamps" / "gull-rock-lamp-range.yaml")
    assert checked(capsys, root) == "No problems.\n"


FIRST = """\
  - date: 2024-05-01
    status: reported
    reason: Two newspapers tell it, but from one report.
"""


def test_a_removed_entry_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a ledger that has lost an entry, the check says which one and what it said."""
    root = repository(tmp_path / "archive")
    add(root, STORM, ENTRY.format("reported"))
    commit(root)
    change(root, STORM, FIRST, "")
    expected = """\
facts/records/1902/storm-broke-gull-rock-lamp-1902.yaml:11:3: error: entry 1 of the ledger is gone [ledger-rewritten]
    allowed: 2024-05-01, reported, Two newspapers tell it, but from one report.
    hint: Put it back as it was; what is so now goes into a new entry at the end.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


def test_an_entry_put_before_an_older_one_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new entry that claims to be older than those published is shown where it stands."""
    change(root, STORM, FIRST, ENTRY.format("reported").replace("2024-06", "2024-04") + FIRST)
    expected = """\
facts/records/1902/storm-broke-gull-rock-lamp-1902.yaml:11:5: error: this stands before entry 1 of the ledger \
[ledger-rewritten]
    found: 2024-04-01, reported, It was read again.
    hint: Move it to the end.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


@pytest.mark.parametrize(
    ("old", "new", "place", "field", "found", "allowed"),
    [
        ("2024-05-01", "2024-04-01", "11:11", "date", "2024-04-01", "2024-05-01"),
        ("status: reported\n    reason", "status: disputed\n    reason", "12:13", "status", "disputed", "reported"),
        ("one report.\n", "one report.\n    sources: [harbour-post-1902]\n", "14:14", "sources", "harbour-post-1902",
         "nothing"),
    ],
)  # fmt: skip
def test_a_changed_entry_is_shown_field_by_field(
    old: str, new: str, place: str, field: str, found: str, allowed: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of an entry that was changed, the field is named, with what it was and what it is."""
    change(root, STORM, old, new)
    expected = f"""\
facts/{STORM}:{place}: error: the {field} of entry 1 of the ledger was changed [ledger-rewritten]
    found: {found}
    allowed: {allowed}
    hint: Put it back as it was; what is so now goes into a new entry at the end.
"""
    assert expected in checked(capsys, root)


EDITS = [
    ("claim: A storm broke", "claim: A gale broke", "1:8", "claim",
     "A gale broke the lamp of Gull Rock in November 1902.", "A storm broke the lamp of Gull Rock in November 1902."),
    ("date: 1902-11\n", "date: 1902-11-20\n", "2:7", "date", "1902-11-20", "1902-11"),
    ("kind: event", "kind: plan", "3:7", "kind", "plan", "event"),
    ("[gull-rock-light]", "[gull-rock-light, keepers-board]", "4:16", "organizations", "keepers-board", "nothing"),
    ("paragraph 1, stance: supports}\n  - {source: m", "paragraph 9, stance: supports}\n  - {source: m", "7:3",
     "sources", "harbour-post-1902, paragraph 9, supports", "harbour-post-1902, paragraph 1, supports"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "field", "found", "allowed"), EDITS)
def test_a_silent_change_is_told_with_before_and_after(
    old: str, new: str, place: str, field: str, found: str, allowed: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A change of what a fact says, without a ledger entry, is an error that names the field, then and now."""
    change(root, STORM, old, new)
    expected = f"""\
facts/{STORM}:{place}: error: the field {field} was changed, and no new ledger entry says why [change-without-entry]
    found: {found}
    allowed: {allowed} (as before), or a new ledger entry
    hint: Add an entry at the end of history that says why.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


def test_a_date_that_goes_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date that is taken away needs an entry as one that is changed; the fact then belongs among the undated ones."""
    change(root, STORM, "date: 1902-11\n", "")
    moving = "the file lies in the folder of a year, and the fact has no date [folder-of-another-year]"
    said = checked(capsys, root)
    assert moving in said and said.endswith("1 error, 1 warning in 1 file.\n")
    assert (
        f"""\
facts/{STORM}:1:1: error: the field date was changed, and no new ledger entry says why [change-without-entry]
    found: nothing
    allowed: 1902-11 (as before), or a new ledger entry
"""
        in said
    )
    add(root, STORM, ENTRY.format("reported"))
    said = checked(capsys, root)
    assert moving in said and said.endswith("\n1 warning in 1 file.\n")
    (root / "facts" / STORM).rename(root / "facts" / "records" / "undated" / Path(STORM).name)
    assert checked(capsys, root) == "No problems.\n"


def test_a_silent_change_of_status_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A status that changes without an entry breaks two rules: the ledger disagrees, and nobody says why."""
    change(root, STORM, "status: reported\nhistory", "status: unreviewed\nhistory")
    rules = [line.split()[-1] for line in checked(capsys, root).splitlines() if " error: " in line]
    assert rules == ["[change-without-entry]", "[ledger-disagrees]"]


@pytest.mark.parametrize(("old", "new"), [edit[:2] for edit in EDITS])
def test_a_change_with_an_entry_is_welcome(old: str, new: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same changes pass with a new entry at the end of the ledger."""
    change(root, STORM, old, new)
    add(root, STORM, ENTRY.format("reported"))
    assert checked(capsys, root) == "No problems.\n"


def test_what_says_nothing_about_the_fact_may_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One more topic, and the order of sources and topics, are not what a fact says, and need no entry."""
    lines = (root / "facts" / STORM).read_text("utf-8").splitlines(keepends=True)
    lines[6], lines[7] = lines[7], lines[6]
    (root / "facts" / STORM).write_text("".join(lines).replace("[lamps, storms]", "[storms, keepers, lamps]"))
    assert checked(capsys, root) == "No problems.\n"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("[lamps, storms]", "[storms]", "topics"),
        ("[lamps, storms]", "[keepers]", "topics"),
        ("status: reported\nhistory", "status: reported\nweight: low\nhistory", "weight"),
    ],
)
def test_where_readers_find_a_fact_does_not_change_in_silence(
    old: str, new: str, field: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A topic that is taken away, and a weight by which it steps behind, need an entry."""
    change(root, STORM, old, new)
    assert f"the field {field} was changed, and no new ledger entry says why" in checked(capsys, root)
    add(root, STORM, ENTRY.format("reported"))
    assert "change-without-entry" not in checked(capsys, root)


@pytest.mark.parametrize("field", ["captured", "changed"])
@pytest.mark.parametrize(("day", "free"), [("2024-05-09", True), ("2024-05-02", False), ("", False)])
def test_what_a_program_saw_does_not_go_back(
    field: str, day: str, free: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The day of a capture or of a change of the page only moves on: taken away, it takes facts off those due."""
    root = repository(tmp_path / "archive")
    add(root, POST, f"{field}: 2024-05-05\n")
    commit(root)
    change(root, POST, f"{field}: 2024-05-05\n", f"{field}: {day}\n" if day else "")
    assert (f"the field {field} was changed" not in checked(capsys, root)) is free


def test_a_difference_far_inside_a_long_text_is_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two long texts are cut around the place where they part, not before it."""
    root = repository(tmp_path / "archive")
    long = "In the storm of November the lamp of Gull Rock was broken, and with it the windows, the door"
    change(root, STORM, "A storm broke the lamp of Gull Rock in November 1902.", f"{long} and the stairs.")
    commit(root)
    change(root, STORM, "the stairs.", "the bell.")
    out = checked(capsys, root)
    assert "    found: …s, the door and the bell.\n" in out
    assert "    allowed: …s, the door and the stairs. (as before), or a new ledger entry\n" in out


FRENCH = """\
translations:
  - {language: fr, claim: Une tempête brisa la lampe., original: A storm broke the lamp of Gull Rock in November 1902.}
"""
WHOM = "people: [ane-morrow]\ncountries: [ferrow-isles]\n"


@pytest.fixture
def told(root: Path) -> Path:
    """The example archive, one fact of which concerns a person and a country and is translated."""
    change(root, "vocabulary.yaml", "countries:\n", "countries:\n  spain: {label: Spain}\n")
    change(root, STORM, "status: reported\nhistory", f"{WHOM}status: reported\n{FRENCH}history")
    commit(root)
    return root


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("people: [ane-morrow]", "people: [tam-ellery]", "people"),
        ("people: [ane-morrow]\n", "", "people"),
        ("countries: [ferrow-isles]", "countries: [spain]", "countries"),
        ("Une tempête brisa", "Ane Morrow brisa", "translations"),
        (FRENCH, "", "translations"),
    ],
)
def test_whom_a_fact_concerns_and_how_it_is_translated_does_not_change_in_silence(
    old: str, new: str, field: str, told: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person, a country or a translation that is replaced or removed needs an entry."""
    change(told, STORM, old, new)
    assert f"the field {field} was changed, and no new ledger entry says why" in checked(capsys, told)
    add(told, STORM, ENTRY.format("reported"))
    assert "change-without-entry" not in checked(capsys, told)


def test_one_more_person_country_or_translation_needs_no_entry(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands beside the others leaves them as they were, wherever in the list it is put."""
    change(told, STORM, "[ane-morrow]", "[tam-ellery, ane-morrow]")
    change(told, STORM, "[ferrow-isles]", "[spain, ferrow-isles]")
    assert "change-without-entry" not in checked(capsys, told)


def test_a_person_who_has_another_id_is_the_same_person(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact that follows the new id of a person needs no entry."""
    change(told, "vocabulary.yaml", "ane-morrow:", "ane-e-morrow:")
    for path in (told / "facts" / "records").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("[ane-morrow]", "[ane-e-morrow]"), "utf-8")
    write(told, "moved.yaml", "moved:\n  - {kind: person, id: ane-morrow, moved_to: ane-e-morrow, date: 2024-05-02, "
                              "reason: So she is called.}\n")  # fmt: skip
    assert "change-without-entry" not in checked(capsys, told)


@pytest.mark.parametrize(("new", "allowed"), [("fr: Jean Valjean", False), ("fr: Anne Morrow, de: Anna", True)])
def test_the_name_of_a_person_in_another_language_does_not_change_in_silence(
    new: str, allowed: bool, told: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers of that language know the person by it; one in a language that had none may be given."""
    change(told, "vocabulary.yaml", "  fr: {label: French}\n", "  fr: {label: French}\n  de: {label: German}\n")
    change(told, "vocabulary.yaml", "fr: Anne Morrow", new)
    assert ("word-changed-without-entry" not in checked(capsys, told)) is allowed


MOVED = "moved_to: gull-rock-lamp-seen-far\nhistory:\n"
TAKEN = """\
  - date: 2024-05-01
    status: unreviewed
    reason: Recorded from the register.
"""


def move(root: Path, ledger: str) -> None:
    """Move a fact to another id and leave a redirect with that ledger."""
    shutil.copy(root / "facts" / RANGE, (root / "facts" / RANGE).with_name("gull-rock-lamp-seen-far.yaml"))
    write(root, RANGE, MOVED + ledger)


def test_a_move_keeps_the_ledger_and_says_why(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A redirect with the old ledger and one new entry is how an id moves."""
    move(root, TAKEN + ENTRY.format("withdrawn"))
    assert checked(capsys, root) == "No problems.\n"


def test_a_move_without_a_reason_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A redirect that only repeats the old ledger does not say why the id has moved."""
    move(root, TAKEN)
    expected = f"""\
facts/{RANGE}:1:11: error: the fact has moved, and no new ledger entry says why [change-without-entry]
    found: gull-rock-lamp-seen-far
    hint: Add an entry at the end of history that says why.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


def test_a_move_that_drops_the_ledger_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The ledger stays with the id, also where the fact has moved on."""
    move(root, ENTRY.format("withdrawn"))
    rules = [line.split()[-1] for line in checked(capsys, root).splitlines() if " error: " in line]
    assert rules == ["[change-without-entry]", "[ledger-rewritten]"]


def test_a_redirect_follows_its_fact(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the fact that a redirect leads to moves on, the redirect leads to the new place."""
    text = (root / "facts" / LIT).read_text("utf-8")
    write(root, "records/1901/first-light-1901.yaml", text)
    history = text.partition("history:\n")[2] + ENTRY.format("withdrawn")
    write(root, LIT, f"moved_to: first-light-1901\nhistory:\n{history}")
    change(root, OLD_ID, "moved_to: gull-rock-lamp-lit-1901", "moved_to: first-light-1901")
    assert checked(capsys, root) == "No problems.\n"


def test_a_redirect_does_not_become_a_fact_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that has moved is not given to another claim, not even with a ledger that goes on."""
    text = (
        (root / "facts" / STORM)
        .read_text("utf-8")
        .partition("history:\n")[0]
        .replace("in November 1902", "at night")
        .replace("date: 1902-11\n", "date: 1901\n")
    )
    ledger = (root / "facts" / OLD_ID).read_text("utf-8").partition("history:\n")[2]
    write(root, OLD_ID, f"{text}history:\n{ledger}{ENTRY.format('reported')}")
    expected = f"""\
facts/{OLD_ID}:1:8: error: this id has moved and is a fact again [redirect-undone]
    found: A storm broke the lamp of Gull Rock at night.
    allowed: moved_to: gull-rock-lamp-lit-1901
    hint: A new fact needs a new id.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


def test_the_history_is_asked_against_any_revision(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was lost in an earlier commit of a change is found when the whole change is held against its base."""
    git(root, "branch", "base")
    (root / "facts" / RANGE).unlink()
    commit(root)
    assert checked(capsys, root) == "No problems.\n"
    assert "[id-gone]" in checked(capsys, root, "base")


def test_without_a_base_the_history_is_not_asked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check of one state alone knows no earlier one."""
    (root / "facts" / RANGE).unlink()
    code, out, err = output_of(capsys, root, "check", "--date", TODAY)
    assert (code, out, err) == (0, "No problems.\n5 facts, 4 sources, 3 organizations checked.\n", "")


POST = "sources/harbour-post-1902.yaml"
SPOKEN = "kind: event\n"
SILENT = """\
facts/{path}:{place}: error: the field {field} was changed, and no new ledger entry says why [change-without-entry]
    found: {found}
    allowed: {allowed} (as before), or a new ledger entry
    hint: {hint}
1 error in 1 file.
"""
AT_THE_END = "Add an entry at the end of history that says why."
AT_ALL = "Begin its ledger: add history, with an entry that has a date and a reason."
OTHERS = [
    (STORM, SPOKEN, "kind: event\nspeaker: Ane Morrow\n", "4:10", "speaker", "Ane Morrow", "nothing", AT_THE_END),
    (STORM, "status: reported\nhistory", "status: reported\nnote: A night.\nhistory", "10:7", "note", "A night.",
     "nothing", AT_THE_END),
    (STORM, "status: reported\nhistory", "status: reported\nrelations:\n  - contradicts: gull-rock-lamp-range\nhistory",
     "11:3", "relations", "contradicts, gull-rock-lamp-range", "nothing", AT_THE_END),
    (STORM, "status: reported\nhistory", "status: reported\nfigure: {number: 1, unit: lamp, counts: lamps}\nhistory",
     "10:9", "figure", "1, lamp, lamps", "nothing", AT_THE_END),
    (STORM, "paragraph 1, stance: supports}\nstatus", "paragraph 1, stance: supports}\n  - {source: board-notice-1903, "
     "locator: item 3, stance: contradicts}\nstatus", "7:3", "sources", "board-notice-1903, item 3, contradicts",
     "nothing", AT_THE_END),
    (POST, "title: Gull Rock dark", "title: Gull Rock lit", "1:8", "title", "Gull Rock lit for a night",
     "Gull Rock dark for a night", AT_ALL),
    (POST, "harbour-post.example", "other.example", "3:6", "url", "https://other.example/1902/gull-rock",
     "https://harbour-post.example/1902/gull-rock", AT_ALL),
    (POST, "origin: tern-wire\n", "", "1:1", "origin", "harbour-post-1902", "tern-wire", AT_ALL),
    (POST, "publisher: Harbour Post", "publisher: Tern Wire", "2:12", "publisher", "Tern Wire", "Harbour Post", AT_ALL),
    (POST, "kind: news", "kind: official", "6:7", "kind", "official", "news", AT_ALL),
    ("organizations/keepers-board.yaml", "Board of Keepers, language", "Guild of Sailors, language", "2:3", "names",
     "Guild of Sailors, en", "Board of Keepers, en", AT_ALL),
    ("organizations/keepers-board.yaml", "council of the League", "council of the Guild", "5:14", "description",
     "The council of the Guild that appoints the keepers.", "The council of the League that appoints the keepers.",
     AT_ALL),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "place", "field", "found", "allowed", "hint"), OTHERS)
def test_whatever_else_a_record_says_does_not_change_in_silence(
    path: str,
    old: str,
    new: str,
    place: str,
    field: str,
    found: str,
    allowed: str,
    hint: str,
    root: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A speaker, a note, a relation, a figure, a source against it, and all that a source or an organization says."""
    change(root, path, old, new)
    expected = SILENT.format(path=path, place=place, field=field, found=found, allowed=allowed, hint=hint)
    assert expected.rpartition("1 error")[0] in checked(capsys, root)


def test_a_source_changes_with_an_entry_in_its_ledger(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source or an organization needs a ledger once it changes, and the entry says why."""
    change(root, POST, "title: Gull Rock dark for a night", "title: Gull Rock dark for two nights")
    add(root, POST, "history:\n  - {date: 2024-06-01, reason: The title was misread.}\n")
    change(root, "organizations/keepers-board.yaml", "council of the League", "council of the Guild")
    add(root, "organizations/keepers-board.yaml", "history:\n  - {date: 2024-06-01, reason: It has another name.}\n")
    assert checked(capsys, root) == "No problems.\n"


def test_a_source_is_pinned_without_an_entry(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An archived copy, a hash, a later day of reading and one more name may be added; a hash does not change."""
    change(root, POST, "accessed: 2024-05-01", f"accessed: 2024-05-09\nsha256: {'0' * 64}")
    add(root, POST, "archive_url: https://stored.example/gull-rock\n")
    change(root, "organizations/keepers-board.yaml", "language: en}\n",
           "language: en}\n  - {text: Conseil des gardiens, language: fr}\n")  # fmt: skip
    assert checked(capsys, root) == "No problems.\n"
    commit(root)
    change(root, POST, "0" * 64, "1" * 64)
    expected = SILENT.format(path=POST, place="9:9", field="sha256", found="1" * 64, allowed="0" * 64, hint=AT_ALL)
    assert checked(capsys, root) == expected


BOARD = "organizations/keepers-board.yaml"
FIRST_NAME = "names:\n  - {text: Board of Keepers, language: en}\n"


@pytest.mark.parametrize(
    ("names", "free"),
    [
        ("  - {text: Guild, language: en}\n  - {text: Board of Keepers, language: en}\n", False),
        ("  - {text: Board of Keepers, language: en}\n  - {text: Guild, language: en, period: 1900/1910}\n", False),
        ("  - {text: Board of Keepers, language: en}\n  - {text: Guild, language: en}\n", True),
        ("  - {text: Board of Keepers, language: en}\n  - {text: Gilde, language: fr, period: 1900/1910}\n", True),
    ],
)
def test_a_name_that_is_shown_in_the_place_of_another_needs_an_entry(
    names: str, free: bool, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that stands before it, or that facts of its period bear, displaces the name that readers knew."""
    change(root, BOARD, FIRST_NAME, f"names:\n{names}")
    assert ("the field names was changed" not in checked(capsys, root)) is free
    add(root, BOARD, "history:\n  - {date: 2024-06-01, reason: It has another name.}\n")
    assert "change-without-entry" not in checked(capsys, root)


def test_a_name_does_not_come_before_another_of_its_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers of each language see the first name in it."""
    root = repository(tmp_path / "archive")
    change(root, BOARD, FIRST_NAME, f"{FIRST_NAME}  - {{text: Conseil, language: fr}}\n")
    commit(root)
    change(root, BOARD, FIRST_NAME, f"{FIRST_NAME}  - {{text: Guilde, language: fr}}\n")
    assert "the field names was changed" in checked(capsys, root)


@pytest.mark.parametrize(
    ("page", "free"), [("https://harbour-post.example/1902/gull-rock", True), ("https://other.example/page", False)]
)
def test_a_copy_is_one_of_the_address_of_its_source(
    page: str, free: bool, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy of another address is another document, and is not given without an entry."""
    add(root, POST, f"archive_url: https://web.archive.org/web/20240501000000/{page}\n")
    assert ("the field archive_url was changed" not in checked(capsys, root)) is free


@pytest.mark.parametrize(
    "copied", ["https://stored.example/gull-rock", "https://archive.ph/aB1c2", "https://perma.cc/AB12-CD34"]
)
def test_a_copy_that_shows_nothing_needs_an_entry(copied: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An address that does not say of which page it is a copy is free with the hash of the text alone."""
    add(root, POST, f"archive_url: {copied}\n")
    assert "the field archive_url was changed" in checked(capsys, root)
    add(root, POST, f"sha256: {'0' * 64}\n")
    assert "the field archive_url was changed" not in checked(capsys, root)


@pytest.mark.parametrize(
    ("line", "free"), [("accessed: 2024-05-09\n", True), ("accessed: 2024-04-01\n", False), ("", False)]
)
def test_a_source_was_not_read_earlier_or_never(
    line: str, free: bool, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The day of reading is shown and holds facts back that are later; it may only move on."""
    change(root, POST, "accessed: 2024-05-01\n", line)
    assert ("the field accessed was changed" not in checked(capsys, root)) is free


def test_the_ledger_of_a_source_is_not_rewritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written in the ledger of a source stays there, as in that of a fact."""
    root = repository(tmp_path / "archive")
    add(root, POST, "history:\n  - {date: 2024-06-01, reason: The title was misread.}\n")
    commit(root)
    change(root, POST, "The title was misread.", "Nobody knows.")
    expected = f"""\
facts/{POST}:10:32: error: the reason of entry 1 of the ledger was changed [ledger-rewritten]
    found: Nobody knows.
    allowed: The title was misread.
    hint: Put it back as it was; what is so now goes into a new entry at the end.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected


def test_the_ledger_of_a_source_is_in_order_and_not_ahead(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The days of the ledger of a source or an organization are held to those of a fact's."""
    days = "history:\n  - {date: 2024-06-01, reason: One.}\n  - {date: 2024-05-01, reason: Two.}\n"
    add(root, POST, days)
    add(root, "organizations/keepers-board.yaml", "history:\n  - {date: 2199-05-01, reason: One.}\n")
    rules = [line.split()[-1] for line in checked(capsys, root).splitlines() if " error: " in line]
    assert rules == ["[ledger-in-the-future]", "[ledger-not-in-order]"]


def test_a_fact_does_not_lead_to_another_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact that becomes a redirect to one that says something else is told, unless it says what is other."""
    entry = TAKEN + ENTRY.format("withdrawn")
    write(root, RANGE, f"moved_to: gull-rock-lamp-lit-1901\nhistory:\n{entry}")
    expected = f"""\
facts/{RANGE}:1:11: error: the fact has moved to one that says something else: its claim [redirect-says-another]
    found: The lamp of Gull Rock was lit for the first time on 3 May 1901.
    allowed: The lamp of Gull Rock can be seen from eighteen miles away.
    hint: Lead to a fact that says the same, or say in differs what is other.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected
    write(root, RANGE, f"moved_to: gull-rock-lamp-lit-1901\ndiffers: It tells of the first light.\nhistory:\n{entry}")
    assert checked(capsys, root) == "No problems.\n"
    commit(root)
    write(root, RANGE, f"moved_to: gull-rock-lamp-lit-1901\nhistory:\n{entry}")
    assert "the field differs was changed, and no new ledger entry says why" in checked(capsys, root)


@pytest.mark.parametrize(
    ("old", "new", "field", "found", "allowed"),
    [
        ("eighteen miles", "twenty miles", "claim", "The lamp of Gull Rock can be seen from twenty miles away.",
         "The lamp of Gull Rock can be seen from eighteen miles away."),
        ("date: unknown", "date: 1902", "date", "1902", "unknown"),
        ("kind: figure", "kind: figure\nspeaker: Ane Morrow", "speaker", "Ane Morrow", "nothing"),
    ],
)  # fmt: skip
def test_a_fact_that_moves_takes_its_claim_along(
    old: str, new: str, field: str, found: str, allowed: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new id is a new name for the fact that was there, not for another."""
    move(root, TAKEN + ENTRY.format("withdrawn"))
    change(root, "records/undated/gull-rock-lamp-seen-far.yaml", old, new)
    expected = f"""\
facts/{RANGE}:1:11: error: the fact has moved to one that says something else: its {field} [redirect-says-another]
    found: {found}
    allowed: {allowed}
    hint: Lead to a fact that says the same, or say in differs what is other.
"""
    assert expected in checked(capsys, root)


def test_what_a_fact_rests_on_does_not_change_in_silence_while_it_moves(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A move is no way past the ledger: what else is changed with it needs an entry under the new id."""
    moved = "records/undated/gull-rock-lamp-seen-far.yaml"
    move(root, TAKEN + ENTRY.format("withdrawn"))
    change(root, moved, "entry 12", "entry 99")
    expected = SILENT.format(
        path=moved, place="7:3", field="sources", found="league-register-1901, entry 99, supports",
        allowed="league-register-1901, entry 12, supports", hint=AT_THE_END,
    )  # fmt: skip
    assert checked(capsys, root) == expected
    add(root, moved, ENTRY.format("unreviewed"))
    assert checked(capsys, root) == "No problems.\n"


def test_the_ledger_moves_along_with_the_fact(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new id with a ledger of its own making is refused, whatever entry it has."""
    moved = "records/undated/gull-rock-lamp-seen-far.yaml"
    move(root, TAKEN + ENTRY.format("withdrawn"))
    change(root, moved, TAKEN, ENTRY.format("unreviewed"))
    change(root, moved, "entry 12", "entry 99")
    told = checked(capsys, root)
    assert f"facts/{moved}:" in told
    assert "of entry 1 of the ledger was changed [ledger-rewritten]" in told


def test_two_facts_joined_under_a_new_id_go_on_with_the_ledger_of_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ledger can begin with that of one fact only, and the other keeps its own where it was."""
    twin = "records/undated/gull-rock-lamp-visible.yaml"
    text = (root / "facts" / RANGE).read_text("utf-8").replace(TAKEN, ENTRY.format("unreviewed"))
    write(root, twin, text)
    commit(root)
    move(root, TAKEN + ENTRY.format("withdrawn"))
    write(root, twin, MOVED + ENTRY.format("unreviewed") + ENTRY.format("withdrawn"))
    assert "ledger-rewritten" not in checked(capsys, root)


def test_a_relation_to_a_fact_that_moves_is_the_same_relation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What names a fact that moves names its new id, and needs no entry for that."""
    root = repository(tmp_path / "archive")
    change(root, STORM, "status: reported\nhistory",
           "status: reported\nrelations:\n  - narrows: gull-rock-lamp-range\nhistory")  # fmt: skip
    commit(root)
    move(root, TAKEN + ENTRY.format("withdrawn"))
    change(root, STORM, "narrows: gull-rock-lamp-range", "narrows: gull-rock-lamp-seen-far")
    assert checked(capsys, root) == "No problems.\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("*.yaml ident", "ident: set"),
        ("*.yaml working-tree-encoding=UTF-16", "working-tree-encoding: UTF-16"),
        ("facts/** filter=lamp", "filter: lamp"),
        ("[attr]dim ident\n*.yaml dim", "ident: set"),
    ],
)
def test_no_attribute_changes_a_record_on_its_way(
    line: str, found: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Attributes by which git rewrites a file between repository and folder are refused, named by a macro or not."""
    (root / ".gitattributes").write_text(f"{line}\n")
    count = len([path for path in (root / "facts").rglob("*") if path.is_file()])
    attribute = found.partition(":")[0]
    expected = f"""\
facts/organizations/gull-rock-light.yaml:1:1: error: git changes this file and {count - 1} more on the way from the \
repository [rewritten-by-git]
    found: {found}
    hint: Take the attribute {attribute} away from it in .gitattributes.
1 error in 1 file.
"""
    assert checked(capsys, root) == expected
    (root / ".gitattributes").write_text(f"{line}\nfacts/** -ident -filter -working-tree-encoding\n")
    assert checked(capsys, root) == "No problems.\n"


def test_a_word_that_comes_to_say_something_else_names_who_bears_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Evidence, rank, meaning and a word that is gone are told with the facts that they say something of."""
    change(root, "vocabulary.yaml", "evidence: support, rank: 1", "evidence: support, rank: 3")
    change(root, "vocabulary.yaml", "  storms: {label: Storms}\n", "")
    for path in sorted((root / "facts" / "records").rglob("*.yaml")):
        path.write_text(path.read_text("utf-8").replace(", storms]", "]").replace("[storms]", "[lamps]"), "utf-8")
    lines = [line for line in checked(capsys, root).splitlines() if "word-changed-without-entry" in line]
    assert [line.partition(" error: ")[2].partition(" [")[0] for line in lines] == [
        "the rank of statuses reported was changed, and no new entry in the history of the vocabulary says why; "
        "it says something of 1: storm-broke-gull-rock-lamp-1902",
        "the word storms of topics is gone, and no new entry in the history of the vocabulary says why; "
        "it says something of 2: keeper-left-gull-rock-1902, storm-broke-gull-rock-lamp-1902",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{label: Storms}", "{label: Storms, fr: Tempêtes, also: gales}"),
        ("{label: Storms}", "{label: Storms, meaning: Strong winds at sea.}"),
        ("  storms: {label: Storms}\n", "  storms: {label: Storms}\n  tides: {label: Tides}\n"),
    ],
)
def test_what_only_adds_to_the_words_needs_no_entry(
    old: str, new: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in another language, another spelling, a first meaning, a new word."""
    change(root, "vocabulary.yaml", old, new)
    assert "word-changed-without-entry" not in checked(capsys, root)


def test_the_ledger_of_the_vocabulary_is_held_like_any_other(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no entry is told at its line, and what was published in it is neither rewritten nor removed."""
    add(root, "vocabulary.yaml", "history:\n  - {date: 2024-05-02, reason: So it was decided.}\n")
    assert checked(capsys, root) == "No problems.\n"
    commit(root)
    change(root, "vocabulary.yaml", "So it was decided.", "Otherwise.")
    assert "the reason of entry 1 of the ledger was changed" in checked(capsys, root)
    change(root, "vocabulary.yaml", "date: 2024-05-02, reason: Otherwise.", "reason: Otherwise.")
    assert "facts/vocabulary.yaml:" in (told := checked(capsys, root))
    assert "the field date must be given [missing-field]" in told

"""`factbook move` and `factbook merge` for records of every kind and for words: references, redirects, ledgers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import revisions
from archives import write
from factbook.authoring import union, yaml_edit
from factbook.check.run import check
from factbook.data import feeds, moved_files
from factbook.data.published import Publication
from factbook.history import base as revision
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.moved import MOVABLE
from factbook.pages.kinds import PAGE_KINDS, Pages
from factbook.read import yamldoc
from factbook.read.schema import FOLDER as SCHEMAS
from factbook.read.schema import Schemas
from factbook.read.vocabulary import read_vocabulary

DAY = "2025-06-01"
STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
MENDED = "records/1902/gull-rock-lamp-mended-1902.yaml"
WHY = ("--reason", "It is called so.")
IDS = {
    "source": "harbour-post-1902",
    "organization": "keepers-board",
    "search": "board-and-gull-rock-1910-1919",
    "question": "did-the-keeper-leave",
    "series": "lamp-and-keeper",
    "reply": "board-of-keepers-1903",
    "review": "tern-gazette-1903",
    "topic": "storms",
    "person": "ane-morrow",
    "country": "ferrow-isles",
    "origin": "tern-wire",
}
"""Something of each kind that the example archive has, and names elsewhere where anything can."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The example archive in a repository, on the day of the tests, with a ledger that names a source."""
    monkeypatch.setenv("FACTBOOK_DATE", DAY)
    root = revisions.repository(tmp_path / "a")
    fact = ("storm-broke-gull-rock-lamp-1902", "reported", "--reason", "Read.", "--source", "harbour-post-1902")
    assert revisions.output_of(capsys, root, "status", *fact)[0] == 0
    return revisions.commit(root)


def text(root: Path, path: str) -> str:
    """What a file under ``facts/`` holds."""
    return (root / "facts" / path).read_text("utf-8")


def sound(root: Path) -> Archive:
    """The archive, which must have no problems, also when it is held against its last commit."""
    archive, problems = check(root, "2026-01-01", revision.read(root, "HEAD"))
    assert [f"{p.path}: {p.message}" for p in problems if p.rule != "answer-due"] == []
    assert archive is not None
    return archive


def ledgers(archive: Archive) -> dict[str, list[str]]:
    """Every entry of every ledger, by the id it stands under."""
    return {r.id: [str(h) for h in r.history] for r in (*archive.statements.values(), *archive.redirects.values())}


@pytest.mark.parametrize("kind", MOVABLE)
def test_moving_something_of_every_kind(kind: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The old id is named nowhere but in ledgers and in the list of moved ids, which says where it is and why."""
    before, old = sound(root), IDS[kind]
    assert revisions.output_of(capsys, root, "move", old, "another-id", *WHY)[0] == 0
    archive = sound(root)
    assert ledgers(archive) == ledgers(before)
    (moved,) = archive.moved
    assert (moved.kind, moved.id, moved.moved_to, moved.date) == (kind, old, "another-id", DAY)
    assert moved.reason == "It is called so."
    for path in sorted((root / "facts").rglob("*.yaml")):
        outside = re.sub(r"(?s)^history:\n.*?(?=^\w|\Z)", "", path.read_text("utf-8"), flags=re.MULTILINE)
        assert path.name == "moved.yaml" or not re.search(rf"(?<![\w-]){old}(?![\w-])", outside), path


@pytest.mark.parametrize("kind", MOVABLE)
def test_the_old_page_leads_on(kind: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a record or a word has a page, its old address has one that leads to the new one."""
    assert revisions.output_of(capsys, root, "move", IDS[kind], "another-id", *WHY)[0] == 0
    archive = sound(root)
    pages = Pages(archive)
    jobs = [job for job in pages.jobs() if job[1] == IDS[kind]]
    assert len(jobs) == (f"moved {kind}" in PAGE_KINDS)
    for job in jobs:
        page = pages.page(job)
        assert page.path.endswith(f"/{IDS[kind]}.html")
        assert 'href="another-id.html"' in page.body
        assert page.title.startswith("Moved: ")


def test_every_kind_with_pages_of_its_own_has_pages_for_moved_ids() -> None:
    """What has no page of its own leaves none; everything else that can move does."""
    without = {"search", "reply", "review", "origin"}
    assert {kind for kind in MOVABLE if f"moved {kind}" not in PAGE_KINDS} == without


PAGE = "https://harbour-post.example/1902/gull-rock"
COPY = f"https://web.archive.org/web/20240501000000/{PAGE}"


@pytest.mark.parametrize(
    ("kept", "gone", "stays"),
    [
        ({"url": PAGE}, {"url": COPY}, {"url": PAGE, "archive_url": COPY}),
        ({"url": COPY}, {"url": PAGE}, {"url": PAGE, "archive_url": COPY}),
        ({"url": COPY}, {}, {"url": COPY}),
    ],
)
def test_the_copy_of_a_page_is_kept_as_its_copy(
    kept: dict[str, str], gone: dict[str, str], stays: dict[str, str]
) -> None:
    """Of two records of one page, one of which names its copy in a web archive, nothing is lost."""
    assert union.united("source", kept, gone, "harbour-post-1902", "en") == (stays, [])


def test_every_kind_can_be_listed_and_united() -> None:
    """The schema of the list names every kind that can move, and each kind of record says what is united of it."""
    schema = json.loads((SCHEMAS / "moved.schema.json").read_text("utf-8"))
    assert schema["properties"]["moved"]["items"]["properties"]["kind"]["enum"] == list(MOVABLE)
    assert [kind for kind in FILED if kind not in union._LISTS] == []


def test_a_source_that_moved_is_still_shown_in_ledgers(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger names a source by the id it had; the page of the fact shows the source that it is now."""
    assert revisions.output_of(capsys, root, "move", "harbour-post-1902", "post-1902", *WHY)[0] == 0
    archive = sound(root)
    assert archive.statements["storm-broke-gull-rock-lamp-1902"].history[-1].sources == ("harbour-post-1902",)
    body = Pages(archive).page(("fact", "storm-broke-gull-rock-lamp-1902")).body
    assert "sources/post-1902.html" in body
    assert "sources/harbour-post-1902.html" not in body


def test_the_data_tell_of_moved_ids(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list of moved ids is data, an old document leads on, and who subscribed to the old feed hears of changes."""
    assert revisions.output_of(capsys, root, "move", "keepers-board", "another-id", *WHY)[0] == 0
    archive = sound(root)
    made = dict(moved_files.files(archive, Publication()))
    assert json.loads(made["data/v1/moved.json"])["moved"][0]["moved_to"] == "another-id"
    assert json.loads(made["data/v1/organizations/keepers-board.json"])["moved_to"] == "another-id"
    news = dict(feeds.files(archive, Publication()))
    old, new = (news[f"data/v1/organizations/{name}.feed.json"] for name in ("keepers-board", "another-id"))
    assert old == new


def test_an_id_that_moves_again_is_left_straight(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both old ids lead to the newest one, and neither can be used for anything else."""
    assert revisions.output_of(capsys, root, "move", "keepers-board", "board", *WHY)[0] == 0
    assert revisions.output_of(capsys, root, "move", "board", "the-board", *WHY)[0] == 0
    assert sound(root).moved_ids["organization"] == {"keepers-board": "the-board", "board": "the-board"}
    code, _, error = revisions.output_of(capsys, root, "move", "the-board", "board", *WHY)
    assert code == 2
    assert error == "error: another record has this id: board\n    hint: Choose another, such as board-2.\n"
    assert revisions.output_of(capsys, root, "move", "board", "x", *WHY) == (
        2, "", "error: board has moved to the-board\n    hint: Give that id: the-board.\n"
    )  # fmt: skip


def test_a_record_that_names_a_moved_id_is_told_the_new_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever writes an old id is told which one to write, for a record as for a word."""
    assert revisions.output_of(capsys, root, "move", "keepers-board", "board", *WHY)[0] == 0
    assert revisions.output_of(capsys, root, "move", "lamps", "lights", *WHY)[0] == 0
    write(root, STORM, text(root, STORM).replace("gull-rock-light]", "keepers-board]").replace("[lights", "[lamps"))
    hints = [p.hint for p in check(root, "2026-01-01")[1] if p.severity == "error"]
    assert hints == ["Write board.", "Write lights."]


def test_a_waiver_follows_the_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A waiver names a file; where that gets another name, so does the waiver."""
    waiver = "  - rule: unused-source\n    path: facts/sources/lone.yaml\n    reason: It will be cited soon.\n"
    write(root, "sources/lone.yaml", "title: A page\npublisher: Nobody\nlanguage: en\nkind: news\n")
    write(root, "waivers.yaml", f"waivers:\n{waiver}    owner: A keeper\n    expires: 2027-01-01\n")
    assert [(p.path, p.severity) for p in check(root, "2026-01-01")[1]] == [("facts/sources/lone.yaml", "waived")]
    assert revisions.output_of(capsys, root, "move", "lone", "alone", *WHY)[0] == 0
    assert [(p.path, p.severity) for p in check(root, "2026-01-01")[1]] == [("facts/sources/alone.yaml", "waived")]
    assert revisions.output_of(capsys, root, "merge", "harbour-post-1902", "alone", *WHY)[0] == 0
    assert not (root / "facts" / "waivers.yaml").exists()


def test_merging_two_organizations(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each thing is named once afterwards, names are united, and what is said otherwise is told."""
    before = ledgers(sound(root))
    code, out, _ = revisions.output_of(capsys, root, "merge", "gull-rock-light", "keepers-board", *WHY)
    assert code == 0
    assert out.endswith(
        "keepers-board also said, and gull-rock-light says otherwise or nothing:\n"
        "  kind: board\n"
        "  description: The council of the League that appoints the keepers.\n"
    )
    archive = sound(root)
    assert ledgers(archive) == before
    assert [name.text for name in archive.organizations["gull-rock-light"].names] == [
        "Gull Rock Light",
        "Board of Keepers",
    ]
    assert archive.statements["gull-rock-lamp-mended-1902"].organizations == ("gull-rock-light",)
    assert archive.sources["board-notice-1903"].origin == "gull-rock-light"
    assert archive.moved_ids["organization"] == {"keepers-board": "gull-rock-light"}


def test_merging_two_sources_of_one_document(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact that cited both cites one, with both places, and its ledger says so: its evidence is another."""
    write(
        root,
        STORM,
        text(root, STORM)
        .replace("harbour-post-1902, locator: paragraph 1", "harbour-post-1902, locator: line 9")
        .replace("stance: supports}", "stance: supports, fragment: a storm}", 1),
    )
    revisions.commit(root)
    before = ledgers(sound(root))
    assert revisions.output_of(capsys, root, "merge", "morning-tide-1902", "harbour-post-1902", *WHY)[0] == 0
    archive = sound(root)
    fact = archive.statements["storm-broke-gull-rock-lamp-1902"]
    assert [(r.source, r.locator) for r in fact.references] == [("morning-tide-1902", "line 9; paragraph 1")]
    assert fact.references[0].fragment == "a storm"
    after = ledgers(archive)
    assert after[fact.id][:-1] == before.pop(fact.id)
    assert fact.history[-1].reason == "It is called so."
    assert {name: entries for name, entries in after.items() if name != fact.id} == before


def test_merging_two_sources_of_one_organization(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An organization that was described from both has one, with both places, and its ledger begins with the reason."""
    path = "organizations/keepers-board.yaml"
    both = (
        "sources:\n  - {source: harbour-post-1902, locator: line 9}\n  - {source: morning-tide-1902, locator: line 2}\n"
    )
    write(root, path, re.sub(r"^sources:\n(  .*\n)*", "", text(root, path), flags=re.M) + both)
    revisions.commit(root)
    assert revisions.output_of(capsys, root, "merge", "morning-tide-1902", "harbour-post-1902", *WHY)[0] == 0
    board = sound(root).organizations["keepers-board"]
    assert [(r.source, r.locator) for r in board.references] == [("morning-tide-1902", "line 9; line 2")]
    assert [entry.reason for entry in board.history] == ["It is called so."]


def test_merging_two_facts(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The fact that stays rests on the evidence of both; the other keeps its ledger and leads to it."""
    before = ledgers(sound(root))
    code, out, _ = revisions.output_of(
        capsys, root, "merge", "storm-broke-gull-rock-lamp-1902", "gull-rock-lamp-mended-1902", *WHY
    )
    assert code == 0
    assert "  claim: The keepers mended the lamp of Gull Rock before the end of 1902.\n" in out
    archive = sound(root)
    fact = archive.statements["storm-broke-gull-rock-lamp-1902"]
    assert [r.source for r in fact.references] == ["harbour-post-1902", "morning-tide-1902", "board-notice-1903"]
    after = ledgers(archive)
    assert {name: entries[: len(before[name])] for name, entries in after.items()} == before
    assert {name: len(entries) - len(before[name]) for name, entries in after.items() if entries != before[name]} == {
        fact.id: 1,
        "gull-rock-lamp-mended-1902": 1,
    }
    assert archive.redirects["gull-rock-lamp-mended-1902"].moved_to == fact.id


def test_merging_facts_that_name_each_other(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A relation between the two is gone with the one, and an answer names the other once."""
    gone = "board-denied-keeper-left-1903"
    assert revisions.output_of(capsys, root, "merge", "keeper-left-gull-rock-1902", gone, *WHY)[0] == 0
    archive = sound(root)
    assert archive.statements["keeper-left-gull-rock-1902"].relations == ()
    assert archive.questions["did-the-keeper-leave"].answer[0].facts == ("keeper-left-gull-rock-1902",)


def test_merging_two_people(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The word that stays is found by every name of the one that goes."""
    code, out, _ = revisions.output_of(capsys, root, "merge", "tam-ellery", "ane-morrow", *WHY)
    assert code == 0
    assert out.endswith("tam-ellery says otherwise or nothing:\n  meaning: Keeper of Gull Rock in 1902.\n")
    archive = sound(root)
    assert [*archive.vocabulary["people"]] == ["tam-ellery"]
    word = archive.vocabulary["people"]["tam-ellery"]
    assert word.extra["fr"] == "Anne Morrow"
    assert word.also == ("Ane Morrow", "Ann Morow", "A. Morrow")
    assert archive.statements["keeper-left-gull-rock-1902"].people == ("tam-ellery",)


def test_merging_two_questions(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The question that goes is another phrasing of the one that stays."""
    code, _, error = revisions.output_of(capsys, root, "merge", "did-the-keeper-leave", "who-built-gull-rock", *WHY)
    assert code == 0, error
    asked = sound(root).questions["did-the-keeper-leave"]
    assert [phrasing.text for phrasing in asked.phrasings][-1].endswith("?")
    assert len(asked.phrasings) >= 2


def test_what_the_check_would_refuse_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two witnesses that turn out to be one no longer carry a status; the merge is refused and says why."""
    before = {path: path.read_bytes() for path in (root / "facts").rglob("*.yaml")}
    code, _, error = revisions.output_of(capsys, root, "merge", "board-notice-1903", "harbour-post-1902", *WHY)
    assert code == 1
    assert "error: the check would refuse this, and nothing was changed." in error
    assert {path: path.read_bytes() for path in (root / "facts").rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("move", "keeprs-board", "x"), "nothing has the id keeprs-board\n    hint: Did you mean keepers-board?\n"),
        (
            ("merge", "lamps", "ane-morrow"),
            "they are not of one kind: lamps is a topic, ane-morrow is a person\n",
        ),
        (("merge", "lamps", "lamps"), "lamps is one topic already\n"),
        (
            ("move", "keepers-board", "Board!"),
            "this cannot be an id: Board!\n    allowed: lower-case a-z and 0-9 in words joined by single hyphens, "
            "at most 100\n    hint: Write board.\n",
        ),
        (("move", "lamps", "x", "--kind", "person"), "there is no person with the id lamps\n"),
    ],
)
def test_what_cannot_be_done(
    arguments: tuple[str, ...], said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is misspelt, of two kinds or badly formed is told in a line, with what was probably meant."""
    assert revisions.output_of(capsys, root, *arguments, *WHY) == (2, "", f"error: {said}")


def test_an_id_of_several_kinds_has_to_be_told_apart(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a topic and an organization have one id, the command asks which is meant."""
    assert revisions.output_of(capsys, root, "move", "keepers", "gull-rock-light", *WHY)[0] == 0
    code, _, error = revisions.output_of(capsys, root, "move", "gull-rock-light", "x", *WHY)
    assert code == 2
    assert error == (
        "error: things of several kinds have the id gull-rock-light: organization, topic\n"
        "    hint: Say which: --kind organization\n"
    )
    assert revisions.output_of(capsys, root, "move", "gull-rock-light", "x", "--kind", "topic", *WHY)[0] == 0
    assert "x" in sound(root).vocabulary["topics"]


def test_written_pages_that_name_it_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Prose is nobody's to rewrite: the places are told, and links in them lead on."""
    (root / "docs").mkdir()
    (root / "docs" / "about.md").write_text("See\n[the Board](organizations/keepers-board.html).\n", "utf-8")
    out = revisions.output_of(capsys, root, "move", "keepers-board", "board", *WHY)[1]
    assert "keepers-board is also named in docs/about.md:2: links to its page lead on" in out


def test_the_difference_says_what_moved(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reviewer reads that an organization has another id, and not that every fact about it has changed."""
    assert revisions.output_of(capsys, root, "move", "keepers-board", "board", *WHY)[0] == 0
    lines = revisions.output_of(capsys, root, "diff", "HEAD")[1].splitlines()
    assert lines[:2] == [
        "1 organization moved since HEAD.",
        "Organization moved: keepers-board “Board of Keepers” is now board.",
    ]
    assert not [line for line in lines if line.startswith("Fact changed")]


FILES = {
    "block": "a: 1\nlist:\n  - one  # first\n  - two\n  - {x: three, y: 1}\nmap:\n  k: v\n  l: w\n",
    "flow": "a: 1\nlist: [one, two, {x: three, y: 1}]\nmap: {k: v, l: w}\n",
    "odd": "a: 1\nlist:\n- 'one'\n-   two\n-\n  x: three\n  y: 1\nmap:\n    k: 'v'\n    l: |\n      w\n",
}


@pytest.mark.parametrize("style", FILES)
@pytest.mark.parametrize("removed", [("list", 0), ("list", 1), ("list", 2), ("map", "k"), ("map", "l"), ("list",)])
def test_something_is_cut_out_however_the_file_is_written(style: str, removed: tuple[str | int, ...]) -> None:
    """An item or a field goes, another is added, and every other value stays as it was."""
    from archives import BASE

    schemas = Schemas(read_vocabulary(BASE)).documents
    data = FILES[style].encode()
    value = yamldoc.read("x.yaml", data)
    after = yaml_edit.revise("fact", "x.yaml", data, schemas, {("map", "new"): "at last"}, removed=[removed])
    holder = value
    for step in removed[:-1]:
        holder = holder[step]
    del holder[removed[-1]]
    value["map"]["new"] = "at last"
    assert yamldoc.read("x.yaml", after) == value

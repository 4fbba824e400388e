"""A source that is no longer relied on: what rests on it is weighed again, and everybody is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

import sites
from archives import TODAY, archive
from factbook.check.run import check
from factbook.data import feeds, jsonld
from factbook.data.published import Publication
from factbook.data.tables import SOURCES
from factbook.data.tables_facts import FACTS
from factbook.model import retraction
from factbook.model.archive import Archive
from factbook.model.entries import Retraction
from factbook.model.records import Revision
from factbook.model.staleness import due, recheck_by
from factbook.pages.kinds import Pages
from factbook.search.documents import RETRACTED
from factbook.search.edition import edition
from revisions import output_of

POST = "harbour-post-1902"
STORM, MENDED = "storm-broke-gull-rock-lamp-1902", "gull-rock-lamp-mended-1902"
TAKEN_BACK = Retraction(date="2024-06-01", reason="The story was <invented>.", evidence=("board-notice-1903",))


def read(root: Path) -> Archive:
    """The archive at ``root``."""
    found, _ = check(root, TODAY)
    assert found is not None
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive in a folder of its own."""
    return archive(tmp_path / "archive")


@pytest.fixture
def retracted(root: Path) -> Archive:
    """The example archive with a source taken back: one fact has it and its reprint, another has one more voice."""
    found = read(root)
    return replace(found, sources={**found.sources, POST: replace(found.sources[POST], retracted=TAKEN_BACK)})


def weighed(found: Archive, name: str, date: str, *sources: str) -> Archive:
    """The archive with one more entry in the ledger of a fact."""
    fact = found.statements[name]
    entry = Revision(date=date, status=fact.status, reason="Weighed again.", sources=sources)
    return replace(found, statements={**found.statements, name: replace(fact, history=(*fact.history, entry))})


def test_a_fact_rests_alone_where_no_other_origin_stands(retracted: Archive) -> None:
    """A reprint of the same story is no second voice; a notice of the Board is one."""
    facts = retracted.statements
    assert retraction.alone(retracted, facts[STORM])
    assert not retraction.alone(retracted, facts[MENDED])
    assert [s.id for s in retraction.awaiting(retracted, facts[MENDED])] == [POST]


def test_a_denial_that_is_retracted_leaves_a_disputed_fact_alone(root: Path) -> None:
    """What makes a claim contested or false is a side of its own: without it the status has lost its ground."""
    found = read(root)
    storm = found.statements[STORM]
    against = replace(storm.references[0], source="board-notice-1903", stance="contradicts")
    disputed = replace(storm, status="disputed", references=(*storm.references, against))
    notice = replace(found.sources["board-notice-1903"], retracted=TAKEN_BACK)
    found = replace(
        found,
        statements={**found.statements, STORM: disputed},
        sources={**found.sources, notice.id: notice},
    )
    assert retraction.alone(found, disputed)
    assert not retraction.alone(found, replace(disputed, status="reported"))


@pytest.mark.parametrize(
    ("date", "sources", "waits"),
    [
        ("2024-06-01", (POST,), False),
        ("2024-07-01", (POST, "board-notice-1903"), False),
        ("2024-05-31", (POST,), True),
        ("2024-07-01", (), True),
        ("2024-07-01", ("board-notice-1903",), True),
    ],
)
def test_a_fact_is_weighed_again_by_an_entry_that_names_the_source(
    date: str, sources: tuple[str, ...], waits: bool, retracted: Archive
) -> None:
    """The entry is of that day or later and names the source; any other entry says nothing about the retraction."""
    found = weighed(retracted, MENDED, date, *sources)
    assert bool(retraction.awaiting(found, found.statements[MENDED])) == waits


def test_a_withdrawn_fact_is_not_weighed_again(retracted: Archive) -> None:
    """What the archive took back itself rests on nothing any more."""
    fact = replace(retracted.statements[MENDED], status="withdrawn")
    assert retraction.awaiting(retracted, fact) == []


def test_a_fact_that_cites_it_is_due_on_the_day_of_the_retraction(retracted: Archive) -> None:
    """It stands in the list of what is to be looked at again until that is done."""
    assert recheck_by(retracted, retracted.statements[MENDED]) == "2024-06-01"
    assert ("2024-06-01", MENDED) in [(day, fact.id) for day, fact in due(retracted)]
    found = weighed(retracted, MENDED, "2024-06-02", POST)
    assert MENDED not in [fact.id for day, fact in due(found) if day == "2024-06-01"]


def test_a_retracted_source_weighs_as_an_unreliable_one(retracted: Archive) -> None:
    """It is no voice that agrees, confirms nothing, and what it alone says is shown as such."""
    assert retracted.support(retracted.statements[STORM]) == "retold" or retracted.worth(retracted.sources[POST]).has(
        "unreliable"
    )
    assert not retracted.worth(retracted.sources[POST]).has("independent")
    assert retracted.worth(retracted.sources[POST]).rank == 0
    assert retracted.support(retracted.statements[MENDED]) == "one"


RECORD = """\
retracted:
  date: 2024-06-01
  reason: The paper took the story back.
  evidence: [board-notice-1903]
history:
  - {date: 2024-06-01, reason: Retracted.}
"""


def test_the_check_says_what_rests_on_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The fact that rests on it alone is an error, the corroborated one lacks its second voice, in exact words."""
    path = root / "facts" / "sources" / f"{POST}.yaml"
    path.write_text(path.read_text("utf-8") + RECORD, "utf-8")
    expected = """\
facts/records/1902/gull-rock-lamp-mended-1902.yaml:9:9: error: the evidence does not carry the status: its support \
comes from 1 independent origin, not two [status-without-evidence]
    found: corroborated
    hint: Add the evidence, or let it be confirmed.
facts/records/1902/keeper-left-gull-rock-1902.yaml:9:14: error: it rests on a source that was retracted on \
2024-06-01, and was not weighed again [rests-on-retracted]
    found: harbour-post-1902
    hint: Weigh it: factbook status keeper-left-gull-rock-1902 STATUS --source harbour-post-1902 --reason TEXT
facts/records/1902/storm-broke-gull-rock-lamp-1902.yaml:7:14: error: it rests on a source that was retracted on \
2024-06-01, and was not weighed again [rests-on-retracted]
    found: harbour-post-1902
    hint: Weigh it: factbook status storm-broke-gull-rock-lamp-1902 STATUS --source harbour-post-1902 --reason TEXT
3 errors in 3 files.
"""
    assert expected in output_of(capsys, root, "check", "--date", TODAY)[1]


def test_the_days_and_names_of_a_retraction_are_held_to_the_rules(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its day exists and is not ahead, and what showed it has a record."""
    path = root / "facts" / "sources" / f"{POST}.yaml"
    text = path.read_text("utf-8")
    for old, new, rule in (
        ("2024-06-01", "2024-06-31", "date-impossible"),
        ("2024-06-01", "2199-06-01", "source-in-the-future"),
        ("board-notice-1903", "board-notice-1904", "unknown-source"),
    ):
        path.write_text(text + RECORD.partition("history")[0].replace(old, new), "utf-8")
        assert f"[{rule}]" in output_of(capsys, root, "check", "--date", TODAY)[1]


def test_the_command_lists_what_it_touches_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --dry-run the facts are listed, apart by what the check will say of each, and no file is touched."""
    path = root / "facts" / "sources" / f"{POST}.yaml"
    before = path.read_bytes()
    code, out, err = output_of(
        capsys, root, "retract", POST, "--because", "It was invented.", "--dry-run", "--date", "2024-06-01"
    )
    assert (code, err) == (0, "")
    assert out.startswith("harbour-post-1902: Gull Rock dark for a night\nResting on it alone, an error until weighed")
    alone, _, others = out.partition("Left with too little for their status, an error until it is another: ")
    assert alone.endswith("""\
again: 2
    storm-broke-gull-rock-lamp-1902: Reported: A storm broke the lamp of Gull Rock in November 1902.
    keeper-left-gull-rock-1902: Disputed: Ane Morrow, the keeper of Gull Rock, left the tower during the storm.
""")
    assert others.startswith("1\n    gull-rock-lamp-mended-1902: Corroborated: The keepers mended the lamp")
    assert "Citing it beside others, due for review: 0\n" in others
    assert out.endswith(
        "Weigh each with factbook status, and name harbour-post-1902 there as a source that decided it.\n"
        "Nothing was changed.\n"
    )
    assert path.read_bytes() == before


def test_the_command_writes_the_retraction_and_the_status_command_weighs_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the command writes is in canonical layout, and each fact that it touches is then weighed by another."""
    day = ("--date", "2024-06-01")
    output_of(capsys, root, "fmt")
    code, out, err = output_of(
        capsys, root, "retract", POST, "--because", "It was invented.", "--evidence", "board-notice-1903", *day
    )
    assert (code, err) == (0, "")
    assert out.endswith("facts/sources/harbour-post-1902.yaml: retracted on 2024-06-01.\n")
    text = (root / "facts" / "sources" / f"{POST}.yaml").read_text("utf-8")
    assert text.endswith("""\
retracted:
  date: 2024-06-01
  reason: It was invented.
  evidence: [board-notice-1903]
history:
  - date: 2024-06-01
    reason: Retracted. It was invented.
""")
    assert output_of(capsys, root, "fmt", "--check")[0] == 0
    weigh = ("--source", POST, "--reason", "Weighed after the retraction.", *day)
    assert output_of(capsys, root, "status", STORM, "unreviewed", *weigh)[0] == 0
    assert output_of(capsys, root, "status", MENDED, "reported", *weigh)[0] == 0
    waiting = {f.id for f in read(root).statements.values() if retraction.awaiting(read(root), f)}
    assert waiting == {"keeper-left-gull-rock-1902"}
    left = output_of(capsys, root, "check", *day)[1]
    assert left.count("[rests-on-retracted]") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("harbour-post-1920", "--because", "x"), 2, "error: there is no source with the id harbour-post-1920\n"
         "    hint: Did you mean harbour-post-1902?\n"),
        ((POST, "--because", "x", "--evidence", "nothing-1902"), 1,
         "there is no source with this id [unknown-source]\n    found: nothing-1902\n"),
    ],
)  # fmt: skip
def test_the_command_refuses_what_is_not_there(
    arguments: tuple[str, ...], code: int, expected: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown source, or evidence that has no record, is refused, and nothing is changed."""
    before = (root / "facts" / "sources" / f"{POST}.yaml").read_bytes()
    done, _, err = output_of(capsys, root, "retract", *arguments, "--date", "2024-06-01")
    assert done == code
    assert expected in err
    assert (root / "facts" / "sources" / f"{POST}.yaml").read_bytes() == before


def test_a_source_is_retracted_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second retraction would write over the day and the reason of the first."""
    arguments = ("retract", POST, "--because", "It was invented.", "--date", "2024-06-01")
    assert output_of(capsys, root, *arguments)[0] == 0
    assert output_of(capsys, root, *arguments)[2] == "error: harbour-post-1902 was retracted already, on 2024-06-01\n"


def test_the_page_of_the_source_says_so_first(retracted: Archive, root: Path) -> None:
    """Day, reason, what showed it and which facts wait are read on the page, and its title is led by it."""
    pages = Pages(retracted)
    page = pages.page(("source", POST))
    words = sites.plain(page.body)
    assert page.title == "Retracted: Gull Rock dark for a night"
    assert "Retracted on 1 June 2024" in words
    assert "The story was <invented>. What showed it: Notice to all keepers" in words
    assert "Not weighed again since:" in words
    assert "<invented>" not in page.body
    assert "etracted" not in Pages(read(root)).page(("source", POST)).body


def test_the_page_of_each_fact_says_so(retracted: Archive, root: Path) -> None:
    """Beside the source stands when and why it was retracted, and above that nobody has weighed the fact since."""
    words = sites.plain(Pages(retracted).page(("fact", MENDED)).body)
    assert "A source of this fact was retracted, and it has not been weighed again since." in words
    assert "Retracted: Gull Rock dark for a night" in words
    assert "Retracted on 1 June 2024: The story was <invented>." in words
    after = sites.plain(Pages(weighed(retracted, MENDED, "2024-06-02", POST)).page(("fact", MENDED)).body)
    assert "not been weighed again" not in after
    assert "Retracted on 1 June 2024" in after
    assert "etracted" not in Pages(read(root)).page(("fact", MENDED)).body


def test_the_search_leads_with_it(retracted: Archive, root: Path) -> None:
    """A retracted source is found with the word before its title, in the language of the site."""
    assert edition(Pages(retracted), [])["statuses"][RETRACTED] == ["", "bad", "", "Retracted"]
    assert RETRACTED not in edition(Pages(read(root)), [])["statuses"]


def test_the_tables_say_so(retracted: Archive, root: Path) -> None:
    """The source has the day, the reason and what showed it; the facts that cite it name it."""

    def cells(found: Archive, table: object, item: object, *names: str) -> list[object]:
        row = table.row(found, item)
        return [row[[c.name for c in table.columns].index(name)] for name in names]

    names = ("retracted", "retracted_reason", "retracted_evidence")
    assert cells(retracted, SOURCES, retracted.sources[POST], *names) == [
        "2024-06-01", "The story was <invented>.", ("board-notice-1903",)
    ]  # fmt: skip
    names = ("retracted_sources", "weigh_again")
    assert cells(retracted, FACTS, retracted.statements[MENDED], *names) == [(POST,), True]
    assert cells(read(root), FACTS, read(root).statements[MENDED], *names) == [None, None]


def test_the_feeds_say_so(retracted: Archive, root: Path) -> None:
    """The feed of all changes and those of the organizations it touches tell of the retraction, with the facts."""

    def told(found: Archive) -> dict[str, list[str]]:
        made = dict(feeds.files(found, Publication()))
        items = {path: json.loads(data)["items"] for path, data in made.items() if path.endswith(".feed.json")}
        return {
            path: [i["content_text"] for i in every if i["title"].startswith("Source retracted")]
            for path, every in items.items()
        }

    found = told(retracted)
    assert {path for path, texts in found.items() if texts} == {
        "data/v1/changes.feed.json",
        "data/v1/organizations/gull-rock-light.feed.json",
        "data/v1/organizations/keepers-board.feed.json",
    }
    (text,) = found["data/v1/changes.feed.json"]
    assert text.startswith("Why: The story was <invented>.\n\n")
    assert "The keepers mended the lamp of Gull Rock before the end of 1902. (not weighed again since)" in text
    assert not any(told(read(root)).values())


def test_linked_data_say_so(retracted: Archive) -> None:
    """In the dump the source has a status, and no other source has one."""
    dump = json.loads(b"".join(jsonld.dump(retracted, "https://example.org/", "Lights")))
    works = {node["identifier"]: node for node in dump["@graph"] if "#source" in node["@id"]}
    found = {name: node["creativeWorkStatus"] for name, node in works.items() if "creativeWorkStatus" in node}
    assert found == {POST: "Retracted"}

"""A change is told in sentences that say what it means, completely, and no text in it can be anything but text."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sites
from archives import write
from factbook.history import diff_report
from factbook.history.diff import Change, Difference, Edit
from factbook.model.records import Revision
from factbook.text import show
from revisions import change, commit, git, output_of, repository

LIT = "records/1901/gull-rock-lamp-lit-1901.yaml"
STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
LEFT = "records/1902/keeper-left-gull-rock-1902.yaml"
DENIED = "records/1903/board-denied-keeper-left-1903.yaml"
RANGE = "records/undated/gull-rock-lamp-range.yaml"


def add(root: Path, path: str, status: str, reason: str) -> None:
    """Add a ledger entry at the end of a record."""
    file = root / "facts" / path
    entry = f"  - date: 2024-06-01\n    status: {status}\n    reason: {json.dumps(reason)}\n"
    file.write_text(file.read_text("utf-8") + entry, "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive in a repository; what a test changes is not committed."""
    return repository(tmp_path / "archive")


def told(capsys: pytest.CaptureFixture[str], root: Path, form: str = "text") -> str:
    """What ``factbook diff HEAD`` prints; it must succeed."""
    code, out, err = output_of(capsys, root, "diff", "HEAD", "--format", form)
    assert (code, err) == (0, "")
    return out


def everything(root: Path) -> None:
    """Change one thing of every sort."""
    change(root, STORM, "status: reported\nhistory", "status: disputed\nhistory")
    change(root, STORM, "date: 1902-11\n", "date: 1902-11-20\n")
    change(root, STORM, "- {source: morning-tide-1902, locator: paragraph 1, stance: supports}",
           "- {source: board-notice-1903, locator: item 3, stance: contradicts}")  # fmt: skip
    add(root, STORM, "disputed", "The notice of the Board denies it.")
    change(root, LIT, "The register of the League records it.", "Everybody knows it.")
    change(root, LEFT, "status: disputed\nhistory", "status: withdrawn\nhistory")
    add(root, LEFT, "withdrawn", "Two keepers were confused.")
    (root / "facts" / RANGE).unlink()
    old = (root / "facts" / DENIED).read_text("utf-8")
    write(root, "records/1903/board-denied-leaving-1903.yaml", old.replace("his tower", "any tower"))
    write(root, DENIED, "moved_to: board-denied-leaving-1903\nhistory:\n" + old.partition("history:\n")[2])
    add(root, DENIED, "withdrawn", "The id was too long.")
    write(root, "sources/tide-table-1903.yaml", "title: Tide table\npublisher: Tern\nlanguage: en\nkind: news\n")
    change(root, "organizations/gull-rock-light.yaml", "Gull Rock Light", "Light of Gull Rock")


def test_each_sort_of_change_is_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Removed, withdrawn, moved, changed and added records are told apart, gravest first, each with its reason."""
    everything(root)
    expected = """\
1 fact removed, 1 fact withdrawn, 1 fact moved, 2 facts changed, 1 organization changed, 1 source added since HEAD.
Fact removed: gull-rock-lamp-range “The lamp of Gull Rock can be seen from eighteen miles away.”
Fact withdrawn: keeper-left-gull-rock-1902 “Ane Morrow, the keeper of Gull Rock, left the tower during the storm.”, \
because “Two keepers were confused.”
Fact moved: board-denied-keeper-left-1903 “The Board of Keepers said that no keeper had left his tower.” is now \
board-denied-leaving-1903, because “The id was too long.”
    claim “The Board of Keepers said that no keeper had left his tower.” → “The Board of Keepers said that no keeper \
had left any tower.”
Fact changed: gull-rock-lamp-lit-1901 “The lamp of Gull Rock was lit for the first time on 3 May 1901.”
    the ledger was rewritten: “2024-05-01, confirmed, The register of the League records it.” → “2024-05-01, \
confirmed, Everybody knows it.”
Fact changed: storm-broke-gull-rock-lamp-1902 “A storm broke the lamp of Gull Rock in November 1902.”
    status reported → disputed, because “The notice of the Board denies it.”
    date 1902-11 → 1902-11-20.
    sources without “morning-tide-1902, paragraph 1, supports”; with “board-notice-1903, item 3, contradicts”.
Organization changed: gull-rock-light “Light of Gull Rock”.
    names “Gull Rock Light, en” → “Light of Gull Rock, en”.
    the ledger does not say why.
Source added: tide-table-1903 “Tide table”.
"""
    assert told(capsys, root).partition("Which pages change")[0] == expected


def test_the_pages_that_change_are_counted_and_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed claim changes the page of the fact and every list it stands in, and no other."""
    shutil.copytree(sites.SMALL / "docs", root / "docs")
    commit(root)
    change(root, RANGE, "eighteen", "nineteen")
    add(root, RANGE, "unreviewed", "It was read again.")
    expected = """\
1 fact changed since HEAD.
Fact changed: gull-rock-lamp-range “The lamp of Gull Rock can be seen from nineteen miles away.”
    claim “The lamp of Gull Rock can be seen from eighteen miles away.” → “The lamp of Gull Rock can be seen from \
nineteen miles away.”
    the ledger says: “It was read again.”
9 pages change: facts 1, organizations 1, sources 1, years 2, topics 1, review 1, changes 1, home 1. 61 data files \
change.
    changes.html
    facts/gull-rock-lamp-range.html
    index.html
    organizations/gull-rock-light.html
    review.html
    sources/league-register-1901.html
    timeline/index.html
    timeline/undated.html
    topics/lamps.html
"""
    assert told(capsys, root) == expected


@pytest.mark.build
@pytest.mark.slow
def test_the_pages_that_change_are_those_of_the_site_that_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is listed and counted is what a build before and a build after the change really differ in.

    Of a page that is its content: around it every page says when the archive was last updated. The log of ledger
    entries and its proofs are others after every change, and are not counted.
    """
    root = sites.small(tmp_path / "archive")
    git(root, "init", "--quiet")
    (root / ".gitignore").write_text("/site\n/.site-*\n/.cache\n/scripts\n")
    commit(root)
    before = sites.files(sites.build(root, FACTBOOK_SEARCH="no"))
    change(root, STORM, "status: reported\nhistory", "status: disputed\nhistory")
    change(root, STORM, "morning-tide-1902, locator: paragraph 1, stance: supports",
           "board-notice-1903, locator: item 3, stance: contradicts")  # fmt: skip
    add(root, STORM, "disputed", "The notice of the Board denies it.")
    after = sites.files(sites.build(root, FACTBOOK_SEARCH="no"))
    differing = sites.differing(before, after)
    value = json.loads(told(capsys, root, "json"))
    one, other = ({p: sites.content(f[p].decode()) for p in f if p.endswith(".html")} for f in (before, after))
    assert [page["path"] for page in value["pages"]] == sorted(
        p for p in one.keys() | other.keys() if one.get(p) != other.get(p) and not p.startswith("data/")
    )
    data = [p for p in differing if p.startswith("data/") or p in ("llms.txt", "README.txt")]
    log = [p for p in data if p.startswith("data/v1/log/") or p.endswith(".proof.json")]
    assert value["data"] == len([p for p in data if not p.endswith(".html")]) - len(log)


def test_nothing_changed_is_said_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a change there are two short sentences."""
    assert told(capsys, root) == "No record has changed since HEAD.\nNo page changes.\n"


def test_what_has_no_place_in_the_ledger_is_told_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note, a topic, a file that moved, a silent change of meaning: no edit of a record goes untold."""
    change(root, STORM, "topics: [lamps, storms]", "topics: [keepers, storms]\nnote: A night in November.")
    change(root, STORM, "[gull-rock-light]", "[gull-rock-light, keepers-board]")
    (root / "facts" / STORM).rename(root / "facts" / "records" / "1901" / Path(STORM).name)
    expected = """\
Fact changed: storm-broke-gull-rock-lamp-1902 “A storm broke the lamp of Gull Rock in November 1902.”
    organizations with keepers-board.
    file records/1902/storm-broke-gull-rock-lamp-1902.yaml → records/1901/storm-broke-gull-rock-lamp-1902.yaml.
    topics without lamps; with keepers.
    note nothing → “A night in November.”
    the ledger does not say why.
"""
    assert told(capsys, root).partition("since HEAD.\n")[2].startswith(expected)


def test_another_order_is_told_as_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first organization is the main one, so that another stands first is a change."""
    change(root, LIT, "[gull-rock-light, league-of-lights]", "[league-of-lights, gull-rock-light]")
    line = (
        "    organizations in another order: gull-rock-light, league-of-lights → league-of-lights, gull-rock-light.\n"
    )
    assert line in told(capsys, root)


def test_several_new_entries_are_all_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a change adds more than one entry, the last gives the reason and those before it follow."""
    change(root, RANGE, "status: unreviewed\nhistory", "status: reported\nhistory")
    add(root, RANGE, "unreviewed", "It was looked for.")
    add(root, RANGE, "reported", "The register says so.")
    expected = """\
    status unreviewed → reported, because “The register says so.”
    before that, on 2024-06-01 unreviewed: “It was looked for.”
"""
    assert expected in told(capsys, root)


def test_a_record_that_cannot_be_read_is_not_called_removed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record that was broken and one that was repaired are told as that, and what could not be compared is listed."""
    (root / "facts" / RANGE).write_text("claim: [\n")
    (root / "facts" / LIT).write_text((root / "facts" / LIT).read_text().replace("kind: event\n", ""))
    git(root, "commit", "--quiet", "--all", "--message=broken")
    git(root, "checkout", "--quiet", "HEAD~1", "--", f"facts/{LIT}")
    (root / "facts" / STORM).write_text("claim: [\n")
    expected = """\
1 fact can no longer be read, 1 fact can be read now since HEAD.
Fact can no longer be read: storm-broke-gull-rock-lamp-1902 “A storm broke the lamp of Gull Rock in November 1902.”
Fact can be read now: gull-rock-lamp-lit-1901 “The lamp of Gull Rock was lit for the first time on 3 May 1901.” as \
confirmed, because “The register of the League records it.”
"""
    out = told(capsys, root)
    assert out.startswith(expected)
    assert "\nNot compared: facts/records/1901/gull-rock-lamp-lit-1901.yaml: the field kind must be given.\n" in out


def test_pages_that_cannot_be_made_are_not_guessed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a record names what does not exist no page can be made of it, and the difference says so."""
    change(root, STORM, "[gull-rock-light]", "[gull-rock-lihgt]")
    line = "Which pages change cannot be said: the records do not fit together, see the check.\n"
    assert told(capsys, root).endswith(line)
    assert json.loads(told(capsys, root, "json"))["pages"] is None


def test_new_waivers_and_words_are_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What loosens a rule or adds a word is a change a reviewer must see."""
    entry = (
        "{rule: id-gone, path: facts/records/1901/x.yaml, reason: A judge said so., owner: Keeper, expires: 2031-01-01}"
    )
    write(root, "waivers.yaml", f"waivers:\n  - {entry}\n")
    change(
        root, "vocabulary.yaml", "  storms: {label: Storms}\n", "  storms: {label: Storms}\n  tides: {label: Tides}\n"
    )
    out = told(capsys, root)
    assert "Waiver added: id-gone “facts/records/1901/x.yaml, until 2031-01-01, Keeper: A judge said so.”\n" in out
    assert "Vocabulary changed: topics.\n    words with tides.\n" in out


def test_a_long_change_is_cut_with_a_count() -> None:
    """What does not fit into a review comment is counted, and the comment stays within GitHub's limit."""
    changes = tuple(
        Change(kind="fact", id=f"fact-{i}", what="added", title="`" * 200, status="reported") for i in range(2000)
    )
    pages = tuple((f"facts/fact-{i}.html", "new") for i in range(2000))
    difference = Difference(base="main", changes=changes, pages=pages, unread=("facts/x.yaml: it is a link",) * 2000)
    for form in (diff_report.text, diff_report.markdown):
        out = form(difference)
        assert len(out) < 65_536
        assert "2,000 facts added since " in out
        shown = out.count("Fact added: ")
        assert f"… and {2000 - shown:,} more changes, not shown here." in out
        shown = len(re.findall(r"fact-\d+\.html", out))
        assert f"… and {2000 - shown:,} more pages, not shown here." in out
        shown = out.count("Not compared: ")
        assert f"… and {2000 - shown:,} more files, not shown here." in out
    assert len(json.loads(diff_report.as_json(difference))["changes"]) == 2000


def test_a_long_text_is_cut_with_its_length() -> None:
    """A text that is cut says how long it is; of two long texts the place where they part is shown."""
    edit = Edit(field="note", before=("a" * 1000 + "b",), after=("a" * 1000 + "c",))
    out = diff_report.text(Difference(base="x", changes=(_changed(edits=(edit,), title="d" * 400),), pages=()))
    assert out.split("\n")[1] == f"Fact changed: x “{'d' * 299}… (400 characters)”."
    assert out.split("\n")[2] == f"    note …{'a' * 20}b → …{'a' * 20}c."


def _changed(**more: object) -> Change:
    return Change(**{"kind": "fact", "id": "x", "what": "changed", "title": "", **more})


def test_json_has_the_shape_that_is_documented(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs find every field in every change, texts before and after, and pages with what becomes of them."""
    change(root, RANGE, "date: unknown\n", "date: 1901\n")
    add(root, RANGE, "unreviewed", "The register is of that year.")
    expected = {
        "base": "HEAD",
        "changes": [
            {
                "kind": "fact",
                "id": "gull-rock-lamp-range",
                "what": "changed",
                "title": "The lamp of Gull Rock can be seen from eighteen miles away.",
                "status": "",
                "moved_to": "",
                "edits": [{"field": "date", "before": ["unknown"], "after": ["1901"]}],
                "entries": [
                    {
                        "date": "2024-06-01",
                        "status": "unreviewed",
                        "reason": "The register is of that year.",
                        "sources": [],
                        "corrected": [],
                    }
                ],
            }
        ],
        "pages": [
            {"path": "facts/gull-rock-lamp-lit-1901.html", "what": "changed"},
            {"path": "facts/gull-rock-lamp-range.html", "what": "changed"},
            {"path": "organizations/gull-rock-light.html", "what": "changed"},
            {"path": "sources/league-register-1901.html", "what": "changed"},
            {"path": "timeline/1901.html", "what": "changed"},
            {"path": "timeline/undated.html", "what": "gone"},
            {"path": "topics/lamps.html", "what": "changed"},
        ],
        "data": 61,
        "unread": [],
    }
    assert json.loads(told(capsys, root, "json")) == expected


def test_markdown_puts_every_text_into_code(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The review comment is one list with the pages folded away, and every text of the archive is a code span."""
    change(root, STORM, "status: reported\nhistory", "status: withdrawn\nhistory")
    add(root, STORM, "withdrawn", "@keeper says <b>no</b>, see [this](https://x.example) and `that`.")
    change(root, "sources/morning-tide-1902.yaml", "title: Une nuit sans phare", "title: '![x](//x.example/x.png)'")
    expected = """\
**1 fact withdrawn, 1 source changed since `HEAD`.**

- Fact withdrawn: `storm-broke-gull-rock-lamp-1902` `A storm broke the lamp of Gull Rock in November 1902.`, because \
``@keeper says <b>no</b>, see [this](https://x.example) and `that`.``.
- Source changed: `morning-tide-1902` `![x](//x.example/x.png)`.
  - title `Une nuit sans phare` → `![x](//x.example/x.png)`.
  - the ledger does not say why.

<details>
<summary>10 pages change: facts 3, organizations 1, sources 2, years 1, topics 2, tables 1. 74 data files \
change.</summary>

- `facts/gull-rock-lamp-mended-1902.html`
- `facts/keeper-left-gull-rock-1902.html`
- `facts/storm-broke-gull-rock-lamp-1902.html`
- `organizations/gull-rock-light.html`
- `sources/harbour-post-1902.html`
- `sources/morning-tide-1902.html`
- `tables/lamp-and-keeper.html`
- `timeline/1902.html`
- `topics/lamps.html`
- `topics/storms.html`

</details>
"""
    assert told(capsys, root, "markdown") == expected


def spans(line: str) -> tuple[str, list[str]]:
    """A line of Markdown as CommonMark reads it: what is outside of code spans, and what is in each."""
    outside, inside = "", []
    while run := re.search("`+", line):
        close = re.compile(f"(?<!`){run[0]}(?!`)").search(line, run.end())
        if close is None:
            break
        text = line[run.end() : close.start()]
        if text[:1] == text[-1:] == " " and text.strip(" "):
            text = text[1:-1]
        inside.append(text)
        outside, line = outside + line[: run.start()] + "¤", line[close.end() :]
    return outside + line, inside


HOSTILE = [
    "@everyone", "#1", "owner/repo#1", "GH-1", "a" * 40, "www.x.example", "https://x.example", "me@x.example",
    "<script>alert(1)</script>", "<!-- -->", "-->", "]]>", "</details>", "<details>", "&lt;b&gt;", "![x](y)", "[x](y)",
    "[x]: y", "`", "``", "` `", "a`b``c```d", "`@x`", "\\`@x\\`", "\\", "*x*", "__x__", "~~x~~", "$x$", "$`x`$",
    ":tada:", "- [ ] x", "1. x", "> x", "# x", "| a | b |", "|---|", "---", "```\nx\n```", "x\n\n# y", "x\r\ny",
    "\u2028x", "\u202ex", "\x1b[31mx", "\x00", "\x07", "{{ x }}", "{% x %}", "${{ x }}", "$(touch x)", "::error::x",
    " x ", "  ", "", "x" * 2000, "`" * 299, "\ud800", "<a href='javascript:x'>", "=1+1", "[^1]",
    "😀", "e\u0301", "\u200b",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_in_their_code_span(text: str) -> None:
    """Nothing that a record says can leave its span, its line or its list item."""
    _one_span(text)


@given(st.text(alphabet=st.sampled_from("` a\\<@\n\r*") | st.characters(), max_size=400))
def test_any_text_stays_in_its_code_span(text: str) -> None:
    """No text at all can leave its span."""
    _one_span(text)


def _one_span(text: str) -> None:
    made = diff_report.code(text)
    assert len(made.splitlines()) == 1
    outside, inside = spans(made)
    assert outside == "¤"
    assert len(inside) == 1
    if text.strip(" "):
        assert inside[0].removesuffix(f" ({len(text):,} characters)") == show(text, diff_report.LONGEST)
    assert all(c.isprintable() for c in made)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_words_around_hostile_texts_never_change(text: str) -> None:
    """Whatever a record, a ledger, a name or a page says, outside of the code spans stand our own words alone."""
    entry = Revision(date=text, status=text, reason=text, sources=(text,))
    edits = (
        Edit(field="status", before=(text,), after=("x",)),
        Edit(field="sources", before=(text, "x"), after=("x",)),
    )
    changes = (
        _changed(id=text, title=text, edits=edits, entries=(entry, entry)),
        _changed(id=text, title=text, what="moved", moved_to=text, entries=(entry,)),
    )
    pages = ((f"facts/{text}", "new"), (f"{text}/x", "gone"))
    out = diff_report.markdown(Difference(base=text, changes=changes, pages=pages, unread=(text,)))
    wanted = """\
**1 fact moved, 1 fact changed since ¤.**

- Fact changed: ¤ ¤.
  - status ¤ → ¤, because ¤.
  - sources without ¤.
  - before that, on ¤ ¤: ¤.
- Fact moved: ¤ ¤ is now ¤, because ¤.

<details>
<summary>2 pages change: facts 1, others 1.</summary>

- ¤ (new)
- ¤ (gone)

</details>

- Not compared: ¤.
"""
    if not text:
        wanted = wanted.replace("Fact changed: ¤ ¤", "Fact changed: ¤").replace("status ¤ →", "status nothing →")
        wanted = wanted.replace("sources without ¤.", "sources without nothing.")
        wanted = wanted.replace("Fact moved: ¤ ¤ is now ¤", "Fact moved: ¤")
    lines = [spans(line)[0] for line in out.splitlines()]
    assert "\n".join(lines) + "\n" == wanted


def test_an_entry_of_the_ledger_of_a_source_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a source that gets its first entries, the newest says why, and the one before it is told with its day."""
    path = root / "facts" / "sources" / "morning-tide-1902.yaml"
    entries = "history:\n  - {date: 2024-05-02, reason: One.}\n  - {date: 2024-05-03, reason: Two.}\n"
    path.write_text(path.read_text("utf-8") + entries, "utf-8")
    expected = """\
1 source changed since HEAD.
Source changed: morning-tide-1902 “Une nuit sans phare”.
    the ledger says: “Two.”
    before that, on 2024-05-02: “One.”
"""
    assert told(capsys, root).startswith(expected)


def test_a_correction_in_the_ledger_is_told_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry that says what was mended has it in the JSON too."""
    mended = "    corrected:\n      - {field: note, before: An old one., after: A new one.}\n"
    add(root, RANGE, "unreviewed", "It was read again.")
    path = root / "facts" / RANGE
    path.write_text(path.read_text("utf-8") + mended, "utf-8")
    (changed,) = json.loads(told(capsys, root, "json"))["changes"]
    assert changed["entries"][0]["corrected"] == [{"field": "note", "before": "An old one.", "after": "A new one."}]

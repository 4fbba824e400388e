"""What a correction says stood in a field, and stands there now, is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import TODAY, archive
from factbook.check.run import check
from revisions import checked, repository

STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
CLAIM = "A storm broke the lamp of Gull Rock in November 1902."


def entry(*corrected: tuple[str, str, str], status: str = "reported") -> str:
    """An entry of a ledger with what it corrects: field, before and after."""
    lines = "".join(f"      - {{field: {f}, before: {b}, after: {a}}}\n" for f, b, a in corrected)
    return f"  - date: 2024-06-01\n    status: {status}\n    reason: It was misread.\n    corrected:\n{lines}"


def add(root: Path, text: str) -> None:
    """Add a text at the end of the fact."""
    path = root / "facts" / STORM
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([entry(("claim", "A storm.", CLAIM))], ""),
        ([entry(("claim", "A storm.", "A gale."))], "the record says something else than its last correction of claim"),
        ([entry(("claim", "A storm.", "A gale.")), entry(("claim", "A gale.", CLAIM))], ""),
        (
            [entry(("claim", "A storm.", "A gale.")), entry(("claim", "A wind.", CLAIM))],
            "the correction of claim before this one says that something else stood there",
        ),
        ([entry(("claim", CLAIM, CLAIM))], "the correction mends nothing"),
        ([entry(("date", "none", "1902-11"))], ""),
        ([entry(("date", "1902-11", "none"))], "the record says something else than its last correction of date"),
        ([entry(("speaker", "The Board", "none"))], ""),
        ([entry(("topics", "lamps", '"storms, lamps"'))], ""),
        ([entry(("topics", "lamps", "keepers"))], "the record says something else than its last correction of topics"),
        ([entry(("status", "unreviewed", "reported"))], ""),
        ([entry(("status", "unreviewed", "disputed"))], "the correction says another status than its entry"),
        ([entry(("locator of harbour-post-1902", "page 1", "page 2"))], ""),  # no field of a text
    ],
)
def test_a_correction_fits_the_record_and_the_next_one(entries: list[str], message: str, tmp_path: Path) -> None:
    """The last one of a field says what the record says, each other one what the next says stood there."""
    root = archive(tmp_path / "archive")
    add(root, "".join(entries))
    assert [p.message for p in check(root, TODAY)[1]] == [message] * bool(message)


@pytest.mark.parametrize(
    ("field", "known"),
    [
        ("foo", False),
        ("clam", False),
        ("foo of harbour-post-1902", False),
        ("locator of no-such-source", False),
        ("locator of", False),
        ("history", False),
        ("id", False),
        ("claim date", True),
        ("locator", True),
        ("figure counts", True),
        ("title of harbour-post-1902", True),
        ("stance of harbour-post-1902", True),
        ("sources", True),
    ],
)
def test_a_correction_is_of_a_field(field: str, known: bool, tmp_path: Path) -> None:
    """It would be published; a name that is none of the record, nor of one that it names, is refused at its place."""
    root = archive(tmp_path / "archive")
    add(root, entry((field, "a", "b")))
    found = [(p.message, p.line) for p in check(root, TODAY)[1]]
    assert found == [("the correction is of something that is no field of the record", 18)] * (not known)


def test_a_misspelt_field_of_a_correction_is_guessed(tmp_path: Path) -> None:
    """The hint names the field that was meant, the rest what fields there are."""
    root = archive(tmp_path / "archive")
    add(root, entry(("clam", "a", "b")))
    (found,) = check(root, TODAY)[1]
    assert (found.value, found.hint) == ("clam", "Did you mean claim?")
    assert found.allowed.startswith("claim, kind, organizations, topics, status, sources, date,")


def test_a_correction_quotes_what_was_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Against the base, the first new correction of a field names what stood there then."""
    root = repository(tmp_path / "archive")
    path = root / "facts" / STORM
    text = path.read_text("utf-8").replace(CLAIM, "A gale broke it.")
    path.write_text(
        text + entry(("claim", CLAIM, "A storm.")) + entry(("claim", "A storm.", "A gale broke it.")), "utf-8"
    )
    assert checked(capsys, root) == "No problems.\n"
    path.write_text(text + entry(("claim", "A storm.", "A gale broke it.")), "utf-8")
    assert "something else stood in the field claim [correction-misquotes]" in checked(capsys, root)


def test_an_origin_that_no_record_stated_was_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that names no origin is its own; a correction that gives it one says that none stood there."""
    root = repository(tmp_path / "archive")
    path = root / "facts" / "sources" / "board-notice-1903.yaml"
    text = path.read_text("utf-8")
    assert "origin:" not in text
    path.write_text(
        text + "origin: tern-wire\nhistory:\n  - date: 2024-06-01\n    reason: It passes on the wire.\n"
        "    corrected:\n      - {field: origin, before: none, after: tern-wire}\n",
        "utf-8",
    )
    assert "correction-misquotes" not in checked(capsys, root)

"""An id that moves leads to the same document, body, person or thing, or its entry says that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import write
from revisions import change, checked, commit, repository

ENTRY = "moved:\n  - {{kind: {}, id: {}, moved_to: {}, date: 2024-05-02, reason: It was recorded twice.}}\n"
LETTER = "title: A letter\npublisher: Evening Ebb\npublished: 1902-12-12\nlanguage: en\nkind: news\n"
POST = "https://harbour-post.example/1902/gull-rock"
ANOTHER = "[moved-to-another]"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive in a repository, with a source and a body that nothing names."""
    root = repository(tmp_path / "archive")
    write(root, "sources/letter.yaml", LETTER)
    write(root, "organizations/guild.yaml",
          "names:\n  - {text: Guild of Sailors, language: en}\nkind: board\ndescription: It sails.\n")  # fmt: skip
    commit(root)
    return root


def moved(root: Path, kind: str, old: str, new: str) -> None:
    """Take a record away and lead its id to another."""
    (root / "facts" / f"{kind}s" / f"{old}.yaml").unlink()
    write(root, "moved.yaml", ENTRY.format(kind, old, new))


@pytest.mark.parametrize(
    ("kind", "old", "new"), [("source", "letter", "morning-tide-1902"), ("organization", "guild", "keepers-board")]
)
def test_an_id_does_not_lead_to_another_in_silence(
    kind: str, old: str, new: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document or a body that is replaced by another is an error, until the entry says what is other."""
    moved(root, kind, old, new)
    assert f"the {kind} has moved to another {kind} {ANOTHER}" in checked(capsys, root)
    change(root, "moved.yaml", "twice.}", "twice., differs: It is another.}")
    assert ANOTHER not in checked(capsys, root)
    commit(root)
    change(root, "moved.yaml", ", differs: It is another.", "")
    assert f"it is forgotten that this {kind} has moved to another {ANOTHER}" in checked(capsys, root)


def test_a_person_is_not_replaced_by_another(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person who shares no name with another is not that person."""
    before = (root / "facts" / "vocabulary.yaml").read_text("utf-8")
    lines = [line for line in before.splitlines(keepends=True) if "ane-morrow:" not in line]
    write(root, "vocabulary.yaml", "".join(lines))
    write(root, "moved.yaml", ENTRY.format("person", "ane-morrow", "tam-ellery"))
    assert f"the person has moved to another person {ANOTHER}" in checked(capsys, root)
    write(root, "vocabulary.yaml", "".join(lines).replace("before her.", "before her., also: Ane Morrow"))
    assert ANOTHER in checked(capsys, root)


def test_two_records_of_one_document_are_joined(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source with the address of the other is of the same document."""
    write(root, "sources/letter.yaml", f"{LETTER}url: {POST}?utm_source=x\n")
    commit(root)
    moved(root, "source", "letter", "harbour-post-1902")
    assert ANOTHER not in checked(capsys, root)


def test_two_records_of_one_body_are_joined(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name given to the body that stays makes the two one where its ledger says why."""
    moved(root, "organization", "guild", "keepers-board")
    board = "organizations/keepers-board.yaml"
    change(root, board, "language: en}\n", "language: en}\n  - {text: Guild of Sailors, language: en}\n")
    assert ANOTHER in checked(capsys, root)
    file = root / "facts" / board
    write(root, board, file.read_text("utf-8") + "history:\n  - {date: 2024-05-02, reason: It is the Guild.}\n")
    assert ANOTHER not in checked(capsys, root)


def test_an_id_that_has_moved_does_not_lead_elsewhere_later(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was moved to the same thing is not led to another by a later change."""
    write(root, "sources/letter.yaml", f"{LETTER}url: {POST}?utm_source=x\n")
    commit(root)
    moved(root, "source", "letter", "harbour-post-1902")
    commit(root)
    change(root, "moved.yaml", "harbour-post-1902", "morning-tide-1902")
    assert ANOTHER in checked(capsys, root)

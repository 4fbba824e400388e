"""A record stays that of one thing: another document, body or claim under its id is refused, or told field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from revisions import change, checked, commit, repository

RULE = "[became-another-thing]"
STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
CLAIM = "A storm broke the lamp of Gull Rock in November 1902."
POST = "sources/harbour-post-1902.yaml"
BOARD = "organizations/keepers-board.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive in a repository."""
    return repository(tmp_path / "archive")


def tell(root: Path, path: str, *corrected: tuple[str, str, str], reason: str = "Tidied up.") -> None:
    """Add an entry to the ledger of a record, with what it corrects: field, before and after."""
    file = root / "facts" / path
    text = file.read_text("utf-8")
    entry = f"  - date: 2024-06-01\n{'    status: reported' * path.startswith('records')}\n    reason: {reason}\n"
    lines = "".join(f'      - {{field: {f}, before: "{b}", after: "{a}"}}\n' for f, b, a in corrected)
    file.write_text(
        text + "history:\n" * ("history:" not in text) + entry + "    corrected:\n" * bool(lines) + lines, "utf-8"
    )


@pytest.mark.parametrize(
    ("claim", "another"),
    [
        ("A whale ate the keeper of Gull Rock.", True),
        ("A whale ate the keeper of Gull Rock in November 1902.", True),
        ("A storm broke the lamp of Gull Rock in November 1903.", True),
        ("A gale broke the lamp of Gull Rock in November 1902.", False),
        ("In November 1902 a storm broke the lamp of Gull Rock.", False),
    ],
)
def test_a_claim_does_not_become_another(
    claim: str, another: bool, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Most of its words and all its numbers stay, or the entry says what stood there and what stands there now."""
    change(root, STORM, CLAIM, claim)
    tell(root, STORM)
    assert (RULE in checked(capsys, root)) is another
    if another:
        corrected = f'    corrected:\n      - {{field: claim, before: "{CLAIM}", after: "{claim}"}}\n'
        change(root, STORM, "Tidied up.\n", f"It was wrong.\n{corrected}")
        assert RULE not in checked(capsys, root)


def test_a_source_does_not_become_another(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another title, host and publisher are told one by one until the entry names each."""
    change(root, POST, "Gull Rock dark for a night", "A night without a lamp")
    change(root, POST, "publisher: Harbour Post", "publisher: Evening Ebb")
    change(root, POST, "harbour-post.example", "ebb.example")
    tell(root, POST, ("title", "Gull Rock dark for a night", "A night without a lamp"))
    told = [line.split(": ", 2)[2] for line in checked(capsys, root).splitlines() if RULE in line]
    assert told == [
        f"the record is of another thing than before: its publisher {RULE}",
        f"the record is of another thing than before: its url {RULE}",
    ]


def test_a_copy_that_stays_does_not_make_another_page_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is told by the address of the page is not outweighed by that of its copy."""
    root = repository(tmp_path / "archive")
    copied = "archive_url: https://web.archive.org/web/20240501000000/https://harbour-post.example/1902/gull-rock\n"
    change(root, POST, "accessed:", f"{copied}accessed:")
    commit(root)
    change(root, POST, "Gull Rock dark for a night", "A night without a lamp")
    change(
        root,
        POST,
        "url: https://harbour-post.example/1902/gull-rock\npublished",
        "url: https://ebb.example/\npublished",
    )
    tell(root, POST)
    assert f"its title {RULE}" in checked(capsys, root)


def test_an_organization_is_not_replaced(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A body that keeps none of its names is another; one that keeps one has only another name."""
    change(root, BOARD, "text: Board of Keepers", "text: Guild of Sailors")
    tell(root, BOARD)
    assert f"its names {RULE}" in checked(capsys, root)
    change(root, BOARD, "names:\n", "names:\n  - {text: Board of Keepers, language: en}\n")
    assert RULE not in checked(capsys, root)


def test_a_page_that_moved_is_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, publisher and day stay: the address alone is other, and the entry may say so in words."""
    change(root, POST, "harbour-post.example", "archive-of-the-post.example")
    tell(root, POST, reason="The page has moved.")
    assert RULE not in checked(capsys, root)

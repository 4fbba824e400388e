"""What is recorded twice is found, however its letters and blanks are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check.run import check

STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
CLAIM = "A storm broke the lamp of Gull Rock in November 1902."


def told(root: Path, claim: str, status: str = "reported") -> list[str]:
    """The rules that the archive breaks with the fact of the storm under a second id, in these words."""
    text = (root / "facts" / STORM).read_text("utf-8").replace(CLAIM, claim)
    write(root, "records/1902/the-storm-1902.yaml", text.replace("status: reported", f"status: {status}"))
    return [problem.rule for problem in check(root, TODAY)[1]]


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM,
        "A storm broke the lamp of Gull\u00a0Rock in November\u202f1902.",
        "A storm broke the lamp of Gull Rock in November １９０２.",
        "A storm broke the lamp of Gull Rock, in November 1902.",
        "A Storm broke the Lamp of Gull Rock in November 1902.",
    ],
)
def test_the_same_words_are_the_same_claim(claim: str, tmp_path: Path) -> None:
    """It is an error, once, and no further warning says that the two are almost the same."""
    assert [r for r in told(archive(tmp_path / "archive"), f"'{claim}'") if r != "unsafe-character"] == [
        "claim-recorded-twice"
    ]


@pytest.mark.parametrize(
    "claim",
    [
        "The storm broke the lamp of Gull\u00a0Rock in November\u00a01902.",
        "The storm broke the lamp of Gull Rock in November １９０２.",
    ],
)
def test_almost_the_same_is_seen_behind_other_blanks_and_forms(claim: str, tmp_path: Path) -> None:
    """A no-break space or a full-width digit hides nothing."""
    assert "near-duplicate" in told(archive(tmp_path / "archive"), claim)


def test_a_withdrawn_fact_may_say_what_another_says(tmp_path: Path) -> None:
    """It was taken back, for the other one perhaps."""
    assert "claim-recorded-twice" not in told(archive(tmp_path / "archive"), CLAIM, "withdrawn")

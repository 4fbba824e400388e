"""The scripts of the pages: nothing in them gets round the type checker, which ``make lint`` runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import ROOT

SCRIPTS = sorted((ROOT / "scripts" / "factbook" / "theme" / "assets").glob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_gives_up_on_types(script: Path) -> None:
    """No ``any``, and no line that the checker is told to pass over."""
    text = script.read_text("utf-8")
    assert [word for word in ("{any}", "<any>", "any[]", ", any>", "@ts-ignore", "@ts-nocheck") if word in text] == []

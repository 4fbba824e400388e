"""The forms of an archive: the files its host shows as issue forms, or the engine's where the archive has none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from factbook.authoring.form_answers import Form, current, read_form
from factbook.model.records import Vocabulary
from factbook.render import marked

FOLDERS = (".github/ISSUE_TEMPLATE", ".forgejo/ISSUE_TEMPLATE")
"""Where hosts look for issue forms."""
ENGINE = Path(__file__).parents[1] / "starter" / "forms"
REPORT = "report"
"""The form for everything else: it makes no record by itself."""
MAKING = ("new-fact", "correction", "dispute", "new-organization", "correct-organization", "correct-source")
"""The labels of the forms that make or change records."""
LABELS = (*MAKING, REPORT)
"""Every form by its label, which is also the name of its file, in the order in which people are offered them."""


def read_forms(root: Path) -> Iterator[Form]:
    """Yield the forms that make records and that the archive at ``root`` has as files of its own."""
    return (form for form in own_forms(root) if form.label in MAKING)


def own_forms(root: Path) -> Iterator[Form]:
    """Yield every form that the archive at ``root`` has as a file of its own, ``path`` being that of the file."""
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.yml")):
            if path.stem in LABELS:
                form = read_form(path.name, path.read_bytes())
                yield replace(form, label=path.stem, path=f"{folder}/{path.name}")


def every_form(root: Path, vocabulary: Vocabulary) -> tuple[Form, ...]:
    """Return every form, the archive's own or else the engine's, with the choices that ``vocabulary`` has now."""
    own = {form.label: form for form in own_forms(root)}
    return tuple(current(own.get(label) or _of_engine(label), vocabulary) for label in LABELS)


def _of_engine(label: str) -> Form:
    """Return the engine's form in English; its texts are marked, so that a new archive gets them in its language."""
    text = (ENGINE / f"{label}.yml").read_text("utf-8")
    plain = marked.MARKED.sub(lambda found: json.dumps(found[1], ensure_ascii=False)[1:-1], text)
    return read_form(f"{label}.yml", plain.encode())

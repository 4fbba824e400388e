"""Formats a difference: as sentences for people, as Markdown for a review comment, and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct, to_builtins
from msgspec.structs import asdict, replace

from factbook.history.diff import KINDS, WHATS, Change, Difference, Edit
from factbook.model.kinds import FILED
from factbook.model.ledger_fields import fields_in_ledger, only_given
from factbook.model.records import Revision
from factbook.rules.compare import apart, named
from factbook.text import show

LONGEST = 300
"""Characters of one text that are shown."""
MOST = 30_000
"""Characters of all changes together; all pages together get half as many. GitHub refuses a comment of more than
65,536, and other programs may add to it."""
FEW = 10
"""Items of one list that are shown."""
_PLURAL = {kind.name: kind.plural for kind in FILED.values()} | {
    "waiver": "waivers",
    "vocabulary": "lists of the vocabulary",
}
_WHAT = {"unreadable": "can no longer be read", "readable": "can be read now"}
_PAGES = {
    "facts": "facts",
    "organizations": "organizations",
    "sources": "sources",
    "timeline": "years",
    "topics": "topics",
    "people": "people",
    "countries": "countries",
    "contested": "contested",
    "contested.html": "contested",
    "coverage.html": "coverage",
    "origins": "origins",
    "origins.html": "origins",
    "review": "review",
    "review.html": "review",
    "questions": "questions",
    "tables": "tables",
    "changes.html": "changes",
    "corrections.html": "corrections",
    "figures.html": "figures",
    "judgements.html": "judgements",
    "index.html": "home",
}
"""Names for parts of the site, by the first part of a path. Other names of a path are shown only where they are quoted.
"""


class Voice(Struct, frozen=True, kw_only=True):
    """How texts and names of the archive are written, so that they cannot be taken for anything else."""

    text: Callable[[str], str]
    name: Callable[[str], str]


def code(text: str) -> str:
    """Return a text as a Markdown code span: the one place where no markup, mention, link, HTML or emoji is read.

    Backslashes would not do: GitHub looks for mentions, issue numbers and hashes in the finished text, but never in
    code. The span is fenced by more backticks than the text has in a row, and stays on one line.
    """
    text = _cut(text)
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if not text or text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _cut(text: str) -> str:
    """Return a text as one harmless line; where it is cut, with its full length."""
    shown = show(text, LONGEST)
    return shown if len(text) <= LONGEST else f"{shown} ({len(text):,} characters)"


PLAIN = Voice(text=lambda text: f"“{_cut(text)}”", name=_cut)
CODE = Voice(text=code, name=code)


def text(difference: Difference) -> str:
    """Return the difference as sentences for a terminal."""
    lines = [_summary(difference, PLAIN)]
    blocks = [[_sentence(c, PLAIN), *(f"    {d}" for d in _details(c, PLAIN))] for c in difference.changes]
    lines += _fitting(blocks, MOST, "change")
    lines.append(_pages_summary(difference))
    lines += _fitting([[f"    {_page(*page, PLAIN)}"] for page in difference.pages or ()], MOST // 2, "page", "    ")
    lines += _fitting([[f"Not compared: {said}."] for said in difference.unread], MOST // 8, "file")
    return "\n".join(lines)


def markdown(difference: Difference) -> str:
    """Return the same for a review comment. Every text of the archive is a code span, and every span is on one line."""
    lines = [f"**{_summary(difference, CODE)}**", ""]
    blocks = [[f"- {_sentence(c, CODE)}", *(f"  - {d}" for d in _details(c, CODE))] for c in difference.changes]
    lines += _fitting(blocks, MOST, "change", "- ")
    lines += ["", "<details>", f"<summary>{_pages_summary(difference)}</summary>", ""]
    lines += _fitting([[f"- {_page(*page, CODE)}"] for page in difference.pages or ()], MOST // 2, "page", "- ")
    lines += ["", "</details>", ""]
    lines += _fitting([[f"- Not compared: {code(said)}."] for said in difference.unread], MOST // 8, "file", "- ")
    return "\n".join(lines).rstrip()


def as_json(difference: Difference) -> str:
    """An object: ``base``, ``changes``, ``pages``, ``data`` and ``unread``. Nothing is cut.

    A change has ``kind`` (fact, source, organization, search, waiver, vocabulary), ``id``, ``what`` (removed,
    unreadable, withdrawn, moved, changed, added, readable), ``title``, ``status`` where it is added, ``moved_to``,
    ``edits`` (``field``, ``before`` and ``after``, each a list of texts) and ``entries``, the new ones of the ledger
    (``date``, ``status``, ``reason``, ``sources``). A page has ``path`` and ``what`` (new, changed, gone); ``pages`` is
    null where the records do not fit together. ``data`` is the number of data files that change. ``unread`` are files
    whose older state could not be read.
    """
    value = to_builtins(replace(difference, pages=None))
    for told, change in zip(value["changes"], difference.changes, strict=True):
        told["entries"] = [
            to_builtins(asdict(entry)) for entry in change.entries
        ]  # a field that is empty is there as well
    if difference.pages is not None:
        value["pages"] = [{"path": path, "what": what} for path, what in difference.pages]
    return json.dumps(value, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Difference], str]] = {"text": text, "markdown": markdown, "json": as_json}


def _fitting(blocks: list[list[str]], most: int, what: str, indent: str = "") -> Iterator[str]:
    """Yield the lines of as many blocks as fit into ``most`` characters, and how many do not fit."""
    for at, block in enumerate(blocks):
        most -= sum(len(line) + 1 for line in block)
        if most < 0:
            rest = len(blocks) - at
            yield f"{indent}… and {rest:,} more {what}{'s' if rest != 1 else ''}, not shown here."
            return
        yield from block


def _summary(difference: Difference, voice: Voice) -> str:
    counts = Counter((c.what, c.kind) for c in difference.changes)
    since = f"since {voice.name(difference.base)}"
    if not counts:
        return f"No record has changed {since}."
    said = []
    for what in WHATS:
        for kind in KINDS:
            if n := counts[what, kind]:
                said.append(f"{n:,} {kind if n == 1 else _PLURAL[kind]} {_WHAT.get(what, what)}")
    return f"{', '.join(said)} {since}."


def _sentence(change: Change, voice: Voice) -> str:
    """Return what happened to a record, and why, where its ledger says so."""
    kind, what = change.kind.capitalize(), _WHAT.get(change.what, change.what)
    said = f"{kind} {what}: {voice.name(change.id)}"
    if change.title:
        said += f" {voice.text(change.title)}"
    if change.status:
        said += f" as {voice.name(change.status)}"
    if change.moved_to:
        said += f" {'is now' if change.what == 'moved' else 'leads to'} {voice.name(change.moved_to)}"
    return _stop(said + (_because(change, voice) if change.what != "changed" else ""))


def _stop(sentence: str) -> str:
    """Return the sentence with its full stop, unless it ends with a quoted one."""
    return sentence if sentence.endswith((".”", ".`")) else f"{sentence}."


def _because(change: Change, voice: Voice) -> str:
    return f", because {voice.text(change.entries[-1].reason)}" if change.entries else ""


def _details(change: Change, voice: Voice) -> Iterator[str]:
    """Yield each edit of a record as a sentence, then the new entries of its ledger."""
    told = change.what != "changed"
    for edit in change.edits:
        if edit.field == "status" and change.what == "withdrawn":
            continue
        because = _because(change, voice) if edit.field == "status" and not told else ""
        told = told or bool(because)
        field = "the ledger was rewritten:" if edit.field == "ledger" else edit.field
        yield _stop(f"{field} {_edit(edit, voice)}{because}")
    if change.entries and not told:
        yield _stop(f"the ledger says: {voice.text(change.entries[-1].reason)}")
    for entry in change.entries[:-1][-FEW:]:
        status = f" {voice.name(entry.status)}" if isinstance(entry, Revision) else ""
        yield _stop(f"before that, on {voice.name(entry.date)}{status}: {voice.text(entry.reason)}")
    if (rest := len(change.entries) - 1 - FEW) > 0:
        yield f"… and {rest:,} earlier new entries of the ledger."
    if not change.entries and any(_unsaid(change.kind, edit) for edit in change.edits):
        yield "the ledger does not say why."


def _unsaid(kind: str, edit: Edit) -> bool:
    """Return whether an edit of a record of that kind is one that its ledger has to say the reason of."""
    record = FILED[kind].type if kind in FILED else None
    if record is None:
        return False
    field = next((name for name in fields_in_ledger(record) if named(name) == edit.field), None)
    return field is not None and not only_given(record, field, edit.before, edit.after)


def _edit(edit: Edit, voice: Voice) -> str:
    """Return the old and the new value of a field as a sentence. Of a list, only the items that differ."""
    if len(edit.before) <= 1 and len(edit.after) <= 1:
        one, other = apart("".join(edit.before), "".join(edit.after), LONGEST)
        return f"{_value(one, voice)} → {_value(other, voice)}"
    lost = [item for item in edit.before if item not in edit.after]
    new = [item for item in edit.after if item not in edit.before]
    if not lost and not new:
        return f"in another order: {_items(edit.before, voice)} → {_items(edit.after, voice)}"
    parts = ((lost, "without"), (new, "with"))
    return "; ".join(f"{word} {_items(items, voice)}" for items, word in parts if items)


def _value(text: str, voice: Voice) -> str:
    return (voice.text if " " in text else voice.name)(text) if text else "nothing"


def _items(items: list[str] | tuple[str, ...], voice: Voice) -> str:
    more = f" and {len(items) - FEW:,} more" if len(items) > FEW else ""
    return ", ".join(_value(item, voice) for item in items[:FEW]) + more


def _pages_summary(difference: Difference) -> str:
    """Return how many pages change, by the part of the site they are in, and how many files of the data."""
    if difference.pages is None:
        return "Which pages change cannot be said: the records do not fit together, see the check."
    n = difference.data
    data = f" {n:,} data file{'s' if n != 1 else ''} change{'s' if n == 1 else ''}." if n else ""
    if not difference.pages:
        return f"No page changes.{data}"
    top = (path.partition("/")[0] for path, _ in difference.pages)
    counts = Counter(_PAGES.get(part, "others") for part in top)
    n = len(difference.pages)
    parts = ", ".join(
        f"{part} {counts[part]:,}" for part in dict.fromkeys((*_PAGES.values(), "others")) if counts[part]
    )
    return f"{n:,} page{'s' if n != 1 else ''} change{'s' if n == 1 else ''}: {parts}.{data}"


def _page(path: str, what: str, voice: Voice) -> str:
    return voice.name(path) + ("" if what == "changed" else f" ({what})")

"""The command `factbook fmt`: one layout for every record, with the same data and the same comments as before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import BASE, archive, write
from factbook.authoring import yaml_comments, yaml_layout
from factbook.cli import main
from factbook.read import yamldoc
from factbook.read.schema import Schemas
from factbook.read.vocabulary import read_vocabulary

FACT = "records/1902/bell-rang-1902.yaml"
MODELINE = "# yaml-language-server: $schema=../../schema/fact.schema.json\n"

WILD = b"""\
# An archive of lights.
# yaml-language-server: $schema=../../fact.json

kind:   event   # was a plan
# What is claimed.
claim: >-   # folded
  The bell of Gull Rock
  rang.
'date': "1902"
topics: [ # inside
  lamps, 'storms' ]
organizations: ["gull-rock-light"]
history:
- date: 2024-05-01
  reason: "Heard: by \\"the keeper\\"."

  # Before the status.
  status: reported
  # - the next entry
sources:  # one voice
  # first
  - # after the hyphen
    stance: supports  # really
    locator: 'no. 3'
    source: harbour-post-1902
note: |
  It rang.

  Twice. # not a comment
status: reported
# The end.
"""

TAME = """\
# yaml-language-server: $schema=../../schema/fact.schema.json
# An archive of lights.
# What is claimed.
claim: The bell of Gull Rock rang.  # folded
date: 1902
kind: event  # was a plan
organizations: [gull-rock-light]
# inside
topics: [lamps, storms]
sources:  # one voice
  # first
  # after the hyphen
  - source: harbour-post-1902
    locator: no. 3
    stance: supports  # really
status: reported
history:
  - date: 2024-05-01
    # Before the status.
    status: reported
    # - the next entry
    reason: 'Heard: by "the keeper".'
note: |
  It rang.

  Twice. # not a comment
# The end.
""".replace("""'Heard: by "the keeper".'""", r'''"Heard: by \"the keeper\"."''')


def run(root: Path, *arguments: str) -> int:
    """Run the command on the archive at ``root``."""
    return main(["--root", str(root), "fmt", *arguments])


@cache
def schemas() -> dict[str, dict]:
    """The schemas of this project."""
    facts = BASE
    return Schemas(read_vocabulary(facts)).documents


def canonical(data: bytes) -> bytes:
    """A fact in canonical layout."""
    return yaml_layout.canonical("fact", FACT, data, schemas())


def test_one_layout() -> None:
    """Fields come in the order of the schema, quotes go where they can, and a comment stays with what it is about."""
    assert canonical(WILD).decode() == TAME


def test_names_stand_on_one_line_each() -> None:
    """What the schema marks with x-layout: line is one line an item, whatever it was, and its comments stand above."""
    data = b"names:\n- text: Bell\n  # old\n  language: en\n  period: 1890/..\nkind: body\ndescription: A, b.\n"
    assert yaml_layout.canonical("organization", "organizations/bell.yaml", data, schemas()).decode() == (
        "# yaml-language-server: $schema=../schema/organization.schema.json\n"
        "names:\n"
        "  # old\n"
        "  - {text: Bell, language: en, period: 1890/..}\n"
        "kind: body\n"
        "description: A, b.\n"
    )


@pytest.mark.parametrize(
    ("text", "alone", "in_brackets"),
    [
        ("The bell's sound", "The bell's sound", "The bell's sound"),
        ("Bell, rung", "Bell, rung", '"Bell, rung"'),
        ("Bell: rung", '"Bell: rung"', '"Bell: rung"'),
        ("Bell #2", '"Bell #2"', '"Bell #2"'),
        ("Bell:", '"Bell:"', '"Bell:"'),
        ("- bell", '"- bell"', '"- bell"'),
        (" bell", '" bell"', '" bell"'),
        ("no", "no", "no"),
        ("null", '"null"', '"null"'),
        ("1902", '"1902"', '"1902"'),
        ("1902-11", "1902-11", "1902-11"),
        ("1e5", '"1e5"', '"1e5"'),
        ("", '""', '""'),
        ("a\u2028b", '"a\\Lb"', '"a\\Lb"'),
        ("колокол", "колокол", "колокол"),
    ],
)
def test_quotes_only_where_needed(text: str, alone: str, in_brackets: str) -> None:
    """A text is in quotes only where YAML, or an editor's YAML 1.2, would take it for something else without."""
    assert (yaml_layout.scalar(text), yaml_layout.scalar(text, inside=True)) == (alone, in_brackets)


def test_a_year_needs_no_quotes_where_the_schema_takes_numbers() -> None:
    """A date that is a year stays bare: the schema allows it as a number."""
    assert b"\ndate: 1902\n" in canonical(WILD.replace(b'"1902"', b"1902"))


def test_a_redirect_has_its_own_schema() -> None:
    """The first line names the schema of a redirect where the fact has moved."""
    data = b"history: [{date: 2024-05-01, status: withdrawn, reason: It moved.}]\nmoved_to: bell\n"
    assert canonical(data).decode() == (
        "# yaml-language-server: $schema=../../schema/redirect.schema.json\n"
        "moved_to: bell\n"
        "history:\n"
        "  - date: 2024-05-01\n"
        "    status: withdrawn\n"
        "    reason: It moved.\n"
    )


def test_unknown_fields_are_kept() -> None:
    """A field that no schema knows is not lost: it stands behind the others, for the check to speak about."""
    assert canonical(b"zeal: {b: [x, [y]], a: {}}\nclaim: It rang.\nbell: []\n").decode() == (
        MODELINE + "claim: It rang.\nzeal:\n  b:\n    - x\n    - [y]\n  a: {}\nbell: []\n"
    )


# Arbitrary records, written down in arbitrary ways.

WORDS = st.sampled_from(
    ["bell", "no", "null", "1902", "1e5", "~", "a: b", "a #b", "- a", "{a}", "[a", "'a'", '"', "#", "a,b"]
)
TEXTS = (
    WORDS
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
    | st.text(st.sampled_from("ab \n#:-'\"\\\t[]{},&*!|>%@`?é\u2028\x85\xa0"), min_size=1, max_size=20)
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
REVISIONS = st.fixed_dictionaries(
    {"date": st.just("2024-05-01"), "status": st.just("reported"), "reason": TEXTS},
    optional={"sources": st.lists(IDS, min_size=1, max_size=3)},
)
REFERENCES = st.fixed_dictionaries(
    {"source": IDS, "locator": TEXTS, "stance": st.just("supports")}, optional={"note": TEXTS}
)
FACTS = st.fixed_dictionaries(
    {
        "claim": TEXTS,
        "kind": st.just("event"),
        "organizations": st.lists(IDS, min_size=1, max_size=3),
        "topics": st.just(["diplomacy"]),
        "sources": st.lists(REFERENCES, min_size=1, max_size=3),
        "status": st.just("reported"),
        "history": st.lists(REVISIONS, min_size=1, max_size=3),
    },
    optional={
        "date": st.sampled_from(["1902", "1902-11", "1902?/..", "unknown"]),
        "speaker": TEXTS,
        "relations": st.lists(st.builds(lambda i: {"contradicts": i}, IDS), min_size=1, max_size=2),
        "note": TEXTS,
    },
)


class Scribe:
    """Writes a value down in YAML in one of many ways, with comments in many places."""

    def __init__(self, choose: Callable[[int], int]) -> None:
        self.choose = choose
        self.comments: list[str] = []

    def comment(self) -> str:
        """Make a comment that differs from all others."""
        self.comments.append(f"# note {len(self.comments)}: - a\tb: 'c' # d")
        return self.comments[-1]

    def above(self, indent: int) -> str:
        """Nothing, an empty line, or comments on lines of their own, not all of them where they should begin."""
        kind = self.choose(6)
        if kind < 4:
            return "\n" if kind == 3 else ""
        return ("\n" if kind == 5 else "") + " " * (indent + self.choose(3)) + self.comment() + "\n"

    def beside(self) -> str:
        """Return nothing, or a comment at the end of the line."""
        return f"  {self.comment()}\n" if self.choose(4) == 0 else "\n"

    def text(self, text: str) -> str:
        """A scalar: bare, in single or in double quotes."""
        style = self.choose(3)
        plain = text.isascii() and text.replace(" ", "").isalnum() and text == text.strip()
        if style == 0 and plain:
            return text
        if style == 1 and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'

    def flow(self, value: object) -> str:
        """A value in flow style."""
        if isinstance(value, str):
            return self.text(value)
        gaps = [f" {self.comment()}\n      " if self.choose(8) == 0 else " " for _ in range(2)]
        if isinstance(value, list):
            return f"[{gaps[0]}{', '.join(self.flow(item) for item in value)}{gaps[1]}]"
        return f"{{{gaps[0]}{', '.join(f'{name}: {self.flow(inner)}' for name, inner in value.items())}{gaps[1]}}}"

    def mapping(self, value: dict, indent: int, first: str = "") -> str:
        """A block; ``first`` stands where the indentation of its first line would."""
        names = list(value)
        for i in range(len(names) - 1):
            j = i + self.choose(len(names) - i)
            names[i], names[j] = names[j], names[i]
        text = ""
        for i, name in enumerate(names):
            text += "" if first and i == 0 else self.above(indent)
            text += (first if first and i == 0 else " " * indent) + f"{name}:" + self.after(value[name], indent)
        return text

    def after(self, value: object, indent: int) -> str:
        """What follows ``name:``."""
        if isinstance(value, str):
            lines = value.split("\n")
            shown = all(line.isprintable() and line == line.strip() and line for line in lines)
            if shown and self.choose(3) == 0:
                head = f" |-  {self.comment()}\n" if self.choose(3) == 0 else " |-\n"
                return head + "".join(f"{' ' * (indent + 3)}{line}\n" for line in lines)
            return f" {self.text(value)}{self.beside()}"
        if self.choose(3) == 0:
            return f" {self.flow(value)}{self.beside()}"
        inner = indent + self.choose(2) * 2
        text = self.beside()
        for item in value:
            text += self.above(inner)
            if isinstance(item, dict) and self.choose(3):
                text += self.mapping(item, inner + 2, " " * inner + "- ")
            else:
                text += f"{' ' * inner}- {self.flow(item)}{self.beside()}"
        return text


@given(FACTS, st.integers(0, 2**32))
@settings(max_examples=120, deadline=None)
def test_the_layout_changes_no_meaning_and_loses_no_comment(value: dict, seed: int) -> None:
    """However a record is written, fmt leaves its data and its comments; and twice is the same as once."""
    scribe = Scribe(Random(seed).randrange)
    written = (scribe.mapping(value, 0) + scribe.above(0)).encode()
    assert yamldoc.read(FACT, written) == value
    once = canonical(written)
    assert yamldoc.read(FACT, once) == value
    kept = [comment for some in yaml_comments.read(once.decode()).values() for comment in some]
    assert sorted(kept) == sorted([MODELINE.strip(), *scribe.comments])
    assert canonical(once) == once


def test_check_only_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --check nothing is changed: the files that are not canonical are listed, and the command fails."""
    root = archive(tmp_path / "a")
    run(root)
    file = write(root, FACT, WILD)
    capsys.readouterr()
    assert run(root, "--check") == 1
    assert capsys.readouterr().out == f"facts/{FACT}\n1 of 22 records not in canonical layout.\n"
    assert file.read_bytes() == WILD


def test_fmt_writes_and_then_rests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It writes what it lists, keeps file modes, and has nothing to do the second time."""
    root = archive(tmp_path / "a")
    file = write(root, FACT, WILD)
    file.chmod(0o640)
    assert run(root, str(file)) == 0
    assert run(root, str(file.parent), "--check") == 1
    assert capsys.readouterr().out == (
        f"facts/{FACT}\n1 of 1 record laid out anew.\n"
        "facts/records/1902/gull-rock-lamp-mended-1902.yaml\n"
        "facts/records/1902/keeper-left-gull-rock-1902.yaml\n"
        "facts/records/1902/storm-broke-gull-rock-lamp-1902.yaml\n"
        "3 of 4 records not in canonical layout.\n"
    )
    assert (file.read_text("utf-8"), file.stat().st_mode & 0o777) == (TAME, 0o640)
    assert run(root) == 0
    capsys.readouterr()
    assert run(root, "--check") == 0
    assert capsys.readouterr().out == "0 of 22 records not in canonical layout.\n"


def test_an_unreadable_record_is_reported_and_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no YAML is named with its line, as by the check, and the others are laid out all the same."""
    root = archive(tmp_path / "a")
    run(root)
    file = write(root, FACT, "claim: a: b\n")
    capsys.readouterr()
    assert run(root) == 1
    said = capsys.readouterr()
    assert said.out == "0 of 22 records laid out anew.\n"
    assert said.err.startswith(f"facts/{FACT}:1:9: error: the file is not well-formed YAML: ")
    assert file.read_text() == "claim: a: b\n"


@pytest.mark.parametrize("path", ["vocabulary.yaml", "records/none.yaml", "..", "records/1902/notes.txt"])
def test_only_records_are_laid_out(tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    """A path that is no record is refused, with what is allowed."""
    root = archive(tmp_path / "a")
    write(root, "records/1902/notes.txt", "x")
    given_path = root / "facts" / path
    assert run(root, str(given_path)) == 2
    assert capsys.readouterr().err.endswith(
        "not a record, nor a folder of records\n"
        "    allowed: files and folders in facts/ under records, sources, organizations, searches, questions, series, "
        "replies, reviews\n"
    )


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """A link in facts/ is left alone, and so is what it leads to."""
    root = archive(tmp_path / "a")
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(WILD)
    (root / "facts" / FACT).symlink_to(outside)
    run(root)
    assert outside.read_bytes() == WILD

"""The command `factbook explain`, and the page that describes every command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import BASE, ROOT, archive, write
from factbook.authoring import explain
from factbook.check import reference
from factbook.cli import build_parser, main
from factbook.read.schema import Schemas
from factbook.read.vocabulary import LISTS, read_vocabulary

PAGE = ROOT / "docs" / "contribute" / "commands.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive."""
    return archive(tmp_path / "a")


def told(root: Path, capsys: pytest.CaptureFixture[str], *name: str) -> str:
    """What the command prints about a name, which must exist."""
    assert main(["--root", str(root), "explain", *name]) == 0
    return capsys.readouterr().out


def test_a_rule(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule is told with its reason, an example that keeps it, one that breaks it, and what the check then says."""
    assert told(root, capsys, "id-not-file-name") == (
        "rule id-not-file-name (error)\n"
        "  An id that is written in a record must equal its file name without .yaml.\n"
        "\n"
        "This keeps it: facts/records/1902/gull-rock-tower-painted-1902.yaml\n"
        f"{indented('id-not-file-name/good/records/1902/gull-rock-tower-painted-1902.yaml')}"
        "\n"
        "This breaks it: facts/records/1902/gull-rock-tower-painted-1902.yaml\n"
        f"{indented('id-not-file-name/bad/records/1902/gull-rock-tower-painted-1902.yaml')}"
        "\n"
        "The check then says:\n"
        f"{indented('id-not-file-name/bad.txt')}"
    )


def indented(path: str) -> str:
    """An example file as it is shown."""
    lines = (reference.EXAMPLES / path).read_text("utf-8").splitlines()
    return "".join(f"    {line}\n" for line in lines)


def test_a_field_of_several_records(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A field is told for every kind of record that has it: its form, its description, and its words."""
    assert told(root, capsys, "kind") == (
        "field kind of a fact (text, required)\n"
        "  What sort of thing is claimed.\n"
        "  allowed: event, statement, plan, figure\n"
        "\n"
        "field kind of a source (text, required)\n"
        "  What sort of document it is; decides how much it can carry.\n"
        "  allowed: primary, official, news, aggregator\n"
        "\n"
        "field kind of an organization (text, required)\n"
        "  What sort of body it is.\n"
        "  allowed: league, board, light\n"
        "\n"
        "field moved kind of the moved ids (text, required)\n"
        "  What it named.\n"
        "  allowed: source, organization, search, question, series, reply, review, topic, person, country,\n  origin\n"
    )


def test_a_field_inside_a_field(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A field of a list is found by its full name, or by its last word; what kinds of record share is said once."""
    said = (
        "field history reason of a fact and a redirect (text, required)\n"
        "  Why, and from which evidence, in one to three sentences.\n"
        "\n"
        "field history reason of a source and an organization and a search and a question and a series and a reply and "
        "a review and the words (text, required)\n"
        "  What was changed and why, in one to three sentences.\n"
    )
    assert told(root, capsys, "history", "reason") == said
    assert all(block in told(root, capsys, "reason") for block in said.rstrip("\n").split("\n\n"))


def test_the_field_of_one_kind(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the kind of record before it, only that record's field is told."""
    assert told(root, capsys, "organization kind") == (
        "field kind of an organization (text, required)\n  What sort of body it is.\n  allowed: league, board, light\n"
    )


def test_examples_of_a_field(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A field with examples in its schema shows them."""
    assert told(root, capsys, "founded") == (
        "field founded of an organization (text)\n"
        "  When it began (EDTF).\n"
        "  such as: 2021, 2021-09, 2021-09-14, 2021-22, 1994?, 1994~, 199X, 2006/2010, 2006/.., 2006/\n"
    )


def test_a_status(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A status is told with its meaning and the evidence it asks for."""
    words = (root / "facts" / "vocabulary.yaml").read_text("utf-8")
    write(root, "vocabulary.yaml", words.replace("{label: Disputed,", "{label: Disputed, meaning: They disagree.,"))
    assert told(root, capsys, "disputed") == (
        "status disputed: Disputed\n"
        "  They disagree.\n"
        "  evidence: A source or a fact that supports it and one that contradicts it, both cited.\n"
    )


def test_a_word_of_several_lists(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is a field part and a word is told as both."""
    assert told(root, capsys, "contradicts") == (
        "field relations contradicts of a fact (text)\n"
        "  Contradicts.\n"
        "\n"
        "stance contradicts: Contradicts\n"
        "\n"
        "relation contradicts: Contradicts\n"
    )


def test_a_kind_of_record(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A kind of record is told with all its fields."""
    assert told(root, capsys, "redirect") == (
        "record redirect\n"
        "  What stays behind under an id when its fact has moved to, or was merged into, another id.\n"
        "\n"
        "  id                        text\n"
        "  moved_to                  text, required\n"
        "  differs                   text\n"
        "  history                   list of fields, required\n"
        "  history date              text, required\n"
        "  history status            text, required\n"
        "  history reason            text, required\n"
        "  history sources           list\n"
        "  history corrected         list of fields\n"
        "  history corrected field   text, required\n"
        "  history corrected before  text, required\n"
        "  history corrected after   text, required\n"
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("statuz", "Did you mean status?"),
        ("disputd", "Did you mean disputed?"),
        ("id-not-filename", "Did you mean id-not-file-name?"),
        ("zzz", "factbook explain, without a name, lists them all."),
    ],
)
def test_an_unknown_name(root: Path, capsys: pytest.CaptureFixture[str], name: str, hint: str) -> None:
    """A name that nothing has gets the nearest one that something has."""
    assert main(["--root", str(root), "explain", name]) == 2
    assert capsys.readouterr().err == f"error: nothing is called {name}\n    hint: {hint}\n"


def test_the_list_of_all_names(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name, every name is listed by group."""
    said = told(root, capsys)
    titles = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "rules", "kinds of record", "fields of a fact", "fields of a redirect", "fields of a source",
        "fields of an organization", "fields of a search", "fields of a question", "fields of a series",
        "fields of a reply", "fields of a review",
        "fields of the synonyms", "fields of the waivers", "fields of the moved ids", "fields of the words",
        "statuses", "fact kinds",
        "source kinds", "stances", "relations", "organization kinds", "topics", "people", "countries", "origins",
        "languages", "Give one of these names to have it explained.",
    ]  # fmt: skip
    assert (
        "statuses\n  confirmed, corroborated, reported, unreviewed, disputed, refuted, superseded, withdrawn\n" in said
    )


def test_every_name_that_is_listed_is_explained() -> None:
    """No name in the list leads to nothing, in the example archive."""
    facts = BASE
    vocabulary = read_vocabulary(facts)
    schemas = Schemas(vocabulary).documents
    names = {name for _, group in explain.groups(vocabulary, schemas) for name in group}
    assert [name for name in sorted(names) if not explain.explain(name, vocabulary, schemas)] == []
    assert set(explain.LISTS) == set(LISTS)


# The page of commands.


def leaves(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The parsers at the ends of the tree of commands."""
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield name, parser
    for action in below:
        for word, inner in action.choices.items():
            yield from leaves(inner, f"{name} {word}".strip())


def test_every_command_and_option_is_described() -> None:
    """The page of commands has a section for every command, which names all its options, and no other."""
    sections = {}
    for block in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.M)[1:]:
        title, _, text = block.partition("\n")
        for name in re.findall(r"`factbook ([a-z ]+)`", title):
            sections[name] = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", text))
    found = {
        name: {o for action in parser._actions for o in action.option_strings if o.startswith("--")} - {"--help"}
        for name, parser in leaves(build_parser(), "")
    }
    assert sections.keys() == found.keys()
    for name, options in found.items():
        assert sections[name] == options, f"the options of factbook {name}"

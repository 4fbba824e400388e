"""YAML files: plain text in, plain text out, and one located problem for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from archives import TODAY, archive, write
from factbook.check.run import check
from factbook.read import yamldoc
from factbook.read.yamldoc import Refused
from factbook.rules.characters import unsafe_character
from factbook.rules.problem import Finding, Key, Plain, Pointer
from factbook.rules.register import RULES
from factbook.rules.yaml import MOST_BYTES, MOST_DEPTH

# YAML made of the pieces that give it its shape: most of it is wrong, and wrong in interesting ways.
PIECES = (
    "a: ",
    "b:",
    "- ",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\n",
    "\n  ",
    "\n\t",
    "&x ",
    "*x",
    "!!str ",
    "'",
    '"',
)
MORE = (
    "|\n",
    ">-\n",
    "# ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "<<: ",
    "\\x00",
    "\\ud800",
    "\ufeff",
    "\u2028",
    "\r\n",
    "~",
)
shapes = st.lists(st.sampled_from(PIECES + MORE + ("é", "10", "text")), max_size=30).map(
    lambda some: "".join(some).encode()
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
values = st.recursive(
    texts,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=12,
)
records = st.dictionaries(texts, values, min_size=1, max_size=4)


def depth(value: Plain) -> int:
    """How many levels of lists and mappings a value has."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 0 if isinstance(value, str) else 1 + max(map(depth, inside), default=0)


def only_text(value: object) -> bool:
    """Whether a value is made of nothing but mappings, lists and text."""
    if isinstance(value, dict):
        return all(type(k) is str and only_text(v) for k, v in value.items())
    return all(map(only_text, value)) if isinstance(value, list) else type(value) is str


def refusal(data: bytes) -> Finding:
    """The problem that a file is refused with."""
    with pytest.raises(Refused) as caught:
        yamldoc.read("records/x.yaml", data)
    return caught.value.finding


@given(st.one_of(st.binary(max_size=200), shapes))
@example(b"\xff\xfe")
@example(b"\xed\xa0\x80: x")
@example(b"a: \x00")
@example(b"[" * 60000)
@example(b"- " * 32000)
@example(b"? " * 32000)
@example(b"a: &a [" + b"*a, " * 10000 + b"]")
def test_any_bytes_are_a_record_or_one_located_problem(data: bytes) -> None:
    """No file, however strange, ends the check: it is read as plain text values or refused at a line and column."""
    try:
        value = yamldoc.read("records/x.yaml", data)
    except Refused as refused:
        problem = refused.finding
        assert problem.path == "records/x.yaml"
        assert problem.rule in RULES
        assert (
            1
            <= problem.line
            <= data.count(b"\n") + data.count(b"\r") + data.count(b"\xc2\x85") + data.count(b"\xe2\x80") + 2
        )
        assert problem.column >= 1
        assert problem.message.isprintable()
        assert problem.value.isprintable()
    else:
        assert isinstance(value, dict)
        assert only_text(value)
        assert depth(value) <= MOST_DEPTH


@given(records)
def test_what_yaml_writes_is_read_back_as_it_was(value: dict[str, Plain]) -> None:
    """Any record of text, lists and fields that a YAML library writes is the same record when it is read."""
    data = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, default_style='"').encode()
    # In this style the dumper marks nothing but text, so that no tag and no anchor is in the way.
    assert yamldoc.read("records/x.yaml", data.replace(b'!!map "', b'"')) == value


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Yes",
        "on",
        "true",
        "~",
        "null",
        "NULL",
        "12:30",
        "1:2:3",
        "2021-09-01",
        "2021-09-01T12:00:00Z",
        "007",
        "0x1F",
        "0o17",
        "1_000",
        "1e3",
        ".5",
        ".inf",
        ".nan",
        "1994~",
        "2021?",
        "+1",
        "-0",
        "=",
        "<<",
    ],
)
def test_text_that_yaml_would_guess_about_stays_text(text: str) -> None:
    """A date, a number, a word for yes, no or nothing: each is the text that was written."""
    assert yamldoc.read("records/x.yaml", f"a: {text}\nb: [{text}]\n".encode()) == {"a": text, "b": [text]}


def test_a_field_without_a_value_is_empty_text() -> None:
    """YAML's nothing is a text of no characters, which the schema then refuses."""
    assert yamldoc.read("records/x.yaml", b"a:\nb: ''\n") == {"a": "", "b": ""}


def test_a_field_can_be_called_what_yaml_would_guess_about() -> None:
    """Field names are text too."""
    assert yamldoc.read("records/x.yaml", b"no: a\n1: b\n~: c\n") == {"no": "a", "1": "b", "~": "c"}


@pytest.mark.parametrize(
    ("data", "rule", "place", "message", "value"),
    [
        (b"", "empty-record", (1, 1), "the file holds no record", ""),
        (b"# nothing\n", "empty-record", (1, 1), "the file holds no record", ""),
        (b"a: b\xc3\x28", "not-utf8", (1, 5), "the file is not UTF-8 text", "byte 0xc3"),
        ("ä: ää\nöö: ö".encode() + b"\xff", "not-utf8", (2, 6), "the file is not UTF-8 text", "byte 0xff"),
        (b"\xef\xbb\xbfa: b", "not-utf8", (1, 1), "the file begins with a byte-order mark", "ef bb bf"),
        ("a: b".encode("utf-16"), "not-utf8", (1, 1), "the file begins with a byte-order mark", "ff fe 61"),
        (
            b"a: b\nc: d\x07\n",
            "yaml-syntax",
            (2, 5),
            "the file is not well-formed YAML: control characters are not allowed",
            "",
        ),
        (
            b"a: b: c",
            "yaml-syntax",
            (1, 5),
            "the file is not well-formed YAML: the colon in the text reads as the end of a field's name",
            "",
        ),
        (
            b"a:\n\t- b",
            "yaml-syntax",
            (2, 1),
            "the file is not well-formed YAML: the line is indented with a tab",
            "",
        ),
        (
            b"a: b\n--- \nc: d",
            "yaml-syntax",
            (2, 1),
            "the file is not well-formed YAML: there is more than one document in the file",
            "",
        ),
        (b"a: &b c", "yaml-feature", (1, 4), "the file uses an anchor", "&b"),
        (b"a: [*b]", "yaml-feature", (1, 5), "the file uses an alias", "*b"),
        (
            b"a: !!python/object:os.system x",
            "yaml-feature",
            (1, 4),
            "the file uses a tag",
            "tag:yaml.org,2002:python/object:os.system",
        ),
        (b"a: b\nc:\n  d: e\n  d: f", "duplicate-key", (4, 3), "the field is given twice", "d"),
        (b"a: [[[[[[[[x]]]]]]]]", "too-deep", (1, 11), "the file is nested too deep", ""),
        (b"a: " + b"[" * 60000, "too-deep", (1, 11), "the file is nested too deep", ""),
        (b"- a", "not-a-record", (1, 1), "the file must hold fields and values, not a list", ""),
        (b"just text", "not-a-record", (1, 1), "the file must hold fields and values, not plain text", ""),
        (b"a: b\n? [c]\n: d", "not-a-record", (2, 3), "the file must hold fields and values, not a list", ""),
    ],
)
def test_a_file_that_is_no_record_is_refused_where_it_goes_wrong(
    data: bytes, rule: str, place: tuple[int, int], message: str, value: str
) -> None:
    """The first thing that stops a file from being read is named, at its line and column."""
    found = refusal(data)
    assert (found.rule, (found.line, found.column), found.message, found.value) == (rule, place, message, value)


@pytest.mark.parametrize("size", [MOST_BYTES, MOST_BYTES + 1])
def test_a_file_is_too_large_above_64_kib(size: int) -> None:
    """64 KiB are read, and one byte more is not."""
    data = b"a: " + b"x" * (size - 3)
    if size == MOST_BYTES:
        assert yamldoc.read("records/x.yaml", data) == {"a": "x" * (size - 3)}
    else:
        assert (refusal(data).rule, refusal(data).value) == ("too-large", "65,537 bytes")


def test_a_large_file_of_many_items_is_not_taken_for_a_deep_one() -> None:
    """Thousands of hyphens and brackets side by side are a long record, not a deep one."""
    data = b"a:\n" + b"  - {b: [c-d]}\n" * 4000
    assert yamldoc.read("records/x.yaml", data) == {"a": [{"b": ["c-d"]}] * 4000}


RECORD = b"""\
claim: "A: b"
sources:
  - source: one
    locator: page 1
  - {source: two, locator: 'page 2'}
topics: [x, y]
note: >-
  folded
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ((), (1, 1)),
        (("claim",), (1, 8)),
        ((Key("claim"),), (1, 1)),
        (("sources",), (3, 3)),
        ((Key("sources"),), (2, 1)),
        (("sources", 0), (3, 5)),
        (("sources", 0, "locator"), (4, 14)),
        (("sources", 1, "locator"), (5, 28)),
        (("sources", 1, Key("locator")), (5, 19)),
        (("topics", 1), (6, 13)),
        (("note",), (7, 7)),
        (("missing",), (1, 1)),
        (("sources", 0, "missing"), (3, 5)),
        (("sources", 7), (3, 3)),
        (("topics", 1, "deeper"), (6, 13)),
        (("claim", 0), (1, 8)),
        ((0,), (1, 1)),
    ],
)
def test_a_value_is_located_where_it_stands(pointer: Pointer, place: tuple[int, int]) -> None:
    """A pointer leads to the value, a Key to the name, and one that leads nowhere to the nearest value around it."""
    assert yamldoc.locate(RECORD, pointer) == place


@pytest.mark.parametrize("data", [b"", b"a: [", b"\xff"])
def test_a_file_that_cannot_be_read_is_located_at_its_beginning(data: bytes) -> None:
    """There is always a line and a column to point at."""
    assert yamldoc.locate(data, ("a",)) == (1, 1)


@given(records)
def test_every_value_of_a_record_has_a_place_inside_its_file(value: dict[str, Plain]) -> None:
    """Wherever a problem may point, its line and column lie in the text."""
    data = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, default_style='"')
    lines = data.split("\n")
    for name in value:
        for pointer in ((name,), (Key(name),)):
            line, column = yamldoc.locate(data.encode(), pointer)
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1


@pytest.mark.parametrize(
    ("data", "pointers", "values"),
    [
        ("a: b\u200bc\n", [("a",)], ["U+200B"]),
        ("a: ['x', 'y\u202ez']\n", [("a", 1)], ["U+202E"]),
        ("a\u00adb: c\n", [(Key("a\u00adb"),)], ["U+00AD"]),
        ('a: "\\u2066"\nb: "\\x1b"\n', [("a",), ("b",)], ["U+2066", "U+001B"]),
        ("a: b\r\nc: d\r\n", [], []),
        ("a: \u2018Қазақстан\u2019 \u2013 naïve, می\u200cخواهم\n", [], []),
        ("# \u200b in a comment\na: b\n", [()], ["U+200B"]),
    ],
)
def test_a_character_that_cannot_be_seen_is_reported_where_it_is(
    data: str, pointers: list[Pointer], values: list[str]
) -> None:
    """Invisible characters and overrides are problems, written out or escaped; letters of every script are not."""
    value = yamldoc.read("records/x.yaml", data.encode())
    found = list(unsafe_character("records/x.yaml", data.encode(), value))
    assert ([p.pointer for p in found], [p.value for p in found]) == (pointers, values)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("moved.yaml", "moved:\n  - {kind: topic, id: null, to: storms, date: 2024-05-01, reason: It is called so.}\n"),
        ("synonyms.yaml", "synonyms:\n  - [lamp, ~]\n"),
        ("waivers.yaml", "waivers:\n  - {rule: x, path: null, owner: A, reason: B, until: 2024-06-01}\n"),
    ],
)
def test_nothing_is_told_in_every_file_of_the_archive(name: str, text: str, tmp_path: Path) -> None:
    """A value that YAML takes for nothing is told in the files beside the records, too."""
    root = archive(tmp_path / "a")
    write(root, name, text)
    assert "null-value" in {p.rule for p in check(root, TODAY)[1] if p.path.endswith(name)}

"""Hostile files: whatever lies in facts/ ends in a located message or is harmless text, within 2 s and 200 MB.

Each case runs in a process with those limits (``limits.py``), so that a hang or a flood of memory is a failure.
What the texts of a sound record can do is in ``test_hostile_text.py``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path

import pytest

import limits
from archives import TODAY, archive, write
from factbook import cli
from factbook.check import run as checking
from factbook.pages.kinds import Pages
from factbook.read import load

FACT = """\
claim: The tower of Gull Rock was painted white in 1904.
kind: event
organizations: [gull-rock-light]
topics: [lamps]
sources:
  - {source: league-register-1901, locator: entry 12, stance: supports}
status: reported
history:
  - {date: 2024-05-01, status: reported, reason: The register says so.}
"""
LIMIT = 64 * 1024


def fact(old: str = "", new: str = "") -> str:
    """A sound fact in which ``old`` is replaced by ``new``."""
    assert old in FACT
    return FACT.replace(old, new, 1) if old else FACT + new


def fill(start: bytes, piece: bytes, end: bytes = b"", size: int = LIMIT) -> bytes:
    """As many of ``piece`` as the size of a file allows, between ``start`` and ``end``."""
    return start + piece * ((size - len(start) - len(end)) // len(piece)) + end


LAUGHS = b"a: &a [x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n, n, b", ".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 107)
)
BYTES: dict[str, tuple[str | bytes, list[str]]] = {
    # YAML bombs, anchors, aliases, merge keys
    "billion laughs": (LAUGHS, ["yaml-feature 1:4"]),
    "an anchor that holds itself": (b"a: &a [*a]\n", ["yaml-feature 1:4"]),
    "an alias of nothing": (b"a: *b\n", ["yaml-feature 1:4"]),
    "an anchor of 60,000 letters": (b"a: &" + b"x" * 60000 + b" y\n", ["yaml-feature 1:4"]),
    "twenty thousand aliases": (fill(b"a: &a [", b"*a, ", b"]\n"), ["yaml-feature 1:4"]),
    "a merge key": (fact(new="<<: {claim: Another.}\n"), ["unknown-field 10:1"]),
    "a merge key with an alias": (fact(new="note: &n {a: b}\n<<: *n\n"), ["yaml-feature 10:7"]),
    "a merge key twice": (fact(new="<<: {a: b}\n<<: {c: d}\n"), ["duplicate-key 11:1"]),
    "a key twice": (fact(new="status: confirmed\n"), ["duplicate-key 10:1"]),
    "a key twice, once quoted": (fact(new='"status": confirmed\n'), ["duplicate-key 10:1"]),
    "a key twice, once escaped": (fact(new='"st\\x61tus": confirmed\n'), ["duplicate-key 10:1"]),
    "a key twice inside": (fact("stance: supports", "stance: supports, stance: contradicts"), ["duplicate-key 6:73"]),
    "a key that is a list": (fact(new="? [a]\n: b\n"), ["not-a-record 10:3"]),
    "a key that is a mapping": (fact(new="{a: b}: c\n"), ["not-a-record 10:1"]),
    "a key with a look-alike letter": (fact("claim", "сlaim"), ["missing-field 1:1", "unknown-field 1:1"]),
    "two thousand keys": (fact(new="".join(f"k{n}: v\n" for n in range(2000))), ["unknown-field"] * 100),
    # tags
    **{
        f"the tag {tag}": (fact("claim: ", f"claim: {tag} "), ["yaml-feature 1:8"])
        for tag in (
            "!",
            "!x",
            "!!str",
            "!!int",
            "!!float",
            "!!bool",
            "!!null",
            "!!timestamp",
            "!!binary",
            "!!merge",
            "!!value",
            "!!set",
            "!!omap",
            "!!pairs",
            "!!seq",
            "!!map",
            "!!python/name:os.system",
            "!!python/object/apply:os.system",
            "!!python/object/new:os.system",
            "!!python/module:os",
            "!!python/tuple",
            "!!js/function",
            "!ruby/object:X",
            "!!java.net.URL",
            "!<tag:yaml.org,2002:python/name:os.system>",
            "!ENV",
            "!include",
            "!!%70ython/name:os.system",
        )
    },
    "a tag of its own name": (
        b"%TAG !e! tag:yaml.org,2002:python/\n---\na: !e!name:os.system x\n",
        ["yaml-feature 3:4"],
    ),
    "a tag directive that nothing uses": ("%TAG !e! tag:x,2000:\n---\n" + FACT, []),
    "a version of YAML that is none": (b"%YAML 9.9\n---\na: b\n", ["yaml-syntax 1:1"]),
    # depth
    "65,536 brackets": (fill(b"", b"["), ["too-deep 1:9"]),
    "brackets with a tag at the end": (fill(b"", b"[", b"!"), ["too-deep 1:9"]),
    "brackets after a tag in a comment": (fill(b"#!\n", b"["), ["too-deep 2:9"]),
    "braces with a tag at the end": (fill(b"", b"{", b"!"), ["too-deep 1:9"]),
    "mappings in braces with an anchor at the end": (fill(b"", b"{a: ", b"&b"), ["too-deep 1:33"]),
    "hyphens in one line": (fill(b"", b"- "), ["too-deep 1:17"]),
    "hyphens with an alias at the end": (fill(b"", b"- ", b"*a"), ["too-deep 1:17"]),
    "question marks in one line": (fill(b"", b"? "), ["too-deep 1:17"]),
    "a staircase of 350 lines": (b"".join(b" " * n + b"a:\n" for n in range(350)), ["too-deep 9:9"]),
    "999 brackets, few enough to be composed": (b"a: " + b"[" * 999 + b"]" * 999, ["too-deep 1:11"]),
    "nine levels": (b"a: [[[[[[[[x]]]]]]]]\n", ["too-deep 1:11"]),
    "eight levels where text belongs": (
        fact("claim: The", "claim: [[[[[[[x]]]]]]] #"),
        ["text-cut-by-comment 1:24", "wrong-type 1:8"],
    ),
    # size
    "one byte too many": (b"a: " + b"x" * (LIMIT - 2), ["too-large 1:1"]),
    "a claim of 60,000 letters": (fact("The tower", "x" * 60000), ["too-long 1:8"]),
    "a note of 60,000 line ends": (fact(new='note: "' + "\n" * 60000 + 'x"\n'), ["too-long 10:7"]),
    "a note of folded lines": (fact(new="note: >\n" + " x\n\n" * 15000), ["too-long 10:7"]),
    "a key of 60,000 letters": (b"x" * 60000 + b": y\n", ["yaml-syntax 1:60001"]),
    "an address of 60,000 letters": (fact("entry 12", "https://" + "x" * 60000), ["too-long 6:45"]),
    "16,000 topics": (fact("[lamps]", "[" + "x," * 16000 + "]"), ["too-long", "repeated-item", *["unknown-word"] * 98]),
    "9,000 ids that are none": (
        fact("[gull", "[" + ",".join(f"G{n}" for n in range(9000)) + ",gull"),
        ["too-long", *["not-kebab-case"] * 99],
    ),
    "4,000 unknown ids": (fact("[gull", "[" + ",".join(f"gull-{n}" for n in range(4000)) + ",gull"), ["too-long 3:16"]),
    "100 unknown ids": (
        fact("[gull", "[" + ",".join(f"rock-{n}" for n in range(99)) + ",gull"),
        ["unknown-organization"] * 99,
    ),
    "1,000 entries of a ledger": (
        fact(new="  - {date: 2999-01-01, status: reported, reason: R.}\n" * 1000),
        ["ledger-in-the-future"] * 1000,
    ),
    "a million-digit year": (fact(new="date: " + "9" * 60000 + "\n"), ["too-long 10:7"]),
    # encodings and characters
    "nothing at all": (b"", ["empty-record 1:1"]),
    "nothing but a comment": (b"# nothing\n", ["empty-record 1:1"]),
    "spaces": (b" " * 60000, ["empty-record 1:1"]),
    "tabs": (b"\t" * 60000, ["yaml-syntax 1:1"]),
    "thirty thousand comments": (b"#\n" * 30000, ["empty-record 1:1"]),
    "ten thousand documents": (b"---\n" * 10000, ["yaml-syntax 2:1"]),
    "two documents": (FACT + "---\n" + FACT, ["yaml-syntax 10:1"]),
    "NUL": (fact("The tower", "The\x00tower"), ["yaml-syntax 1:11"]),
    "NUL, escaped": (
        fact("The tower of Gull Rock was painted white in 1904.", '"A\\0 tower is painted."'),
        ["unsafe-character 1:8"],
    ),
    "NUL after other letters": ("ééé: \x00\n", ["yaml-syntax 1:6"]),
    "nothing but NUL": (b"\x00" * 60000, ["yaml-syntax 1:1"]),
    "byte-order mark": (b"\xef\xbb\xbf" + FACT.encode(), ["not-utf8 1:1"]),
    "byte-order mark inside": (fact("tower", "to\ufeffwer"), ["unsafe-character 1:8"]),
    "UTF-16 with its mark": (FACT.encode("utf-16"), ["not-utf8 1:1"]),
    "UTF-16 big-endian with its mark": (b"\xfe\xff" + FACT.encode("utf-16-be"), ["not-utf8 1:1"]),
    "UTF-16 without its mark": (FACT.encode("utf-16-le"), ["yaml-syntax 1:2"]),
    "UTF-32": (FACT.encode("utf-32"), ["not-utf8 1:1"]),
    "Latin-1": (fact("tower", "töwer").encode("latin-1"), ["not-utf8 1:13"]),
    "a letter written too long": (b"claim: \xc1\x81\n", ["not-utf8 1:8"]),
    "a surrogate as bytes": (b"claim: \xed\xa0\x80\n", ["not-utf8 1:8"]),
    "a letter cut short": (FACT.encode() + b"# \xf0\x9f\x92", ["not-utf8 10:3"]),
    "a lone surrogate, escaped": (fact(new='note: "\\ud800"\n'), ["yaml-syntax 10:10"]),
    "a surrogate pair, escaped": (fact(new='note: "\\ud83d\\ude00"\n'), ["yaml-syntax 10:10"]),
    "a letter past the last, escaped": (fact(new='note: "\\U00110000"\n'), ["yaml-syntax 10:10"]),
    "a letter that is none": (fact("tower", "to\ufffewer"), ["yaml-syntax 1:14"]),
    **{
        f"{name} in a claim": (fact("tower", f"to{letter}wer"), ["unsafe-character 1:8"])
        for name, letter in {
            "zero-width space": "\u200b",
            "word joiner": "\u2060",
            "soft hyphen": "\u00ad",
            "left-to-right mark": "\u200e",
            "right-to-left override": "\u202e",
            "embedding": "\u202a",
            "isolate": "\u2066",
            "Arabic letter mark": "\u061c",
            "invisible times": "\u2062",
            "annotation anchor": "\ufff9",
            "tag letter": "\U000e0041",
            "variation selector 17": "\U000e0100",
        }.items()
    },
    "right-to-left override in a key": (
        fact("kind", "ki\u202end"),
        ["missing-field 1:1", "unknown-field 2:1", "unsafe-character 2:1"],
    ),
    "next line": (fact("tower", "to\x85wer"), ["yaml-syntax 1:14"]),
    "line separator": (fact("tower", "to\u2028wer"), ["yaml-syntax 1:14"]),
    "line separator, escaped": (fact(new='note: "a\\u2028b"\n'), ["unsafe-character 10:7"]),
    "escape in a claim": (fact("tower", "\x1b[31mtower"), ["yaml-syntax 1:12"]),
    "escape in a claim, escaped": (
        fact("The tower of Gull Rock was painted white in 1904.", '"A \\e[31mtower is lit."'),
        ["unsafe-character 1:8"],
    ),
    "right-to-left override in a comment": (FACT + "# \u202e\n", ["unsafe-character 10:3"]),
    "a carriage return by itself": (fact("tower of", "tower\rof"), ["yaml-syntax 1:17"]),
    "lines that end as in Windows": (FACT.replace("\n", "\r\n"), []),
    "the joiner that Persian needs": (fact(new="note: می\u200cخواهم\n"), []),
    # ids and references
    "an id that leads out": (fact(new="id: ../../../etc/passwd\n"), ["id-not-file-name 10:5", "not-kebab-case 10:5"]),
    "an id that is absolute": (fact(new="id: /etc/passwd\n"), ["id-not-file-name 10:5", "not-kebab-case 10:5"]),
    **{
        f"the reference {name}": (fact("[gull-rock-light]", f"[{json.dumps(name)}]"), ["not-kebab-case 3:17"])
        for name in (
            "..",
            "../organizations/gull-rock-light",
            "/etc/passwd",
            "\\\\host\\share",
            "C:\\x",
            "%2e%2e",
            "gull-rock-light/",
            "gull-rock-light.yaml",
            "gull-rock-light\n",
            "gull rock",
            "Gull-Rock-Light",
            "gull‑rock‑light",
            "gull-rοck-light",
            "ｇull",
            "gull--rock",
            "-",
            "$(touch x)",
            "`touch x`",
            "<script>",
            "a\u200bb",
            "\u202ethgil",
            "~",
            "*",
        )
        if not any(c in name for c in "\u200b\u202e")
    },
    **{
        f"the invisible reference U+{ord(letter):04X}": (
            fact("[gull-rock-light]", f"[a{letter}b]"),
            ["not-kebab-case 3:17", "unsafe-character 3:17"],
        )
        for letter in "\u200b\u202e"
    },
    "a source that leads out": (fact("league-register-1901", "../../x"), ["not-kebab-case 6:14"]),
    "a ledger's source that leads out": (fact("so.}", "so., sources: [../x]}"), ["not-kebab-case 9:83"]),
    "a relation that leads out": (fact(new="relations: [{narrows: ../x}]\n"), ["not-kebab-case 10:23"]),
    "a relation to a device": (fact(new="relations: [{narrows: con}]\n"), ["unknown-fact 10:23"]),
    "an id of 101 letters": (fact("gull-rock-light", "a" * 101), ["too-long 3:17"]),
    "an id of 5,000 words": (fact("gull-rock-light", "a-" * 5000), ["not-kebab-case 3:17", "too-long 3:17"]),
    "a redirect that leads out": (
        "moved_to: ../x\nhistory: [{date: 2024-05-01, status: withdrawn, reason: R.}]\n",
        ["not-kebab-case 1:11"],
    ),
    "a redirect to itself": (
        "moved_to: ITSELF\nhistory: [{date: 2024-05-01, status: withdrawn, reason: R.}]\n",
        ["redirect-to-redirect 1:11", "related-to-itself 1:11"],
    ),
    # values of other kinds
    "a list for a text": (fact("The tower", "[a] #"), ["text-cut-by-comment 1:12", "wrong-type 1:8"]),
    "a mapping for a text": (fact("The tower", "{a: b} #"), ["text-cut-by-comment 1:15", "wrong-type 1:8"]),
    "a text for a list": (fact("[lamps]", "lamps"), ["wrong-type 4:9"]),
    "a list for a relation": (fact(new="relations: [[a]]\n"), ["wrong-type 10:13"]),
    "nothing for a text": (fact("The tower", "#"), ["too-few 1:7"]),
    "a list for a record": ("- a\n", ["not-a-record 1:1"]),
    "a text for a record": ("just text\n", ["not-a-record 1:1"]),
    "a day with a line end": (fact("2024-05-01", '"2024-05-01\\n"'), ["not-a-day 9:12"]),
    "a day in other digits": (fact("2024-05-01", "２０２４-05-01"), ["not-a-day 9:12"]),
    "a date in other digits": (fact(new="date: '١٩٠٢'\n"), ["date-not-edtf 10:7"]),
    "a date of slashes": (fact(new="date: " + "/" * 40 + "\n"), ["date-not-edtf 10:7"]),
}
"""What it is: the bytes of a file, and each problem the check must report of it, with its place where that is said."""


NAMES: dict[str, list[str]] = {
    # what a system or the site keeps for itself
    **{
        f"records/1904/{name}.yaml": ["name-not-kebab-case"]
        for name in ("con", "prn", "aux", "nul", "com1", "lpt9", "index")
    },
    **{f"{folder}/nul.yaml": ["name-not-kebab-case"] for folder in ("sources", "organizations")},
    "records/con/inside-a-device.yaml": ["name-not-kebab-case"],
    # dots, hyphens, letters that are not plain
    **{
        f"records/1904/{name}.yaml": ["name-not-kebab-case"]
        for name in (
            "",
            ".",
            "..",
            "...",
            ".hidden",
            "-",
            "-rf",
            "a-",
            "a--b",
            "a_b",
            "a.b",
            "x.yaml",
            "a b",
            " a",
            "a ",
            "Upper",
            "CON",
            "gull‑rock",
            "gull-rοck",
            "ｇull",
            "straße",
            "й",
            "й",
            "１",
            "²",
            "ı",
            "a\u200bb",
            "\u202etxt",
            "a\ufeffb",
            "😀",
            "\x1b[31m",
            "\x07",
            "a\nb",
            "a\rb",
            "a\tb",
            "\x7f",
            "\x9b",
            "$(touch x)",
            "`touch x`",
            ";touch x",
            "|x",
            "&x",
            "a'b",
            'a"b',
            "<script>",
            "%2e%2e",
            "..\\..\\x",
            "C:",
            "~",
            "*",
            "?",
            "#",
            "=1+1",
            "@a",
            "{{7*7}}",
            "::error file=x::y",
            "%0A",
            "a" * 101,
            "a" * 250,
            "é" * 100,
            os.fsdecode(b"\xff"),
            os.fsdecode(b"a\xed\xa0\x80"),
        )
    },
    # folders
    **{
        f"records/{folder}/in-folder-{n}.yaml": ["name-not-kebab-case"]
        for n, folder in enumerate(
            (
                "19 04",
                "%2e%2e",
                "Folder",
                "...",
                ".git",
                "a\nb",
                "\x1b[31m",
                "\u202e",
                "a" * 200,
                '"><b>',
                os.fsdecode(b"\xfe"),
            )
        )
    },
    # other extensions
    **{
        f"records/1904/{name}": ["stray-file"]
        for name in (
            "a.yml",
            "a.YAML",
            "a.json",
            "a.txt",
            "a",
            "Makefile",
            "a.py",
            "a.html",
            "\x1b[2J.yml",
        )
    },
    "payload.html": ["stray-file"],
    "records.yaml": ["stray-file"],
    **{
        f"records/1904/{name}": []
        for name in (
            ".gitkeep",
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "a.yaml~",
            "a.yaml.bak",
            ".a.yaml.swp",
            "._a.yaml",
            "#a.yaml#",
        )
    },
    "records/README.md": [],
    "records/1904/" + "a" * 100 + ".yaml": [],
}
"""The path of a file under facts/: the problems that its name alone must have. What is in it is sound."""

CASES = list(BYTES)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """All files of BYTES in one archive, checked in one run within the limits: "rule line:column" for each path."""
    root = archive(tmp_path_factory.mktemp("bytes") / "archive")
    for n, name in enumerate(CASES):
        data = BYTES[name][0]
        write(root, f"records/strange/r{n}.yaml", data.replace("ITSELF", f"r{n}") if isinstance(data, str) else data)
    said = limits.check(root, "json")
    assert (said.code, said.err) == (1, "")
    found: dict[str, list[str]] = {}
    for row in json.loads(said.out):
        found.setdefault(row["path"], []).append(f"{row['rule']} {row['line']}:{row['column']}")
    return found


@pytest.mark.parametrize("name", CASES)
def test_hostile_bytes_end_in_a_located_message(name: str, reported: dict[str, list[str]]) -> None:
    """A file of hostile bytes is reported by its rules at its places, or is a record like any other."""
    found = [
        said
        for said in reported.get(f"facts/records/strange/r{CASES.index(name)}.yaml", [])
        if "near-duplicate" not in said and "claim-recorded-twice" not in said  # the same claim stands in many
    ]
    expected = BYTES[name][1]
    placed = any(" " in said for said in expected)
    assert sorted(said if placed else said.partition(" ")[0] for said in found) == sorted(expected)


def test_hostile_names_end_in_a_located_message(tmp_path: Path) -> None:
    """Whatever a file or a folder is called, it is one problem that says so, and the other files are checked."""
    root = archive(tmp_path / "archive")
    for n, path in enumerate(NAMES):
        write(root, path, fact("white", f"in shade {n} of hue {n * 7}, which is {n * 3},"))
    said = limits.check(root, "json")
    assert (said.code, said.err) == (1, "")
    found: dict[str, list[str]] = {}
    for row in json.loads(said.out):
        if row["rule"] in ("name-not-kebab-case", "stray-file", "id-used-twice", "unreadable"):
            found.setdefault(row["path"], []).append(row["rule"])
    assert found == {f"facts/{path}": rules for path, rules in NAMES.items() if rules}


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_no_name_puts_a_control_character_into_a_message(form: str, tmp_path: Path) -> None:
    """What the check prints is visible text and line ends, whatever files are called, in UTF-8 and in ASCII."""
    root = archive(tmp_path / "archive")
    for path in NAMES:
        write(root, path, "a: b\n")
    for name, (data, _) in BYTES.items():
        if "in a claim" in name or "reference" in name or "key" in name:
            write(root, f"records/strange/r{CASES.index(name)}.yaml", data)
    for encoding in ("utf-8", "ascii"):
        said = limits.check(root, form, PYTHONIOENCODING=encoding)
        assert (said.code, said.err) == (1, "")
        assert [c for c in set(said.out) if not c.isprintable() and c != "\n"] == []


def lay(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """A case that replaces what it is given: the path is removed before it is made anew."""

    def replace(path: Path) -> None:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        make(path)

    return replace


def bind(path: Path) -> None:
    """A socket; its address must be short, so it is bound from inside its folder."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(before)


def vast(path: Path) -> None:
    """A file of eight gigabytes that takes no room."""
    path.touch()
    os.truncate(path, 8 << 30)


def deep(path: Path) -> None:
    """Folders within folders until no system call can name the innermost."""
    before = Path.cwd()
    path.mkdir()
    os.chdir(path)
    try:
        for _ in range(25):
            os.mkdir("a" * 200)
            os.chdir("a" * 200)
    finally:
        os.chdir(before)


def unlock(path: Path) -> None:
    """Remove what ``deep`` made, which no other test's clean-up could name."""
    before = Path.cwd()
    os.chdir(path)
    try:
        for _ in range(25):
            os.rename(f"{'a' * 200}/{'a' * 200}", "next") if os.path.isdir(f"{'a' * 200}/{'a' * 200}") else None
            os.rmdir("a" * 200)
            os.rename("next", "a" * 200) if os.path.isdir("next") else None
    finally:
        os.chdir(before)


RECORD, SOURCE = "records/1904/strange.yaml", "sources/strange.yaml"
THINGS: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a folder named like a record": (RECORD, Path.mkdir, "{}: error: this is not a record [stray-file]"),
    "a pipe": (RECORD, os.mkfifo, "{}: error: this is not a record [stray-file]"),
    "a socket": (RECORD, bind, "{}: error: this is not a record [stray-file]"),
    "eight gigabytes": (RECORD, vast, "{}: error: the file is too large [too-large]"),
    "a link to a record": (
        RECORD,
        lambda p: p.symlink_to("../1901/gull-rock-lit.yaml"),
        "{}: error: this is a link [symbolic-link]",
    ),
    "a link out of facts/": (
        RECORD,
        lambda p: p.symlink_to("/etc/passwd"),
        "{}: error: this is a link [symbolic-link]",
    ),
    "a link to nothing": (RECORD, lambda p: p.symlink_to("nowhere"), "{}: error: this is a link [symbolic-link]"),
    "a link to itself": (RECORD, lambda p: p.symlink_to(p.name), "{}: error: this is a link [symbolic-link]"),
    "a link to a device": (SOURCE, lambda p: p.symlink_to("/dev/zero"), "{}: error: this is a link [symbolic-link]"),
    "a linked folder": ("records/1904", lambda p: p.symlink_to("1902"), "{}: error: this is a link [symbolic-link]"),
    "a loop of folders": ("records/loop", lambda p: p.symlink_to(".."), "{}: error: this is a link [symbolic-link]"),
    "a folder linked to the whole disk": (
        "records/disk",
        lambda p: p.symlink_to("/"),
        "{}: error: this is a link [symbolic-link]",
    ),
    "all records linked to the whole disk": (
        "records",
        lay(lambda p: p.symlink_to("/")),
        "{}: error: this is a link [symbolic-link]",
    ),
    "a file for the folder of records": (
        "records",
        lay(lambda p: p.write_text("x")),
        "{}: error: this is not a record [stray-file]",
    ),
    "a pipe for the folder of sources": ("sources", lay(os.mkfifo), "{}: error: this is not a record [stray-file]"),
    "folders too deep to be named": (
        "records/deep",
        deep,
        ": error: the folder cannot be read: File name too long [unreadable]",
    ),
    "a pipe for the vocabulary": (
        "vocabulary.yaml",
        lay(os.mkfifo),
        "{}: error: the file cannot be read: It is not a plain file [unreadable]",
    ),
    "a folder for the vocabulary": (
        "vocabulary.yaml",
        lay(Path.mkdir),
        "{}: error: the file cannot be read: Is a directory [unreadable]",
    ),
    "a vocabulary of eight gigabytes": ("vocabulary.yaml", lay(vast), "{}: error: the file is too large [too-large]"),
    "a vocabulary without end": (
        "vocabulary.yaml",
        lay(lambda p: p.symlink_to("/dev/zero")),
        "{}: error: this is a link [symbolic-link]",
    ),
    "no vocabulary": (
        "vocabulary.yaml",
        Path.unlink,
        "{}: error: the file cannot be read: No such file or directory [unreadable]",
    ),
    "a pipe for the waivers": (
        "waivers.yaml",
        os.mkfifo,
        "{}: error: the file cannot be read: It is not a plain file [unreadable]",
    ),
    "a link for the folder of an editor's schemas": (
        "schema",
        lay(lambda p: p.symlink_to("/etc")),
        "{}: error: this is a link [symbolic-link]",
    ),
}
"""What it is: a path under facts/, how it is made, and the message, in which {} stands for that path and 1:1."""


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_that_is_no_plain_file_ends_in_a_message(name: str, tmp_path: Path) -> None:
    """No link is followed, no pipe waited for, no device read; what was found instead of a record is said."""
    path, make, expected = THINGS[name]
    root = archive(tmp_path / "archive")
    place = root / "facts" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    make(place)
    try:
        said = limits.check(root)
    finally:
        if make is deep:
            unlock(place)
    assert (said.code, said.err) == (1, "")
    lines = [line for line in said.out.splitlines() if ": error: " in line]
    assert sum(line.endswith(expected.format(f"facts/{path}:1:1")) for line in lines) == 1
    # What refers to the records of a folder that is not there is wrong as well.
    assert len(lines) == 1 or name in ("a file for the folder of records", "a pipe for the folder of sources")


def test_the_schemas_of_an_editor_are_never_read(tmp_path: Path) -> None:
    """What lies in facts/schema/ is for editors: the check goes by the schemas of the engine, whatever is there."""
    root = archive(tmp_path / "archive")
    (root / "facts" / "schema").mkdir()
    os.mkfifo(root / "facts" / "schema" / "fact.schema.json")
    vast(root / "facts" / "schema" / "source.schema.json")
    said = limits.check(root)
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("name", ["schema", "schema/fact.schema.json"])
def test_a_schema_is_not_written_through_a_link(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``factbook schema`` leaves alone what a link in facts/schema/ leads to, and writes nothing else."""
    root, outside = archive(tmp_path / "archive"), tmp_path / "outside"
    outside.mkdir()
    link = root / "facts" / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    assert cli.main(["--root", str(root), "schema"]) == 1
    assert capsys.readouterr().err.endswith(f"/facts/{name}: it is not a plain file\n")
    assert list(outside.iterdir()) == []
    assert [p for p in (root / "facts" / "schema").glob("*") if not p.is_symlink()] == []


@pytest.mark.parametrize("what", ["records/1902", "sources", ""])
def test_a_folder_that_cannot_be_read_is_reported(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder the system will not list is one problem. No file mode binds root, so the refusal is played."""
    root = archive(tmp_path / "archive")
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path) == root / "facts" / what:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    problems = checking.check(root, TODAY)[1]
    place = f"facts/{what}".rstrip("/")
    unreadable = [p for p in problems if p.rule == "unreadable"]
    assert [(p.path, p.message) for p in unreadable] == [(place, "the folder cannot be read: Permission denied")]


def test_a_file_that_cannot_be_read_is_reported_whichever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every file in facts/ in turn: the check says that the system refuses it, and nothing worse."""
    root = archive(tmp_path / "archive")
    files = sorted(p for p in (root / "facts").rglob("*") if p.is_file())
    really, text = os.open, Path.read_text
    for locked in files:

        def refuse(
            path: Path | str, *given: object, reader: Callable = really, locked: Path = locked, **more: object
        ) -> object:
            if str(path) == str(locked):
                raise PermissionError(13, "Permission denied", str(path))
            return reader(path, *given, **more)

        monkeypatch.setattr(os, "open", refuse)
        monkeypatch.setattr(Path, "read_text", partialmethod(refuse, reader=text))
        problems = checking.check(root, TODAY)[1]
        assert [p.message for p in problems if "Permission denied" in p.message] != []


CROWDS: dict[str, tuple[int, Callable[[int], tuple[str, str]], str]] = {
    "3,000 empty files": (3000, lambda n: (f"r{n}.yaml", ""), "3000 errors in 3000 files."),
    "3,000 files of other kinds": (3000, lambda n: (f"r{n}.txt", ""), "3000 errors in 3000 files."),
    "3,000 names that no id can have": (3000, lambda n: (f"R {n}\n.yaml", "a: b"), "27000 errors in 3000 files."),
    "3,000 times the same fact": (3000, lambda n: (f"r{n}.yaml", FACT), "2999 errors in 2999 files."),
    "3,000 facts of a few words": (
        3000,
        lambda n: (f"r{n}.yaml", fact("was painted white in", " ".join(f"w{n % (i + 7)}" for i in range(9)))),
        "198 warnings in 198 files.",
    ),
    "3,000 facts that supersede each other in a circle": (
        3000,
        lambda n: (f"r{n}.yaml", fact("white", f"w{n} x{n}") + f"relations: [{{supersedes: r{(n + 1) % 3000}}}]\n"),
        "3000 errors in 3000 files.",
    ),
    "3,000 facts that supersede each other in a row": (
        3000,
        lambda n: (f"r{n}.yaml", fact("white", f"w{n} x{n}") + f"relations: [{{supersedes: r{n + 1}}}]\n"),
        "1 error in 1 file.",
    ),
    "3,000 facts of sixty letters": (
        3000,
        lambda n: (
            f"r{n}.yaml",
            fact("was painted white in", " ".join("abcdefghijkl"[n // (i % 9 + 1) % 12] for i in range(60))),
        ),
        "1197 warnings in 1197 files.",
    ),
    "500 facts with a hundred unknown organizations": (
        500,
        lambda n: (f"r{n}.yaml", fact("[gull", "[" + ",".join(f"rock-{n}-{i}" for i in range(99)) + ",gull")),
        "49999 errors in 500 files.",
    ),
}
"""What it is: how many files in one folder, the name and text of each, and the last line but one of the report."""


@pytest.mark.slow
@pytest.mark.parametrize("name", CROWDS)
def test_thousands_of_files_are_checked_within_the_limits(name: str, tmp_path: Path) -> None:
    """No number of files makes the work of one more than it is: the whole check stays within its limits."""
    count, make, expected = CROWDS[name]
    root = archive(tmp_path / "archive")
    for n in range(count):
        write(root, "records/strange/" + make(n)[0], make(n)[1])
    said = limits.check(root)
    assert (said.code, said.err) == (1 if "error" in expected else 0, "")
    assert said.out.splitlines()[-2] == expected


def test_names_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    """Of two names that are one name on another system, the plain one is the record and the other a problem."""
    root = archive(tmp_path / "archive")
    for name in ("gull-rock-white", "Gull-rock-white", "GULL-ROCK-WHITE"):
        write(root, f"records/1904/{name}.yaml", FACT)
    found = [(p.path, p.rule) for p in checking.check(root, TODAY)[1] if p.severity == "error"]
    names = ("GULL-ROCK-WHITE", "Gull-rock-white")
    assert found == [(f"facts/records/1904/{name}.yaml", "name-not-kebab-case") for name in names]


WORDS = {
    "topics:\n  ../../x: {label: X}\n": "topics ../../x: a word must be kebab-case, and no name that is taken",
    "topics:\n  index: {label: X}\n": "topics index: a word must be kebab-case, and no name that is taken",
    "topics:\n  con: {label: X}\n": "topics con: a word must be kebab-case, and no name that is taken",
    "topics:\n  <b>: {label: X}\n": "topics <b>: a word must be kebab-case, and no name that is taken",
    'topics:\n  "\\e[31m": {label: X}\n': "topics \\x1b[31m: a word must be kebab-case, and no name that is taken",
    "topics:\n  x: {label: [X]}\n": "topics x must have a label, and plain texts",
    "topics:\n  x: {label: a\u202eb}\n": "the text contains a character that cannot be seen",
    'topics:\n  x: {label: "\\u200b"}\n': "the text contains a character that cannot be seen",
    f"topics:\n  x: {{label: X, rank: {'9' * 5000}}}\n": "topics x: rank must be a number",
    "topics:\n  x: {label: X, rank: ٣}\n": "topics x: rank must be a number",
    "topics:\n  x: {label: X, rank: ²}\n": "topics x: rank must be a number",
    "topics:\n  x: &a {label: X}\n": "the file uses an anchor",
    "topics: [a]\ntopic:\n": "the list topics must be given",
}


@pytest.mark.parametrize("new", WORDS)
def test_a_hostile_vocabulary_ends_in_a_message(new: str, tmp_path: Path) -> None:
    """The words become addresses, classes and messages, so they are held to the same."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8").replace("topics:\n", new), "utf-8")
    said = limits.check(root)
    assert (said.code, said.err) == (1, "")
    assert WORDS[new] in said.out
    assert [c for c in said.out if not c.isprintable() and c != "\n"] == []


def test_no_sound_record_has_a_page_outside_its_folder(tmp_path: Path) -> None:
    """Every page that is written lies in a folder of pages, under a name of plain words."""
    found, _ = load.read_archive(archive(tmp_path / "archive"))
    pages = Pages(found)
    paths = [pages.page(job).path for job in pages.jobs()]
    wanted = re.compile(
        r"(facts|sources|organizations|questions|tables|timeline|topics|people|countries|contested)"
        r"/[a-z0-9]+(-[a-z0-9]+)*\.html"
    )
    assert [path for path in paths if not wanted.fullmatch(path)] == []
    assert len(set(paths)) == len(paths) == 27


def test_a_name_over_an_unknown_period_is_shown(tmp_path: Path) -> None:
    """Found by reading: "unknown" for a period passed the check and ended the build with a traceback."""
    root = archive(tmp_path / "archive")
    file = root / "facts/organizations/gull-rock-light.yaml"
    file.write_text(
        file.read_text().replace("Gull Rock Light, language: en", "Gull Rock Light, language: en, period: unknown")
    )
    found, problems = checking.check(root, TODAY)
    assert found is not None and problems == []
    assert "date unknown" not in Pages(found).page(("fact", "gull-rock-lamp-lit-1901")).body


FOUND_BY_FUZZING = {
    "a day of reading that no month has": (
        "sources/harbour-post-1902.yaml",
        "accessed: 2024-05-00",
        "date-impossible",
    ),
}


@pytest.mark.parametrize("name", FOUND_BY_FUZZING)
def test_what_the_fuzzer_found_is_a_problem_now(name: str, tmp_path: Path) -> None:
    """Each once passed the check and ended the build with a traceback."""
    path, line, rule = FOUND_BY_FUZZING[name]
    root = archive(tmp_path / "archive")
    file = root / "facts" / path
    field = line.partition(":")[0]
    file.write_text(re.sub(f"^{field}:.*", line, file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert [(p.path, p.rule) for p in checking.check(root, TODAY)[1]] == [(f"facts/{path}", rule)]

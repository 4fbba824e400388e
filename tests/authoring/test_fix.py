"""The command `factbook fix`: the repairs that are certain, shown before they are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import archive, write
from factbook.cli import main

PATH = "records/undated/bell-rang-1902.yaml"
MODELINE = "# yaml-language-server: $schema=../../schema/fact.schema.json\n"
GOOD = MODELINE + (
    "claim: The bell of Gull Rock rang.\n"
    "kind: event\n"
    "organizations: [gull-rock-light]\n"
    "topics: [lamps]\n"
    "sources:\n"
    "  - source: harbour-post-1902\n"
    "    locator: paragraph 7\n"
    "    stance: supports\n"
    "status: reported\n"
    "history:\n"
    "  - date: 2024-05-01\n"
    "    status: reported\n"
    "    reason: The Post says so\n"
)


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The example archive in canonical layout."""
    root = archive(tmp_path / "a")
    main(["--root", str(root), "fmt"])
    capsys.readouterr()
    return root


def run(root: Path, *arguments: str) -> int:
    """Run the command on the archive at ``root``."""
    return main(["--root", str(root), "fix", *arguments])


def test_nothing_to_mend(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where all is well, it says so."""
    write(root, PATH, GOOD)
    assert run(root) == 0
    assert capsys.readouterr().out == "0 of 22 records can be mended.\n"


def test_a_diff_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows what it would change as a diff, changes nothing, and fails, so that a script notices."""
    file = write(root, PATH, GOOD.replace("rang.", "rang").replace("kind: event", "kind:  'event'"))
    before = file.read_bytes()
    assert run(root) == 1
    assert capsys.readouterr().out == (
        f"--- facts/{PATH}\n"
        f"+++ facts/{PATH}\n"
        "@@ -1,6 +1,6 @@\n"
        f" {MODELINE}"
        "-claim: The bell of Gull Rock rang\n"
        "-kind:  'event'\n"
        "+claim: The bell of Gull Rock rang.\n"
        "+kind: event\n"
        " organizations: [gull-rock-light]\n"
        " topics: [lamps]\n"
        " sources:\n"
        "1 of 22 records can be mended.\n"
        "Nothing was changed. To make these changes: factbook fix --apply\n"
    )
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        (GOOD.replace("rang.", "rang"), GOOD),
        (GOOD.replace("\n", "\r\n"), GOOD),
        ("\ufeff" + GOOD, GOOD),
        (GOOD.replace("rang.", "rang!"), GOOD.replace("rang.", "rang!")),
        (GOOD.replace("rang.", '"rang"'), GOOD.replace("rang.", '"rang"')),
        (GOOD.replace("lamps", "lamp"), GOOD.replace("lamps", "lamp")),
        (GOOD.removeprefix(MODELINE) + "# The end.", GOOD + "# The end.\n"),
    ],
    ids=["no full stop", "CRLF", "byte-order mark", "another stop", "in quotes", "a typo", "no modeline"],
)
def test_what_is_certain(root: Path, was: str, is_now: str) -> None:
    """Layout, a full stop, line ends and a byte-order mark are mended; what somebody has to think about is not."""
    file = write(root, PATH, was)
    run(root, "--apply")
    assert file.read_bytes().decode() == is_now
    assert run(root) == 0


@pytest.mark.parametrize(
    ("right", "was", "is_now"),
    [
        ("rang.", "rang with vinegar #2 in spring.", '"The bell of Gull Rock rang with vinegar #2 in spring."'),
        ("status: reported\nh", "status: reported\nnote: In dispatch #4471\nh", 'note: "In dispatch #4471"\n'),
        ("status: reported\nh", "status: reported\nnote: #4471 has it.\nh", 'note: "#4471 has it."\n'),
        ("paragraph 7", "paragraph #7", 'locator: "paragraph #7"\n'),
        ("kind: event", "kind: event # perhaps", "# perhaps\nkind: event\n"),
        ("[lamps]", "[lamps] # one", "# one\ntopics: [lamps]\n"),
        ("lamps]", "lamps, # and\n  storms]", "# and\ntopics: [lamps, storms]\n"),
        ("    stance: supports", "    stance: supports  # so it is", "    # so it is\n    stance: supports\n"),
    ],
)
def test_what_stands_behind_a_value(root: Path, right: str, was: str, is_now: str) -> None:
    """A number sign brings its whole text into quotes, and a comment behind a word gets a line of its own."""
    assert right in GOOD
    file = write(root, PATH, GOOD.replace(right, was))
    assert run(root, "--apply") == 0
    assert is_now in file.read_text("utf-8")
    assert run(root) == 0


@pytest.mark.parametrize(
    ("right", "was"),
    [
        ("rang.", "rang  # it is said."),
        ("rang.", "rang\n  #4471 times."),
        ("kind: event", "date: 1902 #or so\nkind: event"),
    ],
)
def test_what_may_be_a_text_or_a_comment_is_left_alone(
    root: Path, right: str, was: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody can say which of the two it is, the file stays as it is, and the problem is told."""
    file = write(root, PATH, GOOD.replace(right, was).replace("kind: event", "kind:  event"))
    before = file.read_bytes()
    assert run(root, "--apply") == 1
    assert file.read_bytes() == before
    assert "the rest of this line is a comment" in capsys.readouterr().err


@pytest.mark.parametrize("quotes", ["“{}”", "„{}“", "«{}»"])
def test_curly_quotes_around_a_claim(root: Path, quotes: str) -> None:
    """Quotation marks of a word processor around the whole claim go; those inside it stay."""
    file = write(root, PATH, GOOD.replace("The bell of Gull Rock rang.", quotes.format("The bell of Gull Rock rang.")))
    assert (run(root, "--apply"), file.read_text("utf-8")) == (0, GOOD)
    inside = GOOD.replace("The bell of Gull Rock rang.", "“The bell” rang for “Gull”")
    file.write_text(inside, "utf-8")
    run(root, "--apply")
    assert file.read_text("utf-8") == inside


def test_what_only_tracks_readers(root: Path) -> None:
    """The parts of an address that say where a reader came from go, and nothing else of it."""
    path = root / "facts" / "sources" / "harbour-post-1902.yaml"
    before = path.read_text("utf-8")
    url = next(line for line in before.split("\n") if line.startswith("url: "))
    path.write_text(before.replace(url, f"{url}?page=2&utm_source=x&fbclid=y"), "utf-8")
    assert run(root, "--apply") == 0
    assert path.read_text("utf-8") == before.replace(url, f"{url}?page=2")


def test_another_ending(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record whose name ends in .yml gets the name that is read, unless there is one of that name."""
    old = write(root, PATH.replace(".yaml", ".yml"), GOOD)
    assert run(root, "--apply", str(old)) == 0
    assert capsys.readouterr().out.endswith("1 of 1 record mended.\n")
    assert (old.exists(), old.with_suffix(".yaml").read_text("utf-8")) == (False, GOOD)
    old.write_text(GOOD.replace("rang.", "rang twice."), "utf-8")
    assert run(root, "--apply", str(old)) == 0
    assert (old.exists(), old.with_suffix(".yaml").read_text("utf-8")) == (True, GOOD)


TYPOS = (
    GOOD.replace("organizations:", "organisations:")
    .replace("gull-rock-light", "gull-rock-ligth")
    .replace("lamps", "lamp")
    .replace("harbour-post-1902", "harbor-post-1902")
    .replace("stance: supports", "stance: suports")
    .replace("status: reported\nh", "status: reportd\nh")
)


def test_typos_only_when_asked(root: Path) -> None:
    """A name that is clearly closest to one that is known is mended with --typos, and not without."""
    file = write(root, PATH, TYPOS)
    run(root, "--apply")
    assert "gull-rock-ligth" in file.read_text()
    assert run(root, "--apply", "--typos") == 0
    assert file.read_text() == GOOD


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("source: harbour-post-1902", "source: harbour-post-1901"),
        ("topics: [lamps]", "topics: [bells]"),
        ("    status: reported", "    status: reportd"),
        ("    reason: The Post says so", "    raeson: The Post says so"),
        ("kind: event", "kind: event\nzeal: a"),
    ],
    ids=[
        "another year",
        "nothing close",
        "a word in the ledger",
        "a field in the ledger",
        "a field with nothing close",
    ],
)
def test_what_is_not_certain_stays(root: Path, right: str, wrong: str) -> None:
    """Another number is no typo, a far name is none, and what the ledger says is never touched."""
    file = write(root, PATH, GOOD.replace(right, wrong))
    run(root, "--apply", "--typos")
    value = file.read_text()
    assert wrong.partition("\n")[2] in value and wrong.partition("\n")[0] in value


def test_two_names_as_close(root: Path) -> None:
    """Where two known names are close, neither is chosen."""
    write(
        root, "organizations/gull-rock-lights.yaml", "names: [{text: A, language: en}]\nkind: light\ndescription: A.\n"
    )
    file = write(root, PATH, GOOD.replace("gull-rock-light", "gull-rock-ligth"))
    run(root, "--apply", "--typos")
    assert "[gull-rock-ligth]" in file.read_text()


def test_two_fields_for_one_name(root: Path) -> None:
    """Of two misspelt fields that can mean the same, both stay in the file, and nothing is lost."""
    file = write(root, PATH, GOOD + "notes: One.\nnoted: Two.\n")
    run(root, "--apply", "--typos")
    text = file.read_text()
    assert ("One." in text, "Two." in text) == (True, True)


def test_an_unreadable_record_is_left(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no YAML even without its byte-order mark is reported and left; the rest is mended."""
    file = write(root, PATH, b"\xff\xfeclaim")
    assert run(root, "--apply") == 1
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[0]) == (
        "0 of 22 records mended.\n",
        f"facts/{PATH}:1:1: error: the file begins with a byte-order mark [not-utf8]",
    )
    assert file.read_bytes() == b"\xff\xfeclaim"


def test_nothing_in_a_diff_speaks_to_the_terminal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters and reordering marks in a file are shown as escapes."""
    write(root, PATH, GOOD.replace("kind: event", "kind:   event # \u202e \u200b").replace("rang.", '"\\e[31m"'))
    run(root)
    said = capsys.readouterr().out
    assert (r"\u202e \u200b" in said, "\x1b" in said, "\u202e" in said) == (True, False, False)

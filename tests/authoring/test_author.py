"""The commands of an author: `factbook new`, `status`, `withdraw` and `move`."""

from __future__ import annotations

import builtins
import os
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from archives import BASE, archive, write
from factbook.authoring import draft, yaml_edit
from factbook.check.run import check
from factbook.cli import main
from factbook.read import yamldoc
from factbook.read.schema import Schemas
from factbook.read.vocabulary import read_vocabulary

DAY = "2025-06-01"
STORM = "records/1902/storm-broke-gull-rock-lamp-1902.yaml"
REFUSED = "error: the check would refuse this, and nothing was changed.\n"
ALLOWED = "    allowed: lower-case a-z and 0-9 in words joined by single hyphens, at most 100\n"
TAKEN = "another record has this id: {0}\n    hint: Choose another, such as {0}-2.\n"
BELL = (
    *("--claim", "The bell of Gull Rock rang on its own.", "--when", "1902-11-30", "--kind", "event"),
    *("--organizations", "gull-rock-light", "--topics", "lamps", "storms"),
    *("--sources", "harbour-post-1902", "paragraph 7", "supports", "--status", "reported"),
    *("--reason", "The Post says so, and nobody else."),
)
BELL_FILE = """\
# yaml-language-server: $schema=../../schema/fact.schema.json
claim: The bell of Gull Rock rang on its own.
date: 1902-11-30
kind: event
organizations: [gull-rock-light]
topics: [lamps, storms]
sources:
  - source: harbour-post-1902
    locator: paragraph 7
    stance: supports
status: reported
history:
  - date: 2025-06-01
    status: reported
    reason: The Post says so, and nobody else.
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example archive, on the day of the tests, where nobody is asked anything."""
    monkeypatch.setenv("FACTBOOK_DATE", DAY)
    monkeypatch.setattr(builtins, "input", lambda prompt: pytest.fail(f"asked: {prompt}"))
    return archive(tmp_path / "a")


def run(root: Path, *arguments: str) -> int:
    """Run a command on the archive at ``root``."""
    return main(["--root", str(root), *arguments])


def new(root: Path, *arguments: str) -> int:
    """Run `factbook new` without questions."""
    return run(root, "new", *arguments, "--no-input")


def contents(root: Path) -> dict[str, bytes]:
    """Every file of the archive."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def errors(root: Path) -> list[str]:
    """The errors of the check, in short."""
    return [f"{p.path} {p.rule}" for p in check(root, "2030-01-01")[1] if p.severity == "error"]


def text(root: Path, path: str) -> str:
    """What a file under ``facts/`` holds."""
    return (root / "facts" / path).read_text("utf-8")


def test_a_new_fact_by_options(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given by options alone, a fact is written in canonical layout, under an id made from it, by its year."""
    assert new(root, "fact", *BELL) == 0
    assert capsys.readouterr().out == "Wrote facts/records/1902/bell-of-gull-rock-rang-on-own-1902.yaml.\n"
    assert text(root, "records/1902/bell-of-gull-rock-rang-on-own-1902.yaml") == BELL_FILE
    assert errors(root) == []
    assert run(root, "fmt", "--check", str(root / "facts/records/1902/bell-of-gull-rock-rang-on-own-1902.yaml")) == 0


def test_a_new_fact_with_every_field(root: Path) -> None:
    """Every field of a fact can be given by an option, those with fields inside once for each item."""
    assert new(
        root, "fact", *("--id", "board-said-so"), *("--claim", "The Board of Keepers said: all is well."),
        *("--when", "1903~"), *("--kind", "statement"), *("--organizations", "keepers-board"),
        *("--organizations", "league-of-lights"), *("--speaker", "Board of Keepers"), *("--topics", "keepers"),
        *("--people", "ane-morrow", "tam-ellery"), *("--countries", "ferrow-isles"),
        *("--sources", "board-notice-1903", "item 4", "supports", "Its own words."),
        *("--sources", "harbour-post-1902", "paragraph 9", "contradicts"),
        *("--relations", "narrows", "board-denied-keeper-left-1903"), *("--note", "Dated by its place."),
        *("--translations", "fr", "Le Conseil a dit que tout allait bien."),
        *("--status", "disputed"), *("--reason", "One says so, the other not."), *("--date", "2025-05-05"),
    ) == 0  # fmt: skip
    assert text(root, "records/1903/board-said-so.yaml") == (
        "# yaml-language-server: $schema=../../schema/fact.schema.json\n"
        'claim: "The Board of Keepers said: all is well."\n'
        "date: 1903~\n"
        "kind: statement\n"
        "organizations: [keepers-board, league-of-lights]\n"
        "speaker: Board of Keepers\n"
        "topics: [keepers]\n"
        "people: [ane-morrow, tam-ellery]\n"
        "countries: [ferrow-isles]\n"
        "sources:\n"
        "  - source: board-notice-1903\n"
        "    locator: item 4\n"
        "    stance: supports\n"
        "    note: Its own words.\n"
        "  - source: harbour-post-1902\n"
        "    locator: paragraph 9\n"
        "    stance: contradicts\n"
        "status: disputed\n"
        "history:\n"
        "  - date: 2025-05-05\n"
        "    status: disputed\n"
        "    reason: One says so, the other not.\n"
        "relations:\n"
        "  - narrows: board-denied-keeper-left-1903\n"
        "note: Dated by its place.\n"
        "translations:\n"
        "  - language: fr\n"
        "    claim: Le Conseil a dit que tout allait bien.\n"
        '    original: "The Board of Keepers said: all is well."\n'
    )
    assert errors(root) == []


def test_a_new_source(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A source is written from options, and no address is ever asked for anything."""
    monkeypatch.setattr("socket.socket", lambda *_, **__: pytest.fail("it went to the network"))
    assert new(
        root, "source", *("--title", "The Lamp's Year"), *("--publisher", "The Ferrow Almanac"),
        *("--authors", "A. Tern", "B. Gull"), *("--url", "https://almanac.example/1904?lamp=1#top"),
        *("--published", "1904"), *("--language", "en"), *("--kind", "news"),
    ) == 0  # fmt: skip
    assert capsys.readouterr().out == "Wrote facts/sources/ferrow-almanac-lamp-year-1904.yaml.\n"
    assert text(root, "sources/ferrow-almanac-lamp-year-1904.yaml") == (
        "# yaml-language-server: $schema=../schema/source.schema.json\n"
        "title: The Lamp's Year\n"
        "publisher: The Ferrow Almanac\n"
        "authors: [A. Tern, B. Gull]\n"
        "url: https://almanac.example/1904?lamp=1#top\n"
        "published: 1904\n"
        "language: en\n"
        "kind: news\n"
    )
    assert errors(root) == []


def test_a_new_organization(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An organization is named after its first name that has Latin letters."""
    assert new(
        root, "organization", *("--names", "Служба маяка", "fr"), *("--names", "Le Service d'Été", "fr", "1900/1910"),
        *("--acronyms", "SE", "fr"), *("--kind", "board"), *("--part-of", "league-of-lights"),
        *("--predecessors", "keepers-board", "1904"), *("--description", "It tends the lamps in summer."),
    ) == 0  # fmt: skip
    assert capsys.readouterr().out == "Wrote facts/organizations/le-service-d-ete.yaml.\n"
    assert text(root, "organizations/le-service-d-ete.yaml") == (
        "# yaml-language-server: $schema=../schema/organization.schema.json\n"
        "names:\n"
        "  - {text: Служба маяка, language: fr}\n"
        "  - {text: Le Service d'Été, language: fr, period: 1900/1910}\n"
        "acronyms:\n"
        "  - {text: SE, language: fr}\n"
        "kind: board\n"
        "part_of: [league-of-lights]\n"
        "predecessors:\n"
        "  - {organization: keepers-board, date: 1904}\n"
        "description: It tends the lamps in summer.\n"
    )
    assert errors(root) == []


def test_everything_missing_is_said_at_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without questions, all that is missing is listed with what it means and what is allowed."""
    before = contents(root)
    assert new(root, "fact", "--claim", "The bell rang.", "--kind", "event") == 2
    assert capsys.readouterr().err == (
        "error: a new fact needs more than was given\n"
        "    --organizations: Ids of the organizations it is about, the main one first.\n"
        "    --topics: What it is about. One of: lamps, keepers, storms.\n"
        "    --sources: Who says so, and who says otherwise.\n"
        "    --reason: Why it has its status, in one to three sentences.\n"
    )
    assert contents(root) == before


def test_an_id_is_made_of_any_script(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no field has Latin letters, the id is what the others are written as in Latin letters."""
    options = ("--names", "Служба маяка", "fr", "--kind", "board", "--description", "It is.")
    assert new(root, "organization", *options) == 0
    assert capsys.readouterr().out == "Wrote facts/organizations/sluzhba-mayaka.yaml.\n"


def test_an_id_that_cannot_be_made_is_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no field has letters, the id has to be given."""
    options = ("--names", "***", "fr", "--kind", "board", "--description", "It is.")
    assert new(root, "organization", *options) == 2
    assert capsys.readouterr().err == (
        "error: a new organization needs more than was given\n"
        "    --id: The name of the file. None could be made from the other fields.\n"
    )


def test_options_with_too_many_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that was given in the wrong shape is told what it takes."""
    options = ("--claim", "The", "bell", "--sources", "a", "b", "c", "d", "e", "f", "--relations", "narrows")
    assert new(root, "fact", *options) == 2
    assert capsys.readouterr().err == (
        "error: an option was not given as it must be\n"
        "    --claim takes one text, in quotes where it has spaces\n"
        "    --sources takes at most 5 texts: source, locator, stance, note, fragment\n"
        "    --relations takes a relation and the id of a fact\n"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../up", f"this cannot be an id: ../up\n{ALLOWED}    hint: Write up.\n"),
        ("gull-rock-lit", TAKEN.format("gull-rock-lit")),
    ],
)
def test_an_id_that_cannot_be_used(root: Path, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    """An id that is malformed, or was ever used, is refused, and nothing is overwritten."""
    before = contents(root)
    assert new(root, "fact", *BELL, "--id", name) == 2
    assert capsys.readouterr().err == f"error: {said}"
    assert contents(root) == before


def test_a_proposed_id_is_free(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second fact of nearly the same words gets a number, and the first stays as it is."""
    assert new(root, "fact", *BELL) == 0
    assert new(root, "fact", "--claim", "A bell of Gull Rock rang on its own.", *BELL[2:], "--force") == 0
    assert (
        capsys.readouterr().out.splitlines()[1] == "Wrote facts/records/1902/bell-of-gull-rock-rang-on-own-1902-2.yaml."
    )


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        (
            "fact",
            ("--claim", "A storm broke the lamp of Gull Rock in December 1902.", *BELL[2:]),
            "storm-broke-gull-rock-lamp-1902 (67% of the word pairs: "
            "A storm broke the lamp of Gull Rock in November 1902.)",
        ),
        (
            "source",
            ("--title", "T", "--publisher", "P", "--language", "en", "--kind", "news",
             "--url", "http://www.harbour-post.example/1902/gull-rock/#p"),
            "harbour-post-1902 (the same address: https://harbour-post.example/1902/gull-rock)",
        ),
        (
            "source",
            ("--title", "Notice to All Keepers", "--publisher", "P", "--language", "en", "--kind", "news"),
            "board-notice-1903 (almost the same title: Notice to all keepers)",
        ),
        (
            "organization",
            ("--names", "Light League", "en", "--acronyms", "ll", "en", "--kind", "league", "--description", "It is."),
            "league-of-lights (the same name: LL)",
        ),
    ],
)  # fmt: skip
def test_what_is_there_already(
    root: Path, capsys: pytest.CaptureFixture[str], kind: str, options: tuple[str, ...], said: str
) -> None:
    """A record that looks like one that is there is not written, unless it is forced."""
    before = contents(root)
    assert new(root, kind, *options) == 1
    wanted = f"error: perhaps it is here already; --force writes it all the same\n    {said}\n"
    assert capsys.readouterr().err == wanted
    assert contents(root) == before
    assert new(root, kind, *options, "--force") == 0


def test_what_the_check_would_refuse_is_not_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record that breaks a rule is refused in the words of the rule, and leaves no file."""
    before = contents(root)
    assert new(root, "fact", *BELL, "--status", "confirmed") == 2
    assert new(root, "fact", *(w.replace("reported", "confirmed") for w in BELL)) == 1
    assert capsys.readouterr().err.partition("\n")[2] == (
        "    --status takes one text, in quotes where it has spaces\n"
        f"{REFUSED}"
        "facts/records/1902/bell-of-gull-rock-rang-on-own-1902.yaml:11:9: error: the evidence does not carry the "
        "status: no primary record or official source supports it [status-without-evidence]\n"
        "    found: confirmed\n"
        "    hint: Add the evidence, or let it be reported.\n"
        "1 error in 1 file.\n"
    )
    assert contents(root) == before


def test_every_field_has_an_option() -> None:
    """The fields asked for are those of the schema, in its order, but for the id, the ledger, and what other commands
    write: `factbook capture` and `factbook retract`."""
    facts = BASE
    written = ("id", "history", "status", "text_by", "captured", "changed", "retracted")
    schemas = Schemas(read_vocabulary(facts)).documents
    for kind, names in draft.FIELDS.items():
        wanted = [name for name in schemas[kind]["properties"] if name not in written]
        assert [name for name in names if name != "status"] == wanted


FIGURE = "figure:\n  number: 12\n  unit: times\n  counts: strokes of the bell\n"


def test_a_figure_by_options(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The parts of a figure are given in the order of the schema, once; an empty one is left out."""
    range_of = ("fact", *BELL, "--id", "bell", "--figure", "12", "", "times", "strokes of the bell")
    assert new(root, *range_of, "--figure", "13", "", "times", "strokes") == 2
    assert "--figure is given once\n" in capsys.readouterr().err
    assert new(root, *range_of) == 0
    assert FIGURE in text(root, "records/1902/bell.yaml")
    assert errors(root) == []


ANSWER = """\
answer:
  - text: A storm did.
    facts: [storm-broke-gull-rock-lamp-1902, gull-rock-lamp-mended-1902]
"""
TRANSLATED = """\
translations:
  - language: fr
    question: Qu'est-ce qui a cassé la lampe?
    answer: [Une tempête.]
    weighed: 2025-06-01
"""
QUESTION = (
    *("question", "--id", "what-broke", "--question", "What broke the lamp?", "--organizations", "gull-rock-light"),
    *("--weighed", DAY),
)
"""A question by options, without an answer, and what its answer and its translation are in the file."""


def test_a_question_by_options(root: Path) -> None:
    """A list inside a field that holds fields has its texts between vertical bars."""
    assert new(
        root, *QUESTION,
        *("--answer", "A storm did.", "storm-broke-gull-rock-lamp-1902 | gull-rock-lamp-mended-1902"),
        *("--translations", "fr", "Qu'est-ce qui a cassé la lampe?", "Une tempête.", "", DAY),
    ) == 0  # fmt: skip
    written = text(root, "questions/what-broke.yaml")
    assert ANSWER in written and TRANSLATED in written
    assert errors(root) == []


# The conversation.


class Author:
    """Answers questions from a script, and keeps what was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        """Note the question and give the next answer; raise EOFError where there is none."""
        self.asked.append(prompt)
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)


@pytest.fixture
def converse(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, Author]]:
    """Run `factbook new` with a kind and options, answering its questions."""

    def converse(options: list[str], *answers: str) -> tuple[int, Author]:
        author = Author(*answers)
        monkeypatch.setattr(builtins, "input", author)
        return run(root, "new", *options), author

    return converse


def test_a_conversation(root: Path, converse: Callable, capsys: pytest.CaptureFixture[str]) -> None:
    """Field by field, a wrong answer is told what is allowed and asked again, until a fact is written that passes."""
    code, author = converse(
        ["fact"],
        *("The bell of Gull Rock rang", "The bell of Gull Rock rang on its own."),
        *("1902-11-31", "1902-11-30"),
        *("", "evnt", "event"),
        *("gull-rock-ligth", "gull-rock-light", ""),
        *("lamps", "storms", ""),
        *("", "ferrow-isels", "ferrow-isles", ""),
        *("harbour-post-1902", "paragraph 7", "agrees", "supports", "", "", ""),
        *("", "", "", "", ""),
        *("confirmed", "reported"),
        "The Post says so, and nobody else.",
        *("Bell!", ""),
    )
    assert (code, author.answers) == (0, [])
    assert author.asked == [
        *["claim: "] * 2, *["date: "] * 2, *["kind: "] * 3, *["organizations 1: "] * 2, "organizations 2: ",
        "topics 1: ", "topics 2: ", "topics 3: ", "people 1: ", *["countries 1: "] * 2, "countries 2: ",
        "sources 1 source: ", "sources 1 locator: ",
        *["sources 1 stance: "] * 2, "sources 1 note: ", "sources 1 fragment: ",
        "sources 2 source: ", "relations 1 relation: ", "note: ",
        "weight: ", "figure number: ", "translations 1 language: ", *["status [unreviewed]: "] * 2, "reason: ",
        *["id [bell-of-gull-rock-rang-on-own-1902]: "] * 2,
    ]  # fmt: skip
    said = capsys.readouterr().out
    for told in (
        "  the claim is not a sentence: The bell of Gull Rock rang\n    hint: End it with a full stop.\n",
        "  date: November 1902 has 30 days: 1902-11-31\n",
        "  kind is required.\n",
        "  evnt cannot stand here.\n    allowed: event, statement, plan, figure\n    hint: Did you mean event?\n",
        "  gull-rock-ligth cannot stand here.\n    allowed: gull-rock-light, keepers-board, league-of-lights\n"
        "    hint: Did you mean gull-rock-light?\n",
        "  agrees cannot stand here.\n    allowed: supports, contradicts\n",
        "  the evidence does not carry the status: no primary record or official source supports it: confirmed\n"
        "    hint: Add the evidence, or let it be reported.\n",
        "  this cannot be an id: Bell!\n",
    ):
        assert told in said
    assert said.endswith("Wrote facts/records/1902/bell-of-gull-rock-rang-on-own-1902.yaml.\n")
    assert text(root, "records/1902/bell-of-gull-rock-rang-on-own-1902.yaml") == BELL_FILE.replace(
        "sources:\n", "countries: [ferrow-isles]\nsources:\n"
    )
    assert errors(root) == []


def test_only_what_is_missing_is_asked(converse: Callable) -> None:
    """What options give is not asked for; a question mark explains a field and its words."""
    code, author = converse(["fact", *BELL], *[""] * 7, "?", "bell-rang")
    assert code == 0
    assert author.asked == [
        "people 1: ",
        "countries 1: ",
        "relations 1 relation: ",
        "note: ",
        "weight: ",
        "figure number: ",
        "translations 1 language: ",
        *["id [bell-of-gull-rock-rang-on-own-1902]: "] * 2,
    ]


def test_a_figure_and_an_answer_are_asked_for_part_by_part(root: Path, converse: Callable) -> None:
    """Fields that stand alone are asked for once; a list inside one has its texts one a line."""
    figure = ("12 about", "", "times", "strokes", "12", "", "times", "strokes of the bell")
    code, author = converse(["fact", *BELL, "--id", "bell"], *[""] * 5, *figure, "")
    assert (code, author.answers) == (0, [])
    asked = ["figure number: ", "figure most: ", "figure unit: ", "figure counts: "]
    assert author.asked[5:] == [*asked * 2, "translations 1 language: "]
    assert FIGURE in text(root, "records/1902/bell.yaml")
    facts = ("storm-broke-gull-rock-lamp-1902", "gull-rock-lamp-mended-1902", "")
    translated = ("fr", "Qu'est-ce qui a cassé la lampe?", "Une tempête.", "", "", DAY, "")
    code, author = converse([*QUESTION], "A storm did.", *facts, "", "", "", "", "", "", *translated)
    assert (code, author.answers) == (0, [])
    assert author.asked[1:4] == ["answer 1 facts 1: ", "answer 1 facts 2: ", "answer 1 facts 3: "]
    written = text(root, "questions/what-broke.yaml")
    assert ANSWER in written and TRANSLATED in written
    assert errors(root) == []


def test_a_question_mark_explains(converse: Callable, capsys: pytest.CaptureFixture[str]) -> None:
    """A question mark lists the words that are allowed, with their meaning, and asks again."""
    converse(["source", "--title", "T", "--publisher", "P", "--url", "http://t.example"], *[""] * 4, "?")
    assert (
        "language: The language it is written in.\n  The language it is written in.\n  en: English\n  fr: French\n"
    ) in capsys.readouterr().out


def test_a_duplicate_ends_the_conversation_at_once(
    root: Path, converse: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """As soon as the claim is there, what looks the same is shown, and the author decides."""
    before = contents(root)
    code, author = converse(["fact"], "A storm broke the lamp of Gull Rock in December 1902.", "what", "n")
    assert (code, author.asked) == (1, ["claim: ", *["go on all the same? (y/n): "] * 2])
    said = capsys.readouterr()
    assert "Perhaps it is here already:\n  storm-broke-gull-rock-lamp-1902 (67% of the word pairs: A storm" in said.out
    assert said.err == ("error: given up; nothing was written. Scripts give --no-input and the fields as options.\n")
    assert contents(root) == before


def test_a_name_or_an_acronym_is_enough(converse: Callable, capsys: pytest.CaptureFixture[str]) -> None:
    """An organization is known by any name and acronym, a source by its title or address."""
    options = ("--claim", "The bell of Gull Rock rang on its own.", "--when", "1902-11-30", "--kind", "event")
    answers = ("LL", "board of KEEPERS", "", "storms", "", "", "", "https://harbour-post.example/1902/gull-rock/",
               "paragraph 7", "supports", *[""] * 8, "reported", "The Post says so.", "")  # fmt: skip
    code, author = converse(["fact", *options], *answers)
    assert (code, author.answers) == (0, [])
    said = capsys.readouterr().out
    for name in ("league-of-lights", "keepers-board", "harbour-post-1902"):
        assert f"  That is {name}.\n" in said


UNION = ("The Union of Bell Ringers", "y", "", "", "board", "", "", "", "", "", "They ring bells.", "", "", "")
"""A new organization, made while it is asked for: its names are there, then all that is asked for."""


def test_what_is_missing_is_made_on_the_way(root: Path, converse: Callable, capsys: pytest.CaptureFixture[str]) -> None:
    """An organization without a record gets one, and the fact goes on where it was; both are written together."""
    options = [word for word in BELL if word not in ("--organizations", "gull-rock-light")]
    code, _ = converse(["fact", *options], "Union of Bell Ringers", "y", *UNION[2:], *[""] * 9)
    assert code == 0, capsys.readouterr()
    assert errors(root) == []
    assert text(root, "organizations/union-of-bell-ringers.yaml") == (
        "# yaml-language-server: $schema=../schema/organization.schema.json\n"
        "names:\n  - {text: Union of Bell Ringers, language: en}\n"
        "kind: board\ndescription: They ring bells.\n"
    )
    assert "organizations: [union-of-bell-ringers]\n" in text(
        root, "records/1902/bell-of-gull-rock-rang-on-own-1902.yaml"
    )
    assert not (root / ".factbook").exists()


def test_answers_are_kept_when_a_conversation_ends_early(
    root: Path, converse: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever stops in the middle, or is refused at the end, finds the answers again, and git does not see them."""
    before = contents(root)
    code, _ = converse(["fact"], "The bell of Gull Rock rang on its own.", "1902-11-30", "event")
    assert code == 1
    assert capsys.readouterr().err == (
        "error: given up; nothing was written. Your answers are kept: factbook new fact goes on with them.\n"
    )
    assert (root / ".factbook" / ".gitignore").read_text("utf-8") == "*\n"
    kept = {path: data for path, data in contents(root).items() if not path.startswith(".factbook/")}
    assert kept == before
    code, author = converse(["fact", *BELL[6:]], "perhaps", "y", *[""] * 8)
    assert (code, author.answers) == (0, [])
    assert author.asked[:3] == ["go on with it? (y/n; n throws it away): "] * 2 + ["people 1: "]
    assert "  claim: The bell of Gull Rock rang on its own.\n" in capsys.readouterr().out
    assert text(root, "records/1902/bell-of-gull-rock-rang-on-own-1902.yaml") == BELL_FILE
    assert not (root / ".factbook").exists()


def test_a_draft_can_be_thrown_away(root: Path, converse: Callable) -> None:
    """Whoever does not go on with a draft begins anew, and one that cannot be read is passed over."""
    assert converse(["fact"], "The bell of Gull Rock rang on its own.", "1902")[0] == 1
    code, author = converse(["fact", *BELL], "n", *[""] * 8)
    assert (code, author.asked[0]) == (0, "go on with it? (y/n; n throws it away): ")
    assert not (root / ".factbook").exists()
    write(root, "../.factbook/fact.json", "{")
    again = ("--claim", "A bell of Gull Rock rang on its own.", *BELL[2:], "--id", "again", "--force")
    code, author = converse(["fact", *again], *[""] * 7)
    assert (code, author.asked[0]) == (0, "people 1: ")


def test_answers_are_kept_when_the_rules_refuse_them(
    root: Path, converse: Callable, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error while the record is written costs no answer."""
    from factbook.commands import shared_archive

    def refuse(*_: object) -> None:
        raise shared_archive.CommandError("the disk is full", 1)

    monkeypatch.setattr(shared_archive, "write_checked", refuse)
    code, _ = converse(["fact", *BELL], *[""] * 8)
    assert code == 1
    assert capsys.readouterr().err == (
        "error: the disk is full\nYour answers are kept: factbook new fact goes on with them.\n"
    )


def test_a_rule_across_fields_leads_back_to_a_field(converse: Callable, capsys: pytest.CaptureFixture[str]) -> None:
    """What only shows when all is there, such as an event after its source, is told, and a field can be changed."""
    options = [word.replace("1902-11-30", "1903") for word in BELL]
    code, author = converse(["fact", *options, "--id", "bell"], *[""] * 7, "dat", "date", "1902")
    assert (code, author.asked[7:]) == (0, ["field to change: ", "field to change: ", "date: "])
    assert "  it is dated after a source that reports it: 1903\n" in capsys.readouterr().out


# Status, withdrawal, move.


def test_a_new_status_and_its_entry_in_one_step(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The status changes and the ledger grows by one entry; every other byte of the file stays."""
    before = "# By hand.\n" + text(root, STORM).replace("status: reported\nh", "# So far.\nstatus:   'reported'\n\nh")
    write(root, STORM, before)
    reason = "The wire retold it: one voice."
    code = run(root, "status", "storm-broke-gull-rock-lamp-1902", "unreviewed", "--reason", reason, "--source",
               "harbour-post-1902", "--source", "morning-tide-1902")  # fmt: skip
    assert code == 0
    assert capsys.readouterr().out == f"facts/{STORM}: reported → unreviewed.\n"
    assert text(root, STORM) == before.replace("'reported'", "unreviewed") + (
        "  - date: 2025-06-01\n"
        "    status: unreviewed\n"
        '    reason: "The wire retold it: one voice."\n'
        "    sources: [harbour-post-1902, morning-tide-1902]\n"
    )
    assert errors(root) == []


def test_the_same_status_only_adds_an_entry(root: Path) -> None:
    """The present status can be given again: then the ledger says why something else changed."""
    before = text(root, STORM)
    assert run(root, "status", "storm-broke-gull-rock-lamp-1902", "reported", "--reason", "Read again.") == 0
    assert text(root, STORM) == before + "  - date: 2025-06-01\n    status: reported\n    reason: Read again.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("corroborated", "--reason", "Two papers."),
            1,
            f"{REFUSED}facts/{STORM}:9:9: error: the evidence does not "
            "carry the status: its support comes from 1 independent origin, not two [status-without-evidence]\n"
            "    found: corroborated\n    hint: Add the evidence, or let it be reported.\n1 error in 1 file.\n",
        ),
        (
            ("reported", "--reason", "Before.", "--date", "2024-04-30"),
            1,
            f"{REFUSED}facts/{STORM}:14:11: error: the entry is older "
            "than the one before it [ledger-not-in-order]\n    found: 2024-04-30\n    allowed: 2024-05-01 or later\n"
            "    hint: New entries go to the end.\n1 error in 1 file.\n",
        ),
        (
            ("reported", "--reason", "So.", "--source", "harbour-post-1903"),
            1,
            f"{REFUSED}facts/{STORM}:17:15: error: there is no source "
            "with this id [unknown-source]\n    found: harbour-post-1903\n    hint: Did you mean harbour-post-1902?\n"
            "1 error in 1 file.\n",
        ),
        (
            ("reportd", "--reason", "So."),
            2,
            "error: there is no status reportd\n    allowed: confirmed, corroborated, reported, unreviewed, disputed, "
            "refuted, superseded, withdrawn\n    hint: Did you mean reported?\n",
        ),
    ],
)
def test_what_the_rules_refuse(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    """A status without its evidence, or an entry that breaks a rule, is refused in the rule's words; the file stays."""
    before = contents(root)
    assert run(root, "status", "storm-broke-gull-rock-lamp-1902", *arguments) == code
    assert capsys.readouterr().err == said
    assert contents(root) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "storm-broke-gull-rock-lamp-1903",
            "there is no fact with the id storm-broke-gull-rock-lamp-1903\n"
            "    hint: Did you mean storm-broke-gull-rock-lamp-1902?\n",
        ),
        (
            "gull-rock-lit",
            "gull-rock-lit has moved to gull-rock-lamp-lit-1901\n    hint: Give that id: gull-rock-lamp-lit-1901.\n",
        ),
        ("broken", "the record of broken has problems\n    hint: Run factbook check, and mend them first.\n"),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_had(root: Path, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    """A fact that is not there, has moved or is broken is told apart, with what to do."""
    write(root, "records/1902/broken.yaml", "claim: It broke.\n")
    for command in (("status", name, "reported"), ("withdraw", name), ("move", name, "new-id")):
        assert run(root, *command, "--reason", "So.") == 2
        any_kind = said.replace("there is no fact with the id", "nothing has the id") if command[0] == "move" else said
        assert capsys.readouterr().err == f"error: {any_kind}"


def test_problems_elsewhere_do_not_stop_an_author(root: Path) -> None:
    """Only what the change itself would break is held against it."""
    write(root, "records/1902/broken.yaml", "claim: It broke.\n")
    assert run(root, "withdraw", "gull-rock-lamp-range", "--reason", "Not in the register.") == 0


def test_withdrawing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact that is taken back keeps its file, with the status that withdraws and the reason."""
    path = "records/undated/gull-rock-lamp-range.yaml"
    before = text(root, path)
    assert run(root, "withdraw", "gull-rock-lamp-range", "--reason", "Not in the register.") == 0
    assert capsys.readouterr().out == f"facts/{path}: unreviewed → withdrawn.\n"
    assert text(root, path) == before.replace("status: unreviewed\nh", "status: withdrawn\nh") + (
        "  - date: 2025-06-01\n    status: withdrawn\n    reason: Not in the register.\n"
    )
    assert errors(root) == []


def test_no_status_that_withdraws(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the vocabulary has no status that withdraws, the command says how to give it one."""
    write(root, "vocabulary.yaml", text(root, "vocabulary.yaml").replace(", withdraws: yes", ""))
    assert run(root, "withdraw", "gull-rock-lamp-range", "--reason", "So.") == 2
    assert capsys.readouterr().err == (
        "error: no status takes a fact back\n    hint: Give one withdraws: yes in facts/vocabulary.yaml.\n"
    )


def test_moving(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The fact goes to its new id as it is, the old one leads to it with its ledger, and what named it follows."""
    old, new = "records/1902/keeper-left-gull-rock-1902.yaml", "records/1902/keeper-left-his-tower-1902.yaml"
    denial = "records/1903/board-denied-keeper-left-1903.yaml"
    answers = ("questions/did-the-keeper-leave.yaml", "series/lamp-and-keeper.yaml")
    answers += ("replies/board-of-keepers-1903.yaml", "reviews/tern-gazette-1903.yaml")
    before = contents(root)
    arguments = ("keeper-left-gull-rock-1902", "keeper-left-his-tower-1902", "--reason", "There are two towers.")
    assert run(root, "move", *arguments) == 0
    assert capsys.readouterr().out == (
        f"Wrote facts/{new}.\nChanged facts/{denial}.\n"
        + "".join(f"Changed facts/{path}.\n" for path in answers)
        + f"Changed facts/{old}.\n"
    )
    after = contents(root)
    assert after.pop(f"facts/{new}") == before[f"facts/{old}"]
    assert after.pop(f"facts/{old}").decode() == (
        "# yaml-language-server: $schema=../../schema/redirect.schema.json\n"
        "moved_to: keeper-left-his-tower-1902\n"
        "history:\n"
        "  - date: 2024-05-01\n"
        "    status: disputed\n"
        "    reason: The newspaper says so and the Board denies it.\n"
        "  - date: 2025-06-01\n"
        "    status: withdrawn\n"
        "    reason: There are two towers.\n"
    )
    for path in (denial, *answers):
        changed = before.pop(f"facts/{path}").replace(b"keeper-left-gull-rock-1902", b"keeper-left-his-tower-1902")
        assert after.pop(f"facts/{path}") == changed
    assert after.items() <= before.items()
    assert errors(root) == []


def test_what_led_to_the_old_id_leads_to_the_new_one(root: Path) -> None:
    """A redirect to a fact that moves is turned to where it goes; an id that is written in the record follows."""
    path = "records/1901/gull-rock-lamp-lit-1901.yaml"
    write(root, path, "id: gull-rock-lamp-lit-1901\n" + text(root, path))
    assert run(root, "move", "gull-rock-lamp-lit-1901", "lamp-lit", "--reason", "Shorter.") == 0
    assert text(root, "records/1901/gull-rock-lit.yaml").startswith("moved_to: lamp-lit\n")
    assert text(root, "records/1901/lamp-lit.yaml").startswith("id: lamp-lit\nclaim: ")
    assert errors(root) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gull-rock-lamp-range", TAKEN.format("gull-rock-lamp-range")),
        ("gull-rock-lit", TAKEN.format("gull-rock-lit")),
        ("../Lamp", f"this cannot be an id: ../Lamp\n{ALLOWED}    hint: Write lamp.\n"),
    ],
)  # fmt: skip
def test_an_id_to_which_nothing_can_move(root: Path, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    """A move never overwrites anything, and never goes out of the archive."""
    before = contents(root)
    assert run(root, "move", "gull-rock-lamp-lit-1901", name, "--reason", "So.") == 2
    assert capsys.readouterr().err == f"error: {said}"
    assert contents(root) == before


@pytest.mark.parametrize(
    "command", [("new", "fact", "--no-input"), ("status", "a", "b", "--reason", "c"), ("fmt",), ("explain",)]
)
def test_no_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    """In a folder that is no archive, every command says so in one line, and how to begin one."""
    assert run(tmp_path, *command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: There is no archive in {tmp_path}: a folder with facts/vocabulary.yaml. ")
    assert line.endswith(" init FOLDER begins one.")


def test_what_cannot_be_tried_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a file cannot be copied, to try the change out, it is named, and nothing is changed."""
    os.mkfifo(root / "facts" / "pipe")
    assert run(root, "withdraw", "gull-rock-lamp-range", "--reason", "Not in the register.") == 1
    pipe = f"{root}/facts/pipe"
    assert capsys.readouterr().err == (
        f"error: {pipe}: it cannot be copied, to try the change out: `{pipe}` is a named pipe\n"
    )
    assert text(root, "records/undated/gull-rock-lamp-range.yaml").count("withdrawn") == 0


def test_the_day_is_today_where_nobody_says(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --date and FACTBOOK_DATE, an entry bears the day on which it is written."""
    monkeypatch.delenv("FACTBOOK_DATE")
    assert run(root, "status", "storm-broke-gull-rock-lamp-1902", "reported", "--reason", "Read again.") == 0
    assert re.search(
        r"  - date: (20[2-9]\d-\d\d-\d\d)\n    status: reported\n    reason: Read again.\n$", text(root, STORM)
    )


STYLES = {
    "status": (
        "status: reported\n",
        "status: |-\n  reported\n",
        "'status': \"reported\"   # c\n",
        "status:\n  reported\n",
    ),
    "history": (
        "history:\n  - {date: 2024-05-01, status: reported, reason: So.}  # c\n",
        "history:\n- reason: |\n    So.\n\n    So.\n  date: 2024-05-01\n  status: reported\n",
        "history:\n  - date: 2024-05-01\n    status: reported\n    reason: |\n      So.\n  # c\n",
        "history: [{date: 2024-05-01, status: reported, reason: So.}]\n",
        "history:\n  - date: 2024-05-01\n    status: reported\n    reason: So.",
    ),
    "note": ("", "note: It rang.\n"),
}


@pytest.mark.parametrize(("status", "history", "note"), list(product(*STYLES.values())))
def test_a_change_says_what_it_should_however_the_file_is_written(status: str, history: str, note: str) -> None:
    """Whatever the style of the file, the change adds its entry, sets its status, and changes no other value."""
    schemas = Schemas(read_vocabulary(BASE)).documents
    before = (status + note + history).encode()
    entry = {"date": "2025-06-01", "status": "disputed", "reason": "But: no."}
    after = yaml_edit.revise("fact", "records/x.yaml", before, schemas, {("status",): "disputed"}, entry)
    value = yamldoc.read("x", before)
    assert yamldoc.read("x", after) == {**value, "status": "disputed", "history": [*value["history"], entry]}
    assert after.count(b"# c") == before.count(b"# c")

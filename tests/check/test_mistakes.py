"""Mistakes that contributors make: each is told where it began, with what was probably meant."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check import run
from factbook.check.report import text
from factbook.check.run import check
from factbook.cli import main
from factbook.rules import lookup

PATH = "records/1901/tower-painted-1901.yaml"
FACT = """\
claim: The tower of Gull Rock was painted white in 1901.
date: 1901
kind: event
organizations: [gull-rock-light]
topics: [lamps]
sources:
  - {source: league-register-1901, locator: entry 12, stance: supports}
status: reported
history:
  - {date: 2024-05-01, status: reported, reason: The register says so.}
"""
SOURCE = """\
title: The white tower
publisher: Tern Gazette
url: https://tern-gazette.example/1901/tower
language: en
kind: news
"""


def told(root: Path, today: str = TODAY) -> str:
    """What the check says, without the line that counts."""
    return "\n".join(text(check(root, today)[1]).splitlines()[:-1])


def of_fact(folder: Path, old: str, new: str) -> str:
    """What the check says of the fact with ``old`` replaced by ``new``."""
    assert old in FACT
    root = archive(folder / "archive")
    write(root, PATH, FACT.replace(old, new))
    return told(root)


KEBAB = "An id must be lower-case ASCII letters and digits in words joined by single hyphens, like league-of-lights."
SYNTAX = {
    "a quotation mark that is not closed": (
        ("claim: The tower", 'claim: "The tower'),
        "1:8: error: the file is not well-formed YAML: the quotation mark that opens here is not closed [yaml-syntax]\n"
        "    hint: Close it at the end of the text.",
    ),
    "an apostrophe at the beginning": (
        ("locator: entry 12", "locator: 'Tis entry 12"),
        "7:45: error: the file is not well-formed YAML: the quotation mark that opens here is not closed "
        "[yaml-syntax]\n"
        "    hint: Close it at the end of the text; a text that begins with an apostrophe goes into double quotes.",
    ),
    "a quoted phrase at the beginning": (
        ("claim: The tower of Gull Rock", 'claim: "Gull Rock" is a tower that'),
        "1:8: error: the file is not well-formed YAML: the text goes on after the quotation mark that closes it "
        "[yaml-syntax]\n"
        "    hint: Put the whole text in quotes: '\"Gull Rock\" is a tower that was painted white in 1901.'",
    ),
    "the marks of a merge": (
        ("kind: event", "<<<<<<< HEAD\nkind: event\n=======\nkind: plan\n>>>>>>> other"),
        "3:1: error: the file is not well-formed YAML: the file holds the marks of a merge conflict [yaml-syntax]\n"
        "    hint: Keep one of the two versions, and remove the lines <<<<<<<, ======= and >>>>>>>.",
    ),
    "a colon that is missing": (
        ("kind: event", "kind event"),
        "3:1: error: the file is not well-formed YAML: the line has no colon after the name of a field [yaml-syntax]\n"
        "    hint: Write kind: event, or indent the line if it goes on with the text above.",
    ),
    "a space that is missing": (
        ("kind: event", "kind:event"),
        "3:6: error: the file is not well-formed YAML: there is no space after the colon [yaml-syntax]\n"
        "    hint: Write kind: event",
    ),
    "a line that is not indented": (
        ("  - {date: 2024-05-01, status: reported,", "  - date: 2024-05-01\n  status: reported\n  - {"),
        "11:3: error: the file is not well-formed YAML: the line does not line up with those above [yaml-syntax]\n"
        "    hint: Begin it under the field above it that belongs to the same thing, with spaces.",
    ),
    "a no-break space": (
        ("  - {source", "\u00a0 - {source"),
        "7:1: error: the file is not well-formed YAML: the line is indented with a no-break space (U+00A0) "
        "[yaml-syntax]\n    hint: Put plain spaces in its place.",
    ),
    "a no-break space after a colon": (
        ("kind: event", "kind:\u00a0event"),
        "3:6: error: the file is not well-formed YAML: a no-break space (U+00A0) stands after the colon [yaml-syntax]\n"
        "    hint: Type a plain space there: kind: event",
    ),
    "an ideographic space after a dash": (
        ("  - {source", "  -\u3000{source"),
        "7:4: error: the file is not well-formed YAML: an ideographic space (U+3000) stands after the dash "
        "[yaml-syntax]\n"
        "    hint: Type a plain space there: - {source: league-register-1901, locator: entry 12, stance: supports}",
    ),
    "a backslash in double quotes": (
        ("kind: event", 'note: "page \\d of it"\nkind: event'),
        "3:13: error: the file is not well-formed YAML: in double quotes a backslash gives the next letter a meaning, "
        "and \\d has none [yaml-syntax]\n"
        "    hint: Write \\\\d with two backslashes, or put the text in single quotes.",
    ),
    "a path of Windows in double quotes": (
        ("kind: event", 'note: "C:\\Users\\keeper"\nkind: event'),
        "3:10: error: the file is not well-formed YAML: in double quotes \\U stands before the hexadecimal number of a "
        "letter, and none follows [yaml-syntax]\n"
        "    hint: Write \\\\U with two backslashes, or put the text in single quotes.",
    ),
    "a line that is set in too deep": (
        ("date: 1901", "  date: 1901"),
        "2:3: error: the file is not well-formed YAML: the line is set in too deep [yaml-syntax]\n"
        "    hint: Begin date right under claim; if it goes on with the text above, put the whole in double quotes.",
    ),
    "a field of an item that is set in too deep": (
        ("  - {date: 2024-05-01, status: reported,", "  - date: 2024-05-01\n      status: reported\n  - {"),
        "11:7: error: the file is not well-formed YAML: the line is set in too deep [yaml-syntax]\n"
        "    hint: Begin status right under date; if it goes on with the text above, put the whole in double quotes.",
    ),
    "a first line without a colon": (
        ("claim: The tower", "The tower"),
        "1:1: error: the file is not well-formed YAML: the line has no colon after the name of a field [yaml-syntax]\n"
        "    hint: Write field: value, or indent the line if it goes on with the text above.",
    ),
    "a bracket too many": (
        ("[lamps]", "[lamps]]"),
        "5:16: error: the file is not well-formed YAML: the ] closes nothing [yaml-syntax]\n    hint: Remove the ].",
    ),
    "a brace too many": (
        ("supports}", "supports}}"),
        "7:72: error: the file is not well-formed YAML: the } closes nothing [yaml-syntax]\n    hint: Remove the }.",
    ),
    "a number sign in braces": (
        ("locator: entry 12", "locator: entry #12"),
        "7:51: error: the file is not well-formed YAML: the rest of this line, from # on, is a comment [yaml-syntax]\n"
        '    hint: Put the text in double quotes: "entry #12"',
    ),
    "a bracket that is not closed": (
        ("[gull-rock-light]", "[gull-rock-light"),
        "4:16: error: the file is not well-formed YAML: the [ that opens here is not closed [yaml-syntax]\n"
        "    hint: Close it with ] on the same line.",
    ),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_a_slip_of_syntax_is_told_where_it_began(name: str, tmp_path: Path) -> None:
    """Not where the parser could not go on, but where the mistake is, and what it is."""
    (old, new), expected = SYNTAX[name]
    assert of_fact(tmp_path, old, new) == f"facts/{PATH}:{expected}"


QUOTE = "    hint: Put the text in double quotes; a comment goes on a line of its own."
CUT = "error: the text ends before #: the rest of this line is a comment [text-cut-by-comment]\n"


@pytest.mark.parametrize(
    ("old", "new", "place", "comment"),
    [
        ("date: 1901", "date: 1901 # or so", "2:12", "# or so"),
        ("kind: event", "kind: event # perhaps", "3:13", "# perhaps"),
        ("status: reported\nh", "status: reported  #see below\nh", "8:19", "#see below"),
        ("reason: The register says so.}", "reason: The register says so.} # yes", "10:73", "# yes"),
        ("[lamps]", "[lamps] # one of three", "5:17", "# one of three"),
        ("[lamps]", "[lamps, # one of three\n  storms]", "5:17", "# one of three"),
        ("kind: event", 'kind: "event" # perhaps', "3:15", "# perhaps"),
        ("kind: event", "kind: event\nnote: The dispatch #4471.", "4:20", "#4471."),
    ],
)
def test_nothing_stands_behind_a_value_on_its_line(
    old: str, new: str, place: str, comment: str, tmp_path: Path
) -> None:
    """In every field what follows # is told to be a comment, whether a text is cut by it or not."""
    said = of_fact(tmp_path, old, new)
    assert said.startswith(f"facts/{PATH}:{place}: error: the ") and f"    found: {comment}\n" in said
    plain = '"' not in new and not new.split("#")[0].rstrip().endswith(("]", "}"))
    assert (CUT in said, QUOTE in said) == (plain, plain)


def test_a_comment_on_a_line_of_its_own_is_one(tmp_path: Path) -> None:
    """Above a field, above an item of a list and beside the name of a list a comment is in nobody's way."""
    assert of_fact(tmp_path, "sources:\n", "# Found by hand.\nsources: # one\n  # The register.\n") == ""


ADD = "Add it in facts/organizations/, and write the id of that record."
VALUES = {
    "~ for nothing": (
        ("status: reported\nh", "speaker: ~\nstatus: reported\nh"),
        "8:10: error: YAML reads this as nothing [null-value]\n    found: ~\n"
        "    hint: Leave the line out; if it is meant as text, put it in double quotes.",
    ),
    "an acronym": (
        ("[gull-rock-light]", "[LL]"),
        "4:17: error: organizations is not written as it must be [not-kebab-case]\n    found: LL\n"
        f"    allowed: {KEBAB}\n"
        "    hint: Write league-of-lights.",
    ),
    "a name in another language": (
        ("[gull-rock-light]", "[ligue-des-phares]"),
        "4:17: error: there is no organization with this id [unknown-organization]\n    found: ligue-des-phares\n"
        "    hint: Write league-of-lights.",
    ),
    "letters that look like others": (
        ("[gull-rock-light]", "[gull-r\u043e\u0441k-light]"),
        "4:17: error: organizations is not written as it must be [not-kebab-case]\n"
        f"    found: gull-r\u043e\u0441k-light\n    allowed: {KEBAB}\n"
        "    hint: Write gull-rock-light.",
    ),
    "the address of a recorded page": (
        ("source: league-register-1901", 'source: "http://www.harbour-post.example/1902/gull-rock/?fbclid=x"'),
        "7:14: error: sources source is not written as it must be [not-kebab-case]\n"
        f"    found: http://www.harbour-post.example/1902/gull-rock/?fbclid=x\n    allowed: {KEBAB}\n"
        "    hint: Write harbour-post-1902.",
    ),
    "the label of a topic": (
        ("[lamps]", "[Lamps]"),
        "5:10: error: topics must be a word of the vocabulary [unknown-word]\n    found: Lamps\n"
        "    allowed: lamps, keepers, storms\n    hint: Write lamps.",
    ),
    "hyphens without a space": (
        ("[lamps]", "\n  -lamps\n  -storms"),
        "6:3: error: topics must be a list (lines that begin with -), not text [wrong-type]\n"
        "    found: -lamps -storms\n"
        "    hint: Begin each line with a hyphen and a space, or write [one, other].",
    ),
    "no ledger": (
        ("history:\n  - {date: 2024-05-01, status: reported, reason: The register says so.}\n", ""),
        "1:1: error: the field history must be given [missing-field]\n"
        "    hint: history: The ledger: what the archive has said of the fact, and why, oldest entry first.\n"
        "          history:\n"
        "            - {date: 2026-11-21, status: reported, reason: What was found and where it was looked.}",
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_slip_in_a_value_is_told_with_what_was_meant(name: str, tmp_path: Path) -> None:
    """Names, acronyms, labels and addresses lead to the id that they mean."""
    (old, new), expected = VALUES[name]
    assert of_fact(tmp_path, old, new) == f"facts/{PATH}:{expected}"


@pytest.mark.parametrize(
    ("field", "text", "hint"),
    [
        ("organizations", "L.L.", "Write league-of-lights."),
        ("organizations", "Ligue des phares", "Write league-of-lights."),
        ("organizations", "keepers-board.yaml", "Write keepers-board."),
        ("organizations", "organizations/keepers-board.html", "Write keepers-board."),
        ("organizations", "facts/organizations/keepers-board.yaml", "Write keepers-board."),
        ("organizations", "https://lights.example/fr/organizations/keepers-board?x=1#y", "Write keepers-board."),
        ("organizations", "MoD", f"There is no such organization. {ADD}"),
        ("organizations", "Harbour Post 1902", f"There is no such organization. {ADD}"),
        ("organizations", "the Board", "There is no such organization. Did you mean keepers-board?"),
        ("organizations", "Rock Light", "There is no such organization. Did you mean gull-rock-light?"),
        ("people", "Morrow", "Write ane-morrow."),
        ("people", "Anne Morrow", "Write ane-morrow."),
        ("countries", "XF", "Write ferrow-isles."),
        ("countries", "Îles de Ferrow", "Write ferrow-isles."),
        ("topics", "storm", "Did you mean storms?"),
    ],
)
def test_a_field_is_told_of_what_it_can_name_alone(field: str, text: str, hint: str, tmp_path: Path) -> None:
    """Whatever somebody calls the record or the word leads to its id; no other kind and no id of nothing is offered."""
    old = "[gull-rock-light]" if field == "organizations" else "status: reported\nh"
    new = f'["{text}"]' if field == "organizations" else f'{field}: ["{text}"]\nstatus: reported\nh'
    said = of_fact(tmp_path, *((old, new) if field != "topics" else ("[lamps]", new.split(": ")[1].split("\n")[0])))
    assert said.endswith(f"    hint: {hint}")


def test_codes_of_a_country_lead_to_it() -> None:
    """Of two letters or three, and those that stand for another."""
    assert {"GB", "UK", "GBR"} <= set(lookup.codes("GB"))


def test_an_id_that_is_not_whole_leads_to_those_that_hold_its_words(tmp_path: Path) -> None:
    """A year that is missing at the end makes no new record."""
    said = of_fact(tmp_path, "source: league-register-1901", "source: gazette-of-harbour-post")
    assert "    found: gazette-of-harbour-post\n    hint: Did you mean harbour-post-1902?\n" in said


def test_a_kind_of_other_records_says_whose_it_is(tmp_path: Path) -> None:
    """A kind of facts in a source: the file may lie in the wrong folder."""
    root = archive(tmp_path / "archive")
    write(root, "sources/tern-gazette-1901.yaml", SOURCE.replace("kind: news", "kind: event"))
    assert told(root).endswith(
        "    allowed: primary, official, news, aggregator\n"
        "    hint: It is a kind of facts: write one of sources, or, if this is a fact, move the file to facts/records/."
    )


def test_a_record_in_the_folder_of_another_kind_is_told_that_alone(tmp_path: Path) -> None:
    """What the folder would ask of it is held back: a fact among the sources breaks eleven of its rules."""
    root = archive(tmp_path / "archive")
    write(root, "sources/tower-painted-1901.yaml", FACT)
    assert told(root) == (
        "facts/sources/tower-painted-1901.yaml:1:1: error: its fields are those of a fact, and it lies among the "
        "sources [record-of-another-kind]\n    hint: Move it to facts/records/1901/tower-painted-1901.yaml"
    )


def test_what_names_a_misplaced_record_is_no_problem_too(tmp_path: Path) -> None:
    """A record that lies in the folder of another kind is told once, not again at each reference."""
    root = archive(tmp_path / "archive")
    path = write(root, "sources/tower-painted-1901.yaml", FACT)
    relation = "relations:\n  - {narrows: tower-painted-1901}\n"
    write(root, "records/1901/x.yaml", FACT.replace("white", "grey") + relation)
    assert "[record-of-another-kind]" in told(root) and "[unknown-fact]" not in told(root)
    path.unlink()
    assert "[unknown-fact]" in told(root)


@pytest.mark.parametrize(
    ("claim", "hint"),
    [("Was the tower white in 1901?", "A claim says what is so: write the answer that the source gives."),
     ("The tower was white in 1901", "End it with a full stop.")],
)  # fmt: skip
def test_a_claim_that_asks_is_told_to_answer(claim: str, hint: str, tmp_path: Path) -> None:
    """A full stop would not mend a question."""
    root = archive(tmp_path / "archive")
    write(root, "records/1901/x.yaml", re.sub("^claim: .*", f"claim: {claim}", FACT, flags=re.M))
    assert f"hint: {hint}" in told(root)


@pytest.mark.parametrize(
    ("path", "old", "said", "target"),
    [
        ("records/x.yaml", "", "the file lies in no folder of a year", "1901"),
        ("records/1902/x.yaml", "", "the file lies in the folder of another year", "1901"),
        ("records/undated/x.yaml", "", "the file lies in the folder of another year", "1901"),
        ("records/x.yaml", "date: 1901\n", "the file lies in no folder of a year", ""),
        ("records/1901/x.yaml", "date: 1901\n", "the file lies in the folder of a year, and the fact has no date", ""),
        ("records/undated/x.yaml", "date: 1901\n", "", ""),
        ("records/towers/x.yaml", "", "", ""),
    ],
)
def test_a_fact_lies_in_the_folder_of_its_year(path: str, old: str, said: str, target: str, tmp_path: Path) -> None:
    """Where it does not, the check says where it belongs, and fix moves it there."""
    root = archive(tmp_path / "archive")
    write(root, path, FACT.replace(old, "") if old else FACT)
    aim = f"records/{target or 'undated'}/x.yaml" if said else path
    hint = f"facts/{path}:1:1: warning: {said} [folder-of-another-year]\n    hint: Move it to facts/{aim}"
    hint += f" (factbook fix --apply facts/{path} does)"
    assert told(root) == (hint if said else "")
    main(["--root", str(root), "fix", "--apply", str(root / "facts" / path)])
    assert (root / "facts" / aim).is_file() and (root / "facts" / path).is_file() == (not said)
    assert told(root) == ""


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("https://keeper:secret@tern-gazette.example/1901", "Write https://tern-gazette.example/1901"),
        ("https://harbour-post.example@evil.example/1901", "Write https://evil.example/1901"),
        ("https://tern-gazette.example/white tower|1901", "Write https://tern-gazette.example/white%20tower%7C1901"),
        ("www.tern-gazette.example/1901", "Write https://www.tern-gazette.example/1901"),
        ("tern-gazette.example/1901", "Write https://tern-gazette.example/1901"),
        ("https://tern-gazette.example?a b", "Write https://tern-gazette.example?a%20b"),
        ("https://tern-gazette.example#a|b", "Write https://tern-gazette.example#a%7Cb"),
        (
            "https://web.archive.org/web/2020/https://keeper:secret@tern-gazette.example/1901",
            "Write https://web.archive.org/web/2020/https://tern-gazette.example/1901",
        ),
    ],
)
def test_an_address_that_cannot_stand_is_told_how_to_write_it(url: str, hint: str, tmp_path: Path) -> None:
    """A user and a password are left out, and signs that addresses cannot have are written as % and two digits."""
    root = archive(tmp_path / "archive")
    write(root, "sources/tern-gazette-1901.yaml", SOURCE.replace("https://tern-gazette.example/1901/tower", f'"{url}"'))
    said = told(root)
    assert " [url-scheme]\n" in said
    assert said.endswith(f"    hint: {hint}")


@pytest.mark.parametrize("host", ["t.example:99999", "t.example:abc", "a..b", "t.example:"])
def test_a_host_that_no_address_can_have_is_told(host: str, tmp_path: Path) -> None:
    """A port is a number up to 65535, and no part of a name is empty."""
    root = archive(tmp_path / "archive")
    url = f'"https://{host}/1901"'
    write(root, "sources/tern-gazette-1901.yaml", SOURCE.replace("https://tern-gazette.example/1901/tower", url))
    assert " [url-scheme]\n" in told(root)


@pytest.mark.parametrize("sign", list("'!$&()*+,;=:@~-._%"))
def test_every_sign_that_addresses_may_have_may_stand(sign: str, tmp_path: Path) -> None:
    """RFC 3986 says which signs the path of an address can hold, the apostrophe of an encyclopaedia among them."""
    root = archive(tmp_path / "archive")
    url = f"https://tern-encyclopaedia.example/wiki/Keeper{sign}27s"
    write(root, "sources/tern-gazette-1901.yaml", SOURCE.replace("https://tern-gazette.example/1901/tower", f'"{url}"'))
    assert {p.rule for p in check(root, TODAY)[1]} == {"unused-source"}


def cited(*names: str) -> str:
    """The fact, corroborated by those sources."""
    rows = "\n  - ".join(f"{{source: {name}, locator: a, stance: supports}}" for name in names)
    fact = FACT.replace("{source: league-register-1901, locator: entry 12, stance: supports}", rows)
    return fact.replace("status: reported", "status: corroborated")


def test_one_document_is_one_voice(tmp_path: Path) -> None:
    """A page and its archived copy, recorded as two sources of two origins, do not corroborate a fact."""
    root = archive(tmp_path / "archive")
    write(root, "sources/tern-gazette-1901.yaml", SOURCE)
    copy = SOURCE.replace("https://", "https://web.archive.org/web/20240501000000/http://www.")
    write(root, "sources/copy-1901.yaml", copy.replace("The white", "White"))
    write(root, PATH, cited("tern-gazette-1901", "copy-1901"))
    assert sorted(p.rule for p in check(root, TODAY)[1]) == [
        "document-recorded-twice", "source-cited-twice", "status-without-evidence",
    ]  # fmt: skip


def test_two_states_of_a_page_are_one_document_until_somebody_tells_them_apart(tmp_path: Path) -> None:
    """A page that was published anew on another day is no second witness, and its second record needs a waiver."""
    root = archive(tmp_path / "archive")
    for day in ("1901-05-01", "1901-06-01"):
        write(root, f"sources/tern-gazette-{day}.yaml", SOURCE + f"published: {day}\n")
    fact = cited("tern-gazette-1901-05-01", "tern-gazette-1901-06-01")
    write(root, PATH, fact.replace("date: 1901", "date: 1901-04"))
    found = [p.rule for p in check(root, TODAY)[1]]
    assert found == ["source-cited-twice", "status-without-evidence", "document-recorded-twice"]
    on_both_sides = fact.replace("status: corroborated", "status: disputed").replace(
        "stance: supports", "stance: contradicts", 1
    )
    write(root, PATH, on_both_sides.replace("date: 1901", "date: 1901-04"))
    assert "source-cited-twice" in [p.rule for p in check(root, TODAY)[1]]


def test_an_entry_may_bear_the_day_it_is_anywhere_on_earth(tmp_path: Path) -> None:
    """Without a day given it is today where the day begins first; with one, the next may have begun elsewhere."""
    root = archive(tmp_path / "archive")
    first = date.fromisoformat(run.day_anywhere())
    for day, today, rules in (
        (first, "", set()),
        (first + timedelta(days=1), "", {"ledger-in-the-future"}),
        (date(2026, 11, 30), "2026-11-29", set()),
        (date(2026, 12, 1), "2026-11-29", {"ledger-in-the-future"}),
    ):
        write(root, PATH, FACT.replace("2024-05-01", day.isoformat()))
        assert {p.rule for p in check(root, today)[1]} == rules


def test_a_source_knows_nothing_of_what_happened_after_it_was_read(tmp_path: Path) -> None:
    """A source without a date, or with a year alone, is no younger than the day on which it was read."""
    root = archive(tmp_path / "archive")
    path = PATH.replace("1901", "2021")
    fact = FACT.replace("league-register-1901", "tern-page").replace("1901", "2021-06")
    write(root, path, fact)
    for bears in ("", "published: 2021\n"):
        write(root, "sources/tern-page.yaml", SOURCE + bears + "accessed: 2021-03-01\n")
        assert told(root) == (
            f"facts/{path}:2:7: error: it is dated after a source that reports it [event-after-its-source]\n"
            "    found: 2021-06\n    allowed: 2021-03-01 or earlier (tern-page)\n"
            "    hint: If the source announces it, the kind is plan; otherwise one of the dates is wrong."
        )


@pytest.mark.parametrize("edge", ["1897?", "1897~", "1897-05", "1897"])
def test_names_that_touch_at_an_edge_do_not_overlap(edge: str, tmp_path: Path) -> None:
    """Edges are compared as dates: one name until perhaps 1897 and one from 1897 follow each other."""
    root = archive(tmp_path / "archive")
    path = root / "facts" / "organizations" / "league-of-lights.yaml"
    before = f"{{text: Old League, language: en, period: 1890/{edge}}}\n  - "
    now = "{text: League of Lights, language: en, period: 1897/..}"
    alone = "{text: League of Lights, language: en, period: 1890/..}"
    touching = path.read_text("utf-8").replace(alone, before + now)
    path.write_text(touching, "utf-8")
    assert check(root, TODAY)[1] == []
    path.write_text(touching.replace("1897/..", "1895/.."), "utf-8")
    assert [p.rule for p in check(root, TODAY)[1]] == ["name-periods-overlap"]


def test_duplicates_are_found_whatever_their_quotes_and_letters_are_made_of(tmp_path: Path) -> None:
    """An accent may be a letter's own or a sign after it, and quotation marks straight or curly."""
    root = archive(tmp_path / "archive")
    claim = (
        'The keeper of the \u00eele Gull Rock - that is, Ane Morrow - painted "the old tower" white and lit the lamp.'
    )
    other = claim.replace("\u00ee", "i\u0302").replace(' "the', " \u201cthe").replace('tower"', "tower\u201d")
    for n, words in enumerate((claim, other.replace(" - ", " \u2013 "))):
        fact = FACT.replace("The tower of Gull Rock was painted white in 1901.", f"'{words}'")
        write(root, PATH.replace("painted", f"painted-{n}"), fact)
    assert [p.rule for p in check(root, TODAY)[1]] == ["claim-recorded-twice"]

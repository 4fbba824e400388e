"""Explains a YAML syntax error: where the mistake is, what is wrong there, and how to repair it.

libyaml reports the place where it could not go on, which is often a line or a whole file after the mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import yaml
from msgspec import Struct
from yaml import CBaseLoader, Mark, ScalarToken, Token

from factbook.model.kinds import KINDS
from factbook.text import show

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$")
_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_INDENT = re.compile(r"\s*")
_RUN_ON = re.compile(r"\s*([\w-]+:)(?=\S)")
_GLUED = re.compile(r"\s*(?:- )*(?:[\w-]+:|-)(?=(?! )[^\S\n])")
"""A colon or a dash with a blank after it that is no space: YAML does not part what it stands between."""
_ESCAPES = ("unknown escape character", "expected hexdecimal number")
"""What libyaml says of a backslash in double quotes that begins no escape; the spelling is its own."""
_KEY = re.compile(r"[\w-]+")
_OPENED = re.compile(r"( *(?:- +)*)([\w-]+):(?: |$)")
"""A line that begins with a field, or with an item of a list and a field; the first group is what stands before it."""
_COMMENT = re.compile(r"(?<=\s)(#)(?=[^\"]*$).*")
"""A comment that no quotation mark follows: before one, the sign may stand in a text."""
_FIELDS = {"history", "moved_to", *(field for kind in KINDS.values() for field in kind.asked)}
"""The names of fields that records have."""


class Diagnosis(Struct, frozen=True):
    """What is wrong at ``line`` and ``column``, both from 1, and how to mend it."""

    line: int
    column: int
    what: str
    hint: str


def diagnose(data: bytes, error: yaml.YAMLError) -> Diagnosis:
    """Return what is wrong with ``data``, UTF-8 text of a record that the YAML parser refuses with ``error``."""
    if isinstance(error, yaml.reader.ReaderError):
        before = data[: error.position]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return Diagnosis(line, column, show(error.reason), "Remove the invisible character.")
    lines = data.decode("utf-8", "replace").splitlines()
    for attempt in (_conflict(lines), _break(data), _blank(lines, error), _glued(lines, error), _escape(lines, error)):
        if attempt is not None:
            return attempt
    return _quote(data, lines, error) or _line(lines, error) or _by_words(lines, error)


def _place(error: yaml.YAMLError) -> Mark:
    """Return the place where the parser could not go on."""
    return getattr(error, "problem_mark", None) or getattr(error, "context_mark", None) or Mark("", 0, 0, 0, None, 0)


def _conflict(lines: list[str]) -> Diagnosis | None:
    """Find the first conflict marker of git. This function and the next ones return None where they find nothing."""
    for number, line in enumerate(lines, 1):
        if line.startswith(("<<<<<<<", ">>>>>>>")) and _CONFLICT.match(line):
            hint = "Keep one of the two versions, and remove the lines <<<<<<<, ======= and >>>>>>>."
            return Diagnosis(number, 1, "the file holds the marks of a merge conflict", hint)
    return None


def _break(data: bytes) -> Diagnosis | None:
    """Find the first character that ends a line for YAML and for no other program."""
    text = data.decode("utf-8", "replace")
    match = _BREAK.search(text)
    if match is None:
        return None
    at = match.start()
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    what = f"an invisible character ends the line here (U+{ord(match[0]):04X})"
    return Diagnosis(line, column, what, "Delete it, and begin a new line if one was meant.")


def _blank(lines: list[str], error: yaml.YAMLError) -> Diagnosis | None:
    """Find the first line, up to the error, that is indented with a tab or with a blank that is no space."""
    for number, line in enumerate(lines[: _place(error).line + 1], 1):
        indent = _INDENT.match(line)
        for column, blank in enumerate(indent[0] if indent else "", 1):
            if blank == "\t":
                what, hint = "the line is indented with a tab", "Indent with spaces, never tabs."
                return Diagnosis(number, column, what, hint)
            if blank != " ":
                what = f"the line is indented with {_named(blank)}"
                return Diagnosis(number, column, what, "Put plain spaces in its place.")
    return None


def _named(blank: str) -> str:
    """Return a blank by its name in Unicode, such as ``a no-break space (U+00A0)``."""
    name = unicodedata.name(blank, "blank").lower()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} (U+{ord(blank):04X})"


def _glued(lines: list[str], error: yaml.YAMLError) -> Diagnosis | None:
    """Find the first line, up to the error, where a blank that is no space stands after a colon or a dash."""
    for number, line in enumerate(lines[: _place(error).line + 1], 1):
        if (found := _GLUED.match(line)) and line[found.end()] != "\t":
            what = f"{_named(line[found.end()])} stands after the {'colon' if found[0][-1] == ':' else 'dash'}"
            hint = f"Type a plain space there: {show(f'{found[0].strip()} {line[found.end() :].strip()}')}"
            return Diagnosis(number, found.end() + 1, what, hint)
    return None


def _escape(lines: list[str], error: yaml.YAMLError) -> Diagnosis | None:
    """Find the backslash in double quotes that is meant as one, in a path or a pattern."""
    problem, place = str(getattr(error, "problem", "") or ""), _place(error)
    line = lines[place.line] if place.line < len(lines) else ""
    at = line.rfind("\\", 0, place.column + 1)
    if at < 0 or not any(map(problem.__contains__, _ESCAPES)):
        return None
    pair = show(line[at : at + 2])
    what = f"in double quotes a backslash gives the next letter a meaning, and {pair} has none"
    if pair[-1:] in ("x", "u", "U"):
        what = f"in double quotes {pair} stands before the hexadecimal number of a letter, and none follows"
    return Diagnosis(
        place.line + 1, at + 1, what, f"Write \\{pair} with two backslashes, or put the text in single quotes."
    )


def _tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of the file as far as it can be read."""
    try:
        yield from yaml.scan(data, Loader=CBaseLoader)
    except yaml.YAMLError:
        return


def _quote(data: bytes, lines: list[str], error: yaml.YAMLError) -> Diagnosis | None:
    """Find the quotation mark that is not closed, or that closes before the text ends."""
    place = _place(error)
    if getattr(error, "context", None) == "while scanning a quoted scalar":
        mark = error.context_mark  # type: ignore[attr-defined]  # a MarkedYAMLError has it, the base class does not
        return _unclosed(lines, mark.line, mark.column)
    for token, following in pairwise([*_tokens(data), None]):
        if isinstance(token, ScalarToken) and token.style in ("'", '"') and token.end_mark.line == place.line:
            if following is None or following.start_mark.index >= place.index >= token.end_mark.index:
                start = token.start_mark
                if start.line < token.end_mark.line:
                    return _unclosed(lines, start.line, start.column)
                whole = lines[start.line][start.column :].rstrip()
                other = '"' if token.style == "'" else "'"
                hint = f"Put the whole text in quotes: {other}{show(whole)}{other}"
                if other in whole:
                    hint = "Put the whole text in double quotes, with a backslash before each that stands in it."
                what = "the text goes on after the quotation mark that closes it"
                return Diagnosis(start.line + 1, start.column + 1, what, hint)
    return None


def _unclosed(lines: list[str], line: int, column: int) -> Diagnosis:
    """Return a diagnosis: the quotation mark at ``line`` and ``column``, from 0, is never closed."""
    text = lines[line][column:] if line < len(lines) else ""
    hint = "Close it at the end of the text."
    if text.startswith("'"):
        hint = "Close it at the end of the text; a text that begins with an apostrophe goes into double quotes."
    return Diagnosis(line + 1, column + 1, "the quotation mark that opens here is not closed", hint)


def _no_space(line: int, column: int, field: str, rest: str) -> Diagnosis:
    """Return a diagnosis: the ``field`` with its colon, at ``line`` and ``column``, from 0, runs into the ``rest``."""
    what, hint = "there is no space after the colon", f"Write {show(f'{field} {rest}')}"
    return Diagnosis(line + 1, column + len(field) + 1, what, hint)


def _line(lines: list[str], error: yaml.YAMLError) -> Diagnosis | None:
    """Find a comment inside brackets, a bracket too many, a line without a colon and one that is set in too deep."""
    place = _place(error)
    begun = getattr(error, "context_mark", None) or place
    problem, context = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
    line = lines[place.line] if place.line < len(lines) else ""
    if context.startswith("while parsing a flow") and begun.line < len(lines):
        if cut := _COMMENT.search(lines[begun.line], begun.column):
            text = re.split(r"[\[{]|, |: ", lines[begun.line][: cut.start()])[-1]
            whole = f"{text}{re.split('[],}]', cut[0])[0]}".strip()
            what = "the rest of this line, from # on, is a comment"
            return Diagnosis(begun.line + 1, cut.start(1) + 1, what, f'Put the text in double quotes: "{show(whole)}"')
    if ("expected" in problem or "block end" in problem) and line[place.column : place.column + 1] in ("]", "}"):
        sign = line[place.column]
        return Diagnosis(place.line + 1, place.column + 1, f"the {sign} closes nothing", f"Remove the {sign}.")
    above = next((n for n in range(place.line - 1, -1, -1) if lines[n].split("#")[0].strip()), -1)
    key = line[: place.column].strip()
    if "mapping values are not allowed" not in problem or above < 0 or not _KEY.fullmatch(key):
        return None
    over = _OPENED.match(lines[above])
    if over and len(line) - len(line.lstrip()) > len(over[1]):
        hint = f"Begin {key} right under {over[2]}; if it goes on with the text above, put the whole in double quotes."
        return Diagnosis(place.line + 1, place.column - len(key) + 1, "the line is set in too deep", hint)
    if not over and not _RUN_ON.match(lines[above]):
        return _no_colon(above, len(lines[above]) - len(lines[above].lstrip()), lines[above].strip())
    return None


def _no_colon(line: int, column: int, text: str) -> Diagnosis:
    """Return a diagnosis: the ``text`` at ``line`` and ``column``, from 0, should begin with a field and its colon."""
    first, _, rest = text.partition(" ")
    named = first in _FIELDS and rest
    hint = f"Write {show(f'{first}: {rest}') if named else 'field: value'}, or indent the line if it goes on with the "
    return Diagnosis(line + 1, column + 1, "the line has no colon after the name of a field", f"{hint}text above.")


def _by_words(lines: list[str], error: yaml.YAMLError) -> Diagnosis:
    """Return a diagnosis by the parser's own words, where no other function knew more."""
    place = _place(error)
    begun = getattr(error, "context_mark", None) or place
    context, problem = str(getattr(error, "context", "") or ""), str(getattr(error, "problem", "") or "")
    line = lines[place.line] if place.line < len(lines) else ""

    def at(mark: Mark, what: str, hint: str) -> Diagnosis:
        return Diagnosis(mark.line + 1, mark.column + 1, what, hint)

    if "single document" in str(error):
        what = "there is more than one document in the file"
        return at(place, what, "Remove the line --- and what follows it.")
    if "could not find expected ':'" in problem:
        text = lines[begun.line][begun.column :] if begun.line < len(lines) else ""
        if run := _RUN_ON.match(text):
            return _no_space(begun.line, begun.column, run[1], text[run.end() :])
        return _no_colon(begun.line, begun.column, text)
    if "mapping values are not allowed" in problem:
        above = lines[place.line - 1] if place.line else ""
        if _KEY.fullmatch(line[: place.column].strip()) and (run := _RUN_ON.match(above)):
            return _no_space(place.line - 1, run.start(1), run[1], above[run.end() :])
        return at(
            place,
            "the colon in the text reads as the end of a field's name",
            'Put the text in double quotes: it contains ": ".',
        )
    if context.startswith("while parsing a flow") and begun.line < place.line:
        opened = lines[begun.line][begun.column : begun.column + 1]
        closing = {"[": "]", "{": "}"}.get(opened, "]")
        return at(begun, f"the {opened} that opens here is not closed", f"Close it with {closing} on the same line.")
    if "expected '-' indicator" in problem or "expected key" in problem or "block end" in problem:
        what = "the line does not line up with those above"
        return at(place, what, "Begin it under the field above it that belongs to the same thing, with spaces.")
    if "block sequence entries are not allowed" in problem:
        return at(place, problem, "Begin the list on a line of its own, or put the text in double quotes.")
    if "cannot start any token" in problem or "scanning an alias" in context or "scanning a block scalar" in context:
        mark = begun if context.startswith("while scanning a") else place
        sign = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
        return at(mark, f"a text cannot begin with {show(sign)}", "Put the text in double quotes.")
    if "control characters" in problem or "special characters" in problem:
        return at(place, show(problem), "Remove the invisible character.")
    if "mapping keys are not allowed" in problem:
        return at(place, "a text cannot begin with ?", "Put the text in double quotes.")
    what = show(problem or "it cannot be read")
    return at(place, what, "Check the indentation, in spaces, of this line and the one before.")

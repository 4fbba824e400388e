"""``factbook init``: begin a new archive."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from factbook import program
from factbook.authoring import founding
from factbook.authoring.errors import CommandError
from factbook.authoring.founding import HOSTS, LICENCES, Answers
from factbook.check import report
from factbook.check.run import check, errors
from factbook.text import listed, nearest, show

HELP = "begin a new archive: settings, vocabulary, an example, and what its host needs"


def add(parser: ArgumentParser) -> None:
    """Declare the options; what is not given is asked for."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder to make; it must be empty or not there")
    parser.add_argument("--name", default="", metavar="TEXT", help="what the archive is called")
    parser.add_argument("--subject", default="", metavar="TEXT", help="what it is about, in one sentence")
    parser.add_argument("--language", default="", metavar="CODE", help="the language of its claims (default: en)")
    parser.add_argument("--further", nargs="*", metavar="CODE", help="further languages of its pages")
    parser.add_argument("--licence", choices=LICENCES, help="of its records (default: CC-BY-4.0)")
    parser.add_argument("--host", choices=HOSTS, help="where its repository will be (default: github)")
    parser.add_argument(
        "--repository", default="", metavar="ADDRESS", help="the address of the repository, if it is known"
    )
    parser.add_argument(
        "--contact", default="", metavar="TEXT", help="a mail address or page for those who find a mistake"
    )
    parser.add_argument("--requirement", default="", metavar="LINE", help="the line by which pip finds this program")
    parser.add_argument("--empty", action="store_true", help="no example fact, source and organization")
    parser.add_argument("--no-input", action="store_true", help="ask nothing: what is not given has its default")


def run(options: Namespace) -> int:
    """Write the archive and print the next three steps. Raises CommandError where the folder is in use."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{show(folder)} is there already and is not empty\n    hint: Name a new folder.")
    answers = _answers(options)
    for path, data in founding.files(answers, folder).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    archive, problems = check(folder, "9999-12-31")
    if archive is None or errors(problems):
        raise CommandError(
            f"the new archive is not sound, which is a mistake of this program\n{report.text(problems)}", 1
        )
    print("\n".join(_next_steps(folder, answers)))
    return 0


def _answers(options: Namespace) -> Answers:
    """Return what was given as options, and what the founder answers. Raises CommandError."""
    ask = not options.no_input and sys.stdin.isatty()
    if not options.name and not ask:
        raise CommandError("a new archive needs a name: --name TEXT")
    name = options.name or _ask("Name of the archive")
    subject = options.subject or (_ask("What it is about, in one sentence") if ask else name)
    language = options.language or (_ask("Language of the claims (code)", "en") if ask else "en")
    further = options.further
    if further is None:
        further = _ask("Further languages of the pages (codes, with spaces between)", "none").split() if ask else []
        further = [] if further == ["none"] else further
    licence = options.licence or (_choose("Licence of the records", tuple(LICENCES)) if ask else "CC-BY-4.0")
    host = options.host or (_choose("Where the repository will be", HOSTS) if ask else HOSTS[0])
    for code in (language, *further):
        _check_language(code)
    return Answers(
        name=" ".join(name.split()),
        subject=" ".join(subject.split()),
        language=language,
        further=tuple(code for code in dict.fromkeys(further) if code != language),
        licence=licence,
        host=host,
        repository=options.repository,
        contact=options.contact,
        example=not options.empty,
        requirement=options.requirement,
    )


def _ask(question: str, default: str = "") -> str:
    """Return the answer to a question that is asked until there is one. Raises CommandError where nobody answers."""
    try:
        while True:
            if text := input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default:
                return text
    except (EOFError, KeyboardInterrupt):
        raise CommandError("given up; nothing was written", 1) from None


def _choose(question: str, allowed: tuple[str, ...]) -> str:
    """Return one of the ``allowed`` answers, the first by default."""
    while (text := _ask(f"{question} ({', '.join(allowed)})", allowed[0])) not in allowed:
        print(f"  {show(text)} cannot stand here. {nearest(text, allowed)}".rstrip())
    return text


def _check_language(code: str) -> None:
    """Raise CommandError where ``code`` is no language of the Unicode CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        raise CommandError(f"{show(code)} is no code of a language, such as en, de or pt-BR") from None


def _next_steps(folder: Path, answers: Answers) -> list[str]:
    """Return the lines that say what to do now."""
    start = program.command()
    if not os.path.isabs(start) and os.sep in start:
        start = str(Path(start).absolute())
    lines = [
        f"The archive is in {folder}. Next:",
        f"  1. cd {folder} && {start} site    (then open site/index.html)",
        "  2. Edit facts/vocabulary.yaml: your topics, kinds of organization, people. docs/ takes your own pages.",
        f"  3. {start} new fact    (then git init, and push: README.md says how it is published)",
    ]
    if waiting := founding.untranslated(answers):
        files = listed(f"overrides/languages/{code}.po" for code in waiting)
        lines.append(f"The pages are in English where nobody has translated them: {files} holds the texts.")
    return lines

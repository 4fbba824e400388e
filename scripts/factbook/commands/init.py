"""``factbook init``: begin a new archive."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from factbook import program
from factbook.authoring import founding
from factbook.authoring.errors import CommandError
from factbook.authoring.founding import HOSTS, LICENCES, Answers, Engine
from factbook.check import report
from factbook.check.run import check, errors
from factbook.text import listed, nearest, show

NONE = "none"
"""The answer for no further languages."""
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
    parser.add_argument("--empty", action="store_true", help="no example fact, source, organization and question")
    parser.add_argument("--no-input", action="store_true", help="ask nothing: what is not given has its default")


def run(options: Namespace) -> int:
    """Write the archive and print the next three steps. Raises CommandError where the folder is in use."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{show(folder)} is there already and is not empty\n    hint: Name a new folder.")
    answers, engine = _answers(options), founding.engine()
    if not answers.requirement:
        answers = replace(answers, requirement=engine.requirement)
        _copy_wheel(engine, folder)
    for path, data in founding.files(answers, folder).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    archive, problems = check(folder, "9999-12-31")
    if archive is None or errors(problems):
        raise CommandError(
            f"the new archive is not sound, which is a mistake of this program\n{report.text(problems)}", 1
        )
    print("\n".join(_next_steps(folder, answers, engine)))
    return 0


def _answers(options: Namespace) -> Answers:
    """Return what was given as options, and what the founder answers. Raises CommandError."""
    ask = not options.no_input and sys.stdin.isatty()
    if not options.name and not ask:
        raise CommandError("a new archive needs a name: --name TEXT")
    name = options.name or _ask("Name of the archive")
    subject = options.subject or (_ask("What it is about, in one sentence") if ask else name)
    for code in filter(None, (options.language, *(options.further or ()))):
        if wrong := _no_language(code):
            raise CommandError(wrong)
    language = options.language or (_ask("Language of the claims (code)", "en", _no_language) if ask else "en")
    further = options.further
    if further is None:
        question = "Further languages of the pages (codes, with spaces between)"
        further = _ask(question, NONE, _none_of_languages).split() if ask else []
        further = [] if further == [NONE] else further
    licence = options.licence or (_choose("Licence of the records", tuple(LICENCES)) if ask else "CC-BY-4.0")
    host = options.host or (_choose("Where the repository will be", HOSTS) if ask else HOSTS[0])
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


def _ask(question: str, default: str = "", wrong: Callable[[str], str] = lambda text: "") -> str:
    """Return the answer to a question, asked until there is one of which ``wrong`` says nothing.

    Raises CommandError where nobody answers.
    """
    try:
        while True:
            text = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            if said := wrong(text):
                print(f"  {said}")
            elif text:
                return text
    except (EOFError, KeyboardInterrupt):
        raise CommandError("given up; nothing was written", 1) from None


def _choose(question: str, allowed: tuple[str, ...]) -> str:
    """Return one of the ``allowed`` answers, the first by default."""

    def wrong(text: str) -> str:
        return "" if text in allowed else f"{show(text)} cannot stand here. {nearest(text, allowed)}".rstrip()

    return _ask(f"{question} ({', '.join(allowed)})", allowed[0], wrong)


def _no_language(code: str) -> str:
    """Return why ``code`` is no language of the Unicode CLDR; empty where it is one."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return f"{show(code)} is no code of a language, such as en, de or pt-BR"
    return ""


def _none_of_languages(codes: str) -> str:
    """Return why one of the codes, with spaces between, is no language; empty where all are, or where it is NONE."""
    return "" if codes == NONE else next(filter(None, map(_no_language, codes.split())), "")


def _copy_wheel(engine: Engine, folder: Path) -> None:
    """Copy the wheel that the engine was installed from into the archive. Raises CommandError where it is gone."""
    if engine.wheel is None:
        return
    place = folder / founding.WHEELS
    place.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(engine.wheel, place / engine.wheel.name)
    except OSError:
        place.rmdir()
        message = f"the file that this program was installed from is gone: {show(engine.wheel)}"
        hint = "Say where pip finds it: --requirement LINE, such as a path to the wheel or factbook @ git+https://…"
        raise CommandError(f"{message}\n    hint: {hint}") from None


def _next_steps(folder: Path, answers: Answers, engine: Engine) -> list[str]:
    """Return the lines that say what to do now."""
    start = program.command()
    if not os.path.isabs(start) and os.sep in start:
        start = str(Path(start).absolute())
    lines = [f"The archive is in {folder}. Next:"]
    if engine.source is not None and answers.requirement == engine.requirement:
        wheel = f"python -m pip wheel --no-deps -w {folder / founding.WHEELS} {engine.source}"
        lines.append(f"  0. {wheel}    (the engine, for whoever installs requirements.txt)")
    lines += [
        f"  1. cd {folder} && {start} site    (then open site/index.html)",
        "  2. Edit facts/vocabulary.yaml: your topics, kinds of organization, people. docs/ takes your own pages.",
        f"  3. {start} new fact    (then git init, and push: README.md says how it is published)",
    ]
    if waiting := founding.untranslated(answers):
        files = listed(f"overrides/languages/{code}.po" for code in waiting)
        lines.append(f"The pages are in English where nobody has translated them: {files} holds the texts.")
    return lines

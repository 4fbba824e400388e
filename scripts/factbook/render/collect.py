"""Collects the texts to be translated from the code and the archive, and updates the PO files to them."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import yaml
from msgspec import Struct

from factbook.model.archive import Archive
from factbook.read import overrides
from factbook.render import marked, po, translated
from factbook.render.language import WORDED
from factbook.render.po import INTERFACE, OF_ARCHIVE
from factbook.rules.evidence import EVIDENCE, asks

Message = str | tuple[str, str]
"""The key of an English text (see ``marked``), or that of its singular and the plural."""
Places = dict[Message, set[str]]
"""Every message with the files that it stands in: of the package, or of the archive."""
PACKAGE = Path(__file__).parents[1]
_CALL = re.compile(r"language\.text\(\"((?:[^\"\\]|\\.)*)\"\)")
_EXPRESSION = re.compile(r"\[\[\{\{.*?\}\}\]\]")


def of_interface() -> Places:
    """Return every marked text of the templates, the skeletons, the theme and the Python code, and where it stands."""
    found: Places = {}

    def add(path: Path, messages: Iterable[Message]) -> None:
        for message in messages:
            found.setdefault(message, set()).add(path.relative_to(PACKAGE).as_posix())

    for path in sorted((PACKAGE / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        add(path, (ast.literal_eval(f'"{m[1]}"') for m in _CALL.finditer(text)))
        add(path, _marked(text))
    for folder in ("skeletons", "starter"):
        for path in sorted(p for p in (PACKAGE / folder).rglob("*") if p.is_file()):
            add(path, _marked(path.read_text("utf-8")))
    told = PACKAGE / "site" / "settings.py"  # what the theme is told
    add(told, _marked(told.read_text("utf-8")))
    for path in sorted((PACKAGE / "theme").rglob("*.html")):
        add(path, _marked(_EXPRESSION.sub("", path.read_text("utf-8"))))
    for path in sorted(PACKAGE.rglob("*.py")):
        add(path, _called(path))
    add(PACKAGE / "rules" / "evidence.py", (asks(name) for name in EVIDENCE))
    return found


def _marked(text: str) -> Iterator[Message]:
    for found in marked.MARKED.finditer(text):
        mark = marked.read(found[1])
        yield (mark.key, mark.plural) if mark.plural else mark.key


def _called(path: Path) -> Iterator[Message]:
    """Yield the constant texts that a Python file gives to ``text(…)`` and ``plural(…)``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name == "text" and len(given) == 1 == len(node.args):
            yield given[0]
        elif name == "plural" and len(given) == 2:
            yield given[0], given[1]


def of_archive(archive: Archive, config: Path, code: str) -> Places:
    """Return every text that belongs to one archive, and where it stands.

    These are its words, but for names that they hold in the language ``code`` themselves, and what the configuration
    of its site, the file ``config``, says to readers.
    """
    found: Places = {}
    for words in archive.vocabulary.values():
        for word in words.values():
            label = "" if code in word.extra else word.label
            for text in (label, word.meaning, *(word.extra.get(name, "") for name in WORDED)):
                found.setdefault(text, set()).add("facts/vocabulary.yaml")
    for text in _configured(config) if config.is_file() else ():
        found.setdefault(text, set()).add(config.name)
    found.pop("", None)
    return found


class _Loader(yaml.SafeLoader):
    """Reads ``!ENV [NAME, default]`` as nothing."""


_Loader.add_multi_constructor("!", lambda *_: None)


def _configured(config: Path) -> Iterator[str]:
    site = yaml.load(config.read_text("utf-8"), _Loader)
    for name in ("site_name", "site_description", "copyright"):
        if isinstance(site.get(name), str):
            yield site[name]
    palettes = (site.get("theme") or {}).get("palette") or []
    for palette in palettes if isinstance(palettes, list) else ():
        yield from (mark for mark in _marked((palette.get("toggle") or {}).get("name", "")) if isinstance(mark, str))
    yield from _titles(site.get("nav") or [])


def _titles(items: Iterable[object]) -> Iterator[str]:
    for item in items:
        for title, below in item.items() if isinstance(item, dict) else ():
            yield title
            if isinstance(below, list):
                yield from _titles(below)


def of_records(archive: Archive, ids: Collection[str] | None = None) -> Places:
    """Return the texts of the records with one of ``ids``, or of all, that a PO file may translate, and where they
    stand."""
    found: Places = {}
    for record in archive.every():
        if ids is None or record.id in ids:
            for text in translated.texts(record):
                found.setdefault(text, set()).add(f"facts/{record.path}")
    return found


def wanted_of(archive: Archive, root: Path, code: str, ids: Collection[str] = ()) -> Places:
    """Return what the PO file of an archive holds in the language ``code``: every text of ``of_archive``; of the
    records, which have thousands, those that the file holds already and those of ``ids``."""
    path = root / OF_ARCHIVE / f"{code}.po"
    held = {message.id for message in po.parse(path) if message.id} if path.is_file() else set()
    found = of_archive(archive, root / "mkdocs.yml", code)
    asked = of_records(archive, ids)
    for text, places in of_records(archive).items():
        if text in held or text in asked:
            found.setdefault(text, set()).update(places)
    return found


def languages() -> list[str]:
    """Return the codes of the languages that the interface is translated into."""
    return sorted(path.stem for path in INTERFACE.glob("*.po"))


class Updated(Struct, frozen=True, kw_only=True):
    """A PO file that was brought up to date: how many texts it has, how many wait, and the translated ones that went
    because they stand nowhere any more."""

    path: Path
    count: int
    waiting: int
    gone: tuple[str, ...]


def update(archive: Archive, root: Path, codes: Sequence[str], ids: Collection[str] = ()) -> list[Updated]:
    """Update the PO files of the languages ``codes`` to the texts of the archive at ``root``, and the engine's to its.

    The texts of the records with one of ``ids`` come in besides.

    The engine's own files are touched only where the archive is the folder that the engine is developed in; otherwise
    the archive's translations of the interface, in ``overrides/languages/``, are updated. A new text comes in
    untranslated, a text that is no longer used goes. Returns what became of each file.

    Raises CatalogueError.
    """
    own = of_interface()
    ours = INTERFACE.is_relative_to(root.resolve())
    wanted: list[tuple[Path, Places]] = [(INTERFACE / f"{code}.po", own) for code in languages() if ours]
    override = root / overrides.FOLDER / "languages"
    wanted += [(path, own) for path in sorted(override.glob("*.po"))]
    wanted += [(root / OF_ARCHIVE / f"{code}.po", wanted_of(archive, root, code, ids)) for code in codes]
    done = []
    for path, texts in wanted:
        path.parent.mkdir(exist_ok=True)
        gone = _translated(path) - {m if isinstance(m, str) else m[0] for m in texts} if path.is_file() else set()
        text, waiting = updated(path, texts)
        if not path.is_file() or path.read_bytes() != text:
            path.write_bytes(text)
        done.append(Updated(path=path, count=len(texts), waiting=waiting, gone=tuple(sorted(gone))))
    return done


def _translated(path: Path) -> set[str]:
    """Return the keys of the texts that a PO file translates."""
    found = set()
    for message in po.parse(path):
        one = message.id if isinstance(message.id, str) else message.id[0]
        string = message.string if isinstance(message.string, str) else "".join(message.string or ())
        if one and string:
            found.add(f"{message.context}{marked.EOT}{one}" if message.context else one)
    return found


def updated(path: Path, wanted: Places) -> tuple[bytes, int]:
    """Return the PO file at ``path`` with exactly the texts ``wanted``, sorted, and how many of them are not
    translated.

    Each says where it stands (``#:``) by file alone: a line number would change with every edit above it.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    old = po.parse(path) if path.is_file() else Catalog(locale=path.stem.replace("-", "_"))
    new = Catalog(locale=old.locale)
    new.mime_headers = [("Plural-Forms", old.plural_forms)]  # how many forms each text gets
    forms = old.num_plurals
    waiting = 0
    for message in sorted(wanted, key=_order):
        key = message if isinstance(message, str) else message[0]
        context, _, one = key.rpartition(marked.EOT)
        text = one if isinstance(message, str) else (one, message[1])
        held = old.get(one, context or None)
        string = held.string if held and isinstance(held.string, str) == isinstance(text, str) else None
        if string is None:
            string = "" if isinstance(text, str) else ("",) * forms
        waiting += not (string if isinstance(string, str) else all(string))
        places = [(place, 0) for place in sorted(wanted[message])]
        new.add(text, string, places, user_comments=held.user_comments if held else (), context=context or None)
    out = io.BytesIO()
    write_po(out, new, width=0, omit_header=True, include_lineno=False)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {path.stem}\\n"\n"Plural-Forms: {old.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue(), waiting


def _order(message: Message) -> tuple[str, str]:
    """Sort by the English text, then by its context."""
    context, _, text = (message if isinstance(message, str) else message[0]).rpartition(marked.EOT)
    return text, context

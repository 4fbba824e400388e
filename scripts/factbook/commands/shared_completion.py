"""What the Tab key completes an id to, for the shells that ``factbook completion`` was read by.

The ids are the names of files: nothing is loaded or checked, so that the key answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from factbook.commands.shared_archive import find_root
from factbook.model.kinds import FILED
from factbook.model.moved import WORDS
from factbook.read.files import Unusable
from factbook.read.vocabulary import read_vocabulary

Completer = Callable[..., list[str]]


def ids(*kinds: str) -> Completer:
    """Return what completes an argument to the ids of these kinds of record or word in the archive here."""

    def complete(parsed_args: argparse.Namespace, **_: object) -> list[str]:
        root = getattr(parsed_args, "root", None) or find_root(Path())
        if root is None:
            return []
        given = getattr(parsed_args, "kind", "")
        chosen = (given,) if given in kinds else kinds
        found: set[str] = set()
        for kind in chosen:
            if kind in FILED:
                found.update(path.stem for path in (root / "facts" / FILED[kind].folder).rglob("*.yaml"))
        if any(kind in WORDS for kind in chosen):
            try:
                words = read_vocabulary(root / "facts")
            except Unusable:
                return sorted(found)
            for kind in chosen:
                found.update(words[WORDS[kind]] if kind in WORDS else ())
        return sorted(found)

    return complete


def statuses(parsed_args: argparse.Namespace, **_: object) -> list[str]:
    """Return the statuses that a record may bear in the archive here."""
    root = getattr(parsed_args, "root", None) or find_root(Path())
    try:
        words: Iterable[str] = read_vocabulary(root / "facts")["statuses"] if root else ()
    except Unusable:
        words = ()
    return sorted(words)


def completed(action: argparse.Action, completer: Completer) -> None:
    """Let the argument be completed by ``completer``."""
    action.completer = completer  # type: ignore[attr-defined]

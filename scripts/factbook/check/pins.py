"""The day from which statuses need pinned sources, out of the settings, and what follows from it."""

from __future__ import annotations

from pathlib import Path

from factbook.model.archive import Archive
from factbook.read import configuration
from factbook.read.configuration import ConfigurationError
from factbook.rules import pins
from factbook.rules.options import is_day
from factbook.rules.problem import Finding, Pointer

OPTION = "pinned"


def asked_from(root: Path) -> tuple[str, Pointer]:
    """Return the day (ISO) that the settings of the archive at ``root`` name, and the way to it; empty where none is
    named, or it is no day, which check/settings.py tells."""
    try:
        options, at = configuration.plugin(configuration.read(root))
    except ConfigurationError:
        return "", ()
    day = str(options.get(OPTION) or "") if isinstance(options, dict) else ""
    return (day, (*at, OPTION)) if day and is_day(day) else ("", ())


def findings(root: Path, archive: Archive) -> tuple[list[Finding], list[Finding]]:
    """Return what is wrong with the records of the archive at ``root`` for want of pins, and what is told of all of
    them together in its settings."""
    day, pointer = asked_from(root)
    if not day:
        return [], []
    if archive.today < day:
        return [], pins.pins_missing(archive, day, pointer)
    return pins.status_not_pinned(archive), []

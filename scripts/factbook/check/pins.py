"""The day from which statuses need pinned sources, out of the settings, and what follows from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from factbook.model.archive import Archive
from factbook.read import configuration
from factbook.read.configuration import ConfigurationError
from factbook.rules import pins
from factbook.rules.problem import Finding, Pointer
from factbook.rules.written_pages import setting_not_allowed
from factbook.text import show

OPTION = "pinned"


def names_day(given: object) -> bool:
    """Return whether what the settings give as ``pinned`` is a day (ISO), or nothing."""
    day = str(given or "")
    try:
        return not day or date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def asked_from(root: Path) -> tuple[object, Pointer]:
    """Return what the settings of the archive at ``root`` give as the day, and the way to it; nothing where they give
    none, or cannot be read, which another rule reports."""
    try:
        plugins = configuration.read(root).get("plugins")
    except ConfigurationError:
        return None, ()
    listed = plugins if isinstance(plugins, list) else [plugins]
    for at, one in enumerate(listed):
        options = one.get(configuration.PLUGIN) if isinstance(one, dict) else None
        if isinstance(options, dict) and options.get(OPTION):
            step: Pointer = ("plugins", at) if isinstance(plugins, list) else ("plugins",)
            return options[OPTION], (*step, configuration.PLUGIN, OPTION)
    return None, ()


def findings(root: Path, archive: Archive) -> tuple[list[Finding], list[Finding]]:
    """Return what is wrong with the records of the archive at ``root`` for want of pins, and what is told of all of
    them together in its settings."""
    given, pointer = asked_from(root)
    if not names_day(given):
        return [], setting_not_allowed(pointer, "pinned must be a day", show(given), "a day such as 2027-06-30")
    day = str(given or "")
    if not day:
        return [], []
    if archive.today < day:
        return [], pins.pins_missing(archive, day, pointer)
    return pins.status_not_pinned(archive), []

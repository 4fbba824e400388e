"""Environments in which a browser finds one family of fonts and no other."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

FAMILIES = {"wide": "DejaVu Sans", "narrow": "Arimo", "many alphabets": "Noto Sans"}
"""A font for each kind of computer: DejaVu Sans is the widest in use; Arimo is the narrowest, with the widths of
Liberation Sans, Helvetica and Arial."""
_PACKAGES = {"Arimo": "fontpkg_arimo", "Noto Sans": "fontpkg_noto_sans"}
"""The Python package that contains each font."""
_SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
_CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def alone(family: str, folder: Path) -> dict[str, str]:
    """Return the environment in which a browser finds the fonts of ``family`` and no others.

    ``folder`` is a new folder for these fonts and the configuration. Raises FileNotFoundError where the font is
    missing.
    """
    fonts = folder / "fonts"
    fonts.mkdir()
    for path in _fonts(family):
        shutil.copy(path, fonts)
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(fonts=fonts, cache=folder / "cache"), "utf-8")
    return {"FONTCONFIG_FILE": str(configuration)}


def _fonts(family: str) -> list[Path]:
    if family in _PACKAGES:
        return [
            Path(str(file)) for file in (files(_PACKAGES[family]) / "files").iterdir() if file.name.endswith(".ttf")
        ]
    found = _dejavu()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "--no-install-recommends", "fonts-dejavu-core"]
        subprocess.run(command, check=False, capture_output=True, timeout=600)
        found = _dejavu()
    if not found:
        raise FileNotFoundError("the font DejaVu Sans; on Debian and Ubuntu it is in fonts-dejavu-core")
    return found


def _dejavu() -> list[Path]:
    """Return the files of DejaVu Sans on this system; Debian's fontconfig, which a browser needs, installs them."""
    names = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    return [path for place in _SYSTEM if place.is_dir() for name in names for path in place.rglob(name)]

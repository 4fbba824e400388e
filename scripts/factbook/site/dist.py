"""Packs the whole site, its data and checksums, as one zip that opens without a server or a network."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import zipfile
from pathlib import Path

from factbook.checksums import NAME
from factbook.model.fingerprint import FOLDER
from factbook.read.configuration import ConfigurationError
from factbook.site import output_folder, swap, verify
from factbook.site.errors import SiteError, line
from factbook.text import show

OUT = "dist"
_OLDEST = (1980, 1, 1)
"""The earliest day that an entry of a zip can have."""


def pack(root: Path) -> int:
    """Pack ``site/`` of ``root``, as it was built, into ``dist/``. Returns 0, or 1 after saying what is wrong.

    The name is that of the archive and its release, every entry has the day of the release, and they are sorted: the
    same site gives the same zip, as far as the zlib of this Python is the same.
    """
    try:
        site = output_folder.checked(output_folder.configured(root), root)
        with swap.Lock(site.parent):  # no other build exchanges the site while it is read
            return _packed(root, site)
    except (ConfigurationError, SiteError) as error:
        print(f"error: {error}", file=sys.stderr)
    except OSError as error:
        print(f"error: {line(error, root / OUT)}", file=sys.stderr)
    return 1


def _packed(root: Path, site: Path) -> int:
    """Pack the folder ``site``. Returns 0, or 1 after saying what is wrong. Raises OSError."""
    try:
        found, _ = verify.problems(site)
        index = json.loads((site / FOLDER / "index.json").read_text("utf-8"))
    except (verify.Unusable, OSError):
        print("There is nothing to pack: site/ has no data, which FACTBOOK_DATA=no leaves out.", file=sys.stderr)
        return 1
    if found:
        print("\n".join(show(problem, 400) for problem in found), file=sys.stderr)
        print("Nothing was packed: site/ is not what was built.", file=sys.stderr)
        return 1
    name = f"{slug(index.get('title', ''))}-{index['release']}"
    (root / OUT).mkdir(exist_ok=True)
    path = root / OUT / f"{name}.zip"
    part = path.with_suffix(".part")
    try:
        _zip(part, site, name, day(index["release"]))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    print(f"Packed {path} ({path.stat().st_size / 1e6:,.1f} MB). Unpack it and open index.html; {NAME} is inside.")
    return 0


def _zip(part: Path, site: Path, name: str, made: tuple[int, int, int]) -> None:
    """Write the files of ``site`` into the zip ``part``, below the folder ``name``, every entry of the day ``made``."""
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(f"{name}/{file}", (*made, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            entry.file_size = (site / file).stat().st_size
            with (site / file).open("rb") as held, archive.open(entry, "w") as packed:
                while piece := held.read(1 << 20):
                    packed.write(piece)


def slug(title: str) -> str:
    """Return a title as a part of a file name: ``lights-of-faro`` for ``Lights of Fårö``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "archive"


def day(release: str) -> tuple[int, int, int]:
    """Return the day in the name of a release, as an entry of a zip can have it."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)\.", release)
    return max((int(found[1]), int(found[2]), int(found[3])), _OLDEST) if found else _OLDEST

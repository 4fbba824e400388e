"""Copies of pages in web archives: which address is one, of which page, and of which day."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from factbook.model.addresses import canonical, original

_KEEPERS = re.compile(
    r"(?:.+\.)?(?:archive\.(?:org|ph|today|is|li|fo|md|vn|unhcr\.org)|archive-it\.org|ghostarchive\.org|perma\.cc"
    r"|webcitation\.org|megalodon\.jp|wikiwix\.com|arquivo\.pt|vefsafn\.is|webarchiv\.cz|mementoweb\.org|conifer\.rhizome\.org"
    r"|(?:webarchive|wayback|webarchief|webarchiv|arhiv|haw|was|web-archive|webharvest|eresources|warp)\.[\w.-]+"
    r"|webarchive\.org\.uk|swap\.stanford\.edu|(?:pandora|trove)\.nla\.gov\.au)",
    re.ASCII,
)
"""Hosts that keep pages of others as they were: the Internet Archive and other public ones, and, by the names they go
under, the web archives of national libraries, governments and international bodies."""
_DAY = re.compile(r"/(\d{4})[.-]?(\d\d)[.-]?(\d\d)[\w.*-]*/")


def kept(url: str) -> bool:
    """Return whether ``url`` is on a host that keeps pages of others as they were."""
    try:
        return bool(_KEEPERS.fullmatch((urlsplit(url).hostname or "").rstrip(".")))
    except ValueError:
        return False


def is_copy(copied: str, url: str) -> bool:
    """Return whether ``copied`` shows by itself that it is a kept copy of the page at ``url``, or, where that is empty,
    of some page."""
    page = original(copied) if kept(copied) else ""
    return bool(page) and (not url or canonical(page) == canonical(url))


def day_of(copied: str) -> str:
    """Return the day (ISO) of a copy that names its page; empty where its address does not say it."""
    found = _DAY.search(urlsplit(copied).path) if kept(copied) and original(copied) else None
    return "-".join(found.groups()) if found else ""

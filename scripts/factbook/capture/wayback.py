"""Stored copies: the Internet Archive asked for one by its Availability API, and a WARC of one's own.

The API answers with the copy nearest to a day: https://archive.org/help/wayback_api.php. The WARC is that of ISO 28500.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from factbook.capture.fetch import FetchError, Limits, Page, fetch
from factbook.model.addresses import canonical

SERVICE = "https://archive.org/wayback/available"
_COPY = re.compile(r"https?://web\.archive\.org/web/\d{14}/https?://\S+")


def stored_copy(url: str, day: str, limits: Limits, service: str = SERVICE) -> str:
    """Return the address of the copy of ``url`` that is nearest to ``day`` (ISO); empty where there is none.

    Raises FetchError where the service does not answer as its documentation says.
    """
    page = fetch(f"{service}?url={quote(url, safe='')}&timestamp={day.replace('-', '')}", limits)
    try:
        answer: Any = json.loads(page.content)
        closest = answer["archived_snapshots"].get("closest") or {}
        found = str(closest.get("url") or "")
        good = closest.get("available") is True and str(closest.get("status")) == "200"
    except (ValueError, TypeError, KeyError, AttributeError):
        raise FetchError("the archive's answer cannot be read") from None
    if not good or not _COPY.fullmatch(found) or canonical(found) != canonical(url):
        return ""
    return "https" + found.removeprefix("http") if found.startswith("http://") else found


def keep(page: Page, digest: str, day: str, folder: Path) -> Path:
    """Write the page as a WARC named by ``digest``, the hash of its text, into ``folder``; return the file.

    A file of that name is left as it is: it holds the same text. Raises OSError.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = folder / f"{digest}.warc.gz"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    dropped = ("content-encoding", "transfer-encoding", "content-length", "set-cookie")
    headers = [(name, value) for name, value in page.headers if name.lower() not in dropped]
    headers.append(("Content-Length", str(len(page.content))))
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=True)
    http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        page.address,
        "response",
        payload=io.BytesIO(page.content),
        length=len(page.content),
        http_headers=http,
        warc_headers_dict={"WARC-Date": f"{day}T00:00:00Z"},
    )
    writer.write_record(record)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(held.getvalue())
    beside.replace(path)
    return path

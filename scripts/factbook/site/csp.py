"""The content security policy of a page: the frame's own scripts and styles are named in it by their hashes."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

SCRIPTS = "'factbook-scripts'"
"""The placeholder in the content security policy for the hashes of the theme's own scripts."""
STYLES = "style-src 'self'"
"""What the policy says of styles; the frame of one page alone, that of no page, has a style of its own."""
_SCRIPT, _STYLE = (re.compile(f"<{tag}>(.*?)</{tag}>", re.DOTALL) for tag in ("script", "style"))


def with_hashes(head: str, tail: str) -> str:
    """Return ``head`` with the hashes of the frame's scripts and styles in its content security policy, so that a
    browser runs and applies these and no other.

    What stands in the content of a page is ignored here, and so never allowed.
    """
    head = head.replace(SCRIPTS, " ".join(_hashes(_SCRIPT, head + tail)))
    return head.replace(STYLES, " ".join([STYLES, *_hashes(_STYLE, head)]))


def _hashes(of: re.Pattern[str], frame: str) -> list[str]:
    """Return the hash of each text in a frame that a pattern finds, as a policy names it, once."""
    found = (b64encode(sha256(text.encode()).digest()).decode() for text in of.findall(frame))
    return [*dict.fromkeys(f"'sha256-{digest}'" for digest in found)]

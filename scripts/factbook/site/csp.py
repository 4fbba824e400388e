"""The content security policy of a page: the frame's own scripts are named in it by their hashes."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

SCRIPTS = "'factbook-scripts'"
"""The placeholder in the content security policy for the hashes of the theme's own scripts."""
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def with_hashes(head: str, tail: str) -> str:
    """Return ``head`` with the hashes of the frame's scripts in its content security policy, so that a browser runs
    these and no other.

    Scripts in the content of a page are ignored here, and so never allowed.
    """
    hashes = dict.fromkeys(
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in _SCRIPT.findall(head + tail)
    )
    return head.replace(SCRIPTS, " ".join(hashes))

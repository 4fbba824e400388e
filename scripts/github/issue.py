"""``python -m github.issue REPORT``: keeps one open issue with what the report says, and closes it on silence.

The first line of the report is the title. An empty report means that all is well.
"""

from __future__ import annotations

import sys
from pathlib import Path

from github import markdown
from github.api import BOT, ApiError, Client

MARK = "<!-- factbook: links -->"
MOST_TEXT = 60_000


def report(client: Client, text: str) -> str:
    """Open, renew or close the issue. Returns what was done."""
    title, _, rest = text.partition("\n")
    body = f"{MARK}\n{markdown.cut(rest.strip(), MOST_TEXT)}\n"
    for issue in client.all("issues?state=open"):
        ours = issue["user"]["login"] == BOT and (issue["body"] or "").startswith(MARK)
        if ours and "pull_request" not in issue:
            number = issue["number"]
            if not text.strip():
                client.send("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})
                return f"Issue {number} closed."
            client.send("PATCH", f"issues/{number}", {"title": title, "body": body})
            return f"Issue {number} renewed."
    if not text.strip():
        return "Nothing to report."
    return f"Issue {client.send('POST', 'issues', {'title': title, 'body': body})['number']} opened."


if __name__ == "__main__":
    try:
        print(report(Client(), Path(sys.argv[1]).read_text("utf-8")))
    except ApiError as error:
        sys.exit(f"error: {error}")

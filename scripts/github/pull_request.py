"""``python -m github.pull_request ISSUE FOLDER MESSAGES``: the files made from an accepted form into a pull request.

``ISSUE`` is the event with the issue (JSON), as it was when the label was given. ``FOLDER`` holds the files that
``factbook form`` made of it, ``MESSAGES`` what it said was wrong. Files go to a branch of the issue and a pull request;
where there are none, the issue is told why.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from github import markdown
from github.api import BOT, ApiError, Client

MARK = "<!-- factbook: form -->"
ACCEPTED = "accepted"
_PATH = re.compile(r"facts/(records/([0-9]{4}|undated)|organizations|sources)/[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_LOGIN = re.compile(r"[A-Za-z0-9-]{1,39}")


def files(folder: Path) -> dict[str, str]:
    """Return the files by path. Anything that is not a record in its place is an error of ours."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if not p.is_dir()):
        name = path.relative_to(folder).as_posix()
        if not _PATH.fullmatch(name) or path.is_symlink():
            raise ApiError(f"{name!r} is not the path of a record")
        found[name] = path.read_text("utf-8")
    return found


def request(client: Client, issue: dict[str, Any], texts: dict[str, str]) -> int:
    """Commit the files on the issue's branch, and open a pull request for it; return its number."""
    number = int(issue["number"])
    branch = f"form/issue-{number}"
    main = client.get("")["default_branch"]
    parent = client.get(f"git/ref/heads/{quote(main)}")["object"]["sha"]
    tree = client.get(f"git/commits/{parent}")["tree"]["sha"]
    entries = [{"path": path, "mode": "100644", "type": "blob", "content": text} for path, text in texts.items()]
    tree = client.send("POST", "git/trees", {"base_tree": tree, "tree": entries})["sha"]
    message = f"Take down what issue #{number} reports\n{_credit(issue)}"
    commit = client.send("POST", "git/commits", {"message": message, "tree": tree, "parents": [parent]})["sha"]
    try:
        client.send("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})
    except ApiError as error:
        if error.status != 422:
            raise
        client.send("PATCH", f"git/refs/heads/{branch}", {"sha": commit, "force": True})
    owner = client.repository.partition("/")[0]
    for pull in client.all(f"pulls?state=open&head={quote(f'{owner}:{branch}', safe='')}"):
        return int(pull["number"])
    body = (
        f"Made from the form in #{number}. Closes #{number}.\n\n"
        "Nobody has weighed it yet: read the source, then set the status and say why.\n"
        "Close and reopen this pull request once to have the checks run on it: GitHub starts none for what a workflow "
        "has made."
    )
    value = {"title": f"Take down what issue #{number} reports", "head": branch, "base": main, "body": body}
    return int(client.send("POST", "pulls", value)["number"])


def _credit(issue: dict[str, Any]) -> str:
    """Return the line that names the author of the issue as an author of the commit."""
    user = issue.get("user") or {}
    login, number = user.get("login", ""), user.get("id")
    if not (isinstance(login, str) and _LOGIN.fullmatch(login) and isinstance(number, int)):
        return ""
    return f"\nCo-authored-by: {login} <{number}+{login}@users.noreply.github.com>\n"


def refuse(client: Client, issue: dict[str, Any], messages: str) -> None:
    """Tell the issue what has to be put right, and remove the label, so that it can be given again."""
    number = int(issue["number"])
    said = markdown.inert(markdown.cut(messages.strip(), 10_000) or "It is not known why.")
    body = f"{MARK}\nNo record can be made of this yet. Please edit the text above:\n\n{said}\n"
    for comment in client.all(f"issues/{number}/comments"):
        if comment["user"]["login"] == BOT and comment["body"].startswith(MARK):
            client.send("PATCH", f"issues/comments/{comment['id']}", {"body": body})
            break
    else:
        client.send("POST", f"issues/{number}/comments", {"body": body})
    client.send("DELETE", f"issues/{number}/labels/{ACCEPTED}")


def main(issue_file: Path, folder: Path, messages: Path) -> None:
    """Open the pull request for the files in ``folder``; where there are none, tell the issue why, in ``messages``."""
    issue = json.loads(issue_file.read_text("utf-8"))["issue"]
    client = Client()
    texts = files(folder)
    if texts:
        print(f"Pull request {request(client, issue, texts)}.")
    else:
        refuse(client, issue, messages.read_text("utf-8"))


if __name__ == "__main__":
    try:
        main(*map(Path, sys.argv[1:4]))
    except ApiError as error:
        sys.exit(f"error: {error}")

"""``python -m github.pull_request ISSUE FOLDER MESSAGES DAY``: what was made of an accepted form into a pull request.

``ISSUE`` is the event with the issue (JSON), as it was when the label was given. ``FOLDER`` holds the files that
``factbook form`` made of it, ``MESSAGES`` what it said was wrong. All files of one ``DAY`` go into one pull request, a
commit for each issue. A file that another issue of the day has changed goes to a branch and a pull request of its own:
it was made from the main branch and would undo that change. Where there are no files, the issue is told why.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from github import markdown
from github.api import BOT, ApiError, Client

MARK = "<!-- factbook: form -->"
ACCEPTED = "accepted"
_PATH = re.compile(r"facts/(records/([0-9]{4}|undated)|organizations|sources)/[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_ISSUE = re.compile(r"Record what issue #([0-9]+) reports\n")
NOTHING: Mapping[str, str | None] = {}
MOST_TRIES = 4
"""How often a commit is put on the branch of a day that grows meanwhile."""
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


def request(client: Client, issue: dict[str, Any], texts: dict[str, str], day: str) -> int:
    """One commit with the files, on the branch of ``day`` or of the issue, in a pull request. Returns its number."""
    number = int(issue["number"])
    main = str(client.get("")["default_branch"])
    for branch in (f"form/{day}",) * MOST_TRIES:
        pull = _open(client, branch)
        if pull is None:
            return _begin(client, issue, texts, main, branch, f"Record what was accepted on {day}")
        known = _changed(client, main, branch)
        if any(path in paths for by, paths in known.items() if by != number for path in texts):
            break
        head = client.get(f"git/ref/heads/{quote(branch)}")["object"]["sha"]
        back = {path: _blob(client, main, path) for path in sorted(known.get(number, set()) - texts.keys())}
        commit = _commit(client, issue, texts, head, back)
        try:
            client.send("PATCH", f"git/refs/heads/{branch}", {"sha": commit, "force": False})
        except ApiError as error:
            if error.status != 422:
                raise
            continue  # another issue was taken in meanwhile
        if f"Closes #{number}." not in (pull.get("body") or ""):
            body = f"{pull.get('body') or ''}\n{_closes(number)}"
            client.send("PATCH", f"pulls/{int(pull['number'])}", {"body": body})
        return int(pull["number"])
    return _begin(client, issue, texts, main, f"form/issue-{number}", f"Record what issue #{number} reports")


def _open(client: Client, branch: str) -> dict[str, Any] | None:
    """The open pull request of a branch."""
    owner = client.repository.partition("/")[0]
    pulls = client.all(f"pulls?state=open&head={quote(f'{owner}:{branch}', safe='')}")
    return next((pull for pull in pulls if pull.get("head", {}).get("ref", branch) == branch), None)


def _changed(client: Client, main: str, branch: str) -> dict[int, set[str]]:
    """The paths of the files that each issue has added or changed on a branch; 0 is for what no issue did."""
    found: dict[int, set[str]] = {}
    for commit in client.get(f"compare/{quote(main)}...{quote(branch)}")["commits"]:
        name = _OF_ISSUE.match(commit["commit"]["message"])
        paths = {str(file["filename"]) for file in client.get(f"commits/{commit['sha']}").get("files", ())}
        found.setdefault(int(name[1]) if name else 0, set()).update(paths)
    return found


def _blob(client: Client, main: str, path: str) -> str | None:
    """The sum of a file as the main branch has it; None where it has none."""
    try:
        return str(client.get(f"contents/{quote(path)}?ref={quote(main)}")["sha"])
    except ApiError as error:
        if error.status != 404:
            raise
        return None


def _commit(
    client: Client, issue: dict[str, Any], texts: dict[str, str], parent: str, back: Mapping[str, str | None] = NOTHING
) -> str:
    """Make a commit with the files after ``parent``, and those of ``back`` as the main branch has them, which may be
    not at all; return its sum."""
    tree = client.get(f"git/commits/{parent}")["tree"]["sha"]
    entries: list[dict[str, Any]] = [
        {"path": path, "mode": "100644", "type": "blob", "content": text} for path, text in texts.items()
    ]
    entries += [{"path": path, "mode": "100644", "type": "blob", "sha": blob} for path, blob in back.items()]
    tree = client.send("POST", "git/trees", {"base_tree": tree, "tree": entries})["sha"]
    message = f"Record what issue #{int(issue['number'])} reports\n{_credit(issue)}"
    return str(client.send("POST", "git/commits", {"message": message, "tree": tree, "parents": [parent]})["sha"])


def _begin(client: Client, issue: dict[str, Any], texts: dict[str, str], main: str, branch: str, title: str) -> int:
    """Put the files on a branch that begins at ``main``, and open a pull request for it, unless there is one."""
    parent = client.get(f"git/ref/heads/{quote(main)}")["object"]["sha"]
    commit = _commit(client, issue, texts, parent)
    try:
        client.send("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})
    except ApiError as error:
        if error.status != 422:
            raise
        client.send("PATCH", f"git/refs/heads/{branch}", {"sha": commit, "force": True})
    if pull := _open(client, branch):
        return int(pull["number"])
    body = (
        "Made from the forms below. Nobody has weighed them yet: read the sources, then set the status and say why.\n"
        "Close and reopen this pull request once to have the checks run on it: GitHub starts none for what a workflow "
        f"has made.\n\n{_closes(int(issue['number']))}"
    )
    value = {"title": title, "head": branch, "base": main, "body": body}
    return int(client.send("POST", "pulls", value)["number"])


def _closes(number: int) -> str:
    """The line by which a pull request closes an issue when it is merged."""
    return f"- Made from the form in #{number}. Closes #{number}."


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


def main(issue_file: Path, folder: Path, messages: Path, day: str) -> None:
    """Open or add to the pull request of ``day`` with the files in ``folder``; without any, tell the issue why.

    Raises ApiError.
    """
    if not _DAY.fullmatch(day):
        raise ApiError(f"{day!r} is not a day")
    issue = json.loads(issue_file.read_text("utf-8"))["issue"]
    client = Client()
    texts = files(folder)
    if texts:
        print(f"Pull request {request(client, issue, texts, day)}.")
    else:
        refuse(client, issue, messages.read_text("utf-8"))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    except ApiError as error:
        sys.exit(f"error: {error}")

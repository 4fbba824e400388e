"""``python -m github.comment``: writes the results of ``collect`` as a comment on a pull request.

It runs after the workflow that saw the change, with the right to write comments. It never has the change itself: only
an artifact of plain texts, made beside the change, in which nothing is trusted. GitHub is asked which pull request it
belongs to, by the commit that GitHub says the workflow ran for.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from github import markdown, review, suggestion
from github.api import BOT, ApiError, Client

MARK = "<!-- factbook: review -->"
"""The line by which the comment is found again. Only one of ours counts: anybody can write the same line."""
FIX_MARK = "<!-- factbook: fix -->"
DOCS = "docs/"
OVERRIDES = "overrides/"
DATA = ("facts/records/", "facts/organizations/", "facts/sources/", "facts/searches/", DOCS)
MOST_TEXT = 12_000
MOST_BODY = 60_000
"""Characters of the comment at most: GitHub accepts 65,536."""
MOST_SHOWN = 10


def pull_request(client: Client, run: dict[str, Any]) -> dict[str, Any] | None:
    """Return the open pull request whose newest commit the run was for; None when it has a newer one or is closed."""
    repository, branch, commit = run.get("head_repository"), run.get("head_branch"), run.get("head_sha")
    if run.get("event") != "pull_request" or not repository or not branch:
        return None
    head = quote(f"{repository['owner']['login']}:{branch}", safe="")
    for pull in client.all(f"pulls?state=open&head={head}"):
        if pull["head"]["sha"] == commit and pull["base"]["repo"]["full_name"] == client.repository:
            return pull
    return None


def artifact(client: Client, run: dict[str, Any]) -> review.Review:
    """Return the review that the run uploaded. Raises review.Unusable."""
    for found in client.all(f"actions/runs/{int(run['id'])}/artifacts", "artifacts"):
        if found["name"] == review.ARTIFACT and not found["expired"]:
            if found["size_in_bytes"] > review.MOST_BYTES:
                raise review.Unusable("it is too large")
            return review.read(client.download(f"actions/artifacts/{int(found['id'])}/zip", review.MOST_BYTES))
    raise review.Unusable("the job that makes it did not get that far")


def outside(files: list[dict[str, Any]], count: int) -> int:
    """Return how many files of the pull request are neither records nor written pages: they could change what is said
    of it."""
    hidden = max(0, count - len(files))  # GitHub lists the first 3,000
    return hidden + sum(not name.startswith(DATA) for file in files for name in {file["filename"], _before(file)})


def written(files: list[dict[str, Any]]) -> int:
    """Return how many files of the pull request are written pages, which no rule for records checks."""
    return _touched(files, DOCS)


def overriding(files: list[dict[str, Any]]) -> int:
    """Return how many files of the pull request take the place of the engine's own, or did."""
    return _touched(files, OVERRIDES)


def _touched(files: list[dict[str, Any]], folder: str) -> int:
    return sum(any(name.startswith(folder) for name in (file["filename"], _before(file))) for file in files)


def _before(file: dict[str, Any]) -> str:
    return str(file.get("previous_filename") or file["filename"])


def text(found: review.Review, run: dict[str, Any], code: int = 0, docs: int = 0, overrides: int = 0) -> str:
    """Return the comment. ``code`` is how many files of the change are neither records nor pages, ``docs`` how many are
    written pages, ``overrides`` how many take the place of the engine's own."""
    # The pages that the sentences name are left out: those that really differ are listed below.
    sentences = found.diff.partition("\n<details>")[0].strip()
    meaning = markdown.inert(markdown.cut(sentences, MOST_TEXT) or "Nothing.")
    parts = [MARK, "### What this change means"]
    if code:
        many = "1 file that is" if code == 1 else f"{code:,} files that are"
        parts.append(f"**It also alters {many} no record and no page. Read those first: they made what follows.**")
    if overrides:
        many = "1 file" if overrides == 1 else f"{overrides:,} files"
        parts.append(
            f"**It touches overrides/: {many} in the place of the engine's own; a template runs at each build.**"
        )
    if docs:
        many = "1 written page" if docs == 1 else f"{docs:,} written pages"
        parts.append(f"**It touches more than facts/: {many} in docs/, whose words no rule holds to a source.**")
    parts.append(meaning)
    if found.check.strip():
        summary = "What the check says"
        parts.append(_folded(summary, markdown.fenced(markdown.cut(found.check.strip(), MOST_TEXT), "text")))
    if found.built:
        parts += _pages(found)
    else:
        parts.append("The site could not be built from it, so no page can be shown.")
    while len(body := "\n\n".join([*parts, _foot(run)])) > MOST_BODY:
        parts.pop()
    return body


def _pages(found: review.Review) -> list[str]:
    """Return the list of changed pages, and the words on the first of them."""
    if not found.pages:
        return ["No page changes."]
    rows = [f"- {page.state}: {markdown.code(page.path)}" for page in found.pages[:100]]
    if found.count > len(rows):
        rows.append(f"- … ({found.count:,} in all)")
    parts = [_folded(f"Pages it alters ({found.count:,})", "\n".join(rows))]
    for page in [page for page in found.pages if page.text][:MOST_SHOWN]:
        shown = markdown.fenced(markdown.cut(page.text, 2000), "text")
        parts.append(_folded(f"The words on <code>{page.path}</code>", shown))
    return parts


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{inside}\n\n</details>"


def _foot(run: dict[str, Any]) -> str:
    return (
        f"<sub>Made for {run['head_sha']} by [a job without rights]({run['html_url']}), from the change itself: "
        "it is what the change says of itself. This comment is renewed with every push.</sub>"
    )


def unusable(reason: str, run: dict[str, Any]) -> str:
    """Return the comment where there is no review."""
    return "\n\n".join([MARK, f"What this change means could not be told: {reason}.", _foot(run)])


def post(client: Client, number: int, body: str) -> None:
    """Write the comment, or replace the one that is there."""
    for comment in client.all(f"issues/{number}/comments"):
        if comment["user"]["login"] == BOT and comment["body"].startswith(MARK):
            if comment["body"] != body:
                client.send("PATCH", f"issues/comments/{comment['id']}", {"body": body})
            return
    client.send("POST", f"issues/{number}/comments", {"body": body})


def suggest(client: Client, number: int, commit: str, patch: str, files: list[dict[str, Any]]) -> int:
    """Write the hunks of the patch as suggestions, each once; return how many are new."""
    shown = {file["filename"]: suggestion.right_side(file.get("patch", "")) for file in files}
    places = suggestion.fitting(patch, shown)
    if not places:
        return 0
    mine = [c for c in client.all(f"pulls/{number}/comments") if c["user"]["login"] == BOT]
    there = {(c["path"], c["body"].replace("\r\n", "\n").strip()) for c in mine}
    comments = []
    for place in places:
        # An empty block takes lines out; one with an empty line in it would leave that.
        offered = markdown.fenced("\n".join(place.after), "suggestion") if place.after else "```suggestion\n```"
        body = f"{FIX_MARK}\n`factbook fix` would write:\n\n{offered}"
        if (place.path, body) in there:
            continue
        last = place.start + len(place.before) - 1
        comment: dict[str, str | int] = {"path": place.path, "side": "RIGHT", "line": last, "body": body}
        if last > place.start:
            comment |= {"start_line": place.start, "start_side": "RIGHT"}
        comments.append(comment)
    if comments:
        said = "Fixes that are certain. Accept each with one click, or leave it."
        value = {"commit_id": commit, "event": "COMMENT", "body": said, "comments": comments}
        client.send("POST", f"pulls/{number}/reviews", value)
    return len(comments)


def main() -> int:
    """Write or renew the comment on the pull request of the finished run. Returns 0, also where there is none."""
    run = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))["workflow_run"]
    client = Client()
    pull = pull_request(client, run)
    if pull is None:
        print("No open pull request has this commit as its newest.")
        return 0
    number = int(pull["number"])
    try:
        found = artifact(client, run)
    except review.Unusable as reason:
        post(client, number, unusable(str(reason), run))
        return 0
    files = list(client.all(f"pulls/{number}/files"))
    count = client.get(f"pulls/{number}")["changed_files"]
    post(client, number, text(found, run, outside(files, count), written(files), overriding(files)))
    print(f"Pull request {number}: {suggest(client, number, run['head_sha'], found.fix, files)} new suggestions.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ApiError as error:
        sys.exit(f"error: {error}")

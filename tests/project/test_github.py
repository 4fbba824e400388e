"""What the workflows write to GitHub: one comment, one issue, one pull request, and nothing a stranger could steer."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hub
import sites
from github import collect, comment, issue, markdown, pull_request, review, suggestion
from github.api import BOT, ApiError

SHA = "c0ffee"
RUN = {
    "id": 5,
    "event": "pull_request",
    "head_sha": SHA,
    "head_branch": "my $(touch x) branch",
    "head_repository": {"owner": {"login": "stranger"}},
    "html_url": "https://github.example/run/5",
}
PULL = {"number": 12, "head": {"sha": SHA}, "base": {"repo": {"full_name": hub.REPOSITORY}}}
FILLER = {"user": {"login": "someone"}, "body": "hello", "id": 1, "path": "x", "name": "other", "expired": False}
PATCH = """\
--- facts/records/2020/bridge.yaml
+++ facts/records/2020/bridge.yaml
@@ -1,3 +1,3 @@
 claim: The bridge opened.
-kind:   event
+kind: event
 topics: [roads]
"""
SHOWN = "@@ -0,0 +1,3 @@\n+claim: The bridge opened.\n+kind:   event\n+topics: [roads]"


def packed(files: dict[str, str | bytes]) -> bytes:
    """Return a zip archive that holds these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


PAGES = {"count": 1, "pages": [{"path": "facts/bridge.html", "state": "changed", "text": "The bridge"}]}
GOOD = {"check.txt": "No problems.", "diff.md": "- fact added: *bridge*", "fix.patch": PATCH}
GOOD["pages.json"] = json.dumps(PAGES)


def answers(data: bytes | None = None, comments: list | None = None, remarks: list | None = None) -> dict[str, object]:
    """A pull request, its run's artifact, and what was said on it before; each list longer than a page."""
    found = [{**FILLER, "id": n} for n in range(4)]
    if data is not None:
        found.append({"name": "review", "expired": False, "size_in_bytes": len(data), "id": 77})
    return {
        "pulls": [{**PULL, "number": n, "head": {"sha": "older"}} for n in range(4)] + [PULL],
        "actions/runs/5/artifacts": {"artifacts": found},
        "actions/artifacts/77/zip": data,
        "issues/12/comments": [FILLER] * 4 + (comments or []),
        "pulls/12/comments": [FILLER] * 4 + (remarks or []),
        "pulls/12": {"number": 12, "changed_files": 5},
        "pulls/12/files": [{"filename": f"docs/{n}.md"} for n in range(4)]
        + [{"filename": "facts/records/2020/bridge.yaml", "patch": SHOWN}],
    }


@pytest.fixture
def event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run ``github.comment`` as the workflow does."""

    def run(server: hub.Hub, **changed: object) -> int:
        (tmp_path / "event.json").write_text(json.dumps({"workflow_run": {**RUN, **changed}}), "utf-8")
        for name, value in {
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_API_URL": server.url,
            "GITHUB_REPOSITORY": hub.REPOSITORY,
            "GITHUB_TOKEN": "secret",
        }.items():
            monkeypatch.setenv(name, value)
        return comment.main()

    return run


def test_the_comment_and_the_suggestion_are_written_once_all_lists_read_to_their_end(event) -> None:
    """A run on a pull request leaves one comment and one review, though each list has several pages."""
    with hub.serve(answers(packed(GOOD))) as server:
        assert event(server) == 0
    [body] = server.bodies("POST", "issues/12/comments")
    said = body["body"]
    assert "Read those first" not in said
    assert said.startswith(comment.MARK) and "> - fact added: *bridge*" in said
    assert "`facts/bridge.html`" in said and SHA in said
    [sent] = server.bodies("POST", "pulls/12/reviews")
    assert sent["commit_id"] == SHA and sent["event"] == "COMMENT"
    [offered] = sent["comments"]
    assert (offered["path"], offered["line"], offered["side"]) == ("facts/records/2020/bridge.yaml", 2, "RIGHT")
    assert "```suggestion\nkind: event\n```" in offered["body"]
    assert server.asked[0] == "pulls?state=open&head=stranger%3Amy%20%24%28touch%20x%29%20branch&per_page=100"


def test_a_change_of_written_pages_is_said_to_be_one() -> None:
    """The comment says in a sentence that a change touches more than facts/."""
    files = [
        {"filename": "facts/sources/x.yaml"},
        {"filename": "docs/x.md"},
        {"filename": "y", "previous_filename": "docs/y.md"},
    ]
    assert comment.written(files) == 2
    assert "It touches more than facts/: 2 written pages in docs/" in comment.text(review.Review(), RUN, 0, 2)
    assert "more than facts/" not in comment.text(review.Review(), RUN)


def test_a_change_of_overrides_is_said_to_be_one() -> None:
    """The comment says that files take the place of the engine's own, also where one of them is taken away or moved."""
    files = [
        {"filename": "overrides/templates/fact.html"},
        {"filename": "docs/x.md", "previous_filename": "overrides/theme/main.html"},
        {"filename": "docs/overrides/x.md"},
    ]
    assert comment.overriding(files) == 2
    assert "It touches overrides/: 2 files in the place of" in comment.text(review.Review(), RUN, 2, 0, 2)
    assert "It touches overrides/: 1 file in the place of" in comment.text(review.Review(), RUN, 1, 0, 1)
    assert "overrides/" not in comment.text(review.Review(), RUN, 2, 1)


@pytest.mark.parametrize(
    ("file", "count", "warned"),
    [
        ({"filename": "facts/records/2020/x.yaml"}, 1, 0),
        ({"filename": "scripts/x.py"}, 1, 1),
        ({"filename": "facts/schema/fact.schema.json"}, 1, 1),
        ({"filename": "docs/x.md", "previous_filename": "scripts/x.py"}, 1, 1),
        ({"filename": "docs/x.md"}, 3, 2),
    ],
)
def test_a_change_of_more_than_records_and_pages_is_said_to_have_made_what_is_said_of_it(
    file: dict, count: int, warned: int
) -> None:
    """The comment warns where the change alters the program that describes it, or has more files than are listed."""
    assert comment.outside([file], count) == warned
    assert ("Read those first" in comment.text(review.Review(), RUN, warned)) == bool(warned)


def test_a_second_run_renews_the_comment_and_repeats_no_suggestion(event) -> None:
    """A comment of ours is edited and a suggestion that stands is not sent again, whatever the line ends."""
    with hub.serve(answers(packed(GOOD))) as server:
        event(server)
    [sent] = server.bodies("POST", "pulls/12/reviews")
    mine = {"user": {"login": BOT}, "id": 8, "body": f"{comment.MARK}\nold"}
    remark = {**sent["comments"][0], "user": {"login": BOT}}
    remark["body"] = remark["body"].replace("\n", "\r\n")
    with hub.serve(answers(packed(GOOD), [mine], [remark])) as server:
        event(server)
    assert [(method, path) for method, path, _ in server.sent] == [("PATCH", "issues/comments/8")]


def test_the_mark_in_a_strangers_comment_is_not_taken_for_ours(event) -> None:
    """A comment is only edited where the workflow itself wrote it."""
    theirs = {"user": {"login": "stranger"}, "id": 8, "body": comment.MARK}
    with hub.serve(answers(packed(GOOD), [theirs])) as server:
        event(server)
    assert ("PATCH", "issues/comments/8") not in [(m, p) for m, p, _ in server.sent]
    assert len(server.bodies("POST", "issues/12/comments")) == 1


@pytest.mark.parametrize(
    "changed",
    [{"head_sha": "other"}, {"event": "push"}, {"head_repository": None}, {"head_branch": None}],
    ids=lambda changed: next(iter(changed)),
)
def test_nothing_is_written_where_no_open_pull_request_has_the_runs_commit(event, changed: dict) -> None:
    """A run of another commit, event, repository or branch leaves nothing."""
    with hub.serve(answers(packed(GOOD))) as server:
        assert event(server, **changed) == 0
    assert server.sent == []


def test_a_pull_request_to_another_repository_is_not_ours(event) -> None:
    """A pull request with the same commit but another base gets no comment."""
    told = answers(packed(GOOD))
    told["pulls"] = [{**PULL, "base": {"repo": {"full_name": "else/where"}}}]
    with hub.serve(told) as server:
        event(server)
    assert server.sent == []


def test_the_token_does_not_follow_the_redirect_to_the_file(event) -> None:
    """The token goes to the API and not to the address it redirects to."""
    with hub.serve(answers(packed(GOOD))) as server:
        event(server)
    assert server.tokens["actions/artifacts/77/zip"] == "Bearer secret"
    assert server.tokens["storage/actions/artifacts/77/zip"] is None


BOMB = packed({"diff.md": b"0" * 50_000_000})
HOSTILE = {
    "not a zip": b"PK nonsense",
    "cut short": packed(GOOD)[:-30],
    "another file": packed({**GOOD, "evil.sh": "x"}),
    "a path out": packed({"../../diff.md": "x"}),
    "a zip bomb": BOMB,
    "many files": packed({f"{n}": "" for n in range(50)}),
    "a page outside": packed({"pages.json": '{"pages": [{"path": "../x.html", "state": "new", "text": ""}]}'}),
    "a page's markup": packed({"pages.json": '{"pages": [{"path": "<b>.html", "state": "new", "text": ""}]}'}),
    "deep JSON": packed({"pages.json": "[" * 100_000}),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_artifact_ends_in_a_comment_that_says_so(event, data: bytes) -> None:
    """An artifact that is damaged, too large or holds another file gives a comment without any of it."""
    with hub.serve(answers(data)) as server:
        assert event(server) == 0
    [body] = server.bodies("POST", "issues/12/comments")
    assert "could not be told" in body["body"] and server.bodies("POST", "pulls/12/reviews") == []


def test_a_missing_artifact_and_one_that_is_too_large_are_said(event) -> None:
    """The comment says that the first job left nothing, or too much."""
    with hub.serve(answers()) as server:
        event(server)
    assert "did not get that far" in server.bodies("POST", "issues/12/comments")[0]["body"]
    told = answers(packed(GOOD))
    told["actions/runs/5/artifacts"]["artifacts"][-1]["size_in_bytes"] = 10**9
    with hub.serve(told) as server:
        event(server)
    assert "it is too large" in server.bodies("POST", "issues/12/comments")[0]["body"]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_review_or_unusable(data: bytes) -> None:
    """Bytes that are no artifact raise the one exception that the caller expects."""
    with pytest.raises(review.Unusable):
        review.read(data)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_stays_inside_its_quotation(diff: str, page: str) -> None:
    """Whatever a change says of itself stays in quoted lines of the comment."""
    pages = (review.Page(path="a.html", state="new", text=page),)
    said = comment.text(review.Review(diff=diff, pages=pages, count=1, built=True), RUN)
    quoted = said.split("### What this change means\n\n")[1].split("\n\n<details>")[0]
    assert all(line.startswith(">") for line in quoted.split("\n"))


def test_a_strangers_markdown_is_shown_and_does_nothing() -> None:
    """No image, link, mention, reference or markup of a stranger takes effect in a comment."""
    hostile = (
        "<img src=x onerror=alert(1)> ![a](https://evil.example/x.png) [click](http://evil.example)\n"
        "@maintainer #12 GH-3\n"
        "[ref]: https://evil.example\n```\n<!-- factbook: review --> www.evil.example **bold**\u202e"
    )
    said = markdown.inert(hostile)
    for bad in ("<i", "<!", "](", "@maintainer", "#12", "GH-3", "]:", "://", "www.evil", "\u202e"):
        assert bad not in said
    assert "**bold**" in said and all(line.startswith(">") for line in said.split("\n"))


def test_a_text_cannot_end_its_fence() -> None:
    """A fence is longer than any in the text, and a piece of code ends where it is meant to."""
    assert markdown.fenced("a\n````\n@x", "text") == "`````text\na\n````\n@x\n`````"
    assert markdown.code("a`b\nc") == "`a'b c`"


def test_a_comment_is_never_longer_than_github_takes() -> None:
    """Of a huge review as much is shown as fits into one comment."""
    pages = tuple(review.Page(path=f"{n}.html", state="new", text="`" * 4000 + "x\n" * 4000) for n in range(100))
    found = review.Review(check="@" * 99_999, diff="](@#1" * 20_000, pages=pages, count=100, built=True)
    assert len(comment.text(found, RUN)) <= comment.MOST_BODY


def test_suggestions_are_only_for_lines_that_the_pull_request_shows_as_they_are() -> None:
    """A hunk that differs from the shown lines, is no record or is too long is left out."""
    shown = {"facts/records/2020/bridge.yaml": suggestion.right_side(SHOWN)}
    assert [hunk.after for hunk in suggestion.fitting(PATCH, shown)] == [("kind: event",)]
    for other in (
        PATCH.replace("-kind:   event", "-kind:  event"),
        PATCH.replace("facts/records/2020/bridge", "scripts/evil"),
        PATCH.replace("@@ -1,3", "@@ -9,3"),
        PATCH.replace("+kind: event\n", "+x\n" * 41).replace("+1,3", "+1,43"),
    ):
        assert suggestion.fitting(other, shown) == []


def test_an_added_line_takes_the_one_above_along_and_a_removed_one_leaves_nothing() -> None:
    """A suggestion always replaces lines, since GitHub cannot insert or remove any."""
    patch = "+++ b/facts/records/2020/bridge.yaml\n@@ -1,3 +1,3 @@\n claim\n+new\n kind\n-topics\n"
    shown = {"facts/records/2020/bridge.yaml": {1: "claim", 2: "kind", 3: "topics"}}
    found = suggestion.fitting(patch, shown)
    assert [(h.start, h.before, h.after) for h in found] == [(1, ("claim",), ("claim", "new")), (3, ("topics",), ())]


@given(st.text(alphabet="@-+ \n0123456789,abc\\/", max_size=200))
def test_any_patch_is_read_without_an_error(patch: str) -> None:
    """Text that is no patch gives no hunks and no exception."""
    list(suggestion.hunks(patch))
    suggestion.right_side(patch)


ISSUE = {"number": 7, "user": {"login": "reader", "id": 42}, "title": "x"}
REPO = {
    "": {"default_branch": "main", "id": 1},
    "git/ref/heads/main": {"object": {"sha": "parent"}, "ref": "x"},
    "git/commits/parent": {"tree": {"sha": "tree"}, "sha": "parent"},
    "pulls": [],
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with the record that a form has made."""
    path = tmp_path / "made" / "facts" / "records" / "2020" / "bridge.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("claim: “$(touch x)”\n", "utf-8")
    return tmp_path / "made"


DAY = "2026-11-21"
BRANCH = f"form/{DAY}"
PATH = "facts/records/2020/bridge.yaml"


def of_day(*commits: tuple[str, str, list[str]]) -> dict[str, object]:
    """What the hub tells of a day's pull request, 31, with commits: sum, message, and the files of each."""
    head = {"object": {"sha": commits[-1][0]}, "ref": "x"}
    return {
        **REPO,
        "pulls": [{"number": 31, "head": {"ref": BRANCH}, "body": "- Made from the form in #5. Closes #5."}],
        f"git/ref/heads/{BRANCH}": head,
        f"git/commits/{commits[-1][0]}": {"tree": {"sha": "tree of the day"}, "sha": commits[-1][0]},
        f"compare/main...{BRANCH}": {"commits": [{"sha": s, "commit": {"message": m}} for s, m, _ in commits], "x": 1},
        **{f"commits/{s}": {"files": [{"filename": f} for f in files], "sha": s} for s, _, files in commits},
    }


def test_the_first_form_of_a_day_opens_its_pull_request(made: Path) -> None:
    """The record is committed word for word, credited to the author of the issue, and closes it."""
    with hub.serve(dict(REPO)) as server:
        assert pull_request.request(server.client, ISSUE, pull_request.files(made), DAY) == 99
    [tree] = server.bodies("POST", "git/trees")
    assert tree["tree"] == [{"path": PATH, "mode": "100644", "type": "blob", "content": "claim: “$(touch x)”\n"}]
    [commit] = server.bodies("POST", "git/commits")
    assert commit["parents"] == ["parent"] and "Co-authored-by: reader <42+reader@" in commit["message"]
    assert server.bodies("POST", "git/refs")[0]["ref"] == f"refs/heads/{BRANCH}"
    assert "Closes #7" in server.bodies("POST", "pulls")[0]["body"]


def test_a_further_form_of_the_day_is_one_more_commit(made: Path) -> None:
    """It stands on what was accepted before, and the one pull request closes both issues."""
    other = ("other", "Record what issue #5 reports\n", ["facts/records/2020/tunnel.yaml"])
    with hub.serve(of_day(other)) as server:
        assert pull_request.request(server.client, ISSUE, pull_request.files(made), DAY) == 31
    assert server.bodies("POST", "git/trees")[0]["base_tree"] == "tree of the day"
    assert server.bodies("POST", "git/commits")[0]["parents"] == ["other"]
    assert server.bodies("PATCH", f"git/refs/heads/{BRANCH}")[0]["force"] is False
    [body] = server.bodies("PATCH", "pulls/31")
    assert "Closes #5." in body["body"] and "Closes #7." in body["body"]
    assert not server.bodies("POST", "pulls")


def test_a_form_accepted_again_takes_the_place_of_what_it_was(made: Path) -> None:
    """What its first text had added and the new one does not is taken out, what it had changed is as it was."""
    kept, old = "facts/records/1999/tower.yaml", "facts/sources/old.yaml"
    own = ("own", "Record what issue #7 reports\n", [PATH, old, kept])
    with hub.serve({**of_day(own), f"contents/{kept}": {"sha": "of main", "size": 1}}) as server:
        assert pull_request.request(server.client, ISSUE, pull_request.files(made), DAY) == 31
    [tree] = server.bodies("POST", "git/trees")
    assert [(entry["path"], entry.get("sha", "new")) for entry in tree["tree"]] == [
        (PATH, "new"), (kept, "of main"), (old, None)
    ]  # fmt: skip


@pytest.mark.parametrize("message", ["Record what issue #5 reports\n", "Weigh the bridge\n"])
def test_a_record_that_was_changed_on_the_days_branch_is_not_overwritten(made: Path, message: str) -> None:
    """Where another issue or a maintainer has changed the same file, this issue gets a pull request of its own."""
    with hub.serve(of_day(("other", message, [PATH]))) as server:
        assert pull_request.request(server.client, ISSUE, pull_request.files(made), DAY) == 99
    assert server.bodies("POST", "git/refs")[0]["ref"] == "refs/heads/form/issue-7"
    assert server.bodies("POST", "git/commits")[0]["parents"] == ["parent"]
    assert not server.bodies("PATCH", f"git/refs/heads/{BRANCH}")


def test_a_branch_that_always_grows_meanwhile_ends_in_one_of_its_own(made: Path) -> None:
    """Nothing that others put there is pushed away, and after some tries the issue gets a branch of its own."""
    other = ("other", "Record what issue #5 reports\n", ["facts/records/2020/tunnel.yaml"])
    with hub.serve(of_day(other)) as server:
        server.errors["PATCH", f"git/refs/heads/{BRANCH}"] = 422
        assert pull_request.request(server.client, ISSUE, pull_request.files(made), DAY) == 99
    assert len(server.bodies("PATCH", f"git/refs/heads/{BRANCH}")) == pull_request.MOST_TRIES
    assert server.bodies("POST", "git/refs")[0]["ref"] == "refs/heads/form/issue-7"


def test_a_login_that_is_none_gets_no_line_in_the_commit() -> None:
    """A login that could begin a line of its own is left out of the commit message."""
    assert pull_request._credit({"user": {"login": "x\nSigned-off-by: y", "id": 1}}) == ""
    assert pull_request._credit({}) == ""


@pytest.mark.parametrize("name", ["scripts/x.yaml", "facts/records/2020/$(touch x).yaml", "facts/vocabulary.yaml"])
def test_a_file_that_is_no_record_is_never_sent(made: Path, name: str) -> None:
    """A path outside the folders of records, or one that is no plain name, is refused."""
    path = made / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", "utf-8")
    with pytest.raises(ApiError):
        pull_request.files(made)


def test_a_form_that_makes_no_record_is_answered_once_and_loses_its_label(tmp_path: Path) -> None:
    """The problems stand in one comment, which is renewed, and the label is taken away."""
    mine = {"user": {"login": BOT}, "id": 8, "body": f"{pull_request.MARK}\nold"}
    for before, expected in (([], ("POST", "issues/7/comments")), ([mine], ("PATCH", "issues/comments/8"))):
        with hub.serve({"issues/7/comments": [FILLER] * 4 + before}) as server:
            pull_request.refuse(server.client, ISSUE, "- “The claim” must be answered. @all <b>")
        assert [(m, p) for m, p, _ in server.sent] == [expected, ("DELETE", "issues/7/labels/accepted")]
        assert "> - “The claim” must be answered. @\u200ball <\u200bb>" in server.sent[0][2]["body"]


def test_the_report_is_one_issue_that_is_opened_renewed_and_closed() -> None:
    """There is one issue of ours at most: opened by the first finding, edited by others, closed when there is none."""
    others = [{"user": {"login": "someone"}, "body": issue.MARK, "number": n} for n in range(4)]
    mine = {"user": {"login": BOT}, "body": f"{issue.MARK}\nold", "number": 9}
    for before, text, expected in (
        (others, "Links: 1\n\n- x\n", ("POST", "issues")),
        ([*others, mine], "Links: 1\n\n- x\n", ("PATCH", "issues/9")),
        ([*others, mine], "", ("PATCH", "issues/9")),
        (others, "", None),
    ):
        with hub.serve({"issues": before}) as server:
            issue.report(server.client, text)
        assert [(m, p) for m, p, _ in server.sent] == ([expected] if expected else [])
        if expected and not text:
            assert server.sent[0][2]["state"] == "closed"
        elif expected:
            assert server.sent[0][2]["title"] == "Links: 1"


def test_a_list_whose_next_page_lies_elsewhere_is_refused() -> None:
    """The token is sent to no address outside the API, though a list names it as its next page."""
    with hub.serve({"issues": [FILLER] * 4}) as server:
        client = server.client
        server.url = "http://127.0.0.1:9"
        with pytest.raises(ApiError, match="outside the API"):
            list(client.all("issues"))


@pytest.mark.build
@pytest.mark.slow
def test_what_the_job_leaves_is_what_the_other_takes_up(tmp_path: Path) -> None:
    """The files that the job without rights writes about a real change are read by the job with rights."""
    root = sites.small(tmp_path / "archive")
    for command in (["init", "-q"], ["add", "facts", "docs", "scripts", "mkdocs.yml"], ["commit", "-qm", "base"]):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *command], cwd=root, check=True, timeout=60
        )
    path = root / "facts/records/1901/gull-rock-lamp-lit-1901.yaml"
    path.write_text(path.read_text("utf-8").replace("for the first time", "at last"), "utf-8")
    collect.collect(root, "HEAD", tmp_path / "out")
    files = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    assert files.keys() == review.FILES.keys()
    found = review.read(packed(files))
    assert found.built and "facts/gull-rock-lamp-lit-1901.html" in [page.path for page in found.pages]
    assert "was lit at last on 3 May 1901" in found.pages[0].text
    assert subprocess.run(["git", "worktree", "list"], cwd=root, capture_output=True, text=True, timeout=60,
                          check=True).stdout.count("\n") == 1  # fmt: skip


def test_no_file_of_the_artifact_is_larger_than_it_may_be(tmp_path: Path) -> None:
    """Texts that are too long are cut, so that the other job takes them up."""
    rows = [{"path": f"facts/{n}.html", "state": "new", "text": "ä" * 4000} for n in range(500)]
    for name in review.FILES:
        text = json.dumps({"count": 500, "pages": rows}) if name == "pages.json" else "ä\n" * 300_000
        collect.keep(tmp_path, name, text)
        assert (tmp_path / name).stat().st_size <= review.FILES[name]
    assert json.loads((tmp_path / "pages.json").read_text("utf-8"))["count"] == 500

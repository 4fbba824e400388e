"""The workflows: nothing in them can be steered from outside, and the linters find nothing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

import archives

GITHUB = archives.ROOT / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.yml"))
WORKFLOWS = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
WRITERS = {
    ("form", "request"): {"contents", "issues", "pull-requests"},
    ("links", "links"): {"issues"},
    ("publish", "deploy"): {"id-token", "pages"},
    ("review-comment", "comment"): {"pull-requests"},
}
"""Every right to write that any job has."""


def read(path: Path) -> dict:
    """A workflow. YAML 1.1 takes the key ``on`` for a truth value; texts are kept here."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@WORKFLOWS
def test_no_workflow_has_a_right_that_no_job_asks_for(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert isinstance(job["permissions"], dict)
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        assert writes == WRITERS.get((path.stem, name), set())
        assert set(job["permissions"].values()) <= {"read", "write"}
        assert int(job["timeout-minutes"]) <= 60


@WORKFLOWS
def test_every_action_is_pinned_by_its_hash_with_the_version_beside_it(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@WORKFLOWS
def test_no_expression_reaches_a_shell(path: Path) -> None:
    for step in steps(read(path)):
        assert "${{" not in step.get("run", "")
        assert "script" not in step.get("with", {})


@WORKFLOWS
def test_no_checkout_leaves_a_token_behind_or_names_a_strangers_commit(path: Path) -> None:
    for step in steps(read(path)):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false" and "ref" not in step["with"]


@WORKFLOWS
def test_no_workflow_runs_a_change_with_rights(path: Path) -> None:
    workflow = read(path)
    events = workflow["on"] if isinstance(workflow["on"], dict) else {}
    assert "pull_request_target" not in path.read_text("utf-8")
    if "pull_request" in events:
        rights = {level for job in workflow["jobs"].values() for level in job["permissions"].values()}
        assert rights == {"read"} and "secrets" not in path.read_text("utf-8")
        assert "github.token" not in path.read_text("utf-8").lower()


def test_the_privileged_half_takes_up_what_the_other_half_is_called() -> None:
    of = {path.stem: read(path) for path in FILES}
    assert of["review-comment"]["on"]["workflow_run"]["workflows"] == [of["pull-request"]["name"]]
    [step] = [step for step in steps(of["review-comment"]) if "run" in step]
    assert step["run"] == "python3 -m github.comment"


def test_what_the_privileged_jobs_run_needs_no_package() -> None:
    for path in (archives.ROOT / "scripts" / "github").glob("*.py"):
        names = set(re.findall(r"^(?:from|import) ([a-z_]+)", path.read_text("utf-8"), re.M))
        assert names <= {*sys.stdlib_module_names, "github"}, path

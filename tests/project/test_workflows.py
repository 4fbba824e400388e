"""The workflows: nothing in them can be steered from outside, and the linters find nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import archives
import revisions

GITHUB = archives.ROOT / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.yml"))
WORKFLOWS = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
WRITERS = {
    ("form", "request"): {"contents", "issues", "pull-requests"},
    ("links", "links"): {"issues"},
    ("publish", "attest"): {"id-token", "attestations"},
    ("publish", "deploy"): {"id-token", "pages"},
    ("review-comment", "comment"): {"pull-requests"},
}
"""Every right to write that any job has."""


def read(path: Path) -> dict:
    """A workflow. YAML 1.1 takes the key ``on`` for a truth value; texts are kept here."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def steps(workflow: dict) -> list[dict]:
    """Every step of a workflow; a job that is another workflow of this repository has none."""
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


@WORKFLOWS
def test_no_workflow_has_a_right_that_no_job_asks_for(path: Path) -> None:
    """Rights are given job by job, none to write but those of WRITERS, and every job ends within the hour."""
    workflow = read(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert isinstance(job["permissions"], dict)
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        assert writes == WRITERS.get((path.stem, name), set())
        assert set(job["permissions"].values()) <= {"read", "write"}
        assert "uses" in job or int(job["timeout-minutes"]) <= 60


@WORKFLOWS
def test_every_action_is_pinned_by_its_hash_with_the_version_beside_it(path: Path) -> None:
    """Nothing but GitHub's own actions is used, and workflows of this repository."""
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line and not re.search(r"uses: \$/\.github/workflows/[a-z-]+\.yml$", line):
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@WORKFLOWS
def test_no_expression_reaches_a_shell(path: Path) -> None:
    """What GitHub fills in comes as a variable of the environment, which no shell takes for code."""
    for step in steps(read(path)):
        assert "${{" not in step.get("run", "")
        assert "script" not in step.get("with", {})


@WORKFLOWS
def test_no_checkout_leaves_a_token_behind_or_names_a_strangers_commit(path: Path) -> None:
    """A checkout keeps no token, and checks out what the event is about."""
    for step in steps(read(path)):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false" and "ref" not in step["with"]


@WORKFLOWS
def test_no_workflow_runs_a_change_with_rights(path: Path) -> None:
    """What a pull request starts may read and has no secret."""
    workflow = read(path)
    events = workflow["on"] if isinstance(workflow["on"], dict) else {}
    assert "pull_request_target" not in path.read_text("utf-8")
    if "pull_request" in events:
        rights = {level for job in workflow["jobs"].values() for level in job["permissions"].values()}
        assert rights <= {"read"} and "secrets" not in path.read_text("utf-8")
        assert "github.token" not in path.read_text("utf-8").lower()


def test_the_privileged_half_takes_up_what_the_other_half_is_called() -> None:
    """The job that comments follows the workflow that looks, by its name, and runs one module."""
    of = {path.stem: read(path) for path in FILES}
    assert of["review-comment"]["on"]["workflow_run"]["workflows"] == [of["pull-request"]["name"]]
    [step] = [step for step in steps(of["review-comment"]) if "run" in step]
    assert step["run"] == "python3 -m github.comment"


def test_what_the_privileged_jobs_run_needs_no_package() -> None:
    """The scripts of these jobs import the standard library and each other."""
    for path in (archives.ROOT / "scripts" / "github").glob("*.py"):
        names = set(re.findall(r"^(?:from|import) ([a-z_]+)", path.read_text("utf-8"), re.M))
        assert names <= {*sys.stdlib_module_names, "github"}, path


def test_the_one_job_that_is_asked_for_answers_for_all_others() -> None:
    """Branch protection asks for the job ``run``: it runs whatever happened, and hears of every other job."""
    jobs = read(GITHUB / "workflows" / "ci.yml")["jobs"]
    assert jobs["run"]["name"] == "run"
    assert set(jobs["run"]["needs"]) == jobs.keys() - {"run"}
    assert "always()" in jobs["run"]["if"]
    [step] = jobs["run"]["steps"]
    assert set(step["env"].values()) == {f"${{{{ needs.{name}.result }}}}" for name in jobs.keys() - {"run"}}


@pytest.mark.parametrize(
    ("look", "facts", "suite", "coverage", "passed"),
    [
        ("success", "success", "skipped", "skipped", True),
        ("success", "skipped", "success", "success", True),
        ("failure", "skipped", "skipped", "skipped", False),
        ("success", "skipped", "skipped", "skipped", False),
        ("success", "failure", "skipped", "skipped", False),
        ("success", "skipped", "failure", "success", False),
        ("success", "skipped", "success", "failure", False),
        ("success", "skipped", "cancelled", "success", False),
    ],
)
def test_what_did_not_run_has_not_passed(look: str, facts: str, suite: str, coverage: str, passed: bool) -> None:
    """The job ``run`` is green where all passed that had to run, and red where something failed or nothing ran."""
    [step] = read(GITHUB / "workflows" / "ci.yml")["jobs"]["run"]["steps"]
    results = {"LOOK": look, "FACTS": facts, "SUITE": suite, "COVERAGE": coverage, "PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-e", "-c", step["run"]], env=results, capture_output=True, check=False)
    assert (done.returncode == 0) is passed


@pytest.mark.parametrize(
    ("event", "paths", "facts"),
    [
        ("pull_request", ["facts/records/1901/lamp.yaml", "facts/sources/post.yaml"], "yes"),
        ("pull_request", ["facts/records/1901/lamp.yaml", "README.md"], "no"),
        ("pull_request", ["scripts/facts/lamp.py"], "no"),
        ("pull_request", ["factsheet.md"], "no"),
        ("push", ["facts/records/1901/lamp.yaml"], "no"),
    ],
)
def test_only_a_change_of_facts_alone_is_spared_the_tests(
    tmp_path: Path, event: str, paths: list[str], facts: str
) -> None:
    """A pull request all of whose files lie in facts/ is told apart by what git says of it, and by nothing else."""
    root, out = tmp_path / "a", tmp_path / "out"
    root.mkdir()
    revisions.git(root, "init", "--quiet", "--initial-branch=main")
    for step in (["README.txt"], paths):
        for path in step:
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{step}", "utf-8")
        revisions.git(root, "add", "--all")
        revisions.git(root, "commit", "--quiet", "--message", "x")
    [step] = [step for step in read(GITHUB / "workflows" / "ci.yml")["jobs"]["look"]["steps"] if "run" in step]
    variables = {"EVENT": event, "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(out), "PATH": os.environ["PATH"]}
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=root, env=variables, check=True)
    assert out.read_text("utf-8") == f"facts={facts}\n"


def test_nothing_is_published_that_did_not_pass() -> None:
    """The site is built after the tests of the same commit, and deployed after both; no other job deploys."""
    jobs = read(GITHUB / "workflows" / "publish.yml")["jobs"]
    assert jobs["ci"]["uses"] == "$/.github/workflows/ci.yml"
    assert jobs["build"]["needs"] == "ci"
    assert set(jobs["deploy"]["needs"]) == {"ci", "build"}
    deploying = {path.stem for path in FILES if "actions/deploy-pages@" in path.read_text("utf-8")}
    assert deploying == {"publish"}


def test_every_lock_file_is_kept_new_and_asked_for_weaknesses() -> None:
    """Dependabot knows actions and locks, and the weekly audit goes through each lock file."""
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {(one["package-ecosystem"], one["directory"]) for one in updates} == {
        ("github-actions", "/"),
        ("pip", "/requirements"),
    }
    locks = read(GITHUB / "workflows" / "audit.yml")["jobs"]["audit"]["strategy"]["matrix"]["lock"]
    assert sorted(locks) == sorted(path.stem for path in (archives.ROOT / "requirements").glob("*.txt"))

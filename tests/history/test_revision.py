"""An older state is read whole or not at all, and nothing in it can leave its folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check import run
from factbook.history import base as revision
from factbook.read.git import Unreadable
from revisions import change, checked, commit, git, output_of, repository

RANGE = "undated/gull-rock-lamp-range.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive in a repository. Tests only read it."""
    return repository(tmp_path_factory.mktemp("repository"))


def test_a_revision_is_read_as_it_was(tmp_path: Path) -> None:
    """What a revision holds is the same as what the folder held then, whatever the folder holds now."""
    root = repository(tmp_path / "archive")
    then, _ = run.read(root)
    shutil.rmtree(root / "facts" / "records")
    base = revision.read(root, "HEAD")
    assert base.archive == then
    assert base.problems == []


def test_an_archive_may_lie_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    """The older state of an archive is looked for where the archive is, not at the top of the repository."""
    root = archive(tmp_path / "top" / "below (of all)" / "archive")
    git(tmp_path / "top", "init", "--quiet")
    commit(tmp_path / "top")
    assert len(revision.read(root, "HEAD").archive.statements) == 6


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("nowhere", "nowhere"),
        ("", "(an empty name)"),
        ("-x", "-x"),
        ("--all", "--all"),
        ("HEAD..HEAD", "HEAD..HEAD"),
        ("HEAD:facts", "HEAD:facts"),
        ("HEAD\n", "HEAD\\n"),
        ("$(touch x)", "$(touch x)"),
    ],
)
@pytest.mark.parametrize("command", ["check", "diff"])
def test_an_unknown_revision_stops_everything(
    name: str, shown: str, command: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A revision that is not there ends in one message and exit code 2; the check does not go on without it."""
    arguments = ["check", f"--against={name}"] if command == "check" else ["diff", "--", name]
    what = "checked" if command == "check" else "compared"
    message = f"factbook: nothing was {what}: there is no revision {shown} here\n"
    assert output_of(capsys, root, *arguments) == (2, "", message)
    assert sorted(p.name for p in root.iterdir()) == [".git", "facts"]


def test_a_revision_with_a_nul_is_refused(root: Path) -> None:
    """A name that no command line can carry is refused like any other that names nothing."""
    with pytest.raises(Unreadable, match=r"^there is no revision HEAD.x00 here$"):
        revision.read(root, "HEAD\0")


def test_without_a_repository_nothing_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Outside a repository there is no older state, and the check says so instead of checking less."""
    root = archive(tmp_path / "archive")
    code, out, err = output_of(capsys, root, "check", "--against", "HEAD")
    assert (code, out) == (2, "")
    assert err.startswith("factbook: nothing was checked: git says: fatal: not a git repository")


def test_without_git_nothing_is_checked(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git is missing the check says so instead of checking less."""
    monkeypatch.setenv("PATH", str(tmp_path))
    expected = (2, "", "factbook: nothing was checked: git is not installed, or not on the PATH\n")
    assert output_of(capsys, root, "check", "--against", "HEAD") == expected


def test_a_shallow_clone_without_the_revision_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clone of the newest commit alone does not know the one before, and the message says how to get it."""
    root = repository(tmp_path / "archive")
    old = git(root, "rev-parse", "HEAD").decode().strip()
    write(root, "README.md", "More.\n")
    commit(root)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), str(clone))
    expected = (
        f"factbook: nothing was checked: there is no revision {old} here; "
        "this clone is shallow: fetch that revision, or clone with the whole history\n"
    )
    assert output_of(capsys, clone, "check", "--against", old) == (2, "", expected)


def test_a_missing_object_stops_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A repository that has lost a file of the older state is not an older state with one file less."""
    root = repository(tmp_path / "archive")
    blob = git(root, "rev-parse", f"HEAD:facts/records/{RANGE}").decode().strip()
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    expected = f"factbook: nothing was checked: the repository lacks the object {blob}: fetch the whole history\n"
    assert output_of(capsys, root, "check", "--against", "HEAD") == (2, "", expected)


def test_a_revision_without_the_archive_stops_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision from before the archive is not one with which everything agrees."""
    root = tmp_path / "archive"
    root.mkdir()
    git(root, "init", "--quiet")
    commit(root)
    archive(root)
    expected = (2, "", "factbook: nothing was checked: the revision HEAD has no folder facts/ here\n")
    assert output_of(capsys, root, "check", "--against", "HEAD") == expected


def test_a_revision_with_a_broken_vocabulary_stops_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where not even the words of the older state can be read, none of its records is taken for compared."""
    root = archive(tmp_path / "archive")
    git(root, "init", "--quiet")
    change(root, "vocabulary.yaml", "topics:\n", "themes:\n")
    commit(root)
    change(root, "vocabulary.yaml", "themes:\n", "topics:\n")
    expected = (
        "factbook: nothing was checked: the archive at HEAD is not one this program can read: "
        "facts/vocabulary.yaml:2: the list topics must be given\n"
    )
    assert output_of(capsys, root, "check", "--against", "HEAD") == (2, "", expected)


HOSTILE = (
    b"$(touch x).yaml",
    b"-rf.yaml",
    b"; touch x;.yaml",
    b"a\nb.yaml",
    b"quote\"'`.yaml",
    b"\xff\xfe.yaml",
    b"\xe2\x80\xaetxt.yaml",
    b"::error::x.yaml",
)


def test_hostile_file_names_of_the_older_state_stay_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name with a command, an option, a line break, quotes or bytes that are no text is shown, and never obeyed."""
    root = repository(tmp_path / "archive")
    folder = os.fsencode(root / "facts" / "records" / "1901")
    for name in HOSTILE:
        Path(os.fsdecode(folder + b"/" + name)).write_bytes((root / "facts" / "records" / RANGE).read_bytes())
    commit(root)
    for name in HOSTILE:
        Path(os.fsdecode(folder + b"/" + name)).unlink()
    out = checked(capsys, root)
    names = (
        "$(touch x)", "-rf", "::error::x", "; touch x;", "a\\nb", "quote\"'`", "\\u202etxt", "\\udcff\\udcfe",
    )  # fmt: skip
    block = (
        "facts/records/1901/{}.yaml:1:1: warning: what this file was before could not be read: "
        "the file name cannot be an id [history-not-compared]\n    hint: Compare the two by eye.\n"
    )
    assert out == "".join(block.format(name) for name in names) + "8 warnings in 8 files.\n"
    for report in ("github", "json"):
        code, out, err = output_of(capsys, root, "check", "--date", TODAY, "--against", "HEAD", "--format", report)
        assert (code, err) == (0, "")
        assert [line for line in out.splitlines() if line.startswith("::error")] == []
    assert sorted(p.name for p in root.iterdir()) == [".git", "facts"]
    assert not Path("x").exists()


def test_links_and_submodules_of_the_older_state_are_reported_and_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link or another repository in the older state is not read, and the check says that it was not compared."""
    root = repository(tmp_path / "archive")
    (root / "facts" / "records" / "1901" / "passwd.yaml").symlink_to("/etc/passwd")
    git(root, "add", "--all")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},facts/records/1901/other")
    git(root, "commit", "--quiet", "--message=hostile")
    (root / "facts" / "records" / "1901" / "passwd.yaml").unlink()
    expected = """\
facts/records/1901/other:1:1: warning: what this file was before could not be read: it is another repository \
[history-not-compared]
    hint: Compare the two by eye.
facts/records/1901/passwd.yaml:1:1: warning: what this file was before could not be read: it is a link \
[history-not-compared]
    hint: Compare the two by eye.
2 warnings in 2 files.
"""
    assert checked(capsys, root) == expected


def test_a_folder_of_records_that_is_a_link_stops_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where all records of a kind lie behind a link, there is nothing to compare with, and the check does not go on."""
    root = repository(tmp_path / "archive")
    (root / "facts" / "records").rename(root / "records")
    (root / "facts" / "records").symlink_to("../records")
    commit(root)
    expected = "factbook: nothing was checked: facts/records at HEAD cannot be read: it is a link\n"
    assert output_of(capsys, root, "check", "--against", "HEAD") == (2, "", expected)


def tree(root: Path, *entries: tuple[bytes, bytes, bytes]) -> bytes:
    """Write a tree of (mode, name, hash), whatever git itself thinks of it."""
    data = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(blob.decode()) for mode, name, blob in entries)
    return git(root, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=data).strip()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (b"..", "its name leads out of its folder"),
        (b".", "its name leads out of its folder"),
        (b"x" * 300, "it cannot be written: File name too long"),
    ],
)
def test_no_path_of_the_older_state_leads_out_of_its_folder(name: bytes, why: str, tmp_path: Path) -> None:
    """A forged tree with a folder called .. writes nothing anywhere, and the rest of the state is read."""
    root = repository(tmp_path / "archive")
    record = git(root, "rev-parse", f"HEAD:facts/records/{RANGE}").strip()
    forged = tree(root, (b"100644", b"escaped.yaml", record))
    for _ in range(3):
        forged = tree(root, (b"40000", name, forged))
    rows = git(root, "ls-tree", "HEAD:facts").splitlines()
    known = [(row.split()[0].lstrip(b"0"), row.partition(b"\t")[2], row.split()[2]) for row in rows]
    facts = tree(root, (b"40000", name, forged), *known)
    top = tree(root, (b"40000", b"facts", facts))
    forged_commit = git(root, "commit-tree", "-m", "forged", top.decode()).decode().strip()
    with revision.exported(root, forged_commit) as (folder, refused):
        assert [p.message for p in refused] == [why]
        assert not list(folder.rglob("escaped.yaml"))
        assert {p.name for p in folder.iterdir()} == {"facts"}
        assert not list(Path(tempfile.gettempdir()).glob("escaped.yaml"))
    assert not folder.exists()
    assert len(revision.read(root, forged_commit).archive.statements) == 6


def test_a_file_too_large_or_too_deep_is_refused(tmp_path: Path) -> None:
    """What no archive has is not written out, however much of it there is."""
    root = repository(tmp_path / "archive")
    write(root, "records/1901/large.yaml", b"#" * (revision.MOST_BYTES + 1))
    write(root, f"records/{'d/' * 20}deep.yaml", "x: y\n")
    commit(root)
    with revision.exported(root, "HEAD") as (_, refused):
        assert sorted(p.message for p in refused) == ["it is too large", "it lies too deep"]


def test_attributes_of_the_older_state_leave_no_file_out(tmp_path: Path) -> None:
    """A .gitattributes that hides records from an export, or rewrites them, has no effect on the comparison."""
    root = repository(tmp_path / "archive")
    (root / ".gitattributes").write_text("facts/** export-ignore export-subst eol=crlf working-tree-encoding=UTF-16\n")
    git(root, "add", ".gitattributes")
    git(root, "commit", "--quiet", "--message=hide")
    assert len(revision.read(root, "HEAD").archive.statements) == 6


def test_a_replaced_commit_does_not_stand_for_the_older_state(tmp_path: Path) -> None:
    """A replacement object in the repository cannot put another past in the place of the real one."""
    root = repository(tmp_path / "archive")
    old = git(root, "rev-parse", "HEAD").decode().strip()
    (root / "facts" / "records" / RANGE).unlink()
    commit(root)
    git(root, "replace", old, "HEAD")
    assert len(revision.read(root, old).archive.statements) == 6


def test_a_hook_that_names_another_repository_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repository asked is the one the archive lies in, also where a hook of another one calls the check."""
    other = tmp_path / "other"
    other.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=other, check=True)
    root = repository(tmp_path / "archive")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert checked(capsys, root) == "No problems.\n"

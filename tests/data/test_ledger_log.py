"""The log of all ledger entries: what it holds, what it is refused for, and that it only ever grows."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from archives import TODAY, archive, write
from factbook import checksums
from factbook.check.run import read as read_archive
from factbook.data import json_files, ledger_log, notes
from factbook.data.ledger_log import CHECKPOINT, FOLDER, LogError
from factbook.data.published import Publication
from factbook.model.archive import Archive
from factbook.model.merkle import Tree, leaf_hash
from factbook.site import verify

PUBLICATION = Publication(name="Lights", base="https://lights.example/archive/")
FACT = "records/1901/gull-rock-lamp-lit-1901.yaml"
OTHER = "records/undated/gull-rock-lamp-range.yaml"
ENTRY = "  - date: {day}\n    status: confirmed\n    reason: {reason}\n"


def loaded(root: Path) -> Archive:
    """The records of an archive."""
    return read_archive(root, TODAY)[0]


def publish(root: Path, site: Path) -> Path:
    """Write a copy with the log of the archive at ``root``, the documents it is held to, and its checksums."""
    found = loaded(root)
    files = [*ledger_log.files(found, PUBLICATION), *json_files.files(found, PUBLICATION)]
    for path, data in files:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else b"".join(data))
    checksums.write(site)
    return site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive."""
    return archive(tmp_path / "archive")


@pytest.fixture
def site(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy with its log, unsigned, as a first release makes it."""
    monkeypatch.delenv("FACTBOOK_LOG", raising=False)
    monkeypatch.delenv("FACTBOOK_KEY", raising=False)
    return publish(root, tmp_path / "site")


def key_file(folder: Path, name: str = "key.pem") -> Path:
    """Write a new private key."""
    path = folder / name
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem)
    return path


def problems(site: Path, since: bytes | None = None, key: str = "") -> list[str]:
    """What is wrong with a copy, after its checksums were made to fit: whoever tampers makes them anew."""
    checksums.write(site)
    return verify.verified(site, since, key)[0]


def checkpoint(site: Path) -> bytes:
    """The checkpoint of a copy."""
    return (site / CHECKPOINT).read_bytes()


def test_a_log_has_a_leaf_for_each_entry_in_order(root: Path, site: Path) -> None:
    """By day, fact and number; the checkpoint names the log, its size and its root; a whole copy has no problem."""
    found = loaded(root)
    ledgers = [*found.statements.values(), *found.redirects.values()]
    expected = sorted((e.date, s.id, n) for s in ledgers for n, e in enumerate(s.history, 1))
    leaves = [json.loads(leaf) for leaf in ledger_log.previous(site / FOLDER)]
    assert [(leaf["entry"]["date"], leaf["fact"], leaf["number"]) for leaf in leaves] == expected
    name, size, tree, *rest = checkpoint(site).decode().split("\n")
    assert (name, size, rest) == ("lights.example/archive", str(len(expected)), ["", ""])
    assert base64.b64decode(tree) == Tree(map(leaf_hash, ledger_log.previous(site / FOLDER))).root()
    assert verify.verified(site)[0] == []
    assert verify.verified(site)[2][-1] == "Its checkpoint is not signed."


def test_the_same_archive_makes_the_same_log(root: Path, site: Path, tmp_path: Path) -> None:
    """Nothing in it hangs on a clock or on chance."""
    again = publish(root, tmp_path / "again")
    assert (again / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()


def later(root: Path, day: str, reason: str = "Another look.") -> None:
    """Add an entry to a ledger of the archive."""
    path = root / "facts" / FACT
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + ENTRY.format(day=day, reason=reason), "utf-8")


def test_an_entry_of_an_older_day_comes_last_and_moves_no_other(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given the log before it, a release keeps every leaf in its place, whatever days are added."""
    path = root / "facts" / OTHER
    path.write_text(path.read_text("utf-8").replace("2024-05-01", "2026-01-01"), "utf-8")
    site = publish(root, tmp_path / "first")
    before = ledger_log.previous(site / FOLDER)
    assert max(json.loads(leaf)["entry"]["date"] for leaf in before) == "2026-01-01"
    later(root, "2024-06-01")
    monkeypatch.setenv("FACTBOOK_LOG", str(site / FOLDER))
    new = publish(root, tmp_path / "new")
    leaves = ledger_log.previous(new / FOLDER)
    assert leaves[: len(before)] == before
    assert json.loads(leaves[-1])["entry"]["reason"] == "Another look."
    assert verify.verified(new, checkpoint(site))[0] == []
    assert "nothing published was rewritten or removed" in verify.verified(new, checkpoint(site))[2][1]


def test_an_entry_that_was_published_cannot_be_published_otherwise(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is given the log before it stops where the ledgers have lost or changed an entry of it."""
    monkeypatch.setenv("FACTBOOK_LOG", str(site / FOLDER))
    path = root / "facts" / FACT
    path.write_text(path.read_text("utf-8").replace("    reason: ", "    reason: Now "), "utf-8")
    with pytest.raises(LogError, match="entry 1 of gull-rock-lamp-lit-1901 was published otherwise"):
        [*ledger_log.files(loaded(root), PUBLICATION)]


def test_a_log_before_that_is_not_whole_is_refused(root: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a release continues must itself be a log."""
    monkeypatch.setenv("FACTBOOK_LOG", str(site / FOLDER))
    (site / CHECKPOINT).write_bytes(checkpoint(site).replace(b"\n7\n", b"\n6\n"))
    with pytest.raises(LogError):
        [*ledger_log.files(loaded(root), PUBLICATION)]
    monkeypatch.setenv("FACTBOOK_LOG", str(site / "nowhere"))
    with pytest.raises(LogError, match="there is no log in"):
        [*ledger_log.files(loaded(root), PUBLICATION)]


# Copies that were tampered with; the checksums are made to fit each time


def rewrite(site: Path, root: Path) -> None:
    """The history as another one would have it: data, leaves, tiles and checkpoint, all of them consistent."""
    path = root / "facts" / FACT
    path.write_text(path.read_text("utf-8").replace("    reason: ", "    reason: Now "), "utf-8")
    shutil.rmtree(site)
    publish(root, site)


def bundle(site: Path) -> Path:
    """The file of the leaves."""
    return next(path for path in (site / FOLDER / "tile" / "entries").rglob("*") if path.is_file())


def change_leaf(site: Path, _: Path) -> None:
    """One letter of a leaf."""
    bundle(site).write_bytes(bundle(site).read_bytes().replace(b"lamp", b"damp", 1))


def remove_leaf(site: Path, _: Path) -> None:
    """The last leaf goes, and the checkpoint says one less."""
    leaves = ledger_log.previous(site / FOLDER)[:-1]
    shutil.rmtree(site / FOLDER)
    tree = Tree(map(leaf_hash, leaves))
    made = notes.Checkpoint(origin="lights.example/archive", size=len(tree), root=tree.root())
    for path, data in [(CHECKPOINT, made.text), *ledger_log.tiles(tree), *ledger_log.bundles(leaves)]:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


def change_data(site: Path, _: Path) -> None:
    """The data shows another reason than the log."""
    path = site / "data/v1/facts.json"
    path.write_text(path.read_text("utf-8").replace('"reason":"', '"reason":"Not '), "utf-8")


def exchange_checkpoint(site: Path, _: Path) -> None:
    """A checkpoint with another root."""
    other = notes.Checkpoint(origin="lights.example/archive", size=7, root=leaf_hash(b"x"))
    (site / CHECKPOINT).write_bytes(other.text)


def spoil_checkpoint(site: Path, _: Path) -> None:
    """A checkpoint that is none."""
    (site / CHECKPOINT).write_bytes(b"whatever\n")


def change_tile(site: Path, _: Path) -> None:
    """A hash in a tile."""
    tile = next(path for path in (site / FOLDER / "tile" / "0").rglob("*") if path.is_file())
    tile.write_bytes(b"\0" * len(tile.read_bytes()))


def remove_tile(site: Path, _: Path) -> None:
    """A tile is gone."""
    shutil.rmtree(site / FOLDER / "tile" / "0")


def remove_bundle(site: Path, _: Path) -> None:
    """The leaves are gone."""
    shutil.rmtree(site / FOLDER / "tile" / "entries")


def change_proof(site: Path, _: Path) -> None:
    """The proof of a fact is that of another."""
    folder = site / "data/v1/facts"
    shutil.copy(folder / "gull-rock-lamp-range.proof.json", folder / "gull-rock-lamp-lit-1901.proof.json")


def remove_proof(site: Path, _: Path) -> None:
    """A proof is gone."""
    (site / "data/v1/facts/gull-rock-lamp-lit-1901.proof.json").unlink()


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (change_leaf, "the leaves of the log are not those that the checkpoint was made over"),
        (remove_leaf, "is in the data and not in the log"),
        (change_data, "in the log is not the one that the data shows"),
        (exchange_checkpoint, "the leaves of the log are not those that the checkpoint was made over"),
        (spoil_checkpoint, "it is no checkpoint"),
        (change_tile, "the tile is not over the leaves of the log"),
        (remove_tile, "the tile is missing"),
        (remove_bundle, "is missing: leaves of the log were removed"),
        (change_proof, "the proof is not of the entries in this log"),
        (remove_proof, "the proof is missing"),
    ],
)
def test_a_copy_that_was_tampered_with_is_refused(
    tamper: Callable[[Path, Path], None], reason: str, root: Path, site: Path
) -> None:
    """Whoever changes a part, and makes the checksums anew, is told of by the rest."""
    tamper(site, root)
    assert [problem for problem in problems(site) if reason in problem]


def test_a_history_that_was_rewritten_shows_against_an_older_checkpoint(root: Path, site: Path) -> None:
    """Where everything was made anew, the copy is whole in itself, and not what was published."""
    older = checkpoint(site)
    rewrite(site, root)
    assert problems(site) == []
    assert [p for p in problems(site, older) if "what was published has been rewritten" in p]


def test_entries_that_were_removed_show_against_an_older_checkpoint(root: Path, site: Path) -> None:
    """A shorter log is none that goes on."""
    older = checkpoint(site)
    (root / "facts" / OTHER).unlink()
    shutil.rmtree(site)
    publish(root, site)
    assert [p for p in problems(site, older) if "entries were removed" in p]


def test_a_checkpoint_of_another_log_or_none_is_said_to_be_one(site: Path) -> None:
    """What is not comparable is not compared."""
    other = notes.Checkpoint(origin="other.example", size=1, root=leaf_hash(b""))
    assert [p for p in problems(site, other.text) if "is of another log: other.example" in p]
    assert [p for p in problems(site, b"\xff") if "the older checkpoint cannot be used" in p]


def test_a_copy_without_a_log_is_refused_where_one_is_asked_for(site: Path) -> None:
    """Old copies have none; an older checkpoint shows that this one had one."""
    older = checkpoint(site)
    shutil.rmtree(site / FOLDER)
    assert problems(site) == []
    assert [p for p in problems(site, older) if "the copy has no log" in p]


# Signatures


def test_a_signed_log_is_held_to_its_key(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The key that signed it is accepted, any other, a changed checkpoint and a missing signature are not."""
    monkeypatch.setenv("FACTBOOK_KEY", str(key_file(tmp_path)))
    site = publish(root, tmp_path / "signed")
    key = (site / ledger_log.KEY).read_text("utf-8").strip()
    assert verify.verified(site, key=key)[0] == []
    assert verify.run(site, key=str(site / ledger_log.KEY)) == 0
    assert "signed by the key of lights.example/archive" in capsys.readouterr().out
    monkeypatch.setenv("FACTBOOK_KEY", str(key_file(tmp_path, "other.pem")))
    other = publish(root, tmp_path / "other")
    wrong = (other / ledger_log.KEY).read_text("utf-8").strip()
    assert [p for p in problems(site, key=wrong) if "signed by another key" in p]
    assert [p for p in problems(site, key="nonsense+1") if "this is no key" in p]
    body, _, signature = checkpoint(other).partition(b"\n\n")
    (other / CHECKPOINT).write_bytes(body.replace(b"\n7\n", b"\n6\n") + b"\n\n" + signature)
    assert [p for p in problems(other, key=wrong) if "the signature is not of this checkpoint" in p] or problems(other)
    (other / CHECKPOINT).write_bytes(body + b"\n\n")
    assert [p for p in problems(other, key=wrong) if "bears no signature" in p]


def test_a_signature_is_of_its_checkpoint_alone(tmp_path: Path) -> None:
    """The same signature below another body is refused, and a key has one line."""
    key = notes.private_key(key_file(tmp_path))
    one = notes.Checkpoint(origin="lights.example", size=1, root=leaf_hash(b"1"))
    signed, line = notes.signed(one, key)
    assert notes.parse(signed.text) == signed
    notes.check(signed, line)
    moved = notes.Checkpoint(origin=one.origin, size=2, root=one.root, signatures=signed.signatures)
    with pytest.raises(notes.NoteError, match="the signature is not of this checkpoint"):
        notes.check(moved, line)


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", b"\xff"])
def test_a_file_that_is_no_key_stops_the_build_in_a_line(
    content: bytes, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is published unsigned where a signature was asked for."""
    path = tmp_path / "bad.pem"
    path.write_bytes(content)
    monkeypatch.setenv("FACTBOOK_KEY", str(path))
    with pytest.raises(LogError, match="is no private key"):
        [*ledger_log.files(loaded(root), PUBLICATION)]
    monkeypatch.setenv("FACTBOOK_KEY", str(tmp_path / "none.pem"))
    with pytest.raises(LogError, match="cannot be read: No such file"):
        [*ledger_log.files(loaded(root), PUBLICATION)]


def test_the_checkpoint_of_the_signed_note_specification_is_read() -> None:
    """The form is that of other logs: a note with a dash, a name and base64 below an empty line."""
    text = (
        "go.sum database tree\n17157937\nGDqlOQ4Rwxj9aw9x0P3xIKrdM/hgOd0TBL1GIKEY3vs=\n\n"
        "— sum.golang.org Az3gru6JaENUFNSVmLcb3oT3LkiRN3ZSvIWOzLJmz5YGQsFVGvPsGQPqFUQL/tBpYEVlgoAFiV3uFVFkH8GPuaA2"
        "Ng4=\n"
    )
    found = notes.parse(text.encode())
    assert (found.origin, found.size, found.signatures[0][0]) == ("go.sum database tree", 17157937, "sum.golang.org")
    assert found.text.decode() == text


# Large logs


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [(0, 256, "000"), (5, 256, "005"), (1234067, 256, "x001/x234/067"), (1000, 7, "x001/000.p/7")],
)
def test_tiles_have_the_paths_of_the_specification(number: int, width: int, path: str) -> None:
    """Parts of three digits, all but the last with an x; a tile that is not full names its width."""
    assert ledger_log.place(number, width) == path


def test_a_log_of_many_tiles_is_read_as_it_was_written() -> None:
    """Full and partial tiles of two levels and bundles of leaves give back the leaves."""
    leaves = [str(n).encode() * (n % 5) for n in range(70_000)]
    tree = Tree(map(leaf_hash, leaves))
    files = dict([*ledger_log.tiles(tree), *ledger_log.bundles(leaves)])
    assert {path.split("/")[4] for path in files} == {"0", "1", "2", "entries"}
    assert len(files[f"{FOLDER}/tile/1/000"]) == 256 * 32
    assert files[f"{FOLDER}/tile/2/000.p/1"] == tree.root(65536)
    assert ledger_log.read_leaves(files.__getitem__, len(leaves)) == leaves


def test_a_fact_that_moved_may_leave_its_entries_in_the_log(
    root: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its old id leads on, and what was published under it stays."""
    (root / "facts" / FACT).rename(root / "facts/records/1901/gull-rock-first-light-1901.yaml")
    moved = "  - date: 2024-06-01\n    status: withdrawn\n    reason: It has a better name.\n"
    write(root, FACT, f"moved_to: gull-rock-first-light-1901\nhistory:\n{moved}")
    monkeypatch.setenv("FACTBOOK_LOG", str(site / FOLDER))
    assert "gull-rock-lamp-lit-1901" in loaded(root).redirects
    new = publish(root, tmp_path / "new")
    assert verify.verified(new, checkpoint(site))[0] == []

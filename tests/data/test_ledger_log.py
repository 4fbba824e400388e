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
from factbook.data import json_files, ledger_log, moved_files, notes
from factbook.data.ledger_log import CHECKPOINT, FOLDER, LogError
from factbook.data.published import Publication
from factbook.model.archive import Archive
from factbook.model.merkle import Tree, leaf_hash
from factbook.site import verify

PUBLICATION = Publication(name="Lights", base="https://lights.example/archive/")
FACT = "records/1901/gull-rock-lamp-lit-1901.yaml"
SOURCE = "sources/harbour-post-1902.yaml"
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
    ledger_log.sign_checksums(site, PUBLICATION)
    return site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive, with a source that has changed once."""
    made = archive(tmp_path / "archive")
    path = made / "facts" / SOURCE
    entry = "history:\n  - {date: 2024-05-02, reason: The title was misread.}\n"
    path.write_text(path.read_text("utf-8") + entry, "utf-8")
    return made


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
    """By day, kind, id and number; the checkpoint names the log, its size and its root; a whole copy has no problem."""
    found = loaded(root)
    ledgers = [*found.statements.values(), *found.redirects.values()]
    expected = sorted((e.date, "fact", s.id, n) for s in ledgers for n, e in enumerate(s.history, 1))
    expected.append(("2024-05-02", "source", "harbour-post-1902", 1))
    leaves = [json.loads(leaf) for leaf in ledger_log.previous(site / FOLDER)]
    kinds = [next(kind for kind in ("fact", "source") if kind in leaf) for leaf in leaves]
    told = [(leaf["entry"]["date"], kind, leaf[kind], leaf["number"]) for leaf, kind in zip(leaves, kinds, strict=True)]
    assert told == expected
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
    (site / CHECKPOINT).write_bytes(checkpoint(site).replace(b"\n8\n", b"\n6\n"))
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
    other = notes.Checkpoint(origin="lights.example/archive", size=8, root=leaf_hash(b"x"))
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


def rewrite_document(site: Path, path: str, old: str, new: str) -> None:
    """Put one text in the place of another in a file of the data, which has it."""
    file = site / "data/v1" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def change_fact(site: Path, _: Path) -> None:
    """The document of one fact shows another reason, and that of all is as it was."""
    rewrite_document(site, "facts/gull-rock-lamp-lit-1901.json", '"reason":"', '"reason":"Not ')


def change_claim(site: Path, _: Path) -> None:
    """The document of one fact shows another claim."""
    rewrite_document(site, "facts/gull-rock-lamp-lit-1901.json", "was lit", "was not lit")


def change_source(site: Path, _: Path) -> None:
    """The document of a source shows another publisher."""
    rewrite_document(site, "sources/harbour-post-1902.json", '"publisher":"', '"publisher":"Not ')


def change_ledger_of_source(site: Path, _: Path) -> None:
    """The entry of a source says something else in both documents of it."""
    for path in ("sources.json", "sources.jsonl", "sources/harbour-post-1902.json"):
        rewrite_document(site, path, "The title was misread.", "Nothing was wrong.")


def change_fact_of_organization(site: Path, _: Path) -> None:
    """The document of an organization shows a fact with another claim."""
    rewrite_document(site, "organizations/gull-rock-light.json", "was lit", "was not lit")


def change_lines(site: Path, _: Path) -> None:
    """The document of lines shows another claim than the one of all."""
    rewrite_document(site, "facts.jsonl", "was lit", "was not lit")


def change_record_everywhere(site: Path, _: Path) -> None:
    """Each document of a source shows another title, and its version is that of the old one."""
    for path in ("sources.json", "sources.jsonl", "sources/harbour-post-1902.json"):
        rewrite_document(site, path, "Gull Rock dark for a night", "Gull Rock bright")


def change_status(site: Path, _: Path) -> None:
    """Each document of a fact shows a status that its ledger does not."""
    for path in ("facts.json", "facts.jsonl", "facts/gull-rock-lamp-range.json"):
        rewrite_document(site, path, '"status":"unreviewed","sources"', '"status":"confirmed","sources"')


def remove_document(site: Path, _: Path) -> None:
    """The document of one source is gone."""
    (site / "data/v1/sources/harbour-post-1902.json").unlink()


def add_document(site: Path, _: Path) -> None:
    """There is a document of a source that no list has."""
    folder = site / "data/v1/sources"
    shutil.copy(folder / "harbour-post-1902.json", folder / "harbour-post-1903.json")


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
        (change_fact, "facts/gull-rock-lamp-lit-1901.json: the record is not the one that facts.json shows"),
        (change_claim, "facts/gull-rock-lamp-lit-1901.json: the record is not the one that facts.json shows"),
        (change_source, "sources/harbour-post-1902.json: the record is not the one that sources.json shows"),
        (change_ledger_of_source, "entry 1 of the source harbour-post-1902 in the log is not the one that the data"),
        (change_fact_of_organization, "organizations/gull-rock-light.json: a fact in it is not the one that"),
        (change_lines, "facts.jsonl: it does not hold what facts.json does"),
        (change_record_everywhere, "sources.json: harbour-post-1902 says something else than its version is of"),
        (change_status, "the status of gull-rock-lamp-range is not that of the last entry of its ledger"),
        (remove_document, "sources/harbour-post-1902.json: the document is missing"),
        (add_document, "sources/harbour-post-1903.json: sources.json has no such record"),
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
    said = "Its checkpoint and SHA256SUMS, and so every file, are signed by the key of lights.example/archive."
    assert said in capsys.readouterr().out
    monkeypatch.setenv("FACTBOOK_KEY", str(key_file(tmp_path, "other.pem")))
    other = publish(root, tmp_path / "other")
    wrong = (other / ledger_log.KEY).read_text("utf-8").strip()
    assert [p for p in problems(site, key=wrong) if "signed by another key" in p]
    assert [p for p in problems(site, key="nonsense+1") if "this is no key" in p]
    body, _, signature = checkpoint(other).partition(b"\n\n")
    (other / CHECKPOINT).write_bytes(body.replace(b"\n8\n", b"\n6\n") + b"\n\n" + signature)
    assert [p for p in problems(other, key=wrong) if "the signature is not of this checkpoint" in p] or problems(other)
    (other / CHECKPOINT).write_bytes(body + b"\n\n")
    assert [p for p in problems(other, key=wrong) if "bears no signature" in p]


def signed_copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str = "signed") -> tuple[Path, str]:
    """A signed copy with a page, and the key that signed it."""
    monkeypatch.setenv("FACTBOOK_KEY", str(key_file(tmp_path)))
    (tmp_path / name / "facts").mkdir(parents=True)
    (tmp_path / name / "facts/lamp.html").write_text("<p>The lamp was lit in 1901.</p>")
    site = publish(root, tmp_path / name)
    return site, (site / ledger_log.KEY).read_text("utf-8").strip()


def test_a_page_that_was_changed_with_its_checksum_is_refused_by_the_key(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log holds ledgers alone; the note of SHA256SUMS vouches for every other file, of what kind so ever."""
    site, key = signed_copy(root, tmp_path, monkeypatch)
    assert problems(site, checkpoint(site), key) == []
    (site / "facts/lamp.html").write_text("<p>The lamp was lit in 1801.</p>")
    assert problems(site, checkpoint(site), key) == ["data/v1/log/checksums: SHA256SUMS is not the one that was signed"]
    assert problems(site) == ["data/v1/log/checksums: SHA256SUMS is not the one that was signed"]
    (site / checksums.SIGNED).unlink()
    assert problems(site, key=key) == [
        "data/v1/log/checksums: SHA256SUMS is not signed, so no file but the log is vouched for"
    ]
    body = notes.Checksums(
        origin="lights.example/archive", digest=bytes.fromhex(checksums.digest(site / checksums.NAME))
    )
    (site / checksums.SIGNED).write_bytes(body.text)
    assert problems(site, key=key) == ["data/v1/log/checksums: the list of checksums bears no signature"]
    forged = notes.signed(body, notes.private_key(key_file(tmp_path, "other.pem")))[0]
    (site / checksums.SIGNED).write_bytes(forged.text)
    assert problems(site, key=key) == [
        "data/v1/log/checksums: the list of checksums is signed by another key: lights.example/archive"
    ]
    (site / checksums.SIGNED).write_bytes(checkpoint(site))
    assert [p for p in problems(site, key=key) if "it is no note of SHA256SUMS" in p]


def test_the_note_of_the_checksums_is_the_same_each_time(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One key, one site, the same bytes; and without a key there is none, which is said."""
    site, _ = signed_copy(root, tmp_path, monkeypatch)
    before = (site / checksums.SIGNED).read_bytes()
    checksums.write(site)
    ledger_log.sign_checksums(site, PUBLICATION)
    assert (site / checksums.SIGNED).read_bytes() == before
    assert checksums.SIGNED not in (site / checksums.NAME).read_text("utf-8")
    (site / checksums.SIGNED).unlink()
    verify.run(site)
    assert "Its checkpoint is signed; SHA256SUMS is not; --key KEY checks by whom." in capsys.readouterr().out
    monkeypatch.delenv("FACTBOOK_KEY")
    bare = publish(root, tmp_path / "bare")
    assert not (bare / checksums.SIGNED).exists()
    verify.run(bare)
    assert "Its checkpoint is not signed." in capsys.readouterr().out


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


def test_a_source_that_moved_takes_its_ledger_along(
    root: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published under its old id stays in the log, and its entries are there under the new one as well."""
    data = (root / "facts" / SOURCE).read_text("utf-8")
    (root / "facts" / SOURCE).rename(root / "facts/sources/post-1902.yaml")
    for path in [*(root / "facts").rglob("*.yaml")]:
        path.write_text(path.read_text("utf-8").replace("harbour-post-1902", "post-1902"), "utf-8")
    assert "The title was misread." in data
    entry = "kind: source, id: harbour-post-1902, moved_to: post-1902, date: 2024-06-01, reason: A shorter name."
    write(root, "moved.yaml", f"moved:\n  - {{{entry}}}\n")
    monkeypatch.setenv("FACTBOOK_LOG", str(site / FOLDER))
    found = loaded(root)
    new = tmp_path / "new"
    for path, held in [*ledger_log.files(found, PUBLICATION), *json_files.files(found, PUBLICATION),
                       *moved_files.files(found, PUBLICATION)]:  # fmt: skip
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        (new / path).write_bytes(held if isinstance(held, bytes) else b"".join(held))
    assert problems(new, checkpoint(site)) == []
    assert [json.loads(leaf).get("source") for leaf in ledger_log.previous(new / FOLDER)][-2:] == [
        "harbour-post-1902", "post-1902",
    ]  # fmt: skip


def test_a_file_that_is_not_there_is_named_with_what_to_give(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key or a checkpoint that cannot be read is one line, without a number of the system."""
    gone = tmp_path / "gone"
    assert verify.run(site, key=str(gone)) == 2
    assert capsys.readouterr().err == (
        f"factbook: nothing was verified: the key {gone} cannot be read: No such file or directory. "
        "Give the file of a public key, or the key itself, a line of the form name+hash+key.\n"
    )
    assert verify.run(site, since=gone) == 2
    assert capsys.readouterr().err == (
        f"factbook: nothing was verified: the checkpoint {gone} cannot be read: No such file or directory. "
        "Give the file data/v1/log/checkpoint of an older copy.\n"
    )

"""Verifies the log of a copy: it matches its checkpoint, holds every entry of the data and no other, and continues an
older checkpoint. Needs neither git nor a network."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from factbook.data import ledger_log as log
from factbook.data import notes
from factbook.data.notes import Checkpoint, NoteError
from factbook.model.merkle import Tree, included, leaf_hash

FACTS, MOVED = f"{log.DATA}/facts.json", f"{log.DATA}/redirects.json"


class Verdict(Struct, kw_only=True):
    """The problems of the log, each in a line, and remarks on one that is whole."""

    problems: list[str] = []
    notes: list[str] = []


def verify(read: log.Read, since: bytes | None = None, key: str = "") -> Verdict:
    """Verify the log of a copy, whose files ``read`` returns.

    ``since`` is an older checkpoint that the log must continue; ``key`` a verifier key that must have signed the newer
    one.
    """
    verdict = Verdict()
    try:
        checkpoint = notes.parse(read(log.CHECKPOINT))
        verdict.problems += _problems(read, checkpoint, since, key, verdict.notes)
    except KeyError:
        if since is not None or key:
            verdict.problems.append(f"{log.CHECKPOINT}: the copy has no log")
    except (NoteError, log.LogError) as error:
        verdict.problems.append(f"{log.FOLDER}: {error}")
    return verdict


def _problems(read: log.Read, checkpoint: Checkpoint, since: bytes | None, key: str, said: list[str]) -> Iterator[str]:
    """Yield what is wrong; append to ``said`` what was found to be right."""
    leaves = log.read_leaves(read, checkpoint.size)
    tree = Tree(map(leaf_hash, leaves))
    if tree.root() != checkpoint.root:
        yield f"{log.CHECKPOINT}: the leaves of the log are not those that the checkpoint was made over"
    for path, data in log.tiles(tree):
        try:
            if read(path) != data:
                yield f"{path}: the tile is not over the leaves of the log"
        except KeyError:
            yield f"{path}: the tile is missing"
    yield from _against_data(read, leaves)
    yield from _proofs(read, leaves, checkpoint)
    said.append(f"The log of {len(leaves):,} ledger entries is whole.")
    if since is not None:
        yield from _continues(tree, checkpoint, since, said)
    yield from _signature(checkpoint, key, said)


def _continues(tree: Tree, checkpoint: Checkpoint, since: bytes, said: list[str]) -> Iterator[str]:
    """Compare the log with an older checkpoint."""
    try:
        older = notes.parse(since)
    except NoteError as error:
        yield f"the older checkpoint cannot be used: {error}"
        return
    if older.origin != checkpoint.origin:
        yield f"the older checkpoint is of another log: {older.origin}, not {checkpoint.origin}"
    elif older.size > len(tree):
        yield f"entries were removed: the log has {len(tree):,} now and had {older.size:,}"
    elif tree.root(older.size) != older.root:
        yield f"what was published has been rewritten: the first {older.size:,} entries are not those of the checkpoint"
    else:
        said.append(f"It continues the log of {older.size:,} entries: nothing published was rewritten or removed.")


def _signature(checkpoint: Checkpoint, key: str, said: list[str]) -> Iterator[str]:
    """Check the signature, where there is a key to check it with."""
    if key:
        try:
            notes.check(checkpoint, key)
            said.append(f"Its checkpoint is signed by the key of {checkpoint.origin}.")
        except NoteError as error:
            yield f"{log.CHECKPOINT}: {error}"
    elif checkpoint.signatures:
        said.append("Its checkpoint is signed; --key KEY checks by whom.")
    else:
        said.append("Its checkpoint is not signed.")


def _against_data(read: log.Read, leaves: list[bytes]) -> Iterator[str]:
    """Compare the leaves with the ledgers in the data: each entry has its leaf, each leaf its entry."""
    facts, moved = (_table(read, path) for path in (FACTS, MOVED))
    if facts is None:
        return
    shown = {
        (str(record["id"]), number): entry
        for record in (*facts, *(moved or ()))
        for number, entry in enumerate(record.get("history", ()), 1)
    }
    redirects = {str(record["id"]) for record in moved or ()}
    seen = set()
    for index, data in enumerate(leaves):
        leaf = _leaf(data)
        if leaf is None:
            yield f"leaf {index} of the log is not an entry of a ledger"
            continue
        name, number, entry = leaf
        if (name, number) in seen:
            yield f"entry {number} of {name} is in the log twice"
        seen.add((name, number))
        if name not in redirects and shown.get((name, number)) != entry:
            yield f"entry {number} of {name} in the log is not the one that the data shows"
    for name, number in sorted(shown.keys() - seen):
        yield f"entry {number} of {name} is in the data and not in the log"


def _table(read: log.Read, path: str) -> list[Mapping[str, Any]] | None:
    """Return the records of a document of the data; None where it is missing or is none."""
    try:
        value = json.loads(read(path))
        rows = value[path.rpartition("/")[2].removesuffix(".json")]
        return [row for row in rows if isinstance(row, dict) and "id" in row]
    except (KeyError, ValueError, TypeError):
        return None


def _leaf(data: bytes) -> tuple[str, int, object] | None:
    """Return fact, number and entry of a leaf; None where it is none."""
    try:
        value = json.loads(data)
        return str(value["fact"]), int(value["number"]), value["entry"]
    except (ValueError, KeyError, TypeError):
        return None


def _proofs(read: log.Read, leaves: list[bytes], checkpoint: Checkpoint) -> Iterator[str]:
    """Check the proof that lies beside each fact."""
    names = [(_leaf(data) or ("",))[0] for data in leaves]
    for name, count in sorted(Counter(names).items()):
        path = log.proof_path(name)
        try:
            value = json.loads(read(path))
            sound = (value["fact"], value["size"], value["root"]) == (name, checkpoint.size, checkpoint.root.hex())
            for entry in value["entries"]:
                index, leaf = entry["index"], bytes.fromhex(entry["leaf"])
                nodes = [bytes.fromhex(node) for node in entry["proof"]]
                sound = sound and leaf == leaf_hash(leaves[index]) and names[index] == name
                sound = sound and included(leaf, index, checkpoint.size, nodes, checkpoint.root)
            if not sound or len(value["entries"]) != count:
                yield f"{path}: the proof is not of the entries in this log"
        except KeyError:
            yield f"{path}: the proof is missing"
        except (ValueError, TypeError, IndexError):
            yield f"{path}: this is no proof"

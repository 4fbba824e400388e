"""Verifies the log of a copy: it matches its checkpoint, holds every entry of the data and no other, and continues an
older checkpoint; and each record is the same in every document of the data. Needs neither git nor a network."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator

from msgspec import Struct

from factbook.checksums import NAME, SIGNED
from factbook.data import ledger_log as log
from factbook.data import notes
from factbook.data.notes import Checkpoint, NoteError
from factbook.model.fingerprint import of_value
from factbook.model.kinds import FILED
from factbook.model.merkle import Tree, included, leaf_hash
from factbook.site import verify_tables
from factbook.site.verify_data import Data, Row, lines, value_of

_DOCUMENT = re.compile(rf"{log.DATA}/([a-z]+)/([a-z0-9-]+)\.json")


class Verdict(Struct, kw_only=True):
    """The problems of the log, each in a line, and remarks on one that is whole."""

    problems: list[str] = []
    notes: list[str] = []


def verify(read: log.Read, paths: Collection[str], since: bytes | None = None, key: str = "") -> Verdict:
    """Verify the log of a copy, which has files at ``paths`` that ``read`` returns.

    ``since`` is an older checkpoint that the log must continue; ``key`` a verifier key that must have signed the newer
    one, and the list of checksums.
    """
    verdict = Verdict()
    try:
        content = read(log.CHECKPOINT)
    except KeyError:
        if since is not None or key or SIGNED in paths:
            verdict.problems.append(f"{log.CHECKPOINT}: the copy has no log")
        return verdict
    try:
        verdict.problems += _problems(read, paths, notes.parse(content), since, key, verdict.notes)
    except (NoteError, log.LogError) as error:
        verdict.problems.append(f"{log.FOLDER}: {error}")
    except (TypeError, ValueError, AttributeError, LookupError, RecursionError):
        verdict.problems.append(f"{log.DATA}: the documents are not what a copy has; more was not looked into")
    return verdict


def _problems(
    read: log.Read, paths: Collection[str], checkpoint: Checkpoint, since: bytes | None, key: str, said: list[str]
) -> Iterator[str]:
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
    records = Data(read)
    yield from _against_data(records, leaves)
    yield from _documents(records, read, paths)
    yield from verify_tables.problems(records, read, paths)
    yield from _proofs(read, leaves, checkpoint)
    said.append(f"The log of {len(leaves):,} ledger entries is whole.")
    if since is not None:
        yield from _continues(tree, checkpoint, since, said)
    yield from _signatures(read, checkpoint, key, said)


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


def _signatures(read: log.Read, checkpoint: Checkpoint, key: str, said: list[str]) -> Iterator[str]:
    """Check the note of the checksums, and the signatures of both notes where there is a key to check them with."""
    if not key:
        said.append(
            f"Pages, and all but the records and their tables, are held to {NAME} alone: only a key vouches for it."
        )
    sums = None
    try:
        sums = notes.parse_checksums(read(SIGNED))
        if sums.digest != hashlib.sha256(read(NAME)).digest() or sums.origin != checkpoint.origin:
            yield f"{SIGNED}: {NAME} is not the one that was signed"
    except KeyError:
        if key:
            yield f"{SIGNED}: {NAME} is not signed, so no file but the log is vouched for"
    except NoteError as error:
        yield f"{SIGNED}: {error}"
    if key:
        for path, note in ((log.CHECKPOINT, checkpoint), (SIGNED, sums)):
            try:
                if note is not None:
                    notes.check(note, key)
            except NoteError as error:
                yield f"{path}: {error}"
        said.append(f"Its checkpoint and {NAME}, and so every file, are signed by the key of {checkpoint.origin}.")
    elif checkpoint.signatures:
        said.append(f"Its checkpoint is signed; {NAME} is {'too' if sums else 'not'}; --key KEY checks by whom.")
    else:
        said.append("Its checkpoint is not signed.")


def _against_data(data: Data, leaves: list[bytes]) -> Iterator[str]:
    """Compare the leaves with the ledgers in the data: each entry has its leaf, each leaf its entry."""
    shown = {
        (kind, name, number): entry
        for kind in FILED
        for name, row in data.of[kind].items()
        for number, entry in enumerate(row.get("history", ()), 1)
    }
    seen = set()
    for index, leaf in enumerate(leaves):
        try:
            named, entry = log.parse_leaf(leaf)
        except log.LogError:
            yield f"leaf {index} of the log is not an entry of a ledger"
            continue
        if named in seen:
            yield f"{log.called(named)} is in the log twice"
        seen.add(named)
        if shown.get(named) != entry and not data.has_moved(*named[:2]):
            yield f"{log.called(named)} in the log is not the one that the data shows"
    for named in sorted(shown.keys() - seen):
        yield f"{log.called(named)} is in the data and not in the log"


def _documents(data: Data, read: log.Read, paths: Collection[str]) -> Iterator[str]:
    """Compare each record in every document of it: the list of its kind, the same as lines, and one of its own, by
    which an organization shows its facts as well. The list is what was held to the log."""
    kinds = {kind.plural: kind.name for kind in FILED.values()}
    for plural, kind in kinds.items():
        rows = data.rows[kind]
        for name, row in rows.items():
            yield from _sound(f"{log.DATA}/{plural}.json", name, row)
        if lines(read, f"{log.DATA}/{plural}.jsonl") != [*rows.values()]:
            yield f"{log.DATA}/{plural}.jsonl: it does not hold what {plural}.json does"
        for name in data.of[kind]:
            if (path := f"{log.DATA}/{plural}/{name}.json") not in paths:
                yield f"{path}: the document is missing"
    for path in sorted(paths):
        found = _DOCUMENT.fullmatch(path)
        if found and found[1] in kinds:
            kind, name = kinds[found[1]], found[2]
            shown = data.of[kind].get(name) or data.moved.get((kind, name))
            value = value_of(read, path)
            if shown is None or not isinstance(value, dict):
                yield f"{path}: {found[1]}.json has no such record"
            elif {k: v for k, v in value.items() if k in shown or k != "facts"} != shown:
                yield f"{path}: the record is not the one that {found[1]}.json shows"
            elif "facts" not in shown and not all(_is_fact(data, fact) for fact in value.get("facts", ())):
                yield f"{path}: a fact in it is not the one that facts.json shows"


def _sound(path: str, name: str, row: Row) -> Iterator[str]:
    """Yield what in a row does not fit the rest of it: its status, and the hash of what it says."""
    history = row.get("history") or [{}]
    if "status" in row and row["status"] != history[-1].get("status"):
        yield f"{path}: the status of {name} is not that of the last entry of its ledger"
    derived = row.get("derived")
    plain = {field: value for field, value in row.items() if field != "derived"}
    if not isinstance(derived, dict) or derived.get("version") != of_value(plain):
        yield f"{path}: {name} says something else than its version is of"


def _is_fact(data: Data, shown: object) -> bool:
    """Whether what an organization or a source shows of a fact, the whole of it or its id, is what the data has."""
    name = shown.get("id") if isinstance(shown, dict) else shown
    row = data.rows["fact"].get(str(name))
    return row is not None and shown in (name, row)


def _proofs(read: log.Read, leaves: list[bytes], checkpoint: Checkpoint) -> Iterator[str]:
    """Check the proof that lies beside each record with a ledger."""
    records = [_record(data) for data in leaves]
    for record, count in sorted(Counter(filter(None, records)).items()):
        kind, name = record
        path = log.proof_path(kind, name)
        try:
            value = json.loads(read(path))
            sound = (value[kind], value["size"], value["root"]) == (name, checkpoint.size, checkpoint.root.hex())
            for entry in value["entries"]:
                index, leaf = entry["index"], bytes.fromhex(entry["leaf"])
                nodes = [bytes.fromhex(node) for node in entry["proof"]]
                sound = sound and leaf == leaf_hash(leaves[index]) and records[index] == record
                sound = sound and included(leaf, index, checkpoint.size, nodes, checkpoint.root)
            if not sound or len(value["entries"]) != count:
                yield f"{path}: the proof is not of the entries in this log"
        except (ValueError, TypeError, IndexError):
            yield f"{path}: this is no proof"
        except KeyError:
            yield f"{path}: the proof is missing"


def _record(data: bytes) -> tuple[str, str] | None:
    """Return the kind and the id of the record whose entry a leaf is; None where it is none, which is told already."""
    try:
        return log.parse_leaf(data)[0][:2]
    except log.LogError:
        return None

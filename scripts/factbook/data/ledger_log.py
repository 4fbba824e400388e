"""The ledgers of all records as a transparency log in static files (C2SP ``tlog-tiles``), one leaf for each entry.

Leaves stand in the order in which they were published. The first release orders them by day, kind of record, id and
number. Every later one keeps the leaves of the release before it, whose log it is given (FACTBOOK_LOG), and adds after
them those that are new, in the same order: an entry that bears an older day and arrives late comes last, and moves no
other.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import json as coded
from msgspec import to_builtins

from factbook import checksums
from factbook.data.notes import AnyNote, Checkpoint, Checksums, NoteError, parse, private_key, signed
from factbook.data.published import Entry, Publication
from factbook.model import fingerprint
from factbook.model.archive import Archive
from factbook.model.entries import Amendment
from factbook.model.kinds import FILED, KINDS
from factbook.model.merkle import Tree, leaf_hash
from factbook.model.records import Revision

ENTRIES = (
    Entry(
        "data/v1/{kind}/{id}.proof.json",
        "application/json",
        "The proof that the entries of a record are in the log: of facts, sources, organizations and others.",
    ),
    Entry("data/v1/log/checkpoint", "text/plain", "The state of the log of ledger entries, and its key."),
    Entry("data/v1/log/tile/{level}/{number}", "application/octet-stream", "256 hashes of the log (C2SP tlog-tiles)."),
    Entry("data/v1/log/tile/{level}/{number}.p/{width}", "application/octet-stream", "The last hashes of a level."),
    Entry(
        "data/v1/log/tile/entries/{number}",
        "application/octet-stream",
        "256 ledger entries; the last ones in {number}.p/{width}.",
    ),
)
"""The files of this part, in the order in which they are documented."""

DATA = fingerprint.FOLDER
FOLDER = f"{DATA}/log"
CHECKPOINT = f"{FOLDER}/checkpoint"
KEY = f"{FOLDER}/key"
"""The public key of the log, in a copy that is signed. It was written by whoever made the copy: a key to trust has to
come from elsewhere."""
WIDTH = 256
HEIGHT = 8
"""Levels of the tree in one tile: a tile holds up to WIDTH hashes of one level, under one node HEIGHT levels above."""
MOST_LEAF = (1 << 16) - 1
"""Bytes of a leaf at most: its length is written in two bytes."""
Read = Callable[[str], bytes]
"""Returns the content of a file of a site by its path. Raises KeyError where there is none."""
_ENCODER = coded.Encoder(order="sorted")


class LogError(Exception):
    """The log cannot be written, or is not whole; the message says why."""


Named = tuple[str, str, int]
"""What an entry is called: the kind that the id of its record belongs to, that id, and its number there, from 1."""


def leaf(named: Named, entry: Revision | Amendment) -> bytes:
    """Return the leaf of an entry: compact JSON with sorted keys, the id under the name of its kind."""
    kind, name, number = named
    return _ENCODER.encode({"entry": to_builtins(entry), kind: name, "number": number})


def entries(archive: Archive) -> dict[Named, bytes]:
    """Return every leaf by what its entry is called, in the order of day, kind, id and number. Moved facts keep their
    entries."""
    ranks = {name: rank for rank, name in enumerate(FILED)}
    found = {
        (kind.ids, record.id, number): entry
        for kind in KINDS.values()
        for record in archive.of(kind).values()
        for number, entry in enumerate(record.history, 1)
    }
    order = sorted(found, key=lambda named: (found[named].date, ranks[named[0]], *named[1:]))
    return {named: leaf(named, found[named]) for named in order}


def ordered(archive: Archive, before: list[bytes]) -> list[bytes]:
    """Return the leaves of the archive, those of the log ``before`` first.

    Raises LogError where one of these is no longer in the ledgers: what was published is neither rewritten nor removed.
    Only entries of a record whose id moved may be missing.
    """
    present = entries(archive)
    known = set()
    for data in before:
        named, _ = parse_leaf(data)
        known.add(named)
        kind, name, _ = named
        moved = name in (archive.redirects if kind == "fact" else archive.moved_ids[kind])
        if present.get(named) != data and not moved:
            raise LogError(f"{called(named)} was published otherwise, or is no longer there")
    return [*before, *(data for named, data in present.items() if named not in known)]


def parse_leaf(data: bytes) -> tuple[Named, object]:
    """Return what the entry of a leaf is called, and the entry. Raises LogError."""
    try:
        value = json.loads(data)
        number, entry = int(value.pop("number")), value.pop("entry")
        ((kind, name),) = value.items()
        if kind in FILED:
            return (kind, str(name), number), entry
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise LogError("a leaf of the log is not an entry of a ledger")


def called(named: Named) -> str:
    """Return what people call an entry: its number, and its record, with the kind of that unless it is a fact."""
    kind, name, number = named
    return f"entry {number} of {name if kind == 'fact' else f'the {kind} {name}'}"


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the log, and a proof for each record with a ledger. Raises LogError.

    FACTBOOK_LOG names the folder of the log before it (``data/v1/log`` of a copy), FACTBOOK_KEY a private key in PEM.
    """
    before = previous(Path(os.environ["FACTBOOK_LOG"])) if os.environ.get("FACTBOOK_LOG") else []
    leaves = ordered(archive, before)
    tree = Tree(map(leaf_hash, leaves))
    checkpoint, key = _signed(Checkpoint(origin=origin(publication), size=len(tree), root=tree.root()))
    if key:
        yield KEY, f"{key}\n".encode()
    yield CHECKPOINT, checkpoint.text
    yield from tiles(tree)
    yield from bundles(leaves)
    of_record: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for index, data in enumerate(leaves):
        (kind, name, number), _ = parse_leaf(data)
        of_record.setdefault((kind, name), []).append((number, index))
    for (kind, name), found in sorted(of_record.items()):
        yield proof_path(kind, name), _proof({kind: name}, sorted(found), checkpoint, tree)


def _signed(note: AnyNote) -> tuple[AnyNote, str]:
    """Return the note, signed with the key that FACTBOOK_KEY names, and that key as a line; the note as it is, and no
    key, where there is none. Raises LogError."""
    path = os.environ.get("FACTBOOK_KEY")
    if not path:
        return note, ""
    try:
        return signed(note, private_key(Path(path)))
    except NoteError as error:
        raise LogError(str(error)) from None


def sign_checksums(site: Path, publication: Publication) -> None:
    """Write the signed note of SHA256SUMS in ``site`` beside the checkpoint; none where there is no key.

    The checkpoint is made over ledgers alone. What a page or a record says besides is vouched for by this note, which
    is written last, after the checksums of every other file. Raises LogError.
    """
    digest = bytes.fromhex(checksums.digest(site / checksums.NAME))
    note, key = _signed(Checksums(origin=origin(publication), digest=digest))
    if key:
        (site / checksums.SIGNED).write_bytes(note.text)


def proof_path(kind: str, name: str) -> str:
    """Return where the proof of a record's entries lies."""
    return f"{DATA}/{FILED[kind].plural}/{name}.proof.json"


def _proof(named: Mapping[str, str], found: list[tuple[int, int]], checkpoint: Checkpoint, tree: Tree) -> bytes:
    """The proof of a record's entries: for each its leaf, and the hashes that lead from it to the root."""
    value = {
        **named,
        "log": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "entries": [
            {
                "number": number,
                "index": index,
                "leaf": tree.levels[0][index].hex(),
                "proof": [node.hex() for node in tree.proof(index)],
            }
            for number, index in found
        ],
    }
    return (json.dumps(value, indent=1) + "\n").encode()


def origin(publication: Publication) -> str:
    """Return the name of the log: the address of the site without its scheme, or the name of the archive."""
    name = re.sub(r"^\w+://|/$", "", publication.base) or "-".join(publication.name.split())
    return name.replace("+", "-") or "archive"


def place(number: int, width: int) -> str:
    """Return the end of the path of a tile: its number in parts of three digits, and its width if it is not full."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    return "/".join(parts) + (f".p/{width}" if width < WIDTH else "")


def tiles(tree: Tree) -> Iterator[tuple[str, bytes]]:
    """Yield the tiles of a tree: path and content."""
    for level in range(0, len(tree.levels), HEIGHT):
        nodes = tree.levels[level]
        for start in range(0, len(nodes), WIDTH):
            part = nodes[start : start + WIDTH]
            yield f"{FOLDER}/tile/{level // HEIGHT}/{place(start // WIDTH, len(part))}", b"".join(part)


def bundles(leaves: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the bundles of leaves: path and content. Raises LogError for a leaf that is too long."""
    for start in range(0, len(leaves), WIDTH):
        part = leaves[start : start + WIDTH]
        if any(len(data) > MOST_LEAF for data in part):
            raise LogError(f"an entry of a ledger is longer than {MOST_LEAF:,} bytes")
        content = b"".join(len(data).to_bytes(2, "big") + data for data in part)
        yield f"{FOLDER}/tile/entries/{place(start // WIDTH, len(part))}", content


def read_leaves(read: Read, size: int) -> list[bytes]:
    """Return the first ``size`` leaves out of the bundles of a copy. Raises LogError."""
    leaves: list[bytes] = []
    while len(leaves) < size:
        width = min(WIDTH, size - len(leaves))
        path = f"{FOLDER}/tile/entries/{place(len(leaves) // WIDTH, width)}"
        try:
            data = read(path)
        except KeyError:
            raise LogError(f"{path} is missing: leaves of the log were removed") from None
        at = 0
        for _ in range(width):
            length = int.from_bytes(data[at : at + 2], "big")
            piece = data[at + 2 : at + 2 + length]
            if at + 2 > len(data) or len(piece) < length:
                raise LogError(f"{path} holds fewer leaves than it should")
            leaves.append(piece)
            at += 2 + length
        if at != len(data):
            raise LogError(f"{path} holds more than its leaves")
    return leaves


def previous(folder: Path) -> list[bytes]:
    """Return the leaves of the log in ``folder``, which must be whole. Raises LogError."""

    def read(path: str) -> bytes:
        try:
            return (folder / path.removeprefix(f"{FOLDER}/")).read_bytes()
        except OSError as error:
            raise KeyError(str(error)) from None

    try:
        checkpoint = parse(read(CHECKPOINT))
    except KeyError:
        raise LogError(f"there is no log in {folder}: it has no checkpoint") from None
    except NoteError as error:
        raise LogError(f"the log in {folder} cannot be used: {error}") from None
    leaves = read_leaves(read, checkpoint.size)
    if Tree(map(leaf_hash, leaves)).root() != checkpoint.root:
        raise LogError(f"the log in {folder} is not what its checkpoint says")
    return leaves

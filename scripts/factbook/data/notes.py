"""What a site signs, as signed notes (C2SP ``signed-note``): written, read, signed and checked.

A checkpoint (C2SP ``tlog-checkpoint``) says in three lines whose log it is, how many leaves it has, and their root. The
note of the checksums says in three lines whose they are, the name of their file, and its hash; no checkpoint has a name
where it has a number, so neither can be taken for the other. Below an empty line stand the signatures. A key is told as
one line, ``name+hash+key``, a *verifier key*.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from factbook.checksums import NAME

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"
"""The kind of the key, which its hash and its line begin with."""
MOST_BYTES = 1 << 16
"""Bytes of a checkpoint at most."""


class NoteError(Exception):
    """A note, a signature or a key is malformed or wrong; the message says why."""


class Note(Struct, frozen=True, kw_only=True):
    """What is signed in the name of a log, ``origin``, and its signatures as (name, bytes)."""

    origin: str
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def what(self) -> str:
        """What people call it."""
        raise NotImplementedError

    @property
    def body(self) -> bytes:
        """The part that is signed."""
        raise NotImplementedError

    @property
    def text(self) -> bytes:
        """The content of the file. Without a signature it ends with the empty line."""
        lines = (f"— {name} {base64.b64encode(signature).decode()}\n" for name, signature in self.signatures)
        return self.body + b"\n" + "".join(lines).encode()


class Checkpoint(Note, frozen=True, kw_only=True):
    """The state of a log: the number of its leaves, and their root."""

    size: int
    root: bytes

    @property
    def what(self) -> str:
        """What people call it."""
        return "the checkpoint"

    @property
    def body(self) -> bytes:
        """The part that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


class Checksums(Note, frozen=True, kw_only=True):
    """The hash of the list of checksums, and so of every file of a site."""

    digest: bytes

    @property
    def what(self) -> str:
        """What people call it."""
        return "the list of checksums"

    @property
    def body(self) -> bytes:
        """The part that is signed."""
        return f"{self.origin}\n{NAME}\n{base64.b64encode(self.digest).decode()}\n".encode()


AnyNote = TypeVar("AnyNote", bound=Note)


def parse(data: bytes) -> Checkpoint:
    """Return the checkpoint in ``data``. Raises NoteError."""

    def made(origin: str, size: str, root: bytes) -> Checkpoint:
        if not re.fullmatch(r"0|[1-9][0-9]{0,15}", size):
            raise ValueError
        return Checkpoint(origin=origin, size=int(size), root=root)

    found = _parse(data, made, "it is no checkpoint: a name, a number and a root, and signatures below an empty line")
    if len(found.root) != hashlib.sha256().digest_size:
        raise NoteError("the root of the checkpoint is no SHA-256")
    return found


def parse_checksums(data: bytes) -> Checksums:
    """Return the note of the checksums in ``data``. Raises NoteError."""

    def made(origin: str, name: str, digest: bytes) -> Checksums:
        if name != NAME:
            raise ValueError
        return Checksums(origin=origin, digest=digest)

    return _parse(
        data, made, f"it is no note of {NAME}: a name, {NAME} and its hash, and signatures below an empty line"
    )


def _parse(data: bytes, made: Callable[[str, str, bytes], AnyNote], otherwise: str) -> AnyNote:
    """Return the note in ``data``, ``made`` of its three lines, with its signatures. Raises NoteError."""
    try:
        body, _, below = data[:MOST_BYTES].decode("utf-8").partition("\n\n")
        origin, middle, last = body.split("\n")
        signatures = []
        for line in below.splitlines():
            dash, name, signature = line.split(" ")
            if dash != "—":
                raise ValueError
            signatures.append((name, base64.b64decode(signature, validate=True)))
        if not origin:
            raise ValueError
        return replace(made(origin, middle, base64.b64decode(last, validate=True)), signatures=tuple(signatures))
    except (ValueError, binascii.Error):
        raise NoteError(otherwise) from None


def key_hash(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier(name: str, public: bytes) -> str:
    """Return a public key as a line."""
    return f"{name}+{key_hash(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def private_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key in the PEM file at ``path``. Raises NoteError."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise NoteError(f"the key {path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NoteError(f"the key {path} is no private key without a password, in PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoteError(f"the key {path} is no Ed25519 key")
    return key


def signed(note: AnyNote, key: Ed25519PrivateKey) -> tuple[AnyNote, str]:
    """Return the note with a signature by ``key``, under the name of the log, and the key as a line."""
    name, public = note.origin, key.public_key().public_bytes_raw()
    signature = key_hash(name, public) + key.sign(note.body)
    return replace(note, signatures=((name, signature),)), verifier(name, public)


def check(note: Note, key: str) -> None:
    """Check that ``key``, a line, signed the note. Raises NoteError with the reason."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        name, short, data = key.strip().split("+", 2)
        raw = base64.b64decode(data, validate=True)
        if raw[:1] != ED25519 or len(raw) != 33 or short != key_hash(name, raw[1:]).hex():
            raise ValueError
    except (ValueError, binascii.Error):
        raise NoteError("this is no key: it must be a line of the form name+hash+key") from None
    if not note.signatures:
        raise NoteError(f"{note.what} bears no signature")
    ours = [s[4:] for n, s in note.signatures if n == name and s[:4] == key_hash(name, raw[1:])]
    if not ours:
        raise NoteError(f"{note.what} is signed by another key: {', '.join(n for n, _ in note.signatures)}")
    try:
        Ed25519PublicKey.from_public_bytes(raw[1:]).verify(ours[0], note.body)
    except InvalidSignature:
        raise NoteError(f"the signature is not of this {note.what.removeprefix('the ')}") from None

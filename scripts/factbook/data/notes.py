"""Checkpoints as signed notes (C2SP ``tlog-checkpoint`` and ``signed-note``): written, read, signed and checked.

A checkpoint says in three lines whose log it is, how many leaves it has, and their root; below an empty line stand the
signatures. A key is told as one line, ``name+hash+key``, a *verifier key*.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"
"""The kind of the key, which its hash and its line begin with."""
MOST_BYTES = 1 << 16
"""Bytes of a checkpoint at most."""


class NoteError(Exception):
    """A checkpoint, a signature or a key is malformed or wrong; the message says why."""


class Checkpoint(Struct, frozen=True, kw_only=True):
    """The state of a log: its name, the number of its leaves, their root; and its signatures as (name, bytes)."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def body(self) -> bytes:
        """The part that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()

    @property
    def text(self) -> bytes:
        """The content of the file. Without a signature it ends with the empty line."""
        lines = (f"— {name} {base64.b64encode(signature).decode()}\n" for name, signature in self.signatures)
        return self.body + b"\n" + "".join(lines).encode()


def parse(data: bytes) -> Checkpoint:
    """Return the checkpoint in ``data``. Raises NoteError."""
    try:
        body, _, below = data[:MOST_BYTES].decode("utf-8").partition("\n\n")
        origin, size, root, *_ = body.split("\n")
        signatures = []
        for line in below.splitlines():
            dash, name, signature = line.split(" ")
            if dash != "—":
                raise ValueError
            signatures.append((name, base64.b64decode(signature, validate=True)))
        if not origin or not re.fullmatch(r"0|[1-9][0-9]{0,15}", size) or len(body.split("\n")) != 3:
            raise ValueError
        found = Checkpoint(
            origin=origin, size=int(size), root=base64.b64decode(root, validate=True), signatures=tuple(signatures)
        )
    except (ValueError, binascii.Error):
        raise NoteError(
            "it is no checkpoint: a name, a number and a root, and signatures below an empty line"
        ) from None
    if len(found.root) != hashlib.sha256().digest_size:
        raise NoteError("the root of the checkpoint is no SHA-256")
    return found


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


def signed(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> tuple[Checkpoint, str]:
    """Return the checkpoint with a signature by ``key``, under the name of the log, and the key as a line."""
    name, public = checkpoint.origin, key.public_key().public_bytes_raw()
    signature = key_hash(name, public) + key.sign(checkpoint.body)
    made = Checkpoint(origin=name, size=checkpoint.size, root=checkpoint.root, signatures=((name, signature),))
    return made, verifier(name, public)


def check(checkpoint: Checkpoint, key: str) -> None:
    """Check that ``key``, a line, signed the checkpoint. Raises NoteError with the reason."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        name, short, data = key.strip().split("+", 2)
        raw = base64.b64decode(data, validate=True)
        if raw[:1] != ED25519 or len(raw) != 33 or short != key_hash(name, raw[1:]).hex():
            raise ValueError
    except (ValueError, binascii.Error):
        raise NoteError("this is no key: it must be a line of the form name+hash+key") from None
    if not checkpoint.signatures:
        raise NoteError("the checkpoint bears no signature")
    ours = [s[4:] for n, s in checkpoint.signatures if n == name and s[:4] == key_hash(name, raw[1:])]
    if not ours:
        raise NoteError(f"the checkpoint is signed by another key: {', '.join(n for n, _ in checkpoint.signatures)}")
    try:
        Ed25519PublicKey.from_public_bytes(raw[1:]).verify(ours[0], checkpoint.body)
    except InvalidSignature:
        raise NoteError("the signature is not of this checkpoint") from None

"""Pagefind's index made the same every time, and smaller to fetch: it writes filters and their values in the order of a
hash table that is seeded by chance, and names the files after what is in them. A first search fetches the list of the
results' files, one a page, and names of chance do not compress: these files are numbered instead. The list also tells
how long each page is, to rank by; pages here are records, of which the longer is not the lesser, so all count the same.

A file of the index is gzip over a mark and CBOR, of which Pagefind uses numbers, texts and lists.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

Value = int | str | list["Value"]
_MARK = b"pagefind_dcd"
_NUMBER, _TEXT, _LIST = 0, 3, 4


def settle(index: Path) -> None:
    """Sort the filters of the index in the folder ``index``, count its results, and name its files anew.

    Raises ValueError.
    """
    renamed = {}
    for path in sorted((index / "filter").glob("*.pf_filter")):
        name, values = _read(path)
        data = _packed([name, sorted(values)])
        before = path.name.removesuffix(".pf_filter")
        renamed[before] = _named(before, data, 7)
        path.unlink()
        path.with_name(f"{renamed[before]}.pf_filter").write_bytes(data)
    entry = index / "pagefind-entry.json"
    about = json.loads(entry.read_text("utf-8"))
    for language in about["languages"].values():
        path = index / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(path)
        meta[3] = sorted([name, renamed[file]] for name, file in meta[3])
        meta[1] = _counted(index / "fragment", meta[1])
        data = _packed(meta)
        language["hash"] = _named(language["hash"], data, 10)
        path.unlink()
        path.with_name(f"pagefind.{language['hash']}.pf_meta").write_bytes(data)
    entry.write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")


def _counted(folder: Path, pages: list[Value]) -> list[Value]:
    """The pages of an index, [name of the file, number of words] each, with their files renamed to a name of the whole
    and a number. No two states of an index share a name, so no cache mixes them."""
    whole = _named(pages[0][0], "".join(name for name, _ in pages).encode(), 6) if pages else ""
    counted = []
    for number, (name, _) in enumerate(pages):
        counted.append([f"{whole}_{number:04x}", 1])
        (folder / f"{name}.pf_fragment").rename(folder / f"{counted[-1][0]}.pf_fragment")
    return counted


def _named(before: str, data: bytes, length: int) -> str:
    return f"{before.rpartition('_')[0]}_{hashlib.sha256(data).hexdigest()[:length]}"


def _read(path: Path) -> Value:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_MARK):
        raise ValueError(f"{path.name} does not begin as Pagefind's files do")
    return _decode(data, len(_MARK))[0]


def _packed(value: Value) -> bytes:
    return gzip.compress(_MARK + _encode(value), mtime=0)


def _decode(data: bytes, at: int) -> tuple[Value, int]:
    """The value that begins at ``at``, and where the next begins."""
    kind, size = divmod(data[at], 32)
    at += 1
    if 24 <= size < 28:
        width = 1 << (size - 24)
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    elif size >= 28:
        raise ValueError("a length that Pagefind did not use so far")
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return data[at : at + size].decode("utf-8"), at + size
    if kind != _LIST:
        raise ValueError(f"CBOR of kind {kind}, which Pagefind did not use so far")
    items: list[Value] = []
    for _ in range(size):
        item, at = _decode(data, at)
        items.append(item)
    return items, at


def _encode(value: Value) -> bytes:
    if isinstance(value, list):
        return _head(_LIST, len(value)) + b"".join(map(_encode, value))
    if isinstance(value, str):
        text = value.encode("utf-8")
        return _head(_TEXT, len(text)) + text
    return _head(_NUMBER, value)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind * 32 + size])
    width = next(w for w in (1, 2, 4, 8) if size < 1 << (8 * w))
    return bytes([kind * 32 + 23 + width.bit_length()]) + size.to_bytes(width, "big")

"""The same work over many items, on all cores where that pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
WORTH_IT = 2500
"""Fewer items than this are done in this process: starting others costs more than it saves."""
_work: Callable | None = None


def spread(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], chunk: int = 400) -> Iterator[Result]:
    """``work`` over ``items`` in chunks, results in order.

    Processes are forked, so ``work`` may use anything this process holds; only its results travel back. Where a system
    cannot fork, or has one core, everything happens here.
    """
    chunks = [items[i : i + chunk] for i in range(0, len(items), chunk)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(items) < WORTH_IT or cores == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, chunks)
        return
    global _work
    _work = work
    # A worker lives for seconds, and looking for garbage would copy what it shares with this process.
    with multiprocessing.get_context("fork").Pool(min(cores, len(chunks)), initializer=gc.disable) as pool:
        yield from pool.imap(_call, chunks)


def _call(chunk: Sequence) -> object:
    return _work(chunk)

"""The same work over many items, on all cores where that pays.

Plain forks and pipes: a pool of the standard library takes a tenth of a second to come and go, which is as long as
checking a thousand records.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
WORTH_IT = 2500
"""Fewer items than this are done in this process: starting others costs more than it saves."""


class WorkerLost(RuntimeError):
    """A process that was to do a share of the work has ended before it was done."""


def spread(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], chunk: int = 100) -> Iterator[Result]:
    """``work`` over ``items`` in chunks, results in order.

    Processes are forked, so ``work`` may use anything this process holds; only its results travel back. Where a system
    cannot fork, or has one core, everything happens here. An exception in a process is raised here; WorkerLost where a
    process ended without one.
    """
    chunks = [items[i : i + chunk] for i in range(0, len(items), chunk)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(items) < WORTH_IT or cores == 1:
        yield from map(work, chunks)
        return
    count = min(cores, len(chunks))
    workers = [_start(work, chunks[first::count]) for first in range(count)]
    try:
        for turn in range(len(chunks)):
            yield _result(workers[turn % count][1])
    finally:
        for process, results in workers:
            results.close()
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _start(work: Callable[[Sequence[Item]], Result], share: list[Sequence[Item]]) -> tuple[int, BinaryIO]:
    """A process that does a share of the chunks, and the pipe its results come through."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, os.fdopen(reading, "rb")
    try:
        os.close(reading)
        gc.disable()  # it lives for seconds, and looking for garbage would copy what it shares with its parent
        with os.fdopen(writing, "wb") as results:
            for chunk in share:
                try:
                    said = pickle.dumps((work(chunk), None), pickle.HIGHEST_PROTOCOL)
                except Exception as error:
                    said = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
                results.write(len(said).to_bytes(8, "big"))
                results.write(said)
                results.flush()
    finally:
        os._exit(0)  # nothing of the parent's is to be flushed or closed a second time


def _result(results: BinaryIO) -> Result:
    size = results.read(8)
    said = results.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
    if not said:
        raise WorkerLost("a process that was doing a share of the work has ended")
    result, error = pickle.loads(said)
    if error is not None:
        raise error
    return result

"""The same work over many items, on all cores where that pays.

Plain forks and pipes: a pool of the standard library takes a tenth of a second to come and go, which is as long as
checking a thousand records.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
WORTH_IT = 500
"""Fewer items than this are done in this process: starting others would save next to nothing."""
MOST_CHUNKS = 4000
"""The numbers of more chunks would not fit into a pipe, which holds 16 KiB on some systems."""
ROOM = 1 << 20
"""Bytes of results that may wait for this process: what a pipe can hold at most for anybody on Linux."""


LOST = "a process that did a share of the work has ended, perhaps for want of memory"


class WorkerLost(RuntimeError):
    """A process that was to do a share of the work has ended before it was done."""


def spread(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], chunk: int = 50) -> Iterator[Result]:
    """``work`` over ``items`` in chunks, results in order. A few results had best fit into a pipe, of ROOM or 64 KiB:
    then a process goes on while this one is busy.

    Processes are forked, so ``work`` may use anything this process holds; only its results travel back. Where a system
    cannot fork, or has one core, everything happens here. An exception in a process is raised here; WorkerLost where a
    process ended without one.
    """
    chunks, count = _cut(items, chunk)
    if count == 1:
        yield from map(work, chunks)
        return
    workers: list[tuple[int, int]] = []
    try:
        for first in range(count):
            workers.append(_start(work, chunks[first::count]))
        for turn in range(len(chunks)):
            found = _result(workers[turn % count][1])
            if not found:
                raise WorkerLost(LOST)
            yield found[0]
    finally:
        _end(workers)


def share(work: Callable[[Sequence[Item]], int], items: Sequence[Item], chunk: int = 100) -> Iterator[int]:
    """``work`` over ``items`` in chunks for what it does, in no order: gives 0 once other processes are at work, and
    then every number it returns.

    This process takes part whenever it is asked for the next number, so what all of them hold is held once less. Each
    begins with a stretch of its own, this one with the first, because neighbours need the same things made; then it
    helps the others. Otherwise as ``spread``.
    """
    chunks, count = _cut(items, max(chunk, -(-len(items) // MOST_CHUNKS)))
    if count == 1:
        yield 0
        yield from map(work, chunks)
        return
    size = -(-len(chunks) // count)
    left = [_queue(range(len(chunks))[first * size : (first + 1) * size]) for first in range(count)]
    workers = [_start(work, (chunks[n] for n in _taken(left, first))) for first in range(1, count)]
    results = [pipe for _, pipe in workers]
    own = _taken(left, 0)
    try:
        with uncollected():
            yield 0
            missing = len(chunks)
            while missing:
                n = next(own, None)
                if n is not None:
                    yield work(chunks[n])
                    missing -= 1
                elif not results:
                    raise WorkerLost(LOST)
                for pipe in select(results, [], [], None if n is None else 0)[0]:
                    found = _result(pipe)
                    if found:
                        yield found[0]
                        missing -= 1
                    else:
                        results.remove(pipe)
    finally:
        for queue in left:
            os.close(queue)
        _end(workers)


@contextmanager
def aside(work: Callable[[], Result], size: int) -> Iterator[Callable[[], Result]]:
    """``work`` over ``size`` items in another process meanwhile; what this gives waits for its result. Who leaves
    without asking ends that process. Otherwise as ``spread``."""
    if size < WORTH_IT or _cores() == 1:
        yield work
        return
    workers = [_start(lambda _: work(), [()])]

    def result() -> Result:
        found = _result(workers[0][1])
        if not found:
            raise WorkerLost(LOST)
        return found[0]

    try:
        yield result
    finally:
        _end(workers)


@contextmanager
def uncollected() -> Iterator[None]:
    """Nobody looks for garbage meanwhile: of a large archive nothing is, and looking at all of it again and again would
    cost a tenth of the time."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _cores() -> int:
    """Those this process may use, where it can start others."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _cut(items: Sequence[Item], size: int) -> tuple[list[Sequence[Item]], int]:
    """The items in chunks, and how many processes are worth having for them."""
    chunks = [items[i : i + size] for i in range(0, len(items), size)]
    return chunks, 1 if len(items) < WORTH_IT else min(_cores(), len(chunks))


def _queue(numbers: Iterable[int]) -> int:
    """A pipe that holds the numbers, for whichever process reads one first."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(n.to_bytes(4, "big") for n in numbers))
    os.close(writing)
    return reading


def _taken(queues: list[int], own: int) -> Iterator[int]:
    """Numbers out of one's own queue while it lasts, then out of the others."""
    for queue in (*queues[own:], *queues[:own]):
        while number := os.read(queue, 4):
            yield int.from_bytes(number, "big")


def _start(work: Callable[[Sequence[Item]], Result], share: Iterable[Sequence[Item]]) -> tuple[int, int]:
    """A process that does a share of the chunks, and the pipe its results come through."""
    import fcntl  # wherever there is a fork

    reading, writing = os.pipe()
    with suppress(AttributeError, OSError):  # only Linux can, and not for everybody: the pipe is as good, and slower
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, ROOM)
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
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


def _end(workers: list[tuple[int, int]]) -> None:
    for process, results in workers:
        os.close(results)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _result(results: int) -> tuple[Result] | None:
    """The next result of a process, or None where it has ended. An exception that it met is raised."""
    said = _read(results, int.from_bytes(_read(results, 8), "big"))
    if not said:
        return None
    result, error = pickle.loads(said)
    if error is not None:
        raise error
    return (result,)


def _read(pipe: int, size: int) -> bytes:
    """So many bytes out of a pipe, or none where it ends before."""
    parts = []
    while size:
        part = os.read(pipe, min(size, 1 << 16))
        if not part:
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)

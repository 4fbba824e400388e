"""Runs one function over many items on all cores, and sets the garbage collector's policy: the room for speed.

Processes are plain forks with a pipe each. A pool of the standard library (``concurrent.futures`` with a fork context)
takes five times as long to start and stop, 0.09 s, which is as long as checking a thousand records
(``bench/libraries.py``). FACTBOOK_PROCESSES=1 turns all of it off; tests/test_parallel.py and the test of equal bytes
hold the results to those of one process.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
WORTH_IT = 500
"""With fewer items than this all work is done in this process: starting others would save nothing."""
MOST_CHUNKS = 4000
"""The numbers of more chunks, 4 bytes each, would not fit into a pipe, which holds 16 KiB on some systems."""
ROOM = 1 << 20
"""Capacity asked for each result pipe, in bytes: the most that Linux grants an ordinary user."""

LOST = "a process that did a share of the work has ended, perhaps for want of memory"


class WorkerLost(RuntimeError):
    """A worker process has ended before its share of the work was done."""


def spread(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], chunk: int = 50) -> Iterator[Result]:
    """Yield ``work(chunk)`` for every chunk of ``chunk`` items, in the order of ``items``.

    Workers are forked, so ``work`` may use anything that this process holds; only its results are pickled. A worker
    goes on while this process is busy as long as its results fit into the pipe (ROOM, or 64 KiB where that is not
    granted). Where the system cannot fork, or has one core, everything runs in this process.

    Raises whatever ``work`` raised, and WorkerLost where a worker ended without a result.
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
            result: tuple[Result] | None = _result(workers[turn % count][1])
            if not result:
                raise WorkerLost(LOST)
            yield result[0]
    finally:
        _end(workers)


def share(work: Callable[[Sequence[Item]], int], items: Sequence[Item], chunk: int = 100) -> Generator[int, None, None]:
    """Run ``work`` over chunks of ``items`` for its side effects; yield 0 once the workers run, then its counts.

    The order of the counts is not defined. This process works too, whenever the next count is asked for, so memory
    holds the archive once less than with ``spread``. Every process begins with a stretch of its own, because
    neighbouring items need the same values cached, and then takes chunks from the stretches of the others.
    Otherwise as ``spread``.
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
                    count_made: tuple[int] | None = _result(pipe)
                    if count_made:
                        yield count_made[0]
                        missing -= 1
                    else:
                        results.remove(pipe)
    finally:
        for queue in left:
            os.close(queue)
        _end(workers)


@contextmanager
def aside(work: Callable[[], Result], size: int) -> Iterator[Callable[[], Result]]:
    """Run ``work`` in another process while the block runs; the function yielded waits for its result and returns it.

    ``size`` is the number of items that ``work`` handles, which decides whether a process is worth starting; without
    one, the function yielded runs ``work`` itself. Leaving the block ends the process. Otherwise as ``spread``.
    """
    if size < WORTH_IT or _cores() == 1:
        yield work
        return
    workers = [_start(lambda _: work(), [()])]

    def result() -> Result:
        made: tuple[Result] | None = _result(workers[0][1])
        if not made:
            raise WorkerLost(LOST)
        return made[0]

    try:
        yield result
    finally:
        _end(workers)


@contextmanager
def uncollected() -> Iterator[None]:
    """Turn the garbage collector off inside the block: a loaded archive holds no garbage, and scanning it costs a tenth
    of the run."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _cores() -> int:
    """Return how many processes may work at once: the cores of this process, 1 where it cannot fork or is told so."""
    if os.environ.get("FACTBOOK_PROCESSES") == "1" or not hasattr(os, "sched_getaffinity"):
        return 1
    return len(os.sched_getaffinity(0))


def _cut(items: Sequence[Item], size: int) -> tuple[list[Sequence[Item]], int]:
    """Return ``items`` in chunks of ``size``, and the number of processes to share them."""
    chunks = [items[i : i + size] for i in range(0, len(items), size)]
    return chunks, 1 if len(items) < WORTH_IT else min(_cores(), len(chunks))


def _queue(numbers: Iterable[int]) -> int:
    """Return the reading end of a pipe filled with ``numbers``; a number goes to the process that reads it first."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(n.to_bytes(4, "big") for n in numbers))
    os.close(writing)
    return reading


def _taken(queues: list[int], own: int) -> Iterator[int]:
    """Yield the numbers left in the queue ``own``, then those left in the others."""
    for queue in (*queues[own:], *queues[:own]):
        while number := os.read(queue, 4):
            yield int.from_bytes(number, "big")


def _start(work: Callable[[Sequence[Item]], Result], share: Iterable[Sequence[Item]]) -> tuple[int, int]:
    """Fork a worker that runs ``work`` over ``share``; return its process id and its result pipe."""
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
                    message = pickle.dumps((work(chunk), None), pickle.HIGHEST_PROTOCOL)
                except Exception as error:
                    message = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
                results.write(len(message).to_bytes(8, "big"))
                results.write(message)
                results.flush()
    finally:
        os._exit(0)  # nothing of the parent's is to be flushed or closed a second time


def _end(workers: list[tuple[int, int]]) -> None:
    """Close the pipes of the workers, kill them, and wait until they are gone."""
    for process, results in workers:
        os.close(results)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _result(results: int) -> tuple[Result] | None:
    """Return the next result of a worker in a tuple, None where it has ended; raise the exception that it met."""
    message = _read(results, int.from_bytes(_read(results, 8), "big"))
    if not message:
        return None
    result, error = pickle.loads(message)
    if error is not None:
        raise error
    return (result,)


def _read(pipe: int, size: int) -> bytes:
    """Return ``size`` bytes read from ``pipe``, or none where it ends before."""
    parts = []
    while size:
        part = os.read(pipe, min(size, 1 << 16))
        if not part:
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)

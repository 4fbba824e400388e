"""Work that is spread over processes is done once, wholly, and nobody is left in the dark when it fails."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from factbook import cli, parallel
from factbook.commands import check

HERE = os.getpid()
FORKS = hasattr(os, "fork")


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine seem to have three cores, and any work be worth them."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1, 2}, raising=False)
    if FORKS:
        monkeypatch.setattr(parallel, "WORTH_IT", 2)


def doubled(chunk: Sequence[int]) -> list[int]:
    """Return each number twice as large."""
    return [2 * n for n in chunk]


def aside(work: Callable[[], object], size: int) -> object:
    """The result of work that is done aside."""
    with parallel.aside(work, size) as result:
        return result()


def gone(process: int) -> bool:
    """Whether a process that this one started has ended and was seen off."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def elsewhere(act: Callable[[], None]) -> Callable[..., int]:
    """Work that does something in every process but the first, which waits at its first item until that has begun."""
    reading, writing = os.pipe()
    waiting = [True]

    def work(*_: object) -> int:
        if os.getpid() != HERE or not FORKS:
            os.write(writing, b".")
            act()
        elif waiting:
            os.read(reading, waiting.pop())
        return 1

    return work


def stumble() -> None:
    """Raise an error."""
    raise ValueError("a stone")


def stop() -> None:
    """End this process as a system does that is out of memory."""
    if FORKS:
        os._exit(1)
    raise parallel.WorkerLost(parallel.LOST)


def test_results_come_in_order() -> None:
    """What is spread comes back in the order of the items, however large one result is."""
    assert [n for part in parallel.spread(doubled, range(1000), 7) for n in part] == doubled(range(1000))
    large = [bytes([n]) * 200_000 for n in range(9)]
    assert list(parallel.spread(lambda chunk: large[chunk[0]], range(9), 1)) == large


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50, 9001])
def test_everything_shared_is_done_once(tmp_path: Path, count: int) -> None:
    """Whatever is shared is done by one process or another, each part once; a chunk grows where there are too many."""

    def work(chunk: Sequence[int]) -> int:
        with open(tmp_path / str(os.getpid()), "a", encoding="ascii") as said:
            said.writelines(f"{n}\n" for n in chunk)
        return len(chunk)

    told = list(parallel.share(work, range(count), 1))
    done = [int(line) for path in tmp_path.iterdir() for line in path.read_text("ascii").split()]
    assert sorted(done) == list(range(count))
    assert told[0] == 0
    assert sum(told) == count


def test_others_are_at_work_before_this_process_is() -> None:
    """The first thing heard is 0; what this process does until it asks again happens beside the work of others."""
    begun = parallel.share(elsewhere(lambda: None), range(6), 1)
    assert next(begun) == 0
    assert list(begun) == [1] * 6


def test_an_error_in_another_process_is_raised_here() -> None:
    """An exception comes out where the work was asked for, with its own words."""
    for asked in (
        lambda: list(parallel.spread(elsewhere(stumble), range(6), 1)),
        lambda: list(parallel.share(elsewhere(stumble), range(6), 1)),
        lambda: aside(elsewhere(stumble), 6),
    ):
        with pytest.raises(ValueError, match=r"^a stone$"):
            asked()


def test_a_process_that_is_lost_is_missed() -> None:
    """Work is never taken for done because a process that was to do it is gone."""
    for asked in (
        lambda: list(parallel.spread(elsewhere(stop), range(6), 1)),
        lambda: list(parallel.share(elsewhere(stop), range(6), 1)),
        lambda: aside(elsewhere(stop), 6),
    ):
        with pytest.raises(parallel.WorkerLost, match=rf"^{parallel.LOST}$"):
            asked()


def test_a_command_that_loses_a_process_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A system that is out of memory ends a process: whoever ran the command reads one line and no traceback."""
    monkeypatch.setattr(check, "check", lambda *_: stop() if not FORKS else aside(elsewhere(stop), 6))
    assert cli.main(["check"]) == 2
    said = "factbook: a process that did a share of the work has ended, perhaps for want of memory\n"
    assert capsys.readouterr() == ("", said)


def test_what_is_done_aside_is_waited_for() -> None:
    """Asking for what was done aside gives its result."""
    assert aside(lambda: doubled([1, 2]), 6) == [2, 4]
    assert aside(lambda: doubled([1, 2]), 1) == [2, 4]


def test_whoever_leaves_early_leaves_nobody_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that is broken off, an error beside the work and a result nobody asks for end every process."""
    started: list[int] = []
    start = parallel._start
    monkeypatch.setattr(parallel, "_start", lambda *work: started.append((new := start(*work))[0]) or new)
    pages = parallel.share(lambda chunk: time.sleep(0.01) or 1, range(600), 1)
    next(pages)
    pages.close()
    results = parallel.spread(doubled, range(600), 1)
    next(results)
    results.close()
    with pytest.raises(ValueError, match=r"^a stone$"), parallel.aside(lambda: time.sleep(60), 6):
        stumble()
    assert len(started) == (2 + 3 + 1 if FORKS else 0)
    assert [process for process in started if not gone(process)] == []

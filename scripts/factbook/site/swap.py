"""Puts a finished site in the place of the old one, and lets one build at a time work in a folder."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from factbook.site import output_folder
from factbook.site.errors import BUILDING, SiteError, line
from factbook.site.output_folder import OLD, is_real_folder

LOCK = ".site-lock"
"""The file that is locked where a folder cannot be: on Windows, and on some network disks. It stays, empty."""
_BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""Error numbers of a lock without waiting where another process holds it."""


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Lock:
    """Holds a folder for one build. The system releases it when the process ends, however it ends.

    ``inherited`` are the handles for programs that are started meanwhile (``pass_fds``), so that the folder stays held
    as long as such a program writes into it, even where this process is killed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._handle = folder, -1

    def acquire(self, say: Callable[[str], None] = _say) -> None:
        """Wait until no other build holds the folder; ``say`` is called once when one does. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._handle = self._open()
        if not self._taken():
            say(f"Another build is at work in {self._folder}; this one waits until it has ended.")
            while not self._taken():
                time.sleep(0.1)

    def _open(self) -> int:
        """Return a handle of what is locked: the folder itself, which leaves nothing behind, or a file in it."""
        if sys.platform != "win32":
            import fcntl

            handle = os.open(self._folder, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            except OSError as error:
                if error.errno in _BUSY:
                    return handle
                os.close(handle)
        return os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)

    def _taken(self) -> bool:
        """Return whether this process holds the lock now."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True

    @property
    def inherited(self) -> tuple[int, ...]:
        """The handle, on systems where programs can inherit one."""
        return () if sys.platform == "win32" or self._handle < 0 else (self._handle,)

    def release(self) -> None:
        """Let the next build in. Processes that inherited the handle keep it until they end."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Lock:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


class Workplace:
    """The place of a site while the next one is built: ``site`` behind any link, and ``building``, empty at first.

    As a context manager it removes ``building`` at the end, unless ``finish`` has put it in the place of the site.
    Raises SiteError, before anything is touched, where no site can be exchanged, and OSError.
    """

    def __init__(self, site: Path, root: Path) -> None:
        self.site = output_folder.checked(site, root)
        self.building = self.site.with_name(BUILDING)
        self.lock = Lock(self.site.parent)
        self.lock.acquire()
        try:
            output_folder.checked(site, root)  # another build may have been at work until now
            recover(self.site)
            build_folder(self.site)
        except BaseException:
            self.lock.release()
            raise

    def finish(self) -> None:
        """Put the finished folder in the place of the site. Raises SiteError; the old site is then as it was."""
        swap(self.building, self.site)

    def close(self) -> None:
        """Remove what is unfinished, and let the next build in."""
        try:
            if is_real_folder(self.building):
                shutil.rmtree(self.building, ignore_errors=True)
        finally:
            self.lock.release()

    def __enter__(self) -> Workplace:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def recover(site: Path) -> None:
    """Put right what a killed build left behind: the old site goes back to its place if there is none.

    Raises SiteError where a leftover cannot be removed. The caller holds the lock.
    """
    old = site.with_name(OLD)
    if is_real_folder(old) and not site.exists():
        old.rename(site)
    for left in (site.with_name(BUILDING), old):
        if is_real_folder(left):
            _remove(left)


def build_folder(site: Path) -> Path:
    """Make and return an empty folder beside ``site`` to build in. Raises OSError."""
    building = site.with_name(BUILDING)
    building.mkdir()
    return building


def _remove(folder: Path) -> None:
    """Remove a folder that a build left. Raises SiteError."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise SiteError(f"what an earlier build left cannot be removed: {line(error, folder)}") from None


def swap(building: Path, site: Path) -> None:
    """Put the finished folder in the place of the old site, which is whole until then and removed afterwards.

    Raises SiteError where the system does not allow it; the old site is then in its place.
    """
    old = site.with_name(OLD)
    try:
        if site.exists():
            site.rename(old)
        building.rename(site)
    except OSError as error:
        if is_real_folder(old) and not site.exists():
            with suppress(OSError):
                old.rename(site)
        raise SiteError(f"the new site cannot take its place: {line(error, site)}") from None
    try:
        if is_real_folder(old):
            shutil.rmtree(old)
    except OSError as error:
        _say(f"The new site is in place; the old one cannot be removed: {line(error, old)}")

"""The error of a command that cannot be carried out."""

from __future__ import annotations


class CommandError(Exception):
    """A command cannot be carried out. The message says why, and what to do instead.

    ``code`` is the exit status: 1 where the archive does not allow it, 2 where the command itself was wrong.
    """

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code

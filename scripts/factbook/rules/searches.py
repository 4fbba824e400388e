"""Rules for searches: what was looked for, and when."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.rules.claims import breach
from factbook.rules.problem import Problem, rule


@rule()
def search_in_the_future(archive: Archive) -> Iterator[Problem]:
    """A search must not be dated after the build date, or after the newest commit where no date is given.

    It says what has been looked for, not what somebody means to look for.
    """
    for search in archive.searches.values():
        if archive.today and search.searched > archive.today:
            yield breach(
                search_in_the_future,
                search,
                ("searched",),
                "the search is dated in the future",
                value=search.searched,
                allowed=f"{archive.today} or earlier",
                hint="If the date is right and the record is not committed yet, give the date: --date YYYY-MM-DD.",
            )

"""A series as a table: a time that no row covers is a row of its own, where the series leaves out none."""

from __future__ import annotations

import pytest

from factbook.model import table
from factbook.model.answers import Cell, Series


def series(unbroken: str, *dates: str) -> Series:
    """A series with a row for each of the dates (EDTF)."""
    cells = tuple(Cell(when=date, column="Held", text="held", fact="held") for date in dates)
    return Series(
        id="s", path="s", title="S", description="S.", organizations=("o",), columns=("Held",), cells=cells,
        unbroken=unbroken,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unbroken", "dates", "holes"),
    [
        ("", ("1901", "1905"), []),
        ("years", ("1901", "1902-05", "1903"), []),
        ("years", ("1905", "1901", "1903~"), ["1902", "1904"]),
        ("years", ("1901", "1905", "1902/1903"), ["1904"]),
        ("years", ("190X", "1915-02"), ["1910/1914"]),
        ("years", ("1901/..", "1950"), []),
        ("years", ("1901", "unknown", "1905"), []),
        ("days", ("1901-03-01/1902-03-05", "1902-03-05/1903"), []),
        ("days", ("1901-03-01/1902-03-05", "1902-03-06/1903"), []),
        ("days", ("1901/1902-06-23", "1903-06-23?/1904"), ["1902-06-24/1903-06-22"]),
        ("days", ("1901-03-01", "1901-03-03"), ["1901-03-02"]),
        ("days", ("../1901", "1903"), ["1902-01-01/1902-12-31"]),
    ],
)
def test_a_hole_is_a_time_between_rows_that_no_row_covers(
    unbroken: str, dates: tuple[str, ...], holes: list[str]
) -> None:
    """A row covers every day that its date can mean; holes are told in the order of time."""
    assert table.holes(series(unbroken, *dates)) == holes


def test_a_hole_is_shown_as_a_row_without_cells() -> None:
    """A reader sees at its place in time that nobody looked for it."""
    rows = table.rows(series("years", "1903", "1901"))
    assert [(row.when, [len(cells) for cells in row.places]) for row in rows] == [
        ("1901", [1]),
        ("1902", [0]),
        ("1903", [1]),
    ]

"""Cells in columns: what goes in comes out, each as the object that it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.model.table import Cells, Coder, Rows, column_of, rows_of

CELLS = st.one_of(
    st.text(max_size=3), st.integers(-3, 3), st.booleans(), st.none(), st.floats(), st.decimals(), st.dates(),
    st.lists(st.integers(0, 2), max_size=1),
)  # fmt: skip


@given(st.lists(CELLS, max_size=20))
def test_every_cell_comes_out_as_it_went_in(cells: list[object]) -> None:
    column = column_of(cells)
    assert len(column) == len(cells)
    assert [(type(cell), repr(cell)) for cell in column] == [(type(cell), repr(cell)) for cell in cells]
    assert all(repr(column[row]) == repr(cell) for row, cell in enumerate(cells))


def test_equal_objects_of_two_types_are_two_cells() -> None:
    """1, True, 1.0 and the decimal 1 are equal to Python, and not what a scheme makes of them."""
    column = column_of([1, True, 1.0, Decimal(1), "1", date(2026, 1, 1), 1])
    assert list(map(type, column)) == [int, bool, float, Decimal, str, date, int]


def test_a_decimal_keeps_its_zeros() -> None:
    assert list(map(str, column_of([Decimal("1.0"), Decimal("1.00")]))) == ["1.0", "1.00"]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "甲", ""]), max_size=9), max_size=5))
def test_each_different_text_is_kept_once_whatever_the_pieces(pieces: list[list[str]]) -> None:
    coder = Coder()
    for piece in pieces:
        coder.texts(piece)
    column, every = coder.column(), [text for piece in pieces for text in piece]
    assert [*column] == every
    assert [*column.values] == [*dict.fromkeys(every)]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=9))
def test_rows_of_columns_are_the_rows(rows: list[tuple[object, object]]) -> None:
    made = rows_of(rows, 2)
    assert len(made) == len(rows) and len(made.columns) == 2
    assert [repr(row) for row in made] == [repr(row) for row in rows]
    assert repr(made[::-1]) == repr(tuple(rows[::-1]))
    for outside in (len(rows), -len(rows) - 1):
        with pytest.raises(IndexError):
            made[outside]


def test_rows_equal_other_rows_with_the_same_cells() -> None:
    made = rows_of([("a", 1), ("b", 2)])
    assert made == (("a", 1), ("b", 2)) == made
    assert made != (("a", 1),) and made != (("a", 1), ("b", 3))
    assert rows_of(made) is made


def test_rows_without_columns_are_still_rows() -> None:
    assert [*Rows((), 2)] == [(), ()] and Rows((), 2)[1] == ()


def test_named_cells_are_mappings_when_somebody_looks() -> None:
    cells = Cells({"points": column_of(["3", "4", "3"]), "on_time": column_of([True, None, False])}, 3)
    assert cells[1] == {"points": "4", "on_time": None}
    assert [*cells] == [cells[0], cells[1], cells[2]] and cells[1:] == [cells[1], cells[2]]
    with pytest.raises(IndexError):
        cells[3]

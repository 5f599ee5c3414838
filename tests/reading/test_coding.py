"""Equal cells have one number, in the order in which they appear, however often different ones meet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.reading.sources import coding, csv_columns
from incentive_rules.reading.sources.coding import number_cells

ROWS = st.lists(st.tuples(st.integers(0, 2**64 - 1) | st.integers(0, 3), st.integers(0, 2)), max_size=40)


@given(ROWS, st.integers(1, 25))
def test_rows_are_numbered_as_a_dictionary_would(rows: list[tuple[int, int]], bits: int) -> None:
    words = [np.array([row[place] for row in rows], np.uint64) for place in (0, 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coding, "_MOST_BITS", bits)
        found = number_cells(words)
    known = {row: number for number, row in enumerate(dict.fromkeys(rows))}
    if found is None:
        assert bits < 8, "in a table with room different cells come apart"
    else:
        codes, first = found
        assert codes.tolist() == [known[row] for row in rows]
        assert [rows[row] for row in first.tolist()] == list(known)


def test_cells_that_meet_again_and_again_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever knows the products can choose cells that all come to one place; a dictionary then takes them."""
    monkeypatch.setattr(coding, "_SPREADS", (np.uint64(0),) * 3)
    assert number_cells([np.arange(9, dtype=np.uint64)]) is None
    data = "".join(f"{n},x\n" for n in range(9)).encode()
    columns = csv_columns.columns_below(data, 0, 2, 99)
    assert columns is not None and [*columns[0]] == [str(n) for n in range(9)] and [*columns[1].values] == ["x"]


@pytest.mark.parametrize("width", [7, 8, 9, 63, 64, 65, 200])
def test_cells_of_any_width_are_those_between_the_commas(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [("ab" * 100)[: width - n % 3] + "甲" * (n % 2) for n in range(7)]
    data = "".join(f"{cell},{cell}\n" for cell in cells).encode()
    for piece in (10, 1 << 20):
        monkeypatch.setattr(csv_columns, "_PIECE", piece)
        columns = csv_columns.columns_below(data, 0, 2, 1_000)
        assert columns is not None and all([*column] == cells for column in columns)
    short = csv_columns.columns_below(data, 0, 2, 60)
    assert (short is None) is (max(map(len, cells)) > 60)

"""A csv file without quotes is read in columns at once: the same table as row by row, or left to that."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incentive_rules.model.data import DataTable
from incentive_rules.reading import csv_tables, files, refusals

PIECES = st.sampled_from(
    ["a", "b,", ",", "1", "甲", "\n", "\r\n", "\r", " ", "x,y", "\n\n", "\u2028", "\x0b", "\ufeff"]
)  # fmt: skip


def row_by_row(data: bytes) -> DataTable | None:
    try:
        return csv_tables._any_csv(data, "t.csv", "utf-8-sig")[0]
    except UnicodeDecodeError:
        return None


@given(st.lists(PIECES, max_size=25).map("".join), st.integers(1, 4))
@example("工号,points\nA,1\n\n\nB,2\n\n", 1)
@example("\n\na,b\r\n1,2\r\n", 2)
@example("a,b\r1,2\r3,4", 1)
@example("a\n\n1\n\n\n", 2)
@example("a,b\n1\n", 3)
def test_the_table_is_that_of_reading_row_by_row(text: str, piece: int) -> None:
    data = text.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_tables, "_MANY_ROWS", piece)
        plain = csv_tables._plain_csv(data, "t.csv", "utf-8-sig")
    slow = row_by_row(data)
    if plain is None:
        assert slow is None  # there is something to tell
    else:
        assert slow is not None
        assert plain.headings == slow.headings and plain.rows == slow.rows and [*plain.lines] == [*slow.lines]


def test_bytes_that_are_no_text_are_told() -> None:
    table, problems = files.read_bytes(b"a,b\n1,\xff\n", "t.csv")
    assert table is None and [(one.code, one.line) for one in problems] == [("data-encoding", 2)]


@pytest.mark.parametrize("most", ["MOST_ROWS", "MOST_CELLS"])
def test_what_is_too_long_is_told(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, most, 5)
    table, problems = files.read_bytes(b"a,b\n" + b"1,2\n" * 9, "t.csv")
    assert table is None and [one.code for one in problems] == ["data-file"]

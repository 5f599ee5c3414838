"""A csv file without quotes is read in columns at once: the same table as row by row, or left to that."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources import csv_tables, files, refusals

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


@given(st.lists(PIECES, max_size=25).map("".join))
@example("工号,points\nA,1\nB,2\n")
@example("\ufeff工号,points\r\nA,1\r\n,\r\n")
@example("a,b\n1\n2,3,4\n")
@example("a,b\n1,2,3\n4\n")
@example("a,b\n\n1,2\n3,4,5,6\n")
@example("a,b\n1,2\r3,4\n")
@example("a,a\n1,2\n")
@example("a,b\n#1,2\n 3 , 4")
def test_a_large_file_is_read_in_the_same_way(text: str) -> None:
    pytest.importorskip("polars")
    large, slow = csv_tables._large_csv(text.encode(), "t.csv", "utf-8-sig"), row_by_row(text.encode())
    if large is not None:
        assert slow is not None
        assert large.headings == slow.headings and large.rows == slow.rows and [*large.lines] == [*slow.lines]
        assert [column.values for column in large.rows.columns] == [[*dict.fromkeys(c)] for c in slow.rows.columns]


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_mark_is_lost_at_the_beginning_of_a_line(text: str) -> None:
    """A file that was pasted below a line of headings brings its byte order mark into the first cell."""
    data = ("工号,points\n\ufeff" + text.replace("\r", "")).encode()
    pytest.importorskip("polars")
    large, slow = csv_tables._large_csv(data, "t.csv", "utf-8-sig"), row_by_row(data)
    assert large is None or (slow is not None and large.rows == slow.rows)


@pytest.mark.parametrize("text", ["工号,points\nA,{}\n", "工号,{}\nA,1\n"])
@pytest.mark.parametrize("length, is_read", [(131_072, True), (131_073, False)])
def test_a_cell_that_is_too_long_is_told_whoever_reads(text: str, length: int, is_read: bool) -> None:
    pytest.importorskip("polars")
    data = text.format("东" * length).encode()
    assert (csv_tables._large_csv(data, "t.csv", "utf-8-sig") is not None) is is_read
    assert (row_by_row(data) is not None) is is_read


def test_an_ordinary_large_file_is_read_by_the_quick_reader() -> None:
    pytest.importorskip("polars")
    table = csv_tables._large_csv("工号,points\nA,1\n甲,\nA, 2\n".encode(), "t.csv", "utf-8-sig")
    assert table is not None and table.rows == (("A", "1"), ("甲", ""), ("A", " 2"))
    assert csv_tables._large_csv("a,b\n1,2\n".encode("gb18030"), "t.csv", "gb18030") is None


def test_bytes_that_are_no_text_are_told() -> None:
    table, problems = files.read_bytes(b"a,b\n1,\xff\n", "t.csv")
    assert table is None and [(one.code, one.line) for one in problems] == [("data-encoding", 2)]


@pytest.mark.parametrize("most", ["MOST_ROWS", "MOST_CELLS"])
def test_what_is_too_long_is_told(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, most, 5)
    table, problems = files.read_bytes(b"a,b\n" + b"1,2\n" * 9, "t.csv")
    assert table is None and [one.code for one in problems] == ["data-file"]

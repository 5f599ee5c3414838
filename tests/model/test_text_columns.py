"""Lines that are written from columns are those of the texts one by one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.model import text_columns
from incentive_rules.model.text_columns import TextColumn, Writing, each_text, lines_of, written_flags, written_keys

UNITS = st.one_of(st.integers(-(10**18), 10**18), st.integers(-120, 120), st.sampled_from([0, 9_999, 10_000, -(10**8)]))
TEXTS = st.one_of(st.text(max_size=4), st.text("ab", min_size=190, max_size=210))


def lines(*columns: TextColumn) -> list[str]:
    joints = [b"<", *[b"|"] * (len(columns) - 1), b">\n"]
    return b"".join(lines_of(columns, joints)).decode().split("\n")[:-1]


@given(st.lists(UNITS, min_size=1, max_size=9), st.integers(0, 13))
def test_digits_are_those_of_a_decimal(units: list[int], decimals: int) -> None:
    size = len(units)
    found = TextColumn(np.full(size, -1), np.zeros((0, 0), np.uint8), np.array(units), decimals, b"(", b")")
    assert lines(found) == [f"<({Decimal(one).scaleb(-decimals):f})>" for one in units]


@given(st.lists(st.tuples(TEXTS, UNITS, st.booleans(), st.booleans()), min_size=1, max_size=9), st.integers(1, 4))
def test_each_line_joins_its_own_texts(rows: list[tuple[str, int, bool, bool]], at_once: int) -> None:
    """Whatever their lengths, and however many lines are written at once; in some rows a text stands for a number."""
    size = len(rows)
    codes = np.array([0 if missing else -1 for _, _, _, missing in rows])
    texts = [text.replace("\n", " ") for text, _, _, _ in rows]
    numbers = np.array([units for _, units, _, _ in rows])
    for gone in ("-", "-" * 300):
        column = TextColumn(codes, text_columns._side_by_side([gone.encode()]), numbers, 2)
        flags = written_flags(np.array([flag for _, _, flag, _ in rows]), Writing(str))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text_columns, "_LINES", at_once)
            found = lines(each_text(texts), column, flags)
        shown = [gone if missing else f"{Decimal(units).scaleb(-2):f}" for _, units, _, missing in rows]
        assert found == [f"<{texts[n]}|{shown[n]}|{rows[n][2]}>" for n in range(size)]
        assert lines(column.at(np.arange(size)[::-1])) == [f"<{one}>" for one in reversed(shown)]


@pytest.mark.parametrize("keys", [["E1", "E22", ""], ["E1", "甲"], ["a" * 201, "b"], ["E1", "E22"], ["a b"]])
def test_keys_are_written_as_any_text_is(keys: list[str]) -> None:
    writing = Writing(lambda value: f'"{value}"', around_words='"')
    assert lines(written_keys(keys, writing)) == [f'<"{key}">' for key in keys]


def test_no_lines_are_written_of_no_rows() -> None:
    assert lines(each_text([])) == []

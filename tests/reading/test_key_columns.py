"""Keys in columns say what a dictionary of rows would say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.base.problems import Problem
from incentive_rules.model.checked import CheckedInput
from incentive_rules.model.table import column_of
from incentive_rules.reading.cells.cell import read_cell
from incentive_rules.reading.tables.key_columns import (
    KeyColumn,
    cells_below,
    equal_keys,
    in_order,
    keys_below,
    keys_of,
    no_keys,
    or_else,
    row_groups,
    taken,
)
from incentive_rules.reading.tables.links import KeyReader

WRONG = Problem("data-key", {"value": "?"})
KEYS = st.sampled_from(["a", "b", "甲", None, WRONG])
CODES = st.lists(st.integers(0, 4), max_size=12)


def column(keys: Sequence[object]) -> KeyColumn:
    return keys_of(column_of(keys), lambda cell: cell if isinstance(cell, str | Problem) else None)


def said(keys: KeyColumn) -> list[object]:
    return [keys[row] for row in range(len(keys))]


@given(st.lists(KEYS, max_size=12))
def test_equal_texts_have_one_code_and_a_problem_keeps_its_own(keys: list[str | Problem | None]) -> None:
    made = column(keys)
    assert said(made) == keys
    texts = [key for key in made.keys if isinstance(key, str)]
    assert len(texts) == len(set(texts)) and list(made.keys).count(None) <= 1
    assert made.texts() == [key if isinstance(key, str) else "" for key in keys]
    assert made.where(lambda key: key == "a").tolist() == [key == "a" for key in keys]


def test_two_spellings_of_one_key_are_one_key() -> None:
    made = keys_of(column_of(["a", " a", "b", "a "]), lambda cell: str(cell).strip())
    assert made.codes.tolist() == [0, 0, 1, 0] and made.keys == ["a", "b"]


@given(st.lists(st.lists(KEYS, max_size=5), min_size=1, max_size=4))
def test_files_one_below_the_other(files: list[list[str | Problem | None]]) -> None:
    assert said(keys_below([column(keys) for keys in files])) == [key for keys in files for key in keys]


@given(st.lists(st.tuples(KEYS, KEYS), max_size=12))
def test_another_column_answers_where_one_says_nothing(rows: list[tuple[object, object]]) -> None:
    found = or_else(column([one for one, _ in rows]), column([two for _, two in rows]))
    assert said(found) == [two if one is None else one for one, two in rows]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)), max_size=15))
def test_rows_are_different_by_what_all_columns_say(rows: list[tuple[int, int, int]]) -> None:
    size = len(rows)
    columns = [np.array([row[place] for row in rows], np.int64) for place in range(3)]
    found = row_groups(columns, size)
    order = [*dict.fromkeys(rows)]
    assert found.codes.tolist() == [order.index(row) for row in rows]
    assert found.first.tolist() == [rows.index(row) for row in order]
    assert found.counts().tolist() == [rows.count(row) for row in order]
    some = np.arange(size) % 2 == 0
    assert found.counts(some).tolist() == [rows[::2].count(row) for row in order]


def test_rows_of_which_no_column_says_anything_say_the_same() -> None:
    assert row_groups([], 3).codes.tolist() == [0, 0, 0] and row_groups([], 0).first.tolist() == []


@given(st.lists(st.integers(0, 5), max_size=20))
def test_rows_in_order_keep_their_order_where_numbers_are_equal(numbers: list[int]) -> None:
    assert in_order(np.array(numbers, np.int64)).tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)


@given(CODES, CODES)
def test_cells_of_files_one_below_the_other(first: list[int], second: list[int]) -> None:
    one, two = column_of(map(str, first)), column_of(second)
    found = cells_below([(one, len(first)), (None, 2), (two, len(second))])
    assert [*found] == [*map(str, first), None, None, *second]


def test_some_rows_of_a_column() -> None:
    assert [*taken(column_of(["a", "b", "a"]), np.array([2, 1]))] == ["a", "b"]
    assert said(equal_keys(np.array([0, 1, 1]), ["x", "x"])) == ["x", "x", "x"]
    assert said(no_keys(2)) == [None, None]


@pytest.mark.parametrize("missing", ["", ", missing_texts: [N0, none]"])
@given(st.text("aN0none-甲 \t\u200b9", max_size=5))
def test_a_key_reader_reads_what_a_cell_holds(missing: str, text: str) -> None:
    one = _key_with(missing)
    found = read_cell(one, text)
    expected = None if isinstance(found, Problem) and found.code == "data-missing" else found
    assert KeyReader(one)(text) == expected and KeyReader(one)(text) == expected


@cache
def _key_with(options: str) -> CheckedInput:
    pipeline = ir.compile(
        text="format: 1\nscheme: t\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\n"
        f"currency: EUR\ninputs:\n  k: {{type: key{options}}}\n  jobs: {{type: integer, range: [0, 9]}}\n"
        "pay: {bonus: {amount: 10 * jobs}}\n",
        period="2026-04",
    )
    return pipeline.checked.inputs["k"]

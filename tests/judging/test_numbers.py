"""The referee rounds and looks up with code of its own: every edge, every tie, and agreement with the library."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.numbers import Rounding, read_number, rounded
from incentive_rules.judging.functions import FUNCTIONS
from incentive_rules.judging.numbers import RefereeFault, number_in, round_to
from incentive_rules.judging.tables import TableOutput, only_output
from incentive_rules.lang.algebra import ExactNumbers
from incentive_rules.lang.functions import ROW_FUNCTIONS
from incentive_rules.model.scheme import TableBody
from incentive_rules.model.terms import Constant
from tests.judging.made import body

F = Fraction

# value, then half_up, half_even, down, up, floor, ceiling, all to whole numbers
ROUNDED = (
    ("2.5", 3, 2, 2, 3, 2, 3),
    ("-2.5", -3, -2, -2, -3, -3, -2),
    ("3.5", 4, 4, 3, 4, 3, 4),
    ("-3.5", -4, -4, -3, -4, -4, -3),
    ("-0.5", -1, 0, 0, -1, -1, 0),
    ("2.4", 2, 2, 2, 3, 2, 3),
    ("-2.6", -3, -3, -2, -3, -3, -2),
    ("-7", -7, -7, -7, -7, -7, -7),
    ("0", 0, 0, 0, 0, 0, 0),
)


@pytest.mark.parametrize("text, half_up, half_even, down, up, floor, ceiling", ROUNDED)
def test_a_half_is_rounded_by_its_name(
    text: str, half_up: int, half_even: int, down: int, up: int, floor: int, ceiling: int
) -> None:
    found = [round_to(F(text), 0, mode) for mode in Rounding]
    assert found == [half_up, half_even, down, up, floor, ceiling]


@given(st.fractions(max_denominator=10**6), st.integers(0, 15), st.sampled_from(Rounding))
def test_two_ways_of_rounding_agree(value: Fraction, decimals: int, mode: Rounding) -> None:
    assert round_to(value, decimals, mode) == rounded(value, decimals, mode)


@given(st.integers(-(10**6), 10**6), st.integers(0, 6), st.sampled_from(Rounding))
def test_two_ways_of_rounding_agree_at_every_tie(odd: int, decimals: int, mode: Rounding) -> None:
    value = F(2 * odd + 1, 2 * 10**decimals)
    assert round_to(value, decimals, mode) == rounded(value, decimals, mode)


@pytest.mark.parametrize("text", ["12", "-0.50", "5%", "-12.5%", "0", "007", "1e3", "1_0", "٣", "+1", ".5", "1."])
def test_two_ways_of_reading_a_number_agree(text: str) -> None:
    assert number_in(text) == read_number(text)


@given(st.data())
def test_a_function_means_what_the_catalogue_says(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([f for f in ROW_FUNCTIONS if f.meaning is not None]))
    count = entry.least if entry.most is not None else data.draw(st.integers(entry.least, 4))
    takes = {"date": st.dates().map(lambda day: F(day.toordinal())), "time": st.integers(0, 10**9).map(F)}
    one = takes.get(entry.takes, st.fractions(-100, 100))
    values = data.draw(st.lists(one, min_size=count, max_size=count))
    assert entry.meaning is not None
    assert FUNCTIONS[entry.name](*values) == entry.meaning(ExactNumbers(), *values)


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────

GRADES = body("from", {90: 1.5, 80: 1.2, 60: 0.6}, 0)
MINUTES = body("up_to", {15: 100, 30: 85, 60: 60}, 0)
LINE = body("points", {"3.0": 0, "4.0": 60, "4.8": 100})
TAX = body("slices", {0: "10%", 1000: "20%", 3000: "45%"})
NESTED = body(
    "equals",
    {"north": body("from", {10: 3, 5: 2}), "south": body("equals", {1: 7}, 8), "east": "missing"},
    1,
)

FOUND: tuple[tuple[TableBody, tuple[object, ...], object], ...] = (
    (GRADES, ("90",), "1.5"),
    (GRADES, ("89.9999",), "1.2"),
    (GRADES, ("80",), "1.2"),
    (GRADES, ("79.9999",), "0.6"),
    (GRADES, ("60",), "0.6"),
    (GRADES, ("59.99",), 0),
    (GRADES, ("1000",), "1.5"),
    (MINUTES, ("15",), 100),
    (MINUTES, ("15.01",), 85),
    (MINUTES, ("30",), 85),
    (MINUTES, ("60",), 60),
    (MINUTES, ("60.01",), 0),
    (MINUTES, ("-5",), 100),
    (LINE, ("2",), 0),
    (LINE, ("3",), 0),
    (LINE, ("3.5",), 30),
    (LINE, ("4",), 60),
    (LINE, ("4.4",), 80),
    (LINE, ("4.8",), 100),
    (LINE, ("5",), 100),
    (LINE, ("3.1",), 6),
    (TAX, ("0",), 0),
    (TAX, ("1000",), 100),
    (TAX, ("1001",), "100.2"),
    (TAX, ("3000",), 500),
    (TAX, ("5000",), 1400),
    (NESTED, ("north", "10"), 3),
    (NESTED, ("north", "5"), 2),
    (NESTED, ("north", "4"), 1),  # the outer `else` covers every depth
    (NESTED, ("south", "1"), 7),
    (NESTED, ("south", "2"), 8),  # the nearer `else` comes first
    (NESTED, ("west", "1"), 1),
    (NESTED, ("east", "1"), None),
    (NESTED, (None, "1"), None),
    (NESTED, ("north", None), None),
)


def keys_of(texts: tuple[object, ...]) -> tuple[Constant, ...]:
    numbers = [number_in(str(text)) for text in texts]
    return tuple(text if number is None else number for text, number in zip(texts, numbers, strict=True))  # type: ignore[misc]


@pytest.mark.parametrize("table, texts, expected", FOUND)
def test_a_row_is_found_at_and_around_its_edge(table: TableBody, texts: tuple[object, ...], expected: object) -> None:
    wanted = None if expected is None else F(str(expected))
    assert TableOutput("t", table, only_output(table)).find(keys_of(texts)).value == wanted


def test_a_table_of_flags_and_words_gives_flags_and_words() -> None:
    flags = TableOutput("t", body("equals", {"true": "是", "false": "否"}), "")
    assert flags.find((True,)).value is True
    words = TableOutput("t", body("equals", {7: "是的", 8: "2"}), "")
    assert [words.find((F(n),)).value for n in (7, 8)] == ["是的", "2"]


def test_a_named_output_is_picked_and_missing_stands_for_all_outputs() -> None:
    table = body("from", {90: {"grade": "A", "coefficient": "1.5"}, 50: "missing"}, {"grade": "E", "coefficient": "0"})
    found = [
        TableOutput("t", table, give).find((F(n),)).value for n in (95, 60, 10) for give in ("grade", "coefficient")
    ]
    assert found == ["A", F("1.5"), None, None, "E", 0]
    with pytest.raises(RefereeFault):
        only_output(table)


def test_a_look_up_says_which_edge_was_reached_and_which_was_missed() -> None:
    reached = TableOutput("t", GRADES, "").find((F(85),)).steps[0]
    assert (reached.edge, reached.missed, reached.else_) == (80, 90, False)
    below = TableOutput("t", GRADES, "").find((F(10),)).steps[0]
    assert (below.edge, below.missed, below.else_) == (None, 60, True)
    slow = TableOutput("t", MINUTES, "").find((F(20),)).steps[0]
    assert (slow.edge, slow.missed) == (30, 15)
    assert TableOutput("t", TAX, "").find((F(3500),)).steps[0].corners == (
        (0, 1000, F("0.1")),
        (1000, 2000, F("0.2")),
        (3000, 500, F("0.45")),
    )


@pytest.mark.parametrize(
    "table, keys", [(TAX, (F(-1),)), (body("equals", {"a": 1}), ("b",)), (GRADES, ("a",)), (GRADES, ())]
)
def test_a_hole_that_the_checker_would_find_is_a_fault(table: TableBody, keys: tuple[Constant, ...]) -> None:
    with pytest.raises(RefereeFault):
        TableOutput("t", table, "").find(keys)

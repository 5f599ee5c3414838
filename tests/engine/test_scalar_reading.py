"""What the generated Python reads in line is what `read_cell` reads: the same value, or the same problem."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.lang.types import DATE, MONEY, TIME, Bounds, Facts
from incentive_rules.model.checked import CheckedInput
from incentive_rules.model.result import MISSING, Result
from incentive_rules.reading.cells.cell import read_cell
from tests.compiling import made
from tests.compiling.made import category, checked, engine_of, flag, key, named, number, read

ID = made.given("engineer", key())
JOBS = made.given("jobs", number(0, 500), line=4)
ON_TIME = made.given("on_time", number(0, 500), line=5)
RATING = made.given("rating", number(0, 100, may_miss=True), 1)
BASE = made.given("base", number(0, 60000, type_=MONEY), 2)
POST = made.given("post", category("junior", "senior"))
OPEN = made.given("team", Facts(made.category().type, False))
HEAD = made.given("head", flag())
DAY = made.given("hired", Facts(DATE, False, Bounds(Fraction(date(2000, 1, 1).toordinal()), None)))
TIME_OF_DAY = made.given("opened", Facts(TIME))
SHARE = made.given("share", number(0, 1), 4, percent=True)


ODD = [
    None, True, False, 0, 1, -1, 500, 501, 10**40, 0.0, -0.0, 1.0, 91.5, 0.1, 1e300, float("nan"), float("inf"),
    0.1 + 0.2, 91.35000000000001, 2.0**53, Decimal("91.5"), Decimal("91.50"), Decimal("91.55"), Decimal("NaN"),
    Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+1000000"), Decimal("1E-1000000"), Decimal("-0"),
    Decimal("1." + "0" * 80 + "1"), Decimal("100." + "0" * 80), "91.5", " 91.5", "5", "05", "0", "0.5", "00.5", "-5",
    "5.", ".5", "91.50",
    "91.55", "1e2", "5%",
    "²", "٣", "4" * 30, "1_0", "９１", "", "-", "junior",
    " junior", "senior", "Junior", "e\u0301", "a\u0000b", "\ud800", "true", "是", b"1", [1], (), object,
    Fraction(1, 2), Fraction(183, 2), Fraction(1, 3),
    date(2026, 1, 1), datetime(2026, 1, 1), datetime(2026, 1, 1, 12), "2026-01-01", "12:30", 1 + 0j,
]  # fmt: skip
NUMBERS = st.one_of(
    st.integers(), st.integers(0, 600), st.floats(), st.floats(0, 101), st.integers(0, 10**6).map(lambda n: n / 100),
    st.decimals(), st.decimals(0, 101, places=2), st.decimals(0, 101, places=1),
    st.fractions(0, 101, max_denominator=100), st.text(), st.booleans(), st.none(),
)  # fmt: skip
MARKED = made.given("mark", category("-", "a", "b"), missing_texts=("a",), texts=(("b", ("-",)),))
KINDS = (ID, JOBS, RATING, BASE, POST, OPEN, HEAD, DAY, TIME_OF_DAY, SHARE, MARKED)
SINGLE = {one.name: engine_of(checked([one], [named("x", read(one), one.decimals)])) for one in KINDS}


class TestReading:
    """What is read in line is what `read_cell` reads: the same value, or the same problem."""

    def agree(self, one: CheckedInput, raw: object) -> None:
        slow = read_cell(one, raw)
        found = SINGLE[one.name].score({one.name: raw})
        if isinstance(slow, Problem):
            assert isinstance(found, tuple), (raw, found)
            assert [(p.code, p.variant, p.params) for p in found] == [(slow.code, slow.variant, slow.params)]
            return
        assert isinstance(found, Result), (raw, found)
        value = found["x"]
        if isinstance(value, datetime):
            value = value.toordinal() * 1440 + value.hour * 60 + value.minute
        elif isinstance(value, date):
            value = value.toordinal()
        elif not isinstance(value, Decimal | Fraction | int | str) and value is not MISSING:
            value = value.hour * 60 + value.minute  # type: ignore[union-attr]
        assert (None if value is MISSING else value) == slow, raw

    @pytest.mark.parametrize("one", KINDS, ids=lambda one: str(one.name))
    def test_odd_values(self, one: CheckedInput) -> None:
        for raw in ODD:
            self.agree(one, raw)

    @given(st.sampled_from(KINDS), NUMBERS)
    @example(RATING, 0.7)
    @example(BASE, 4503599627370497.5)
    def test_any_value(self, one: CheckedInput, raw: object) -> None:
        self.agree(one, raw)

    def test_a_huge_exponent_costs_nothing(self) -> None:
        for raw in ("1E+999999", "-1E+999999", "1E-999999"):
            self.agree(BASE, Decimal(raw))

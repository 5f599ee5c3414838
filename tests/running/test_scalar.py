"""One person: what is read in line, what is refused and how, and what comes back."""

from __future__ import annotations

import ast
import copy
import gc
import linecache
import pickle
import traceback
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.compiling import compile_plan
from incentive_rules.lang.types import DATE, MONEY, TIME, WHOLE, Bounds, Facts
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedInput
from incentive_rules.model.result import MISSING, Result
from incentive_rules.model.scheme import Role
from incentive_rules.reading.cells import read_cell
from incentive_rules.running.scalar import ScalarEngine
from tests.compiling import made
from tests.compiling.generated import facts, fixed
from tests.compiling.made import category, checked, flag, key, named, number, premise


def read(one: CheckedInput) -> t.Read:
    return t.Read(one.name, facts=one.facts)


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

TIMELINESS = named("timeliness", t.Quotient(read(ON_TIME), read(JOBS), True, facts=facts(True)), line=8)
BONUS = named(
    "bonus", t.Quotient(read(BASE), fixed(Fraction(12)), facts=facts(False)), 2, role=Role.PAY,
    condition=t.Compared("==", read(POST), fixed("senior"), facts=flag()), line=9,
)  # fmt: skip
NET = named("net", t.Read("bonus", facts=facts(False)), 2, role=Role.RESULT)
COUNT = named("steps", t.Rounded(read(RATING), 0, "half_up", facts=Facts(WHOLE, True)), 0, facts=Facts(WHOLE, True))
ON_TIME_AT_MOST_JOBS = premise("on_time <= jobs", t.Compared("<=", read(ON_TIME), read(JOBS), facts=flag()))


def scheme(applies_to: t.Term | None = None) -> Checked:
    return checked(
        [ID, JOBS, ON_TIME, RATING, BASE, POST], [TIMELINESS, BONUS, NET, COUNT], [ON_TIME_AT_MOST_JOBS], applies_to
    )


def engine_of(one: Checked) -> ScalarEngine:
    plan, findings = compile_plan(one)
    assert findings == ()
    assert plan is not None
    return ScalarEngine(plan, read_cell)


ENGINE = engine_of(scheme())
ROW = {"engineer": "E1", "jobs": 120, "on_time": 110, "rating": Decimal("91.5"), "base": 8500, "post": "senior"}


def result(**changes: object) -> Result:
    found = ENGINE.score({**ROW, **changes})
    assert isinstance(found, Result), found
    return found


def problems(**changes: object) -> list[str]:
    found = ENGINE.score({**ROW, **changes})
    assert isinstance(found, tuple)
    return [f"{p.code} {p.params.get('input') or p.params.get('name') or p.params.get('text')}" for p in found]


class TestValues:
    def test_each_comes_in_its_own_type(self) -> None:
        one = result()
        assert one["timeliness"] == Fraction(11, 12)
        assert repr(one["bonus"]) == "Decimal('708.33')"
        assert (one["steps"], type(one["steps"])) == (92, int)
        assert (one.key, one.in_scope) == ("E1", True)

    def test_missing_is_neither_true_nor_false(self) -> None:
        missing = result(rating=None)["steps"]
        assert missing is MISSING
        with pytest.raises(TypeError, match="neither true nor false"):
            bool(missing)
        assert repr(missing) == "missing"
        assert pickle.loads(pickle.dumps(missing)) is MISSING
        assert copy.deepcopy(missing) is MISSING
        assert type(MISSING)() is MISSING

    def test_lines_say_why_they_are_nothing(self) -> None:
        paid, unpaid = result().lines["bonus"], result(post="junior").lines["bonus"]
        assert (paid.amount, paid.kind, paid.state) == (Decimal("708.33"), "earning", "paid")
        assert (unpaid.amount, unpaid.state) == (0, "condition_not_met")
        assert str(unpaid.amount) == "0.00"

    def test_a_wrong_name_suggests_the_right_one(self) -> None:
        with pytest.raises(KeyError, match="did you mean `bonus`"):
            result()["bonsu"]
        assert "bonsu" not in result()
        assert result().get("bonsu") is None

    def test_a_result_is_frozen_and_equal_by_value(self) -> None:
        one = result()
        with pytest.raises(AttributeError):
            one.total = 3  # type: ignore[attr-defined]
        with pytest.raises(AttributeError):
            del one._state
        with pytest.raises(TypeError):
            Result()
        assert one == result()
        assert hash(one) == hash(result())
        assert one != result(base=9000)
        assert pickle.loads(pickle.dumps(one)) == one
        assert dict(one) == one.as_dict()

    def test_a_notebook_shows_a_table_without_markup_of_the_data(self) -> None:
        html = result(engineer="<b>E1</b>")._repr_html_()
        assert "<b>" not in html
        assert "708.33" in html

    def test_dates_and_times_come_back_as_such(self) -> None:
        engine = engine_of(checked([DAY, TIME_OF_DAY], [named("d", read(DAY)), named("w", read(TIME_OF_DAY))]))
        found = engine.score({"hired": date(2020, 2, 29), "opened": datetime(2026, 4, 1, 12, 30)})
        assert isinstance(found, Result)
        assert found.as_dict() == {"d": date(2020, 2, 29), "w": datetime(2026, 4, 1, 12, 30)}


class TestProblems:
    def test_all_of_a_row_come_at_once(self) -> None:
        assert problems(jobs=5, on_time=6, rating=101, base="8,500", post="intern") == [
            "data-range rating",
            "data-number base",
            "data-category post",
            "data-require on_time <= jobs",
        ]

    def test_a_premise_on_a_refused_cell_is_not_judged(self) -> None:
        assert problems(jobs=-1) == ["data-range jobs"]

    def test_unknown_and_absent_names(self) -> None:
        row = {name: value for name, value in ROW.items() if name != "base"} | {"bsae": 8500}
        found = ENGINE.score(row)
        assert isinstance(found, tuple)
        assert [(p.code, p.params.get("near")) for p in found] == [
            ("data-name-unknown", "base"),
            ("data-missing", None),
        ]
        assert {p.key for p in found} == {"E1"}

    def test_an_input_that_may_be_missing_may_be_left_out(self) -> None:
        row = {name: value for name, value in ROW.items() if name != "rating"}
        found = ENGINE.score(row)
        assert isinstance(found, Result)
        assert found["steps"] is MISSING

    @pytest.mark.parametrize("row", [None, [1], "E1", 5])
    def test_a_row_is_a_mapping(self, row: object) -> None:
        found = ENGINE.score(row)
        assert isinstance(found, tuple)
        assert [p.code for p in found] == ["data-row"]

    def test_details_where_there_are_none(self) -> None:
        found = ENGINE.score(ROW, {"orders": []})
        assert isinstance(found, tuple)
        assert [(p.code, p.variant) for p in found] == [("data-details", "none")]

    def test_headings_serve_as_names_but_not_beside_them(self) -> None:
        jobs = made.given("jobs", number(0, 9), column="Jobs done")
        engine = engine_of(checked([jobs], [named("x", read(jobs), 0)]))
        found = engine.score({"Jobs done": 3})
        assert isinstance(found, Result)
        assert found["x"] == 3
        twice = engine.score({"Jobs done": 3, "jobs": 3})
        assert isinstance(twice, tuple)
        assert [(p.code, p.variant) for p in twice] == [("data-heading-twice", "both")]

    def test_a_name_that_is_the_heading_of_another_input_means_that_one(self) -> None:
        a, b = made.given("a", number(0, 9), column="b"), made.given("b", number(0, 9), column="a")
        engine = engine_of(checked([a, b], [named("x", read(a), 0)]))
        found = engine.score({"a": 1, "b": 2})
        assert isinstance(found, Result)
        assert found["x"] == 2


class TestScope:
    SENIORS = t.Compared("==", read(POST), fixed("senior"), facts=flag())

    def test_outside_nothing_is_measured_and_nothing_paid(self) -> None:
        engine = engine_of(scheme(self.SENIORS))
        found = engine.score({**ROW, "post": "junior"})
        assert isinstance(found, Result)
        assert found.as_dict() == {"timeliness": MISSING, "bonus": 0, "net": 0, "steps": MISSING}
        assert (found.in_scope, found.key, found.lines["bonus"].state) == (False, "E1", "not_in_scope")
        assert str(found["net"]) == "0.00"

    def test_premises_are_for_those_inside(self) -> None:
        engine = engine_of(scheme(self.SENIORS))
        broken = {**ROW, "jobs": 1, "on_time": 2}
        assert isinstance(engine.score({**broken, "post": "junior"}), Result)
        assert isinstance(engine.score(broken), tuple)


ODD = [
    None, True, False, 0, 1, -1, 500, 501, 10**40, 0.0, -0.0, 1.0, 91.5, 0.1, 1e300, float("nan"), float("inf"),
    0.1 + 0.2, 91.35000000000001, 2.0**53, Decimal("91.5"), Decimal("91.50"), Decimal("91.55"), Decimal("NaN"),
    Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+1000000"), Decimal("1E-1000000"), Decimal("-0"),
    Decimal("1." + "0" * 80 + "1"), Decimal("100." + "0" * 80), "91.5", " 91.5", "1_0", "９１", "", "-", "junior",
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


ORDER = (
    made.given("hours", number(0, 24, may_miss=True), 1, ("orders",)),
    made.given("late", flag(), 0, ("orders",)),
)


def orders_scheme() -> Checked:
    hours, late = (t.Read(one.name, facts=one.facts) for one in ORDER)
    on_time = t.IsNot(late, facts=flag())
    mean = t.Aggregate("mean", "orders", hours, on_time, 0, facts=facts(True))
    over = t.Compared(">", hours, t.Read("mean", facts=facts(False)), facts=flag())
    known = t.Every(
        (t.IsKnown(hours, facts=flag()), t.IsKnown(t.Read("mean", facts=facts(True)), facts=flag())), facts=flag()
    )
    above = t.Aggregate("count", "orders", t.Every((known, over), facts=flag()), None, 0, facts=facts(False))
    doubled = t.Product(hours, fixed(Fraction(2)), facts=facts(True))
    return checked(
        [ID, *ORDER],
        [
            named("mean", mean, 2, facts=facts(True)),
            named("above", above, 0, facts=Facts(WHOLE)),
            named("doubled", doubled, 1, level=("orders",), facts=facts(True)),
        ],
        [premise("hours <= 20", t.Some((t.IsNot(t.IsKnown(hours, facts=flag()), facts=flag()),
                 t.Compared("<=", hours, fixed(Fraction(20)), facts=flag())), facts=flag()), ("orders",))],
        details=("orders",), max_rows=5,
    )  # fmt: skip


class TestDetails:
    ENGINE = engine_of(orders_scheme())

    def score(self, *orders: object) -> Result | tuple[Problem, ...]:
        return self.ENGINE.score({"engineer": "E1"}, {"orders": list(orders)})

    def test_a_second_walk_reads_what_the_first_gathered(self) -> None:
        """How many orders took longer than the mean of those on time."""
        found = self.score({"hours": 1, "late": False}, {"hours": 2, "late": False}, {"hours": 9, "late": True},
                           {"hours": None, "late": True})  # fmt: skip
        assert isinstance(found, Result)
        assert (found["mean"], found["above"]) == (Decimal("1.50"), 2)
        assert found["doubled"] == (2, 4, 18, MISSING)

    def test_no_rows(self) -> None:
        found = self.score()
        assert isinstance(found, Result)
        assert (found["mean"], found["above"], found["doubled"]) == (MISSING, 0, ())

    def test_problems_say_the_row(self) -> None:
        found = self.score({"hours": 25, "late": False}, {"hours": 21, "late": False}, {"hour": 1, "late": "x"}, 7)
        assert isinstance(found, tuple)
        assert [(p.code, p.row, p.table, p.key) for p in found] == [
            ("data-range", 1, "orders", "E1"),
            ("data-name-unknown", 3, "orders", "E1"),
            ("data-flag", 3, "orders", "E1"),
            ("data-row", 4, "orders", "E1"),
        ]
        alone = self.score({"hours": 21, "late": False})
        assert isinstance(alone, tuple)
        assert [(p.code, p.row, p.params["text"]) for p in alone] == [("data-require", 1, "hours <= 20")]

    def test_too_many_rows_and_wrong_tables(self) -> None:
        many = self.score(*[{"hours": 1, "late": False}] * 6)
        assert isinstance(many, tuple)
        assert [(p.code, p.params["most"]) for p in many] == [("data-too-many", "5")]
        for details, code in [
            (None, "missing"),
            ({}, "missing"),
            ({"orders": [], "order": []}, ""),
            ({"orders": 5}, ""),
        ]:
            found = self.ENGINE.score({"engineer": "E1"}, details)
            assert isinstance(found, tuple)
            assert [p.variant for p in found] == [code]

    def test_any_iterable_of_rows_will_do(self) -> None:
        found = self.ENGINE.score({"engineer": "E1"}, {"orders": ({"hours": h, "late": False} for h in (1, 2))})
        assert isinstance(found, Result)
        assert found["mean"] == Decimal("1.50")


HOSTILE = ["x'); import os #", 'a"b', "\n  evil()", "__import__", "名称", "\ud800", "{x}", "\\", "row", "v1", "score"]


class TestGenerated:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_authors_texts_stand_in_quotes_only(self, name: str) -> None:
        one = made.given(name, category(name, "other"))
        equal = t.Compared("==", read(one), fixed(name), facts=flag())
        chosen = t.Choice(equal, fixed(Fraction(1)), fixed(Fraction(2)), facts=facts(False))
        engine = engine_of(checked([one], [named(name + "!", chosen, 0)], [premise(name, equal)]))
        own = {
            "score", "row", "details", "bad", "len", "KeyError", "type", "str", "Exception", "read", "read_row",
            "no_tables", "refuse", "result", "layout",
        }  # fmt: skip
        for node in ast.walk(ast.parse(engine.source)):
            if isinstance(node, ast.Name):
                assert node.id in own or node.id.lstrip("vwords").isdigit()
        found = engine.score({name: name})
        assert not isinstance(found, Result) or found[name + "!"] == 1

    def test_each_line_leads_to_the_scheme(self) -> None:
        lines = ENGINE.source.splitlines()
        assert len(lines) == len(ENGINE.places)
        (number,) = (n for n, line in enumerate(lines) if "// 12" in line)
        place = ENGINE.places[number]
        assert place is not None
        assert (place.line, "# line 9" in lines[number]) == (9, True)

    def test_the_same_plan_gives_the_same_text(self) -> None:
        assert engine_of(scheme()).source == ENGINE.source

    def test_a_traceback_shows_the_line_and_nothing_is_left_behind(self) -> None:
        def broken(one: CheckedInput, raw: object) -> Fraction:
            raise RuntimeError("reader")

        plan, _ = compile_plan(checked([JOBS], [named("x", read(JOBS), 0)]))
        assert plan is not None
        engine = ScalarEngine(plan, broken)
        with pytest.raises(RuntimeError) as caught:
            engine.score({"jobs": "?"})
        assert "read(0, v0, bad, None)" in "".join(traceback.format_exception(caught.value))
        before = {file for file in linecache.cache if file.startswith("<scheme")}
        del engine, caught
        gc.collect()
        assert len({file for file in linecache.cache if file.startswith("<scheme")}) < len(before)

    def test_an_engine_pickles_as_its_plan(self) -> None:
        again = pickle.loads(pickle.dumps(ENGINE))
        assert again.score(ROW) == ENGINE.score(ROW)

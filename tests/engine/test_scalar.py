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

from incentive_rules.compiling import compile_plan
from incentive_rules.engine.scalar import ScalarEngine
from incentive_rules.lang.types import DATE, MONEY, TIME, WHOLE, Bounds, Facts
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedInput
from incentive_rules.model.result import MISSING, Result
from incentive_rules.model.scheme import Role
from tests.compiling import made
from tests.compiling.generated import facts, fixed
from tests.compiling.made import category, checked, engine_of, flag, key, named, number, premise, read

ID = made.given("engineer", key())
JOBS = made.given("jobs", number(0, 500), line=4)
ON_TIME = made.given("on_time", number(0, 500), line=5)
RATING = made.given("rating", number(0, 100, may_miss=True), 1)
BASE = made.given("base", number(0, 60000, type_=MONEY), 2)
POST = made.given("post", category("junior", "senior"))
DAY = made.given("hired", Facts(DATE, False, Bounds(Fraction(date(2000, 1, 1).toordinal()), None)))
TIME_OF_DAY = made.given("opened", Facts(TIME))

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
            "no_tables", "refuse", "result", "layout", "found", "new", "state", "Result",
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

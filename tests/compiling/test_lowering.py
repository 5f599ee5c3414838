"""What random schemes do not show: growth, widths, checks, and the shape of what is generated."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from incentive_rules.base.numbers import Rounding, rounded
from incentive_rules.compiling import compile_plan
from incentive_rules.lang.types import Bounds, Facts, Kind, Type
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked
from incentive_rules.model.plan import Let, Op, Plan
from incentive_rules.model.scheme import Role
from tests.compiling.generated import facts, fixed
from tests.compiling.interpreter import run
from tests.compiling.made import checked, flag, given, named, number, premise

WAGE = given("wage", number(0, 10_000_000), 2)
JOBS = given("jobs", number(0, 3000))
TASKS = given("tasks", number(1, 3000))


def read(one: object) -> t.Read:
    return t.Read(one.name, facts=one.facts)  # type: ignore[attr-defined]


def plan_of(scheme: Checked) -> Plan:
    plan, findings = compile_plan(scheme)
    assert findings == ()
    assert plan is not None
    return plan


def worked_out(plan: Plan, **values: int) -> dict[str, Fraction | None]:
    """The person's numbers for scaled inputs."""
    given_cells: dict[int, int | bool | str] = {i.cell: values[i.name] for i in plan.inputs}
    cells, _ = run(plan, {"": given_cells}, {})
    found: dict[str, Fraction | None] = {}
    for output in plan.outputs:
        below = 10 ** (output.decimals or 0)
        for one in output.denominators:
            below *= int(cells[one]) if isinstance(one, int) else int(one.value)
        known = output.known is None or cells[output.known]
        found[output.name] = Fraction(int(cells[output.numerator]), below) if known else None
    return found


def test_an_argument_that_is_used_twice_is_computed_once() -> None:
    """f(f(f(...))) with f(x) = x * x + x would need 2**20 operations if each use were computed again."""
    term: t.Term = t.Quotient(read(JOBS), fixed(Fraction(3000)), facts=facts(False))
    for _ in range(20):
        doubled = t.Sum(term, t.Absolute(term, facts=facts(False)), facts=facts(False))
        term = t.Rounded(t.Quotient(doubled, fixed(Fraction(2)), facts=facts(False)), 2, "half_up", facts=facts(False))
    plan = plan_of(checked([JOBS], [named("x", term)]))
    assert len(plan.steps) < 200


def test_equal_formulas_of_two_names_share_their_cells() -> None:
    def ratio() -> t.Term:
        return t.Rounded(t.Quotient(read(JOBS), read(TASKS), facts=facts(False)), 4, "half_up", facts=facts(False))

    one = plan_of(checked([JOBS, TASKS], [named("x", ratio())]))
    two = plan_of(checked([JOBS, TASKS], [named("x", ratio()), named("y", ratio())]))
    assert len(two.steps) == len(one.steps)


def test_a_long_sum_needs_no_deep_stack() -> None:
    term: t.Term = read(JOBS)
    for i in range(3000):
        term = t.Sum(term, read(TASKS) if i % 2 else read(JOBS), facts=facts(False))
    plan = plan_of(checked([JOBS, TASKS], [named("x", term, 0)]))
    assert worked_out(plan, jobs=2, tasks=3)["x"] == 1501 * 2 + 1500 * 3


def test_the_chinese_pay_form_fits_although_it_needs_more_than_62_bits() -> None:
    """Its denominators are divided one by one there, as engines on limbs need it."""
    score = given("score", number(0, 120), 4)
    days = given("days", number(0, 92))
    factors = [read(WAGE), read(score), read(score), read(days)]
    term: t.Term = factors[0]
    for factor in factors[1:]:
        term = t.Product(term, factor, facts=facts(False))
    term = t.Quotient(term, read(TASKS), facts=facts(False))
    plan = plan_of(checked([WAGE, score, days, TASKS], [named("pay", term, 2)]))
    divisions = [s for s in plan.steps if isinstance(s, Let) and isinstance(s.expr, Op) and s.expr.operator == "//"]
    assert len(divisions) > 1
    for wage, points, day, tasks in [(123_456_789, 987_654, 61, 7), (10**9, 1_200_000, 92, 1), (1, 1, 1, 3000)]:
        exact = Fraction(wage, 100) * Fraction(points, 10**4) ** 2 * day / tasks
        found = worked_out(plan, wage=wage, score=points, days=day, tasks=tasks)["pay"]
        assert found == rounded(exact, 2, Rounding.HALF_UP)


def test_what_is_too_wide_names_its_widest_factor() -> None:
    power = t.Power(read(WAGE), 7, facts=facts(False))
    term = t.Product(t.Product(power, power, facts=facts(False)), read(JOBS), facts=facts(False))
    plan, findings = compile_plan(
        checked([WAGE, JOBS], [named("x", term), named("y", t.Read("x", facts=facts(False)))])
    )
    assert plan is None
    assert [(f.code, f.params["name"], f.params["factor"]) for f in findings] == [("too-wide", "x", "wage")]


def test_powers_of_powers_stop_at_once() -> None:
    term: t.Term = read(WAGE)
    for _ in range(40):
        term = t.Power(term, 16, facts=facts(False))
    plan, findings = compile_plan(checked([WAGE], [named("x", term)]))
    assert plan is None
    assert findings[0].code == "too-wide"


@pytest.mark.parametrize("mode", Rounding)
@pytest.mark.parametrize("low, high", [(-40, 40), (0, 40), (-40, -1)])
@pytest.mark.parametrize("below", [1, 2, 3, 4, 7, 10])
def test_rounding_by_one_floor_division(mode: Rounding, low: int, high: int, below: int) -> None:
    """Every tie on both sides of zero, over a constant and over a variable denominator."""
    top, divisor = given("top", number(low, high)), given("divisor", number(1, 10))
    by_constant = t.Quotient(read(top), fixed(Fraction(below)), facts=facts(False))
    by_variable = t.Quotient(read(top), read(divisor), facts=facts(False))
    plan = plan_of(checked([top, divisor], [named("c", by_constant, 0, mode), named("v", by_variable, 0, mode)]))
    for n in range(low, high + 1):
        wanted = rounded(Fraction(n, below), 0, mode)
        assert worked_out(plan, top=n, divisor=below) == {"c": wanted, "v": wanted}


def test_best_counts_one_of_two_equal_members_first() -> None:
    """With ties the `most` largest are still so many, not more and not fewer."""
    a, b, c = (given(name, number(0, 3)) for name in "abc")
    best = t.Fold("best", (read(a), read(b), read(c)), (None, None, None), 2, facts=facts(True))
    plan = plan_of(checked([a, b, c], [named("x", best)]))
    for _ in range(50):
        values = {name: random.Random(_).choice([0, 1, 1, 2]) for name in "abc"}
        assert worked_out(plan, **values)["x"] == sum(sorted(values.values())[-2:])


def test_a_declared_range_that_is_not_proved_is_checked_and_kept() -> None:
    """The check finds the row, and the clamp keeps every later bound true."""
    wide = t.Product(read(JOBS), read(TASKS), facts=facts(False))
    declared = Facts(Type(Kind.NUMBER), False, Bounds(Fraction(0), Fraction(100)))
    plan = plan_of(checked([JOBS, TASKS], [named("x", wide, 0, facts=declared, proved=False)]))
    (check,) = plan.checks
    assert (check.code, check.text) == ("data-range-declared", "x")
    for jobs, tasks, ok in [(10, 10, True), (10, 11, False)]:
        cells, _ = run(plan, {"": {i.cell: {"jobs": jobs, "tasks": tasks}[i.name] for i in plan.inputs}}, {})
        assert cells[check.flag] is ok
    assert worked_out(plan, jobs=3000, tasks=3000)["x"] == 100


def test_a_declared_range_speaks_of_what_is_paid_where_it_is_paid() -> None:
    """`range: [100, 500]` of a pay line does not forbid the 0 of those who do not get it."""
    declared = Facts(Type(Kind.NUMBER), False, Bounds(Fraction(100), Fraction(500)))
    some = t.Compared(">", read(JOBS), fixed(Fraction(0)), facts=flag())
    line = named("bonus", read(JOBS), 2, role=Role.PAY, condition=some, facts=declared, proved=False)
    plan = plan_of(checked([JOBS], [line]))
    (check,) = plan.checks
    for jobs, ok in [(0, True), (1, False), (100, True), (501, False)]:
        cells, _ = run(plan, {"": {i.cell: jobs for i in plan.inputs}}, {})
        assert cells[check.flag] is ok
    assert worked_out(plan, jobs=0)["bonus"] == 0


def test_a_premise_that_always_holds_needs_no_check() -> None:
    always = t.Compared("<=", read(JOBS), fixed(Fraction(3000)), facts=flag())
    sometimes = t.Compared("<=", read(JOBS), read(TASKS), facts=flag())
    plan = plan_of(checked([JOBS, TASKS], [], [premise("jobs <= 3000", always), premise("jobs <= tasks", sometimes)]))
    assert [check.text for check in plan.checks] == ["jobs <= tasks"]


def test_a_pay_line_is_nothing_where_its_condition_fails_and_others_are_missing() -> None:
    enough = t.Compared(">=", read(JOBS), fixed(Fraction(10)), facts=flag())
    bonus = named("bonus", fixed(Fraction(500)), 2, role=Role.PAY, condition=enough)
    leave = named("leave", fixed(Fraction(2)), 0, role=Role.ENTITLEMENT, condition=enough, facts=facts(True))
    plan = plan_of(checked([JOBS], [bonus, leave]))
    assert worked_out(plan, jobs=9) == {"bonus": 0, "leave": None}
    assert worked_out(plan, jobs=10) == {"bonus": 500, "leave": 2}
    assert [(line.name, line.paid is None) for line in plan.lines] == [("bonus", False)]


def test_what_does_not_depend_on_the_row_is_not_computed_by_row() -> None:
    hours = given("hours", number(0, 12), 1, ("orders",))
    rate = t.Quotient(read(WAGE), read(TASKS), facts=facts(False))
    rate = t.Rounded(rate, 2, "half_up", facts=facts(False))
    cost = t.Product(read(hours), rate, facts=facts(False))
    total = t.Aggregate("sum", ("orders",), (), cost, None, facts=facts(False))
    plan = plan_of(checked([WAGE, TASKS, hours], [named("x", total)], details=("orders",)))
    by_row = [s for s in plan.steps if isinstance(s, Let) and s.level and isinstance(s.expr, Op)]
    assert [s.expr.operator for s in by_row if isinstance(s.expr, Op)] == ["*"]


def test_rows_of_an_exact_quotient_are_not_gathered() -> None:
    hours = given("hours", number(1, 12), 1, ("orders",))
    points = given("points", number(0, 12), 1, ("orders",))
    ratio = t.Quotient(read(points), read(hours), facts=facts(False))
    least = t.Aggregate("min", ("orders",), (), ratio, None, facts=facts(True))
    plan, findings = compile_plan(checked([hours, points], [named("x", least)], details=("orders",)))
    assert plan is None
    assert [f.code for f in findings] == ["exact-aggregated"]

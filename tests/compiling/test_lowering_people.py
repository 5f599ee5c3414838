"""What random schemes of several levels do not show: where operations land, bounds, checks, and what is reported."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from incentive_rules.base.numbers import Rounding
from incentive_rules.compiling import compile_plan, fingerprint_of_meaning
from incentive_rules.lang.types import BOOLEAN, Facts
from incentive_rules.model import scheme as s
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedQuantity, Guard
from incentive_rules.model.levels import EVERYONE, PERSON, Level
from incentive_rules.model.plan import Gather, Let, Op, Plan, Rank, RunningSum, Share, Spread
from incentive_rules.model.scheme import Role
from tests.compiling.generated import facts, fixed
from tests.compiling.generated_people import DEPARTMENT, INPUTS, PARTS, PROJECT, SCHEME, WORK
from tests.compiling.invariants import plan_faults
from tests.compiling.made import at, flag, named

FACTS = {one.name: one.facts for one in INPUTS}


def read(name: str) -> t.Read:
    return t.Read(name, facts=FACTS[name])


def times(*terms: t.Term) -> t.Term:
    made = terms[0]
    for term in terms[1:]:
        made = t.Product(made, term, facts=facts(True))
    return made


def over(function: str, source: Level, level: Level, value: t.Term | None, **more: object) -> t.Aggregate:
    return t.Aggregate(function, source, level, value, facts=facts(True), **more)  # type: ignore[arg-type]


def checked(*quantities: CheckedQuantity, guards: tuple[Guard, ...] = (), scheme: s.Scheme = SCHEME) -> Checked:
    inputs = {one.name: one for one in INPUTS}
    return Checked(scheme, None, inputs, quantities, (), None, {}, {}, guards=guards)


def plan_of(one: Checked) -> Plan:
    plan, findings = compile_plan(one)
    assert findings == ()
    assert plan is not None
    assert plan_faults(plan) == ()
    return plan


def landed(plan: Plan, operator: str) -> list[Level]:
    lets = [step for step in plan.steps if isinstance(step, Let) and isinstance(step.expr, Op)]
    return [let.level for let in lets if isinstance(let.expr, Op) and let.expr.operator == operator]


# ── Where operations land ─────────────────────────────────────────────────────────────────────────


def test_an_operation_lands_where_its_operands_meet() -> None:
    """Wage and budget meet in the rows that have both; what is the project's alone stays with the project."""
    squared = times(read("budget"), read("budget"))
    total = over("sum", WORK, PERSON, times(squared, read("wage")))
    plan = plan_of(checked(named("x", total, level=PERSON)))
    assert landed(plan, "*") == [PROJECT, WORK]


def test_two_kinds_of_rows_that_have_the_same_owners_are_told_apart_by_who_asks() -> None:
    visits = s.Details("visits", ("id", "project"), (), at())
    scheme = evolve(SCHEME, details=(*SCHEME.details, visits))
    product = times(read("budget"), read("wage"))
    both = t.Sum(over("sum", WORK, PERSON, product), over("sum", ("visits",), PERSON, product), facts=facts(True))
    plan = plan_of(checked(named("x", both), scheme=scheme))
    assert sorted(landed(plan, "*")) == [("visits",), WORK]


def test_what_repeats_a_value_goes_level_by_level() -> None:
    total = over("sum", PARTS, PERSON, times(read("cost"), read("wage")))
    plan = plan_of(checked(named("x", total)))
    levels = [step.level for step in plan.steps if isinstance(step, Spread)]
    assert levels == [WORK, PARTS]
    gathers = [(step.source, step.level) for step in plan.steps if isinstance(step, Gather)]
    assert gathers == [(PARTS, PERSON)]


# ── Bounds ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "source, level, most",
    [(WORK, PERSON, 6), (PARTS, PERSON, 6), (PARTS, WORK, 6), (PERSON, EVERYONE, 8), (PERSON, DEPARTMENT, 8),
     (WORK, DEPARTMENT, 48), (PARTS, PROJECT, 48), (WORK, EVERYONE, 48), (DEPARTMENT, EVERYONE, 8)],
)  # fmt: skip
def test_sums_are_bounded_by_the_limits_of_the_scheme(source: Level, level: Level, most: int) -> None:
    plan = plan_of(checked(named("x", over("count", source, level, None), level=level)))
    (gather,) = (step for step in plan.steps if isinstance(step, Gather))
    assert (gather.low, gather.high) == (0, most)


# ── Exact quotients ───────────────────────────────────────────────────────────────────────────────

VARYING = t.Quotient(read("wage"), t.Sum(read("person_at"), fixed(Fraction(1)), facts=facts(False)), facts=facts(False))
COMMON = t.Quotient(read("hours"), t.Sum(read("wage"), fixed(Fraction(1)), facts=facts(False)), facts=facts(True))
ORDER = (read("person_at"),)


@pytest.mark.parametrize("function", ["sum", "mean", "min", "max", "best", "percentile", "variance", "latest"])
def test_quotients_with_a_denominator_for_each_row_are_not_gathered(function: str) -> None:
    options = {"most": 2, "method": "linear", "fraction": Fraction(1, 2), "order": ORDER}
    term = over(function, PERSON, EVERYONE, VARYING, **options)
    _, findings = compile_plan(checked(named("x", term, level=EVERYONE)))
    assert [f.code for f in findings] == ["exact-aggregated"]


def test_nor_added_up_row_by_row() -> None:
    term = t.Running(PERSON, EVERYONE, VARYING, None, ORDER, facts=facts(True))
    _, findings = compile_plan(checked(named("x", term)))
    assert [f.code for f in findings] == ["exact-aggregated"]


@pytest.mark.parametrize("function", ["sum", "mean", "min", "max", "best", "percentile", "variance"])
def test_one_denominator_for_all_rows_is_no_hindrance(function: str) -> None:
    options = {"most": 2, "method": "linear", "fraction": Fraction(1, 2)}
    plan_of(checked(named("x", over(function, WORK, PERSON, COMMON, **options))))


def test_ranks_and_pools_compare_quotients() -> None:
    ranked = t.Ranked(PERSON, DEPARTMENT, ((VARYING, True),), None, "standard", facts=facts(True))
    pool = t.Shared(
        PERSON, EVERYONE, fixed(Fraction(100)), VARYING, None, None, None, "shared", "webster", 2, facts=facts(False)
    )
    plan = plan_of(checked(named("place", ranked), named("share", pool)))
    (rank,) = (step for step in plan.steps if isinstance(step, Rank))
    (share,) = (step for step in plan.steps if isinstance(step, Share))
    assert (len(rank.keys[0].denominators), len(share.weight.denominators)) == (1, 1)


def test_a_denominator_that_a_group_shares_orders_nothing() -> None:
    ratio = t.Quotient(
        read("wage"), t.Sum(over("count", PERSON, DEPARTMENT, None), fixed(Fraction(1)), facts=facts(False)),
        facts=facts(False),
    )  # fmt: skip
    ranked = t.Ranked(PERSON, DEPARTMENT, ((ratio, True),), None, "standard", facts=facts(True))
    (rank,) = (step for step in plan_of(checked(named("place", ranked))).steps if isinstance(step, Rank))
    assert rank.keys[0].denominators == ()


# ── What must hold ────────────────────────────────────────────────────────────────────────────────


def test_the_order_of_rows_is_checked_where_it_decides() -> None:
    latest = t.Aggregate("latest", WORK, PERSON, read("hours"), order=(read("work_at"),), facts=facts(True))
    running = t.Running(WORK, PERSON, read("hours"), None, (read("work_at"),), facts=facts(True))
    again = t.Running(
        WORK, PERSON, times(read("hours"), read("hours")), None, (read("work_at"),), facts=facts(True)
    )
    plan = plan_of(
        checked(named("last", latest), named("so_far", running, level=WORK), named("twice", again, level=WORK))
    )
    assert [(check.code, check.level) for check in plan.checks] == [
        ("data-latest-tie", PERSON), ("data-order-tie", WORK)
    ]  # fmt: skip
    assert sum(isinstance(step, RunningSum) and step.clash for step in plan.steps) == 1


def guard(code: str, name: str, term: t.Term, level: Level = PERSON) -> Guard:
    return Guard(code, name, term, level, at())


def test_guards_become_checks_where_their_step_is_due() -> None:
    enough = t.Compared("<", over("count", PERSON, DEPARTMENT, None), fixed(Fraction(3)), facts=flag())
    always = t.Compared("<", over("count", PERSON, DEPARTMENT, None), fixed(Fraction(9)), facts=flag())
    guards = (
        guard("data-tie", "x", enough),
        guard("data-remainder", "y", enough, DEPARTMENT),
        guard("data-tie", "x", always),
    )
    y = evolve(named("y", read("wage")), due=False)
    plan = plan_of(checked(named("x", read("wage")), y, guards=guards))
    assert [(check.code, check.text, check.level) for check in plan.checks] == [("data-tie", "x", PERSON)]


def test_what_is_not_due() -> None:
    some = t.Compared(">", read("wage"), fixed(Fraction(5)), facts=flag())
    quantities = [
        evolve(named("pay", read("wage"), 2, role=Role.PAY, condition=some), due=False),
        evolve(named("star", some, role=Role.HONOR, facts=Facts(BOOLEAN)), due=False),
        evolve(named("leave", read("wage"), 0, facts=facts(True)), due=False),
        named("net", read("wage"), 2),
    ]
    plan = plan_of(checked(*quantities))
    assert [(line.name, line.paid, line.due) for line in plan.lines] == [("pay", None, False)]
    constant = {step.cell: step.expr for step in plan.steps if isinstance(step, Let)}
    found = {o.name: (constant[o.numerator], o.known and constant[o.known]) for o in plan.outputs if o.name != "net"}
    assert [getattr(value, "value", None) for value, _ in found.values()] == [0, False, 0]
    assert [known if known is None else getattr(known, "value", None) for _, known in found.values()] == [
        None,
        None,
        False,
    ]


# ── Pools and honours ─────────────────────────────────────────────────────────────────────────────


def pool_body(to: str = "") -> s.Pool:
    return s.Pool("project", to, None, None, at(), at())


def with_body(quantity: CheckedQuantity, body: object) -> CheckedQuantity:
    return evolve(quantity, definition=evolve(quantity.definition, body=body))


def test_a_pool_is_found_behind_the_sum_of_a_persons_rows() -> None:
    open_ = read("urgent")
    share = t.Shared(
        WORK, PROJECT, read("budget"), t.Absolute(read("hours"), facts=facts(True)), open_, None, None, "shared",
        "largest_remainder", 2, facts=facts(False),
    )  # fmt: skip
    paid = with_body(named("bonus", over("sum", WORK, PERSON, share), 2, role=Role.PAY), pool_body("work"))
    plan = plan_of(checked(paid))
    (pool,) = plan.pools
    assert (pool.name, pool.group, pool.level, pool.decimals) == ("bonus", PROJECT, WORK, 2)
    (line,) = plan.lines
    assert line.paid is not None  # some pool of the person is open, or there is none


def test_an_honour_says_who_could_be_chosen_who_was_and_for_how_many_places() -> None:
    able, key = read("senior"), read("wage")
    ranked = t.Ranked(PERSON, DEPARTMENT, ((key, True),), able, "standard", facts=facts(True))
    places = t.Rounded(
        t.Product(over("count", PERSON, DEPARTMENT, able), fixed(Fraction(1, 5)), facts=facts(False)), 0,
        Rounding.CEILING.value, facts=facts(False),
    )  # fmt: skip
    inside = t.Compared("<=", ranked, places, facts=flag())
    term = t.Choice(able, inside, fixed(False, BOOLEAN.kind), facts=flag())
    body = s.Honor("department", (), s.Places(at()), at(), at())
    star = with_body(named("star", term, role=Role.HONOR, facts=flag()), body)
    plan = plan_of(checked(star))
    (honor,) = plan.honors
    levels = {step.cell: step.level for step in plan.steps} | {i.cell: i.level for i in plan.inputs}
    assert (honor.name, honor.group, honor.chosen) == ("star", DEPARTMENT, plan.outputs[0].numerator)
    assert (levels[honor.eligible], levels[honor.places]) == (PERSON, DEPARTMENT)


# ── The fingerprint ───────────────────────────────────────────────────────────────────────────────


def test_the_fingerprint_tells_population_steps_apart() -> None:
    share = t.Shared(
        PERSON, DEPARTMENT, fixed(Fraction(9)), read("wage"), None, read("senior"), None, "shared", "webster", 2,
        facts=facts(False),
    )  # fmt: skip
    count = over("count", PERSON, DEPARTMENT, None)
    half = over("percentile", PERSON, DEPARTMENT, read("wage"), fraction=Fraction(1, 2), method="linear")
    running = t.Running(PERSON, DEPARTMENT, read("wage"), None, ORDER, facts=facts(False))
    ranked = t.Ranked(PERSON, DEPARTMENT, ((read("wage"), True),), None, "dense", facts=facts(True))
    among, when = evolve(share, among=None, when=None), evolve(share, among=None, when=read("senior"))
    terms: list[t.Term] = [
        share, among, when, evolve(share, cap=fixed(Fraction(2)), among=None), evolve(share, method="keep_remainder"),
        evolve(share, left_out="kept"), evolve(share, group=EVERYONE), evolve(share, decimals=0),
        count, evolve(count, level=EVERYONE), evolve(count, others=True),
        half, evolve(half, method="at_least"), evolve(half, fraction=Fraction(1, 4)),
        running, evolve(running, group=EVERYONE), evolve(running, order=(*ORDER, *ORDER)),
        ranked, evolve(ranked, ties="standard"), evolve(ranked, keys=((read("wage"), False),)),
    ]  # fmt: skip
    prints = {fingerprint_of_meaning(checked(named("x", term))) for term in terms}
    assert len(prints) == len(terms)


def test_the_fingerprint_tells_guards_levels_and_what_is_due() -> None:
    x = named("x", read("wage"))
    some = t.Compared("<", read("wage"), fixed(Fraction(3)), facts=flag())
    alone = evolve(SCHEME, groups=())
    loose = evolve(SCHEME, details=(evolve(SCHEME.details[0], without_owner="leave_out"), *SCHEME.details[1:]))
    others = [
        checked(x), checked(evolve(x, due=False)), checked(x, guards=(guard("data-tie", "x", some),)),
        checked(x, guards=(guard("data-remainder", "x", some),)), checked(x, scheme=loose), checked(x, scheme=alone),
    ]  # fmt: skip
    assert len({fingerprint_of_meaning(one) for one in others}) == len(others)

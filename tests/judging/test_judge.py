"""Whole judgements: means, adjustments, missing values, details, families, pay, scope and premises."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.base.numbers import Rounding
from incentive_rules.judging.judge import referee
from incentive_rules.judging.numbers import RefereeFault
from incentive_rules.model.scheme import Family, Role, TableOf
from incentive_rules.model.terms import Constant
from incentive_rules.model.trace import Judgement
from tests.judging.made import adjustment, at, body, fractions, given, literal, made, mean, pay, quantity, table

F = Fraction
PARTS = {"a": "50%", "b": "30%", "c": "20%"}


def with_mean(
    missing: str | None, at_least: int | None = None, adjust: tuple[object, ...] = (), **values: object
) -> Constant:
    total = quantity("total", mean(PARTS, missing, at_least), role=Role.GROUP, decimals=4, adjust=adjust)  # type: ignore[arg-type]
    checked = made(quantities=[total], inputs=[given(n) for n in ("a", "b", "c", "n")])
    return referee(checked, fractions(**values)).values["total"]


@pytest.mark.parametrize(
    "missing, at_least, values, expected",
    [
        (None, None, {"a": 90, "b": 80, "c": 70}, 83),
        ("reweigh", None, {"a": 90, "b": 80, "c": None}, "86.25"),
        ("reweigh", None, {"a": None, "b": 80, "c": 71}, "76.4"),
        ("reweigh", None, {"a": None, "b": None, "c": None}, None),
        ("zero", None, {"a": 90, "b": 80, "c": None}, 69),
        ("zero", None, {"a": None, "b": None, "c": None}, 0),
        ("refuse", None, {"a": 90, "b": 80, "c": 70}, 83),
        ("refuse", None, {"a": 90, "b": 80, "c": None}, None),
        ("reweigh", 2, {"a": 90, "b": None, "c": 70}, "84.2857"),
        ("reweigh", 2, {"a": 90, "b": None, "c": None}, None),
    ],
)
def test_a_weighted_mean_by_hand(missing: str, at_least: int, values: dict[str, object], expected: object) -> None:
    wanted = None if expected is None else F(str(expected))
    assert with_mean(missing, at_least, **values) == wanted


def test_a_missing_part_where_nothing_is_said_is_our_fault() -> None:
    with pytest.raises(RefereeFault):
        with_mean(None, a=90, b=80, c=None)


def test_relative_weights_are_formulas_and_count_by_what_they_sum_to() -> None:
    weighed = quantity("both", mean({"a": "n", "b": "2 * n", "c": "0"}, "reweigh", relative=True))
    checked = made(quantities=[weighed], inputs=[given(n) for n in ("a", "b", "c", "n")])
    assert referee(checked, fractions(a=60, b=90, c=5, n=3)).values["both"] == 80
    assert referee(checked, fractions(a=60, b=None, c=5, n=3)).values["both"] == 60
    assert referee(checked, fractions(a=60, b=90, c=5, n=0)).values["both"] is None


def test_adjustments_act_in_the_order_written() -> None:
    cap = adjustment("capped", "n >= 3", "at_most", "70")
    bonus = adjustment("bonus", None, "add", "5")
    veto = adjustment("veto", "n >= 9", "set", "0")
    tenth = adjustment("a tenth off", "n == 1", "multiply", "90%")
    floor = adjustment("floor", "n == 2", "at_least", "99")
    values = {"a": 90, "b": 80, "c": 70}
    assert with_mean(None, None, (cap, bonus), n=3, **values) == 75
    assert with_mean(None, None, (bonus, cap), n=3, **values) == 70
    assert with_mean(None, None, (cap, veto), n=9, **values) == 0
    assert with_mean(None, None, (tenth, floor), n=1, **values) == F("74.7")
    assert with_mean(None, None, (tenth, floor), n=2, **values) == 99
    # Only `set` acts on a missing value: a veto does not wait for a score.
    gone = {"a": None, "b": None, "c": None}
    assert with_mean("reweigh", None, (cap, bonus, floor), n=3, **gone) is None
    assert with_mean("reweigh", None, (bonus, veto), n=9, **gone) == 0


def test_a_name_rounds_once_after_its_adjustments() -> None:
    third = quantity(
        "third", "1 / 3", decimals=2, rounding=Rounding.UP, adjust=[adjustment("add", None, "add", "0.001")]
    )
    twice = quantity("twice", "2 * third")
    judged = referee(made(quantities=[third, twice]), {})
    assert judged.values == {"third": F("0.34"), "twice": F("0.68")}
    assert judged.trace[0].exact == F(1, 3) + F("0.001")


# ── Details ───────────────────────────────────────────────────────────────────────────────────────

ROWS = [
    fractions(points=2, on_time=True, rating=5),
    fractions(points="3.5", on_time=False, rating=None),
    fractions(points=4, on_time=True, rating=4),
]


def over_rows(
    text: str, rows: list[dict[str, Constant]] = ROWS, min_rows: int | None = None, **values: object
) -> Constant:
    doubled = quantity("doubled", "2 * points", details="orders")
    answer = quantity("answer", text, role=Role.MEASURED, min_rows=min_rows)
    checked = made(
        quantities=[doubled, answer],
        inputs=[given("target")],
        details={
            "orders": [given("points"), given("on_time", "boolean"), given("rating")],
            "reviews": [given("stars")],
        },
    )
    return referee(checked, fractions(target=2, **values), {"orders": rows}).values["answer"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("sum(points)", "9.5"),
        ("求和(points)", "9.5"),
        ("sum(doubled)", 19),
        ("sum(points, over=orders, where=on_time)", 6),
        ("求和(points, 其中=on_time)", 6),
        ("mean(points)", "19/6"),
        ("mean(rating)", "9/2"),  # the missing row is skipped
        ("mean(points / target)", "19/12"),
        ("count(on_time)", 2),
        ("count(over=orders)", 3),
        ("count(over=orders, where=points > 2)", 2),
        ("count(known(rating))", 2),
        ("share(on_time)", "2/3"),
        ("share(on_time, where=points > 2)", "1/2"),
        ("share(rating > 4)", "1/2"),
        ("min(points)", 2),
        ("max(points, where=on_time)", 4),
        ("min(rating)", 4),
        ("sum(points, where=points > 100)", 0),
        ("mean(points, where=points > 100)", None),
        ("share(on_time, where=points > 100)", None),
        ("min(sum(points), 5)", 5),
        ("count(over=reviews)", 0),
        ("sum(stars)", 0),
        ("mean(stars)", None),
        ("max(stars)", None),
        ("share(stars > 3)", None),
        ("count(stars > 3)", 0),
    ],
)
def test_an_aggregate_over_rows(text: str, expected: object) -> None:
    assert over_rows(text) == (None if expected is None else F(str(expected)))


@pytest.mark.parametrize("text", ["sum(target)", "sum(points + stars)", "points", "count(points)", "mean(on_time)"])
def test_a_formula_on_the_wrong_level_is_a_fault(text: str) -> None:
    with pytest.raises(RefereeFault):
        over_rows(text)


def test_an_indicator_needs_at_least_so_many_rows_that_count() -> None:
    assert over_rows("mean(points)", min_rows=3) == F(19, 6)
    assert over_rows("mean(rating)", min_rows=3) is None
    assert over_rows("sum(points)", min_rows=4) is None
    assert over_rows("count(on_time)", min_rows=4) is None
    assert over_rows("sum(points)", [], min_rows=1) is None


# ── Families ──────────────────────────────────────────────────────────────────────────────────────

FAMILY = Family(
    "measures",
    ("m1", "m2", "m3"),
    {
        "m1": {"weight": literal("2"), "domain": literal("safety")},
        "m2": {"weight": literal("3"), "domain": literal("safety")},
        "m3": {"weight": literal("50%"), "domain": literal("cost")},
    },
    ("rate", "score"),
    at(1),
)


def over_family(text: str) -> Constant:
    scores = [
        quantity(f"{m}_score", "rate * weight if known(rate) else missing", family="measures", member=m)
        for m in FAMILY.members
    ]
    checked = made(
        quantities=[*scores, quantity("answer", text)],
        inputs=[given(f"{m}_rate") for m in FAMILY.members] + [given("factor")],
        families=[FAMILY],
    )
    return referee(checked, fractions(m1_rate=10, m2_rate=20, m3_rate=None, factor=2)).values["answer"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("m1_score", 20),
        ("m2_score", 60),
        ("m3_score", None),
        ("sum(score, over=measures)", 80),
        ("sum(score * factor, over=measures)", 160),
        ("sum(score, over=measures, where=domain == 'safety')", 80),
        ("sum(score, over=measures, where=domain == 'cost' and known(score))", 0),
        ("mean(weight, over=measures)", "11/6"),
        ("count(over=measures, where=member in ['m1', 'm3'])", 2),
        ("count(known(score), over=measures)", 2),
        ("share(domain == 'safety', over=measures)", "2/3"),
        ("min(score, over=measures)", 20),
        ("max(score, over=measures)", 60),
        ("best(weight, over=measures, n=2)", 5),
        ("best(score, over=measures, n=5)", 80),
        ("best(score, over=measures, where=domain == 'cost', n=1)", None),
    ],
)
def test_names_resolve_in_the_member_first(text: str, expected: object) -> None:
    assert over_family(text) == (None if expected is None else F(str(expected)))


# ── Indicators, grades, pay ───────────────────────────────────────────────────────────────────────


def person(**values: object) -> Judgement:
    """Two indicators, a veto, grades, five lines of pay and two entitlements."""
    grades = body(
        "from",
        {90: {"grade": "A", "coefficient": "1.5"}, 60: {"grade": "C", "coefficient": "1.0"}},
        {"grade": "E", "coefficient": "0"},
    )
    speed = body("up_to", {15: 100, 30: 85}, 0)
    checked = made(
        inputs=[given(n) for n in ("done", "due", "minutes", "bonus_due", "months")] + [given("accident", "boolean")],
        tables=[table("base_of", body("equals", {"true": 5000, "false": 4500}), money=True)],
        quantities=[
            quantity("value(rate)", "done / due", role=Role.MEASURED),
            quantity("rate", "100 * min(1, value)", role=Role.SCORE, decimals=4),
            quantity("value(speed)", "minutes", role=Role.MEASURED),
            quantity("speed", TableOf("value(speed)", speed, ""), role=Role.SCORE, decimals=4),
            quantity(
                "total", mean({"rate": "60%", "speed": "40%"}, "reweigh"), role=Role.GROUP, decimals=4,
                adjust=[adjustment("veto", "accident", "set", "0")],
            ),
            quantity("grade", TableOf("total", grades, "grade"), role=Role.GRADE, type_="category"),
            quantity("coefficient", TableOf("total", grades, "coefficient"), role=Role.GRADE),
            pay("base", "base_of(accident)"),
            pay("performance", "base * coefficient / 3"),
            pay("extra", "100 / bonus_due", when="bonus_due > 0"),
            pay("pension", "base * 8%", kind="deduction"),
            pay("injury", "base * 0.4%", kind="employer_cost"),
            quantity("leave", "5", role=Role.ENTITLEMENT, when="months >= 12"),
            quantity("promotion", None, role=Role.ENTITLEMENT, when='grade == "A"', type_="boolean"),
            quantity("earnings", "base + performance + extra", role=Role.RESULT, decimals=2, type_="money"),
            quantity("deductions", "pension", role=Role.RESULT, decimals=2, type_="money"),
            quantity("net", "earnings - deductions", role=Role.RESULT, decimals=2, type_="money"),
            quantity("employer_cost", "injury", role=Role.RESULT, decimals=2, type_="money"),
        ],
        require=["done <= due"],
        applies_to="months >= 1",
    )  # fmt: skip
    usual = {"done": 95, "due": 100, "minutes": 20, "bonus_due": 0, "months": 20, "accident": False}
    return referee(checked, fractions(**{**usual, **values}))


def test_a_person_by_hand() -> None:
    judged = person()
    wanted = {
        "rate": "95", "speed": "85", "total": "91", "coefficient": "1.5", "base": "4500", "performance": "2250",
        "extra": "0", "pension": "360", "injury": "18", "leave": "5", "earnings": "6750", "deductions": "360",
        "net": "6390", "employer_cost": "18",
    }  # fmt: skip
    assert {name: judged.values[name] for name in wanted} == {name: F(text) for name, text in wanted.items()}
    assert (judged.values["grade"], judged.values["promotion"]) == ("A", True)
    assert judged.states == {
        "base": "paid", "performance": "paid", "extra": "condition_not_met", "pension": "paid", "injury": "paid",
        "leave": "paid", "promotion": "paid",
    }  # fmt: skip
    assert judged.in_scope
    assert judged.broken == ()


def test_nothing_measured_is_missing_and_the_other_weights_count() -> None:
    judged = person(done=0, due=0)
    assert (judged.values["value(rate)"], judged.values["rate"], judged.values["total"]) == (None, None, 85)


def test_a_veto_acts_whatever_was_measured() -> None:
    judged = person(done=0, due=0, minutes=None, accident=True)
    assert (judged.values["total"], judged.values["grade"], judged.values["performance"]) == (0, "E", 0)


def test_where_a_condition_fails_a_line_is_0_and_an_entitlement_missing() -> None:
    judged = person(months=2, minutes=31)
    assert (judged.values["extra"], judged.values["leave"]) == (0, None)
    assert (judged.values["promotion"], judged.states["promotion"]) == (False, "paid")
    assert judged.states["leave"] == "condition_not_met"
    assert person(bonus_due=3).values["extra"] == F("33.33")


def test_out_of_scope_nothing_is_paid_and_nothing_measured() -> None:
    judged = person(months=0, done=500)
    assert not judged.in_scope
    assert judged.broken == ()
    assert {judged.values[n] for n in ("base", "pension", "earnings", "net", "employer_cost")} == {0}
    assert {judged.values[n] for n in ("rate", "total", "grade", "leave", "promotion")} == {None}
    assert set(judged.states.values()) == {"not_in_scope"}


def test_a_broken_premise_stops_the_person() -> None:
    judged = person(done=101)
    assert [(b.code, b.text) for b in judged.broken] == [("data-require", "done <= due")]
    assert judged.values == {}


def test_a_declared_range_that_was_not_proved_is_checked() -> None:
    low, high = (quantity(n, "x", range_=("0", "10"), proved=p) for n, p in (("checked", False), ("proved", True)))
    checked = made(quantities=[low, high], inputs=[given("x")])
    assert referee(checked, fractions(x=10)).broken == ()
    assert [b.text for b in referee(checked, fractions(x="10.01")).broken] == ["checked"]


def test_each_line_of_the_trace_reads_only_lines_above_it() -> None:
    seen: set[str] = set()
    for line in person(bonus_due=4).trace:
        readings = getattr(line.source, "readings", ())
        assert {r.name for r in readings if r.name} <= seen
        seen.add(line.name)


def test_the_trace_keeps_what_an_explanation_needs() -> None:
    judged = person(accident=True)
    lines = {line.name: line for line in judged.trace}
    (veto,) = lines["total"].adjustments
    assert (veto.reason, veto.held, veto.before, veto.after) == ("veto", True, 91, 0)
    assert lines["extra"].state == "condition_not_met"
    assert lines["extra"].condition is not None
    assert lines["grade"].source.steps[0].else_  # type: ignore[union-attr]
    assert lines["done"].source.what == "input"  # type: ignore[union-attr]

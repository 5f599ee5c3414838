"""Places of groups, floors and caps, percentages beside amounts and scores: what is meant, or an error that asks."""

from __future__ import annotations

from decimal import Decimal

import pytest

import incentive_rules as ir
from tests.schemes.corners import HEAD, codes, results

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")

# ── Places of groups, floors and caps ─────────────────────────────────────────────────────────────

SHOPS = """\
inputs: {clerk: {type: key}, shop: {type: category}, sold: {type: money, range: [0, 1000]}}
groups: {shops: {key: shop, inputs: {goal: {type: integer, range: [1, 99]}}}}
"""


@pytest.mark.parametrize("formula", ["rank(goal)", "rank(goal, within=everyone)", "rank(2 * goal, where=goal > 3)"])
def test_the_place_of_a_groups_value_says_among_whom(formula: str) -> None:
    """Among three shops the third is third; among people it comes after all who work in the others."""
    wanted = formula.replace(")", ', ties="standard")')
    assert codes(SHOPS + f"quantities: {{place: '{wanted}'}}\n") == {"over-needed"}
    assert not codes(SHOPS + f"quantities: {{place: '{wanted[:-1]}, over=shop)'}}\n".replace("within=everyone, ", ""))


def test_places_among_groups_and_among_people_are_two_things() -> None:
    text = SHOPS + (
        'quantities: {of_shop: "rank(goal, ties=\\"standard\\", over=shop)", '
        'of_clerk: "rank(goal, ties=\\"standard\\", over=everyone)"}\n'
    )
    people = [{"clerk": who, "shop": shop, "sold": 0} for who, shop in (("A", "n"), ("B", "n"), ("C", "s"))]
    pipeline = ir.compile(text=HEAD + text, period="2026-04")
    goals = [{"shop": "n", "goal": 10}, {"shop": "s", "goal": 20}, {"shop": "w", "goal": 40}]
    computed = pipeline.compute(pipeline.people(people, groups={"shops": goals}))
    found = {row.key: result for row, result, _ in computed.outcomes}
    assert [found[who]["of_clerk"] for who in "ABC"] == [2, 2, 1]
    assert {key: values["of_shop"] for key, values in computed.groups["shop"].items()} == {"n": 3, "s": 2, "w": 1}


def test_the_cap_of_a_pay_line_holds_in_whatever_order_its_keys_are_written() -> None:
    lines = "pay: {one: {amount: sold, at_least: goal, at_most: 10}, other: {amount: sold, at_most: 10, at_least: goal}}"
    text = "inputs: {clerk: {type: key}, sold: {type: money, range: [0, 1000]}, goal: {type: money, range: [0, 99]}}\n"
    (found,) = results(text + lines, [{"clerk": "A", "sold": 15, "goal": 20}]).values()
    assert found["one"] == found["other"] == Decimal("10.00")


def test_a_floor_above_the_cap_is_a_slip() -> None:
    text = "inputs: {clerk: {type: key}, sold: {type: money, range: [0, 1000]}}\n"
    assert codes(text + "pay: {one: {amount: sold, at_most: 10, at_least: 20}}\n") == {"range-empty"}


@pytest.mark.parametrize("formula", ["-sold ** 2", "sold * 2 * sold", "sold * sold * sold"])
def test_money_times_money_is_said_to_be_that(formula: str) -> None:
    text = "inputs: {clerk: {type: key}, sold: {type: money, range: [0, 1000]}}\n"
    (found,) = ir.check(text=HEAD + text + f"quantities: {{q: '{formula}'}}\n", period="2026-04").errors
    assert (found.code, found.variant) == ("money-times-money", "")


# ── Percentages and units ─────────────────────────────────────────────────────────────────────────

WAGE = "inputs: {who: {type: key}, wage: {type: money, range: [0, 9000]}, jobs: {type: integer, range: [0, 99]}}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pay: {a: {amount: wage + 5%}}", "money-mixed"),
        ("pay: {a: {amount: '5% + wage'}}", "money-mixed"),
        ("pay: {a: {amount: 'max(wage, 50%)'}}", "money-mixed"),
        ("pay: {a: {amount: 'wage if jobs > 3 else 5%'}}", "money-mixed"),
        ("pay: {a: {amount: '1 if wage > 5% else 0'}}", "money-mixed"),
        ("pay: {a: {amount: wage, at_most: 120%}}", "money-needed"),
        ("parameters: {lim: 60%}\npay: {a: {amount: 10.00 * jobs, at_least: lim}}", "money-needed"),
        ("pay: {a: {pool: {each: everyone, amount: 100, in_proportion_to: jobs, at_most: 50%}}}", "money-needed"),
        ("pay: {a: {amount: 120%}}", "money-needed"),
        ("pay: {a: {amount: '-5% + 1'}}", "money-needed"),
        ("parameters: {k: {is: 120%, type: money}}\npay: {a: {amount: k}}", "money-needed"),
        ("tables: {t: {type: money, from: {0: 5%, 3: 2}}}\npay: {a: {amount: t(jobs)}}", "money-needed"),
    ],
)
def test_a_percentage_alone_is_no_amount_of_money(text: str, code: str) -> None:
    """Five percent more is `wage * 105%`; `wage + 5%` would be five cents more."""
    assert codes(WAGE + text + "\n") == {code}


def test_a_percentage_of_something_is_what_it_always_was() -> None:
    lines = "pay: {a: {amount: wage * 105%}, b: {amount: 'wage * (1 + 5%)'}, c: {amount: 3000 * 5%}, d: {amount: 5 * jobs * 2%}}\n"
    (found,) = results(WAGE + lines, [{"who": "A", "wage": 100, "jobs": 10}]).values()
    assert [found[name] for name in "abcd"] == [Decimal(x) for x in ("105.00", "105.00", "150.00", "1.00")]


SCORED = WAGE + "indicators: {i: {weight: 100%, better: higher, value: jobs, score: 'min(100, value)'}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "grades: {of: total, from: {90%: A, 60%: B}, else: C}",
        "quantities: {good: total >= 90%}",
        "quantities: {good: 60% < jobs}",
        "quantities: {x: jobs - 5%}",
        "quantities: {x: 'min(jobs, 90%)'}",
        "quantities: {x: jobs if wage > 5 else 50%}",
        "parameters: {lim: 60%}\nquantities: {x: jobs > lim}",
        "parameters: {lim: 60%}\nquantities: {x: 'max(lim, round(total, 0))'}",
        "parameters: {lim: 60%}\nquantities: {x: lim > 60}",
        "tables: {t: {from: {0: 50%, 60: 70%}}}\nquantities: {x: jobs >= t(jobs)}",
        "quantities: {x: 'sum(jobs, over=everyone) > 60%'}",
        "composites: {k: {of: {i: 100%}, adjust: [{reason: r, when: jobs > 3, at_most: 70%}]}}",
        "composites: {k: {of: {i: 100%}, adjust: [{reason: r, when: jobs > 3, multiply: 80}]}}",
        "tables: {t: {from: {50%: 2}, else: 1}}\nquantities: {x: t(jobs)}",
    ],
)
def test_a_percentage_beside_a_number_out_of_100_is_warned_of(text: str) -> None:
    found = ir.check(text=HEAD + SCORED + text + "\n", period="2026-04")
    assert "percent-scale" in {d.code for d in found.diagnostics} and not found.errors


def test_a_percentage_beside_a_score_is_told_once() -> None:
    for formula, count in (("abs(jobs - 60%)", 1), ("max(0, jobs - lim)", 1), ("jobs + 5% > 50", 1)):
        text = f"parameters: {{lim: 60%}}\nquantities: {{q: '{formula}'}}\n"
        found = ir.check(text=HEAD + SCORED + text, period="2026-04").diagnostics
        assert [d.code for d in found].count("percent-scale") == count, formula


def test_a_share_may_be_compared_with_a_percentage_however_large_it_can_become() -> None:
    text = "composites: {k: {of: {i: 100%}, adjust: [{reason: r, when: jobs > 3, multiply: 80%}]}}\n"
    text = SCORED.removeprefix(WAGE) + text + "quantities: {share: jobs / 100, growth: 'jobs / max(1, 2 * jobs)', a: share > 90%, b: growth >= 120%}\n"
    assert "percent-scale" not in {d.code for d in ir.check(text=HEAD + WAGE + text, period="2026-04").diagnostics}


def test_the_unit_of_a_name_is_that_of_its_formula() -> None:
    text = "inputs: {who: {type: key}, off: {type: integer, range: [0, 9], unit: day}}\n"
    assert codes(text + "quantities: {h: {is: off, unit: hour}}\n") == {"unit-mixed"}
    assert codes(text + "quantities: {h: {is: 8 * off, unit: hour}, d: {is: off, unit: day}}\n") == set()


@pytest.mark.parametrize("name", ["period_days", "周期首日"])
def test_a_name_that_hides_a_constant_of_the_period_is_warned_of(name: str) -> None:
    found = ir.check(text=HEAD + WAGE + f"quantities: {{{name}: jobs + 1}}\n", period="2026-04")
    assert "period-hidden" in {d.code for d in found.diagnostics} and not found.errors


# ── Groups to which people do not belong ──────────────────────────────────────────────────────────

PROJECTS = """\
inputs: {who: {type: key}, points: {type: integer, range: [0, 10]}}
groups: {projects: {key: project, inputs: {worth: {type: integer, range: [0, 10000]}}}}
details: {roles: {belongs_to: [who, project], inputs: {hours: {type: integer, range: [0, 10]}}}}
"""


@pytest.mark.parametrize(
    "text",
    [
        "quantities: {grade_of: {of: points, within: project, shares: {A: 50%, B: 50%}, ties: all}}",
        "grades: {of: points, within: project, shares: {A: 50%, B: 50%}, ties: all}",
        "honors: {star: {best_by: points, within: project, places: 1, ties: all}}",
    ],
)
def test_nobody_has_a_place_in_a_group_to_which_people_do_not_belong(text: str) -> None:
    assert codes(PROJECTS + text + "\n") == {"within-apart"}


def test_the_words_of_a_table_are_those_of_the_rows_that_can_be_reached() -> None:
    tables = "tables: {t: {equals: {a: 1, b: 2}}, g: {from: {0: a, 3: b, 6: z}}}\n"
    assert codes(WAGE + tables + "quantities: {x: 't(g(min(jobs, 5)))'}\n") == set()
    assert codes(WAGE + tables + "quantities: {x: 't(g(min(jobs, 6)))'}\n") == {"table-incomplete"}


# ── Weights of members ────────────────────────────────────────────────────────────────────────────

MEMBERS = """\
inputs: {who: {type: key}, b: {type: integer, range: [1, 10]}}
repeat:
  ms:
    members: {phone: {label: Phone, w: 2, kind: u}, mail: {label: Mail, w: 3, kind: v}}
    inputs: {val: {type: number, decimals: 2, range: [0, 2], column: "{label} val"}}
    quantities: {pts: 10 * val}
"""


@pytest.mark.parametrize(
    ("weight", "value"),
    [
        ("w", "10.2"),  # (2 × 15 + 3 × 7) / 5
        ("w + b + val", "10.9474"),  # (7.5 × 15 + 7.7 × 7) / 15.2
        ('3 if kind == "u" else b', "10.4286"),  # (3 × 15 + 4 × 7) / 7
        ('1 if member == "mail" else -w + 5', "13"),  # (3 × 15 + 1 × 7) / 4
    ],
)
def test_the_weight_of_a_member_may_be_a_formula_of_its_own_names(weight: str, value: str) -> None:
    text = f"composites: {{k: {{of: [{{each: ms, take: pts, weight: '{weight}'}}], weights: relative}}}}\n"
    (found,) = results(MEMBERS + text, [{"who": "A", "b": 4, "Phone val": "1.5", "Mail val": "0.7"}]).values()
    assert found["k"] == pytest.approx(Decimal(value), abs=Decimal("0.00005"))


@pytest.mark.parametrize("formula", ["period_first_day", "jobs > 3", '"a" if jobs > 3 else "b"'])
def test_the_range_of_a_name_is_of_its_kind(formula: str) -> None:
    assert codes(WAGE + f"quantities: {{q: {{is: '{formula}', range: [0, 3]}}}}\n") == {"kinds-mixed"}


def test_a_day_may_have_days_as_its_range() -> None:
    assert not codes(WAGE + "quantities: {q: {is: period_first_day, type: date, range: [2026-01-01, 2026-12-31]}}\n")

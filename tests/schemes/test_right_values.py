"""Values at the corners of the language, each with the computation by hand: nothing there, nothing known, nobody left.

Every case goes through the engine and the referee, which must say the same.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

import incentive_rules as ir
from tests.schemes.corners import HEAD, Rows, codes, results

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")


# ── A chain of comparisons ────────────────────────────────────────────────────────────────────────

CALLS = """\
inputs:
  agent: {type: key}
  mark: {type: integer, range: [0, 100], can_be_missing: true}
  until: {type: date, can_be_missing: true}
details:
  calls:
    belongs_to: agent
    inputs: {grade: {type: integer, range: [1, 5], can_be_missing: true}}
"""


def test_a_chain_with_a_missing_operand_is_missing() -> None:
    """Of four calls two are graded, and both grades are good: 100 %. A mark that is missing lies in no band."""
    text = CALLS + """\
quantities:
  band: 60 <= mark < 90
  good: share(4 <= grade <= 5)
  how_many: count(1 < grade <= 5)
  mine: sum(10, over=calls, where=coalesce(4 <= grade <= 5, false))
pay:
  by_share: {amount: "100 * coalesce(good, 0)"}
  by_band: {amount: "100", when: known(band)}
"""
    grades = [{"agent": "A", "grade": g} for g in (5, None, None, 4)]
    people = [{"agent": "A", "mark": None, "until": None}, {"agent": "B", "mark": 70, "until": None}]
    found = results(text, people, calls=grades)
    assert found["A"]["band"] is ir.MISSING and found["B"]["band"] is True
    assert (found["A"]["good"], found["A"]["how_many"], found["A"]["mine"]) == (1, 2, 20)
    assert (found["A"]["by_share"], found["A"]["by_band"]) == (Decimal("100.00"), Decimal("0.00"))
    assert (found["B"]["by_share"], found["B"]["by_band"]) == (Decimal("0.00"), Decimal("100.00"))


@pytest.mark.parametrize("chain", ["0 <= mark <= 0", "until < period_first_day <= period_last_day", "0 == mark == 0"])
def test_a_missing_chain_is_never_true_whatever_stands_in_for_the_missing_value(chain: str) -> None:
    text = CALLS + f"""\
honors:
  star: {{within: everyone, among: "coalesce({chain}, false)", best_by: ["1"], places: 5, ties: all, award: 10}}
pay:
  line: {{amount: "100", when: "coalesce({chain}, false)"}}
  pool: {{pool: {{each: everyone, amount: 100, in_proportion_to: 1, among: "coalesce({chain}, false)"}}}}
"""
    found = results(text, [{"agent": "A", "mark": None, "until": None}], calls=[])["A"]
    assert (found["line"], found["pool"], found["star"], found["award(star)"]) == (0, 0, False, 0)


def test_a_row_whose_required_chain_is_missing_is_refused() -> None:
    pipeline = ir.compile(text=HEAD + CALLS + 'require: ["coalesce(0 <= mark <= 100, false)"]\n', period="2026-04")
    with pytest.raises(ir.DataError) as caught:
        pipeline.run([{"agent": "A", "mark": None, "until": None}], {"calls": []})
    assert [p.code for p in caught.value.problems] == ["data-require"]


# ── No rows ───────────────────────────────────────────────────────────────────────────────────────

ORDERS = """\
inputs:
  agent: {type: key}
  team: {type: category}
  points: {type: integer, range: [1, 9]}
  loose: {type: integer, range: [1, 9], can_be_missing: true}
groups:
  projects: {key: project, inputs: {worth: {type: integer, range: [1, 9]}}}
details:
  orders:
    belongs_to: [agent, project]
    inputs:
      hours: {type: integer, range: [1, 100]}
      rated: {type: integer, range: [1, 5], can_be_missing: true}
      kind: {type: category, one_of: [X, Y]}
      part: {type: integer, range: [-9, -1]}
"""
SOUND = {
    "a condition on the count": '1000 / sum(hours) if count(over=orders) > 0 else 0',
    "a condition on the sum": '1000 / sum(hours) if sum(hours) > 0 else 0',
    "a condition on the count of known ones": '1000 / sum(rated) if count(known(rated)) > 0 else 0',
    "a condition on the count of selected ones": '1000 / sum(hours, where=kind == "X") if count(kind == "X") > 0 else 0',
    "a negative sum of some": '1000 / sum(part) if count(over=orders) >= 1 else 0',
    "one is among one's team": 'points / sum(points, over=everyone, within=team)',
    "one is counted in one's team": 'points / count(over=everyone, within=team)',
    "one is among one's team where one's own value is known":
        'loose / sum(loose, over=everyone, within=team) if known(loose) else 0',
    "a team is made by people": '1000 / sum(points, over=everyone, within=team)',
    "the guard of ratio": 'coalesce(ratio(1000, sum(hours)), 0)',
}  # fmt: skip
UNSOUND = {
    "a person without rows": '1000 / sum(hours)',
    "rows whose values are all missing": '1000 / sum(rated) if count(over=orders) > 0 else 0',
    "a filter that selects nothing": '1000 / sum(hours, where=kind == "X") if count(over=orders) > 0 else 0',
    "negative values": '1000 / sum(part)',
    "a count": '1000 / count(over=orders)',
    "all of a team missing": '1000 / sum(loose, over=everyone, within=team)',
    "one's own missing": 'points / sum(loose, over=everyone, within=team)',
    "nobody there": '1000 / sum(points, over=everyone)',
    "a project without orders": '1000 / sum(hours, within=project)',
    "a value of the person repeated for each row": '1000 / sum(points, over=orders)',
    "others": '1000 / sum(points, over=others, within=team)',
    "two sums": '1000 / (sum(hours) - sum(rated))',
}  # fmt: skip


@pytest.mark.parametrize("formula", SOUND.values(), ids=SOUND)
def test_a_divisor_that_rows_surely_make_is_proved(formula: str) -> None:
    text = f"{ORDERS}quantities:\n  q:\n    is: '{formula}'\n    decimals: 2\n"
    assert codes(text) == set()
    people = [{"agent": "A", "team": "t", "points": 1, "loose": None}, {"agent": "B", "team": "t", "points": 3, "loose": 2}]
    results(text, people, projects=[{"project": "P", "worth": 1}], orders=[])


@pytest.mark.parametrize("formula", UNSOUND.values(), ids=UNSOUND)
def test_a_divisor_that_stands_on_rows_that_need_not_be_there_is_refused(formula: str) -> None:
    assert codes(f"{ORDERS}quantities:\n  q:\n    is: '{formula}'\n    decimals: 2\n") == {"divisor-zero"}


def test_what_is_required_of_an_owner_proves_the_divisor() -> None:
    text = ORDERS + 'quantities:\n  q: {is: 1000 / sum(hours), decimals: 2}\n'
    assert codes(text + 'require: ["count(over=orders) >= 1"]\n') == set()
    assert codes(text + 'require: ["hours >= 10"]\n') == {"divisor-zero"}, "a row that is not there need not meet it"


def test_what_is_required_of_rows_says_nothing_of_who_has_none() -> None:
    """`worth - points >= 1` of each order: somebody without orders may have any points."""
    text = ORDERS + """\
require: ["points < 5 and hours > 2"]
quantities:
  per: {is: "100 / (points - 5)", decimals: 2}
"""
    assert codes(text) == {"divisor-zero"}
    in_row = text.replace("quantities:\n  per: {is: \"100 / (points - 5)\", decimals: 2}\n", "").replace(
        "      part:", "      part:"
    ) + "quantities:\n  all: {is: sum(per), decimals: 2}\n"
    in_row = in_row.replace("details:\n  orders:\n", "details:\n  orders:\n    quantities: {per: {is: \"100 / (points - 5)\", decimals: 2}}\n")
    assert codes(in_row) == set(), "the row itself has met it"


def test_of_no_rows_ratio_and_what_is_measured_are_missing() -> None:
    text = """\
inputs: {agent: {type: key}, done: {type: integer, range: [0, 100]}}
details: {jobs: {belongs_to: agent, inputs: {hours: {type: integer, range: [1, 100]}}}}
indicators:
  speed: {weight: 100%, better: higher, value: done / sum(hours), score: {points: {0: 0, 1: 100}}}
total: {missing: zero}
pay:
  per_hour: {amount: "coalesce(ratio(1000, sum(hours)), 0)"}
  bonus: {amount: 1 * total}
"""
    people = [{"agent": "A", "done": 20}, {"agent": "B", "done": 20}]
    found = results(text, people, jobs=[{"agent": "A", "hours": 40}, {"agent": "A", "hours": 10}])
    assert (found["A"]["per_hour"], found["A"]["bonus"]) == (Decimal("20.00"), Decimal("40.00"))
    assert (found["B"]["per_hour"], found["B"]["bonus"]) == (Decimal("0.00"), Decimal("0.00"))
    assert found["B"]["speed"] is ir.MISSING


def test_a_table_without_else_is_not_covered_by_rows_that_need_not_be_there() -> None:
    text = """\
inputs: {agent: {type: key}}
details: {jobs: {belongs_to: agent, inputs: {hours: {type: integer, range: [1, 100]}}}}
tables: {step: {from: {1: 5, 100: 9}}}
quantities: {q: step(sum(hours))}
"""
    assert codes(text) == {"table-hole"}


# ── Too few rows ──────────────────────────────────────────────────────────────────────────────────


def scored(value: str, orders: Rows, rows: int = 3) -> ir.Result:
    """An indicator of half the weight that needs rows, beside one that is always 80."""
    text = f"""\
inputs: {{agent: {{type: key}}, rest: {{type: integer, range: [0, 100]}}, ok: {{type: boolean}}}}
details:
  jobs: {{belongs_to: agent, inputs: {{hours: {{type: integer, range: [0, 9], can_be_missing: true}}, num: {{type: integer, range: [1, 99]}}}}}}
indicators:
  few: {{weight: 50%, better: none, value: '{value}', score: value * 10, min_rows: {rows}}}
  all: {{weight: 50%, better: none, value: rest, score: value}}
total: {{missing: reweigh}}
pay: {{line: {{amount: "10 * coalesce(total, 0)"}}}}
"""
    return results(text, [{"agent": "A", "rest": 80, "ok": False}], jobs=orders)["A"]


def hours(*values: int | None) -> Rows:
    return [{"agent": "A", "hours": v, "num": n + 1} for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "rows", "line"),
    [
        ("coalesce(mean(hours), 0)", hours(5), "800.00"),
        ("coalesce(mean(hours), 0)", hours(5, 5, None), "800.00"),
        ("coalesce(mean(hours), 0)", hours(5, 5, 5), "650.00"),  # (50 + 80) / 2
        ("sum(hours) * 0 + 1", hours(5), "800.00"),
        ("latest(hours, order=[num])", hours(1, 2, 3), "550.00"),  # (30 + 80) / 2
        ("latest(hours, order=[num])", hours(1, 2), "800.00"),
        ("percentile(hours, 50%, method=\"linear\")", hours(1, 2), "800.00"),
        ("count(hours > 1)", hours(1, 2, 3), "500.00"),  # two of three: (20 + 80) / 2
        ("count(hours > 1)", hours(1, None, 3), "800.00"),
        ("mean(hours) if ok else 3", hours(5), "550.00"),  # the branch that is taken looks at no rows
        ("mean(hours) if not ok else 3", hours(5), "800.00"),
        ("coalesce(mean(hours), mean(num))", hours(None, None, None), "800.00"),  # the first is looked at, and has none
        ("4 if ok and coalesce(mean(num) > 0, false) else 2", hours(5), "500.00"),  # `ok` settles it
        ("4 if coalesce(1 < mean(num) < 0, false) else 2", hours(5), "800.00"),
    ],
)  # fmt: skip
def test_an_indicator_with_too_few_rows_is_missing_whatever_its_formula_makes_of_them(
    value: str, rows: Rows, line: str
) -> None:
    assert scored(value, rows)["line"] == Decimal(line)


def test_min_rows_without_an_aggregate_over_details_is_an_error() -> None:
    with pytest.raises(ir.SchemeError) as caught:
        scored("rest / 2", hours(5))
    assert "min-rows-none" in {d.code for d in caught.value.diagnostics}


# ── Words that could mean two things ──────────────────────────────────────────────────────────────


def test_a_word_of_ours_that_is_also_a_name_is_not_guessed() -> None:
    text = """\
inputs: {agent: {type: key}, part: {type: integer, range: [0, 9]}}
indicators: {one: {weight: 100%, better: none, value: part, score: value}}
quantities: {q: "sum(part, over=total)"}
"""
    assert codes(text) == {"word-ambiguous"}
    assert codes(text.replace("part, over", "own, over").replace("part:", "own:").replace("value: part", "value: own")) == set()


@pytest.mark.parametrize("where", ["boss == agent", "agent == boss", "known(boss) and boss != agent", "boss == me", "team == team"])
def test_a_condition_that_compares_each_member_with_itself_is_refused(where: str) -> None:
    text = f"""\
inputs:
  agent: {{type: key}}
  boss: {{type: category, can_be_missing: true}}
  team: {{type: category}}
  sales: {{type: integer, range: [0, 9]}}
quantities:
  me: agent
  q: sum(sales, over=everyone, where=coalesce({where}, false))
"""
    assert "compares-itself" in codes(text)


def test_the_way_that_the_remedy_names_adds_up_what_others_report() -> None:
    text = """\
inputs: {agent: {type: key}, sales: {type: integer, range: [0, 99]}}
details: {reports: {belongs_to: agent, inputs: {their_sales: {type: integer, range: [0, 99]}}}}
quantities: {override: sum(their_sales)}
"""
    found = results(text, [{"agent": "A", "sales": 1}, {"agent": "B", "sales": 5}], reports=[{"agent": "A", "their_sales": 5}])
    assert (found["A"]["override"], found["B"]["override"]) == (5, 0)


# ── Rows of one owner ─────────────────────────────────────────────────────────────────────────────


def test_every_aggregate_over_rows_is_about_the_rows_of_one_owner_unless_within_says_more() -> None:
    text = """\
inputs: {agent: {type: key}, team: {type: category}}
details:
  heats:
    belongs_to: agent
    inputs: {points: {type: integer, range: [0, 9]}, num: {type: integer, range: [1, 99]}}
    quantities:
      own: rank(points, ties="standard")
      said: rank(points, ties="standard", over=heats, within=agent)
      team_wide: rank(points, ties="standard", within=team)
      of_all: rank(points, ties="standard", within=everyone)
      so_far: running(points, order=[num])
quantities:
  two_best: sum(points, where=own <= 2)
  mine: sum(points, within=agent)
"""
    people = [{"agent": "A", "team": "x"}, {"agent": "B", "team": "x"}, {"agent": "C", "team": "y"}]
    heats = [{"agent": a, "points": p, "num": n} for n, (a, p) in enumerate([("A", 3), ("A", 8), ("A", 5), ("B", 6), ("C", 9)], 1)]
    found = results(text, people, heats=heats)
    assert found["A"]["own"] == found["A"]["said"] == (3, 1, 2)
    assert (found["A"]["team_wide"], found["B"]["team_wide"], found["C"]["team_wide"]) == ((4, 1, 3), (2,), (1,))
    assert (found["A"]["of_all"], found["B"]["of_all"], found["C"]["of_all"]) == ((5, 2, 4), (3,), (1,))
    assert found["A"]["so_far"] == (3, 11, 16)
    assert (found["A"]["two_best"], found["A"]["mine"]) == (13, 16)


def test_a_quotient_may_be_added_up_where_its_rows_share_the_divisor() -> None:
    """Deviations from one's own mean: (1-3)² + (3-3)² + (5-3)² = 8. Means of everybody have a divisor each."""
    text = """\
inputs: {agent: {type: key}}
details: {marks: {belongs_to: agent, inputs: {mark: {type: integer, range: [1, 5]}}}}
quantities:
  own: mean(mark)
  also: ratio(sum(mark), count(over=marks))
  spread: sum((mark - own) ** 2, over=marks)
  same: sum((mark - also) ** 2, over=marks)
"""
    found = results(text, [{"agent": "A"}], marks=[{"agent": "A", "mark": m} for m in (1, 3, 5)])["A"]
    assert found["spread"] == found["same"] == 8
    assert codes(text + "  everybody: sum(own, over=everyone)\n") == {"exact-aggregated"}


# ── Conditions ────────────────────────────────────────────────────────────────────────────────────


def test_the_condition_of_a_right_may_not_be_missing() -> None:
    text = "inputs: {agent: {type: key}, ok: {type: boolean, can_be_missing: true}}\nentitlements: {right: {when: CONDITION}}\n"
    assert codes(text.replace("CONDITION", "ok")) == {"condition-missing"}
    assert codes(text.replace("CONDITION", '"coalesce(ok, false)"')) == set()

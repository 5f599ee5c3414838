"""What is not decided, for a tie or a remainder, is told once: what must hold of it is neither kept nor broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import incentive_rules as ir

Row = dict[str, object]
HEAD = """\
format: 1
scheme: undecided
effective: {first_day: 2024-01-01, last_day: 2030-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, a: {type: integer, range: [0, 9]}, dep: {type: category}}
"""
STAR = "honors: {star: {within: dep, best_by: a, places: 1, ties: refuse}}\n"
PAY = "pay: {bonus: {amount: 1.00 * a}}\n"
# A and B are level in x, and C stands behind them; D is alone in y.
PEOPLE: list[Row] = [
    {"who": "A", "a": 9, "dep": "x"}, {"who": "B", "a": 9, "dep": "x"}, {"who": "C", "a": 5, "dep": "x"},
    {"who": "D", "a": 5, "dep": "y"},
]  # fmt: skip


def told(
    text: str, people: Sequence[Row] = PEOPLE, tables: Mapping[str, Sequence[Row]] | None = None,
    groups: Mapping[str, Sequence[Row]] | None = None,
) -> dict[str, list[str]]:  # fmt: skip
    """By key the codes of why somebody is set aside."""
    pipeline = ir.compile(text=HEAD + text, period="2024-01")
    run = pipeline.run(people, tables, groups=groups, on_error="quarantine", referee="all")
    found: dict[str, list[str]] = {}
    for one in run.quarantined:
        found.setdefault(one.key, []).append(one.problem.code)
    return found


TIED = {"A": ["data-tie"], "B": ["data-tie"], "C": ["data-held"]}


@pytest.mark.parametrize("must", [
    "require: [star]\n", "require: [not star]\n", "require: [star or a < 5]\n",
    "quantities: {q: {is: 1 if star else a, range: [9, 9]}}\n",
    "quantities: {q: {is: 1 if star else a, range: [1, 4]}}\n",
    "quantities: {n: 'count(star, over=everyone, within=dep)'}\nrequire: [n < 1]\n",
])  # fmt: skip
def test_what_must_hold_of_a_place_that_is_open_is_told_of_nobody(must: str) -> None:
    """It was told of C, who only waits, and the reader mended the wrong row."""
    found = told(STAR + must + PAY.replace("a}", "a + (1.00 if star else 0.00)}"))
    assert {key: codes for key, codes in found.items() if key != "D"} == TIED


def test_the_same_holds_of_a_place_that_is_not_open() -> None:
    assert told(STAR + "require: [not star]\n" + PAY)["D"] == ["data-require"]
    people = [{**PEOPLE[0], "a": 8}, *PEOPLE[1:]]
    found = told(STAR + "require: [star]\n" + PAY, people)
    assert found == {"A": ["data-require"], "B": ["data-held"], "C": ["data-require"]}


def test_what_does_not_rest_on_it_is_told_all_the_same() -> None:
    found = told(STAR + "require: ['sum(a, over=everyone, within=dep) < 9']\n" + PAY)
    assert found == {"A": ["data-require", "data-tie"], "B": ["data-require", "data-tie"], "C": ["data-require"]}
    found = told(STAR + "require: [a < 9]\n" + PAY)  # of the person alone: they leave before any place is given
    assert found == {"A": ["data-require"], "B": ["data-require"], "C": ["data-held"]}


def test_an_honour_among_those_without_another_waits_for_it_too() -> None:
    """Whether A and B are among them is open: no tie of theirs is a second cause."""
    text = STAR.replace("}}\n", "}, next: {within: dep, among: not star, best_by: a, places: 1, ties: refuse}}\n")
    assert told(text + PAY.replace("a}", "a + (1.00 if next else 0.00)}")) == TIED


def test_two_lines_that_do_not_rest_on_each_other_are_both_told() -> None:
    text = STAR.replace("}}\n", "}, low: {within: dep, best_by: minus, places: 1, ties: refuse}}\n")
    people: list[Row] = [*PEOPLE, {"who": "E", "a": 5, "dep": "x"}]
    found = told("quantities: {minus: 0 - a}\n" + text + PAY, people)
    assert found == {key: ["data-tie"] for key in "ABCE"}


def test_grades_by_rank_that_are_open_are_told_alone() -> None:
    """Each of several outputs of one line: the tie is told once, and no requirement of any of them."""
    shares = "shares: {A: {share: 50%, coefficient: 2}, B: {share: 50%, coefficient: 1}}"
    grade = f"grades: {{of: a, within: dep, {shares}, ties: refuse}}\n"
    for must in ("grade == 'A'", "grade == 'B'", "coefficient > 1", "coefficient < 2"):
        people: list[Row] = [*PEOPLE, {"who": "E", "a": 9, "dep": "x"}]
        found = told(f'{grade}require: ["{must}"]\npay: {{bonus: {{amount: 1.00 * coefficient}}}}\n', people)
        assert {key: codes for key, codes in found.items() if key != "D"} == {
            "A": ["data-tie"], "B": ["data-tie"], "C": ["data-held"], "E": ["data-tie"],
        }  # fmt: skip


def test_a_remainder_and_an_order_are_told_alone() -> None:
    pool = (
        "require: [bonus > 5]\n"
        "groups: {deps: {key: dep, inputs: {fund: {type: money, decimals: 2, range: [0, 100]}}}}\n"
        "pay: {bonus: {pool: {each: dep, amount: fund, in_proportion_to: a, remainder: refuse}}}\n"
    )
    funds: list[Row] = [{"dep": "x", "fund": 90}, {"dep": "y", "fund": 9}]
    people = [{**one, "a": 0} if one["dep"] == "x" else one for one in PEOPLE]
    found = told(pool, people, groups={"deps": funds})
    assert {code for codes in found.values() for code in codes} == {"data-remainder"} and "D" not in found
    order = "require: [so_far < 5]\nquantities: {so_far: 'running(a, order=[a], within=dep)'}\n"
    assert told(order + "pay: {bonus: {amount: 1.00 * so_far}}\n") == {
        "A": ["data-order-tie"], "B": ["data-order-tie"], "C": ["data-held"], "D": ["data-require"],
    }  # fmt: skip


LATEST = """\
require: ['coalesce(last, 0) < 3', a > 5]
details:
  visits: {belongs_to: who, inputs: {on: {type: integer, range: [1, 31]}, rated: {type: integer, range: [0, 9]}}}
quantities: {last: "latest(rated, order=[on])"}
pay: {bonus: {amount: "1.00 * coalesce(last, 0)"}}
"""


def test_a_latest_row_that_is_not_the_only_one_is_told_alone() -> None:
    days: list[Row] = [
        {"who": who, "on": 3, "rated": value} for who, value in (("A", 5), ("A", 6), ("C", 1), ("C", 2), ("D", 5))
    ]
    found = told(LATEST, tables={"visits": days})
    assert found == {"A": ["data-latest-tie"], "C": ["data-require", "data-latest-tie"],
                     "D": ["data-require", "data-require"]}  # fmt: skip
    pipeline = ir.compile(text=HEAD + LATEST, period="2024-01")
    for person in (PEOPLE[0], PEOPLE[2]):
        mine = [{"on": one["on"], "rated": one["rated"]} for one in days if one["who"] == person["who"]]
        with pytest.raises(ir.DataError) as refused:
            pipeline.score(person, {"visits": mine})
        assert [problem.code for problem in refused.value.problems] == found[str(person["who"])]

"""Each rule of the calculus by small formulas: the sign that it gives, and that no rule can be taken away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

import incentive_rules as ir
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked
from incentive_rules.proving.calculus import Calculus, Rule
from incentive_rules.proving.direction import UNMOVED, Direction
from incentive_rules.proving.move import Move
from incentive_rules.proving.rules import RULES
from incentive_rules.proving.whose import At, Whose

HEAD = """\
format: 1
scheme: rules
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
limits: {max_people: 50, max_rows_per_person: 20}
inputs:
  id: {type: key}
  dept: {type: category}
  up: {type: integer, range: [1, 100]}
  any: {type: integer, range: [-50, 50]}
  loose: {type: integer, range: [0, 9], can_be_missing: true}
  pos: {type: integer, range: [1, 9]}
  neg: {type: integer, range: [-9, -1]}
  still: {type: integer, range: [0, 100]}
  flag: {type: boolean}
  word: {type: category, one_of: [low, mid, top]}
details:
  jobs:
    belongs_to: id
    inputs:
      points: {type: integer, range: [0, 9]}
      good: {type: boolean}
      made: {type: date, range: [2026-01-01, 2026-12-31]}
      state: {type: category, one_of: [done, open, gone]}
tables:
  rise: {from: {10: 1, 20: 5}, else: 0}
  fall: {up_to: {10: 9, 20: 5}, else: 0}
  bump: {from: {10: 5, 20: 1}, else: 0}
  line: {points: {1: 0, 100: 50}}
  tax: {slices: {0: 3%, 50: 1%}}
  refund: {slices: {0: 3%, 50: -1%}}
  letter: {from: {10: B, 20: A}, else: C}
  worth: {equals: {A: 5, B: 3, C: 3}}
  odd: {equals: {A: 5, B: 7, C: 3}}
  of_word: {equals: {low: 1, mid: 2, top: 3}}
  grid:
    keys: [x, y]
    equals:
      low: {from: {10: 1, 20: 5}, else: 0}
      mid: {from: {10: 2, 20: 5}, else: 0}
      top: {from: {10: 9, 20: 9}, else: 3}
"""
# formula, what moves, and how the formula moves for the one who moves (and for everybody else)
ONE_ROW = {
    "up + still": ("up", "+"),
    "still - up": ("up", "-"),
    "-up": ("up", "-"),
    "up - up": ("up", "?"),
    "up * pos": ("up", "+"),
    "up * neg": ("up", "-"),
    "up * any": ("up", "?"),
    "still / up": ("up", "-"),
    "up / pos": ("up", "+"),
    "up / neg": ("up", "-"),
    "any / up": ("up", "?"),
    "ratio(pos, still)": ("still", "-"),
    "any ** 2": ("any", "?"),
    "up ** 2": ("up", "+"),
    "any ** 3": ("any", "+"),
    "neg ** 2": ("neg", "-"),
    "abs(any)": ("any", "?"),
    "abs(neg)": ("neg", "-"),
    "round(up / 3, 1)": ("up", "+"),
    "max(up, 50)": ("up", "+"),
    "min(-up, 50)": ("up", "-"),
    "1 if up > 5 else 0": ("up", "+"),
    "1 if up < 5 else 0": ("up", "-"),
    "1 if 5 >= up else 0": ("up", "-"),
    "1 if up == 100 else 0": ("up", "+"),
    "1 if up == 1 else 0": ("up", "-"),
    "1 if up != 1 else 0": ("up", "+"),
    "1 if up == 7 else 0": ("up", "?"),
    "1 if up > 0 else 5": ("up", "0"),
    "1 if up in [3, 4] else 0": ("up", "?"),
    "1 if not up > 5 else 0": ("up", "-"),
    "1 if up > 5 and flag else 0": ("up", "+"),
    "1 if up > 5 or flag else 0": ("up", "+"),
    "1 if up > 5 and up < 9 else 0": ("up", "?"),
    "2 if flag else 1": ("flag", "+"),
    "up if flag else 0": ("flag", "+"),
    "up if flag else 50": ("flag", "?"),
    "up if flag else still": ("up", "+"),
    "up if up > 50 else 0": ("up", "+"),
    "-up if up > 50 else 0": ("up", "-"),
    "100 - up if up > 50 else 0": ("up", "?"),
    "coalesce(loose, 0)": ("loose", "+"),
    "coalesce(loose, up)": ("up", "+"),
    "1 if known(loose) else 0": ("loose", "0"),
    "coalesce(ratio(pos, still), 0)": ("still", "?"),
    "coalesce(ratio(pos, still), 10)": ("still", "-"),
    "1 if known(ratio(1, still)) else 0": ("still", "+"),
    "rise(up)": ("up", "+"),
    "fall(up)": ("up", "-"),
    "bump(up)": ("up", "?"),
    "line(up)": ("up", "+"),
    "tax(up)": ("up", "+"),
    "refund(up)": ("up", "?"),
    "worth(letter(up))": ("up", "+"),
    "odd(letter(up))": ("up", "?"),
    '1 if letter(up) == "A" else 0': ("up", "+"),
    '1 if letter(up) in ["A", "B"] else 0': ("up", "+"),
    '1 if letter(up) != "C" else 0': ("up", "+"),
    '1 if letter(up) == "B" else 0': ("up", "?"),
    'worth("A" if up > 50 else "B" if up > 20 else "C")': ("up", "+"),
    'odd("B" if up > 50 else "A" if up > 20 else "C")': ("up", "+"),
    'worth("C" if up > 50 else "B" if up > 20 else "A")': ("up", "-"),
    "of_word(word)": (("word", "low", "mid"), "+"),
    "-of_word(word)": (("word", "low", "top"), "-"),
    '1 if word == "mid" else 0': (("word", "low", "top"), "0"),
    "grid(word, up)": ("up", "+"),
    "grid('low', up)": ("up", "+"),
    "grid(word, up) ": (("word", "low", "top"), "+"),
    "grid(word, up)  ": (("word", "top", "mid"), "-"),
    "days(period_first_day, period_last_day) + up": ("up", "+"),
}  # fmt: skip
ROWS = {
    "sum(points)": ("points", "+", "0"),
    "sum(points, where=good)": ("good", "+", "0"),
    "sum(-points, where=good)": ("good", "-", "0"),
    "sum(points - 5, where=good)": ("good", "?", "0"),
    "count(good)": ("good", "+", "0"),
    "count(over=jobs, where=not good)": ("good", "-", "0"),
    "coalesce(mean(points), 0)": ("points", "+", "0"),
    "coalesce(mean(points, where=good), 0)": ("good", "?", "0"),
    "coalesce(share(good), 0)": ("good", "+", "0"),
    "coalesce(min(points, over=jobs), 0)": ("points", "+", "0"),
    "coalesce(max(points, over=jobs, where=good), 0)": ("good", "+", "0"),
    "coalesce(min(points, over=jobs, where=good), 0)": ("good", "?", "0"),
    "coalesce(best(points, over=jobs, n=2), 0)": ("points", "+", "0"),
    "coalesce(best(points, over=jobs, n=pos), 0)": ("pos", "?", "0"),
    'coalesce(percentile(points, 50%, method="linear"), 0)': ("points", "+", "0"),
    "coalesce(variance(points), 0)": ("points", "?", "0"),
    "coalesce(latest(points, order=[made]), 0)": ("points", "+", "0"),
    "coalesce(latest(points, order=[made]), 0) ": ("made", "?", "0"),
    "sum(up, over=everyone)": ("up", "+", "+"),
    "coalesce(mean(up, over=everyone, within=dept), 0)": ("up", "+", "+"),
    "sum(up, over=others, within=dept)": ("up", "0", "+"),
    "up / mean(up, over=everyone, within=dept)": ("up", "+", "-"),
    "up / sum(up, over=everyone)": ("up", "+", "-"),
    "up - mean(up, over=everyone)": ("up", "?", "-"),
    "rank(up, ties='standard')": ("up", "-", "+"),
    "rank(up, ties='standard', first='low')": ("up", "+", "-"),
    "rank(up, ties='dense')": ("up", "-", "?"),
    "sum(points, over=jobs, within=dept)": ("points", "+", "+"),
}  # fmt: skip


@cache
def checked(text: str) -> Checked:
    head = HEAD if "details:" not in text else HEAD[: HEAD.index("details:")] + HEAD[HEAD.index("tables:") :]
    report = ir.check(text=head + text)
    assert report.ok, report
    return ir.compile(text=head + text, period="2026-04").checked


def moved(scheme: Checked, what: str | tuple[str, str, str]) -> Move:
    name, words = (what, None) if isinstance(what, str) else (what[0], (what[1], what[2]))
    return Move(name, scheme.inputs[name].level, words=words)


def signs(formula: str, what: str | tuple[str, str, str], rules: dict[type, Rule] | None = None) -> tuple[str, str]:
    scheme = checked(f"quantities:\n  q:\n    is: {formula.strip()}\n    decimals: 6\n")
    calculus = Calculus(scheme, moved(scheme, what), rules=rules)
    return calculus.name("q").sign, calculus.of_name_at("q", At((), Whose.OTHER)).sign


@pytest.mark.parametrize("formula", ONE_ROW)
def test_a_formula_of_one_row(formula: str) -> None:
    what, sign = ONE_ROW[formula]
    assert signs(formula, what) == (sign, "0")


@pytest.mark.parametrize("formula", ROWS)
def test_a_formula_over_rows(formula: str) -> None:
    what, own, others = ROWS[formula]
    assert signs(formula, what) == (own, others)


ADJUSTED = """\
total: {{adjust: [{{{}}}]}}
indicators: {{a: {{weight: 100%, better: higher, value: up, score: value}}}}
"""
MEAN = """\
total: {{missing: {}}}
indicators:
  a: {{weight: 60%, better: higher, value: {}, score: {}}}
  b: {{weight: 40%, better: higher, value: up, score: value}}
"""
POOL = "pay: {{p: {{pool: {{each: dept, amount: '{}', in_proportion_to: '{}', cents: webster}}}}}}\n"
GROWING = "3 * sum(up, over=everyone, within=dept)"
HONOR = """\
honors:
  h: {{among: up > 5, within: dept, best_by: [still], places: {{{}}}, ties: all, award: 10}}
"""
GRADES = """\
grades:
  of: up
  within: dept
  ties: all
  shares: {A: {share: 50%, c: 2}, B: {share: 50%, c: 1}}
"""
FOLD = """\
repeat:
  lines: {members: {x: {top: 5}, y: {top: 9}}, quantities: {part: 'min(up, top)'}}
quantities: {q: 'sum(part, over=lines)'}
"""
RUNNING = """\
details:
  jobs:
    belongs_to: id
    inputs: {points: {type: integer, range: [0, 9]}, made: {type: date, range: [2026-01-01, 2026-12-31]}}
    quantities: {r: 'running(points, order=[made])'}
quantities: {q: sum(r)}
"""
# Whole blocks: what moves, a name, and how it moves for the one who moves and for others.
BLOCKS = {
    "mean": (MEAN.format("refuse", "still", "value"), "up", "total", "+", "0"),
    "mean shared out again": (MEAN.format("reweigh", "5 / still", "value"), "still", "total", "?", "0"),
    "mean with zeros": (MEAN.format("zero", "1 / still", "100 - value"), "still", "total", "+", "0"),
    "mean refused": (MEAN.format("refuse", "1 / still", "value"), "up", "total", "+", "0"),
    "weights that move": (
        "composites: {c: {of: {up: up, still: 5}, weights: relative, missing: refuse}}\n", "up", "c", "?", "0"),
    "cap": (ADJUSTED.format("reason: r, when: flag, at_most: 5"), "flag", "total", "-", "0"),
    "floor": (ADJUSTED.format("reason: r, when: flag, at_least: 5"), "flag", "total", "+", "0"),
    "veto": (ADJUSTED.format("reason: r, when: flag, set: 0"), "flag", "total", "-", "0"),
    "set between": (ADJUSTED.format("reason: r, when: flag, set: 50"), "flag", "total", "?", "0"),
    "add": (ADJUSTED.format("reason: r, when: flag, add: -5"), "flag", "total", "-", "0"),
    "factor": (ADJUSTED.format("reason: r, when: flag, multiply: 2"), "flag", "total", "+", "0"),
    "half": (ADJUSTED.format("reason: r, when: flag, multiply: 0.5"), "flag", "total", "-", "0"),
    "capped value": (ADJUSTED.format("reason: r, at_most: 5"), "up", "total", "+", "0"),
    "when of pay": ("pay: {p: {amount: 3 * pos, when: up > 5}}\n", "up", "p", "+", "0"),
    "when of a deduction": ("pay: {p: {amount: 3 * neg, when: up > 5}}\n", "up", "p", "-", "0"),
    "when of either sign": ("pay: {p: {amount: 3 * any, when: up > 5}}\n", "up", "p", "?", "0"),
    "pool": (POOL.format("100", "up"), "up", "p", "+", "-"),
    "pool that grows": (POOL.format(GROWING, "1"), "up", "p", "+", "+"),
    "pool and weight": (POOL.format(GROWING, "up"), "up", "p", "+", "?"),
    "honour": (HONOR.format("number: 1"), "up", "award(h)", "+", "-"),
    "honour by share of the eligible": (
        HONOR.format("share: 50%, of: eligible, rounding: down"), "up", "award(h)", "+", "?"),
    "grades by rank": (GRADES, "up", "c", "+", "-"),
    "members of a family": (FOLD, "up", "q", "+", "0"),
    "running": (RUNNING, "points", "q", "+", "0"),
}  # fmt: skip


def of_block(block: str, rules: dict[type, Rule] | None = None) -> tuple[str, str]:
    text, what, name, _, _ = BLOCKS[block]
    scheme = checked(text)
    calculus = Calculus(scheme, moved(scheme, what), rules=rules)
    return calculus.name(name).sign, calculus.of_name_at(name, At(calculus.level_of(name), Whose.OTHER)).sign


@pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
@pytest.mark.parametrize("block", BLOCKS)
def test_a_block(block: str) -> None:
    assert of_block(block) == BLOCKS[block][3:]


def cases() -> Iterator[tuple[str, bool]]:
    yield from ((one, False) for one in (*ONE_ROW, *ROWS))
    yield from ((one, True) for one in BLOCKS)


def test_the_battery_names_every_kind_of_term() -> None:
    assert set(RULES) == set(t.Term.__args__) - {t.Fixed}  # which reads nothing that moves


def _nothing_moves(calculus: Calculus, term: t.Term, at: At) -> Direction:
    return UNMOVED


def _nothing_known(calculus: Calculus, term: t.Term, at: At) -> Direction:
    return calculus.unsure(term, "")


@pytest.mark.sampled(2)
@pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("other", [_nothing_moves, _nothing_known])
def test_no_rule_can_be_taken_away(kind: type, other: Rule) -> None:
    """A rule that says nothing, or that nothing moves, makes a case of the battery fail."""
    rules = {**RULES, kind: other}
    for case, is_block in cases():
        if is_block:
            found, expected = of_block(case, rules), BLOCKS[case][3:]
        else:
            what, *expected_signs = ONE_ROW.get(case) or ROWS[case]
            found, expected = signs(case, what, rules), (*expected_signs, "0")[:2]
        if found != expected:
            return
    pytest.fail(f"nothing needs the rule of {kind.__name__}")

"""Formulas before the referee: exact results, and texts that must stay refused."""

from __future__ import annotations

import ast
from fractions import Fraction

import pytest

from incentive_rules.judging.judge import referee
from incentive_rules.judging.numbers import RefereeFault
from incentive_rules.model.checked import Checked
from incentive_rules.model.scheme import Role
from incentive_rules.model.terms import Constant
from tests.judging.made import fractions, function, given, made, quantity

GIVEN = fractions(
    x=7, y=2, z=0, 完成=9, 总数=12, grade="'A'", flag=True, gone=None,
    hired=739000, left=739031, opened=540, closed=615,
)  # fmt: skip
FUNCTIONS = (
    function("double", "a", "2 * a"),
    function("first", "a b", "coalesce(a, b)"),
    function("achieved", "p t g", "10 if p >= g else 0 if p < t else 9 * (p - t) / (g - t) + 0.5"),
    function("spread", "p q", "double(p) - double(q)"),
)


def scheme_of(text: str, role: Role = Role.QUANTITY) -> Checked:
    return made(
        quantities=[quantity("answer", text, role=role)], inputs=[given(name) for name in GIVEN], functions=FUNCTIONS
    )  # fmt: skip


def value_of(text: str, role: Role = Role.QUANTITY) -> Constant:
    return referee(scheme_of(text, role), GIVEN).values["answer"]


RESULTS: tuple[tuple[str, object], ...] = (
    ("0.1 + 0.2 == 0.3", True),
    ("1 / 3 * 3 == 1", True),
    ("完成 / 总数", "3/4"),
    ("1 < x < 10", True),
    ("1 < x < 5 < 100", False),
    ("x if x > y else y", 7),
    ("x > 1 and y > 1", True),
    ("x > 1 且 y > 1", True),
    ("z != 0 and x / z > 1", False),
    ("z == 0 or x / z > 1", True),
    ("x / z if z != 0 else 0", 0),
    ('grade in ["A", "B"]', True),
    ('grade not in ["A"]', False),
    ('grade 属于 ["B"]', False),
    ("grade == 'A'", True),
    ("x in [1, -7, 7.0]", True),
    ("clamp(x / y, 0, 1.5)", "3/2"),
    ("限于(x, 8, 9)", 8),
    ("coalesce(gone, 1) + 1", 2),
    ("取首个已知(gone, gone, 3)", 3),
    ("known(gone)", False),
    ("known(gone) or x == 7", True),
    ("-x ** 2", -49),
    ("(-x) ** 2", 49),
    ("x ** 0", 1),
    ("not flag", False),
    ("非 flag", False),
    ("min(x, y, 0.5)", "1/2"),
    ("取大(x, y)", 7),
    ("abs(y - x)", 5),
    ("12.50 * x", "175/2"),
    ("(x - 60) * (100 - 60) / (95 - 60)", "-424/7"),
    ("0.1 + 0.2 - 0.3", 0),
    ("123456789012345678901.10 - 0.10", 123456789012345678901),
    ("x == 7.0", True),
    ("5% * 200", 10),
    ("0.5% + 100%", "201/200"),
    ("10 - 3 - 2", 5),
    ("12 / 3 / 2", 2),
    ("2 + 3 * 4", 14),
    ("2 * 3 ** 2", 18),
    ("1 if flag else 2 if x > 1 else 3", 1),
    ("round(x / y)", 4),
    ("round(-x / y)", -4),
    ("round(2 / 3, 2)", "67/100"),
    ("四舍五入(0.125, 2)", "13/100"),
    ("floor(-x / y)", -4),
    ("ceil(x / y)", 4),
    ("向上取整(-x / y)", -3),
    ("ratio(x, y)", "7/2"),
    ("ratio(x, z)", None),
    ("coalesce(ratio(x, z), 0)", 0),
    ("days(hired, left) + 1", 32),
    ("minutes(opened, closed)", 75),
    ("true", True),
    ("否", False),
    ("missing", None),
    ("3 if known(gone) else 缺失", None),
    # Missing passes through arithmetic, calls and comparisons.
    ("gone + 1", None),
    ("-gone", None),
    ("gone ** 2", None),
    ("min(gone, x)", None),
    ("round(gone)", None),
    ("gone > 1", None),
    ("gone == 1", None),
    ("100 < x < gone", None),
    ("gone in [1, 2]", None),
    # The author's functions.
    ("double(x) + 1", 15),
    ("double(double(x))", 28),
    ("spread(x, y)", 10),
    ("achieved(x, 2, 12)", 5),
    ("first(gone, x)", 7),
    ("first(x, x / y)", 7),
)


@pytest.mark.parametrize("text, expected", RESULTS, ids=[text for text, _ in RESULTS])
def test_a_formula_has_exactly_this_value(text: str, expected: object) -> None:
    wanted = Fraction(expected) if not isinstance(expected, bool) and isinstance(expected, (int, str)) else expected
    found = value_of(text)
    assert found == wanted
    assert type(found) is type(wanted)


REFUSED = (
    # A condition is never missing and never a number; kinds do not mix.
    "gone if gone else 1", "1 if gone > 1 else 2", "gone > 1 and x > 1", "not gone", "x and y", "1 if x else 2",
    "not x", "flag + 1", "flag == 1", "grade == 1", 'grade + "b"', "grade * 3", "x if 1 else 2", "min(grade, x)",
    "x < grade", "true + 1", "x > 1 and gone > 1", "known(x) + 1", "-flag", "grade in [1]", "x < flag",
    # A divisor that a checked scheme proves not to be zero.
    "x / z", "z / z", "0 ** y ** x",
    # What the language does not have.
    "x.real", "x[0]", "(1).real", 'f"{x}"', "[a for a in (1, 2)]", "lambda: 1", "min", "abs", "2 ** 0.5",
    "2 ** y ** y ** 5", "2 ** 17", "0x10", "1_000", "1e3", "1j", "...", "None", "x // y", "x % y", "x | y", "x is y",
    "min(*(1, 2))", "min(a=1)", "(yield)", "x := 3", "{1}", '__import__("os")', 'b"a"', "nobody", "nobody(1)",
    "x if x > 1", "min()", "clamp(1, 2)", "double(1, 2)", "double(a=1)", "coalesce()", "known(x, y)", "().__class__",
    "x; y", "x\ny", "@x", "print(x)", "eval('x')", "open('x')", "x.__class__", "value(x)", "round(x, -1)",
    "sum(x)", "count(over=x)", "sum(x, over=nobody)", "max(x, over=nobody)", "ratio(1)", "1 2", "", " ", "(", "x +",
    "percentile(x, 5%)", "rank(flag)", "latest(x)", 'rank(x, ties="odd")', "running(x)", "sum(x, over=others, n=1)",
    "max(x, over=others)", "count(over=everyone, within=nobody)", "served(x, y)", "served(x, y, method='weeks')",
    "(" * 300 + "x" + ")" * 300,
    "not " * 3000 + "flag", "double(" * 90 + "x / z" + ")" * 90,
)  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_text_that_the_checker_would_stop_stays_refused_without_it(text: str) -> None:
    """No text reaches anything but our own list of nodes, operators and functions."""
    with pytest.raises(RefereeFault):
        value_of(text)


def test_in_what_an_indicator_measures_a_zero_divisor_is_missing() -> None:
    assert value_of("x / z", Role.MEASURED) is None
    assert value_of("x / z + 1", Role.MEASURED) is None
    assert value_of("coalesce(x / z, 5)", Role.MEASURED) == 5
    assert value_of("double(x / z)", Role.MEASURED) is None


def test_a_sum_of_six_hundred_terms_needs_no_deep_stack() -> None:
    assert value_of(" + ".join(["x"] * 600)) == 4200
    assert value_of(" ".join(f"{i} if x == {i} else" for i in range(100, 190)) + " 0") == 0


def test_a_formula_is_read_once_for_all_people(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = scheme_of("clamp((x - 60) * 40 / (95 - 60), 0, 1.5)")
    referee(checked, GIVEN)
    monkeypatch.setattr(ast, "parse", None)
    assert referee(checked, {**GIVEN, "x": Fraction(61)}).values["answer"] == Fraction(8, 7)


def test_the_referee_keeps_the_scheme_that_it_judged_last() -> None:
    checked = scheme_of("x + 1")
    assert [referee(checked, {**GIVEN, "x": x}).values["answer"] for x in (1, 2)] == [2, 3]
    assert value_of("x + 2") == 9

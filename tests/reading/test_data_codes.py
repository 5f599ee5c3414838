"""Every code about data is earned by its wrong example, and gone from the right one; both languages word it."""

from __future__ import annotations

import re

import pytest

import incentive_rules as ir
from incentive_rules.base.codes import CODES, data
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.reading.sources.files import read_bytes

SCHEME = """\
format: 1
scheme: minimal
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  engineer: {type: key}
"""
INPUTS = {
    "jobs": "{type: integer, range: [0, 500]}",
    "on_time": "{type: integer, range: [0, 500]}",
    "post": "{type: category, one_of: [junior, senior]}",
    "leader": "{type: boolean}",
    "hired": "{type: date, range: [2000-01-01, 2030-12-31]}",
    "opened": "{type: time}",
}
EXAMPLES = [code for code in data.CODES if code.wrong]


def pipeline_for(fragment: str) -> ir.Pipeline:
    """A scheme that reads the columns of the fragment."""
    wanted = [name for name in INPUTS if name == "jobs" or name in fragment]
    text = SCHEME + "".join(f"  {name}: {INPUTS[name]}\n" for name in wanted)
    text += "require: [on_time <= jobs]\n" if "on_time" in wanted else ""
    return ir.compile(text=text + "quantities: {doubled: 2 * jobs}\n", period="2026-04")


def problems_in(fragment: str) -> tuple[Problem, ...]:
    table, problems = read_bytes(fragment.encode(), "data.json" if fragment.startswith("[") else "data.csv")
    if table is None:
        return problems
    try:
        pipeline_for(fragment).run(table)
    except ir.DataError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("code", EXAMPLES, ids=lambda code: code.name)
def test_the_wrong_rows_earn_the_code_and_the_right_ones_do_not(code: data.Code) -> None:
    assert code.name in {p.code for p in problems_in(code.wrong)}
    assert not problems_in(code.right)


@pytest.mark.parametrize("code", data.CODES, ids=lambda code: code.name)
def test_both_languages_say_the_same_holes(code: data.Code) -> None:
    for english, chinese in ((code.en, code.zh), *code.variants.values()):
        for one, other in ((english.message, chinese.message),):
            holes = {h.removesuffix("_zh") for h in re.findall(r"\{(\w+)\}", one + english.help)}
            assert {h.removesuffix("_zh") for h in re.findall(r"\{(\w+)\}", other + chinese.help)} <= holes | {"kind"}


def test_every_problem_of_a_broken_file_is_worded_without_a_gap() -> None:
    rows = 'engineer,jobs,post\nG001,501,chief\nG001,,junoir\n,x,junior\n'
    problems = problems_in(rows)
    assert {p.code for p in problems} >= {"data-key-twice", "data-missing"}
    for problem in problems:
        for language in ("en", "zh"):
            assert "{" not in message_of(problem, language) + help_of(problem, language)
        assert problem.table == "data.csv" and problem.line is not None
    assert CODES["data-key-twice"].name == "data-key-twice"

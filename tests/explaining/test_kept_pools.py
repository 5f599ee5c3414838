"""A share of a pool in which the part of others stays: checked with a pocket calculator from the lines alone."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from typing import Any

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: kept
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  parted: {pool: {each: unit, amount: 'AMOUNT', in_proportion_to: points, among: ok, left_out: kept, cents: CENTS CAP}}
inputs:
  person: {type: key}
  unit: {type: category}
  ok: {type: boolean}
  points: {type: integer, range: [0, 100]}
  most: {type: money, range: [0, 1000000]}
"""
METHODS = ("largest_remainder", "webster", "keep_remainder")
NUMBER = r"([0-9][0-9.,]*(?:/[0-9]+)?)"
DIVIDED = re.compile(rf"{NUMBER}(?: \(≈ [0-9.,]+\))? × {NUMBER} ÷ {NUMBER} = {NUMBER}")


def row(key: str, points: int, ok: bool = True, most: object = 1000) -> dict[str, object]:
    return {"person": key, "unit": "u", "ok": ok, "points": points, "most": most}


def explained(
    rows: list[dict[str, object]], who: str, amount: str, cents: str, cap: bool = False, language: str = "en"
) -> list[str]:
    text = SCHEME.replace("AMOUNT", amount).replace("CENTS", cents).replace(" CAP", ", at_most: most" if cap else "")
    pipeline = ir.compile(text=text, period="2026-01")
    found = str(hearing_of(pipeline, rows, who, language))
    return [line.strip("│ ") for line in found.splitlines()]


def hearing_of(pipeline: ir.Pipeline, rows: list[dict[str, object]], who: str, language: str = "en") -> Any:
    people = pipeline.people(rows)
    computed = pipeline.compute(people)
    (one,) = [row for row, _, _ in computed.outcomes if row.key == who]
    return pipeline.hearing(people, computed).explain(one, "parted", language, False)


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


FOUR = [row("A", 1), row("B", 1, ok=False), row("C", 1), row("F", 2)]


def test_the_part_of_those_who_take_part_is_a_line() -> None:
    """80.008 became 80.01 before it was shared; 40.004 would be 40.00."""
    lines = explained(FOUR, "F", "100.01", "largest_remainder")
    first = next(i for i, line in enumerate(lines) if line.startswith("weight"))
    assert lines[first : first + 5] == [
        "weight = points = 2, of 5 in all, 4 of those who take part",
        "those who take part: 100.01 × 4 ÷ 5 = 80.008",
        "= 80.01  half up",
        "= 80.01 × 2 ÷ 4 = 40.005",
        "= 40.01  largest remainder",
    ]
    chinese = explained(FOUR, "F", "100.01", "largest_remainder", language="zh")
    assert "参与者合计应得：100.01 × 4 ÷ 5 = 80.008" in chinese and "= 80.01  四舍五入" in chinese


def test_where_nobody_is_left_out_nothing_is_added() -> None:
    lines = explained([row("A", 1), row("F", 2)], "F", "100.01", "largest_remainder")
    assert not [line for line in lines if "take part:" in line or "those who take part" in line]


def test_a_cap_of_nothing_is_told_apart() -> None:
    """The others share as much as before by fewer weights."""
    lines = explained([row("A", 1), row("B", 1, most=0), row("C", 2)], "C", "90", "largest_remainder", cap=True)
    assert "those at their cap apart: 90.00 for weights of 3" in lines
    assert "= 90.00 × 2 ÷ 3 = 60.00" in lines


@pytest.mark.parametrize("cap", [False, True])
@pytest.mark.parametrize("cents", METHODS)
@pytest.mark.parametrize("seed", range(8))
def test_every_line_follows_from_those_above(seed: int, cents: str, cap: bool) -> None:
    dice = random.Random(seed)
    rows = [row(key, dice.randint(1, 9), dice.random() < 0.6, dice.choice([0, 5, 1000])) for key in "ABCDE"]
    rows[0] |= {"ok": True, "most": 1000}
    amount = f"{dice.randint(1, 200)}.{dice.randint(0, 99):02d}"
    lines = explained(rows, "A", amount, cents, cap)
    known = {number(amount)}  # what may be divided: the pool, or what a line before has made of it
    for line in lines:
        found = DIVIDED.search(line)
        if found is not None:
            whole, weight, every, result = map(number, found.group(1, 2, 3, 4))
            assert whole in known, (line, lines)
            assert whole * weight / every == result, line
        known |= {number(one) for one in re.findall(NUMBER, line.partition("weights of")[0])}
    assert any(DIVIDED.search(line) for line in lines)
    (last,) = [DIVIDED.search(line) for line in lines if line.startswith("= ") and "÷" in line]
    assert last is not None
    (share,) = [number(line.split()[2]) for line in lines if line.startswith("parted = ")]
    assert abs(share - number(last[4])) < Fraction(1, 100)


@pytest.mark.parametrize("cents", METHODS)
def test_a_program_gets_the_part_as_well(cents: str) -> None:
    text = SCHEME.replace("AMOUNT", "100.01").replace("CENTS", cents).replace(" CAP", "")
    pipeline = ir.compile(text=text, period="2026-01")
    (line,) = [one for one in hearing_of(pipeline, FOUR, "F").as_json()["lines"] if one["name"] == "parted"]
    (share,) = line["pool"]["shares"]
    assert Fraction(share["left"]) * Fraction(share["weight"]) / Fraction(share["open"]) == Fraction(share["exact"])
    if cents == "keep_remainder":
        assert "part" not in share
    else:
        assert (share["part"], share["exact_part"], share["taking"]) == ("80.01", "80.008", "4")

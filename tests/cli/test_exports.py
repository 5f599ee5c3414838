"""What leaves as csv is obeyed by no spreadsheet; what leaves as json is unchanged."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from incentive_rules.cli.exports import csv_text, json_text
from incentive_rules.model.result import MISSING

FORMULAS = (
    "=1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "＠SUM(1)", " =1+1", "-5", "+5", "|calc", "%0A=1+1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_neutralised_in_csv_only(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(["name"], [[text]]), newline="")))
    assert rows[1] == ["'" + text]
    assert json.loads(json_text([{"name": text}])) == [{"name": text}]


def test_a_quotation_mark_does_not_open_a_new_cell() -> None:
    rows = list(csv.reader(io.StringIO(csv_text(["a", "b"], [['a",=1+1,"', 1]]), newline="")))
    assert rows[1] == ['a",=1+1,"', "1"]


def test_numbers_stay_numbers_with_all_their_places() -> None:
    values = [Decimal("-5.00"), Decimal("0.10"), -3, Fraction(1, 4), Fraction(-1, 3), True, date(2026, 1, 31), MISSING]
    line = csv_text([], [values]).splitlines()[1]
    assert line == "-5.00,0.10,-3,0.25,'-1/3,true,2026-01-31,"
    texts = json_text([{str(n): v for n, v in enumerate(values)}])
    assert '"0": -5.00, "1": 0.10, "2": -3, "3": 0.25, "4": "-1/3", "5": true, "6": "2026-01-31", "7": null' in texts

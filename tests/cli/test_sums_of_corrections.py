"""Whoever is corrected in several lines finds one total, and nothing in a file is counted twice."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: Commission
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  commission: {amount: earned}
  bonus: {amount: earned * 10%}
  advance: {amount: early, kind: deduction}
  social: {amount: early * 50%, kind: employer_cost}
inputs:
  agent: {type: key}
  earned: {type: money, range: [0, 100000]}
  early: {type: money, range: [0, 100000]}
"""
RUN = ["run", "s.yaml", "p.csv", "--period", "2026-01"]


@pytest.fixture
def corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that correct January: A in four lines, B in two of four, C in none."""
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCHEME, "utf-8")
    Path("p.csv").write_text("agent,earned,early\nA,1000,200\nB,500,0\nC,1,1\n", "utf-8")
    assert main([*RUN, "--record", "r"]) == 0
    Path("p.csv").write_text("agent,earned,early\nA,1150,250\nB,500,20\nC,1,1\n", "utf-8")
    return [*RUN, "--corrects", "r"]


def test_the_terminal_has_a_sum_below_the_lines_of_a_person(
    corrected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([*corrected, "--lang", "en"]) == 0
    sums = [line.split()[1:] for line in capsys.readouterr().out.splitlines() if " sum " in line]
    # 165 more are earned and 50 more taken off; what the employer bears is no pay.
    assert sums == [["sum", "net", "115.00"], ["sum", "net", "-20.00"]]


def test_a_file_has_the_total_once_for_each_person(corrected: list[str]) -> None:
    assert main([*corrected, "--out", "d.csv"]) == 0
    with Path("d.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    totals = {line["key"]: line["total"] for line in lines if line["total"]}
    assert totals == {"A": "115.00", "B": "-20.00"}
    signs = {"earning": 1, "deduction": -1, "employer_cost": 0}
    paid = sum(signs[line["kind"]] * Decimal(line["difference"]) for line in lines)
    assert paid == sum(map(Decimal, totals.values())) == Decimal(95)


def test_a_workbook_has_sums_in_bold_and_everything_else_beside(corrected: list[str]) -> None:
    import openpyxl

    assert main([*corrected, "--out", "d.xlsx", "--lang", "en"]) == 0
    book = openpyxl.load_workbook("d.xlsx")
    assert book.sheetnames == ["corrections", "results", "reconciliation"]
    found = [[cell.value for cell in row] for row in book["corrections"] if row[0].font.bold][1:]
    assert found == [["A", "sum", "net", None, None, 115, ""], ["B", "sum", "net", None, None, -20, ""]]

"""What leaves as csv is obeyed by no spreadsheet; what leaves as json is unchanged."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from incentive_rules.cli import main
from incentive_rules.framing.texts import as_file, marked_cells
from incentive_rules.model.result import MISSING

FORMULAS = (
    "=1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "＠SUM(1)", " =1+1", "-5", "+5", "|calc", "%0A=1+1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_neutralised_in_csv_only(text: str) -> None:
    rows = list(csv.reader(io.StringIO(as_file("pay.csv", ["name"], [[text]]), newline="")))
    assert rows[1] == ["'" + text]
    assert json.loads(as_file("pay.json", ["name"], [[text]])) == [{"name": text}]


def test_no_two_texts_become_one() -> None:
    """`=A` and `'=A`, two keys, were both written as `'=A`: whoever joined the file by them paid one twice."""
    texts = ["=A", "'=A", "''=A", " =A", "' =A", "A", "'A", "''A", "-1", "'-1", "－1"]
    rows = list(csv.reader(io.StringIO(as_file("pay.csv", ["name"], [[text] for text in texts]), newline="")))
    written = [row[0] for row in rows[1:]]
    assert len(set(written)) == len(texts)
    marked = marked_cells(as_file("pay.csv", ["name"], [[text] for text in texts]))
    assert [one[1:] if one in marked else one for one in written] == texts


def test_a_quotation_mark_does_not_open_a_new_cell() -> None:
    rows = list(csv.reader(io.StringIO(as_file("pay.csv", ["a", "b"], [['a",=1+1,"', 1]]), newline="")))
    assert rows[1] == ['a",=1+1,"', "1"]


def test_numbers_stay_numbers_with_all_their_places() -> None:
    values = [Decimal("-5.00"), Decimal("0.10"), -3, Fraction(1, 4), Fraction(-1, 3), True, date(2026, 1, 31), MISSING]
    line = as_file("pay.csv", [], [values]).splitlines()[1]
    assert line == "-5.00,0.10,-3,0.25,'-1/3,true,2026-01-31,"
    texts = as_file("pay.json", [str(n) for n in range(len(values))], [values])
    assert '"0": -5.00, "1": 0.10, "2": -3, "3": 0.25, "4": "-1/3", "5": true, "6": "2026-01-31", "7": null' in texts


SCHEME = """\
format: 1
scheme: exports
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, x: {type: integer, range: [0, 9]}}
details: {visits: {belongs_to: who, inputs: {h: {type: integer, range: [0, 9]}}, quantities: {double: 2 * h}}}
quantities: {third: x / 3}
pay: {bonus: {amount: 1.00 * x}}
"""


@pytest.mark.parametrize(("language", "word"), [("en", "with a ' in front"), ("zh", "格前面加了 '")])
def test_cells_that_got_a_mark_are_told(
    language: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCHEME, "utf-8")
    Path("people.csv").write_text("who,x\n=A,1\n'=A,3\nB,6\n", "utf-8")
    Path("visits.csv").write_text("who,h\n", "utf-8")
    words = ["run", "s.yaml", "people.csv", "--details", "visits=visits.csv", "--period", "2026-04", "--lang", language]
    assert main([*words, "--columns", "third,bonus", "--out", "pay.csv"]) == 0
    said = "".join(capsys.readouterr())
    assert word in said and "'=A, ''=A, '1/3" in said.replace("'1/3, ''=A", "''=A, '1/3")
    assert main([*words, "--out", "pay.json"]) == 0
    assert word not in "".join(capsys.readouterr())
    Path("people.csv").write_text("who,x\nA,3\nB,6\n", "utf-8")
    assert main([*words, "--columns", "third,bonus", "--out", "pay.csv"]) == 0
    assert word not in "".join(capsys.readouterr())


OF_ROWS = [("en", "a quantity of the rows of `visits`"), ("zh", "`visits` 各行的计算项")]


@pytest.mark.parametrize(("language", "word"), OF_ROWS)
def test_a_quantity_of_rows_is_no_column_and_why(
    language: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCHEME, "utf-8")
    Path("people.csv").write_text("who,x\nA,1\n", "utf-8")
    words = ["run", "s.yaml", "people.csv", "--period", "2026-04", "--lang", language, "--columns"]
    assert main([*words, "double"]) == 2
    assert word in capsys.readouterr().err
    assert main([*words, "doubl"]) == 2
    assert "double" not in capsys.readouterr().err.replace("doubl`", "")

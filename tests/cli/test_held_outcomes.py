"""What waits for refused rows is never written as decided, nor an amount that nobody knows as 0.00."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: held
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  all_of_us: {pool: {each: dep, amount: 100.00 * size, in_proportion_to: x}}
  fixed: {pool: {each: dep, amount: 90, in_proportion_to: x}}
quantities: {size: count(over=everyone)}
honors: {star: {within: dep, best_by: x, places: 1, ties: all, award: 5}}
inputs:
  p: {type: key}
  dep: {type: category}
  x: {type: integer, range: [0, 100]}
"""
ROWS = "p,dep,x\nA,n,5\nB,n,500\nC,m,7\nD,m,3\n"  # B is refused: nobody knows how many are to be counted


def files(tmp_path: Path, rows: str, ending: str, *more: str) -> Path:
    (tmp_path / "s.yaml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "p.csv").write_text(rows, encoding="utf-8")
    out = tmp_path / f"o.{ending}"
    arguments = [str(tmp_path / "s.yaml"), str(tmp_path / "p.csv"), "--period", "2026-04", "--on-error", "quarantine"]
    main(["run", *arguments, "--out", str(out), *more])
    return out


def test_what_is_not_known_is_empty_in_csv(tmp_path: Path) -> None:
    files(tmp_path, ROWS, "csv")
    with (tmp_path / "o.pools.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    pools = {(r["pool"], r["group"]): (r["amount"], r["paid"], r["remainder"], r["state"]) for r in rows}
    assert pools == {
        ("all_of_us", "m"): ("", "0.00", "", "held"), ("all_of_us", "n"): ("", "0.00", "", "held"),
        ("fixed", "m"): ("90.00", "0.00", "90.00", "in_part"), ("fixed", "n"): ("90.00", "0.00", "90.00", "held"),
    }  # fmt: skip
    with (tmp_path / "o.honors.csv").open(encoding="utf-8-sig") as file:
        honors = {row["group"]: (row["state"], row["chosen"]) for row in csv.DictReader(file)}
    assert honors == {"m": ("in_part", ""), "n": ("held", "")}


def test_and_null_in_json(tmp_path: Path) -> None:
    files(tmp_path, ROWS, "json")
    pools = json.loads((tmp_path / "o.pools.json").read_text(encoding="utf-8"))
    assert {(one["pool"], one["amount"], one["remainder"]) for one in pools} == {
        ("all_of_us", None, None), ("fixed", 90, 90),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_screen_has_a_dash(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    files(tmp_path, ROWS, "csv", "--lang", language)
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith(("all_of_us ", "fixed "))]
    amounts = {(line[0], line[1]): line[3:6] for line in lines if len(line) > 5}
    total = {"en": "sum", "zh": "合计"}[language]
    assert [amounts["all_of_us", group] for group in ("m", "n", total)] == [["—", "0.00", "—"]] * 3
    assert amounts["fixed", total] == ["180.00", "0.00", "180.00"]


def test_a_program_is_told_and_the_record_says_nothing_untrue(tmp_path: Path) -> None:
    rows = [dict(zip(("p", "dep", "x"), line.split(","), strict=True)) for line in ROWS.splitlines()[1:]]
    run = ir.compile(text=SCHEME, period="2026-04").run(rows, on_error="quarantine", referee="all")
    assert {(one.name, one.known) for one in run.pools} == {("all_of_us", False), ("fixed", True)}
    assert {(one.group, one.state, one.waiting) for one in run.honors} == {("m", "in_part", ("C",)), ("n", "held", ())}
    run.save(tmp_path / "r")
    totals = json.loads((tmp_path / "r" / "totals.json").read_text(encoding="utf-8"))
    assert {(one["name"], one["amount"]) for one in totals["pools"]} == {("all_of_us", None), ("fixed", "90.00")}
    assert {(one["group"], one.get("state")) for one in totals["honors"]} == {("m", "in_part"), ("n", "held")}
    assert ir.replay(tmp_path / "r").same


def test_where_nothing_waits_all_is_known(tmp_path: Path) -> None:
    sound = [line.split(",") for line in ROWS.splitlines()[1:] if "500" not in line]
    rows = [dict(zip(("p", "dep", "x"), one, strict=True)) for one in sound]
    run = ir.compile(text=SCHEME, period="2026-04").run(rows, referee="all")
    assert all(one.known and one.state == "paid" for one in run.pools)
    assert {one.amount for one in run.pools} == {Decimal("300.00"), Decimal("90.00")}
    assert {one.state for one in run.honors} == {"decided"}

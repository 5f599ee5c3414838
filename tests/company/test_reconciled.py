"""What pools and honours say was paid is what the results have, whoever was set aside, and for whatever reason."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: reconciled
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: USD
pay:
  deal_money: {pool: {each: deal, amount: worth, to: credits, in_proportion_to: percent}}
  area_money: {pool: {each: area, amount: 100, in_proportion_to: points, left_out: kept, among: points > 1}}
honors:
  star: {within: area, best_by: [points], places: {number: 3}, ties: all, award: 50}
groups:
  deals: {key: deal, inputs: {worth: {type: money, range: [0, 1000000]}}}
details:
  credits: {belongs_to: [rep, deal], inputs: {percent: {type: integer, range: [0, 100]}}}
inputs:
  rep: {type: key}
  area: {type: category}
  points: {type: integer, range: [0, 100]}
"""
ALONE = SCHEME[: SCHEME.index("  area_money")] + SCHEME[SCHEME.index("honors:") :]
DEALS = [{"deal": "D1", "worth": 1000}, {"deal": "D2", "worth": 5000}, {"deal": "D3", "worth": 200}]
PEOPLE = [
    {"rep": "A", "area": "n", "points": 9},
    {"rep": "B", "area": "n", "points": 5},
    {"rep": "C", "area": "s", "points": 7},
]
CREDITS = [("A", "D1", 50), ("Z", "D1", 50), ("A", "D2", 60), ("B", "D2", 40), ("C", "D3", 100)]


def credits(given: Iterable[tuple[str, str, int]]) -> list[dict[str, object]]:
    return [{"rep": rep, "deal": deal, "percent": percent} for rep, deal, percent in given]


def run(people: object, given: Iterable[tuple[str, str, int]], text: str = SCHEME) -> ir.Run:
    pipeline = ir.compile(text=text, period="2026-01")
    details = {"credits": credits(given)}
    return pipeline.run(people, details, groups={"deals": DEALS}, on_error="quarantine", referee="all")  # type: ignore[arg-type]


def reconciled(done: ir.Run, lines: Iterable[str]) -> None:
    """Every sum that a run tells, beside the results that it gives."""
    for line in lines:
        mine = [one for one in done.pools if one.name == line]
        assert sum(one.paid for one in mine) == sum(result[line] for result in done.results), line
        for one in mine:
            assert one.amount == one.paid + one.remainder and 0 <= one.waiting <= one.remainder
            assert bool(one.waiting) == (one.state == "in_part")
    winners = sorted(key for honor in done.honors for key in honor.chosen)
    assert winners == sorted(result.key for result in done.results if result["star"])
    assert done.summary.totals["earnings"] == sum(result["earnings"] for result in done.results)
    assert sum(r["award(star)"] for r in done.results) == 50 * len(winners)


def test_a_share_of_somebody_who_waits_for_another_pool_is_not_said_to_be_paid() -> None:
    done = run(PEOPLE, CREDITS, ALONE)
    reconciled(done, ["deal_money"])
    assert [(p.group, str(p.paid), str(p.remainder), str(p.waiting), p.state) for p in done.pools] == [
        ("D1", "0.00", "1000.00", "0.00", "held"),
        ("D2", "2000.00", "3000.00", "3000.00", "in_part"),
        ("D3", "200.00", "0.00", "0.00", "paid"),
    ]
    found = {honor.group: (honor.chosen, honor.waiting, honor.empty) for honor in done.honors}
    assert found == {"n": (("B",), ("A",), 1), "s": (("C",), (), 2)}


@pytest.mark.parametrize("seed", range(40))
def test_everything_reconciles_whoever_is_set_aside(seed: int) -> None:
    """Orphans, bad cells and missing people, at random."""
    chance = random.Random(seed)
    people = [{"rep": f"P{n}", "area": chance.choice("nsw"), "points": n * 3} for n in range(chance.randint(1, 9))]
    for one in people:
        if chance.random() < 0.15:
            one["points"] = -1
    given = []
    for n in range(10):
        for deal in ("D1", "D2", "D3"):
            if chance.random() < 0.25:
                given.append((f"P{n}", deal, chance.choice([0, 10, 50, 101] if chance.random() < 0.2 else [0, 10, 50])))
    for number in {rep for rep, _, _ in given}:
        if chance.random() < 0.7 and number not in {one["rep"] for one in people}:
            given = [one for one in given if one[0] != number]
    reconciled(run(people, given), ["deal_money", "area_money"])


def test_the_program_and_its_files_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(ALONE, "utf-8")
    for name, rows in (("p", PEOPLE), ("credits", credits(CREDITS)), ("deals", DEALS)):
        text = "\n".join([",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)])
        Path(f"{name}.csv").write_text(text + "\n", "utf-8")
    words = ["run", "s.yaml", "p.csv", "--details", "credits=credits.csv", "--details", "deals=deals.csv"]
    words += ["--period", "2026-01", "--on-error", "quarantine", "--out", "pay.csv", "--record", "record"]
    assert main([*words, "--lang", "en"]) == 5
    printed = capsys.readouterr().out
    assert "2,000.00  3,000.00  shares of people who wait remain" in printed
    assert "B, A (waits for refused rows)" in printed
    with Path("pay.pools.csv").open(encoding="utf-8-sig", newline="") as file:
        pools = {row["group"]: row for row in csv.DictReader(file)}
    assert (pools["D2"]["paid"], pools["D2"]["remainder"], pools["D2"]["state"]) == ("2000.00", "3000.00", "in_part")
    with Path("pay.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sum(Decimal(row["deal_money"]) for row in csv.DictReader(file)) == Decimal("2200.00")
    assert ir.replay("record").same
    assert main([*words[:-4], "--lang", "zh"]) == 5
    assert "等待中的人的份额留存" in capsys.readouterr().out

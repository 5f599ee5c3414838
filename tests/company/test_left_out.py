"""`left_out: kept`: what somebody gets hangs on the weights of those left out, and on nothing else of theirs."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: kept
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  share:
    pool:
      {each: unit, amount: 'AMOUNT', in_proportion_to: points, among: ok, left_out: kept, cents: CENTS, at_most: most}
inputs:
  engineer: {type: key}
  unit: {type: category}
  ok: {type: boolean}
  points: {type: integer, range: [0, 100], can_be_missing: true}
  most: {type: money, range: [0, 1000000]}
""".replace("  share:", "  parted:")
METHODS = ("largest_remainder", "webster", "keep_remainder")


def ran(rows: list[dict[str, object]], amount: str = "1000.37", cents: str = "largest_remainder") -> ir.Run:
    text = SCHEME.replace("AMOUNT", amount).replace("CENTS", cents)
    return ir.compile(text=text, period="2026-01").run(rows, referee="all")


def person(key: str, ok: bool, points: int | None = 1, most: object = 1_000_000, unit: str = "u") -> dict[str, object]:
    return {"engineer": key, "unit": unit, "ok": ok, "points": points, "most": most}


def paid(run: ir.Run) -> dict[str, Decimal]:
    return {one.key: one["parted"] for one in run.results if one["parted"]}


@pytest.mark.parametrize("cents", METHODS)
@pytest.mark.parametrize("me", ["A", "M", "Z"])
def test_one_of_four_gets_the_whole_cents_of_a_quarter(cents: str, me: str) -> None:
    """250.0925: 250.09 whatever the keys of the other three are, and whoever would be first among equals."""
    others = [person(key, False) for key in ("B", "N", "Y")]
    run = ran([*others, person(me, True)], cents=cents)
    assert paid(run) == {me: Decimal("250.09")}
    (pool,) = run.pools
    assert (pool.paid, pool.remainder, pool.members) == (Decimal("250.09"), Decimal("750.28"), 1)


@pytest.mark.parametrize("cents", METHODS)
@pytest.mark.parametrize("seed", range(12))
def test_keys_and_caps_of_those_left_out_decide_nothing(cents: str, seed: int) -> None:
    chance = random.Random(seed)
    most = lambda: chance.choice([1_000_000, "0.05", "3.33", 100])  # noqa: E731
    takers = [person(f"T{n}", True, chance.randint(0, 9), most()) for n in range(chance.randint(1, 5))]
    weights = [chance.choice([None, *range(9)]) for _ in range(chance.randint(0, 5))]
    amount = chance.choice(["0.01", "0.07", "10", "1000.37"])

    def with_others() -> list[dict[str, object]]:
        names = chance.sample([f"{letter}{n}" for letter in "ASU" for n in range(9)], len(weights))
        rows = [person(key, False, weight, most()) for key, weight in zip(names, weights, strict=True)]
        found = [*takers, *rows]
        chance.shuffle(found)
        return found

    first, second = (ran(with_others(), amount, cents) for _ in range(2))
    assert paid(first) == paid(second)
    whole, mine = sum(w or 0 for w in weights), sum(int(str(t["points"])) for t in takers)
    if mine and all(t["most"] == 1_000_000 for t in takers) and cents != "keep_remainder":
        theirs = Fraction(amount) * 100 * mine / (mine + whole)
        assert sum(paid(first).values(), Decimal(0)) == Decimal(floor(theirs + Fraction(1, 2))) / 100


@pytest.mark.parametrize("cents", METHODS)
def test_where_nobody_is_left_out_both_words_say_the_same(cents: str) -> None:
    rows = [person(key, True, points) for key, points in (("A", 3), ("B", 3), ("C", 1))]
    text = SCHEME.replace("AMOUNT", "10").replace("CENTS", cents)
    kept, shared = (
        paid(ir.compile(text=one, period="2026-01").run(rows)) for one in (text, text.replace("kept, ", "shared, "))
    )
    assert kept == shared


def test_the_explanation_shows_the_weights_of_everybody_and_what_stays() -> None:
    rows = [person("A", True, 1), person("B", False, 3)]
    text = ran(rows).results[0].explain("en")
    assert "1,000.37 × 1 ÷ 4 = 250.0925" in str(text) and "750.28" in str(text)

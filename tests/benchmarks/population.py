"""What people together cost, and how that grows: `python tests/benchmarks/population.py`.

Tickets become indicators, a department compares, ranks and shares a pool: `population.yaml`. Rows are texts, as a file
brings them; the clock is that of the processor, and stands while they are made. The rival is the same scheme written by
hand with `decimal` and dictionaries, nothing checked; its pay is compared before any figure is printed.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from time import process_time

import incentive_rules
from incentive_rules.model.data import DataTable

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)
TICKETS, MEMBERS = 20, 50  # of one person, of one department
MOST = 1.15  # the exponent that is still linear, or linear times a logarithm, on a busy machine

Rows = tuple[tuple[str, ...], ...]


def rows_of(people: int, seed: int = 2026) -> tuple[Rows, Rows]:
    """So many people, and their tickets, in no order."""
    chance = random.Random(seed)
    keys = [f"E{number:06}" for number in range(people)]
    departments = [f"D{number:04}" for number in range(math.ceil(people / MEMBERS))]
    staff = [(key, chance.choice(departments), f"{chance.randint(400_000, 1_500_000) / 100:.2f}") for key in keys]
    words = ("true",) * 9 + ("false",)
    tickets = [(key, str(chance.randint(1, 20)), chance.choice(words)) for key in keys for _ in range(TICKETS)]
    chance.shuffle(tickets)
    return tuple(staff), tuple(tickets)


def table(name: str, headings: tuple[str, ...], rows: Rows) -> DataTable:
    return DataTable(name, headings, rows, tuple(range(2, len(rows) + 2)))


def ours(staff: Rows, tickets: Rows) -> dict[str, Decimal]:
    pipeline = incentive_rules.compile(HERE / "population.yaml", period="2026-04")
    run = pipeline.run(
        table("staff.csv", ("engineer", "department", "base"), staff),
        {"tickets": table("tickets.csv", ("engineer", "points", "on_time"), tickets)},
    )
    return {result.key: amount for result in run.results if isinstance(amount := result["net"], Decimal)}


def by_hand(staff: Rows, tickets: Rows) -> dict[str, Decimal]:
    """The same scheme by somebody who knows it by heart."""
    cents, score_places, hundred = Decimal("0.01"), Decimal("0.0001"), Decimal(100)
    work: dict[str, int] = defaultdict(int)
    punctual: dict[str, int] = defaultdict(int)
    count: dict[str, int] = defaultdict(int)
    for key, points, on_time in tickets:
        work[key] += int(points)
        punctual[key] += on_time == "true"
        count[key] += 1
    members: dict[str, list[str]] = defaultdict(list)
    for key, department, _ in staff:
        members[department].append(key)
    total: dict[str, Decimal] = {}
    for keys in members.values():
        whole, n = sum(work[key] for key in keys), len(keys)
        for key in keys:
            parts = []
            if count[key]:
                rate = Decimal(punctual[key]) / count[key] * hundred
                score = Decimal(0) if rate <= 70 else (rate - 70) * 4 if rate <= 90 else 80 + (rate - 90) * 2
                parts.append((60, score.quantize(score_places, ROUND_HALF_UP)))
            if whole:
                score = min(hundred, hundred * work[key] * n / whole)
                parts.append((40, score.quantize(score_places, ROUND_HALF_UP)))
            if parts:
                mean = sum(weight * score for weight, score in parts) / sum(weight for weight, _ in parts)
                total[key] = Decimal(mean).quantize(score_places, ROUND_HALF_UP)
    pay = {key: Decimal(base) for key, _, base in staff}
    for keys in members.values():
        scores = {key: total.get(key, Decimal(0)) for key in keys}
        ranked = sorted(scores.values(), reverse=True)
        for key in keys:
            if ranked.index(scores[key]) < 3:
                pay[key] += 300
        pool, total_score = Decimal(800 * len(keys)), sum(scores.values(), Decimal(0))
        if not total_score:
            continue
        exact = {key: pool * score / total_score for key, score in scores.items()}
        shares = {key: share.quantize(cents, ROUND_DOWN) for key, share in exact.items()}
        left = int((pool - sum(shares.values())) / cents)
        for key in sorted(keys, key=lambda k: (shares[k] - exact[k], -exact[k], k))[:left]:
            shares[key] += cents
        for key, share in shares.items():
            pay[key] += share
    everybody = sorted(total.values(), reverse=True)
    place_of_all = {score: place for place, score in reversed(list(enumerate(everybody, 1)))}
    middle = everybody[-math.ceil(len(everybody) / 2)] if everybody else None
    assert middle is None or middle in place_of_all
    return pay


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of people")
    parser.add_argument("--strict", action="store_true", help="exit 1 where the growth is steeper than the target")
    options = parser.parse_args(arguments)

    sizes = [size for size in SIZES if size <= options.most]
    ours(*rows_of(20))  # the libraries are loaded now
    took: dict[str, list[float]] = {"ours": [], "by hand": []}
    print(f"Python {sys.version.split()[0]}, {TICKETS} tickets a person, departments of about {MEMBERS}")
    print("processor seconds, reading the rows included\n")
    print(f"{'people':>9}{'tickets':>11}{'ours':>9}{'by hand':>9}{'ours is':>10}   µs a ticket   pay differs")
    for size in sizes:
        staff, tickets = rows_of(size)
        found = {}
        for name, function in (("ours", ours), ("by hand", by_hand)):
            gc.collect()
            start = process_time()
            found[name] = function(staff, tickets)
            took[name].append(process_time() - start)
        differs = sum(found["ours"][key] != found["by hand"][key] for key in found["by hand"])
        assert found["ours"].keys() == found["by hand"].keys()
        one, other = took["ours"][-1], took["by hand"][-1]
        print(
            f"{size:>9,}{len(tickets):>11,}{one:9.2f}{other:9.2f}{one / other:>8.2f} x"
            f"{one / len(tickets) * 1e6:>14.2f}   {differs} of {size:,}",
            flush=True,
        )
        assert not differs
    if len(sizes) < 2:
        return 0
    grows = exponent(sizes, took["ours"])
    rival = exponent(sizes, took["by hand"])
    print(f"\ngrowth: people to the power of {grows:.2f}, target at most {MOST}; by hand {rival:.2f}")
    return int(options.strict and grows > MOST)


if __name__ == "__main__":
    raise SystemExit(main())

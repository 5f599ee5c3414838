"""How long one person takes, ours beside its rivals, all in the same run: `python tests/benchmarks/one_person.py`.

The rows are the same for all, in the types that each likes best, made before the clock starts. Every rival's
values are compared first; a figure for a wrong answer is no figure.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

from rival_engines import by_datalogic, by_zen
from rivals import NAMES, Row, Score, by_decimal, by_float, by_simpleeval

HERE = Path(__file__).parent
PEOPLE = 500
MOST_OF_DECIMAL, MOST_OF_ZEN = 0.6, 1 / 20


def people(count: int, seed: int = 2026) -> list[dict[str, Any]]:
    """Rows as a payroll program has them: whole numbers, `Decimal`, flags and texts."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        calls, assigned, due = chance.randint(40, 160), chance.randint(20, 160), chance.randint(18, 23)
        rows.append(
            {
                "engineer": f"E{number:04}",
                "rating": Decimal(chance.randint(750, 1000)) / 10,
                "calls": calls,
                "on_time": chance.randint(calls * 8 // 10, calls),
                "defects": chance.randint(0, calls // 20),
                "solved": chance.randint(calls * 7 // 10, calls),
                "assigned": assigned,
                "finished": chance.randint(assigned * 8 // 10, assigned),
                "delay": chance.randint(5, 70),
                "peer_rating": Decimal(chance.randint(30, 50)) / 10,
                "training_hours": Decimal(chance.randint(100, 400)) / 10,
                "hours_required": chance.randint(20, 40),
                "new_certificates": chance.randint(0, 3),
                "complaints": chance.choice((0, 0, 0, 1, 2, 3)),
                "accident": chance.random() < 0.02,
                "base": Decimal(chance.randint(400_000, 1_500_000)) / 100,
                "days_worked": chance.randint(due - 4, due),
                "days_due": due,
            }
        )
    return rows


def in_floats(row: Row) -> dict[str, Any]:
    return {name: float(x) if isinstance(x, Decimal) else x for name, x in row.items()}


def seconds(function: Callable[[Any], object], rows: Sequence[Row]) -> float:
    """One pass over all rows."""
    start = perf_counter()
    for row in rows:
        function(row)
    return perf_counter() - start


def ours() -> Score:
    import incentive_rules

    return incentive_rules.compile(HERE / "ten_indicators.yaml", period="2026-04").score


def compare(score: Score, rows: Sequence[Row], right: Sequence[Row], *, exact: bool) -> int:
    """How many rows pay another amount. Exact rivals agree in every name; others only nearly, or it is an error."""
    other = 0
    for row, expected in zip(rows, right, strict=True):
        found = score(row)
        if exact:
            wrong = {name: (found[name], expected[name]) for name in NAMES if found[name] != expected[name]}
            assert not wrong, (row, wrong)
        else:
            totals = float(found["total"]), float(expected["total"])
            assert abs(totals[0] - totals[1]) < 0.001, (row, totals)
            other += Decimal(repr(float(found["performance_pay"]))) != expected["performance_pay"]
    assert other < len(rows) / 20, f"{other} of {len(rows)} pay amounts differ: not the same scheme"
    return other


def installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=20, help="passes over all rows; the best one counts")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a target is missed")
    options = parser.parse_args(arguments)

    rows = people(PEOPLE)
    floats = [in_floats(row) for row in rows]
    right = [by_decimal(row) for row in rows]
    score, label = ours(), "pipeline.score, every check"

    def pay_read(row: Row) -> object:
        return score(row)["performance_pay"]

    def all_read(row: Row) -> object:
        result = score(row)
        return [result[name] for name in NAMES]

    zen = installed("zen-engine")
    entries: list[tuple[str, Any, Sequence[Row], bool]] = [
        (label, score, rows, True),
        ("  … and the pay read from the result", pay_read, rows, True),
        ("  … and all 18 names read", all_read, rows, True),
        ("decimal by hand, no check", by_decimal, rows, True),
        ("float by hand, no check", by_float, floats, False),
        (installed("simpleeval") + ", parsed before", by_simpleeval(), floats, False),
        (zen + ", decision graph", by_zen(tables=False), floats, False),
        (zen + ", with decision tables", by_zen(tables=True), floats, False),
        (installed("datalogic-py") + ", compiled rules", by_datalogic(), floats, False),
    ]
    here = {name: (function, data) for name, function, data, _ in entries if function is not None}
    differs = {
        name: f"{compare(function, data, right, exact=exact)} of {len(rows)}"
        for name, function, data, exact in entries
        if function is not None and not name.startswith(" ")
    }
    took = dict.fromkeys(here, float("inf"))
    for _ in range(options.repeats):  # in turn, so that a busy moment of the machine falls on all alike
        for name, (function, data) in here.items():
            took[name] = min(took[name], seconds(function, data) / len(data) * 1e6)

    print(f"{len(rows)} people, best of {options.repeats} passes, Python {sys.version.split()[0]}\n")
    print(f"{'':44}{'µs':>8}{'ours is':>12}   pay differs")
    for name, *_ in entries:
        if name not in took:
            print(f"{name:44}{'missing: not installed (extra `bench`)':>40}")
            continue
        against = f"{took[label] / took[name]:.3f} x" if name in differs and name != label else ""
        print(f"{name:44}{took[name]:8.2f}{against:>12}   {differs.get(name, '')}".rstrip())

    print()
    missed = False
    graphs = [t for name, t in took.items() if name.startswith(zen)]
    for rival, best, most in (
        ("decimal by hand", took["decimal by hand, no check"], MOST_OF_DECIMAL),
        ("zen-engine's faster graph", min(graphs, default=None), MOST_OF_ZEN),
    ):
        if best is None:
            print(f"ours / {rival}: not measured, target {most:.3f}")
            missed = True
            continue
        ratio = took[label] / best
        missed |= ratio > most
        print(f"ours / {rival}: {ratio:.3f}, target at most {most:.3f}: {'met' if ratio <= most else 'MISSED'}")
    return int(missed and options.strict)


if __name__ == "__main__":
    raise SystemExit(main())

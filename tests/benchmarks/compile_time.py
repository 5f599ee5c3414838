"""How long a scheme takes to check and compile, and how that grows: `python tests/benchmarks/compile_time.py`."""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import incentive_rules

HUNDRED_WITHIN = 0.5  # seconds
SIZES = (250, 500, 1_000, 2_000)

HEAD = """\
format: 1
scheme: generated
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
"""


SCORES = (
    "{points: {50%: 0, 80%: 60, 100%: 100}}",
    '"100 * min(1, value)"',
    "{from: {90%: 100, 70%: 80}, else: 20}",
)
TAIL = """\
total: {title: Total}
grades:
  of: total
  from: {90: {grade: A, rate: 1.5}, 60: {grade: B, rate: 1}}
  else: {grade: C, rate: 0}
pay:
  bonus: {amount: base * rate}
inputs:
  person: {type: key}
  base: {type: money, range: [0, 50000]}
"""


def indicators(count: int) -> str:
    """`count` indicators in groups of ten, scored by lines, formulas and bands in turn; a grade; pay."""
    lines = [HEAD, "indicators:\n"]
    groups = count // 10
    for group in range(groups):
        weight = 100 // groups if group else 100 - 100 // groups * (groups - 1)
        lines.append(f"  group_{group}:\n    weight: {weight}%\n    parts:\n")
        for i in range(group * 10, group * 10 + 10):
            says = f"weight: 10%, better: higher, value: done_{i} / due_{i}, score: {SCORES[i % len(SCORES)]}"
            lines.append(f"      i_{i}: {{{says}}}\n")
    lines.append(TAIL)
    for i in range(count):
        lines.append(f"  done_{i}: {{type: integer, range: [0, 1000]}}\n")
        lines.append(f"  due_{i}: {{type: integer, range: [1, 1000]}}\n")
    return "".join(lines)


def names(count: int) -> str:
    """`count` named quantities, each reading an input and the one before it."""
    lines = [HEAD, "inputs:\n  person: {type: key}\n"]
    lines += [f"  x_{i}: {{type: integer, range: [0, 100]}}\n" for i in range(20)]
    lines.append("quantities:\n  q_0: x_0\n")
    for i in range(1, count):
        lines.append(f"  q_{i}:\n    is: min(1000, q_{i - 1} + x_{i % 20} / 3)\n    decimals: 2\n")
    return "".join(lines)


def seconds(text: str, repeats: int) -> tuple[float, float]:
    """The best times of checking alone and of compiling (which checks first), whatever else the machine does."""
    checking = compiling = math.inf
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.yaml"
        path.write_text(text, "utf-8")
        for _ in range(repeats):
            start = process_time()
            report = incentive_rules.check(path)
            checking = min(checking, process_time() - start)
            assert report.ok, str(report)[:2_000]
            start = process_time()
            incentive_rules.compile(path, period="2026-04")
            compiling = min(compiling, process_time() - start)
    return checking, compiling


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--strict", action="store_true", help="exit 1 where a target is missed")
    options = parser.parse_args(arguments)

    seconds(indicators(10), 1)  # the libraries are loaded now
    print(f"{'':24}{'check':>9}{'compile':>9}   processor seconds; compile checks first")
    checking, compiling = seconds(indicators(100), options.repeats)
    print(f"{'100 indicators':24}{checking:9.3f}{compiling:9.3f}   target {HUNDRED_WITHIN}")
    took = []
    for size in SIZES:
        once, whole = seconds(names(size), options.repeats)
        took.append(whole)
        print(f"{f'{size:,} names':24}{once:9.3f}{whole:9.3f}")
    exponent = math.log(took[-1] / took[0]) / math.log(SIZES[-1] / SIZES[0])
    print(f"\ngrowth from {SIZES[0]:,} to {SIZES[-1]:,} names: size to the power of {exponent:.2f}")
    return int(options.strict and (compiling > HUNDRED_WITHIN or exponent > 1.2))


if __name__ == "__main__":
    raise SystemExit(main())

"""Schemes of a few kilobytes that would take hours, or all the memory, if somebody walked into them.

Run as a program it reads names from its arguments and prints, for each, the outcome and what it took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import incentive_rules as ir
from tests.attacks.expressions import memory

START = """\
format: 1
scheme: bomb
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
"""
INPUTS = """\
inputs:
  worker: {type: key}
  x: {type: integer, range: [1, 9]}
  y: {type: integer, range: [0, 9]}
"""
HEAD = START + INPUTS
INDICATOR = "indicators:\n  a: {weight: 100%, better: higher, value: x, score: value}\n"
ROW = {"worker": "W", "x": 3, "y": 2}


def quantities(*formulas: str) -> str:
    """Quantities q0, q1, ... of these formulas."""
    return "quantities:\n" + "".join(f'  q{i}: {{is: "{formula}"}}\n' for i, formula in enumerate(formulas))


def nested(call: str, times: int) -> str:
    return f"{call}(" * times + "x" + ")" * times


def function(text: str) -> str:
    return HEAD + f"functions:\n  f: {{takes: [a], is: {text}}}\n"


def row(kind: str, count: int, result: Callable[[int], object] = lambda i: i) -> str:
    return f"{kind}: {{{', '.join(f'{i}: {result(i)}' for i in range(count))}}}"


def family(members: int, block: str) -> str:
    listed = ", ".join(f"m{i}: {{c: {i}}}" for i in range(members))
    return HEAD + f"repeat:\n  m:\n    members: {{{listed}}}\n    quantities:\n{block}"


WORDS = ", ".join(f"w{i}" for i in range(6_000))
MARKED = [f"x * y + {i} * y * y - x > {i}" for i in range(2, 30)]
DATED = "".join(f"  p{i}: {{dated: {{{2026 + i // 12}-{1 + i % 12:02}-01: {i}}}}}\n" for i in range(360))

BOMBS: dict[str, str] = {
    # functions that are written out
    "a sum of itself, forty deep": function("a + a") + quantities(nested("f", 40)),
    "a quotient of itself, thirty deep": function("1 / a + a") + quantities(nested("f", 30)),
    "a choice of itself, thirty deep": function("a if a > 3 else a + 1") + quantities(nested("f", 30)),
    "a long sum, forty deep": function("a" + " + 1" * 140) + quantities(nested("f", 40)),
    "functions that call the one before, each a long sum": (
        HEAD + "functions:\n  f0: {takes: [a], is: a + 1}\n"
        + "".join(f"  f{i}: {{takes: [a], is: f{i - 1}(a){' + 1' * 140}}}\n" for i in range(1, 19))
        + quantities("f18(x)")
    ),
    # numbers that double in length
    "squares of squares": HEAD + quantities("x", *(f"q{i} * q{i}" for i in range(40))),
    "powers of powers": HEAD + quantities("x", *(f"q{i} ** 16" for i in range(10))),
    "powers in brackets": HEAD + quantities("(" * 40 + "9 ** 16" + ") ** 16" * 40),
    "denominators that multiply": HEAD + quantities("1 / x", *(f"q{i} + 1 / (x + {i + 1})" for i in range(300))),
    "adjustments that multiply": (
        START + INDICATOR + "total:\n  adjust:\n"
        + "".join(f"    - {{reason: r{i}, multiply: x + 1}}\n" for i in range(1_000)) + INPUTS
    ),
    # proofs
    "a guard of many facts": HEAD + quantities("1 / (x * y + y) if " + " and ".join(MARKED) + " else 0"),
    "two hundred requirements": (
        HEAD + "require:\n" + "".join(f"  - x * {i} + y * y > {i - 20}\n" for i in range(200))
        + quantities(*(f"(x * y + {i} * x) / (x + y)" for i in range(30)))
    ),
    "factors in any order": (
        HEAD + "".join(f"  a{i}: {{type: integer, range: [0, 9]}}\n" for i in range(12))
        + quantities("1 / (1 + " + " + ".join(f"a{i} * x - a{i} * y" for i in range(12)) + ")")
    ),
    # mistakes by the thousand
    "unknown names among many": HEAD + quantities(*(f"quantety_{i} + unknawn_{i}" for i in range(1_500))),
    "unknown names of a hundred letters": HEAD + "quantities:\n" + "".join(
        f"  {'n' * 100}{i}: {'n' * 100}{i}k\n" for i in range(600)
    ),
    "words that no category has": (
        HEAD + f"  c: {{type: category, one_of: [{WORDS}]}}\n" + quantities(*(f"c == 'v{i}'" for i in range(150)))
    ),
    "unknown sections": HEAD + "".join(f"sekshun_{i}: 1\n" for i in range(5_000)),
    "unknown fields": HEAD + "quantities:\n" + "".join(f"  q{i}: {{iss: x}}\n" for i in range(1_500)),
    "formulas that a comma cuts, on one line": (
        HEAD + "quantities: {" + ", ".join(f"q{i}: max(x, {i})" for i in range(1_500)) + "}\n"
    ),
    "people that no example knows": (
        HEAD + quantities("x") + "people:\n" + "".join(f"  p{i}: {{worker: W, x: 1}}\n" for i in range(1_000))
        + "examples:\n" + "".join(f"  - {{name: e{i}, person: r{i}, expect: {{q0: 1}}}}\n" for i in range(1_000))
    ),
    "a circle of all names": HEAD + quantities(*(f"q{(i + 1) % 1_900}" for i in range(1_900))),
    "never reads, three thousand times": (
        HEAD + quantities(*(f"x + {i}" for i in range(500)))
        + f"principles:\n  p: {{promises: {{never_reads: [{', '.join(['x'] * 3_000)}]}}}}\n"
    ),
    # tables and members
    "a long table, looked up often": (
        HEAD + f"tables:\n  t:\n    {row('points', 2_000, lambda i: i * i)}\n"
        + quantities(*(f"t(x + {i})" for i in range(100)))
    ),
    "lines through lines": (
        HEAD + f"tables:\n  t:\n    {row('points', 50, lambda i: i * 7 % 13)}\n" + quantities(nested("t", 45))
    ),
    "rates of rates": HEAD + f"tables:\n  t:\n    {row('slices', 10)}\n" + quantities(nested("t", 45)),
    "grades with many outputs": (
        HEAD + quantities("x * 2") + "grades:\n  of: q0\n  from:\n"
        + "".join(f"    {i}: {{{', '.join(f'o{k}: {k}' for k in range(100))}}}\n" for i in range(80))
        + f"  else: {{{', '.join(f'o{k}: 0' for k in range(100))}}}\n"
    ),
}  # fmt: skip

# These take all that may be taken before they are refused.
SLOW: dict[str, str] = {
    "functions that call the one before twice": (
        HEAD + "functions:\n  f0: {takes: [a], is: a + 1}\n"
        + "".join(f"  f{i}: {{takes: [a], is: f{i - 1}(a) + f{i - 1}(a)}}\n" for i in range(1, 19))
        + quantities("f18(x)")
    ),
    "sums of sums of sums over members": (
        family(200, "      z: {is: c * x}\n") + quantities("sum(sum(sum(z, over=m) + z, over=m) + z, over=m)")
    ),
    "each member adds up all": family(
        200, "      z: {is: c * x}\n" + "".join(f'      w{i}: {{is: "sum(z, over=m) + c"}}\n' for i in range(20))
    ),
    "a value for every month of thirty years": (
        HEAD.replace("2026-12-31", "2400-12-31") + "parameters:\n" + DATED
        + quantities(*(f"p{i % 360} + x * 2 * x" for i in range(1_200)))
    ),
}  # fmt: skip

# Large, and still right: these must be computed.
LARGE: dict[str, str] = {
    "a chain of names": HEAD + quantities("x", *(f"q{i} + 1" for i in range(1_898))),
    "a sum of a hundred names, often": (
        HEAD + quantities(*(f"x * {i}" for i in range(100)), *[" + ".join(f"q{j}" for j in range(100))] * 20)
    ),
    "many members": family(100, "".join(f"      z{j}: {{is: c * x + {j}}}\n" for j in range(6))),
}  # fmt: skip


def outcome_of(text: str) -> tuple[str, int]:
    """`computed`, or the first code that refuses the scheme; and the length of the report."""
    report = ir.check(text=text)
    shown = max(len(report.render(format)) for format in ("text", "concise", "json"))
    if report.errors:
        return report.errors[0].code, shown
    pipeline = ir.compile(text=text, period="2026-01")
    assert pipeline.fingerprint
    pipeline.score(ROW)
    str(pipeline.explain(ROW, all=True))
    return "computed", shown


def main(names: list[str]) -> None:
    outcome_of(HEAD + quantities("x"))  # everything is imported and warm
    idle = memory()
    for name in names:
        print(json.dumps({"name": name}), flush=True)
        began = time.process_time()
        outcome, shown = outcome_of({**BOMBS, **SLOW, **LARGE}[name])
        seconds = time.process_time() - began
        took = {"seconds": seconds, "megabytes": memory() - idle}
        print(json.dumps({"outcome": outcome, "shown": shown, **took}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

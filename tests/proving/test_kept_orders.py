"""Kept pairs of an order that pay turns: written, replayed, and said to be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: orders
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  jobs: {type: integer, range: [0, 100]}
  calls: {type: integer, range: [0, 100]}
  wage: {type: money, range: [0, 100]}
indicators:
  a: {weight: 50%, better: higher, value: jobs, score: value}
  b: {weight: 50%, better: higher, value: calls, score: value}
pay:
  base: {amount: wage}
  bonus: {amount: 10 * b + a}
principles: {p: {title: P, promises: {order_preserving: {within: 0.02}}}}
"""
PAIR = """\
counterexamples:
  - promise: order_preserving
    period: 2026-01
    who: E1
    one:
      people: [{id: E1, jobs: 0, calls: 50, wage: 9}]
    other:
      people: [{id: E1, jobs: 90, calls: 40, wage: 9}]
"""


def replayed(folder: Path, pair: str = PAIR, scheme: str = SCHEME) -> str:
    (folder / "orders.yaml").write_text(scheme, encoding="utf-8")
    (folder / "orders.counterexamples.yaml").write_text(pair, encoding="utf-8")
    found = ir.prove(folder / "orders.yaml", period="2026-01").verdicts[0]
    return "by a kept pair" if "kept" in found.grounds else "mended" if "mended" in "".join(found.notes) else "neither"


def test_a_pair_that_turns_the_order_refutes_at_once(tmp_path: Path) -> None:
    assert replayed(tmp_path) == "by a kept pair"


@pytest.mark.parametrize("other", [
    "jobs: 40, calls: 10", "jobs: 0, calls: 90", "jobs: 90, calls: 40, wage: 8",
])  # fmt: skip
def test_a_pair_that_turns_nothing_is_mended(tmp_path: Path, other: str) -> None:
    """The scores are less; pay is more; and a fact differs that is no work."""
    line = f"{{id: E1, wage: 9, {other}}}" if "wage" not in other else f"{{id: E1, {other}}}"
    assert replayed(tmp_path, PAIR.replace("{id: E1, jobs: 90, calls: 40, wage: 9}", line)) == "mended"


def test_what_prove_finds_is_written_and_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "orders.yaml").write_text(SCHEME, encoding="utf-8")
    asked = ["prove", str(tmp_path / "orders.yaml"), "--period", "2026-01"]
    assert main([*asked, "--write-counterexamples"]) == 1
    assert "promise: order_preserving" in (tmp_path / "orders.counterexamples.yaml").read_text(encoding="utf-8")
    assert main(asked) == 1
    assert "kept" in capsys.readouterr().out

"""Nothing around us takes part in a result, and nothing is left changed: E8 of SECURITY.md."""

from __future__ import annotations

import decimal
import gc
import linecache
import os
import random
import subprocess
import sys
import threading
import warnings
from collections.abc import Mapping
from decimal import Decimal

import pytest

import incentive_rules as ir
from tests.shared_data import ROOT

SCHEME = (ROOT / "schemes" / "hvbp_fy2024.yaml").read_text("utf-8")
SMALL = """\
format: 1
scheme: small
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  worker: {type: key}
  hours: {type: number, decimals: 2, range: [0, 1000000]}
quantities:
  third: hours / 3
pay:
  wage: {amount: 12.345 * hours}
"""
ROW = {"worker": "W", "hours": Decimal("123456.78")}


def results() -> Mapping[str, object]:
    pipeline = ir.compile(text=SMALL, period="2026-01")
    explained = str(pipeline.explain(ROW, all=True))
    return {**pipeline.score(ROW).as_dict(), "explained": explained, "fingerprint": pipeline.fingerprint}


def surroundings() -> dict[str, object]:
    context = decimal.getcontext()
    return {
        "recursion limit": sys.getrecursionlimit(), "filters": list(warnings.filters),
        "threads": threading.active_count(),
        "precision": context.prec, "traps": dict(context.traps), "flags": dict(context.flags),
        "random": random.getstate(), "environment": dict(os.environ), "working directory": os.getcwd(),  # noqa: PTH109
        "switch interval": sys.getswitchinterval(), "digits": sys.get_int_max_str_digits(),
    }  # fmt: skip


def test_the_decimal_context_of_the_caller_plays_no_part() -> None:
    expected = results()
    narrow = decimal.Context(prec=2, rounding=decimal.ROUND_UP, Emax=3, Emin=-3, traps=[decimal.Inexact])
    with decimal.localcontext(narrow):
        assert results() == expected


def test_nothing_is_left_changed() -> None:
    results()
    before = surroundings()
    results()
    ir.check(text=SCHEME)
    assert surroundings() == before


SEEN = f"""
import incentive_rules as ir
from incentive_rules.reading.cells.cell import read_cell
from incentive_rules.engine.scalar import ScalarEngine
pipeline = ir.compile(text={SMALL!r}, period="2026-01")
print(pipeline.fingerprint, ScalarEngine(pipeline.plan, read_cell).source)
print(ir.check(text={SMALL.replace("hours / 3", "hour / dayz + unknown").replace("12.345", "x")!r}))
"""


@pytest.mark.thorough
def test_the_hash_seed_plays_no_part() -> None:
    """Texts hash differently in every process; neither code nor fingerprint nor report may depend on it."""
    command = [sys.executable, "-X", "utf8", "-c", SEEN]
    shown = {
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(shown) == 1


def test_generated_code_is_forgotten_with_its_pipeline() -> None:
    """A service that compiles schemes all day keeps none of their code."""
    gc.collect()
    before = set(linecache.cache)
    results()
    gc.collect()
    assert {name for name in linecache.cache if name.startswith("<scheme")} <= before

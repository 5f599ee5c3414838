"""`check` never raises, whatever stands where: it says what is wrong, with a place inside the document.

Nothing that a document says may be lost in silence either: `load` and `ready` turn that into findings that no document
earns, so meeting one of them here is a failure too. All of it holds without assertions (`python -O`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.base.codes import CODES
from tests.attacks.misshapen import misshapen, sources
from tests.shared_data import ROOT

CHUNKS = range(8)
DOCUMENTS = {"fast": 40, "ci": 1_000, "nightly": 30_000}  # of a chunk
OPTIMIZED = {"ci": 600, "nightly": 20_000}
LOST = ("form-unread", "nothing-computed")
SMALL = """\
format: 1
scheme: small
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  c: {type: category, one_of: [uk, us]}
  x: {type: integer, range: [0, 9]}
"""
# Each once ended in an exception of Python, or in a wrong value where assertions are off.
ONCE = {
    "rows that are a text": ("quantities: {q: {of: x, from: 4, else: 0}}", "shape-wrong"),
    "no rows": ("quantities: {q: {of: x, from: {}, else: 0}}", "entries-none"),
    "rows that are a list": ("quantities: {q: {of: x, from: [], else: 0}}", "shape-wrong"),
    "a row of nothing": ("quantities: {q: {of: x, from: {0: {}}}}", "entries-none"),
    "undecided ranks": ("honors: {star: {among: x > 1, best_by: tbd, places: 1, ties: all}}", "tbd-in-active"),
    "no dates": ("parameters: {rate: {dated: {}}}\npay: {p: {amount: 10 * x * rate}}", "entries-none"),
    "no dated tables": ("tables: {t: {dated: {}}}\nquantities: {q: t(x)}", "entries-none"),
    "a further level that is none": (
        "tables: {t: {keys: [c, x], equals: {uk: {from: everyone}, us: {from: {0: 1}}}}}",
        "shape-wrong",
    ),
    "a further level without rows": (
        "tables: {t: {keys: [c, x], equals: {uk: {from: {}, else: 1}, us: {from: {0: 1}}}}}",
        "entries-none",
    ),
    "an unknown word of a further level": (
        "tables: {t: {keys: [c, x], equals: {uk: {from: {0: 2}, esle: 1}, us: {from: {0: 1}}}}}",
        "key-unknown",
    ),
    "an empty list to weigh": ("composites: {m: {weights: relative, of: []}}", "entries-none"),
    "nothing to weigh": ("composites: {m: {weights: relative, of: {}}}", "entries-none"),
}


def faults(seeds: range) -> list[str]:
    """What is wrong with what `check` does to the documents of these seeds."""
    trees, found = sources(), []
    for seed in seeds:
        text = misshapen(Random(seed), trees)
        try:
            report = ir.check(text=text)
        except Exception as error:
            found.append(f"seed {seed}: {type(error).__name__} {error}\n{text}")
            continue
        for d in report.diagnostics:
            inside = d.place is None or 0 <= d.place.start <= d.place.end <= len(text)
            if d.code not in CODES or d.code in LOST or not inside:
                found.append(f"seed {seed}: {d.code} at {d.place}\n{text}")
    return found


@pytest.fixture
def profile(pytestconfig: pytest.Config) -> str:
    return str(pytestconfig.getoption("--profile"))


@pytest.mark.parametrize("chunk", [pytest.param(c, marks=pytest.mark.thorough if c else ()) for c in CHUNKS])
def test_whatever_stands_where_is_a_finding(chunk: int, profile: str) -> None:
    found = faults(range(chunk * 1_000_000, chunk * 1_000_000 + DOCUMENTS[profile]))
    assert not found, found[0]


@pytest.mark.thorough
def test_so_it_is_without_assertions(profile: str) -> None:
    seeds = f"range(90_000_000, {90_000_000 + OPTIMIZED[profile]})"
    told = "import sys; from tests.attacks.test_misshapen import faults"
    program = f"{told}; sys.exit('\\n'.join(faults({seeds})[:1]) or 0)"
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-O", "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]


@pytest.mark.parametrize("case", ONCE)
def test_what_once_raised_is_told_with_its_place(case: str) -> None:
    text, code = ONCE[case]
    text += "\nquantities: {q: 't(c, x)'}" if "keys:" in text else ""
    report = ir.check(text=SMALL + text + "\n")
    told = [d for d in report.errors if d.code == code]
    assert told and told[0].place is not None and told[0].place.line > SMALL.count("\n"), str(report)
    assert not {d.code for d in report.diagnostics} & set(LOST)

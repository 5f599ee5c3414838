"""What a small scheme costs is bounded, whatever stands in it: E3 and Y2 of SECURITY.md.

Each bomb is refused, or is harmless, within seconds and a bounded memory; schemes that are only large
are computed. All run in child processes, so that a hang is a failed case and not a dead run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import incentive_rules as ir
from tests.attacks.bombs import BOMBS, HEAD, LARGE, ROW, SLOW, quantities
from tests.shared_data import ROOT

SECONDS, MEGABYTES, SHOWN = 15, 300, 100_000


def run(names: list[str]) -> dict[str, dict[str, float | str]]:
    """What became of each; the one at which a process hung or died has no outcome."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.attacks.bombs", *names]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
        output, error = done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        output, error = (late.stdout or b"").decode(), "hangs"
    found: dict[str, dict[str, float | str]] = {}
    for line in map(json.loads, output.splitlines()):
        if "name" in line:
            found[line["name"]] = {"error": error[-500:]}
            name = line["name"]
        else:
            found[name] = line
    return found


@pytest.mark.thorough
def test_no_bomb_goes_off() -> None:
    defused([*BOMBS, *LARGE])


@pytest.mark.nightly
def test_no_slow_bomb_goes_off() -> None:
    defused([*SLOW])


def defused(names: list[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(run, [names[::2], names[1::2]])
    found = one | other
    wrong = [f"{name}: {found.get(name, 'never reached')}" for name in names if not fits(found.get(name, {}))]
    assert not wrong, "\n".join(wrong)
    assert [name for name in LARGE if name in found and found[name]["outcome"] != "computed"] == []


def fits(found: dict[str, float | str]) -> bool:
    if "outcome" not in found:
        return False
    return float(found["seconds"]) < SECONDS and float(found["megabytes"]) < MEGABYTES and float(found["shown"]) < SHOWN


@pytest.mark.thorough
def test_a_row_of_wrong_names_is_refused_in_good_time() -> None:
    """Whoever hands over the wrong table gets its first names compared with ours, not all of them."""
    pipeline = ir.compile(text=HEAD + quantities("x + y"), period="2026-01")
    began = time.process_time()
    with pytest.raises(ir.DataError) as refused:
        pipeline.score({**ROW, **{f"column_{i}": i for i in range(50_000)}})
    assert len(refused.value.problems) == 50_000 and len(str(refused.value)) < SHOWN
    assert time.process_time() - began < 10

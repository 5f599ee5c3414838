"""What a small scheme costs is bounded, whatever stands in it: E3 and Y2 of SECURITY.md.

Each bomb is refused, or is harmless, within seconds and a bounded memory; schemes that are only large
are computed. All run in child processes, so that a hang is a failed case and not a dead run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.attacks.bombs import BOMBS, LARGE, SLOW
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

"""One-line faults, seeded one at a time into a copy of the library, and the random tests that find each.

    python -m tests.mutations.hunt              # all of them, as a table; exit code 1 where one survives
    python -m tests.mutations.hunt guard chain  # those whose name holds one of these words

A fault that survives wants a test, never a weaker fault. The tests that hunt are random ones: none of them knows
where a fault lies.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from attrs import frozen

from tests.mutations.faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 900  # of the processor, so that what else the machine does decides nothing
PATIENCE = 4  # how many times as long by the clock, for tests that wait
JOBS = 2


@frozen
class Verdict:
    """Whether a fault was found, by which test, and how soon."""

    fault: Fault
    found_by: str
    seconds: float

    @property
    def survived(self) -> bool:
        return not self.found_by


def hunted(fault: Fault) -> Verdict:
    """The fault in a copy of the library, before the tests that hunt its kind."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        for name in ("incentive_rules", "tests", "schemes", "docs"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
            shutil.copy(ROOT / name, copy / name)
        file = copy / "incentive_rules" / fault.file
        text = file.read_text("utf-8")
        if text.count(fault.sound) != 1:
            raise SystemExit(f"{fault.name}: `{fault.sound}` stands {text.count(fault.sound)} times in {fault.file}")
        file.write_text(text.replace(fault.sound, fault.broken), "utf-8")
        start = time.monotonic()
        done = _run(copy, fault)
        return Verdict(fault, done, time.monotonic() - start)


def _run(copy: Path, fault: Fault) -> str:
    """The test that fails first; "" where none does in the time that there is."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--profile", "ci", *fault.hunters]
    shared = os.environ.get("INCENTIVE_RULES_SHARED", str(ROOT.parent / "shared"))
    environment = {**os.environ, "INCENTIVE_RULES_SHARED": shared, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True,
            timeout=PATIENCE * MOST_SECONDS, preexec_fn=_limited,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    if done.returncode in (0, -signal.SIGXCPU, -signal.SIGKILL):
        return ""
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return found[1].removeprefix("tests/") if found else f"exit code {done.returncode}"


def _limited() -> None:
    """What a test program may take of the processor; it is ended there."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 10))


def row(one: Verdict) -> str:
    """One line of the table."""
    found = one.found_by or "SURVIVES"
    return f"{one.fault.name:<62} {one.fault.file:<32} {one.seconds:>6.1f} s  {found}"


def main(words: list[str]) -> int:
    chosen = [fault for fault in FAULTS if not words or any(word in fault.name for word in words)]
    survivors = 0
    with ThreadPoolExecutor(JOBS) as pool:
        for done in as_completed([pool.submit(hunted, fault) for fault in chosen]):
            one = done.result()
            survivors += one.survived
            print(row(one), flush=True)
    print(f"{len(chosen)} faults, {len(chosen) - survivors} found")
    return int(survivors > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

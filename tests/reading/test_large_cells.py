"""A cell as large as a file is refused, and costs hardly more memory than the file itself."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEME = """\
format: 1
scheme: t
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay: {bonus: {amount: 10 * jobs}}
inputs: {k: {type: key}, jobs: {type: integer, range: [0, 9]}}
"""
SIZE = 24  # megabytes of the cell
MOST = 5.1  # times the cell, over what an idle run takes: a cell of 100 MB stays below 512 MB
PROGRAM = """\
import sys
from tests.attacks.expressions import memory
from incentive_rules.cli import main
code = main(["run", "s.yaml", sys.argv[1], "--period", "2026-04", "--lang", "en"])
print(code, memory())
"""


def run(folder: Path, name: str) -> tuple[int, int, str]:
    """The exit code and the most memory, in MB, of a run in a process of its own; and what it said."""
    words = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{PROGRAM}", name]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    code, most = done.stdout.split()[-2:]
    return int(code), int(most), done.stderr


NAMES = ("p.csv", "p.csv.gz", "p.json", "quoted.csv", "lines.csv", "wide.csv")


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_a_cell_of_many_megabytes(name: str, tmp_path: Path) -> None:
    text = {
        "p.json": b'[{"k": "A", "jobs": "%s"}]',
        "quoted.csv": b'k,jobs\nA,"%s"\n',
        "lines.csv": b'k,jobs\nA,"%s"\n',  # in many lines: the cell alone is long
        "wide.csv": b'k,jobs\nA,"\xe4\xb8\xad%s"\n',  # one wide letter makes each of the others wide
    }.get(name, b"k,jobs\nA,%s\n")
    piece = b"9" * 1023 + (b"\n" if name == "lines.csv" else b"9")
    data = text % (piece * (SIZE << 10))
    (tmp_path / "s.yaml").write_text(SCHEME, "utf-8")
    (tmp_path / "few.csv").write_text("k,jobs\nA,3\n", "utf-8")
    (tmp_path / name).write_bytes(gzip.compress(data, 1) if name.endswith(".gz") else data)
    _, idle, _ = run(tmp_path, "few.csv")
    if not idle:
        pytest.skip("this system does not tell how much memory a process takes")
    code, most, said = run(tmp_path, name)
    assert code != 0
    assert "nobody was paid" in said
    assert most - idle < MOST * SIZE, f"{most - idle} MB for a cell of {SIZE} MB"

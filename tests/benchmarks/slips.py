"""Slips a second on one core: 1,000 people of the first founding scheme, each judged, worded and laid out.

    python tests/benchmarks/slips.py [PEOPLE]

The people are those of the sample, in as many companies' worth of departments as it takes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import incentive_rules as ir
from incentive_rules.model.slip import PaySlip
from incentive_rules.rendering.slip_page import slip_page, slip_text

ROOT = Path(__file__).resolve().parents[2]
SCHEME, PERIOD = ROOT / "schemes/service_engineer_1.yaml", "2026-Q1"
TARGET = 200  # slips a second
RENAMED = ("employee_no", "engineer", "department", "project", "order_no", "survey_no", "review_no")

Rows = list[dict[str, str]]


def sample(copies: int) -> dict[str, Rows]:
    """The tables of the sample company, so many times side by side."""
    found: dict[str, Rows] = {}
    for file in sorted((ROOT / f"schemes/data/{SCHEME.stem}/{PERIOD}").glob("*.csv")):
        with file.open(encoding="utf-8-sig") as text:
            rows = list(csv.DictReader(text))
        found[file.stem] = [
            {name: f"{cell}-{copy}" if name in RENAMED else cell for name, cell in row.items()}
            for copy in range(copies) for row in rows
        ]  # fmt: skip
    return found


def main(people: int = 1000) -> None:
    pipeline = ir.compile(SCHEME, period=PERIOD)
    tables = sample(-(-people // 66))
    rows = tables.pop("engineers")
    groups = {name: tables.pop(name) for name in ("departments", "projects")}
    everybody = pipeline.people(rows, tables, groups)
    computed = pipeline.compute(everybody)
    pages: tuple[tuple[str, Callable[[PaySlip], str]], ...] = (("html", slip_page), ("md", slip_text))
    for name, page in pages:
        slips = pipeline.slips(everybody, computed, lang="zh")
        chosen = slips.rows[:people]
        start = process_time()
        size = sum(len(page(slips.of(row))) for row in chosen)
        spent = process_time() - start
        rate = len(chosen) / spent
        verdict = "met" if rate >= TARGET else "missed"
        told = f"{name:5} {len(chosen):,} slips  {rate:6.0f} a second  (target {TARGET}: {verdict})"
        print(f"{told}  {size // 1024:,} KiB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))

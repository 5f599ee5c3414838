"""What one thing different would have given, for everybody of a company of a hundred: slips' steps a second.

    python tests/benchmarks/what_if.py [--people 100] [--strict]

The company is that of the shipped quarterly scheme, its engineers as often as it takes to be so many, each time with
keys of their own. Beside it stands what the same would cost by running the whole company again for each value that was
tried, which is what the steps are equal to: so many runs, at the time of one.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import incentive_rules as ir
from incentive_rules.engine.nearby import search

ROOT = Path(__file__).resolve().parents[2]
SCHEME, DATA, PERIOD = ROOT / "schemes/service_engineer_1.yaml", ROOT / "schemes/data/service_engineer_1", "2026-Q1"
LEAST = 5.0  # people a second, with all their steps
Rows = list[dict[str, str]]


def company_of(people: int) -> dict[str, Rows]:
    """The tables of the sample, "engineers" the people, for so many of them."""
    tables: dict[str, Rows] = {}
    for file in sorted((DATA / PERIOD).glob("*.csv")):
        with file.open(encoding="utf-8-sig") as text:
            tables[file.stem] = list(csv.DictReader(text))
    keys = [row["employee_no"] for row in tables["engineers"]]
    found: dict[str, Rows] = {name: [] for name in tables}
    for number in range(people):
        key, again = keys[number % len(keys)], number // len(keys)
        for name, rows in tables.items():
            own = [row for row in rows if key in (row.get("employee_no"), row.get("engineer"))]
            found[name] += [{cell: _anew(value, key, again) for cell, value in row.items()} for row in own]
    return {name: rows or tables[name] for name, rows in found.items()}


def _anew(value: str, key: str, again: int) -> str:
    """A cell of somebody's next namesake: keys that are the person's own end in a number."""
    return f"{value}-{again}" if again and key in value else value


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--people", type=int, default=100, help="how many people the company has")
    parser.add_argument("--strict", action="store_true", help="exit 1 where it takes longer than the target")
    options = parser.parse_args(arguments)

    pipeline = ir.compile(SCHEME, period=PERIOD)
    tables = company_of(options.people)
    staff = tables.pop("engineers")
    groups = {group.name: tables.pop(group.name) for group in pipeline.scheme.groups}
    people = pipeline.people(staff, tables, groups)
    pipeline.compute(people)
    begin = process_time()
    computed = pipeline.compute(people)
    once = process_time() - begin
    what_ifs = pipeline.what_ifs(people, computed)
    paid = [row for row in people.rows if (result := computed.results[row.number]) is not None and result.in_scope]
    what_ifs.of(paid[0])

    steps, values, begin = 0, 0, process_time()
    for row in paid:
        found = what_ifs.of(row)
        steps += len(found)
        values += sum(step.units for step in found)
    took = process_time() - begin
    a_second = len(paid) / took
    print(f"Python {sys.version.split()[0]}, {len(paid)} people of {len(people.rows)}, processor seconds\n")
    print(f"{steps:,} steps in {took:.1f} s: {a_second:.1f} people a second, target at least {LEAST:.0f}")
    again = f"{values * once:,.0f} s for the {values:,} values up to the steps"
    print(f"a run of the whole company: {once:.3f} s, {again}")
    print(f"at most {search.MOST_TRIED} stretches and values of one cell in one direction are tried")
    return int(options.strict and a_second < LEAST)


if __name__ == "__main__":
    sys.exit(main())

"""Schemes, rows and records for the tests of recording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import incentive_rules as ir
from incentive_rules.base.problems import Problem
from incentive_rules.recording.manifest import MANIFEST, SUMS

# Every kind of value: exact and rounded numbers, whole ones, texts, flags, days, times, missing, details.
EVERYTHING = """\
format: 1
scheme: everything
version: "2"
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
applies_to: months >= 1
parameters:
  rate: 2.5
  word: {is: 上班, type: category}
pay:
  bonus: {amount: 3000 * points / 100}
  fine: {kind: deduction, amount: 10 * late}
quantities:
  late: {is: count(long)}
  part: {is: 'ratio(on_time, jobs)'}
  points: {is: 'coalesce(part, 0) * 100', decimals: 4}
  good: {is: points >= 90}
  since: {is: hired}
  post_now: {is: post}
inputs:
  engineer: {type: key}
  months: {type: integer, range: [0, 500]}
  jobs: {type: integer, range: [0, 500]}
  on_time: {type: integer, range: [0, 500]}
  rating: {type: number, decimals: 2, range: [0, 5], can_be_missing: true, read: nearest}
  post: {type: category, one_of: [初级, 高级]}
  audited: {type: boolean}
  hired: {type: date, range: [2000-01-01, 2030-12-31]}
  shift: {type: time}
details:
  visits:
    belongs_to: engineer
    inputs:
      took: {type: integer, range: [0, 600]}
    quantities:
      long: {is: took > 60}
require:
  - on_time <= jobs
"""

# A balance that is carried over, and the months of the year as rows.
BALANCE = """\
format: 1
scheme: balance
effective: {first_day: 2026-01-01, last_day: 2027-12-31}
period: month
currency: EUR
pay:
  commission: {amount: earned}
quantities:
  closing: {is: opening + earned, type: money}
  year_to_date: {is: sum(month_earned), type: money}
inputs:
  engineer: {type: key}
  earned: {type: money, decimals: 2, range: [0, 5000]}
  opening: {type: money, decimals: 2, range: [-100000, 100000], carried_from: closing, first: 0}
details:
  months:
    belongs_to: engineer
    recorded: {month_earned: earned}
"""

ROW = {
    "engineer": "G1", "months": 12, "jobs": 100, "on_time": 90, "rating": 4.5, "post": "高级", "audited": True,
    "hired": "2020-02-29", "shift": "2026-03-01 07:30",
}  # fmt: skip


def row(key: str, **facts: object) -> dict[str, object]:
    return {**ROW, "engineer": key, **facts}


@cache
def compiled(text: str, period: str) -> ir.Pipeline:
    return ir.compile(text=text, period=period)


def everything(rows: Iterable[Mapping[str, object]], visits: Iterable[Mapping[str, object]] = ()) -> Any:
    return compiled(EVERYTHING, "2026-03").run(list(rows), {"visits": list(visits)}, on_error="quarantine")


def balance(period: str, earned: Mapping[str, object], scheme: str = BALANCE, **options: Any) -> Any:
    """The run of one period; `earned` by key."""
    rows = [{"engineer": key, "earned": amount} for key, amount in earned.items()]
    return compiled(scheme, period).run(rows, **options)


def refusals(call: Any, *given: Any, **options: Any) -> tuple[Problem, ...]:
    """The problems for which a call is refused."""
    try:
        call(*given, **options)
    except ir.DataError as error:
        return error.problems
    return ()


def codes(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(one.code, one.variant) for one in problems]


def sealed(folder: Path) -> None:
    """Sum every file of a record anew, as somebody would who wants a change to go unnoticed."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    for name, one in manifest["files"].items():
        path = folder / name
        if path.is_file():
            one["sha256"], one["bytes"] = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size
    reseal(folder, manifest)


def reseal(folder: Path, manifest: dict[str, Any]) -> None:
    """Write a manifest, and the list of sums that fits it."""
    page = (json.dumps(manifest, ensure_ascii=False, indent=1, separators=(",", ": ")) + "\n").encode()
    (folder / MANIFEST).write_bytes(page)
    sums = {name: one["sha256"] for name, one in manifest["files"].items()}
    sums[MANIFEST] = hashlib.sha256(page).hexdigest()
    (folder / SUMS).write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), "utf-8")

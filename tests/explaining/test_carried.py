"""A carried value says where it is from: the record of an earlier period, the scheme's first value, or the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: star
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  bonus: {amount: "1.00 * points + (10 if starred else 0) + coalesce(left_before, 0)"}
quantities:
  star: points > 50
  left: {is: points, when: points > 10, type: integer}
  TOGETHER
inputs:
  person: {type: key}
  points: {type: integer, range: [0, 100]}
  starred: {type: boolean, carried_from: star, first: false}
  left_before: {type: integer, range: [0, 100], can_be_missing: true, carried_from: left, first: missing}
"""
ALONE, TOGETHER = "two: points * 2", "all_points: sum(points, over=everyone)"


def lines_of(run: ir.Run, who: str, language: str, name: str = "bonus") -> dict[str, str]:
    """What stands behind each name that was given."""
    (result,) = [one for one in run.results if one.key == who]
    found = {}
    for line in str(result.explain(language, name=name)).splitlines():
        name_, equals, rest = line.lstrip("│├└ ").partition(" = ")
        if equals:
            found[name_] = rest.partition("  ")[2].strip()
    return found


def ran(number: int, rows: dict[str, Any], text: str, *history: Path) -> ir.Run:
    given = [{"person": key, **(one if isinstance(one, dict) else {"points": one})} for key, one in rows.items()]
    return ir.compile(text=text, period=f"2026-{number:02d}").run(given, history=history, referee="all")


@pytest.mark.parametrize("more", [ALONE, TOGETHER])
@pytest.mark.parametrize(("language", "record", "first", "data"), [
    ("en", "record", "first value", "data"), ("zh", "记录", "首期值", "数据"),
])  # fmt: skip
def test_where_a_carried_value_is_from(
    more: str, language: str, record: str, first: str, data: str, tmp_path: Path
) -> None:
    text = SCHEME.replace("TOGETHER", more)
    january = ran(1, {"A": 80, "B": 5}, text)
    assert lines_of(january, "A", language)["starred"].startswith(first)
    assert lines_of(january, "A", language)["left_before"].startswith(first)
    january.save(tmp_path / "1")
    february = ran(2, {"A": 7, "B": 7, "N": 7}, text, tmp_path)
    for who, source in (("A", record), ("B", record), ("N", first)):
        found = lines_of(february, who, language)
        assert found["starred"].startswith(source) and found["left_before"].startswith(source)
        assert found["points"].startswith(data)


@pytest.mark.parametrize("more", [ALONE, TOGETHER])
def test_what_the_data_bring_is_of_the_data(more: str, tmp_path: Path) -> None:
    text = SCHEME.replace("TOGETHER", more)
    ran(1, {"A": 80, "B": 5}, text).save(tmp_path / "1")
    both = {"points": 7, "starred": True, "left_before": None}
    february = ran(2, {"A": both, "N": {**both, "starred": False}}, text, tmp_path)
    a, n = (lines_of(february, who, "en") for who in "AN")
    assert a["starred"].startswith("data") and a["left_before"].startswith("record")
    assert n["starred"].startswith("data") and n["left_before"].startswith("first value")
    (result, _) = february.results
    told: Any = result.explain(name="bonus")
    given = {line["name"]: line["given"] for line in told.as_json()["lines"] if "given" in line}
    assert given == {"points": "input", "starred": "input", "left_before": "recorded"}

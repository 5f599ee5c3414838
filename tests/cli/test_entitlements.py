"""What groups are entitled to is printed and written by `run`, also where a group is no person's."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: given
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {p: {type: key}, dep: {type: category}, x: {type: integer, range: [0, 9]}}
groups: {projs: {key: proj, inputs: {worth: {type: integer, range: [0, 99]}}, quantities: {ps: sum(rp)}}}
details: {roles: {belongs_to: [p, proj], inputs: {rp: {type: integer, range: [0, 9]}}}}
pay: {b: {amount: 1.00 * x}}
entitlements:
  leave: {title: Project days, each: proj, amount: ps + worth}
  late: {each: proj, every: quarter, amount: ps}
  party: {each: dep, when: "count(over=everyone, within=dep) > 1"}
  all_of_us: {each: everyone, amount: "count(over=everyone)"}
  own: {when: x > 3, amount: 2 * x}
"""
PEOPLE = "p,dep,x\nA,n,5\nB,n,2\nC,m,7\n"


def ran(tmp_path: Path, people: str, ending: str, *more: str) -> list[tuple[str, ...]]:
    (tmp_path / "d").mkdir()
    (tmp_path / "s.yaml").write_text(SCHEME, encoding="utf-8")
    for name, text in (
        ("people", people), ("projs", "proj,worth\nJ,5\nK,6\n"), ("roles", "p,proj,rp\nA,J,3\nB,J,2\nC,K,1\n"),
    ):  # fmt: skip
        (tmp_path / "d" / f"{name}.csv").write_text(text, encoding="utf-8")
    out = tmp_path / f"o.{ending}"
    files = [str(tmp_path / "s.yaml"), str(tmp_path / "d")]
    main(["run", *files, "--period", "2026-04", "--on-error", "quarantine", "--out", str(out), *more])
    beside = tmp_path / f"o.entitlements.{ending}"
    if ending == "json":
        return [tuple(map(str, one.values())) for one in json.loads(beside.read_text(encoding="utf-8"))]
    with beside.open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


def test_every_group_has_its_line_in_the_file(tmp_path: Path) -> None:
    assert ran(tmp_path, PEOPLE, "csv") == [
        ("entitlement", "group", "value", "state"),
        ("leave", "J", "10", "decided"), ("leave", "K", "7", "decided"),
        ("late", "J", "", "not_this_period"), ("late", "K", "", "not_this_period"),
        ("party", "m", "false", "decided"), ("party", "n", "true", "decided"),
        ("all_of_us", "", "3", "decided"),
    ]  # fmt: skip


def test_what_waits_is_held(tmp_path: Path) -> None:
    found = {row[:2]: row[2:] for row in ran(tmp_path, PEOPLE.replace("B,n,2", "B,n,20"), "json")}
    assert found["leave", "J"] == ("None", "held") and found["leave", "K"] == ("7", "decided")
    assert found["party", "n"] == ("None", "held") and found["party", "m"] == ("False", "decided")
    assert found["all_of_us", ""] == ("None", "held")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_screen_has_them_too(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    ran(tmp_path, PEOPLE, "csv", "--lang", language)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    heads = {"en": ["entitlement", "group", "value"], "zh": ["权益", "群组", "结果"]}[language]
    start = lines.index(heads)
    assert lines[start + 1] == ["Project", "days", "J", "10"] and lines[start + 3] == ["late", "J", "—"]
    assert lines[start + 5][2] == {"en": "no", "zh": "否"}[language]
    assert lines[start + 7] == ["all_of_us", {"en": "everyone", "zh": "全体"}[language], "3"]

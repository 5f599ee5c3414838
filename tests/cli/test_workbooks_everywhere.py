"""A workbook is taken by every command that takes data files, as csv files with the same cells are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: t
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay: {bonus: {amount: '10.00 * sum(points) + goal'}}
groups: {teams: {key: team, inputs: {goal: {type: money, range: [0, 9]}}}}
inputs: {engineer: {type: key}, team: {type: category}}
details: {visits: {belongs_to: engineer, inputs: {points: {type: integer, range: [0, 9]}}}}
"""
TABLES: dict[str, list[list[object]]] = {
    "people": [["engineer", "team"], ["A", "x"], ["B", "x"], ["C", "y"]],
    "teams": [["team", "goal"], ["x", 1], ["y", 2]],
    "visits": [["engineer", "points"], ["A", 1], ["A", 2], ["B", 3], ["C", 4]],
}
WHEN = ("--period", "2026-04", "--lang", "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import openpyxl

    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.yaml").write_text(SCHEME, "utf-8")
    (tmp_path / "april").mkdir()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in TABLES.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        with (tmp_path / "april" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    book.save(tmp_path / "april.xlsx")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(arguments)
    out = capsys.readouterr().out.replace("april.xlsx", "april")
    return code, "\n".join(line for line in out.splitlines() if not line.startswith("fingerprint"))


@pytest.mark.parametrize("command", [
    ("run",), ("explain", "--id", "A"), ("audit", "--of", "net", "--by", "team"), ("run", "--columns", "all"),
], ids=" ".join)  # fmt: skip
def test_every_command_says_the_same_of_a_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    name, *options = command
    of_csv = said(capsys, name, "t.yaml", "april", *WHEN, *options)
    assert said(capsys, name, "t.yaml", "april.xlsx", *WHEN, *options) == of_csv
    assert of_csv[0] == 0


def test_a_record_of_a_workbook_is_replayed_and_corrected(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "run", "t.yaml", "april.xlsx", *WHEN, "--record", "records/one")[0] == 0
    code, out = said(capsys, "replay", "records/one", "--lang", "en")
    assert code == 0 and "same bytes: 3 people" in out
    (folder / "april" / "visits.csv").write_text("engineer,points\nA,1\nA,2\nB,3\nC,5\n", "utf-8")
    code, out = said(capsys, "run", "t.yaml", "april", *WHEN, "--corrects", "records/one")
    assert code == 0 and "difference  earnings 10.00" in out


def test_slips_are_made_of_a_workbook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "statement", "t.yaml", "april.xlsx", *WHEN, "--out", "slips") == (
        0, "3 slips and an index written to slips",
    )  # fmt: skip

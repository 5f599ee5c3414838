"""A file of people or of groups that lacks some of them is told, where what it brings may be missing."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.cli import main
from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources.files import read_bytes

SCHEME = """\
format: 1
scheme: partly
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  team: {type: category}
  x: {type: integer, range: [0, 9]}
  y: {type: integer, range: [0, 9], can_be_missing: true}
groups:
  teams:
    key: team
    inputs:
      goal: {type: integer, range: [0, 9]}
      extra: {type: integer, range: [0, 9], can_be_missing: true}
pay: {bonus: {amount: "1.00 * x + 1.00 * coalesce(y, 0) + 1.00 * goal + 1.00 * coalesce(extra, 0)"}}
"""
PEOPLE = "who,team,x\nA,n,1\nB,n,2\nC,s,3\n"


def table(text: str, name: str) -> DataTable:
    found, problems = read_bytes(text.encode(), name)
    assert found is not None, problems
    return found


def run(second: str, goals: str = "team,extra\nn,1\ns,1\n") -> ir.Run:
    teams = [table("team,goal\nn,1\ns,2\n", "goals.csv"), table(goals, "extras.csv")]
    people = [table(PEOPLE, "a.csv"), table(second, "b.csv")]
    return ir.compile(text=SCHEME, period="2026-04").run(people, groups={"teams": teams}, on_error="quarantine")


def told(found: ir.Run) -> list[tuple[str, str, str]]:
    return [(one.code, one.table, one.params["keys"]) for one in found.warnings if not hasattr(one, "severity")]


def test_a_second_file_that_lacks_people_is_told() -> None:
    found = run("who,y\nA,3\n")
    assert told(found) == [("data-partly", "b.csv", '"B", "C"')] and found.summary.paid == 3
    (warning,) = found.warnings
    assert "2" in message_of(warning, "zh") and "B" in message_of(warning, "zh") and help_of(warning, "zh")


def test_whoever_has_a_row_there_lacks_nothing() -> None:
    assert told(run("who,y\nA,3\nB,\nC,\n")) == []


def test_a_second_file_of_groups_too() -> None:
    assert told(run("who,y\nA,3\nB,1\nC,1\n", "team,extra\ns,1\n")) == [("data-partly", "extras.csv", '"n"')]


def test_an_empty_file_lacks_everybody_and_too_many_are_refused() -> None:
    assert told(run("who,y\n")) == [("data-partly", "b.csv", '"A", "B", "C"')]
    assert [one.key for one in run("who,y\nA,3\nB,1\nC,1\nD,1\n").quarantined] == ["D"]


WORDS = [("en", "b.csv has no row for 2"), ("zh", "b.csv 中没有其他文件里的 2 个编号")]


@pytest.mark.parametrize(("language", "word"), WORDS)
def test_the_command_line_tells_it(
    language: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"s.yaml": SCHEME, "a.csv": PEOPLE, "b.csv": "who,y\nA,3\n", "t.csv": "team,goal,extra\nn,1,\ns,2,\n"}
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    words = ["run", "s.yaml", "a.csv", "b.csv", "--details", "teams=t.csv", "--period", "2026-04", "--lang", language]
    main(words)
    assert word in "".join(capsys.readouterr())


# ── A table under another name ────────────────────────────────────────────────────────────────────

TICKS = """\
format: 1
scheme: ticks
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, x: {type: integer, range: [0, 9]}}
details: {tick: {belongs_to: who, inputs: {v: {type: integer, range: [0, 9]}}}}
pay: {bonus: {amount: "1.00 * x + 1.00 * sum(v)"}}
"""


@pytest.mark.parametrize("second", ["who,v\nA,2\n", "who,name,v\nA,Ann,2\nB,Bob,1\n", "who,v\n"])
def test_rows_of_a_table_are_not_lost_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], second: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ticks.yaml").write_text(TICKS, "utf-8")
    folder = Path("data")
    folder.mkdir()
    for name, text in (("people", "who,x\nA,5\nB,1\n"), ("tick", "who,v\nA,1\n"), ("tick.v1", second)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    for language, said in (("en", "it has the columns of `tick`: `v`"), ("zh", "却有 `tick` 的各列：`v`")):
        assert main(["run", "ticks.yaml", "data", "--period", "2026-04", "--lang", language]) == 3
        told = capsys.readouterr()
        assert "data-misnamed" in told.err and said in told.err and not told.out
    # As one of the table's own files, or with nothing that a table reads, it is no slip.
    (folder / "tick.v1.csv").rename("more.csv")
    words = ["run", "ticks.yaml", "data", "--period", "2026-04"]
    assert main([*words, "--details", "tick=more.csv"]) == 0
    capsys.readouterr()
    (folder / "names.csv").write_text("who,name\nA,Ann\nB,Bob\n", "utf-8")
    assert main(words) == 0


@pytest.mark.parametrize("roster", ["who,name,city\nA,Ann,x\nB,Bob,z\n", "who,city\nA,x\nB,z\n", "who\nA\nB\n"])
def test_a_roster_may_share_a_heading_with_a_table(roster: str) -> None:
    """People are brought by their keys alone, whatever else stands beside them."""
    text = TICKS.replace("x: {type: integer, range: [0, 9]}}", "}").replace("1.00 * x + ", "").replace(
        "range: [0, 9]}}}}", "range: [0, 9]}, city: {type: category, one_of: [x, z]}}}}")  # fmt: skip
    ticks = table("who,v,city\nA,3,x\nA,4,z\n", "tick.csv")
    run = ir.compile(text=text, period="2026-04").run([table(roster, "roster.csv")], {"tick": [ticks]})
    assert {one.key: int(one["bonus"]) for one in run.results} == {"A": 7, "B": 0}

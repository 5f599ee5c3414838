"""What was read is told: a line for each table, the last line of the run, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_rules.cli import main
from incentive_rules.cli.exits import MEANS, Exit

Run = Callable[..., tuple[int, str, str]]

SCHEME = """\
format: 1
scheme: rows
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
applies_to: months >= 1
inputs:
  engineer: {type: key}
  department: {type: category}
  months: {type: integer, range: [0, 99]}
groups:
  departments: {key: department, inputs: {fund: {type: money, range: [0, 1000]}}}
details:
  visits:
    belongs_to: engineer
    key: [visit]
    without_owner: OWNER
    inputs: {hours: {type: integer, range: [0, 100]}}
pay:
  p: {amount: "10.00 * sum(hours)"}
  share_of_fund: {pool: {each: department, amount: fund, in_proportion_to: sum(hours)}}
"""
PEOPLE = "engineer,department,months\nA,north,1\nB,north,1\nC,south,1\nD,south,0\n"
VISITS = "visit,engineer,hours\nV1,A,1\nV2,B,2\nV3,C,3\nV4,D,4\n"
DEPARTMENTS = "department,fund\nnorth,300\nsouth,100\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INCENTIVE_RULES_LANG", raising=False)

    def call(
        *options: str, people: str = PEOPLE, visits: str = VISITS, departments: str = DEPARTMENTS,
        owner: str = "refuse", lang: str = "en", more: str = "",
    ) -> tuple[int, str, str]:  # fmt: skip
        Path("s.yaml").write_text(SCHEME.replace("OWNER", owner) + more, "utf-8")
        Path("april").mkdir(exist_ok=True)
        for name, text in {"people": people, "visits": visits, "departments": departments}.items():
            Path("april", f"{name}.csv").write_text(text, "utf-8")
        code = main(["run", "s.yaml", "april", "--period", "2026-04", "--lang", lang, *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def block(out: str) -> list[str]:
    """The lines that tell what became of the rows."""
    lines = out.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(("read ", "读入 ")))
    return lines[start : lines.index("", start)]


def test_a_run_in_order_ends_with_0_and_a_line_for_each_table(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert block(out) == [
        "read         rows  used  out of scope",
        "people          4     3             1",
        "visits          4     3             1",
        "departments     2     2",
    ]
    assert "exit code" not in out


@pytest.mark.parametrize("more, lines", [("", 0), (",,\n,,\n", 2)])
def test_people_alone_need_a_line_for_empty_rows_only(
    run: Run, capsys: pytest.CaptureFixture[str], more: str, lines: int
) -> None:
    """That of the check says the rest; an empty row is no reason to end in another way."""
    Path("s.yaml").write_text(SCHEME[: SCHEME.index("groups:")] + "pay: {p: {amount: '10.00 * months'}}\n", "utf-8")
    Path("p.csv").write_text(PEOPLE + more, "utf-8")
    assert main(["run", "s.yaml", "p.csv", "--period", "2026-04", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert sum(line.startswith(("read  ", "people  ")) for line in out.splitlines()) == lines
    assert "read 4 = paid 3 + quarantined 0 + out of scope 1" in out


def test_a_row_without_an_owner_never_looks_like_a_clean_run(run: Run) -> None:
    visits = VISITS + "V5,Z,50\nV6,,1\n"
    code, out, err = run("--on-error", "quarantine", visits=visits)
    assert code == Exit.IN_PART
    assert block(out)[2] == "visits          6     3             1              2"
    assert out.splitlines()[-1] == "not everything is in this result: 2 rows without an owner (exit code 5)"
    assert err.count("data-orphan") == 2
    _, out, _ = run("--on-error", "quarantine", visits=visits, lang="zh")
    assert out.splitlines()[-1] == "结果不完整：2 行没有归属（退出码 5）"
    assert block(out)[0].split() == ["读入", "行数", "已用", "不适用", "没有归属"]


def test_rows_that_the_scheme_leaves_out_have_an_exit_code_of_their_own(run: Run) -> None:
    code, out, err = run(visits=VISITS + "V5,Z,50\n", owner="leave_out")
    assert (code, err) == (Exit.LEFT_OUT, "")
    assert out.splitlines()[-1] == "as the scheme says, 1 row without an owner is left out (exit code 7)"
    _, out, _ = run(visits=VISITS + "V5,Z,50\nV6,Z,1\n", owner="leave_out", lang="zh")
    assert out.splitlines()[-1] == "按方案的规定，2 行没有归属，未计入（退出码 7）"


def test_a_row_that_is_left_out_for_a_slip_of_its_key_is_told(run: Run) -> None:
    code, out, _ = run(visits=VISITS + "V5,a,50\n", owner="leave_out")
    assert code == Exit.LEFT_OUT
    assert 'data-alike `visits` of "a" ×1 are left out, and among the people there is "A"' in out


def test_refused_and_waiting_people_are_counted_once_each(run: Run) -> None:
    code, out, err = run("--on-error", "quarantine", people=PEOPLE.replace("A,north,1", "A,north,x"))
    assert code == Exit.IN_PART
    assert block(out) == [
        "read         rows  used  out of scope  refused  waiting",
        "people          4     1             1        1        1",
        "visits          4     1             1                 2",
        "departments     2     2",
    ]
    assert out.splitlines()[-1] == "not everything is in this result: 2 people set aside (exit code 5)"
    assert "data-number" in err and "data-held" not in err and "and 1 person waits for this to be mended" in err


def test_a_group_that_cannot_stand_takes_its_people_along(run: Run) -> None:
    departments = DEPARTMENTS.replace("300", "3000")
    code, out, err = run("--on-error", "quarantine", departments=departments)
    assert code == Exit.IN_PART
    assert block(out)[1:] == [
        "people          4     1             1                 2",
        "visits          4     1             1                 2",
        "departments     2     1                      1",
    ]
    assert out.splitlines()[-1].startswith("not everything is in this result: 2 people set aside, 1 row refused")
    assert err.count("data-") == 1 and "and 2 people wait for this to be mended" in err


def test_one_doubled_group_is_one_cause_and_those_who_wait_are_a_number(run: Run) -> None:
    """Two lines of a file, fifty-eight people: sixty-one lines of a report would hide which two."""
    people = "engineer,department,months\n" + "".join(f"N{n},north,1\n" for n in range(58)) + "S,south,1\n"
    files = {"people": people, "visits": "visit,engineer,hours\n", "departments": DEPARTMENTS + "north,5\n"}
    told = {"en": "and 58 people wait for this to be mended", "zh": "另有 58 人受此牵连，改正后即可计算"}
    for lang, waiting in told.items():
        code, out, err = run(**files, lang=lang)
        assert (code, out) == (3, "") and waiting in err
        assert err.count("data-key-twice") == 1 and len(err.splitlines()) < 10
    code, _, err = run("--on-error", "quarantine", "--quarantine", "all.json", **files)
    assert code == Exit.IN_PART and "and 58 people wait for this to be mended" in err
    assert len(json.loads(Path("all.json").read_text("utf-8"))) == 58 + 2


def test_a_thousand_cells_of_one_kind_are_three_and_a_number(run: Run) -> None:
    people = "engineer,department,months\n" + "".join(f"N{n},north,m{n}\n" for n in range(1000))
    code, out, err = run(people=people, visits="visit,engineer,hours\n")
    assert (code, out) == (3, "") and err.count("error[data-number]") == 3
    assert "and 997 more of data-number in column months: people.csv:5, people.csv:6, people.csv:7" in err
    assert "（data-number）：people.csv:5" in run(people=people, visits="visit,engineer,hours\n", lang="zh")[2]


def test_blanks_around_twelve_thousand_keys_are_no_problem(run: Run) -> None:
    people = "engineer,department,months\n" + "".join(f"N{n} ,north ,1\n" for n in range(12_046))
    code, out, err = run(people=people, visits="visit,engineer,hours\nV1,N7,1\n")
    assert (code, err) == (0, "") and "read 12046 = paid 12046" in out


def test_rows_of_several_files_are_counted_file_by_file(run: Run) -> None:
    Path("more.csv").write_text("visit,engineer,hours\nV9,A,9\n,,\n", "utf-8")
    code, out, _ = run("--details", "visits=more.csv")
    assert code == 0
    assert block(out)[0].split() == ["read", "rows", "used", "out", "of", "scope", "empty", "files"]
    assert block(out)[2] == "visits          5     4             1      1  more.csv 1, visits.csv 4"


def test_a_record_holds_what_became_of_every_row_and_what_was_told(run: Run) -> None:
    visits = VISITS + "V5,Z,50\nv1,A,1\n,,\n"
    assert run("--on-error", "quarantine", "--record", "april.record", visits=visits)[0] == Exit.IN_PART
    page = json.loads(Path("april.record/totals.json").read_text("utf-8"))
    told = {one["name"]: one for one in page["tables"]}
    assert (told["visits"]["rows"], told["visits"]["used"], told["visits"]["without_owner"]) == (6, 4, 1)
    assert told["visits"]["files"] == [{"name": "visits.csv", "rows": 6, "empty": 1}]
    assert [one["code"] for one in page["warnings"]] == ["data-alike"]
    assert main(["replay", "april.record"]) == 0


def test_what_must_hold_of_nobody_ends_in_part(run: Run) -> None:
    must = "require: ['count(over=everyone) > 0']\n"
    nobody = {"people": "engineer,department,months\n", "visits": "visit,engineer,hours\n", "more": must}
    code, out, _ = run("--on-error", "quarantine", **nobody)
    assert code == Exit.IN_PART
    assert out.splitlines()[-1] == "not everything is in this result: 1 requirement does not hold (exit code 5)"


def test_every_exit_code_is_said_in_both_languages() -> None:
    assert set(MEANS) == set(Exit) and all(all(both) for both in MEANS.values())
    assert sorted(Exit) == [0, 1, 2, 3, 4, 5, 6, 7, 74, 130], "a code keeps its meaning"

"""`compare_groups` by data: inside, outside or inconclusive, in categories, with what is excepted or cannot be said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.model.verdict import Status, Verdict

SCHEME = """\
format: 1
scheme: callers
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  caller: {type: key}
  post: {type: category, one_of: [junior, senior]}
  gender: {type: category, one_of: [F, M]}
  age: {type: integer, range: [16, 80]}
  calls: {type: integer, range: [0, 200]}
pay:
  bonus: {amount: 10 * calls}
  lead: {amount: 100, when: calls > 100}
principles: {equal: {title: Equal, promises: {compare_groups: PROMISE}}}
"""
Row = dict[str, object]


def people(n: int = 80, women: int = 100, men: int = 100, spread: int = 3) -> list[Row]:
    """Every second one a woman; seniors have twice as much to do."""
    return [
        {"caller": f"C{i}", "post": ("junior", "senior")[i // 2 % 2], "gender": "FM"[i % 2], "age": 20 + i % 40,
         "calls": (women if i % 2 == 0 else men) // (1 + (i // 2 % 2 == 0)) + i % spread}
        for i in range(n)
    ]  # fmt: skip


def verdict(promise: str, rows: list[Row], scheme: str = SCHEME) -> Verdict:
    report = ir.prove(text=scheme.replace("PROMISE", promise), period="2026-02", data=rows)
    return report.verdicts[0]


def english(text: str) -> str:
    return text.split("\u2016")[0]


def test_inside_outside_and_between() -> None:
    promise = "{groups: [gender], within: post, pay_gap_at_most: 5%}"
    inside = verdict(promise, people())
    assert (inside.status, inside.subject, inside.period) == (Status.TESTED, "net", "2026-02")
    assert english(inside.grounds) == "on data of 80 people: 2 pairs of groups, each interval inside 5%"
    assert {(one.category, one.counts) for one in inside.gaps} == {("junior", (20, 20)), ("senior", (20, 20))}
    outside = verdict(promise, people(women=80))
    assert outside.status is Status.REFUTED
    assert english(outside.grounds) == "on data of 80 people: 2 of 2 pairs of groups outside 5%"
    worst = outside.gaps[0]
    assert worst.gap is not None and worst.interval is not None
    assert worst.interval[0] <= float(worst.gap) <= worst.interval[1] and worst.interval[1] < -0.05
    assert (worst.group, worst.reference) == ("M", "F"), "men have so much more: the gap is below 0"
    between = verdict(promise, people(women=95, spread=30))
    assert between.status is Status.INCONCLUSIVE
    assert "may lie on either side of 5%" in between.grounds


def test_the_limit_is_that_of_the_promise() -> None:
    rows = people(women=90)
    assert verdict("{groups: [gender], within: post, pay_gap_at_most: 5%}", rows).status is Status.REFUTED
    assert verdict("{groups: [gender], within: post, pay_gap_at_most: 40%}", rows).status is Status.TESTED


def test_without_categories_all_are_compared_and_of_names_what() -> None:
    found = verdict("{groups: [gender], of: calls, pay_gap_at_most: 50%}", people())
    assert (found.status, found.subject) == (Status.TESTED, "calls")
    assert [(one.within, one.category) for one in found.gaps] == [("", "")]


def test_ages_are_grouped_by_edges_and_a_number_without_them_is_told() -> None:
    found = verdict("{groups: [gender, {age: [30, 40]}], pay_gap_at_most: 90%}", people())
    assert {one.by for one in found.gaps} == {"gender", "age"}
    assert len([one for one in found.gaps if one.by == "age"]) == 3, "all pairs"
    alone = verdict("{groups: [age]}", people())
    assert alone.status is Status.NOT_APPLICABLE
    assert english(alone.notes[0]) == "`age` is a number and no edges are said: it is not compared"
    assert "promise-edges" in {one.code for one in ir.check(text=SCHEME.replace("PROMISE", "{groups: [age]}")).warnings}


def test_too_few_and_one_group_are_said_and_not_guessed() -> None:
    few = verdict("{groups: [gender], min_group: 50}", people())
    assert few.status is Status.NOT_APPLICABLE
    assert "`gender` has fewer than two groups of 50 or more" in few.notes[-1]
    one = verdict("{groups: [gender]}", [row | {"gender": "F"} for row in people()])
    assert one.status is Status.NOT_APPLICABLE
    assert "has one group only" in one.notes[-1]


def test_an_exception_leaves_a_group_out() -> None:
    promise = "{groups: [gender], within: post, except: {gender: the works council knows}}"
    report = ir.prove(text=SCHEME.replace("PROMISE", promise), period="2026-02", data=people(women=80))
    assert [one.status for one in report.verdicts] == [Status.NOT_APPLICABLE, Status.ACCEPTED]


def test_without_data_nothing_is_said() -> None:
    report = ir.prove(text=SCHEME.replace("PROMISE", "{groups: [gender]}"), period="2026-02")
    assert report.verdicts[0].status is Status.NOT_APPLICABLE


def test_data_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(ir.DataError, match="calls"):
        verdict("{groups: [gender]}", [row | {"calls": 500} for row in people(4)])
    with pytest.raises(ir.SchemeError, match="period"):
        ir.prove(text=SCHEME.replace("PROMISE", "{groups: [gender]}"), data=people())


# ── The command line ─────────────────────────────────────────────────────────────────────────


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["prove", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scheme = SCHEME.replace("PROMISE", "{groups: [gender], within: post, pay_gap_at_most: 5%}")
    (tmp_path / "scheme.yaml").write_text(scheme, "utf-8")
    return tmp_path


def written(folder: Path, rows: list[Row]) -> str:
    (folder / "data").mkdir(exist_ok=True)
    lines = [",".join(map(str, row)) for row in (rows[0], *(row.values() for row in rows))]
    (folder / "data" / "people.csv").write_text("\n".join(lines), "utf-8")
    return str(folder / "data")


def test_the_command_prints_the_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = str(folder / "scheme.yaml")
    data = written(folder, people(women=80))
    code, out, _ = run(capsys, scheme, "--data", data, "--period", "2026-02", "--lang", "en")
    assert code == 1
    assert "REFUTED     compare_groups · net" in out
    assert "gender junior: M / F" in out and "n 20 + 20  REFUTED" in out
    code, out, _ = run(capsys, scheme, "--data", data, "--period", "2026-02", "--format", "json")
    gaps = json.loads(out)["verdicts"][0]["gaps"]
    assert {one["status"] for one in gaps} == {"REFUTED"} and gaps[0]["counts"] == [20, 20]
    code, out, _ = run(capsys, scheme, "--data", data, "--period", "2026-02", "--lang", "zh")
    assert "20 + 20 人  已否定" in out


def test_strict_and_wrong_data_have_their_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = str(folder / "scheme.yaml")
    data = written(folder, people(women=95, spread=30))
    assert run(capsys, scheme, "--data", data, "--period", "2026-02")[0] == 0
    assert run(capsys, scheme, "--data", data, "--period", "2026-02", "--strict")[0] == 1
    assert run(capsys, scheme, "--data", data)[0] == 2, "which period?"
    assert run(capsys, scheme, "--data", str(folder / "none"), "--period", "2026-02")[0] == 2
    written(folder, [row | {"calls": 999} for row in people(12)])
    assert run(capsys, scheme, "--data", data, "--period", "2026-02")[0] == 3
    assert run(capsys, scheme, "--data", data, "--period", "2026-02", "--on-error", "quarantine")[0] == 0

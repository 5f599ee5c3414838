"""Counterexamples are kept without amounts, replayed first, said to be mended, and checked like any other input."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.codes import kept as kept_codes
from incentive_rules.base.codes.entry import Code
from incentive_rules.cli import main
from incentive_rules.kept_runs import kept_file, read_kept, replayed
from incentive_rules.model.verdict import Counterexample, Status, Verdict
from tests.proving.test_search import HEAD, WORK

CLIFF = "10 * total if jobs < 50 else 300"
PAIR = """\
counterexamples:
  - promise: better_never_pays_less
    period: 2026-01
    who: E1
    one:
      people:
        - {id: E1, dept: A, jobs: 49, late: 3, skilled: true}
    other:
      people:
        - {id: E1, dept: A, jobs: 50, late: 3, skilled: true}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    return written(tmp_path, CLIFF)


def written(folder: Path, amount: str, promised: str = "all") -> Path:
    file = folder / "scheme.yaml"
    file.write_text(HEAD + WORK.replace("AMOUNT", amount).replace("PROMISED", promised), "utf-8")
    return file


def keep(scheme: Path, text: str) -> None:
    kept_file(scheme).write_text(text, "utf-8")


def verdict(scheme: Path, period: str | None = "2026-01") -> Verdict:
    return ir.prove(scheme, period=period).verdicts[0]


def pair_of(found: Verdict) -> Counterexample:
    assert found.counterexample is not None
    return found.counterexample


# ── Replayed ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_written_is_replayed_and_says_the_same(scheme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = verdict(scheme)
    assert main(["prove", str(scheme), "--period", "2026-01", "--write-counterexamples", "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith("written to ")
    text = kept_file(scheme).read_text("utf-8")
    assert "300" not in text and "net" not in text and "bonus" not in text, "no amounts"
    after = verdict(scheme)
    assert after.status is Status.REFUTED
    assert after.grounds.startswith("by a kept pair of worlds")
    assert pair_of(after) == pair_of(before)
    main(["prove", str(scheme), "--period", "2026-01", "--write-counterexamples"])
    assert kept_file(scheme).read_text("utf-8") == text, "each pair once"


def test_a_kept_pair_decides_at_once(scheme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> object:
        raise AssertionError("nothing is searched for")

    keep(scheme, PAIR)
    monkeypatch.setattr("incentive_rules.proving.trials.Trials.paid_less", never)
    found = verdict(scheme)
    assert (found.status, found.period) == (Status.REFUTED, "2026-01")
    assert pair_of(found).stages[-1] == ("net", "682.00", "300.00")


def test_a_pair_that_breaks_nothing_any_more_is_mended(tmp_path: Path) -> None:
    scheme = written(tmp_path, "10 * total")
    keep(scheme, PAIR)
    found = verdict(scheme)
    assert found.status is Status.PROVED
    assert [note.split("\u2016")[0] for note in found.notes] == [
        "a kept pair no longer breaks it: mended (`E1`, 2026-01)"
    ]
    assert verdict(scheme, "2026-02").notes == (), "it was kept for another period"
    assert "已改正" in ir.prove(scheme, period="2026-01").render("text", "zh")


NOTHING_SHOWN = {
    "worse work": ("jobs: 50", "jobs: 48"),
    "two facts differ": ("jobs: 50, late: 3", "jobs: 50, late: 4"),
    "no fact of work": ("jobs: 50, late: 3, skilled: true", "jobs: 49, late: 3, skilled: false"),
}


@pytest.mark.parametrize("case", NOTHING_SHOWN)
def test_two_worlds_of_which_the_promise_does_not_speak_refute_nothing(scheme: Path, case: str) -> None:
    old, new = NOTHING_SHOWN[case]
    before, _, after = PAIR.partition("other:")
    keep(scheme, f"{before}other:{after.replace(old, new)}")
    pairs, wrong = read_kept(scheme)
    found = ir.check(scheme).scheme
    assert found is not None and wrong == ()
    outcomes, wrong = replayed(found, pairs)
    assert (wrong, [one.found for one in outcomes]) == ((), [None])


def test_an_exception_takes_the_pair_out(tmp_path: Path) -> None:
    scheme = written(tmp_path, CLIFF, "{of: all, except: {jobs: {reason: r}, work: {reason: r}}}")
    keep(scheme, PAIR)
    assert verdict(scheme).status is not Status.REFUTED


EVERY_TYPE = """\
格式: 1
方案: 各种数据
语言: zh
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
数据:
  工号: {类型: 编号}
  部门: {类型: 类别}
明细:
  工单:
    归属: 工号
    数据:
      得分率: {类型: 数值, 小数位: 4, 取值范围: [0, 1], 标度: 百分数, 列名: 得分（%）}
      开始时间: {类型: 时间, 取值范围: ["2026-01-01 00:00", "2026-12-31 23:59"]}
      完成日期: {类型: 日期, 取值范围: [2026-01-01, 2026-12-31], 可缺: 是}
      已验收: {类型: 是否, 写法: {是: 通过, 否: 退回}}
指标:
  质量: {权重: 100%, 方向: 越高越好, 实际值: '平均(得分率, 范围=工单)', 计分: 100 * 实际值}
总分:
  缺项: 记零
薪酬:
  奖金: {金额: '1000 if 取首个已知(平均(得分率, 范围=工单), 0) < 50% else 500'}
原则: {公平: {标题: 公平, 承诺: {做得更好不少得: 全部}}}
"""


def test_facts_of_every_type_are_written_and_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = tmp_path / "全部类型.yaml"
    scheme.write_text(EVERY_TYPE, "utf-8")
    report = ir.check(scheme)
    assert report.ok, str(report)
    before = verdict(scheme, "2026-04")
    assert before.status is Status.REFUTED
    main(["prove", str(scheme), "--period", "2026-04", "--write-counterexamples"])
    text = (tmp_path / "全部类型.counterexamples.yaml").read_text("utf-8")
    assert "\n反例:\n  - 承诺: 做得更好不少得\n    周期: 2026-04\n" in text
    after = verdict(scheme, "2026-04")
    assert after.grounds.endswith("留存的两种情形，经引擎与复核引擎重算"), text
    assert pair_of(after) == pair_of(before)
    capsys.readouterr()


# ── What is wrong ────────────────────────────────────────────────────────────────────────────

WRONG = {
    "another promise": ("better_never_pays_less", "better_never_pays_les", "kept-promise", "near"),
    "no promise": ("better_never_pays_less", "xyz", "kept-promise", ""),
    "a promise that is not made": ("better_never_pays_less", "largest_jump", "kept-promise", "not_made"),
    "a promise that no pair can break": ("better_never_pays_less", "gives", "kept-promise", "not_replayed"),
    "an unknown part": ("who:", "whom:", "kept-shape", "near"),
    "a part that is missing": ("    who: E1\n", "", "kept-shape", "lacks"),
    "no list": ("counterexamples:\n  - promise", "counterexamples:\n    promise", "kept-shape", "form"),
    "a text for a world": ("other:\n      people:\n        - {id: E1, dept: A, jobs: 50, late: 3, skilled: true}",
                           "other: E1", "kept-shape", "form"),
    "another top": ("counterexamples:", "counterexample:", "kept-shape", "near"),
    "twice the same": ("jobs: 50", "jobs: 49", "kept-shape", "same"),
    "a period of another length": ("2026-01", "2026-Q1", "kept-shape", "period"),
    "a period outside": ("2026-01", "2031-01", "kept-shape", "period"),
    "a fact that is gone": ("jobs: 49", "jobbs: 49", "kept-name", "near"),
    "a fact that never was": ("jobs: 49", "zzzzzzz: 49", "kept-name", ""),
    "a table that is gone": ("one:\n      people", "one:\n      tickets: []\n      people", "kept-name", "table"),
    "somebody else": ("who: E1", "who: E2", "kept-name", "who"),
    "a number out of range": ("jobs: 50", "jobs: 101", "kept-row", ""),
    "a word for a number": ("jobs: 50", "jobs: many", "kept-row", ""),
    "a fact that the scheme needs": ("jobs: 49, ", "", "kept-row", ""),
    "no YAML": ("counterexamples:", "counterexamples: [", "yaml-", None),
}  # fmt: skip


@pytest.mark.sampled(8)
@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_the_file_is_told_with_its_place(scheme: Path, case: str) -> None:
    old, new, code, variant = WRONG[case]
    assert old in PAIR
    keep(scheme, PAIR.replace(old, new))
    with pytest.raises(ir.SchemeError) as caught:
        ir.prove(scheme, period="2026-01")
    found = [one for one in caught.value.diagnostics if one.code.startswith(code)]
    if code == "yaml-":
        found = list(caught.value.diagnostics)
    assert found, str(caught.value)
    assert variant is None or found[0].variant == variant
    assert found[0].place is not None and found[0].place.source.name == "scheme.counterexamples.yaml"
    assert "scheme.counterexamples.yaml:" in str(caught.value)


def test_the_command_says_it_in_chinese(scheme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(scheme, PAIR.replace("jobs: 49", "jobbs: 49"))
    assert main(["prove", str(scheme), "--lang", "zh"]) == 1
    assert "错误[kept-name]：人员没有 `jobbs` 这项数据" in capsys.readouterr().err


@pytest.mark.parametrize("code", kept_codes.CODES, ids=lambda code: code.name)
def test_both_languages_say_the_same_holes(code: Code) -> None:
    import re

    for english, chinese in ((code.en, code.zh), *code.variants.values()):
        for one, other in ((english.message, chinese.message), (english.help, chinese.help)):
            assert set(re.findall(r"\{(\w+)\}", one)) == set(re.findall(r"\{(\w+)\}", other))


def test_nothing_is_written_where_nothing_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = written(tmp_path, "10 * total")
    assert main(["prove", str(scheme), "--write-counterexamples", "--lang", "en"]) == 0
    assert "nothing to keep" in capsys.readouterr().err
    assert not kept_file(scheme).exists()


def test_a_file_that_cannot_be_written_is_said(scheme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept_file(scheme).mkdir()
    assert main(["prove", str(scheme), "--write-counterexamples", "--lang", "en"]) in (1, 2)
    assert "scheme.counterexamples.yaml" in capsys.readouterr().err


# ── Jumps ────────────────────────────────────────────────────────────────────────────────────

JUMP = PAIR.replace("better_never_pays_less", "largest_jump")


def jumping(folder: Path, promised: str, amount: str = CLIFF) -> Path:
    file = folder / "scheme.yaml"
    work = WORK.replace("AMOUNT", amount).replace("better_never_pays_less: PROMISED", f"largest_jump: {promised}")
    file.write_text(HEAD + work, "utf-8")
    return file


def test_a_jump_that_is_kept_is_replayed(tmp_path: Path) -> None:
    scheme = jumping(tmp_path, "{line: bonus, at_most: 100}")
    keep(scheme, JUMP)
    found = verdict(scheme)
    assert (found.status, found.period) == (Status.REFUTED, "2026-01")
    pair = pair_of(found)
    assert (pair.happening, pair.line, pair.amount) == ("jumps", "bonus", "382.00")
    assert [(one.name, one.before, one.after) for one in pair.changes] == [("jobs", "49", "50")]


def test_what_is_found_of_a_jump_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = jumping(tmp_path, "{line: bonus, at_most: 100}")
    assert main(["prove", str(scheme), "--period", "2026-01", "--write-counterexamples", "--lang", "en"]) == 1
    assert "promise: largest_jump" in kept_file(scheme).read_text("utf-8")
    capsys.readouterr()
    assert verdict(scheme).grounds.startswith("by a kept pair of worlds")


NO_JUMP = {
    "it was allowed": ("{line: bonus, at_most: 382}", JUMP),
    "two steps": ("{line: bonus, at_most: 100}", JUMP.replace("jobs: 50", "jobs: 51")),
    "a fact that is excepted": ("{line: bonus, at_most: 100, except: {jobs: r}}", JUMP),
    "an indicator that is excepted": ("{line: bonus, at_most: 100, except: {work: r}}", JUMP),
    "no work": ("{line: bonus, of: work, at_most: 0}", JUMP.replace("jobs: 50, late: 3, skilled: true",
                                                                  "jobs: 49, late: 3, skilled: false")),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_JUMP)
def test_a_jump_of_which_the_promise_does_not_speak_is_mended(tmp_path: Path, case: str) -> None:
    promised, pair = NO_JUMP[case]
    scheme = jumping(tmp_path, promised)
    keep(scheme, pair)
    pairs, _ = read_kept(scheme)
    found = ir.check(scheme).scheme
    assert found is not None
    outcomes, wrong = replayed(found, pairs)
    assert (wrong, [one.found for one in outcomes]) == ((), [None])

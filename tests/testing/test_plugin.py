"""pytest collects scheme files: a test for each promise and each example, with the report as its failure."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from attrs import evolve

import incentive_rules.pipeline
import incentive_rules.proofs
from incentive_rules.model.verdict import ProofReport, Status

pytest_plugins = ["pytester"]
ROOT = Path(__file__).resolve().parents[2]
INSTALLED = any(one.value == "incentive_rules.pytest_plugin" for one in entry_points(group="pytest11"))

TEAM = """\
format: 1
scheme: team
effective: {first_day: 2026-01-01, last_day: 2026-01-31}
period: month
currency: EUR
indicators:
  work: {weight: 100%, better: higher, value: jobs, score: value}
pay:
  bonus: {amount: AMOUNT}
principles:
  results:
    title: Pay for results
    promises: {never_reads: [gender], better_never_pays_less: all, gives: [pay]}
inputs:
  engineer: {type: key}
  jobs: {type: integer, range: [0, 100]}
  gender: {type: category, one_of: [f, m]}
people: {typical: {jobs: 30, gender: f}}
examples:
  - {name: thirty jobs, period: 2026-01, person: typical, expect: {bonus: EXPECTED}}
  - {name: "no: jobs at all", period: 2026-01, person: typical, but: {jobs: 0}, expect: {bonus: 0.00}}
"""
SOUND = TEAM.replace("AMOUNT", "10 * total").replace("EXPECTED", "300.00")
UNFAIR = TEAM.replace("AMOUNT", "10 * total if jobs < 50 else 300").replace("EXPECTED", "300.00")
SAVED = """\
counterexamples:
  - promise: better_never_pays_less
    period: 2026-01
    who: A1
    one: {people: [{engineer: A1, jobs: 49, gender: f}]}
    other: {people: [{engineer: A1, jobs: 50, gender: f}]}
"""


@pytest.fixture(autouse=True)
def _nobodys_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one of these pytest cuts no line of its summary, and says there once more what a failure says."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    """pytest on the files that a test wrote, with the plugin."""
    own = () if INSTALLED else ("-p", "incentive_rules.pytest_plugin")
    return pytester.runpytest_inprocess(*own, "-p", "no:cacheprovider", "-p", "no:xdist", *words)


def written(pytester: pytest.Pytester, name: str, text: str) -> None:
    (pytester.path / name).write_text(text, "utf-8")


def test_one_test_for_each_promise_and_each_example(pytester: pytest.Pytester) -> None:
    written(pytester, "team.yaml", SOUND)
    result = run(pytester, "-v", "-rP")
    result.assert_outcomes(passed=6)
    for name in ("check", "never_reads", "better_never_pays_less", "gives", "thirty jobs", "no: jobs at all"):
        result.stdout.fnmatch_lines([f"*team.yaml::{name} PASSED*"])
    result.stdout.fnmatch_lines(["PROVED      never_reads  team.yaml:13"])
    run(pytester, "team.yaml::thirty jobs").assert_outcomes(passed=1)


def test_what_is_refuted_fails_with_two_people(pytester: pytest.Pytester) -> None:
    written(pytester, "team.yaml", UNFAIR)
    result = run(pytester)
    result.assert_outcomes(passed=5, failed=1)
    said = ["REFUTED     better_never_pays_less  team.yaml:13", "*jobs*49 * 50", "*net*490.00 * 300.00"]
    result.stdout.fnmatch_lines(said)
    assert result.stdout.str().count("does better and is paid less") == 1, "alone and among others it is the same pair"
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_an_example_fails_with_what_test_says(pytester: pytest.Pytester) -> None:
    written(pytester, "team.yaml", SOUND.replace("300.00", "301.00"))
    result = run(pytester, "team.yaml::thirty jobs")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["error?example-differs?: example `thirty jobs`: `bonus` is 300.00, expected 301.00"])
    result.stdout.fnmatch_lines(["bonus = 300.00 *"])


def test_pairs_that_are_kept_come_first(pytester: pytest.Pytester) -> None:
    written(pytester, "team.yaml", UNFAIR)
    written(pytester, "team.counterexamples.yaml", SAVED)
    result = run(pytester, "-k", "better")
    result.assert_outcomes(failed=1, deselected=5)
    result.stdout.fnmatch_lines(["*by a kept pair of worlds*", "*`A1` does better and is paid less:"])


def test_a_scheme_with_errors_is_one_failure(pytester: pytest.Pytester) -> None:
    written(pytester, "team.yaml", SOUND.replace("value: jobs", "value: jbs"))
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*team.yaml:7:*", "FAILED team.yaml::check*"])


@pytest.mark.sampled(1)
@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.INCONCLUSIVE])
def test_what_nobody_knows_is_an_expected_failure_unless_strict(
    status: Status, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved = incentive_rules.proofs.prove

    def doubting(path: Path) -> ProofReport:
        report = proved(path)
        return evolve(report, verdicts=(evolve(report.verdicts[0], status=status), *report.verdicts[1:]))

    monkeypatch.setattr(incentive_rules.proofs, "prove", doubting)
    written(pytester, "team.yaml", SOUND)
    result = run(pytester, "-rx", "-k", "promise or never or better")
    result.assert_outcomes(passed=1, xfailed=1, deselected=4)
    result.stdout.fnmatch_lines([f"XFAIL team.yaml::never_reads - *{status.value}: by data flow*"])
    run(pytester, "--strict-promises").assert_outcomes(passed=5, failed=1)
    pytester.makeini("[pytest]\nincentive_rules_strict = true\n")
    run(pytester).assert_outcomes(passed=5, failed=1)


CHINESE = """\
格式: 1
方案: 中文方案
执行日期: {起: 2026-01-01, 止: 2026-01-31}
周期: 月
币种: CNY
指标:
  工作量: {权重: 100%, 方向: 越高越好, 实际值: 件数, 计分: 实际值}
薪酬:
  奖金: {金额: 10 * 总分 if 件数 < 50 else 300}
原则: {绩效导向: {标题: 绩效导向, 承诺: {做得更好不少得: 全部}}}
数据:
  工号: {类型: 编号}
  件数: {类型: 整数, 取值范围: [0, 100]}
"""


def test_in_chinese(pytester: pytest.Pytester) -> None:
    written(pytester, "方案.yaml", CHINESE)
    result = run(pytester, "方案.yaml::做得更好不少得")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["已否定  做得更好不少得  方案.yaml:10"])


# ── Whose files ──────────────────────────────────────────────────────────────────────────────────


def test_other_yaml_is_left_alone(pytester: pytest.Pytester) -> None:
    written(pytester, "compose.yaml", "version: 3\nservices: {}\n")
    written(pytester, "inner.yaml", "job:\n  format: 1\n  scheme: team\n")
    written(pytester, "half.yaml", "format: 1\n")
    written(pytester, "team.counterexamples.yaml", f"format: 1\nscheme: team\n{SAVED}")
    (pytester.path / "picture.yml").write_bytes(b"\xff\xfe\x00format: 1")
    assert run(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_patterns_choose_files_and_the_plugin_can_be_turned_off(pytester: pytest.Pytester) -> None:
    written(pytester, "team.yaml", SOUND)
    (pytester.path / "schemes").mkdir()
    written(pytester, "schemes/broken.yaml", "formt: 1\n")
    pytester.makeini("[pytest]\nincentive_rules_files = schemes/*.yaml\n")
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["FAILED schemes/broken.yaml::check*"])
    pytester.makeini("[pytest]\n")
    off = pytester.runpytest_inprocess("-p", "no:incentive_rules", "-p", "no:xdist")
    assert off.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_two_of_one_name_and_names_that_pytest_would_part(pytester: pytest.Pytester) -> None:
    text = SOUND.replace("never_reads: [gender]", "largest_jump: {line: bonus, at_most: 1000}").replace(
        "no: jobs at all", "largest_jump").replace("thirty jobs", '"a::b"')  # fmt: skip
    written(pytester, "team.yaml", text)
    result = run(pytester, "--collect-only", "-q")
    result.stdout.fnmatch_lines(["team.yaml::largest_jump", "team.yaml::a：b", "team.yaml::largest_jump?2?"])


def test_importing_the_plugin_loads_nothing_of_the_library() -> None:
    program = (
        "import sys, incentive_rules.pytest_plugin; "
        "print(sorted(m for m in sys.modules if m.startswith('incentive_rules')), 'hypothesis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = ["incentive_rules", *(f"incentive_rules.{name}" for name in ("base", "base.version", "pytest_plugin"))]
    assert done.stdout.strip() == f"{loaded} False"


def test_our_own_run_collects_no_scheme(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> None:
    assert not [item for item in request.session.items if item.path.suffix == ".yaml"]

"""What `check` warns of is told wherever a scheme is used all the same, once; a formula cut short is an error."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path

import pytest
from attrs import evolve

import incentive_rules as ir
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import render
from incentive_rules.cli import main
from incentive_rules.pipeline import compile_quietly

SCHEME = """\
format: 1
scheme: warned
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  bonus:
    title: Bonus #1
    amount: 100 * x
inputs:
  agent: {type: key}
  x: {type: integer, range: [0, 9]}
examples:
  - {name: five, period: 2026-04, given: {x: 5}, expect: {bonus: 500}}
"""
SHIPPED = sorted((Path(__file__).resolve().parents[2] / "schemes").glob("*.yaml"))


# ── In Python ─────────────────────────────────────────────────────────────────────────────────────


def test_a_warning_is_told_once_at_the_line_that_compiles() -> None:
    with pytest.warns(ir.SchemeWarning) as told:
        pipeline = ir.compile(text=SCHEME, period="2026-04")
    (one,) = told
    pipeline.score({"agent": "A", "x": 1})  # which says nothing more: here every warning is an error
    pipeline.run([{"agent": "A", "x": 1}])
    assert str(one.message) == "<text>:8:18: text-cut `#1` is a comment and not part of `Bonus`"
    assert one.filename == __file__ and issubclass(one.category, UserWarning)


def test_warnings_stand_in_what_comes_out() -> None:
    pipeline = compile_quietly(text=SCHEME, period="2026-04")
    assert [d.code for d in pipeline.warnings] == ["text-cut"]
    run = pipeline.run([{"agent": "A", "x": 1}])
    assert run.warnings == pipeline.warnings == pickle.loads(pickle.dumps(pipeline)).warnings
    assert ir.check(text=SCHEME).warnings == pipeline.warnings, "hints are no warnings"


def test_warnings_of_data_stand_beside_those_of_the_scheme() -> None:
    pipeline = compile_quietly(text=SCHEME, period="2026-04")
    slip = Problem("data-group-twin", {"input": "team", "value": '"a"', "other": '"a "'}, key="A")
    people = evolve(pipeline.people([{"agent": "A", "x": 1}]), warnings=(slip,))
    assert [one.code for one in pipeline.run(people).warnings] == ["text-cut", "data-group-twin"]


def test_the_language_of_a_warning_is_the_scheme_s() -> None:
    with pytest.warns(ir.SchemeWarning, match="`#1` 被当作注释"):
        ir.compile(text=SCHEME.replace("period: month\n", "period: month\nlanguage: zh\n"), period="2026-04")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scheme", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scheme_is_without_warnings(scheme: Path) -> None:
    assert ir.check(scheme).warnings == ()


# ── At a terminal ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scheme.yaml").write_text(SCHEME, "utf-8")
    Path("people.csv").write_text("agent,x\nA,5\n", "utf-8")
    Path("bad.csv").write_text("agent,x\nA,55\n", "utf-8")


IN_ENGLISH = "warning  scheme.yaml:8:18: text-cut `#1` is a comment and not part of `Bonus`\n"
IN_CHINESE = "警告  scheme.yaml:8:18: text-cut `#1` 被当作注释，不属于 `Bonus`\n"


@pytest.mark.usefixtures("files")
def test_run_prints_warnings_in_its_report(capsys: pytest.CaptureFixture[str]) -> None:
    for lang, line in (("en", IN_ENGLISH), ("zh", IN_CHINESE)):
        assert main(["run", "scheme.yaml", "people.csv", "--period", "2026-04", "--lang", lang]) == 0
        captured = capsys.readouterr()
        assert captured.out.count(line) == 1 and captured.err == ""


@pytest.mark.usefixtures("files")
def test_where_there_is_no_report_warnings_stand_beside_the_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "scheme.yaml", "bad.csv", "--period", "2026-04", "--lang", "en"]) == 3
    assert IN_ENGLISH in capsys.readouterr().err


@pytest.mark.usefixtures("files")
def test_test_and_explain_tell_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "scheme.yaml", "--lang", "en"]) == 0
    assert capsys.readouterr().err == IN_ENGLISH
    arguments = ["explain", "scheme.yaml", "people.csv", "--period", "2026-04", "--id", "A", "--lang", "zh"]
    assert main(arguments) == 0
    assert capsys.readouterr().err == IN_CHINESE


@pytest.mark.usefixtures("files")
def test_the_command_line_says_nothing_twice_through_python(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        main(["run", "scheme.yaml", "people.csv", "--period", "2026-04"])
    assert told == []


# ── Formulas cut by a comment ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "before, after, rest",
    [
        ("amount: 100 * x", "amount: 100 * x # - 50 * x", "# - 50 * x"),
        ("amount: 100 * x", "amount: 100 * x #- 50", "#- 50"),
        ("amount: 100 * x", "amount: 100 * x\n    when: x > 1 # and x < 5", "# and x < 5"),
        ("amount: 100 * x", "amount: 100 * x\n    when: x > 1 # 且 x < 5", "# 且 x < 5"),
        ("amount: 100 * x", "amount: 100 * x +  # the rest", "# the rest"),
        ("inputs:", "require:\n  - x < 9 # or x == 9\ninputs:", "# or x == 9"),
        ("inputs:", "quantities:\n  twice: {is: x * 2, range: [0, 99]}\n  y:\n    is: x # * 2\ninputs:", "# * 2"),
    ],
)
def test_a_formula_that_a_comment_cuts_is_an_error(before: str, after: str, rest: str) -> None:
    report = ir.check(text=SCHEME.replace(" #1", "").replace(before, after, 1))
    found = [d for d in report.diagnostics if d.code in ("formula-cut", "text-cut")]
    assert [(d.code, d.variant, d.params["rest"]) for d in found] == [("formula-cut", "comment", rest)]
    assert not report.ok
    for language in ("en", "zh"):
        assert rest in render(found, "text", language) and "--> <text>" in render(found, "text", language)


@pytest.mark.parametrize(
    "written",
    ["amount: 100 * x  # - 50 * x", "amount: 100 * x # what a case is worth", "amount: '100 * x' # - 50"],
)
def test_what_is_surely_a_comment_is_none(written: str) -> None:
    report = ir.check(text=SCHEME.replace(" #1", "").replace("amount: 100 * x", written, 1))
    assert report.ok and not report.warnings, str(report)


def test_both_remedies_of_a_cut_formula_work() -> None:
    cut = SCHEME.replace(" #1", "").replace("amount: 100 * x", "amount: 100 * x # - 50 * x", 1)
    assert not ir.check(text=cut).ok
    for mended in (cut.replace("# - 50", "- 50"), cut.replace(" # - 50", "  # - 50")):
        assert ir.check(text=mended).ok

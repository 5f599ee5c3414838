"""Reports of findings: text with carets under what is meant, one line each, and JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.codes import CODES
from incentive_rules.base.diagnostics import Diagnostic, Fix, Other
from incentive_rules.base.limits import Limits
from incentive_rules.base.places import Place, Source
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import FORMATS, in_report_order, message_of, render, render_problems
from incentive_rules.base.text import HIDDEN, width

SOURCE = Source("方案.yaml", "格式: 1\n目的: 说明: 按季度\n" + "\n" * 9 + "系数: 系数\n")


def place(text: str, source: Source = SOURCE) -> Place:
    start = source.text.index(text)
    return Place(source, start, start + len(text))


TWICE = Diagnostic("key-twice", place("系数"), {"name": "系数", "line": "2"}, others=(Other(place("目的"), "这里"),))


def test_the_carets_stand_under_chinese_text_and_the_other_end_follows() -> None:
    assert render([TWICE], language="zh") == (
        "错误[key-twice]：`系数` 写了两次，第一次在第 2 行\n"
        "  --> 方案.yaml:12:1\n"
        "12 | 系数: 系数\n"
        "   | ^^^^\n"
        " 2 | 目的: 说明: 按季度   <- 这里\n"
        "怎么改：保留一个，或给其中一个改名"
    )


def test_the_caret_row_is_counted_in_columns_of_the_screen() -> None:
    line, carets = render([Diagnostic("text-colon", place("说明"), {"mended": "x"})]).splitlines()[2:4]
    assert width(carets[: carets.index("^")]) == width(line[: line.index("说明")])
    assert carets.count("^") == 4


def test_a_finding_on_one_line() -> None:
    assert render([TWICE], "concise") == (
        "方案.yaml:12:1: key-twice `系数` is here for the second time; the first is on line 2"
    )


def test_json_has_lines_columns_and_offsets() -> None:
    fixed = Diagnostic("text-cut", place("说明"), {"text": "a", "rest": "b"}, fixes=(Fix(place("说明"), "'说明'"),))
    (found,) = json.loads(render([fixed], "json"))
    assert set(found) >= {"code", "severity", "message", "help", "params", "file", "range", "others", "fixes"}
    assert (found["severity"], found["file"]) == ("warning", "方案.yaml")
    assert found["range"] == {
        "start": {"line": 2, "column": 5, "offset": 10},
        "end": {"line": 2, "column": 7, "offset": 12},
    }
    assert found["fixes"][0]["text"] == "'说明'"


def test_errors_come_before_warnings_and_each_by_place_whatever_order_they_arrived_in() -> None:
    findings = [
        Diagnostic("text-cut", Place(SOURCE, 0, 1)),
        Diagnostic("key-twice", Place(SOURCE, 9, 9)),
        Diagnostic("value-empty", Place(SOURCE, 2, 3)),
        Diagnostic("value-empty", Place(SOURCE, 2, 3)),
    ]
    wanted = ["value-empty", "key-twice", "text-cut"]
    assert [d.code for d in in_report_order(findings)] == [d.code for d in in_report_order(findings[::-1])] == wanted


def test_at_most_fifty_are_shown() -> None:
    findings = [Diagnostic("value-empty", Place(SOURCE, i % 20, i % 20), {"name": str(i)}) for i in range(62)]
    assert render(findings).endswith("\n\nand 12 more")
    assert render(findings, "concise", "zh").endswith("\n另有 12 处")
    assert json.loads(render(findings, "json"))[-1]["count"] == 12
    assert render(findings[:3], limits=Limits(errors=2)).endswith("and 1 more")


def test_an_echo_is_short_and_a_mended_line_may_be_longer() -> None:
    long = Diagnostic("formula-start", Place(SOURCE, 0, 1), {"mark": "x" * 500, "mended": "y" * 200})
    assert "x" * 61 not in render([long])
    assert "y" * 200 in render([long])


def test_a_very_long_line_is_shown_around_its_place() -> None:
    source = Source("long.yaml", "x" * 5_000 + "HERE" + "y" * 5_000)
    report = render([Diagnostic("value-empty", place("HERE", source), {"name": "n"})])
    line, carets = report.splitlines()[2:4]
    assert len(line) < 300
    assert line[carets.index("^") :].startswith("HERE")


def test_a_place_over_several_lines_is_marked_on_its_first_one() -> None:
    report = render([Diagnostic("value-empty", Place(SOURCE, 0, 20), {"name": "n"})])
    assert report.splitlines()[3] == "  | " + "^" * width("格式: 1")


WORDS = st.text(st.characters(codec=None), max_size=30)


@given(WORDS, WORDS, WORDS, st.sampled_from(sorted(CODES)), st.sampled_from(FORMATS), st.sampled_from(("en", "zh")))
def test_no_text_of_an_author_reaches_a_report_raw(
    text: str, name: str, value: str, code: str, format: str, language: str
) -> None:
    source = Source(name, text)
    params = dict.fromkeys(("name", "text", "mended", "line", "character"), value)
    where = Place(source, len(text) // 2, len(text))
    report = render(
        [Diagnostic(code, where, params, others=(Other(where, value),), fixes=(Fix(where, value),))], format, language
    )
    assert not HIDDEN.search(report.replace("\n", ""))
    problem = Problem(code, params, table=name, row=1, key=value, column=text, place=where)
    assert not HIDDEN.search(render_problems([problem], format, language))
    assert len(message_of(problem, language)) <= 1000
    if format == "json":
        json.loads(report)


def test_braces_in_a_parameter_are_not_filled_again() -> None:
    assert "{line}" in message_of(Diagnostic("key-twice", None, {"name": "{line}", "line": "7"}))


PROBLEM = Problem("no-such-code", table="四月.csv", row=2, line=3, key="G007", column="出勤天数")


def test_problems_of_data_name_table_row_key_and_column() -> None:
    assert render_problems([PROBLEM]).splitlines()[1] == " --> 四月.csv:3 (row 2, G007, column 出勤天数)"
    assert (
        render_problems([PROBLEM], language="zh").splitlines()[1] == " --> 四月.csv:3（第 2 行数据，G007，列 出勤天数）"
    )
    assert render_problems([PROBLEM], "concise").startswith("四月.csv:3 (row 2, G007, column 出勤天数): no-such-code")
    (found,) = json.loads(render_problems([PROBLEM], "json"))
    assert (found["row"], found["line"], found["key"], found["column"]) == (2, 3, "G007", "出勤天数")


def test_a_problem_with_a_place_in_the_scheme_shows_it() -> None:
    assert "12 | 系数: 系数" in render_problems([Problem("no-such-code", row=1, place=place("系数"))])

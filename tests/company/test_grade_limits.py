"""How many people get a grade by rank, at least and at most: the engine, the referee and the explanation."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: limits
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: quarter
grades: {of: score, within: department, shares: {SHARES}, ties: TIES}
inputs:
  person: {type: key}
  department: {type: category}
  score: {type: integer, range: [0, 100], can_be_missing: true}
"""
A5 = "A: {share: 5%, at_least: 1}, B: 85%, C: 10%"


def graded(shares: str, scores: list[int | None], ties: str = "all") -> str:
    """The grades of one department, in the order of the scores; both engines must agree."""
    text = SCHEME.replace("SHARES", shares).replace("TIES", ties)
    pipeline = ir.compile(text=text, period="2026-Q1")
    rows = [
        {"person": f"p{i:02}", "department": "d", "score": "" if score is None else str(score)}
        for i, score in enumerate(scores)
    ]
    run = pipeline.run(rows, referee="all")
    return "".join("-" if result["grade"] is ir.MISSING else str(result["grade"]) for result in run.results)


@pytest.mark.parametrize(
    ("shares", "people", "found"),
    [
        ("A: 5%, B: 85%, C: 10%", 6, "BBBBBC"),
        (A5, 6, "ABBBBC"),
        (A5, 1, "A"),
        (A5, 2, "AB"),
        ("A: {share: 50%, at_most: 2}, B: 50%", 10, "AABBBBBBBB"),
        ("A: {share: 50%, at_most: 2}, B: {share: 30%, at_least: 3}, C: 20%", 10, "AABBBBBBCC"),
        ("A: 20%, B: 80%, C: {share: 0%, at_least: 1}", 5, "ABBBC"),
        ("A: 20%, B: 75%, C: {share: 5%, at_most: 1}", 30, "AAAAAA" + "B" * 23 + "C"),
        ("A: {share: 10%, at_least: 2}, B: 80%, C: {share: 10%, at_least: 2}", 3, "AAC"),
        ("A: {share: 10%, at_least: 2}, B: 80%, C: {share: 10%, at_least: 2}", 1, "A"),
        ("A: {share: 20%, at_most: 0}, B: 80%", 5, "BBBBB"),
        ("A: {share: 50%, at_most: 1}, B: {share: 50%, at_most: 1}", 4, "ABBB"),
    ],
)
def test_so_many_at_least_and_at_most(shares: str, people: int, found: str) -> None:
    assert graded(shares, [100 - i for i in range(people)]) == found


def test_who_has_no_value_takes_no_place() -> None:
    assert graded(A5, [90, None, 80, None]) == "A-B-"


@pytest.mark.parametrize(("ties", "found"), [("all", "AAB"), ("none", "BBB")])
def test_a_tie_at_the_line_is_decided_as_ever(ties: str, found: str) -> None:
    assert graded(A5.replace("B: 85%, C: 10%", "B: 95%"), [90, 90, 80], ties) == found


def test_the_explanation_says_it_in_both_languages() -> None:
    pipeline = ir.compile(text=SCHEME.replace("SHARES", A5).replace("TIES", "all"), period="2026-Q1")
    rows = [{"person": f"p{i}", "department": "d", "score": str(90 - i)} for i in range(4)]
    people = pipeline.people(rows)
    hearing = pipeline.hearing(people, pipeline.compute(people))
    best = people.rows[0]
    assert "A: 5% × 4 = 0.2 (half up), at least 1 → up to 1" in str(hearing.explain(best, "grade", "en"))
    assert "A：5% × 4 = 0.2（四舍五入），至少 1 人 → 前 1 名" in str(hearing.explain(best, "grade", "zh"))
    assert "'at_least': 1" in str(hearing.explain(best, "grade", "en").as_json())


def test_in_chinese() -> None:
    text = """\
格式: 1
方案: 名额
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 季度
等级评定: {依据: 得分, 分布比例: {优: {比例: 5%, 不低于: 1, 不高于: 2}, 良: 95%}, 并列: 就高}
数据:
  工号: {类型: 编号}
  得分: {类型: 整数, 取值范围: [0, 100]}
"""
    run = ir.compile(text=text, period="2026-Q1").run([{"工号": f"{i}", "得分": f"{90 - i}"} for i in range(3)])
    assert [result["等级"] for result in run.results] == ["优", "良", "良"]


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ("A: {share: 5%, at_least: 2, at_most: 1}, B: 95%", "shares-limits"),
        ("A: {share: 5%, at_least: 1.5}, B: 95%", "whole-wrong"),
        ("A: {share: 5%, at_least: -1}, B: 95%", "whole-wrong"),
        ("A: {share: 5%, at_most: tbd}, B: 95%", "tbd-in-active"),
        ("A: {share: 5%, 不低于: 1}, B: 95%", "language-mixed"),
    ],
)
def test_what_is_no_number_of_people_is_refused(shares: str, code: str) -> None:
    report = ir.check(text=SCHEME.replace("SHARES", shares).replace("TIES", "all"))
    assert [d.code for d in report.errors] == [code], str(report)

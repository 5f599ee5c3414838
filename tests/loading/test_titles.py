"""Titles in both languages: what each command prints, what falls back, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.titles import Title
from incentive_rules.cli import main
from incentive_rules.model.titles import scheme_title, title_of, titles_in, words_in

SCHEME = """format: 1
scheme: demo
title: {zh: 演示, en: Demo}
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
language: zh
inputs:
  engineer: {type: key, title: {zh: 工号, en: Number}}
  post: {type: category, one_of: {junior: {zh: 初级, en: Junior}, senior: Senior}, title: {en: Post}}
  jobs: {type: integer, range: [0, 100]}
grades:
  of: jobs
  from: {0: {grade: B, coefficient: 1}, 50: {grade: A, coefficient: 1.5}}
  titles: {coefficient: {zh: 系数, en: Factor}, grade: {zh: 等级}}
honors:
  star: {title: {zh: 服务之星, en: Service star}, within: everyone, best_by: jobs, places: 1, ties: refuse, award: 10}
pay:
  bonus: {title: {zh: 奖金, en: Bonus}, amount: 'coefficient * (100 if post == "senior" else 50)'}
"""
ROWS = "engineer,post,jobs\n1,junior,60\n2,senior,10\n"


def _scheme(text: str = SCHEME) -> ir.Scheme:
    return ir.compile(text=text, period="2026-04").scheme


def test_a_title_says_each_language_and_falls_back_to_the_other_and_then_to_the_name() -> None:
    scheme = _scheme()
    assert [scheme_title(scheme, language) for language in ("zh", "en")] == ["演示", "Demo"]
    assert [title_of(scheme, "coefficient", language) for language in ("zh", "en")] == ["系数", "Factor"]
    assert [title_of(scheme, "grade", language) for language in ("zh", "en")] == ["等级", "等级"]
    assert [title_of(scheme, "post", language) for language in ("zh", "en")] == ["Post", "Post"]
    assert title_of(scheme, "jobs", "en") == "jobs"
    assert titles_in(scheme, "en")["award(star)"] == "Service star award"
    assert titles_in(scheme, "zh")["award(star)"] == "服务之星奖金"


def test_words_of_categories_have_titles_and_stay_the_words_that_data_and_formulas_write() -> None:
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    assert words_in(pipeline.scheme, "zh") == {"junior": "初级", "senior": "Senior"}
    assert words_in(pipeline.scheme, "en") == {"junior": "Junior", "senior": "Senior"}
    assert [w.text for w in pipeline.scheme.inputs[1].one_of] == ["junior", "senior"]


@pytest.mark.parametrize(
    ("lang", "there", "absent"),
    [("en", ("Demo", "Bonus", "Factor", "Service star"), ("奖金", "系数", "演示")),
     ("zh", ("演示", "奖金", "系数", "服务之星"), ("Bonus", "Factor", "Demo")),
     ("auto", ("演示", "奖金", "系数", "服务之星"), ("Bonus", "Factor", "Demo"))],
)  # fmt: skip
def test_one_language_decides_what_a_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    scheme, rows = tmp_path / "s.yaml", tmp_path / "rows.csv"
    scheme.write_text(SCHEME, encoding="utf-8")
    rows.write_text(ROWS, encoding="utf-8")
    for command in (["run"], ["explain", "--id", "1"]):
        words = [command[0], str(scheme), str(rows), "--period", "2026-04", *command[1:], "--lang", lang]
        assert main(words) == 0
        said = capsys.readouterr().out
        expected = there if command == ["run"] else there[:3]
        assert [word for word in expected if word not in said] == []
        assert [word for word in absent if word in said] == []


def test_titles_are_without_meaning() -> None:
    bare = SCHEME.replace(", title: {en: Post}", "").replace("{zh: 系数, en: Factor}", "其他")
    plans = [ir.compile(text=text, period="2026-04") for text in (SCHEME, bare)]
    assert plans[0].fingerprint == plans[1].fingerprint


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("{zh: 演示, en: Demo}", "{}", "title-empty"), ("en: Factor", "en: ''", "title-empty"),
     ("en: Factor", "fr: Facteur", "key-unknown"), ("titles: {coefficient", "titles: {factor", "title-of-nothing"),
     ("{zh: 演示, en: Demo}", "[演示, Demo]", "shape-wrong")],
)  # fmt: skip
def test_a_title_that_says_nothing_is_refused_where_it_stands(old: str, new: str, code: str) -> None:
    found = ir.check(text=SCHEME.replace(old, new)).diagnostics
    assert [d.code for d in found if d.code == code] == [code]


def test_chinese_keywords_say_the_languages_in_chinese() -> None:
    text = """格式: 1
方案: 演示
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
数据:
  工号: {类型: 编号}
  单数: {类型: 整数, 取值范围: [0, 100]}
薪酬:
  奖金: {标题: {英文: Bonus}, 金额: 单数 * 2 + 0.50}
"""
    scheme = _scheme(text)
    assert [title_of(scheme, "奖金", language) for language in ("en", "zh")] == ["Bonus", "Bonus"]


def test_a_title_survives_pickling() -> None:
    title = Title.of({"zh": "初级", "en": "Junior"}, "zh")
    again = pickle.loads(pickle.dumps(title))
    assert (str(again), again.said("en"), again.in_languages) == ("初级", "Junior", title.in_languages)

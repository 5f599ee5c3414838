"""What a message tells an author to write in the scheme can be written there, and means what the message says."""

from __future__ import annotations

import re

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of

SCHEME = """\
format: 1
scheme: remedies
effective: {{first_day: 2026-01-01, last_day: 2026-12-31}}
period: month
currency: CNY
inputs:
  engineer: {{type: key}}
  found: {{{found}}}
pay:
  p: {{amount: 5.00}}
"""
CHINESE = """\
格式: 1
方案: 改法
执行日期: {{起: 2026-01-01, 止: 2026-12-31}}
周期: 月
币种: CNY
数据:
  engineer: {{类型: 编号}}
  found: {{{found}}}
薪酬:
  p: {{金额: 5.00}}
"""
WORDS = {
    "type": "类型", "boolean": "是否", "integer": "整数", "number": "数值", "category": "类别", "date": "日期",
    "range": "取值范围", "can_be_missing: true": "可缺: 是", "one_of": "可选", "decimals": "小数位",
}  # fmt: skip
TEXTS = (
    "1", "TRUE", "√", "Y", "yes", "N/A", "-", "null", "~", "无", "0x1F", "1.5", "2026-01-31", "1_000", "a: b", "x,y",
    "#N/A", "a'b", 'a"b', "*", "=1", "1e5",
    "12:30", "1-5", "007", "a - b", "a:b", "[x]", "{x", "&x", "!x", "%", "@", "暂 无",
)  # fmt: skip


def read(found: str, cell: str, language: str = "en") -> tuple[str, ...]:
    """The remedies of one cell under a scheme in this language; none if it was read."""
    if language == "zh":
        found = re.sub("|".join(WORDS), lambda word: WORDS[word[0]], found)
    scheme = (CHINESE if language == "zh" else SCHEME).format(found=found)
    try:
        ir.compile(text=scheme, period="2026-04").run([{"engineer": "A", "found": cell}])
    except ir.DataError as error:
        return tuple(help_of(problem, language) for problem in error.problems)
    return ()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "found",
    [
        "type: boolean", "type: integer, range: [0, 9], can_be_missing: true", "type: integer, range: [0, 9]",
        "type: category, one_of: [good, bad], can_be_missing: true", "type: date, can_be_missing: true",
        "type: number, range: [0, 9]", "type: boolean, can_be_missing: true",
    ],
)  # fmt: skip
def test_what_a_remedy_says_to_declare_is_read_when_it_is_declared(found: str, text: str, language: str) -> None:
    for remedy in read(found, text, language):
        for declared in re.findall(r"`((?:texts|missing_texts|写法|缺失写法): .*?[\]}])`", remedy):
            asked = {"can_be_missing: true", "可缺: 是"} & set(re.findall("`(.*?)`", remedy))
            assert read(", ".join([found, *asked, declared]), text, language) == ()


def test_enough_of_the_texts_have_such_a_remedy() -> None:
    assert sum("`texts: " in "".join(read("type: boolean", text)) for text in TEXTS) > 20
    assert sum("`missing_texts: " in "".join(read("type: integer, range: [0, 9]", text)) for text in TEXTS) > 10


@pytest.mark.parametrize("cell", ["95%", "2.5％", "0.1%"])
def test_a_percent_sign_is_read_where_the_remedy_puts_scale(cell: str) -> None:
    found = "type: number, decimals: 4, range: [0, 9]"
    assert any("`scale: percent`" in remedy or "half-width" in remedy for remedy in read(found, cell))
    assert read(f"{found}, scale: percent", cell.replace("％", "%")) == ()


@pytest.mark.parametrize("cell", ["12/31/2026", "31.12.2026", "2026/12/31", "20261231"])
def test_a_date_is_read_in_the_form_that_the_remedy_names(cell: str) -> None:
    for language, word in (("en", "written"), ("zh", "日期写法")):
        (remedy,) = read("type: date", cell, language)
        (form,) = re.findall(f"`{word}: (.*?)`", remedy)
        assert read(f"type: date, {word}: {form}", cell, language) == ()


def test_a_unit_of_the_column_is_read_and_that_of_ten_thousands_is_not_offered() -> None:
    found = "type: integer, range: [0, 90000]"
    (english,) = read(found, "5 件")
    assert "`suffix: 件`" in english and read(f"{found}, suffix: 件", "5件") == ()
    assert [remedy for remedy in read(found, "1.5万") if "`15000`" not in remedy or "suffix" in remedy] == []

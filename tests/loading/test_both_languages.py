"""A document with Chinese keywords says what the same document says with English ones."""

from __future__ import annotations

from enum import Enum

import attrs
import pytest

from incentive_rules.base.places import Place
from incentive_rules.lang.pay import FLOOR_NAMES, RESULTS, SHORTFALL
from incentive_rules.lang.printer import printed
from incentive_rules.model.scheme import Formula
from tests.loading.schemes import clean

ENGLISH = """\
format: 1
scheme: 两种写法
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
language: zh
indicators:
  速度: {weight: 100%, better: higher, value: "mean(小时, over=办结)", score: value}
total: {missing: zero}
grades:
  of: total
  within: 部门
  rounding: down
  ties: all
  shares: {优: {share: 20%, 系数: 1.5}, 良: {share: 80%, 系数: 1}}
quantities:
  新欠款: {is: 欠款, type: money}
  先后: 'rank(total, ties="dense", first="low", within=部门)'
  同事: mean(件数, over=others)
  份额: {type: money, pool: {each: everyone, amount: 900, to: 部门, in_proportion_to: 预算}}
pay:
  项目奖:
    pool: {each: 项目, amount: 合同额 * 1%, to: 成员, in_proportion_to: 点数, when: 验收, among: 点数 > 1, at_most: 99,
           cents: keep_remainder, left_out: kept, remainder: refuse}
  年终: {amount: 10 * 件数, every: year}
wage_floor: {amount: 2000, of: earnings}
honors:
  之星:
    within: 部门
    among: 件数 > 1
    best_by: [total, 件数]
    places: {share: 5%, of: eligible, rounding: up, at_least: 1}
    ties: none
    empty_places: stay_empty
    award: 500
    every: quarter
entitlements:
  团建: {each: 部门, amount: 5, type: money}
inputs:
  工号: {type: key}
  部门: {type: category}
  件数: {type: integer, range: [0, 500]}
  入职: {type: date, written: DD/MM/YYYY}
  欠款: {type: money, range: [0, 900], carried_from: 新欠款, first: 0}
groups:
  项目表: {key: 项目, inputs: {合同额: {type: money, range: [0, 900]}, 验收: {type: boolean}}}
  部门表: {key: 部门, inputs: {预算: {type: money, range: [0, 900]}}, quantities: {半数: {is: 预算 / 2, type: money}}}
selections:
  办结: {over: 事件, where: known(小时)}
details:
  事件: {belongs_to: 工号, key: 事件号, without_owner: leave_out, inputs: {小时: {type: boolean, can_be_missing: true}}}
  成员: {belongs_to: [工号, 项目表], inputs: {点数: {type: integer, range: [0, 9]}}}
  各月: {belongs_to: 工号, recorded: {当月分: total, 当月奖: award(之星)}, gaps: allow}
people:
  典型: {件数: 5, 事件: [{times: 2, 小时: true}]}
examples:
  - name: 两人
    period: 2026-04
    people: {甲: {person: 典型}, 乙: {person: 典型, but: {件数: 7}}}
    given: {项目表: [{项目: 一号, 合同额: 5, 验收: true}]}
    expect: {甲: {award(之星): 500, value(速度): 3}, 乙: {net: missing}}
"""
CHINESE = """\
格式: 1
方案: 两种写法
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
语言: zh
指标:
  速度: {权重: 100%, 方向: 越高越好, 实际值: "平均(小时, 范围=办结)", 计分: 实际值}
总分: {缺项: 记零}
等级评定:
  依据: 总分
  评选范围: 部门
  舍入: 去尾
  并列: 就高
  分布比例: {优: {比例: 20%, 系数: 1.5}, 良: {比例: 80%, 系数: 1}}
计算项:
  新欠款: {为: 欠款, 类型: 金额}
  先后: '名次(总分, 并列="连续", 次序="低", 组内=部门)'
  同事: 平均(件数, 范围=其他人)
  份额: {类型: 金额, 奖金池: {每个: 全体, 金额: 900, 分给: 部门, 按比例: 预算}}
薪酬:
  项目奖:
    奖金池: {每个: 项目, 金额: 合同额 * 1%, 分给: 成员, 按比例: 点数, 条件: 验收, 参与条件: 点数 > 1, 不高于: 99,
             尾差: 余数留存, 不参与份额: 留存, 余额: 中止}
  年终: {金额: 10 * 件数, 频率: 年}
工资下限: {金额: 2000, 依据: 应发}
荣誉:
  之星:
    评选范围: 部门
    评选条件: 件数 > 1
    评选依据: [总分, 件数]
    名额: {比例: 5%, 基数: 合格者, 舍入: 进位, 至少: 1}
    并列: 全部不授
    名额不足: 空缺
    奖金: 500
    频率: 季度
权益:
  团建: {每个: 部门, 金额: 5, 类型: 金额}
数据:
  工号: {类型: 编号}
  部门: {类型: 类别}
  件数: {类型: 整数, 取值范围: [0, 500]}
  入职: {类型: 日期, 日期写法: DD/MM/YYYY}
  欠款: {类型: 金额, 取值范围: [0, 900], 上期结转: 新欠款, 首期值: 0}
群组:
  项目表: {编号: 项目, 数据: {合同额: {类型: 金额, 取值范围: [0, 900]}, 验收: {类型: 是否}}}
  部门表: {编号: 部门, 数据: {预算: {类型: 金额, 取值范围: [0, 900]}}, 计算项: {半数: {为: 预算 / 2, 类型: 金额}}}
选集:
  办结: {范围: 事件, 其中: 已知(小时)}
明细:
  事件: {归属: 工号, 编号: [事件号], 无归属: 不计入, 数据: {小时: {类型: 是否, 可缺: 是}}}
  成员: {归属: [工号, 项目表], 数据: {点数: {类型: 整数, 取值范围: [0, 9]}}}
  各月: {归属: 工号, 取自记录: {当月分: 总分, 当月奖: 奖金(之星)}, 缺期: 允许}
样例人员:
  典型: {件数: 5, 事件: [{份数: 2, 小时: 是}]}
算例:
  - 情形: 两人
    周期: 2026-04
    各人: {甲: {人员: 典型}, 乙: {人员: 典型, 改为: {件数: 7}}}
    给定: {项目表: [{项目: 一号, 合同额: 5, 验收: 是}]}
    应得: {甲: {奖金(之星): 500, 实际值(速度): 3}, 乙: {实发: 缺失}}
"""

# The names that the language gives, and the constants that have two spellings.
OURS = {chinese: english for english, chinese in (*RESULTS.items(), FLOOR_NAMES, SHORTFALL)} | {
    "总分": "total", "等级": "grade", "缺失": "missing", "是": "true",
}  # fmt: skip


def said(thing: object) -> object:
    """What a noun says, without places and without a trace of the language it was written in."""
    if isinstance(thing, Formula):
        assert thing.expression is not None
        text = printed(thing.expression)
        for chinese, english in OURS.items():
            text = text.replace(chinese, english)
        return text
    if isinstance(thing, str) and not isinstance(thing, Enum):
        return OURS.get(thing, thing)
    if isinstance(thing, Place) or thing is None:
        return None
    if isinstance(thing, tuple):
        return [said(part) for part in thing]
    if attrs.has(type(thing)):
        return {a.name: said(getattr(thing, a.name)) for a in attrs.fields(type(thing))}
    return thing


@pytest.mark.parametrize("part", ["inputs", "details", "groups", "selections", "quantities", "examples"])
def test_every_part_is_the_same_in_both_languages(part: str) -> None:
    english, chinese = clean(ENGLISH), clean(CHINESE)
    assert said(getattr(chinese, part)) == said(getattr(english, part))
    assert getattr(english, part)

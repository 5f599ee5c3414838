"""Blocks of what is measured: indicators, groups, the total, composites, grades, tables."""

from __future__ import annotations

from attrs import evolve

from .common import (
    A_TITLE,
    ADJUST,
    CHANGES,
    DECIMALS,
    FORMULA,
    HOLE,
    LEAST_KNOWN,
    MISSING,
    NAME,
    PERCENT,
    RANGE,
    ROUND,
    SOURCE,
    TABLE_WORDS,
    TEXT,
    TITLE,
    UNIT,
    WEIGHTS,
    WHOLE,
)  # fmt: skip
from .entry import Block, ByForm, ByKey, Entries, Field, Fields, Items, OneOf, Reads, TextAs
from .words import GRADE_TIES, ROUNDING, TABLE_TYPE

_SCORE_DECIMALS = evolve(
    DECIMALS, meaning_en="how many decimals its score is rounded to, 0 to 15, or `exact`",
    meaning_zh="得分保留几位小数（0 到 15），或“精确”",
)  # fmt: skip
_SCORE_RANGE = evolve(
    RANGE, meaning_en="the smallest and the largest score it may have, both allowed",
    meaning_zh="得分的最小值和最大值，两端都可取",
)  # fmt: skip
INDICATOR_OR_GROUP = ByKey("parts", Fields("group"), Fields("indicator"))
WEIGHT = Field(
    "weight", "权重", FORMULA,
    "its share of the group, a percentage; without one it stands beside the total",
    "在本组中的比重，写成百分数；最上层不写权重的不计入总分", "40%",
)  # fmt: skip

INDICATOR = Block("indicator", "an indicator", "指标", (
    TITLE,
    WEIGHT,
    Field("better", "方向", TextAs(Reads.BETTER), "higher | lower | near TARGET | none: which way is better",
          "越高越好 | 越低越好 | 接近 某数 | 不评价", "higher", required=True),
    Field("value", "实际值", FORMULA, "what is measured; a zero divisor makes it missing; of no rows `sum` and `count` are 0 (see `min_rows`), all else is missing",
          "测得的值；除数为零时为缺项；没有记录时求和与计数为 0（见“最少份数”），其他汇总为缺项", "on_time / jobs", required=True),
    Field("score", "计分", ByForm(text=FORMULA, mapping=Fields("table_in_place")),
          "text: a formula in which `value` is what was measured; mapping: a table on `value`",
          "文字是公式，其中“实际值”指测得的值；表格则作用于“实际值”", "{points: {70%: 0, 95%: 100}}", required=True),
    _SCORE_DECIMALS,
    ROUND,
    _SCORE_RANGE,
    Field("min_rows", "最少份数", WHOLE, "an aggregate over fewer detail rows with a known value makes it missing", "明细中有值的行少于这个份数时，本指标为缺项", "3"),
    UNIT,
    SOURCE,
))  # fmt: skip
GROUP = Block("group", "a group of indicators", "指标组", (
    TITLE,
    WEIGHT,
    Field("parts", "分项", Entries(INDICATOR_OR_GROUP, least=1), "the indicators of the group; their weights add to 100%",
          "组内各项；权重合计 100%", "{…}", required=True),
    MISSING,
    LEAST_KNOWN,
    WEIGHTS,
    ADJUST,
    DECIMALS,
    ROUND,
    SOURCE,
))  # fmt: skip
TOTAL = Block("total", "the total", "总分", (TITLE, MISSING, LEAST_KNOWN, ADJUST, DECIMALS, ROUND))
ADJUSTMENT = Block("adjustment", "an adjustment", "调整", (
    Field("reason", "原因", TEXT, "why, as the clause on paper says", "原因，照纸面条文写", "a serious accident", required=True),
    Field("when", "条件", FORMULA, "where it applies; always if not said", "什么情况下；不写则总是", "complaints >= 3"),
    Field("set", "记为", FORMULA, "the value becomes this, even where it is missing", "直接记为这个值，缺项时也记", "0"),
    Field("at_most", "不高于", FORMULA, "a cap", "封顶", "70"),
    Field("at_least", "不低于", FORMULA, "a floor", "保底", "60"),
    Field("add", "加", FORMULA, "added to the value; negative takes away", "加上；负数为扣", "-5"),
    Field("multiply", "乘", FORMULA, "the value is multiplied by this", "乘以", "80%"),
))  # fmt: skip
COMPOSITE = Block("composite", "a composite", "复合指标", (
    TITLE,
    Field("of", "依据", ByForm(mapping=Entries(FORMULA, least=1), items=Items(Fields("composite_part"), least=1)),
          "what is weighed: `{name: 60%}`; or a list that takes a local name of each member of a `repeat`",
          "由哪些项加权：{名称: 60%}；也可以列出“重复”中每个成员的某一项", "{quality: 60%, response: 40%}", required=True),
    WEIGHTS,
    MISSING,
    LEAST_KNOWN,
    Field("better", "方向", TextAs(Reads.BETTER), "which way is better; higher if not said", "哪个方向更好；不写为越高越好", "higher"),
    ADJUST,
    DECIMALS,
    ROUND,
))  # fmt: skip
COMPOSITE_PART = Block("composite_part", "an item of a composite", "复合指标的一项", (
    Field("each", "每个", NAME, "a `repeat` family: one part for each member", "“重复”的名称：每个成员一项", "measures"),
    Field("take", "取", NAME, "the local name that is taken of each member", "取每个成员的哪一项", "score"),
    Field("name", "名称", NAME, "a single quantity, in place of `each` and `take`", "单独一项，代替“每个”和“取”", "safety"),
    Field("weight", "权重", FORMULA, "a percentage; or a formula where weights are relative", "百分数；相对权重时可为公式", "25%"),
))  # fmt: skip
# By rank, in place of a table.
BY_RANK = (
    Field("shares", "分布比例", ByForm(text=HOLE, mapping=Entries(ByForm(text=PERCENT, mapping=Fields("grade_share")), names=False)),
          "in place of a table: grades by rank, best first; the shares add to 100%", "代替表格：按名次定等级，从好到差；比例合计 100%",
          "{A: 20%, B: 70%, C: 10%}"),
    Field("within", "评选范围", NAME, "with `shares`: a group such as department, or everyone", "与“分布比例”并用：在什么范围内排名，如部门，或全体", "department"),
    Field("ties", "并列", OneOf(GRADE_TIES), "with `shares`: what a tie across two grades gets; `refuse` if not said", "与“分布比例”并用：并列跨两个等级时怎么办；不写则中止", "all"),
)  # fmt: skip
GRADES = Block("grades", "the grades", "等级评定", (
    TITLE,
    Field("of", "依据", NAME, "the quantity that is graded", "按哪一项评等级", "total", required=True),
    *TABLE_WORDS,
    *BY_RANK,
    Field("titles", "各项标题", Entries(A_TITLE, names=False), "what people call each output of the table", "表格每项结果的名称",
          "{grade: Grade, coefficient: Factor}"),
    Field("rounding", "舍入", OneOf(ROUNDING), "with `shares`: how a number of people is rounded; half up if not said", "与“分布比例”并用：人数怎样取整；不写则四舍五入", "half_up"),
))  # fmt: skip
# A row of shares is a mapping of the author's output names, beside `share` and its bounds.
GRADE_SHARE = Block("grade_share", "a grade by rank", "按名次的等级", (
    Field("share", "比例", PERCENT, "the share of the people who get this grade", "得这个等级的人所占的比例", "20%", required=True),
    Field("at_least", "不低于", WHOLE, "so many people get it at the least, where there are as many; a better grade comes first",
          "至少这么多人得这个等级（人数够时）；较好的等级优先", "1"),
    Field("at_most", "不高于", WHOLE, "so many people get it at the most; the others get the grades below", "至多这么多人得这个等级；其余的人得以下的等级", "3"),
))  # fmt: skip

# ── Tables ────────────────────────────────────────────────────────────────────────────────────────

TABLE_IN_PLACE = Block("table_in_place", "a table", "表格", TABLE_WORDS)
TABLE = Block("table", "a table", "对照表", (
    TITLE,
    Field("keys", "查找项", Items(TEXT), "what the arguments are called, in order, where there are several",
          "有几个查找项时，依次写出它们叫什么", "[region, band]"),
    Field("type", "类型", OneOf(TABLE_TYPE), "what the results are; `money` where they are amounts", "结果是什么；是钱时写“金额”", "money"),
    UNIT,
    *TABLE_WORDS,
    Field("dated", "按日期", Entries(ByForm(text=HOLE, mapping=Fields("table_in_place")), names=False, least=1),
          "a table for each first day", "从某日起用的表", "{2026-01-01: {from: …, else: 0}}"),
    CHANGES,
    SOURCE,
))  # fmt: skip
MEASURES = (INDICATOR, GROUP, TOTAL, ADJUSTMENT, COMPOSITE, COMPOSITE_PART, GRADES, GRADE_SHARE, TABLE_IN_PLACE, TABLE)

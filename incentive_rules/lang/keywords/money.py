"""Blocks of what is given: quantities, pay lines, pools, honours, entitlements."""

from __future__ import annotations

from .common import (
    AT_RISK,
    DECIMALS,
    EVERY,
    FORMULA,
    NAME,
    PERCENT,
    RANGE,
    ROUND,
    TABLE_WORDS,
    TEXT,
    TITLE,
    UNIT,
)  # fmt: skip
from .entry import Block, ByForm, Field, Fields, Items, OneOf
from .measures import BY_RANK
from .words import CENTS, EMPTY_PLACES, LEFT_OUT, PAY_KIND, PLACES_OF, QUANTITY_TYPE, REMAINDER, TIES

FLOOR = Field("at_least", "不低于", FORMULA, "a floor under the amount; where it is above `at_most`, the cap holds", "金额的下限；高于“不高于”时以上限为准", "0")
CAP = Field("at_most", "不高于", FORMULA, "a cap on the amount", "金额的上限", "30000")

QUANTITY = Block("quantity", "a quantity", "计算项", (
    TITLE,
    Field("is", "为", FORMULA, "the formula", "公式", "days_worked / days_due"),
    Field("of", "依据", NAME, "the quantity that the table below is applied to", "下面的表格作用于哪一项", "total"),
    *TABLE_WORDS,
    *BY_RANK,
    Field("pool", "奖金池", Fields("pool"), "in place of a formula: a fixed sum that groups, rows or people share", "代替公式：各组、各行或多人分一笔固定的数"),
    Field("type", "类型", OneOf(QUANTITY_TYPE), "what it is; found out from the formula if not said", "类型；不写则由公式推出", "money"),
    UNIT,
    DECIMALS,
    ROUND,
    RANGE,
    Field("when", "条件", FORMULA, "where this does not hold, it is missing", "不满足这个条件时为缺失", "jobs >= 10"),
))  # fmt: skip
PAY = Block("pay", "a pay line", "薪酬项", (
    TITLE,
    Field("kind", "类别", OneOf(PAY_KIND), "earning if not said", "不写为收入", "deduction"),
    Field("amount", "金额", FORMULA, "the formula of the amount", "金额的公式", "3000 * total / 100"),
    Field("pool", "奖金池", Fields("pool"), "in place of `amount`: a fixed sum that several people share", "代替“金额”：多人分一笔固定的钱"),
    Field("when", "条件", FORMULA, "where this does not hold, the line is 0 and the statement says why",
          "不满足时为 0，工资单注明原因", 'grade == "A"'),
    FLOOR,
    CAP,
    EVERY,
    AT_RISK,
    DECIMALS,
    ROUND,
))  # fmt: skip
POOL = Block("pool", "a pool", "奖金池", (
    Field("each", "每个", NAME, "one pool for each of these", "每个……一个奖金池", "project", required=True),
    Field("amount", "金额", FORMULA, "what the pool holds", "奖金池的总额", "project_value * 2%", required=True),
    Field("to", "分给", NAME, "the detail table or the groups that share it; people if not said", "由哪张明细或哪些组分；不写则分给人员", "assignments"),
    Field("in_proportion_to", "按比例", FORMULA, "each share is in proportion to this", "按这个数的比例分", "role_points", required=True),
    Field("when", "条件", FORMULA, "where this does not hold of the pool, nothing of it is paid", "奖金池不满足这个条件时不发放", "accepted"),
    Field("among", "参与条件", FORMULA, "who takes part; everybody if not said", "谁参与分配；不写则都参与", "complaints == 0"),
    Field("at_most", "不高于", FORMULA, "a cap on each share", "每份的上限", "5000"),
    Field("cents", "尾差", OneOf(CENTS), "who gets the last cents", "尾差归谁", "largest_remainder"),
    Field("left_out", "不参与份额", OneOf(LEFT_OUT), "what happens to the part of those who take no part; `shared` if not said",
          "不参与者的一份怎么办；不写则分给其他人", "kept"),
    Field("remainder", "余额", OneOf(REMAINDER), "what happens to what cannot be paid; `keep` if not said", "分不掉的怎么办；不写则留存", "keep"),
))  # fmt: skip

HONOR = Block("honor", "an honour", "荣誉", (
    TITLE,
    EVERY,
    Field("among", "评选条件", FORMULA, "who may be chosen", "谁可以参评", 'grade == "A" and complaints == 0'),
    Field("within", "评选范围", NAME, "a group such as department, or everyone", "在什么范围内评：如部门，或全体", "department"),
    Field("best_by", "评选依据", ByForm(text=FORMULA, items=Items(FORMULA)),
          "highest first; the next one breaks a tie", "从高到低，前项相同看后项", "[total, satisfaction]", required=True),
    Field("places", "名额", ByForm(text=FORMULA, mapping=Fields("places")), "how many are chosen: a number, a formula, or a share",
          "名额：数、公式或比例", "{share: 5%, of: eligible}", required=True),
    Field("ties", "并列", OneOf(TIES), "what happens when the last place is shared", "最后一名并列时怎么办", "all", required=True),
    Field("empty_places", "名额不足", OneOf(EMPTY_PLACES), "what happens to places that nobody fills", "人不够时怎么办", "stay_empty"),
    Field("award", "奖金", FORMULA, "the money that goes with it", "随荣誉发放的奖金", "1000"),
    AT_RISK,
))  # fmt: skip
PLACES = Block("places", "the places of an honour", "名额", (
    Field("share", "比例", PERCENT, "a percentage of `of`", "占基数的百分之几", "5%"),
    Field("of", "基数", OneOf(PLACES_OF), "of the eligible, or of the whole group; always said with `share`", "合格者还是全组；写了比例就必须写", "eligible"),
    Field("number", "人数", FORMULA, "in place of `share`: how many", "代替“比例”：几个名额", "3"),
    ROUND,
    Field("at_least", "至少", FORMULA, "at least so many", "至少几个", "1"),
    Field("at_most", "不高于", FORMULA, "at most so many", "至多几个", "10"),
))  # fmt: skip
ENTITLEMENT = Block("entitlement", "an entitlement", "权益", (
    TITLE,
    Field("when", "条件", FORMULA, "who is entitled; without `amount` it is true or false", "谁可以享有；没有“金额”时结果为是或否", "total >= 90"),
    Field("amount", "金额", FORMULA, "how much of it", "多少", "training_by_grade(grade)"),
    Field("each", "每个", NAME, "for each group in place of each person", "按组给，而不是按人", "department"),
    Field("type", "类型", OneOf(QUANTITY_TYPE), "`money` where the amount is money", "数额是钱时写“金额”", "money"),
    UNIT,
    EVERY,
    Field("decided_by", "决定人", TEXT, "the scheme names candidates, these people decide", "方案提名，由谁决定", "promotion board"),
    AT_RISK,
    DECIMALS,
    ROUND,
))  # fmt: skip
WAGE_FLOOR = Block("wage_floor", "the wage floor", "工资下限", (
    TITLE,
    Field("amount", "金额", FORMULA, "what nobody is paid less than", "最低应得多少", "minimum_wage", required=True),
    Field("of", "依据", NAME, "what is raised to the floor; `net` if not said", "哪一项不得低于下限；不写则为实发", "net"),
))  # fmt: skip
MONEY = (QUANTITY, PAY, POOL, HONOR, PLACES, ENTITLEMENT, WAGE_FLOOR)

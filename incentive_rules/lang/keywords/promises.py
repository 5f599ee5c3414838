"""Blocks that people read and proofs check: objectives, principles with their promises, procedure."""

from __future__ import annotations

from .common import DATE, FLAG, NAME, NAMES, NUMBER, PERCENT, TEXT, TITLE, WHOLE
from .entry import Block, ByForm, Entries, Field, Fields, Items, OneOf
from .words import ALL, JUMP_OF, PER, PERIOD, SECTIONS

_SECTIONS = Items(OneOf(SECTIONS))

OBJECTIVE = Block("objective", "an objective", "目标", (
    TITLE,
    Field("measured_by", "衡量指标", NAMES, "the indicators that measure it; `[]` says that none does yet",
          "由哪些指标衡量；[] 表示还没有指标", "[satisfaction, response]"),
))  # fmt: skip
PRINCIPLE = Block("principle", "a principle", "原则", (
    TITLE,
    Field("promises", "承诺", Fields("promises"), "what the scheme promises; each is checked", "方案作出的承诺；每条都会检验"),
))  # fmt: skip
_EXCEPT = Field("except", "除外", Entries(ByForm(text=TEXT, mapping=Fields("exception")), names=False),
                "what it does not hold for, each with its reason: inputs, indicators, pools", "不适用的数据、指标或奖金池，各写原因",
                "{major_accident: a veto}")  # fmt: skip
_LINE = Field("line", "薪酬项", NAME, "the pay line", "哪个薪酬项", "performance_pay", required=True)
_FLAGGED = ByForm(text=FLAG, mapping=Fields("promise_that_holds"))
_GAINS = Fields("gains_at_most")

PROMISES = Block("promises", "the promises of a principle", "承诺", (
    Field("never_reads", "不得读取", ByForm(items=NAMES, mapping=Fields("promise_about_facts")),
          "inputs that no formula and no group may use", "任何公式和分组都不得使用的数据", "[gender, age]"),
    Field("same_facts_same_pay", "同样事实同样待遇", _FLAGGED, "equal facts, equal results", "事实相同则结果相同", "true"),
    Field("everything_reachable", "人人可及", ByForm(items=_SECTIONS, mapping=Fields("promise_about_sections")),
          "every grade, honour and so on can be reached by somebody", "每个等级、荣誉等都有人够得着", "[grades, honors]"),
    Field("compare_groups", "群体比较", Fields("compare_groups"), "pay of groups is compared", "比较各群体的薪酬"),
    Field("better_never_pays_less", "做得更好不少得", ByForm(text=OneOf(ALL), items=NAMES, mapping=Fields("promise_about_indicators")),
          "a better value of these indicators never lowers pay", "这些指标更好时收入不会更少", "all"),
    Field("every_indicator_counts", "每项指标都起作用", _FLAGGED, "each indicator can change somebody's pay", "每项指标都可能改变收入", "true"),
    Field("largest_jump", "最大跳变", Fields("largest_jump"), "a small step never changes a line by more than this",
          "一小步的变化最多让薪酬变多少"),
    Field("order_preserving", "名次不倒挂", Fields("order_preserving"),
          "all else equal, whose scores are higher is not paid less", "其余相同时，得分较高者所得不更少"),
    Field("plateau_at_most", "平台不超过", Fields("plateau_at_most"),
          "better work changes a line after so long a stretch at the latest", "成绩提高到什么程度，薪酬必有变化"),
    Field("withholding_gains_at_most", "少报所得不超过", _GAINS, "what somebody gains by leaving facts out", "少报数据最多能多得多少"),
    Field("splitting_gains_at_most", "拆分所得不超过", _GAINS, "what somebody gains by splitting rows in two", "把一行拆成两行最多能多得多少"),
    Field("moving_gains_at_most", "挪期所得不超过", _GAINS, "what somebody gains by moving rows to another period", "把行挪到别的周期最多能多得多少"),
    Field("pays_every", "发放频率", Items(OneOf(PERIOD)), "some line is paid with each of these frequencies", "每种频率都有薪酬发放", "[quarter, year]"),
    Field("gives", "包含", _SECTIONS, "the scheme has each of these", "方案包含这些部分", "[pay, honors]"),
    Field("total_at_most", "总额不超过", Fields("total_at_most"), "the cost for so many people stays below this", "若干人的总额不超过多少"),
))  # fmt: skip
EXCEPTION = Block("exception", "an exception of a promise", "例外", (
    Field("reason", "原因", TEXT, "why", "为什么", "a veto", required=True),
    Field("decided_by", "决定人", TEXT, "who decided it", "由谁决定", "works council"),
    Field("decided_on", "决定日期", DATE, "when it was decided", "何时决定", "2025-11-20"),
    Field("lines", "薪酬项", NAMES, "these pay lines alone", "只限这些薪酬项", "[performance_pay]"),
))  # fmt: skip
WITH_EXCEPTIONS = (
    Block("promise_about_facts", "a promise about facts, with exceptions", "关于数据的承诺", (
        Field("of", "依据", NAMES, "the inputs", "哪些数据", "[gender, age]", required=True), _EXCEPT,
    )),
    Block("promise_about_indicators", "a promise about indicators, with exceptions", "关于指标的承诺", (
        Field("of", "依据", ByForm(text=OneOf(ALL), items=NAMES), "the indicators", "哪些指标", "all", required=True), _EXCEPT,
    )),
    Block("promise_about_sections", "a promise about sections, with exceptions", "关于各部分的承诺", (
        Field("of", "依据", _SECTIONS, "the sections", "哪些部分", "[grades, honors]", required=True), _EXCEPT,
    )),
    Block("promise_that_holds", "a promise with exceptions", "有例外的承诺", (
        Field("of", "依据", FLAG, "whether it is promised", "是否承诺", "true", required=True), _EXCEPT,
    )),
)  # fmt: skip
COMPARE_GROUPS = Block("compare_groups", "a comparison of groups", "群体比较", (
    Field("groups", "分组", Items(ByForm(text=NAME, mapping=Entries(Items(NUMBER), names=False))),
          "the inputs that make the groups; of a number, with the edges between them", "按哪些数据分组；数值写出分界",
          "[gender, {age: [30, 40, 50]}]", required=True),
    Field("of", "依据", NAME, "what is compared; `net` if not said", "比较哪一项；不写则为实发", "net"),
    Field("within", "组内", NAME, "only among those who share this", "只在这一项相同的人之间比较", "post"),
    Field("min_group", "最少人数", WHOLE, "smaller groups are not compared", "少于此数的组不比较", "10"),
    Field("pay_gap_at_most", "薪酬差距不超过", PERCENT, "the largest gap allowed", "允许的最大差距", "5%"),
    _EXCEPT,
))  # fmt: skip
LARGEST_JUMP = Block("largest_jump", "a largest jump", "最大跳变", (
    _LINE,
    Field("of", "依据", OneOf(JUMP_OF), "the facts of which one takes a step; `any` if not said", "哪些数据走一步；不写则为任何", "work"),
    Field("per", "每", OneOf(PER), "what counts as a small step", "怎样算一小步", "one_step"),
    Field("at_most", "不高于", NUMBER, "the largest change allowed", "允许的最大变化", "3600.00", required=True),
    _EXCEPT,
))  # fmt: skip
ORDER_PRESERVING = Block("order_preserving", "an order that is kept", "名次不倒挂", (
    Field("within", "相差", NUMBER, "scores that differ by no more are level", "相差不超过此数的得分视为相同", "0.02", required=True),
    _EXCEPT,
))  # fmt: skip
PLATEAU_AT_MOST = Block("plateau_at_most", "a longest plateau", "最长的平台", (
    _LINE,
    Field("share", "比例", PERCENT, "the share of the range of an indicator", "占指标取值范围的比例", "20%", required=True),
    _EXCEPT,
))  # fmt: skip
GAINS_AT_MOST = Block("gains_at_most", "a largest gain", "最多能多得", (
    Field("line", "薪酬项", NAME, "the pay line; `net` if not said", "哪个薪酬项；不写则为实发", "performance_pay"),
    Field("at_most", "不高于", NUMBER, "the largest gain allowed", "允许的最大数额", "3600.00", required=True),
    _EXCEPT,
))  # fmt: skip
TOTAL_AT_MOST = Block("total_at_most", "a limit of the total", "总额上限", (
    Field("amount", "金额", NUMBER, "the limit", "上限", "3000000.00", required=True),
    Field("headcount", "人数", WHOLE, "for how many people", "多少人", "200", required=True),
    Field("gives", "包含", NAMES, "the pay lines that count", "计入哪些薪酬项", "[performance_pay]"),
))  # fmt: skip
PROCEDURE = Block("procedure", "the procedure", "程序", (
    Field("consulted", "征求意见", DATE, "when staff were consulted", "何时征求员工意见", "2025-11-20"),
    Field("published", "公布", DATE, "when it was published: no run of a period that starts before", "何时公布；不能计算公布之前开始的周期", "2025-12-10"),
    Field("backdated", "追溯原因", TEXT, "why earlier periods may be run all the same", "为什么仍可计算更早的周期", "agreed with the council"),
    Field("appeal_within", "申诉期限", TEXT, "how long one may appeal; for the handbook only", "申诉期限，仅印在手册里", "7 working days"),
    Field("steps", "步骤", Entries(Fields("step"), names=False), "who does what, until when", "谁在何时之前做什么"),
    Field("review", "复评", Fields("review"), "when the scheme itself is reviewed", "方案本身何时复评"),
))  # fmt: skip
STEP = Block("step", "a step of the procedure", "步骤", (
    TITLE,
    Field("responsible", "负责", TEXT, "who does it", "谁负责", "HR"),
    Field("due", "期限", TEXT, "until when; for the handbook only", "什么期限，仅印在手册里", "10 days after the period"),
))  # fmt: skip
REVIEW = Block("review", "the review", "复评", (
    Field("every", "频率", OneOf(PERIOD), "how often", "多久一次", "year"),
    Field("responsible", "负责", TEXT, "who does it", "谁负责", "works council and HR"),
))  # fmt: skip
PROMISED = (
    OBJECTIVE, PRINCIPLE, PROMISES, EXCEPTION, *WITH_EXCEPTIONS, COMPARE_GROUPS, LARGEST_JUMP, ORDER_PRESERVING,
    PLATEAU_AT_MOST, GAINS_AT_MOST, TOTAL_AT_MOST, PROCEDURE, STEP, REVIEW,
)  # fmt: skip

"""Blocks that people read and proofs check: objectives, principles with their promises, procedure."""

from __future__ import annotations

from .common import DATE, FLAG, NAME, NAMES, NUMBER, PERCENT, TEXT, TITLE, WHOLE
from .entry import Block, ByForm, Entries, Field, Fields, Items, OneOf
from .words import ALL, PER, PERIOD, SECTIONS

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
PROMISES = Block("promises", "the promises of a principle", "承诺", (
    Field("never_reads", "不得读取", NAMES, "inputs that no formula may use", "任何公式都不得使用的数据", "[gender, age]"),
    Field("same_facts_same_pay", "同样事实同样待遇", FLAG, "equal facts, equal results", "事实相同则结果相同", "true"),
    Field("everything_reachable", "人人可及", _SECTIONS, "every grade, honour and so on can be reached by somebody",
          "每个等级、荣誉等都有人够得着", "[grades, honors]"),
    Field("compare_groups", "群体比较", Fields("compare_groups"), "pay of groups is compared", "比较各群体的薪酬"),
    Field("better_never_pays_less", "做得更好不少得", ByForm(text=OneOf(ALL), items=NAMES),
          "a better value of these indicators never lowers pay", "这些指标更好时收入不会更少", "all"),
    Field("every_indicator_counts", "每项指标都起作用", FLAG, "each indicator can change somebody's pay", "每项指标都可能改变收入", "true"),
    Field("largest_jump", "最大跳变", Fields("largest_jump"), "a small step never changes a line by more than this",
          "一小步的变化最多让薪酬变多少"),
    Field("pays_every", "发放频率", Items(OneOf(PERIOD)), "some line is paid with each of these frequencies", "每种频率都有薪酬发放", "[quarter, year]"),
    Field("gives", "包含", _SECTIONS, "the scheme has each of these", "方案包含这些部分", "[pay, honors]"),
    Field("total_at_most", "总额不超过", Fields("total_at_most"), "the cost for so many people stays below this", "若干人的总额不超过多少"),
))  # fmt: skip
COMPARE_GROUPS = Block("compare_groups", "a comparison of groups", "群体比较", (
    Field("groups", "分组", NAMES, "the inputs that make the groups", "按哪些数据分组", "[gender, age]", required=True),
    Field("min_group", "最少人数", WHOLE, "smaller groups are not compared", "少于此数的组不比较", "10"),
    Field("pay_gap_at_most", "薪酬差距不超过", PERCENT, "the largest gap allowed", "允许的最大差距", "5%"),
))  # fmt: skip
LARGEST_JUMP = Block("largest_jump", "a largest jump", "最大跳变", (
    Field("line", "薪酬项", NAME, "the pay line", "哪个薪酬项", "performance_pay", required=True),
    Field("per", "每", OneOf(PER), "what counts as a small step", "怎样算一小步", "one_step"),
    Field("at_most", "不高于", NUMBER, "the largest change allowed", "允许的最大变化", "3600.00", required=True),
    Field("except", "除外", Entries(TEXT, names=False), "inputs that may jump, each with its reason", "允许跳变的数据，各写原因",
          "{major_accident: a veto}"),
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
    OBJECTIVE, PRINCIPLE, PROMISES, COMPARE_GROUPS, LARGEST_JUMP, TOTAL_AT_MOST, PROCEDURE, STEP, REVIEW,
)  # fmt: skip

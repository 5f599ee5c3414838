"""The top of a document: its sections, in the order in which a scheme is read."""

from __future__ import annotations

from .common import FORMULA, ROUND, TEXT, TITLE, WHOLE, block_or_hole
from .entry import Block, ByForm, Entries, Field, Fields, Items, OneOf, Reads, TextAs
from .facts import FACTS, INPUTS, QUANTITIES
from .measures import INDICATOR_OR_GROUP
from .words import LANGUAGE, PERIOD, STATUS

SCHEME = Block("scheme", "a scheme", "方案", (
    Field("format", "格式", WHOLE, "the version of this language; the first line of every scheme", "本语言的版本；每份方案的第一行", "1", required=True),
    Field("scheme", "方案", TEXT, "the scheme's name, for file names and records", "方案的名称，用于文件名和记录", "service-bonus", required=True),
    Field("version", "版本", TEXT, "which version of the scheme", "方案的版本", "2026.1"),
    TITLE,
    Field("status", "状态", OneOf(STATUS), "active if not said", "不写为生效", "draft"),
    Field("language", "语言", OneOf(LANGUAGE), "the language of reports; that of the keywords if not said", "报告所用的语言；不写则与关键词相同", "zh"),
    Field("purpose", "目的", TEXT, "why there is a scheme", "为什么要有这个方案", "let pay follow service"),
    Field("objectives", "目标", Entries(Fields("objective"), names=False), "what it wants to achieve, and what measures that",
          "想达到什么，用什么衡量", "{loyalty: {measured_by: []}}"),
    Field("applies_to", "适用对象", FORMULA, "who is in scope; everybody if not said", "适用于谁；不写则适用所有人", "months_in_service >= 1"),
    Field("effective", "执行日期", Fields("effective"), "from when to when; both days count", "从哪天到哪天，首尾都算",
          "{first_day: 2026-01-01, last_day: 2026-12-31}", required=True),
    Field("period", "周期", OneOf(PERIOD), "how often it is computed", "多久计算一次", "month", required=True),
    Field("year_starts", "年度起日", TextAs(Reads.DAY_OF_YEAR), "the day on which a year starts; 01-01 if not said", "年度从哪天开始；不写为 01-01", "04-01"),
    Field("currency", "币种", TextAs(Reads.CURRENCY), "three letters of ISO 4217; needed where there is money", "ISO 4217 的三个字母；有金额时必须写", "CNY"),
    ROUND,
    Field("indicators", "指标", Entries(INDICATOR_OR_GROUP), "what is measured and scored, a tree of groups", "考核什么、怎样计分；可分组",
          "{on_time_rate: {weight: 60%, …}}"),
    Field("composites", "复合指标", Entries(block_or_hole("composite")), "further weightings of quantities that exist",
          "对已有各项另作加权", "{service: {of: {quality: 60%, response: 40%}}}"),
    Field("total", "总分", Fields("total"), "the root of the tree: what holds for all groups, and its adjustments",
          "总分：对各组都适用的规定和调整", "{missing: reweigh}"),
    Field("grades", "等级评定", block_or_hole("grades"), "a table from a score to grades and coefficients", "由得分定等级和系数",
          "{of: total, from: {90: A}, else: B}"),
    Field("quantities", "计算项", Entries(QUANTITIES), "named formulas", "有名称的公式", "{attendance: days_worked / days_due}"),
    Field("pay", "薪酬", Entries(block_or_hole("pay")), "the lines of the pay statement, in its order", "工资单各项，按工资单的顺序",
          "{bonus: {amount: 3000 * total / 100}}", instead="工资 工资项 薪资 wage wages salary"),
    Field("wage_floor", "工资下限", Fields("wage_floor"), "the last line of the pay statement: what is lacking to a legal minimum", "工资单最后一行：补足到法定下限", "{amount: minimum_wage}"),
    Field("honors", "荣誉", Entries(block_or_hole("honor")), "who is honoured, and how they are chosen", "授予什么荣誉、怎样评选"),
    Field("entitlements", "权益", Entries(block_or_hole("entitlement")), "what else the scheme gives", "方案还给什么",
          "{promotion: {when: total >= 90}}"),
    Field("principles", "原则", Entries(Fields("principle"), names=False), "what the scheme stands for, with promises that are checked",
          "方案的原则和可检验的承诺"),
    Field("procedure", "程序", Fields("procedure"), "who does what when; dates of consultation and publication", "谁何时做什么；征求意见和公布的日期"),
    Field("parameters", "参数", Entries(ByForm(text=TextAs(Reads.CONSTANT), mapping=Fields("parameter"))), "named constants", "有名称的常数",
          "{workload_target: 80}"),
    Field("tables", "对照表", Entries(block_or_hole("table")), "tables that formulas call by name", "公式按名称调用的表",
          "{post_wage: {equals: {junior: 5000}}}"),
    Field("functions", "自定函数", Entries(Fields("function")), "your own formulas with arguments", "带自变量的公式",
          "{attained: {takes: [a, b], is: a / b}}"),
    Field("data", "数据读取", Fields("data"), "how all inputs are read, unless they say otherwise", "所有数据的读取方式，另有规定的除外",
          "{missing_texts: [N/A]}"),
    Field("inputs", "数据", INPUTS, "the facts that the data bring: one row for each person", "需要的数据：每人一行",
          "{jobs: {type: integer, range: [1, 500]}}", required=True),
    Field("require", "数据要求", Items(FORMULA), "what must hold of every row; a row that breaks it is refused", "每行数据必须满足的条件，不满足则拒收",
          "[days_worked <= days_due]"),
    Field("groups", "群组", Entries(Fields("data_group")), "tables with a key and no owner: departments, projects", "有编号、无归属的表：部门、项目"),
    Field("details", "明细", Entries(Fields("details")), "further tables: several rows for each person, row or group", "另外的表：每个人、每行或每组多行",
          "{surveys: {belongs_to: engineer, inputs: {…}}}"),
    Field("selections", "选集", Entries(Fields("selection")), "names for the rows where a condition holds", "给满足条件的各行起一个名称",
          "{answered: {over: surveys, where: known(rating)}}"),
    Field("repeat", "重复", Entries(Fields("family")), "one block for several members: the same formulas for 20 measures",
          "同一段内容重复用于多个成员"),
    Field("limits", "限额", Fields("limits"), "how many people and rows there can be", "人数和行数的上限", "{max_people: 5000}"),
    Field("show_groups_from", "公开人数", WHOLE, "so many other people must stand behind a figure of a group before a slip tells it; 3 if not said, 0 tells everything",
          "群组的数字背后至少有多少个他人，工资单才写出来；不写为 3，0 为全部写出", "5"),
    Field("people", "样例人员", Entries(FACTS, names=False), "sample people for the examples", "算例用的样例人员", "{typical: {jobs: 10}}"),
    Field("examples", "算例", Items(Fields("example")), "cases with their results; run by `test`", "算例及应得结果；测试时运行"),
))  # fmt: skip
EFFECTIVE = Block("effective", "the time in force", "执行日期", (
    Field("first_day", "起", TextAs(Reads.DATE), "the first day in force", "第一天", "2026-01-01", required=True),
    Field("last_day", "止", TextAs(Reads.DATE), "the last day in force", "最后一天", "2026-12-31", required=True),
))  # fmt: skip

"""Blocks of numbers, data and examples: parameters, functions, inputs, details, groups, repeat, examples."""

from __future__ import annotations

from .common import (
    A_TITLE,
    CHANGES,
    CONSTANT,
    FLAG,
    FORMULA,
    LABELS,
    NAME,
    RANGE,
    SOURCE,
    TEXT,
    TEXTS,
    TITLE,
    UNIT,
    WHOLE,
)  # fmt: skip
from .entry import Block, ByForm, Entries, Field, Fields, Items, OneOf, Reads, TextAs
from .measures import INDICATOR_OR_GROUP
from .words import GAPS, QUANTITY_TYPE, READ, SCALE, TYPE, WITHOUT_OWNER

QUANTITIES = ByForm(text=FORMULA, mapping=Fields("quantity"))
INPUTS = Entries(Fields("input"))
MISSING_TEXTS = Field(
    "missing_texts",
    "缺失写法",
    TEXTS,
    "texts in the data that mean: missing, a number as well as its digits; the list of an input replaces that of all data",
    "数据里表示缺失的写法；某项数据自己的列表代替整体的列表",
    "[N/A, not asked]",
)

PARAMETER = Block("parameter", "a parameter", "参数", (
    TITLE,
    Field("is", "为", CONSTANT, "the value", "数值", "80"),
    Field("dated", "按日期", ByForm(mapping=Entries(CONSTANT, names=False, least=1)), "a value for each first day", "从某日起的数值",
          "{2026-01-01: 800, 2026-04-01: 500}"),
    Field("type", "类型", OneOf(QUANTITY_TYPE), "`money` where it is an amount", "是钱时写“金额”", "money"),
    UNIT,
    SOURCE,
    CHANGES,
))  # fmt: skip
FUNCTION = Block("function", "a function", "自定函数", (
    TITLE,
    Field("takes", "自变量", LABELS, "its arguments", "自变量", "[actual, target]", required=True),
    Field("is", "为", FORMULA, "its formula; reads the arguments, parameters and tables", "公式；可用自变量、参数和对照表",
          "actual / target", required=True),
))  # fmt: skip
DATA = Block("data", "the defaults of all inputs", "数据读取", (MISSING_TEXTS,))
INPUT = Block("input", "an input", "数据项", (
    TITLE,
    Field("type", "类型", OneOf(TYPE), "what kind of value it is", "是什么样的值", "integer", required=True),
    Field("column", "列名", TEXT, "its heading in the data; the name itself if not said", "数据中的列标题；不写时与名称相同", "Hours worked"),
    RANGE,
    Field("decimals", "小数位", TextAs(Reads.WHOLE), "how many decimals its value may have; 12.5% is 0.125, three decimals", "数值最多几位小数；12.5% 即 0.125，算三位", "1"),
    Field("one_of", "可选", ByForm(text=TEXT, items=Items(TEXT), mapping=Entries(A_TITLE, names=False)),
          "the words that a category may be, each with a title if it should have one", "类别可取的词；每个词可以写标题", "[junior, senior]"),
    Field("can_be_missing", "可缺", FLAG, "true where it may be missing", "可以缺失时写“是”", "true"),
    MISSING_TEXTS,
    Field("texts", "写法", Entries(ByForm(text=TEXT, items=TEXTS), names=False), "which texts in the data mean which value",
          "数据里的哪些写法表示哪个值", "{true: [Yes, Y], false: [No]}"),
    Field("suffix", "后缀", TEXT, "a text that may stand after each number, and is cut off", "数字后面可以带的文字，读时去掉", '" out of 10"'),
    Field("scale", "标度", OneOf(SCALE), "`percent`: the data write 63 or 63% for 0.63; elsewhere a percent sign is refused", "“百分数”：数据写 63 或 63% 表示 0.63；别处的百分号拒收", "percent"),
    Field("read", "读法", OneOf(READ), "`nearest`: a spreadsheet's number is read as the nearest one allowed",
          "“最接近”：读作最接近的允许的数", "nearest"),
    UNIT,
    Field("carried_from", "上期结转", NAME, "the quantity of the last period that becomes its value", "取上期哪一项的结果", "owed_after"),
    Field("first", "首期值", CONSTANT, "its value where no earlier period is recorded", "没有上期记录时的值", "0"),
    Field("written", "日期写法", TEXT, "how a date or time is written in the data: DD MM YYYY hh mm, each once", "日期、时间在数据里怎么写：YYYY、MM、DD、hh、mm 各一次",
          '"DD-MM-YYYY hh:mm"'),
))  # fmt: skip
DETAILS = Block("details", "a detail table", "明细", (
    TITLE,
    Field("belongs_to", "归属", LABELS, "whose rows they are: the key of the people, a detail table, a group; or several of these",
          "每行归谁：人员的编号、另一张明细、群组；可以列出几个", "engineer", required=True),
    Field("key", "编号", LABELS, "what tells the rows apart", "用什么区分各行", "[order]", instead="主键 单号 id"),
    Field("inputs", "数据", INPUTS, "the facts of each row", "每行的数据"),
    Field("quantities", "计算项", Entries(QUANTITIES), "quantities of each row", "每行的计算项"),
    Field("recorded", "取自记录", Entries(NAME, least=1), "rows are earlier runs: local name and the quantity it holds",
          "每行是以前的一次计算：名称和取自哪一项", "{quarter_total: total}"),
    Field("gaps", "缺期", OneOf(GAPS), "of a recorded table: what a period without a record does; `refuse` if not said", "取自记录时，缺少某一周期怎么办；不写则中止", "allow"),
    Field("without_owner", "无归属", OneOf(WITHOUT_OWNER), "what rows do whose owner is not in the data; `refuse` if not said",
          "归属对象不在数据中的行怎么办；不写则中止", "leave_out"),
))  # fmt: skip
DATA_GROUP = Block("data_group", "a group with data of its own", "群组", (
    TITLE,
    Field("key", "编号", NAME, "what tells the groups apart", "用什么区分各组", "project", required=True, instead="主键 代码 id"),
    Field("inputs", "数据", INPUTS, "the facts of each group", "每组的数据"),
    Field("quantities", "计算项", Entries(QUANTITIES), "quantities of each group", "每组的计算项"),
))  # fmt: skip
SELECTION = Block("selection", "a selection", "选集", (
    Field("over", "范围", NAME, "a detail table, a group, everyone, a `repeat` or an indicator group", "明细、群组、全体、重复块或指标组", "surveys", required=True),
    Field("where", "其中", FORMULA, "which rows belong to it", "哪些行属于它", "known(rating)", required=True),
))  # fmt: skip
FAMILY = Block("family", "a repeated block", "重复", (
    TITLE,
    Field("members", "成员", Entries(Entries(CONSTANT)), "for each member its constants", "每个成员和它的常数",
          "{phone: {label: Phone, target: 90%}}", required=True),
    Field("inputs", "数据", INPUTS, "inputs of each member; `{label}` may stand in `column` and `title`",
          "每个成员的数据；列名和标题里可写 {label}"),
    Field("quantities", "计算项", Entries(QUANTITIES), "quantities of each member", "每个成员的计算项"),
    Field("indicators", "指标", Entries(INDICATOR_OR_GROUP), "indicators of each member", "每个成员的指标"),
))  # fmt: skip
LIMITS = Block("limits", "the limits", "限额", (
    Field("max_people", "最多人数", WHOLE, "most people in one run, and most rows of each kind of group; 1,000,000 if not said", "一次最多多少人，每种群组最多多少行；不写为 1000000", "5000"),
    Field("max_rows_per_person", "每人最多行数", WHOLE, "most detail rows of one person; 10,000 if not said",
          "每人明细最多多少行；不写为 10000", "500"),
))  # fmt: skip

# ── Examples ──────────────────────────────────────────────────────────────────────────────────────

FACTS = Entries(ByForm(text=CONSTANT, items=Items(Fields("detail_row"))), names=False)
# A detail row is a mapping of the author's names; `times` alone is ours.
TIMES = Field("times", "份数", WHOLE, "how many equal rows this stands for", "同样的行有几份", "38")
DETAIL_ROW = Block("detail_row", "a detail row", "明细的一行", (TIMES,))
PERSON = Field("person", "人员", TEXT, "one of `people`", "样例人员之一", "typical")
GIVEN = Field("given", "给定", FACTS, "the facts, in place of `person`", "直接写出事实，代替“人员”", "{jobs: 10}")
BUT = Field("but", "改为", FACTS, "facts that differ from the person's", "与该人员不同的事实", "{complaints: 3}")
EXAMPLE_PERSON = Block("example_person", "a person of an example", "算例中的一个人", (PERSON, GIVEN, BUT))
EXAMPLE = Block("example", "an example", "算例", (
    Field("name", "情形", TEXT, "what it shows", "这个算例说明什么", "three complaints", required=True),
    Field("period", "周期", TextAs(Reads.PERIOD), "2026, 2026-H1, 2026-Q2 or 2026-04", "2026、2026-H1、2026-Q2 或 2026-04", "2026-Q2", required=True),
    PERSON,
    Field("people", "各人", Entries(Fields("example_person"), names=False), "in place of `person`: several people at once, by their keys",
          "代替“人员”：几个人一起算，以编号区分", "{A: {person: typical}, B: {given: {jobs: 10}}}"),
    Field("given", "给定", FACTS, "the facts, in place of `person`; beside `people`, the rows of groups", "直接写出事实，代替“人员”；与“各人”并用时写群组的各行", "{jobs: 10}"),
    BUT,
    Field("expect", "应得", Entries(ByForm(text=CONSTANT, mapping=Entries(CONSTANT, names=False)), names=False),
          "what must come out; `missing` is a result too. With `people`, for each of them", "应得的结果；也可以是“缺失”。与“各人”并用时按人写",
          "{total: 70, grade: C}"),
))  # fmt: skip
FACTUAL = (
    PARAMETER,
    FUNCTION,
    DATA,
    INPUT,
    DETAILS,
    DATA_GROUP,
    SELECTION,
    FAMILY,
    LIMITS,
    DETAIL_ROW,
    EXAMPLE_PERSON,
    EXAMPLE,
)

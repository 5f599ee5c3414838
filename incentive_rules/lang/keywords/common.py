"""Fields that several blocks share, and short names for the forms."""

from __future__ import annotations

from .entry import Block, ByForm, Field, Fields, Form, Items, OneOf, Reads, TableRows, TextAs
from .words import CHANGES_INSIDE, GROUP_MISSING, PERIOD, RELATIVE, ROUNDING

TEXT, FORMULA, NUMBER, PERCENT = TextAs(Reads.TEXT), TextAs(Reads.FORMULA), TextAs(Reads.NUMBER), TextAs(Reads.PERCENT)
WHOLE, DATE, FLAG, NAME = TextAs(Reads.WHOLE), TextAs(Reads.DATE), TextAs(Reads.FLAG), TextAs(Reads.NAME)
CONSTANT, HOLE = TextAs(Reads.CONSTANT), TextAs(Reads.HOLE)
NAMES = Items(NAME)
TEXTS = Items(TEXT)
LABELS = ByForm(text=NAME, items=NAMES)


def block_or_hole(name: str) -> Form:
    """A block, or `tbd` while the scheme is a draft."""
    return ByForm(text=HOLE, mapping=Fields(name))


IN_LANGUAGES = Block("in_languages", "a title in both languages", "两种语言的标题", (
    Field("en", "英文", TEXT, "the title in English", "英文标题", "Service quality"),
    Field("zh", "中文", TEXT, "the title in Chinese", "中文标题", "服务质量"),
))  # fmt: skip
A_TITLE = ByForm(text=TEXT, mapping=Fields("in_languages"))
TITLE = Field(
    "title",
    "标题",
    A_TITLE,
    "what people call it, in one language or in both; the name itself if not said",
    "对外的名称，可以分中文、英文写；不写时与名称相同",
    "Service quality",
)
UNIT = Field(
    "unit",
    "单位",
    TEXT,
    "a label such as point, day, year; units that differ do not add",
    "单位，如 分、天、年；单位不同不能相加",
    "day",
)
SOURCE = Field(
    "source",
    "数据来源",
    TEXT,
    "where the figure comes from, for the handbook",
    "数据从哪里来，印在手册里",
    "ticket system",
)
DECIMALS = Field(
    "decimals", "小数位", TextAs(Reads.DECIMALS), "how many decimals its value is rounded to, 0 to 15, or `exact`",
    "值保留几位小数（0 到 15），或“精确”", "2",
)  # fmt: skip
ROUND = Field("rounding", "舍入", OneOf(ROUNDING), "how it is rounded to its decimals", "按小数位舍入的方法", "half_up")
RANGE = Field(
    "range", "取值范围", ByForm(text=HOLE, items=Items(CONSTANT, 2)),
    "the smallest and the largest value it may have, both allowed", "最小值和最大值，两端都可取", "[0, 100]",
)  # fmt: skip
AT_RISK = Field("at_risk", "浮动", FLAG, "false: no indicator can change it", "否：与考核无关", "false")
EVERY = Field("every", "频率", OneOf(PERIOD), "how often, if not every period", "多久一次；不写则每个周期一次", "year")
MISSING = Field(
    "missing", "缺项", OneOf(GROUP_MISSING), "what follows when a part is missing; holds for all groups below",
    "有分项缺失时怎么办；下级各组没有另写时照此办理", "reweigh",
)  # fmt: skip
LEAST_KNOWN = Field(
    "at_least",
    "至少",
    WHOLE,
    "so many parts must be known, or the whole is missing",
    "至少要有几项不缺，否则整体缺失",
    "2",
)
ADJUST = Field(
    "adjust", "调整", Items(Fields("adjustment")), "caps, floors and vetoes, applied in the order written",
    "封顶、保底、一票否决，按所写顺序执行", "[{reason: …, when: …, at_most: 70}]",
)  # fmt: skip
WEIGHTS = Field(
    "weights", "权重方式", OneOf(RELATIVE),
    "`relative`: the weights are formulas and need not add to 100%", "“相对”：权重是公式，合计不必为 100%", "relative",
)  # fmt: skip
ELSE = Field(
    "else",
    "其余",
    ByForm(text=CONSTANT, mapping=TableRows()),
    "the result where no row applies",
    "没有对应的行时的结果",
    "0",
)
CHANGES = Field(
    "changes_inside", "期内变更", OneOf(CHANGES_INSIDE),
    "`first_day`: a change inside a period is meant, the first day decides", "“首日”：周期内的变更是有意的，以首日为准", "first_day",
)  # fmt: skip

_ROWS = ByForm(text=HOLE, mapping=TableRows())
TABLE_WORDS = (
    Field("from", "达到", _ROWS, "table: the highest edge that the value reaches", "表：取达到的最高一档", "{90: 100, 80: 85}"),
    Field("up_to", "不超过", _ROWS, "table: the lowest edge that the value does not exceed", "表：取不超过的最低一档", "{15: 100, 30: 85}"),
    Field("equals", "对应", _ROWS, "table: the very word or number", "表：逐一对应的词或数", "{junior: 5000, senior: 8000}"),
    Field("points", "折点", _ROWS, "table: a straight line between points, flat outside", "表：折点之间按直线，之外持平", "{70%: 0, 95%: 100}"),
    Field("slices", "分段", _ROWS, "table: each slice at its own rate, from its lower edge", "表：超过下限的部分按各段费率累进", "{0: 3%, 36000: 10%}"),
    ELSE,
)  # fmt: skip

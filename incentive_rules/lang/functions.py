"""The functions of one row, one entry each: parser, checker, engines, proofs and docs read this table.

Aggregates, which take a formula over many rows, have a table of their own. The words that options may be, and the
names of ours that formulas can read, stand here, each in both spellings.
"""

from __future__ import annotations

from attrs import frozen

from ..base.moments import MINUTES_PER_DAY
from ..base.numbers import Rounding
from ..base.words import in_language
from .aggregates import AGGREGATES
from .algebra import Meaning
from .calendar import months, years


@frozen
class RowFunction:
    """A function of values.

    `least` and `most` count its arguments (`most` None: any number). `takes` is what each argument must
    be: "alike" (numbers of one sort, as in a sum), "number", "rounded" (a number, and a literal number of places),
    "any", "date" or "time". `gives` is "alike", "plain", "whole", "quotient", "date" or "boolean". `directions` say how
    the result moves when each argument grows: up, down, or none; the last holds for all further ones.
    `meaning` says in the operations of an algebra what it gives; it is missing where an argument is. None of a
    function that looks at what is missing, at a literal or at the period: the stages know it by name.
    `options` are named arguments that must all be written.
    """

    name: str
    chinese: str
    least: int
    most: int | None
    takes: str
    gives: str
    directions: tuple[str, ...]
    meaning_en: str
    meaning_zh: str
    example: str
    meaning: Meaning | None = None
    options: tuple[str, ...] = ()

    def ways(self, count: int) -> tuple[str, ...]:
        """The directions of so many arguments."""
        return (*self.directions, *self.directions[-1:] * count)[:count]


ROW_FUNCTIONS: tuple[RowFunction, ...] = (
    RowFunction("min", "取小", 2, None, "alike", "alike", ("up",),
                "the smallest argument", "各项中最小的", "min(1, value / workload_target)",
                lambda a, *xs: a.smallest(*xs)),
    RowFunction("max", "取大", 2, None, "alike", "alike", ("up",),
                "the largest argument", "各项中最大的", "max(0, 100 - 5 * complaints)",
                lambda a, *xs: a.largest(*xs)),
    RowFunction("clamp", "限于", 3, 3, "alike", "alike", ("up",),
                "the first argument, kept between the second and the third", "把第一项限制在第二项和第三项之间",
                "clamp(actual / target, 0, 1.5)", lambda a, x, low, high: a.largest(low, a.smallest(x, high))),
    RowFunction("abs", "绝对值", 1, 1, "alike", "alike", ("none",),
                "the magnitude, without the sign", "绝对值", "abs(actual - plan)", lambda a, x: a.magnitude(x)),
    RowFunction("round", "四舍五入", 1, 2, "rounded", "alike", ("up",),
                "rounded half up to so many decimals (0 if not said)", "四舍五入到若干位小数（不写为 0 位）",
                "round(hours, 1)"),
    RowFunction("floor", "向下取整", 1, 1, "alike", "alike", ("up",),
                "the largest whole number that is not greater", "不大于它的最大整数", "floor(score / 5)",
                lambda a, x: a.rounded(x, Rounding.FLOOR)),
    RowFunction("ceil", "向上取整", 1, 1, "alike", "alike", ("up",),
                "the smallest whole number that is not less", "不小于它的最小整数", "ceil(waiting / 10)",
                lambda a, x: a.rounded(x, Rounding.CEILING)),
    RowFunction("trunc", "取整", 1, 1, "alike", "alike", ("up",),
                "the number without its decimals: the nearest whole number towards 0", "去掉小数部分（向 0 取整）",
                "trunc(balance / 100)", lambda a, x: a.rounded(x, Rounding.DOWN)),
    RowFunction("ratio", "比值", 2, 2, "number", "quotient", ("none",),
                "the first divided by the second; missing where the second is 0", "相除；除数为 0 时缺失",
                "ratio(solved, reported)"),
    RowFunction("known", "已知", 1, 1, "any", "boolean", ("none",),
                "true unless the argument is missing", "不缺失时为真", "known(rating)"),
    RowFunction("coalesce", "取首个已知", 2, None, "alike", "alike", ("up",),
                "the first argument that is not missing", "第一个不缺失的值", "coalesce(rating, 0)"),
    RowFunction("days", "天数", 2, 2, "date", "whole", ("down", "up"),
                "days from the first date to the second; add 1 to count both ends", "从前一日期到后一日期的天数；首尾都算时加 1",
                "days(hired, left) + 1",
                lambda a, first, second: a.minus(second, first)),
    RowFunction("months", "月数", 2, 2, "date", "whole", ("down", "up"),
                "completed months from the first date to the second, below 0 where that is earlier; a month is complete on the day of "
                "the same number, or on the last day of a month that has no such day",
                "从前一日期到后一日期满几个月，后一日期较早时为负；到同一日满月，没有这一日的月份到月末满月",
                "months(hired, period_last_day)", months),
    RowFunction("years", "年数", 2, 2, "date", "whole", ("down", "up"),
                "completed years: twelve completed months each; from 29 February to 28 February of a year without it is one",
                "从前一日期到后一日期满几年，每满十二个月为一年；从2月29日到平年2月28日算满一年",
                "years(hired, period_last_day)", years),
    RowFunction("minutes", "分钟数", 2, 2, "time", "whole", ("down", "up"),
                "minutes from the first time to the second", "从前一时刻到后一时刻的分钟数", "minutes(opened, resolved)",
                lambda a, first, second: a.minus(second, first)),
    RowFunction("day_of", "所在日", 1, 1, "time", "date", ("up",),
                "the day of a moment, without its time of day", "某一时刻所在的那一天", "day_of(opened) <= period_last_day",
                lambda a, moment: a.rounded(a.over(moment, MINUTES_PER_DAY), Rounding.FLOOR)),
    RowFunction("served", "在期比例", 2, 2, "date", "plain", ("none",),
                "the share of the period that lies from the first date to the second, both included",
                "从前一日期到后一日期（首尾都算）占本周期的比例", 'served(hired, left, method="calendar_days")',
                options=("method",)),
)  # fmt: skip

# These came after schemes were written: a value or a table of rows may still be called so, for a call has brackets.
AS_NAMES = frozenset(word for f in ROW_FUNCTIONS if f.name in ("months", "years", "trunc") for word in (f.name, f.chinese))
RESERVED_FOR_LATER = ("sqrt", "exp", "ln", "power")

ROW = {f.name: f for f in ROW_FUNCTIONS}
VALUE = ("value", "实际值")  # value(indicator) is what was measured; it is a name, not a computation

# Both spellings of every function, and of every option, to the English one.
CANONICAL = {spelling: f.name for f in ROW_FUNCTIONS for spelling in (f.name, f.chinese)} | {
    spelling: f.name for f in AGGREGATES for spelling in (f.name, f.chinese)
}
OPTIONS = {
    "over": "over", "范围": "over", "where": "where", "其中": "where", "within": "within", "组内": "within",
    "give": "give", "取": "give", "n": "n", "个数": "n", "order": "order", "排序": "order", "method": "method", "方法": "method",
    "ties": "ties", "并列": "ties", "first": "first", "次序": "first",
    "then": "then", "再按": "then", "weight": "weight", "权重": "weight",
}  # fmt: skip
OF_ROWS = ("where", "order", "then", "weight")  # options whose formulas are read where the rows stand
OF_RESULT = ("n",)  # and those that are read where the aggregate itself stands
CHINESE = {f.name: f.chinese for f in ROW_FUNCTIONS} | {f.name: f.chinese for f in AGGREGATES} | {
    english: spelling for spelling, english in OPTIONS.items() if spelling != english
}


def spelling(name: str, language: str) -> str:
    """A function or an option of ours, by its English name, as it is written in a language.

    >>> spelling("best", "zh"), spelling("n", "en")
    ('最好几次', 'n')
    """
    return in_language(language, name, CHINESE[name])


EVERYONE = ("everyone", "全体")
MEANS_EVERYONE = frozenset({"all", "everybody", "people", "company", "全部", "所有", "所有人", "全员", "全公司", "公司"})
MEANS_PEOPLE = frozenset({"people", "person", "employee", "employees", "staff", "员工", "人员", "职工", "本人", "个人"})
OTHERS = ("others", "其他人")
PART = ("part", "分项")  # in an aggregate over an indicator group: the score of each of its parts
# award(honour) is the money of an honour: a name, as value(indicator) is one. Where no honour has an award, an
# author may call a table or function so.
AWARD = ("award", "奖金")

# The constants of the period being run; an author may use the names for something else.
PERIOD_NAMES = {
    "period_first_day": "周期首日", "period_last_day": "周期末日", "period_days": "周期天数",
}  # fmt: skip
# What a scheme with weighted indicators defines itself; for one with pay see `pay.RESULTS`.
TOTAL_NAMES = ("total", "总分")


@frozen
class OptionWord:
    """A word that an option of the function `of` may be, written in quotes, in either language."""

    option: str
    english: str
    chinese: str
    of: str
    meaning_en: str
    meaning_zh: str


OPTION_WORDS: tuple[OptionWord, ...] = (
    OptionWord("method", "at_least", "至少", "percentile",
               "the smallest value that at least this share of the rows does not exceed", "至少有这个比例的行不超过它的最小值"),
    OptionWord("method", "more_than", "超过", "percentile",
               "the smallest value that more than this share of the rows does not exceed", "超过这个比例的行不超过它的最小值"),
    OptionWord("method", "linear", "线性", "percentile",
               "on the straight line between the two neighbouring values", "在相邻两个值之间按直线取值"),
    OptionWord("method", "calendar_days", "日历天数", "served",
               "days inside the period, of the days of the period", "周期内的天数占周期天数的比例"),
    OptionWord("method", "full_months", "整月", "served",
               "months wholly inside, of the months of the period; each begins on the day of the month on which the year starts",
               "完整的月数占周期月数的比例；每月从年度起日的那一天算起"),
    OptionWord("method", "started_months", "跨及月", "served",
               "the same months, with at least one day inside", "同上各月中，至少有一天的月数占周期月数的比例"),
    OptionWord("method", "majority_months", "过半月", "served",
               "the same months, of which at least half the days are inside", "同上各月中，至少有一半天数的月数占周期月数的比例"),
    OptionWord("ties", "standard", "并列取前", "rank", "1, 2, 2, 4", "1、2、2、4"),
    OptionWord("ties", "modified", "并列取后", "rank", "1, 3, 3, 4", "1、3、3、4"),
    OptionWord("ties", "dense", "连续", "rank", "1, 2, 2, 3", "1、2、2、3"),
    OptionWord("first", "high", "高", "rank", "the largest value is number 1", "最大的为第 1 名"),
    OptionWord("first", "low", "低", "rank", "the smallest value is number 1", "最小的为第 1 名"),
)  # fmt: skip


def option_word(option: str, text: str) -> str:
    """The English word that `text` spells for an option; any other text as it is.

    >>> option_word("ties", "并列取前"), option_word("first", "up")
    ('standard', 'up')
    """
    found = (w.english for w in OPTION_WORDS if w.option == option and text in (w.english, w.chinese))
    return next(found, text)


def option_words(option: str, function: str) -> tuple[str, ...]:
    """The English words that an option of a function may be."""
    return tuple(w.english for w in OPTION_WORDS if w.option == option and w.of == function)

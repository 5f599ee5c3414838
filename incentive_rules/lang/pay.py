"""The kinds of pay line, one entry each, and the sums that a scheme with pay defines itself.

A new kind is one entry: the word under `kind:`, its sum, its place in what is paid out and the words of statements
follow from it. The referee says in `judging/quantities.py` what each sum is made of, on purpose.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class PayKind:
    """A kind of pay line.

    `sign` is what a line of it does to the money that the person gets: 1 adds to it, -1 is taken off, 0 is borne by
    others. `total` is the sum of its lines, and `total_title` how people read that. `instead` is what people write for
    the word.
    """

    name: str
    chinese: str
    meaning_en: str
    meaning_zh: str
    sign: int
    total: str
    total_chinese: str
    total_title: str
    instead: str = ""


PAY_KINDS: tuple[PayKind, ...] = (
    PayKind("earning", "收入", "paid to the person", "发给本人", 1, "earnings", "应发", "earnings",
            instead="应发 收益 发放 奖金 income bonus"),
    PayKind("deduction", "扣款", "taken off the person's pay", "从本人薪酬中扣除", -1,
            "deductions", "扣款", "deductions", instead="扣除 扣减 应扣 代扣 minus"),
    PayKind("employer_cost", "单位承担", "borne by the employer, beside the pay", "由单位另行承担", 0,
            "employer_cost", "单位承担", "employer cost"),
)  # fmt: skip
USUAL = PAY_KINDS[0]  # of a line that does not say its kind; a wage floor raises it
KIND_OF = {one.name: one for one in PAY_KINDS}
PAID_OUT = tuple(one for one in PAY_KINDS if one.sign)
# What the block `wage_floor` defines: the amount, and the line that makes up for what is missing to it.
FLOOR_NAMES, SHORTFALL = ("wage_floor", "工资下限"), ("shortfall", "下限补足")
NET = ("net", "实发")  # what is paid out: the sums of the kinds with a sign

# Both spellings of each sum, in the order of statements: what is paid out stands below what it is made of.
RESULTS = {
    **{one.total: one.total_chinese for one in PAID_OUT}, NET[0]: NET[1],
    **{one.total: one.total_chinese for one in PAY_KINDS if not one.sign},
}  # fmt: skip
RESULT_WORDS = {one.total: (one.total_title, one.total_chinese) for one in PAY_KINDS} | {NET[0]: NET}
IN_ENGLISH = {spelling: english for english, chinese in RESULTS.items() for spelling in (english, chinese)}


def kinds_in(result: str) -> tuple[PayKind, ...]:
    """The kinds of line that a sum is made of, by its name in either language.

    >>> [one.name for one in kinds_in("net")], [one.name for one in kinds_in("应发")]
    (['earning', 'deduction'], ['earning'])
    """
    english = IN_ENGLISH.get(result, result)
    return PAID_OUT if english == NET[0] else tuple(one for one in PAY_KINDS if one.total == english)

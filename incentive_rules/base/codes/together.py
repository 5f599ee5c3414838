"""Codes about what several rows decide together: ties, and what a pool cannot pay."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

TOGETHER: tuple[Code, ...] = (
    Code(
        "data-tie",
        Severity.ERROR,
        Wording("the line of `{text}` falls between people who are level",
                "say `ties: all` or `ties: none`; in an honour a further formula of `best_by` may tell them apart"),
        Wording("`{text}` 的界线正好落在成绩相同的人中间", "写 `并列: 全部授予` 或 `并列: 全部不授`（等级写 `就高` 或 `就低`）；荣誉还可以在 `评选依据` 中再写一项以分先后"),
        "Who of two equals is chosen is for people to say, not for the order of the rows.",
        "成绩相同的人取谁，须由人决定，不能由数据的先后决定。",
    ),
    Code(
        "data-remainder",
        Severity.ERROR,
        Wording("the pool of `{text}` cannot be paid out whole", "mend the weights or the caps, or write `remainder: keep`"),
        Wording("`{text}` 的奖金池分不完", "改正比例或上限，或写 `余额: 留存`"),
        "A pool that declares that nothing may be left says so before anybody is paid.",
        "方案写明余额不得留存，分不完就不发放。",
    ),
    Code(
        "data-latest-tie",
        Severity.ERROR,
        Wording("`{text}`: several rows are the latest and differ in value", "let a further `order` tell them apart, or mend the rows"),
        Wording("`{text}`：最近的一行不止一行，而且值不同", "在 `排序` 中再写一项以分先后，或改正数据"),
        "Of two rows of one day neither is the latest.",
        "同一天的两行，分不出哪一行最近。",
    ),
    Code(
        "data-order-tie",
        Severity.ERROR,
        Wording("`{text}`: two rows have the same place in the order", "let a further `order` tell them apart, or mend the rows"),
        Wording("`{text}`：有两行的次序相同", "在 `排序` 中再写一项以分先后，或改正数据"),
        "A running sum depends on which of two rows comes first, and nothing says which.",
        "累计数取决于两行谁先谁后，而数据没有写明。",
    ),
)  # fmt: skip

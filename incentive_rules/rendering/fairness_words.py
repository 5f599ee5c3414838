"""The words of the page about promises, in both languages."""

from __future__ import annotations

from ..base.words import filled
from ..model.verdict import Status

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Report on promises", "承诺核对报告"),
    "version": ("version {version}", "版本 {version}"),
    "example": ("Example: every number is invented, nobody may be paid by it.", "示例：数字都是虚构的，不得用于发薪。"),
    "skip": ("to the verdicts", "跳到逐条结论"),
    "lead": ("The scheme makes {count} promises.", "方案作了 {count} 条承诺。"),
    "lead_one": ("The scheme makes one promise.", "方案作了 1 条承诺。"),
    "lead_none": ("The scheme makes no promise.", "方案没有作出承诺。"),
    "all_fine": ("Nothing is refuted.", "没有一条被否定。"),
    "refuted_one": ("One is refuted: {what}.", "有 1 条被否定：{what}。"),
    "refuted_many": ("{count} are refuted: {what}.", "有 {count} 条被否定：{what}。"),
    "verdicts": ("Verdict by verdict", "逐条结论"),
    "verdict": ("Verdict", "结论"),
    "promise": ("Promise", "承诺"),
    "why": ("On what grounds", "凭什么这样说"),
    "evidence": ("see the two cases", "看两种情形"),
    "table": ("see the groups", "看各组"),
    "exception": ("exception: {name}", "例外：{name}"),
    "line": ("line {line}", "第 {line} 行"),
    "met": ("and {count} more", "等 {count} 处"),
    "pair": ("{promise}: two cases", "{promise}：两种情形"),
    "one_case": ("{promise}: one case", "{promise}：一种情形"),
    "differs": ("Only what differs", "只列不同的"),
    "one": ("Case 1", "情形一"),
    "other": ("Case 2", "情形二"),
    "change": ("Change", "变化"),
    "facts": ("Facts", "数据"),
    "measures": ("What is measured", "测得的值"),
    "scores": ("Scores and grades", "得分与等级"),
    "values": ("What follows", "由此变动的数"),
    "money": ("Money", "薪酬"),
    "row": ("{table}, row {row}", "{table} 第 {row} 行"),
    "blame": ("What keeps it from being proved", "症结所在"),
    "next": ("What to do", "接下来"),
    "next_text": (
        "Change the scheme; or accept it there as an exception with a reason, who decided it and when.",
        "修改方案；或者在方案里把它列为例外，写明原因、决定人和日期。",
    ),
    "world": ("All rows of both cases, to compute them again", "两种情形的全部数据，可供重算"),
    "people": ("people", "人员"),
    "groups": ("{promise}: groups compared", "{promise}：各组比较"),
    "groups_sub": (
        "The gap is that of the averages, as a part of the second group's, with its interval of 95%.",
        "差距是平均数之差占后一组的比例，区间的置信水平为 95%。",
    ),
    "group": ("Groups", "组别"),
    "gap": ("Gap", "差距"),
    "interval": ("Interval", "区间"),
    "n": ("People", "人数"),
    "curves": ("How {line} changes as one indicator does", "每项指标变动时，{line}怎么变"),
    "curves_sub": (
        (
            "One typical person ({who}). Each picture moves what one indicator measures and nothing else; what others "
            "decide is held fast. Every point was computed by the engine, and nothing between two points is made up. "
            "All pictures have the same upright scale."
        ),
        (
            "一个典型人员（{who}）。每张图只动一项指标的实际值，其余不变，由别人决定的数也固定。"
            "每个点都由引擎算出，点与点之间没有补画。纵轴相同。"
        ),
    ),
    "curves_of_facts": ("How {line} changes as one fact does", "每项数据变动时，{line}怎么变"),
    "facts_sub": (
        (
            "One example ({who}). Each picture moves one fact and nothing else. Every point was computed; "
            "nothing between two points is made up. All pictures have the same upright scale."
        ),
        "一个例子（{who}）。每张图只动一项数据，其余不变。每个点都由引擎算出，点与点之间没有补画。纵轴相同。",
    ),
    "raises": ("{line} never falls as these rise (proved): {count}", "以下各项升高时{line}不降（已证明）：{count} 项"),
    "lowers": ("{line} never rises as these rise (proved): {count}", "以下各项升高时{line}不升（已证明）：{count} 项"),
    "nothing_proved": (
        "{line} as these rise, nothing is proved: {count}", "以下各项升高时{line}如何，未得证明：{count} 项",
    ),
    "directions": ("Which facts move {line}, and which way", "哪些数据影响{line}，往哪个方向"),
    "key_plateau": ("plateau: better or worse, the same pay", "平台：变好变坏都一样"),
    "key_cliff": ("cliff: one step, so much pay", "断崖：一格之差"),
    "key_here": ("where this person is now", "此人现在的位置"),
    "flat": ("all one plateau: {amount} from {low} to {high}", "全程平台：{low} 至 {high} 都是 {amount}"),
    "cliff": ("{before} → {after}: {change}", "{before} → {after}：{change}"),
    "more_cliffs": ("and {count} more cliffs", "另有 {count} 处断崖"),
    "slope": ("from {low} to {high} it changes step by step", "{low} 至 {high} 之间逐步变动"),
    "plateau": ("longest plateau: {low} to {high}", "最长的平台：{low} 至 {high}"),
    "weight": ("weight {weight}", "权重 {weight}"),
    "higher": ("higher is better", "越高越好"),
    "lower": ("lower is better", "越低越好"),
    "measured": ("Measured, whether or not it is promised", "测得的数，不论是否承诺"),
    "measured_sub": (
        "The largest that was found among so many tries: no bound, for nobody has looked everywhere.",
        "试过若干情形中的最大值；不是上限，没有试遍所有情形。",
    ),
    "measure": ("Measure", "项目"),
    "amount": ("Found", "测得"),
    "tried": ("Tried", "试过"),
    "where": ("Where", "在哪里"),
    "not_promised": ("Not promised", "没有承诺的"),
    "made": (
        "Computed by incentive-rules from the scheme itself. This page loads nothing and runs no script.",
        "由 incentive-rules 根据方案算出。本页不联网，不含脚本。",
    ),
}
MEANS: dict[Status, tuple[str, str]] = {
    Status.REFUTED: ("Shown to be broken: it can be computed again.", "找到了反例：可以照着复算。"),
    Status.INCONCLUSIVE: ("These people are too few to say.", "这些人的数据还不足以断定。"),
    Status.UNKNOWN: ("Nobody knows, which is not a clean bill.", "判断不了，不等于没有问题。"),
    Status.TESTED: ("Tried many times, nothing found; no proof.", "试过很多情形，没有发现反例；但没有证完。"),
    Status.ACCEPTED: ("Where it does not hold, somebody said why.", "不成立的地方写明了原因，并有人接受。"),
    Status.NOT_APPLICABLE: ("Cannot be judged here.", "这里无从判断。"),
    Status.PROVED: ("Holds for all legal data, not only these.", "对一切合法数据都成立。"),
}


def say_fair(phrase: str, language: str, **holes: object) -> str:
    """The phrase in `zh` or `en`, its holes filled."""
    return filled(_WORDS[phrase], language, holes)

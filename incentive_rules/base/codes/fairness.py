"""Codes about rules that read well and pay otherwise: each is found in the document, whatever it promises."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

WARNING, HINT = Severity.WARNING, Severity.HINT
_ADJUSTED = "composites:\n  k: {of: {speed: 100%}, missing: zero, adjust: ["

CODES: tuple[Code, ...] = (
    Code(
        "cap-lifted", WARNING,
        Wording("`{name}`: the step “{reason}” comes after the {sort_word} “{earlier}”, and may lift it again", "move it before the {sort_word}, or say in its `when` whom it is for"),
        Wording("`{name}`：“{reason}”在{sort_word}“{earlier}”之后，可能又把它抬高", "把它移到{sort_word}之前，或在条件中写明适用于谁"),
        "Steps act in the order written: what comes after a cap or a veto is no longer under it.", "各项调整按所写顺序执行：写在封顶或否决之后的，就不再受它约束。",
        _ADJUSTED + "{reason: capped, when: jobs > 400, at_most: 70}, {reason: thanks, add: 5}]}\n",
        _ADJUSTED + "{reason: thanks, add: 5}, {reason: capped, when: jobs > 400, at_most: 70}]}\n",
        {"beside": (
            Wording("`{name}` adds to `{read}`, whose step “{earlier}” it may lift again", "add it under `adjust` of `{read}`, before that step"),
            Wording("`{name}` 在 `{read}` 之上再加，可能又抬高了其中的“{earlier}”", "把它写进 `{read}` 的“调整”，放在那一项之前"),
        )},
    ),
    Code(
        "table-row-idle", HINT,
        Wording("the row `{edge}` of `{name}` gives what the row `{other}` gives: without it nothing changes", "take the row out, or mend its result"),
        Wording("`{name}` 的 `{edge}` 一行与 `{other}` 一行结果相同：去掉也没有变化", "去掉这一行，或改正它的结果"),
        "A row that changes nothing is left over, or its result is a slip.", "不起任何作用的行是多余的，或者结果写错了。",
        "tables:\n  t: {from: {10: 1, 20: 1, 30: 2}, else: 0}\nquantities:\n  x: t(jobs)\n",
        "tables:\n  t: {from: {10: 1, 30: 2}, else: 0}\nquantities:\n  x: t(jobs)\n",
    ),
    Code(
        "words-out-of-order", WARNING,
        Wording("the scores of `{name}` go up and down along its words: {listing}", "mend the scores, or list the words from one end to the other"),
        Wording("`{name}` 的得分随所列的词忽高忽低：{listing}", "改正得分，或从一头到另一头依次列出各词"),
        "Ratings are listed from one end to the other; where the scores do not follow, two of them were swapped.", "评级总是从一头到另一头列出；得分不随之变化，多半是写反了两项。",
        "inputs:\n  mood: {type: category, one_of: [good, fair, poor]}\nindicators:\n  manner: {weight: 100%, better: higher, value: mood, score: {equals: {good: 60, fair: 100, poor: 0}}}\n",
        "inputs:\n  mood: {type: category, one_of: [good, fair, poor]}\nindicators:\n  manner: {weight: 100%, better: higher, value: mood, score: {equals: {good: 100, fair: 60, poor: 0}}}\n",
    ),
    Code(
        "pool-formula", WARNING,
        Wording("`{name}` pays each member a part of a whole: rounded one by one the parts do not add up to it, and nobody checks that they do", "write it as a `pool:`, which shares out every cent"),
        Wording("`{name}` 按公式给每人一份：逐个舍入后合计对不上总额，也没有人检查", "写成“奖金池”，一分不差地分完"),
        "A pool conserves: what it shares out is what it has. A formula for each member does not know of the others.", "奖金池保证分出去的正好是池里的钱；给每个人各写一个公式，就没有这个保证。",
        "pay:\n  part: {amount: \"5000 * jobs / sum(jobs, over=everyone)\"}\n",
        "pay:\n  part: {pool: {each: everyone, amount: 5000, in_proportion_to: jobs}}\n",
    ),
    Code(
        "at-risk", WARNING,
        Wording("`{name}` says `at_risk: false`, and an indicator moves it: {path}", "take the indicator out of it, or say `at_risk: true`"),
        Wording("`{name}` 写了“浮动: 否”，却随指标变动：{path}", "从中去掉指标，或写“浮动: 是”"),
        "A line that is not at risk is what people can count on, whatever is measured.", "不浮动的部分是不论考核如何都能指望的。",
        "pay:\n  base: {amount: 10 * speed, at_risk: false}\n",
        "pay:\n  base: {amount: 10 * speed, at_risk: true}\n",
    ),
    Code(
        "missing-is-best", WARNING,
        Wording("where `{name}` is missing it counts as the best there is: who has nothing measured cannot be beaten", "let something in the middle stand in, or leave it missing and say `missing:` for the group"),
        Wording("`{name}` 缺失时按最好的计：没有被考核的人谁也比不过", "改用中间的数，或让它缺失，由所在的组写“缺项”"),
        "It pays to have nothing measured, and so less is measured.", "没有记录反而最划算，记录就会越来越少。",
        "indicators:\n  speed: {weight: 100%, better: higher, value: \"coalesce(rating / 5, 1)\", score: 100 * value}\n",
        "indicators:\n  speed: {weight: 100%, better: higher, value: \"coalesce(rating / 5, 0.5)\", score: 100 * value}\n",
    ),
)  # fmt: skip

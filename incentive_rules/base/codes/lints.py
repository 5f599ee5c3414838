"""Codes that stop nobody: what is unused, never happens, is said twice or rounded again."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

CODES: tuple[Code, ...] = (
    Code(
        "unused", HINT,
        Wording("`{name}` is read by no formula", "take it out, or use it"),
        Wording("`{name}` 没有被任何公式读取", "去掉它，或在公式中使用"),
        "What nobody reads is a leftover, or a rule that was forgotten.", "没有人读取的数据是多余的，或者漏写了规则。",
        "parameters:\n  limit: 40\n", "parameters:\n  limit: 40\nquantities:\n  x: jobs > limit\n",
        {"protected": (Wording("`{name}` is read by no formula (it is under `never_reads`: as promised)", ""),
                       Wording("`{name}` 未被公式读取（列在“不得读取”中，正常）", ""))},
    ),
    Code(
        "period-hidden", WARNING,
        Wording("`{name}` means this one now, and no longer the period itself", "choose another name, or take it out and use the constant of the period"),
        Wording("`{name}` 现在指这一项，不再是周期本身的常量", "换一个名称；或删去它，直接用周期的常量"),
        "The first day, the last day and the number of days of a period are constants that every formula may read.", "周期的首日、末日和天数是公式可以直接读取的常量。",
        "quantities:\n  period_days: jobs + 1\n", "quantities:\n  days_counted: jobs + 1\n",
    ),
    Code(
        "condition-never", WARNING,
        Wording("the condition of `{name}` never holds: `{text}`", "mend the condition or the ranges of what it reads"),
        Wording("`{name}` 的条件永远不成立：`{text}`", "改正条件，或改正所读数据的取值范围"),
        "A gate that nobody can pass, or a cap that never acts, is a rule on paper only.", "谁也通不过的门槛、从不起作用的封顶，只是写在纸上。",
        "pay:\n  bonus: {when: jobs > 900, amount: 100}\n", "pay:\n  bonus: {when: jobs > 90, amount: 100}\n",
    ),
    Code(
        "condition-always", WARNING,
        Wording("the condition of `{name}` always holds: `{text}`", "take the condition out, or mend it"),
        Wording("`{name}` 的条件总是成立：`{text}`", "去掉条件，或改正它"),
        "A condition that excludes nobody is a slip, or not needed.", "不排除任何人的条件是笔误，或者不需要。",
        "pay:\n  bonus: {when: jobs > 0, amount: 100}\n", "pay:\n  bonus: {when: jobs > 10, amount: 100}\n",
    ),
    Code(
        "objective-unmeasured", HINT,
        Wording("the objective `{name}` has no indicator", "name one under `measured_by`, or leave it as an aim"),
        Wording("目标“{name}”还没有指标", "在“衡量指标”中写一个，或仅作为目的保留"),
        "An aim that nothing measures cannot be rewarded.", "没有指标的目标无法奖励。",
        "objectives:\n  loyalty: {title: Loyalty, measured_by: []}\n", "objectives:\n  loyalty: {title: Loyalty, measured_by: [speed]}\n",
    ),
    Code(
        "objective-indicator", ERROR,
        Wording("the objective `{objective}` is measured by `{name}`, which is no indicator", "write the name of an indicator"),
        Wording("目标 `{objective}` 的衡量指标 `{name}` 不存在", "写指标的名字"),
        "An objective points at indicators by name.", "目标用名字指向指标。",
        "objectives:\n  pace: {title: Pace, measured_by: [sped]}\n", "objectives:\n  pace: {title: Pace, measured_by: [speed]}\n",
    ),
    Code(
        "title-twice", WARNING,
        Wording("`{title}` is the title of two things: `{other}` and `{name}`", "give one of them a title of its own"),
        Wording("“{title}”同时是 `{other}` 和 `{name}` 的名称", "给其中一个另写标题"),
        "One display name with two meanings cannot be told apart on a statement.", "同一名称有两个意思，工资单上分不清。",
        "quantities:\n  a: {is: jobs * 2, title: Work}\n  b: {is: jobs * 3, title: Work}\n",
        "quantities:\n  a: {is: jobs * 2, title: Work}\n  b: {is: jobs * 3, title: Extra work}\n",
    ),
    Code(
        "rounded-again", HINT,
        Wording("`{name}` rounds `{read}` a second time, from {read_places} to {places} decimals", "round once: give `{read}` more decimals or `exact`"),
        Wording("`{name}` 把已舍入的 `{read}` 从 {read_places} 位再舍入到 {places} 位", "只舍入一次：给 `{read}` 更多小数位，或写“精确”"),
        "Rounding twice can differ from rounding once: 2.45 to 2.5 to 3.", "两次舍入可能与一次不同：2.45 先成 2.5 再成 3。",
        "quantities:\n  a: {is: jobs / 3, decimals: 1}\n  b: {is: a, decimals: 0}\n",
        "quantities:\n  a: {is: jobs / 3, decimals: exact}\n  b: {is: a, decimals: 0}\n",
        {"idle": (
            Wording("the rounding of `{name}` has nothing left to do: `{read}` was rounded to {read_places} decimals before",
                    "round once: write `decimals: exact` for `{read}`"),
            Wording("`{name}` 的舍入不起作用：`{read}` 已先舍入到 {read_places} 位小数", "只舍入一次：给 `{read}` 写 `小数位: 精确`"),
        )},
    ),
    Code(
        "never-reads", ERROR,
        Wording("`{name}` reads `{read}`, and the scheme promises that it never does: {path}", "take it out of the formula, or change the promise"),
        Wording("`{name}` 读取了 `{read}`，而方案承诺不得读取：{path}", "从公式中去掉，或修改承诺"),
        "A promise of equal treatment is checked, not believed. A fact is read by its name, and also where people come together by it: under `within`, under `each`, in what a group has.",
        "同等待遇的承诺要检查，不能只靠相信。写出名字是读取；按它把人分到一起（`组内`、`每个`、群组的数据）也是读取。",
        "inputs:\n  age: {type: integer, range: [16, 75]}\nprinciples:\n  equal: {title: Equal, promises: {never_reads: [age]}}\nquantities:\n  x: 1 if age < 30 else 2\n",
        "inputs:\n  age: {type: integer, range: [16, 75]}\nprinciples:\n  equal: {title: Equal, promises: {never_reads: [age]}}\nquantities:\n  x: jobs\n",
        {"group": (
            Wording("`{name}` rests on groups by `{read}`, and the scheme promises that it never reads it: {path}",
                    "form the groups by something else, or change the promise"),
            Wording("`{name}` 按 `{read}` 分组，而方案承诺不得读取：{path}", "改用别的分组，或修改承诺"),
        )},
    ),
    Code(
        "never-reads-unknown", ERROR,
        Wording("`never_reads` names `{name}`, which does not exist", "write the name of an input"),
        Wording("“不得读取”中的 `{name}` 不存在", "写数据的名字"),
        "A promise about a misspelt name would promise nothing.", "名字写错的承诺等于没有承诺。",
        "inputs:\n  age: {type: integer, range: [16, 75]}\nprinciples:\n  equal: {title: Equal, promises: {never_reads: [aeg]}}\n",
        "inputs:\n  age: {type: integer, range: [16, 75]}\nprinciples:\n  equal: {title: Equal, promises: {never_reads: [age]}}\n",
        {"near": (
            Wording("`never_reads` names `{name}`, which does not exist", "did you mean `{near}`?"),
            Wording("“不得读取”中的 `{name}` 不存在", "是不是 `{near}`？"),
        ), "sort": (
            Wording("`never_reads` names `{name}`, which is no input", "write the name of an input"),
            Wording("“不得读取”中的 `{name}` 不是数据", "写数据的名字"),
        )},
    ),
)  # fmt: skip

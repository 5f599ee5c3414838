"""Codes about the promises of principles: what they name, whether they can apply, whether two agree."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
_BROKEN = {
    "gives": (
        Wording("the scheme has no `{name_word}`, and the promise `{promise_word}` says that it does", "write the section, or take it out of the promise"),
        Wording("方案没有“{name_word}”，而承诺“{promise_word}”说有", "写上这一部分，或从承诺中去掉"),
    ),
    "every": (
        Wording("no pay line is paid each `{name_word}`, and the promise `{promise_word}` says that one is", "say `every` for a line, or take it out of the promise"),
        Wording("没有按“{name_word}”发放的薪酬项，而承诺“{promise_word}”说有", "给某个薪酬项写上“频率”，或从承诺中去掉"),
    ),
}
_GIVES, _EVERY = _BROKEN["gives"], _BROKEN["every"]
_IDLE = (
    Wording("nothing that is paid moves with the indicator `{name}`, and the promise `{promise_word}` says that it counts", "give it weight, let a line of pay rest on it, or take it out"),
    Wording("没有任何薪酬随指标 `{name}` 变动，而承诺“{promise_word}”说每项都起作用", "给它权重，让某个薪酬项取决于它，或删去它"),
)

CODES: tuple[Code, ...] = (
    Code(
        "promise-name", ERROR,
        Wording("the promise `{promise_word}` names `{name}`, which is not {sort_word}", "write the name of {sort_word}, or take it out"),
        Wording("承诺“{promise_word}”中的 `{name}` 不是{sort_word}", "写{sort_word}的名字，或删去"),
        "A promise about a name that does not exist would promise nothing, and nobody would notice.",
        "承诺里的名字若不存在，就等于什么也没有承诺，而且没人会发现。",
        "principles:\n  results: {title: Results, promises: {better_never_pays_less: [sped]}}\npay:\n  bonus: {amount: 10 * speed}\n",
        "principles:\n  results: {title: Results, promises: {better_never_pays_less: [speed]}}\npay:\n  bonus: {amount: 10 * speed}\n",
        {"near": (
            Wording("the promise `{promise_word}` names `{name}`, which is not {sort_word}", "did you mean `{near}`?"),
            Wording("承诺“{promise_word}”中的 `{name}` 不是{sort_word}", "是不是 `{near}`？"),
        )},
    ),
    Code(
        "exception-reason", ERROR,
        Wording("the exception `{name}` gives no reason", "write why: a works council will ask"),
        Wording("例外 `{name}` 没有写原因", "写出原因：职工代表会问"),
        "An exception that nobody has to explain is a promise that nobody has to keep.", "不必说明原因的例外，等于不必遵守的承诺。",
        "principles:\n  results: {title: Results, promises: {largest_jump: {line: bonus, at_most: 10, except: {jobs: ''}}}}\npay:\n  bonus: {amount: 10 * speed}\n",
        "principles:\n  results: {title: Results, promises: {largest_jump: {line: bonus, at_most: 10, except: {jobs: paid by the job}}}}\npay:\n  bonus: {amount: 10 * speed}\n",
    ),
    Code(
        "promise-idle", ERROR,
        Wording("the promise `{promise_word}` cannot apply: the scheme has no {sort_word}", "take it out, or write what it speaks of"),
        Wording("承诺“{promise_word}”无从谈起：方案没有{sort_word}", "删去它，或写上它所说的内容"),
        "What can never be broken is no promise, and reads like one.", "不可能违背的话不是承诺，读起来却像承诺。",
        "principles:\n  results: {title: Results, promises: {better_never_pays_less: all}}\n",
        "principles:\n  results: {title: Results, promises: {better_never_pays_less: all}}\npay:\n  bonus: {amount: 10 * speed}\n",
        {"exception": (
            Wording("the promise `{promise_word}` does not speak of `{name}`, so it needs no exception for it", "take the exception out, or name `{name}` in the promise"),
            Wording("承诺“{promise_word}”本来就没有说到 `{name}`，不需要例外", "删去这个例外，或在承诺中写上 `{name}`"),
        ), "empty": (
            Wording("the promise `{promise_word}` names nothing", "name what it is about, or take it out"),
            Wording("承诺“{promise_word}”什么也没有列出", "写出所指的内容，或删去"),
        ), "negative": (
            Wording("no scheme can keep the promise `{promise_word}`: `{text}` is below 0", "write 0 or more"),
            Wording("任何方案都做不到承诺“{promise_word}”：`{text}` 小于 0", "写 0 或更大的数"),
        )},
    ),
    Code(
        "promise-edges", WARNING,
        Wording("`{name}` is a number, and the promise `{promise_word}` does not say between which numbers its groups lie", "write edges: `{{{name}: [30, 40, 50]}}`"),
        Wording("`{name}` 是数，而承诺“{promise_word}”没有写明以哪些数分组", "写出分界：`{{{name}: [30, 40, 50]}}`"),
        "Each number would be a group of its own, and hardly anybody could be compared.", "否则每个数各成一组，几乎无从比较。",
        "principles:\n  equal: {title: Equal, promises: {compare_groups: {groups: [jobs]}}}\npay:\n  bonus: {amount: 10 * speed}\n",
        "principles:\n  equal: {title: Equal, promises: {compare_groups: {groups: [{jobs: [100, 200]}]}}}\npay:\n  bonus: {amount: 10 * speed}\n",
        {"words": (
            Wording("`{name}` is no number, so the promise `{promise_word}` cannot group it by numbers", "write `{name}` alone"),
            Wording("`{name}` 不是数，承诺“{promise_word}”不能按数分组", "只写 `{name}`"),
        )},
    ),
    Code(
        "promise-twice", ERROR,
        Wording("the promise `{promise_word}` is made twice, and not alike", "keep one of the two"),
        Wording("承诺“{promise_word}”写了两遍，内容不同", "只留其中一个"),
        "Of two limits nobody knows which one counts.", "两个限额并存，谁也不知道以哪个为准。",
        "principles:\n  one: {title: One, promises: {largest_jump: {line: bonus, at_most: 10}}}\n  two: {title: Two, promises: {largest_jump: {line: bonus, at_most: 20}}}\npay:\n  bonus: {amount: 10 * speed}\n",
        "principles:\n  one: {title: One, promises: {largest_jump: {line: bonus, at_most: 10}}}\npay:\n  bonus: {amount: 10 * speed}\n",
        {"exception": (
            Wording("the promise `{promise_word}` is made once with an exception for `{name}`, and once without", "keep one of the two"),
            Wording("承诺“{promise_word}”一处把 `{name}` 列为例外，另一处没有", "只留其中一个"),
        )},
    ),
    Code(
        "promise-refuted", ERROR, *_GIVES,
        "A promise is checked, not believed.", "承诺要检查，不能只靠相信。",
        variants={"every": _EVERY, "idle": _IDLE},
    ),
    Code(
        "promise-broken", WARNING, *_GIVES,
        "What is an error in `check` and `test` does not keep a scheme from being run or proved: else nobody could be shown why.",
        "`check` 和 `test` 里的错误，在运行和证明时只是警告：否则就无法让人看到原因。",
        "principles:\n  both: {title: Both, promises: {gives: [pay, honors]}}\npay:\n  bonus: {amount: 10 * speed}\n",
        "principles:\n  both: {title: Both, promises: {gives: [pay]}}\npay:\n  bonus: {amount: 10 * speed}\n",
        {"every": _EVERY, "idle": _IDLE},
    ),
    Code(
        "promise-open", HINT,
        Wording("whether the promise `{promise_word}` is kept takes more than a check", "`incentive-rules prove` looks for people who show it broken"),
        Wording("承诺“{promise_word}”是否做到，单靠检查还不能断定", "用 `incentive-rules prove` 寻找能说明问题的人"),
        "A check proves what rules alone decide: data flow, bounds, directions. The rest takes people, and a search for them takes longer.",
        "检查只证明单凭规则就能断定的：数据流、上下限、变化方向。其余要靠人来说明，搜索需要更长时间。",
        "principles:\n  results: {title: Results, promises: {better_never_pays_less: all}}\npay:\n  bonus: {amount: 10 * speed if jobs != 7 else 0}\n",
        "principles:\n  results: {title: Results, promises: {better_never_pays_less: all}}\npay:\n  bonus: {amount: 10 * speed}\n",
        {"blamed": (
            Wording("the promise `{promise_word}` is not proved: `{name}`, {reason_word}", "mend it, or let `incentive-rules prove` look for people who show the promise broken"),
            Wording("承诺“{promise_word}”未能证明：`{name}`，{reason_word}", "改正它，或用 `incentive-rules prove` 寻找能说明问题的人"),
        )},
    ),
)  # fmt: skip

"""Codes about counterexamples that are kept beside a scheme: their shape, and what of the scheme they speak of."""

from __future__ import annotations

from .entry import ERROR, Code, Wording

CODES: tuple[Code, ...] = (
    Code(
        "kept-shape", ERROR,
        Wording("`{name}` is no part of a file of counterexamples", "one of {names}"),
        Wording("反例文件里没有 `{name}` 这一项", "可写：{names}"),
        "Each pair says which promise it broke, in which period, for whom, and the two worlds: `prove --write-counterexamples` writes it so.",
        "每一对都写明违背了哪条承诺、哪个周期、涉及谁，以及两种情形：`prove --write-counterexamples` 就是这样写的。",
        variants={
            "near": (
                Wording("`{name}` is no part of a file of counterexamples", "did you mean `{near}`?"),
                Wording("反例文件里没有 `{name}` 这一项", "是不是 `{near}`？"),
            ),
            "lacks": (
                Wording("`{name_word}` is not there", "write it, or let `incentive-rules prove SCHEME --write-counterexamples` write the file"),
                Wording("缺少 `{name_word}`", "补上，或用 `incentive-rules prove 方案 --write-counterexamples` 重新写出"),
            ),
            "form": (
                Wording("`{name_word}` has to be {sort_word}", "write it as `prove --write-counterexamples` does"),
                Wording("`{name_word}` 应是{sort_word}", "按 `prove --write-counterexamples` 写出的样子改"),
            ),
            "same": (
                Wording("the two worlds are the same, so they show nothing", "let them differ, or take the pair out"),
                Wording("两种情形完全相同，说明不了什么", "让两者有所不同，或删去这一对"),
            ),
            "period": (
                Wording("`{text}` is no period for which this scheme is computed", "write one inside its `effective` days, or take the pair out"),
                Wording("`{text}` 不是本方案可以计算的周期", "写执行日期之内的周期，或删去这一对"),
            ),
        },
    ),
    Code(
        "kept-promise", ERROR,
        Wording("`{text}` is no promise", "write the promise that the pair broke"),
        Wording("没有“{text}”这种承诺", "写出这一对违背的承诺"),
        "A pair is kept for a promise: of another one it says nothing.", "每一对都是为某条承诺而留的，对别的承诺说明不了什么。",
        variants={
            "near": (
                Wording("`{text}` is no promise", "did you mean `{near}`?"),
                Wording("没有“{text}”这种承诺", "是不是“{near}”？"),
            ),
            "not_made": (
                Wording("the scheme does not promise `{promise_word}`", "make the promise, or take the pair out"),
                Wording("方案没有作出承诺“{promise_word}”", "写上这条承诺，或删去这一对"),
            ),
            "not_replayed": (
                Wording("two worlds of one period are not kept of `{promise_word}`", "take the pair out"),
                Wording("承诺“{promise_word}”不留存同一周期的两种情形", "删去这一对"),
            ),
        },
    ),
    Code(
        "kept-name", ERROR,
        Wording("`{name}` is no fact of {table_word}", "name it as the scheme does now, or take the pair out"),
        Wording("{table_word}没有 `{name}` 这项数据", "按方案现在的名字写，或删去这一对"),
        "A scheme changes, and what is kept has to follow: a fact that nobody reads any more would decide nothing.",
        "方案会改，留下的反例也要跟上：没有人再读的数据决定不了什么。",
        variants={
            "near": (
                Wording("`{name}` is no fact of {table_word}", "did you mean `{near}`?"),
                Wording("{table_word}没有 `{name}` 这项数据", "是不是 `{near}`？"),
            ),
            "table": (
                Wording("the scheme has no table `{name}`", "name it as the scheme does now, or take the pair out"),
                Wording("方案没有表 `{name}`", "按方案现在的名字写，或删去这一对"),
            ),
            "table_near": (
                Wording("the scheme has no table `{name}`", "did you mean `{near}`?"),
                Wording("方案没有表 `{name}`", "是不是 `{near}`？"),
            ),
            "who": (
                Wording("nobody is called `{name}` in both worlds", "write the key of somebody who stands in both"),
                Wording("两种情形里没有同一个编号为 `{name}` 的人", "写出两种情形里都有的人的编号"),
            ),
        },
    ),
    Code(
        "kept-row", ERROR,
        Wording("the scheme refuses this row: {reason}", "write what the scheme asks for now, or take the pair out"),
        Wording("方案不接受这一行：{reason}", "按方案现在的要求写，或删去这一对"),
        "Both worlds are computed as data are, so each row has to be one that the scheme takes.",
        "两种情形都按真实数据计算，因此每一行都要是方案接受的。",
    ),
)  # fmt: skip

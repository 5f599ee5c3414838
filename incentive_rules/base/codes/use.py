"""Codes about using a scheme: its file, the period it is used for, its examples."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

CODES: tuple[Code, ...] = (
    Code(
        "scheme-file",
        Severity.ERROR,
        Wording("there is no file {file}", "check the name and the folder; `incentive-rules init` makes a scheme to begin with"),
        Wording("没有文件 {file}", "检查文件名和所在文件夹；`incentive-rules init` 可以生成一份方案"),
        "A scheme is an ordinary readable file of YAML.",
        "方案是一个可以读取的普通 YAML 文件。",
        variants={
            "folder": (
                Wording("{file} is a folder, not a file", "name the scheme in it"),
                Wording("{file} 是文件夹，不是文件", "写出其中方案的文件名"),
            ),
            "special": (
                Wording("{file} is not an ordinary file", "copy it to an ordinary file first"),
                Wording("{file} 不是普通文件", "先另存为普通文件"),
            ),
            "denied": (
                Wording("{file} cannot be read: {reason}", "check its permissions"),
                Wording("无法读取 {file}：{reason}", "检查文件权限"),
            ),
        },
    ),
    Code(
        "period-unknown",
        Severity.ERROR,
        Wording("`{text}` is not a period", "write `2026-04`, `2026-Q2`, `2026-H1` or `2026`"),
        Wording("`{text}` 不是周期", "写成 `2026-04`、`2026-Q2`、`2026-H1` 或 `2026`"),
        "A period is a month, a quarter, half a year or a year, written in one way each.",
        "周期是一个月、一个季度、半年或一年，各有唯一的写法。",
        variants={
            "needed": (
                Wording("a period is needed, such as `{text}`", "say which {kind} is computed: `--period {text}`, in Python `period=\"{text}\"`"),
                Wording("需要写明周期，例如 `{text}`", "写明计算哪一期：`--period {text}`（在 Python 中写 `period=\"{text}\"`）"),
            ),
        },
    ),
    Code(
        "period-kind",
        Severity.ERROR,
        Wording("`{text}` is not a {kind}, and this scheme is computed by the {kind}", "write `{near}`"),
        Wording("`{text}` 与方案的周期不符：本方案按{kind_zh}计算", "写成 `{near}`"),
        "A scheme is computed for the periods that it declares; another length would pay other amounts.",
        "方案按声明的周期计算；换一种长度，金额就不同了。",
    ),
    Code(
        "period-outside",
        Severity.ERROR,
        Wording("`{text}` is not wholly inside the time in force, {first_day} to {last_day}",
                "choose another period, or the version of the scheme that is in force then"),
        Wording("`{text}` 不完全在执行日期 {first_day} 至 {last_day} 之内", "换一个周期，或用当时生效的方案版本"),
        "Nobody is paid by a scheme for days on which it is not in force; both ends count.",
        "方案未生效的日子不能据此发放；首尾两天都算在内。",
    ),
    Code(
        "period-unpublished",
        Severity.ERROR,
        Wording("`{text}` begins on {first_day}, before the scheme was published on {published}",
                "choose a later period, or say why under `backdated`"),
        Wording("`{text}` 从 {first_day} 开始，早于方案的公布日 {published}", "换一个周期，或在 `追溯原因` 中写明"),
        "People must know the rules before the time that they are measured by them.",
        "规则应当在考核期开始之前公布。",
    ),
    Code(
        "scheme-draft",
        Severity.ERROR,
        Wording("this scheme is a draft: it is checked, and never run", "fill what is still `tbd`, then write `status: active`"),
        Wording("这是草案：可以检查，不能运行", "补齐各处 `待定`，再把 `状态` 改为 `生效`"),
        "A draft has holes, or its author has not released it.",
        "草案还有空缺，或尚未发布。",
    ),
    Code(
        "example-differs",
        Severity.ERROR,
        Wording("example `{example}`: `{name}` is {value}, expected {expected}", "mend the scheme, or the expected value"),
        Wording("算例 `{example}`：`{name}` 为 {value}，应为 {expected}", "改正方案，或改正算例的期望值"),
        "An example says what somebody must get; the scheme and its examples agree to the digit.",
        "算例写明某人应得多少；方案与算例必须分毫不差。",
        variants={
            "missing": (
                Wording("example `{example}`: `{name}` is missing, expected {expected}", "mend the scheme, the facts, or what the example expects"),
                Wording("算例 `{example}`：`{name}` 缺失，应为 {expected}", "改正方案、数据，或算例的期望值"),
            ),
            "uncomputed": (
                Wording("example `{example}`: nothing computes `{name}` here, and {expected} is expected", "give what other people decide as a fact; or bring the row whose value it is; or write an example of several people"),
                Wording("算例 `{example}`：这里算不出 `{name}`，却期望 {expected}", "由他人决定的值作为事实给出；是某一行的值就写出那一行；或写成多人的算例"),
            ),
            "rows": (
                Wording("example `{example}`: `{name}` has {count} values here, one for each row", "expect what is made of the rows, such as their sum; or bring one row"),
                Wording("算例 `{example}`：`{name}` 在这里有 {count} 个值，每行一个", "改为期望由各行汇总出的值，例如求和；或只写一行"),
            ),
            "unreadable": (
                Wording("example `{example}`: `{expected}` cannot be a value of `{name}`", "write it as the scheme writes such values"),
                Wording("算例 `{example}`：`{expected}` 不可能是 `{name}` 的值", "按方案的写法填写"),
            ),
        },
    ),
    Code(
        "example-refused",
        Severity.ERROR,
        Wording("example `{example}` was refused: {reason}", "mend the facts of the example"),
        Wording("算例 `{example}` 的数据被拒收：{reason}", "改正算例的数据"),
        "The facts of an example obey the same rules as data.",
        "算例的数据与正式数据遵守同样的规则。",
    ),
    Code(
        "example-population",
        Severity.ERROR,
        Wording("example `{example}` of one person does not give {names}, which other people decide",
                "give these values among its facts, or write an example of several people"),
        Wording("算例 `{example}` 只有一个人，却没有给出由其他人决定的 {names}", "在数据中给出这些值，或写成多人的算例"),
        "A rank, a share of a pool or a mean of the department among one person alone would be another number.",
        "只有一个人时，名次、奖金池份额和部门平均数都是另一个数。",
    ),
    Code(
        "example-period",
        Severity.ERROR,
        Wording("example `{example}` cannot be computed for its period: {reason}", "mend its `period`"),
        Wording("算例 `{example}` 的周期不能计算：{reason}", "改正算例的 `周期`"),
        "An example is computed for a period of the scheme.",
        "算例按方案的某一期计算。",
        variants={
            "needed": (
                Wording("example `{example}` does not say its period", "add `period: {text}`"),
                Wording("算例 `{example}` 没有写周期", "加上 `周期: {text}`"),
            ),
            "draft": (
                Wording("example `{example}` cannot be computed yet: {reason}", "fill in what is to be decided; `test` then computes it"),
                Wording("算例 `{example}` 还不能计算：{reason}", "先补齐待定的内容，再运行算例"),
            ),
        },
    ),
    Code(
        "engines-differ",
        Severity.ERROR,
        Wording("two engines disagree: `{name}` of {who} is {value}, the referee has {expected}",
                "do not pay; please report this with the scheme and the row"),
        Wording("两个引擎结果不同：{who} 的 `{name}` 为 {value}，参考引擎为 {expected}", "请勿发放，并把方案和该行数据报告给我们"),
        "Every engine must give the digits of the slow, evidently right one. A difference is an error of this library.",
        "各引擎必须与慢而可靠的参考引擎逐位相同；不同就是本程序的错误。",
        variants={
            "fault": (
                Wording("the referee comes to no result for {who} ({reason}), and the run has one",
                        "do not pay; please report this with the scheme and the row"),
                Wording("参考引擎算不出 {who} 的结果（{reason}），而计算给出了结果", "请勿发放，并把方案和该行数据报告给我们"),
            ),
            "premise": (
                Wording("the referee refuses {who}, for `{name}` does not hold, and the run has a result",
                        "do not pay; please report this with the scheme and the row"),
                Wording("参考引擎拒收 {who}，因为 `{name}` 不成立，而计算给出了结果", "请勿发放，并把方案和该行数据报告给我们"),
            ),
            "bounds": (
                Wording("`{name}` of {who} is {value}, which the check of the scheme ruled out",
                        "do not pay; please report this with the scheme and the row"),
                Wording("{who} 的 `{name}` 为 {value}，而方案检查认为不可能出现这个值", "请勿发放，并把方案和该行数据报告给我们"),
            ),
        },
    ),
)  # fmt: skip

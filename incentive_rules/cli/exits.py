"""The exit codes: a program that calls ours may rely on them. A number keeps its meaning."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended. `MEANS` says it in both languages."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    REJECTED = 3
    INTERNAL = 4
    IN_PART = 5
    DIFFERS = 6
    LEFT_OUT = 7
    UNPRINTED = 74
    INTERRUPTED = 130


MEANS: dict[Exit, tuple[str, str]] = {
    Exit.CLEAN: ("everything is in order", "一切正常"),
    Exit.FINDINGS: (
        (
            "a scheme with errors, an example that fails, a promise that is refuted (with `--strict` also one that is "
            "unknown or inconclusive), a record that cannot be done again to the same bytes, an audit with a figure "
            "outside its limit"
        ),
        (
            "方案有错误、算例未通过、承诺被否定（`--strict` 时未知、无定论也算）、记录重算后不能逐字节相同，"
            "或审计中有数值超出限度"
        ),
    ),
    Exit.USAGE: (
        "wrong arguments, or a file that is not there or cannot be written",
        "命令参数有误，或文件不存在、无法写入",
    ),
    Exit.REJECTED: ("the data were refused: nobody was paid", "数据被拒收，没有计算任何人"),
    Exit.INTERNAL: (
        "an error of incentive_rules itself: nobody was paid, unless it says what was written",
        "程序内部出错：没有计算任何人，除非列出了已写出的文件",
    ),
    Exit.IN_PART: (
        "people were paid, but not every row could be used: some were refused, have no owner, or wait for others",
        "已计算，但有些行没有用上：被拒收、没有归属，或要等别的行改正",
    ),
    Exit.DIFFERS: (
        "the second engine comes to other amounts: nobody was paid, and nothing was written",
        "两个引擎的结果不同：没有计算任何人，也没有写出任何文件",
    ),
    Exit.LEFT_OUT: (
        "everybody was paid, and rows without an owner were left out, as the scheme says (`without_owner: leave_out`)",
        "已全部计算；没有归属的行按方案（`无归属: 不计入`）未计入",
    ),
    Exit.UNPRINTED: (
        "the output could not be printed: stdout is full or closed; what `run` has written is there, and named",
        "结果无法显示：标准输出已满或已关闭；`run` 已写出的文件都在，并逐一列出",
    ),
    Exit.INTERRUPTED: ("interrupted by the user", "被用户中断"),
}

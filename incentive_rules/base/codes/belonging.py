"""Codes about rows that belong together: owners of detail rows, groups and their tables, what one row does to others."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

BELONGING: tuple[Code, ...] = (
    Code(
        "data-orphan",
        Severity.ERROR,
        Wording("a row of `{details}` belongs to {value}, who is not among the people", "add the person, or remove the row"),
        Wording("`{details}` 中有一行属于 {value}，但人员数据里没有这个人", "补上此人，或删去该行"),
        "Detail rows without an owner would silently be left out of somebody's pay.",
        "没有归属的明细会悄悄漏算。",
        variants={
            "missing": (
                Wording("a row of `{details}` does not say to which `{input}` it belongs",
                        "fill the cell, or write `without_owner: leave_out` in the scheme"),
                Wording("`{details}` 中有一行没有写明属于哪个 `{input}`", "补上数据，或在方案中写 `无归属: 不计入`"),
            ),
            "near": (
                Wording("a row of `{details}` belongs to {value}, who is not among the people", "did you mean `{near}`? write the key as it stands among the people"),
                Wording("`{details}` 中有一行属于 {value}，但人员数据里没有这个人", "是不是 `{near}`？写法要与人员数据一致"),
            ),
            "zeros": (
                Wording("a row of `{details}` belongs to {value}, who is not among the people, where there is {near}",
                        "a spreadsheet drops zeros in front: format the column as text and write `{near}`"),
                Wording("`{details}` 中有一行属于 {value}，但人员数据里是 {near}",
                        "电子表格去掉了前面的 0：将这一列的格式设为“文本”，写成 `{near}`"),
            ),
            "row": (
                Wording("a row of `{details}` belongs to {value}, which is no row of `{owner}`",
                        "add the row there, or remove this one"),
                Wording("`{details}` 中有一行属于 {value}，但 `{owner}` 中没有这一行", "在 `{owner}` 中补上，或删去该行"),
            ),
            "row-near": (
                Wording("a row of `{details}` belongs to {value}, which is no row of `{owner}`", "did you mean `{near}`? write the key as it stands there"),
                Wording("`{details}` 中有一行属于 {value}，但 `{owner}` 中没有这一行", "是不是 `{near}`？写法要与那里一致"),
            ),
            "above": (
                Wording("a row of `{details}` belongs to {value} of `{owner}`, which has no owner itself",
                        "mend the row of `{owner}`"),
                Wording("`{details}` 中有一行属于 `{owner}` 的 {value}，而后者本身没有归属", "先改正 `{owner}` 中的那一行"),
            ),
        },
    ),
    Code(
        "data-two-owners",
        Severity.ERROR,
        Wording("the rows of {value} in `{details}` disagree: `{input}` is {second} here, and {first} in {where}",
                "let all rows say the same, or give `{details}` a file of its own"),
        Wording("`{details}` 中 {value} 的各行不一致：`{input}` 这里是 {second}，在 {where} 是 {first}",
                "统一各行，或为 `{details}` 单独提供文件"),
        "What is made from the rows below it has one owner; of two that are named, neither is chosen.",
        "由下级各行归并出来的一行只有一个归属；写了两个，程序不替人选择。",
        variants={
            "people": (
                Wording("the rows of {value} disagree: `{input}` is {second} here, and {first} in {where}",
                        "let all rows say the same, or give a file of people"),
                Wording("{value} 的各行不一致：`{input}` 这里是 {second}，在 {where} 是 {first}",
                        "统一各行，或另外提供人员文件"),
            ),
            "group": (
                Wording("the rows of {value} in `{details}` disagree: `{input}` is {second} here, and {first} in {where}",
                        "let all rows of a group say the same; facts of groups can be handed over once (`groups=`)"),
                Wording("`{details}` 中 {value} 的各行不一致：`{input}` 这里是 {second}，在 {where} 是 {first}",
                        "让同一群组的各行一致；群组的数据也可以用 `groups=` 只给一次"),
            ),
        },
    ),
    Code(
        "data-group-unknown",
        Severity.ERROR,
        Wording("`{input}` is {value}, which has no row in `{group}`", "add the row there, or mend the cell"),
        Wording("`{input}` 为 {value}，但 `{group}` 中没有这一行", "在 `{group}` 中补上，或改正数据"),
        "Where a file says which groups there are, any other value is a slip of the pen.",
        "既然有文件列明了各个群组，此外的值就是笔误。",
        variants={
            "near": (
                Wording("`{input}` is {value}, which has no row in `{group}`", "did you mean `{near}`?"),
                Wording("`{input}` 为 {value}，但 `{group}` 中没有这一行", "是不是 `{near}`？"),
            ),
            "refused": (
                Wording("`{input}` is {value}, whose row in `{group}` is refused", "mend that row first"),
                Wording("`{input}` 为 {value}，而 `{group}` 中的那一行有问题", "先改正那一行"),
            ),
        },
    ),
    Code(
        "data-twin",
        Severity.ERROR,
        Wording("`{input}` is {value} here and {other} in other rows, which look the same", "write it in one way in all rows"),
        Wording("`{input}` 这里是 {value}，别的行是 {other}，看起来一样", "各行都写成同一种"),
        "Two groups, or two people, whose names differ in the blanks inside them alone would be paid apart, and nobody would see why.",
        "名称只差中间的空格的两个组、两个人会分别计算，而谁也看不出原因。",
    ),
    Code(
        "data-alike",
        Severity.WARNING,
        Wording("`{input}` is {value} ×{count} and {others}, which differ in case, width or look alone",
                "if they mean the same, write them in one way; if not, nothing has to be done"),
        Wording("`{input}` 有 {value} ×{count}，也有 {others}，只差大小写、全半角或字形",
                "如果是同一个，统一写法；如果不是，不必改"),
        "Words that are alike are kept apart, since they may be meant; mostly one of them is a slip of the pen.",
        "相似的词按不同的词处理，因为可能确实不同；但多半有一个是笔误。",
        variants={
            "scheme": (
                Wording("`{input}` is {value} ×{count}, and the scheme speaks of {others}",
                        "if that is what is meant, write it as the scheme does; if not, nothing has to be done"),
                Wording("`{input}` 为 {value} ×{count}，而方案中写的是 {others}",
                        "如果指的就是它，改成方案中的写法；如果不是，不必改"),
            ),
            "zeros": (
                Wording("`{input}` is {value} ×{count} and {others}, which differ in the zeros in front alone",
                        "if they are the same, write all their digits: format the column as text, so that the spreadsheet keeps the zeros"),
                Wording("`{input}` 有 {value} ×{count}，也有 {others}，只差前面的 0",
                        "如果是同一个，把位数写全：将这一列的格式设为“文本”，电子表格就会保留前面的 0"),
            ),
            "left-out": (
                Wording("`{details}` of {value} ×{count} are left out, and among the people there is {others}",
                        "if that is who is meant, write the key as it stands among the people; if not, nothing has to be done"),
                Wording("`{details}` 中有 {count} 行属于 {value}，未计入；而人员数据里有 {others}",
                        "如果指的就是此人，把编号写成与人员数据一致；如果不是，不必改"),
            ),
            "shortened": (
                Wording("`{input}` is {value} ×{count}: a long number that a spreadsheet has shortened",
                        "format the column as text, type the whole number anew, and save it again"),
                Wording("`{input}` 为 {value} ×{count}：电子表格把长编号缩写了",
                        "将这一列的格式设为“文本”，重新输入完整的编号，再另存"),
            ),
        },
    ),
    Code(
        "data-held",
        Severity.ERROR,
        Wording("this pay rests on all of `{group}` {value}, and {refused} of it cannot stand", "mend the rows of {refused}"),
        Wording("此人的结果取决于整个 `{group}` {value}，而其中 {refused} 的数据有问题", "改正 {refused} 的数据"),
        "A pool, a rank or a mean of a group is wrong while one of its rows is refused, so all who stand on it wait.",
        "组内只要有一行被拒收，奖金池、名次和平均数就不可靠，因此凡取决于它们的人都先搁置。",
        variants={
            "everyone": (
                Wording("this pay rests on everybody, and {refused} cannot stand", "mend the rows of {refused}"),
                Wording("此人的结果取决于全体人员，而其中 {refused} 的数据有问题", "改正 {refused} 的数据"),
            ),
        },
    ),
    Code(
        "data-needs-others",
        Severity.ERROR,
        Wording("what this person gets takes other people to compute: {names}",
                "give these values: `score(row, details, given={{...}})`; or pay everybody with `run`"),
        Wording("此人的结果取决于其他人：{names}", "给出这些值：`score(row, details, given={{...}})`；或用 `run` 计算所有人"),
        "A rank or a share of a pool among one person alone would be another number, and wrong.",
        "只有一个人时算出的名次和份额是另一个数，是错的。",
        variants={
            "rows": (
                Wording("what this person gets takes other people or groups to compute: {names}",
                        "write the values in each row of {details}, or hand over the groups; or pay everybody with `run`"),
                Wording("此人的结果取决于其他人或群组：{names}", "写在 {details} 的每一行里，或给出群组的数据；或用 `run` 计算所有人"),
            ),
        },
    ),
    Code(
        "data-carried",
        Severity.ERROR,
        Wording("`{input}` is {value} here and {recorded} in the records", "leave the cell empty, or correct the record"),
        Wording("`{input}` 这里为 {value}，而记录中为 {recorded}", "把这一格留空，或更正记录"),
        "What is carried over from the last period has one source; of two that differ, neither is chosen.",
        "上期结转的数只能有一个来源；两处不同，程序不替人选择。",
        variants={
            "missing": (
                Wording("`{input}` is {value} here and missing in the records", "leave the cell empty, or correct the record"),
                Wording("`{input}` 这里为 {value}，而记录中缺失", "把这一格留空，或更正记录"),
            ),
        },
    ),
)  # fmt: skip

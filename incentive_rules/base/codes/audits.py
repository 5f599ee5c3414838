"""Codes about audits: what somebody asks that cannot be answered, and data that cannot be compared."""

from __future__ import annotations

from .entry import ERROR, Code, Wording

CODES: tuple[Code, ...] = (
    Code(
        "audit-argument",
        ERROR,
        Wording("`{option}`: `{text}` is not possible", "see `incentive-rules audit --help`"),
        Wording("`{option}`：不能是 `{text}`", "参见 `incentive-rules audit --help`"),
        "What an audit is asked is read strictly; nothing is guessed.",
        "审计的参数按严格的规则读取，不作猜测。",
        variants={
            "needed": (
                Wording("`{option}` is missing", "say what is compared, as `salary` or `grade in [S, A]`, and by which groups, as `gender`"),
                Wording("缺少 `{option}`", "写明比较什么，例如 `salary` 或 `grade in [S, A]`，以及按什么分组，例如 `gender`"),
            ),
            "edges": (
                Wording("`{option}`: the edges in `{text}` are not numbers that grow", "write them as in `{name}=30,40,50`: below 30, from 30 to below 40, and so on"),
                Wording("`{option}`：`{text}` 中的界限不是由小到大的数", "写成 `{name}=30,40,50`：不满 30、30 至不满 40，依此类推"),
            ),
            "twice": (
                Wording("`{option}`: `{text}` is named twice", "name it once"),
                Wording("`{option}`：`{text}` 写了两次", "只写一次"),
            ),
            "limit": (
                Wording("there is no limit `{text}`", "there are {names}"),
                Wording("没有限度 `{text}`", "可用的有 {names}"),
            ),
            "number": (
                Wording("`{option}`: `{text}` has no number that could be meant", "write the name, `=` and a number such as `5%` or `0.05`"),
                Wording("`{option}`：`{text}` 中没有可用的数", "依次写名称、`=` 和数字，例如 `5%` 或 `0.05`"),
            ),
            "confidence": (
                Wording("`{option}`: `{text}` is no share from 50% to 99.99%", "write `95%`"),
                Wording("`{option}`：`{text}` 不在 50% 至 99.99% 之间", "写成 `95%`"),
            ),
            "whole": (
                Wording("`{option}`: `{text}` is not a whole number from 1 on", "write `10`"),
                Wording("`{option}`：`{text}` 不是大于 0 的整数", "写成 `10`"),
            ),
            "reference": (
                Wording("nobody is in the group `{text}`, with which the others are to be compared", "the groups are {names}"),
                Wording("没有人属于作为比较基准的组 `{text}`", "现有的组：{names}"),
            ),
            "scheme": (
                Wording("`{option}` needs a scheme: what was measured is changed, and everybody computed again", "name the scheme before the data"),
                Wording("`{option}` 需要方案：要改动数据并重新计算每个人", "在数据前写出方案"),
            ),
            "noise": (
                Wording("`{option}`: `{text}` is no number among the facts of a person", "name an input of people that is a number; there are {names}"),
                Wording("`{option}`：`{text}` 不是人员数据中的数字", "写出人员数据中的数字项；可用的有 {names}"),
            ),
        },
    ),
    Code(
        "audit-condition",
        ERROR,
        Wording("`{text}` is no condition that an audit reads", "write `grade in [S, A]`, `grade == S` or `salary >= 93000`"),
        Wording("`{text}` 不是审计能读的条件", "写成 `grade in [S, A]`、`grade == S` 或 `salary >= 93000`"),
        "A share is that of the people of whom a condition holds: words by equality, numbers by their order.",
        "比例是满足条件的人所占的比例：文字看是否相等，数字看大小。",
        variants={
            "number": (
                Wording("`{text}` compares with `{right}`, which is not a number", "write digits, as in `salary >= 93000`"),
                Wording("`{text}` 的比较对象 `{right}` 不是数字", "写数字，例如 `salary >= 93000`"),
            ),
        },
    ),
    Code(
        "audit-name",
        ERROR,
        Wording("`{name}` is neither a result or a fact of people in this scheme nor a column of their data", "the results are {names}; the columns {headings}"),
        Wording("`{name}` 既不是本方案中个人的结果或数据，也不是数据中的列", "结果有 {names}；列有 {headings}"),
        "An audit looks at what people get, at their facts, and at columns of their data that the scheme does not read.",
        "审计可以看个人的结果、个人的数据，以及人员数据中方案不读的列。",
        variants={
            "near": (
                Wording("`{name}` is neither a result or a fact of people in this scheme nor a column of their data", "did you mean `{near}`?"),
                Wording("`{name}` 既不是本方案中个人的结果或数据，也不是数据中的列", "是不是 `{near}`？"),
            ),
            "rows": (
                Wording("`{name}` is a quantity of the rows of `{table}`, of which a person may have several", "name a result of people, such as a sum over these rows"),
                Wording("`{name}` 是 `{table}` 各行的计算项，一个人可能有多行", "写个人的结果，例如对这些行求和"),
            ),
        },
    ),
    Code(
        "audit-type",
        ERROR,
        Wording("`{name}` is no number, and only numbers have means and an order", "compare a share instead: `{name} in [...]`"),
        Wording("`{name}` 不是数字；只有数字才有平均和大小", "可以比较比例：`{name} in [...]`"),
        "A gap is one of means and medians. Of grades and other words an audit compares how many have them.",
        "差距是平均和中位数的差距。对等级等文字，比较的是各组中有多少人得到。",
        variants={
            "edges": (
                Wording("`{name}` is no number, so nobody lies between edges of it", "name it without edges"),
                Wording("`{name}` 不是数字，不能按界限分组", "不写界限"),
            ),
            "numbers": (
                Wording("`{name}` is a number: groups of it need edges", "write them, as in `{name}=30,40,50`"),
                Wording("`{name}` 是数字，分组须写界限", "例如写成 `{name}=30,40,50`"),
            ),
            "moment": (
                Wording("`{name}` is a day or a time, which an audit does not compare", "make a number of it in the scheme, such as the years of service"),
                Wording("`{name}` 是日期或时刻，审计不作比较", "在方案中把它算成数字，例如工龄"),
            ),
            "exact": (
                Wording("`{name}` is an exact quotient, and the sum of very many different ones is not worked out", "give the quantity `decimals`, as for any sum"),
                Wording("`{name}` 是精确的商，不同的商太多时不求和", "给这个计算项写 `小数位`，与求和时一样"),
            ),
            "groups": (
                Wording("`{name}` has {count} different values: that is no grouping", "at most {most} are compared; of numbers write edges, as in `{name}=30,40,50`"),
                Wording("`{name}` 有 {count} 个不同的值，不能用来分组", "最多比较 {most} 个；数字可写界限，例如 `{name}=30,40,50`"),
            ),
        },
    ),
)

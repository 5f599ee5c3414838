"""Codes about values: kinds, money, units, missing values, ranges, divisors, rounding."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

_MEANS = (
    "details:\n  orders:\n    belongs_to: engineer\n    inputs:\n      hours: {{type: number, decimals: 1, range: [0, 9]}}\n"
    "indicators:\n  speed:\n    weight: 100%\n    better: higher\n    {}\n    score: {{points: {{0: 0, 5: 100}}}}\n{}"
)

CODES: tuple[Code, ...] = (
    Code(
        "condition-needed", ERROR,
        Wording("a condition is true or false; this is {kind_word}", "compare it with something, for example `jobs >= 10`"),
        Wording("条件要么成立要么不成立；这里是{kind_word}", "写成比较，例如 `投诉次数 >= 3`"),
        "Conditions are comparisons, flags, or joined by `and`, `or`, `not`.", "条件是比较、是否型的数据，或由“且、或、非”连接。",
        "quantities:\n  x: 1 if jobs else 0\n", "quantities:\n  x: 1 if jobs > 0 else 0\n",
    ),
    Code(
        "condition-missing", ERROR,
        Wording("a condition may not be missing, and {names} may be", "say what happens then: `known({name}) and …`"),
        Wording("条件不能缺失，而 {names} 可能缺失", "写明缺失时怎么办：`已知({name}) 且 …`"),
        "A condition that cannot be decided would choose a branch by accident.", "无法判断的条件会随意走进某个分支。",
        "quantities:\n  x: 1 if rating > 3 else 0\n", "quantities:\n  x: 1 if known(rating) and rating > 3 else 0\n",
        {
            "text": (Wording("a condition may not be missing, and `{text}` may be", "say what it is then: `coalesce({text}, false)`"),
                     Wording("条件不能缺失，而 `{text}` 可能缺失", "写明缺失时算什么：`取首个已知({text}, 否)`")),
        },
    ),
    Code(
        "number-needed", ERROR,
        Wording("a number is needed here; this is {kind_word}", "use a number, or a condition with `when:`"),
        Wording("这里要一个数；写的是{kind_word}", "写成数，或把条件写到“条件”里"),
        "Amounts, scores and operands of `+ - * /` are numbers.", "金额、得分和加减乘除的各项都是数。",
        "pay:\n  bonus: {amount: jobs > 10}\n", "pay:\n  bonus: {when: jobs > 10, amount: 100}\n",
        {
            "key": (Wording("`{name}` is looked up by numbers or days, and `{argument}` is {kind_word}", "look it up with a number, or write its rows under `equals`"),
                    Wording("`{name}` 按数或日期查找，而 `{argument}` 是{kind_word}", "改用数来查，或把各行写在“对应”下面")),
            "key-time": (Wording("`{name}` is looked up by days, and `{argument}` is a time of day", "look up its day: `day_of({argument})`"),
                         Wording("`{name}` 按日期查找，而 `{argument}` 是时刻", "用它所在的那一天来查：`所在日({argument})`")),
        },
    ),
    Code(
        "kind-needed", ERROR,
        Wording("{wanted_word} is needed here; this is {kind_word}", "use an input of that type"),
        Wording("这里要{wanted_word}；写的是{kind_word}", "改用该类型的数据"),
        "Each function and each declared type says what it takes.", "每个函数和声明的类型都规定了能接受什么。",
        "quantities:\n  x: days(jobs, on_time)\n",
        "inputs:\n  hired: {type: date}\n  left: {type: date}\nquantities:\n  x: days(hired, left)\n",
    ),
    Code(
        "kinds-mixed", ERROR,
        Wording("`{left}` is {left_word} and `{right}` is {right_word}: they cannot stand together", "compare or add values of one kind; quote category words"),
        Wording("`{left}` 是{left_word}，`{right}` 是{right_word}，不能放在一起", "同类的值才能相加或比较；类别要加引号"),
        "Numbers, flags, categories and dates do not mix.", "数、是否、类别、日期不能混用。",
        "quantities:\n  x: post == 1\n", "quantities:\n  x: post == \"junior\"\n",
        {"range": (
            Wording("the range of `{left}` ends at `{right}`, and `{left}` is {left_word}", "write ends of that kind where it is a number or a date; of anything else leave `range` out"),
            Wording("`{left}` 的取值范围写了 `{right}`，而它是{left_word}", "是数写数，是日期写日期；其他类型不写“取值范围”"),
        )},
    ),
    Code(
        "money-mixed", ERROR,
        Wording("`{left}` is {left_word} and `{right}` is {right_word}: money adds to money only", "say which of them is money (`type: money`), or multiply instead"),
        Wording("`{left}` 是{left_word}，`{right}` 是{right_word}：金额只能与金额相加或比较", "写明哪一项是金额（`类型: 金额`），或改用乘法"),
        "Money is a type: 5000 yuan and 50 points have no sum.", "金额是一种类型：5000 元和 50 分不能相加。",
        "quantities:\n  x: {is: wage + jobs, type: money}\n", "quantities:\n  x: {is: wage + 5 * jobs, type: money}\n",
        {"percent": (
            Wording("`{left}` is {left_word} and `{right}` is {right_word}: a percentage alone is no amount of money", "write what it is a percentage of: `wage * 105%` for 5% more, `wage * 5%` for 5% of it"),
            Wording("`{left}` 是{left_word}，`{right}` 是{right_word}：单独一个百分数不是金额", "写明是谁的百分之几：多 5% 写 `工资 * 105%`，取其 5% 写 `工资 * 5%`"),
        )},
    ),
    Code(
        "money-times-money", ERROR,
        Wording("money cannot be multiplied by money: `{left}` and `{right}` are both amounts", "one of them should be a plain number, such as a coefficient"),
        Wording("金额不能乘金额：`{left}` 和 `{right}` 都是金额", "其中一个应是系数等普通数"),
        "Yuan times yuan is not an amount.", "元乘元不是金额。",
        "quantities:\n  x: wage * wage\n", "quantities:\n  x: wage * 1.2\n",
        {
            "slices": (Wording("the slices of `{table}` multiply an amount by rates that are amounts as well", "take `type: money` out of `{table}`; what its slices give of an amount is money"),
                       Wording("`{table}` 分段计算时，金额又乘了金额", "去掉 `{table}` 里的 `类型: 金额`；对金额分段计算，结果就是金额")),
            "per-money": (Wording("`{name}` divides by money and is no amount", "divide money by money, or money by a number"),
                          Wording("`{name}` 除以了金额，结果不是金额", "用金额除以金额，或金额除以普通数")),
            "adjust": (Wording("an adjustment multiplies `{name}` by money", "multiply by a plain number"),
                       Wording("对 `{name}` 的调整乘了金额", "乘以普通数")),
        },
    ),
    Code(
        "money-needed", ERROR,
        Wording("`{name}` is an amount of money, and `{text}` is a plain number", "multiply by an amount, for example `3000 * total / 100`"),
        Wording("`{name}` 应是金额，而 `{text}` 是普通数", "乘以金额，例如 `3000 * 总分 / 100`"),
        "A pay line pays money: a score alone is not an amount.", "薪酬项发的是钱：单独一个得分不是金额。",
        "pay:\n  bonus: {amount: speed}\n", "pay:\n  bonus: {amount: 3000 * speed / 100}\n",
        {"rates": (
            Wording("the rates of `{name}` are no amounts of money: `{text}`", "take `type: money` out of the table; what its slices give of an amount is money"),
            Wording("`{name}` 的分段费率不是金额：`{text}`", "去掉表里的 `类型: 金额`；对金额分段计算，结果就是金额"),
        ), "percent": (
            Wording("`{name}` is an amount of money, and `{text}` is a percentage", "write the amount itself, or what it is a percentage of: `wage * 5%`"),
            Wording("`{name}` 应是金额，而 `{text}` 是百分数", "写出金额本身，或写明是谁的百分之几：`工资 * 5%`"),
        )},
    ),
    Code(
        "plain-needed", ERROR,
        Wording("`{name}` should be a plain number, and it is money", "divide by an amount, or declare `type: money`"),
        Wording("`{name}` 应是普通数，而它是金额", "除以一个金额，或写 `类型: 金额`"),
        "Scores, weights and coefficients are plain numbers.", "得分、权重、系数都是普通数。",
        "quantities:\n  x: {is: wage * 2, type: number}\n", "quantities:\n  x: {is: wage * 2, type: money}\n",
    ),
    Code(
        "integer-needed", ERROR,
        Wording("`{name}` is declared an integer and may have decimals", "add `decimals: 0` to round it, or declare `type: number`"),
        Wording("`{name}` 声明为整数，但可能有小数", "写 `小数位: 0` 来舍入，或改为 `类型: 数值`"),
        "Nothing is rounded unless the author says so.", "没有写明就不会舍入。",
        "quantities:\n  x: {is: jobs / 2, type: integer}\n", "quantities:\n  x: {is: jobs / 2, type: integer, decimals: 0}\n",
    ),
    Code(
        "unit-mixed", ERROR,
        Wording("`{left}` is in {left_word} and `{right}` in {right_word}", "convert one of them, or mend its `unit`"),
        Wording("`{left}` 的单位是{left_word}，`{right}` 的单位是{right_word}", "先换算其中一个，或改正“单位”"),
        "Sums and comparisons need one unit.", "相加和比较要同一个单位。",
        "inputs:\n  a: {type: integer, range: [0, 9], unit: day}\n  b: {type: integer, range: [0, 9], unit: hour}\nquantities:\n  x: a + b\n",
        "inputs:\n  a: {type: integer, range: [0, 9], unit: day}\n  b: {type: integer, range: [0, 9], unit: hour}\nquantities:\n  x: a * 8 + b\n",
    ),
    Code(
        "order-needed", ERROR,
        Wording("`{operator}` needs an order, and {kind_word} has none", "use `==`, `!=` or `in [\"A\", \"B\"]`"),
        Wording("`{operator}` 要能分大小，而{kind_word}不能", "用 `==`、`!=` 或 `属于 [\"优秀\", \"良好\"]`"),
        "Only numbers, dates and times are greater or smaller.", "只有数、日期和时刻能分大小。",
        "quantities:\n  x: post > \"junior\"\n", "quantities:\n  x: post == \"senior\"\n",
    ),
    Code(
        "word-impossible", ERROR,
        Wording("`{name}` is never \"{text}\"", "it can be: {values}"),
        Wording("`{name}` 不可能是“{text}”", "可能的值：{values}"),
        "A comparison with a word that cannot occur is always false: nearly always a slip.", "与不可能出现的词比较永远不成立，多半是写错了。",
        "quantities:\n  x: post == \"boss\"\n", "quantities:\n  x: post == \"senior\"\n",
        {"near": (
            Wording("`{name}` is never \"{text}\"", "did you mean \"{near}\"? It can be: {values}"),
            Wording("`{name}` 不可能是“{text}”", "是不是想写“{near}”？可能的值：{values}"),
        )},
    ),
    Code(
        "missing-unhandled", ERROR,
        Wording("`{name}` may be missing, and a pay line needs a number", "say what happens: `coalesce({name}, 0)`, or `require` that it is known"),
        Wording("`{name}` 可能缺失，而薪酬项必须有数", "写明缺失时怎么办：`取首个已知({name}, 0)`，或在“数据要求”中写 `已知({name})`"),
        "Nobody can be paid a missing amount, and nothing is guessed.", "缺失的金额发不出去，也不能猜。",
        "pay:\n  bonus: {amount: 100 * rating}\n", "pay:\n  bonus: {amount: \"100 * coalesce(rating, 0)\"}\n",
        {"day": (
            Wording("`{name}` may be missing, and a pay line needs a number",
                    "say which day counts then: `coalesce({name}, period_last_day)`, or `require` that it is known"),
            Wording("`{name}` 可能缺失，而薪酬项必须有数",
                    "写明缺失时按哪一天：`取首个已知({name}, 周期末日)`，或在“数据要求”中写 `已知({name})`"),
        ), "rows": (
            Wording("`{text}` is missing where there is no row or no known value, and a pay line needs a number",
                    "say what happens: `coalesce({mended}, 0)`"),
            Wording("没有行或没有已知的值时 `{text}` 缺失，而薪酬项必须有数", "写明缺失时怎么办：`取首个已知({mended}, 0)`"),
        ), "through": (
            Wording("`{name}` may be missing (because of {path}), and a pay line needs a number",
                    "say what happens where `{cause}` is missing, or `require` that it is known"),
            Wording("`{name}` 可能缺失（来自 {path}），而薪酬项必须有数",
                    "写明 `{cause}` 缺失时怎么办，或在“数据要求”中写 `已知({cause})`"),
        ), "adjust": (
            Wording("an adjustment reads `{name}`, which may be missing", "write `coalesce({name}, 0)`"),
            Wording("调整里用到的 `{name}` 可能缺失", "写成 `取首个已知({name}, 0)`"),
        ), "adjust-missing": (
            Wording("an adjustment makes the value missing", "write the value that holds then, such as `set: 0`"),
            Wording("调整不能把数值变为缺失", "写明这时取什么数，例如 `记为: 0`"),
        ), "pool": (
            Wording("`{name}` may be missing, and what a pool shares out and its caps must be numbers", "write `coalesce({name}, 0)`"),
            Wording("`{name}` 可能缺失，而奖金池的金额和上限必须有数", "写成 `取首个已知({name}, 0)`"),
        )},
    ),
    Code(
        "group-missing", ERROR,
        Wording("`{part}` may be missing, and `{name}` does not say what follows", "add `missing: reweigh` (or `zero`, or `refuse`) to the group or to `total`"),
        Wording("`{part}` 可能缺失，而 `{name}` 没有写明怎么办", "在该组或“总分”下写 `缺项: 按比例重分`（或 `缺项: 记零`、`缺项: 整组缺失`）"),
        "A missing part may drop out, count as zero or make the group missing: three different totals.",
        "缺项可以不计、记零或使整组缺失，三种做法总分不同。",
        "indicators:\n  a: {weight: 50%, better: higher, value: rating, score: 20 * value}\n  b: {weight: 50%, better: higher, value: jobs, score: value / 5}\n",
        "total: {missing: reweigh}\nindicators:\n  a: {weight: 50%, better: higher, value: rating, score: 20 * value}\n  b: {weight: 50%, better: higher, value: jobs, score: value / 5}\n",
    ),
    Code(
        "divisor-zero", ERROR,
        Wording("`{text}` may be 0 (it lies in {span}): this may divide by zero", "guard it with the condition `{guard}`, or write `ratio({pair})`, which is missing there"),
        Wording("`{text}` 可能为 0（取值 {span}），会除以零", "加条件 `{guard}`；或写 `比值({pair})`，除数为 0 时为缺失"),
        "A divisor must be proved different from 0 before any data are read.", "读数据之前就要能证明除数不为 0。",
        "quantities:\n  x: {is: jobs / on_time, decimals: 2}\n", "quantities:\n  x: {is: \"ratio(jobs, on_time)\", decimals: 2}\n",
        {"input": (
            Wording("`{text}` lies in {span}: this may divide by zero", "let its range begin above 0, guard it with the condition `{guard}`, or write `ratio({pair})`, which is missing at 0"),
            Wording("`{text}` 的取值范围是 {span}，可能除以零", "让取值范围从大于 0 的数开始；或加条件 `{guard}`；或写 `比值({pair})`，除数为 0 时为缺失"),
        )},
    ),
    Code(
        "range-needed", ERROR,
        Wording("`{name}` has no range", "add `range: [0, 100]` with the smallest and the largest value that can be right"),
        Wording("`{name}` 没有取值范围", "写上 `取值范围: [0, 100]`，即可能的最小值和最大值"),
        "Ranges catch wrong data and prove that no amount overflows or divides by zero.", "取值范围用来发现错误的数据，并证明计算不会溢出或除以零。",
        "inputs:\n  extra: {type: integer}\n", "inputs:\n  extra: {type: integer, range: [0, 9]}\n",
    ),
    Code(
        "range-empty", ERROR,
        Wording("the range of `{name}` ends before it begins", "write the smaller number first"),
        Wording("`{name}` 的取值范围头大尾小", "先写小的，再写大的"),
        "A range is written from the smallest to the largest value.", "取值范围先写最小值，再写最大值。",
        "inputs:\n  extra: {type: integer, range: [9, 0]}\n", "inputs:\n  extra: {type: integer, range: [0, 9]}\n",
        {"pay": (
            Wording("the floor of `{name}` is above its cap", "write the smaller number under `at_least`, the larger under `at_most`"),
            Wording("`{name}` 的下限高于上限", "小的数写在“不低于”，大的写在“不高于”"),
        )},
    ),
    Code(
        "range-unbounded", ERROR,
        Wording("how large `{name}` can become could not be proved", "state it: `range: [0, 1000]`; each row is then checked against it"),
        Wording("无法证明 `{name}` 最大会有多大", "写明 `取值范围: [0, 1000]`，每行数据都会核对"),
        "Every number needs a proved or declared bound.", "每个数都要有证明过的或声明的范围。",
        _MEANS.format("value: coalesce(ratio(1, mean(hours)), 0)", ""),
        _MEANS.format("value: per_hour", "quantities:\n  per_hour: {is: \"coalesce(ratio(1, mean(hours)), 0)\", range: [0, 1000]}\n"),
        {
            "cause": (
                Wording("how large `{name}` can become could not be proved, because of `{cause}`", "state it: `range: [0, 1000]`; each row is then checked against it"),
                Wording("无法证明 `{name}` 最大会有多大，原因在 `{cause}`", "写明 `取值范围: [0, 1000]`，每行数据都会核对"),
            ),
            "measured": (
                Wording("how large `{name}` can become could not be proved", "make it a quantity with a `range: [0, 1000]`, and let `value` be its name"),
                Wording("无法证明 `{name}` 最大会有多大", "写成一个计算项并写明 `取值范围: [0, 1000]`，“实际值”只写它的名称"),
            ),
        },
    ),
    Code(
        "pay-decimals", ERROR,
        Wording("`{name}` is paid with more decimals than {currency} has", "use at most {places} decimals"),
        Wording("`{name}` 的小数位比 {currency} 的多", "最多 {places} 位小数"),
        "What is paid can be paid out.", "发放的金额必须付得出来。",
        "pay:\n  bonus: {amount: 100 * speed / 7, decimals: 3}\n", "pay:\n  bonus: {amount: 100 * speed / 7, decimals: 2}\n",
    ),
    Code(
        "floor-of", ERROR,
        Wording("`{name}` is taken off: no floor raises it", "put the floor under `net` or `earnings`, or under an amount that is earned"),
        Wording("`{name}` 是扣款，下限不能抬高它", "把下限放在 `实发` 或 `应发` 上，或放在一项收入上"),
        "What lacks to the floor is paid as an earning: it makes up no deduction and no cost of the employer's.", "下限补足作为收入发放，补不了扣款，也补不了单位承担的部分。",
        "pay:\n  fee: {kind: deduction, amount: 3.00 * jobs}\nwage_floor: {amount: 2000, of: fee}\n",
        "pay:\n  fee: {kind: deduction, amount: 3.00 * jobs}\nwage_floor: {amount: 2000, of: net}\n",
        {
            "employer": (
                Wording("`{name}` is borne by the employer: no floor raises it", "put the floor under `net` or `earnings`, or under an amount that is earned"),
                Wording("`{name}` 由单位承担，下限不能抬高它", "把下限放在 `实发` 或 `应发` 上，或放在一项收入上")),
            "rare": (
                Wording("`{name}` is not due in every period, and the floor is", "put the floor under `net` or `earnings`, or under an amount that is earned in every period"),
                Wording("`{name}` 不是每期都有，而下限每期都算", "把下限放在 `实发` 或 `应发` 上，或放在每期都有的收入上")),
        },
    ),
    Code(
        "parameter-value", ERROR,
        Wording("`{text}` is not {kind_word}, as `{name}` needs", "write a number, or say `type: category`, `boolean` or `date`"),
        Wording("`{name}` 要{kind_word}，`{text}` 不是", "写成数，或注明 `类型: 类别`、`是否`、`日期`"),
        "A parameter is a number unless it says its type.", "参数没有写类型时就是数。",
        "parameters:\n  limit: high\nquantities:\n  x: jobs > limit\n", "parameters:\n  limit: 40\nquantities:\n  x: jobs > limit\n",
    ),
    Code(
        "dated-start", ERROR,
        Wording("`{name}` has no value on {day}", "add an earlier first day"),
        Wording("`{name}` 在 {day} 还没有值", "补上更早的日期"),
        "A dated value must be there from the scheme's first day on.", "按日期的值必须从方案第一天起就有。",
        "parameters:\n  limit: {dated: {2026-06-01: 40}}\nquantities:\n  x: jobs > limit\n",
        "parameters:\n  limit: {dated: {2026-01-01: 30, 2026-06-01: 40}}\nquantities:\n  x: jobs > limit\n",
    ),
    Code(
        "change-inside", ERROR,
        Wording("`{name}` changes on {day}, inside a period", "move the change to the first day of a period, or say `changes_inside: first_day`"),
        Wording("`{name}` 在 {day} 变化，落在一个周期中间", "改到周期的第一天，或写 `期内变更: 首日`"),
        "A period has one value of each parameter, that of its first day.", "一个周期内每个参数只有一个值，即首日的值。",
        "parameters:\n  limit: {dated: {2026-01-01: 30, 2026-06-15: 40}}\nquantities:\n  x: jobs > limit\n",
        "parameters:\n  limit: {dated: {2026-01-01: 30, 2026-06-01: 40}}\nquantities:\n  x: jobs > limit\n",
    ),
)  # fmt: skip

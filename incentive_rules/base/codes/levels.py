"""Findings about levels: rows, people and groups, what runs over them, and what several people share."""

from ..diagnostics import Severity
from .entry import Code, Wording

ERROR = Severity.ERROR

_TEAM = "inputs:\n  team: {type: category}\n"
_ORDERS = "details:\n  orders:\n    belongs_to: engineer\n    inputs:\n      hours: {type: integer, range: [0, 24]}\n      day: {type: date}\n"
_POOL = "pay:\n  bonus:\n    pool:\n      each: {each}\n      amount: {amount}\n      in_proportion_to: {weight}\n"


def _pool(each: str = "team", amount: str = "1000", weight: str = "speed") -> str:
    return _POOL.format(each=each, amount=amount, weight=weight)


_STAR = "honors:\n  star:\n    within: team\n    best_by: [speed]\n    places: {places}\n    ties: all\n"

CODES = (
    Code(
        "levels-apart", ERROR,
        Wording("`{name}` reads values of rows that never come together", "give the values that belong together a name of their own, and aggregate it"),
        Wording("`{name}` 读取的值分属互不相干的行", "把同属一处的值先写成一个计算项，再汇总"),
        "A formula stands at one level: a row, a person, a group. All that it reads must belong to that row or to its owners.",
        "一个公式只站在一层：一行明细、一个人或一个组。它读取的值都要属于这一行，或属于它的归属者。",
        "inputs:\n  team: {type: category}\ngroups:\n  teams:\n    key: team\n    inputs:\n      goal: {type: integer, range: [1, 9]}\n  projects:\n    key: project\n    inputs:\n      worth: {type: integer, range: [1, 9]}\nquantities:\n  x: goal * worth\n",
        "inputs:\n  team: {type: category}\ngroups:\n  teams:\n    key: team\n    inputs:\n      goal: {type: integer, range: [1, 9]}\nquantities:\n  x: goal * jobs\n",
    ),
    Code(
        "within-apart", ERROR,
        Wording("rows of `{details_word}` do not belong to `{name_word}`", "name a group that these rows belong to, or leave `within` out"),
        Wording("`{details_word}` 的行不属于 `{name_word}`", "写这些行所属的组，或去掉“组内”"),
        "`within` says of which group the rows come together; the rows, or their owners, must belong to it.",
        "“组内”写明按哪个组汇总；这些行或它们的归属者必须属于这个组。",
        _TEAM + "groups:\n  projects:\n    key: project\n    inputs:\n      budget: {type: money, range: [0, 9]}\nquantities:\n  x: sum(jobs, over=everyone, within=project)\n  y: budget * 2\n",
        _TEAM + "quantities:\n  x: sum(jobs, over=everyone, within=team)\n",
    ),
    Code(
        "group-unknown", ERROR,
        Wording("`{name}` is no group", "groups are: everyone, {groups}"),
        Wording("`{name}` 不是一个组", "可用的组：全体、{groups}"),
        "A group is made by a category that everybody has, by the key of a table under `groups`, or it is `everyone`.",
        "组由人人都有的类别、“群组”中某张表的编号构成，或者就是“全体”。",
        _TEAM + "quantities:\n  x: count(over=everyone, within=wage)\n",
        _TEAM + "quantities:\n  x: count(over=everyone, within=team)\n",
        {
            "near": (Wording("`{name}` is no group", "did you mean `{near}`?"),
                     Wording("`{name}` 不是一个组", "是不是想写 `{near}`？")),
            "missing": (Wording("`{name}` may be missing, so it makes no groups", "take `can_be_missing` out, or add a word for those who have none"),
                        Wording("`{name}` 可以缺失，因此不能用来分组", "去掉“可缺”，或为没有的人加一个词")),
            "others": (Wording("`{name}` is no group", "everybody but oneself stands after `over=`: `over=others`, perhaps with `within=` and a group"),
                       Wording("`{name}` 不是一个组", "除自己以外的人写在“范围”里：`范围=其他人`，再按需要写“组内”")),
        },
    ),
    Code(
        "others-where", ERROR,
        Wording("`{name_word}` over `others` is no value of a person, or cannot leave one out", "use count, sum, mean or share in a formula of the person"),
        Wording("`{name_word}` 不能用“其他人”", "在个人的公式里用计数、求和、平均或占比"),
        "`others` are everybody but oneself, so the value differs from person to person; only sums and counts can leave one out exactly.",
        "“其他人”是除自己以外的所有人，因此每个人的结果都不同；只有合计和计数能准确地去掉一个人。",
        _TEAM + "quantities:\n  x: max(jobs, over=others, within=team)\n",
        _TEAM + "quantities:\n  x: {is: \"mean(jobs, over=others, within=team)\", decimals: 4}\n",
    ),
    Code(
        "compares-itself", ERROR,
        Wording("`{text}` compares each row with itself: `{left}` and `{right}` are both of the row that is looked at, never of {who_word}",
                "give those who belong to {who_word} a table of their own under `details`, with `belongs_to: {key}`, and add up its rows"),
        Wording("`{text}` 是每一行和自己比较：`{left}` 与 `{right}` 都是正在查看的那一行的值，而不是{who_word}的",
                "把属于{who_word}的那些行写成“明细”中的一张表，“归属”写 `{key}`，再对它的行汇总"),
        "Inside an aggregate every name is one of the rows that it runs over. Who leads whom is a link between people, and links are rows of a table.",
        "汇总里的每个名称都是被汇总的那一行的值。谁带领谁是人与人之间的关系，关系要写成一张表的行。",
        "inputs:\n  boss: {type: category}\nquantities:\n  x: sum(jobs, over=everyone, where=boss == engineer)\n",
        "details:\n  reports:\n    belongs_to: engineer\n    inputs:\n      report_jobs: {type: integer, range: [0, 99]}\nquantities:\n  x: sum(report_jobs)\n",
        {
            "same": (Wording("`{text}` compares a value with itself", "compare it with another value, or leave the comparison out"),
                     Wording("`{text}` 把一个值和它自己比较", "与别的值比较，或去掉这个比较")),
        },
    ),
    Code(
        "word-ambiguous", ERROR,
        Wording("`{name}` is a name of this scheme, and here also the score of each part of `{over}`", "give your own `{name}` another name, and keep its heading with `column: {name}`"),
        Wording("`{name}` 既是本方案的名称，在这里又指 `{over}` 各分项的得分", "给自己的 `{name}` 换一个名称，用“列名: {name}”保留原来的表头"),
        "A word that could mean two things is never guessed: the one reading pays another amount than the other.",
        "一个词有两种读法时绝不猜测：两种读法金额不同。",
        "inputs:\n  part: {type: integer, range: [0, 9]}\nquantities:\n  x: max(part, over=total)\n  y: part * 2\n",
        "inputs:\n  own_part: {type: integer, range: [0, 9], column: part}\nquantities:\n  x: max(part, over=total)\n  y: own_part * 2\n",
        {
            "member": (Wording("`{name}` is a name of this scheme, and inside `repeat` also the member's own key", "give your own `{name}` another name"),
                       Wording("`{name}` 既是本方案的名称，在“重复”中又指成员的编号", "给自己的 `{name}` 换一个名称")),
        },
    ),
    Code(
        "over-members", ERROR,
        Wording("`{name_word}` cannot run over the members of `{over}`", "use count, sum, mean, share, min, max or best, without `within`"),
        Wording("`{name_word}` 不能对 `{over}` 的成员汇总", "用计数、求和、平均、占比、取小、取大或最好几次，不写“组内”"),
        "Members of a repeated block and parts of a group are written side by side in one formula.",
        "重复块的成员和一组指标的分项是在同一个公式里并列写出的。",
        "quantities:\n  x: variance(part, over=total)\n", "quantities:\n  x: min(part, over=total)\n",
    ),
    Code(
        "percentile-p", ERROR,
        Wording("`{name_word}` needs a constant from 0% to 100%, no finer than 0.01%, as its second argument", "write `percentile(hours, 75%, method=\"linear\")`"),
        Wording("`{name_word}` 的第二项必须是 0% 到 100% 的常数，最细到 0.01%", "写成 `百分位(时长, 75%, 方法=\"线性\")`"),
        "Which part of the rows lies below is written as a percentage, with at most four decimals.",
        "位置写成百分数，最多四位小数。",
        _ORDERS + "quantities:\n  x: percentile(hours, jobs, method=\"linear\")\n",
        _ORDERS + "quantities:\n  x: percentile(hours, 75%, method=\"linear\")\n",
    ),
    Code(
        "option-word", ERROR,
        Wording("`{text}` is no `{option_word}` of `{name_word}`", "write one of: {words}"),
        Wording("`{text}` 不是 `{name_word}` 的 `{option_word}`", "可写：{words}"),
        "The words of an option are fixed and stand in quotes, because each means another amount.",
        "选项的词是固定的，写在引号里；不同的词算出不同的金额。",
        _TEAM + "quantities:\n  x: rank(jobs, ties=\"fair\")\n",
        _TEAM + "quantities:\n  x: rank(jobs, ties=\"standard\")\n",
        {"needed": (Wording("`{name_word}` does not say its `{option_word}`", "add `{option_word}=` and one of: {words}"),
                    Wording("`{name_word}` 没有写明 `{option_word}`", "加上 `{option_word}=`，可写：{words}"))},
    ),
    Code(
        "rows-unordered", ERROR,
        Wording("`{name_word}` does not say in which order its rows stand", "add `order=[...]` with what orders them"),
        Wording("`{name_word}` 没有写明各行的先后次序", "加上 `排序=[...]`"),
        "The order of rows in a file means nothing; a formula that needs one has to name it.",
        "文件里行的先后没有意义；需要次序的公式必须写明。",
        _ORDERS + "quantities:\n  x: latest(hours)\n", _ORDERS + "quantities:\n  x: latest(hours, order=[day])\n",
    ),
    Code(
        "order-by", ERROR,
        Wording("rows cannot be ordered by `{text}`", "order by a number, a day or a time that no row lacks"),
        Wording("不能按 `{text}` 排序", "用每行都有的数、日期或时间排序"),
        "Every row needs its place in the order, and places must compare exactly.",
        "每一行都要有它的先后位置，而且要能准确比较。",
        "details:\n  orders:\n    belongs_to: engineer\n    inputs:\n      hours: {type: integer, range: [0, 24]}\n      kind: {type: category}\nquantities:\n  x: latest(hours, order=[kind])\n",
        _ORDERS + "quantities:\n  x: latest(hours, order=[day])\n",
    ),
    Code(
        "pool-apart", ERROR,
        Wording("`{to_word}` do not belong to `{each}`, so they cannot share its pool", "share it among people or rows that belong to `{each}`"),
        Wording("`{to_word}` 不属于 `{each}`，不能分它的奖金池", "分给属于 `{each}` 的人员或明细"),
        "Who shares a pool must belong to the group that has it; else nobody could say whose pool it is.",
        "分奖金的人或明细必须属于拥有这个奖金池的组。",
        _TEAM + "groups:\n  projects:\n    key: project\n    inputs:\n      budget: {type: money, range: [0, 9]}\n" + _pool("project", "budget"),
        _TEAM + _pool(),
        {"people": (Wording("people do not belong to `{each}`, so they cannot share its pool", "say under `to` whose rows share it: {shares}"),
                    Wording("人员不属于 `{each}`，不能分它的奖金池", "在“分给”中写明由哪张明细分：{shares}")),
         "unknown": (Wording("there is no detail table or group `{to}` that could share a pool", "name one of: {shares}"),
                     Wording("没有可以分奖金池的明细或群组 `{to}`", "可写：{shares}")),
         "near": (Wording("there is no detail table or group `{to}` that could share a pool", "did you mean `{near}`?"),
                  Wording("没有可以分奖金池的明细或群组 `{to}`", "是不是想写 `{near}`？")),
         "pay": (Wording("shares of `{to}` are nobody's pay", "share the pool of a pay line among people, or rows that belong to them"),
                 Wording("分给 `{to}` 的部分不是任何人的薪酬", "薪酬项的奖金池要分给人员，或分给属于人员的明细"))},
    ),
    Code(
        "pool-negative", ERROR,
        Wording("the pool `{name}` is shared in proportion to something that may be negative: {span}", "keep it at 0 or more: `max(0, ...)`"),
        Wording("奖金池 `{name}` 的分配依据可能为负：{span}", "使它不小于 0：`取大(0, ...)`"),
        "A negative share would take from one to give to another, and a sum of 0 would divide by nothing.",
        "负的份额等于从一个人那里拿给另一个人；合计为 0 时则无从分配。",
        _TEAM + _pool(weight="jobs - 100"), _TEAM + _pool(weight='"max(0, jobs - 100)"'),
        {
            "amount": (Wording("the pool `{name}` may hold less than nothing: {span}", "keep the amount at 0 or more: `max(0, ...)`"),
                       Wording("奖金池 `{name}` 的总额可能为负：{span}", "使总额不小于 0：`取大(0, ...)`")),
            "cap": (Wording("the cap of a share of `{name}` may be negative: {span}", "keep it at 0 or more: `max(0, ...)`"),
                    Wording("`{name}` 每份的上限可能为负：{span}", "使它不小于 0：`取大(0, ...)`")),
        },
    ),
    Code(
        "pool-decimals", ERROR,
        Wording("the pool `{name}` does not say in which units it is shared", "add `decimals`, or `type: money`"),
        Wording("奖金池 `{name}` 没有写明分到几位小数", "加上“小数位”，或写“类型: 金额”"),
        "A pool pays out exactly what it holds, in whole units; the scheme says how small these are.",
        "奖金池按整份发完；方案要写明一份有多小。",
        _TEAM + "quantities:\n  hours_off:\n    pool:\n      each: team\n      amount: count(over=everyone, within=team) / 3\n      in_proportion_to: speed\n",
        _TEAM + "quantities:\n  hours_off:\n    decimals: 1\n    pool:\n      each: team\n      amount: count(over=everyone, within=team) / 3\n      in_proportion_to: speed\n",
    ),
    Code(
        "places-whole", ERROR,
        Wording("the places of `{name}` are no whole number from 0 up: {span}", "round them: `floor(...)`, and keep them at 0 or more"),
        Wording("`{name}` 的名额不是不小于 0 的整数：{span}", "取整：`向下取整(...)`，并使它不小于 0"),
        "How many are chosen is counted in people.", "名额按人数计。",
        _TEAM + _STAR.format(places="count(over=everyone, within=team) / 5"),
        _TEAM + _STAR.format(places="floor(count(over=everyone, within=team) / 5)"),
        {"share": (Wording("the places of `{name}` are a share of somebody: of whom?", "write `places: {{share: {text}, of: eligible}}`, or `of: group`"),
                   Wording("`{name}` 的名额是一个比例，但没有写明基数", "写成 `名额: {{比例: {text}, 基数: 合格者}}`，或 `基数: 全组`"))},
    ),
    Code(
        "scope-others", ERROR,
        Wording("who is in scope depends on other people: `{name}`", "decide the scope by facts of the person alone"),
        Wording("适用对象取决于其他人：`{name}`", "只用个人自己的事实确定适用对象"),
        "Everyone means the people in scope, so the scope has to be known before anybody is compared.",
        "“全体”是指适用对象，因此要先确定适用对象，才能相互比较。",
        _TEAM + "applies_to: jobs > average or audited or wage > 0 or known(rating) or post == \"junior\"\nquantities:\n  average: {is: \"coalesce(mean(jobs, over=everyone), 0)\", decimals: 2}\n",
        _TEAM + "applies_to: jobs > 20 or audited or wage > 0 or known(rating) or post == \"junior\"\n",
    ),
    Code(
        "recorded-exact", ERROR,
        Wording("`{name}` records `{source}`, an exact fraction", "give `{source}` decimals, or record its score"),
        Wording("`{name}` 记录的 `{source}` 是精确分数", "给 `{source}` 写明“小数位”，或记录它的得分"),
        "A record holds what was printed; a fraction without end is never printed in full.",
        "记录保存的是印出的数；除不尽的分数印不全。",
        "quantities:\n  rate: on_time / jobs\n  x: mean(old)\ndetails:\n  months:\n    belongs_to: engineer\n    recorded: {old: rate}\n",
        "quantities:\n  rate: {is: on_time / jobs, decimals: 4}\n  x: mean(old)\ndetails:\n  months:\n    belongs_to: engineer\n    recorded: {old: rate}\n",
    ),
    Code(
        "award-of", ERROR,
        Wording("`award(...)` takes the name of an honour that has an award: `{name}`", "write `award(service_star)`"),
        Wording("`奖金(...)` 里要写一项有奖金的荣誉：`{name}`", "写成 `奖金(服务之星)`"),
        "The money of an honour is a pay line of its own.", "荣誉的奖金是单独的一个薪酬项。",
        _TEAM + _STAR.format(places="1") + "quantities:\n  x: award(star) * 2\n",
        _TEAM + _STAR.format(places="1") + "    award: 100\nquantities:\n  x: award(star) * 2\n",
    ),
)  # fmt: skip

"""Codes about what a scheme is about: tables and their owners, groups, honours, grades by rank, examples."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

ERROR = Severity.ERROR

CODES: tuple[Code, ...] = (
    # ── Inputs over time ─────────────────────────────────────────────────────────────────────────
    Code(
        "written-wrong", ERROR,
        Wording("{what}: `{text}` lacks {part}", "write the parts as they stand in the data, each once, such as `{example}`"),
        Wording("{what}：`{text}` 缺少 {part}", "照数据里的样子写，各部分一次，如 `{example}`"),
        "The parts YYYY MM DD hh mm say where year, month, day, hour and minute stand; nothing else is guessed.",
        "用 YYYY、MM、DD、hh、mm 写明年月日时分的位置，其余不作猜测。",
        "inputs:\n  hired: {type: date, written: DD/MM}\n", "inputs:\n  hired: {type: date, written: DD/MM/YYYY}\n",
        {
            "twice": (Wording("{what}: `{text}` has {part} twice", "write each part once, as in `{example}`"),
                      Wording("{what}：`{text}` 中 {part} 写了两次", "各部分只写一次，如 `{example}`")),
            "letter": (Wording("{what}: `{part}` in `{text}` is none of YYYY MM DD hh mm", "write each part with these letters, as in `{example}`"),
                       Wording("{what}：`{text}` 中的 `{part}` 不是 YYYY、MM、DD、hh、mm", "只用这几个字母，如 `{example}`")),
            "extra": (Wording("{what}: `{text}` has {part}, and a date has no time of day", "write for example `{example}`, or change the type"),
                      Wording("{what}：`{text}` 中有 {part}，但日期没有时分", "例如写 `{example}`，或改正类型")),
        },
    ),
    Code(
        "first-outside", ERROR,
        Wording("{what}: `{text}` is outside of `{key}`", "write a value that the data could bring too"),
        Wording("{what}：`{text}` 不在“{key}”之内", "写数据中也可能出现的值"),
        "The first value stands for one that an earlier period would have brought.", "首期值代替上期本应结转来的值。",
        "inputs:\n  owed: {type: money, range: [0, 500], carried_from: speed, first: 900}\n",
        "inputs:\n  owed: {type: money, range: [0, 500], carried_from: speed, first: 0}\n",
    ),
    Code(
        "every-short", ERROR,
        Wording("`{name}` is due every {every}, and the scheme is computed every {period}", "write {period} or a longer time, or take the line out"),
        Wording("`{name}` 的频率是{every}，但方案按{period}计算", "写{period}或更长的时间，或删去这一行"),
        "What is due more often than the scheme is computed could not be paid when it is due.", "频率高于计算周期的，到期时也算不出来。",
        "pay:\n  bonus: {amount: 100 * jobs, every: month}\nperiod: quarter\n", "pay:\n  bonus: {amount: 100 * jobs, every: year}\nperiod: quarter\n",
    ),
    # ── Detail tables and groups ─────────────────────────────────────────────────────────────────
    Code(
        "belongs-unknown", ERROR,
        Wording("`{name}` belongs to `{owner}`, which is neither the key of the people nor a detail table or group", "write `{key}`"),
        Wording("`{name}` 归属的 `{owner}` 不是人员的编号，也不是明细或群组", "写 `{key}`"),
        "The rows of a detail table are joined to their owner: people by their key, rows of another table, groups.", "明细的每一行归到人员的编号、另一张明细的行，或群组。",
        "details:\n  surveys: {belongs_to: enginer, inputs: {stars: {type: integer, range: [1, 5]}}}\n",
        "details:\n  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}\n",
        {"near": (Wording("`{name}` belongs to `{owner}`, which is neither the key of the people nor a detail table or group", "did you mean `{near}`?"),
                  Wording("`{name}` 归属的 `{owner}` 不是人员的编号，也不是明细或群组", "是不是想写 `{near}`？"))},
    ),
    Code(
        "details-circle", ERROR,
        Wording("these tables belong to each other: {path}", "let one of them belong to the people"),
        Wording("这几张明细互相归属：{path}", "让其中一张归到人员"),
        "Whoever follows the owners of a row must come to an end.", "沿着归属一路找上去，必须有个头。",
        "details:\n  calls: {belongs_to: events, key: call}\n  events: {belongs_to: calls, key: event}\n",
        "details:\n  calls: {belongs_to: engineer, key: call}\n  events: {belongs_to: calls, key: event}\n",
        {"itself": (Wording("`{name}` belongs to itself", "write whose rows they are"),
                    Wording("`{name}` 归属于自己", "写明每行归谁"))},
    ),
    Code(
        "details-key", ERROR,
        Wording("`{name}` belongs to `{owner}`, whose rows have no key", "say under `{owner}` what tells its rows apart, such as `key: [order]`"),
        Wording("`{name}` 归属于 `{owner}`，但 `{owner}` 的各行没有编号", "在 `{owner}` 下写明用什么区分各行，例如 `编号: [单号]`"),
        "A row names its owner by the owner's key.", "每行用归属对象的编号来指明它。",
        "details:\n  calls: {belongs_to: engineer}\n  events: {belongs_to: calls}\n",
        "details:\n  calls: {belongs_to: engineer, key: [call]}\n  events: {belongs_to: calls}\n",
    ),
    Code(
        "details-two-ways", ERROR,
        Wording("a row of `{name}` comes to `{level}` in two ways: by `{first}` and by `{second}`", "keep one of the owners; make the other column an input with a name of its own"),
        Wording("`{name}` 的一行可以两种方式归到 `{level}`：经 `{first}` 和经 `{second}`", "只留一个归属；另一列改为数据项，另取名称"),
        "The two could name different owners, and a formula would not know which to read.", "两种方式可能指向不同的对象，公式就不知道取哪一个。",
        "details:\n  calls: {belongs_to: engineer, key: [call]}\n  events: {belongs_to: [calls, engineer]}\n",
        "details:\n  calls: {belongs_to: engineer, key: [call]}\n  events: {belongs_to: calls}\n",
    ),
    Code(
        "recorded-owner", ERROR,
        Wording("the recorded values of `{name}` are those of people", "write `belongs_to: {key}`, and nothing else"),
        Wording("`{name}` 取自记录，只能是人员的", "只写 `归属: {key}`"),
        "A record holds what each person had in an earlier period.", "记录里保存的是每个人以前各期的结果。",
        "details:\n  months: {belongs_to: post, recorded: {earlier: speed}}\n", "details:\n  months: {belongs_to: engineer, recorded: {earlier: speed}}\n",
    ),
    Code(
        "group-key", ERROR,
        Wording("`{name}`, the key of `{table}`, is an input of type {type}", "make that input a category, or give the table another key"),
        Wording("`{table}` 的编号 `{name}` 是类型为{type}的数据", "把该数据改为类别，或给这张表另取编号"),
        "People and rows name their group by a word.", "人员和各行用一个词指明所属的组。",
        "groups:\n  audits: {key: audited, inputs: {hours: {type: integer, range: [0, 50]}}}\n",
        "groups:\n  posts: {key: post, inputs: {hours: {type: integer, range: [0, 50]}}}\n",
        {"key": (Wording("`{name}`, the key of `{table}`, tells people apart already", "make this an input of people, or give the table another key"),
                 Wording("`{table}` 的编号 `{name}` 已用来区分人员", "把这些数据改为人员的数据，或给这张表另取编号"))},
    ),
    Code(
        "selection-over", ERROR,
        Wording("`{name}` selects from `{over}`, which is no table, group or family", "write a detail table, a group, `everyone`, a `repeat` or an indicator group"),
        Wording("`{name}` 的范围 `{over}` 不是明细、群组、重复块或指标组", "写明细、群组、全体、重复块或指标组的名称"),
        "A selection is a name for some rows of a collection that exists.", "选集是给已有的某些行起的名称。",
        "selections:\n  busy: {over: tickets, where: jobs > 10}\n", "selections:\n  busy: {over: everyone, where: jobs > 10}\n",
        {"near": (Wording("`{name}` selects from `{over}`, which is no table, group or family", "did you mean `{near}`?"),
                  Wording("`{name}` 的范围 `{over}` 不是明细、群组、重复块或指标组", "是不是想写 `{near}`？"))},
    ),
    # ── Grades by rank ───────────────────────────────────────────────────────────────────────────
    Code(
        "shares-total", ERROR,
        Wording("the shares of the {rows} grades add to {total}, not 100%", "change them so that they add to 100%"),
        Wording("{rows} 个等级的比例合计 {total}，不是 100%", "改到合计 100%"),
        "Everybody gets exactly one grade, so the shares are those of all people.", "每人正好得一个等级，所以各等级的比例合起来是全部人员。",
        "grades: {of: speed, ties: all, shares: {A: 20%, B: 70%}}\n", "grades: {of: speed, ties: all, shares: {A: 20%, B: 70%, C: 10%}}\n",
        {"negative": (Wording("`{text}` is below 0%", "write a share from 0% to 100%"),
                      Wording("`{text}` 小于 0%", "写 0% 到 100% 的比例"))},
    ),
    Code(
        "shares-place", ERROR,
        Wording("`{name}` ranks people, and here are rows, groups or members", "put it under the `quantities` of the scheme"),
        Wording("`{name}` 给人员排名，不能写在明细、群组或重复的成员里", "移到方案的“计算项”下"),
        "Shares are cut from the ranking of people.", "分布比例按人员的名次划分。",
        "details:\n  surveys:\n    belongs_to: engineer\n    inputs: {stars: {type: integer, range: [1, 5]}}\n    quantities: {standing: {of: speed, shares: {A: 50%, B: 50%}}}\n",
        "quantities: {standing: {of: speed, ties: all, shares: {A: 50%, B: 50%}}}\n",
    ),
    Code(
        "shares-outputs", ERROR,
        Wording("the grades do not bring the same results: `{name}` has {own}, the first has {first}", "give every grade the same outputs"),
        Wording("各等级的结果不一致：`{name}` 有 {own}，第一个有 {first}", "让每个等级给出同样的几项结果"),
        "Each output is a name that everybody has, whatever the grade.", "每项结果都是一个名称，不论什么等级都要有。",
        "grades: {of: speed, ties: all, shares: {A: {share: 50%, factor: 1.5}, B: 50%}}\n",
        "grades: {of: speed, ties: all, shares: {A: {share: 50%, factor: 1.5}, B: {share: 50%, factor: 1}}}\n",
    ),
    # ── Examples ─────────────────────────────────────────────────────────────────────────────────
    Code(
        "person-unknown", ERROR,
        Wording("there is no sample person `{name}`", "describe the person under `people`, or give the facts under `given`"),
        Wording("样例人员中没有 `{name}`", "在“样例人员”中写上，或直接写在“给定”里"),
        "An example starts from a sample person and says what differs.", "算例以样例人员为起点，再写不同之处。",
        "people:\n  typical: {jobs: 10}\nexamples:\n  - {name: one, period: 2026-04, person: typcal}\n",
        "people:\n  typical: {jobs: 10}\nexamples:\n  - {name: one, period: 2026-04, person: typical}\n",
        {"near": (Wording("there is no sample person `{name}`", "did you mean `{near}`?"),
                  Wording("样例人员中没有 `{name}`", "是不是想写 `{near}`？"))},
    ),
    Code(
        "expect-people", ERROR,
        Wording("the example `{example}` has several people, and `{name}` does not say whose", "write `expect: {{PERSON: {{{name}: …}}}}`, with the key of one of its people"),
        Wording("算例 `{example}` 有几个人，没有写明是谁的 `{name}`", "按人写：`应得: {{编号: {{{name}: …}}}}`"),
        "Each of several people has results of their own.", "几个人各有各的结果。",
        "examples:\n  - name: two\n    period: 2026-04\n    people: {A: {given: {jobs: 10, on_time: 9, wage: 1, post: junior, audited: true}}}\n    expect: {speed: 80}\n",
        "examples:\n  - name: two\n    period: 2026-04\n    people: {A: {given: {jobs: 10, on_time: 9, wage: 1, post: junior, audited: true}}}\n    expect: {A: {speed: 80}}\n",
        {
            "alone": (Wording("the example `{example}` has one person, and `{name}` holds results of its own", "write the results themselves, or describe several people under `people`"),
                      Wording("算例 `{example}` 只有一个人，`{name}` 下面却又分写", "直接写结果，或在“各人”里写几个人")),
            "unknown": (Wording("the example `{example}` has no `{name}` among its people", "describe the person under `people`"),
                        Wording("算例 `{example}` 的“各人”里没有 `{name}`", "在“各人”里写上这个人")),
            "unknown-near": (Wording("the example `{example}` has no `{name}` among its people", "did you mean `{near}`?"),
                             Wording("算例 `{example}` 的“各人”里没有 `{name}`", "是不是想写 `{near}`？")),
        },
    ),
    Code(
        "fact-rows", ERROR,
        Wording("`{name}` is a detail table: it takes a list of rows", "write one line `- {{…}}` for each row, or `[]` for none"),
        Wording("`{name}` 是明细，要写成列表", "每行写成 `- {{…}}`；没有则写 `[]`"),
        "The rows of a detail table are listed one by one, equal ones with `times`.", "明细逐行列出，相同的行用“份数”。",
        "details:\n  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}\npeople:\n  typical: {surveys: 5}\n",
        "details:\n  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}\npeople:\n  typical: {surveys: [{times: 5, stars: 4}]}\n",
        {
            "group": (Wording("`{name}` is a table of groups: no single person has its rows", "put its rows under `given`, beside `people`; for one person alone write the facts of the group themselves"),
                      Wording("`{name}` 是群组的表，不是某一个人的", "与“各人”并列写在“给定”下；只有一个人时直接写群组的那几项")),
            "beside": (Wording("`{name}` stands beside several people and is no table of groups", "put it under the person that it belongs to"),
                       Wording("`{name}` 与几个人并列，却不是群组的表", "写在它所属的人下面")),
        },
    ),
)  # fmt: skip

"""Codes about records of runs: reading them, what earlier periods bring, corrections, doing a run again."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

FOLDERS: tuple[Code, ...] = (
    Code(
        "record-missing",
        Severity.ERROR,
        Wording("there is no folder {record}", "check the name; `run --record FOLDER` writes a record"),
        Wording("没有文件夹 {record}", "检查名称；`run --record 文件夹` 可写出运行记录"),
        "A record is a folder that `run --record` wrote, with `manifest.json` in it.",
        "运行记录是 `run --record` 写出的文件夹，其中有 `manifest.json`。",
        variants={
            "file": (
                Wording("{record} is a file, not a record", "name the folder that `run --record` wrote"),
                Wording("{record} 是文件，不是运行记录", "写出 `run --record` 生成的文件夹"),
            ),
            "none": (
                Wording("{record} is no record, and holds none", "name a folder that `run --record` wrote, or one that holds such folders"),
                Wording("{record} 不是运行记录，其中也没有运行记录", "写出 `run --record` 生成的文件夹，或存放这些文件夹的文件夹"),
            ),
            "one": (
                Wording("{record} is no record", "name one folder that `run --record` wrote, with `manifest.json` in it"),
                Wording("{record} 不是运行记录", "写出 `run --record` 生成的一个文件夹，其中有 `manifest.json`"),
            ),
            "period": (
                Wording("{record} holds no record of {period}", "name the record that is corrected"),
                Wording("{record} 中没有 {period} 的运行记录", "写出要更正的记录"),
            ),
            "denied": (
                Wording("{record} cannot be read: {reason}", "check its permissions"),
                Wording("无法读取 {record}：{reason}", "检查访问权限"),
            ),
        },
    ),
    Code(
        "record-changed",
        Severity.ERROR,
        Wording("{file} of the record {record} is not as it was written", "take the record from its backup; `sha256sum -c SHA256SUMS` shows the same"),
        Wording("运行记录 {record} 的 {file} 已被改动", "从备份恢复；`sha256sum -c SHA256SUMS` 也能看出"),
        "Every byte of a record is summed when it is written. One that changed afterwards proves nothing any more.",
        "写出记录时对每个字节都计算了摘要；此后改动过的记录不再能证明什么。",
        variants={
            "gone": (
                Wording("{file} of the record {record} is gone", "take the record from its backup"),
                Wording("运行记录 {record} 缺少 {file}", "从备份恢复"),
            ),
            "link": (
                Wording("{file} of the record {record} is a link, or no ordinary file", "take the record from its backup"),
                Wording("运行记录 {record} 的 {file} 是链接或不是普通文件", "从备份恢复"),
            ),
            "large": (
                Wording("{file} of the record {record} is larger than any that is written", "take the record from its backup"),
                Wording("运行记录 {record} 的 {file} 超过了可能的大小", "从备份恢复"),
            ),
        },
    ),
    Code(
        "record-broken",
        Severity.ERROR,
        Wording("the record {record} says something that no record says: `{what}`", "take the record from its backup"),
        Wording("运行记录 {record} 的内容不合规定：`{what}`", "从备份恢复"),
        "A record is read by a list of what it may hold, names of files included; anything else is refused.",
        "记录按规定的内容逐项读取（文件名也是如此），其他一概拒绝。",
    ),
    Code(
        "record-version",
        Severity.ERROR,
        Wording("the record {record} has format {number}, this release knows {known}", "use the release that wrote it, or a newer one"),
        Wording("运行记录 {record} 的格式为 {number}，本版本只认识 {known}", "使用写出它的版本，或更新的版本"),
        "A record in an unknown format is not guessed at.",
        "不认识的格式不作猜测。",
    ),
)  # fmt: skip

EARLIER: tuple[Code, ...] = (
    Code(
        "record-scheme",
        Severity.ERROR,
        Wording("the record {record} is of the scheme `{scheme}`, not of `{name}`", "leave it out; a new version of a scheme keeps its name"),
        Wording("运行记录 {record} 属于方案 `{scheme}`，不是 `{name}`", "去掉它；同一方案的新版本沿用原名"),
        "Values of one scheme mean nothing in another, even where they have the same names.",
        "不同方案的数值不能混用，即使名称相同。",
    ),
    Code(
        "record-currency",
        Severity.ERROR,
        Wording("the record {record} of {period} is in {currency}, and the scheme in {wanted}", "leave it out, and give what it would bring in the data, in {wanted}: keep the records of each currency in a folder of their own"),
        Wording("{period} 的运行记录 {record} 以 {currency} 计，而方案的币种是 {wanted}", "去掉它，需要的数值折算成 {wanted} 后在数据中给出；不同币种的记录分文件夹存放"),
        "An amount of another currency is neither carried over, nor added up, nor set off: no rate is guessed.",
        "不同币种的金额不能结转、相加或相抵，程序不猜汇率。",
        variants={
            "corrects": (
                Wording("the record {record} of {period} is in {currency}, and the scheme in {wanted}: what was paid cannot be set off", "correct it with a scheme in {currency}; where nobody was paid by that record, take it away and run {period} without `--corrects`"),
                Wording("{period} 的运行记录 {record} 以 {currency} 计，而方案的币种是 {wanted}，已发金额无法相抵", "用币种为 {currency} 的方案更正；如果并未按该记录发放，把它移走，不加 `--corrects` 重新计算 {period}"),
            ),
        },
    ),
    Code(
        "record-period",
        Severity.ERROR,
        Wording("the record {record} is of {period}, which is later than {wanted}", "leave it out"),
        Wording("运行记录 {record} 属于 {period}，晚于 {wanted}", "去掉它"),
        "What is paid for a period can rest on earlier periods only.",
        "一期的结果只能取决于更早的各期。",
        variants={
            "same": (
                Wording("the record {record} is of {period}, the very period that is run", "leave it out; to run a period again, name it under `--corrects`"),
                Wording("运行记录 {record} 就是正在计算的 {period}", "去掉它；重算已发放的一期用 `--corrects`"),
            ),
            "overlaps": (
                Wording("the record {record} is of {period}, which has days of {wanted}: they were paid already", "run {period} with `--corrects {record}`; where nobody was paid by that record, take it away"),
                Wording("运行记录 {record} 属于 {period}，与 {wanted} 有重叠的日子，这些日子已经发放过", "用 `--corrects {record}` 重算 {period}；如果并未按该记录发放，把它移走"),
            ),
            "kind": (
                Wording("the record {record} is of {period}, a period of another length than {wanted}", "leave it out"),
                Wording("运行记录 {record} 属于 {period}，与 {wanted} 的周期长度不同", "去掉它"),
            ),
            "corrects": (
                Wording("the record {record} is of {period}, and {wanted} is run", "name the records of the period that is run"),
                Wording("运行记录 {record} 属于 {period}，而计算的是 {wanted}", "写出所计算周期的记录"),
            ),
        },
    ),
    Code(
        "paid-already",
        Severity.ERROR,
        Wording("{period} was paid already: {record} is its record", "to pay only what differs, run it with `--corrects {record}`; where nobody was paid by that record, take it away"),
        Wording("{period} 已经发放过：{record} 就是该期的运行记录", "只发差额请用 `--corrects {record}`；如果并未按该记录发放，把它移走"),
        "A period is paid once. What is run again pays the difference to what was paid, or it would be paid twice.",
        "每一期只发放一次。重算只发与已发金额的差额，否则就会重复发放。",
    ),
    Code(
        "record-twice",
        Severity.ERROR,
        Wording("there are two records of {period}, and neither corrects the other: {record} and {other}", "keep the one by which people were paid"),
        Wording("{period} 有两份运行记录，且互不为更正：{record} 和 {other}", "只保留实际发放所依据的那一份"),
        "Of two answers to what was paid none is chosen. A period that was paid is run again with `--corrects`.",
        "实际发放只能有一个答案，程序不替人选择。已发放的一期用 `--corrects` 重算。",
    ),
    Code(
        "record-stale",
        Severity.ERROR,
        Wording("the record {record} of {period} rests on {other} as it was before its correction", "run {period} again with `--corrects {record}`"),
        Wording("{period} 的运行记录 {record} 所依据的 {other} 后来已更正", "用 `--corrects {record}` 重算 {period}"),
        "After a correction the later periods that were computed from it are corrected too, the earliest first.",
        "更正某一期以后，据以计算的后面各期也要依次更正。",
    ),
    Code(
        "history-gap",
        Severity.ERROR,
        Wording("`{name}` needs the record of {period}, and there is none", "add it with `--history`, or write `gaps: allow` under `{name}`"),
        Wording("`{name}` 需要 {period} 的运行记录，但没有提供", "用 `--history` 提供，或在 `{name}` 中写 `缺期: 允许`"),
        "A period that is left out would change a mean or a sum of the year, and nobody would see it.",
        "漏掉一期会改变全年的平均数或合计，而且不易察觉。",
        variants={
            "carried": (
                Wording("`{name}` is carried over from {period}, and there is no record of it", "add it with `--history`, or give the column `{name}`"),
                Wording("`{name}` 结转自 {period}，但没有提供该期的运行记录", "用 `--history` 提供，或在数据中给出 `{name}` 列"),
            ),
            "beside": (
                Wording("`{name}` begins anew, though {record} of {period} lies where this record goes", "name the records of earlier periods with `--history`, or give the column `{name}` in the data; else choose another folder"),
                Wording("`{name}` 从首期值开始，但存放这份运行记录的目录里已有 {period} 的 {record}", "用 `--history` 提供以前各期的运行记录，或在数据中给出 `{name}` 一列；否则换一个目录"),
            ),
            "lying": (
                Wording("`{name}` would pass over {period}, though the record {record} of it lies there", "name it too, or the folder of all of them, with `--history`"),
                Wording("{period} 的运行记录 {record} 就在那里，`{name}` 却会略过这一期", "用 `--history` 一并写出该记录，或写出存放全部记录的目录"),
            ),
            "corrects": (
                Wording("{record}, which is corrected, took `{name}` from the record of {period}, and that is not named now", "add it, or its correction, with `--history`"),
                Wording("被更正的 {record} 从 {period} 的运行记录取得 `{name}`，这次没有写出该记录", "用 `--history` 写出该记录，或其更正"),
            ),
            "few": (
                Wording("`{name}` needs a row for each of the {most} periods of the year up to {period}, and nobody has more than {count}", "add the rows of the other periods, leave `{name}` out of the data so that the records bring it, or write `gaps: allow` under `{name}`"),
                Wording("`{name}` 需要本年截至 {period} 的 {most} 期，每期一行，但没有人超过 {count} 行", "补上其余各期的行，或不在数据中提供 `{name}`、由记录带入，或在 `{name}` 中写 `缺期: 允许`"),
            ),
            "rows": (
                Wording("`{name}` needs the rows of earlier periods up to {period}, and they are not given", "pass them in `details=` (an empty list where the person has none), or write `gaps: allow` under `{name}`"),
                Wording("`{name}` 需要截至 {period} 的以前各期的行，但没有提供", "用 `details=` 提供（此人没有就给空列表），或在 `{name}` 中写 `缺期: 允许`"),
            ),
        },
    ),
    Code(
        "history-rows",
        Severity.ERROR,
        Wording("`{name}` has too many rows of earlier periods of this person: {count}, where the year has {most} before {period}", "keep one row for each earlier period of the year; the row of {period} is added by itself"),
        Wording("`{name}` 中此人以前各期的行太多：{count} 行，而本年在 {period} 之前只有 {most} 期", "以前每期只保留一行；{period} 本期的行会自动加上"),
        "Rows of earlier periods may come with the data: one for each earlier period of the year, and all that the records hold.",
        "以前各期的行可以随数据提供：本年每个更早的周期一行，并且包括记录中已有的各行。",
        variants={
            "lacks": (
                Wording("the records hold a row of `{name}` that the data, which bring `{name}` as well, do not: {recorded}", "add that row, or leave `{name}` out of the data: the records bring it"),
                Wording("数据也提供了 `{name}`，但缺少记录中的一行：{recorded}", "补上这一行，或不在数据中提供 `{name}`，由记录带入"),
            ),
        },
    ),
    Code(
        "history-name",
        Severity.ERROR,
        Wording("the record {record} has no `{source}`, which `{name}` takes from it", "run that period again with `--corrects` under a scheme that has it"),
        Wording("运行记录 {record} 中没有 `{source}`，而 `{name}` 取自该项", "用含有该项的方案以 `--corrects` 重算那一期"),
        "A value that was not recorded is not invented.",
        "没有记录的数不会凭空补上。",
        variants={
            "rows": (
                Wording("in the record {record} `{source}` has a value for each detail row; `{name}` needs one for each person", "record a sum or a mean of it"),
                Wording("运行记录 {record} 中的 `{source}` 是逐行的值，而 `{name}` 需要每人一个值", "改为取其合计或平均数"),
            ),
            "kind": (
                Wording("in the record {record} `{source}` is {kind_word}, and `{name}`, which takes it, is {wanted_word}", "give what is new another name; or run that period again with `--corrects` under a scheme in which it is {wanted_word}"),
                Wording("运行记录 {record} 中的 `{source}` 是{kind_word}，而取自该项的 `{name}` 是{wanted_word}", "新的内容请另起名称；或用 `--corrects` 以该项为{wanted_word}的方案重算那一期"),
            ),
            "unit": (
                Wording("in the record {record} the unit of `{source}` is {unit}, and `{name}`, which takes it, is in {own}", "give what is new another name; or run that period again with `--corrects` under a scheme in which its unit is {own}"),
                Wording("运行记录 {record} 中 `{source}` 的单位是{unit}，而取自该项的 `{name}` 的单位是{own}", "新的内容请另起名称；或用 `--corrects` 以单位为{own}的方案重算那一期"),
            ),
        },
    ),
    Code(
        "history-set-aside",
        Severity.ERROR,
        Wording("{key} was set aside in {period}: what that period holds of them is not known", "correct {period} first, with `--corrects`"),
        Wording("{key} 在 {period} 被隔离，该期没有其结果", "先用 `--corrects` 更正 {period}"),
        "Whoever was refused has no result yet; a later period cannot pass over that.",
        "被隔离的人当期没有结果，后面的各期不能当作没有这回事。",
    ),
    Code(
        "history-alike",
        Severity.WARNING,
        Wording("{value} is in no record, and looks like {others}, of whom the records know and the data do not", "if they are one person, write the key as the records have it: what was carried over and recorded is left out otherwise"),
        Wording("{value} 在以前的记录中没有，却与记录中的 {others} 相像，而数据中没有后者", "如果是同一个人，请按记录中的写法填写编号，否则结转和以前各期的数据都不会计入"),
        "A spreadsheet drops zeros in front of a key. Whoever has another key is another person, who begins anew.",
        "电子表格会去掉编号前面的零；编号不同就是另一个人，一切从头开始。",
        variants={
            "corrects": (
                Wording("{value} is new, and looks like {others}, who is gone", "if they are one person, write the key as the record has it: what was paid is taken back otherwise, and paid anew"),
                Wording("新增的 {value} 与不再有的 {others} 相像", "如果是同一个人，请按记录中的写法填写编号，否则已发的会被扣回，再重新发放"),
            ),
        },
    ),
    Code(
        "carried-first",
        Severity.ERROR,
        Wording("`{input}` has no value: no earlier period has a `{source}` of this person", "give the cell, or write `first:` in the scheme"),
        Wording("`{input}` 没有值：上期记录中没有此人的 `{source}`", "在数据中给出，或在方案中写 `首期值`"),
        "Who begins anew begins with what the scheme says, and with nothing else.",
        "新加入的人从方案写明的首期值开始。",
    ),
    Code(
        "carried-interrupted",
        Severity.ERROR,
        Wording("{key} had `{name}` = {value} in {period} and has no result in {last}, so that it would be lost", "give the value in the data, or correct {last}"),
        Wording("{key} 在 {period} 的 `{name}` 为 {value}，而 {last} 没有结果，结转会就此丢失", "在数据中给出该值，或更正 {last}"),
        "A balance does not vanish because somebody was away for a period.",
        "余额不会因为中断一期而消失。",
        variants={
            "unknown": (
                Wording("{key} has no result in {last}, and its record does not say what `{name}` was before: it was made without that of {period}", "add the record of {period} with `--history`, or give the value in the data"),
                Wording("{key} 在 {last} 没有结果，该期记录也不知道此前的 `{name}`：当时没有用到 {period} 的记录", "用 `--history` 提供 {period} 的记录，或在数据中给出该值"),
            ),
        },
    ),
    Code(
        "correction-held",
        Severity.ERROR,
        Wording("{key} has a bad row now: what they were paid cannot be corrected", "mend the row; a correction is made of everybody or of nobody"),
        Wording("{key} 的数据有问题，无法更正已发的金额", "改正数据；更正须包括所有人"),
        "Setting somebody aside would take back what was paid, on account of a slip in the data.",
        "如果把人隔离，已发的金额就会因为一处笔误被扣回。",
        variants={
            "key": (
                Wording("a bad row has no key: it may be of anybody who was paid", "mend the row; a correction is made of everybody or of nobody"),
                Wording("有一行问题数据没有编号，可能是任何一个已发放的人", "改正数据；更正须包括所有人"),
            ),
        },
    ),
)  # fmt: skip

AGAIN: tuple[Code, ...] = (
    Code(
        "replay-differs",
        Severity.ERROR,
        Wording("`{name}` of {key} was {recorded} and is {value} now", "do not rely on either before the reason is known"),
        Wording("{key} 的 `{name}` 原为 {recorded}，现为 {value}", "查明原因之前，两者都不要采用"),
        "A recorded run is done again from the folder alone and must give the same bytes.",
        "仅凭记录文件夹重算，必须得到逐字节相同的结果。",
        variants={
            "gone": (
                Wording("{key} is in the record, and has no result now", "look at the rows that are refused now"),
                Wording("记录中有 {key}，现在却没有结果", "查看现在被拒收的行"),
            ),
            "new": (
                Wording("{key} has a result now, and none in the record", "look at the rows that were refused then"),
                Wording("{key} 现在有结果，而记录中没有", "查看当时被拒收的行"),
            ),
            "file": (
                Wording("{file} is not the same: {recorded} was recorded, and now it is {value}", "do not rely on either before the reason is known"),
                Wording("{file} 不同：记录为 {recorded}，现为 {value}", "查明原因之前，两者都不要采用"),
            ),
            "refused": (
                Wording("the run is refused now: {reason}", "compare with the release {library} that wrote the record"),
                Wording("现在无法计算：{reason}", "与写出记录的版本 {library} 比较"),
            ),
        },
    ),
    Code(
        "replay-release",
        Severity.HINT,
        Wording("the record was written by release {recorded}, and done again by {value}", ""),
        Wording("记录由版本 {recorded} 写出，现由版本 {value} 重算", ""),
        "Another release is no difference as long as every byte is the same.",
        "只要逐字节相同，版本不同并无妨碍。",
        variants={
            "meaning": (
                Wording("the scheme has the fingerprint {value} in this release, and had {recorded}", ""),
                Wording("方案的指纹原为 {recorded}，在本版本中为 {value}", ""),
            ),
        },
    ),
)  # fmt: skip

CODES: tuple[Code, ...] = (*FOLDERS, *EARLIER, *AGAIN)

"""The words of the command line, in both languages: `say("paid", "zh", count=3)`."""

from __future__ import annotations

from ..base.text import echo
from ..base.words import filled, in_language
from ..lang.pay import PAY_KINDS, RESULT_WORDS

_WORDS: dict[str, tuple[str, str]] = {
    # check
    "clean": ("no errors", "没有错误"),
    "counts": ("{errors}, {warnings}, {hints}", "{errors}，{warnings}，{hints}"),
    "error": ("{count} error", "{count} 个错误"),
    "errors": ("{count} errors", "{count} 个错误"),
    "warning": ("{count} warning", "{count} 个警告"),
    "warnings": ("{count} warnings", "{count} 个警告"),
    "hint": ("{count} hint", "{count} 个提示"),
    "hints": ("{count} hints", "{count} 个提示"),
    "mended": ("mended {file}: {count}", "已修改 {file}：{count} 处"),
    "nothing_to_mend": ("nothing in {file} could be mended mechanically", "{file} 没有可自动修改之处"),
    "draft": ("draft: {count} still to be filled in", "草案：还缺 {count} 处"),
    "draft_line": ("  line {line}  {what}", "  第 {line} 行  {what}"),
    "draft_end": (
        "fill them in, then write `status: active`; a draft is never run",
        "补齐后把 `状态` 改为 `生效`；草案不能运行",
    ),
    "example_status": ("example numbers, not for paying anybody", "示例数字，不得用于发薪"),
    # test
    "examples_pass": ("{count} of {of} examples pass", "{of} 个算例，通过 {count} 个"),
    "no_examples": ("the scheme has no examples", "方案没有算例"),
    "example_failed": ("fails", "未通过"),
    "example_passed": ("passes", "通过"),
    "trace": ("how it came about", "计算过程"),
    # run
    "scheme": ("scheme", "方案"),
    "version": ("version", "版本"),
    "period": ("period", "期间"),
    "to": ("to", "至"),
    "totals": ("totals", "合计"),
    "reconciled": ("check", "核对"),
    "read": (
        "read {read} = paid {paid} + quarantined {quarantined} + out of scope {out}",
        "读入 {read} = 计算 {paid} + 隔离 {quarantined} + 不适用 {out}",
    ),
    "corrected": ("read as the nearest allowed number", "按最接近的数读入"),
    "corrected_line": ("{name} {count}", "{name} {count} 处"),
    "unread": ("columns not read", "未读的列"),
    "fingerprint": ("fingerprint", "指纹"),
    "fingerprints": ("scheme {scheme}  data {data}  result {result}", "方案 {scheme}  数据 {data}  结果 {result}"),
    "referee": ("referee", "参考引擎"),
    "referee_some": ("recomputed {count} of {all}, 0 differ", "{all} 人中复算 {count} 人，0 人不同"),
    "referee_edges": (
        " ({edges} at the end of a range or on the edge of a table)",
        "（其中 {edges} 人的数据在取值范围两端或正好在档次的界限上）",
    ),
    "referee_all": ("recomputed all {all} from the data alone, 0 differ", "只凭数据复算全部 {all} 人，0 人不同"),
    "referee_nobody": ("nobody to recompute", "没有可复算的人"),
    "taken": ("not recomputed", "未复算"),
    "taken_names": (
        "{names}: they rest on very many rows; `--referee all` recomputes them too",
        "{names}：所依据的行太多；用 `--referee all` 可一并复算",
    ),
    "warned": ("warning", "警告"),
    "recomputing": ("recomputing", "正在复算"),
    "differ_more": ("and {count} more values that differ", "另有 {count} 个值不同"),
    "nothing_written": ("nobody was paid, and nothing was written", "没有计算任何人，也没有写出任何文件"),
    "written": ("written to {file}", "已写入 {file}"),
    "none_to_keep": (
        "nothing to keep: no counterexample was found that can be replayed", "没有可存的：没有找到可以重算的反例",
    ),
    "marked": (
        "{file}: {count} with a ' in front, so that no spreadsheet obeys or dates them: {cells}; .json has none",
        "{file}：{count} 格前面加了 '，以免电子表格当作公式或日期：{cells}；.json 中保持原样",
    ),
    "next": ("next", "下一步"),
    "and_more": ("… and {count} more", "…… 另有 {count} 人"),
    "nobody_paid": (
        "nobody was paid: read {read}, usable {usable}, refused {refused} (--on-error quarantine pays the {usable})",
        "没有计算任何人：读入 {read}，可用 {usable}，有问题 {refused}（--on-error quarantine 可先算 {usable} 人）",
    ),
    "nobody_paid_none": (
        "nobody was paid: read {read}, usable {usable}, refused {refused}",
        "没有计算任何人：读入 {read}，可用 {usable}，有问题 {refused}",
    ),
    "nobody_paid_table": ("nobody was paid", "没有计算任何人"),
    "quarantined": ("quarantined", "隔离"),
    "reading": ("reading", "正在读取"),
    "passed_over": ("not read, for it is no csv or json: {files}", "不是 csv 或 json，未读：{files}"),
    "taken_for_people": ("read as files of people: {files}", "作为人员数据读入的文件：{files}"),
    "computing": ("computing", "正在计算"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "not_in_scope": ("not in scope", "不适用"),
    "adjusted": ("{count} changed by an adjustment rule", "{count} 人受调整规则影响"),
    "adjusted_shown": ("{count} of those above changed by an adjustment rule", "上列人员中 {count} 人受调整规则影响"),
    "adjusted_unseen": (
        "adjustment rules rest on everybody here: `explain` shows whom they change",
        "此处的调整规则取决于所有人；用 `explain` 查看影响了谁",
    ),
    "adjusted_line": ("{name}: {reason} (was {before})", "{name}：{reason}（原 {before}）"),
    "adjusted_set": ("set to {amount}", "记为 {amount}"),
    "adjusted_at_most": ("at most {amount}", "不高于 {amount}"),
    "adjusted_at_least": ("at least {amount}", "不低于 {amount}"),
    "adjusted_add": ("add {amount}", "加 {amount}"),
    "adjusted_multiply": ("times {amount}", "乘以 {amount}"),
    "not_due": ("not due in this period", "本期不发"),
    # rows
    "people": ("people", "人员"),
    "rows_table": ("read", "读入"),
    "rows_rows": ("rows", "行数"),
    "rows_used": ("used", "已用"),
    "rows_out_of_scope": ("out of scope", "不适用"),
    "rows_refused": ("refused", "拒收"),
    "rows_without_owner": ("without owner", "没有归属"),
    "rows_left_out": ("left out", "未计入"),
    "rows_waiting": ("waiting", "等待"),
    "rows_blank": ("empty", "空行"),
    "rows_files": ("files", "文件"),
    "in_part": ("not everything is in this result: {what} (exit code {code})", "结果不完整：{what}（退出码 {code}）"),
    "left_out_only": ("as the scheme says, {what} (exit code {code})", "按方案的规定，{what}（退出码 {code}）"),
    "people_aside": ("{count} person set aside", "{count} 人被隔离"),
    "people_asides": ("{count} people set aside", "{count} 人被隔离"),
    "rows_gone_refused": ("{count} row refused", "{count} 行被拒收"),
    "rows_gone_refuseds": ("{count} rows refused", "{count} 行被拒收"),
    "rows_gone_without_owner": ("{count} row without an owner", "{count} 行没有归属"),
    "rows_gone_without_owners": ("{count} rows without an owner", "{count} 行没有归属"),
    "rows_gone_left_out": ("{count} row without an owner is left out", "{count} 行没有归属，未计入"),
    "rows_gone_left_outs": ("{count} rows without an owner are left out", "{count} 行没有归属，未计入"),
    "not_held": ("{count} requirement does not hold", "{count} 项要求不满足"),
    "not_helds": ("{count} requirements do not hold", "{count} 项要求不满足"),
    "every_reason": ("(--quarantine FILE lists every row with its reason)", "（--quarantine 文件 可列出每一行和原因）"),
    "group": ("group", "群组"),
    "everyone": ("everyone", "全体"),
    "nobody": ("nobody", "无人"),
    "honor": ("honour", "荣誉"),
    "entitlement": ("entitlement", "权益"),
    "value": ("value", "结果"),
    "eligible": ("eligible", "合格"),
    "places": ("places", "名额"),
    "empty": ("empty", "空缺"),
    "chosen": ("chosen", "当选"),
    "pool": ("pool", "奖金池"),
    "members": ("shares", "份数"),
    "amount": ("amount", "金额"),
    "paid_out": ("paid", "已发"),
    "remainder": ("remains", "余额"),
    "sum": ("sum", "合计"),
    "pool_in_part": ("shares of people who wait remain", "等待中的人的份额留存"),
    "pool_held": ("waits for refused rows", "有问题行，暂缓"),
    "pool_nobody": ("nobody has a share", "没有人参与分配"),
    "pool_condition_not_met": ("condition not met", "条件不满足"),
    "and_more_rows": ("… and {count} more", "…… 另有 {count} 个"),
    "shortfall": ("shortfall", "下限补足"),
    **{kind.name: (kind.name.replace("_", " "), kind.chinese) for kind in PAY_KINDS},
    **RESULT_WORDS,
    # records
    "record": ("record", "记录"),
    "away": ("away", "不在本期"),
    "away_one": ("1 person has a balance and is not in the data: {names}", "1 人有结转而不在数据中：{names}"),
    "away_many": (
        "{count} people have a balance and are not in the data: {names}", "{count} 人有结转而不在数据中：{names}"
    ),
    "history_used": ("history", "以前各期"),
    "noted": ("note", "提示"),
    "same_bytes": ("same bytes: {count} people", "逐字节相同：{count} 人"),
    "other_bytes": ("not the same", "不相同"),
    "referee_again": ("the referee recomputed {count} people, 0 differences", "参考引擎复算 {count} 人，0 处不同"),
    "record_exists": (
        "{folder} exists already and is left as it is: a record has a folder of its own",
        "{folder} 已存在，未作改动；每份运行记录各用一个新文件夹",
    ),
    "corrects": ("corrects", "更正"),
    "corrected_people": (
        "{changed} changed, {new} new, {gone} gone; {same} unchanged",
        "{changed} 人有变化，{new} 人新增，{gone} 人不再出现，{same} 人不变",
    ),
    "state_new": ("new", "新增"),
    "state_gone": ("gone", "不再出现"),
    "state_changed": ("", ""),
    "pay_line": ("pay line", "薪酬项目"),
    "kind": ("kind", "类别"),
    "paid_before": ("paid", "已发"),
    "due_now": ("due now", "应为"),
    "difference": ("difference", "差额"),
    "and_more_lines": ("… and {count} more", "…… 另有 {count} 行"),
    "no_difference": ("nobody's pay changes", "没有人的金额变化"),
    # explain
    "no_such_key": ("no row has the key {key}", "没有编号为 {key} 的行"),
    "no_such_decision": ("the scheme decides nothing called {name} in this way", "方案中没有这样的 {name}"),
    "no_such_group": ("there is no group {name}", "没有 {name} 这个组"),
    "which_explained": (
        "say whom to explain with `--id`, or what a group decides with `--pool`, `--honor` or `--grades`",
        "用 `--id` 指明解释谁，或用 `--pool`、`--honor`、`--grades` 指明解释整组的哪一项",
    ),
    "what_if_needs_id": (
        "`--what-if` is about one person: say whom with `--id`",
        "`--what-if` 只针对一个人：用 `--id` 指明是谁",
    ),
    "no_quantity_of_people": ("people have no quantity {name}", "每个人的结果中没有 {name}"),
    "what_if_note": (
        "nearest value that changes it, up and down; the whole company computed again; nobody is passed in a ranking",
        "上下两个方向各取使结果改变的最近一个值；全公司重算，名次不变",
    ),
    "near_key": ("is it {near}?", "是不是 {near}？"),
    "no_such_name": ("the scheme has no `{name}`", "方案中没有 `{name}`"),
    "no_row_column": (
        "`{name}` is a quantity of the rows of `{table}`, and a person may have several: name one of people or groups",
        "`{name}` 是 `{table}` 各行的计算项，一个人可能有多行；请写人员或群组的计算项",
    ),
    "no_column_of_data": (
        "`{name}` is a fact or a parameter, and columns are what is computed: a quantity that is `{name}` can be one",
        "`{name}` 是数据或参数，列只能是计算结果；可另设一个等于 `{name}` 的计算项",
    ),
    "no_columns": (
        "--columns names no column: say names with commas between, `pay` or `all`",
        "--columns 没有写列名：用逗号分隔各列名，或写 pay、all",
    ),
    "no_such_column": ("`{name}` is not a quantity of this scheme", "`{name}` 不是本方案的计算结果"),
    "columns_are": ("it has {names}", "可用的有 {names}"),
    # workbooks
    "results": ("results", "结果"),
    "applies": ("in scope", "是否适用"),
    "pools": ("pools", "奖金池"),
    "honors": ("honours", "荣誉"),
    "entitlements": ("entitlements", "权益"),
    "corrections": ("corrections", "更正"),
    "reconciliation": ("reconciliation", "核对"),
    "subject": ("subject", "项目"),
    "detail": ("detail", "明细"),
    "first_day": ("first day", "首日"),
    "last_day": ("last day", "末日"),
    "people_read": ("read", "读入"),
    "people_paid": ("paid", "计算"),
    "value_name": ("name", "名称"),
    "state": ("state", "状态"),
    "honor_in_part": ("some of those chosen wait", "部分当选者等待中"),
    "key": ("key", "编号"),
    "sheet_table": ("table", "表"),
    "line": ("line", "行号"),
    "row": ("row", "序号"),
    "column": ("column", "列"),
    "cell": ("value", "值"),
    "code": ("code", "代码"),
    "reason": ("reason", "原因"),
    # init
    "made": ("made {file}", "已生成 {file}"),
    "refused_overwrite": ("{file} exists already and is left as it is", "{file} 已存在，未作改动"),
    "init_next": ("try:", "试一试："),
    # help
    "why": ("why", "原因"),
    "wrong": ("wrong", "错误写法"),
    "right": ("right", "正确写法"),
    "remedy": ("help", "怎么改"),
    "variants": ("it may also say", "还可能显示"),
    "no_such_code": ("there is no code `{code}`", "没有编号 `{code}`"),
    "codes": ("every code, `incentive-rules help CODE` explains one", "全部编号；`incentive-rules help 编号` 解释其一"),
    # usage
    "usage_option": ("there is no option {name}", "没有选项 {name}"),
    "usage_command": ("there is no command {name}", "没有命令 {name}"),
    "usage_missing": ("{name} is missing", "缺少 {name}"),
    "usage_value": ("{name}: {value} is not possible; one of {choices}", "{name}：不能是 {value}；可选 {choices}"),
    "usage_bad": ("{name}: {value} is not possible", "{name}：不能是 {value}"),
    "usage_extra": ("too much: {name}", "多余的参数：{name}"),
    "usage_argument": ("the option {name} takes one value", "选项 {name} 要有一个值"),
    "usage_help": ("see `{command} --help`", "参见 `{command} --help`"),
    "usage_period": ("write the period after --period, such as {text}", "在 --period 后写周期，例如 {text}"),
    "usage_details": ("--details is written NAME=FILE, not {value}", "--details 写作 名称=文件，不是 {value}"),
    "usage_out": ("{file}: the name must end in {endings}", "{file}：文件名须以 {endings} 结尾"),
    "needs_excel": (
        "{file}: workbooks are written with XlsxWriter: {command}", "{file}：写出工作簿需要 XlsxWriter：{command}"
    ),
    "same_file": (
        "{file} is another file of this run and is not written over", "{file} 是本次运行的另一个文件，不会覆盖"
    ),
    "no_folder": ("there is no such folder", "没有这个文件夹"),
    "cannot_write": ("{file} cannot be written: {reason}", "无法写入 {file}：{reason}"),
    "did_you_mean": ("did you mean {near}?", "是不是 {near}？"),
    "internal": (
        "an error of incentive_rules itself ({kind}); nobody was paid",
        "incentive_rules 程序内部出错（{kind}），没有计算任何人",
    ),
    "internal_late": (
        "an error of incentive_rules itself ({kind}), after everybody was computed",
        "incentive_rules 程序内部出错（{kind}），此前已计算完毕",
    ),
    "not_printed": ("the output cannot be printed: {reason}", "结果无法显示：{reason}"),
    "written_all": ("everything was written: {files}", "已全部写出：{files}"),
    "written_none": ("no file was asked for, and none was written", "没有要求写出文件，也没有写出"),
    "internal_report": (
        "please report it with the command and the scheme; INCENTIVE_RULES_TRACEBACK=1 shows where it happened",
        "请把命令和方案报告给我们；设 INCENTIVE_RULES_TRACEBACK=1 可看到出错位置",
    ),
    "interrupted": ("interrupted", "已中断"),
}


def say(phrase: str, language: str, **holes: object) -> str:
    """The phrase in `zh` or `en`, its holes filled."""
    return filled(_WORDS[phrase], language, holes)


def say_count(phrase: str, count: int, language: str) -> str:
    """`1 error`, `2 errors`, `2 个错误`."""
    return say(phrase if count == 1 else phrase + "s", language, count=count)


def hint(phrase: str, near: str, language: str) -> str:
    """`; did you mean X?` if there is a near name."""
    if not near:
        return ""
    return in_language(language, "; ", "；") + say(phrase, language, near=echo(near))

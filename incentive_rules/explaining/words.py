"""The few words of an explanation, in both languages: `say("line", "zh", line=3)`."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "line": ("line {line}", "第 {line} 行"),
    "input": ("data", "数据"),
    "parameter": ("parameter", "参数"),
    "table": ("table", "对照表"),
    "row": ("row {row}", "第 {row} 条"),
    "missing": ("missing", "缺失"),
    "true": ("yes", "是"),
    "false": ("no", "否"),
    "value": ("value", "实际值"),
    "value_of": ("value({name})", "实际值({name})"),
    "above": ("see above", "见上"),
    # how a row of a table was found
    "from": ("{key} reaches {edge}", "{key} 达到 {edge}"),
    "from_not": (", not {missed}", "、未达到 {missed}"),
    "from_else": ("{key} does not reach {missed}", "{key} 未达到 {missed}"),
    "up_to": ("{key} is at most {edge}", "{key} 不超过 {edge}"),
    "up_to_not": (", above {missed}", "、超过 {missed}"),
    "up_to_else": ("{key} is above {missed}", "{key} 超过 {missed}"),
    "equals": ("{key}", "{key}"),
    "otherwise": ("{key}: none of the rows", "{key}：其余"),
    "points_flat": ("{key} lies beyond {edge}, the end of the line", "{key} 在端点 {edge} 之外"),
    "points_met": ("{key} is a point of the line", "{key} 正好是折点"),
    "points": ("{key} lies between {low} and {high}", "{key} 在 {low} 与 {high} 之间"),
    "slices": ("each slice at its own rate", "各段按各自比率"),
    # conditions and branches
    "holds": ("holds", "成立"),
    "fails": ("does not hold", "不成立"),
    "condition": ("condition", "条件"),
    "branch": ("because", "因为"),
    "condition_not_met_0": ("the condition does not hold: 0", "条件不成立，本项为 0"),
    "condition_not_met": ("the condition does not hold: missing", "条件不成立，本项缺失"),
    "not_in_scope": ("the scheme does not apply to this person", "不属于本方案的适用对象"),
    # rounding
    "rounded": ("rounded to {decimals} decimals ({mode})", "保留 {decimals} 位小数（{mode}）"),
    "half_up": ("half up", "四舍五入"),
    "half_even": ("half even", "银行家舍入"),
    "down": ("down", "去尾"),
    "up": ("up", "进位"),
    "floor": ("to the floor", "向下"),
    "ceiling": ("to the ceiling", "向上"),
    # weighted means
    "left_out": ("left out, missing: {names}", "缺失、未计入：{names}"),
    "as_zero": ("missing, counted as 0: {names}", "缺失、按 0 计：{names}"),
    # adjustments
    "adjust": ("adjustment", "调整"),
    "set": ("set to {amount}", "记为 {amount}"),
    "at_most": ("at most {amount}", "不高于 {amount}"),
    "at_least": ("at least {amount}", "不低于 {amount}"),
    "add": ("add {amount}", "加 {amount}"),
    "multiply": ("times {amount}", "乘以 {amount}"),
    "changes": ("{before} becomes {after}", "由 {before} 变为 {after}"),
    "unchanged": ("{before} stays", "{before} 不变"),
    # why a value is missing
    "why_zero": ("a divisor is 0: there was nothing to measure", "除数为 0：没有可测的"),
    "why_name": ("{name} is missing", "{name} 缺失"),
    "why_rows": ("{over} has no rows that count", "{over} 没有可计的行"),
    "why_few": (
        "{over} has {count} rows that count, {least} are needed",
        "{over} 只有 {count} 行可计，至少要 {least} 行",
    ),
    "why_parts": ("{count} parts are known, {least} are needed", "只有 {count} 项已知，至少要 {least} 项"),
    "why_refused": ("a part is missing, and then the whole is", "有一项缺失，整体即为缺失"),
    "why_weights": ("no part with a weight is known", "没有已知且有权重的分项"),
    "why_table": ("the table says missing", "对照表写明缺失"),
    "why_given": ("not in the data", "数据中没有"),
    "why_said": ("the formula says missing", "公式写明缺失"),
    # rows
    "of_rows": ("{count} of {rows} rows of {over}", "{over} {rows} 行中 {count} 行"),
    "all_rows": ("{rows} rows of {over}", "{over} {rows} 行"),
    "of_members": ("{count} of {rows} members of {over}", "{over} {rows} 项中 {count} 项"),
    "all_members": ("{rows} members of {over}", "{over} {rows} 项"),
    # results of pay that have no title of their own
    "earnings": ("earnings", "应发"),
    "deductions": ("deductions", "扣款"),
    "net": ("net", "实发"),
    "employer_cost": ("employer cost", "单位承担"),
    # endings
    "were_missing": ("missing", "缺失"),
    "were_adjusted": ("adjusted", "触发调整"),
    "nothing_missing": ("nothing was missing, no adjustment acted", "本次取值没有缺项，没有触发任何调整规则"),
    "no_such_name": ("the scheme has no quantity {name}", "方案中没有 {name}"),
    "comma": (", ", "、"),
    "colon": (": ", "："),
    "semicolon": ("; ", "；"),
}


def say(word: str, language: str, **holes: object) -> str:
    """The wording of `word` with its holes filled; any language but zh reads English."""
    return _WORDS[word][language == "zh"].format(**holes)

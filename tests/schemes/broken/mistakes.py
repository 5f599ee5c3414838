"""Fifteen slips that people make in a Chinese scheme, each as one textual replacement in a scheme without errors.

Each is named by the code that the check reports. The reports stand beside this file as `<code>.txt`.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Mistake:
    """`old` stands once in the scheme and becomes `new`. What is `mechanical`, `check --fix` mends."""

    code: str
    old: str
    new: str
    mechanical: bool = False


MISTAKES = (
    Mistake(
        "formula-cut",
        "  基础工资:\n    金额: (岗位工资(岗位) + 工龄工资 * 取小(工龄, 15)) * 在职比例\n    浮动: 否\n",
        "  基础工资: {金额: (岗位工资(岗位) + 工龄工资 * 取小(工龄, 15)) * 在职比例, 浮动: 否}\n",
        mechanical=True,
    ),
    Mistake("fullwidth-mark", "  绩效工资:\n", "  绩效工资：\n", mechanical=True),
    Mistake("colon-space", "{60: 0, 80: 70, 95: 100}", "{60:0, 80: 70, 95: 100}", mechanical=True),
    Mistake("text-colon", "目的: 用看得见", "目的: 说明: 用看得见", mechanical=True),
    Mistake("key-unknown", "  服务质量:\n    权重: 40%\n", "  服务质量:\n    权种: 40%\n"),
    Mistake("weights-total", "      服务满意度:\n        权重: 30%\n", "      服务满意度:\n        权重: 25%\n"),
    Mistake("percent-needed", "  服务质量:\n    权重: 40%\n", "  服务质量:\n    权重: 0.4\n", mechanical=True),
    Mistake("name-unknown", "绩效基数(岗位) * 系数 * 出勤率 * 在职比例", "绩效基数(岗位) * 系數 * 出勤率"),
    Mistake("money-times-money", "绩效基数(岗位) * 系数 * 出勤率 * 在职比例", "绩效基数(岗位) * 基础工资"),
    Mistake("missing-unhandled", "绩效基数(岗位) * 系数 * 出勤率 * 在职比例", "30 * 贡献评分"),
    Mistake("divisor-zero", "应出勤天数:   {类型: 整数, 取值范围: [1,", "应出勤天数:   {类型: 整数, 取值范围: [0,"),
    Mistake("formula-excel", "绩效基数(岗位) * 系数 * 出勤率 * 在职比例", "=IF(等级=“优秀”,3600,0)"),
    Mistake("table-incomplete", "对应: {初级: 4500, 中级: 6500, 高级: 9500}", "对应: {初级: 4500, 中级: 6500}"),
    Mistake("cycle", "出勤率: {为: 出勤天数 / 应出勤天数}", "出勤率: {为: 绩效工资 / 绩效基数(岗位)}"),
    Mistake("direction-conflict", "{98%: 100, 95%: 90, 90%: 75, 80%: 60}", "{98%: 60, 95%: 75, 90%: 90, 80%: 100}"),
)


def broken(scheme: str, mistake: Mistake) -> str:
    """The scheme with one mistake."""
    assert scheme.count(mistake.old) == 1, f"{mistake.code}: {scheme.count(mistake.old)} places"
    return scheme.replace(mistake.old, mistake.new)

"""Words that messages put into their holes, in both languages: `{kind_word}` and its like."""

from __future__ import annotations

CHINESE = {
    "number": "数", "integer": "整数", "money": "金额", "boolean": "条件（是或否）", "category": "类别",
    "date": "日期", "time": "时刻", "key": "编号", "unknown": "未知", "-": "无单位",
}  # fmt: skip
ENGLISH = {
    "number": "a number", "integer": "a whole number", "money": "money", "boolean": "true or false",
    "category": "a category", "date": "a date", "time": "a time", "key": "a key", "unknown": "unknown", "-": "no unit",
}  # fmt: skip


def word_in(value: str, language: str) -> str:
    """How messages in `language` call a kind; a word that is no kind stays as it is."""
    return (CHINESE if language == "zh" else ENGLISH).get(value, value)

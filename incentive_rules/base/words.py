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


_OR = "\u2016"  # stands between the two languages of a phrase


def both(english: str, chinese: str) -> str:
    """A phrase in both languages, for a hole `{..._word}`."""
    return f"{english}{_OR}{chinese}"


def word_in(value: str, language: str) -> str:
    """How messages in `language` call a kind, or their half of a phrase in both; any other word stays as it is."""
    if _OR in value:
        return value.split(_OR)[language == "zh"]
    return (CHINESE if language == "zh" else ENGLISH).get(value, value)

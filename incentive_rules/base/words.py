"""Chooses between the two languages: of pairs, separators, and words in the holes of messages (`{kind_word}`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")

CHINESE = {
    "number": "数", "integer": "整数", "money": "金额", "boolean": "条件（是或否）", "category": "类别",
    "date": "日期", "time": "时刻", "key": "编号", "unknown": "未知", "-": "无单位",
}  # fmt: skip
ENGLISH = {
    "number": "a number", "integer": "a whole number", "money": "money", "boolean": "true or false",
    "category": "a category", "date": "a date", "time": "a time", "key": "a key", "unknown": "unknown", "-": "no unit",
}  # fmt: skip


def is_chinese(language: str) -> bool:
    return language == "zh"


def in_language(language: str, english: T, chinese: T) -> T:
    """The Chinese one of two if the language is Chinese, else the English one.

    >>> in_language("zh", "total", "总分"), in_language("en", "total", "总分")
    ('总分', 'total')
    """
    return chinese if is_chinese(language) else english


def filled(pair: tuple[str, str], language: str, holes: Mapping[str, object]) -> str:
    """A wording, English and Chinese, in the language, its holes filled.

    >>> filled(("row {row}", "第 {row} 行"), "zh", {"row": 3})
    '第 3 行'
    """
    return in_language(language, *pair).format(**holes)


def comma(language: str) -> str:
    """What separates the parts of a sentence."""
    return in_language(language, ", ", "，")


def list_separator(language: str) -> str:
    """What separates the items of a list: Chinese has a comma of its own for them."""
    return in_language(language, ", ", "、")


def colon(language: str) -> str:
    return in_language(language, ": ", "：")


_OR = "\u2016"  # stands between the two languages of a phrase


def both(english: str, chinese: str) -> str:
    """A phrase in both languages, for a hole `{..._word}`."""
    return f"{english}{_OR}{chinese}"


def word_in(value: str, language: str) -> str:
    """How messages in `language` call a kind, or their half of a phrase in both; any other word stays as it is."""
    if _OR in value:
        return in_language(language, *value.split(_OR)[:2])
    return in_language(language, ENGLISH, CHINESE).get(value, value)

"""Widths on a screen, echoes that are safe to print, and names that an author may have meant."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.looks import lookalike
from incentive_rules.base.text import HIDDEN, echo, escape, nearest, pad, shorten, width


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("绩效", 4), ("ａ：", 4), ("e\u0301", 1), ("😀", 2), ("é", 1), ("", 0)]
)
def test_a_text_is_as_wide_as_it_looks(text: str, columns: int) -> None:
    assert width(text) == columns


def test_padding_lines_up_chinese_and_latin_columns() -> None:
    assert [pad("奖金", 6), pad("bonus", 6), pad("12", 6, right=True)] == ["奖金  ", "bonus ", "    12"]


@given(st.text())
def test_an_escaped_text_moves_no_cursor_and_hides_nothing(text: str) -> None:
    shown = escape(text)
    assert not HIDDEN.search(shown)
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in shown)


def test_escapes_are_readable() -> None:
    assert escape("a\nb\x1b[2J\u202e\U000e0001") == "a\\nb\\x1b[2J\\u202e\\U000e0001"


def test_an_echo_keeps_both_ends() -> None:
    assert shorten("x" * 60) == "x" * 60
    assert len(echo("head" + "x" * 100_000 + "tail")) == 60
    assert echo("head" + "x" * 200 + "tail").startswith("head")
    assert echo("head" + "x" * 200 + "tail").endswith("tail")


KNOWN = ["attainment", "attendance_rate", "客户满意度", "权重", "系数", "标题", "total", "jobs"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("attainmnet", "attainment"), ("Attainment", "attainment"), ("attendancerate", "attendance_rate"),
        ("权种", "权重"), ("系數", "系数"), ("满意度", "客户满意度"), ("ｔｏｔａｌ", "total"),
        ("totl", "total"), ("job", "jobs"),
    ],
)  # fmt: skip
def test_a_mistyped_name_is_recognised(typed: str, meant: str) -> None:
    assert nearest(typed, KNOWN)[:1] == (meant,)


@pytest.mark.parametrize("typed", ["x", "奖金", "complaints", "", "权"])
def test_no_name_is_better_than_a_wild_guess(typed: str) -> None:
    assert nearest(typed, ["attainment", "客户满意度", "系数", "total"]) == ()


def test_which_characters_make_two_names_differ_that_look_alike() -> None:
    assert lookalike("系數", "系数") == ("數", "数")
    assert lookalike("係數", "系数") == ("係", "系"), "both characters are old forms"
    assert lookalike("期未", "期末") == ("未", "末")
    assert lookalike("сар", "cap") == ("с", "c"), "Cyrillic and Latin"
    assert lookalike("系數", "系数值") is None, "of another length"
    assert lookalike("最低工资", "最低薪资") is None, "two characters that nobody mixes up"
    assert lookalike("totel", "total") is None, "seen without help"

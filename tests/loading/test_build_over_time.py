"""What an input is over time: carried from the last period, and dates in the writing of the data."""

from __future__ import annotations

import pytest

from tests.loading.schemes import CHINESE, clean, wrong


def test_an_input_may_carry_what_came_out_last_time() -> None:
    scheme = clean(
        "inputs:\n  owed: {type: money, range: [0, 500], carried_from: owed_after, first: 0}\n"
        "  last_speed: {type: number, range: [0, 9], carried_from: value(speed), can_be_missing: true}\n"
        "quantities: {owed_after: {is: owed, type: money}}\n"
    )
    owed, last_speed = scheme.inputs[-2:]
    assert (owed.carried_from, owed.first and owed.first.text) == ("owed_after", "0")
    assert (last_speed.carried_from, last_speed.first) == ("value(speed)", None)


def test_in_a_repeated_block_the_last_value_is_that_of_the_same_member() -> None:
    scheme = clean(
        "repeat:\n  lines:\n    members: {phone: {aim: 5}, field: {aim: 9}}\n"
        "    inputs: {before: {type: integer, range: [0, 9], carried_from: after, first: 1}}\n"
        "    quantities: {after: before + 1}\n"
    )
    assert [i.carried_from for i in scheme.inputs if i.carried_from] == ["phone_after", "field_after"]


@pytest.mark.parametrize(
    "owed, found",
    [
        ("type: money, range: [0, 500], carried_from: speed, first: much", [("number-wrong", "much")]),
        ("type: money, range: [0, 500], carried_from: speed, first: 501", [("first-outside", "501")]),
        ("type: money, range: [0, 500], carried_from: speed, first: -1", [("first-outside", "-1")]),
        ("type: category, one_of: [a, b], carried_from: speed, first: c", [("first-outside", "c")]),
        ("type: category, one_of: [a, b], carried_from: speed, first: a", []),
        ("type: category, carried_from: speed, first: anything", []),
        ("type: boolean, carried_from: speed, first: perhaps", [("flag-wrong", "perhaps")]),
        ("type: date, carried_from: speed, first: 2026/1/1", [("date-wrong/mended", "2026/1/1")]),
        ("type: time, carried_from: speed, first: 2026-01-01 08:30", []),
        ("type: money, range: [0, 500], can_be_missing: true, carried_from: speed, first: missing", []),
        ("type: money, range: [0, 500], first: 0", [("key-missing", "first")]),
        ("type: key, carried_from: speed", [("key-input/twice", "owed"), ("key-useless", "carried_from")]),
    ],
)
def test_what_can_be_wrong_with_a_value_that_is_carried(owed: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"inputs:\n  owed: {{{owed}}}\n") == found


@pytest.mark.parametrize("written", ["DD-MM-YYYY", "DD.MM.YYYY", "MM/DD/YYYY", "YYYYMMDD", "YYYY年MM月DD日"])
def test_a_date_may_be_written_in_any_order(written: str) -> None:
    assert clean(f"inputs:\n  hired: {{type: date, written: {written}}}\n").inputs[-1].written == written


@pytest.mark.parametrize("written", ["DD-MM-YYYY hh:mm", "hh:mm DD/MM/YYYY", "YYYY年MM月DD日 hh时mm分"])
def test_so_may_a_time(written: str) -> None:
    assert clean(f'inputs:\n  opened: {{type: time, written: "{written}"}}\n').inputs[-1].written == written


def test_the_writing_of_dates_in_chinese() -> None:
    text = CHINESE + "  入职: {类型: 日期, 日期写法: DD/MM/YYYY}\n"
    assert clean(text).inputs[-1].written == "DD/MM/YYYY"


@pytest.mark.parametrize(
    "hired, found",
    [
        ("type: date, written: DD/MM", [("written-wrong", "DD/MM")]),
        ("type: date, written: DD/MM/YY", [("written-wrong/letter", "DD/MM/YY")]),
        ("type: date, written: D/M/YYYY", [("written-wrong/letter", "D/M/YYYY")]),
        ("type: date, written: dd/mm/yyyy", [("written-wrong/letter", "dd/mm/yyyy")]),
        ("type: date, written: DD/MM/2026", [("written-wrong/letter", "DD/MM/2026")]),
        ("type: date, written: DD/MM/YYYY/DD", [("written-wrong/twice", "DD/MM/YYYY/DD")]),
        ("type: date, written: DD/MM/YYYY hh", [("written-wrong/extra", "DD/MM/YYYY hh")]),
        ("type: time, written: DD/MM/YYYY", [("written-wrong", "DD/MM/YYYY")]),
        ("type: time, written: hh.MM", [("written-wrong", "hh.MM")]),
        ("type: time, written: hh.mm", [("written-wrong", "hh.mm")]),
        ("type: integer, range: [0, 9], written: DD/MM/YYYY", [("key-useless", "written")]),
    ],
)
def test_what_can_be_wrong_with_the_writing_of_dates(hired: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"inputs:\n  hired: {{{hired}}}\n") == found

"""What is written into a workbook is read back by another library: exact, obeyed by nothing, the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.framing.workbooks import BookSheet, OfferedWords, sheet_names, workbook_bytes
from incentive_rules.model.result import MISSING

BAD_TEXTS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://a.b", "mailto:x@y.z", "007", "1/3", " =A1", "＝1+1", "{=1}",
]  # fmt: skip


def sheets_of(content: bytes) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(content))


def back(*values: object, language: str = "en") -> list[Any]:
    """The values as they are read from the cells of one row."""
    content = workbook_bytes([BookSheet("s", [f"c{n}" for n in range(len(values))], [values])], language)
    return [cell.value for cell in sheets_of(content)["s"][2]]


@pytest.mark.parametrize("text", BAD_TEXTS)
@pytest.mark.sampled(12)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    content = workbook_bytes([BookSheet("s", [text], [[text]])], "en")
    page = sheets_of(content)["s"]
    for cell in (page["A1"], page["A2"]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        inside = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in inside and b"hyperlink" not in inside
        assert not [name for name in parts.namelist() if "externalLink" in name]


def test_what_could_be_a_formula_keeps_its_mark_when_somebody_edits_it() -> None:
    page = sheets_of(workbook_bytes([BookSheet("s", ["a", "b"], [["=1", "plain"]])], "en"))["s"]
    assert [page["A2"].quotePrefix, page["B2"].quotePrefix] == [True, False]


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 8))
def test_an_amount_of_fifteen_digits_stands_in_the_file_digit_by_digit(units: int, decimals: int) -> None:
    amount = Decimal(units).scaleb(-decimals)
    content = workbook_bytes([BookSheet("s", ["a"], [[amount]])], "en")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        inside = parts.read("xl/worksheets/sheet1.xml").decode()
    written = inside.rpartition("<v>")[2].partition("</v>")[0]
    assert Decimal(written) == amount
    assert Decimal(repr(float(written))) == amount  # as a spreadsheet keeps it


def test_numbers_beyond_fifteen_digits_are_texts() -> None:
    long = Decimal("12345678901234.56")
    assert back(long, 10**15, -(10**15) - 7, 10**15 - 1) == [
        "12345678901234.56", "1000000000000000", "-1000000000000007", 999999999999999,
    ]  # fmt: skip


def test_values_are_what_they_are() -> None:
    moment = datetime(2026, 3, 1, 8, 30)
    found = back(date(2026, 3, 1), moment, time(8, 5), True, Fraction(1, 3), Fraction(1, 4), MISSING, None)
    assert found == [datetime(2026, 3, 1), moment, time(8, 5), "yes", "1/3", 0.25, None, None]
    assert back(True, False, date(1899, 12, 31), language="zh") == ["是", "否", "1899-12-31"]


def test_money_is_shown_with_its_places() -> None:
    page = sheets_of(workbook_bytes([BookSheet("s", ["a", "b"], [[Decimal("1234.50"), 7]])], "en"))["s"]
    assert [page["A2"].number_format, page["B2"].number_format] == ["#,##0.00", "#,##0"]


def test_control_characters_and_lone_surrogates_leave_a_file_that_can_be_read() -> None:
    from openpyxl.utils.escape import unescape

    sound, *others = back("a\x07b", "\ud800x", "_x0041_", "\uffff")
    assert [unescape(sound), *others] == ["a\x07b", "\\ud800x", "_x0041_", "\\uffff"]


def test_names_of_sheets_are_short_plain_and_told_apart() -> None:
    names = sheet_names(["a/b:c", "A_B_C", "部" * 40, "部" * 40, "'x'", "History", "", "😀" * 20, "[*?\\]\x00"])
    assert names == ["a_b_c", "A_B_C (2)", "部" * 31, "部" * 27 + " (2)", "x", "History (2)", "_", "😀" * 15, "______"]
    content = workbook_bytes([BookSheet(name, ["a"], []) for name in names], "zh")
    assert sheets_of(content).sheetnames == names


def test_the_same_sheets_are_the_same_bytes() -> None:
    def made() -> bytes:
        return workbook_bytes([BookSheet("s", ["a"], [["x"], [Decimal("1.50")], [date(2026, 1, 1)]])], "zh")

    assert made() == made()


def test_the_heading_is_frozen_and_columns_are_as_wide_as_chinese_words() -> None:
    page = sheets_of(workbook_bytes([BookSheet("s", ["工号", "绩效考核综合得分"], [["G1", 1]])], "zh"))["s"]
    assert page.freeze_panes == "B2"
    assert page.column_dimensions["B"].width >= 16 > page.column_dimensions["A"].width


def test_a_list_of_words_is_offered_in_the_cells_of_its_column() -> None:
    page = sheets_of(workbook_bytes([BookSheet("s", ["a", "b"], [], (OfferedWords(1, ("是", "否")),))], "zh"))["s"]
    (rule,) = page.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"是,否"', "B2:B1048576")


@pytest.mark.parametrize(("sheet", "said"), [
    (BookSheet("大", ["a"], [["x" * 32_768]]), "每格 32,767 个字符（大）"),
    (BookSheet("大", ["a"] * 16_385, []), "16,384 列"),
])
def test_what_a_sheet_cannot_hold_is_refused_and_never_cut(sheet: BookSheet, said: str) -> None:
    with pytest.raises(OSError, match=said):
        workbook_bytes([sheet], "zh")


@pytest.mark.thorough
def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(OSError, match="1,048,575 rows"):
        workbook_bytes([BookSheet("s", ["a"], ([1] for _ in range(1_048_576)))], "en")

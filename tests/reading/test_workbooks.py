"""A sheet is read as its values are; what a spreadsheet shows and its values hide is refused by its address."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from shutil import which
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import render_problems
from incentive_rules.cli.data_files import data_files
from incentive_rules.cli.people import people_in
from incentive_rules.reading.sources import sheet_scan
from incentive_rules.reading.sources.files import read_bytes, read_file
from tests.reading.workbooks import rows_of_csv, workbook

ROOT = Path(__file__).parents[2]
HEAD = ["工号", "单数"]


def read(data: bytes, name: str = "b.xlsx") -> list[tuple[object, ...]]:
    table, problems = read_bytes(data, name)
    assert table is not None, problems
    return list(table.rows)


def told(data: bytes, name: str = "b.xlsx", lang: str = "en") -> str:
    table, problems = read_bytes(data, name)
    assert table is None
    return render_problems(problems, "text", lang)


def made(fill: Callable[[Any, Any], None], **options: object) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet("工单")
    sheet.write_row(0, 0, HEAD)
    fill(book, sheet)
    book.close()
    return file.getvalue()


def by_openpyxl(fill: Callable[[Any], None]) -> bytes:
    import openpyxl

    file = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "工单"
    sheet.append(HEAD)
    fill(sheet)
    book.save(file)
    return file.getvalue()


def edited(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something in one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return file.getvalue()


PLAIN = workbook({"工单": [HEAD, ["A", 5]]})
SHEET = "xl/worksheets/sheet1.xml"


def test_empty_rows_around_the_table_are_passed_over_and_rows_keep_their_numbers() -> None:
    table, _ = read_bytes(workbook({"工单": [[], [], HEAD, ["A", 5], [], ["007", 0.1], ["", ""]]}), "b.xlsx")
    assert table is not None and table.headings == tuple(HEAD)
    assert list(table.rows) == [("A", 5), ("", ""), ("007", 0.1)] and list(table.lines) == [4, 5, 6]


@pytest.mark.parametrize("is_1904", [False, True])
def test_dates_and_every_minute_of_a_day_are_read(is_1904: bool) -> None:
    day = datetime(2026, 4, 3)

    def fill(book: Any, sheet: Any) -> None:
        moment, clock = (book.add_format({"num_format": one}) for one in ("yyyy-mm-dd hh:mm", "hh:mm"))
        sheet.write_datetime(1, 0, date(2026, 4, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(2, 0, time(12, 31), clock)
        for minute in range(1440):
            sheet.write_datetime(minute + 1, 1, day + timedelta(minutes=minute), moment)

    rows = read(made(fill, date_1904=is_1904))
    assert [row[1] for row in rows] == [day + timedelta(minutes=minute) for minute in range(1440)]
    assert rows[1][0] == time(12, 31)


def test_a_percent_is_what_the_cell_shows() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, form in enumerate(("0%", "0.00%", '0.0"x"', '0"%"'), 1):
            sheet.write(row, 0, 0.07, book.add_format({"num_format": form}))

    assert [row[0] for row in read(made(fill))] == ["7%", "7%", 0.07, 0.07]


@pytest.mark.parametrize("name", ["b.xls", "b.ods"])
def test_other_workbooks_are_told_what_to_do(name: str) -> None:
    assert "save it as xlsx" in told(b"\xd0\xcf\x11\xe0" + b"\0" * 9, name)
    assert "密码" in told(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "b.xlsx", "zh")


def test_errors_are_refused_with_their_cells() -> None:
    wrong = by_openpyxl(lambda sheet: sheet.append(["A", "#N/A"]))
    assert "`工单!B2` shows the error `#N/A`" in told(wrong)
    assert "`工单!B2` 显示错误" in told(wrong, lang="zh")


def calculated(cell: bytes) -> bytes:
    """A workbook that a spreadsheet program has calculated, with this cell in `B2`."""
    data = edited(PLAIN, "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    return edited(data, SHEET, b'<c r="B2"><v>5</v></c>', cell)


def test_formulas_need_a_value() -> None:
    assert read(calculated(b'<c r="B2"><f>2+3</f><v>5</v></c>')) == [("A", 5)]
    assert read(calculated(b'<c r="B2" t="str"><f>""</f><v></v></c>')) == [("A", "")]
    for cell in (b'<c r="B2"><f>2+3</f></c>', b'<c r="B2"><f>2+3</f><v></v></c>', b'<c r="B2"><f>2+3</f><v/></c>'):
        assert "`工单!B2` is a formula without a value" in told(calculated(cell))
    never = by_openpyxl(lambda sheet: sheet.append(["A", "=1+1"]))
    assert "`工单!B2` is a formula in a workbook that was never calculated" in told(never)


def test_merged_cells_are_refused_wherever_they_hide_a_value() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["A", 1])
        sheet.append(["A", 1])
        sheet.merge_cells("A2:A3")

    assert "the cells `工单!A2` to `A3` are merged" in told(by_openpyxl(fill))


def test_what_stands_beside_the_headings_is_refused() -> None:
    assert "`工单!C2` stands right of the last heading" in told(workbook({"工单": [HEAD, ["A", 5, 7]]}))
    assert "`工单!A1` is a heading and holds `2026`" in told(workbook({"工单": [[2026, "单数"], ["A", 5]]}))
    assert "is empty" in told(workbook({"工单": []}))


def test_a_sheet_is_named_where_there_are_several() -> None:
    several = workbook({"人员": [HEAD, ["A", 5]], "其他": [HEAD, ["B", 6]], "空": []})
    assert "`人员`, `其他`" in told(several)
    assert read(several, "b.xlsx#其他") == [("B", 6)]
    assert "has no sheet `没有`" in told(several, "b.xlsx#没有")
    assert read(workbook({"人员": [HEAD, ["A", 5]], "旧": [HEAD, ["B", 6]]}, hidden=["旧"])) == [("A", 5)]


@pytest.mark.parametrize(
    "part, old, new, said",
    [
        (SHEET, b"<sheetData>", b"<x:sheetData>", "broken workbook"),
        (SHEET, b'<c r="B2">', b"<c>", "broken workbook"),
        (SHEET, b'r="B2"', b'r="XFD1048576"', "reaches to the cell XFD1048576"),
        ("xl/sharedStrings.xml", b"<sst", b"<!DOCTYPE sst [<!ENTITY a 'b'>]><sst", "declares entities"),
    ],
    ids=["prefix", "no address", "wide", "entities"],
)
def test_what_would_break_or_fill_the_memory_is_refused(part: str, old: bytes, new: bytes, said: str) -> None:
    assert said in told(edited(PLAIN, part, old, new))


def test_sizes_are_checked_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    from incentive_rules.reading.sources import sheet_parts

    monkeypatch.setattr(sheet_parts, "MOST_UNPACKED", 1 << 22)
    packed = edited(PLAIN, SHEET, b"<sheetData>", b"<sheetData>" + b" " * (1 << 22))
    assert len(packed) < 1 << 16
    table, problems = read_bytes(packed, "b.xlsx")
    assert table is None and problems[0].variant == "unpacked"


def test_one_long_text_in_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_scan, "_MOST_TEXT", 1000)
    long = workbook({"工单": [HEAD, *([["长" * 300, 1]] * 9)]})
    assert "when it is unpacked" in told(long)


def test_a_broken_zip_is_refused() -> None:
    assert "broken workbook" in told(PLAIN[:300])
    assert "broken workbook" in told(b"PK\n")


SCHEMES = [("service_engineer_1", "2026-Q1"), ("service_engineer_2_zh", "2026-01")]


def digest(pipeline: ir.Pipeline, data: Path) -> str:
    people, _ = people_in(pipeline, [str(data)], (), "utf-8", "en")
    assert people is not None
    results = [tuple((name, str(value)) for name, value in one.items()) for one in pipeline.run(people).results]
    return hashlib.sha256(repr(results).encode()).hexdigest()


@pytest.mark.thorough
@pytest.mark.parametrize("scheme, period", SCHEMES)
def test_one_workbook_pays_what_the_csv_files_pay(scheme: str, period: str, tmp_path: Path) -> None:
    """With a sheet for each table, with a file for each table, and with one sheet named for each."""
    pipeline = ir.compile(ROOT / "schemes" / f"{scheme}.yaml", period=period)
    folder = ROOT / "schemes" / "data" / scheme / period
    sheets = {file.stem: rows_of_csv(file) for file in sorted(folder.glob("*.csv"))}
    book = tmp_path / "公司.xlsx"
    book.write_bytes(workbook(sheets))
    files = tmp_path / "files"
    files.mkdir()
    for name, rows in sheets.items():
        (files / f"{name}.xlsx").write_bytes(workbook({"Sheet1": rows}))
    expected = digest(pipeline, folder)
    assert digest(pipeline, book) == expected
    assert digest(pipeline, files) == expected


def test_two_files_for_one_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("k,v\nA,1\n")
    (tmp_path / "people.xlsx").write_bytes(PLAIN)
    (tmp_path / "visits.csv").write_text("k,v\nA,1\n")
    (tmp_path / "book.xlsx").write_bytes(workbook({"人员": [HEAD, ["A", 5]], "visits": [HEAD, ["A", 5]]}))
    (problem,) = data_files([str(tmp_path)], (), ()).problems
    assert "`people.csv` bring the same table" in render_problems([problem], "text", "en")
    several = data_files([str(tmp_path)], (), ["visits"]).problems
    assert {"`people.csv`", "`visits.csv`"} & set(render_problems(several, "text", "en").split())


def test_a_hidden_sheet_called_like_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(workbook({"人员": [HEAD], "visits": [HEAD, ["A", 5]]}, hidden=["visits"]))
    (problem,) = data_files([str(tmp_path / "b.xlsx")], (), ["visits"]).problems
    assert problem.variant == "hidden_table"


@pytest.mark.thorough
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not there")
def test_a_workbook_by_libreoffice_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("k,n,d,p\nA,1.5,2026-04-03,7%\nB,2,2026-04-04,12.5%\n")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    command.append(str(tmp_path / "a.csv"))
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    table, problems = read_file(tmp_path / "a.xlsx")
    assert table is not None, problems
    assert list(table.rows) == [("A", 1.5, date(2026, 4, 3), "7%"), ("B", 2, date(2026, 4, 4), "12.5%")]

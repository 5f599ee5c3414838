"""`run --out pay.xlsx`: everything that a run found in one workbook, in the words of the language."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.cli import main, result_files
from incentive_rules.cli.exits import Exit
from tests.recording.made import BALANCE

ROOT = Path(__file__).resolve().parents[2]
SCHEME, DATA = ROOT / "schemes/service_engineer_2_zh.yaml", ROOT / "schemes/data/service_engineer_2_zh/2026-12"
RUN = ["run", "s.yaml", "p.csv", "--period", "2026-01", "--lang", "en"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(BALANCE, "utf-8")
    Path("p.csv").write_text("engineer,earned\nA,1000\n=B,7\n", "utf-8")
    return tmp_path


def read(file: str | Path) -> Any:
    import openpyxl

    return openpyxl.load_workbook(file)


def rows(page: Any) -> list[tuple[Any, ...]]:
    return list(page.iter_rows(values_only=True))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("out") / "结果.xlsx"
    assert main(["run", str(SCHEME), str(DATA), "--period", "2026-12", "--out", str(file), "--referee", "0"]) == 0
    return file


def test_a_chinese_scheme_has_sheets_headings_and_words_in_chinese(workbook: Path) -> None:
    book = read(workbook)
    assert book.sheetnames == ["结果", "部门", "奖金池", "荣誉", "权益", "核对"]
    assert rows(book["结果"])[0][:4] == ("工号", "是否适用", "综合得分", "等级")
    assert rows(book["结果"])[1][:4] == ("G001", "是", 94.9475, "优秀")
    assert rows(book["奖金池"])[0] == ("奖金池", "群组", "份数", "金额", "已发", "余额", "状态")
    assert rows(book["荣誉"])[1][:2] == ("服务之星", "医疗设备")


@pytest.mark.thorough
def test_every_amount_is_the_one_that_was_paid(workbook: Path, tmp_path: Path) -> None:
    file = tmp_path / "pay.json"
    words = ["--columns", "应发,实发", "--out", str(file), "--referee", "0"]
    assert main(["run", str(SCHEME), str(DATA), "--period", "2026-12", *words]) == 0
    paid = json.loads(file.read_text("utf-8"), parse_float=Decimal)
    head, *body = rows(read(workbook)["结果"])
    for name in ("应发", "实发"):
        place = head.index(name)
        assert [(row[0], Decimal(repr(row[place]))) for row in body] == [(one["工号"], one[name]) for one in paid]
    told = {row[1]: Decimal(repr(row[2])) for row in rows(read(workbook)["核对"]) if row[0] == "合计"}
    assert told["应发"] == sum(one["应发"] for one in paid)


def test_the_same_run_is_the_same_bytes(here: Path) -> None:
    for file in ("a.xlsx", "b.xlsx"):
        assert main([*RUN, "--out", file]) == 0
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()
    page = read("a.xlsx")["results"]
    assert (page["A3"].value, page["A3"].data_type) == ("=B", "s")


def test_refused_rows_have_a_sheet_and_a_workbook_of_their_own(here: Path) -> None:
    Path("p.csv").write_text("engineer,earned\nA,1000\nB,x\n", "utf-8")
    words = ["--on-error", "quarantine", "--out", "pay.xlsx", "--quarantine", "bad.xlsx"]
    assert main([*RUN, *words]) == Exit.IN_PART
    own, beside = rows(read("bad.xlsx")["quarantined"]), rows(read("pay.xlsx")["quarantined"])
    assert own == beside
    assert own[0] == ("key", "table", "line", "row", "column", "value", "code", "reason")
    assert own[1][0] == "B" and own[1][4:6] == ("earned", "x")


def test_what_a_sheet_cannot_hold_leaves_nothing_behind(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def too_long(*_: object) -> bytes:
        raise OSError(27, "a sheet has at most 1,048,575 rows")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("incentive_rules.cli.run.result_workbook", too_long)
        assert main([*RUN, "--out", "pay.xlsx", "--record", "r"]) == Exit.USAGE
    assert "pay.xlsx cannot be written: a sheet has at most 1,048,575 rows" in capsys.readouterr().err
    assert not Path("pay.xlsx").exists() and not Path("r").exists()


@pytest.mark.parametrize(("language", "said"), [
    ("en", "pay.xlsx: workbooks are written with XlsxWriter: python -m pip install 'incentive_rules[excel]'"),
    ("zh", "pay.xlsx：写出工作簿需要 XlsxWriter：python -m pip install 'incentive_rules[excel]'"),
])
def test_without_xlsxwriter_one_line_says_what_to_install(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setattr(result_files, "find_spec", lambda name: None)
    assert main([*RUN, "--out", "pay.xlsx", "--lang", language]) == Exit.USAGE
    assert capsys.readouterr().err.strip() == said


def test_another_ending_is_told_what_there_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, "--out", "pay.ods"]) == Exit.USAGE
    assert capsys.readouterr().err.strip() == "pay.ods: the name must end in .csv, .json, .xlsx"


def test_a_table_of_a_run_is_written_by_its_ending(here: Path) -> None:
    run = ir.compile("s.yaml", period="2026-01").run("p.csv")
    run.write("people.xlsx")
    head, *body = rows(read("people.xlsx").active)
    assert head[0] == "engineer" and [row[0] for row in body] == ["A", "=B"]


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice")
def test_libreoffice_reads_what_was_written(workbook: Path, tmp_path: Path) -> None:
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    words = ["soffice", home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir"]
    subprocess.run([*words, str(tmp_path), str(workbook)], check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "结果.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("工号,是否适用,综合得分,等级")
    assert lines[1].startswith("G001,是,94.9475,优秀,1.2,\"4,560.00\"")

"""Files become tables, or are refused with a remedy; no file makes reading fail with an exception."""

from __future__ import annotations

import gzip
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from incentive_rules.reading.sources.files import read_bytes, read_file
from incentive_rules.reading.sources.mappings import read_mappings


def found(data: bytes, name: str = "people.csv", encoding: str = "utf-8") -> list[tuple[str, str, int | None]]:
    table, problems = read_bytes(data, name, encoding)
    assert (table is None) == bool(problems)
    return [(p.code, p.variant, p.line) for p in problems]


def test_a_csv_file_keeps_every_text_as_it_stands() -> None:
    table, _ = read_bytes("工号,jobs\n007,1e5\n\"G,1\",\"two\nlines\"\nG3,\n".encode(), "people.csv")
    assert table is not None
    assert table.headings == ("工号", "jobs")
    assert table.rows == (("007", "1e5"), ("G,1", "two\nlines"), ("G3", ""))
    assert table.lines == (2, 3, 5)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa,b\r\n1,2\r\n", b"a,b\r1,2", b"a,b\n1,2\n\n\n"])
def test_marks_and_line_ends_do_not_matter(data: bytes) -> None:
    table, _ = read_bytes(data, "people.csv")
    assert table is not None and table.headings == ("a", "b") and table.rows == (("1", "2"),)


def test_a_packed_csv_is_unpacked() -> None:
    table, _ = read_bytes(gzip.compress(b"a\n1\n"), "people.csv.gz")
    assert table is not None and table.rows == (("1",),)
    assert found(b"a\n1\n", "people.csv.gz") == [("data-format", "gzip", None)]
    assert found(gzip.compress(b"a\n1\n" * 99)[:-9], "people.csv.gz") == [("data-format", "gzip", None)]


def test_gb18030_is_read_where_it_is_named_and_only_there() -> None:
    data = "工号,部门\nG1,华东\n".encode("gb18030")
    assert found(data) == [("data-encoding", "", 1)]
    table, _ = read_bytes(data, "people.csv", "GB18030")
    assert table is not None and table.rows == (("G1", "华东"),)
    assert found(b"\xff\xff\xff", encoding="gb18030") == [("data-encoding", "declared", 1)]
    assert found(b"a\n1", encoding="latin-1") == [("data-encoding", "unknown", None)]
    assert found("a\n1".encode("utf-16")) == [("data-encoding", "utf-16", None)]


@pytest.mark.parametrize("text", [
    "工号,岗位\n张三,高级\n李四,中级\n", "工号,岗位\n张三,高级\n李四,中级 \n",
    "p,post\nA,caf\u00e9\n", "\ufeffp\nA\n", "p\n\U0001f600\n",
])  # fmt: skip
@pytest.mark.parametrize("name", ["people.csv", "people.json", "people.csv.gz"])
@pytest.mark.parametrize("encoding", ["gb18030", "GBK", "gb2312"])
def test_utf_8_is_not_read_as_another_encoding(text: str, name: str, encoding: str) -> None:
    """Where the number of bytes is even, Chinese of UTF-8 is Chinese of GB18030 as well: other people, other words."""
    data = json.dumps([{"p": text}], ensure_ascii=False).encode() if "json" in name else text.encode()
    data = gzip.compress(data) if name.endswith(".gz") else data
    assert found(data, name, encoding) == [("data-encoding", "utf-8", None)]
    assert not found(data, name)


@pytest.mark.parametrize("text", ["p,q\nA,1\n", "工号,岗位\n张三,高级\n", "工号,性别\n李,女\n"])
def test_what_is_gb18030_or_plain_ascii_is_read(text: str) -> None:
    table, problems = read_bytes(text.encode("gb18030"), "people.csv", "gb18030")
    assert table is not None and not problems and ",".join(table.headings) == text.splitlines()[0]


@pytest.mark.parametrize(
    ("data", "code", "variant", "line"),
    [
        (b"", "data-format", "empty", None),
        (b"\n\n", "data-format", "empty", None),
        (b"a,b\n1,\0", "data-format", "nul", 2),
        (b'a,b\n1,"2\n', "data-format", "unclosed", 2),
        (b'a,b\n1,"2"3\n', "data-format", "quote", 2),
        (b"a;b\n1;2\n", "data-format", "separator", 1),
        (b"a\tb\n1\t2\n", "data-format", "separator", 1),
        (b"a,a\n1,2\n", "data-heading-twice", "", 1),
        (b"a, A\n1,2\n", "data-heading-twice", "alike", 1),
        ("tasks,ｔａｓｋｓ\n1,2\n".encode(), "data-heading-twice", "alike", 1),
        (b"a,b\n1\n", "data-ragged", "", 2),
        (b"a,b\n1,2,3\n", "data-ragged", "", 2),
        (b"PK\x03\x04xxxx", "data-sheet", "workbook", None),
    ],
)
def test_a_broken_csv_is_refused_for_its_own_reason(data: bytes, code: str, variant: str, line: int | None) -> None:
    assert found(data) == [(code, variant, line)]


def test_every_ragged_line_is_reported() -> None:
    assert [line for _, _, line in found(b"a,b\n1\n1,2\n3\n")] == [2, 4]


def test_json_numbers_are_exact_and_absent_names_are_missing() -> None:
    table, _ = read_bytes(b'[{"a": 0.1, "b": 12}, {"b": true, "c": null}]', "people.json")
    assert table is not None
    assert table.headings == ("a", "b", "c")
    assert table.rows == ((Decimal("0.1"), 12, None), (None, True, None))


@pytest.mark.parametrize(
    ("data", "code", "variant"),
    [
        (b"{}", "data-format", "list"),
        (b"[1]", "data-row", ""),
        (b'[{"a": 1, "a": 2}]', "data-heading-twice", ""),
        (b'[{"a": 1, "A": 2}]', "data-heading-twice", "alike"),
        (b"[{]", "data-format", "json"),
        (b"[" * 100_000, "data-format", "json"),
    ],
)
def test_a_broken_json_is_refused_for_its_own_reason(data: bytes, code: str, variant: str) -> None:
    assert [(c, v) for c, v, _ in found(data, "people.json")] == [(code, variant)]


def test_json_numbers_of_any_size_are_read_without_hanging() -> None:
    data = b'[{"a": ' + b"9" * 10_000 + b', "b": 1e999999999999999999999, "c": NaN, "d": 1E+1000000}]'
    table, problems = read_bytes(data, "people.json")
    assert table is not None and not problems


def test_no_rows_is_an_empty_table() -> None:
    for data, name in ((b"[]", "people.json"), (b"a,b\n", "people.csv")):
        table, problems = read_bytes(data, name)
        assert table is not None and table.rows == () and not problems
    table, _ = read_mappings([])
    assert table is not None and table.headings == ()


def test_what_is_not_a_file_is_said_plainly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path, code, variant in (
        (tmp_path, "data-file", "folder"),
        (tmp_path / "none.csv", "data-file", ""),
        (pipe, "data-file", "special"),
        (Path("/dev/null"), "data-file", "special"),
        ("a\0b.csv", "data-file", "denied"),
    ):
        _, problems = read_file(path)
        assert [(p.code, p.variant) for p in problems] == [(code, variant)]


def test_a_table_is_known_by_its_name_without_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"a,b\n1\n")
    _, problems = read_file(path)
    assert problems[0].table == "people.csv"

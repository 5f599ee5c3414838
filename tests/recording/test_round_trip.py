"""What is recorded is read again to the last digit, and the same run gives the same bytes."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import subprocess
import sys
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.base.fingerprints import fingerprint
from incentive_rules.model.text_columns import each_text
from incentive_rules.reading.sources.files import read_bytes
from incentive_rules.recording.canonical_json import json_line, json_text
from incentive_rules.recording.contents import lists_of
from tests.reading.inputs import FakeScalar
from tests.recording.made import BALANCE, balance, everything, row

VISITS = [{"engineer": "G1", "took": 61}, {"engineer": "G1", "took": 10}]
ROWS = [row("G1"), row("G2", rating=None, jobs=0, on_time=0), row("G0", months=0), row("坏", jobs=-1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    everything(ROWS, VISITS).save(tmp_path / "2026-03")
    return tmp_path / "2026-03"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_kind_of_value_comes_back_as_it_was(folder: Path) -> None:
    record = ir.read_record(folder)
    assert record.keys == ("G0", "G1", "G2") and record.set_aside == {"坏"}
    wanted = {
        "part": Fraction(9, 10), "points": Decimal("90.0000"), "good": True, "since": date(2020, 2, 29), "late": 1,
        "post_now": "高级", "long": (True, False), "bonus": Decimal("2700.00"), "net": Decimal("2690.00"),
        "jobs": 100, "rating": Decimal("4.50"), "audited": True, "hired": date(2020, 2, 29), "post": "高级",
        "shift": datetime(2026, 3, 1, 7, 30), "engineer": "G1", "rate": Fraction(5, 2), "word": "上班",
    }  # fmt: skip
    for name, value in wanted.items():
        found = record.value("G1", name)
        assert found == value and type(found) is type(value), name
        assert str(found) == str(value)
    assert record.value("G2", "part") is ir.MISSING and record.value("G2", "rating") is ir.MISSING
    assert record.value("G2", "long") == ()
    assert not record.in_scope("G0") and record.value("G0", "net") == Decimal("0.00")
    with pytest.raises(KeyError):
        record.value("G9", "net")
    with pytest.raises(KeyError):
        record.value("G1", "nothing")


def test_every_value_of_a_result_is_in_the_record(folder: Path) -> None:
    record = ir.read_record(folder)
    for result in everything(ROWS, VISITS).results:
        for name in result:
            found = record.value(result.key, name)
            assert found == result[name] and type(found) is type(result[name]), (result.key, name)


def test_the_record_says_what_it_is_of(folder: Path) -> None:
    record, run = ir.read_record(folder), everything(ROWS, VISITS)
    assert (record.name, record.scheme, record.version, record.period.text) == ("2026-03", "everything", "2", "2026-03")
    assert record.meaning == run.fingerprint and record.library == ir.__version__
    assert record.lines == (("bonus", "earning"), ("fine", "deduction"))
    counts = json.loads((folder / "manifest.json").read_text())["counts"]
    assert counts == {"read": 4, "paid": 2, "quarantined": 1, "out_of_scope": 1}


def test_a_refused_row_keeps_its_reasons_without_words(folder: Path) -> None:
    page = json.loads((folder / "quarantined.json").read_text("utf-8"))
    assert page["people"] == ["坏"] and page["without_key"] == 0
    assert {p["code"] for p in page["problems"]} == {"data-range", "data-require"} or page["problems"]
    assert page["problems"][0]["params"]["value"] == "-1"


def test_the_same_run_gives_the_same_bytes(tmp_path: Path, folder: Path) -> None:
    everything(ROWS, VISITS).save(tmp_path / "twice" / "again")
    assert files(folder) == files(tmp_path / "twice" / "again")


def test_the_order_of_the_data_decides_nothing_but_the_inputs(tmp_path: Path, folder: Path) -> None:
    everything(ROWS[:3][::-1], VISITS).save(tmp_path / "t" / "turned")
    everything(ROWS[:3], VISITS).save(tmp_path / "s" / "straight")
    turned, straight = files(tmp_path / "t" / "turned"), files(tmp_path / "s" / "straight")
    assert {name for name in turned if turned[name] != straight[name]} == {
        "inputs/people.jsonl", "manifest.json", "SHA256SUMS",
    }  # fmt: skip


@pytest.mark.parametrize("seed", [pytest.param("0", marks=pytest.mark.thorough), "4711"])
def test_neither_hashes_nor_clock_nor_place_enter(tmp_path: Path, folder: Path, seed: str) -> None:
    program = (
        "import sys; from tests.recording.made import everything; from tests.recording.test_round_trip import *; "
        "everything(ROWS, VISITS).save(sys.argv[1])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Apia", "LC_ALL": "C"}
    elsewhere = tmp_path / "else where" / "record"
    subprocess.run([sys.executable, "-c", program, str(elsewhere)], check=True, env=environment)
    assert files(elsewhere) == files(folder)
    for content in files(folder).values():
        assert str(tmp_path).encode() not in content and b"/tmp" not in content and b"/work" not in content


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────

PEOPLE = "\ufeffengineer,earned\r\n甲,10\r\n乙,20.5\r\n".encode()


def run_of_files(tmp_path: Path, *named: tuple[str, bytes], encoding: str = "utf-8") -> ir.Pipeline | object:
    path = tmp_path / "方案 (1).yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BALANCE.replace("\n", "\r\n").encode())
    pipeline = ir.compile(path, period="2026-01")
    tables = [table for name, data in named for table in read_bytes(data, name, encoding)[:1] if table is not None]
    return pipeline.run(tables)


@pytest.mark.parametrize(
    ("name", "data", "encoding"),
    [
        ("people.csv", PEOPLE, "utf-8"),
        ("人员.csv.gz", gzip.compress(PEOPLE, mtime=1), "utf-8"),
        ("gb.csv", PEOPLE.decode("utf-8-sig").encode("gb18030"), "gb18030"),
        ("people.json", '[{"engineer": "甲", "earned": 10}, {"engineer": "乙", "earned": 20.50}]'.encode(), "utf-8"),
    ],
)
def test_files_are_kept_byte_for_byte_and_read_again_as_they_were(
    tmp_path: Path, name: str, data: bytes, encoding: str
) -> None:
    run = run_of_files(tmp_path, (name, data), encoding=encoding)
    run.save(tmp_path / "record")
    kept = files(tmp_path / "record")
    assert kept[f"inputs/{name}"] == data
    assert kept["inputs/方案 (1).yaml"] == (tmp_path / "方案 (1).yaml").read_bytes()
    assert ir.read_record(tmp_path / "record").value("乙", "net") == Decimal("20.50")
    found = ir.replay(tmp_path / "record")
    assert found.same and found.notes == ()


def test_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    first, second = b"engineer,earned\nA,1\n", b"engineer,opening\nA,0\n"
    run = run_of_files(tmp_path, ("Part.csv", first), ("part.csv", second))
    run.save(tmp_path / "record")
    kept = files(tmp_path / "record")
    assert (kept["inputs/Part.csv"], kept["inputs/part-2.csv"]) == (first, second)
    assert ir.replay(tmp_path / "record").same


def test_the_fingerprint_of_the_data_is_that_of_the_files(tmp_path: Path) -> None:
    table, _ = read_bytes(PEOPLE, "people.csv")
    assert table is not None
    ir.compile(text=BALANCE, period="2026-01").run(table).save(tmp_path / "record")
    assert ir.read_record(tmp_path / "record").data == fingerprint([table.digest])


# ── Rows of a program ─────────────────────────────────────────────────────────────────────────────


class Strange:
    """No type that is ever read."""


@pytest.mark.parametrize(
    "facts",
    [
        {"rating": 4.5}, {"rating": float("nan")}, {"rating": Decimal("4.50")}, {"rating": Fraction(9, 2)},
        {"rating": Decimal("NaN")}, {"rating": Decimal("sNaN")}, {"rating": float("inf")}, {"rating": 1e300},
        {"rating": Decimal("1E+1000")}, {"jobs": 10**5000}, {"jobs": Decimal("100")}, {"jobs": 100.0},
        {"jobs": True}, {"jobs": "100"}, {"jobs": " 100"}, {"jobs": Strange()}, {"jobs": [1]}, {"jobs": {"float": "1"}},
        {"hired": date(2020, 2, 29)}, {"hired": datetime(2020, 2, 29)}, {"hired": datetime(2020, 2, 29, 1)},
        {"post": "初级"}, {"post": "a\u2028b\x00"}, {"post": "\ud800"}, {"post": None}, {"audited": "是"},
        {"extra": "column"}, {"shift": datetime(2026, 3, 1, 7, 30)},
    ],
)  # fmt: skip
def test_rows_of_a_program_are_the_same_when_done_again(tmp_path: Path, facts: dict[str, object]) -> None:
    """Whatever a cell is, accepted or refused: the run from the record says the same of it, in the same words."""
    everything([row("G1"), row("G2", **facts)], VISITS).save(tmp_path / "record")
    found = ir.replay(tmp_path / "record")
    assert found.same, found.differences


def test_scalars_of_numpy_are_the_same_when_done_again(tmp_path: Path) -> None:
    """A float of 32 bits is accepted under `read: nearest` only, and is no other float in the record either."""
    values = [FakeScalar("f", 4.5), FakeScalar("f", 4.1, 4), FakeScalar("f", float("nan"), 4), FakeScalar("c", 1)]
    values += [FakeScalar("i", 4), FakeScalar("b", True), FakeScalar("M", "2026-01-31T00:00:00.000000001")]
    rows = [row(f"G{n}", rating=value) for n, value in enumerate(values)]
    run = everything([*rows, row("H", jobs=FakeScalar("f", 100, 4))])
    run.save(tmp_path / "record")
    assert [result.key for result in run.results] == ["G0", "G1", "G2", "G4"]
    assert ir.replay(tmp_path / "record").same


KEYS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=20)


@pytest.mark.thorough
@settings(max_examples=15)
@given(st.lists(KEYS.filter(lambda k: k == k.strip()), min_size=1, max_size=5, unique=True))
def test_any_key_comes_back(tmp_path_factory: pytest.TempPathFactory, keys: list[str]) -> None:
    folder = tmp_path_factory.mktemp("keys") / "record"
    run = everything([row(key) for key in keys])
    run.save(folder)
    record = ir.read_record(folder)
    accepted = {result.key for result in run.results}
    assert set(record.keys) == accepted and list(record.keys) == sorted(accepted)
    assert record.set_aside == {k for k in _composed(keys) if k not in accepted}
    assert ir.replay(folder).same


def _composed(keys: list[str]) -> set[str]:
    return {unicodedata.normalize("NFC", key) for key in keys}


def test_a_run_that_was_pickled_is_recorded_where_it_was_computed(tmp_path: Path) -> None:
    run = balance("2026-01", {"A": 1})
    again = pickle.loads(pickle.dumps(run))
    assert again.results == run.results
    with pytest.raises(TypeError, match="came from elsewhere"):
        again.save(tmp_path / "record")
    pipeline = pickle.loads(pickle.dumps(ir.compile(text=BALANCE, period="2026-01")))
    pipeline.run([{"engineer": "A", "earned": 1}]).save(tmp_path / "record")
    assert (tmp_path / "record" / "inputs" / "scheme.yaml").read_text("utf-8") == BALANCE


@given(st.one_of(st.text(max_size=8), st.booleans(), st.none(), st.integers(), st.lists(st.text("a甲", max_size=3))))
def test_the_text_of_a_value_is_what_stands_in_its_line(value: object) -> None:
    columns = [each_text([json_text(value)]), each_text([json_text("a")])]
    assert json_line([value, "a"]) == b"".join(lists_of(columns))

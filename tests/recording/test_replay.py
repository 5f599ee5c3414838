"""A recorded run is done again to the same bytes, or says what differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules import replaying
from incentive_rules.base.reports import message_of
from incentive_rules.cli import main
from tests.recording.made import everything, row, sealed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    visits = [{"engineer": "G1", "took": 61}]
    everything([row("G1"), row("G2", on_time=50), row("坏", jobs=-1), row("G4", months=0)], visits).save("2026-03")
    return tmp_path / "2026-03"


def test_the_same_bytes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = ir.read_record(folder)
    assert main(["replay", "2026-03"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"record  2026-03  everything  2026-03  {record.fingerprint[:12]}",
        f"fingerprint  scheme {record.meaning[:12]}  data {record.data[:12]}  result {record.results[:12]}",
        "same bytes: 3 people",
    ]
    assert main(["replay", "2026-03", "--lang", "zh", "--referee"]) == 0
    printed = capsys.readouterr().out
    assert "逐字节相同：3 人" in printed and "参考引擎复算 3 人，0 处不同" in printed


def test_another_release_is_noted_and_is_no_difference(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "VERSION", "9.9.9")
    found = ir.replay(folder)
    assert found.same and [(n.code, n.params["recorded"]) for n in found.notes] == [("replay-release", ir.__version__)]
    assert message_of(found.notes[0], "zh") == f"记录由版本 {ir.__version__} 写出，现由版本 9.9.9 重算"


def test_what_differs_is_named_person_by_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "results.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[0]["values"]["net"] = "1.00"
    lines[0]["lines"]["fine"] = "condition_not_met"
    lines[1]["in_scope"] = False
    del lines[1]["values"]["part"]
    lines[2]["key"] = "G3"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    sealed(folder)
    found = ir.replay(folder)
    said = [message_of(one) for one in found.differences]
    assert "`net` of G1 was 1.00 and is 2690.00 now" in said
    assert "`fine: state` of G1 was condition_not_met and is paid now" in said
    assert "`in_scope` of G2 was false and is true now" in said and "`part` of G2 was — and is 1/2 now" in said
    assert "G3 is in the record, and has no result now" in said
    assert "G4 has a result now, and none in the record" in said
    assert main(["replay", "2026-03"]) == 1
    captured = capsys.readouterr()
    assert "not the same" in captured.out and "error[replay-differs]: `net` of G1 was 1.00" in captured.err


def test_other_pages_are_compared_line_by_line(folder: Path) -> None:
    path = folder / "totals.json"
    path.write_text(path.read_text("utf-8").replace('"read": 4', '"read": 5'), "utf-8")
    sealed(folder)
    (difference,) = ir.replay(folder).differences
    assert message_of(difference) == 'totals.json is not the same: "read": 5, was recorded, and now it is "read": 4,'
    assert difference.line == 3


def test_of_many_differences_the_first_are_enough(tmp_path: Path) -> None:
    everything([row(f"G{n:03d}") for n in range(60)]).save(tmp_path / "record")
    path = tmp_path / "record" / "results.jsonl"
    path.write_text(path.read_text("utf-8").replace("2700.00", "2700.01"), "utf-8")
    sealed(tmp_path / "record")
    assert len(ir.replay(tmp_path / "record").differences) == 10


def test_what_is_not_there_and_what_changed_have_their_exit_codes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "nowhere", "--lang", "zh"]) == 2
    assert "没有文件夹 nowhere" in capsys.readouterr().err
    with (folder / "names.json").open("ab") as file:
        file.write(b" ")
    assert main(["replay", "2026-03"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "error[record-changed]: names.json of the record 2026-03" in captured.err


@pytest.mark.thorough
@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", ["0", "99"])
def test_a_replay_in_another_process_and_place(folder: Path, seed: str) -> None:
    elsewhere = folder.parent / "another place"
    folder.rename(elsewhere)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "incentive_rules", "replay", str(elsewhere), "--lang", "en"]
    done = subprocess.run(program, cwd="/", env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "same bytes: 3 people" in done.stdout, done.stderr

"""A record is written whole or not at all, and never over anything."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.recording import atomic_folder as folder_module
from incentive_rules.recording.file_names import folded_name, is_safe, safe_name, unique_name
from tests.recording.made import BALANCE, balance


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda p: p.symlink_to(p.parent / "nowhere")])
def test_nothing_is_written_over(tmp_path: Path, make: Callable[[Path], None]) -> None:
    target = tmp_path / "record"
    make(target)
    before = everything_in(tmp_path)
    with pytest.raises(FileExistsError):
        balance("2026-01", {"A": 1}).save(target)
    assert everything_in(tmp_path) == before


def test_a_record_is_not_written_over_a_record(tmp_path: Path) -> None:
    balance("2026-01", {"A": 1}).save(tmp_path / "record")
    with pytest.raises(FileExistsError):
        balance("2026-01", {"A": 2}).save(tmp_path / "record")
    assert ir.read_record(tmp_path / "record").value("A", "earned") == 1


def test_folders_above_are_made(tmp_path: Path) -> None:
    balance("2026-01", {"A": 1}).save(tmp_path / "2026" / "薪酬" / "2026-01")
    assert ir.replay(tmp_path / "2026" / "薪酬" / "2026-01").same


# ── Failures ──────────────────────────────────────────────────────────────────────────────────────


def _at(number: int, real: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    """`real`, which fails at its call `number`, counted from 0."""
    calls = iter(range(1000))

    def call(*given: Any, **options: Any) -> Any:
        if next(calls) == number:
            raise error
        return real(*given, **options)

    return call


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt(), MemoryError()], ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("number", range(9))
@pytest.mark.parametrize("name", ["open", "fsync"])
def test_whatever_fails_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, error: BaseException
) -> None:
    run = balance("2026-01", {"A": 1})
    (tmp_path / "beside").write_text("mine")
    failing = _at(number, getattr(os, name), error)
    with monkeypatch.context() as patched:
        patched.setattr(folder_module.os, name, failing)
        with pytest.raises(type(error)):
            run.save(tmp_path / "new" / "record")
    assert everything_in(tmp_path) == {"beside"}
    run.save(tmp_path / "new" / "record")
    assert ir.replay(tmp_path / "new" / "record").same


def test_a_folder_that_comes_in_between_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "record"
    real = folder_module._filled

    def filled(*given: Any) -> Any:
        target.mkdir()
        return real(*given)

    monkeypatch.setattr(folder_module, "_filled", filled)
    with pytest.raises(FileExistsError):
        balance("2026-01", {"A": 1}).save(target)
    assert everything_in(tmp_path) == {"record"}


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_others_may_not_read_what_people_are_paid(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        balance("2026-01", {"A": 1}).save(tmp_path / "record")
        os.umask(0o077)
        balance("2026-01", {"A": 1}).save(tmp_path / "other" / "private")
    finally:
        os.umask(before)
    for path in (tmp_path / "record", *(tmp_path / "record").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o750 if path.is_dir() else 0o640)
    for path in (tmp_path / "other" / "private", *(tmp_path / "other" / "private").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


# ── The command line ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    Path("scheme.yaml").write_text(BALANCE, "utf-8")
    Path("people.csv").write_text("engineer,earned\nA,10\n", "utf-8")
    return tmp_path


RUN = ("run", "scheme.yaml", "people.csv", "--period", "2026-01")


def test_the_program_says_that_a_folder_exists(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, "--record", "records/2026-01"]) == 0
    printed = capsys.readouterr().out
    mark = ir.read_record("records/2026-01").fingerprint[:12]
    assert f"record  records/2026-01  {mark}" in printed
    assert main([*RUN, "--record", "records/2026-01", "--out", "pay.csv"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "records/2026-01 exists already" in captured.err and not Path("pay.csv").exists()
    assert main([*RUN, "--record", "records/2026-01", "--lang", "zh"]) == 2
    assert "已存在，未作改动" in capsys.readouterr().err


def test_the_program_says_why_a_record_cannot_be_written(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module.os, "fsync", _at(3, os.fsync, FULL))
    assert main([*RUN, "--record", "records/2026-01", "--out", "pay.csv"]) == 2
    captured = capsys.readouterr()
    assert "records/2026-01 cannot be written: No space left on device" in captured.err and captured.out == ""
    assert everything_in(here) == {"scheme.yaml", "people.csv"}
    Path("file").touch()
    assert main([*RUN, "--record", "file/2026-01", "--lang", "zh"]) == 2
    assert "无法写入 file/2026-01" in capsys.readouterr().err


def test_a_rejected_run_has_no_record(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("people.csv").write_text("engineer,earned\nA,10\nB,-1\n", "utf-8")
    assert main([*RUN, "--record", "record"]) == 3
    assert not Path("record").exists()
    assert main([*RUN, "--record", "record", "--on-error", "quarantine"]) == 5, "one of two is paid nothing"
    assert ir.read_record("record").set_aside == {"B"}
    assert "data-range" in capsys.readouterr().err
    shutil.rmtree("record")


# ── Names ─────────────────────────────────────────────────────────────────────────────────────────

NAMES = [
    ("people.csv", "people.csv"), ("人员 (1).csv.gz", "人员 (1).csv.gz"), ("../../etc/passwd", "_.._etc_passwd"),
    ("..", "_"), ("", "_"), (".hidden.csv", "hidden.csv"), ("a/b\\c:d.json", "a_b_c_d.json"), ("CON.csv", "_CON.csv"),
    ("nul", "_nul"), ("x\u202egpj.csv", "x_gpj.csv"), ("end. . ", "end"), ("a\nb\x00.csv", "a_b_.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "safe"), NAMES)
def test_names_of_files_are_harmless_and_look_alike(name: str, safe: str) -> None:
    assert safe_name(name) == safe and is_safe(safe) and is_safe(name) is (name == safe)


@given(st.text(max_size=300), st.lists(st.text(max_size=10), max_size=5))
def test_a_name_is_safe_short_and_of_its_own(name: str, others: list[str]) -> None:
    safe = safe_name(name.encode("utf-8", "replace").decode())
    assert is_safe(safe) and len(safe.encode()) <= 120 and not set(safe) & set('/\\:*?"<>|\0')
    taken: list[str] = []
    for one in (name, *others, *others, name, f"{name}{name}.csv", f"{name}{name}.csv"):
        taken.append(unique_name(one.encode("utf-8", "replace").decode(), taken))
    assert len({folded_name(one) for one in taken}) == len(taken) and all(map(is_safe, taken))

"""A run is written whole or not at all, and what cannot be printed is no reason to say that nobody was paid."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.cli import run as command
from incentive_rules.cli.exits import Exit
from tests.recording.made import BALANCE

ROOT = Path(__file__).resolve().parents[2]
FULL = OSError(errno.ENOSPC, "No space left on device")
RUN = ["run", "s.yaml", "p.csv", "--period", "2026-01"]
ALL = [*RUN, "--out", "pay.csv", "--record", "records/2026-01"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    pool = "  pot: {pool: {each: everyone, amount: 9, in_proportion_to: earned}}\n"
    Path("s.yaml").write_text(BALANCE.replace("pay:\n", f"pay:\n{pool}"), "utf-8")
    Path("p.csv").write_text("engineer,earned\nA,1000\nB,7\n", "utf-8")
    return tmp_path


def names() -> set[str]:
    return {str(one) for one in Path().rglob("*") if one.is_file()} - {"s.yaml", "p.csv"}


def program(words: list[str], stdout: str, *more: str) -> subprocess.CompletedProcess[str]:
    """The program in a shell, so that stdout is what the shell makes of it."""
    quoted = " ".join(f"'{word}'" for word in (sys.executable, "-m", "incentive_rules", *words))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(["bash", "-c", f"{quoted} {stdout}"], capture_output=True, text=True, env=env, check=False)


# ── What cannot be printed ────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("stdout", [">/dev/full", pytest.param(">&-", marks=pytest.mark.thorough)])
@pytest.mark.parametrize(("language", "written"), [
    ("en", "everything was written: "),
    pytest.param("zh", "已全部写出：", marks=pytest.mark.thorough),
])
@pytest.mark.thorough
def test_a_full_or_closed_stdout_leaves_what_was_written_and_says_so(
    here: Path, stdout: str, language: str, written: str
) -> None:
    found = program([*ALL, "--lang", language], stdout)
    assert found.returncode == Exit.UNPRINTED == 74
    assert written + "pay.csv, pay.pools.csv, records/2026-01" in found.stderr
    assert "nobody" not in found.stderr and "Exception" not in found.stderr and "没有计算" not in found.stderr
    assert ir.replay("records/2026-01").same and Path("pay.csv").read_bytes().count(b"\n") == 3
    found = program([*RUN, "--lang", language], stdout)
    assert found.returncode == 74 and written not in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.thorough
@pytest.mark.parametrize("words", ["check s.yaml", "schema", "help", "explain s.yaml p.csv --period 2026-01 --id A"])
def test_other_commands_do_not_end_well_where_nothing_can_be_printed(here: Path, words: str) -> None:
    for stdout in (">/dev/full", ">&-"):
        found = program(words.split(), stdout)
        assert found.returncode == 74 and "cannot be printed" in found.stderr and "Traceback" not in found.stderr


@pytest.mark.thorough
def test_a_reader_that_goes_away_changes_neither_files_nor_exit_code(here: Path) -> None:
    Path("p.csv").write_text("engineer,earned\nA,1000\nB,-7\n", "utf-8")
    found = program([*ALL, "--on-error", "quarantine"], "| true; exit ${PIPESTATUS[0]}")
    assert found.returncode == Exit.IN_PART and ir.replay("records/2026-01").same


@pytest.mark.thorough
def test_stderr_that_takes_nothing_is_no_error(here: Path) -> None:
    found = program(ALL, "2>/dev/full")
    assert found.returncode == 0 and "commission" in found.stdout


def test_an_error_of_ours_after_writing_does_not_say_that_nobody_was_paid(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command, "print_run", fails)
    assert main(ALL) == Exit.INTERNAL
    said = capsys.readouterr().err
    assert "nobody" not in said and "everything was written: pay.csv, pay.pools.csv, records/2026-01" in said


# ── All or nothing ────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_cannot_be_written_leaves_no_record(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("pay.csv").mkdir()
    assert main(ALL) == Exit.USAGE
    assert "pay.csv cannot be written" in capsys.readouterr().err and names() == set()
    Path("pay.csv").rmdir()
    Path("pay.pools.csv").mkdir()  # the second of the files
    assert main(ALL) == Exit.USAGE
    assert "pay.pools.csv cannot be written" in capsys.readouterr().err and names() == set()


@pytest.mark.parametrize("before", [None, "old\n"])
@pytest.mark.parametrize("fails_at", range(12))
def test_whatever_fails_leaves_everything_as_it_was(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], before: str | None, fails_at: int
) -> None:
    """Each call that writes or renames fails in turn: of files and of the record."""
    if before is not None:
        for name in ("pay.csv", "pay.pools.csv"):
            Path(name).write_text(before, "utf-8")
    calls = 0

    def failing(real: object) -> object:
        def call(*given: object, **options: object) -> object:
            nonlocal calls
            calls += 1
            if calls == fails_at + 1:
                raise FULL
            return real(*given, **options)  # type: ignore[operator]

        return call

    with monkeypatch.context() as there:
        for name in ("replace", "rename"):
            there.setattr(Path, name, failing(getattr(Path, name)))
        there.setattr(os, "fsync", failing(os.fsync))
        code = main(ALL)
    if code == 0:
        assert calls <= fails_at + 1 or fails_at >= 10  # nothing failed, or only what came after everything was there
        assert ir.replay("records/2026-01").same
        return
    assert code == Exit.USAGE and "No space left on device" in capsys.readouterr().err
    assert {name: Path(name).read_text("utf-8") for name in names()} == (
        {} if before is None else dict.fromkeys(("pay.csv", "pay.pools.csv"), before)
    )
    assert not Path("records").exists()


def test_a_record_that_cannot_be_written_leaves_no_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pay.csv").write_text("old\n", "utf-8")
    Path("records").write_text("a file where a folder is due", "utf-8")
    assert main(ALL) == Exit.USAGE
    assert names() == {"records", "pay.csv"} and Path("pay.csv").read_text("utf-8") == "old\n"

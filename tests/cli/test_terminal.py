"""What a terminal shows, seen through a pseudo-terminal of several widths, in both languages; and what a pipe gets."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.tables import laid_out
from incentive_rules.base.text import pieces, width
from incentive_rules.cli import main
from incentive_rules.cli.screen import Progress, ambiguous_width, has_colour

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PROGRAM = (sys.executable, "-m", "incentive_rules")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def surroundings(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL")}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONUTF8": "1", **more}


def seen(arguments: tuple[str, ...], columns: int, **more: str) -> str:
    """What a terminal of so many columns gets on stdout and stderr."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = surroundings(**more)
    child = subprocess.Popen((*PROGRAM, *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so that the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    child.wait()
    return shown.decode().replace("\r\n", "\n")


def piped(arguments: tuple[str, ...], env: Mapping[str, str]) -> str:
    return subprocess.run((*PROGRAM, *arguments), capture_output=True, check=False, env=dict(env)).stdout.decode()


@pytest.fixture(scope="module", params=["en", "zh"])
def run_of_scaffold(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command that pays the people of `init`."""
    folder = tmp_path_factory.mktemp(f"terminal_{request.param}")
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["init", str(folder), "--lang", request.param]) == 0
    scheme, data = ("scheme.yaml", "people.csv") if request.param == "en" else ("方案.yaml", "数据.csv")
    return "run", str(folder / scheme), str(folder / data), "--period", "2026-04"


def pay_table_in(text: str) -> list[str]:
    return text.split("\n\n")[1].split("\n")


@pytest.mark.parametrize("columns", [30, 200])
def test_tables_fit_the_terminal_and_lose_nothing(run_of_scaffold: tuple[str, ...], columns: int) -> None:
    shown = COLOUR.sub("", seen(run_of_scaffold, columns))
    whole = piped(run_of_scaffold, surroundings(COLUMNS="30", INCENTIVE_RULES_AMBIGUOUS="wide"))
    assert "\x1b" not in whole and max(map(width, pay_table_in(whole))) > 30
    assert max(map(width, pay_table_in(shown))) <= columns
    assert sorted(shown.split()) == sorted(whole.split())
    assert (shown == whole) == (columns == 200)  # a pipe has no columns, whatever the surroundings say


def test_a_pipe_has_colours_only_where_they_are_asked_for(run_of_scaffold: tuple[str, ...]) -> None:
    coloured = piped(run_of_scaffold, surroundings(FORCE_COLOR="1"))
    assert "\x1b[1m" in coloured and COLOUR.sub("", coloured) == piped(run_of_scaffold, surroundings())


def test_colours_stand_where_somebody_looks(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("format: 1\nscheme: x\n", "utf-8")
    check = ("check", str(wrong))
    shown = seen(check, 100)
    assert "\x1b[1;31merror[key-missing]\x1b[0m: the scheme needs" in shown
    assert seen(check, 100, NO_COLOR="1", FORCE_COLOR="1") == COLOUR.sub("", shown)
    assert "\x1b[1;31m错误[key-missing]\x1b[0m：" in seen((*check, "--lang", "zh"), 100)


@pytest.mark.parametrize("stream, more, wanted", [
    (Terminal(), {}, True), (Terminal(), {"NO_COLOR": "1"}, False), (Terminal(), {"TERM": "dumb"}, False),
    (io.StringIO(), {}, False), (io.StringIO(), {"FORCE_COLOR": "1"}, True), (Terminal(), {"NO_COLOR": ""}, True),
])  # fmt: skip
def test_who_wants_colours(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, more: dict[str, str], wanted: bool
) -> None:  # fmt: skip
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    assert has_colour(stream) == wanted


def test_long_work_is_told_and_gone_when_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for stream, told in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress("computing")
        for number in range(12_000):
            progress(number + 1, 12_000)
        progress.end()
        shown = stream.getvalue()
        assert ("computing" in shown and "5,000 / 12,000" in shown) == told
        assert "computing" not in shown.rpartition("\x1b[2K")[2]  # the line was taken away


def test_a_long_read_names_the_file_and_a_short_one_is_silent(
    run_of_scaffold: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    for enough, told in ((10, True), (5_000_000, False)):
        stream = Terminal()
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr("incentive_rules.cli.people.LONG_READ", enough)
        monkeypatch.setattr(sys, "stderr", stream)
        assert main(run_of_scaffold) == 0
        assert (Path(run_of_scaffold[2]).name in stream.getvalue()) == told
    assert "━" not in capsys.readouterr().out


def test_how_wide_dots_and_dashes_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "INCENTIVE_RULES_AMBIGUOUS"):
        monkeypatch.delenv(name, raising=False)
    for lang, wide in (("zh_CN.UTF-8", 1), ("zh_CN.GBK", 2), ("zh_TW.Big5", 2), ("ja_JP.eucJP", 2), ("C", 1)):
        monkeypatch.setenv("LANG", lang)
        assert ambiguous_width() == wide, lang
    monkeypatch.setenv("INCENTIVE_RULES_AMBIGUOUS", "wide")
    assert ambiguous_width() == 2
    monkeypatch.setenv("LANG", "zh_CN.GBK")
    monkeypatch.setenv("INCENTIVE_RULES_AMBIGUOUS", "narrow")
    assert ambiguous_width() == 1


FIGURES = st.integers(0, 10**9).map(lambda n: f"{n:,}")
WORDS = st.text(st.sampled_from("ab é—…工号，。（"), max_size=30).map(str.strip)


ROWS = st.lists(st.tuples(WORDS, FIGURES, FIGURES, WORDS), min_size=1, max_size=4)


@given(ROWS, st.integers(24, 60), st.integers(1, 2))
def test_any_table_fits_and_keeps_its_figures(
    rows: list[tuple[str, str, str, str]], columns: int, ambiguous: int
) -> None:  # fmt: skip
    laid = laid_out(rows, [False, True, True, False], columns, ambiguous)
    for row, lines in zip(rows, laid, strict=True):
        assert all(width(line, ambiguous) <= columns for line in lines)
        assert "".join("".join(lines).split()) == "".join("".join(row).split())
        assert set(row[1:3]) <= {word for line in lines for word in line.split()} | {row[0][-1:] + row[1]}


@given(st.text(st.sampled_from("ab é—…工号，。（"), max_size=40), st.integers(2, 12), st.integers(1, 2))
def test_pieces_fit_and_are_the_whole(text: str, columns: int, ambiguous: int) -> None:
    found = pieces(text, columns, ambiguous)
    assert all(width(piece, ambiguous) <= columns for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())

"""What a run writes: over nothing that it read, one file in one place, nothing that a spreadsheet obeys."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_rules.cli import main
from incentive_rules.cli.writing import PendingFiles

Run = Callable[..., tuple[int, str, str]]

SCHEME = """\
format: 1
scheme: shared
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  worker: {type: key}
  team: {type: category}
  sales: {type: money, range: [0, 1000]}
pay:
  bonus: {pool: {each: team, amount: 100, in_proportion_to: sales}}
honors:
  star: {among: sales >= 0, within: team, best_by: [sales], places: 1, ties: all, award: 10}
"""
TEAMS = ("=1+1", "-2+3", "@x", "＝1", "%0A", "|calc", "a\",=1+1")
HIDDEN = ("\u202ea", "a\u200b", "\x1b[31ma", "\ufeffa", "a\u00a0", "a\u2800", "\ufe0fa")
BLANKS = ("a\t", "a\n", " a", "a ", "a\u3000")  # what the keyboard types around a cell is no part of it


def rows(*teams: str) -> str:
    file = io.StringIO()
    lines = [[f"W{n}", team, 10] for n, team in enumerate(teams, 1)]
    csv.writer(file).writerows([["worker", "team", "sales"], *lines])
    return file.getvalue()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("scheme.yaml").write_text(SCHEME, "utf-8")
    Path("workers.csv").write_text(rows("a", "a", "b"), "utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["run", "scheme.yaml", *arguments, "--period", "2026-04", "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "workers.csv"),
        ("--out", "./workers.csv"),
        ("--quarantine", "workers.csv"),
        ("--out", "link.csv"),
        ("--out", "pay.csv", "--quarantine", "pay.csv"),
        ("--out", "pay.csv", "--quarantine", "./pay.pools.csv"),
        ("--out", "pay.csv", "--quarantine", "pay.honors.csv"),
    ],
)
def test_no_file_is_written_over_another_of_the_same_run(run: Run, arguments: tuple[str, ...]) -> None:
    Path("link.csv").symlink_to("workers.csv")
    before = Path("workers.csv").read_bytes()
    code, out, err = run("workers.csv", *arguments)
    assert (code, out) == (2, "")
    assert "another file of this run" in err
    assert Path("workers.csv").read_bytes() == before
    assert sorted(p.name for p in Path().iterdir()) == ["link.csv", "scheme.yaml", "workers.csv"]


def test_a_data_file_in_a_folder_is_not_written_over(run: Run) -> None:
    Path("data").mkdir()
    Path("workers.csv").rename("data/workers.csv")
    assert run("data", "--out", "data/workers.csv")[0] == 2
    assert Path("data/workers.csv").read_text("utf-8").startswith("worker,team")


def test_where_results_cannot_be_written_no_record_is_left(run: Run) -> None:
    code, out, err = run("workers.csv", "--record", "record", "--out", "nowhere/pay.csv")
    assert (code, out) == (2, "")
    assert "nowhere/pay.csv cannot be written: there is no such folder" in err
    assert not Path("record").exists()


def test_a_planted_link_leads_no_result_out(tmp_path: Path) -> None:
    """In a folder of many users somebody knows how the unfinished file will be called."""
    (tmp_path / "victim").write_text("untouched")
    (tmp_path / ".pay.csv.part").symlink_to(tmp_path / "victim")
    with PendingFiles({str(tmp_path / "pay.csv"): "a\r\n"}) as files:
        files.place()
    assert (tmp_path / "victim").read_text() == "untouched"
    assert (tmp_path / "pay.csv").read_text("utf-8-sig") == "a\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pay.csv", "victim"]


def test_no_spreadsheet_obeys_the_name_of_a_group(run: Run) -> None:
    Path("workers.csv").write_text(rows(*TEAMS), "utf-8")
    code, _, err = run("workers.csv", "--out", "pay.csv")
    assert code == 0, err
    for name in ("pay.pools.csv", "pay.honors.csv"):
        groups = [row["group"] for row in csv.DictReader(io.StringIO(Path(name).read_text("utf-8-sig")))]
        assert sorted(group.removeprefix("'") for group in groups) == sorted(TEAMS)
        assert not any(group.lstrip()[:1] in "=+-@%|＝＋－＠" for group in groups)


@pytest.mark.parametrize("team", HIDDEN)
def test_a_group_that_only_looks_like_another_is_refused(run: Run, team: str) -> None:
    Path("workers.csv").write_text(rows("a", team), "utf-8")
    code, out, err = run("workers.csv")
    assert (code, out) == (3, "") and "W2" in err
    assert all(c.isprintable() or c == "\n" for c in err)


@pytest.mark.parametrize("team", BLANKS)
def test_blanks_around_the_name_of_a_group_make_no_second_pool(run: Run, team: str) -> None:
    Path("workers.csv").write_text(rows("a", team), "utf-8")
    code, _, err = run("workers.csv", "--out", "pay.csv")
    assert code == 0, err
    pools = list(csv.DictReader(io.StringIO(Path("pay.pools.csv").read_text("utf-8-sig"))))
    assert [(pool["group"], pool["paid"]) for pool in pools] == [("a", "100.00")]


def test_json_keeps_the_name_of_a_group(run: Run) -> None:
    Path("workers.csv").write_text(rows(*TEAMS), "utf-8")
    assert run("workers.csv", "--out", "pay.json")[0] == 0
    assert {row["group"] for row in json.loads(Path("pay.pools.json").read_text("utf-8"))} == set(TEAMS)

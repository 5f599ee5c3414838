"""One export that lies there twice is paid once, or not at all: files with the same rows are refused."""

from __future__ import annotations

import gzip
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources.copies import copies_among
from incentive_rules.reading.sources.files import read_bytes
from incentive_rules.reading.tables.links import links_of
from incentive_rules.reading.tables.used import levels_used

SCHEME = """\
format: 1
scheme: copies
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {engineer: {type: key}}
details:
  visits:
    belongs_to: engineer
    inputs: {hours: {type: number, decimals: 1, range: [0, 100]}, done: {type: boolean}}
pay:
  p: {amount: "10.00 * sum(hours, where=done)"}
"""
VISITS = "engineer,hours,done\nA,1.5,true\nA,2,true\nB,3,false\nB,3,false\nB,4,true\nA,6,true\nA,7,true\n"
LINES = VISITS.splitlines()


def table(text: str, name: str) -> DataTable:
    found, problems = read_bytes(text.encode(), name)
    assert found is not None, problems
    return found


def run(*tables: DataTable) -> ir.Run:
    return ir.compile(text=SCHEME, period="2026-04").run([{"engineer": "A"}, {"engineer": "B"}], {"visits": tables})


JSON = """[{"engineer": "A", "hours": 1.5, "done": true}, {"engineer": "A", "hours": 2, "done": true},
 {"engineer": "B", "hours": 3.0, "done": false}, {"done": false, "engineer": "B", "hours": "3"},
 {"engineer": "B", "hours": 4, "done": "true"}, {"engineer": "A", "hours": 6, "done": true},
 {"engineer": "A", "hours": 7, "done": true}]"""
COPIES = {
    "the same file": (VISITS, "visits.csv"),
    "its rows in another order": ("\n".join([LINES[0], *reversed(LINES[1:])]), "visits 2.csv"),
    "its columns in another order": (
        "\n".join(f"{done},{hours},{who}" for who, hours, done in (line.split(",") for line in LINES)), "visits 2.csv",
    ),
    "with a further column that nobody reads": ("\n".join(f"{line},x{n}" for n, line in enumerate(LINES)), "b.csv"),
}  # fmt: skip


@pytest.mark.parametrize("text, name", COPIES.values(), ids=COPIES)
def test_a_file_with_the_same_rows_is_refused(text: str, name: str) -> None:
    with pytest.raises(ir.DataError) as error:
        run(table(VISITS, "visits.csv"), table(text, name))
    (problem,) = error.value.problems
    assert problem.code == "data-copy" and problem.params["count"] == "7"


SAVED_AGAIN = {
    "numbers without their zeros": VISITS.replace(",3,", ",3.0,").replace(",1.5,", ",1.50,"),
    "blanks around the cells": VISITS.replace("A,", " A ,").replace("true", "true "),
    "flags in other words": VISITS.replace("true", "是").replace("false", "否"),
    "an empty line between the rows": VISITS.replace("B,4", ",,\nB,4"),
    "empty lines at the end": VISITS + ",,\n , ,\n",
}


@pytest.mark.parametrize("text", SAVED_AGAIN.values(), ids=SAVED_AGAIN)
@pytest.mark.parametrize("first", [True, False])
def test_a_file_that_a_spreadsheet_saved_again_is_a_copy(text: str, first: bool) -> None:
    """It was paid twice: cells were compared by their text, and are read by their value."""
    files = [table(VISITS, "visits.csv"), table(text, "visits 2.csv")]
    with pytest.raises(ir.DataError) as error:
        run(*(files if first else reversed(files)))
    (problem,) = error.value.problems
    assert problem.code == "data-copy" and problem.params["count"] == "7"


def test_a_part_that_was_saved_again_is_told_too() -> None:
    part = table("\n".join(LINES[:7]).replace(",3,", ",3.0,"), "part.csv")
    assert [one.code for one in run(table(VISITS, "whole.csv"), part).warnings] == ["data-within"]


def test_cells_that_cannot_be_read_are_alike_by_their_text() -> None:
    bad = VISITS.replace("A,7,", "A,seven,")
    for text, found in ((bad, {"data-copy"}), (bad.replace("seven", "acht"), {"data-number"})):
        with pytest.raises(ir.DataError) as error:
            run(table(bad, "a.csv"), table(text, "b.csv"))
        assert {problem.code for problem in error.value.problems} == found


def test_the_same_rows_as_json_are_a_copy_too() -> None:
    with pytest.raises(ir.DataError, match="hold the same 7 rows"):
        run(table(VISITS.replace("3,", "3.0,", 1), "visits.csv"), table(JSON, "visits.json"))


def test_files_that_differ_in_one_cell_are_two() -> None:
    other = table(VISITS.replace("A,7,", "A,7.5,"), "may.csv")
    assert [str(r["p"]) for r in run(table(VISITS, "april.csv"), other).results] == ["335.00", "80.00"]
    assert run(table(VISITS, "april.csv"), other).warnings == ()


def test_a_row_more_often_than_in_the_other_file_is_no_copy() -> None:
    thrice = table(VISITS.replace("B,4,true", "B,3,false"), "may.csv")
    assert run(table(VISITS, "april.csv"), thrice).warnings == ()


def test_files_without_rows_are_no_copies() -> None:
    assert run(table(LINES[0], "a.csv"), table(LINES[0], "b.csv")).whole


def test_a_file_that_is_a_part_of_another_is_told() -> None:
    """Nobody can say whether its rows are others; whoever put both there can."""
    part = table("\n".join(LINES[:7]), "part.csv")
    run_of_both = run(table(VISITS, "whole.csv"), part)
    (warning,) = run_of_both.warnings
    assert (warning.code, warning.table, warning.params["count"]) == ("data-within", "part.csv", "6")
    few = table("\n".join(LINES[:4]), "part.csv")
    assert run(table(VISITS, "whole.csv"), few).warnings == (), "a few rows may be alike by chance"


def test_a_packed_copy_beside_its_file_is_one_error_and_each_row_of_several_files_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCHEME, "utf-8")
    Path("april").mkdir()
    Path("april/people.csv").write_text("engineer\nA\nB\n", "utf-8")
    Path("april/visits.csv").write_text(VISITS, "utf-8")
    Path("april/visits.csv.gz").write_bytes(gzip.compress(VISITS.encode()))
    words = ["run", "s.yaml", "april", "--period", "2026-04", "--lang"]
    assert main([*words, "en"]) == 3
    err = capsys.readouterr().err
    assert err.count("error[") == 1 and "visits.csv and visits.csv.gz hold the same 7 rows" in err
    Path("april/visits.csv.gz").unlink()
    assert main([*words, "zh", "--details", "visits=april/visits.csv"]) == 3
    assert "visits.csv 给了两次" in capsys.readouterr().err


def test_two_files_of_one_name_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCHEME, "utf-8")
    for folder, hours in (("april", "1"), ("may", "much")):
        Path(folder).mkdir()
        Path(folder, "visits.csv").write_text(f"engineer,hours,done\nA,{hours},true\n", "utf-8")
    Path("people.csv").write_text("engineer\nA\n", "utf-8")
    visits = [word for folder in ("april", "may") for word in ("--details", f"visits={folder}/visits.csv")]
    assert main(["run", "s.yaml", "people.csv", *visits, "--period", "2026-04", "--lang", "en"]) == 3
    assert "--> may/visits.csv:2 (row 1, A, column hours)" in capsys.readouterr().err
    tables = [table(f"engineer,hours,done\nA,{hours},true\n", "visits.csv") for hours in ("1", "much")]
    with pytest.raises(ir.DataError) as error:
        run(*tables)
    assert [(p.table, p.line) for p in error.value.problems] == [("visits (2).csv", 2)]
    kept = ir.compile(text=SCHEME, period="2026-04").run([{"engineer": "A"}], {"visits": tables}, on_error="quarantine")
    assert [(one.used, one.refused, one.waiting) for one in kept.tables] == [(0, 1, 0), (0, 1, 1)]


PLENTY = [(who, hours, "true") for who in "AB" for hours in ("1", "2", "x")]
HOURS, DONE = st.sampled_from(["1", "1.0", "2", "", "x"]), st.sampled_from(["true", "是"])
ROWS = st.lists(st.tuples(st.sampled_from("AB"), HOURS, DONE))
Visits = list[tuple[str, str, str]]
LINKS = ir.compile(text=SCHEME, period="2026-04").checked


@given(st.lists(st.one_of(ROWS, ROWS.map(lambda rows: [*rows, *PLENTY])), min_size=2, max_size=4), st.randoms())
def test_files_are_compared_as_multitudes_of_what_is_read(files: list[Visits], random: Random) -> None:
    files = [*files, random.sample(files[0], len(files[0]))]
    tables = [table("\n".join([LINES[0], *map(",".join, rows)]) + "\n", f"{n}.csv") for n, rows in enumerate(files)]
    readers = links_of(LINKS, "visits", levels_used(LINKS)).readers
    places = {"engineer": 0, "hours": 1, "done": 2}
    same, within = copies_among(tables, readers, [places] * len(tables))
    read = [Counter((who, hours.removesuffix(".0")) for who, hours, _ in rows) for rows in files]
    pairs = [sorted(pair, key=lambda n: len(files[n])) for pair in combinations(range(len(files)), 2)]
    told = [Counter((one.code, one.params["file"], one.params["other"]) for one in found) for found in (same, within)]
    level = [sorted(pair) for pair in pairs if read[pair[0]] and read[pair[0]] == read[pair[1]]]
    equal = [(f"{one}.csv", f"{other}.csv") for one, other in level]
    parts = [
        (f"{large}.csv", f"{small}.csv")
        for small, large in pairs
        if 5 <= len(files[small]) < len(files[large])
        and read[small] <= read[large]
        and len({(who, hours.removesuffix(".0")) for who, hours, _ in files[small][:40]}) >= 5
    ]
    assert told == [
        Counter(("data-copy", *names) for names in equal), Counter(("data-within", *names) for names in parts),
    ]  # fmt: skip

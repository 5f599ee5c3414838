"""Lines that are no rows of data: empty ones are passed over and counted, headings and sums in between are refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources.files import read_bytes
from incentive_rules.reading.sources.strays import is_total

SCHEME = """\
format: 1
scheme: strays
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  engineer: {type: key}
  department: {type: category}
groups:
  departments: {key: department, inputs: {fund: {type: money, range: [0, 100000]}}}
details:
  visits:
    belongs_to: engineer
    inputs: {hours: {type: integer, range: [0, 1000], can_be_missing: true}}
pay:
  share_of_all: {pool: {each: department, amount: fund, in_proportion_to: sum(hours)}}
"""
PEOPLE = "engineer,department\nA,north\nB,south\n"
DEPARTMENTS = "department,fund\nnorth,100\nsouth,200\n"
VISITS = "engineer,hours\nA,1\nB,2\nB,3\n"


def table(text: str, name: str) -> DataTable:
    found, problems = read_bytes(text.encode(), f"{name}.csv")
    assert found is not None, problems
    return found


def run(people: str = PEOPLE, departments: str = DEPARTMENTS, visits: str = VISITS) -> ir.Run:
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    details = {"visits": table(visits, "visits")}
    return pipeline.run(table(people, "people"), details, groups={"departments": table(departments, "departments")})


def refused(**files: str) -> list[tuple[str, str, int | None]]:
    with pytest.raises(ir.DataError) as error:
        run(**files)
    return [(p.code, p.variant, p.line) for p in error.value.problems]


def counts(found: ir.Run) -> dict[str, tuple[int, int, int]]:
    return {one.name: (one.rows, one.used, one.blank) for one in found.tables}


@pytest.mark.parametrize("blank", ["\n", ",\n", " ,\u3000\n", '"",""\n', "\t,\n"])
@pytest.mark.parametrize("where", [1, 2])
def test_an_empty_row_anywhere_is_passed_over_and_counted(blank: str, where: int) -> None:
    """Those at the end that are not even separated into cells are no rows at all."""

    def spoilt(text: str) -> str:
        lines = text.splitlines(keepends=True)
        return "".join([*lines[:where], blank, *lines[where:], blank * 2, "\n"])

    found = run(spoilt(PEOPLE), spoilt(DEPARTMENTS), spoilt(VISITS))
    assert [str(r["share_of_all"]) for r in found.results] == ["100.00", "200.00"]
    empty = 1 if blank == "\n" else 3
    assert counts(found) == {"": (2, 2, empty), "visits": (3, 3, empty), "departments": (2, 2, empty)}
    assert found.whole and found.warnings == ()


def test_empty_rows_of_a_program_are_passed_over_and_counted_too() -> None:
    """A frame that came from a spreadsheet ends in rows of nothing."""
    nothing: Sequence[dict[str, object]] = [{"engineer": None, "department": float("nan")}, {}]
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    found = pipeline.run(
        [{"engineer": "A", "department": "north"}, *nothing],
        {"visits": [{"engineer": "A", "hours": 1}, {"hours": None}]},
        groups={"departments": [{"department": "north", "fund": 100}, {"fund": ""}]},
    )  # fmt: skip
    assert counts(found) == {"": (1, 1, 2), "visits": (1, 1, 1), "departments": (1, 1, 1)}


def test_of_one_person_alone_a_row_without_values_is_a_row() -> None:
    """It is theirs, whatever it says: a question that was not answered counts."""
    text = SCHEME[: SCHEME.index("groups:")] + SCHEME[SCHEME.index("details:") : SCHEME.index("pay:")]
    text = text.replace("  department: {type: category}\n", "") + "quantities: {asked: count(over=visits)}\n"
    visits: Sequence[dict[str, object]] = [{"hours": None}, {}]
    assert ir.compile(text=text, period="2026-04").score({"engineer": "A"}, {"visits": visits})["asked"] == 2


def test_a_row_with_something_in_it_is_not_empty() -> None:
    assert refused(people=PEOPLE + ",north\n") == [("data-missing", "whose", 4)]
    assert refused(visits=VISITS + ",4\n") == [("data-orphan", "missing", 5)]
    assert refused(departments=DEPARTMENTS + ",5\n") == [("data-missing", "whose", 4)]


def test_headings_that_come_again_are_refused_and_never_paid() -> None:
    """As a person of the key `engineer` in the department `department` they would take part in everything."""
    assert refused(people=PEOPLE + "engineer,department\n") == [("data-row", "heading", 4)]
    assert refused(departments=DEPARTMENTS + "department,fund\n") == [("data-row", "heading", 4)]
    assert refused(visits=VISITS + "engineer,hours\n") == [("data-row", "heading", 5)]


@pytest.mark.parametrize("word", ["合计", "总计", "小 计", "Total", "TOTALS", "Sub-total:", "合计：", "sum"])
def test_a_sum_at_the_end_is_refused_by_its_word_and_never_paid(word: str) -> None:
    assert is_total(word)
    assert refused(people=f"{PEOPLE}{word},\n") == [("data-row", "total", 4)]
    assert refused(people=f"{PEOPLE}{word},north\n") == [("data-row", "total", 4)]
    assert refused(departments=f"{DEPARTMENTS}{word},300\n") == [("data-row", "total", 4)]
    assert refused(visits=f"{VISITS}{word},6\n") == [("data-row", "total", 5)]


def test_a_sum_beside_an_empty_key_is_a_sum() -> None:
    people = "name,engineer,department\nAnn,A,north\nBob,B,south\n合计,,\n"
    assert refused(people=people) == [("data-row", "total", 4)]
    assert refused(visits="who,engineer,hours\nAnn,A,1\nTotal,,1\n") == [("data-row", "total", 3)]


def test_other_words_are_keys() -> None:
    for word in ("Totalview", "Summer", "合计科", "T", "小计数器"):
        assert not is_total(word)


def test_a_title_above_the_headings_is_told_with_the_line_of_the_headings() -> None:
    assert refused(people=f"Staff in April,\n,\n{PEOPLE}") == [("data-column", "below", None)]
    with pytest.raises(ir.DataError, match="`engineer` `department`: these headings stand in line 3"):
        run(people=f"Staff in April,\n,\n{PEOPLE}")
    with pytest.raises(ir.DataError, match="these headings stand in line 2"):
        run(visits=f"log,\n{VISITS}")


def test_columns_without_a_heading_are_read_by_nobody() -> None:
    """A spreadsheet leaves them behind; two of them are no doubled heading."""
    found = run(people="engineer,department,,\nA,north,,\nB,south,,x\n")
    assert counts(found)[""] == (2, 2, 0)
    with pytest.raises(ir.DataError, match="column 2 has no heading"):
        run(people="engineer,,x\nA,north,1\n")


def test_a_heading_with_a_blank_or_a_hidden_character_says_so() -> None:
    assert refused(people=PEOPLE.replace("engineer", "engineer ")) == [("data-column", "blank", None)]
    assert refused(people=PEOPLE.replace("engineer", "engi\u200bneer")) == [("data-column", "hidden", None)]
    with pytest.raises(ir.DataError, match=r"U\+200B ZERO WIDTH SPACE"):
        run(people=PEOPLE.replace("engineer", "engi\u200bneer"))


# ── Columns without a heading ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("heading", ["", " ", "\u3000", '""', "\t"])
def test_what_stands_under_no_heading_is_told_wherever_it_is(heading: str) -> None:
    """A heading that was lost in a spreadsheet takes its column with it, and the amount may be another one."""
    found = run(
        f"engineer,department,{heading}\nA,north,\nB,south,7\n",
        f"{heading},department,fund\nx,north,100\ny,south,200\n",
        f"engineer,{heading},hours\nA,5,1\nB,,2\nB,6,3\n",
    )  # fmt: skip
    told = [(w.code, w.table, w.line, w.params["number"], w.params["count"]) for w in found.warnings]  # type: ignore[union-attr]
    assert told == [
        ("data-unnamed", "people.csv", 3, "3", "1"), ("data-unnamed", "departments.csv", 2, "1", "2"),
        ("data-unnamed", "visits.csv", 2, "2", "2"),
    ]  # fmt: skip
    assert found.summary.unread == () and found.summary.paid == 2


def test_a_column_in_which_nothing_stands_is_passed_over() -> None:
    visits = "engineer,,hours\nA, ,1\nB,\u3000,2\nB,,3\n"
    found = run(PEOPLE.replace("\n", ",,\n"), DEPARTMENTS.replace("\n", ", \n"), visits)
    assert found.warnings == () and found.summary.unread == ()


def test_a_column_with_a_heading_that_nobody_reads_is_listed_as_before() -> None:
    found = run(PEOPLE.replace("\n", ",note,\n", 1).replace("north\n", "north,x,\n").replace("south\n", "south,y,9\n"))
    assert found.summary.unread == (("people.csv", "note"),)
    assert [w.code for w in found.warnings] == ["data-unnamed"]  # type: ignore[union-attr]


def test_both_languages_say_which_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"s.yaml": SCHEME, "p.csv": "engineer,department,\nA,north,7\n", "d.csv": "department,fund\nnorth,10\n",
             "v.csv": "engineer,hours\nA,1\n"}  # fmt: skip
    for name, content in names.items():
        (tmp_path / name).write_text(content, "utf-8")
    words = ["run", str(tmp_path / "s.yaml"), str(tmp_path / "p.csv"), "--period", "2026-04"]
    words += ["--details", f"departments={tmp_path / 'd.csv'}", "--details", f"visits={tmp_path / 'v.csv'}"]
    for language, told in {"en": "column 3 has no heading", "zh": "第 3 列没有列名"}.items():
        assert main([*words, "--lang", language]) == 0
        assert told in "".join(capsys.readouterr())

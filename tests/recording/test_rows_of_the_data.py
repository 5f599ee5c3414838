"""Earlier periods that come as data: as many rows as there are periods, and what the records hold as well."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.cli import main
from tests.recording.made import codes, compiled, refusals

YEAR = """\
format: 1
scheme: year
effective: {first_day: 2026-01-01, last_day: 2030-12-31}
period: month
currency: EUR
inputs: {agent: {type: key}, sold: {type: integer, range: [0, 100]}}
pay: {bonus: {amount: 1.00 * sum(sold_then)}}
details: {months: {belongs_to: agent, recorded: {sold_then: sold}}}
"""
ALLOWED = YEAR.replace("details: {months: {", "details: {months: {gaps: allow, ")
CROWD = YEAR.replace("1.00 * sum(sold_then)", "1.00 * sum(sold_then) + 1.00 * all") + """\
quantities: {all: "sum(sold, over=everyone)"}
"""
BALANCE = """\
format: 1
scheme: balance
effective: {first_day: 2026-01-01, last_day: 2030-12-31}
period: month
currency: EUR
inputs:
  agent: {type: key}
  sold: {type: integer, range: [0, 100]}
  before: {type: integer, range: [0, 1000], can_be_missing: true, carried_from: after, first: 0}
quantities: {after: "coalesce(before, 0) + sold"}
pay: {bonus: {amount: 1.00 * after}}
"""
A = {"agent": "A", "sold": 7}


def months(*sold: int, agent: str = "A") -> dict[str, Sequence[dict[str, object]]]:
    return {"months": [{"agent": agent, "sold_then": one} for one in sold]}


def alone(*sold: int) -> dict[str, Sequence[dict[str, object]]]:
    return {"months": [{"sold_then": one} for one in sold]}


def paid(run: ir.Run) -> dict[str, object]:
    return {result.key: result["bonus"] for result in run.results}


# ── One person alone ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "given"), [(YEAR, {}), (CROWD, {"sold": 100})])
def test_a_history_that_nobody_hands_over_is_no_empty_one(text: str, given: dict[str, object]) -> None:
    """`run` asks for the records of earlier periods; a score without them would be another amount."""
    pipeline = compiled(text, "2026-02")
    facts = dict.fromkeys(pipeline.needs_others, 100)
    assert bool(facts) == bool(given)
    problems = refusals(pipeline.score, A, given=facts or None)
    assert codes(problems) == [("history-gap", "rows")]
    assert "`months`" in message_of(problems[0], "zh") and "`details=`" in help_of(problems[0], "zh")
    assert codes(refusals(pipeline.explain, A, given=facts or None)) == [("history-gap", "rows")]
    more = 100 if facts else 0
    assert pipeline.score(A, alone(), facts or None)["bonus"] == 7 + more
    assert pipeline.score(A, alone(5), facts or None)["bonus"] == 12 + more


@pytest.mark.parametrize(
    ("name", "told"), [("period", "the inputs are `sold_then`"), ("sold_than", "did you mean `sold_then`?")]
)
def test_a_wrong_name_of_an_earlier_row_is_told_with_names_that_can_be_written(name: str, told: str) -> None:
    (problem,) = refusals(compiled(YEAR, "2026-02").score, A, {"months": [{"sold_then": 1, name: 1}]})
    assert problem.code == "data-name-unknown" and told in help_of(problem, "en")
    assert "sold_then" in help_of(problem, "zh") and "(" not in help_of(problem, "zh")


def test_a_column_with_brackets_in_its_name_is_told_as_it_is() -> None:
    text = YEAR.replace("sold: {type", 'sold: {column: "sold (pieces)", type')
    (problem,) = refusals(compiled(text, "2026-01").score, {"agent": "A", "sold (pieces)": 1, "zzz": 1}, {"months": []})
    assert "`agent` `sold (pieces)`" in help_of(problem, "en")


def test_where_no_period_was_before_or_periods_may_lack_nothing_has_to_be_handed_over() -> None:
    assert compiled(YEAR, "2026-01").score(A)["bonus"] == 7
    assert compiled(YEAR, "2027-01").score(A)["bonus"] == 7
    assert compiled(ALLOWED, "2026-05").score(A)["bonus"] == 7
    later = YEAR.replace("first_day: 2026-01-01", "first_day: 2026-04-01")
    assert compiled(later, "2026-04").score(A)["bonus"] == 7


def test_a_balance_that_may_be_missing_is_asked_for_all_the_same() -> None:
    """Left out it would be missing in `score`, where `run` reads the record or the first value."""
    for period in ("2026-01", "2026-02"):
        problems = refusals(compiled(BALANCE, period).score, A)
        assert codes(problems) == [("data-missing", "carried")]
        assert "上期" in message_of(problems[0], "zh")
    assert compiled(BALANCE, "2026-02").score({**A, "before": None})["bonus"] == 7
    assert compiled(BALANCE, "2026-02").score({**A, "before": 4})["bonus"] == 11
    renamed = BALANCE.replace("can_be_missing", "column: brought forward, can_be_missing")
    assert compiled(renamed, "2026-02").score({**A, "brought forward": 4})["bonus"] == 11


# ── As many rows as there are periods ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("period", "most"), [("2026-01", 0), ("2026-02", 1), ("2026-04", 3), ("2027-01", 0)])
@pytest.mark.parametrize("text", [YEAR, ALLOWED])
def test_there_is_one_row_for_each_earlier_period_of_the_year(text: str, period: str, most: int) -> None:
    pipeline = compiled(text, period)
    some, many = [1] * most, [1] * (most + 1)
    assert pipeline.score(A, alone(*some))["bonus"] == 7 + most
    assert paid(pipeline.run([A], months(*some), referee="all")) == {"A": Decimal(7 + most)}
    for problems in (refusals(pipeline.score, A, alone(*many)), refusals(pipeline.run, [A], months(*many))):
        assert codes(problems) == [("history-rows", "")]
        assert problems[0].params["most"] == str(most) and str(most + 1) in message_of(problems[0], "zh")


def test_who_has_too_many_rows_is_set_aside_and_nobody_else() -> None:
    rows = {"months": [*months(1, 1)["months"], *months(3, agent="B")["months"]]}
    run = compiled(YEAR, "2026-02").run([A, {"agent": "B", "sold": 1}], rows, on_error="quarantine")
    assert paid(run) == {"B": 4} and [one.key for one in run.quarantined] == ["A"]


def test_a_year_that_starts_in_april_is_counted_from_there() -> None:
    fiscal = YEAR.replace("period: month", "period: month\nyear_starts: 04-01")
    pipeline = compiled(fiscal, "2027-01")
    assert pipeline.score(A, alone(*[1] * 9))["bonus"] == 16
    assert codes(refusals(pipeline.score, A, alone(*[1] * 10))) == [("history-rows", "")]


def test_an_example_has_no_more_earlier_periods_than_the_year() -> None:
    example = """\
people: {one: {sold: 7, months: [{sold_then: 1}, {sold_then: 2}]}}
examples:
  - {name: February, period: 2026-02, person: one, expect: {bonus: 10}}
  - {name: March, period: 2026-03, person: one, expect: {bonus: 10}}
"""
    first, second = ir.test(text=YEAR + example).outcomes
    assert not first.passed and "`months`" in str(first.diagnostics[0].params["reason"]) and second.passed


# ── Beside the records ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def january(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    compiled(YEAR, "2026-01").run([{"agent": "A", "sold": 10}, {"agent": "E", "sold": 5}]).save(folder / "2026-01")
    return folder


FEBRUARY = [{"agent": "A", "sold": 10}, {"agent": "E", "sold": 1}]


def test_data_that_hold_what_the_records_hold_pay_the_same(january: Path) -> None:
    pipeline = compiled(YEAR, "2026-02")
    both = {"months": [*months(10)["months"], *months(5, agent="E")["months"]]}
    run = pipeline.run(FEBRUARY, both, history=[january], referee="all")
    assert paid(run) == paid(pipeline.run(FEBRUARY, history=[january])) == {"A": 20, "E": 6}
    run.save(january / "2026-02")
    assert ir.replay(january / "2026-02").same
    assert ir.read_record(january / "2026-02").used


@pytest.mark.parametrize(
    ("rows", "who"), [(months(10), ["E"]), (months(5, agent="E"), ["A"]), ({"months": []}, ["A", "E"]),
                      ({"months": [*months(10)["months"], *months(6, agent="E")["months"]]}, ["E"])]
)  # fmt: skip
def test_a_record_that_is_named_is_not_passed_over(
    january: Path, rows: dict[str, Sequence[dict[str, object]]], who: list[str]
) -> None:
    """What the file lacks would be left out of the year, although the record of it was named."""
    problems = refusals(compiled(YEAR, "2026-02").run, FEBRUARY, rows, history=[january])
    assert codes(problems) == [("history-rows", "lacks")] * len(who)
    assert [one.key for one in problems] == who
    assert "sold_then 5" in message_of(problems[-1]) or "sold_then 10" in message_of(problems[-1])
    assert "记录" in message_of(problems[0], "zh")


def test_data_may_know_more_than_the_records(january: Path) -> None:
    """A company that kept no records before the second month brings the others itself."""
    pipeline = compiled(YEAR, "2026-04")
    rows = {"months": [*months(10, 20, 30)["months"], *months(7, 5, agent="E")["months"]]}
    assert paid(pipeline.run(FEBRUARY, rows, history=[january], referee="all")) == {"A": 70, "E": 13}


def test_each_recorded_row_is_one_row_of_the_data(january: Path) -> None:
    compiled(YEAR, "2026-02").run([{"agent": "A", "sold": 10}], history=[january]).save(january / "2026-02")
    pipeline = compiled(YEAR, "2026-03")
    problems = refusals(pipeline.run, [A], months(10), history=[january])
    assert codes(problems) == [("history-rows", "lacks")]
    assert paid(pipeline.run([A], months(10, 10), history=[january])) == {"A": 27}


def test_the_command_line_says_so_too(
    january: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme, people, earlier = tmp_path / "year.yaml", tmp_path / "february.csv", tmp_path / "earlier.csv"
    scheme.write_text(YEAR, "utf-8")
    people.write_text("agent,sold\nA,10\nE,1\n", "utf-8")
    earlier.write_text("agent,sold_then\nA,10\n", "utf-8")
    words = ["run", str(scheme), str(people), "--period", "2026-02", "--history", str(january)]
    assert main([*words, "--details", f"months={earlier}", "--lang", "zh"]) != 0
    said = "".join(capsys.readouterr())
    assert "history-rows" in said and "sold_then 5" in said
    assert main(words) == 0


# ── A table that lacks a period ───────────────────────────────────────────────────────────────────


BOTH = {"months": [*months(1, 2)["months"], *months(3, agent="B")["months"]]}


@pytest.mark.parametrize("rows", [months(), months(1, 2), BOTH])
def test_a_period_of_which_nobody_has_a_row_is_a_gap(rows: dict[str, Sequence[dict[str, object]]]) -> None:
    """A file with headings alone, or of two months of three, would leave out a month for everybody."""
    people = [A, {"agent": "B", "sold": 1}]
    (problem,) = refusals(compiled(YEAR, "2026-04").run, people, rows)
    assert (problem.code, problem.variant, problem.params["most"]) == ("history-gap", "few", "3")
    assert problem.params["count"] == str(2 if rows["months"] else 0)
    assert paid(compiled(ALLOWED, "2026-04").run(people, rows))["A"] == 7 + (3 if rows["months"] else 0)


def test_who_came_later_has_fewer_rows() -> None:
    rows = {"months": [*months(1, 2, 3)["months"], *months(3, agent="B")["months"]]}
    found = paid(compiled(YEAR, "2026-04").run([A, {"agent": "B", "sold": 1}], rows))
    assert found == {"A": Decimal("13.00"), "B": Decimal("4.00")}


def test_in_the_first_period_there_is_nothing_to_bring() -> None:
    assert paid(compiled(YEAR, "2026-01").run([A], months())) == {"A": Decimal("7.00")}

"""What somebody begins with: a value that the input can hold, or nothing at all, and never the word for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from tests.recording.made import codes, refusals

SCHEME = """\
format: 1
scheme: begins
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
quantities:
  now: SOURCE
  was_missing: not known(last)
inputs:
  person: {type: key}
  score: {type: integer, range: [0, 100]}
  day: {type: date, range: [2020-01-01, 2030-12-31]}
  moment: {type: time, range: [2026-01-01, 2026-12-31]}
  last: {TYPE, can_be_missing: true, carried_from: now, first: FIRST}
people:
  one: {score: 91, day: 2026-01-02, moment: 2026-01-02 08:00}
examples:
  - {name: the first period, period: 2026-01, person: one, expect: {was_missing: true}}
"""
WORD = """'"A" if score >= 90 else "B"'"""
ROW = {"person": "A", "score": 91, "day": "2026-01-02", "moment": "2026-01-02 08:00"}


def text(source: str, type_: str, first: str) -> str:
    return SCHEME.replace("SOURCE", source).replace("TYPE", type_).replace("FIRST", first)


KINDS = [
    (WORD, "type: category"),
    (WORD, "type: category, one_of: [A, B]"),
    ("score", "type: integer, range: [0, 100]"),
    ("score > 50", "type: boolean"),
    ("day", "type: date, range: [2020-01-01, 2030-12-31]"),
    ("moment", "type: time, range: [2026-01-01, 2026-12-31]"),
]


@pytest.mark.parametrize("word", ["missing", "缺失"])
@pytest.mark.parametrize(("source", "type_"), KINDS)
def test_whoever_begins_with_nothing_has_nothing(source: str, type_: str, word: str, tmp_path: Path) -> None:
    scheme = text(source, type_, word)
    assert ir.test(text=scheme).ok
    first = ir.compile(text=scheme, period="2026-01").run([ROW], referee="all")
    assert first.results[0]["was_missing"] is True
    first.save(tmp_path / "1")
    assert ir.replay(tmp_path / "1").same
    second = ir.compile(text=scheme, period="2026-02").run([ROW, {**ROW, "person": "N"}], history=[tmp_path])
    assert [result["was_missing"] for result in second.results] == [False, True]


@pytest.mark.parametrize(
    ("source", "type_", "first", "variant"),
    [
        *((source, type_, "missing", "missing") for source, type_ in KINDS),
        ("score", "type: integer, range: [0, 100]", "1.5", "decimals"),
        ("score", "type: integer, range: [0, 100]", "5%", "decimals"),
        ("score", "type: integer, range: [0, 100]", "101", ""),
        ("score / 4", "type: number, decimals: 2, range: [0, 100]", "0.125", "decimals"),
        ("day", "type: date, range: [2020-01-01, 2030-12-31]", "2019-12-31", ""),
        ("day", "type: date, range: [2020-01-01, 2030-12-31]", "2031-01-01", ""),
        ("moment", "type: time, range: [2026-01-01, 2026-12-31]", "2025-12-31 23:59", ""),
        (WORD, "type: category, one_of: [A, B]", "C", ""),
    ],
)
def test_a_first_value_that_no_data_could_bring_is_an_error(source: str, type_: str, first: str, variant: str) -> None:
    scheme = text(source, type_, first).replace(", can_be_missing: true", "")
    found = [one for one in ir.check(text=scheme).diagnostics if one.code == "first-outside"]
    assert [one.variant for one in found] == [variant]


AWAY = [
    ("score > 50", "type: boolean", ("false", "否"), ("true", "是")),
    ("score", "type: integer, range: [0, 100]", ("10", "10.0", "1000%"), ("11",)),
    ("score / 4", "type: number, decimals: 2, range: [0, 100]", ("2.5", "2.50", "250%"), ("2.51",)),
    ("day", "type: date, range: [2020-01-01, 2030-12-31]", ("2026-01-02",), ("2026-01-03",)),
    ("moment", "type: time", ("2026-01-02 00:00", "2026-01-02T00:00", "2026-01-02"), ("2026-01-02 00:01",)),
    ("""'"\u00e9" if score < 50 else "B"'""", "type: category", ("e\u0301", "\u00e9"), ("B",)),
]


@pytest.mark.parametrize(
    ("source", "type_", "first", "begins"),
    [(source, type_, first, begins) for source, type_, *firsts in AWAY for begins, all_ in zip(
        (True, False), firsts, strict=True) for first in all_],
)  # fmt: skip
def test_whoever_was_away_with_what_everybody_begins_with_begins_with_it(
    source: str, type_: str, first: str, begins: bool, tmp_path: Path
) -> None:
    """Nothing is lost by beginning anew, whatever the sort of the value and however the scheme writes it."""
    row = {**ROW, "score": 10, "moment": "2026-01-02 00:00"}
    scheme = text(source, type_, first)
    ir.compile(text=scheme, period="2026-01").run([row, {**row, "person": "B"}]).save(tmp_path / "1")
    ir.compile(text=scheme, period="2026-02").run([{**row, "person": "B"}], history=[tmp_path]).save(tmp_path / "2")
    march = ir.compile(text=scheme, period="2026-03")
    if begins:
        run = march.run([row], history=[tmp_path], referee="all")
        assert run.results[0]["was_missing"] is False
        run.save(tmp_path / "3")
        assert ir.replay(tmp_path / "3").same
    else:
        problems = refusals(march.run, [row], history=[tmp_path])
        assert codes(problems) == [("carried-interrupted", "")]


SPELLED = [
    ("day", 'type: date, range: [2020-01-01, 2030-12-31], written: "DD.MM.YYYY"', "2025-12-31", "31.12.2025"),
    ("day", "type: date, range: [2020-01-01, 2030-12-31], written: MM/DD/YYYY", "2025-12-31", "12/31/2025"),
    ("day", "type: date, range: [2020-01-01, 2030-12-31], written: YYYY年MM月DD日", "2025-12-31", "2025年12月31日"),
    ("moment", 'type: time, written: "DD.MM.YYYY hh:mm"', "2026-01-31 08:30", "31.01.2026 08:30"),
    ("moment", 'type: time, written: "DD.MM.YYYY hh:mm"', "2026-01-31", "31.01.2026 00:00"),
    ("score > 50", "type: boolean, texts: {true: [Y], false: [N]}", "true", "Y"),
    (WORD, "type: category, one_of: [A, B], texts: {A: [best], B: [A2]}", "A", "best"),
    (WORD, "type: category, one_of: [A, B], missing_texts: [A2], texts: {B: [other]}", "B", "other"),
    ("score / 100", "type: number, decimals: 2, range: [0, 1], scale: percent", "5%", "5%"),
    ("score / 100", "type: number, decimals: 2, range: [0, 1], scale: percent", "0.05", "5"),
    ("score", "type: integer, range: [0, 100], suffix: ' h', missing_texts: ['3']", "3", "3 h"),
    ("score / 4", "type: number, decimals: 2, range: [0, 100], suffix: kg, read: nearest", "2.50", "2.5kg"),
]


@pytest.mark.parametrize(("source", "type_", "first", "cell"), SPELLED)
def test_the_first_value_is_written_as_schemes_write_whatever_the_data_write(
    source: str, type_: str, first: str, cell: str, tmp_path: Path
) -> None:
    """Who begins has what the same cell of the data would say; January's value comes back in February."""
    scheme = text(source, type_, f'"{first}"' if type_.startswith("type: c") else first)
    scheme = scheme.replace("  was_missing:", "  same: last\n  was_missing:")
    assert ir.check(text=scheme).ok
    january = ir.compile(text=scheme, period="2026-01")
    first_run, said = january.run([ROW], referee="all"), january.run([{**ROW, "last": cell}], referee="all")
    assert first_run.results[0]["was_missing"] is False
    assert first_run.results[0]["same"] == said.results[0]["same"]
    first_run.save(tmp_path / "1")
    assert ir.replay(tmp_path / "1").same
    second = ir.compile(text=scheme, period="2026-02").run([ROW], history=[tmp_path], referee="all")
    assert second.results[0]["same"] == first_run.results[0]["now"]


def test_a_range_that_ends_at_a_constant_of_a_member_holds_for_the_first_value_too() -> None:
    block = """\
repeat:
  lines:
    members: {phone: {aim: 5}, field: {aim: 9}}
    inputs: {before: {type: integer, range: [0, aim], carried_from: after, first: 7}}
    quantities: {after: "min(before, 5)"}
"""
    scheme = text("score", "type: integer, range: [0, 100]", "1") + block
    assert [(one.code, one.params["what"][:5]) for one in ir.check(text=scheme).errors] == [("first-outside", "phone")]
    assert ir.check(text=scheme.replace("first: 7", "first: 5")).ok

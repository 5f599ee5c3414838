"""Explanations of what is easily told wrongly: cells of rows, days and times, cut lists, who is out of scope."""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import dedent

import pytest

import incentive_rules as ir
from incentive_rules import Pipeline

HEAD = """\
format: 1
scheme: t
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
"""
Rows = Mapping[str, list[dict[str, object]]]


def scheme(text: str) -> Pipeline:
    return ir.compile(text=HEAD + dedent(text), period="2026-04")


# ── Cells of rows ─────────────────────────────────────────────────────────────────────────────────

RACES = scheme("""\
    details:
      results:
        belongs_to: driver
        inputs:
          points: {type: integer, range: [0, 9]}
          laps: {type: integer, range: [0, 99]}
        quantities: {same: points if flag else points * 2, twice: same + points}
    functions: {half: {takes: [x], is: x / 2}}
    quantities:
      total: sum(same)
      plain: sum(points)
      mixed: sum(points * laps)
      halves: max(half(points))
      counted: count(points > 2)
      most: sum(twice)
    inputs: {driver: {type: key}, flag: {type: boolean}}
    """)
RESULTS: Rows = {"results": [{"points": 1 + i % 4, "laps": i} for i in range(15)]}


def explained(name: str, lang: str = "en", **options: bool) -> str:
    return str(RACES.explain({"driver": "A", "flag": True}, name, RESULTS, lang=lang, **options))


def test_a_row_shows_its_own_cell_though_its_formula_is_nothing_but_that() -> None:
    text = explained("total")
    assert "├ same [row 1] = 1" in text
    assert "points [row 1] = 1" in text
    assert "points [row 3] = 3" in text
    assert "points [row 4]" not in text
    assert "… 12 more rows in the same way" in text


def test_a_value_of_a_row_stands_below_what_that_row_makes_of_it() -> None:
    text = explained("most")
    assert text.index("twice [row 1]") < text.index("same [row 1]") < text.index("twice [row 2]")
    assert text.index("twice [row 2]") < text.index("same [row 2]") < text.index("twice [row 3]")


def test_an_aggregate_of_something_worked_out_shows_the_cells_that_it_was_worked_out_from() -> None:
    for name in ("mixed", "halves"):
        assert "points [row 2] = 2" in explained(name)
        assert "… 12 more rows" in explained(name)
    assert "laps [row 2] = 1" in explained("mixed")


def test_an_aggregate_of_a_name_lists_the_cells_itself_and_a_count_needs_none() -> None:
    assert "points [row" not in explained("plain")
    assert "points [row" not in explained("counted")


@pytest.mark.parametrize(
    "name, lang, short",
    [
        ("plain", "en", "1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + … (3 more) = 36"),
        ("plain", "zh", "1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + …（另有 3 个） = 36"),
        ("halves", "en", "max(0.5, 1, 1.5, 2, 0.5, 1, 1.5, 2, 0.5, 1, 1.5, 2, … (3 more)) = 2"),
    ],
)
def test_a_list_that_is_cut_says_how_many_it_has_not(name: str, lang: str, short: str) -> None:
    assert short in explained(name, lang)


def test_with_all_no_list_is_cut() -> None:
    assert "1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + 1 + 2 + 3 = 36" in explained("plain", all=True)


def test_a_cut_list_says_so_in_json_too() -> None:
    def calls(everything: bool) -> dict[str, object]:
        found = RACES.explain({"driver": "A", "flag": True}, "plain", RESULTS, all=everything).as_json()
        lines = json.loads(json.dumps(found))["lines"]
        return next(line for line in lines if line["name"] == "plain")["formula"]["calls"][0]

    short, whole = calls(False), calls(True)
    assert len(short["values"]) == 12 and short["values_not_shown"] == 3
    assert len(whole["values"]) == 15 and "values_not_shown" not in whole


def test_what_an_earlier_row_read_is_there_though_the_last_row_did_not_read_it() -> None:
    pipeline = scheme("""\
        quantities: {total: sum(paid)}
        inputs: {k: {type: key}}
        details:
          rows:
            belongs_to: k
            inputs:
              asked: {type: boolean}
              price: {type: integer, range: [0, 9]}
            quantities: {paid: price if asked else 0}
        """)
    rows = {"rows": [{"asked": True, "price": 7}, {"asked": False, "price": 8}]}
    assert "price [row 1] = 7" in str(pipeline.explain({"k": "A"}, "total", rows, lang="en"))


def test_a_member_shows_its_own_constants_and_a_period_its_days() -> None:
    pipeline = scheme("""\
        repeat:
          parts:
            members: {a: {goal: 40}, b: {goal: 50}}
            quantities: {gap: reached - goal}
        quantities: {length: "days(begun, period_last_day) + 1", reached: 45}
        inputs: {k: {type: key}, begun: {type: date}}
        """)
    text = str(pipeline.explain({"k": "A", "begun": "2026-04-11"}, ["a_gap", "length"], lang="en"))
    assert "goal = 40" in text
    assert "= days(2026-04-11, 2026-04-30) + 1 = 20" in text
    assert "period_last_day = 2026-04-30" in text


# ── Out of scope ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "lang, lines",
    [
        ("en", ["part = 0 ", "0 of 30 days", "hired = 2020-01-01", "left = 2026-03-15", "does not apply to this"]),
        ("zh", ["part = 0 ", "本期 30 天中 0 天", "hired = 2020-01-01", "left = 2026-03-15", "不属于本方案的适用对象"]),
    ],
)
def test_out_of_scope_goes_down_to_what_it_rests_on(lang: str, lines: list[str]) -> None:
    pipeline = scheme("""\
        applies_to: part > 0 and count(done) >= 0
        quantities:
          part: {is: 'served(hired, coalesce(left, period_last_day), method="calendar_days")', decimals: 4}
        pay: {bonus: {amount: 300 * part}}
        inputs: {k: {type: key}, hired: {type: date}, left: {type: date, can_be_missing: true}}
        details: {jobs: {belongs_to: k, inputs: {ok: {type: boolean}}, quantities: {done: ok}}}
        """)
    row = {"k": "A", "hired": "2020-01-01", "left": "2026-03-15"}
    result = pipeline.score(row, {"jobs": []})
    assert result["part"] is ir.MISSING, "nothing is measured of who is out of scope"
    text = str(pipeline.explain(row, "bonus", {"jobs": []}, lang=lang))
    for line in lines:
        assert line in text


# ── Days and times ────────────────────────────────────────────────────────────────────────────────

def test_json_has_days_and_times_as_in_data() -> None:
    pipeline = scheme("""\
        tables:
          rate: {from: {2026-01-01: 1, 2026-04-01: 2, 2026-07-01: 3}, else: 0}
        functions:
          later: {takes: [a, b], is: "max(days(a, b), 0)"}
        quantities:
          gap: later(hired, moved)
          first: min(opened)
          last: latest(day, order=[opened])
          price: rate(moved)
          place: {of: moved, from: {2026-01-01: 1, 2026-04-02: 5}, else: 0}
        inputs: {k: {type: key}, hired: {type: date}, moved: {type: date}}
        details:
          tickets:
            belongs_to: k
            inputs: {opened: {type: time}, day: {type: date}}
        """)
    row = {"k": "A", "hired": "2026-04-01", "moved": "2026-04-11"}
    tickets = {"tickets": [{"opened": f"2026-04-0{i} 08:30", "day": f"2026-04-0{i}"} for i in (2, 3)]}
    explanation = pipeline.explain(row, None, tickets, all=True, lang="en")
    text, found = str(explanation), json.dumps(explanation.as_json())
    assert "later(a = 2026-04-01, b = 2026-04-11)" in text
    assert "min(2026-04-02 08:30, 2026-04-03 08:30) = 2026-04-02 08:30" in text
    for number in ("73970", "73971", "1065"):  # the beginnings of day numbers, and of minutes
        assert number not in text
        assert number not in found, found[found.index(number) - 300 :][:400]
    assert '"opened", "value": "2026-04-02 08:30"' in found


# ── Ranks, and what was missing ───────────────────────────────────────────────────────────────────

HEATS = scheme("""\
    quantities: {best_place: min(place), sums: "sum(coalesce(so_far, 0))"}
    inputs: {k: {type: key}}
    details:
      heats:
        belongs_to: k
        inputs: {n: {type: integer, range: [1, 9]}, points: {type: integer, range: [0, 9]}}
        quantities:
          place: 'rank(points, over=heats, within=k, ties="standard", first="high")'
          so_far: 'running(points, where=points > 2, order=[n])'
    """)
ROUNDS: Rows = {"heats": [{"n": 1, "points": 5}, {"n": 2, "points": 1}, {"n": 3, "points": 5}]}


@pytest.mark.parametrize(
    "lang, said",
    [
        ("zh", "名次：heats参加排名 3 行，第 1 名（2 行并列）；本行 5、后一名 1；由高到低"),
        ("en", "rank: number 1 of 3 ranked rows of heats, shared by 2; own value 5, next worse 1; the largest first"),
    ],
)
def test_a_rank_of_rows_speaks_of_rows(lang: str, said: str) -> None:
    text = str(HEATS.explain({"k": "A"}, "best_place", ROUNDS, lang=lang))
    assert said in text
    assert "人" not in text


@pytest.mark.parametrize(
    "lang, why, ending",
    [
        ("en", "this row itself does not count", "missing: so_far [row 2]"),
        ("zh", "本条自身不计入", "缺失：so_far [第 2 条]"),
    ],
)
def test_what_was_missing_in_a_row_was_missing(lang: str, why: str, ending: str) -> None:
    text = str(HEATS.explain({"k": "A"}, "sums", ROUNDS, lang=lang))
    assert text.endswith(ending)
    assert why in text

"""What fewer than three others decide is not told: not on a slip, not by `explain --id`."""

from __future__ import annotations

import incentive_rules as ir
from incentive_rules.rendering.slip_page import slip_page, slip_text

TEAM = """format: 1
scheme: team
title: Team
language: en
{key}effective: {{first_day: 2026-01-01, last_day: 2026-12-31}}
period: month
currency: CNY
inputs:
  person: {{type: key}}
  department: {{type: category}}
  jobs: {{type: integer, range: [0, 100]}}
quantities:
  mean_of_others: {{title: mean of others, is: "mean(jobs, over=others, within=department)", decimals: 2}}
  ahead: {{title: ahead, is: "jobs - coalesce(mean_of_others, 0)", decimals: 2}}
  place: {{title: place, is: 'rank(jobs, over=everyone, within=department, ties="standard")'}}
  bracket: {{title: bracket, of: mean_of_others, from: {{50: high}}, else: low}}
pay:
  piece: {{title: piece, amount: jobs * 10 + 0.00}}
  team:
    title: team pool
    pool: {{each: department, amount: 1000, in_proportion_to: jobs, cents: largest_remainder}}
"""
KEPT = "decided with others"


def slips_of(sizes: dict[str, int], key: str = "") -> ir.slips.Slips:
    pipeline = ir.compile(text=TEAM.format(key=key), period="2026-01")
    rows = [{"person": f"{name}{number}", "department": name, "jobs": 31 + 7 * number}
            for name, size in sizes.items() for number in range(size)]  # fmt: skip
    people = pipeline.people(rows)
    return pipeline.slips(people, pipeline.compute(people))


def test_of_two_others_nothing_is_told_and_of_three_all() -> None:
    slips = slips_of({"few": 3, "many": 4})
    few, many = slips.of_key("few0"), slips.of_key("many0")
    for page in (slip_page, slip_text):
        assert KEPT in page(few).replace("\\", "") and KEPT not in page(many)
    pool = {row.title: row for part in few.pay for row in part.rows}["team pool"]
    assert pool.notes == (KEPT,) and not pool.numbers and pool.amount != KEPT
    assert few.net == slips.explain(slips.rows[0], "net").entries[-1].value  # amounts are always told
    assert "fewer than 3 others" in few.decided and many.decided == ""


def test_a_number_worked_out_of_what_is_kept_back_is_kept_back() -> None:
    slips = slips_of({"few": 3})
    told = {one.name: one for one in slips.explain(slips.rows[0], everything=True).entries}
    assert {name for name, one in told.items() if one.value == KEPT} == {"mean_of_others", "ahead", "place"}
    assert told["bracket"].value == "low" and told["bracket"].notes == (KEPT,)
    assert told["piece"].working  # what others have no part in is told as ever
    exact = {one["name"]: one for one in slips.explain(slips.rows[0], everything=True).as_json()["lines"]}
    assert exact["ahead"]["value"] is None and exact["ahead"]["kept_back"] == "value"
    assert "table" not in exact["bracket"] and exact["bracket"]["value"] == "low"


def test_the_scheme_says_how_many_others_there_must_be() -> None:
    assert KEPT in slip_page(slips_of({"a": 4}, "show_groups_from: 5\n").of_key("a0"))
    assert KEPT not in slip_page(slips_of({"a": 3}, "show_groups_from: 2\n").of_key("a0"))
    assert KEPT not in slip_page(slips_of({"a": 2}, "show_groups_from: 0\n").of_key("a0"))


def test_nobody_reads_the_value_beside_their_place() -> None:
    """A place among many is told; what the next better one has is that person's alone."""
    slips = slips_of({"many": 6})
    told = str(slips.explain(slips.rows[2], "place"))
    assert "number 4 of 6" in told and "before it" not in told and "behind it" not in told

"""One person with earlier periods, scored and explained from the document on."""

from __future__ import annotations

from textwrap import dedent

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: months
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  engineer: {type: key}
  jobs: {type: integer, range: [0, 9]}
details:
  months:
    belongs_to: engineer
    recorded: {month_jobs: jobs}
quantities:
  year: sum(month_jobs)
examples:
  - {name: second month, period: 2026-02, given: {jobs: 3, months: [{month_jobs: 5}]}, expect: {year: 8}}
"""


def test_a_score_explains_what_earlier_periods_recorded() -> None:
    assert ir.test(text=SCHEME).ok
    pipeline = ir.compile(text=SCHEME, period="2026-02")
    result = pipeline.score({"engineer": "a", "jobs": 3}, details={"months": [{"month_jobs": 5}]})
    assert (result["year"], result["month_jobs"]) == (8, (5, 3))
    assert str(result.explain("en")) == dedent(
        """\
        year = 8                  line 13
        │ = sum(month_jobs)
        │ sum: 2 rows of months → 5 + 3 = 8
        ├ month_jobs [row 1] = 5  record, line 11
        └ month_jobs [row 2] = 3  this period, line 11
          │ = jobs
          └ jobs = 3              data, line 7

        nothing was missing, no adjustment acted"""
    )

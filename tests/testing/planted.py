"""A scheme in which most people who are drawn at random are paid nothing: sound, and with one defect at a time."""

from __future__ import annotations

SOUND = """\
format: 1
scheme: planted
effective: {first_day: 2026-01-01, last_day: 2026-03-31}
period: month
currency: EUR
limits: {max_people: 50, max_rows_per_person: 200}
inputs:
  id: {type: key}
  team: {type: category}
  gender: {type: category, one_of: [female, male]}
  jobs: {type: integer, range: [0, 200]}
  rating: {type: number, decimals: 2, range: [1, 5]}
  cost: {type: number, decimals: 1, range: [0, 100]}
  base: {type: money, range: [1000, 9000]}
  days_worked: {type: integer, range: [0, 22]}
  days_due: {type: integer, range: [1, 22]}
require: [days_worked <= days_due]
details:
  orders:
    belongs_to: id
    key: order_no
    inputs:
      opened: {type: time, range: [2026-01-01, 2026-03-31]}
      closed: {type: time, range: [2026-01-01, 2026-04-30]}
      hours: {type: integer, range: [1, 72]}
    quantities: {on_time: "minutes(opened, closed) <= 60 * hours"}
indicators:
  volume: {weight: 30%, better: higher, value: jobs, score: "100 * min(1, value / 80)"}
  quality: {weight: 30%, better: higher, value: rating, score: {from: {4.6: 100, 4.2: 90, 3.5: 60}, else: 0}}
  thrift: {weight: 20%, better: lower, value: cost, score: {up_to: {12: 100, 30: 80}, else: 20}}
  timely:
    weight: 20%
    better: higher
    value: share(on_time)
    score: {from: {98%: 100, 95%: 95, 80%: 70}, else: 0}
total: {missing: zero}
grades:
  of: total
  from: {90: {grade: A, coefficient: 1.3}, 80: {grade: B, coefficient: 1.1}, 70: {grade: C, coefficient: 1}}
  else: {grade: E, coefficient: 0}
pay:
  bonus:
    amount: base * coefficient * days_worked / days_due
principles: {p: {title: Pay for results, promises: {better_never_pays_less: all, same_facts_same_pay: true}}}
"""

BONUS = "amount: base * coefficient * days_worked / days_due"
TABLE = "score: {from: {4.6: 100, 4.2: 90, 3.5: 60}, else: 0}"
DEFECTS = {
    "a lower score on top": (TABLE, "score: 88 if value >= 4.6 else 90 if value >= 4.2 else 60 if value >= 3.5 else 0"),
    "the wrong sign": ("score: {up_to: {12: 100, 30: 80}, else: 20}", "score: 'min(100, 20 + value)'"),
    "a value in no band": (TABLE, "score: 0 if value == 4.6 else 100 if value > 4.6 else 90 if value >= 4.2 else 60"),
    "a cap for many jobs": (
        "total: {missing: zero}",
        "total:\n  missing: zero\n  adjust: [{reason: overload, when: jobs >= 100, at_most: 85}]",
    ),
    "a ratio of counts that is skipped": (
        "score: {from: {98%: 100, 95%: 95, 80%: 70}, else: 0}",
        "score: >-\n      95 if coalesce(value, 0) >= 80% and coalesce(value, 0) != 19 / 20 else 70",
    ),
    "a title that ends where a grade begins": (BONUS, BONUS + " + (3000 if 88 <= total and total < 90 else 0)"),
    "a coefficient that falls": ("90: {grade: A, coefficient: 1.3}", "90: {grade: A, coefficient: 1.0}"),
    "a team mean with oneself": (
        BONUS, BONUS.replace(": ", ': "')
        + ' * (1.2 if coalesce(mean(jobs, over=everyone, within=team), 0) < 60 else 1)"',
    ),
    "a rule for those far ahead": (
        BONUS, BONUS.replace(": ", ': "') + ' * (0.9 if jobs > 150 + coalesce(mean(jobs, over=others, within=team), 0) '
        'else 1)"',
    ),
}  # fmt: skip


def with_defect(name: str) -> str:
    """The scheme with this defect."""
    right, wrong = DEFECTS[name]
    assert right in SOUND, name
    return SOUND.replace(right, wrong)

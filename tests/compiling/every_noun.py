"""Schemes in which every noun of a document stands, for the test that changes each of their fields."""

from __future__ import annotations

ALONE = """\
format: 1
scheme: alone
title: Alone
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
parameters:
  rate: {dated: {2026-01-01: 5%, 2026-02-01: 4%}}
  band_pay: {is: 300, type: money}
tables:
  steps: {keys: [points], from: {0: 1, 50: 2}}
  parts: {slices: {0: 10%, 100: 20%}}
  both: {keys: [post, points], equals: {a: {from: {0: 1}, else: 0}, b: {points: {0: 1, 10: 5}}}}
  named: {equals: {a: {x: 1, y: 2}, b: {x: 3, y: 4}}}
functions:
  twice: {takes: [x], is: x * 2}
applies_to: post == "a" or mark >= 1
indicators:
  work:
    weight: 60%
    missing: zero
    at_least: 1
    parts:
      speed: {weight: 50%, better: higher, value: mark, score: {from: {0: 10, 60: 70}}}
      care: {weight: 50%, better: lower, min_rows: 2, value: mean(length), score: "max(0, 100 - value)"}
  rest:
    weight: 40%
    better: near 3
    value: share(length > 5)
    score: 100 * value
composites:
  again: {weights: relative, missing: reweigh, of: {speed: 2, rest: mark + 1}}
total: {missing: reweigh, adjust: [{at_most: 99, when: mark < 50, reason: few}, {add: 1, reason: always}]}
grades: {of: total, from: {80: {grade: A, factor: 1.5}}, else: {grade: B, factor: 1}}
pay:
  bonus: {amount: 3000 * total * factor / 100, when: mark > 1}
  fine: {kind: deduction, amount: band_pay, decimals: 1, rounding: down, at_risk: false}
  yearly: {amount: steps(mark) * 100 * rate, every: quarter}
entitlements:
  leave: {when: mark > 90, amount: 2}
quantities:
  tail: {is: "twice(mark) + parts(mark) + both(post, mark) + named(post, give=x)", decimals: 2, rounding: floor}
  ranged: {is: mark - 1, range: [0, 100]}
  served_days: "days(hired, since)"
  sums: "sum(length) + best(length, n=2) + coalesce(max(length, where=length < 7), 0)"
  places: 'coalesce(percentile(length, 90%, method="linear"), 0)'
  late: "coalesce(latest(length, order=[seen]), 0)"
  of_some: count(over=longer)
  old: "coalesce(sum(old_mark), 0)"
  kept: "opening + mark"
  shift: "minutes(begins, ends)"
repeat:
  three:
    members: {m1: {k: 1}, m2: {k: 2}}
    quantities:
      point: {is: mark * k}
inputs:
  person: {type: key}
  mark: {type: integer, range: [0, 100], column: Mark, missing_texts: ["-"]}
  mood: {type: category, one_of: [fair, good]}
  post: {type: category, one_of: [a, b], texts: {a: [A, AA]}}
  hired: {type: date, range: [2000-01-01, 2030-12-31], written: DD-MM-YYYY}
  since: {type: date, range: [2000-01-01, 2030-12-31]}
  begins: {type: time}
  ends: {type: time}
  portion: {type: number, decimals: 4, range: [0, 1], scale: percent, read: nearest, can_be_missing: true}
  weight_in: {type: number, decimals: 1, range: [0, 9], suffix: kg}
  opening: {type: integer, range: [0, 1000000], carried_from: kept, first: 3}
details:
  visits:
    belongs_to: person
    key: [visit]
    without_owner: leave_out
    inputs:
      visit: {type: key}
      length: {type: integer, range: [0, 9]}
      seen: {type: date, range: [2000-01-01, 2030-12-31]}
  months:
    belongs_to: person
    recorded: {old_mark: mark}
    gaps: allow
selections:
  longer: {over: visits, where: length > 3}
limits: {max_people: 100, max_rows_per_person: 50}
require:
  - mark <= 100
"""

TOGETHER = """\
format: 1
scheme: together
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
year_starts: 01-01
currency: EUR
pay:
  parted: {pool: {each: deal, amount: budget, to: tasks, in_proportion_to: size, when: budget > 1, among: size > 2,
          at_most: 500, cents: webster, left_out: kept, remainder: keep}}
  other: {pool: {each: everyone, amount: 1000, in_proportion_to: points}}
honors:
  star:
    among: points > 1
    within: area
    best_by: [points, level]
    places: {share: 20%, of: group, rounding: up, at_least: 1, at_most: 3}
    ties: all
    award: 300
  second: {within: everyone, best_by: [points], places: {number: 1}, ties: none, award: 5}
grades:
  of: points
  within: area
  ties: all
  shares: {A: {share: 20%, at_least: 1, factor: 2}, B: {share: 80%, factor: 1}}
quantities:
  all_tasks: count(over=every_task)
  place: {of: points, within: area, rounding: down, ties: all, shares: {top: 20%, rest: 80%}}
  mean_here: "mean(points, over=everyone, within=area)"
  rank_here: 'rank(points, over=everyone, within=area, ties="dense")'
  up_to_here: "running(level, order=[points], over=everyone, within=area)"
  beside: "coalesce(mean(level, over=everyone), 0)"
inputs:
  person: {type: key}
  area: {type: category}
  points: {type: integer, range: [0, 100]}
  level: {type: integer, range: [0, 9]}
groups:
  areas: {key: area, inputs: {region: {type: category}}}
  deals: {key: deal, inputs: {budget: {type: money, range: [0, 100000]}}}
details:
  tasks: {belongs_to: [person, deal], inputs: {size: {type: integer, range: [0, 9]}}}
  idle: {belongs_to: person, inputs: {spare: {type: integer, range: [0, 9]}}}
selections:
  every_task: {over: tasks, where: 1 > 0}
"""

SCHEMES = (ALONE, TOGETHER)

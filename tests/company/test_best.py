"""The best of as many values as a formula says: of rows, of people and of members; what is missing; how it is told."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: best
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
parameters: {three: 3}
inputs:
  who: {type: key}
  team: {type: category, one_of: [n, s]}
  k: {type: integer, range: [0, 5]}
  sure: {type: integer, range: [0, 3], can_be_missing: true}
groups:
  teams: {key: team, inputs: {places: {type: integer, range: [0, 9]}}}
details:
  rounds:
    belongs_to: who
    inputs:
      score: {type: integer, range: [-9, 9], can_be_missing: true}
      worth: {type: money, decimals: 2, range: [0, 99]}
repeat:
  laps:
    members: {a: {most: 2}, b: {most: 1}, c: {most: 0}}
    inputs: {x: {type: number, decimals: 1, range: [-9, 9], can_be_missing: true}}
    quantities:
      mine: {is: "best(score, over=rounds, n=most + 1)", decimals: 0}
      of_legs: {is: "best(y, over=legs, n=few)", decimals: 1}
      few: min(most, k)
  legs:
    members: {p: {w: 1}, r: {w: 3}}
    quantities: {y: w * 2}
quantities:
  q: {is: 'FORMULA', decimals: exact}
"""
# who, team, k, sure, x of each lap
PEOPLE = [
    ("A", "n", 2, 1, ("1.5", "-2", "4")), ("B", "n", 0, None, (None, "3", None)), ("C", "s", 5, 0, (None, None, None)),
]  # fmt: skip
ROUNDS = [("A", 5, 10), ("A", None, 20), ("A", -3, 5), ("A", 9, 1), ("B", -4, 2), ("B", 8, 7)]
TEAMS = {"n": 1, "s": 0}


def data() -> tuple[list[dict[str, object]], dict[str, list[dict[str, object]]]]:
    people = [
        {"who": who, "team": team, "k": k, "sure": sure, **dict(zip(("a_x", "b_x", "c_x"), laps, strict=True))}
        for who, team, k, sure, laps in PEOPLE
    ]
    rounds = [dict(zip(("who", "score", "worth"), one, strict=True)) for one in ROUNDS]
    return people, {"rounds": rounds, "teams": [{"team": team, "places": n} for team, n in TEAMS.items()]}


def values(formula: str, name: str = "q") -> list[object]:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", formula), period="2026-04")
    run = pipeline.run(*data(), referee="all")
    return [None if one[name] is ir.MISSING else one[name] for one in run.results]


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("best(score, over=rounds, n=k)", [14, None, None]),
        ("best(score, over=rounds, n=three)", [11, 4, None]),
        ("best(score, over=rounds, n=three - 2)", [9, 8, None]),
        ("best(score, over=rounds, n=min(2, count(over=rounds)))", [14, 4, None]),
        ("best(score, over=rounds, n=clamp(count(score > 0, where=known(score)), 0, 9))", [14, 8, None]),
        ("best(score, over=rounds, n=coalesce(sure, 2))", [9, 4, None]),
        ("best(score, over=rounds, n=sure) if known(sure) else 0", [9, 0, None]),
        ("best(score, over=rounds, where=worth > 4.00, n=k)", [2, None, None]),
        ("best(score, over=rounds, n=places)", [9, 8, None]),
        ("best(score, over=rounds, n=three - 3)", [None, None, None]),
        ("best(score / (k + 1), over=rounds, n=k)", [Fraction(14, 3), None, None]),
    ],
)
def test_of_rows(formula: str, found: list[object]) -> None:
    assert values(formula) == found


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("best(k, over=everyone, n=three)", [7, 7, 7]),
        ("best(k, over=everyone, within=teams, n=places)", [2, 2, None]),
        ("best(k, over=everyone, within=teams, n=min(5, count(over=everyone, within=teams)))", [2, 2, 5]),
        ("best(k + 0.5, over=everyone, n=min(2, count(over=teams)))", [8, 8, 8]),
    ],
)
def test_of_people(formula: str, found: list[object]) -> None:
    assert values(formula) == found


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("best(x, over=laps, n=k)", [Fraction(11, 2), None, None]),
        ("best(x * 2, over=laps, n=three)", [7, 6, None]),
        ("best(coalesce(x, 0), over=laps, n=three - 3)", [None, None, None]),
        ("best(coalesce(x, 0) / (k + 1), over=laps, n=k * 0)", [None, None, None]),
        ("best(x / (k + 1), over=laps, n=min(2, k))", [Fraction(11, 6), None, None]),
        ("best(coalesce(x, 0), over=laps, n=max(k, 1))", [Fraction(11, 2), 3, 0]),
        ("best(x, over=laps, where=known(x) and x < 4, n=min(3, count(over=rounds)))", [Fraction(-1, 2), 3, None]),
    ],
)
def test_of_members(formula: str, found: list[object]) -> None:
    assert values(formula) == found


def test_a_member_says_how_many_with_its_own_words() -> None:
    assert values("k", "a_mine") == [11, 4, None]
    assert values("k", "b_mine") == [14, 4, None]
    assert values("k", "c_mine") == [9, 8, None]


def test_of_another_family_a_member_reads_its_own_names_for_the_number() -> None:
    """They are computed before, though no member of the other family has such a name."""
    assert values("k", "a_of_legs") == [8, None, 8]
    assert values("k", "b_of_legs") == [6, None, 6]
    assert values("k", "c_of_legs") == [None, None, None]


def test_a_parameter_says_the_same_as_its_number() -> None:
    one, other = (
        ir.compile(text=SCHEME.replace("FORMULA", f"best(score, over=rounds, n={n})"), period="2026-04")
        for n in ("three", "3")
    )
    assert one.plan.steps == other.plan.steps


def test_bounds_follow_those_of_the_number() -> None:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", "best(score, over=rounds, n=k)"), period="2026-04")
    (q,) = (one for one in pipeline.checked.quantities if one.name == "q")
    assert (q.facts.bounds.low, q.facts.bounds.high, q.facts.may_miss) == (-45, 45, True)


@pytest.mark.parametrize(("n", "may_miss"), [("max(k, 1)", False), ("k", True)])
def test_a_sure_member_is_missing_where_none_is_to_count(n: str, may_miss: bool) -> None:
    text = SCHEME.replace("FORMULA", f"best(coalesce(x, 0), over=laps, n={n})")
    (q,) = (one for one in ir.compile(text=text, period="2026-04").checked.quantities if one.name == "q")
    assert q.facts.may_miss is may_miss


@pytest.mark.parametrize(
    ("formula", "code", "variant", "text"),
    [
        ("best(score, over=rounds)", "best-n", "", "best(score, over=rounds)"),
        ("best(score, over=rounds, n=0)", "best-n", "", "best(score, over=rounds, n=0)"),
        ("best(score, over=rounds, n=-1)", "best-n", "", "best(score, over=rounds, n=-1)"),
        ("best(score, over=rounds, n=missing)", "best-n", "", "best(score, over=rounds, n=missing)"),
        ("best(score, over=rounds, n=k / 2)", "best-n", "whole", "k / 2"),
        ("best(score, over=rounds, n=known(sure))", "best-n", "whole", "known(sure)"),
        ("best(score, over=rounds, n=sum(worth))", "best-n", "whole", "sum(worth)"),
        ("best(score, over=rounds, n=sure)", "best-n", "missing", "sure"),
        ("best(score, over=rounds, n=k - 1)", "best-n", "bounds", "k - 1"),
        ("best(score, over=rounds, n=300 * k)", "best-n", "bounds", "300 * k"),
        ("best(score, over=rounds, n=score)", "level-mixed", "value", "score"),
        ("best(k, over=everyone, n=k)", "level-mixed", "value", "k"),
        ("best(k, over=everyone, within=teams, n=min(2, count(worth)))", "count-condition", "", "worth"),
        ("best(k, over=everyone, within=teams, n=min(2, count(over=rounds)))",
         "level-mixed", "value", "count(over=rounds)"),
        ("best(x, over=laps, n=x)", "name-unknown", "member", "x"),
        ("best(x, over=laps, n=k - 1)", "best-n", "bounds", "k - 1"),
        ("best(score, over=rounds, n=unheard)", "name-unknown", "", "unheard"),
    ],
)
def test_what_is_no_number_of_values_is_refused(formula: str, code: str, variant: str, text: str) -> None:
    found = ir.check(text=SCHEME.replace("FORMULA", formula))
    assert [(d.code, d.variant, d.place.text) for d in found.errors] == [(code, variant, text)]


def test_an_explanation_shows_the_number_and_what_was_taken() -> None:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", "best(score, over=rounds, n=k)"), period="2026-04")
    people, tables = data()
    rounds = {"rounds": [{"score": row["score"], "worth": row["worth"]} for row in tables["rounds"][:4]]}
    told = pipeline.explain(people[0], "q", rounds)
    assert "best: 3 of 4 rows of rounds → n = 2: 9 + 5 = 14" in str(told)
    none = str(pipeline.explain(people[1], "q", rounds))
    assert "best: 3 of 4 rows of rounds → n = 0: missing" in none
    assert "of rounds no value is taken" in none and "weights" not in none
    chinese = str(pipeline.explain(people[0], "q", rounds, lang="zh"))
    assert "最好几次：rounds 4 行中 3 行 → 个数 = 2：9 + 5 = 14" in chinese
    (line,) = (one for one in told.as_json()["lines"] if one["name"] == "q")
    assert '"n": "2", "chosen": ["9", "5"]' in json.dumps(line)


def test_of_other_people_it_shows_the_number_alone() -> None:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", "best(k, over=everyone, n=three)"), period="2026-04")
    told = str(pipeline.run(*data()).results[0].explain(name="q"))
    assert "→ n = 3: 7" in told and "5 + 2" not in told


@pytest.mark.parametrize(("worth", "found"), [((10, 20, 3), 2), ((10, 2, 3), ir.MISSING)])
def test_rows_that_are_counted_for_the_number_must_be_enough_too(worth: tuple[int, ...], found: object) -> None:
    text = SCHEME.replace(
        "quantities:\n  q: {is: 'FORMULA', decimals: exact}\n",
        "indicators:\n"
        "  q:\n"
        "    {weight: 100%, better: higher, min_rows: 2, score: value,\n"
        "     value: 'best(score, over=rounds, n=clamp(count(over=rounds, where=worth > 9.00), 0, 9))'}\n"
        "total: {missing: reweigh}\n",
    )
    pipeline = ir.compile(text=text, period="2026-04")
    people, tables = data()
    tables["rounds"] = [{"who": "A", "score": 1, "worth": one} for one in worth]
    assert pipeline.run(people, tables, referee="all").results[0]["q"] == found


def test_in_chinese() -> None:
    plain = ir.compile(text=SCHEME.replace("FORMULA", "best(score, over=rounds, n=min(2, k))"), period="2026-04")
    words = SCHEME.replace("FORMULA", "最好几次(score, 范围=rounds, 个数=取小(2, k))")
    assert plain.fingerprint == ir.compile(text=words, period="2026-04").fingerprint

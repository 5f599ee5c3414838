"""What the checker says of every row holds of the rows at the edge: bounds, and what is never missing."""

from __future__ import annotations

from fractions import Fraction

import pytest

import incentive_rules as ir

HEAD = """\
format: 1
scheme: soundness
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  id: {type: key}
  a: {type: integer, range: [0, 10]}
  b: {type: integer, range: [0, 10]}
  sex: {type: category, one_of: [f, m]}
  moment: {type: time}
  day: {type: date}
  flag: {type: boolean}
"""
ROW = {"id": "A", "a": 3, "b": 4, "sex": "f", "moment": "2026-02-01 10:00", "day": "2026-02-01", "flag": True}


def score(rest: str, **facts: object) -> ir.Result:
    return ir.compile(text=HEAD + rest, period="2026-03").score({**ROW, **facts})


def codes(rest: str) -> set[str]:
    """The codes of all findings, hints about unused names left out."""
    return {d.code for d in ir.check(text=HEAD + rest, period="2026-03").diagnostics} - {"unused"}


@pytest.mark.parametrize("missing", ["refuse", "zero", "reweigh"])
def test_relative_weights_that_are_all_zero_make_a_mean_missing(missing: str) -> None:
    mean = f"composites: {{c: {{of: {{a: none, b: none}}, weights: relative, missing: {missing}}}}}\n"
    assert score("parameters: {none: 0}\n" + mean)["c"] is ir.MISSING


@pytest.mark.parametrize(
    "table, argument",
    [
        ("{equals: {60: 1, 60.0: 2}, else: 0}", "a"),
        ("{equals: {50%: 1, 0.5: 2}, else: 0}", "a"),
        ("{equals: {true: 1, True: 2, false: 3}}", "flag"),
    ],
)
def test_two_texts_of_one_value_are_one_edge(table: str, argument: str) -> None:
    assert codes(f"tables: {{t: {table}}}\nquantities: {{q: t({argument})}}\n") == {"table-edge-twice"}


@pytest.mark.parametrize(
    "edges, argument, code",
    [
        ("{2026-01-01: 1, 2026-03-01: 2}", "moment", "number-needed"),
        ("{2026-01-01: 1, 2026-03-01: 2}", "a", "table-edge"),
        ("{60: 1, 90: 2}", "day", "table-edge"),
        ("{60: 1, 2026-03-01: 2}", "a", "table-edge"),
    ],
)
def test_edges_are_of_the_kind_of_their_argument(edges: str, argument: str, code: str) -> None:
    assert codes(f"tables: {{t: {{from: {edges}, else: 0}}}}\nquantities: {{q: t({argument})}}\n") == {code}
    nested = f"{{keys: [x, y], equals: {{f: {{from: {{0: 1}}}}}}, else: {{from: {edges}}}}}"
    if code == "table-edge" and argument == "a":
        assert codes(f"tables: {{t: {nested}}}\nquantities: {{q: 't(sex, {argument})'}}\n") == {code}


def test_days_are_looked_up_among_days() -> None:
    table = "tables: {t: {from: {2026-01-01: 1, 2026-02-02: 2}, else: 0}}\nquantities: {q: t(day)}\n"
    assert [score(table, day=day)["q"] for day in ("2025-12-31", "2026-02-01", "2026-02-02")] == [0, 1, 2]


@pytest.mark.parametrize("table", ["{points: {0: 0, 5: missing, 10: 100}}", "{slices: {0: 1%, 5: missing}}"])
def test_no_line_runs_through_a_point_that_is_missing(table: str) -> None:
    assert "number-wrong" in codes(f"tables: {{t: {table}}}\nquantities: {{q: t(a)}}\n")


def test_one_else_of_several_outputs_covers_every_depth() -> None:
    table = "{keys: [x, y], equals: {f: {3: {w: 5, v: low}, 4: {w: 6, v: high}}}, else: {w: 9, v: rest}}"
    scheme = f"tables: {{t: {table}}}\nquantities:\n  w: t(sex, a, give=w)\n  v: t(sex, a, give=v)\n"
    found = [score(scheme, sex=sex, a=a) for sex, a in (("f", 3), ("f", 4), ("f", 5), ("m", 3))]
    assert [(r["w"], r["v"]) for r in found] == [(5, "low"), (6, "high"), (9, "rest"), (9, "rest")]


@pytest.mark.parametrize("reader", ['applies_to: sex == "f"', "require: [a > 1 or sex == 'f']"])
def test_who_is_in_scope_and_what_is_required_may_not_read_what_is_never_read(reader: str) -> None:
    promise = "principles: {equal: {promises: {never_reads: [sex]}}}\n"
    assert codes(f"{promise}{reader}\nquantities: {{q: a}}\n") == {"never-reads"}


def test_facts_decide_the_scope_before_anything_is_required() -> None:
    """Outside the scope nothing is required: what is required may not be leant on to say who is inside."""
    needed = "require: [a > 0]\napplies_to: 10 / a > 2\nquantities: {q: 100 / a}\n"
    assert codes(needed) == {"divisor-zero"}
    inside = "require: [a > 0]\napplies_to: b > 4\nquantities: {q: 100 / a}\n"
    assert not score(inside, a=0, b=4).in_scope
    with pytest.raises(ir.DataError, match="a > 0"):
        score(inside, a=0, b=5)


def test_where_quantities_decide_the_scope_what_is_required_holds_of_everybody() -> None:
    by_name = "require: [a > 0]\napplies_to: q > 20\nquantities: {q: 100 / a}\n"
    assert score(by_name, a=4).in_scope
    assert not score(by_name, a=5).in_scope
    with pytest.raises(ir.DataError, match="a > 0"):
        score(by_name, a=0)


@pytest.mark.parametrize("scope", ["", "applies_to: q > 20\n"])
def test_an_example_whose_facts_break_two_requirements_is_a_failure_and_no_crash(scope: str) -> None:
    example = "examples: [{name: none, period: 2026-03, given: {id: A, a: 0, b: 1, FACTS}, expect: {q: 1}}]\n"
    facts = "sex: f, moment: 2026-02-01 10:00, day: 2026-02-01, flag: true"
    rest = "require: ['a > 0', '10 / a < 5', 'q < 50']\nquantities: {q: 100 / a}\n" + example.replace("FACTS", facts)
    assert not ir.test(text=HEAD + scope + rest).ok


@pytest.mark.parametrize("rates", ["{2: 5%, 4: 10%}", "{2: 5%, 4: -10%, 6: 1}", "{0: 1, 3: 0, 7: -2}"])
@pytest.mark.parametrize("kind", ["points", "slices"])
def test_lines_reach_their_bounds_and_never_pass_them(kind: str, rates: str) -> None:
    scheme = f"tables: {{t: {{{kind}: {rates}}}}}\nrequire: [a > 1]\nquantities: {{q: t(a)}}\n"
    pipeline = ir.compile(text=HEAD + scheme, period="2026-03")
    values = [pipeline.score({**ROW, "a": a})["q"] for a in range(2, 11)]
    bounds = pipeline.checked.quantity("q").facts.bounds
    assert (bounds.low, bounds.high) == (min(values), max(values))


def test_slices_of_a_key_without_upper_bound_begin_at_nothing() -> None:
    """The key is 2 or anything above it."""
    tables = "tables: {t: {slices: {2: 5%, 4: 10%}}}\n"
    scheme = tables + "quantities:\n  c: a / (b + 1)\n  q: min(9, t(2 + (1 / c if c > 0 else 0)))\n"
    pipeline = ir.compile(text=HEAD + scheme, period="2026-03")
    assert pipeline.checked.quantity("q").facts.bounds.low == 0
    assert pipeline.score({**ROW, "a": 0})["q"] == 0
    assert pipeline.score({**ROW, "a": 1, "b": 3})["q"] == Fraction("0.3")


def test_a_row_that_one_use_of_its_table_reaches_is_no_dead_row() -> None:
    table = "tables: {t: {from: {0: 1, 5: 2, 11: 3}}}\n"
    uses = "quantities: {low: 't(min(a, 4))', high: 't(max(a, 5))'}\n"
    found = ir.check(text=HEAD + table + uses, period="2026-03").diagnostics
    assert [d.params["edge"] for d in found if d.code == "table-unreachable"] == ["11"]


def test_an_exact_amount_cannot_be_paid() -> None:
    assert codes("pay: {p: {amount: 100 * a / 3, decimals: exact}}\n") == {"pay-decimals"}


def test_functions_that_stand_deep_in_one_another_do_not_call_themselves() -> None:
    deep = "functions:\n  f0: {takes: [x], is: x + 1}\n"
    deep += "".join(f"  f{i}: {{takes: [x], is: f{i - 1}(x) + 1}}\n" for i in range(1, 30))
    assert codes(deep + "quantities: {q: f29(a)}\n") == {"too-large"}
    assert score(deep + "quantities: {q: f15(a)}\n", a=1)["q"] == 17


def test_a_table_may_hold_more_words_than_the_one_that_is_looked_up() -> None:
    table = "tables: {wage: {equals: {f: 5, m: 8}}}\n"
    assert score(table + "quantities: {q: wage('m') + wage(sex)}\n")["q"] == 13
    family = "repeat: {fam: {members: {x: {of: f}, y: {of: m}}, quantities: {q: wage(of)}}}\n"
    found = score(table + family)
    assert (found["x_q"], found["y_q"]) == (5, 8)
    assert codes(table + "quantities: {q: wage('d')}\n") == {"table-incomplete"}

"""All uses of a word decide whether it can ever occur; all unknown names are told; constants of members are known."""

from __future__ import annotations

import pytest

import incentive_rules as ir

HEAD = """\
format: 1
scheme: uses
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: year
inputs: {p: {type: key}, post: {type: category, one_of: [phone, field, night]}}
details:
  stars: {belongs_to: p, inputs: {star: {type: integer, range: [1, 5]}, kind: {type: category, one_of: [A, B]}}}
"""
WORDS = "tables: {t: {equals: {phone: 1, field: 2}}}\n"
LEVELS = "tables: {t: {keys: [k, m], equals: {phone: {equals: {A: 1}}, field: {equals: {B: 2}}}, else: 0}}\n"
ONE = "functions: {f: {takes: [k], is: '1 if k == \"phone\" else 2'}}\n"
TWO = "  lines:\n    members: {a: {kind_of: phone, at: 1}, b: {kind_of: field, at: 2}}\n    quantities: "


def told(text: str) -> list[tuple[str, str]]:
    """The errors, each with the text at its place."""
    return [(d.code, d.place.text if d.place else "") for d in ir.check(text=HEAD + text).errors]


@pytest.mark.parametrize(
    "text",
    [
        WORDS + "quantities: {x: '\"phone\"', y: '\"field\"', a: t(x), b: t(y)}\n",
        f"{WORDS}repeat:\n{TWO}{{own: kind_of, got: t(own)}}\n",
        f"{ONE}repeat:\n{TWO}{{own: kind_of, got: f(own)}}\n",
        f"repeat:\n{TWO}{{own: kind_of, got: '1 if own == \"phone\" else 2', too: '1 if own in [\"field\"] else 2'}}\n",
        LEVELS + "quantities: {x: '\"phone\"', y: '\"field\"', m: '\"A\"', n: '\"B\"', a: 't(x, m)', b: 't(y, n)'}\n",
    ],
)
def test_what_one_use_reaches_is_no_slip(text: str) -> None:
    assert told(text) == []


def test_what_no_use_reaches_is_told_once_with_all_who_ask() -> None:
    words = WORDS.replace("2}", "2, nigth: 3}")
    report = ir.check(text=f"{HEAD}{words}repeat:\n{TWO}{{own: kind_of, got: t(own)}}\n")
    assert [d.code for d in report.errors] == ["table-word"]
    assert "`a_own`, `b_own` is never `nigth`" in str(report) and "it can be: field, phone" in str(report)


def test_a_comparison_that_is_never_true_names_the_members() -> None:
    report = ir.check(text=f"{HEAD}repeat:\n{TWO}{{own: kind_of, got: '1 if own == \"phnoe\" else 2'}}\n")
    assert [d.code for d in report.errors] == ["word-impossible"]
    assert '`a_own`, `b_own` is never "phnoe"' in str(report) and 'did you mean "phone"?' in str(report)


@pytest.mark.parametrize(
    "formula",
    ["count(star == at, over=stars)", "count(over=stars, where=star == at)", "sum(at * star)", "max(at * star)"],
)
def test_constants_of_members_stand_inside_aggregates(formula: str) -> None:
    assert told(f"repeat:\n{TWO}{{got: '{formula}'}}\n") == []


def test_each_member_counts_with_its_own_constant() -> None:
    pipeline = ir.compile(text=HEAD + f"repeat:\n{TWO}{{got: 'count(star == at, over=stars)'}}\n", period="2026")
    rows = [{"star": "1", "kind": "A"}, {"star": "2", "kind": "A"}, {"star": "2", "kind": "B"}]
    result = pipeline.score({"p": "1", "post": "phone"}, {"stars": rows})
    assert (result["a_got"], result["b_got"]) == (1, 2)


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ("(foo or bar) and baz", ["foo", "bar", "baz"]),
        ("count(star > 3, over=stars, where=(star > 2 or foo) and (bar or star > 1) and baz)", ["foo", "bar", "baz"]),
        ("count(foo > 3, over=stars, where=bar)", ["foo", "bar"]),
        ("latest(foo, over=stars, order=[bar], where=baz)", ["foo", "bar", "baz"]),
    ],
)
def test_every_unknown_name_is_told(formula: str, names: list[str]) -> None:
    assert told(f"quantities: {{x: '{formula}'}}\n") == [("name-unknown", name) for name in names]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ('rank(x, ties="standard", order=[x])', "`rank` has no option `order=`"),
        ('best(star, n=2, first="low")', "`best` has no option `first=`"),
        ("mean(star, n=2)", "the options of `mean` are: over= where= within="),
        ("round(x, n=2)", "`round` has no option `n=`"),
        ("t(x, over=stars)", "take it out: `t` has no options"),
        ("f(x, where=x > 1)", "`f` has no option `where=`"),
    ],
)
def test_a_wrong_option_is_named(formula: str, said: str) -> None:
    text = "tables: {t: {from: {0: 1}}}\nfunctions: {f: {takes: [a], is: a}}\n"
    report = ir.check(text=f"{HEAD}{text}quantities: {{x: 1, y: '{formula}'}}\n")
    assert [d.code for d in report.errors] == ["arguments"] and said in str(report), str(report)
    assert "选项" in report.render(language="zh")

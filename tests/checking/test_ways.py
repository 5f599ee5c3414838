"""Where something cannot be said as it was tried, the message names the way; the way works."""

from __future__ import annotations

import pytest

import incentive_rules as ir

HEAD = """\
format: 1
scheme: ways
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
"""
PEOPLE = (
    "inputs: {who: {type: key}, a: {type: number, decimals: 2, range: [0, 5]}, n: {type: integer, range: [1, 9]}}\n"
)
LEAF = "{weight: W, better: higher, value: a, score: value * 20}"


def thirds(weight: str) -> str:
    return "".join(f"  {name}: {LEAF.replace('W', weight)}\n" for name in ("x", "y", "z"))


def told(text: str, language: str = "en") -> tuple[list[str], str]:
    report = ir.check(text=HEAD + text)
    return [f"{d.code}/{d.variant}" for d in report.errors], report.render(language=language)


@pytest.mark.parametrize(("weight", "code"), [("1/3", "percent-needed/fraction"), ("33.33%", "weights-total/thirds")])
def test_thirds_are_relative_weights(weight: str, code: str) -> None:
    codes, report = told(f"{PEOPLE}total: {{missing: reweigh}}\nindicators:\n{thirds(weight)}")
    assert set(codes) == {code} and "`weights: relative`" in report and "`weight: 100%`" in report
    inner = "".join(f"    {line}\n" for line in thirds("1").splitlines())
    group = f"  all:\n    weight: 100%\n    weights: relative\n    missing: reweigh\n    parts:\n{inner}"
    pipeline = ir.compile(text=f"{HEAD}{PEOPLE}total: {{missing: reweigh}}\nindicators:\n{group}", period="2026-01")
    assert pipeline.score({"who": "1", "a": "4.20", "n": "1"})["total"] == 84


def test_a_share_that_is_a_fraction_is_told_its_percentages() -> None:
    codes, report = told(f"{PEOPLE}grades: {{of: a, ties: all, shares: {{A: 1/3, B: 2/3}}}}\n")
    assert set(codes) == {"percent-needed/fraction-share"} and "33.3%" in report


def test_a_fraction_where_a_number_is_due_is_a_formula() -> None:
    codes, _ = told(f"{PEOPLE}parameters: {{rate: {{is: 1/3, type: number}}}}\nquantities: {{q: a * rate}}\n")
    assert codes == ["number-wrong/fraction"]
    assert told(f"{PEOPLE}quantities: {{rate: 1 / 3, q: a * rate}}\n")[0] == []


NET = "pay:\n  salary: {amount: 100 * n}\n  tax: {kind: deduction, amount: 30 * a}\n"


@pytest.mark.parametrize(("read", "others"), [("net", "salary - tax"), ("earnings", "salary"), ("up", "salary - tax")])
def test_a_line_that_rounds_what_is_paid_reads_a_quantity_of_the_other_lines(read: str, others: str) -> None:
    more = "quantities: {up: ceil(net)}\n" if read == "up" else ""
    codes, report = told(f"{PEOPLE}{more}{NET}  odd: {{amount: ceil({read}) - {read}}}\n")
    assert codes == ["cycle/sum"] and f"`before: {others}`" in report
    text = f"{HEAD}{PEOPLE}{NET}  odd: {{amount: ceil(before) - before}}\nquantities: {{before: {others}}}\n"
    result = ir.compile(text=text, period="2026-01").score({"who": "1", "a": "1.41", "n": "1"})
    assert result["net"] == (58 if others != "salary" else result["net"])


@pytest.mark.parametrize(("within", "said"), [("n", "a number"), ("a", "a number"), ("d", "a date")])
def test_what_is_no_category_makes_no_groups(within: str, said: str) -> None:
    people = PEOPLE.replace("n: {", "d: {type: date}, n: {")
    codes, report = told(f"{people}quantities: {{r: 'rank(a, ties=\"standard\", within={within})'}}\n")
    assert codes == ["group-unknown/kind"] and f"`{within}` is {said}; only a category makes groups" in report
    assert report.endswith("groups are: everyone")


def test_a_time_is_looked_up_by_its_day() -> None:
    orders = (
        "details: {orders: {belongs_to: who, inputs: {at: {type: time, range: [2026-01-01, 2026-12-31]}}}}\n"
    )
    table = "tables: {rate: {from: {2026-01-01: 5, 2026-07-16: 4}}}\nquantities: {q: 'sum(rate(KEY), over=orders)'}\n"
    codes, report = told(PEOPLE + orders + table.replace("KEY", "at"))
    assert codes == ["number-needed/key-time"] and "`day_of(at)`" in report
    assert told(PEOPLE + orders + table.replace("KEY", "day_of(at)"))[0] == []


def test_a_word_is_not_looked_up_by_numbers() -> None:
    people = PEOPLE.replace("n: {", "c: {type: category, one_of: [A, B]}, n: {")
    codes, report = told(f"{people}tables: {{t: {{from: {{1: 2}}}}}}\nquantities: {{q: t(c)}}\n")
    assert codes == ["number-needed/key"] and "`equals`" in report

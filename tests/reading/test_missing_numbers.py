"""A number that means missing means it in every kind of file; a value of the scheme never does."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: codes
effective: {first_day: 2024-01-01, last_day: 2030-12-31}
period: month
currency: EUR
data: {missing_texts: ["99", N/A, "-1.5"]}
inputs:
  who: {type: key}
  x: {type: number, decimals: 2, range: [-10, 100], can_be_missing: true}
pay: {bonus: {amount: "1.00 * coalesce(x, 0)"}}
"""


def paid(pipeline: ir.Pipeline, x: object) -> Decimal:
    run = pipeline.run([{"who": "A", "x": x}], referee="all")
    assert pipeline.score({"who": "A", "x": x})["bonus"] == run.results[0]["bonus"]
    return run.results[0]["bonus"]  # type: ignore[return-value]


@pytest.mark.parametrize("x", [
    "99", " 99 ", "99.0", "99.00", 99, 99.0, Decimal(99), Decimal("99.00"), "N/A", None, "", "-1.5", -1.5,
    Decimal("-1.50"),
])  # fmt: skip
def test_the_number_is_missing_whatever_brings_it(x: object) -> None:
    """csv paid 0.00 for the text, and JSON 99.00 for the number."""
    assert paid(ir.compile(text=SCHEME, period="2024-01"), x) == 0


@pytest.mark.parametrize("x", ["9", 9, "98.99", 98.99, Decimal("99.01"), 100, "-1", -1, "0", 0])
def test_other_numbers_are_what_they_are(x: object) -> None:
    assert paid(ir.compile(text=SCHEME, period="2024-01"), x) == Decimal(str(x))


def test_a_fraction_is_a_value_of_the_scheme() -> None:
    assert paid(ir.compile(text=SCHEME, period="2024-01"), Fraction(99)) == 99


@pytest.mark.parametrize("x", [Decimal("1E+1000000"), float("inf"), 10**400, True, "9" * 5000])
def test_what_is_no_number_of_the_input_is_refused_as_before(x: object) -> None:
    with pytest.raises(ir.DataError):
        ir.compile(text=SCHEME, period="2024-01").score({"who": "A", "x": x})


@pytest.mark.parametrize("written", ['{"who": "A", "x": 99}', '{"who": "A", "x": "99"}', '{"who": "A", "x": 99.0}'])
def test_csv_and_json_are_paid_alike(written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s.yaml").write_text(SCHEME, "utf-8")
    (tmp_path / "d.csv").write_text("who,x\nA,99\n", "utf-8")
    (tmp_path / "d.json").write_text(f"[{written}]", "utf-8")
    found = []
    for name in ("d.csv", "d.json"):
        target = tmp_path / f"{name}.out.json"
        words = ["run", str(tmp_path / "s.yaml"), str(tmp_path / name), "--period", "2024-01"]
        assert main([*words, "--out", str(target)]) == 0
        found.append(json.loads(target.read_text("utf-8")))
    assert found[0] == found[1]
    capsys.readouterr()


def test_a_percentage_a_category_and_a_key_too() -> None:
    about = "number, decimals: 2, range: [-10, 100]"
    text = SCHEME.replace(about, "number, decimals: 4, range: [0, 1], scale: percent")
    pipeline = ir.compile(text=text.replace("1.00 *", "100.00 *"), period="2024-01")
    assert paid(pipeline, 99) == paid(pipeline, "99") == 0 and paid(pipeline, 98) == paid(pipeline, "98%") == 98
    text = SCHEME.replace(about, "category").replace(
        '"1.00 * coalesce(x, 0)"', "'2.00 if coalesce(x, \"none\") == \"none\" else 1.00'"
    )
    pipeline = ir.compile(text=text, period="2024-01")
    assert paid(pipeline, 99) == paid(pipeline, "99") == 2 and paid(pipeline, 98) == 1
    with pytest.raises(ir.DataError):
        pipeline.score({"who": 99, "x": "a"})


def test_what_records_carry_over_is_no_text_of_the_data(tmp_path: Path) -> None:
    text = SCHEME.replace("can_be_missing: true}", "can_be_missing: true, carried_from: after, first: 99}") + (
        "quantities: {after: {is: 'coalesce(x, 0) * 1', range: [-10, 100]}}\n"
        "examples: [{name: one, period: 2024-01, given: {x: 99}, expect: {bonus: 99}}]\n"
    )
    assert ir.test(text=text).ok
    january = ir.compile(text=text, period="2024-01").run([{"who": "A"}])
    assert january.results[0]["bonus"] == 99
    january.save(tmp_path / "2024-01")
    february = ir.compile(text=text, period="2024-02").run([{"who": "A"}], history=[tmp_path], referee="all")
    assert february.results[0]["bonus"] == 99
    february.save(tmp_path / "2024-02")
    assert ir.replay(tmp_path / "2024-02").same

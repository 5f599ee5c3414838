"""The decimal context of whoever calls us plays no part: not in a total, not in a record, not in what is read.

A payroll program sets its own precision, traps and rounding. Each test here works under one that ruins every plain
`+` of two amounts, and demands what comes out under the usual one.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.numbers import decimal_text, exact_sum
from incentive_rules.cli import main
from incentive_rules.model.run import Run
from incentive_rules.reading.sources.files import read_bytes

SCHEME = """\
format: 1
scheme: contexts
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  team: {type: category}
  x: {type: money, decimals: 2, range: [0, 9999999999999999999999999999], can_be_missing: true}
details:
  sales: {belongs_to: who, inputs: {worth: {type: number, decimals: 3, range: [0, 100000000]}}}
pay:
  base: {amount: "coalesce(x, 0)"}
  part_of: {pool: {each: team, amount: '100000.01', in_proportion_to: sum(worth)}}
  deducted: {kind: deduction, amount: "coalesce(x, 0) * 10%"}
"""
PEOPLE: list[dict[str, object]] = [
    {"who": "A", "team": "T", "x": Decimal("123456.78")},
    {"who": "B", "team": "T", "x": "234567.89"},
    {"who": "C", "team": "U", "x": None},
]
SALES: list[dict[str, object]] = [
    {"who": "A", "worth": Decimal("1E+5")}, {"who": "B", "worth": 0.125}, {"who": "C", "worth": "99999.999"},
]  # fmt: skip
EVERY_TRAP = [
    decimal.Inexact, decimal.Rounded, decimal.FloatOperation, decimal.Subnormal, decimal.Clamped, decimal.Overflow,
    decimal.Underflow, decimal.InvalidOperation, decimal.DivisionByZero,
]  # fmt: skip
CONTEXTS = {
    "three digits": Context(prec=3, rounding=decimal.ROUND_UP),
    "no trap": Context(prec=5, traps=[]),
    "every trap": Context(prec=1, Emin=0, Emax=0, capitals=0, clamp=1, traps=EVERY_TRAP),
}


@pytest.fixture(params=CONTEXTS.values(), ids=CONTEXTS)
def context(request: pytest.FixtureRequest) -> Iterator[Context]:
    """A context under which the test runs, and which it leaves as it was."""
    with decimal.localcontext(request.param) as found:
        before = repr(found)
        yield found
        assert repr(found) == before, "no flag of the caller's context is raised"


def done() -> Run:
    return ir.compile(text=SCHEME, period="2026-04").run(PEOPLE, {"sales": SALES})


with decimal.localcontext(Context()):
    USUAL = done()


def test_totals_results_pools_and_explanations_are_the_same(context: Context) -> None:
    run = done()
    assert run.summary == USUAL.summary and run.pools == USUAL.pools and run.results == USUAL.results
    assert decimal_text(run.summary.totals["earnings"]) == "558024.69"
    for mine, theirs in zip(run.results, USUAL.results, strict=True):
        assert str(mine.explain("en")) == str(theirs.explain("en"))


def test_totals_keep_every_digit_beyond_those_of_any_context() -> None:
    people = [{"who": n, "team": "T", "x": x} for n, x in zip("ABC", ("9" * 28, "0.01", "0.02"), strict=True)]
    run = ir.compile(text=SCHEME, period="2026-04").run(people, {"sales": []})
    assert str(run.summary.totals["base"]) == "9999999999999999999999999999.03"
    assert exact_sum(r.lines["base"].amount for r in run.results) == run.summary.totals["base"]


def test_a_record_is_the_same_to_the_byte_and_a_correction_to_the_cent(context: Context, tmp_path: Path) -> None:
    with decimal.localcontext(Context()):
        USUAL.save(tmp_path / "usual")
    run = done()
    run.save(tmp_path / "other" / "here")
    for file in sorted((tmp_path / "usual").rglob("*")):
        if file.is_file():
            here = tmp_path / "other" / "here" / file.relative_to(tmp_path / "usual")
            assert here.read_bytes() == file.read_bytes()
    assert ir.replay(tmp_path / "usual").same
    more = [{**PEOPLE[0], "x": "123456.79"}, *PEOPLE[1:]]
    corrected = ir.compile(text=SCHEME, period="2026-04").run(more, {"sales": SALES})
    found = {(d.name, decimal_text(d.amount)) for d in corrected.differences([tmp_path / "usual"])}
    assert found == {("base", "0.01")}


def test_a_number_beyond_all_bounds_is_refused_and_never_missing(context: Context) -> None:
    """Without its trap a context makes NaN of such a text, and NaN would be a value that is not there."""
    text = '[{"who": "A", "team": "T", "x": 1e99999999999999999999}]'
    table, _ = read_bytes(text.encode(), "people.json")
    assert table is not None
    with pytest.raises(ir.DataError) as refused:
        ir.compile(text=SCHEME, period="2026-04").run(table, {"sales": []})
    assert [(p.code, p.variant) for p in refused.value.problems] == [("data-number", "infinite")]


def test_a_message_shows_a_decimal_in_one_way(context: Context) -> None:
    with pytest.raises(ir.DataError, match=r"`who` is 1E\+5, where a text is due"):
        ir.compile(text=SCHEME, period="2026-04").run([{**PEOPLE[0], "who": Decimal("1E+5")}], {"sales": []})


def test_the_command_prints_the_same(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCHEME, "utf-8")
    Path("p.csv").write_text("who,team,x\nA,T,123456.78\nB,T,234567.89\nC,U,\n", "utf-8")
    Path("d.csv").write_text("who,worth\nA,100000\nB,0.125\nC,99999.999\n", "utf-8")
    words = ["run", "s.yaml", "p.csv", "--details", "sales=d.csv", "--period", "2026-04", "--lang", "en"]
    assert main([*words, "--out", "pay.csv"]) == 0
    out = capsys.readouterr().out
    assert "totals  earnings 558,024.69   deductions 35,802.47   net 522,222.22" in out
    with decimal.localcontext(Context()):
        assert main(words) == 0
        assert capsys.readouterr().out == out


def test_no_other_part_of_the_library_makes_a_context_of_its_own() -> None:
    package = Path(ir.__file__).parent
    files = {str(file.relative_to(package)): file.read_text("utf-8") for file in package.rglob("*.py")}
    made = [name for name, text in files.items() if re.search(r"\bContext\(", text)]
    assert made == ["base/numbers.py"]
